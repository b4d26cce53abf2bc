"""The file of the content cache: its head and its segments, as bytes that are not decoded here.

The head holds the fingerprint of the generator. A segment is a length, a CRC-32, and the data; a
later segment overrides an earlier one. So after an edit of one article, a build adds one small
segment and does not write the whole file again.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from sitegen.foundation.files import open_regular, read_file, replace_file
from sitegen.problems import Place, Problem, warning

FILE = "content"
_MAGIC = b"sitegen content\n"
_SEGMENT = struct.Struct("<QI")
_LARGE = 4_000_000


def is_large(cache: Path) -> bool:
    """Tell whether it takes longer to load the file than to start a process."""
    try:
        return (cache / FILE).stat().st_size > _LARGE
    except OSError:
        return False


def read_segments(cache: Path, generator: bytes) -> tuple[tuple[memoryview, ...], list[Problem]]:
    """Return the segments that ``generator`` wrote, oldest first.

    If the file is damaged or another generator wrote it, return no segments and a warning.
    """
    head = _MAGIC + generator
    try:
        # Not mapped into memory: another program may change the file while a preview uses it.
        kept = memoryview(read_file(cache / FILE))
        if kept[: len(head)] == head:
            return tuple(_split(kept[len(head) :])), []
        whole = kept[: len(_MAGIC)] == _MAGIC and len(kept) >= len(head)
        return (), [warn_unusable("cache-other-version" if whole else "cache-damaged")]
    except FileNotFoundError:
        return (), []
    except (OSError, struct.error):
        return (), [warn_unusable()]


def _split(kept: memoryview) -> Iterator[memoryview]:
    """Yield the segments of a file without its head.

    Raises :class:`struct.error` where they are damaged.
    """
    while kept:
        length, check = _SEGMENT.unpack_from(kept)
        segment = kept[_SEGMENT.size :][:length]
        if len(segment) != length or zlib.crc32(segment) != check:
            raise struct.error
        yield segment
        kept = kept[_SEGMENT.size + length :]


def write_segment(cache: Path, generator: bytes, data: bytes) -> None:
    """Write a new file with one segment."""
    cache.mkdir(parents=True, exist_ok=True)
    # The data of an archive is large: it is not copied to stand behind the head.
    replace_file(cache / FILE, _MAGIC + generator + _encode_head(data), data)


def add_segment(cache: Path, data: bytes) -> None:
    """Add a segment to the file."""
    # If somebody has deleted the file, this fails: a new file without a head would be useless.
    # Another build may add a segment at the same time: the system puts each at the end, whole.
    with open(cache / FILE, "ab", opener=_open_to_add) as file:
        file.write(_encode_head(data) + data)


def _open_to_add(path: str, flags: int) -> int:
    return open_regular(path, flags & ~os.O_CREAT)


def _encode_head(data: bytes) -> bytes:
    return _SEGMENT.pack(len(data), zlib.crc32(data))


def warn_unusable(code: str = "cache-damaged") -> Problem:
    """Return the warning that the file cannot be used, and why."""
    return warning(code, Place(f".sitegen/{FILE}"))
