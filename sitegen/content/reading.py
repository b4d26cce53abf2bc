"""Discover and read everything below ``content/``; what did not change is only remembered."""

import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterable
from operator import attrgetter
from pathlib import Path

import msgspec

from sitegen.content.articles import Article, StandingPage, make_article, make_standing_page
from sitegen.content.decoding import LARGEST_FILE, refuse_size
from sitegen.content.front_matter import locate_value, read_article, read_page
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.stamps import take_stamp
from sitegen.foundation.text import normalise
from sitegen.foundation.workers import map_items
from sitegen.model import Config, Record
from sitegen.problems import Place, Problem, problem

CONTENT = "content"
PAGES = f"{CONTENT}/pages/"
MARKDOWN = ".md"

# Fewer files than these are read sooner than other processes are started.
_WORTH_WORKERS = 100
# Controls, halves of characters, and what turns text around or takes no room.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_PASSED_OVER = re.compile(r"\.|~\$|.*~\Z|thumbs\.db\Z|desktop\.ini\Z", re.IGNORECASE | re.DOTALL)
_PASSED_OVER_INITIALS = ".~"


class FoundFile(Record, frozen=True, gc=False):
    """A file below ``content/``: its path relative to the root as on disk, its size and stamp.

    The stamp is empty where it would not show every change
    (:func:`sitegen.foundation.stamps.take_stamp`).
    """

    path: str
    size: int
    stamp: bytes


class Discovery(Record, frozen=True):
    """The files below ``content/``, and what there is no such file.

    ``digest`` is that of the paths and stamps of all of them; it is empty where one has no stamp,
    or where it is not worth while.
    """

    files: tuple[FoundFile, ...]
    problems: tuple[Problem, ...]
    digest: bytes = b""


class Reading(Record, frozen=True, gc=False):
    """What one text says, for as long as its bytes have this digest: an article or a page.

    Only what has no errors is remembered, with its warnings.
    """

    stamp: bytes
    digest: bytes
    article: Article | None
    standing_page: StandingPage | None
    warnings: tuple[Problem, ...]


_UNREAD = Reading(b"", b"", None, None, ())


class Content(Record, frozen=True):
    """All that was read below ``content/``; ``media`` by path in NFC.

    ``flawed`` are articles and pages with errors in their fields, good only for finding more;
    ``broken`` the paths of these and of the files that could not be read at all.
    """

    articles: tuple[Article, ...]
    standing_pages: tuple[StandingPage, ...]
    media: dict[str, FoundFile]
    flawed: tuple[Article | StandingPage, ...] = ()
    broken: frozenset[str] = frozenset()


class _Outcome(Record, frozen=True):
    """What a worker found in a file; with ``same`` it is what was known of it."""

    same: bool
    digest: bytes
    article: Article | None
    standing_page: StandingPage | None
    problems: tuple[Problem, ...]


def read_content(
    root: Path, config: Config, found: Discovery, known: dict[str, Reading], jobs: int
) -> tuple[Content, dict[str, Reading], list[Problem]]:
    """Return all articles, pages and media files, what to remember, and every problem.

    ``known`` are the readings of earlier builds under the same configuration. What has errors is
    kept apart, so that the rest can still be looked at as a whole.
    """
    problems = list(found.problems)
    # As discovered, whatever was remembered: so two builds say the same of the same files.
    readings: dict[str, Reading] = {}
    unread: list[FoundFile] = []
    others: list[FoundFile] = []
    for file in found.files:
        path = file.path
        reading = known.get(path, _UNREAD)
        if reading.stamp == file.stamp and file.stamp:
            readings[path] = reading
        elif path.lower().endswith(MARKDOWN):
            readings[path] = _UNREAD
            unread.append(file)
        else:
            others.append(file)
    media, more = _index_media(others)
    problems += more
    flawed: list[Article | StandingPage] = []
    broken: set[str] = set()
    outcomes = map_items(
        lambda file: _read_file(root, config, file, known.get(file.path)),
        unread,
        _Outcome,
        jobs if len(unread) >= _WORTH_WORKERS else 1,
    )
    for file, outcome in zip(unread, outcomes, strict=True):
        if outcome.same:
            before = known[file.path]
            readings[file.path] = (
                before
                if before.stamp == file.stamp
                else msgspec.structs.replace(before, stamp=file.stamp)
            )
        elif any(not each.warning for each in outcome.problems):
            del readings[file.path]
            broken.add(normalise(file.path))
            flawed += [each for each in (outcome.article, outcome.standing_page) if each]
            problems += outcome.problems
        else:
            readings[file.path] = Reading(
                file.stamp, outcome.digest, outcome.article, outcome.standing_page, outcome.problems
            )
    if not unread and len(readings) == len(known):
        readings = known
    articles, pages, more = _open_readings(readings.values())
    content = Content(articles, pages, media, tuple(flawed), frozenset(broken))
    return content, readings, problems + more


