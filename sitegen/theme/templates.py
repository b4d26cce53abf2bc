"""The templates of a theme as text: read once, and what each of them is made of."""

import re
from pathlib import Path

from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.text import normalise
from sitegen.model import Record

FOLDER = "templates"
ASSETS = "assets"

_TAG = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\b(.*?)[-+]?%}", re.DOTALL)
# A name that stands there as it is; anything else computes one.
_LITERAL = r"""(?:"[^"\\\s]*"|'[^'\\\s]*')"""
_PLAIN = re.compile(rf"\s*{_LITERAL}\s*(?:(?:as|import|ignore|with|without)\b[\w\s,]*)?")
# The filter ``map`` renders fragments too, and may compute the word for it.
_FRAGMENT = re.compile(r"\bfragment\b|\|\s*map\s*\((?!\s*attribute\b)")
_PLAIN_FRAGMENT = re.compile(r"{{[-+]?\s*" + _LITERAL + r"\s*\|\s*fragment\b")


class Templates(Record, frozen=True):
    """Every file of a theme but its assets, by its name in ``templates/`` in NFC."""

    sources: dict[str, bytes]

    def digest_closure(self, name: str) -> bytes:
        """Return the digest of a template with all that it extends, includes, imports and renders.

        A template counts wherever its name stands in quotes, be it in a comment: too much is slow
        now and then, too little would be wrong. Where a name is computed, every template counts.
        """
        closure: dict[str, bytes] = {}
        waiting = {name}
        while waiting:
            each = waiting.pop()
            if each in self.sources and each not in closure:
                source = self.sources[each]
                closure[each] = digest_bytes(source)
                named = self.sources if _computes(source) else _names(source)
                waiting |= self.sources.keys() & named
        return digest_bytes(
            b"".join(b"%s\0%s" % (each.encode(), closure[each]) for each in sorted(closure))
        )


def read_templates(folder: Path) -> Templates:
    """Return the templates in ``folder``. A file that cannot be read is missing."""
    sources: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = normalise(path.relative_to(folder).as_posix())
        if not name.startswith(f"{ASSETS}/") and path.is_file():
            try:
                sources[name] = path.read_bytes()
            except OSError:
                continue
    return Templates(sources)


def _names(source: bytes) -> set[str]:
    """Return all that stands between two quotes of a kind, whichever quotes belong together."""
    text = _decode(source)
    return {*text.split('"'), *text.split("'")}


def _computes(source: bytes) -> bool:
    """Tell whether a template is named by anything but a plain text."""
    text = _decode(source)
    return not all(map(_PLAIN.fullmatch, _TAG.findall(text))) or (
        len(_FRAGMENT.findall(text)) != len(_PLAIN_FRAGMENT.findall(text))
    )


def _decode(source: bytes) -> str:
    """Return the text of a template, even if it is not fit to be rendered."""
    return normalise(source.decode("utf-8", "replace"))
