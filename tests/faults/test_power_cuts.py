"""A power cut at any moment leaves the old site or the new one, once the next build has run."""

import ctypes
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.foundation.files import sync_folder
from sitegen.output import settling
from sitegen.output.staging import STAGING
from support.faults import EVERYTHING, Ordeal, fork, kill, list_files, remove
from support.power import DISK_CUTS, Disk, Mounted, cut_off

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
Tell = Callable[[str, int], None]

MOST_ACTS = 2000


@pytest.mark.parametrize("names", [False, True], ids=["bytes are lost", "names are lost too"])
def test_at_each_act_of_a_build(ordeal: Ordeal, tried: Tell, *, names: bool) -> None:
    cuts = 0
    for number in range(0, MOST_ACTS, 1 if EVERYTHING else 9):
        ordeal.restore()
        disk = Disk(ordeal.site.root, ordeal.site.root.parent / "sure")
        if not cut_off(ordeal.site.build, disk, number):
            break
        disk.lose(names=names)
        if number % 2:
            ordeal.assert_one_or_the_other()
        # What the cache lost is read anew.
        ordeal.assert_sound("cache-damaged")
        cuts += 1
    lost = "names and bytes" if names else "bytes"
    tried(f"power cut before one of its acts, {lost} lost", cuts)


def test_the_double_finds_a_build_that_does_not_wait_for_the_disk(ordeal: Ordeal) -> None:
    ordeal.restore()
    disk = Disk(ordeal.site.root, ordeal.site.root.parent / "sure")
    assert not cut_off(ordeal.site.build, disk, MOST_ACTS, forgetful=True)
    disk.lose(names=False)
    ordeal.site.build()
    assert list_files(ordeal.site.output) != ordeal.new


def test_after_a_build_everything_is_on_the_disk(ordeal: Ordeal) -> None:
    for names in (False, True):
        ordeal.restore()
        disk = Disk(ordeal.site.root, ordeal.site.root.parent / "sure")
        assert not cut_off(ordeal.site.build, disk, MOST_ACTS)
        disk.lose(names=names)
        # That it is gone is not on the disk; the next build deletes it again.
        remove(ordeal.site.output / STAGING)
        assert list_files(ordeal.site.output) == ordeal.new
        assert ordeal.assert_sound("cache-damaged").written.written == 0


def test_it_is_the_system_that_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Library:
        def __init__(self, *_: object, **__: object) -> None: ...

        def syncfs(self, descriptor: int) -> int:
            asked.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
            return 0

    monkeypatch.setattr(ctypes, "CDLL", Library)
    settling.settle(tmp_path, [])
    assert asked == [str(tmp_path)]
    # Other systems are asked for each file and folder.
    synced: list[str] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(
        os,
        "fsync",
        lambda descriptor: synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink())),
    )
    (tmp_path / "a").write_bytes(b"1")
    settling.settle(tmp_path, [tmp_path / "a", tmp_path])
    sync_folder(tmp_path)
    assert synced == [str(tmp_path / "a"), str(tmp_path), str(tmp_path)]


def test_a_disk_that_fails_to_write_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Library:
        def __init__(self, *_: object, **__: object) -> None: ...

        def syncfs(self, _: int) -> int:
            ctypes.set_errno(5)
            return -1

    monkeypatch.setattr(ctypes, "CDLL", Library)
    with pytest.raises(OSError, match="Input/output"):
        settling.settle(tmp_path, [])


def test_on_a_disk_of_its_own(mounted: Mounted, tried: Tell) -> None:
    chance = random.Random(2)  # noqa: S311 (moments, not secrets)
    ordeal = Ordeal(mounted.folder)
    ordeal.restore()
    started = time.monotonic()
    ordeal.site.build()
    whole = time.monotonic() - started
    for number in range(DISK_CUTS):
        ordeal.restore()
        os.sync()
        process = fork(ordeal.site.build)
        # Some builds are over by then, as far as they tell.
        time.sleep(chance.uniform(0, whole * 2))
        mounted.cut()
        kill(process)
        mounted.unmount()
        mounted.mount()
        if number % 2:
            ordeal.assert_one_or_the_other()
        ordeal.assert_sound("cache-damaged")
    tried("power cut at a random moment, ext4 on a device of its own", DISK_CUTS)
