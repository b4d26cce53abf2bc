"""One build at a time for each output."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from sitegen.problems import UsageError


@contextlib.contextmanager
def hold_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of an output folder; the system frees it if this process is killed.

    Raises :class:`~sitegen.problems.UsageError` where another build holds it.
    """
    with (folder.parent / f".{folder.name}.lock").open("a+b") as file:
        try:
            _lock_file(file.fileno())
        except OSError as error:
            raise UsageError("locked", path=str(folder)) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock_file(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock_file(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
