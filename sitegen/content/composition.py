"""The text of front matter or of ``config.yaml`` to nodes of YAML, which keep their places.

YAML has opinions about what text means (``9:34`` is 574, ``no`` is false, ``03`` is 3, a second key
silently wins). None of them reaches a page: the nodes are composed but not constructed, and
:mod:`sitegen.content.declarations` gives every value its type. What is ambiguous is a problem.
"""

import re
import unicodedata

import yaml

from sitegen.content.plain_yaml import compose_plain
from sitegen.problems import Place, Problem, ProblemsFoundError, problem

_LONGEST = 65_536
_DEEPEST = 40
_FIELD_LINE = re.compile(r"(?P<field>[\w-]+):[ \t]+(?P<value>\S.*)")
_ITEM_LINE = re.compile(r"(?P<field>-)[ \t]+(?P<value>\S.*)")
_NESTING = re.compile(r"[-?:][ \t]+(?:[-?:][ \t]+){%d}" % (_DEEPEST - 1))
_SUSPECT = re.compile(r"(?:^|[\s\[{,])[&*!](?=\S)", re.MULTILINE)

# The C scanner is ten times as fast; the pure one is the same language where it is not built.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str, lines: list[str], place: Place) -> yaml.MappingNode | None:
    """Return the node of the fields in ``text``, which begins at ``place``; there may be none.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where the text as a whole cannot be read.
    """
    too_deep = text.count("[") + text.count("{") > 10 * _DEEPEST or _NESTING.search(text)
    if len(text) > _LONGEST or too_deep:
        longest = max(range(len(lines)), key=lambda number: len(lines[number]))
        raise ProblemsFoundError([problem("yaml-limit", Place(place.path, place.line + longest))])
    if plain := compose_plain(lines):
        return plain
    try:
        if _SUSPECT.search(text):
            _refuse_references(text, place, lines)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        raise ProblemsFoundError([_refuse_character(text, place)]) from error
    except yaml.MarkedYAMLError as error:
        raise ProblemsFoundError([_explain_yaml(error, place, lines)]) from error
    except RecursionError as error:
        raise ProblemsFoundError([problem("yaml-limit", place)]) from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise ProblemsFoundError([problem("front-matter-form", place)])
    return node


def quote(value: str) -> str:
    """Return ``value`` as YAML text in quotes that an editor can read."""
    if '"' in value:
        return "'" + value.replace("'", "''") + "'"
    return '"' + value.replace("\\", "\\\\") + '"'


def _refuse_character(text: str, place: Place) -> Problem:
    """Return the problem of the first character that YAML does not allow."""
    position = next(
        index
        for index, each in enumerate(text)
        if (unicodedata.category(each) in {"Cc", "Cs"} and each not in "\t\n")
        or each in "\ufffe\uffff"
    )
    line, column = text.count("\n", 0, position), position - text.rfind("\n", 0, position)
    where = Place(place.path, place.line + line, column)
    return problem("control-character", where, character=f"U+{ord(text[position]):04X}")


def _refuse_references(text: str, place: Place, lines: list[str]) -> None:
    """Raise where a value is an anchor, an alias or a tag: nobody means one of them in a title."""
    for token in yaml.scan(text, Loader=_Loader):
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
            mark = token.start_mark
            where = Place(place.path, place.line + mark.line, mark.column + 1)
            line = lines[mark.line]
            if quoted := _quote_line(line):
                found = problem("yaml-quote", where, line=line.strip(), quoted=quoted)
            else:
                found = problem("yaml-alias", where, sign=line[mark.column])
            raise ProblemsFoundError([found])


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
    # The first colon of an indented line is the one that YAML stumbled over.
    indented = re.fullmatch(r" +[\w-]+", line[: mark.column])
    if indented and "mapping values" in (error.problem or ""):
        return problem("yaml-indent", Place(where.path, where.line, 1))
    one_value = "flow " not in context and "document start" not in (error.problem or "")
    if one_value and (quoted := _quote_line(line)):
        return problem("yaml-quote", where, line=line.strip(), quoted=quoted)
    return problem("yaml-syntax", where, line=line.strip())


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
