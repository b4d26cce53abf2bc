from zoneinfo import ZoneInfo

import pytest

from sitegen.content import front_matter
from sitegen.content.fields import Fields
from sitegen.content.front_matter import find_categories, read_article, read_page
from sitegen.model import Category, Config

CHILD = Category("Tin", "tin-con", "doan-the/tin-con")
CATEGORIES = (
    Category("Tin tức", "tin", "tin"),
    Category("Đoàn thể", "doan-the", "doan-the", (CHILD, Category("tin", "x", "doan-the/x"))),
    Category("Khác", "khac", "khac", (Category("Khác", "tin", "khac/tin"),)),
)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CONFIG = Config("Cổng", "https://example.org", "", "vi", ZONE, CATEGORIES)


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


def test_what_only_one_kind_of_text_has_is_what_only_its_reader_asks_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[frozenset[str]] = []
    monkeypatch.setattr(Fields, "finish", lambda self, *_: asked.append(frozenset(self._asked)))
    for read in (read_article, read_page):
        read(b"---\ntitle: A\n---\n", "content/a.md", CONFIG)
    article, page = asked
    assert article - page == front_matter._ONLY_ARTICLES
    assert page - article == front_matter._ONLY_PAGES
