"""The proof, on any site, that building what changed gives what building everything gives."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from sitegen.build import CACHE, Prepared, Request, prepare
from sitegen.foundation.parts import list_parts
from sitegen.foundation.workers import ShowProgress, ignore_progress
from sitegen.incremental.keys import Reason, find_reason, key_file
from sitegen.incremental.manifest import list_files, parse_manifest
from sitegen.model import Record
from sitegen.output.folder import read_manifest
from sitegen.output.production import make_files
from sitegen.output.staging import holds
from sitegen.pages.planned import SITE, PlannedFile, PlannedPage, Shown
from sitegen.problems import mark


class Difference(Record, frozen=True):
    """A file of the output that is not what a build from nothing gives, and why.

    ``cause`` names the input that was taken for the same; it may be text to be translated.
    """

    path: str
    cause: str


def verify(request: Request, watch: ShowProgress = ignore_progress) -> tuple[Difference, ...]:
    """Return the files in the output that are not what a build from nothing gives, in order."""
    remembered = prepare(request, request.root / CACHE)
    with tempfile.TemporaryDirectory() as nothing:
        afresh = prepare(request, Path(nothing))
        items = _list_items(afresh)

        def differs(path: str, data: bytes) -> bool:
            return not holds(request.output / path, data)

        every = tuple(items.values())
        made = make_files(afresh.rendering, every, differs, request.jobs, watch)
    paths = set(made.taken)
    groups = parse_manifest(read_manifest(request.output)).groups.values()
    paths.update(path for group in groups for path in list_files(group).keys() - items.keys())
    if not paths:
        return ()
    before = _list_items(remembered)
    return tuple(
        Difference(path, _find_cause(path, remembered, before, afresh, items))
        for path in sorted(paths)
    )


def _list_items(prepared: Prepared) -> dict[str, PlannedFile]:
    every = (*prepared.groups, *prepared.bundles)
    return {item.path: item for group in every for item in group.plan()}


def _find_cause(
    path: str,
    remembered: Prepared,
    before: dict[str, PlannedFile],
    afresh: Prepared,
    now: dict[str, PlannedFile],
) -> str:
    """Return the input because of which a file is not as it should be."""
    if path not in before or path not in now:
        return mark("the list of addresses")
    old, new = before[path], now[path]
    reason = find_reason(key_file(remembered.keys, old), key_file(afresh.keys, new))
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
    """Return the file whose parts stand around a page in the one plan and not in the other."""
    known = {part.digest for part in list_parts(before)}
    changed = {part.digest for part in list_parts(now)} - known
    return next(
        (
            file.owner
            for file in files
            if isinstance(file, PlannedPage)
            and any(part.digest in changed for part in list_parts(file.own))
        ),
        "",
    )
