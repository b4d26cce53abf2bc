"""A power cut, as file systems leave it: what was not forced to the disk is gone.

The build runs in a forked process that ends before one of its acts. This double notes what it
forced to the disk by then. The rest is taken back, in two ways. In the first, names are there and
bytes are not: ext4 and XFS write names soon and bytes late. In the second, names are gone as well.
"""

import builtins
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.output.settling import settle
from support.doubles import replace_everywhere
from support.faults import EVERYTHING, fork, remove, wait

CUT = 9
DISK_CUTS = 40 if EVERYTHING else 3
# EXT4_IOC_SHUTDOWN of Linux, and the flag that lets it write nothing down any more.
_SHUTDOWN, _WRITE_NOTHING = 0x8004587D, 2


class Disk:
    """What of the folder ``live`` is on the disk: names and bytes as hard links in ``sure``.

    ``sure`` stands for names; whose bytes are on the disk is told by the list of inodes beside it.
    """

    def __init__(self, live: Path, sure: Path) -> None:
        self.live = live
        self.sure = sure
        self._inodes = sure.with_name("inodes")
        remove(sure)
        self._inodes.write_text("", "utf-8")
        self.settle()

    def settle(self, *_: object) -> None:
        """Note that everything is on the disk."""
        remove(self.sure)
        shutil.copytree(self.live, self.sure, copy_function=os.link, symlinks=True)
        for path in self.live.rglob("*"):
            self._note(path.stat().st_ino)

    def sync(self, descriptor: int) -> None:
        """Note that a file's bytes, or a folder's names, are on the disk."""
        self._note(os.fstat(descriptor).st_ino)
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if not path.is_dir():
            return
        sure = self.sure / path.relative_to(self.live)
        sure.mkdir(parents=True, exist_ok=True)
        for each in sure.iterdir():
            if not (path / each.name).exists():
                remove(each)
        for each in path.iterdir():
            if each.is_dir():
                (sure / each.name).mkdir(exist_ok=True)
            else:
                (sure / each.name).unlink(missing_ok=True)
                os.link(each, sure / each.name)

    def lose(self, *, names: bool) -> None:
        """Take from ``live`` what is not on the disk: bytes, and ``names`` as well."""
        if names:
            for path in self.live.iterdir():
                remove(path)
            shutil.copytree(self.sure, self.live, copy_function=os.link, dirs_exist_ok=True)
        known = {*map(int, self._inodes.read_text("utf-8").split())}
        for path in self.live.rglob("*"):
            if path.is_file() and path.stat().st_ino not in known:
                path.write_bytes(b"")

    def _note(self, inode: int) -> None:
        with self._inodes.open("a", encoding="utf-8") as file:
            file.write(f"{inode}\n")


def cut_off(work: Callable[[], object], disk: Disk, step: int, *, forgetful: bool = False) -> bool:
    """Do ``work`` in a process that ends before its ``step``-th act; tell whether it ended so.

    A ``forgetful`` build does not wait for what it staged and moved.
    """

    def work_and_end() -> None:
        left, own = step, os.getpid()
        # What the double itself does is no act.
        counting = True

        def force(note: Callable[..., None]) -> Callable[..., None]:
            def call(*arguments: object) -> None:
                nonlocal counting
                counting = False
                note(*arguments)
                counting = True

            return call

        with pytest.MonkeyPatch.context() as patch:
            replace_everywhere(
                patch, settle, (lambda *_: None) if forgetful else force(disk.settle)
            )
            patch.setattr(os, "fsync", force(disk.sync))

            def watch(owner: Any, name: str) -> None:
                original = getattr(owner, name)

                def act(*arguments: Any, **named: Any) -> Any:
                    nonlocal left
                    if counting and not left:
                        # No process of the build goes on where the power fails.
                        if os.getpid() != own:
                            # The lock is free as soon as the build itself has ended.
                            os.closerange(3, 1024)
                            os.kill(own, signal.SIGKILL)
                        os._exit(CUT)
                    left -= counting
                    return original(*arguments, **named)

                patch.setattr(owner, name, act)

            for name in ("replace", "unlink", "rmdir", "mkdir", "open"):
                watch(Path, name)
            for name in ("fsync", "makedirs"):
                watch(os, name)
            watch(builtins, "open")
            watch(shutil, "rmtree")
            work()

    code = wait(fork(work_and_end))
    assert code in {0, CUT, -signal.SIGKILL}
    return code != 0


class Mounted:
    """A folder on an ext4 of its own, whose power can be cut off."""

    def __init__(self, image: Path, folder: Path) -> None:
        self._image = image
        self.folder = folder

    def mount(self) -> None:
        subprocess.run(["mount", "-o", "loop", self._image, self.folder], check=True)

    def unmount(self) -> None:
        subprocess.run(["umount", self.folder], check=True)

    def cut(self) -> None:
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, _SHUTDOWN, _WRITE_NOTHING.to_bytes(4, sys.byteorder))
        finally:
            os.close(descriptor)
