"""Where readers are: a folder of this machine, or of another one, with what can be done there."""

import contextlib
import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from sitegen.model import Record
from sitegen.output.folder import check_output
from sitegen.output.publishing import hold_output
from sitegen.problems import UsageError
from sitegen.releases import publication, remote
from sitegen.releases.comparison import ChangedFile, compare_output, compare_releases, read_list
from sitegen.releases.description import Release
from sitegen.releases.place import RELEASES, hold_place
from sitegen.releases.publication import Publication, Published, State
from sitegen.releases.source import read_source


class Target(Record, frozen=True):
    """A place that is held: nobody else changes it.

    ``place`` is the folder of this machine in which releases are made.
    """

    place: Path
    state: State
    publish: Callable[[Publication], Published]
    roll_back: Callable[[str], Release]


@contextlib.contextmanager
def open_target(
    root: Path, cache: Path, name: str, tell_waiting: Callable[[], None], *, making: bool
) -> Iterator[Target]:
    """Hold the place ``name``, a folder or ``user@host:folder``; where ``making``, it may be new.

    ``tell_waiting`` is called before this waits for another publication.

    Raises :class:`~sitegen.problems.UsageError` where there is none, or the system refuses it.
    """
    if os.name == "nt":
        # No rename replaces a link there.
        raise UsageError("publish-unsupported")
    if server := remote.find_server(name):
        with remote.connect(server, tell_waiting, making=making) as (connection, state):
            yield Target(
                remote.find_copy(cache, server),
                state,
                functools.partial(remote.publish_there, connection, state),
                functools.partial(remote.roll_back_there, connection, state),
            )
        return
    place = Path(name).absolute()
    check_output(root, place)
    if making:
        (place / RELEASES).mkdir(parents=True, exist_ok=True)
    with hold_place(place, tell_waiting):
        yield Target(
            place,
            publication.read_state(place),
            publication.publish,
            functools.partial(publication.roll_back, place),
        )


def compare(
    target: Target, name: str, output: Path, now: float, since: str | None
) -> tuple[ChangedFile, ...]:
    """Return what an ``output`` changes of what readers see, or what they see ``since`` a release.

    ``name`` is that of the target, ``now`` in seconds since 1970. An empty ``since`` is the release
    before.

    Raises :class:`~sitegen.problems.UsageError` where there is no such release, or its list is
    lost; and whatever is raised where an output must not be published.
    """
    place, current = target.place, target.state.current
    if since is not None:
        earlier = publication.choose_release(name, target.state, since or target.state.previous)
        before = read_list(place, earlier.name, name)
        return compare_releases(before, read_list(place, current, name))
    seen = read_list(place, current, name) if current else {}
    with hold_output(output):
        return compare_output(seen, read_source(output, now).notes, output)
