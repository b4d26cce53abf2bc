"""What the work on one file may take, and what is said of a file whose work fails.

A library may fail on a file in any way: with an exception, in an endless search, by taking all
memory, by ending its process. None of it may stop the others. So time is counted by the system
while a file is worked on, which costs nothing for each file, and a process that does not come back
from a library is ended by the system too (:mod:`sitegen.foundation.workers`).
"""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from sitegen.foundation.files import read_file
from sitegen.foundation.text import format_size
from sitegen.model import Record
from sitegen.problems import Place, Problem, problem

# Of the processor, in both kinds of time: a machine with much to do refuses no more than an idle
# one.
CPU_SECONDS = 5.0
# What a worker may take in addition to what it was born with: a picture of the most pixels that are
# allowed takes half of it.
MEMORY = 1_600_000_000
_TICK_SECONDS = 0.25
# A signal that ends a process which has not come back from a library for this much longer.
_MERCY_SECONDS = 1.0
# Where a process of Linux finds how many pages of memory it has.
_OWN_MEMORY = Path("/proc/self/statm")


class TooSlowError(BaseException):
    """The work on a file took too long. It is no ``Exception``, which a library might catch."""


class BlamelessError(Exception):
    """The cause of this error is no file that is worked on."""


class Failure(Record, frozen=True):
    """Why the work on a file failed: the code and the arguments of its problem."""

    code: str
    arguments: dict[str, str]

    def at(self, path: str) -> Problem:
        """Return the failure as the problem of a file."""
        return problem(self.code, Place(path), **self.arguments)


def describe_failure(error: BaseException) -> Failure:
    """Return what an exception says of the file that was worked on when it was raised.

    ``reason`` names the exception and the function that raised it, for whoever mends it: the words
    of a library are in the language of its authors. ``trace`` is printed on demand only.
    """
    # Nearly no build needs it, and it takes long to load.
    import traceback

    trace = "".join(traceback.format_exception(error))
    if isinstance(error, TooSlowError):
        return Failure("file-slow", {"seconds": f"{CPU_SECONDS:g}", "trace": trace})
    if isinstance(error, MemoryError):
        return Failure("file-memory", {"limit": format_size(MEMORY), "trace": trace})
    name = type(error).__name__
    frames = list(traceback.walk_tb(error.__traceback__))
    if frames:
        frame = frames[-1][0]
        module = frame.f_globals.get("__name__", "")
        name = f"{name}, {module}.{frame.f_code.co_name}"
    return Failure("file-failed", {"reason": name, "trace": trace})


def describe_end(number: int) -> Failure:
    """Return what the signal that ended a worker says of the file that it worked on."""
    if number == _find_signal("SIGVTALRM"):
        return Failure("file-slow", {"seconds": f"{CPU_SECONDS:g}"})
    names = {each.value: each.name for each in signal.Signals}
    return Failure("file-failed", {"reason": names.get(number, str(number))})


@contextlib.contextmanager
def limit_time(find_work: Callable[[], int], *, ending: bool) -> Iterator[None]:
    """Raise :class:`TooSlowError` where one piece of work takes too long.

    Arguments:
        find_work: returns the number of the piece that is worked on, or less than 0 where there is
            none, or where it may take any time.
        ending: whether the system ends this process, with ``SIGVTALRM``, where a library does not
            come back.

    Outside the main thread, and on systems without such timers (Windows), there is no limit.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    work, since = -1, 0.0

    def tick(_signal: int, _frame: object) -> None:
        nonlocal work, since
        if ending:
            signal.setitimer(signal.ITIMER_VIRTUAL, CPU_SECONDS + _MERCY_SECONDS)
        now, number = sum(os.times()[:2]), find_work()
        if number != work:
            work, since = number, now
        elif number >= 0 and now - since >= CPU_SECONDS - _TICK_SECONDS:
            raise TooSlowError

    try:
        signal.signal(signal.SIGPROF, tick)
    except ValueError:  # not in the main thread
        yield
        return
    if ending:
        signal.setitimer(signal.ITIMER_VIRTUAL, CPU_SECONDS + _MERCY_SECONDS)
    signal.setitimer(signal.ITIMER_PROF, _TICK_SECONDS, _TICK_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        if ending:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        # A last signal may be on its way, and by default it would end this process.
        signal.signal(signal.SIGPROF, signal.SIG_IGN)


def limit_memory() -> None:
    """Let this process take no more memory than :data:`MEMORY` in addition to what it has.

    Only Linux says how much a process has; elsewhere there is no limit.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(read_file(_OWN_MEMORY).split()[0])
        most = pages * resource.getpagesize() + MEMORY
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _find_signal(name: str) -> int:
    return int(getattr(signal, name, 0))
