"""The content cache: the contents of each file as a build read them, in one file.

The cache makes builds faster and never changes the output: each record in it holds the digest of
the bytes that it was read from. A damaged cache, or one of another generator, is not used.
"""

import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from sitegen.content.published_media import MediaChoice
from sitegen.content.reading import Reading
from sitegen.foundation.packed import Packed, PackedLostError
from sitegen.incremental.cache_file import Segment, add_segment, warn_unusable, write_segment
from sitegen.incremental.manifest import GroupNote
from sitegen.media.inspection import InspectedFile
from sitegen.model import Record
from sitegen.pages.collisions import KnownAddresses
from sitegen.pages.related import KnownRelated
from sitegen.problems import Problem

# With more segments than this, or with more outdated records, the file is written again as one
# segment.
_MOST_SEGMENTS = 50
_SURPLUS = 0.25
# So many readings are encoded and decoded at once.
_BLOCK_SIZE = 1_000
_Block = tuple[Reading, ...]

_Name = TypeVar("_Name")
_Kind = TypeVar("_Kind")


class PlanCache(Record, frozen=True):
    """The results of planning that the next plan can use.

    ``links`` is ``known`` of :class:`~sitegen.pages.link_index.FollowedLinks`, ``anchors`` that of
    :class:`~sitegen.pages.anchors.FollowedAnchors`. ``media`` is what the media files that are
    published were chosen by. ``hidden`` are notes of the files that were made of hidden texts
    without an error, by group.
    """

    links: dict[bytes, bytes] = {}
    anchors: dict[bytes, tuple[str, ...]] = {}
    related: KnownRelated = KnownRelated()
    addresses: KnownAddresses = KnownAddresses()
    media: MediaChoice = MediaChoice()
    hidden: dict[str, GroupNote] = {}


class ContentCache(Record, frozen=True):
    """Readings by path, inspected files by path in NFC, and the digest of the configuration."""

    config: bytes = b""
    readings: dict[str, Reading] = {}
    inspected: dict[str, InspectedFile] = {}
    plan: PlanCache = PlanCache()


class _Contents(Record, frozen=True):
    """What a segment holds. Readings know their own paths; each of ``readings`` is a block of them.

    So neither who writes a segment nor who reads it ever holds the bytes of all readings.
    """

    config: bytes
    readings: tuple[Packed, ...]
    inspected: dict[str, InspectedFile]
    plan: PlanCache


class LoadedCache(Record, frozen=True):
    """The content of the cache, and the numbers of segments and records in its file."""

    content: ContentCache = ContentCache()
    segments: int = 0
    records: int = 0


def decode_segments(
    segments: Iterable[Segment], config: bytes
) -> tuple[LoadedCache, list[Problem]]:
    """Return the cache that these segments hold, with a warning if it cannot be used.

    Readings under another configuration than that with the digest ``config`` are left out.
    """
    readings: dict[str, Reading] = {}
    inspected: dict[str, InspectedFile] = {}
    plan = PlanCache()
    count = records = 0
    try:
        for segment in segments:
            contents = _decode(segment, segment.contents, _Contents)
            count += 1
            records += len(contents.inspected)
            for block in contents.readings:
                found = _decode(segment, bytes(block), _Block)
                records += len(found)
                if contents.config == config:
                    readings |= {each.document.path: each for each in found if each.document}
            inspected |= contents.inspected
            # A later segment holds only the new links, but all the rest.
            links = plan.links | contents.plan.links
            plan = msgspec.structs.replace(contents.plan, links=links)
    except (msgspec.DecodeError, PackedLostError):
        return LoadedCache(), [warn_unusable()]
    return LoadedCache(ContentCache(config, readings, inspected, plan), count, records), []


def save_cache(cache: Path, generator: bytes, known: LoadedCache, now: ContentCache) -> LoadedCache:
    """Add the content of ``now`` that is new to the file, and return the cache as it then is.

    If the cache cannot be written, the next build is only slower.
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
    grows = bool(added) or not same_plan
    segments, records = known.segments + grows, known.records + added
    outdated = records - total > _SURPLUS * total + 100
    whole = not known.segments or segments > _MOST_SEGMENTS or outdated
    new = now if whole else fresh

    def encode(keep: Callable[[Packed], bytes]) -> bytes:
        every = tuple(new.readings.values())
        starts = range(0, len(every), _BLOCK_SIZE)
        blocks = (every[start : start + _BLOCK_SIZE] for start in starts)
        kept = [keep(Packed(msgspec.msgpack.encode(each, enc_hook=keep))) for each in blocks]
        return msgspec.msgpack.encode((new.config, kept, new.inspected, new.plan))

    try:
        if whole:
            write_segment(cache, generator, encode)
            return LoadedCache(now, 1, total)
        if grows:
            add_segment(cache, encode)
    except (OSError, struct.error):
        # Places have no more than 32 bits.
        return LoadedCache(now)
    return LoadedCache(now, segments, records)


def _find_fresh(now: dict[_Name, _Kind], before: dict[_Name, _Kind]) -> dict[_Name, _Kind]:
    """Return the entries that are new or changed."""
    return {name: each for name, each in now.items() if before.get(name) != each}


def _decode(segment: Segment, data: bytes, kind: type[_Kind]) -> _Kind:
    def find(_: type, place: bytes) -> Packed:
        return Packed(place, segment.read)

    return msgspec.msgpack.decode(data, type=kind, dec_hook=find)
