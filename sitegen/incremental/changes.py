"""The changes since the last build: the files to make, and the files to delete."""

from collections.abc import Iterable, Iterator

from sitegen.incremental import manifest
from sitegen.incremental.keys import Keys, Reason, find_reason, key_file, key_group
from sitegen.model import Record
from sitegen.pages.planned import PlannedFile, PlannedGroup
from sitegen.problems import Problem

# The name of a group in the manifest that has no files: its key is what is noted of hidden texts.
HIDDEN = "hidden"
# The name of the group whose key are the warnings of all files.
WARNED = "warnings"


class Changes(Record, frozen=True):
    """The files to make, the paths to delete, the new notes of groups, the number of all files.

    ``hidden`` are the notes of the texts that were hidden when the output was built; ``warned`` are
    the warnings of the files that stay as they are.
    """

    files: tuple[PlannedFile, ...]
    gone: frozenset[str]
    groups: dict[str, manifest.GroupNote]
    total: int
    hidden: frozenset[str]
    warned: dict[str, tuple[Problem, ...]]


def find_changes(
    groups: Iterable[PlannedGroup],
    keys: Keys,
    before: manifest.Manifest,
    present: frozenset[str],
    *,
    everything: bool = False,
) -> Changes:
    """Compare the planned groups with the manifest of an output (``before``).

    ``present`` are the names at the top of the output: if a folder there was deleted, its files are
    made again. With ``everything``, all files are made.
    """
    now: dict[str, manifest.GroupNote] = {}
    changed: dict[str, PlannedGroup] = {}
    for group in groups:
        key = key_group(keys, group)
        noted = before.groups.get(group.name)
        same = noted and key and noted.key == key and present.issuperset(noted.folders)
        if noted and same and not everything:
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
    gone = set(notes)
    for name, group in changed.items():
        written = []
        for file in group.plan():
            path, file_key = file.path, key_file(keys, file)
            note, text = notes.get(path), manifest.format_key(file_key)
            gone.discard(path)
            missing = path.partition("/")[0] not in present
            if note is None or note.key != text or missing or everything:
                files.append(file)
                reason = find_reason(manifest.parse_key(note.key) if note else None, file_key)
                note = manifest.FileNote(path, text, reason or Reason.AGAIN)
            written.append(note)
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
    return Changes(tuple(files), frozenset(gone), now, total, hidden, warned)


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
