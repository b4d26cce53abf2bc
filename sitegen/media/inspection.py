"""What pages need to know of media files. Each file is inspected once, until its bytes change."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from sitegen.content.decoding import is_lfs_pointer
from sitegen.content.discovery import FoundFile, refuse_unreadable
from sitegen.foundation.addresses import media_url
from sitegen.foundation.parts import Part, digest_bytes, seal
from sitegen.foundation.text import normalise
from sitegen.foundation.workers import map_items
from sitegen.media.drawings import measure_drawing
from sitegen.media.formats import SVG, ImageFormat, find_format
from sitegen.media.pictures import (
    UNREADABLE,
    check_suffix,
    describe_document,
    is_animation,
    measure,
    open_picture,
    refuse_broken,
)
from sitegen.media.placeholders import find_placeholder
from sitegen.model import Record
from sitegen.problems import Place, Problem, problem

# A Git LFS pointer has fewer bytes.
_LARGEST_POINTER = 1024
# Fewer files are inspected faster by one process than it takes to start others.
_WORTH_WORKERS = 20


class Destination(Record, frozen=True):
    """Where a link or a photo leads: a page, a picture or another file.

    ``kind`` is as in :class:`sitegen.views.Target`; ``url`` is below the site. Width and height are
    those of the published picture in CSS pixels (0: not known); ``size`` is for people.
    ``has_renditions`` tells whether it has smaller copies. ``placeholder`` is the name of a colour
    (:mod:`sitegen.media.placeholders`), empty where it would show through the picture.
    """

    kind: str
    url: str = ""
    width: int = 0
    height: int = 0
    size: str = ""
    has_renditions: bool = False
    placeholder: str = ""


class InspectedFile(Record, frozen=True, gc=False):
    """A media file: the digest of its bytes, and its :class:`Destination`.

    ``stamp`` is as in :class:`sitegen.content.reading.FoundFile`.
    """

    stamp: bytes
    digest: bytes
    destination: Part


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
        return inspected, []
    jobs = jobs if len(changed) >= _WORTH_WORKERS else 1

    problems: list[Problem] = []
    findings = map_items(lambda file: _inspect_file(root, file, known), changed, _Finding, jobs)
    for file, finding in zip(changed, findings, strict=True):
        if finding.inspected:
            inspected[normalise(file.path)] = finding.inspected
        if finding.problem:
            problems.append(finding.problem)
    return inspected, problems


def _inspect_file(root: Path, file: FoundFile, known: dict[str, InspectedFile]) -> _Finding:
    path = normalise(file.path)
    refused = check_suffix(file.path)
    if not refused and not file.size:
        refused = problem("media-empty", Place(file.path))
    if refused:
        return _Finding(None, refused)
    try:
        source = (root / file.path).read_bytes()
    except OSError as error:
        return _Finding(None, refuse_unreadable(file.path, error))
    digest = digest_bytes(source)
    before = known.get(path)
    if before and before.digest == digest:
        same = before.stamp == file.stamp
        return _Finding(before if same else msgspec.structs.replace(before, stamp=file.stamp), None)
    destination = describe_file(source, file.path)
    if isinstance(destination, Problem):
        return _Finding(None, destination)
    return _Finding(InspectedFile(file.stamp, digest, seal(destination)), None)


def describe_file(source: bytes, path: str) -> Destination | Problem:
    """Return what pages need to know of a file with the bytes ``source``, or what is wrong with it.

    ``path`` is relative to the root.
    """
    if len(source) <= _LARGEST_POINTER and is_lfs_pointer(source):
        return problem("file-lfs", Place(path))
    url = media_url(normalise(path))
    size = describe_document(path, len(source))
    named = find_format(path)
    if named is None:
        return Destination("file", url, size=size)
    if named is not SVG:
        return _describe_picture(source, path, named, url, size)
    measured = measure_drawing(source, path)
    if isinstance(measured, Problem):
        return measured
    width, height = measured
    return Destination("picture", url, width, height, size)


def _describe_picture(
    source: bytes, path: str, named: ImageFormat, url: str, size: str
) -> Destination | Problem:
    opened = open_picture(source, path)
    if isinstance(opened, Problem):
        return opened
    try:
        width, height = measure(opened)
        has_renditions = named.has_renditions and not is_animation(opened)
        opaque = has_renditions and not opened.has_transparency_data
        placeholder = find_placeholder(opened) if opaque else ""
    except UNREADABLE as error:
        return refuse_broken(path, error)
    return Destination("picture", url, width, height, size, has_renditions, placeholder)
