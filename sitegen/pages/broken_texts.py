"""What broken texts would bring if they had no errors: it is missing for now, and comes with them.

A link to it is no fault of its own. Whether its address is right is seen once they are mended.
"""

import functools
import re
from pathlib import Path, PurePosixPath

from sitegen.content.articles import Reference
from sitegen.content.discovery import MARKDOWN
from sitegen.foundation import addresses
from sitegen.foundation.files import read_file
from sitegen.foundation.text import slugify
from sitegen.model import Record

# More than any front matter has, in bytes.
_FRONT_MATTER = 20_000
_VALUE = re.compile(r"^[ \t]*(?:-|[^\s:\uff1a=]+[ \t]*[:\uff1a=])(.+)$", re.MULTILINE)
_ADDRESS = re.compile(r"/[^\s,\"'\]]+")
_FENCE = "\n---"
# Pages that there are only with texts of some kind.
_LISTS = (addresses.AUTHORS, addresses.TAGS, addresses.MONTHS, addresses.PEOPLE)


class BrokenTexts(Record, frozen=True, dict=True):
    """What has errors: ``paths`` are those of files and folders, relative to the root and in NFC.

    The files are read only where a link leads to nothing.
    """

    root: Path
    paths: frozenset[str]

    def explain(self, reference: Reference) -> bool:
        """Tell whether a link that leads nowhere may lead to something that is broken."""
        if not self.paths:
            return False
        path = reference.path
        if path in self.paths or not self.paths.isdisjoint(map(str, PurePosixPath(path).parents)):
            return True
        written = reference.written
        if not written.startswith("/") or written.startswith(addresses.MEDIA):
            return False
        url = written.strip("/")
        return not self._words.isdisjoint((url, url.rpartition("/")[2]))

    @functools.cached_property
    def _words(self) -> frozenset[str]:
        """Every address, and every last part of one, that the front matter of a text may give."""
        found = {each.strip("/") for each in _LISTS}
        for path in self.paths:
            if path.endswith(MARKDOWN):
                found.add(slugify(PurePosixPath(path).stem))
                found |= self._read_words(path)
        return frozenset(found)

    def _read_words(self, path: str) -> set[str]:
        try:
            source = read_file(self.root / path)[:_FRONT_MATTER].decode("utf-8", "replace")
        except OSError:
            return set()
        begin = source.find(_FENCE, len(_FENCE))
        text = source[:begin] if begin > 0 else source
        values = _VALUE.findall(text)
        items = (each for value in values for each in (value, *value.split(",")))
        return {*map(slugify, items), *(each.strip("/") for each in _ADDRESS.findall(text))} - {""}
