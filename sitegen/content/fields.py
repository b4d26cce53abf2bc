"""YAML as typed fields with their places: the one reader behind front matter and configuration.

YAML has opinions about what text means (``9:34`` is 574, ``no`` is false, ``03`` is 3, a second key
silently wins). None of them reaches a page: the nodes are composed, which keeps their places, and
every value is typed here, by the field that wants it. What is ambiguous is a problem.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, tzinfo

import yaml

from sitegen.content.plain_yaml import compose_plain
from sitegen.foundation.addresses import RESERVED_SLUGS
from sitegen.foundation.dates import DateFormError, DateImpossibleError, parse_date
from sitegen.foundation.text import (
    LONGEST_SLUG,
    SLUG_FORM,
    find_bidirectional,
    find_nearest,
    slugify,
)
from sitegen.problems import Place, Problem, ProblemsFoundError, problem

_LONGEST = 65_536
_DEEPEST = 40
_LONGEST_SHOWN = 100
_TEXT_TAG = "tag:yaml.org,2002:str"
_NULL_TAG = "tag:yaml.org,2002:null"
_FLAGS = {"true": True, "True": True, "false": False, "False": False}
_NUMBER = re.compile(r"0|[1-9][0-9]{0,11}")
_FIELD_LINE = re.compile(r"(?P<field>[\w-]+):[ \t]+(?P<value>\S.*)")
_ITEM_LINE = re.compile(r"(?P<field>-)[ \t]+(?P<value>\S.*)")
_NESTING = re.compile(r"[-?:][ \t]+(?:[-?:][ \t]+){%d}" % (_DEEPEST - 1))
_CUT = re.compile(r"[ \t]+#")
_SUSPECT = re.compile(r"(?:^|[\s\[{,])[&*!](?=\S)", re.MULTILINE)

# The C scanner is ten times as fast; the pure one is the same language where it is not built.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FieldsError(ProblemsFoundError):
    """The text is not a readable set of fields; the problem says where and why."""


class Fields:
    """The fields of one mapping: each is asked for by name and type, and :meth:`finish` ends it.

    A field that is wrong is reported to ``problems`` and yields the default, so that one reading
    finds everything. ``written`` are the fields that there are, ``zone`` is that of dates without
    an offset.
    """

    def __init__(
        self,
        node: yaml.MappingNode | None,
        place: Place,
        problems: list[Problem],
        lines: list[str],
        zone: tzinfo,
        *,
        first_line: int = 1,
        prefix: str = "",
    ) -> None:
        self.zone = zone
        self.place = place
        self.problems = problems
        self._lines = lines
        self._first_line = first_line
        self._prefix = prefix
        self._missing: dict[str, None] = {}
        self.written: dict[str, yaml.Node] = {}
        self._keys: dict[str, yaml.Node] = {}
        for key, value in node.value if node else ():
            self._add(key, value)

    def _add(self, key: yaml.Node, value: yaml.Node) -> None:
        if not isinstance(key, yaml.ScalarNode) or key.tag == _NULL_TAG:
            self._report_on(key, "front-matter-form")
            return
        name = str(key.value)
        if name in self._keys:
            first = str(self._place_of(self._keys[name]).line)
            self._report_on(key, "field-repeated", field=self._prefix + name, first=first)
            return
        self._keys[name] = key
        self.written[name] = value

    def _place_of(self, node: yaml.Node) -> Place:
        mark = node.start_mark
        return Place(self.place.path, mark.line + self._first_line, mark.column + 1)

    def report(self, code: str, place: Place, **arguments: str) -> None:
        """Add a problem of the kind ``code`` at ``place``."""
        self.problems.append(problem(code, place, **arguments))

    def _report_on(self, node: yaml.Node, code: str, **arguments: str) -> None:
        self.report(code, self._place_of(node), **arguments)

    def report_at(self, name: str, code: str, **arguments: str) -> None:
        """Add a problem at the value of the field ``name``, or of the whole where it is absent."""
        self.report(code, self.place_of(name), **arguments)

    def place_of(self, name: str) -> Place:
        """Return where the value of ``name`` stands, or where its mapping begins."""
        return self._place_of(self.written[name]) if name in self.written else self.place

    def place_in(self, name: str, text: str) -> Place:
        """Return where ``text`` stands in the list ``name``."""
        node = self.written[name]
        for each in node.value if isinstance(node, yaml.SequenceNode) else ():
            if isinstance(each, yaml.ScalarNode) and " ".join(each.value.split()) == text:
                return self._place_of(each)
        return self.place_of(name)

    def has(self, name: str) -> bool:
        """Tell whether the field is written at all."""
        return name in self.written

    def _take(self, name: str, *, required: bool) -> yaml.Node | None:
        node = self.written.get(name)
        if node is None:
            if required:
                self._missing[name] = None
            return None
        if isinstance(node, yaml.ScalarNode) and not node.value.strip():
            if not node.style and (cut := self._cut_off(node)):
                quoted = f"{name}: {quote(cut)}"
                self._report_on(self._keys[name], "yaml-comment", quoted=quoted)
            else:
                self._report_on(self._keys[name], "field-empty", field=self._prefix + name)
            return None
        return node

    def _report_missing(self, name: str) -> None:
        if self._prefix:
            self.report("setting-missing", self.place, name=name, group=self._prefix.rstrip("."))
        else:
            self.report("field-missing", self.place, field=name)

    def text(self, name: str, *, required: bool = False, default: str = "") -> str:
        """Return the text of ``name``, its white space folded."""
        node = self._take(name, required=required)
        return default if node is None else self._text(name, node) or default

    def _text(self, name: str, node: yaml.Node, label: str | None = None) -> str:
        """Return the text of a node; ``label`` is what stands before it in an example."""
        if isinstance(node, yaml.ScalarNode):
            whole = node.style or (node.tag == _TEXT_TAG and not self._cut_off(node))
            if whole and not find_bidirectional(node.value):
                return " ".join(node.value.split())
        self._refuse_text(node, self._prefix + name, f"{name}: " if label is None else label)
        return ""

    def _refuse_text(self, node: yaml.Node, field: str, label: str) -> None:
        if not isinstance(node, yaml.ScalarNode):
            written = self._written(node)
            quoted = label + quote(written) if written else ""
            self._report_on(node, "field-text", field=field, quoted=quoted)
        elif not node.style and node.tag != _TEXT_TAG:
            value = node.value if len(node.value) <= _LONGEST_SHOWN else "…"
            quoted = label + quote(value)
            self._report_on(node, "field-ambiguous", field=field, value=value, quoted=quoted)
        elif not node.style and (cut := self._cut_off(node)):
            self._report_on(node, "yaml-comment", quoted=label + quote(cut))
        else:
            character = find_bidirectional(node.value)
            self._report_on(node, "hidden-character", field=field, character=character)

    def _cut_off(self, node: yaml.ScalarNode) -> str:
        """Return the whole rest of the line where YAML took its end for a comment."""
        first, last = node.start_mark, node.end_mark
        line = self._lines[last.line] if last.line < len(self._lines) else ""
        if len(line) <= last.column or first.line != last.line:
            return ""
        return line[first.column :].strip() if _CUT.match(line, last.column) else ""

    def _written(self, node: yaml.Node) -> str:
        """Return what stands in the file for a value on one line, or nothing."""
        first, last = node.start_mark, node.end_mark
        line = self._lines[first.line] if first.line < len(self._lines) else ""
        if first.line == last.line:
            return line[first.column : last.column].strip()
        return line[first.column :].strip() if last.line == first.line + 1 else ""

    def texts(self, name: str, *, single: bool = False) -> tuple[str, ...]:
        """Return a list of texts; with ``single`` one text may stand for a list of one."""
        node = self._take(name, required=False)
        if node is None:
            return ()
        if isinstance(node, yaml.SequenceNode):
            texts = (self._item(name, item) for item in node.value)
            return tuple(dict.fromkeys(text for text in texts if text))
        if single:
            text = self._text(name, node)
            return (text,) if text else ()
        example = f"{name}: [{node.value}]" if isinstance(node, yaml.ScalarNode) else ""
        self._report_on(node, "field-list", field=self._prefix + name, example=example)
        return ()

    def _item(self, name: str, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode) and not node.value.strip():
            self._report_on(node, "field-empty", field=self._prefix + name)
            return ""
        return self._text(name, node, label="")

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return true or false, written so and in no other way."""
        node = self._take(name, required=False)
        if node is None:
            return default
        if isinstance(node, yaml.ScalarNode) and not node.style and node.value in _FLAGS:
            return _FLAGS[node.value]
        self._report_on(node, "field-flag", field=name)
        return default

    def number(self, name: str, *, least: int = 0, most: int = 10**12) -> int | None:
        """Return a whole number between ``least`` and ``most``, both included."""
        node = self._take(name, required=False)
        return None if node is None else self._number(name, node, least, most)

    def numbers(self, name: str, *, least: int = 0, most: int = 10**12) -> tuple[int, ...]:
        """Return a list of whole numbers between ``least`` and ``most``, each once."""
        node = self._take(name, required=False)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            example = f"{name}: [{node.value}]" if isinstance(node, yaml.ScalarNode) else ""
            self._report_on(node, "field-list", field=self._prefix + name, example=example)
            return ()
        numbers = (self._number(name, item, least, most) for item in node.value)
        return tuple(dict.fromkeys(number for number in numbers if number is not None))

    def _number(self, name: str, node: yaml.Node, least: int, most: int) -> int | None:
        field = self._prefix + name
        plain = isinstance(node, yaml.ScalarNode) and not node.style
        if not plain or not _NUMBER.fullmatch(node.value):
            self._report_on(node, "field-number", field=field)
            return None
        number = int(node.value)
        if not least <= number <= most:
            limits = {"least": str(least), "most": str(most)}
            self._report_on(node, "field-range", field=field, **limits)
            return None
        return number

    def date(self, name: str, *, required: bool = False) -> datetime | None:
        """Return a moment (see :func:`sitegen.foundation.dates.parse_date`)."""
        node = self._take(name, required=required)
        if node is None:
            return None
        written = node.value if isinstance(node, yaml.ScalarNode) else self._written(node)
        try:
            return parse_date(written, self.zone)
        except DateFormError:
            code = "date-form"
        except DateImpossibleError:
            code = "date-impossible"
        self._report_on(node, code, field=self._prefix + name, value=str(written))
        return None

    def slug(self, name: str, title: str, title_field: str) -> str:
        """Return the part of an address: as written in ``name``, or else made from ``title``."""
        written = self.text(name)
        slug = written or slugify(title)
        field = name if written else title_field
        if not slug:
            if title:
                self.report_at(field, "slug-empty", value=title)
        elif slug in RESERVED_SLUGS:
            self.report_at(field, "slug-reserved", value=slug)
        elif len(slug) > LONGEST_SLUG:
            self.report_at(field, "slug-long", limit=str(LONGEST_SLUG))
        elif not re.fullmatch(SLUG_FORM, slug):
            self.report_at(field, "slug-form", value=slug, suggestion=slugify(slug))
        return slug

    def group(self, name: str) -> "Fields":
        """Return the fields of a mapping below ``name``; an absent one is empty."""
        node = self._take(name, required=False)
        if node and not isinstance(node, yaml.MappingNode):
            self._report_on(node, "field-mapping", field=self._prefix + name)
        return self._below(name, node if isinstance(node, yaml.MappingNode) else None)

    def groups(self, name: str, *, required: bool = False) -> Iterator["Fields"]:
        """Yield the mappings of a list below ``name``."""
        node = self._take(name, required=required)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self._report_on(node, "field-list", field=self._prefix + name, example="")
            return
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                yield self._below(name, item)
            else:
                self._report_on(item, "field-mapping", field=self._prefix + name)

    def _below(self, name: str, node: yaml.MappingNode | None) -> "Fields":
        return Fields(
            node,
            self._place_of(node) if node else self.place_of(name),
            self.problems,
            self._lines,
            self.zone,
            first_line=self._first_line,
            prefix=f"{self._prefix}{name}.",
        )

    def finish(
        self,
        names: Collection[str],
        find_elsewhere: Callable[[str], dict[str, str]] = lambda _: {},
    ) -> None:
        """Report what is missing, and what is none of ``names``, with the nearest one of these.

        What ``find_elsewhere`` returns for a name says where such a field belongs. What is missing
        because its name is misspelt is one problem, not two.
        """
        for name, key in self._keys.items():
            if name in names:
                continue
            if elsewhere := find_elsewhere(name):
                self._report_on(key, "field-elsewhere", field=name, **elsewhere)
            else:
                nearest = find_nearest(name, names)
                self._report_on(key, "field-unknown", field=self._prefix + name, nearest=nearest)
                self._missing.pop(nearest, None)
        for name in self._missing:
            self._report_missing(name)


