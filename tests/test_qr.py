"""QR codes are those that a library makes, module for module, and can be read."""

import re

import pytest
import qrcode
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import MODE_8BIT_BYTE, QRData

from sitegen.qr import _MASK, _VERSIONS, _capacity, draw_code
from sitegen.views import QrCode

ADDRESS = "https://example.org/hoat-dong-cua-co-so/2023/03/dua-chat-luong-len-truoc/"


def fill_in(code: QrCode) -> list[list[bool]]:
    """Return the modules that the path of a code runs through."""
    modules = [[False] * code.size for _ in range(code.size)]
    x = y = 0
    for command, first, second in re.findall(r"([Mmh])(\d+)(?: (\d+))?", code.path):
        if command == "M":
            x, y = int(first), int(second)
        else:
            if command == "h":
                modules[y][x : x + int(first)] = [True] * int(first)
            x += int(first)
    return modules


def make_with_library(text: str) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=_MASK, border=0)
    code.add_data(QRData(text.encode(), mode=MODE_8BIT_BYTE))
    code.make(fit=True)
    return [[bool(each) for each in row] for row in code.get_matrix()]


def write_address(length: int) -> str:
    return (ADDRESS + "bai-" * length)[:length]


@pytest.mark.parametrize("version", [1, 2, 6, 7, 9, 10, 13, 14, 26, 27, 32, 39, 40])
def test_a_code_is_that_of_a_library(version: int) -> None:
    most = _capacity(version)
    for length in (most - 1, most):
        code = draw_code(write_address(length))
        assert code
        assert code.size == 4 * version + 17
        assert fill_in(code) == make_with_library(write_address(length))


@settings(max_examples=50)
@given(st.text(min_size=1, max_size=200).filter(lambda text: text.isprintable()))
def test_a_code_can_be_read(text: str) -> None:
    code = draw_code(text)
    assert code
    scale, side = 3, code.size + 8
    picture = Image.new("L", (side * scale, side * scale), 255)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(fill_in(code), start=4):
        for x, dark in enumerate(row, start=4):
            if dark:
                edges = (x * scale, y * scale, (x + 1) * scale - 1, (y + 1) * scale - 1)
                pen.rectangle(edges, fill=0)
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.bytes.decode() == text


def test_an_address_that_is_too_long_has_no_code() -> None:
    most = _capacity(_VERSIONS[-1])
    assert draw_code(write_address(most))
    assert draw_code(write_address(most + 1)) is None
