"""The numbers that Word writes before paragraphs, such as ``Điều 1.`` or ``II.``."""

import xml.etree.ElementTree as ET

from sitegen.importing.word_xml import WORD, find, get
from sitegen.model import Record

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Level(Record, frozen=True):
    """How one level of a list is numbered: ``form`` is Word's, ``text`` has ``%1`` for a number."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1

    @property
    def is_bullet(self) -> bool:
        """Whether there is a sign instead of a number."""
        return self.form in {"bullet", "none"}


class Numbering(Record, frozen=True):
    """The levels of each list of a document, by its identifier."""

    lists: dict[str, dict[int, Level]] = {}


def read_numbering(outermost: ET.Element) -> Numbering:
    """Return the lists of ``numbering.xml``."""
    abstract = {
        get(each, "abstractNumId"): {
            int(get(level, "ilvl") or 0): Level(
                get(find(level, "numFmt")) or "decimal",
                get(find(level, "lvlText")),
                int(get(find(level, "start")) or 1),
            )
            for level in each.iter(f"{WORD}lvl")
        }
        for each in outermost.iter(f"{WORD}abstractNum")
    }
    return Numbering(
        {
            get(each, "numId"): abstract.get(get(find(each, "abstractNumId")), {})
            for each in outermost.iter(f"{WORD}num")
        }
    )


def format_number(number: int, form: str) -> str:
    """Return a number in one of Word's forms.

    >>> [format_number(4, form) for form in ("decimal", "upperRoman", "lowerLetter")]
    ['4', 'IV', 'd']
    """
    if form in {"upperRoman", "lowerRoman"}:
        written = ""
        for value, letters in _ROMAN:
            while number >= value:
                written += letters
                number -= value
        return written.upper() if form == "upperRoman" else written
    if form in {"upperLetter", "lowerLetter"}:
        count, letter = divmod(number - 1, len(_LETTERS))
        written = _LETTERS[letter] * (count + 1)
        return written.upper() if form == "upperLetter" else written
    return f"{number:02}" if form == "decimalZero" else str(number)