def quote(value: str) -> str:
    """Return ``value`` as YAML text in quotes that an editor can read."""
    if '"' in value:
        return "'" + value.replace("'", "''") + "'"
    return '"' + value.replace("\\", "\\\\") + '"'


def read_fields(text: str, place: Place, problems: list[Problem], zone: tzinfo = UTC) -> Fields:
    """Return the fields written in ``text``, which begins on the line of ``place``.

    Dates without an offset are of ``zone``. Problems of single values go to ``problems``. Raises
    :class:`FieldsError` where the text as a whole cannot be read.
    """
    lines = text.split("\n")
    too_deep = text.count("[") + text.count("{") > 10 * _DEEPEST or _NESTING.search(text)
    if len(text) > _LONGEST or too_deep:
        longest = max(range(len(lines)), key=lambda number: len(lines[number]))
        raise FieldsError([problem("yaml-limit", Place(place.path, place.line + longest))])
    try:
        node = compose_plain(lines) or _compose(text, place, lines)
    except yaml.reader.ReaderError as error:
        raise FieldsError([_refuse_character(text, place)]) from error
    except yaml.MarkedYAMLError as error:
        raise FieldsError([_explain_yaml(error, place, lines)]) from error
    except RecursionError as error:
        raise FieldsError([problem("yaml-limit", place)]) from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise FieldsError([problem("front-matter-form", place)])
    return Fields(node, place, problems, lines, zone, first_line=place.line)


