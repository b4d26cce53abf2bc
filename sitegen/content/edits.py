"""Changes to one field of a text that leave every other line as it is, its line ends included."""

import io
import re
from collections.abc import Iterable, Sequence

from sitegen.content.composition import compose
from sitegen.content.front_matter import split
from sitegen.content.nodes import Entry, Mapping, Scalar
from sitegen.content.nodes import Sequence as List
from sitegen.content.recovery import write_list
from sitegen.model import Record
from sitegen.problems import Place, ProblemsFoundError, problem

_ITEM = re.compile(r"\s*-\s+")


class _Field(Record, frozen=True):
    """A field that is written: the numbers of its first line and of the line behind it."""

    entry: Entry
    first: int
    end: int


class _Text(Record, frozen=True):
    """A text in lines, each with its end, and its fields; new ones go on the line ``end``."""

    lines: tuple[str, ...]
    fields: dict[str, _Field]
    end: int


def write_field(source: str, path: str, name: str, value: str) -> str:
    """Return the text ``source`` of the file ``path`` with ``value``, as YAML, in a field.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where its front matter cannot be read.
    """
    return _replace(_read(source, path), name, [f"{name}: {value}"])


def write_items(source: str, path: str, name: str, items: Sequence[str]) -> str:
    """Return the text ``source`` of the file ``path`` with ``items`` in the list ``name``.

    A list with a line for each item stays one, and items that were there keep their lines. Without
    items, there is no such field. Raises :class:`~sitegen.problems.ProblemsFoundError` where the
    front matter cannot be read.
    """
    text = _read(source, path)
    if not items:
        return _replace(text, name, [])
    found = text.fields.get(name)
    node = found.entry.value if found else None
    if found is None or not isinstance(node, List) or not _has_lines(found, node):
        return _replace(text, name, [f"{name}: {write_list(items)}"])
    starts = [each.line + found.first - found.entry.name.line for each in node.items]
    written: dict[str, str] = {}
    for each, start, end in zip(node.items, starts, [*starts[1:], found.end], strict=True):
        if isinstance(each, Scalar):
            written[each.value] = "".join(text.lines[start:end]).rstrip("\r\n")
    dash = _ITEM.match(text.lines[starts[0]])
    before = dash[0] if dash else "- "
    others = (before + write_list([item])[1:-1] for item in items)
    lines = [written.get(item, other) for item, other in zip(items, others, strict=True)]
    heading = "".join(text.lines[found.first : starts[0]]).rstrip("\r\n")
    return _replace(text, name, [heading, *lines])


def list_scalars(source: str, path: str) -> dict[str, str]:
    """Return the fields of the text ``source`` that have a single value."""
    entries = (each.entry for each in _read(source, path).fields.values())
    return {
        entry.name.value: entry.value.value
        for entry in entries
        if isinstance(entry.name, Scalar) and isinstance(entry.value, Scalar)
    }


def _has_lines(found: _Field, node: List) -> bool:
    """Tell whether each item of a list begins with a dash on a line of its own."""
    numbers = [each.line for each in node.items]
    apart = len({*numbers, found.entry.name.line}) == len(numbers) + 1
    return bool(numbers) and apart and node.line != found.entry.name.line


def _read(source: str, path: str) -> _Text:
    parts = split(source.encode(), path)
    place = Place(path, parts.fields_line)
    node = compose(parts.fields, parts.fields.split("\n"), place)
    if not isinstance(node, Mapping):
        raise ProblemsFoundError([problem("front-matter-form", place)])
    lines = tuple(io.StringIO(source, newline="\n"))
    above = parts.fields_line - 1
    fields = {}
    for entry in node.fields:
        value = entry.value
        end = above + value.end_line + bool(value.end_column)
        # What follows a list, up to the next field, is no part of it.
        while end > above + value.line + 1 and lines[end - 1].lstrip()[:1] in {"", "#"}:
            end -= 1
        if isinstance(entry.name, Scalar):
            fields[entry.name.value] = _Field(entry, above + entry.name.line, end)
    return _Text(lines, fields, above + parts.fields.count("\n"))


def _replace(text: _Text, name: str, written: Iterable[str]) -> str:
    line_end = "\r\n" if text.lines[0].endswith("\r\n") else "\n"
    found = text.fields.get(name)
    first, end = (found.first, found.end) if found else (text.end, text.end)
    made = [line + line_end for line in written]
    return "".join((*text.lines[:first], *made, *text.lines[end:]))
