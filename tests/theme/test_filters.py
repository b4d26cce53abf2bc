"""QR codes can be read, from the path that stands in the page."""

import re

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from sitegen.theme.filters import draw_code
from sitegen.views import QrCode

ADDRESS = "https://example.org/hoat-dong-cua-co-so/2023/03/dua-chat-luong-len-truoc/"
# What version 40 holds at level M, in bytes (ISO/IEC 18004, table 7).
MOST = 2331


def fill_in(code: QrCode) -> list[list[bool]]:
    """Return the modules that the path of a code runs through."""
    modules = [[False] * code.size for _ in range(code.size)]
    x = y = 0
    assert code.path.startswith("M0 0")
    for command, across, down in re.findall(r"([mh])(-?\d+)(?: (\d+))?", code.path):
        if command == "h":
            modules[y][x : x + int(across)] = [True] * int(across)
        x, y = x + int(across), y + int(down or 0)
    return modules


def read(code: QrCode) -> str:
    """Return what a reader sees in a code, with the margin that belongs around it."""
    scale, side = 3, code.size + 8
    picture = Image.new("L", (side * scale, side * scale), 255)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(fill_in(code), start=4):
        for x, dark in enumerate(row, start=4):
            if dark:
                edges = (x * scale, y * scale, (x + 1) * scale - 1, (y + 1) * scale - 1)
                pen.rectangle(edges, fill=0)
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


# What addresses are written in (RFC 3986): ASCII without spaces and controls.
@settings(max_examples=50)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=200))
def test_a_code_can_be_read(text: str) -> None:
    code = draw_code(text)
    assert code
    assert read(code) == text


@pytest.mark.parametrize("length", [len(ADDRESS), 500, MOST])
def test_a_code_of_any_size_has_the_modules_of_its_version(length: int) -> None:
    code = draw_code((ADDRESS + "bai-" * length)[:length])
    assert code
    assert (code.size - 17) % 4 == 0
    # Three corners are targets of seven modules, with a light one around.
    target = [True] * 7 + [False]
    assert fill_in(code)[0][:8] == target
    assert fill_in(code)[-1][:8] == target


def test_an_address_that_is_too_long_has_no_code() -> None:
    assert draw_code("a" * MOST)
    assert draw_code("a" * (MOST + 1)) is None
