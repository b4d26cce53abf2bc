"""The file that an author may have meant, for a link or a picture that leads to none."""

import posixpath
from collections.abc import Iterable, Mapping

from sitegen.content.discovery import MARKDOWN
from sitegen.foundation.likeness import NameIndex, find_like, index_names
from sitegen.foundation.text import fold
from sitegen.media.formats import find_format
from sitegen.model import Record


class FilesByName(Record, frozen=True):
    """Files of one kind: their paths by name, and an index of these names, both folded."""

    paths: Mapping[str, list[str]]
    index: NameIndex


def index_files(paths: Iterable[str]) -> dict[str, FilesByName]:
    """Return files by their kind: no text is meant where a picture is missing."""
    kinds: dict[str, dict[str, list[str]]] = {}
    for path in sorted(paths):
        by_name = kinds.setdefault(_find_kind(path), {})
        by_name.setdefault(fold(posixpath.basename(path)), []).append(path)
    return {kind: FilesByName(named, index_names(named)) for kind, named in kinds.items()}


def find_nearest_file(kinds: Mapping[str, FilesByName], path: str) -> str:
    """Return the path of the file that is named most like ``path``, or nothing.

    Of files with one name it is that whose folders are the same the longest.
    """
    files = kinds.get(_find_kind(path))
    name = find_like(files.index, posixpath.basename(path)) if files else ""
    if not files or not name:
        return ""
    return max(files.paths[name], key=lambda each: len(posixpath.commonprefix([each, path])))


def _find_kind(path: str) -> str:
    """Return what a file is; a link without a suffix is meant to lead to a text."""
    if find_format(path):
        return "picture"
    return "text" if path.lower().endswith(MARKDOWN) or "." not in path else "document"
