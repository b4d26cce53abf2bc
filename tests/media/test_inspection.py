"""What pages need to know of a media file."""

import re

import pytest
from PIL import Image

from sitegen.media.inspection import Destination, describe_file
from sitegen.media.placeholders import PLACEHOLDERS, choose_placeholder
from sitegen.problems import ProblemsFoundError
from support.photos import SVG, draw, encode
from support.site_folder import REPOSITORY


def test_a_document_is_described_in_words() -> None:
    document = describe_file(b" " * 120_400, "content/media/a.pdf")
    assert document == Destination("file", "/media/a.pdf", size="PDF, 120 KB", length=120_400)


@pytest.mark.parametrize(
    ("painted", "placeholder"),
    [
        ((20, 22, 30), "night"),
        ((180, 30, 30), "flag"),
        ((150, 190, 215), "sky"),
        ((60, 90, 55), "leaf"),
        ((250, 250, 250), "paper"),
        ((128, 128, 128), "ash"),
    ],
)
@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_the_placeholder_of_a_photo_is_its_mean_colour(
    painted: tuple[int, int, int], placeholder: str, kind: str, suffix: str
) -> None:
    source = encode(Image.new("RGB", (300, 200), painted), kind)
    assert describe_file(source, f"a.{suffix}").placeholder == placeholder


def test_each_colour_of_the_palette_stands_in_for_itself() -> None:
    assert [choose_placeholder(each) for each in PLACEHOLDERS.values()] == list(PLACEHOLDERS)


def test_nothing_shows_through_a_picture_and_nothing_that_moves_has_renditions() -> None:
    moving = encode(draw(), "WEBP", save_all=True, append_images=[draw().rotate(90)])
    drawing = SVG.format("", "").encode()
    gif, transparent = encode(draw(), "GIF"), encode(draw(mode="RGBA"), "PNG")
    phone = encode(draw(), "MPO", save_all=True, append_images=[draw()])
    for source, path, has_renditions, placeholder in (
        (moving, "a.webp", False, ""),
        (drawing, "a.svg", False, ""),
        (gif, "a.gif", False, ""),
        (transparent, "a.png", True, ""),
        (phone, "a.jpg", True, "flag"),
    ):
        found = describe_file(source, path)
        assert (found.has_renditions, found.placeholder) == (has_renditions, placeholder), path


def test_a_photo_that_breaks_off_is_found_before_anything_is_made() -> None:
    source = encode(draw((600, 400)))
    with pytest.raises(ProblemsFoundError) as caught:
        describe_file(source[: len(source) // 2], "content/a.jpg")
    assert [each.code for each in caught.value.problems] == ["picture-broken"]


def test_the_style_sheet_has_each_colour_of_the_palette() -> None:
    style = (REPOSITORY / "templates/assets/css/site.css").read_text("utf-8")
    written = re.findall(r"\.tone-(\w+) \{\s*background: #([0-9a-f]{6});", style)
    assert {name: tuple(bytes.fromhex(value)) for name, value in written} == PLACEHOLDERS
