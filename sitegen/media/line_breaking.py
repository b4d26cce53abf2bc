"""Lines of text for pictures: where they break, and where they are cut, measured in pixels.

Vietnamese breaks at spaces alone, and a dash stays with the word before it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitegen.model import Record

if TYPE_CHECKING:
    from PIL import ImageFont

_ELLIPSIS = "…"
# These never stand before an ellipsis.
_DROPPED = " ,.;:–—-"
# These never begin a line.
_NEVER_FIRST = frozenset("–—-/,.;:!?)”’%&")
# Lines that differ by fewer pixels are equally long.
_TOLERANCE = 8


class _Word(Record, frozen=True):
    """Text that is never broken, with its width in pixels."""

    text: str
    width: float


def break_lines(text: str, font: "ImageFont.FreeTypeFont", width: int) -> list[str]:
    """Return ``text`` in the fewest lines of at most ``width`` pixels, all about equally long.

    A word that is wider than a line is cut.
    """
    words, space = _measure_words(text, font, width), font.getlength(" ")
    lines = _fill(words, space, width)
    # The smallest width that needs no more lines: so the last line is not a single word.
    least, most = max([width // 2, *(round(word.width) for word in words)]), width
    while most - least > _TOLERANCE:
        middle = (least + most) // 2
        if len(_fill(words, space, middle)) <= len(lines):
            most = middle
        else:
            least = middle
    return _fill(words, space, most)


def cut_lines(text: str, font: "ImageFont.FreeTypeFont", width: int, count: int) -> list[str]:
    """Return the first ``count`` lines of a longer text, the last one with an ellipsis."""
    words, space = _measure_words(text, font, width), font.getlength(" ")
    *kept, last = _fill(words, space, width)[:count]
    return [*kept, cut_line(last.rstrip(_DROPPED) + _ELLIPSIS, font, width)]


def cut_line(text: str, font: "ImageFont.FreeTypeFont", width: int) -> str:
    """Return ``text``, or as many of its words as fit ``width`` with an ellipsis after them."""
    while font.getlength(text) > width and " " in text:
        text = text.rstrip(_ELLIPSIS).rpartition(" ")[0].rstrip(_DROPPED) + _ELLIPSIS
    return text


def _measure_words(text: str, font: "ImageFont.FreeTypeFont", width: int) -> list[_Word]:
    """Return the words of a text, none wider than ``width``."""
    words: list[_Word] = []
    for joined in _join_signs(text.split()):
        word = _Word(joined, font.getlength(joined))
        if word.width <= width:
            words.append(word)
        else:
            words += (_Word(part, font.getlength(part)) for part in _cut_word(joined, font, width))
    return words


def _join_signs(words: list[str]) -> Iterator[str]:
    """Yield words, each joined with the lone signs after it that must not begin a line."""
    joined = ""
    for word in words:
        if joined and word in _NEVER_FIRST:
            joined = f"{joined} {word}"
        else:
            if joined:
                yield joined
            joined = word
    if joined:
        yield joined


def _cut_word(word: str, font: "ImageFont.FreeTypeFont", width: int) -> Iterator[str]:
    """Yield the parts of a word that is wider than a line."""
    part, free = "", float(width)
    for letter in word:
        free -= font.getlength(letter)
        if free < 0:
            yield part
            part, free = "", width - font.getlength(letter)
        part += letter
    yield part


def _fill(words: list[_Word], space: float, width: float) -> list[str]:
    """Return lines, each with as many words as fit."""
    lines: list[str] = []
    free = 0.0
    for word in words:
        if lines and word.width + space <= free:
            lines[-1] += f" {word.text}"
            free -= word.width + space
        else:
            lines.append(word.text)
            free = width - word.width
    return lines
