"""Locks between processes. The system frees a lock when the process that holds it ends."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock_file(descriptor: int, *, waiting: bool) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if waiting else msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error

else:
    import fcntl

    def _lock_file(descriptor: int, *, waiting: bool) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if waiting else fcntl.LOCK_NB))


@contextlib.contextmanager
def hold_lock(path: Path, tell_waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock of the file ``path``, which is made where there is none.

    If another process holds it, ``tell_waiting`` is called, and then this waits. Without it,
    :class:`BlockingIOError` is raised at once.
    """
    descriptor = _open_lock(path)
    try:
        try:
            _lock_file(descriptor, waiting=False)
        except BlockingIOError:
            if not tell_waiting:
                raise
            tell_waiting()
            _lock_file(descriptor, waiting=True)
        yield
    finally:
        os.close(descriptor)


def _open_lock(path: Path) -> int:
    if path.is_symlink():
        # Where a link leads, a file would be made.
        path.unlink()
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        # Another user's file, or one in a folder that is read-only, can be locked as it is.
        return os.open(path, os.O_RDONLY)
