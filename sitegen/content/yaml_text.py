"""Texts of YAML as they are: how they are read, and what in them nobody means.

This loads YAML, which few builds need: nearly all front matter is in its plain form
(:mod:`sitegen.content.plain_yaml`). What was meant is the matter of
:mod:`sitegen.content.recovery`.
"""

import re

import yaml

from sitegen.content.nodes import Entry, Mapping, Node, Scalar, Sequence

# The C scanner is ten times as fast; the pure one is the same language where it is not built.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_REFERENCES = yaml.AliasToken | yaml.AnchorToken | yaml.TagToken
_SUSPECT = re.compile(r"(?:^|[\s\[{,:?])[&*!](?=\S)", re.MULTILINE)
_LOOSE_ITEM = re.compile(r"^[\w-]+:[ ]*\n[ ]*(?:-(?![\s-])|[–—•·*+])", re.MULTILINE)


def compose_yaml(text: str) -> Node | None:
    """Return the node of a text that refers to nothing (:func:`refers`); it may be empty.

    Raises :class:`yaml.YAMLError` where it is no YAML, ``RecursionError`` where it is too deep.
    """
    node = yaml.compose(text, Loader=_Loader)
    return None if node is None else _convert(node)


def _convert(node: yaml.Node) -> Node:
    first, last = node.start_mark, node.end_mark
    place = (first.line, first.column, last.line, last.column)
    if isinstance(node, yaml.ScalarNode):
        return Scalar(*place, node.value, plain=not node.style)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(*place, tuple(map(_convert, node.value)))
    fields = (Entry(_convert(name), _convert(value)) for name, value in node.value)
    return Mapping(*place, tuple(fields))


def refers(text: str) -> bool:
    """Tell whether a value is an anchor, an alias or a tag: nobody means one of them in a title."""
    if not _SUSPECT.search(text):
        return False
    return any(isinstance(token, _REFERENCES) for token in yaml.scan(text, Loader=_Loader))


def has_loose_items(text: str) -> bool:
    """Tell whether a field is followed by items without a space, which YAML takes for one text."""
    return _LOOSE_ITEM.search(text) is not None
