"""The relative links and pictures that a Markdown text names, found without converting it."""

import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

from sitegen.foundation.text import normalise
from sitegen.markdown.fences import find_fences
from sitegen.markdown.signs import encode, list_signs
from sitegen.markdown.written_addresses import WEB, complete_address, find_host, list_own
from sitegen.model import Record

_NOT_RELATIVE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|$")
# A link in the form that has one meaning: an address without spaces and escapes, and a title. This
# begins with a fixed character, so the scan looks for that character.
_INLINE = re.compile(
    r"\](?<!\\\])\(\s*(?:<(?P<pointed>[^<>\\\n]+)>|(?P<inline>(?:[^\s()<>\\]|\([^\s()\\]*\))+))"
    r"(?:\s+(?:\"[^\"\[\]]*\"|'[^'\[\]]*'))?\s*\)"
)
_DEFINED = re.compile(
    r"^[ ]{0,3}\[(?!\^)[^\[\]]*\]:[ ]*\n?[ ]*<?(?P<defined>[^\s<>]+)>?"
    r"[ ]*(?:\n[ ]*)?(?:\".*\"|'.*'|\(.*\))?[ ]*$",
    re.MULTILINE,
)
_ATTRIBUTE = re.compile(
    r"\b(?:[hH][rR][eE][fF]|[sS][rR][cC])\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>\[\]\\]+)(?=[^<>\[\]]{0,1000}>))"
)
_ANY = re.compile("|".join(each.pattern for each in (_INLINE, _DEFINED, _ATTRIBUTE)), re.MULTILINE)
_OF_LINKS = frozenset({"pointed", "inline"})
_INSIDE = re.compile(r"[^\s()<>\"'`]+\Z")
_NAMED = re.compile(r"\b(?:[hH][rR][eE][fF]|[sS][rR][cC])\s*=")
# Code of other generators, which is shown as text, that names an address.
_TEMPLATE_CODE = re.compile(r"\{[{%][^={}\n]{0,200}=[^{}\n]{0,200}[}%]\}")
# What would end an address in Markdown or HTML, or have a meaning in it.
_UNSAFE = re.compile(r"[\s()<>\[\]\"'`%#?&\\]")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_CODE_OR_COMMENT = re.compile(rf"{_CODE.pattern}|<!--.*?-->", re.DOTALL)


class ScannedReferences(Record, frozen=True):
    """The relative links and pictures that a scan found: the position of each, by canonical form.

    ``anchors`` are those that lead to a part of another page, with the name of the part:
    ``b.md#muc-2``. ``sure`` tells whether these are all: whether every link has the form with one
    meaning.
    """

    positions: dict[str, int]
    anchors: dict[str, int]
    sure: bool


def scan_references(source: str, site: str = "", signs: bytes | None = None) -> ScannedReferences:
    """Return what ``source`` names; to convert it would take a hundred times as long.

    What is below the address of the ``site`` is named by its path. ``signs`` are those of the
    source (:mod:`sitegen.markdown.signs`), if they are at hand.
    """
    signs = list_signs(encode(source)) if signs is None else signs
    positions: dict[str, int] = {}
    anchors: dict[str, int] = {}
    # In a text, an address of this site is a link too.
    host = find_host(site)
    own = source.count(host) if host else 0
    if b"]" not in signs and b"=" not in signs:
        return ScannedReferences(positions, anchors, sure=not own)
    if b"{{" in signs or b"{%" in signs:
        source = _TEMPLATE_CODE.sub(hide, source)
    text = source
    if b"`" in signs or b"~" in signs or b"<!--" in signs:
        text = hide_code(source)
    named = _count_named(source) if b"=" in signs else 0
    # What looks like a link, and perhaps something more.
    linked, defined = signs.count(b"]("), signs.count(b"]:")
    pattern = _ANY if named or defined else _INLINE
    starts = list_own(site)
    count = 0
    for found in pattern.finditer(text):
        group = found.lastgroup or ""
        # Where a part of a link looks like code, it is no link in the form with one meaning.
        count += text is source or source.startswith(found[0], found.start())
        written = found[group]
        if written.startswith(WEB) and "&" not in written and not written.startswith(starts):
            # Nearly every link leads elsewhere.
            continue
        written = html.unescape(written)
        reference = canonical_reference(written, site)
        # An address of this site in the midst of other text may be a link by itself.
        if own and reference != canonical_reference(written):
            own -= 1
        if reference:
            positions.setdefault(reference, found.start(group))
            if "#" in written and (name := unquote(written.partition("#")[2])):
                anchors.setdefault(f"{reference}#{name}", found.start(group))
    # What looks like code is none where it begins in one block and ends in another.
    sure = not own and (count == named + linked + defined or count == named + _count_links(source))
    return ScannedReferences(positions, anchors, sure=sure)


