"""What differs between two states of a site: files that appear, change or vanish, and why.

Each state is known by what is noted of its files, so nothing is read again: a release by its list,
an output by its manifest.
"""

from collections.abc import Container, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from sitegen.foundation.addresses import JSON_FEED, NOT_FOUND, RSS, output_path
from sitegen.incremental.keys import Reason
from sitegen.incremental.manifest import FileNote, Key, parse_key
from sitegen.model import Record
from sitegen.problems import UsageError
from sitegen.releases.assembly import choose_files
from sitegen.releases.contents import Contents, FileFacts, read_contents
from sitegen.releases.place import find_list

_PAGE = ".html"


class Change(StrEnum):
    """What happens to a file between two states."""

    APPEARS = "appears"
    CHANGES = "changes"
    VANISHES = "vanishes"


class ChangedFile(Record, frozen=True, order=True):
    """A file that differs: its path, relative to the output, and what happens to it.

    ``reasons`` are all fields of its key that differ, if it changes; there are none where one of
    the two keys is not known. ``owner`` stands for the text that it is made from
    (:func:`sitegen.incremental.manifest.mark_owner`), if it is made from one.
    """

    path: str
    change: Change
    reasons: tuple[Reason, ...] = ()
    owner: str = ""

    @property
    def is_page(self) -> bool:
        """Whether readers open it: the not-found page has no address of its own."""
        return self.path.endswith(_PAGE) and self.path != output_path(NOT_FOUND)

    @property
    def is_feed(self) -> bool:
        """Whether programs that read feeds open it."""
        return self.path.rpartition("/")[2] in {RSS, JSON_FEED}

    @property
    def is_of_text(self) -> bool:
        """Whether the page of a text shows something else of this text, and not only around it."""
        is_edited = self.change is not Change.CHANGES or Reason.OWN in self.reasons
        return self.is_page and bool(self.owner) and (is_edited or not self.reasons)


def compare_output(
    before: Contents, notes: dict[str, FileNote], output: Path
) -> tuple[ChangedFile, ...]:
    """Return what an output, of which there are ``notes``, would change of a release."""
    same = choose_files(notes, before, output).kept
    return tuple(sorted(_compare(before, notes, same)))


def compare_releases(before: Contents, after: Contents) -> tuple[ChangedFile, ...]:
    """Return what changed from one release to another."""
    known = {path: facts.digest for path, facts in before.items()}
    same = {path for path, facts in after.items() if known.get(path) == facts.digest}
    return tuple(sorted(_compare(before, after, same)))


def read_list(place: Path, name: str, target: str) -> Contents:
    """Return the list of the files of a release at ``place``, which is called ``target``.

    Raises :class:`~sitegen.problems.UsageError` where it is lost.
    """
    contents = read_contents(find_list(place, name))
    if not contents:
        raise UsageError("release-unlisted", path=target, value=name)
    return contents


def _compare(
    before: Contents, after: Mapping[str, FileNote | FileFacts], same: Container[str]
) -> Iterator[ChangedFile]:
    """Yield what differs; ``same`` has the paths of the files that have the same bytes."""
    for path, now in after.items():
        if path in same:
            continue
        if facts := before.get(path):
            reasons = _find_reasons(parse_key(facts.key), parse_key(now.key))
            yield ChangedFile(path, Change.CHANGES, reasons, now.owner or facts.owner)
        else:
            yield ChangedFile(path, Change.APPEARS, (), now.owner)
    for path, facts in before.items():
        if path not in after:
            yield ChangedFile(path, Change.VANISHES, (), facts.owner)


def _find_reasons(before: Key | None, now: Key | None) -> tuple[Reason, ...]:
    if not before or not now:
        return ()
    fields = Key.__struct_fields__
    return tuple(Reason(each) for each in fields if getattr(before, each) != getattr(now, each))
