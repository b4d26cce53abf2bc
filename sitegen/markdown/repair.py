"""Pasted HTML, repaired where a browser would read it in a way nobody meant.

Emphasis that is never closed goes on to the end of the page: browsers open it again in each block
(HTML, "active formatting elements"). Of two elements with one id, links lead to the first only.
"""

import re

_MARKS = frozenset("b code em i s small strong u".split())
_BLOCKS = frozenset(
    "blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre"
    " summary table tbody td tfoot th thead tr ul".split()
)
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE
)
_RAW_MARK = re.compile(r"<(?:b|code|em|i|s|small|strong|u)\b", re.IGNORECASE)
_NAMED_PLACE = re.compile(r"(?P<start><a\b(?![^<>]*\sid\s*=)[^<>]*?\s)name(?=\s*=)", re.IGNORECASE)
_WITH_ID = re.compile(r"(<[a-z0-9]+(?: [a-z-]+=\"[^\"]*\")*?) id=\"([^\"]*)\"")
# An id of the theme has an underscore. So has the numbered id of a repeated heading, and that of a
# footnote may have one, beside its colon.
_OF_THEME = re.compile(r"[^:]*_(?!\d+$)[^:]*")


def close_marks(source: str, converted: str) -> str:
    """Return ``converted``, made of the Markdown ``source``, with emphasis closed in its block."""
    if not _RAW_MARK.search(source):
        return converted
    # What is open by its position, and for each name where, so that no tag searches all of them.
    opened: dict[int, str] = {}
    positions: dict[str, list[int]] = {name: [] for name in _MARKS}

    def repair(found: re.Match[str]) -> str:
        name, ends = found["name"].lower(), bool(found["end"])
        if name in _BLOCKS:
            closing = "".join(f"</{each}>" for each in reversed(opened.values()))
            for each in opened.values():
                positions[each].clear()
            opened.clear()
            return closing + found[0]
        if name in _MARKS:
            if not ends:
                opened[found.start()] = name
                positions[name].append(found.start())
            elif positions[name]:
                del opened[positions[name].pop()]
            else:
                return ""
        return found[0]

    return _TAG.sub(repair, converted)


def name_by_id(converted: str) -> str:
    """Return HTML in which a place that links lead to has an id, not a name as in old HTML."""
    if "name" not in converted.lower():
        return converted
    return _NAMED_PLACE.sub(r"\g<start>id", converted)


def keep_ids_apart(cleaned: str) -> str:
    """Return HTML (as nh3 writes it) without repeated ids, and without those of the theme."""
    if ' id="' not in cleaned:
        return cleaned
    known: set[str] = set()

    def choose(found: re.Match[str]) -> str:
        name = found[2]
        if name in known or not name or _OF_THEME.fullmatch(name):
            return found[1]
        known.add(name)
        return found[0]

    return _WITH_ID.sub(choose, cleaned)
