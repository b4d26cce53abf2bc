"""The cache of what builds read: one file, to which each build adds what it read.

The cache changes how fast a build is, never what it writes: each record in it belongs to the bytes
whose digest it carries. A file that is damaged, foreign or of another version is not used.

The file is a head, which names the generator, and segments. A segment is the length and the CRC-32
of what follows: a :class:`ContentCache` as MessagePack. A later segment overrides an earlier one.
So one edited article costs one small segment, however large the archive is.
"""

import os
import struct
import zlib
from pathlib import Path
from typing import TypeVar

import msgspec

from sitegen.content.reading import Reading
from sitegen.media.inspection import InspectedFile
from sitegen.model import Record
from sitegen.problems import Place, Problem, warning

FILE = "memory"
_MAGIC = b"sitegen memory\n"
_SEGMENT = struct.Struct("<QI")
# When this many segments have gathered, or a good part of the file counts no longer, all is written
# anew.
_MOST_SEGMENTS = 50
_SURPLUS = 0.25
_LARGE = 4_000_000

_Name = TypeVar("_Name")
_Kind = TypeVar("_Kind")


class ContentCache(Record, frozen=True):
    """Readings by path, under a configuration with this digest; inspected files by path in NFC.

    ``answers`` are those of plans (:class:`sitegen.plan.Plan`).
    """

    config: bytes = b""
    readings: dict[str, Reading] = {}
    inspected: dict[str, InspectedFile] = {}
    answers: dict[bytes, bytes] = {}


class LoadedCache(Record, frozen=True):
    """What is known at the beginning of a build, and whether the file can simply grow."""

    memory: ContentCache = ContentCache()
    segments: int = 0
    records: int = 0


def is_large(cache: Path) -> bool:
    """Tell whether recalling takes longer than starting a process."""
    try:
        return (cache / FILE).stat().st_size > _LARGE
    except OSError:
        return False


def load_cache(cache: Path, engine: bytes, config: bytes) -> tuple[LoadedCache, list[Problem]]:
    """Return what the generator ``engine`` knows, with a warning where the file is of no use.

    Texts that were read under another configuration than ``config`` are not known.
    """
    head = _MAGIC + engine
    try:
        # Read, not mapped: a preview holds what it recalled while others may harm the file.
        kept = memoryview((cache / FILE).read_bytes())
    except FileNotFoundError:
        return LoadedCache(), []
    except (OSError, ValueError):
        return LoadedCache(), [_warn("cache-damaged")]
    if kept[: len(_MAGIC)] == _MAGIC and kept[: len(head)] != head and len(kept) >= len(head):
        return LoadedCache(), [_warn("cache-other-version")]
    if kept[: len(head)] != head:
        return LoadedCache(), [_warn("cache-damaged")]
    readings: dict[str, Reading] = {}
    inspected: dict[str, InspectedFile] = {}
    answers: dict[bytes, bytes] = {}
    segments = records = 0
    position = len(head)
    try:
        while position < len(kept):
            segment, position = _decode_segment(kept, position)
            if segment.config == config:
                readings |= segment.readings
            inspected |= segment.inspected
            answers |= segment.answers
            segments += 1
            records += len(segment.readings) + len(segment.inspected)
    except (ValueError, struct.error, msgspec.DecodeError):
        return LoadedCache(), [_warn("cache-damaged")]
    return LoadedCache(ContentCache(config, readings, inspected, answers), segments, records), []


def save_cache(cache: Path, engine: bytes, known: LoadedCache, memory: ContentCache) -> LoadedCache:
    """Write down what is known now beyond what was ``known``, and return what will be known then.

    A cache that cannot be written is only slow.
    """
    before = known.memory
    fresh = ContentCache(
        memory.config,
        _list_fresh(memory.readings, before.readings),
        _list_fresh(memory.inspected, before.inspected),
        _list_fresh(memory.answers, before.answers),
    )
    added = len(fresh.readings) + len(fresh.inspected)
    total = len(memory.readings) + len(memory.inspected)
    surplus = known.records + added - total
    grows = bool(added or fresh.answers)
    try:
        if (
            not known.segments
            or known.segments + grows > _MOST_SEGMENTS
            or surplus > _SURPLUS * total + 100
        ):
            cache.mkdir(parents=True, exist_ok=True)
            temporary = cache / f"{FILE}.new"
            temporary.write_bytes(_MAGIC + engine + _encode_segment(memory))
            temporary.replace(cache / FILE)
            return LoadedCache(memory, 1, total)
        if grows:
            # Not made where somebody deleted it: without a head it would be of no use.
            with (cache / FILE).open("r+b", buffering=0) as file:
                file.seek(0, os.SEEK_END)
                file.write(_encode_segment(fresh))
    except OSError:
        return LoadedCache(memory)
    return LoadedCache(memory, known.segments + grows, known.records + added)


def _list_fresh(now: dict[_Name, _Kind], before: dict[_Name, _Kind]) -> dict[_Name, _Kind]:
    """Return what is known now and was not known before."""
    if now is before:
        return {}
    return {name: each for name, each in now.items() if before.get(name) is not each}


def _encode_segment(memory: ContentCache) -> bytes:
    data = msgspec.msgpack.encode(memory)
    return _SEGMENT.pack(len(data), zlib.crc32(data)) + data


def _decode_segment(kept: memoryview, position: int) -> tuple[ContentCache, int]:
    length, check = _SEGMENT.unpack_from(kept, position)
    start = position + _SEGMENT.size
    data = kept[start : start + length]
    if len(data) != length or zlib.crc32(data) != check:
        raise ValueError(FILE)
    return _decode(data), start + length


_decode = msgspec.msgpack.Decoder(ContentCache).decode


def _warn(code: str) -> Problem:
    return warning(code, Place(f".sitegen/{FILE}"))
