"""The manifest beside an output: every file that builds wrote into it, with its key.

It is text, and only this module reads and writes it. The first line is the note of the whole site.
Each group begins with a line that starts with a tab: the group's name, its key, and the top folders
of the output that hold its files. A line for each file follows: its path, its key, why it was last
made, and what stands for the text that it is made from. A text that holds only paths is a manifest
too, of files without keys.
"""

from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain

import msgspec

from sitegen.foundation.parts import digest_bytes
from sitegen.model import Record
from sitegen.problems import Problem

_TAB = "\t"
# Stands for the name of a group in the line of the whole site; names of groups hold letters.
_SITE = "*"
# What a note of the whole site says with yes or no; the line names those that are so, or none.
_FLAGS = ("drafts", "provisional")
_NO_FLAG = "-"
# The length of what stands for the path of a text, in bytes.
_OWNER = 6


class SiteNote(Record, frozen=True):
    """The note of a build about the whole site.

    With the same ``inputs`` (a digest, in hexadecimal), the output is up to date from ``since``
    until before ``until``, in seconds since 1970. There are no ``inputs`` where they may change
    unseen. ``files`` is the number of its files, ``folders`` are its top folders; ``warnings`` are
    reported again by a build that has nothing to do. ``drafts`` tells whether it shows drafts,
    ``provisional`` whether its search index is still an earlier one.
    """

    inputs: str
    since: float
    until: float
    files: int
    folders: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()
    drafts: bool = False
    provisional: bool = False


class Key(Record, frozen=True, gc=False):
    """The key of a file: a digest of each of its inputs."""

    generator: bytes
    site: bytes
    template: bytes
    own: bytes
    around: bytes


class FileNote(Record, frozen=True, gc=False):
    """The note of a build about a file: its path, its key, and why it was last made.

    The key is text, because most keys are only compared; :func:`parse_key` reads it. ``owner``
    stands for the text that it is made from (:func:`mark_owner`), if it is made from one.
    """

    path: str
    key: str
    reason: str
    owner: str = ""


class GroupNote(Record, frozen=True, gc=False):
    """The note of a build about a group: its key, and the top folders that hold its files.

    ``lines`` are the lines of its files, as text without a line feed at the end. They are parsed
    only when they are needed, because most groups are unchanged.
    """

    key: str
    folders: tuple[str, ...]
    lines: str


class Manifest(Record, frozen=True):
    """The note of the whole site, if there is one, and the notes of groups by name."""

    site: SiteNote | None = None
    groups: dict[str, GroupNote] = {}


def parse_manifest(text: str) -> Manifest:
    """Return the manifest of a text, which may be the first line of a manifest alone."""
    return parse_pieces([text])


def parse_pieces(pieces: Iterable[str]) -> Manifest:
    """Return the manifest of a text in pieces, none of which is held."""
    site: SiteNote | None = None
    groups: dict[str, GroupNote] = {}
    sections = _split(pieces)
    before = next(sections).removeprefix("\n")
    if before.strip():
        groups[""] = GroupNote("", (), before)
    for each in sections:
        head, _, lines = each.partition("\n")
        name, _, rest = head.partition(_TAB)
        key, _, folders = rest.partition(_TAB)
        named = tuple(filter(None, folders.split("/")))
        if name == _SITE:
            site = _parse_site(key, named)
        else:
            groups[name] = GroupNote(key, named, lines)
    return Manifest(site, groups)


def _split(pieces: Iterable[str]) -> Iterator[str]:
    """Yield what stands before the first group, then each group without the tab before it."""
    # So that a group at the beginning begins like all others.
    rest = "\n"
    for piece in pieces:
        *whole, rest = f"{rest}{piece}".split(f"\n{_TAB}")
        yield from whole
    yield rest.removesuffix("\n")


def format_manifest(manifest: Manifest) -> tuple[str, ...]:
    """Return the text of a manifest in pieces, of which the first is a line.

    Groups that have neither a key nor files are left out. The pieces are those that the manifest
    holds: put together, they would be held twice.
    """
    site = manifest.site
    written = []
    if site:
        warnings = msgspec.json.encode(site.warnings).decode()
        flags = ",".join(name for name in _FLAGS if getattr(site, name)) or _NO_FLAG
        facts = f"{site.since!r} {site.until!r} {site.files} {flags}"
        key = f"{site.inputs} {facts} {warnings}"
        written.append(_format_head(_SITE, key, site.folders))
    for name, group in manifest.groups.items():
        if group.lines or group.key:
            written.append(_format_head(name, group.key, group.folders))
            if group.lines:
                written += [group.lines, "\n"]
    return tuple(written)


