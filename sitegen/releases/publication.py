"""The story of a publication: read the output, make a tree of it, lead readers to it."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sitegen.foundation.files import replace_file, sync_folder
from sitegen.model import Record
from sitegen.output.publishing import hold_output
from sitegen.output.settling import settle
from sitegen.problems import UsageError
from sitegen.releases.assembly import Folders, Wanted, assemble, choose_files
from sitegen.releases.contents import Contents, digest_contents, read_contents, write_contents
from sitegen.releases.description import (
    DESCRIPTION,
    Release,
    format_description,
    read_description,
)
from sitegen.releases.place import (
    CURRENT,
    GONE,
    PREVIOUS,
    RELEASES,
    find_list,
    find_next,
    find_release,
    list_names,
    list_own,
    name_release,
    read_link,
    switch,
)
from sitegen.releases.source import read_source


class Publication(Record, frozen=True):
    """What is published where: ``now`` is the time, ``keep`` the number of releases that stay.

    ``commit`` is that of the sources, if it is known; ``jobs`` is the number of processes.
    ``taken`` are names that releases elsewhere have.
    """

    output: Path
    place: Path
    now: datetime
    keep: int
    commit: str
    jobs: int
    taken: tuple[str, ...] = ()


class Published(Record, frozen=True):
    """The release that readers see, and how many of its files were copied for it.

    ``fresh`` is ``None`` if readers saw the same files before: then there is no new release.
    """

    release: Release
    fresh: int | None


class State(Record, frozen=True):
    """What is at a place: all names that are taken, our releases, and those that links lead to."""

    names: tuple[str, ...]
    releases: tuple[Release, ...]
    current: str
    previous: str


def publish(publication: Publication) -> Published:
    """Publish an output; killed at any moment, readers see the old release or the new one.

    Called while the place is held (:func:`sitegen.releases.place.hold_place`).

    Raises :class:`~sitegen.problems.UsageError` or
    :class:`~sitegen.problems.ProblemsFoundError` where the output must not be published.
    """
    place, output = publication.place, publication.output
    if place.resolve().is_relative_to(output.resolve()):
        raise UsageError("output-unsafe", path=str(place), reason=str(output))
    with hold_output(output):
        source = read_source(output, publication.now.timestamp())
        before = read_link(place, CURRENT)
        known = read_description(find_release(place, before)) if before else None
        wanted = choose_files(
            source.notes, read_contents(find_list(place, before)) if known else {}, output
        )
        same = known and not wanted.fresh and digest_contents(wanted.kept) == known.digest
        if known and same and known.provisional == source.provisional:
            _drop_releases(place, publication.keep)
            return Published(known, None)
        tree = find_next(place)
        if tree.is_symlink():
            tree.unlink()
        folders = Folders(str(output), str(find_release(place, before)), str(tree))
        contents = assemble(folders, wanted, publication.jobs)
        release = Release(
            name=name_release([*list_names(place), *publication.taken], publication.now),
            time=publication.now.isoformat(timespec="seconds"),
            commit=publication.commit,
            files=len(contents),
            digest=digest_contents(contents),
            provisional=source.provisional,
        )
        (tree / DESCRIPTION).parent.mkdir(exist_ok=True)
        replace_file(tree / DESCRIPTION, format_description(release))
        write_contents(find_list(place, release.name), contents)
        releases = place / RELEASES
        settle(releases, _list_changed(tree, wanted))
        tree.rename(find_release(place, release.name))
        sync_folder(releases)
        switch(place, release.name)
        _drop_releases(place, publication.keep)
        if not tree.exists():
            _make_spare(place, release.name, contents, publication.jobs)
        return Published(release, len(wanted.fresh))


def roll_back(place: Path, name: str) -> Release:
    """Lead readers to an earlier release: that with the name, or else the one before.

    Called while the place is held. Raises :class:`~sitegen.problems.UsageError` where there is no
    such release.
    """
    release = choose_release(str(place), read_state(place), name)
    switch(place, release.name)
    return release


def read_state(place: Path) -> State:
    """Return what is at a place."""
    current, previous = (read_link(place, link) for link in (CURRENT, PREVIOUS))
    return State(tuple(list_names(place)), list_releases(place), current, previous)


def choose_release(place: str, state: State, name: str) -> Release:
    """Return the release with the name, or else the one before that which readers see.

    Raises :class:`~sitegen.problems.UsageError` where there is no such release.
    """
    by_name = {each.name: each for each in state.releases}
    if not name:
        names = list(by_name)
        seen = state.current in by_name
        earlier = names[: names.index(state.current)] if seen else names
        if not earlier:
            raise UsageError("release-first", path=place)
        name = earlier[-1]
    if name not in by_name:
        raise UsageError("release-unknown", path=place, value=name)
    return by_name[name]


def list_releases(place: Path) -> tuple[Release, ...]:
    """Return our releases below ``place``, oldest first."""
    found = (read_description(find_release(place, name)) for name in list_names(place))
    return tuple(filter(None, found))


def _list_changed(tree: Path, wanted: Wanted) -> Iterator[Path]:
    """Yield the files that were written for a release, and the folders that they are in."""
    files = [tree / path for path in (*wanted.fresh, DESCRIPTION)]
    yield from files
    yield from {each.parent for each in files}


def _drop_releases(place: Path, keep: int) -> None:
    """Keep the last releases, and those to which links lead; one more stays as a spare tree.

    A spare tree becomes the next release where it differs from it: to delete fifty thousand folders
    and make them again takes longer than all the rest of a publication.
    """
    releases, spare = place / RELEASES, find_next(place)
    linked = {read_link(place, CURRENT), read_link(place, PREVIOUS)}
    every = list_releases(place)
    lasting = [each.name for each in every if each.name in linked or not each.provisional]
    names = [each.name for each in every]
    dropped = [name for name in names if name not in {*linked, *lasting[-keep:]}]
    for name in dropped:
        target = releases / GONE if spare.exists() else spare
        _remove(target)
        find_release(place, name).rename(target)
    kept = {spare, *(find_list(place, name) for name in names if name not in dropped)}
    for path in list_own(place):
        if path not in kept:
            _remove(path)


def _make_spare(place: Path, name: str, contents: Contents, jobs: int) -> None:
    """Make a spare tree of the release ``name``, while readers see that already."""
    made = str(find_release(place, name))
    folders = Folders(output=made, before=made, tree=str(find_next(place)))
    with suppress(UsageError):
        assemble(folders, Wanted(contents, {}), jobs)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
