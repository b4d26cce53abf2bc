"""Files: read and replaced whole, and never a pipe, a device or a socket in a file's place.

To open a pipe waits until somebody writes into it, perhaps for ever.
"""

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_SMALLEST_PIECE = 4096


def open_regular(path: str, flags: int) -> int:
    """Open a file at once, or not at all; an ``opener`` for :func:`open`.

    Raises :class:`OSError`, also where something other than a file is at ``path``.
    """
    return _open(path, flags)[0]


def _open(path: str, flags: int) -> tuple[int, int]:
    """Return the descriptor of a file, and its size."""
    descriptor = os.open(path, flags | _AT_ONCE, 0o666)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        found = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.ENODEV
        raise OSError(found, os.strerror(found), path)
    return descriptor, status.st_size


def read_file(path: str | Path) -> bytes:
    """Return the bytes of a file. Raises :class:`OSError`, as :func:`open_regular` does."""
    # Fifty thousand articles are read one by one: this takes two thirds of the time of ``open``.
    descriptor, size = _open(str(path), _READING)
    try:
        # In one piece, and by the next look nothing more: pieces of a large file need twice its
        # memory.
        piece = max(size + 1, _SMALLEST_PIECE)
        return b"".join(iter(lambda: os.read(descriptor, piece), b""))
    finally:
        os.close(descriptor)


def measure_file(path: Path) -> int:
    """Return the size of a file in bytes: 0, if there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


if sys.platform == "win32":

    class OpenFile:
        """A file of which parts are read by their place.

        On Windows no file can be put in the place of one that is open, so it is held in memory.
        """

        def __init__(self, path: str | Path) -> None:
            self._data = read_file(path)
            self.size = len(self._data)

        def read(self, start: int, size: int) -> bytes:
            """Return ``size`` bytes from ``start`` on, or fewer where the file ends before."""
            return self._data[start : start + size]

else:

    class OpenFile:
        """A file of which parts are read by their place, for as long as somebody holds this.

        It stays as it is while another file is put in its place. Raises :class:`OSError`, as
        :func:`open_regular` does.
        """

        def __init__(self, path: str | Path) -> None:
            self._descriptor = -1
            self._descriptor, self.size = _open(str(path), _READING)

        def read(self, start: int, size: int) -> bytes:
            """Return ``size`` bytes from ``start`` on, or fewer where the file ends before."""
            data = os.pread(self._descriptor, size, start)
            # The system returns at most two gigabytes at once.
            while len(data) < size and (
                more := os.pread(self._descriptor, size - len(data), start + len(data))
            ):
                data += more
            return data

        def __del__(self) -> None:
            """Close the file."""
            if self._descriptor >= 0:
                os.close(self._descriptor)


def write_file(path: str | Path, data: bytes) -> None:
    """Write a file where it is, for those who can do without it when half of it is there."""
    with open(path, "wb", opener=open_regular) as file:
        file.write(data)


def replace_file(path: Path, *data: bytes, durably: bool = False) -> None:
    """Put a new file, which holds ``data``, in the place of an old one (:func:`open_new`)."""
    with open_new(path, durably=durably) as file:
        file.writelines(data)


@contextlib.contextmanager
def open_new(path: Path, *, durably: bool = False) -> Iterator[BinaryIO]:
    """Open a new file, which is then put in the place of an old one by one atomic rename.

    With ``durably``, its bytes and its name are on the disk in the end: after a power cut there is
    the old file or the new one.
    """
    temporary = path.with_name(f"{path.name}.new")
    # What a killed program left may be a link or a pipe by now: nothing is written through it.
    temporary.unlink(missing_ok=True)
    with temporary.open("xb") as file:
        yield file
        if durably:
            file.flush()
            os.fsync(file.fileno())
    temporary.replace(path)
    if durably:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    # Windows opens no folders; NTFS writes names down in their order by itself.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
