"""What each kind of text declares, and what comes of a declaration."""

import pytest

from sitegen.content.article_file import find_categories
from sitegen.content.articles import Article
from sitegen.content.declarations import list_fields
from sitegen.content.kinds import KINDS, Kind, find_kind, read_text
from sitegen.content.settings import Category, Config
from sitegen.content.standing_pages import StandingPage
from sitegen.problems import Place

CHILD = Category("Tin", "tin-con", "doan-the/tin-con")
CATEGORIES = (
    Category("Tin tức", "tin", "tin"),
    Category("Đoàn thể", "doan-the", "doan-the", (CHILD, Category("tin", "x", "doan-the/x"))),
    Category("Khác", "khac", "khac", (Category("Khác", "tin", "khac/tin"),)),
)
CONFIG = Config("Cổng", "https://example.org", CATEGORIES)
ARTICLE = "---\ntitle: A\ndate: 2024-01-02\ncategory: tin\nauthor: B\n{}---\nText\n"


@pytest.mark.parametrize(
    ("written", "paths"),
    [
        # A whole address names one category alone, whatever others are called.
        ("tin", ["tin"]),
        ("TIN  ", ["tin"]),
        ("doan-the/tin-con", ["doan-the/tin-con"]),
        ("Doan-The/X", ["doan-the/x"]),
        ("khac/tin", ["khac/tin"]),
        ("doan-the", ["doan-the"]),
        # Else a name or a slug: of all categories that have it.
        ("Tin tức", ["tin"]),
        ("tin tức", ["tin"]),
        ("ĐOÀN  THỂ", ["doan-the"]),
        ("tin-con", ["doan-the/tin-con"]),
        ("x", ["doan-the/x"]),
        ("Khác", ["khac", "khac/tin"]),
        ("khac", ["khac"]),
        ("không có", []),
        ("/tin/", []),
        ("a/b", []),
    ],
)
def test_a_category_is_found_by_its_address_or_else_by_name_or_slug(
    written: str, paths: list[str]
) -> None:
    assert [each.path for each in find_categories(written, CONFIG)] == paths


def test_the_folder_of_a_file_says_what_it_is() -> None:
    assert find_kind("content/pages/a.md").record is StandingPage
    assert find_kind("content/pages.md").name == "article"
    assert isinstance(read_text(ARTICLE.format("").encode(), "content/a.md", CONFIG)[0], Article)


def test_every_kind_has_a_name_and_a_folder_of_its_own() -> None:
    assert len({kind.name for kind in KINDS}) == len({kind.folder for kind in KINDS}) == len(KINDS)
    # Otherwise a file would never be found to be of a later kind.
    for number, kind in enumerate(KINDS):
        assert not any(later.folder.startswith(kind.folder) for later in KINDS[number + 1 :])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_field_of_another_kind_is_told_where_it_belongs(kind: Kind) -> None:
    own = list_fields(kind.record).names
    others = {name for other in KINDS for name in list_fields(other.record).names} - own.keys()
    assert others
    text = "---\n" + "".join(f"{name}: x\n" for name in sorted(others)) + "---\n"
    _, problems = read_text(text.encode(), f"{kind.folder}a.md", CONFIG)
    told = {each.arguments["field"] for each in problems if each.code == "field-elsewhere"}
    assert told == others


def test_a_field_that_no_kind_has_is_unknown_and_a_near_one_is_named() -> None:
    _, problems = read_text(ARTICLE.format("ledd: x\n").encode(), "content/a.md", CONFIG)
    (found,) = problems
    assert (found.code, found.place) == ("field-unknown", Place("content/a.md", 6, 1))
    assert found.arguments["nearest"] == "lead"
