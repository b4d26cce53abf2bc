"""The bytes of a Markdown file to its front matter and its body."""

import re
from collections.abc import Iterator

from sitegen.content.decoding import (
    Decoded,
    decode_encoded,
    find_turned,
    is_lfs_pointer,
    name_character,
    place_after,
)
from sitegen.content.fields import read_fields
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.text import find_legacy
from sitegen.markdown.conversion import find_references
from sitegen.markdown.references import locate_references
from sitegen.model import Body, Record
from sitegen.problems import Place, Problem, ProblemsFoundError, problem, warning

_FENCE = "---"
_MISSING = "front-matter-missing"
_DASHES = r"[-–—−_*~.]"  # noqa: RUF001
# What people and their telephones write for the line ``---``.
_NEAR_FENCE = re.compile(rf"[ \t\xa0]*(?:—|{_DASHES}(?:[ \t]?{_DASHES}){{1,7}})[ \t\xa0]*")
# Such a line within the fields, or a paragraph behind a blank line: the fields ended before it.
_UNSURE = re.compile(rf"\n(?:[ \t\xa0]*(?:—|{_DASHES}[ \t]?{_DASHES})|\n[^\n \t#-])")
_END = re.compile(r"\n---[ \t]*$", re.MULTILINE)


class TextFile(Record, frozen=True):
    """A decoded file: where the front matter and the body stand in its text.

    ``encoded`` is the whole text in UTF-8; its bytes from ``body_byte`` on are the body.
    ``directed`` tells whether there may be characters that turn text around.
    """

    path: str
    fields: str
    body: str
    body_line: int
    encoded: bytes
    body_byte: int
    fields_line: int = 2
    directed: bool = False


def split(source: bytes, path: str, problems: list[Problem] | None = None) -> TextFile:
    """Return the front matter and the body of the file ``path``.

    A closing or opening line that is not ``---`` goes to ``problems``. Raises
    :class:`~sitegen.problems.ProblemsFoundError` where the file has no such form, or where such a
    line is wrong and nobody takes ``problems``.
    """
    place = Place(path)
    decoded = decode_encoded(source, place)
    text, encoded = decoded.text, decoded.encoded
    if not text or text.isspace():
        raise ProblemsFoundError([problem("file-empty", place)])
    if is_lfs_pointer(source):
        raise ProblemsFoundError([problem("file-lfs", place)])
    first, line_end, _ = text.partition("\n")
    # The line end before the closing line may be the one behind the opening line.
    end = _END.search(text, len(first)) if first.rstrip() == _FENCE else None
    if end is None or _UNSURE.search(text, len(first), end.start()):
        return _split_by_lines(decoded, path, problems)
    fields = text[len(first) + len(line_end) : end.start() + 1]
    start = end.end() + text.startswith("\n", end.end())
    body_line, body_byte = fields.count("\n") + 3, len(text[:start].encode())
    return TextFile(
        *(path, fields, text[start:], body_line, encoded, body_byte), directed=decoded.directed
    )


def _split_by_lines(decoded: Decoded, path: str, problems: list[Problem] | None) -> TextFile:
    """Return the parts of a text whose opening or closing line is wrong or not there."""
    from sitegen.content.recovery import is_field

    lines = decoded.text.split("\n")
    found: list[Problem] = []
    filled = next(number for number, line in enumerate(lines) if line.strip())
    opened = bool(_NEAR_FENCE.fullmatch(lines[filled]))
    start = filled + opened
    last = _find_end(lines, start)
    end, closed = last.number, last.closes
    named = any(is_field(line) for line in lines[start:end])
    if not opened or (not named and lines[filled].rstrip() != _FENCE):
        if not named or not closed:
            code = "front-matter-other" if lines[filled][:1] in {"+", "{"} else _MISSING
            raise ProblemsFoundError([problem(code, Place(path))])
        found.append(problem(_MISSING, Place(path)))
    elif filled:
        found.append(problem(_MISSING, Place(path)))
    elif lines[0].rstrip() != _FENCE:
        found.append(problem("front-matter-fence", Place(path), value=lines[0].strip(), line="1"))
    if not closed:
        where = Place(path, end + 1 if end < len(lines) and named else 1)
        found.append(problem("front-matter-unclosed", where))
    elif lines[end].rstrip() != _FENCE:
        where = Place(path, end + 1)
        found.append(
            problem("front-matter-fence", where, value=lines[end].strip(), line=str(end + 1))
        )
    if found and problems is None:
        raise ProblemsFoundError(found)
    if problems is not None:
        problems += found
    fields = "".join(f"{line}\n" for line in lines[start:end])
    body = lines[end + closed :]
    body_byte = len("".join(f"{line}\n" for line in lines[: end + closed]).encode())
    return TextFile(
        *(path, fields, "\n".join(body), end + closed + 1, decoded.encoded, body_byte),
        fields_line=start + 1,
        directed=decoded.directed,
    )


