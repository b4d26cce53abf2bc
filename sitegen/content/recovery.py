"""Fields in a text that YAML cannot read as a whole: each is read by itself, each fault told once.

What somebody meant is guessed for one line at a time. The guess is both the remedy that is offered
and what is read further, so a remedy is one that YAML reads, and one fault hides no other.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

import msgspec
import yaml

from sitegen.content.field_names import KNOWN_FIELDS
from sitegen.content.nodes import Entry, Mapping, Recovered, Scalar, Sequence
from sitegen.content.scalars import is_text, quote
from sitegen.content.yaml_text import compose_yaml, has_loose_items, refers
from sitegen.model import Record
from sitegen.problems import Place, Problem, mark, problem

# A file with more faults than this is no front matter, or all of one kind.
_MOST_FAULTS = 20
# The longest value that is looked for among lines of which some are faulty.
_MOST_LINES = 30
# What looks like the colon of YAML and is another character, also a sign of other languages.
_COLONS = {
    "：": mark("a full-width colon"),  # noqa: RUF001
    "﹕": mark("a small colon"),
    "︓": mark("an upright colon"),
    "ː": mark("a sign of phonetics"),  # noqa: RUF001
    "˸": mark("a raised colon"),  # noqa: RUF001
    "∶": mark("a sign of ratio"),  # noqa: RUF001
    "꞉": mark("a letter like a colon"),  # noqa: RUF001
    "=": mark("an equals sign"),
    ";": mark("a semicolon"),
}
_SPACES = {
    "\xa0": mark("a space that does not break"),
    "\u3000": mark("a full-width space"),
    "\u2007": mark("a space as wide as a digit"),
    "\u202f": mark("a narrow space that does not break"),
    "\t": mark("a tab"),
}
_GAP = r"[\s\u180e\u200c-\u200f\u202a-\u202e\u2066-\u2069\u2800\u3164]*"
_SIGNS = "".join(_COLONS).replace("=", "").replace(";", "")
# A name has up to four words, but only after a name of one word may the colon be a sign of others.
_FIELD = re.compile(
    rf"(?P<indent>{_GAP})(?P<name>[^\W\d][\w-]*(?:[ ][^\W\d][\w-]*){{0,3}}?)"
    rf"(?P<gap>{_GAP})(?P<colon>[:{_SIGNS}]|(?<![ ]\w)[=;])(?!//)(?P<space>{_GAP})(?P<value>.*)"
)
_ITEM = re.compile(rf"(?P<indent>{_GAP})(?P<sign>[-–—•*·+])(?P<space>{_GAP})(?P<value>.+)")
# What begins a text of several lines.
_BLOCK_SIGN = re.compile(r"[|>][-+0-9]*(?:[ ]+#.*)?")
# What may stand in the place of the colon.
_DASHES = "-–— "
# What is true where its name stands alone.
_FLAGS = frozenset({"draft", "featured", "menu"})
_PAIRS = {'"': '"', "'": "'", "“": "”", "”": "”", "‘": "’", "’": "’", "„": "”", "«": "»"}
_ITEM_OF_LIST = re.compile(
    r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<plain>[^,]*?))\s*(?:,|$)"""
)


class _Mend(Record, frozen=True):
    """A line as it was meant, and the fault that it has: the code, its column and its arguments."""

    line: str
    code: str
    column: int
    arguments: dict[str, str] = {}


def write_item(value: str) -> str:
    """Return ``value`` as an item of a list in brackets, with quotes where it needs them."""
    item = value.strip()
    plain = _compose(f"x: [{item}]")
    node = plain.fields[0].value if plain else None
    only = node.items[0] if isinstance(node, Sequence) and len(node.items) == 1 else None
    same = isinstance(only, Scalar) and only.value == item and is_text(item)
    return item if same else quote(item)


def recover(lines: list[str], place: Place) -> Recovered:
    """Return what can be read of the fields on ``lines``, which begin at ``place``."""
    fields: list[Entry] = []
    problems: list[Problem] = []
    told: set[int] = set()
    partial = False
    for start, end in _find_blocks(lines):
        if len(problems) >= _MOST_FAULTS:
            partial = True
            break
        node = _compose_lines(lines, start, end)
        loose = lacks_colon(lines[start]) or has_loose_items("\n".join(lines[start:end]))
        if node is None or loose:
            mends = _mend_block(lines, start, end)
            written = list(lines)
            for number, mend in mends.items():
                written[number] = mend.line
            node, unread = _compose_in_steps(written, start, end, mends)
            partial = partial or bool(unread)
            for number in sorted({*mends, *unread}):
                mend = mends.get(number) or _mend_unread(lines, number)
                where = Place(place.path, place.line + number, mend.column + 1)
                problems.append(problem(mend.code, where, **mend.arguments))
                told.add(number)
        fields += node.fields if node else ()
    whole = Mapping(0, 0, len(lines), 0, tuple(fields))
    return Recovered(whole, tuple(problems), frozenset(told), partial)


