"""The file of the content cache: its head and its segments, as bytes that are not decoded here.

The head holds the fingerprint of the generator. A later segment overrides an earlier one. So after
an edit of one article, a build adds one small segment and does not write the whole file again.

A segment has two fields, ``packed`` and ``contents``. The second is what every build decodes. The
first is nearly all of the file: a build does not hold it, but reads what it needs by its place.
The lengths of both and a CRC-32 stand before them.
"""

import functools
import io
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from sitegen.foundation.files import OpenFile, open_new, open_regular
from sitegen.foundation.packed import Packed, PackedLostError
from sitegen.model import Record
from sitegen.problems import Place, Problem, warning

FILE = "content"
_MAGIC = b"sitegen content\n"
# The lengths of the two fields, and the sum of these fields and lengths.
_SEGMENT = struct.Struct("<QQI")
_SUM_SIZE = 4
# Where bytes are within ``packed``: their start, their length and their own sum. With 12 bytes an
# object takes 48 bytes of memory, with more it takes 64.
_PLACE = struct.Struct("<III")
_PIECE = 1 << 18
_LARGE = 4_000_000


class Segment(Record, frozen=True):
    """The contents of a segment; ``read`` returns bytes of what is packed, by their place.

    It raises :class:`~sitegen.foundation.packed.PackedLostError` where the file was changed.
    """

    contents: bytes
    read: Callable[[bytes], bytes]


# Given a function that packs bytes and returns their place; returns the contents.
Encode = Callable[[Callable[[Packed], bytes]], bytes]


def is_large(cache: Path) -> bool:
    """Tell whether it takes longer to load the file than to start a process."""
    try:
        return (cache / FILE).stat().st_size > _LARGE
    except OSError:
        return False


def read_segments(cache: Path, generator: bytes) -> tuple[tuple[Segment, ...], list[Problem]]:
    """Return the segments that ``generator`` wrote, oldest first.

    If the file is damaged or another generator wrote it, return no segments and a warning.
    """
    head = _MAGIC + generator
    try:
        # Not mapped into memory: whoever shortens such a file ends the programs that read it.
        file = OpenFile(cache / FILE)
        start = file.read(0, len(head))
        if start == head:
            return tuple(_read_segments(file, len(head))), []
        whole = start[: len(_MAGIC)] == _MAGIC and len(start) == len(head)
        return (), [warn_unusable("cache-other-version" if whole else "cache-damaged")]
    except FileNotFoundError:
        return (), []
    except (OSError, struct.error):
        return (), [warn_unusable()]


def _read_segments(file: OpenFile, start: int) -> Iterator[Segment]:
    """Yield the segments of a file from ``start`` on.

    Raises :class:`struct.error` where they are damaged.
    """
    while start < file.size:
        head = file.read(start, _SEGMENT.size)
        packed, length, check = _SEGMENT.unpack(head)
        start += _SEGMENT.size
        end = start + packed + length
        if end > file.size:
            raise struct.error
        found = 0
        for place in range(start, start + packed, _PIECE):
            piece = file.read(place, min(_PIECE, start + packed - place))
            found = zlib.crc32(piece, found)
        contents = file.read(start + packed, length)
        for each in (contents, head[:-_SUM_SIZE]):
            found = zlib.crc32(each, found)
        if found != check:
            raise struct.error
        yield Segment(contents, functools.partial(_read_packed, file, start))
        start = end


def _read_packed(file: OpenFile, start: int, place: bytes) -> bytes:
    """Return the bytes at a place of the segment whose first field begins at ``start``."""
    inside, size, check = _PLACE.unpack(place)
    try:
        data = file.read(start + inside, size)
    except OSError as error:
        raise PackedLostError(str(error)) from error
    if len(data) != size or zlib.crc32(data) != check:
        raise PackedLostError(FILE)
    return data


def write_segment(cache: Path, generator: bytes, encode: Encode) -> None:
    """Write a new file with one segment."""
    cache.mkdir(parents=True, exist_ok=True)
    with open_new(cache / FILE) as file:
        file.write(_MAGIC + generator)
        _write(file, encode)


def add_segment(cache: Path, encode: Encode) -> None:
    """Add a segment to the file."""
    segment = io.BytesIO()
    _write(segment, encode)
    # If somebody has deleted the file, this fails: a new file without a head would be useless.
    # Another build may add a segment at the same time: the system puts each at the end, whole.
    with open(cache / FILE, "ab", opener=_open_to_add) as file:
        file.write(segment.getvalue())


def _write(file: BinaryIO, encode: Encode) -> None:
    """Write a segment. What it keeps packed is not held until all of it is known."""
    begin = file.tell()
    size = check = 0

    def keep(packed: Packed) -> bytes:
        nonlocal size, check
        data = bytes(packed)
        place = _PLACE.pack(size, len(data), zlib.crc32(data))
        file.write(data)
        size, check = size + len(data), zlib.crc32(data, check)
        return place

    file.write(bytes(_SEGMENT.size))
    contents = encode(keep)
    file.write(contents)
    file.seek(begin)
    head = _SEGMENT.pack(size, len(contents), 0)[:-_SUM_SIZE]
    for each in (contents, head):
        check = zlib.crc32(each, check)
    file.write(_SEGMENT.pack(size, len(contents), check))


def _open_to_add(path: str, flags: int) -> int:
    return open_regular(path, flags & ~os.O_CREAT)


def warn_unusable(code: str = "cache-damaged") -> Problem:
    """Return the warning that the file cannot be used, and why."""
    return warning(code, Place(f".sitegen/{FILE}"))