def _compose(text: str, place: Place, lines: list[str]) -> yaml.Node | None:
    if _SUSPECT.search(text):
        _refuse_references(text, place, lines)
    return yaml.compose(text, Loader=_Loader)


def _refuse_character(text: str, place: Place) -> Problem:
    """Return the problem of the first character that YAML does not allow."""
    position = next(index for index, each in enumerate(text) if _is_refused(each))
    line, column = text.count("\n", 0, position), position - text.rfind("\n", 0, position)
    where = Place(place.path, place.line + line, column)
    return problem("control-character", where, character=f"U+{ord(text[position]):04X}")


def _is_refused(character: str) -> bool:
    return character in "\ufffe\uffff" or (
        unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n"
    )


def _refuse_references(text: str, place: Place, lines: list[str]) -> None:
    """Raise where a value is an anchor, an alias or a tag: nobody means one of them in a title."""
    for token in yaml.scan(text, Loader=_Loader):
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
            mark = token.start_mark
            where = Place(place.path, place.line + mark.line, mark.column + 1)
            line = lines[mark.line]
            if quoted := _quote_line(line):
                raise FieldsError([problem("yaml-quote", where, line=line.strip(), quoted=quoted)])
            raise FieldsError([problem("yaml-alias", where, sign=line[mark.column])])


