"""Stamps: the size, times and inode of a file, as a hint that it did not change.

A file with an unchanged stamp is not read again. If two versions of a file could have the same
stamp, the file gets no stamp: then every build reads it, and its contents decide.
"""

import os
import struct
from pathlib import Path

from sitegen.foundation.files import open_regular

# The coarsest clock of a file system in use is FAT's, which counts in steps of two seconds.
_SETTLED_NANOSECONDS = 2_000_000_000
_UNKNOWN = b""
_FORM = struct.Struct("<qqqQ")
STAMP_SIZE = _FORM.size
_INODE_BITS = (1 << 64) - 1


def take_stamp(status: os.stat_result, scanned: int) -> bytes:
    """Return the stamp of a file: its size, times and inode.

    Return nothing (empty bytes) if the file could change again without a change of its stamp. This
    is possible if it was changed just before ``scanned``: a second change may then fall into the
    same tick of the clock (Git calls this "racily clean"). ``scanned`` is a time before ``status``
    was taken, by the clock of the file system (:func:`read_clock`).
    """
    modified, changed = status.st_mtime_ns, status.st_ctime_ns
    settled = scanned - _SETTLED_NANOSECONDS
    if modified >= settled or changed >= settled:
        return _UNKNOWN
    return _FORM.pack(status.st_size, modified, changed, status.st_ino & _INODE_BITS)


def read_clock(folder: Path) -> int:
    """Return the time by the clock of the file system that holds ``folder``, in nanoseconds.

    Stamps hold times by this clock; on a network drive it differs from the clock of this machine.
    If the folder cannot be written to, the time is 0, and no file gets a stamp.
    """
    clock = folder / "clock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with open(clock, "wb", opener=open_regular):
            os.utime(clock)
            return clock.stat().st_mtime_ns
    except OSError:
        return 0
