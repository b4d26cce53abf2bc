"""HTML that people pasted, mended where a browser would understand it in a way nobody meant.

Emphasis that is never closed would go on to the end of the page, because HTML opens it again in
each block that follows; an id that is there twice, or is the theme's, leads to one place alone.
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
_WITH_ID = re.compile(r"(<[a-z0-9]+(?: [a-z-]+=\"[^\"]*\")*?) id=\"([^\"]*)\"")
# The theme's own ids have an underscore. So have the numbered ids of equal headings, and those of
# footnotes may, which have a colon.
_OF_THEME = re.compile(r"[^:]*_(?!\d+$)[^:]*")


def close_marks(source: str, converted: str) -> str:
    """Return what the Markdown ``source`` became, with all emphasis closed where its block ends."""
    if not _RAW_MARK.search(source):
        return converted
    opened: list[str] = []

    def mend(found: re.Match[str]) -> str:
        name, ends = found["name"].lower(), bool(found["end"])
        if name in _BLOCKS:
            closing = "".join(f"</{each}>" for each in reversed(opened))
            opened.clear()
            return closing + found[0]
        if name in _MARKS:
            if not ends:
                opened.append(name)
            elif name in opened:
                del opened[len(opened) - 1 - opened[::-1].index(name)]
            else:
                return ""
        return found[0]

    return _TAG.sub(mend, converted)


def keep_ids_apart(cleaned: str) -> str:
    """Return HTML as nh3 writes it, without ids that are there already or are the theme's."""
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
