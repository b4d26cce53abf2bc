"""What a build has to do: the files that are not as the last one left them, and those to delete."""

from collections.abc import Iterable, Mapping

from sitegen.incremental.keys import Keys, explain, key_file, key_group
from sitegen.incremental.manifest import Section, count_files, make_section, parse_notes
from sitegen.model import Record
from sitegen.pages.planned import PlannedFile, PlannedGroup


class Changes(Record, frozen=True):
    """The files to make, the paths to delete, the list as it will be, the number of files."""

    items: tuple[PlannedFile, ...]
    gone: frozenset[str]
    listing: dict[str, Section]
    total: int


def find_changes(
    groups: Iterable[PlannedGroup],
    keys: Keys,
    before: Mapping[str, Section],
    present: frozenset[str],
    *,
    everything: bool = False,
) -> Changes:
    """Return what differs from the list of an output (``before``).

    ``present`` are the names at the top of the output: whoever deleted a folder there wants it
    made anew. With ``everything``, all files are made, whatever the list says.
    """
    listing: dict[str, Section] = {}
    changed: list[tuple[PlannedGroup, str]] = []
    for group in groups:
        key = key_group(keys, group)
        section = before.get(group.name)
        whole = section and present.issuperset(section.folders)
        if section and key and section.key == key and whole and not everything:
            listing[group.name] = section
        else:
            listing[group.name] = Section(key, (), "")
            changed.append((group, key))
    notes: dict[str, str] = {}
    for name, section in before.items():
        if listing.get(name) is not section:
            notes |= parse_notes(section)
    items: list[PlannedFile] = []
    gone = set(notes)
    for group, group_key in changed:
        written = []
        for item in group.plan():
            path, key = item.path, key_file(keys, item)
            note = notes.get(path, "")
            gone.discard(path)
            if everything or not note.startswith(key) or path.partition("/")[0] not in present:
                items.append(item)
                note = f"{key} {explain(note, key) or 'again'}"
            written.append((path, note))
        listing[group.name] = make_section(group_key, written)
    if gone:
        # A list that was damaged may name a file twice.
        kept = (section for name, section in before.items() if listing.get(name) is section)
        gone = gone.difference(*map(parse_notes, kept))
    # Of a group that is the same, the list alone knows all files.
    total = sum(map(count_files, listing.values()))
    return Changes(tuple(items), frozenset(gone), listing, total)