def _index_media(files: Iterable[FoundFile]) -> tuple[dict[str, FoundFile], list[Problem]]:
    """Return files by path in NFC, with a problem for each two that have the same."""
    media: dict[str, FoundFile] = {}
    problems: list[Problem] = []
    for file in files:
        path = normalise(file.path)
        if path in media:
            place = Place(file.path)
            problems.append(problem("file-name-same", place, other=media[path].path))
        media[path] = file
    return media, problems


def _open_readings(
    readings: Iterable[Reading],
) -> tuple[tuple[Article, ...], tuple[StandingPage, ...], list[Problem]]:
    """Return the articles, the pages and the warnings, in one pass over all of them."""
    articles: list[Article] = []
    pages: list[StandingPage] = []
    warnings: list[Problem] = []
    for reading in readings:
        if reading.article:
            articles.append(reading.article)
        elif reading.standing_page:
            pages.append(reading.standing_page)
        if reading.warnings:
            warnings += reading.warnings
    return tuple(articles), tuple(pages), warnings


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


def _read_file(root: Path, config: Config, file: FoundFile, known: Reading | None) -> _Outcome:
    if file.size > LARGEST_FILE:
        return _fail(refuse_size(file.size, Place(file.path)))
    try:
        # Once for each of fifty thousand files.
        with open(f"{root}/{file.path}", "rb", buffering=0) as stream:  # noqa: PTH123
            source = stream.read()
    except OSError as error:
        return _fail(_unreadable(file.path, error))
    digest = digest_bytes(source)
    if known and known.digest == digest:
        return _Outcome(True, digest, None, None, ())  # noqa: FBT003 (the first field)
    if file.path.startswith(PAGES):
        page, problems = read_page(source, file.path, config)
        standing = make_standing_page(page) if page else None
        return _Outcome(False, digest, None, standing, tuple(problems))  # noqa: FBT003
    article, problems = read_article(source, file.path, config)
    entry = make_article(article, config) if article else None
    return _Outcome(False, digest, entry, None, tuple(problems))  # noqa: FBT003


def _fail(found: Problem) -> _Outcome:
    return _Outcome(False, b"", None, None, (found,))  # noqa: FBT003


def discover(root: Path, scanned: int, share: int = 0, shares: int = 1) -> Discovery:
    """Return the files below ``content/`` in the order of their names, and what is no such file.

    With ``shares``, only in one part of what is at its top (:func:`join_discoveries`).

    Names that begin with a dot or ``~$`` or end in ``~``, and what Windows leaves beside pictures,
    belong to editors' programs and are passed over. ``scanned`` is the time by the clock of the
    file system (:func:`sitegen.foundation.stamps.read_clock`).
    """
    top = os.path.realpath(root)
    # A checkout that lost its content must not empty the published site.
    if not (root / CONTENT).exists():
        return Discovery((), (problem("content-missing", Place(CONTENT)),))
    if not _is_inside(root / CONTENT, top):
        return Discovery((), (problem("file-outside", Place(CONTENT)),))
    found: list[FoundFile] = []
    problems: list[Problem] = []
    _walk(root, CONTENT, top, (), scanned, found, problems, share, shares)
    return Discovery(tuple(found), tuple(problems), _digest_files(found))


