"""The cache of what builds read: one file, to which each build adds what it read.

The cache changes how fast a build is, never what it writes: each record in it belongs to the bytes
whose digest it carries. A file that is damaged, foreign or of another version is not used.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from sitegen.content.reading import Reading
from sitegen.incremental.cache_file import (
    add_segment,
    read_segments,
    warn_damaged,
    write_segment,
)
from sitegen.media.inspection import InspectedFile
from sitegen.model import Record
from sitegen.pages.related import KnownRelated
from sitegen.problems import Problem

# When this many segments have gathered, or a good part of the file counts no longer, all is written
# anew.
_MOST_SEGMENTS = 50
_SURPLUS = 0.25

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


def load_cache(cache: Path, generator: bytes, config: bytes) -> tuple[LoadedCache, list[Problem]]:
    """Return what the generator ``generator`` knows, with a warning where the file is of no use.

    Texts that were read under another configuration than ``config`` are not known.
    """
    segments, problems = read_segments(cache, generator)
    return (LoadedCache(), problems) if problems else decode_segments(segments, config)


def decode_segments(
    segments: Iterable[memoryview], config: bytes
) -> tuple[LoadedCache, list[Problem]]:
    """Return what segments of the file say; see :func:`load_cache`."""
    readings: dict[str, Reading] = {}
    inspected: dict[str, InspectedFile] = {}
    plan = PlanCache()
    count = records = 0
    try:
        for segment in map(_decode, segments):
            if segment.config == config:
                readings |= segment.readings
            inspected |= segment.inspected
            plan = _add_plan(plan, segment.plan)
            count += 1
            records += len(segment.readings) + len(segment.inspected)
    except msgspec.DecodeError:
        return LoadedCache(), [warn_damaged()]
    if not count:
        return LoadedCache(), []
    return LoadedCache(ContentCache(config, readings, inspected, plan), count, records), []


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
            write_segment(cache, generator, _encode(now))
            return LoadedCache(now, 1, total)
        if grows:
            add_segment(cache, _encode(fresh))
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


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(ContentCache).decode
