import os
import sys
import time
from collections.abc import Iterator

import pytest

from sitegen.foundation.workers import default_jobs, map_items, run_workers, share_counts
from sitegen.model import Record

forks = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork on Windows")


class Result(Record, frozen=True):
    """What one worker of these tests gives back."""

    numbers: tuple[int, ...]
    process: int = 0


def work(_: int, chunks: Iterator[range]) -> Result:
    return Result(tuple(number for chunk in chunks for number in chunk), os.getpid())


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 499, 500, 501, 1234])
def test_every_item_goes_to_one_worker(jobs: int, count: int) -> None:
    results = run_workers(work, Result, count, jobs)
    assert len(results) == jobs
    assert sorted(number for each in results for number in each.numbers) == list(range(count))


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_what_was_looked_at_comes_back_in_order(jobs: int) -> None:
    results = map_items(lambda number: Result((number,)), range(1234), Result, jobs)
    assert [each.numbers for each in results] == [(number,) for number in range(1234)]
    assert map_items(lambda number: Result((number,)), (), Result, jobs) == []


@forks
def test_who_is_done_takes_the_next_chunk() -> None:
    def dawdle(_: int, chunks: Iterator[range]) -> Result:
        taken: list[int] = []
        for chunk in chunks:
            taken += chunk
            if 0 in chunk:
                time.sleep(1)
        return Result(tuple(taken))

    results = run_workers(dawdle, Result, 100, 2)
    assert sorted(len(each.numbers) for each in results) == [1, 99]


@forks
def test_neighbours_stay_together() -> None:
    shared = run_workers(work, Result, 5_000, 2)
    for each in shared:
        starts = each.numbers[::10]
        assert each.numbers == tuple(start + step for start in starts for step in range(10))


@forks
def test_one_job_needs_no_process_and_more_have_their_own() -> None:
    (alone,) = run_workers(work, Result, 100, 1)
    assert alone.process == os.getpid()
    shared = run_workers(work, Result, 100, 2)
    assert len({os.getpid(), *(each.process for each in shared)}) == 3


def test_large_results_come_through() -> None:
    results = run_workers(lambda worker, _: Result(tuple(range(worker, 200_000))), Result, 100, 2)
    assert [len(each.numbers) for each in results] == [200_000, 199_999]


@forks
def test_a_worker_that_fails_fails_the_build(capfd: pytest.CaptureFixture[str]) -> None:
    def fail(_: int, chunks: Iterator[range]) -> Result:
        for chunk in chunks:
            if 50 in chunk:
                message = "something is wrong here"
                raise ValueError(message)
        return Result(())

    with pytest.raises(RuntimeError):
        run_workers(fail, Result, 100, 2)
    assert "something is wrong here" in capfd.readouterr().err
    with pytest.raises(ValueError, match="wrong here"):
        run_workers(fail, Result, 100, 1)


@forks
def test_a_worker_that_is_killed_fails_the_build() -> None:
    def die(worker: int, _: Iterator[range]) -> Result:
        if worker == 0:
            os._exit(9)
        return Result(())

    with pytest.raises(RuntimeError):
        run_workers(die, Result, 100, 2)


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_is_counted_across_processes(jobs: int) -> None:
    counts = share_counts(jobs)
    seen = []

    def count(worker: int, chunks: Iterator[range]) -> Result:
        for chunk in chunks:
            for _ in chunk:
                counts[worker] += 1
        return Result(())

    run_workers(count, Result, 100, jobs, lambda: seen.append(sum(counts)))
    assert sum(counts) == 100
    assert seen == sorted(seen)


def test_there_is_a_processor() -> None:
    assert default_jobs() >= 1
