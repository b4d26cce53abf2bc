"""A site speaks its language on every page, and a text leads to its translation and back."""

import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.english_site import ENGLISH, write_english
from support.html_tree import Element, parse
from support.site_folder import NOW, REPOSITORY, SiteFolder

VIETNAMESE = """\
site:
  title: Cổng Quảng Nam
  url: https://example.org
translations:
  - language: en
    title: English
    url: https://example.org/en/
categories:
  - name: Tin tức
"""
HOMES = {"en": "https://example.org/en/", "vi": "https://example.org/"}
# Of its letters: grave, acute, tilde, hook, dot below, circumflex, breve, horn.
MARKS = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
# In these scripts are letters and words by which Vietnamese is searched for, in any language.
OF_SEARCH = ("search-letters.", "search-words.", "search-dates.")
# Addresses are a contract and stay as they are (docs/config.md); what is said is not.
SPOKEN = re.compile(r">([^<>]*)<|(?:aria-label|title|alt|placeholder|content|abbr)=\"([^\"]*)\"")
PLAIN = re.compile(
    r"\b(?:bai|bài|trang|Trang|Tin|Xem|Ngay|Thang|Nam \d|Theo|phut|anh|T[2-7]|CN)\b(?!/)"
)


@pytest.fixture
def english(site: SiteFolder) -> SiteFolder:
    """Return an English site that has a page of every kind."""
    return write_english(site)


def list_spoken(text: str) -> Iterator[str]:
    return (one or other for one, other in SPOKEN.findall(text))


def has_vietnamese(text: str) -> bool:
    """Tell whether a text has a letter that English has not."""
    plain = text.replace("Tiếng Việt", "")
    letters = unicodedata.normalize("NFD", plain).lower()
    return "đ" in letters or any(mark in letters for mark in MARKS)


def test_no_word_of_an_english_site_is_vietnamese(english: SiteFolder) -> None:
    english.build(search=True)
    kinds = {path.name for path in (REPOSITORY / "templates").iterdir() if path.is_file()}
    seen = 0
    for path, data in english.files().items():
        if Path(path).suffix not in {".html", ".xml", ".json", ".js", ".txt", ".css", ".svg"}:
            continue
        text = data.decode("utf-8")
        if not any(name in path for name in OF_SEARCH):
            assert [line for line in text.splitlines() if has_vietnamese(line)] == [], path
        if path.endswith(".html"):
            seen += 1
            told = [each for each in list_spoken(text) if PLAIN.search(each)]
            assert told == [], path
    assert seen > len([name for name in kinds if name.endswith(".html")])


def test_dates_and_numbers_have_the_form_of_english(english: SiteFolder) -> None:
    english.build(search=True)
    article = english.page("/news/2026/11/first/")
    assert ">10:30 | 22 November 2026<" in article
    assert "Views: <span>12,345</span>" in article
    assert "MP3, 1.4 MB" in article
    assert re.search(r"PDF, 3 pages, \d+ bytes", article)
    assert "minutes to read" in article or "1 minute to read" in article
    assert "3,150,444" in english.page("/")
    month = english.page("/luu-tru/2026/11/")
    assert "<h1>November 2026</h1>" in month
    assert ">Sunday, 22 November 2026<" in month
    assert 'id="ngay_22"' in month
    year = english.page("/luu-tru/2024/")
    assert "<h1>Archive of 2024</h1>" in year
    assert ">Mon</th>" in year
    assert ">May</a>" in year
    archive = english.page("/luu-tru/")
    assert ">1 article<" in archive
    assert ">6 articles<" in archive or ">5 articles<" in archive
    assert "<h1>Page not found</h1>" in english.page("/404.html")


def test_machines_are_told_the_language(english: SiteFolder) -> None:
    english.build()
    article = parse(english.page("/news/2026/11/first/"))
    assert article.find("html").attributes["lang"] == "en"
    assert article.find("meta", property="og:locale").attributes["content"] == "en_US"
    written = article.find("script", type="application/ld+json").text
    story, trail = json.loads(written)["@graph"]
    assert story["inLanguage"] == "en"
    assert trail["itemListElement"][0]["name"] == "Home"
    assert "<language>en</language>" in english.page("/rss.xml")
    assert json.loads(english.page("/feed.json"))["language"] == "en"
    assert json.loads(english.page("/manifest.json"))["lang"] == "en"


def test_a_script_speaks_the_language_and_says_so_in_its_name(
    english: SiteFolder,
) -> None:
    english.build()
    (script,) = [path for path in english.files() if "js/viewer." in path]
    assert "Next photo" in english.files()[script].decode()
    english.write("config.yaml", ENGLISH.replace("language: en", "language: vi"))
    english.build()
    (other,) = [path for path in english.files() if "js/viewer." in path]
    assert other != script
    assert "Ảnh sau" in english.files()[other].decode()
    assert "<h1>Tháng 11/2026</h1>" in english.page("/luu-tru/2026/11/").replace("\u00a0", " ")


def test_another_language_is_another_build_from_nothing(english: SiteFolder) -> None:
    """Nothing that was made in one language is left in a site of the other."""
    english.build(search=True)
    english.write("config.yaml", ENGLISH.replace("language: en", "language: vi"))
    english.build(search=True)
    written = english.files()
    for each in (".sitegen", "output"):
        shutil.rmtree(english.root / each)
    english.build(search=True)
    assert written == english.files()


def test_a_pair_of_sites_leads_from_each_text_to_the_other(
    english: SiteFolder, new_site: Callable[[], SiteFolder]
) -> None:
    english.build()
    vietnamese = new_site().write("config.yaml", VIETNAMESE)
    vietnamese.article(
        "dau-tien",
        title="Bài đầu tiên",
        slug="dau-tien",
        category="Tin tức",
        date="2026-11-22 10:30",
        translations="[{language: en, title: English, "
        "url: https://example.org/en/news/2026/11/first/}]",
    )
    assert vietnamese.problems(NOW) == []
    vietnamese.build()
    pairs = [
        ("/news/2026/11/first/", "/tin-tuc/2026/11/dau-tien/"),
        ("/", "/"),
    ]
    for one, other in pairs:
        here, there = parse(english.page(one)), parse(vietnamese.page(other))
        alternates = list_alternates(here)
        # Search engines ask that both name both, themselves included.
        assert alternates == list_alternates(there)
        assert alternates == {
            "en": f"https://example.org/en{one}",
            "vi": f"https://example.org{other}",
        }
        for page, language, title in ((here, "vi", "Tiếng Việt"), (there, "en", "English")):
            links = page.find("body").find_all("a", hreflang=language)
            # The masthead leads to the other site, and the text to its translation.
            assert {each.attributes["href"] for each in links} == {
                HOMES[language],
                alternates[language],
            }
            assert {each.text for each in links} == {title}
            assert {each.attributes["lang"] for each in links} == {language}


def list_alternates(page: Element) -> dict[str, str]:
    found = page.find("head").find_all("link", rel="alternate")
    return {
        each.attributes["hreflang"]: each.attributes["href"]
        for each in found
        if "hreflang" in each.attributes
    }
