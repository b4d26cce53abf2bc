"""The templates of a theme as text, and which templates each of them depends on."""

import os
import posixpath
import re
from collections.abc import Collection
from pathlib import Path

from sitegen.foundation.files import read_file
from sitegen.foundation.folders import find_outside
from sitegen.foundation.parts import digest_bytes, digest_record
from sitegen.foundation.text import normalise
from sitegen.foundation.words import VIETNAMESE
from sitegen.model import Record
from sitegen.problems import Place, Problem, explain, problem

TEMPLATES = "templates"
ASSETS = "assets"
# How a newer version of a file is named beside one that was changed here (updates.py).
WAITING = ".new"
# Templates of which only some sites have pages.
OF_OFFLINE = ("offline.html", "worker.js")
OF_GALLERIES, OF_PEOPLE = ("gallery.html",), ("people.html", "person.html")
OF_NAMES, OF_MONTHS = ("index.html",), ("archive.html", "year.html")

_TAG = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\b(.*?)[-+]?%}", re.DOTALL)
# A name written as a plain text. Anything else is computed.
_LITERAL = r"""(?:"[^"\\\s]*"|'[^'\\\s]*')"""
_PLAIN = re.compile(rf"\s*{_LITERAL}\s*(?:(?:as|import|ignore|with|without)\b[\w\s,]*)?")
# The filter ``map`` can apply ``fragment`` as well, by a name that may be computed.
_FRAGMENT = re.compile(r"\bfragment\b|\|\s*map\s*\((?!\s*attribute\b)")
_PLAIN_FRAGMENT = re.compile(r"{{[-+]?\s*" + _LITERAL + r"\s*\|\s*fragment\b")


class Templates(Record, frozen=True):
    """Every file of a theme except its assets, by its name in ``templates/`` in NFC.

    ``broken`` are the problems of those that cannot be read, or lie elsewhere. Their words are put
    into a ``language`` (translation.py).
    """

    sources: dict[str, bytes]
    broken: dict[str, Problem] = {}
    language: str = VIETNAMESE

    def digest_template(self, name: str) -> bytes:
        """Return the digest of a template with its parts (:meth:`list_parts`)."""
        return digest_record((self.language, dict(sorted(self.list_parts(name).items()))))

    def list_parts(self, *names: str) -> dict[str, bytes]:
        """Return templates and all that they extend, include, import and render, with digests.

        Every template whose name is in quotes counts, even in a comment: one too many costs some
        time, one too few would leave a page stale. Where a name is computed, all templates count.
        """
        found: dict[str, bytes] = {}
        waiting = {*names}
        while waiting:
            each = waiting.pop()
            if each in self.sources and each not in found:
                source = self.sources[each]
                found[each] = digest_bytes(source)
                named = self.sources if _computes_name(source) else _find_quoted(source)
                waiting |= self.sources.keys() & named
        return found

    def find_quoted(self, but: Collection[str] = ()) -> set[str]:
        """Return every text between quotes in what pages are made of, assets' names among them.

        A template that is in a folder and that no other names makes no page, and neither does one
        of those in ``but``.
        """
        pages = [name for name in self.sources if "/" not in name and name not in but]
        found = (_find_quoted(self.sources[each]) for each in self.list_parts(*pages))
        return set[str]().union(*found)


def is_part_of_theme(path: Path) -> bool:
    """Tell whether a theme has a file of this name: none of a system, and none that waits."""
    return not path.name.startswith(".") and not path.name.endswith(WAITING)


def read_templates(
    folder: Path, builtin: Path | None = None, language: str = VIETNAMESE
) -> Templates:
    """Return the templates in ``folder``; those that it lacks are ``builtin``."""
    sources: dict[str, bytes] = {}
    broken: dict[str, Problem] = {}
    for path in sorted(folder.rglob("*")):
        name = normalise(path.relative_to(folder).as_posix())
        if name.startswith(f"{ASSETS}/") or not is_part_of_theme(path) or not path.is_file():
            continue
        place = Place(f"{TEMPLATES}/{name}")
        if path.is_symlink() and find_outside(folder, path):
            broken[name] = problem("file-outside", place)
            continue
        try:
            sources[name] = read_file(path)
        except OSError as error:
            broken[name] = problem("file-unreadable", place, reason=explain(error))
    for name in list_names(builtin) if builtin else ():
        if not name.startswith(f"{ASSETS}/") and name not in sources and name not in broken:
            sources[name] = read_file(f"{builtin}/{name}")
    return Templates(sources, broken, language)


def list_names(folder: Path) -> list[str]:
    """Return the names of all files of a theme that comes with the package, in order."""
    return sorted(
        posixpath.relpath(f"{place}/{name}".replace("\\", "/"), folder.as_posix())
        for place, _, names in os.walk(folder)
        for name in names
        if is_part_of_theme(Path(name))
    )


def _find_quoted(source: bytes) -> set[str]:
    """Return every text between two quotes of the same kind, whether or not they are a pair."""
    text = _decode(source)
    return {*text.split('"'), *text.split("'")}


def _computes_name(source: bytes) -> bool:
    """Tell whether a source names any template by something other than a plain text."""
    text = _decode(source)
    return not all(map(_PLAIN.fullmatch, _TAG.findall(text))) or (
        len(_FRAGMENT.findall(text)) != len(_PLAIN_FRAGMENT.findall(text))
    )


def _decode(source: bytes) -> str:
    """Return the text of a template; one that is not UTF-8 is reported when it is rendered."""
    return normalise(source.decode("utf-8", "replace"))
