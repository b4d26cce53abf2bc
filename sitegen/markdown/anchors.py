"""The parts of a page that links lead to, by their ids: ``#muc-2``."""

import html
import re
from collections.abc import Collection
from urllib.parse import unquote

_ID = re.compile(r' id="([^"]*)"')
# A browser knows these in every page.
_ALWAYS_THERE = re.compile(r"top$|:~:", re.IGNORECASE)


def find_ids(converted: str) -> frozenset[str]:
    """Return the ids of all parts of a body in HTML."""
    return frozenset(map(html.unescape, _ID.findall(converted)))


def is_missing(name: str, ids: Collection[str]) -> bool:
    """Tell whether a body whose parts have these ``ids`` lacks the part ``name``."""
    part = unquote(name)
    return bool(part) and part not in ids and not _ALWAYS_THERE.match(part)
