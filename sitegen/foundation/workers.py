"""Worker processes for one build.

The work is cut into chunks in a queue. Each worker takes the next chunk when it has finished one,
so a slow processor does not delay the others. Neighbouring items stay in one chunk: they often need
the same files, and each worker caches what it has read for itself alone.
"""

import mmap
import os
import select
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from types import GenericAlias
from typing import Generic, TypeVar

import msgspec

from sitegen.model import Record

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_POLL_SECONDS = 0.1
# The queue is a pipe that is filled before it is read. 500 numbers of four bytes fit into any pipe.
_MOST_CHUNKS = 500
_START = struct.Struct("=i")
_FAULT = 70

# Called with the number of files that are done, and the number of all files.
ShowProgress = Callable[[int, int], None]


def ignore_progress(_done: int, _total: int) -> None:
    """Show nothing."""


class Counter:
    """Counts how many items each worker has done, in shared memory."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._memory = mmap.mmap(-1, 8 * jobs)

    def advance(self, worker: int) -> None:
        """Add one to the items done by ``worker``."""
        done = struct.unpack_from("q", self._memory, 8 * worker)[0]
        struct.pack_into("q", self._memory, 8 * worker, done + 1)

    def total(self) -> int:
        """Return the number of items done by all workers."""
        return sum(struct.unpack_from(f"{self._jobs}q", self._memory))


class _Worker(Record, frozen=True):
    """A forked process, and the end of the pipe that its result is read from."""

    process: int
    reader: int


class _DoneChunk(Record, Generic[_Result], frozen=True):
    """The results of a chunk of items; ``start`` is the number of its first item."""

    start: int
    results: list[_Result]


def default_jobs() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_workers(
    work: Callable[[int, Iterator[range]], _Result],
    kind: type[_Result] | GenericAlias,
    count: int,
    jobs: int,
    watch: Callable[[], object] = bool,
) -> list[_Result]:
    """Let ``jobs`` forked processes work on ``count`` items, and return the result of each process.

    With one job, and on systems without fork (Windows), this process does all the work.

    Arguments:
        work: the function of each worker; it is given the worker's number (from 0), and the chunks
            of item numbers that the worker takes from the queue.
        kind: the type of its result, which is sent as MessagePack.
        count: the number of items.
        jobs: the number of workers.
        watch: called every 0.1 seconds or more often while the workers run.
    """
    if jobs == 1 or not hasattr(os, "fork"):
        return [work(0, iter([range(count)]))]
    sys.stdout.flush()
    sys.stderr.flush()
    size = -(-count // _MOST_CHUNKS)
    queue = _fill_queue(range(0, count, size or 1))

    def take_chunks() -> Iterator[range]:
        while number := os.read(queue, _START.size):
            start = _START.unpack(number)[0]
            yield range(start, min(start + size, count))

    workers = [_fork(lambda number: work(number, take_chunks()), number) for number in range(jobs)]
    os.close(queue)
    received = {worker.reader: bytearray() for worker in workers}
    waiting = set(received)
    while waiting:
        ready, _, _ = select.select(list(waiting), [], [], _POLL_SECONDS)
        for reader in ready:
            data = os.read(reader, 1 << 20)
            received[reader] += data
            if not data:
                os.close(reader)
                waiting.discard(reader)
        watch()
    failed = [worker for worker in workers if os.waitpid(worker.process, 0)[1] != 0]
    if failed:
        raise RuntimeError(f"{len(failed)} workers failed")
    return [msgspec.msgpack.decode(received[worker.reader], type=kind) for worker in workers]


def map_items(
    look: Callable[[_Item], _Result], items: Sequence[_Item], kind: type[_Result], jobs: int
) -> list[_Result]:
    """Return ``look(item)``, of the type ``kind``, for each item in order."""

    def work(_: int, chunks: Iterator[range]) -> list[_DoneChunk[_Result]]:
        return [
            _DoneChunk(chunk.start, [look(item) for item in items[chunk.start : chunk.stop]])
            for chunk in chunks
        ]

    done_chunks = GenericAlias(list, (GenericAlias(_DoneChunk, (kind,)),))
    done = chain.from_iterable(run_workers(work, done_chunks, len(items), jobs))
    in_order = sorted(done, key=lambda chunk: chunk.start)
    return list(chain.from_iterable(chunk.results for chunk in in_order))


def _fill_queue(starts: Sequence[int]) -> int:
    """Return a pipe that holds the first number of each chunk; one read takes one whole number."""
    reader, writer = os.pipe()
    os.write(writer, b"".join([_START.pack(start) for start in starts]))
    os.close(writer)
    return reader


def run_beside(
    work: Callable[[], _Result], kind: type[_Result], *, forked: bool
) -> Callable[[], _Result]:
    """Start ``work`` in another process, and return a function that waits for its result.

    Without ``forked``, and on systems without fork, that function does the work itself.
    """
    if not forked or not hasattr(os, "fork"):
        return work
    sys.stdout.flush()
    sys.stderr.flush()
    worker = _fork(lambda _: work(), 0)

    def wait() -> _Result:
        with os.fdopen(worker.reader, "rb") as pipe:
            received = pipe.read()
        if os.waitpid(worker.process, 0)[1] != 0:
            raise RuntimeError("a worker failed")
        return msgspec.msgpack.decode(received, type=kind)

    return wait


def _fork(work: Callable[[int], _Result], number: int) -> _Worker:
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return _Worker(process, reader)
    # The child process ends here in every case: it must never return into the parent's code.
    try:
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(msgspec.msgpack.encode(work(number)))
        os._exit(0)
    except BaseException:  # noqa: BLE001 (the child ends here, so no caller can report it)
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        os._exit(_FAULT)
    raise AssertionError
