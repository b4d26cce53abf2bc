from zoneinfo import ZoneInfo

import pytest

from sitegen.content import front_matter as frontmatter
from sitegen.content.fields import Fields
from sitegen.content.front_matter import find_categories, read_article, read_page
from sitegen.foundation.text import fold
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
    "written",
    [
        *("tin", "Tin", "TIN  ", "Tin tức", "tin tức", "Khác", "khac", "doan-the", "ĐOÀN  THỂ"),
        *("doan-the/tin-con", "tin-con", "Doan-The/X", "x", "khac/tin", "không có", "/tin/", "a/b"),
    ],
)
def test_a_category_is_found_by_its_address_or_else_by_name_or_slug(written: str) -> None:
    wanted, every = fold(written), CONFIG.every_category()
    by_path = tuple(each for each in every if wanted == each.path)
    by_name = tuple(each for each in every if wanted in {fold(each.name), each.slug})
    assert find_categories(written, CONFIG) == (by_path or by_name)


def test_what_only_one_kind_of_text_has_is_what_only_its_reader_asks_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[frozenset[str]] = []
    monkeypatch.setattr(Fields, "finish", lambda self, *_: asked.append(frozenset(self._asked)))
    for read in (read_article, read_page):
        read(b"---\ntitle: A\n---\n", "content/a.md", CONFIG)
    article, page = asked
    assert article - page == frontmatter._ONLY_ARTICLES
    assert page - article == frontmatter._ONLY_PAGES
