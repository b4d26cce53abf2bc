import time

import pytest

from sitegen.markdown.conversion import to_html
from sitegen.markdown.repair import close_marks, keep_ids_apart
from sitegen.views import BodyView

NOWHERE = BodyView("content/a.md", 0, b"", (), ())
COUNT = 50_000
PATIENCE_SECONDS = 2


def convert(source: str) -> str:
    return to_html(source, NOWHERE).text.replace("\n", "")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a <b>b <i>c</p>\n\nd", "<p>a <b>b <i>c</i></b></p><p>d</p>"),
        ("a <b>b\n\nc", "<p>a <b>b</b></p><p>c</p>"),
        ("a <b>b</i> c</b>\n\nd", "<p>a <b>b c</b></p><p>d</p>"),
        ("a</b> b", "<p>a b</p>"),
        ("<ul><li><b>a<li>b</ul>\n\nc", "<ul><li><b>a</b></li><li>b</li></ul><p>c</p>"),
        ('<p title="<b>">a <u>b</u></p>\n\nc', '<p title="&lt;b&gt;">a <u>b</u></p><p>c</p>'),
        ("`<b>` and <b>c</b>\n\nd", "<p><code>&lt;b&gt;</code> and <b>c</b></p><p>d</p>"),
    ],
)
def test_emphasis_ends_with_its_block(source: str, expected: str) -> None:
    assert convert(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<p id="a">1</p>\n\n<p id="a">2</p>', '<p id="a">1</p><p>2</p>'),
        ('<p id="noi_dung" class="b">1</p>', '<p class="b">1</p>'),
        ("## A\n\n<p id='a'>1</p>", '<h2 id="a">A</h2><p>1</p>'),
        ("## A\n\n## A\n\n<p>x</p>", '<h2 id="a">A</h2><h2 id="a_1">A</h2><p>x</p>'),
        ('<p>`x id="a"`</p>\n\n<p id="a">1</p>', '<p>`x id="a"`</p><p id="a">1</p>'),
    ],
)
def test_no_id_is_there_twice_or_the_themes(source: str, expected: str) -> None:
    assert convert(source) == expected


def test_a_footnote_may_have_any_name() -> None:
    html = convert("A.[^ghi_chu]\n\n[^ghi_chu]: B <b>c</b>.")
    assert 'href="#fn:ghi_chu"' in html
    assert 'id="fn:ghi_chu"' in html


@pytest.mark.parametrize(
    "text",
    [
        *(piece * COUNT for piece in ("<b>", "<b", "<p id='", "<i>'", '<b "', "</b>", "<b><p>")),
        *("<b>" * COUNT + piece * COUNT for piece in ("</b>", "</i>", "<i></i>", "<p>")),
        "<i>" + "<b>" * COUNT + "</i><i>" * COUNT,
        "".join(f'<p id="{number}">' for number in range(COUNT)),
    ],
    ids=lambda text: f"{text[:12]}…{text[-8:]}",
)
def test_a_repair_takes_no_longer_than_the_text_is_long(text: str) -> None:
    began = time.perf_counter()
    keep_ids_apart(close_marks("<b>", text))
    # A time that grew with the square would be many seconds.
    assert time.perf_counter() - began < PATIENCE_SECONDS
