"""Worker processes for one build.

The work is cut into chunks in a queue. Each worker takes the next chunk when it has finished one,
so a slow processor does not delay the others. Neighbouring items stay in one chunk: they often need
the same files, and each worker caches what it has read for itself alone.

Each worker says in shared memory which item it works on. So where one is ended by a library, by the
system or for taking too long (:mod:`sitegen.foundation.guard`), it is known which item did that:
its file has a problem, and others go on with the rest.
"""

import functools
import itertools
import mmap
import os
import select
import signal
import sys
from collections.abc import Callable, Container, Iterable, Sequence
from types import GenericAlias
from typing import BinaryIO, Generic, TypeVar

import msgspec

from sitegen.foundation.guard import (
    BlamelessError,
    TooSlowError,
    describe_end,
    describe_failure,
    limit_memory,
    limit_time,
)
from sitegen.model import Record
from sitegen.problems import Problem

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_POLL_SECONDS = 0.1
# The queue is a pipe that is filled before it is read: so many numbers fit into any pipe. With
# fewer files in a chunk, to search them for what is hidden takes more time (docs/trust.md).
_MOST_CHUNKS = 250
_NUMBER_SIZE = 2
_LENGTH_SIZE = 8
_FAULT = 70
# What a worker tells of itself while it works: the number of its item, and how many are done.
_SLOTS, _ITEM, _DONE = 2, 0, 1
_IDLE = -1
# With these signals an administrator ends a process, or the system where its memory is short.
_FROM_ELSEWHERE = frozenset({signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)})

# Called with the number of files that are done, and the number of all files.
ShowProgress = Callable[[int, int], None]


def ignore_progress(_done: int, _total: int) -> None:
    """Show nothing."""


class Guard(Record, Generic[_Item, _Result], frozen=True):
    """What happens where the work on one item fails, so that it stops no other.

    ``owner`` returns the file that is to blame for whatever happens to an item, or nothing where
    none is: then a failure ends the build, and the item may take any time. ``refuse`` makes the
    result of an item of its problem. ``risky`` tells whether libraries that may end their process
    work on an item: this is done in a process of its own.
    """

    owner: Callable[[_Item], str]
    refuse: Callable[[Problem], _Result]
    risky: Callable[[_Item], bool]


class _Ended(Record, frozen=True):
    """A worker that has ended: its item, its code or signal (less than 0), and what it sent."""

    item: int
    status: int
    sent: bytearray


class _Worker(Record, frozen=True):
    """A forked process, and the end of the pipe that its result is read from."""

    process: int
    reader: int


def default_jobs() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_items(
    look: Callable[[_Item], _Result],
    items: Sequence[_Item],
    kind: type[_Result],
    jobs: int,
    guard: Guard[_Item, _Result],
    starts: Sequence[int] = (),
    watch: ShowProgress = ignore_progress,
    finish: Callable[[], _Result] | None = None,
) -> list[_Result]:
    """Return ``look(item)``, of the type ``kind``, for each item in order.

    With one job this process does all the work, unless some of it is ``risky``; on systems without
    fork (Windows) it does all of it in every case.

    Arguments:
        look: the work on one item.
        items: what is worked on.
        kind: the type of the results, which workers send as MessagePack.
        jobs: the number of workers.
        guard: what happens where the work on an item fails, or ends its process.
        starts: the numbers of the items with which chunks may begin, in order (none: with any).
        watch: called every 0.1 seconds or more often with the number of items that are done, and of
            all items.
        finish: called after each chunk; what it returns stands behind the results of the items.
    """
    # Once is enough: a photo has a dozen renditions.
    failed: dict[str, Problem] = {}

    def do(number: int) -> _Result:
        item = items[number]
        if failed and (found := failed.get(guard.owner(item))):
            return guard.refuse(found)
        try:
            return look(item)
        except (Exception, TooSlowError) as error:  # noqa: BLE001 (whatever a library may raise)
            found = _blame(guard.owner(item), error)
            failed[found.place.path] = found
            return guard.refuse(found)

    def find_owner(number: int) -> str:
        return guard.owner(items[number])

    total = len(items)
    if not hasattr(os, "fork") or (jobs == 1 and not any(map(guard.risky, items))):
        return _do_here(do, find_owner, total, watch, finish)
    done: dict[int, _Result] = {}
    suspected: set[int] = set()
    chunks = _cut(range(total), starts or range(total))

    def show(count: int) -> None:
        watch(len(done) + count, total)

    while chunks:
        ended = _run_round(do, find_owner, chunks, jobs, show, finish)
        for each in ended:
            done |= _decode_frames(each.sent, kind)
        for number, found in _find_guilty(ended, find_owner, suspected).items():
            failed[found.place.path] = found
            done.setdefault(number, guard.refuse(found))
        suspected |= {each.item for each in ended if each.status}
        missing = [number for number in range(total) if number not in done]
        chunks = _cut(missing, range(len(missing)))
    return [done[number] for number in (*range(total), *(each for each in done if each < 0))]