def join_discoveries(discoveries: Iterable[Discovery]) -> Discovery:
    """Return what was discovered in all shares, in their order."""
    files: list[FoundFile] = []
    problems: list[Problem] = []
    digests: list[bytes] = []
    for each in discoveries:
        files += each.files
        digests.append(each.digest)
        # What is wrong with the top itself, all shares have found.
        problems += (found for found in each.problems if found not in problems)
    digest = digest_bytes(b"".join(digests)) if all(digests) else b""
    return Discovery(tuple(files), tuple(problems), digest)


def _digest_files(files: list[FoundFile]) -> bytes:
    stamps = [file.stamp for file in files]
    if b"" in stamps:
        return b""
    paths = "\0".join([file.path for file in files])
    return digest_bytes(b"\0".join([paths.encode(), *stamps]))


def look_again(root: Path, scanned: int, before: Discovery, named: Collection[str]) -> Discovery:
    """Return ``before`` with the files that are ``named``, and those that were young, as they are.

    It takes a hundredth of the time of :func:`discover`, which does the rest: files that are new,
    folders, links, and whatever was wrong ``before``. ``named`` are paths relative to the root.
    """
    if before.problems:
        return discover(root, scanned)
    files = {file.path: file for file in before.files}
    young = [file.path for file in before.files if not file.stamp]
    for path in {*named, *young}:
        if not path.startswith(f"{CONTENT}/"):
            continue
        try:
            status = (root / path).lstat()
        except FileNotFoundError:
            if files.pop(path, None):
                continue
            return discover(root, scanned)
        except OSError:
            return discover(root, scanned)
        if path not in files or not stat.S_ISREG(status.st_mode):
            return discover(root, scanned)
        files[path] = FoundFile(path, status.st_size, take_stamp(status, scanned))
    return Discovery(tuple(files.values()), ())


def _walk(
    root: Path,
    folder: str,
    top: str,
    above: tuple[str, ...],
    scanned: int,
    found: list[FoundFile],
    problems: list[Problem],
    share: int = 0,
    shares: int = 1,
) -> None:
    real = os.path.realpath(root / folder)
    if real in above:
        problems.append(problem("file-outside", Place(folder)))
        return
    try:
        with os.scandir(root / folder) as scan:
            entries = sorted(scan, key=attrgetter("name"))
    except OSError as error:
        problems.append(_unreadable(folder, error))
        return
    entries = entries[len(entries) * share // shares : len(entries) * (share + 1) // shares]
    names = "".join([entry.name for entry in entries])
    plain = names.isascii() and names.isprintable()
    for entry in entries:
        name = entry.name
        # Nearly all are articles, and fifty thousand are looked at by every build.
        article = name.endswith(MARKDOWN) and name[0] not in _PASSED_OVER_INITIALS
        if not article and _PASSED_OVER.match(name):
            continue
        path = f"{folder}/{name}"
        if not plain and name != _printable(name):
            problems.append(problem("file-name", Place(_printable(path))))
            continue
        try:
            status = entry.stat()
        except OSError as error:
            gone = isinstance(error, FileNotFoundError)
            problems.append(problem("file-dangling" if gone else "file-outside", Place(path)))
            continue
        if entry.is_symlink() and not _is_inside(entry.path, top):
            problems.append(problem("file-outside", Place(path)))
        elif stat.S_ISREG(status.st_mode):
            found.append(FoundFile(path, status.st_size, take_stamp(status, scanned)))
        elif stat.S_ISDIR(status.st_mode):
            _walk(root, path, top, (*above, real), scanned, found, problems)
        else:
            problems.append(problem("file-not-regular", Place(path)))


def _is_inside(path: str | os.PathLike[str], top: str) -> bool:
    return os.path.commonpath([top, os.path.realpath(path)]) == top


def _printable(name: str) -> str:
    return "".join("�" if unicodedata.category(each) in _UNSEEN else each for each in name)


def _unreadable(path: str, error: OSError) -> Problem:
    return problem("file-unreadable", Place(path), reason=error.strerror or str(error))
