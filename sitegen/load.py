"""Discover and read everything below ``content/``."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sitegen.decoding import LARGEST_FILE, refuse_size
from sitegen.errors import Place, Problem, problem
from sitegen.frontmatter import locate_value, read_article, read_page
from sitegen.model import Article, Config, Content, MediaFile, Page, Record
from sitegen.text import normalise

CONTENT = "content"
PAGES = f"{CONTENT}/pages/"
MARKDOWN = ".md"

# Controls, halves of characters, and what turns text around or takes no room.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_PASSED_OVER = re.compile(r"\..*|~\$.*|.*~|thumbs\.db|desktop\.ini", re.IGNORECASE | re.DOTALL)


class FoundFile(Record, frozen=True):
    """A file below ``content/``: its path relative to the root as on disk, its size in bytes."""

    path: str
    size: int


def read_content(root: Path, config: Config) -> tuple[Content, list[Problem]]:
    """Return all articles, pages and media files, with every problem found on the way.

    What has errors is kept apart, so that the rest can still be looked at as a whole.
    """
    found, problems = discover(root)
    articles: list[Article] = []
    pages: list[Page] = []
    media: dict[str, MediaFile] = {}
    flawed: list[Article | Page] = []
    broken: set[str] = set()
    for file in found:
        path = normalise(file.path)
        if not path.lower().endswith(MARKDOWN):
            if path in media:
                place = Place(file.path)
                problems.append(problem("file-name-same", place, other=media[path].path))
            media[path] = MediaFile(file.path, file.size)
            continue
        document, more = _read_document(root, file, config)
        problems += more
        if any(not each.warning for each in more):
            broken.add(normalise(file.path))
            flawed += [document] if document else []
        elif isinstance(document, Page):
            pages.append(document)
        elif document:
            articles.append(document)
    content = Content(
        articles=tuple(articles),
        pages=tuple(pages),
        media=media,
        flawed=tuple(flawed),
        broken=frozenset(broken),
    )
    return content, problems


def locate(root: Path, path: str, value: str) -> Place:
    """Return where ``value`` is written in a file, for a problem that is found after reading."""
    try:
        return locate_value((root / path).read_bytes(), path, value)
    except OSError:
        return Place(path)


def find_place(root: Path, found: Problem) -> Problem:
    """Return a problem of a whole file at the place of the name or the date that it is about."""
    written = found.arguments.get("name", "date:")
    return msgspec.structs.replace(found, place=locate(root, found.place.path, written))


def _read_document(
    root: Path, file: FoundFile, config: Config
) -> tuple[Article | Page | None, list[Problem]]:
    if file.size > LARGEST_FILE:
        return None, [refuse_size(file.size, Place(file.path))]
    try:
        source = (root / file.path).read_bytes()
    except OSError as error:
        return None, [_unreadable(file.path, error)]
    if file.path.startswith(PAGES):
        return read_page(source, file.path, config)
    return read_article(source, file.path, config)


def discover(root: Path) -> tuple[list[FoundFile], list[Problem]]:
    """Return the files below ``content/`` in the order of their names, and what is no such file.

    Names that begin with a dot or ``~$`` or end in ``~``, and what Windows leaves beside pictures,
    belong to editors' programs and are passed over.
    """
    problems: list[Problem] = []
    top = os.path.realpath(root)
    # A checkout that lost its content must not empty the published site.
    if not (root / CONTENT).exists():
        return [], [problem("content-missing", Place(CONTENT))]
    if not _is_inside(root / CONTENT, top):
        return [], [problem("file-outside", Place(CONTENT))]
    return list(_walk(root, CONTENT, top, (), problems)), problems


def _walk(
    root: Path, folder: str, top: str, above: tuple[str, ...], problems: list[Problem]
) -> Iterator[FoundFile]:
    real = os.path.realpath(root / folder)
    if real in above:
        problems.append(problem("file-outside", Place(folder)))
        return
    try:
        with os.scandir(root / folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_unreadable(folder, error))
        return
    for entry in entries:
        if _PASSED_OVER.fullmatch(entry.name):
            continue
        path = f"{folder}/{entry.name}"
        if code := _refuse_entry(entry, top):
            problems.append(problem(code, Place(_printable(path))))
        elif entry.is_dir():
            yield from _walk(root, path, top, (*above, real), problems)
        else:
            yield FoundFile(path, entry.stat().st_size)


def _refuse_entry(entry: os.DirEntry[str], top: str) -> str:
    """Return why a directory entry is not read, as a problem's code, or nothing."""
    if entry.name != _printable(entry.name):
        return "file-name"
    try:
        mode = entry.stat().st_mode
    except FileNotFoundError:
        return "file-dangling"
    except OSError:
        return "file-outside"
    if entry.is_symlink() and not _is_inside(entry.path, top):
        return "file-outside"
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "file-not-regular"


def _is_inside(path: str | os.PathLike[str], top: str) -> bool:
    return os.path.commonpath([top, os.path.realpath(path)]) == top


def _printable(name: str) -> str:
    return "".join("�" if unicodedata.category(each) in _UNSEEN else each for each in name)


def _unreadable(path: str, error: OSError) -> Problem:
    return problem("file-unreadable", Place(path), reason=error.strerror or str(error))
