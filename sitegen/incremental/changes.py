"""The changes since the last build: the files to make, and the files to delete."""

from collections.abc import Container, Iterable, Iterator

import msgspec

from sitegen.incremental import manifest
from sitegen.incremental.keys import Keys, Reason, find_reason, key_file, key_group
from sitegen.model import Record
from sitegen.pages.planned import SITE, PlannedFile, PlannedGroup, PlannedPage
from sitegen.problems import Problem

# The name of a group in the manifest that has no files: its key is what is noted of hidden texts.
HIDDEN = "hidden"
# The name of the group whose key are the warnings of all files.
WARNED = "warnings"


class Changes(Record, frozen=True):
    """The files to make, the paths to delete, the new notes of groups, the number of all files.

    ``hidden`` are the notes of the texts that were hidden when the output was built; ``warned`` are
    the warnings of the files that stay as they are. ``fresh`` are the paths that no build wrote
    before; ``owners`` stand for the texts of which a page is gone, by its path
    (:func:`sitegen.incremental.manifest.mark_owner`), ``taken`` are the paths of the pages that
    another text has now.
    """

    files: tuple[PlannedFile, ...]
    gone: frozenset[str]
    groups: dict[str, manifest.GroupNote]
    total: int
    hidden: frozenset[str]
    warned: dict[str, tuple[Problem, ...]]
    fresh: frozenset[str] = frozenset()
    owners: dict[str, str] = {}
    taken: frozenset[str] = frozenset()


def find_changes(
    groups: Iterable[PlannedGroup],
    keys: Keys,
    before: manifest.Manifest,
    present: frozenset[str],
    *,
    everything: bool = False,
    waiting: Container[str] = (),
) -> Changes:
    """Compare the planned groups with the manifest of an output (``before``).

    ``present`` are the names at the top of the output: if a folder there was deleted, its files are
    made again. With ``everything``, all files are made. The groups with the names ``waiting`` stay
    as they are noted, until another build compares them.
    """
    now: dict[str, manifest.GroupNote] = {}
    changed: dict[str, PlannedGroup] = {}
    for group in groups:
        key = key_group(keys, group)
        noted = before.groups.get(group.name)
        same = noted and (group.name in waiting or (key and noted.key == key))
        if noted and same and present.issuperset(noted.folders) and not everything:
            now[group.name] = noted
        else:
            now[group.name] = manifest.GroupNote(key, (), "")
            changed[group.name] = group
    unchanged = now.keys() - changed.keys()
    notes: dict[str, manifest.FileNote] = {}
    for name, noted in before.groups.items():
        if name not in unchanged:
            notes |= manifest.list_files(noted)
    files: list[PlannedFile] = []
    gone, taken = set(notes), set[str]()
    for name, group in changed.items():
        written = []
        for file in group.plan():
            last, again = notes.get(file.path), everything or _find_top(file.path) not in present
            note = _note_file(keys, file, last, again=again)
            if again or last is None or last.key != note.key:
                files.append(file)
            gone.discard(file.path)
            written.append(note)
        taken |= _list_taken(written, notes)
        now[name] = manifest.note_group(now[name].key, written)
    if gone:
        # A damaged manifest may name a file in two groups.
        kept = (before.groups[name] for name in unchanged)
        gone = gone.difference(*map(manifest.list_files, kept))
    # Groups that are unchanged were not planned: the manifest alone knows their files.
    total = sum(map(manifest.count_files, now.values()))
    hidden = frozenset(before.groups.get(HIDDEN, manifest.GroupNote("", (), "")).key.split())
    warned = manifest.recall_warnings(before.groups.get(WARNED))
    if warned:
        left = warned.keys() - gone - {file.path for file in files}
        warned = {path: warned[path] for path in sorted(left)}
    owners = {path: owner for path in gone if path in notes and (owner := notes[path].owner)}
    return Changes(
        files=tuple(files),
        gone=frozenset(gone),
        groups=now,
        total=total,
        hidden=hidden,
        warned=warned,
        fresh=frozenset(file.path for file in files if file.path not in notes),
        owners=owners,
        taken=frozenset(taken),
    )


def join_changes(one: Changes, other: Changes) -> Changes:
    """Return the changes of some groups, and those of all others, as one."""
    return Changes(
        files=one.files + other.files,
        gone=one.gone | other.gone,
        groups=one.groups | other.groups,
        total=one.total + other.total,
        hidden=one.hidden | other.hidden,
        warned=one.warned | other.warned,
        fresh=one.fresh | other.fresh,
        owners=one.owners | other.owners,
        taken=one.taken | other.taken,
    )


def _list_taken(now: Iterable[manifest.FileNote], before: dict[str, manifest.FileNote]) -> set[str]:
    """Return the paths of the pages that were made from another text before."""
    return {
        each.path
        for each in now
        if (last := before.get(each.path)) and last.owner not in {"", each.owner}
    }


def _find_top(path: str) -> str:
    """Return the name at the top of the output below which a file is."""
    return path.partition("/")[0]


def _note_file(
    keys: Keys, file: PlannedFile, noted: manifest.FileNote | None, *, again: bool
) -> manifest.FileNote:
    """Return the note of a file: why it was last made stays if it is not made ``again``."""
    key, owner = key_file(keys, file), _mark_owner(file)
    text = manifest.format_key(key)
    if noted and noted.key == text and not again:
        return msgspec.structs.replace(noted, owner=owner)
    reason = find_reason(manifest.parse_key(noted.key) if noted else None, key)
    return manifest.FileNote(file.path, text, reason or Reason.AGAIN, owner)


def _mark_owner(file: PlannedFile) -> str:
    if isinstance(file, PlannedPage) and file.owner != SITE:
        return manifest.mark_owner(file.owner)
    return ""


def list_kept(changes: Changes) -> Iterator[str]:
    """Yield the paths of the files that stay as they are."""
    made = {file.path for file in changes.files}
    for group in changes.groups.values():
        yield from (path for path in manifest.list_files(group) if path not in made)


def note_groups(
    changes: Changes, hidden: Iterable[str], warned: dict[str, tuple[Problem, ...]]
) -> dict[str, manifest.GroupNote]:
    """Return the notes of all groups.

    What is ``hidden``, and the warnings of files that stay and of those that were made
    (``warned``), are each in a group of their own.
    """
    groups = changes.groups
    if noted := " ".join(hidden):
        groups = groups | {HIDDEN: manifest.GroupNote(noted, (), "")}
    if every := dict(sorted((changes.warned | warned).items())):
        groups = groups | {WARNED: manifest.note_warnings(every)}
    return groups
