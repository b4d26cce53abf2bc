"""The templates of a theme as text: read once, and what each of them is made of."""

import re
from pathlib import Path

from sitegen.model import Record
from sitegen.parts import digest_bytes

FOLDER = "templates"
ASSETS = "assets"

_TAG = re.compile(rb"{%[-+]?\s*(?:extends|include|import|from)\b(.*?)[-+]?%}", re.DOTALL)
_LITERAL = rb"""(?:"[^"\\]*"|'[^'\\]*')"""
# A name that stands there as it is; anything else computes one.
_PLAIN = re.compile(rb"\s*" + _LITERAL + rb"\s*(?:$|as\b|import\b|ignore\b|with\b|without\b)")
_FRAGMENT = re.compile(rb"\|\s*fragment\b")
_PLAIN_FRAGMENT = re.compile(_LITERAL + rb"\s*\|\s*fragment\b")
_QUOTE = re.compile(rb"[\"']")
_LONGEST_NAME = 200


class Templates(Record, frozen=True):
    """Every file of a theme but its assets, by its name in ``templates/``."""

    sources: dict[str, bytes]

    def digest_closure(self, name: str) -> bytes:
        """Return the digest of a template with all that it extends, includes, imports and renders.

        Whatever stands in quotes counts as a name, also of a template that is missing, because it
        may come to be: too much is slow now and then, too little would be wrong. Where a name is
        computed, every template there is counts.
        """
        closure: dict[str, bytes] = {}
        waiting = [name]
        while waiting:
            each = waiting.pop()
            if each not in closure:
                source = self.sources.get(each)
                closure[each] = b"" if source is None else b"=" + digest_bytes(source)
                waiting += _names(source or b"")
                if source and _computes(source):
                    waiting += self.sources
        return digest_bytes(
            b"".join(b"%s\0%s" % (each.encode(), closure[each]) for each in sorted(closure))
        )


def read_templates(folder: Path) -> Templates:
    """Return the templates in ``folder``. A file that cannot be read is missing."""
    sources: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not name.startswith(f"{ASSETS}/") and path.is_file():
            try:
                sources[name] = path.read_bytes()
            except OSError:
                continue
    return Templates(sources)


def _names(source: bytes) -> list[str]:
    """Return all that stands between two quotes on one line, whichever quotes belong together."""
    pieces = _QUOTE.split(source)
    return [
        piece.decode("utf-8", "replace")
        for piece in pieces
        if 0 < len(piece) <= _LONGEST_NAME and b"\n" not in piece
    ]


def _computes(source: bytes) -> bool:
    """Tell whether a template is named by anything but a plain text."""
    return not all(map(_PLAIN.match, _TAG.findall(source))) or (
        len(_FRAGMENT.findall(source)) != len(_PLAIN_FRAGMENT.findall(source))
    )
