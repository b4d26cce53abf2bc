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
from sitegen.pages.related import KnownRelated
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


class PlanCache(Record, frozen=True):
    """What a plan found out, for as long as what it depends on is the same.

    ``links`` are the digests of where the links of a year's articles lead, by the digest of these
    articles and of everything that can be linked to. ``addresses`` is the digest of all addresses,
    none of which is claimed twice.
    """

    links: dict[bytes, bytes] = {}
    related: KnownRelated = KnownRelated()
    addresses: bytes = b""


class ContentCache(Record, frozen=True):
    """Readings by path, under a configuration with this digest; inspected files by path in NFC."""

    config: bytes = b""
    readings: dict[str, Reading] = {}
    inspected: dict[str, InspectedFile] = {}
    plan: PlanCache = PlanCache()


class LoadedCache(Record, frozen=True):
    """The cache as a build finds it: its content, and the numbers of segments and records in it."""

    content: ContentCache = ContentCache()
    segments: int = 0
    records: int = 0


def is_large(cache: Path) -> bool:
    """Tell whether loading takes longer than starting a process."""
    try:
        return (cache / FILE).stat().st_size > _LARGE
    except OSError:
        return False


def load_cache(cache: Path, generator: bytes, config: bytes) -> tuple[LoadedCache, list[Problem]]:
    """Return what the generator ``generator`` knows, with a warning where the file is of no use.

    Texts that were read under another configuration than ``config`` are not known.
    """
    head = _MAGIC + generator
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
    plan = PlanCache()
    segments = records = 0
    position = len(head)
    try:
        while position < len(kept):
            segment, position = _decode_segment(kept, position)
            if segment.config == config:
                readings |= segment.readings
            inspected |= segment.inspected
            plan = _add_plan(plan, segment.plan)
            segments += 1
            records += len(segment.readings) + len(segment.inspected)
    except (ValueError, struct.error, msgspec.DecodeError):
        return LoadedCache(), [_warn("cache-damaged")]
    return LoadedCache(ContentCache(config, readings, inspected, plan), segments, records), []


def save_cache(cache: Path, generator: bytes, known: LoadedCache, now: ContentCache) -> LoadedCache:
    """Write down what is known now beyond what was ``known``, and return what will be known then.

    A cache that cannot be written is only slow.
    """
    before = known.content
    fresh = ContentCache(
        now.config,
        _find_fresh(now.readings, before.readings),
        _find_fresh(now.inspected, before.inspected),
        msgspec.structs.replace(now.plan, links=_find_fresh(now.plan.links, before.plan.links)),
    )
    same_plan = fresh.plan == msgspec.structs.replace(before.plan, links={})
    added = len(fresh.readings) + len(fresh.inspected)
    total = len(now.readings) + len(now.inspected)
    surplus = known.records + added - total
    grows = bool(added) or not same_plan
    try:
        if (
            not known.segments
            or known.segments + grows > _MOST_SEGMENTS
            or surplus > _SURPLUS * total + 100
        ):
            cache.mkdir(parents=True, exist_ok=True)
            temporary = cache / f"{FILE}.new"
            temporary.write_bytes(_MAGIC + generator + _encode_segment(now))
            temporary.replace(cache / FILE)
            return LoadedCache(now, 1, total)
        if grows:
            # Not made where somebody deleted it: without a head it would be of no use.
            with (cache / FILE).open("r+b", buffering=0) as file:
                file.seek(0, os.SEEK_END)
                file.write(_encode_segment(fresh))
    except OSError:
        return LoadedCache(now)
    return LoadedCache(now, known.segments + grows, known.records + added)


def _find_fresh(now: dict[_Name, _Kind], before: dict[_Name, _Kind]) -> dict[_Name, _Kind]:
    """Return what is known now and was not known before."""
    if now == before:
        return {}
    return {name: each for name, each in now.items() if before.get(name) != each}


def _add_plan(before: PlanCache, later: PlanCache) -> PlanCache:
    """Return what two segments say of plans: a later one says all but the links anew."""
    return msgspec.structs.replace(later, links=before.links | later.links)


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
