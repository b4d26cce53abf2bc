"""Full, read-only and forbidden places: one line with the path and the reason, and no harm."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.faults import AT, EVERYTHING, Ordeal, Outcome, list_files, remove, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts, and acts as other users")
Tell = Callable[[str, int], None]

NOBODY = 65534
SIZES = [64, 96, 128, 160, 192, 224, 256, 288, 320, 400]
INODES = [40, 60, 80, 90, 100, 110, 120, 130, 140, 160]
root_only = pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="needs root")


@contextmanager
def mount(folder: Path, options: str) -> Iterator[Path]:
    """Yield a file system in memory, or skip the test."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def assert_told(outcome: Outcome, *reasons: str) -> None:
    """Hold that a refused command told one reason in one line, besides what is wrong in texts."""
    assert outcome.code in {1, 2}, outcome.said
    assert "Traceback" not in outcome.said
    lines = [line for line in outcome.said.splitlines() if any(each in line for each in reasons)]
    assert len(lines) == 1, outcome.said


@root_only
@pytest.mark.parametrize("option", ["size", "nr_inodes"])
def test_a_disk_that_is_full(ordeal: Ordeal, tmp_path: Path, option: str, tried: Tell) -> None:
    limits = (SIZES if option == "size" else INODES) if EVERYTHING else [20, 60]
    refused = 0
    for limit in limits:
        ordeal.restore()
        output = ordeal.site.root / "output"
        kept = tmp_path / "kept"
        remove(kept)
        shutil.copytree(output, kept)
        own = "size=64m,nr_inodes=9999"
        with mount(tmp_path / f"disk-{option}-{limit}", own) as disk:
            # The cache and the output are on the small disk, the texts are not.
            remove(output)
            shutil.copytree(kept, disk / "output")
            output.symlink_to(disk / "output")
            used = sum(each.stat().st_blocks // 2 for each in disk.rglob("*"))
            many = sum(1 for _ in disk.rglob("*")) + 1
            size = (
                f"size={used + limit // 4}k"
                if option == "size"
                else f"nr_inodes={many + limit // 4}"
            )
            subprocess.run(["mount", "-o", f"remount,{size}", disk], check=True)
            outcome = run(ordeal.site, "build", *AT)
            if outcome.code:
                refused += 1
                assert_told(outcome, "the disk is full")
                assert list_files(output) == ordeal.old
            subprocess.run(["mount", "-o", f"remount,{own}", disk], check=True)
            ordeal.assert_sound()
            output.unlink()
    assert refused
    tried(f"small disk: limits of {'bytes' if option == 'size' else 'files'}", len(limits))


@root_only
def test_a_read_only_root(tmp_path: Path, tried: Tell) -> None:
    with mount(tmp_path / "disk", "size=64m") as disk:
        copy = Ordeal(disk)
        copy.restore()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        for command in ("build", "check", "new"):
            words = ["Tin", "--category", "Hoạt động của cơ sở"] if command == "new" else []
            outcome = run(copy.site, command, *AT, *words)
            if command == "check":
                assert outcome.code == 0, outcome.said
            else:
                assert_told(outcome, "the disk is read-only")
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        copy.assert_sound()
    tried("read-only disk", 3)


@contextmanager
def allowed(path: Path, mode: int) -> Iterator[None]:
    """Give a file or folder a mode for a while."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


UNREADABLE = {
    "config.yaml": 2,
    "content": 1,
    "content/bai-2.md": 1,
    "content/media/hoa.svg": 1,
    "templates/article.html": 1,
    "templates/assets/site.css": 1,
    "templates": 2,
    "output": 2,
    "output/hoat-dong-cua-co-so": None,
    ".output.list": 0,
    ".output.lock": 2,
    ".sitegen": 0,
    ".sitegen/content": 0,
}


@root_only
@pytest.mark.parametrize("name", UNREADABLE)
def test_a_place_that_may_not_be_read(ordeal: Ordeal, name: str, tried: Tell) -> None:
    ordeal.restore()
    site, root = ordeal.site, ordeal.site.root
    everything = [root, *root.rglob("*")]
    for path in [*root.parents, root]:
        if path != Path(path.anchor) and path.owner() == "root":
            path.chmod(path.stat().st_mode | 0o005)
    for path in everything:
        os.chown(path, NOBODY, NOBODY)
    (root.parent).chmod(0o777)
    try:
        with allowed(root / name, 0):
            outcome = run(site, "build", *AT, user=NOBODY)
        wanted = UNREADABLE[name]
        assert outcome.code == wanted or (wanted is None and outcome.code in {0, 1, 2}), (
            outcome.said
        )
        assert "Traceback" not in outcome.said
        if outcome.code and name.startswith(("config", ".output", "output")):
            assert_told(outcome, "there is no permission", "không có quyền")
    finally:
        for path in everything:
            if os.path.lexists(path):
                os.chown(path, 0, 0)
    ordeal.assert_sound("list-damaged", "cache-damaged")
    tried("a place that may not be read", 1)


@root_only
def test_the_lock_of_another_user_locks_all_the_same(ordeal: Ordeal) -> None:
    ordeal.restore()
    root = ordeal.site.root
    for path in [root, *root.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    root.parent.chmod(0o777)
    lock = root / ".output.lock"
    os.chown(lock, 0, 0)
    lock.chmod(0o644)
    assert run(ordeal.site, "build", *AT, user=NOBODY).code == 0
    ordeal.assert_sound()


def test_an_output_that_is_a_link_to_nowhere(ordeal: Ordeal) -> None:
    ordeal.restore()
    output = ordeal.site.root / "output"
    remove(output)
    output.symlink_to(ordeal.site.root.parent / "not" / "there")
    outcome = run(ordeal.site, "build", *AT)
    assert_told(outcome, "it is a link to nowhere")
    assert str(output) in outcome.said
    output.unlink()
    ordeal.assert_sound("list-lost")


@pytest.mark.parametrize("size", [0, 1, 100, 5000, 50_000])
def test_a_limit_for_the_size_of_files(ordeal: Ordeal, size: int, tried: Tell) -> None:
    ordeal.restore()

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    outcome = run(ordeal.site, "build", *AT, limit=limit)
    assert outcome.code in {0, 1, 2}, outcome.said
    assert list_files(ordeal.site.output) in (ordeal.old, ordeal.new)
    ordeal.assert_sound("cache-damaged")
    tried("a limit for the size of files", 1)


@pytest.mark.parametrize("most", [16, 24, 48])
def test_a_limit_for_open_files(ordeal: Ordeal, most: int, tried: Tell) -> None:
    ordeal.restore()

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    outcome = run(ordeal.site, "build", *AT, limit=limit)
    assert outcome.code in {0, 1, 2}, outcome.said
    ordeal.assert_sound("cache-damaged")
    tried("a limit for open files", 1)
