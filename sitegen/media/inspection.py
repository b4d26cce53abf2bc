"""Editors' files as pages need them: looked at once, remembered while their bytes are the same."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from sitegen.content.decoding import is_lfs_pointer
from sitegen.content.discovery import FoundFile
from sitegen.foundation.addresses import media_url
from sitegen.foundation.parts import Part, digest_bytes, seal
from sitegen.foundation.text import normalise
from sitegen.foundation.workers import map_items
from sitegen.media.pictures import check_kind, describe_kind, is_picture, measure
from sitegen.media.resizing import look_at
from sitegen.model import Record
from sitegen.problems import Place, Problem, problem

_LARGEST_POINTER = 1024
# Fewer files than these are looked at sooner than other processes are started.
_WORTH_WORKERS = 20


class Destination(Record, frozen=True):
    """Where a link or a photo leads: a page, a picture or another file.

    ``kind`` is as in :class:`sitegen.views.Target`; ``url`` is below the site. Width and height are
    CSS pixels (0: no picture); ``size`` is for people. ``still`` tells whether there are renditions
    of the picture, ``tone`` is the colour that stands in for it.
    """

    kind: str
    url: str = ""
    width: int = 0
    height: int = 0
    size: str = ""
    still: bool = False
    tone: str = ""


class InspectedFile(Record, frozen=True, gc=False):
    """A file that may be published: the digest of its bytes, and its :class:`Destination`."""

    stamp: bytes
    digest: bytes
    destination: Part


class _Finding(Record, frozen=True):
    inspected: InspectedFile | None
    problem: Problem | None


def inspect_files(
    root: Path, files: Iterable[FoundFile], known: dict[str, InspectedFile], jobs: int
) -> tuple[dict[str, InspectedFile], list[Problem]]:
    """Return what pages need of ``files``, by path in NFC, and every file that is no good.

    ``known`` is what earlier builds found.
    """
    inspected: dict[str, InspectedFile] = {}
    unseen: list[FoundFile] = []
    for file in files:
        path = normalise(file.path)
        before = known.get(path)
        if before and file.stamp and before.stamp == file.stamp:
            inspected[path] = before
        else:
            unseen.append(file)
    if not unseen:
        return (known if len(inspected) == len(known) else inspected), []
    jobs = jobs if len(unseen) >= _WORTH_WORKERS else 1

    problems: list[Problem] = []
    findings = map_items(lambda file: _look_at(root, file, known), unseen, _Finding, jobs)
    for file, finding in zip(unseen, findings, strict=True):
        if finding.inspected:
            inspected[normalise(file.path)] = finding.inspected
        if finding.problem:
            problems.append(finding.problem)
    return inspected, problems


def _look_at(root: Path, file: FoundFile, known: dict[str, InspectedFile]) -> _Finding:
    path = normalise(file.path)
    refused = check_kind(file.path)
    if not refused and not file.size:
        refused = problem("media-empty", Place(file.path))
    if refused:
        return _Finding(None, refused)
    try:
        source = (root / file.path).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        return _Finding(None, problem("file-unreadable", Place(file.path), reason=reason))
    digest = digest_bytes(source)
    before = known.get(path)
    if before and before.digest == digest:
        same = before.stamp == file.stamp
        return _Finding(before if same else msgspec.structs.replace(before, stamp=file.stamp), None)
    destination = _describe(source, path, file)
    if isinstance(destination, Problem):
        return _Finding(None, destination)
    return _Finding(InspectedFile(file.stamp, digest, seal(destination)), None)


def _describe(source: bytes, path: str, file: FoundFile) -> Destination | Problem:
    """Return what pages need of a file with the bytes ``source``, or what is wrong with it."""
    if file.size <= _LARGEST_POINTER and is_lfs_pointer(source):
        return problem("file-lfs", Place(file.path))
    size = describe_kind(path, file.size)
    if not is_picture(file.path):
        return Destination("file", media_url(path), size=size)
    measured = measure(source, file.path)
    if isinstance(measured, Problem):
        return measured
    look = look_at(source, file.path)
    if isinstance(look, Problem):
        return look
    return Destination("picture", media_url(path), *measured, size, look.still, look.tone)
