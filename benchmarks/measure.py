"""One run of a program: how long it took, and how much memory all its processes held together."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.05
_PROC = Path("/proc")
# Where the session stands in /proc/PID/stat, counted from what follows the program's name.
_SESSION = 3


class RunFailedError(Exception):
    """The program ended with an error, or not within its time."""


class TooSlowError(RunFailedError):
    """The program did not end within its time."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall time, and the peak of memory if it was sampled (else 0).

    ``processor`` is the time that processors worked for it, in all its processes: it hardly depends
    on what else the machine does.
    """

    seconds: float
    memory: int
    processor: float = 0.0


def run_program(
    command: Sequence[str],
    folder: Path,
    log: Path,
    *,
    limit: float,
    sample: bool,
    interval: float = INTERVAL,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run ``command`` in ``folder`` to its end, its output in the file ``log``.

    With ``sample`` the memory of its processes is read every ``interval`` seconds, which costs a
    little time: so a run either gives the time that counts, or the memory.

    Raises :class:`RunFailedError`.
    """
    with log.open("wb") as stream:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        memory = 0
        # A wait with a limit looks up every 50 ms: too coarse for what takes half a second.
        alarm = threading.Timer(limit, end_session, [process])
        alarm.start()
        try:
            if sample:
                memory = _watch_memory(process, start + limit, interval)
            code, processor = _wait(process)
            seconds = time.perf_counter() - start
        finally:
            alarm.cancel()
            end_session(process)
    if seconds >= limit:
        raise TooSlowError(f"{Path(command[0]).name}: more than {limit:.0f} s")
    if code:
        tail = log.read_text("utf-8", "replace")[-2_000:]
        raise RunFailedError(f"{' '.join(command)}: exit code {code}\n{tail}")
    return Run(seconds, memory, processor)


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Return the exit code of a process when it ends, and the processor time that it took."""
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except ChildProcessError:
        # The alarm has ended it, and waited for it.
        return process.wait(), 0.0
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime


def end_session(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started in a session of its own, and all that it started there."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _watch_memory(process: subprocess.Popen[bytes], deadline: float, interval: float) -> int:
    """Return the most memory that the session's processes held at once, until it ends."""
    peak = 0
    while not _has_ended(process) and time.perf_counter() < deadline:
        peak = max(peak, sum(read_memory(number) for number in find_session(process.pid)))
        time.sleep(interval)
    return peak


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether a process has ended, and leave it to whoever asks what it took."""
    ended = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, process.pid, ended) is not None


def find_session(session: int) -> Iterator[int]:
    """Yield the process ids of a session: a program and all that it started."""
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[_SESSION]) == session:
                yield int(folder.name)


def read_memory(number: int) -> int:
    """Return a process's memory in bytes, its part of what it shares with others (PSS)."""
    try:
        text = (_PROC / str(number) / "smaps_rollup").read_text()
    except OSError:
        return 0
    return next(
        (int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0
    )
