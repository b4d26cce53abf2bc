"""Processes that share the work of one build; each keeps what it reads to itself.

Work is dealt in portions, and whoever is done takes the next one: no two processors are equally
fast at any time. What stands side by side stays together, because it often needs the same things.
"""

import mmap
import os
import select
import struct
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from types import GenericAlias
from typing import TypeVar

import msgspec

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_POLL_SECONDS = 0.1
# Their numbers, four bytes each, fit into a pipe at once on every system.
_MOST_PORTIONS = 500
_TICKET = struct.Struct("=i")
_FAULT = 70

Progress = Callable[[int], None]


class Counter:
    """How many items each worker has done, in memory that forked processes share."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._memory = mmap.mmap(-1, 8 * jobs)

    def advance(self, worker: int) -> None:
        """Count one more item done by ``worker``."""
        done = struct.unpack_from("q", self._memory, 8 * worker)[0]
        struct.pack_into("q", self._memory, 8 * worker, done + 1)

    def total(self) -> int:
        """Return the number of items done by all workers."""
        return sum(struct.unpack_from(f"{self._jobs}q", self._memory))


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
    """Return what each of ``jobs`` forked processes gave for its share of ``count`` items.

    Each does ``work(worker, portions)``: its number from 0, and portions of the items' numbers as
    it takes them. Results travel as MessagePack of the type ``kind``. ``watch`` is called now and
    then. With one job, and where there is no fork (Windows), everything happens in this process.
    """
    if jobs == 1 or not hasattr(os, "fork"):
        return [work(0, iter([range(count)]))]
    sys.stdout.flush()
    sys.stderr.flush()
    size = -(-count // _MOST_PORTIONS)
    tickets = _offer_tickets(range(0, count, size or 1))

    def take() -> Iterator[range]:
        while ticket := os.read(tickets, _TICKET.size):
            start = _TICKET.unpack(ticket)[0]
            yield range(start, min(start + size, count))

    readers = [_fork(lambda number: work(number, take()), number) for number in range(jobs)]
    os.close(tickets)
    received = {reader: bytearray() for reader, _ in readers}
    waiting = set(received)
    while waiting:
        ready, _, _ = select.select(list(waiting), [], [], _POLL_SECONDS)
        for reader in ready:
            chunk = os.read(reader, 1 << 20)
            received[reader] += chunk
            if not chunk:
                os.close(reader)
                waiting.discard(reader)
        watch()
    failed = [process for _, process in readers if os.waitpid(process, 0)[1] != 0]
    if failed:
        raise RuntimeError(f"{len(failed)} workers failed")
    return [msgspec.msgpack.decode(received[reader], type=kind) for reader, _ in readers]


def map_items(
    look: Callable[[_Item], _Result], items: Sequence[_Item], kind: type[_Result], jobs: int
) -> list[_Result]:
    """Return ``look(item)``, a record of the type ``kind``, for each item in order."""

    def work(_: int, portions: Iterator[range]) -> list[tuple[int, list[_Result]]]:
        return [
            (portion.start, [look(item) for item in items[portion.start : portion.stop]])
            for portion in portions
        ]

    shares = GenericAlias(list, (GenericAlias(tuple, (int, GenericAlias(list, (kind,)))),))
    looked = chain(*run_workers(work, shares, len(items), jobs))
    return list(chain.from_iterable(each for _, each in sorted(looked, key=lambda each: each[0])))


def _offer_tickets(numbers: Sequence[int]) -> int:
    """Return a pipe of tickets, each of which goes to one reader alone: reading is indivisible."""
    reader, writer = os.pipe()
    os.write(writer, b"".join([_TICKET.pack(number) for number in numbers]))
    os.close(writer)
    return reader


def run_beside(
    work: Callable[[], _Result], kind: type[_Result], *, forked: bool
) -> Callable[[], _Result]:
    """Begin ``work`` in another process and return what waits for its result.

    Without ``forked``, and where there is no fork, the work is done when the result is asked for.
    """
    if not forked or not hasattr(os, "fork"):
        return work
    sys.stdout.flush()
    sys.stderr.flush()
    reader, process = _fork(lambda _: work(), 0)

    def wait() -> _Result:
        with os.fdopen(reader, "rb") as pipe:
            received = pipe.read()
        if os.waitpid(process, 0)[1] != 0:
            raise RuntimeError("a worker failed")
        return msgspec.msgpack.decode(received, type=kind)

    return wait


def _fork(work: Callable[[int], _Result], number: int) -> tuple[int, int]:
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return reader, process
    # The child: it ends here, whatever happens, and never returns into the parent's code.
    try:
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(msgspec.msgpack.encode(work(number)))
        os._exit(0)
    except BaseException:  # noqa: BLE001 (reported here, since nobody above can)
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(_FAULT)
    raise AssertionError
