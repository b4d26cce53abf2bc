"""The tree of a release: what the release before has is linked, all else is copied.

The tree may be a spare one that was a release once, or what a killed publication left. So it is
looked through: what belongs into it stays, what does not is deleted. In the end it holds nothing
but the files that are wanted, each of them one whose bytes were read when its digest was taken.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

import msgspec

from sitegen.foundation.files import open_regular, read_file
from sitegen.foundation.workers import run_beside
from sitegen.incremental.manifest import FileNote
from sitegen.model import Record
from sitegen.problems import RefusedError, UsageError
from sitegen.releases.contents import Contents, FileFacts, is_same_file
from sitegen.releases.description import DESCRIPTION


class Wanted(Record, frozen=True):
    """What a release will hold: the ``kept`` files of the release before, and ``fresh`` ones.

    Both are told by their paths; of fresh files, there is what the output's manifest notes.
    """

    kept: Contents
    fresh: dict[str, FileNote]


class Folders(Record, frozen=True):
    """The folders of a publication: the output, the release before (or nothing), the new tree."""

    output: str
    before: str
    tree: str


class _Done(Record, frozen=True):
    """The facts of the files that were copied, or what the system refused, and the reason."""

    copied: Contents
    path: str = ""
    reason: str = ""


def choose_files(notes: dict[str, FileNote], before: Contents, output: Path) -> Wanted:
    """Return which files the release before has, and which are fresh.

    A file that was made again with the bytes that it had is kept, with the time that it had.
    """
    kept: Contents = {}
    fresh: dict[str, FileNote] = {}
    for path, note in notes.items():
        facts = before.get(path)
        if facts and note.key and facts.key == note.key:
            same = facts.owner == note.owner
            kept[path] = facts if same else msgspec.structs.replace(facts, owner=note.owner)
        elif facts and (again := _recall(facts, output / path, note)):
            kept[path] = again
        else:
            fresh[path] = note
    return Wanted(kept, fresh)


def assemble(folders: Folders, wanted: Wanted, jobs: int) -> Contents:
    """Make the tree hold what is wanted and nothing else; return the list of its files.

    Raises :class:`~sitegen.problems.UsageError` where the system refuses something.
    """
    os.makedirs(folders.tree, exist_ok=True)  # noqa: PTH103
    shares = _share(wanted, jobs)
    tops = frozenset(chain.from_iterable(own for _, own in shares))
    for entry in list(os.scandir(folders.tree)):
        if entry.name not in tops:
            _look_through(entry, "", {}, set(), set(), set())
    waiting = [
        run_beside(lambda each=each: _arrange(folders, *each), _Done, forked=len(shares) > 1)  # type: ignore[misc]
        for each in shares
    ]
    contents = dict(wanted.kept)
    for done in [wait() for wait in waiting]:
        if done.reason:
            raise UsageError("refused", path=done.path, reason=done.reason)
        contents |= done.copied
    return contents


def _recall(facts: FileFacts, path: Path, note: FileNote) -> FileFacts | None:
    """Return ``facts`` with a new ``note``, if the file at ``path`` has the same bytes."""
    with suppress(OSError):
        if path.stat().st_size == facts.size:
            digest = hashlib.sha256(read_file(path)).digest()
            if digest == facts.digest:
                return msgspec.structs.replace(facts, key=note.key, owner=note.owner)
    return None


def _list(wanted: Wanted) -> Iterator[str]:
    yield from wanted.kept
    yield from wanted.fresh


def _share(wanted: Wanted, jobs: int) -> list[tuple[Wanted, frozenset[str]]]:
    """Return what each process makes: files, and the names at the top of the tree they are below.

    Each has about as many files as the others.
    """
    counts: dict[str, int] = {}
    for path in _list(wanted):
        top = path.partition("/")[0]
        counts[top] = counts.get(top, 0) + 1
    loads, owner = [0] * jobs, {}
    for top in sorted(counts, key=lambda each: -counts[each]):
        owner[top] = loads.index(min(loads))
        loads[owner[top]] += counts[top]
    kept: list[Contents] = [{} for _ in loads]
    fresh: list[dict[str, FileNote]] = [{} for _ in loads]
    for path, facts in wanted.kept.items():
        kept[owner[path.partition("/")[0]]][path] = facts
    for path, note in wanted.fresh.items():
        fresh[owner[path.partition("/")[0]]][path] = note
    return [
        (Wanted(*pair), frozenset(top for top in owner if owner[top] == number))
        for number, pair in enumerate(zip(kept, fresh, strict=True))
        if loads[number]
    ]


def _arrange(folders: Folders, wanted: Wanted, tops: frozenset[str]) -> _Done:
    """Make the tree right below these names at its top."""
    try:
        return _Done(_make_right(folders, wanted, tops))
    except OSError as error:
        refusal = RefusedError(error, folders.tree).arguments
        return _Done({}, **refusal)


def _make_right(folders: Folders, wanted: Wanted, tops: frozenset[str]) -> Contents:
    kept, tree = wanted.kept, folders.tree
    needed = _list_folders(_list(wanted))
    there: set[str] = set()
    found: set[str] = set()
    for entry in list(os.scandir(tree)):
        if entry.name in tops:
            _look_through(entry, "", kept, needed, there, found)
    for folder in sorted(needed - there):
        os.mkdir(f"{tree}/{folder}")  # noqa: PTH102
    copied: Contents = {}
    for path in kept.keys() - found:
        facts = kept[path]
        if not _link(f"{folders.before}/{path}", f"{tree}/{path}", facts):
            copied[path] = _copy(f"{folders.output}/{path}", f"{tree}/{path}", facts)
    for path, note in wanted.fresh.items():
        copied[path] = _copy(f"{folders.output}/{path}", f"{tree}/{path}", note)
    return copied


def _list_folders(paths: Iterable[str]) -> set[str]:
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _look_through(
    entry: os.DirEntry[str],
    inside: str,
    kept: Contents,
    needed: set[str],
    there: set[str],
    found: set[str],
) -> None:
    """Note the folders and files that may stay, and delete whatever else is at ``entry``."""
    path = inside + entry.name
    if entry.is_dir(follow_symlinks=False):
        if path in needed or DESCRIPTION.startswith(f"{path}/"):
            there.add(path)
            # In the order in which a disk has them: to read them from it then takes less time.
            for each in sorted(os.scandir(entry.path), key=os.DirEntry.inode):
                _look_through(each, f"{path}/", kept, needed, there, found)
            return
    elif (facts := kept.get(path)) and is_same_file(facts, entry.stat(follow_symlinks=False)):
        found.add(path)
        return
    elif path == DESCRIPTION:
        return
    _remove(entry)


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path)
    else:
        os.unlink(entry.path)  # noqa: PTH108


def _link(source: str, target: str, facts: FileFacts) -> bool:
    """Link a file of the release before, if it is there, and the file system can."""
    try:
        os.link(source, target)
        if is_same_file(facts, os.stat(target)):  # noqa: PTH116
            return True
        os.unlink(target)  # noqa: PTH108
    except OSError:
        # Whatever is wrong is told where the file cannot be copied either.
        return False
    return False


def _copy(source: str, target: str, known: FileNote | FileFacts) -> FileFacts:
    """Copy a file with its time, by which web servers tell whether it changed."""
    data = read_file(source)
    modified = os.stat(source).st_mtime_ns  # noqa: PTH116
    with open(target, "xb", opener=open_regular) as file:
        file.write(data)
        file.flush()
        os.utime(file.fileno(), ns=(modified, modified))
        status = os.fstat(file.fileno())
    digest = hashlib.sha256(data).digest()
    return FileFacts(
        known.key, digest, status.st_size, status.st_mtime_ns, status.st_ino, known.owner
    )
