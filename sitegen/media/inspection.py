"""What pages need to know of media files. Each file is inspected once, until its bytes change."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec

from sitegen.content.decoding import is_lfs_pointer
from sitegen.content.discovery import FoundFile
from sitegen.foundation.addresses import media_url
from sitegen.foundation.media_types import CAPTIONS
from sitegen.foundation.parts import Part, digest_bytes, seal
from sitegen.foundation.text import format_size, normalise
from sitegen.foundation.workers import Guard, map_items
from sitegen.media.captions import check_captions
from sitegen.media.documents import DocumentError, can_read, describe_document, is_document
from sitegen.media.drawings import measure_drawing
from sitegen.media.formats import PUBLISHED, SVG, WEBP, find_format, find_remedy, find_suffix
from sitegen.media.pictures import (
    LARGEST_PICTURE,
    is_animation,
    make_common,
    measure,
    open_picture,
    read_file,
)
from sitegen.media.placeholders import find_placeholder
from sitegen.media.renditions import name_rendition
from sitegen.model import Record
from sitegen.problems import Place, Problem, ProblemsFoundError, mark, problem, warning

# A Git LFS pointer has fewer bytes.
_LARGEST_POINTER = 1024
# In bytes: a system of files takes names of 255, and renditions have longer ones than their photo.
LONGEST_NAME = 230
# Fewer files are inspected faster by one process than it takes to start others.
_WORTH_WORKERS = 20
# Where a library failed on a file (sitegen.foundation.guard).
_SLOW = "file-slow"
_FAILURES = frozenset({_SLOW, "file-memory", "file-failed"})


class Destination(Record, frozen=True):
    """Where a link or a photo leads: a page, a picture or another file.

    ``kind`` is as in :class:`sitegen.views.Target`; ``url`` is below the site. Width and height are
    those of the published picture in CSS pixels (0: not known); ``size`` is for people, ``length``
    the bytes of what is no picture. ``has_renditions`` tells whether it has smaller copies.
    ``placeholder`` is the name of a colour (:mod:`sitegen.media.placeholders`), empty where it
    would show through the picture. A film may have a ``still``, and the address of its
    ``captions``; the still of a document is its first page, and ``title`` what it calls itself.
    """

    kind: str
    url: str = ""
    width: int = 0
    height: int = 0
    size: str = ""
    has_renditions: bool = False
    placeholder: str = ""
    length: int = 0
    still: "Destination | None" = None
    captions: str = ""
    title: str = ""


class InspectedFile(Record, frozen=True, gc=False):
    """A media file: the digest of its bytes, and its :class:`Destination`.

    ``stamp`` is as in :class:`sitegen.content.reading.FoundFile`, empty where the next build looks
    again. ``flaw`` is why a document cannot be looked into, as a text to be translated.
    """

    stamp: bytes
    digest: bytes
    destination: Part
    flaw: str = ""


class _Finding(Record, frozen=True):
    inspected: InspectedFile | None
    problem: Problem | None


def inspect_files(
    root: Path, files: Iterable[FoundFile], known: dict[str, InspectedFile], jobs: int
) -> tuple[dict[str, InspectedFile], list[Problem]]:
    """Return what pages need to know of ``files``, by path in NFC, and a problem for each bad one.

    ``known`` is what earlier builds returned.
    """
    inspected: dict[str, InspectedFile] = {}
    changed: list[FoundFile] = []
    for file in files:
        path = normalise(file.path)
        before = known.get(path)
        if before and file.stamp and before.stamp == file.stamp:
            inspected[path] = before
        else:
            changed.append(file)
    if not changed:
        return inspected, [*_warn_of_flaws(inspected)]
    jobs = jobs if len(changed) >= _WORTH_WORKERS else 1

    problems: list[Problem] = []
    guard = Guard(_name, lambda found: _Finding(None, found), _is_risky)

    def inspect(file: FoundFile) -> _Finding:
        return _inspect_file(root, file, known)

    findings = map_items(inspect, changed, _Finding, jobs, guard)
    for file, found in zip(changed, findings, strict=True):
        # A document that a library fails on is published, as it would be without the library.
        failure = found.problem.code if found.problem and is_document(file.path) else ""
        finding = _inspect_plainly(root, file, failure) if failure in _FAILURES else found
        if finding.inspected:
            inspected[normalise(file.path)] = finding.inspected
        if finding.problem:
            problems.append(finding.problem)
    return inspected, [*problems, *_warn_of_flaws(inspected)]


def _warn_of_flaws(inspected: dict[str, InspectedFile]) -> Iterator[Problem]:
    for path, each in inspected.items():
        if each.flaw:
            yield warning("document-flawed", Place(path), reason=each.flaw)


def _name(file: FoundFile) -> str:
    return file.path


def _is_risky(file: FoundFile) -> bool:
    return find_format(file.path) is not None or (is_document(file.path) and can_read())


def _inspect_file(root: Path, file: FoundFile, known: dict[str, InspectedFile]) -> _Finding:
    before = known.get(normalise(file.path))
    try:
        check_file(file.path, file.size)
        source = read_file(root, file.path)
        digest = digest_bytes(source)
        if before and before.stamp and before.digest == digest:
            return _Finding(msgspec.structs.replace(before, stamp=file.stamp), None)
        if is_document(file.path) and can_read():
            return _inspect_document(source, digest, file)
        destination = seal(describe_file(source, file.path))
    except ProblemsFoundError as error:
        return _Finding(None, error.problems[0])
    return _Finding(InspectedFile(file.stamp, digest, destination), None)


def _inspect_document(source: bytes, digest: bytes, file: FoundFile) -> _Finding:
    plain = describe_file(source, file.path)
    try:
        facts = describe_document(source)
    except DocumentError as error:
        flawed = InspectedFile(file.stamp, digest, seal(plain), error.reason)
        return _Finding(flawed, None)
    kind, _, size = plain.size.partition(", ")
    still = None
    if facts.width:
        url = name_rendition(plain.url, facts.width, WEBP)
        still = Destination("picture", url, facts.width, facts.height)
    described = msgspec.structs.replace(
        plain, size=f"{kind}, {facts.pages} trang, {size}", still=still, title=facts.title
    )
    return _Finding(InspectedFile(file.stamp, digest, seal(described)), None)


def _inspect_plainly(root: Path, file: FoundFile, failure: str) -> _Finding:
    """Return what is known of a document without looking into it.

    ``failure`` is what the library failed with. What takes too long takes too long again,
    but the library, or the memory, may be there at the next build.
    """
    try:
        source = read_file(root, file.path)
    except ProblemsFoundError as error:
        return _Finding(None, error.problems[0])
    place = seal(describe_file(source, file.path))
    if failure == _SLOW:
        reason, stamp = mark("it takes too long"), file.stamp
    else:
        reason, stamp = mark("the library that reads it failed"), b""
    return _Finding(InspectedFile(stamp, digest_bytes(source), place, reason), None)


def check_file(path: str, size: int) -> None:
    """Refuse a file that is never published, because of its name or its size."""
    if find_suffix(path) not in PUBLISHED:
        suffix = PurePosixPath(path).suffix.lower()
        named = suffix or PurePosixPath(path).name
        refused = problem("media-kind", Place(path), value=named, reason=find_remedy(suffix))
        raise ProblemsFoundError([refused])
    if not size:
        raise ProblemsFoundError([problem("media-empty", Place(path))])
    if len(normalise(PurePosixPath(path).name).encode()) > LONGEST_NAME:
        long = problem("file-name-long", Place(path), limit=str(LONGEST_NAME))
        raise ProblemsFoundError([long])
    if find_format(path) and size > LARGEST_PICTURE:
        sizes = {"size": format_size(size), "limit": format_size(LARGEST_PICTURE)}
        raise ProblemsFoundError([problem("picture-heavy", Place(path), **sizes)])


def describe_file(source: bytes, path: str) -> Destination:
    """Return what pages need to know of a file with the bytes ``source``.

    ``path`` is relative to the root. Raises :class:`~sitegen.problems.ProblemsFoundError`.
    """
    if len(source) <= _LARGEST_POINTER and is_lfs_pointer(source):
        raise ProblemsFoundError([problem("file-lfs", Place(path))])
    url = media_url(normalise(path))
    size = f"{find_suffix(path)[1:].upper()}, {format_size(len(source))}"
    named = find_format(path)
    if find_suffix(path) == CAPTIONS:
        check_captions(source, path)
    if named is None:
        return Destination("file", url, size=size, length=len(source))
    if named is SVG:
        return Destination("picture", url, *measure_drawing(source, path), size)
    with open_picture(source, path) as opened:
        width, height = measure(opened)
        has_renditions = named.has_renditions and not is_animation(opened)
        opaque = has_renditions and not opened.has_transparency_data
        placeholder = find_placeholder(make_common(opened)) if opaque else ""
    return Destination("picture", url, width, height, size, has_renditions, placeholder)
