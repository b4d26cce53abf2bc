"""The text of front matter or of ``config.yaml`` to nodes, which keep their places.

What is written keeps its form: :mod:`sitegen.content.declarations` gives every value its type. What
is ambiguous is a problem.
"""

import re

from sitegen.content.nodes import Mapping, Recovered
from sitegen.content.plain_yaml import compose_plain
from sitegen.problems import Place, ProblemsFoundError, problem

_LONGEST = 65_536
_DEEPEST = 40
_NESTING = re.compile(r"[-?:][ \t]+(?:[-?:][ \t]+){%d}" % (_DEEPEST - 1))


def compose(text: str, lines: list[str], place: Place) -> Mapping | Recovered | None:
    """Return the node of the fields in ``text``, which begins at ``place``; there may be none.

    Where YAML cannot read the text, it is what could be recovered of it. Raises
    :class:`~sitegen.problems.ProblemsFoundError` where nothing can be read.
    """
    plain = compose_plain(lines) if len(text) <= _LONGEST else None
    if plain:
        return plain
    too_deep = text.count("[") + text.count("{") > 10 * _DEEPEST or _NESTING.search(text)
    if len(text) > _LONGEST or too_deep:
        longest = max(range(len(lines)), key=lambda number: len(lines[number]))
        raise ProblemsFoundError([problem("yaml-limit", Place(place.path, place.line + longest))])
    # Most texts are plain, and to load YAML takes as long as to read fifty of them.
    from sitegen.content.unusual_yaml import compose_unusual

    return compose_unusual(text, lines, place)
