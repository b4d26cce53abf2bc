"""Texts as editors paste and type them, each beside what must come out of it.

In ``tests/texts/``, ``NAME.md`` is the text, ``NAME.html`` the page's part that it becomes, and
``NAME.txt`` what is told of it, if there is anything. ``SITEGEN_UPDATE=1 pytest`` writes them anew,
for somebody who reads each of them.
"""

import os

import pytest

from sitegen.content.decoding import decode
from sitegen.markdown.conversion import to_html, to_html_with_library
from sitegen.markdown.lint import lint
from sitegen.markdown.lost_words import find_lost_words
from sitegen.problems import Place
from sitegen.views import BodyView
from support.site_folder import REPOSITORY

FOLDER = REPOSITORY / "tests" / "texts"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))
VIEW = BodyView("bai.md", 0, b"", (), ("www.youtube.com", "youtu.be"))
UPDATE = os.environ.get("SITEGEN_UPDATE") == "1"


def read(name: str) -> str:
    return decode((FOLDER / f"{name}.md").read_bytes(), Place("bai.md"))


def tell(source: str) -> str:
    """Return what is told of a text: the line, the code and the words of each remark."""
    lines = []
    for each in lint(source, to_html(source, VIEW).text):
        words = " → ".join(each.arguments.values())
        lines.append(f"{source.count(chr(10), 0, each.offset) + 1}: {each.code} {words}\n")
    return "".join(lines)


def expected(name: str, suffix: str, now: str) -> str:
    path = FOLDER / f"{name}{suffix}"
    if UPDATE:
        path.unlink(missing_ok=True)
        if now:
            path.write_text(now, "utf-8")
    return path.read_text("utf-8") if path.exists() else ""


@pytest.mark.parametrize("name", NAMES)
def test_a_text_becomes_what_its_writer_means(name: str) -> None:
    html = to_html(read(name), VIEW).text + "\n"
    assert html == expected(name, ".html", html)


@pytest.mark.parametrize("name", NAMES)
def test_what_may_not_be_meant_is_told(name: str) -> None:
    told = tell(read(name))
    assert told == expected(name, ".txt", told)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_it_is_lost(name: str) -> None:
    source = read(name)
    assert list(find_lost_words(source, to_html(source, VIEW).text)) == []


@pytest.mark.parametrize("name", NAMES)
def test_both_converters_read_it_alike(name: str) -> None:
    source = read(name)
    assert to_html(source, VIEW).text == to_html_with_library(source, VIEW).text


def test_there_are_sixty() -> None:
    assert len(NAMES) >= 60


def test_an_address_between_angle_brackets_is_told_where_it_is_no_link() -> None:
    assert not lint("<www.a.vn/b>", '<p><a href="https://www.a.vn/b">www.a.vn/b</a></p>')
    assert [each.code for each in lint("<www.a.vn>", "<p>&lt;www.a.vn&gt;</p>")] == ["html-unknown"]
