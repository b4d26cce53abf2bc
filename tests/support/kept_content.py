"""The content cache as it lies in its folder."""

from pathlib import Path

from sitegen.incremental.cache_file import read_segments
from sitegen.incremental.content_cache import LoadedCache, decode_segments
from sitegen.problems import Problem


def load_cache(cache: Path, generator: bytes, config: bytes) -> tuple[LoadedCache, list[Problem]]:
    """Return the cache that ``generator`` wrote, with a warning if the file cannot be used."""
    segments, unread = read_segments(cache, generator)
    known, undecoded = decode_segments(segments, config)
    return known, unread + undecoded