def _explain_yaml(error: yaml.MarkedYAMLError, place: Place, lines: list[str]) -> Problem:
    """Say in an editor's words what YAML's scanner means."""
    context = error.context or ""
    begun = any(each in context for each in ("quoted scalar", "simple key", "flow "))
    marks = [error.problem_mark, error.context_mark]
    mark = next(mark for mark in (reversed(marks) if begun else marks) if mark)
    number = min(mark.line, len(lines) - 1)
    while number and not lines[number].strip():
        number -= 1
    line = lines[number]
    column = min(mark.column, len(line)) if number == mark.line else 0
    where = Place(place.path, place.line + number, column + 1)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return problem("yaml-tab", Place(where.path, where.line, 1))
    if _is_indented_field(line, mark.column) and "mapping values" in (error.problem or ""):
        return problem("yaml-indent", Place(where.path, where.line, 1))
    one_value = "flow " not in context and "document start" not in (error.problem or "")
    if one_value and (quoted := _quote_line(line)):
        return problem("yaml-quote", where, line=line.strip(), quoted=quoted)
    return problem("yaml-syntax", where, line=line.strip())


def _is_indented_field(line: str, colon: int) -> bool:
    """Tell whether the first colon of an indented line is the one that YAML stumbled over."""
    return line.startswith(" ") and bool(re.fullmatch(r" +[\w-]+", line[:colon]))


def _quote_line(line: str) -> str:
    """Return a line ``name: value`` with its value in quotes, or nothing where it has no value."""
    found = _FIELD_LINE.match(line.strip()) or _ITEM_LINE.match(line.strip())
    if not found:
        return ""
    field = found["field"]
    separator = " " if field == "-" else ": "
    value = found["value"].strip()
    if value[0] + value[-1] in {"[]", "{}"}:
        return ""
    if value[0] in "\"'" and value.count(value[0]) == 1:
        value = value[1:]
    return f"{field}{separator}{quote(value)}"