def note_group(key: str, notes: Iterable[FileNote]) -> GroupNote:
    """Return the note of a group with the key ``key`` and these files."""
    every = list(notes)
    folders = dict.fromkeys(note.path.partition("/")[0] for note in every)
    lines = "\n".join(
        [f"{each.path}\t{each.key} {each.reason} {each.owner}".rstrip(" ") for each in every]
    )
    return GroupNote(key, tuple(folders), lines)


def count_files(group: GroupNote) -> int:
    """Return the number of files of a group."""
    return group.lines.count("\n") + bool(group.lines)


def list_files(group: GroupNote) -> dict[str, FileNote]:
    """Return the notes of a group's files by path, without paths that lead out of the output."""
    notes = {}
    for line in group.lines.split("\n"):
        path, _, note = line.partition(_TAB)
        if path and path[0] != "/" and (".." not in path or ".." not in path.split("/")):
            key, _, rest = note.partition(" ")
            reason, _, owner = rest.partition(" ")
            notes[path] = FileNote(path, key, reason, owner)
    return notes


def list_paths(manifest: Manifest) -> frozenset[str]:
    """Return the paths of all files of a manifest."""
    return frozenset(chain.from_iterable(map(list_files, manifest.groups.values())))


def format_key(key: Key) -> str:
    """Return a key as the manifest holds it."""
    fields = msgspec.structs.astuple(key)
    return b".".join([b2a_base64(field, newline=False) for field in fields]).decode()


def parse_key(text: str) -> Key | None:
    """Return the key that a text of the manifest holds, or ``None``."""
    try:
        return Key(*[a2b_base64(field, strict_mode=True) for field in text.split(".") if field])
    except (TypeError, ValueError):
        return None


def mark_owner(path: str) -> str:
    """Return what stands in a manifest for a text: its path would take ten times as much."""
    digest = digest_bytes(path.encode("utf-8", "surrogateescape"))
    return b2a_base64(digest[:_OWNER], newline=False).decode()


def note_warnings(warned: dict[str, tuple[Problem, ...]]) -> GroupNote:
    """Return the warnings of files, by the files' paths, as the note of a group without files."""
    return GroupNote(msgspec.json.encode(warned).decode() if warned else "", (), "")


def recall_warnings(group: GroupNote | None) -> dict[str, tuple[Problem, ...]]:
    """Return what :func:`note_warnings` noted."""
    if not group:
        return {}
    try:
        return msgspec.json.decode(group.key, type=dict[str, tuple[Problem, ...]])
    except msgspec.DecodeError:
        return {}


def drop_files(group: GroupNote, paths: AbstractSet[str]) -> GroupNote:
    """Return the note of a group without these files; then the group has no key either."""
    notes = list_files(group)
    if paths.isdisjoint(notes):
        return group
    return note_group("", (note for path, note in notes.items() if path not in paths))


def split_manifest(manifest: Manifest, begin: str) -> tuple[Manifest, Manifest]:
    """Return the groups whose names do not ``begin`` so, and those whose names do."""
    own = {name: note for name, note in manifest.groups.items() if name.startswith(begin)}
    others = {name: note for name, note in manifest.groups.items() if name not in own}
    return Manifest(manifest.site, others), Manifest(None, own)


def find_file(manifest: Manifest, path: str) -> FileNote | None:
    """Return the note of a file, in whatever group it is."""
    for group in manifest.groups.values():
        if path in group.lines and (note := list_files(group).get(path)):
            return note
    return None


def _format_head(name: str, key: str, folders: Iterable[str]) -> str:
    return f"{_TAB}{name}{_TAB}{key}{_TAB}{'/'.join(folders)}\n"


def _parse_site(key: str, folders: tuple[str, ...]) -> SiteNote | None:
    try:
        inputs, since, until, files, flags, rest = key.split(" ", 5)
        warnings = msgspec.json.decode(rest, type=tuple[Problem, ...])
        times = (float(since), float(until))
        named = {*flags.split(",")}
        if not named <= {*_FLAGS, _NO_FLAG}:
            # What another version has written may say that drafts are shown.
            return None
        told = {name: name in named for name in _FLAGS}
        return SiteNote(inputs, *times, int(files), folders, warnings, **told)
    except (ValueError, msgspec.DecodeError):
        return None
