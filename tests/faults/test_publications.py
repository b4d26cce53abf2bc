"""A publication that is killed leaves readers the old release or the new one, and loses none."""

import os
import random
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sitegen.releases.description import DESCRIPTION
from sitegen.releases.place import find_next, hold_place
from sitegen.releases.publication import Publication, list_releases, publish, roll_back
from support.faults import (
    EVERYTHING,
    Files,
    edit,
    find_strace,
    fork,
    kill,
    list_files,
    make_site,
    remove,
    run_under_strace,
)
from support.power import DISK_CUTS, Mounted
from support.site_folder import NOW

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are forked")
Tell = Callable[[str, int], None]

MOMENTS = 200 if EVERYTHING else 12
MOST_CALLS = 400
KEEP = 2
CALLS = {
    "renames": "rename,renameat,renameat2",
    "links": "link,linkat,symlink,symlinkat",
    "unlinks": "unlink,unlinkat,rmdir",
    "writes": "write,pwrite64,writev",
    "mkdirs": "mkdir,mkdirat",
    "waits for the disk": "fsync,syncfs",
    "opens": "openat",
}
EXAMPLES = ("renames", "waits for the disk")


class PublicationOrdeal:
    """A portal with releases and a new output; what happens to its publication is up to a test.

    Without a spare tree (``spare``), the next release is made from nothing.
    """

    def __init__(self, folder: Path, *, spare: bool) -> None:
        self.site, self.place, self._kept = (
            make_site(folder / "site"),
            folder / "portal",
            folder / "kept",
        )
        (self.place / "releases").mkdir(parents=True)
        for number in range(1, 4):
            self.site.article("bai-0", f"Lần {number}.").build()
            self.publish(number)
        self.releases = {
            each.name: list_files(self.place / "releases" / each.name)
            for each in list_releases(self.place)
        }
        if not spare:
            remove(find_next(self.place))
        self.old = self.see()
        edit(self.site)
        self.site.build()
        self.new = list_files(self.site.output)
        self._copy(self.place, self._kept)

    def publish(self, hours: int = 9, jobs: int = 1) -> None:
        output, now = self.site.output, NOW + hours * timedelta(hours=1)
        with hold_place(self.place, lambda: None):
            publish(Publication(output, self.place, now, KEEP, "", jobs))

    def restore(self) -> None:
        """Put back all releases, with the inodes that they had."""
        remove(self.place)
        self._copy(self._kept, self.place)

    def see(self) -> Files:
        """Return what readers see."""
        files = list_files(self.place / "current")
        del files[DESCRIPTION]
        return files

    def assert_sound(self) -> bool:
        """Look at everything, publish once more, look again; tell whether readers saw the new."""
        seen = self.see()
        assert seen in (self.old, self.new)
        for each in list_releases(self.place):
            files = list_files(self.place / "releases" / each.name)
            assert files == self.releases.get(each.name, files)
        before = (self.place / "current").readlink().name
        self.publish(10)
        assert self.see() == self.new
        names = [each.name for each in list_releases(self.place)]
        assert len(names) in {KEEP, KEEP + 1}
        assert list_files(self.place / "previous")
        if seen == self.old:
            assert (self.place / "previous").readlink().name == before
        kept = {path.name for path in (self.place / "releases").iterdir()} - {*names}
        lists = {f".sitegen-{name}.list" for name in names}
        assert kept - {".sitegen-lock", ".sitegen-next"} <= lists
        return seen == self.new

    def _copy(self, source: Path, target: Path) -> None:
        shutil.copytree(source, target, copy_function=os.link, symlinks=True)


@pytest.fixture(scope="module", params=[True, False], ids=["spare", "no spare"])
def portal(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> PublicationOrdeal:
    return PublicationOrdeal(tmp_path_factory.mktemp("portal"), spare=request.param)


@pytest.mark.parametrize("name", CALLS if EVERYTHING else EXAMPLES)
def test_at_each_call_of_the_system(portal: PublicationOrdeal, name: str, tried: Tell) -> None:
    strace, step = find_strace(), 1
    ends = set()
    for number in range(1, MOST_CALLS + 1, step):
        portal.restore()
        if run_under_strace(portal.publish, strace, CALLS[name], number) == 0:
            break
        ends.add(portal.assert_sound())
    assert portal.see() == portal.new
    assert number > step
    # It is killed before the link is replaced and after that, if it makes such calls then.
    assert False in ends
    tried(f"a publication, killed at one of its {name}", number // step)


def test_at_random_moments_with_all_its_processes(portal: PublicationOrdeal, tried: Tell) -> None:
    chance = random.Random(1)  # noqa: S311 (moments, not secrets)
    portal.restore()
    started = time.monotonic()
    portal.publish(jobs=2)
    whole = time.monotonic() - started
    for _ in range(MOMENTS):
        portal.restore()
        process = fork(lambda: portal.publish(jobs=2))
        time.sleep(chance.uniform(0, whole * 1.2))
        kill(process)
        portal.assert_sound()
    tried("a publication, killed at a random moment", MOMENTS)


@pytest.mark.parametrize("spare", [True, False], ids=["spare", "no spare"])
def test_on_a_disk_whose_power_is_cut(mounted: Mounted, tried: Tell, *, spare: bool) -> None:
    chance = random.Random(2)  # noqa: S311 (moments, not secrets)
    ordeal = PublicationOrdeal(mounted.folder, spare=spare)
    ordeal.restore()
    started = time.monotonic()
    ordeal.publish()
    whole = time.monotonic() - started
    for _ in range(DISK_CUTS):
        ordeal.restore()
        os.sync()
        process = fork(ordeal.publish)
        time.sleep(chance.uniform(0, whole * 1.5))
        mounted.cut()
        kill(process)
        mounted.unmount()
        mounted.mount()
        ordeal.assert_sound()
    tried("a publication, power cut at a random moment, ext4 on a device of its own", DISK_CUTS)


def test_a_rollback_at_each_call_of_the_system(portal: PublicationOrdeal, tried: Tell) -> None:
    strace, first = find_strace(), min(portal.releases)
    calls = ",".join(CALLS[name] for name in ("renames", "links", "unlinks"))
    for number in range(1, MOST_CALLS + 1):
        portal.restore()
        code = run_under_strace(lambda: roll_back(portal.place, ""), strace, calls, number)
        files = list_files(portal.place / "current")
        assert files in portal.releases.values()
        if code == 0:
            break
        roll_back(portal.place, first)
        assert list_files(portal.place / "current") == portal.releases[first]
    assert number > 1
    tried("a rollback, killed at one of its calls of the system", number - 1)
