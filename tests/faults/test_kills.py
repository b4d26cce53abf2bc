"""A build that is killed leaves the old site or the new one, once the next build has run."""

import os
import random
import time
from collections.abc import Callable

import pytest

from support.faults import (
    EVERYTHING,
    Ordeal,
    find_strace,
    fork,
    kill,
    list_files,
    run_under_strace,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are forked")
Tell = Callable[[str, int], None]

MOMENTS = 200 if EVERYTHING else 12
MOST_CALLS = 300
CALLS = {
    "writes": "write,pwrite64,writev",
    "renames": "rename,renameat,renameat2",
    "unlinks": "unlink,unlinkat,rmdir",
    "mkdirs": "mkdir,mkdirat",
    "opens for writing": "openat",
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Ordeal:
    """Return a site that is built by several processes."""
    return Ordeal(tmp_path_factory.mktemp("large"), articles=60)


def test_at_random_moments(large: Ordeal, tried: Tell) -> None:
    chance = random.Random(1)  # noqa: S311 (moments, not secrets)
    large.restore()
    started = time.monotonic()
    large.site.build(jobs=2)
    whole = time.monotonic() - started
    ends = set()
    for _ in range(MOMENTS):
        large.restore()
        process = fork(lambda: large.site.build(jobs=2))
        time.sleep(chance.uniform(0, whole * 1.1))
        kill(process)
        if chance.random() < 0.5:
            large.assert_one_or_the_other()
            ends.add(list_files(large.site.output) == large.new)
        large.assert_sound()
    assert ends == {False, True} or not EVERYTHING
    tried("killed at a random moment, with all its processes", MOMENTS)


@pytest.mark.parametrize("name", CALLS if EVERYTHING else ["renames"])
def test_at_each_call_of_the_system(ordeal: Ordeal, name: str, tried: Tell) -> None:
    strace = find_strace()
    step = 1 if EVERYTHING else 7
    for number in range(1, MOST_CALLS + 1, step):
        ordeal.restore()
        code = run_under_strace(ordeal.site.build, strace, CALLS[name], number)
        if code == 0:
            break
        if number % 2:
            ordeal.assert_one_or_the_other()
        ordeal.assert_sound()
    ordeal.assert_sound()
    assert number > step
    tried(f"killed at one of its {name}", number // step)