def list_addresses(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the address of each link of a text without code, relative or not."""
    for found in _ANY.finditer(text):
        group = found.lastgroup or ""
        opening = text.rfind("[", 0, found.start())
        picture = group in _OF_LINKS and opening > 0 and text[opening - 1] == "!"
        if not picture and found[0][:3].lower() != "src":
            yield found.start(group), html.unescape(found[group])


def hide_code(source: str, *, comments: bool = True) -> str:
    """Return ``source`` with spaces in the place of code and comments: all else keeps its place.

    Without ``comments``, these stay.
    """
    if "```" in source or "~~~" in source:
        lines = source.split("\n")
        for start, end in find_fences(lines).items():
            lines[start : end + 1] = [" " * len(line) for line in lines[start : end + 1]]
        source = "\n".join(lines)
    code = _CODE_OR_COMMENT if comments and "-->" in source else _CODE
    return code.sub(hide, source)


def hide(found: re.Match[str]) -> str:
    """Return as many spaces and lines as were ``found``, so that all else keeps its place."""
    return re.sub(r"[^\n]", " ", found[0])


def _count_links(source: str) -> int:
    """Return how many links there may be in the form of Markdown."""
    # To find one character takes a tenth of the time of two.
    return sum(each.startswith(("(", ":")) for each in source.split("]")[1:])


def _count_named(source: str) -> int:
    """Return how many attributes of HTML there may be that name an address."""
    lowered = source.lower()
    return len(_NAMED.findall(source)) if "href" in lowered or "src" in lowered else 0


def locate_reference(source: str, reference: str) -> tuple[int, int]:
    """Return the 1-based line and column at which ``reference`` is written first in ``source``.

    Any other text is found too, and a path by the first word of its name. For what is not there,
    the place is the beginning.
    """
    return locate_references(source, reference)[0]


def locate_references(source: str, reference: str) -> tuple[tuple[int, int], ...]:
    """Return where ``reference`` is written in ``source``: see :func:`locate_reference`."""
    text = hide_code(source)
    positions = [
        found.start(group)
        for found in _ANY.finditer(text)
        if (group := found.lastgroup or "") and _is_written(html.unescape(found[group]), reference)
    ]
    name = reference.rpartition("/")[2]
    if not positions:
        written = (source.find(each) for each in (reference, name, *name.split()[:1]) if each)
        position = next((position for position in written if position >= 0), 0)
        # A part of an address stands for the whole.
        before = _INSIDE.search(source, 0, position)
        positions = [before.start() if before else position]
    return tuple(
        (source.count("\n", 0, each) + 1, each - source.rfind("\n", 0, each)) for each in positions
    )


def rewrite_references(source: str, rewrite: Callable[[str], str], site: str = "") -> str:
    """Return ``source`` with other paths in its relative links.

    ``rewrite`` is given the path of each as it is written, decoded, and returns the new one. What
    follows the path in an address stays. ``site`` is the site's own address.
    """
    text = hide_code(source)
    made, done = [], 0
    for found in _ANY.finditer(text):
        group = found.lastgroup or ""
        written = found[group]
        reference = canonical_reference(html.unescape(written), site)
        path = rewrite(reference) if reference else reference
        if path != reference and source.startswith(written, found.start(group)):
            end = len(re.split("[?#]", written, maxsplit=1)[0])
            made += [source[done : found.start(group)], _UNSAFE.sub(_escape, path), written[end:]]
            done = found.end(group)
    return "".join((*made, source[done:]))


def _escape(found: re.Match[str]) -> str:
    return quote(found[0])


def _is_written(written: str, reference: str) -> bool:
    """Tell whether an address names what a scan found (:class:`ScannedReferences`)."""
    path = canonical_reference(written)
    return path == reference or f"{path}#{unquote(written.partition('#')[2])}" == reference


def canonical_reference(written: str, site: str = "") -> str:
    """Return the path that a relative link names, decoded, without fragment; else nothing.

    What is below the address of the ``site`` is relative too.

    >>> canonical_reference("../2023/b%C3%A0i.md#muc-2")
    '../2023/bài.md'
    """
    written = complete_address(written, site)
    if _NOT_RELATIVE.match(written):
        return ""
    return normalise(unquote(written.partition("#")[0].partition("?")[0]))
