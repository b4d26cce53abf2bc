"""The search of the sample site: every word finds its articles, 60 queries the right page."""

import re
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.queries import find_all, read_table
from support.search_index import list_texts

pytestmark = pytest.mark.browser

# What stands in an article and is no text of it: a player, a picture, other articles.
_LEFT_OUT = {
    "aside",
    "button",
    "footer",
    "form",
    "nav",
    "script",
    "style",
    "sup",
    "svg",
    "template",
}
_SIGNS = re.compile(r"(?:[^\w\s]|_)+")


def _is_text(tag: str, classes: list[str]) -> bool:
    # The size of a file and the host of a video are told by the generator.
    return tag not in _LEFT_OUT and {"attachment-size", "video-host"}.isdisjoint(classes)


class _Words(HTMLParser):
    """The words of the heading and of the body of a page, as its author wrote them."""

    def __init__(self) -> None:
        super().__init__()
        self.depths: list[bool] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"img", "br", "hr", "source", "input", "wbr", "meta", "link", "track"}:
            return
        classes = (dict(attrs).get("class") or "").split()
        inside = bool(self.depths and self.depths[-1])
        inside = (
            inside or tag == "h1" or not {*classes}.isdisjoint({"prose", "lead"})
        ) and _is_text(tag, classes)
        self.depths.append(inside)

    def handle_endtag(self, _: str) -> None:
        self.depths.pop()

    def handle_data(self, data: str) -> None:
        if self.depths and self.depths[-1]:
            self.found.append(data)


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(300_000)
        page.goto(f"{address}/tim-kiem/")
        expect(page.locator("[data-search=ready]")).to_be_visible()
        yield page


def list_words(sample: Path) -> dict[str, set[str]]:
    """Return the articles that hold each word, by what the index shows and by their pages."""
    words: dict[str, set[str]] = defaultdict(set)
    for url, document in list_texts(sample).items():
        if "kind" in document:
            continue
        texts = [document["title"], document["content"]]
        parser = _Words()
        parser.feed((sample / url.strip("/") / "index.html").read_text("utf-8"))
        assert len(parser.found) > 3, url
        for word in " ".join([*texts, *parser.found]).split():
            if re.search(r"[^\W_]", word):
                words[word].add(url)
    return words


def spell(word: str) -> set[str]:
    """Return a word as it is written, without the signs around it, joined and parted."""
    inner = re.sub(r"^[\W_]+|[\W_]+$", "", word)
    return {word, inner, _SIGNS.sub("", inner), _SIGNS.sub(" ", inner)}


def test_every_word_of_every_article_finds_it(desk: Page, sample: Path) -> None:
    words = list_words(sample)
    signed = [word for word in words if re.search(r"[^\W_][/.,-][^\W_]", word)]
    assert len(signed) > 80
    asked = [(query, urls) for word, urls in words.items() for query in sorted(spell(word))]
    answers = find_all(desk, [query for query, _ in asked])
    lost = {
        query: urls - {*found}
        for (query, urls), (missing, found) in zip(asked, answers, strict=True)
        if missing or urls - {*found}
    }
    assert lost == {}


@pytest.mark.parametrize(
    ("one", "other"), [("8.400", "8400"), ("4.000", "4000"), ("1.870", "1870")]
)
def test_amounts_are_the_same_with_and_without_their_points(
    desk: Page, one: str, other: str
) -> None:
    (_, first), (_, second) = find_all(desk, [one, other])
    assert first
    assert {*first} == {*second}


def test_the_queries_of_the_documentation_find_what_it_says(desk: Page) -> None:
    table = read_table()
    assert len(table) >= 60
    assert len({query for query, _ in table}) == len(table)
    answers = find_all(desk, [query for query, _ in table])
    found = [
        (query, urls[0] if urls else "")
        for (query, _), (_, urls) in zip(table, answers, strict=True)
    ]
    assert found == table
