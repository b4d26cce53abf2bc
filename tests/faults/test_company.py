"""Builds that are not alone: other builds, checks and previews, workers that are killed or stopped.

And builds at other times: an hour or ten years away, and with files that are from there.
"""

import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sitegen.build import Request, build
from sitegen.problems import UsageError
from support.faults import (
    AT,
    EVERYTHING,
    Ordeal,
    kill,
    list_files,
    remove,
    start,
    wait,
)
from support.site_folder import NOW

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
Tell = Callable[[str, int], None]

PAIRS = 100 if EVERYTHING else 6
WORKERS = 40 if EVERYTHING else 4
PASSED = frozenset({0, 2})


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Ordeal:
    """Return a site that is built by several processes."""
    return Ordeal(tmp_path_factory.mktemp("large"), articles=60)


@pytest.mark.parametrize("other", ["build", "check"])
def test_two_at_once(ordeal: Ordeal, other: str, tried: Tell) -> None:
    chance = random.Random(4)  # noqa: S311 (moments, not secrets)
    refused = 0
    for _ in range(PAIRS // 2):
        ordeal.restore()
        first, heard = start(ordeal.site, "build", *AT)
        time.sleep(chance.uniform(0, 0.05))
        second, overheard = start(ordeal.site, other, *AT)
        with heard, overheard:
            codes = {wait(first), wait(second)}
            said = heard.read() + overheard.read()
        assert codes <= PASSED, said
        assert 0 in codes
        assert "Traceback" not in said
        refused += 2 in codes
        # Two that write one cache at once may spoil it, which is noticed.
        ordeal.assert_sound("cache-damaged")
    assert refused or other == "check" or not EVERYTHING
    tried(f"a build and a {other} at once", PAIRS // 2)


def test_a_preview_beside_builds(ordeal: Ordeal, tried: Tell) -> None:
    ordeal.restore()
    preview, heard = start(ordeal.site, "serve", "--port", "0", *AT)
    try:
        for _ in range(10 if EVERYTHING else 2):
            process, overheard = start(ordeal.site, "build", *AT)
            with overheard:
                assert wait(process) in PASSED
                assert "Traceback" not in overheard.read()
    finally:
        kill(preview)
        heard.close()
    ordeal.assert_sound("cache-damaged")
    tried("builds beside a preview", 10 if EVERYTHING else 2)


def list_workers(process: int) -> list[int]:
    """Return the processes that a process has started."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8")
    except OSError:
        return []
    return [int(each) for each in text.split()]


def meet_worker(process: int) -> int | None:
    """Wait for the first worker of a build, and return it; nothing, if the build ends before."""
    while os.waitpid(process, os.WNOHANG) == (0, 0):
        if workers := list_workers(process):
            return workers[0]
        time.sleep(0.0005)
    return None


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
def test_a_worker_that_ends_or_stands_still(
    large: Ordeal, end: signal.Signals, tried: Tell
) -> None:
    chance = random.Random(5)  # noqa: S311 (moments, not secrets)
    met = 0
    for _ in range(WORKERS):
        large.restore()
        process, heard = start(large.site, "build", *AT, "--jobs", "2")
        with heard:
            worker = meet_worker(process)
            if worker is None:
                continue
            met += 1
            time.sleep(chance.uniform(0, 0.02))
            try:
                os.kill(worker, end)
                time.sleep(0.02)
                os.kill(worker, signal.SIGCONT)
            except ProcessLookupError:
                pass
            code = wait(process)
        assert list_files(large.site.output) in (large.old, large.new)
        assert code == 0 or end == signal.SIGKILL
        large.assert_sound("cache-damaged")
    assert met
    tried(
        "a worker is killed" if end == signal.SIGKILL else "a worker stands still for a while", met
    )


def test_a_worker_that_outlives_its_build_holds_the_lock(large: Ordeal, tried: Tell) -> None:
    for _ in range(50):
        large.restore()
        process, heard = start(large.site, "build", *AT, "--jobs", "2")
        with heard:
            while not (large.site.output / ".staging/tree").exists():
                time.sleep(0.0005)
            worker = meet_worker(process)
            if worker is None:
                continue
            os.kill(worker, signal.SIGSTOP)
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            with pytest.raises(UsageError) as caught:
                large.site.build()
            kill(process)
        assert caught.value.code == "locked"
        large.assert_sound()
        tried("a worker outlives its build", 1)
        return
    pytest.fail("no worker was met")


@pytest.mark.parametrize("megabytes", [40, 80, 160, 320])
def test_a_limit_of_memory(ordeal: Ordeal, megabytes: int, tried: Tell) -> None:
    ordeal.restore()
    used = int(Path("/proc/self/statm").read_text("utf-8").split()[0]) * resource.getpagesize()

    def limit() -> None:
        most = used + megabytes * (1 << 20) // 40
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    process, heard = start(ordeal.site, "build", *AT, limit=limit)
    wait(process)
    with heard:
        said = heard.read()
    built = list_files(ordeal.site.output)
    if "document-flawed" in said:
        # Without memory for the library, a document is shown without its first page. This is told,
        # and the next build looks again.
        assert built == {
            name: data for name, data in ordeal.new.items() if not name.endswith(".pdf.240.webp")
        }
    else:
        assert built in (ordeal.old, ordeal.new)
    ordeal.assert_sound("cache-damaged")
    tried("a limit of memory", 1)


@pytest.mark.parametrize("away", [timedelta(hours=1), timedelta(days=3653)], ids=["hour", "decade"])
@pytest.mark.parametrize("sign", [-1, 1], ids=["before", "after"])
def test_another_time(
    ordeal: Ordeal, tmp_path: Path, away: timedelta, sign: int, tried: Tell
) -> None:
    ordeal.restore()
    moment = NOW + sign * away
    site = ordeal.site
    # Files whose times are from there; the clock of the file system is where it was.
    texts = list((site.root / "content").rglob("*.md"))
    before = {path: path.stat() for path in texts}
    for path in texts:
        os.utime(path, (moment.timestamp(), moment.timestamp()))
    site.build(moment)
    nothing = tmp_path / "nothing"
    build(Request(site.root, nothing / "output", moment, clean=True))
    assert list_files(site.output) == list_files(nothing / "output")
    for path, status in before.items():
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    remove(site.root / ".sitegen/lists")
    ordeal.assert_sound()
    tried("the clock is an hour or ten years away", 1)
