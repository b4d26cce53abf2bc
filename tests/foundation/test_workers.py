import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from sitegen.foundation import guard
from sitegen.foundation.guard import BlamelessError
from sitegen.foundation.workers import Guard, default_jobs, map_items, run_beside
from sitegen.model import Record
from sitegen.problems import Problem
from support.doubles import set_constants

forks = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork on Windows")


class Result(Record, frozen=True):
    """What the work of these tests gives back for an item."""

    number: int
    process: int = 0
    problem: Problem | None = None


def work(number: int) -> Result:
    return Result(number, os.getpid())


def guarded(*, risky: bool = False, owner: str = "content/{}.md") -> Guard[int, Result]:
    return Guard(owner.format, lambda found: Result(-1, problem=found), lambda _: risky)


def run(look: Callable[[int], Result], count: int, jobs: int) -> list[Result]:
    return map_items(look, range(count), Result, jobs, guarded())


def refused(results: list[Result]) -> dict[str, str]:
    """Return the code of each problem by the file that it names."""
    return {each.problem.place.path: each.problem.code for each in results if each.problem}


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 499, 500, 501, 1234])
def test_what_was_looked_at_comes_back_in_order(jobs: int, count: int) -> None:
    assert [each.number for each in run(work, count, jobs)] == list(range(count))


@forks
def test_who_is_done_takes_the_next_chunk() -> None:
    def dawdle(number: int) -> Result:
        if number == 0:
            time.sleep(1)
        return work(number)

    results = run(dawdle, 100, 2)
    processes = [each.process for each in results]
    assert sorted(map(processes.count, set(processes))) == [1, 99]


@forks
def test_neighbours_stay_together() -> None:
    processes = [each.process for each in run(work, 5_000, 2)]
    assert all(len(set(processes[start : start + 10])) == 1 for start in range(0, 5_000, 10))


@forks
@pytest.mark.parametrize("count", [3, 999, 3_000])
def test_chunks_begin_where_they_may(count: int) -> None:
    starts = range(0, count, 3)
    results = map_items(work, range(count), Result, 2, guarded(), starts)
    assert [each.number for each in results] == list(range(count))
    processes = [each.process for each in results]
    assert all(len(set(processes[start : start + 3])) == 1 for start in starts)


@forks
def test_one_job_needs_no_process_unless_the_work_is_risky() -> None:
    assert {each.process for each in run(work, 100, 1)} == {os.getpid()}
    risky = map_items(work, range(100), Result, 1, guarded(risky=True))
    assert len({os.getpid(), *(each.process for each in risky)}) == 2

    def dawdle(number: int) -> Result:
        time.sleep(0.01)
        return work(number)

    shared = run(dawdle, 100, 2)
    assert len({os.getpid(), *(each.process for each in shared)}) == 3


def test_large_results_come_through() -> None:
    def make_large(number: int) -> list[int]:
        return list(range(number, 100_000))

    lists: Guard[int, list[int]] = Guard(str, lambda _: [], bool)
    results = map_items(make_large, range(20), list[int], 2, lists)
    assert [len(each) for each in results] == list(range(100_000, 99_980, -1))


def fail(number: int) -> Result:
    match number:
        case 3:
            raise ValueError("the words of a library")
        case 5:
            raise MemoryError
        case 7:
            raise RecursionError
        case 9:
            raise OSError(5, "Input/output error")
        case _:
            return work(number)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_is_a_problem_of_its_file_and_stops_no_other(jobs: int) -> None:
    results = run(fail, 1234, jobs)
    assert refused(results) == {
        "content/3.md": "file-failed",
        "content/5.md": "file-memory",
        "content/7.md": "file-failed",
        "content/9.md": "file-failed",
    }
    assert [each.number for each in results if not each.problem] == [
        number for number in range(1234) if number not in {3, 5, 7, 9}
    ]
    found = results[3].problem
    assert found
    assert found.arguments["reason"] == f"ValueError, {__name__}.fail"
    assert "the words of a library" in found.arguments["trace"]


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    set_constants(monkeypatch, CPU_SECONDS=0.5, _MERCY_SECONDS=0.5, _TICK_SECONDS=0.05)


def search_for_ever(number: int) -> Result:
    while number == 50:
        pass
    return work(number)


def stay_in_a_library(number: int) -> Result:
    return Result(sum(range(10**10))) if number == 50 else work(number)


@forks
@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("look", "jobs", "risky"),
    [
        (search_for_ever, 1, False),
        (search_for_ever, 1, True),
        (search_for_ever, 2, False),
        (stay_in_a_library, 1, True),
        (stay_in_a_library, 2, False),
    ],
)
def test_what_takes_too_long_is_ended_and_its_file_named(
    look: Callable[[int], Result], jobs: int, *, risky: bool
) -> None:
    results = map_items(look, range(1234), Result, jobs, guarded(risky=risky))
    assert refused(results) == {"content/50.md": "file-slow"}
    assert len([each for each in results if not each.problem]) == 1233


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_failed_is_not_tried_again(jobs: int) -> None:
    tried: list[int] = []

    def note(number: int) -> Result:
        tried.append(number)
        raise ValueError(tried)

    results = map_items(note, range(600), Result, jobs, guarded(owner="content/photo.jpg"))
    seen = {str(each.problem and each.problem.arguments["trace"].count(",")) for each in results}
    assert len(results) == 600
    assert len(seen) == 1


