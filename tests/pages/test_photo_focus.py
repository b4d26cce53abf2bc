"""Photos on pages: the point that crops keep, and what a screen reader says."""

import pytest

from sitegen.pages.pictures import name_focus
from support.html_tree import parse
from support.photos import photo
from support.site_folder import SiteFolder

ARTICLE = "/hoat-dong-cua-co-so/2024/05/bai/"


def write(site: SiteFolder, size: tuple[int, int], **fields: str) -> None:
    site.write("content/media/a.jpg", photo(size))
    site.article("bai", photo="/media/a.jpg", **{"photo_caption": "Chú thích.", **fields})


@pytest.mark.parametrize(
    ("written", "classes"),
    [
        ("trái", ["focus-x-0"]),
        ("Phải", ["focus-x-100"]),
        ("trên", ["focus-y-0"]),
        ("dưới", ["focus-y-100"]),
        ("giữa", []),
        ("trên trái", ["focus-x-0", "focus-y-0"]),
        ("phải dưới", ["focus-x-100", "focus-y-100"]),
        ("34% 18%", ["focus-x-30", "focus-y-20"]),
        ("'100%, 0%'", ["focus-x-100", "focus-y-0"]),
    ],
)
def test_crops_keep_the_point_that_is_written(
    site: SiteFolder, written: str, classes: list[str]
) -> None:
    write(site, (900, 600), photo_focus=written)
    site.build()
    for url in (ARTICLE, "/", "/hoat-dong-cua-co-so/"):
        image = next(
            each
            for each in parse(site.page(url)).find_all("img")
            if "srcset" in each.attributes or "/a.jpg" in each.attributes["src"]
        )
        shown = image.attributes.get("class", "").split()
        assert [each for each in shown if each.startswith("focus-")] == classes, url


@pytest.mark.parametrize(
    "written", ["mặt", "trái phải", "trên trên", "30%", "30 20", "101% 0%", "-1% 0%", "30% 20% 1%"]
)
def test_what_is_no_point_is_an_error(site: SiteFolder, written: str) -> None:
    write(site, (900, 600), photo_focus=f'"{written}"')
    assert [each.code for each in site.find_problems()] == ["photo-focus-form"]


def test_where_nothing_is_said_portraits_keep_their_upper_third() -> None:
    assert name_focus(None, 600, 900) == "focus-y-20"
    assert name_focus((50, 50), 600, 900) == ""
    assert name_focus(None, 900, 600) == name_focus(None, 600, 600) == ""
    assert name_focus(None, 0, 0) == ""


@pytest.mark.parametrize(
    ("fields", "alt"),
    [
        ({}, ""),
        ({"photo_alt": "Chú thích."}, ""),
        ({"photo_alt": "Ba người."}, "Ba người."),
    ],
)
def test_a_text_that_repeats_the_caption_is_left_out(
    site: SiteFolder, fields: dict[str, str], alt: str
) -> None:
    write(site, (900, 600), **fields)
    site.build()
    figure = parse(site.page(ARTICLE)).find(class_="opening")
    assert figure.find("img").attributes["alt"] == alt
