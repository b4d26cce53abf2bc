"""The list that lies beside an output: every file that builds wrote there, and of what it was made.

It is text in sections, one for each group of pages. A section begins with a line that a tab begins:
name, key, and the folders at the top of the output that its files lie in. Then each line is a path,
a tab and a note: the key of the file and why it was last made. A file of paths alone is a list too.
"""

from collections.abc import Iterable, Mapping

from sitegen.model import Record


class Section(Record, frozen=True, gc=False):
    """The files of one group: its key, the folders they lie in, and their lines as they stand."""

    key: str
    folders: tuple[str, ...]
    lines: str


def parse_listing(text: str) -> dict[str, Section]:
    """Return the sections of a list by their names."""
    sections = {}
    before, *others = f"\n{text}".split("\n\t")
    if before.strip():
        sections[""] = Section("", (), before.removeprefix("\n"))
    for each in others:
        head, _, lines = each.partition("\n")
        name, _, rest = head.partition("\t")
        key, _, folders = rest.partition("\t")
        sections[name] = Section(key, tuple(filter(None, folders.split("/"))), lines)
    return sections


def format_listing(sections: Mapping[str, Section]) -> str:
    """Return the text of a list. A section without a key or files says nothing."""
    return "".join(
        "\t".join(["", name, section.key, "/".join(section.folders)])
        + "\n"
        + (f"{section.lines}\n" if section.lines[-1:] not in {"", "\n"} else section.lines)
        for name, section in sections.items()
        if section.lines or section.key
    )


def make_section(key: str, notes: Iterable[tuple[str, str]]) -> Section:
    """Return a section with files and their notes."""
    every = list(notes)
    folders = dict.fromkeys(path.partition("/")[0] for path, _ in every)
    return Section(key, tuple(folders), "".join([f"{path}\t{note}\n" for path, note in every]))


def count_files(section: Section) -> int:
    """Return the number of files of a section."""
    lines = section.lines
    return lines.count("\n") + (lines[-1:] not in {"", "\n"})


def parse_notes(section: Section) -> dict[str, str]:
    """Return the files of a section with their notes; no path that leads elsewhere is believed."""
    notes = {}
    for line in section.lines.split("\n"):
        path, _, note = line.partition("\t")
        if path and path[0] != "/" and (".." not in path or ".." not in path.split("/")):
            notes[path] = note
    return notes
