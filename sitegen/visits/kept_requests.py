"""Requests that count, kept by day until all logs are read.

They lie in one file that has no name, so nothing is left of them when the program ends, however it
ends. They are packed, because logs are larger than memory.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager
from tempfile import TemporaryFile
from typing import IO

from sitegen.foundation.parts import digest_bytes
from sitegen.model import Record

_BLOCK = 1 << 18
# So many bytes of a digest tell the lines of a day apart.
_DIGEST = 12
_FAST = 1


class _Block(Record, frozen=True):
    """Where a packed block begins, its size, and the number of the log that it comes from."""

    start: int
    size: int
    log: int


class KeptRequests(AbstractContextManager["KeptRequests"]):
    """What is kept of requests: their lines for :mod:`~sitegen.visits.goaccess`, by day."""

    def __init__(self) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 (this object is what closes it)
        self._log = 0
        self._waiting: dict[str, list[bytes]] = defaultdict(list)
        self._sizes: dict[str, int] = defaultdict(int)
        self._blocks: dict[str, list[_Block]] = defaultdict(list)

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def keep(self, day: str, written: bytes, line: bytes) -> None:
        """Keep a ``line`` without line feeds; ``written`` is what the log says, to know a copy."""
        record = digest_bytes(written)[:_DIGEST].hex().encode() + line + b"\n"
        self._waiting[day].append(record)
        self._sizes[day] += len(record)
        if self._sizes[day] > _BLOCK:
            self._pack(day)

    def end_log(self) -> None:
        """Tell that all that is kept from now on comes from another log."""
        for day in list(self._waiting):
            self._pack(day)
        self._log += 1

    def list_days(self) -> list[str]:
        """Return the days of which something is kept, in their order."""
        return sorted(self._blocks)

    def list_lines(self, day: str) -> Iterator[bytes]:
        """Yield the lines of a day, each with its line feed.

        A line that stands in several logs is the same request. A line that stands several times in
        one log is as many requests: a reader may ask twice within a second.
        """
        known: dict[bytes, int] = {}
        own: dict[bytes, int] = {}
        log = -1
        alone = len({block.log for block in self._blocks[day]}) == 1
        for block in self._blocks[day]:
            if block.log != log:
                own, log = {}, block.log
            self._file.seek(block.start)
            unpacked = zlib.decompress(self._file.read(block.size))
            for record in unpacked.splitlines(keepends=True):
                if alone:
                    yield record[2 * _DIGEST :]
                    continue
                digest = record[: 2 * _DIGEST]
                own[digest] = count = own.get(digest, 0) + 1
                if count > known.get(digest, 0):
                    known[digest] = count
                    yield record[2 * _DIGEST :]

    def _pack(self, day: str) -> None:
        packed = zlib.compress(b"".join(self._waiting.pop(day)), _FAST)
        del self._sizes[day]
        start = self._file.seek(0, 2)
        self._file.write(packed)
        self._blocks[day].append(_Block(start, len(packed), self._log))