class _End(Record, frozen=True):
    """The number of the line that ends the fields; if it does not close them, the text goes on."""

    number: int
    closes: bool


def _find_end(lines: list[str], start: int) -> _End:
    """Return where the fields end that begin on the line ``start``."""
    from sitegen.content.recovery import is_field

    blank = False
    for number in range(start, len(lines)):
        line = lines[number]
        if line.rstrip() == _FENCE or (number > start and _NEAR_FENCE.fullmatch(line)):
            return _End(number, closes=True)
        paragraph = line.strip() and line[0] not in " \t#-" and not is_field(line)
        if blank and paragraph:
            return _End(number, closes=False)
        blank = not line.strip()
    last = max((n for n in range(start, len(lines)) if is_field(lines[n])), default=start - 1)
    return _End(last + 1, closes=False)


def warn_of_legacy(file: TextFile) -> Iterator[Problem]:
    """Yield a warning where the front matter or the body is text in an old encoding."""
    # In UTF-8 the signs of these encodings, U+0080 to U+00BF, begin with this byte.
    if b"\xc2" not in file.encoded:
        return
    for text, line in ((file.fields, file.fields_line), (file.body, file.body_line)):
        if sample := find_legacy(text):
            place = place_after(text[: text.index(sample)], Place(file.path, line))
            yield warning("legacy-encoding", place, sample=sample)


def warn_of_turned(file: TextFile) -> Iterator[Problem]:
    """Yield a warning for each line of the body in which an invisible character turns text around.

    In front matter it is an error (:mod:`sitegen.content.fields`).
    """
    for offset, character in find_turned(file.body) if file.directed else ():
        place = place_after(file.body[:offset], Place(file.path, file.body_line))
        yield warning("text-turned", place, character=name_character(character))


def read_body(file: TextFile, site: str = "", *, strict: bool = False) -> Body:
    """Return what can be known of a body of the ``site`` without rendering it.

    ``strict`` tells whether it is plain Markdown (:mod:`sitegen.markdown.dialect`).
    """
    encoded = file.encoded[file.body_byte :]
    found = find_references(file.body, site, encoded, strict=strict)
    digest = digest_bytes(encoded)
    return Body(file.path, file.body_byte, digest, found.references, strict, found.anchors)


def locate_value(source: bytes, path: str, value: str) -> Place:
    """Return where ``value`` is written in a file, or where its title is, for an empty value."""
    try:
        parts = split(source, path)
        if not value:
            fields = read_fields(parts.fields, Place(path, parts.fields_line), [])
            named = (each for each in ("slug", "title") if each in fields.written)
            return fields.place_of(next(named, "name"))
    except ProblemsFoundError:
        return Place(path)
    if place := _find_written(parts.fields, Place(path, parts.fields_line), value):
        return place
    return _locate_links(parts, value)[0]


def locate_links(source: bytes, path: str, reference: str) -> tuple[Place, ...]:
    """Return every place in the body of a file that links to ``reference``, at least one."""
    try:
        return _locate_links(split(source, path), reference)
    except ProblemsFoundError:
        return (Place(path),)


def _locate_links(parts: TextFile, reference: str) -> tuple[Place, ...]:
    return tuple(
        Place(parts.path, parts.body_line + line - 1, column)
        for line, column in locate_references(parts.body, reference)
    )


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
