"""The list of the files of a release: what each is made from, its digest, and its stamp.

A file whose key in the manifest of the output is that of the list has the same bytes, so it is not
read again. A file with the stamp of the list is the one that was read when the list was made.
"""

import hashlib
import os
import stat
from pathlib import Path

import msgspec

from sitegen.foundation.files import read_file, replace_file
from sitegen.foundation.parts import DIGEST_SIZE, digest_bytes
from sitegen.model import Record


class FileFacts(Record, frozen=True, gc=False):
    """A file: its key in the manifest, the SHA-256 of its bytes, and its stamp.

    ``modified`` is in nanoseconds since 1970. ``owner`` stands for the text that it is made from
    (:func:`sitegen.incremental.manifest.mark_owner`), if it is made from one.
    """

    key: str
    digest: bytes
    size: int
    modified: int
    inode: int
    owner: str = ""


# By path, relative to the release.
Contents = dict[str, FileFacts]


def is_same_file(facts: FileFacts, status: os.stat_result) -> bool:
    """Tell whether ``status`` is that of the very file that ``facts`` tell of."""
    return (
        status.st_ino == facts.inode
        and status.st_mtime_ns == facts.modified
        and status.st_size == facts.size
        and stat.S_ISREG(status.st_mode)
    )


def digest_contents(contents: Contents) -> str:
    """Return the digest of all files, in hexadecimal.

    It is what these commands print in a release: ``find . -type f | LC_ALL=C sort``, without the
    description, then ``sha256sum`` of each of them, then ``sha256sum`` of these lines.
    """
    lines = [f"{facts.digest.hex()}  ./{path}\n" for path, facts in sorted(contents.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def write_contents(path: Path, contents: Contents) -> None:
    """Write a list, with a digest of itself before it."""
    data = msgspec.msgpack.encode(contents)
    replace_file(path, digest_bytes(data), data)


def read_contents(path: Path) -> Contents:
    """Return a list: an empty one, if there is none that is whole."""
    try:
        kept = memoryview(read_file(path))
    except OSError:
        return {}
    seal, data = kept[:DIGEST_SIZE], kept[DIGEST_SIZE:]
    if seal != digest_bytes(data):
        return {}
    return msgspec.msgpack.decode(data, type=Contents)