def is_field(line: str) -> bool:
    """Tell whether a line is meant to be a field that begins in the first column."""
    found = _FIELD.match(line)
    return bool(found and not found["indent"].strip("\t\xa0\u3000 ") and line[:1] not in " \t")


def lacks_colon(line: str) -> bool:
    """Tell whether a line is meant to be a field, and has no colon behind its name.

    In ``title Hội nghị: tổng kết`` YAML finds a name of three words.
    """
    name = line.partition(" ")[0].partition("\t")[0]
    return name.lower() in KNOWN_FIELDS and _mend_colon(line) is not None


def _find_blocks(lines: list[str]) -> list[tuple[int, int]]:
    """Return the first line of each field and the line behind its last one."""
    starts = [
        number
        for number, line in enumerate(lines)
        if is_field(line) or lacks_colon(line) or (number == 0 and line.strip())
    ]
    if lines and (not starts or starts[0]):
        first = starts[0] if starts else len(lines)
        filled = [n for n in range(first) if lines[n].strip() and lines[n].lstrip()[:1] != "#"]
        starts = filled[:1] + starts
    return list(pairwise([*starts, len(lines)]))


def _compose(text: str) -> Mapping | None:
    """Return the node of fields that YAML can read and that refer to nothing, or nothing."""
    try:
        if refers(text):
            return None
        node = compose_yaml(text)
    except (yaml.YAMLError, RecursionError):
        return None
    return node if isinstance(node, Mapping) else None


def _compose_lines(lines: list[str], start: int, end: int) -> Mapping | None:
    """Return the node of some of the lines, each at its place."""
    if lines[start][:1] in {" ", "\t"}:
        return None
    return _compose("\n" * start + "\n".join(lines[start:end]) + "\n")


def _compose_in_steps(
    lines: list[str], start: int, end: int, mends: dict[int, _Mend]
) -> tuple[Mapping | None, list[int]]:
    """Return the node of a field with as many of its lines as it can have, and what is unread.

    Of the lines behind, one that is a field by itself is read as one; of the others, the first
    stands for all.
    """
    for last in range(end, max(start, end - _MOST_LINES), -1):
        node = _compose_lines(lines, start, last)
        if node is not None:
            break
    else:
        last = start + 1
        node = _compose_lines(lines, start, last)
    rest = [n for n in range(last, end) if lines[n].strip() and lines[n].lstrip()[:1] != "#"]
    unread = [] if node is not None or start in mends else [start]
    if node is None and start in mends:
        # The remedy is not one: the line is told as one that is not understood.
        del mends[start]
        unread = [start]
    for number in rest:
        if number in mends:
            continue
        moved = _mend_indented(lines[number])
        found = _compose_lines([*lines[:number], moved.line], number, number + 1) if moved else None
        if moved and found:
            mends[number] = moved
            node = _join(node, found)
        elif not unread:
            unread = [number]
    return node, unread


def _join(first: Mapping | None, second: Mapping) -> Mapping:
    """Return the fields of two mappings, where there is a first one, as those of one."""
    if first is None:
        return second
    return msgspec.structs.replace(second, fields=first.fields + second.fields)


def _mend_block(lines: list[str], start: int, end: int) -> dict[int, _Mend]:
    """Return what is wrong by itself with lines of one field, by their numbers."""
    mends: dict[int, _Mend] = {}
    listed = bool(re.fullmatch(r"[\w-]+:\s*", lines[start]))
    for number in range(start, min(end, start + 10 * _MOST_LINES)):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        mend = (_mend_line(line) or _mend_colon(line)) if number == start else None
        if number > start and listed:
            mend = _mend_item(line)
        if mend and mend.line != line:
            mends[number] = mend
    return mends


def _mend_line(line: str) -> _Mend | None:  # noqa: PLR0911 (one return for each fault)
    """Return a field as it was meant, or nothing where it has no fault that is known."""
    found = _FIELD.match(line)
    if not found:
        return None
    name, value = found["name"], found["value"].rstrip()
    written = _write_value(value)
    whole = f"{name}: {written}" if value else f"{name}:"
    shown = {"quoted": whole}
    for part in ("indent", "gap", "space"):
        for position, character in enumerate(found[part]):
            if character != " ":
                column = found.start(part) + position
                return _Mend(whole, "yaml-character", column, shown | _name(character))
    if found["colon"] != ":":
        column = found.start("colon")
        return _Mend(whole, "yaml-character", column, shown | _name(found["colon"]))
    if found["indent"]:
        return _Mend(whole, "yaml-indent", 0)
    column = found.start("value")
    if not found["space"] and value:
        return _Mend(whole, "yaml-space", found.end("colon"), shown | {"sign": ":"})
    if written == value:
        return None
    code = "yaml-list" if written[:1] == "[" else "yaml-quote"
    return _Mend(whole, code, column, {"line": line.strip(), "quoted": whole})


