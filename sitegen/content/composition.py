"""The text of front matter or of ``config.yaml`` to nodes of YAML, which keep their places.

YAML has opinions about what text means (``9:34`` is 574, ``no`` is false, ``03`` is 3, a second key
silently wins). None of them reaches a page: the nodes are composed but not constructed, and
:mod:`sitegen.content.declarations` gives every value its type. What is ambiguous is a problem.
"""

import re
import unicodedata

import yaml

from sitegen.content.plain_yaml import compose_plain
from sitegen.content.yaml_text import Loader, Recovered, has_loose_items, refers
from sitegen.problems import Place, Problem, ProblemsFoundError, problem

_LONGEST = 65_536
_DEEPEST = 40
_NESTING = re.compile(r"[-?:][ \t]+(?:[-?:][ \t]+){%d}" % (_DEEPEST - 1))


def compose(text: str, lines: list[str], place: Place) -> yaml.MappingNode | Recovered | None:
    """Return the node of the fields in ``text``, which begins at ``place``; there may be none.

    Where YAML cannot read the text, it is what could be recovered of it. Raises
    :class:`~sitegen.problems.ProblemsFoundError` where nothing can be read.
    """
    too_deep = text.count("[") + text.count("{") > 10 * _DEEPEST or _NESTING.search(text)
    if len(text) > _LONGEST or too_deep:
        longest = max(range(len(lines)), key=lambda number: len(lines[number]))
        raise ProblemsFoundError([problem("yaml-limit", Place(place.path, place.line + longest))])
    if plain := compose_plain(lines):
        return plain
    # Most texts are plain, so this is imported where it is first needed.
    from sitegen.content.recovery import is_field, lacks_colon, recover

    try:
        if refers(text) or has_loose_items(text) or any(map(lacks_colon, lines)):
            return recover(lines, place)
        node = yaml.compose(text, Loader=Loader)
    except yaml.reader.ReaderError as error:
        raise ProblemsFoundError([_refuse_character(text, place)]) from error
    except yaml.MarkedYAMLError as error:
        return _recover(error, lines, place)
    except RecursionError as error:
        raise ProblemsFoundError([problem("yaml-limit", place)]) from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        found = recover(lines, place) if any(map(is_field, lines)) else None
        if found and found.problems:
            return found
        raise ProblemsFoundError([problem("front-matter-form", place)])
    return node


def _recover(error: yaml.MarkedYAMLError, lines: list[str], place: Place) -> Recovered:
    """Return what can be read; where each line by itself is right, the fault is where YAML is."""
    from sitegen.content.recovery import recover

    found = recover(lines, place)
    if found.problems:
        return found
    mark = error.problem_mark or error.context_mark
    number = min(mark.line if mark else 0, len(lines) - 1)
    while number and not lines[number].strip():
        number -= 1
    where = Place(place.path, place.line + number)
    problems = (problem("yaml-syntax", where, line=lines[number].strip()),)
    return Recovered(found.node, problems, frozenset({number}), partial=True)


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
