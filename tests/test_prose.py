"""The short way through plain prose gives what Python-Markdown gives, to the letter."""

import markdown
import pytest
from conftest import REPOSITORY
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markup import make_plain_converter
from sitegen.prose import take_plain_prose

PIECES = [
    *("Đảng", "chi bộ ", "tin. ", "a", "\n", "\n\n", "    ", "  \n", "\t"),
    *("*", "**", "_", "`", "~", "\\", "<", "<b>", "</b>", ">", "&amp;", "&", '"', "'", "--", "..."),
    *("- ", "* ", "1. ", "# ", "## ", "> ", ":   ", "\n:   ", "|", "|---|\n", "\n===\n", "\n---\n"),
    *("[x](y)", "[", "](", ")", "!", "![a](b)", "[^1]", "[^1]: ", "[x]: y", "{: .c}", "{", "}"),
    *("http://a.b", "<!-- x -->", "<div>\n", "</div>\n", "\x02", "\x03"),
]


@pytest.fixture(scope="module")
def plain() -> markdown.Markdown:
    return make_plain_converter()


@pytest.fixture(scope="module")
def short() -> markdown.Markdown:
    converter = make_plain_converter()
    take_plain_prose(converter)
    return converter


def convert(converter: markdown.Markdown, source: str) -> str:
    converter.reset()
    return converter.convert(source)


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_document_is_the_same(
    plain: markdown.Markdown, short: markdown.Markdown, pieces: list[str]
) -> None:
    source = "".join(pieces)
    assert convert(short, source) == convert(plain, source)


@given(source=st.text())
def test_any_text_is_the_same(
    plain: markdown.Markdown, short: markdown.Markdown, source: str
) -> None:
    assert convert(short, source) == convert(plain, source)


def test_the_sample_content_is_the_same(plain: markdown.Markdown, short: markdown.Markdown) -> None:
    articles = sorted((REPOSITORY / "content").rglob("*.md"))
    assert len(articles) > 40
    for path in articles:
        source = path.read_text("utf-8").split("---", 2)[2]
        assert convert(short, source) == convert(plain, source), path