def _blame(path: str, error: BaseException) -> Problem:
    """Return ``error`` as the problem of a file, or raise it where none is to blame."""
    if not path or isinstance(error, BlamelessError):
        raise error
    return describe_failure(error).at(path)


def _find_guilty(
    ended: Iterable[_Ended], find_owner: Callable[[int], str], suspected: Container[int]
) -> dict[int, Problem]:
    """Return the items that ended their worker, each with the problem of its file."""
    guilty: dict[int, Problem] = {}
    for each in ended:
        if each.status < 0 and -each.status in _FROM_ELSEWHERE and each.item not in suspected:
            # Somebody may have killed the worker; if that happens again, it is the item.
            continue
        path = find_owner(each.item) if each.item >= 0 else ""
        if each.status > 0 or (each.status and not path):
            raise RuntimeError("a worker failed")
        if each.status:
            guilty[each.item] = describe_end(-each.status).at(path)
    return guilty


def _do_here(
    do: Callable[[int], _Result],
    find_owner: Callable[[int], str],
    total: int,
    watch: ShowProgress,
    finish: Callable[[], _Result] | None,
) -> list[_Result]:
    """Do all the work in this process."""
    results: list[_Result] = []
    slot = _share_slots(1)
    with limit_time(functools.partial(_find_work, slot, find_owner), ending=False):
        for number in range(total):
            slot[_ITEM] = number
            results.append(do(number))
            slot[_ITEM] = _IDLE
            watch(number + 1, total)
    return [*results, finish()] if finish else results


