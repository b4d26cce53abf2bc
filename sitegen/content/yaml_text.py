"""Texts of YAML as they are: how they are read, and what in them nobody means.

What was meant is the matter of :mod:`sitegen.content.recovery`, which few builds need to load.
"""

import re

import yaml

from sitegen.model import Record
from sitegen.problems import Problem

# The C scanner is ten times as fast; the pure one is the same language where it is not built.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_REFERENCES = yaml.AliasToken | yaml.AnchorToken | yaml.TagToken
_SUSPECT = re.compile(r"(?:^|[\s\[{,])[&*!](?=\S)", re.MULTILINE)
_LOOSE_ITEM = re.compile(r"^[\w-]+:[ ]*\n[ ]*(?:-(?![\s-])|[–—•·*+])", re.MULTILINE)


class Recovered(Record, frozen=True):
    """What could be read: the node of the fields, the faults, the numbers of lines with a fault.

    ``partial`` means that there are lines which could not be read at all, so that a field that is
    missing may be one of these.
    """

    node: yaml.MappingNode
    problems: tuple[Problem, ...]
    told: frozenset[int]
    partial: bool


def quote(value: str) -> str:
    """Return ``value`` as YAML text in quotes that an editor can read."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def refers(text: str) -> bool:
    """Tell whether a value is an anchor, an alias or a tag: nobody means one of them in a title."""
    if not _SUSPECT.search(text):
        return False
    return any(isinstance(token, _REFERENCES) for token in yaml.scan(text, Loader=Loader))


def has_loose_items(text: str) -> bool:
    """Tell whether a field is followed by items without a space, which YAML takes for one text."""
    return _LOOSE_ITEM.search(text) is not None
