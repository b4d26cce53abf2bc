"""The fields that are written in one mapping: their nodes, their places and their problems."""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, tzinfo

from sitegen.content.composition import compose
from sitegen.content.field_names import find_field
from sitegen.content.nodes import Mapping, Node, Recovered, Scalar, Sequence
from sitegen.content.scalars import is_nothing, is_text, quote
from sitegen.foundation.text import find_bidirectional
from sitegen.problems import Place, Problem, problem, warning

_LONGEST_SHOWN = 100
_CUT = re.compile(r"[ \t]+#")


class Fields:
    """The fields of one mapping: each node is taken by its name, and :meth:`finish` ends it.

    What is wrong is reported to ``problems``, so that one reading finds everything. ``written`` are
    the fields that there are, ``place`` is where they begin, ``zone`` is that of dates without an
    offset.
    """

    def __init__(
        self,
        node: Mapping | None,
        place: Place,
        problems: list[Problem],
        lines: list[str],
        zone: tzinfo,
        *,
        first_line: int = 1,
        prefix: str = "",
        told: frozenset[int] = frozenset(),
        partial: bool = False,
    ) -> None:
        self.zone = zone
        self.place = place
        self.written: dict[str, Node] = {}
        self._problems = problems
        self._lines = lines
        self._first_line = first_line
        self._prefix = prefix
        # Lines whose fault is told already, and whether there are fields that nobody could read.
        self._told = told
        self._partial = partial
        self._missing: dict[str, None] = {}
        self._alternatives: dict[tuple[str, ...], str] = {}
        self._keys: dict[str, Node] = {}
        self._groups: dict[str, Fields] = {}
        for entry in node.fields if node else ():
            self._add(entry.name, entry.value)

    def _add(self, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar) or (key.plain and is_nothing(key.value)):
            self.report_on(key, "front-matter-form")
            self._partial = True
            return
        name = key.value
        if name in self._keys:
            first = str(self._find_place(self._keys[name]).line)
            self.refuse(key, "field-repeated", name, first=first)
            return
        self._keys[name] = key
        self.written[name] = value

    def _find_place(self, node: Node) -> Place:
        return Place(self.place.path, node.line + self._first_line, node.column + 1)

    def report(self, code: str, place: Place, **arguments: str) -> None:
        """Add a problem of the kind ``code`` at ``place``; of a line, the first fault is told."""
        if place.line - self._first_line in self._told:
            return
        self._problems.append(problem(code, place, **arguments))

    def report_on(self, node: Node, code: str, **arguments: str) -> None:
        """Add a problem at a node."""
        self.report(code, self._find_place(node), **arguments)

    def refuse(self, node: Node, code: str, name: str, **arguments: str) -> None:
        """Add a problem at a node that names the field ``name`` with the groups around it."""
        self.report_on(node, code, field=self._prefix + name, **arguments)

    def warn_on(self, node: Node, code: str, **arguments: str) -> None:
        """Add a warning at a node."""
        self._problems.append(warning(code, self._find_place(node), **arguments))

    def warn_at(self, name: str, code: str, **arguments: str) -> None:
        """Add a warning at the value of the field ``name``."""
        self.warn_on(self.written[name], code, **arguments)

    def propose(self, node: Node, code: str, name: str, value: str, meant: str) -> None:
        """Add a warning at a node that shows what is to be written, if anything is ``meant``."""
        if meant:
            self.warn_on(node, code, value=value, quoted=self._label(name, node) + quote(meant))

    def report_on_name(self, name: str, code: str, **arguments: str) -> None:
        """Add a problem at the name of a field."""
        self.report_on(self._keys[name], code, **arguments)

    def report_at(self, name: str, code: str, **arguments: str) -> None:
        """Add a problem at the value of the field ``name``, or of the whole where it is absent."""
        self.report(code, self.place_of(name), **arguments)

    def place_of(self, name: str) -> Place:
        """Return where the value of ``name`` stands, or where its mapping begins."""
        return self._find_place(self.written[name]) if name in self.written else self.place

    def take(self, name: str, *, required: bool = False) -> Node | None:
        """Return the node of ``name``, if there is one and it says anything."""
        node = self.written.get(name)
        if node is None:
            if required:
                self._missing[name] = None
            return None
        if not isinstance(node, Scalar) or node.value.strip():
            return node
        if node.plain and (cut := self._cut_off(node)):
            self.report_on(self._keys[name], "yaml-comment", quoted=f"{name}: {quote(cut)}")
        else:
            self.refuse(self._keys[name], "field-empty", name)
        return None

    def list_items(self, name: str, node: Node, *, needed: bool = False) -> list[Node] | None:
        """Return the items that say anything of the list ``name``, if it is a list.

        An empty list is a problem where it is ``needed``.
        """
        if not isinstance(node, Sequence):
            return None
        if needed and not node.items:
            self.refuse(self._keys[name], "field-empty", name)
        items: list[Node] = []
        for item in node.items:
            if isinstance(item, Scalar) and not item.value.strip():
                self.refuse(item, "field-empty", name)
            else:
                items.append(item)
        return items

    def scalar_of(self, node: Node) -> str:
        """Return the value of a node that is neither a list nor a mapping, or else nothing."""
        return node.value if isinstance(node, Scalar) else ""

    def plain_of(self, node: Node) -> str:
        """Return the value of such a node if it is written without quotes, or else nothing."""
        return node.value if isinstance(node, Scalar) and node.plain else ""

    def read_text(self, name: str, node: Node) -> str | None:
        """Return the text of ``node``, its white space folded; ``name`` is that of its field."""
        if isinstance(node, Scalar):
            whole = not node.plain or (is_text(node.value) and not self._cut_off(node))
            if whole and not find_bidirectional(node.value):
                return " ".join(node.value.split())
        label = self._label(name, node)
        if not isinstance(node, Scalar):
            written = self.source_of(node)
            self.refuse(node, "field-text", name, quoted=label + quote(written) if written else "")
        elif node.plain and not is_text(node.value):
            value = node.value if len(node.value) <= _LONGEST_SHOWN else "…"
            self.refuse(node, "field-ambiguous", name, value=value, quoted=label + quote(value))
        elif node.plain and (cut := self._cut_off(node)):
            self.report_on(node, "yaml-comment", quoted=label + quote(cut))
        else:
            character = find_bidirectional(node.value)
            self.refuse(node, "hidden-character", name, character=character)
        return None

    def _label(self, name: str, node: Node) -> str:
        """Return what stands before the value of ``node``; before that of an item is nothing."""
        return f"{name}: " if self.written.get(name) is node else ""

    def find_item(self, name: str, text: str) -> Node | None:
        """Return the node of the field ``name``, or of its item, that is written as ``text``."""
        node = self.written.get(name)
        items = node.items if isinstance(node, Sequence) else (node,) if node else ()
        return next(
            (each for each in items if isinstance(each, Scalar) and each.value == text), None
        )

    def _cut_off(self, node: Scalar) -> str:
        """Return the whole rest of the line where YAML took its end for a comment."""
        line = self._lines[node.end_line] if node.end_line < len(self._lines) else ""
        if len(line) <= node.end_column or node.line != node.end_line:
            return ""
        return line[node.column :].strip() if _CUT.match(line, node.end_column) else ""

    def source_of(self, node: Node) -> str:
        """Return what stands in the file for a value on one line, or nothing."""
        line = self._lines[node.line] if node.line < len(self._lines) else ""
        if node.line == node.end_line:
            return line[node.column : node.end_column].strip()
        return line[node.column :].strip() if node.end_line == node.line + 1 else ""

    def group(self, name: str) -> "Fields":
        """Return the fields of the mapping ``name``; an absent one is empty."""
        if name not in self._groups:
            node = self.take(name)
            group = self.open_group(name, node) if node else None
            self._groups[name] = group or self._open(name, None)
        return self._groups[name]

    def open_groups(self, name: str) -> Iterator["Fields"]:
        """Yield the fields of each mapping in the list ``name``."""
        node = self.written.get(name)
        for item in node.items if isinstance(node, Sequence) else ():
            if isinstance(item, Mapping):
                yield self._open(name, item)

    def open_group(self, name: str, node: Node) -> "Fields | None":
        """Return the fields of a mapping that stands below ``name``."""
        if isinstance(node, Mapping):
            return self._open(name, node)
        self.refuse(node, "field-mapping", name)
        return None

    def _open(self, name: str, node: Mapping | None) -> "Fields":
        return Fields(
            node,
            self._find_place(node) if node else self.place_of(name),
            self._problems,
            self._lines,
            self.zone,
            first_line=self._first_line,
            prefix=f"{self._prefix}{name}.",
            told=self._told,
            partial=self._partial,
        )

    def require_one(self, names: tuple[str, ...], code: str) -> None:
        """Report ``code`` at the end if none of the fields ``names`` is written or meant."""
        if self.written.keys().isdisjoint(names):
            self._alternatives[names] = code

    def finish(
        self, names: Collection[str], find_elsewhere: Callable[[str], dict[str, str]] = lambda _: {}
    ) -> None:
        """Report what is missing, and what is none of ``names``, with the nearest one of these.

        What ``find_elsewhere`` returns for a name says where such a field belongs. What is missing
        because its name is misspelt is one problem, not two.
        """
        meant: set[str] = set()
        for name, key in self._keys.items():
            if name in names:
                continue
            if elsewhere := find_elsewhere(name):
                self.report_on(key, "field-elsewhere", field=name, **elsewhere)
            else:
                nearest = find_field(name, names)
                self.refuse(key, "field-unknown", name, nearest=nearest)
                meant.add(nearest)
        if self._partial:
            return
        for alternatives, code in self._alternatives.items():
            if meant.isdisjoint(alternatives):
                self.report(code, self.place)
        for name in self._missing.keys() - meant:
            if group := self._prefix.rstrip("."):
                self.report("setting-missing", self.place, name=name, group=group)
            else:
                self.report("field-missing", self.place, field=name)


def read_fields(text: str, place: Place, problems: list[Problem], zone: tzinfo = UTC) -> Fields:
    """Return the fields written in ``text``, which begins on the line of ``place``.

    Dates without an offset are of ``zone``. Problems of single values go to ``problems``. Raises
    :class:`~sitegen.problems.ProblemsFoundError` where the text as a whole cannot be read.
    """
    lines = text.split("\n")
    node = compose(text, lines, place)
    if not isinstance(node, Recovered):
        return Fields(node, place, problems, lines, zone, first_line=place.line)
    problems += node.problems
    return Fields(
        node.node,
        place,
        problems,
        lines,
        zone,
        first_line=place.line,
        told=node.told,
        partial=node.partial,
    )
