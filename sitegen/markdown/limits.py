"""What a text may hold: far more than any news has, and so little that it is converted in time.

Python-Markdown searches the rest of a block, or copies it, for each thing that it finds there. So
the time that it takes grows with the square of what is counted here.
"""

import re
from collections import Counter
from typing import NoReturn

from sitegen.problems import mark

MOST_BLOCKS = 6_000
MOST_LINES = 5_000
MOST_SIGNS = 10_000
MOST_COMMENTS = 6_000
MOST_FOOTNOTES = 4_000
MOST_OF_ONE_FOOTNOTE = 500
MOST_FENCES = 2_000
DEEPEST_MARK = 200

# No shorter text reaches any of these limits in a way that takes long.
_SHORT = 5_000
_BLOCK_END = re.compile(r"\n[ \t]*\n\s*")
_SIGN = re.compile(r"[*_`\"'\\&\[<.-]")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,200}\]")
_MARK = re.compile(r"<(/?)(b|code|em|font|i|s|small|strong|u)\b", re.IGNORECASE)


class MarkupError(Exception):
    """The text exceeds a limit: ``reason`` names what there is too much of, ``line`` is 1-based."""

    def __init__(self, reason: str, line: int) -> None:
        self.reason = reason
        self.line = line
        super().__init__(reason)


def check_shape(source: str) -> None:
    """Raise :class:`MarkupError` where a text has more of anything than can be converted in time.

    Arguments:
        source: the whole text, before it is converted by Python-Markdown.
    """
    if len(source) < _SHORT:
        return
    if source.count("<!") + source.count("<?") > MOST_COMMENTS:
        _refuse(mark("comments"), source, source.index("<"))
    if source.count("[^") > MOST_OF_ONE_FOOTNOTE:
        _check_footnotes(source)
    if source.count("\n~~~") + source.count("\n```") > MOST_FENCES:
        _refuse(mark("pieces of code"), source, 0)
    if "<" in source:
        _check_marks(source)
    _check_blocks(source)


def _check_footnotes(source: str) -> None:
    notes = Counter(_FOOTNOTE.findall(source))
    note, times = notes.most_common(1)[0] if notes else ("", 0)
    if times > MOST_OF_ONE_FOOTNOTE or notes.total() > MOST_FOOTNOTES:
        _refuse(mark("footnotes"), source, source.index(note))


def _check_marks(source: str) -> None:
    """Refuse emphasis in HTML that is opened inside itself, again and again."""
    opened: Counter[str] = Counter()
    for found in _MARK.finditer(source):
        ends, name = found[1], found[2].lower()
        opened[name] = max(0, opened[name] + (-1 if ends else 1))
        if opened[name] > DEEPEST_MARK:
            _refuse(mark("emphasis that is not closed"), source, found.start())


def _check_blocks(source: str) -> None:
    start = 0
    for number, block in enumerate(_BLOCK_END.split(source), start=1):
        if number > MOST_BLOCKS:
            _refuse(mark("paragraphs"), source, start)
        # HTML in a block of its own is copied as it is.
        if len(block) > MOST_LINES and not block.lstrip().startswith("<"):
            if block.count("\n") > MOST_LINES:
                _refuse(mark("lines without a blank line between them"), source, start)
            if len(_SIGN.findall(block)) > MOST_SIGNS:
                _refuse(mark("signs in one paragraph"), source, start)
        start = source.find(block, start) + len(block)


def _refuse(reason: str, source: str, position: int) -> NoReturn:
    rest = source[position:]
    position += len(rest) - len(rest.lstrip())
    raise MarkupError(reason, source.count("\n", 0, position) + 1)
