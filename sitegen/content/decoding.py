"""The bytes of a file to text, in one encoding, one normal form and with one kind of line end."""

import codecs
import re
from collections.abc import Iterator

from sitegen.foundation.text import format_size, normalise
from sitegen.model import Record
from sitegen.problems import Place, Problem, ProblemsFoundError, problem

LARGEST_FILE = 500_000

_CONTROLS = {*range(1, 32), 127} - {*b"\t\n\v\f\r"}
# U+FFFE and U+FFFF are no characters: a feed that holds one is not XML.
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f\ufffe\uffff]")
# Line ends of word processors and of old printers, which only YAML still takes for line ends.
_ODD_SPACES = "\v\f\x85\u2028\u2029"
# Characters that nobody sees, and that break words and marks apart: a space without width, a
# joiner, a byte-order mark within a text, and a hyphen that shows only at the end of a line.
_UNSEEN = "\u200b\u2060\ufeff\xad"
# Characters that keep text in the direction that it has anyway: without letters of scripts that are
# written from right to left, and without the others, they have no effect.
_WITHOUT_EFFECT = "\u202a\u202c\u202d\u2066\u2068\u2069"
_TURNING = "\u202b\u202e\u2067"
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_WITH_EFFECT = re.compile(f"[{_TURNING}{_RIGHT_TO_LEFT}]")
# In UTF-8, all that is looked for begins with one of these bytes, and no letter of Vietnamese does.
# Quotation marks and long dashes begin with E2 as well.
_MANY = b"\xe2"
_SUSPECT = {*_CONTROLS, *b"\0\v\f\r\xc2\xef", *_MANY}
_HARMLESS = bytes({*range(256)} - _SUSPECT)
_CONFLICT = re.compile(r"^(?:<{7}|={7}(?=\n|\Z)|>{7}|\|{7})(?=[ \n]|\Z)", re.MULTILINE)
_NULS_OF_UTF16 = 0.2


def decode(source: bytes, place: Place) -> str:
    """Return the text of a file, in NFC, with line feeds for line ends.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where it is not one text in UTF-8.
    """
    return decode_encoded(source, place).text


class Decoded(Record, frozen=True):
    """The text of a file, and the same in UTF-8, which nearly always is the file itself.

    ``directed`` tells whether it may have characters that turn text around, or keep it so.
    """

    text: str
    encoded: bytes
    directed: bool


def decode_encoded(source: bytes, place: Place) -> Decoded:
    """Return the text of a file as :func:`decode` does, with what need not be found out again."""
    if len(source) > LARGEST_FILE:
        raise ProblemsFoundError([refuse_size(len(source), place)])
    source = source.removeprefix(codecs.BOM_UTF8)
    starts = _find_starts(source)
    if b"\0" in starts or source.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProblemsFoundError([_refuse_binary(source, place)])
    try:
        written = source.decode()
    except UnicodeDecodeError as error:
        raise ProblemsFoundError([_refuse_encoding(source, error, place)]) from error
    text = _replace_unmeant(written, starts, place) if starts else written
    if conflict := _find_conflict(text, place):
        raise ProblemsFoundError([conflict])
    text = normalise(text)
    encoded = source if text is written else text.encode()
    return Decoded(text, encoded, not starts.isdisjoint(_DIRECTIONS))


def _start(character: str) -> bytes:
    """Return how a character begins in UTF-8: one byte, or all where many others begin so."""
    encoded = character.encode()
    return encoded if encoded.startswith(_MANY) else encoded[:1]


_REPLACEMENTS = dict.fromkeys(_ODD_SPACES, " ") | dict.fromkeys(_UNSEEN, "")
_REPLACED = frozenset(map(_start, _REPLACEMENTS))
_DIRECTIONS = frozenset(map(_start, _WITHOUT_EFFECT + _TURNING))


def _find_starts(source: bytes) -> set[bytes]:
    """Return how the characters begin that must be looked for (:func:`_start`).

    One pass over the bytes takes as long as a dozen searches, each for one character.
    """
    starts = {bytes([each]) for each in {*source.translate(None, _HARMLESS)}}
    if _MANY in starts:
        starts |= {_MANY + each[:2] for each in source.split(_MANY)[1:]}
    return starts


def _replace_unmeant(text: str, starts: set[bytes], place: Place) -> str:
    """Return ``text`` with line feeds and plain spaces, and without what nobody sees.

    ``starts`` are those of its characters. Raises :class:`~sitegen.problems.ProblemsFoundError`
    where there is a control character.
    """
    if b"\r" in starts:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    suspect = b"\xef" in starts or any(each[0] in _CONTROLS for each in starts)
    if suspect and (found := _CONTROL.search(text)):
        where, name = place_after(text[: found.start()], place), name_character(found[0])
        raise ProblemsFoundError([problem("control-character", where, character=name)])
    if not starts.isdisjoint(_REPLACED):
        for character, replacement in _REPLACEMENTS.items():
            text = text.replace(character, replacement)
    if not starts.isdisjoint(_DIRECTIONS) and not _WITH_EFFECT.search(text):
        for character in _WITHOUT_EFFECT:
            text = text.replace(character, "")
    return text


def refuse_size(size: int, place: Place) -> Problem:
    """Return the problem of a file that is larger than any article."""
    return problem("file-too-large", place, size=format_size(size), limit=format_size(LARGEST_FILE))


def is_lfs_pointer(source: bytes) -> bool:
    """Tell whether a file is what Git LFS leaves where the file itself was not fetched."""
    return source.startswith(b"version https://git-lfs")


def name_character(character: str) -> str:
    """Return the name of a character that cannot be shown: ``U+0007``."""
    return f"U+{ord(character):04X}"


def _refuse_binary(source: bytes, place: Place) -> Problem:
    marked = source.startswith((b"\xff\xfe", b"\xfe\xff"))
    # Text in UTF-16 has most of its NULs in every other place.
    in_places = abs(source[::2].count(0) - source[1::2].count(0))
    if marked or in_places > _NULS_OF_UTF16 * len(source):
        return problem("file-encoding", place, encoding="UTF-16")
    before = source[: source.index(b"\0")].decode("utf-8-sig", "replace")
    return problem("file-nul", place_after(before, place))


def _refuse_encoding(source: bytes, error: UnicodeDecodeError, place: Place) -> Problem:
    where = place_after(source[: error.start].decode(), place)
    if error.reason == "unexpected end of data":
        return problem("file-cut-off", where)
    return problem("file-encoding", where, encoding="Windows-1258 / Latin-1")


def _find_conflict(text: str, place: Place) -> Problem | None:
    """Return the problem of a mark that Git leaves around two versions: also of one alone."""
    # One sign is found in a tenth of the time of several.
    marked = any(sign in text and sign * 7 in text for sign in "<=>")
    found = _CONFLICT.search(text) if marked else None
    return problem("file-conflict", place_after(text[: found.start()], place)) if found else None


def find_turned(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the character of what turns text around, once for each line.

    Beside letters that are written from right to left, only what turns all letters is meant.
    """
    meant = re.search(f"[{_RIGHT_TO_LEFT}]", text)
    turning = re.compile("\u202e" if meant else f"[{_TURNING}]")
    offset = 0
    for line in text.split("\n"):
        if found := turning.search(line):
            yield offset + found.start(), found[0]
        offset += len(line) + 1


def place_after(before: str, place: Place) -> Place:
    """Return the place behind the text ``before``, which begins at the line of ``place``."""
    line = place.line + before.count("\n")
    return Place(place.path, line, len(before) - before.rfind("\n"))
