"""Read everything below ``content/``; what did not change is only remembered."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import msgspec

from sitegen.content.articles import Article
from sitegen.content.decoding import LARGEST_FILE, refuse_size
from sitegen.content.discovery import MARKDOWN, Discovery, FoundFile, refuse_unreadable
from sitegen.content.kinds import Document, StandingText, read_text
from sitegen.content.settings import Config
from sitegen.foundation.files import read_file
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.text import normalise
from sitegen.foundation.workers import Guard, map_items
from sitegen.model import CONFIG_FILE, Record
from sitegen.problems import Place, Problem, problem

# A text that is longer than nearly all, in bytes.
_SHORT = 100_000
# Fewer files than these are read sooner than other processes are started.
_WORTH_WORKERS = 100
# So many texts do not name one category by the same mistake.
_MANY = 10
_LOST_CATEGORIES = frozenset({"category-none", "category-unknown"})


class Reading(Record, frozen=True, gc=False):
    """What one text says, for as long as its bytes have this digest, and what is wrong with it.

    Only what has no errors is remembered. There is no document where the file could not be read as
    a text, and where its bytes are those that are known.
    """

    stamp: bytes
    digest: bytes = b""
    document: Document | None = None
    problems: tuple[Problem, ...] = ()


_UNREAD = Reading(b"")
_GUARD = Guard[FoundFile, Reading](
    owner=lambda file: file.path,
    refuse=lambda found: Reading(b"", problems=(found,)),
    risky=lambda file: file.size > _SHORT,
)


class Content(Record, frozen=True):
    """All that was read below ``content/``; ``media`` by path in NFC.

    ``flawed`` are articles and pages with errors in their fields, good only for finding more;
    ``broken`` the paths of these, and of the files and folders that could not be read at all.
    """

    articles: tuple[Article, ...]
    standing_texts: tuple[StandingText, ...]
    media: dict[str, FoundFile]
    flawed: tuple[Document, ...] = ()
    broken: frozenset[str] = frozenset()


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
        if reading.stamp == file.stamp and file.stamp and reading.document:
            # The path that is in memory already.
            readings[reading.document.path] = reading
        elif path.lower().endswith(MARKDOWN):
            readings[path] = _UNREAD
            unread.append(file)
        else:
            others.append(file)
    media, more = _index_media(others)
    problems += more
    flawed: list[Document] = []
    broken = {normalise(each.place.path) for each in found.problems}

    def read(file: FoundFile) -> Reading:
        return _read_file(root, config, file, known.get(file.path, _UNREAD).digest)

    made = map_items(read, unread, Reading, jobs if len(unread) >= _WORTH_WORKERS else 1, _GUARD)
    for file, reading in zip(unread, made, strict=True):
        path, before = file.path, known.get(file.path, _UNREAD)
        if reading.digest and reading.digest == before.digest:
            readings[path] = msgspec.structs.replace(before, stamp=reading.stamp)
        elif all(each.warning for each in reading.problems):
            readings[path] = reading
        else:
            del readings[path]
            broken.add(normalise(path))
            flawed += [reading.document] if reading.document else []
            problems += reading.problems
    documents = [each.document for each in readings.values() if each.document]
    articles = [each for each in documents if isinstance(each, Article)]
    texts = [each for each in documents if not isinstance(each, Article)]
    problems += chain.from_iterable([each.problems for each in readings.values()])
    problems = _gather_lost_categories(root, problems)
    content = Content(tuple(articles), tuple(texts), media, tuple(flawed), frozenset(broken))
    return content, readings, problems


def _gather_lost_categories(root: Path, problems: list[Problem]) -> list[Problem]:
    """Return problems with one in place of those of many texts that name the same category.

    Then it is missing in the configuration: each text was right before.
    """
    found: dict[str, list[Problem]] = defaultdict(list)
    for each in problems:
        if each.code in _LOST_CATEGORIES:
            found[each.arguments["value"]].append(each)
    lost = {value: own for value, own in found.items() if len(own) >= _MANY}
    if not lost:
        return problems
    from sitegen.content.scalars import quote

    place = locate(root, CONFIG_FILE, "categories")
    left = [
        each
        for each in problems
        if each.code not in _LOST_CATEGORIES or each.arguments["value"] not in lost
    ]
    for value, own in lost.items():
        arguments = {"value": value, "count": str(len(own)), "quoted": quote(value)}
        left.append(problem("category-lost", place, path=own[0].place.path, **arguments))
    return left


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


def locate(root: Path, path: str, value: str) -> Place:
    """Return where ``value`` is written in a file, for a problem that is found after reading."""
    from sitegen.content.front_matter import locate_setting, locate_value

    try:
        source = read_file(root / path)
        return (locate_setting if path == CONFIG_FILE else locate_value)(source, path, value)
    except OSError:
        return Place(path)


def locate_every(root: Path, path: str, reference: str) -> tuple[Place, ...]:
    """Return every place where the body of a file links to ``reference``."""
    from sitegen.content.front_matter import locate_links

    try:
        return locate_links(read_file(root / path), path, reference)
    except OSError:
        return (Place(path),)


def find_place(root: Path, found: Problem) -> Problem:
    """Return a problem of a whole file at the place of the name or the field that it is about."""
    written = found.arguments.get("name") or f"{found.arguments.get('field', 'date')}:"
    return msgspec.structs.replace(found, place=locate(root, found.place.path, written))


def _read_file(root: Path, config: Config, file: FoundFile, known: bytes) -> Reading:
    """Return what a file says, or its digest alone where that is ``known``."""
    if file.size > LARGEST_FILE:
        return Reading(file.stamp, problems=(refuse_size(file.size, Place(file.path)),))
    try:
        source = read_file(f"{root}/{file.path}")
    except OSError as error:
        return Reading(file.stamp, problems=(refuse_unreadable(file.path, error),))
    digest = digest_bytes(source)
    if digest == known:
        return Reading(file.stamp, digest)
    document, problems = read_text(source, file.path, config)
    return Reading(file.stamp, digest, document, tuple(problems))
