import os
import sys

import pytest

from sitegen.model import Record
from sitegen.workers import Counter, default_jobs, run_workers

forks = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork on Windows")


class Result(Record, frozen=True):
    """What one worker of these tests gives back."""

    numbers: tuple[int, ...]
    process: int


def work(jobs: int, worker: int) -> Result:
    return Result(tuple(range(100))[worker::jobs], os.getpid())


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_share_is_done_and_comes_back_in_order(jobs: int) -> None:
    results = run_workers(lambda worker: work(jobs, worker), Result, jobs, lambda: None)
    assert [each.numbers for each in results] == [
        tuple(range(worker, 100, jobs)) for worker in range(jobs)
    ]


@forks
def test_one_job_needs_no_process_and_more_have_their_own() -> None:
    (alone,) = run_workers(lambda worker: work(1, worker), Result, 1, lambda: None)
    assert alone.process == os.getpid()
    shared = run_workers(lambda worker: work(2, worker), Result, 2, lambda: None)
    assert len({os.getpid(), *(each.process for each in shared)}) == 3


def test_large_results_come_through() -> None:
    results = run_workers(
        lambda worker: Result(tuple(range(worker, 200_000)), 0), Result, 2, lambda: None
    )
    assert [len(each.numbers) for each in results] == [200_000, 199_999]


@forks
def test_a_worker_that_fails_fails_the_build(capfd: pytest.CaptureFixture[str]) -> None:
    def fail(worker: int) -> Result:
        if worker == 1:
            message = "something is wrong here"
            raise ValueError(message)
        return Result((), 0)

    with pytest.raises(RuntimeError):
        run_workers(fail, Result, 2, lambda: None)
    assert "something is wrong here" in capfd.readouterr().err
    with pytest.raises(ValueError, match="wrong here"):
        run_workers(lambda _: fail(1), Result, 1, lambda: None)


@forks
def test_a_worker_that_is_killed_fails_the_build() -> None:
    def die(worker: int) -> Result:
        if worker == 0:
            os._exit(9)
        return Result((), 0)

    with pytest.raises(RuntimeError):
        run_workers(die, Result, 2, lambda: None)


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_is_counted_across_processes(jobs: int) -> None:
    counter = Counter(jobs)
    seen = []

    def count(worker: int) -> Result:
        for _ in range(10):
            counter.advance(worker)
        return Result((), 0)

    run_workers(count, Result, jobs, lambda: seen.append(counter.total()))
    assert counter.total() == 10 * jobs
    assert seen == sorted(seen)


def test_there_is_a_processor() -> None:
    assert default_jobs() >= 1
