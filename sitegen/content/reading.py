"""Read everything below ``content/``; what did not change is only remembered."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from sitegen.content.articles import Article, StandingPage, make_article, make_standing_page
from sitegen.content.decoding import LARGEST_FILE, refuse_size
from sitegen.content.discovery import (
    CONTENT,
    MARKDOWN,
    Discovery,
    FoundFile,
    refuse_unreadable,
)
from sitegen.content.front_matter import locate_value, read_article, read_page
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.text import normalise
from sitegen.foundation.workers import map_items
from sitegen.model import Config, Record
from sitegen.problems import Place, Problem, problem

PAGES = f"{CONTENT}/pages/"

# Fewer files than these are read sooner than other processes are started.
_WORTH_WORKERS = 100


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
        return _fail(refuse_unreadable(file.path, error))
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