def _mend_item(line: str) -> _Mend | None:
    """Return an item of a list as it was meant, or nothing where it has no fault that is known."""
    found = _ITEM.match(line)
    if not found or line.lstrip().startswith("---"):
        return None
    indent, value = found["indent"], found["value"].rstrip()
    meant = indent.replace("\t", "  ")
    meant = meant if not meant.strip(" ") else "  "
    # An item may be a group of fields, of which the first stands behind the hyphen.
    fine = _compose(f"x:\n  - {value}\n") is not None
    whole = f"{meant}- {value if fine else _write_value(value)}"
    shown = {"quoted": whole}
    if "\t" in indent:
        return _Mend(whole, "yaml-tab", 0)
    for part in ("indent", "space"):
        for position, character in enumerate(found[part]):
            if character not in " \t":
                column = found.start(part) + position
                return _Mend(whole, "yaml-character", column, shown | _name(character))
    if found["sign"] != "-" or not found["space"]:
        return _Mend(whole, "yaml-space", found.start("sign"), shown | {"sign": "-"})
    if fine:
        return None
    return _Mend(whole, "yaml-quote", found.start("value"), {"line": line.strip(), **shown})


def _mend_indented(line: str) -> _Mend | None:
    """Return a line that is indented, if it is a field but for this."""
    if line[:1] not in {" ", "\t"} or not (found := _FIELD.match(line)):
        return None
    mend = _mend_line(line.lstrip())
    meant = mend.line if mend else line.lstrip()
    return _Mend(meant, "yaml-tab" if "\t" in found["indent"] else "yaml-indent", 0)


def _mend_colon(line: str) -> _Mend | None:
    """Return a field without its colon, or nothing where a line begins with the name of none.

    ``draft`` alone is meant to be true.
    """
    name, *rest = line.split(maxsplit=1)
    field = name.lower()
    colon = bool(rest) and (rest[0][0] == ":" or rest[0][0] in _COLONS)
    if field not in KNOWN_FIELDS or colon or not (rest or field in _FLAGS):
        return None
    value = rest[0].rstrip().lstrip(_DASHES) if rest else "true"
    whole = f"{field}: {_write_value(value)}"
    return _Mend(whole, "yaml-colon", line.index(name), {"field": field, "quoted": whole})


def _mend_unread(lines: list[str], number: int) -> _Mend:
    """Return the fault of a line of which nobody knows what it means."""
    line = lines[number]
    references = re.search(r"[\[,][ ]*(?P<sign>[&*!])\S", line)
    if references:
        column = references.start("sign")
        return _Mend(line, "yaml-alias", column, {"sign": references["sign"]})
    return _Mend(line, "yaml-syntax", len(line) - len(line.lstrip()), {"line": line.strip()})


def _name(character: str) -> dict[str, str]:
    """Return the name and the code of a character, as the arguments of a problem."""
    known = _COLONS | _SPACES
    name = known.get(character, mark("a character that nobody sees"))
    return {"other": name, "character": f"U+{ord(character):04X}"}


def _write_value(value: str) -> str:
    """Return a value as YAML reads it: as it is, as a list, or in quotes."""
    if not value or _BLOCK_SIGN.fullmatch(value) or _compose(f"x: {value}"):
        return value
    if value[0] == "[":
        within = value[1:].removesuffix("]")
        if not {"[", "]"} & set(within):
            return write_list(split_list(value))
        # Lists in lists are no field; `[Ảnh] Tên [video]` is text.
        if value[-1] == "]" and within.find("[") < within.find("]"):
            return value
    return quote(_unquote(value))


def split_list(value: str) -> list[str]:
    """Return the items that are meant by a text with commas, with or without brackets."""
    within = value.strip().removeprefix("[").removesuffix("]")
    items = ("".join(filter(None, each.groups())) for each in _ITEM_OF_LIST.finditer(within))
    return [item for each in items if (item := each.strip(" []"))]


def write_list(items: Iterable[str]) -> str:
    """Return texts as a list on one line."""
    return f"[{', '.join(map(write_item, items))}]"


def _unquote(value: str) -> str:
    """Return a text without the quotes around the whole of it, if there are any."""
    closing = _PAIRS.get(value[0], "")
    if not closing:
        return value
    if value.count(value[0]) == 1 and value[-1] != closing:
        return value[1:].strip()
    if len(value) > 1 and value[-1] in {closing, *'"”'}:
        within = value[1:-1]
        # In `"A" và "B"` the first quote within closes the one before it.
        first = within.find(closing)
        closes = (
            first > 0 and not within[first - 1].isspace() and within[first + 1 :][:1] in " ,.;:"
        )
        if first < 0 or not closes:
            return within.strip()
    return value