def _cut(numbers: Sequence[int], starts: Sequence[int]) -> list[Sequence[int]]:
    """Return ``numbers`` in chunks, each of which begins at one of the places ``starts``."""
    size = -(-len(starts) // _MOST_CHUNKS) or 1
    bounds = [*starts[::size], len(numbers)]
    return [numbers[start:end] for start, end in itertools.pairwise(bounds)]


def _share_slots(jobs: int) -> "memoryview[int]":
    """Return what each worker tells of itself, in memory that this process and they share."""
    slots = memoryview(mmap.mmap(-1, 8 * _SLOTS * jobs)).cast("q")
    for worker in range(jobs):
        slots[worker * _SLOTS + _ITEM] = _IDLE
    return slots


def _find_work(slot: "memoryview[int]", find_owner: Callable[[int], str]) -> int:
    """Return the number of the item that is worked on, if a file is to blame for its time."""
    number = slot[_ITEM]
    return number if number >= 0 and find_owner(number) else _IDLE


def _run_round(
    do: Callable[[int], object],
    find_owner: Callable[[int], str],
    chunks: Sequence[Sequence[int]],
    jobs: int,
    watch: Callable[[int], None],
    finish: Callable[[], object] | None,
) -> list[_Ended]:
    """Let workers take ``chunks`` from a queue until it is empty or all of them have ended.

    ``watch`` is given the number of items that are done.
    """
    slots = _share_slots(jobs)
    queue, filler = os.pipe()
    os.write(filler, b"".join([each.to_bytes(_NUMBER_SIZE, "big") for each in range(len(chunks))]))
    os.close(filler)

    def serve(slot: int, pipe: BinaryIO) -> None:
        own = slots[slot : slot + _SLOTS]
        limit_memory()
        with limit_time(functools.partial(_find_work, own, find_owner), ending=True):
            while number := os.read(queue, _NUMBER_SIZE):
                results: dict[int, object] = {}
                chunk = chunks[int.from_bytes(number, "big")]
                for each in chunk:
                    own[_ITEM] = each
                    results[each] = do(each)
                    own[_ITEM] = _IDLE
                    own[_DONE] += 1
                if finish:
                    results[-1 - chunk[0]] = finish()
                frame = msgspec.msgpack.encode(results, enc_hook=bytes)
                pipe.write(len(frame).to_bytes(_LENGTH_SIZE, "big") + frame)
                pipe.flush()

    running = {
        worker.reader: (slot, worker, bytearray())
        for slot in range(0, jobs * _SLOTS, _SLOTS)
        for worker in [_fork(functools.partial(serve, slot))]
    }
    os.close(queue)
    ended: list[_Ended] = []
    try:
        while running:
            for reader in select.select(list(running), [], [], _POLL_SECONDS)[0]:
                slot, worker, received = running[reader]
                if data := os.read(reader, 1 << 20):
                    received += data
                    continue
                del running[reader]
                ended.append(_Ended(slots[slot + _ITEM], _wait(worker), received))
            watch(sum(slots[_DONE::_SLOTS]))
    finally:
        for _, worker, _ in running.values():
            os.kill(worker.process, signal.SIGKILL)
            _wait(worker)
    return ended


def _decode_frames(sent: bytearray, kind: type[_Result]) -> dict[int, _Result]:
    """Return the results that a worker sent; of one that ended while it sent, those before."""
    decoder = msgspec.msgpack.Decoder(GenericAlias(dict, (int, kind)), dec_hook=_make)
    view, start = memoryview(sent), 0
    results: dict[int, _Result] = {}
    while start < len(view):
        end = start + _LENGTH_SIZE + int.from_bytes(view[start : start + _LENGTH_SIZE], "big")
        if end > len(view):
            break
        results |= decoder.decode(view[start + _LENGTH_SIZE : end])
        start = end
    return results


def _make(kind: Callable[[bytes], object], data: bytes) -> object:
    """Return what is no record, of which a worker sent the bytes."""
    return kind(data)


def run_beside(
    work: Callable[[], _Result], kind: type[_Result], *, forked: bool
) -> Callable[[], _Result]:
    """Start ``work`` in another process, and return a function that waits for its result.

    Without ``forked``, and on systems without fork, that function does the work itself.
    """
    if not forked or not hasattr(os, "fork"):
        return work
    worker = _fork(lambda pipe: pipe.write(msgspec.msgpack.encode(work())))

    def wait() -> _Result:
        received = bytearray()
        while data := os.read(worker.reader, 1 << 20):
            received += data
        if _wait(worker):
            raise RuntimeError("a worker failed")
        result: _Result = msgspec.msgpack.decode(received, type=kind)
        return result

    return wait


def _fork(work: Callable[[BinaryIO], object]) -> _Worker:
    """Start a process that does ``work``, which is given the pipe to write its results to."""
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
            work(pipe)
        os._exit(0)
    except KeyboardInterrupt:
        os._exit(_FAULT)
    except BaseException:  # noqa: BLE001 (the child ends here, so no caller can report it)
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        os._exit(_FAULT)


def _wait(worker: _Worker) -> int:
    """Return with which code a worker has ended, or the signal that ended it as less than 0."""
    os.close(worker.reader)
    return os.waitstatus_to_exitcode(os.waitpid(worker.process, 0)[1])
