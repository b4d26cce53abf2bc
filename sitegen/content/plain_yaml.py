"""Fields in their plain form to the nodes that YAML makes of them, at half its cost.

Nearly all front matter is lines ``name: value``, lists ``[a, b]`` and lines ``- item``. For these
the rules of YAML 1.1 are few; whatever is in the least unusual is left to YAML itself.
"""

import re

from sitegen.content.nodes import Entry, Mapping, Node, Scalar, Sequence

_FIELD = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_-]{0,99}):(?:[ ]+(?P<value>[^ ].*)|[ ]*)")
_ITEM = re.compile(r"(?P<indent>[ ]*)-[ ]+(?P<value>[^ ].*)")
# What gives the characters behind it another meaning (YAML 1.1, 5.2): at the beginning of a value,
# or, but for the hyphen, anywhere in a list in brackets.
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_ITEM_IN_LIST = re.compile(
    r"""[ ]*(?P<value>"[^"\\]*"|'[^']*'|(?P<plain>[^ ,\-?:\[\]{}#&*!|>'"%@`]"""
    r"""(?:[^,?:\[\]{}#&*!|>'"%@`]*[^ ,?:\[\]{}#&*!|>'"%@`])?))[ ]*(?=,|\Z)"""
)


def compose_plain(lines: list[str]) -> Mapping | None:
    """Return the node of the fields on ``lines``, or nothing where YAML itself must read them.

    The lines are all those of a text that ends with a line feed, so the last one is empty. The node
    is what YAML makes of them (:func:`sitegen.content.yaml_text.compose_yaml`); an empty value is
    one of those that YAML must read.
    """
    last = len(lines) - 1
    if not last or lines[last]:
        return None
    fields: list[Entry] = []
    number = 0
    while number < last:
        line = lines[number]
        found = _FIELD.fullmatch(line)
        # What is not printable is a tab, a line end of other times or an error.
        if found is None or not line.isprintable():
            return None
        written = found["value"]
        value: Node | None
        if not written:
            value = _compose_items(lines, number + 1)
        elif written[0] == "[":
            value = _compose_list(written.rstrip(" "), number, found.start("value"))
        else:
            value = _compose_scalar(written, number, found.start("value"))
        if value is None:
            return None
        fields.append(Entry(_compose_plain_scalar(found["name"], number, 0), value))
        number = number + 1 if written else value.end_line
    return Mapping(0, 0, last, 0, tuple(fields))


def _compose_scalar(written: str, line: int, column: int) -> Scalar | None:
    """Return the node of a text with or without quotes that fills the rest of its line."""
    first = written[0]
    value = written.rstrip(" ")
    if first in "\"'":
        within = value[1:-1]
        if len(value) == 1 or value[-1] != first or first in within or "\\" in within:
            return None
        return _compose_quoted(value, line, column)
    # A colon before a space begins a mapping, and so does one at the end of the line.
    colon = ":" in value and (": " in value or value[-1] == ":")
    if first in _INDICATORS or colon or " #" in value:
        return None
    return _compose_plain_scalar(value, line, column)


def _compose_plain_scalar(value: str, line: int, column: int) -> Scalar:
    return Scalar(line, column, line, column + len(value), value)


def _compose_list(written: str, line: int, column: int) -> Sequence | None:
    """Return the node of a list in brackets."""
    if written[-1] != "]":
        return None
    items: list[Node] = []
    position, last = 0, len(written) - 1
    # Each item stands behind the bracket or a comma.
    while position < last:
        found = _ITEM_IN_LIST.match(written, position + 1, last)
        if found is None:
            return None
        start = column + found.start("value")
        items.append(
            _compose_plain_scalar(found["value"], line, start)
            if found["plain"]
            else _compose_quoted(found["value"], line, start)
        )
        position = found.end()
    return Sequence(line, column, line, column + last + 1, tuple(items))


def _compose_quoted(written: str, line: int, column: int) -> Scalar:
    return Scalar(line, column, line, column + len(written), written[1:-1], plain=False)


def _compose_items(lines: list[str], first: int) -> Sequence | None:
    """Return the node of the lines ``- item`` that begin at ``first``: it ends where they do."""
    items: list[Node] = []
    indent = 0
    number = first
    while found := _ITEM.fullmatch(lines[number]):
        column = found.end("indent")
        indent = indent if items else column
        item = _compose_scalar(found["value"], number, found.start("value"))
        if item is None or column != indent or not lines[number].isprintable():
            return None
        items.append(item)
        number += 1
    if not items:
        return None
    return Sequence(first, indent, number, 0, tuple(items))
