"""Stamps: what the file system says of a file, as a hint that it did not change.

A stamp saves reading a file; it never decides. Where two versions of a file could have one stamp,
the stamp is not kept, the file is read, and its contents decide.
"""

import os
import struct
from pathlib import Path

# The coarsest clock of a file system in use is FAT's, which counts in steps of two seconds.
_SETTLED_NANOSECONDS = 2_000_000_000
_UNKNOWN = b""
_FORM = struct.Struct("<qqqQ")
_INODE_BITS = (1 << 64) - 1


def take_stamp(status: os.stat_result, scanned: int) -> bytes:
    """Return the stamp of a file: its size, its times and its inode, or nothing.

    There is none unless any later change of the file must show in it. ``scanned`` is a time before
    ``status`` was taken, by the clock of the file system (:func:`read_clock`): what was changed
    just before it can be changed once more within the same tick. (Git: "racily clean".)
    """
    modified, changed = status.st_mtime_ns, status.st_ctime_ns
    settled = scanned - _SETTLED_NANOSECONDS
    if modified >= settled or changed >= settled:
        return _UNKNOWN
    return _FORM.pack(status.st_size, modified, changed, status.st_ino & _INODE_BITS)


def read_clock(folder: Path) -> int:
    """Return the time by the clock of the file system that holds ``folder``, in nanoseconds.

    It is the clock that stamps are taken by, which need not be that of the system (on a network
    drive it is not). Where nothing can be written, the answer is 0: then there are no stamps.
    """
    clock = folder / "clock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        clock.write_bytes(b"")
        os.utime(clock)
        return clock.stat().st_mtime_ns
    except OSError:
        return 0