@forks
@pytest.mark.usefixtures("hurried")
def test_much_work_is_not_slow_work() -> None:
    def take_a_while(number: int) -> Result:
        before = sum(os.times()[:2])
        while sum(os.times()[:2]) - before < 0.1:
            pass
        return work(number)

    for jobs in (1, 2):
        assert refused(run(take_a_while, 20, jobs)) == {}


@forks
@pytest.mark.usefixtures("hurried")
def test_what_no_file_is_to_blame_for_may_take_any_time() -> None:
    def take_long(number: int) -> Result:
        before = sum(os.times()[:2])
        while number == 3 and sum(os.times()[:2]) - before < 1:
            pass
        return work(number)

    results = map_items(take_long, range(5), Result, 1, guarded(owner=""))
    assert [each.number for each in results] == list(range(5))


@forks
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGKILL"])
def test_a_file_that_ends_its_process_is_named(jobs: int, name: str) -> None:
    def end(number: int) -> Result:
        if number in {20, 21, 900}:
            os.kill(os.getpid(), getattr(signal, name))
        return work(number)

    results = map_items(end, range(1234), Result, jobs, guarded(risky=True))
    assert refused(results) == dict.fromkeys(
        ("content/20.md", "content/21.md", "content/900.md"), "file-failed"
    )
    assert results[20].problem
    assert results[20].problem.arguments == {"reason": name}


@forks
def test_a_worker_that_somebody_kills_is_replaced(tmp_path: os.PathLike[str]) -> None:
    flag = os.path.join(tmp_path, "killed")  # noqa: PTH118

    def be_killed_once(number: int) -> Result:
        if number == 700 and not os.path.exists(flag):  # noqa: PTH110
            os.mkdir(flag)  # noqa: PTH102
            os.kill(os.getpid(), signal.SIGKILL)
        return work(number)

    results = run(be_killed_once, 1234, 2)
    assert refused(results) == {}
    assert [each.number for each in results] == list(range(1234))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much a process has")
def test_a_file_gets_no_more_memory_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    set_constants(monkeypatch, MEMORY=100_000_000)

    def take(number: int) -> Result:
        return Result(len(bytearray(300_000_000 if number % 5 == 0 else 10_000_000)))

    results = map_items(take, range(20), Result, 2, guarded())
    assert refused(results) == {f"content/{each}.md": "file-memory" for each in (0, 5, 10, 15)}


@pytest.mark.parametrize("error", [BlamelessError("the disk is full"), ValueError("a fault")])
def test_what_no_file_is_to_blame_for_fails_the_build(
    error: Exception, capfd: pytest.CaptureFixture[str]
) -> None:
    blameless = guarded() if isinstance(error, BlamelessError) else guarded(owner="")

    def stop(_: int) -> Result:
        raise error

    with pytest.raises(type(error), match=str(error)):
        map_items(stop, range(100), Result, 1, blameless)
    if hasattr(os, "fork"):
        with pytest.raises(RuntimeError):
            map_items(stop, range(100), Result, 2, blameless)
        assert str(error) in capfd.readouterr().err


@forks
def test_a_worker_that_ends_without_a_word_fails_the_build() -> None:
    def die(_: int) -> Result:
        os._exit(9)

    with pytest.raises(RuntimeError):
        run(die, 100, 2)


@forks
def test_no_worker_outlives_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    # Other tests of this process may have processes of their own: only these workers are asked for.
    workers: list[int] = []
    fork = os.fork

    def note_worker() -> int:
        if process := fork():
            workers.append(process)
        return process

    monkeypatch.setattr(os, "fork", note_worker)

    def watch(done: int, _total: int) -> None:
        if done > 10:
            raise KeyboardInterrupt

    def dawdle(number: int) -> Result:
        time.sleep(0.01)
        return work(number)

    with pytest.raises(KeyboardInterrupt):
        map_items(dawdle, range(100_000), Result, 2, guarded(), watch=watch)
    assert len(workers) == 2
    for process in workers:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_is_counted_across_processes(jobs: int) -> None:
    seen: list[tuple[int, int]] = []
    map_items(work, range(100), Result, jobs, guarded(), watch=lambda *each: seen.append(each))
    assert seen[-1] == (100, 100)
    assert seen == sorted(seen)


@pytest.fixture(autouse=True)
def timer() -> Iterator[None]:
    yield
    if hasattr(signal, "setitimer"):
        assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


@forks
def test_work_beside_fails_with_its_process(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_beside(lambda: work(1), Result, forked=True)().process != os.getpid()
    assert run_beside(lambda: work(1), Result, forked=False)().process == os.getpid()
    with pytest.raises(RuntimeError):
        run_beside(lambda: Result(1 // 0), Result, forked=True)()
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_there_is_a_processor() -> None:
    assert default_jobs() >= 1


def test_the_limits_are_those_of_the_documentation() -> None:
    assert guard.CPU_SECONDS == 5
