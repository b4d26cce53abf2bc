"""The folder of a web server: where its releases are, its links, and the lock of who changes it.

Ours are the folders in ``releases/`` that hold a description with their own name, whatever begins
with ``.sitegen`` beside them, and the links ``current`` and ``previous``. Nothing else is touched.
"""

import contextlib
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sitegen.foundation.files import sync_folder
from sitegen.foundation.locks import hold_lock
from sitegen.problems import UsageError
from sitegen.releases.description import read_description

CURRENT, PREVIOUS, RELEASES = "current", "previous", "releases"
# The tree of the next release while it is made; between two releases it is a spare one.
NEXT = ".sitegen-next"
# A release that is being deleted.
GONE = ".sitegen-gone"
_LOCK = ".sitegen-lock"
_LINK = ".sitegen-link"
_ID = re.compile(r"(\d{8}-\d{6})(?:-(\d+))?", re.ASCII)


def find_release(place: Path, name: str) -> Path:
    """Return where the release ``name`` is."""
    return place / RELEASES / name


def find_list(place: Path, name: str) -> Path:
    """Return where the list of the files of a release is: no web server publishes it."""
    return place / RELEASES / f".sitegen-{name}.list"


def find_next(place: Path) -> Path:
    """Return where the next release is made."""
    return place / RELEASES / NEXT


def list_names(place: Path) -> list[str]:
    """Return the names that releases can have, of the folders below ``place``, oldest first."""
    try:
        entries = list(os.scandir(place / RELEASES))
    except FileNotFoundError:
        return []
    names = [each.name for each in entries if each.is_dir(follow_symlinks=False)]
    return sorted(filter(_ID.fullmatch, names), key=_read_id)


def list_own(place: Path) -> list[Path]:
    """Return what is ours beside the releases, but for the lock: lists, and what was left."""
    return [path for path in (place / RELEASES).glob(".sitegen-*") if path.name != _LOCK]


def name_release(names: list[str], now: datetime) -> str:
    """Return a name for a release of the time ``now`` that is later than all ``names``."""
    name = f"{now.astimezone(UTC):%Y%m%d-%H%M%S}"
    last = max(names, key=_read_id, default="")
    if not last or _read_id(name) > _read_id(last):
        return name
    # Two in one second, or the clock was set back.
    begin, number = _read_id(last)
    return f"{begin}-{number + 1}"


def _read_id(name: str) -> tuple[str, int]:
    found = _ID.fullmatch(name)
    return (found[1], int(found[2] or 1)) if found else ("", 0)


def read_link(place: Path, link: str) -> str:
    """Return the name of the release to which a link leads: nothing, if it leads elsewhere."""
    folder, _, name = _read_target(place, link).rpartition("/")
    return name if folder == RELEASES else ""


def switch(place: Path, name: str) -> None:
    """Lead readers to the release ``name``, and then to nothing of another one.

    A page that a reader has open may still ask for files of its release: it becomes ``previous``
    before readers see the new one. A provisional release has such files in common with the release
    before it, which therefore stays ``previous``.
    """
    before, target = _read_target(place, CURRENT), f"{RELEASES}/{name}"
    earlier = _read_target(place, PREVIOUS)
    left = read_description(find_release(place, read_link(place, CURRENT)))
    if before and before != target and not (earlier and left and left.provisional):
        _set_link(place, PREVIOUS, before)
        sync_folder(place)
    _set_link(place, CURRENT, target)
    sync_folder(place)


def _read_target(place: Path, link: str) -> str:
    """Return where a link leads, as it is written, or nothing.

    Raises :class:`~sitegen.problems.UsageError` where something other than a link is in its place.
    """
    path = place / link
    if not os.path.lexists(path):
        return ""
    if not path.is_symlink():
        raise UsageError("release-blocked", path=str(path))
    return os.readlink(path)  # noqa: PTH115 (as it is written)


def _set_link(place: Path, link: str, target: str) -> None:
    made = place / RELEASES / _LINK
    made.unlink(missing_ok=True)
    made.symlink_to(target)
    made.replace(place / link)


def hold_place(
    place: Path, tell_waiting: Callable[[], None]
) -> contextlib.AbstractContextManager[None]:
    """Lock the folder, and wait where another holds it: then ``tell_waiting`` is called before.

    The system frees the lock if this process is killed.
    """
    return hold_lock(place / RELEASES / _LOCK, tell_waiting)
