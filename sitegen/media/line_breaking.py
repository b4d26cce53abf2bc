"""Lines of text for pictures: where they break, and where they are cut, measured in pixels.

They break where headlines of pages do (:mod:`sitegen.foundation.line_breaks`).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitegen.foundation.line_breaks import NO_BREAK_SPACE, bind_words
from sitegen.model import Record

if TYPE_CHECKING:
    from PIL import ImageFont

_ELLIPSIS = "…"
# These never stand before an ellipsis.
_DROPPED = " ,.;:–—-"
# Lines that differ by fewer pixels are equally long.
_TOLERANCE = 8


class _Word(Record, frozen=True):
    """Text that is never broken, with its width in pixels."""

    text: str
    width: float


def break_lines(text: str, font: "ImageFont.FreeTypeFont", width: int, most: int) -> list[str]:
    """Return ``text`` in the fewest lines of at most ``width`` pixels, all about equally long.

    A word that is wider than a line is cut. Of more than ``most`` lines only so many are returned,
    the last one with an ellipsis.
    """
    words, space = _measure_words(text, font, width), font.getlength(" ")
    lines = _fill(words, space, width)
    if len(lines) > most:
        *kept, last = lines[:most]
        return [*kept, cut_line(last.rstrip(_DROPPED) + _ELLIPSIS, font, width)]
    # The smallest width that needs no more lines: so the last line is not a single word.
    narrow, wide = max([width // 2, *(round(word.width) for word in words)]), width
    while wide - narrow > _TOLERANCE:
        middle = (narrow + wide) // 2
        if len(_fill(words, space, middle)) <= len(lines):
            wide = middle
        else:
            narrow = middle
    return _fill(words, space, wide)


def cut_line(text: str, font: "ImageFont.FreeTypeFont", width: int) -> str:
    """Return ``text``, or as many of its words as fit ``width`` with an ellipsis after them."""
    while font.getlength(text) > width and " " in text:
        text = text.rstrip(_ELLIPSIS).rpartition(" ")[0].rstrip(_DROPPED) + _ELLIPSIS
    return text


def _measure_words(text: str, font: "ImageFont.FreeTypeFont", width: int) -> list[_Word]:
    """Return the words of a text, none wider than ``width``."""
    words: list[_Word] = []
    for bound in bind_words(" ".join(text.split())).split(" "):
        word = bound.replace(NO_BREAK_SPACE, " ")
        parts = [word] if font.getlength(word) <= width else _cut_word(word, font, width)
        words += [_Word(part, font.getlength(part)) for part in parts]
    return words


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
