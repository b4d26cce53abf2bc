"""The comparison of an output with a build from nothing (``sitegen build --verify``)."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from sitegen.build import CACHE, Prepared, Request, prepare
from sitegen.foundation.parts import list_parts
from sitegen.foundation.workers import ignore_progress
from sitegen.incremental.keys import Reason, find_reason, key_file
from sitegen.incremental.manifest import list_files, parse_manifest
from sitegen.model import Record
from sitegen.output.manifest_file import read_manifest
from sitegen.output.production import make_files
from sitegen.output.staging import holds
from sitegen.pages.planned import SITE, PlannedFile, PlannedPage, Shown
from sitegen.problems import mark


class Difference(Record, frozen=True):
    """A file of the output that differs from a build from nothing.

    ``cause`` names the input whose change was missed; it may be a text to be translated.
    """

    path: str
    cause: str


def verify(request: Request) -> tuple[Difference, ...]:
    """Return the files of the output that differ from a build from nothing, in order."""
    cached = prepare(request, request.root / CACHE)
    with tempfile.TemporaryDirectory() as empty:
        rebuilt = prepare(request, Path(empty))
        files = _list_files(rebuilt)

        def differs(path: str, data: bytes) -> bool:
            return not holds(request.output / path, data)

        every = tuple(files.values())
        made = make_files(rebuilt.rendering, every, differs, request.jobs, ignore_progress)
    paths = set(made.taken)
    groups = parse_manifest(read_manifest(request.output)).groups.values()
    paths.update(path for group in groups for path in list_files(group).keys() - files.keys())
    if not paths:
        return ()
    before = _list_files(cached)
    return tuple(
        Difference(path, _find_cause(path, cached, before, rebuilt, files))
        for path in sorted(paths)
    )


def _list_files(prepared: Prepared) -> dict[str, PlannedFile]:
    every = (*prepared.groups, *prepared.bundles)
    return {file.path: file for group in every for file in group.plan()}


def _find_cause(
    path: str,
    cached: Prepared,
    before: dict[str, PlannedFile],
    rebuilt: Prepared,
    now: dict[str, PlannedFile],
) -> str:
    """Return the input whose change was missed, so that a file is not up to date."""
    if path not in before or path not in now:
        return mark("the list of addresses")
    old, new = before[path], now[path]
    reason = find_reason(key_file(cached.keys, old), key_file(rebuilt.keys, new))
    if not reason:
        return mark("a change in the output after it was built")
    if not isinstance(old, PlannedPage) or not isinstance(new, PlannedPage):
        return path
    causes = {
        Reason.SITE: SITE,
        Reason.TEMPLATE: f"templates/{new.template}",
        Reason.OWN: new.owner,
        Reason.AROUND: _find_owner(old.around, new.around, now.values()) or new.owner,
    }
    return causes.get(reason, mark("the generator"))


def _find_owner(before: Shown, now: Shown, files: Iterable[PlannedFile]) -> str:
    """Return the file whose parts are around a page now and were not before."""
    known = {part.digest for part in list_parts(before)}
    changed = {part.digest for part in list_parts(now)} - known
    for page in (file for file in files if isinstance(file, PlannedPage)):
        if any(part.digest in changed for part in list_parts(page.own)):
            return page.owner
    return ""
