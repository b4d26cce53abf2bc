"""The bytes of a file to text, in one encoding, one normal form and with one kind of line end."""

from sitegen.errors import Place, Problem, ProblemsFoundError, problem
from sitegen.text import format_size, normalise

LARGEST_FILE = 2_000_000


class DecodingError(ProblemsFoundError):
    """The file is not text that can be read; the problem says why."""


def decode(source: bytes, place: Place) -> str:
    """Return the text of a file, in NFC, with line feeds for line ends.

    Raises :class:`DecodingError` where it is not text in UTF-8.
    """
    if len(source) > LARGEST_FILE:
        raise DecodingError([refuse_size(len(source), place)])
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DecodingError([problem("file-encoding", place, encoding="UTF-16")])
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = source[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - before.rfind(b"\n")
        encoding = "Windows-1258 / Latin-1" if error.reason != "unexpected end of data" else "?"
        where = Place(place.path, line, column)
        raise DecodingError([problem("file-encoding", where, encoding=encoding)]) from error
    if "\0" in text:
        raise DecodingError([problem("file-nul", place)])
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return normalise(text)


def refuse_size(size: int, place: Place) -> Problem:
    """Return the problem of a file that is larger than any article."""
    return problem("file-too-large", place, size=format_size(size), limit=format_size(LARGEST_FILE))
