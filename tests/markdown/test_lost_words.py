"""No word of a text is lost: what is not on the page is found, whatever left it out."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.markdown.conversion import to_html
from sitegen.markdown.limits import MarkupError
from sitegen.markdown.lint import lint
from sitegen.markdown.lost_words import find_lost_words
from sitegen.views import BodyView

VIEW = BodyView("bai.md", 0, b"", (), ("youtu.be",))
WORDS = ("Đảng", "chi bộ", "họp", "a", "2026", "Nguyễn Văn A", "x", "5'30\"", "'70", "T.M.")
MARKS = (
    *("\n", "\n\n", " ", "  \n", "\t", "\n\t", "    ", "\n- ", "\n+ ", "\n  - ", "\n1. ", "\n1) "),
    *(
        "a) ",
        "\n## ",
        "#",
        "\n> ",
        "|",
        "\n|---|---|\n",
        "\n---\n",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "\n```\n",
    ),
    *("<", ">", "</", "<b>", "</b>", "<div>", "</div>", "<p>", "<td>", "<br>", "<o:p>", "<table>"),
    *("[", "](", ")", "![", "[^1]", "\n[^1]: ", "{", "}", "{: .a }", "{{", "}}", ":::", "\\", "&"),
    *("&lt;", "•\t", "–\t", "\u00a0", "https://a.vn/b", "www.a.vn", "a@b.vn", ":", ";", "=", "!"),
)
TEXTS = st.lists(st.sampled_from((*WORDS, *MARKS)), max_size=24).map("".join)


@given(TEXTS)
def test_every_word_of_a_text_is_on_its_page_or_told(source: str) -> None:
    # Of two notes with one name, only one is shown, and that is told.
    assume(source.count("\n[^1]: ") < 2)
    try:
        converted = to_html(source, VIEW)
    except MarkupError:
        return
    # Whether anything is told or not: the net below all else catches nothing.
    told = lint(source, converted.text)
    assert [each.arguments for each in told if each.code == "words-lost"] == []
    assert not converted.sure or told == ()


@pytest.mark.parametrize(
    ("source", "page", "lost"),
    [
        ("Đồng chí Hòa nói.", "<p>Đồng chí Hòa nói.</p>", []),
        ("Đồng chí Hòa nói.", "<p>Đồng chí nói.</p>", ["Hòa"]),
        ("Một **hai** ba.", "<p>Một <strong>hai</strong> ba.</p>", []),
        ("Một hai ba.\n\nBốn.", "<p>Một hai ba.</p>", ["Bốn"]),
        ("[xem](https://a.vn)", '<p><a href="https://a.vn">xem</a></p>', []),
        ("![Ảnh](a.jpg)", "", []),
        ("Một <script>hai</script> ba", "<p>Một  ba</p>", []),
        ("`<b>` là thẻ", "<p><code>&lt;b&gt;</code> là thẻ</p>", []),
        ('Một "hai" ba', "<p>Một “hai” ba</p>", []),
        ("một[^1] hai[^1] ba", "<p>một[^1] hai[^1] ba</p>", []),
        ("một[^1] hai[^1] ba", "<p>một[^1][^1] ba</p>", ["hai"]),
        ("1. Một\n2. Hai", "<ol>\n<li>Một</li>\n</ol>", ["Hai"]),
    ],
)
def test_what_a_page_leaves_out_is_found(source: str, page: str, lost: list[str]) -> None:
    assert [words for _, words in find_lost_words(source, page)] == lost


def test_lost_words_are_told_where_nothing_else_is() -> None:
    (remark,) = lint("Một.\n\nHai ba bốn.", "<p>Một.</p>")
    assert (remark.code, remark.offset, remark.arguments) == (
        "words-lost",
        6,
        {"value": "Hai ba bốn"},
    )
