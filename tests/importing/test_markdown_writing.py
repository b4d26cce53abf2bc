"""Whatever is written in a document stands on the page: no word lost, and no sign misread."""

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.importing.article_parts import find_parts
from sitegen.importing.blocks import Block, Run
from sitegen.importing.html_blocks import read_html
from sitegen.importing.markdown_writing import write_blocks
from sitegen.markdown.conversion import to_html
from sitegen.views import BodyView

_PIECES = (
    *("Đảng", "bộ", "a_b", "x", "1.", "2)", "1986.", "-", "+", "*", "**", "_", "#", "##", ">"),
    *("|", "||", ":", "=", "===", "`", "``", "~", "~~", "[", "]", "(", ")", "[x](y)"),
    *("![", "<b>", "</b>", "<", ">>", "&", "\\", "\\*", "{", "}", "“", "…", "!", "$"),
    *("•", "o", "I.", "a)", "8h00:", "T/M", "Ảnh:", "https://example.vn/a_b*c", "a@b.vn", "–"),
)
_TEXTS = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8).map(" ".join)
_RUNS = st.lists(
    st.builds(Run, _TEXTS, bold=st.booleans(), italic=st.booleans()), min_size=1, max_size=3
)
_LETTERS = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    return _LETTERS.findall(text)


def show(blocks: list[Block]) -> str:
    """Return what a reader sees of blocks."""
    shown = to_html(write_blocks(blocks), BodyView("", 0, b"", (), ())).text
    return html.unescape(re.sub(r"<[^<>]*>", " ", shown))


@given(_RUNS)
@settings(max_examples=150, deadline=None)
def test_a_paragraph_says_what_it_said(runs: list[Run]) -> None:
    apart = [Run(f" {run.text} ", run.bold, run.italic) for run in runs]
    said = "".join(run.text for run in apart)
    shown = show([Block("paragraph", runs=tuple(apart))])
    # Every sign too, in its place.
    assert "".join(shown.split()) == "".join(said.split())


@given(st.lists(_TEXTS, min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_no_word_of_a_page_is_lost(texts: list[str]) -> None:
    page = "".join(f"<p>{html.escape(each)}</p>" for each in texts)
    parts = find_parts(list(read_html(page).blocks), "Tiêu đề")
    kept = [parts.lead, *parts.authors, parts.source, show(list(parts.body))]
    found = words(" ".join(kept))
    for word in set(words(" ".join(texts))) - {"Ảnh", "1", "2"}:
        assert word in found


def test_marks_stand_beside_letters_and_look_alike_runs_are_one() -> None:
    runs = (Run("Một", bold=True), Run(" hai ", bold=True), Run("ba"), Run(" ", italic=True))
    assert write_blocks([Block("paragraph", runs=runs)]) == "**Một hai** ba"
