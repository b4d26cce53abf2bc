"""Fields in whatever form to nodes, and what is wrong where YAML cannot read them.

YAML has opinions about what text means (``9:34`` is 574, ``no`` is false, ``03`` is 3, a second key
silently wins). None of them reaches a page: the nodes are composed but not constructed.
"""

import unicodedata

import yaml

from sitegen.content.nodes import Mapping, Recovered
from sitegen.content.recovery import is_field, lacks_colon, recover
from sitegen.content.yaml_text import compose_yaml, has_loose_items, refers
from sitegen.problems import Place, Problem, ProblemsFoundError, problem


def compose_unusual(text: str, lines: list[str], place: Place) -> Mapping | Recovered | None:
    """Return what :func:`sitegen.content.composition.compose` does, and raise the same."""
    try:
        if refers(text) or has_loose_items(text) or any(map(lacks_colon, lines)):
            return recover(lines, place)
        node = compose_yaml(text)
    except yaml.reader.ReaderError as error:
        raise ProblemsFoundError([_refuse_character(text, place)]) from error
    except yaml.MarkedYAMLError as error:
        return _recover(error, lines, place)
    except RecursionError as error:
        raise ProblemsFoundError([problem("yaml-limit", place)]) from error
    if node is None or isinstance(node, Mapping):
        return node
    found = recover(lines, place) if any(map(is_field, lines)) else None
    if found and found.problems:
        return found
    raise ProblemsFoundError([problem("front-matter-form", place)])


def _recover(error: yaml.MarkedYAMLError, lines: list[str], place: Place) -> Recovered:
    """Return what can be read; where each line by itself is right, the fault is where YAML is."""
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
