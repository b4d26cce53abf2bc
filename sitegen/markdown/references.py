"""The relative links and pictures that a Markdown text names, found without converting it."""

import html
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from sitegen.foundation.text import normalise

_NOT_RELATIVE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|$")
# This begins with a fixed character, so the scan looks for that character.
_INLINE = re.compile(
    r"\](?<!\\\])\(\s*(?:<(?P<pointed>[^<>\n]+)>|(?P<inline>(?:[^\s()<>]|\([^\s()]*\))+))"
)
_DEFINED = re.compile(r"^[ ]{0,3}\[[^\]^\n][^\]\n]*\]:[ \t]*<?(?P<defined>[^\s<>]+)", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\b(?i:href|src)\s*=\s*(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)')")
_ANY = re.compile("|".join(each.pattern for each in (_INLINE, _DEFINED, _ATTRIBUTE)), re.MULTILINE)
_QUOTED = re.compile(r"=\s*[\"']")
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|<!--.*?-->", re.DOTALL)


def find_references(source: str) -> tuple[str, ...]:
    """Return every relative link or picture that ``source`` names, in canonical form, sorted.

    The text is scanned, not parsed. A reference that the scan misses is refused when the text is
    converted (:func:`sitegen.markdown.conversion.to_html`), so none is shown unchecked.
    """
    return tuple(sorted({reference for reference, _ in _scan(source)}))


def locate_reference(source: str, reference: str) -> tuple[int, int]:
    """Return the 1-based line and column at which ``reference`` is written in ``source``.

    Any other text is found too. For what is not there, the place is the beginning.
    """
    places = (position for found, position in _scan(source) if found == reference)
    position = next(places, max(source.find(reference), 0))
    return source.count("\n", 0, position) + 1, position - source.rfind("\n", 0, position)


def canonical_reference(written: str) -> str:
    """Return the path that a relative link names, decoded, without fragment; else nothing.

    >>> canonical_reference("../2023/b%C3%A0i.md#muc-2")
    '../2023/bài.md'
    """
    written = written.strip()
    if _NOT_RELATIVE.match(written):
        return ""
    return normalise(unquote(written.partition("#")[0].partition("?")[0]))


def _scan(source: str) -> Iterator[tuple[str, int]]:
    if "]" not in source and "=" not in source:
        return
    if "`" in source or ("<" in source and "<!--" in source):
        source = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
    for found in _choose_pattern(source).finditer(source):
        group = found.lastgroup or ""
        if reference := canonical_reference(html.unescape(found[group])):
            yield reference, found.start(group)


def _choose_pattern(source: str) -> re.Pattern[str]:
    """Return a pattern that finds every reference in ``source``.

    Most texts have inline links only, and are searched in a fraction of the time.
    """
    attribute = "=" in source and _QUOTED.search(source)
    # To find one character takes a tenth of the time of two.
    named = any(each[:1] == ":" for each in source.split("]")[1:])
    defined = named and _DEFINED.search(source)
    return _ANY if attribute or defined else _INLINE


def resolve_path(owner: str, reference: str) -> str:
    """Return the path below the root that ``reference`` in the file ``owner`` names, in NFC.

    ``/media/…`` is a file of ``content/media/``; anything else is relative to the folder of
    ``owner``. Nothing is returned for a path that leads out of ``content/``.
    """
    if reference.startswith("/media/"):
        path = posixpath.normpath(f"content{reference}")
        return path if path.startswith("content/media/") else ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(normalise(owner)), reference))
    return path if path.startswith("content/") else ""


def write_reference(owner: str, path: str) -> str:
    """Return how the file ``owner`` names the file at ``path``: see :func:`resolve_path`."""
    if path.startswith("content/media/"):
        return path.removeprefix("content")
    return posixpath.relpath(path, posixpath.dirname(owner))
