"""The words of a text as the search index knows them; ``search-words.js`` reads a query alike.

A word has a *form*, which tells its marks, and a *key*, which does not: ``Đảng`` has the form
``đảng`` and the key ``dang``. What is written in one piece with signs in it, such as ``16/6/2022``
or ``N.ĐOAN``, is each of its parts, and also the whole of them: the form keeps the signs, the key
has none. A date has a key of its own, however it is written.
"""

import re
import unicodedata
from collections.abc import Iterator

from sitegen.foundation.text import normalise
from sitegen.model import Record

# Titles begin at the first position; each further field begins where no title ends.
BODY = 100
# The form of a date that a text names, and of the day when the text itself came out.
NAMED, PUBLISHED = "=", "+"

# They stand inside words and are not seen: the soft hyphen, the zero-width ones.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_PIECE = re.compile(r"[^\W_]+(?:(?:[^\w\s]|_){1,3}[^\W_]+)*|\n+")
_SIGNS = re.compile(r"(?:[^\w\s]|_)+")
_DASHES = str.maketrans("‐‑‒–—−’‘ʼ", "------'''")  # noqa: RUF001
# A longer piece, such as an address, is only its parts.
_MOST_PARTS, _LONGEST = 8, 64
# hoà and hòa, thuỷ and thủy: of both ways to place a tone, one.
_TONES = {
    f"{first}{second}": f"{vowels[0]}{unicodedata.normalize('NFC', vowels[1] + tone)}"
    for vowels in ("oa", "oe", "uy")
    for tone in "\u0300\u0301\u0303\u0309\u0323"
    for first, second in [(unicodedata.normalize("NFC", vowels[0] + tone), vowels[1])]
}
_MISPLACED = re.compile("|".join(_TONES))
# kỷ and kĩ end alike, as the spelling of 1980 has it; names such as Vy do not.
_ENDING = re.compile("(qu|[hklmst])([yỳýỷỹỵ])")
_ENDINGS = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EARLIEST, _LATEST = 1000, 2999


class Term(Record, frozen=True):
    """What a piece of a text is found by: ``place`` is where it begins in the piece, in words."""

    key: str
    form: str
    place: int = 0


class Piece(Record, frozen=True):
    """A word, or what is written in one piece: ``length`` is the number of its parts."""

    terms: tuple[Term, ...]
    length: int


def clean(text: str) -> str:
    """Return a text in one normal form, without what nobody sees in it."""
    return _UNSEEN.sub("", normalise(text))


def list_pieces(text: str) -> list[str]:
    """Return the pieces of a text that is :func:`clean`, in small letters, and its line breaks."""
    return _PIECE.findall(text.lower())


def read_piece(piece: str) -> Piece:
    """Return what a piece is found by."""
    parts = [part for part in _SIGNS.split(piece) if part]
    words = [read_word(part) for part in parts]
    terms = [Term(word.key, word.form, place) for place, word in enumerate(words)]
    if 1 < len(parts) <= _MOST_PARTS and len(piece) <= _LONGEST:
        terms.append(Term(fold("".join(parts)), piece.translate(_DASHES)))
    terms += [Term(key, NAMED) for key in list_dates(piece)]
    return Piece(tuple(terms), len(parts))


def read_word(word: str) -> Term:
    """Return the form and the key of one word."""
    form = _MISPLACED.sub(lambda found: _TONES[found[0]], word)
    if ending := _ENDING.fullmatch(form):
        form = ending[1] + _ENDINGS[ending[2]]
    return Term(fold(form), form)


def fold(text: str) -> str:
    """Return small letters without any mark."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFD", text)
    return "".join([each for each in letters if not unicodedata.combining(each)]).replace("đ", "d")


def list_dates(piece: str) -> Iterator[str]:
    """Yield the keys of the date that a piece is, if it is one: ``2/9``, ``12-9-2026``, ``9/2026``.

    Without a year only a stroke makes a date: ``2-9`` and ``2.9`` are other things.
    """
    if found := _DAY.fullmatch(piece):
        day, month, year = int(found[1]), int(found[2]), int(found[3] or 0)
        if year or "/" in piece:
            yield from name_date(day, month, year)
    elif found := _MONTH.fullmatch(piece):
        yield from name_date(0, int(found[1]), int(found[2]))


def name_date(day: int, month: int, year: int) -> Iterator[str]:
    """Yield the keys of a date, of which the day or the year may be 0: not known."""
    is_month = 1 <= month <= len(_LONGEST_MONTHS)
    if not is_month or day > _LONGEST_MONTHS[month - 1]:
        return
    if year and not _EARLIEST <= year <= _LATEST:
        return
    if day and year:
        yield f"@{year:04}-{month:02}-{day:02}"
    if year:
        yield f"@{year:04}-{month:02}"
    if day:
        yield f"@{month:02}-{day:02}"


def find_written_dates(pieces: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the dates in words, each key with the number of the piece where it begins.

    These are ``2 tháng 9``, ``2 tháng 9 năm 1945``, ``tháng 9 năm 1945`` and ``2 tháng 9/1945``.
    """
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        if piece != "tháng" or place == last:
            continue
        following, year = pieces[place + 1], 0
        if found := _MONTH.fullmatch(following):
            following, year = found[1], int(found[2])
        elif pieces[place + 2 : place + 3] == ["năm"] and place + 3 <= last:
            year = _read_number(pieces[place + 3], 4)
        before = _read_number(pieces[place - 1], 2) if place else 0
        keys = name_date(before, _read_number(following, 2), year)
        for key in keys:
            yield (place - 1 if before else place), key


def _read_number(piece: str, longest: int) -> int:
    return int(piece) if piece.isascii() and piece.isdigit() and len(piece) <= longest else 0
