"""The bytes of a Markdown file to its front matter and its body."""

import re
from collections.abc import Iterator

from sitegen.content.decoding import decode_encoded, is_lfs_pointer, place_after
from sitegen.content.fields import read_fields
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.text import find_legacy
from sitegen.markdown.conversion import find_references
from sitegen.markdown.references import locate_reference
from sitegen.model import Body, Record
from sitegen.problems import Place, Problem, ProblemsFoundError, problem, warning

_FENCE = "---"
_END = re.compile(r"\n---[ \t]*$", re.MULTILINE)


class TextFile(Record, frozen=True):
    """A decoded file: where the front matter and the body stand in its text.

    ``encoded`` is the whole text in UTF-8; its bytes from ``body_byte`` on are the body.
    """

    path: str
    fields: str
    body: str
    body_line: int
    encoded: bytes
    body_byte: int


def split(source: bytes, path: str) -> TextFile:
    """Return the front matter and the body of the file ``path``.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where the file has no such form.
    """
    place = Place(path)
    text, encoded = decode_encoded(source, place)
    if not text.strip():
        raise ProblemsFoundError([problem("file-empty", place)])
    if is_lfs_pointer(source):
        raise ProblemsFoundError([problem("file-lfs", place)])
    first, line_end, _ = text.partition("\n")
    if first.rstrip() != _FENCE:
        raise ProblemsFoundError([problem("front-matter-missing", place)])
    # The line end before the closing line may be the one behind the opening line.
    end = _END.search(text, len(first))
    if end is None:
        raise ProblemsFoundError([problem("front-matter-unclosed", place)])
    fields = text[len(first) + len(line_end) : end.start() + 1]
    start = end.end() + text.startswith("\n", end.end())
    body_line, body_byte = fields.count("\n") + 3, len(text[:start].encode())
    return TextFile(path, fields, text[start:], body_line, encoded, body_byte)


def warn_of_legacy(file: TextFile) -> Iterator[Problem]:
    """Yield a warning where the front matter or the body is text in an old encoding."""
    # In UTF-8 the signs of these encodings, U+0080 to U+00BF, begin with this byte.
    if b"\xc2" not in file.encoded:
        return
    for text, line in ((file.fields, 2), (file.body, file.body_line)):
        if sample := find_legacy(text):
            place = place_after(text[: text.index(sample)], Place(file.path, line))
            yield warning("legacy-encoding", place, sample=sample)


def read_body(file: TextFile, site: str = "", *, strict: bool = False) -> Body:
    """Return what can be known of a body of the ``site`` without rendering it.

    ``strict`` tells whether it is plain Markdown (:mod:`sitegen.markdown.dialect`).
    """
    digest = digest_bytes(file.encoded[file.body_byte :])
    references = find_references(file.body, site, strict=strict)
    return Body(file.path, file.body_byte, digest, references, strict)


def locate_value(source: bytes, path: str, value: str) -> Place:
    """Return where ``value`` is written in a file, or where its title is, for an empty value."""
    try:
        parts = split(source, path)
        fields = read_fields(parts.fields, Place(path, 2), [])
    except ProblemsFoundError:
        return Place(path)
    if not value:
        named = (each for each in ("slug", "title") if each in fields.written)
        return fields.place_of(next(named, "name"))
    if place := _find_written(parts.fields, Place(path, 2), value):
        return place
    line_number, column = locate_reference(parts.body, value)
    return Place(path, parts.body_line + line_number - 1, column)


def locate_setting(source: bytes, path: str, value: str) -> Place:
    """Return where ``value`` is written in ``config.yaml``."""
    place = Place(path)
    return _find_written(source.decode(errors="replace"), place, value) or place


def _find_written(text: str, place: Place, value: str) -> Place | None:
    """Return where a value stands as a whole in a text that begins at ``place``, if it does."""
    whole = re.compile(rf"(?<![\w/.%-]){re.escape(value)}(?![\w/?=&%-])")
    for number, line in enumerate(text.split("\n"), start=place.line):
        if found := whole.search(line):
            return Place(place.path, number, found.start() + 1)
    return None
