"""Worker processes for one build.

The work is cut into chunks in a queue. Each worker takes the next chunk when it has finished one,
so a slow processor does not delay the others. Neighbouring items stay in one chunk: they often need
the same files, and each worker caches what it has read for itself alone.
"""

import functools
import mmap
import os
import select
import sys
from collections.abc import Callable, Iterator, Sequence
from types import GenericAlias
from typing import TypeVar

import msgspec

from sitegen.model import Record

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_POLL_SECONDS = 0.1
# The queue is a pipe that is filled before it is read. 500 numbers fit into any pipe.
_MOST_CHUNKS = 500
_NUMBER_SIZE = 2
_FAULT = 70

# Called with the number of files that are done, and the number of all files.
ShowProgress = Callable[[int, int], None]


def ignore_progress(_done: int, _total: int) -> None:
    """Show nothing."""


def share_counts(jobs: int) -> "memoryview[int]":
    """Return a count for each worker, 0 at first, in memory that this process and they share."""
    return memoryview(mmap.mmap(-1, 8 * jobs)).cast("q")


class _Worker(Record, frozen=True):
    """A forked process, and the end of the pipe that its result is read from."""

    process: int
    reader: int


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
    size = -(-count // _MOST_CHUNKS) or 1
    queue, filler = os.pipe()
    numbers = range(-(-count // size))
    os.write(filler, b"".join([number.to_bytes(_NUMBER_SIZE, "big") for number in numbers]))
    os.close(filler)

    def take_chunks() -> Iterator[range]:
        while number := os.read(queue, _NUMBER_SIZE):
            start = int.from_bytes(number, "big") * size
            yield range(start, min(start + size, count))

    workers = [_fork(functools.partial(work, number, take_chunks())) for number in range(jobs)]
    os.close(queue)
    received = [_receive(worker, watch) for worker in workers]
    return [_decode(data, kind) for data in received]


def map_items(
    look: Callable[[_Item], _Result], items: Sequence[_Item], kind: type[_Result], jobs: int
) -> list[_Result]:
    """Return ``look(item)``, of the type ``kind``, for each item in order."""

    def work(_: int, chunks: Iterator[range]) -> dict[int, _Result]:
        return {number: look(items[number]) for chunk in chunks for number in chunk}

    done: dict[int, _Result] = {}
    for each in run_workers(work, GenericAlias(dict, (int, kind)), len(items), jobs):
        done |= each
    return [done[number] for number in range(len(items))]


def run_beside(
    work: Callable[[], _Result], kind: type[_Result], *, forked: bool
) -> Callable[[], _Result]:
    """Start ``work`` in another process, and return a function that waits for its result.

    Without ``forked``, and on systems without fork, that function does the work itself.
    """
    if not forked or not hasattr(os, "fork"):
        return work
    worker = _fork(work)
    return lambda: _decode(_receive(worker), kind)


def _fork(work: Callable[[], object]) -> _Worker:
    sys.stdout.flush()
    sys.stderr.flush()
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return _Worker(process, reader)
    # The child process ends here in every case: it must never return into the parent's code.
    try:
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(msgspec.msgpack.encode(work()))
        os._exit(0)
    except BaseException:  # noqa: BLE001 (the child ends here, so no caller can report it)
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        os._exit(_FAULT)


def _receive(worker: _Worker, watch: Callable[[], object] = bool) -> bytearray:
    """Wait until a worker has ended, and return what it sent: nothing, if it failed."""
    received = bytearray()
    while True:
        if select.select([worker.reader], [], [], _POLL_SECONDS)[0]:
            data = os.read(worker.reader, 1 << 20)
            if not data:
                break
            received += data
        watch()
    os.close(worker.reader)
    return received if os.waitpid(worker.process, 0)[1] == 0 else bytearray()


def _decode(received: bytearray, kind: type[_Result] | GenericAlias) -> _Result:
    if not received:
        raise RuntimeError("a worker failed")
    result: _Result = msgspec.msgpack.decode(received, type=kind)
    return result
