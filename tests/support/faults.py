"""Builds to which something happens: a process that is killed, a disk that fails, a file that lies.

A build runs in a forked process, so it may be killed at any moment, and costs no start of Python.
After whatever happened, :meth:`Ordeal.assert_sound` builds once more, and holds that the output is
that of a build from nothing, with nothing lying about.
"""

import contextlib
import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TextIO

import pytest

from sitegen.build import Report, Request, build
from sitegen.cli.commands import main
from sitegen.problems import ProblemsFoundError
from support.documents import make_pdf
from support.site_folder import NOW, SiteFolder
from support.tiny_theme import SVG, make_tiny_site

# ``make faults`` sets it: then everything is tried; else a few of each kind.
EVERYTHING = bool(os.environ.get("SITEGEN_FAULTS"))
# The options of a command that builds as the fixtures do.
AT = ("--now", f"{NOW:%Y-%m-%d %H:%M}")
PATIENCE_SECONDS = 60.0
# What a build leaves beside the output and in it for good.
KEPT = frozenset({".sitegen", ".output.list", ".output.lock", "output"})
FAULT = 70
# The number of this request to `prctl` (prctl(2)).
_SET_CHILD_SUBREAPER = 36
# Nobody reads what a command says before it has ended.
_MOST_WORDS = 1 << 20

Files = dict[str, bytes]


class Outcome(NamedTuple):
    """How a command ended: its exit code (negative: the signal that killed it) and its words."""

    code: int
    said: str


def make_site(folder: Path, articles: int = 4) -> SiteFolder:
    """Return a tiny site with everything that an output is made of."""
    site = make_tiny_site(folder)
    for number in range(articles):
        site.article(
            f"bai-{number}", f"Nội dung {number}.", date=f"2024-05-{number % 28 + 1:02} 08:00"
        )
    site.write("content/pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n\nTrang.\n")
    site.write("content/media/hoa.svg", SVG.format(3))
    return site.write("content/media/cong-van.pdf", make_pdf(["x"]))


def edit(site: SiteFolder) -> None:
    """Change the site in every way: pages are new, changed and gone."""
    site.article("bai-0", "Nội dung khác.", title="Tiêu đề khác")
    site.article("bai-moi", "Bài mới.", aliases="[/cu/mot/]")
    (site.root / "content/bai-1.md").unlink()
    site.write("content/media/hoa.svg", SVG.format(4))
    site.write("templates/assets/site.css", "p { color: blue }\n")


def turn_into_folder(site: SiteFolder) -> None:
    """Put a folder of the output where a file was."""
    (site.root / "content/media/cong-van.pdf").unlink()
    site.write("content/media/cong-van.pdf/phu-luc.pdf", make_pdf(["y"]))


def list_files(folder: Path) -> Files:
    """Return every file below ``folder``; a build leaves no empty folder there."""
    found: Files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            assert any(path.iterdir()), f"{path} is empty"
        else:
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def build_from_nothing(site: SiteFolder, work: Path) -> Files:
    """Return the files of a build that knows nothing."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(
        site.root, work, ignore=shutil.ignore_patterns(".sitegen", ".output*", "output")
    )
    build(Request(work, work / "output", NOW))
    return list_files(work / "output")


def list_codes(report: Report) -> list[str]:
    """Return what a build tells, but for what is so in the site of the ordeals."""
    codes = [each.code for each in report.warnings]
    return [
        each for each in codes if each not in {"file-unused", "address-changed", "address-gone"}
    ]


class Ordeal:
    """A site with an old output and new contents; what happens to its build is up to a test."""

    def __init__(self, folder: Path, articles: int = 4, *, turning: bool = True) -> None:
        self.site = make_site(folder / "site", articles)
        self._kept = folder / "kept"
        self.site.build()
        self.old = list_files(self.site.output)
        for name in KEPT:
            _copy(self.site.root / name, self._kept / name)
        edit(self.site)
        if turning:
            turn_into_folder(self.site)
        self.new = build_from_nothing(self.site, folder / "nothing")
        assert self.new != self.old

    def restore(self) -> None:
        """Put back the output, the list and the cache of the old build."""
        for path in self.site.root.iterdir():
            if path.name.startswith(".") or path.name == "output":
                remove(path)
        for name in KEPT:
            _copy(self._kept / name, self.site.root / name)

    def assert_one_or_the_other(self) -> None:
        """Let a build be refused because of a faulty article: the output is the old or the new."""
        faulty = self.site.root / "content/hong.md"
        self.site.write("content/hong.md", "---\ntitle: x\n")
        try:
            self.site.build()
        except ProblemsFoundError:
            assert list_files(self.site.output) in (self.old, self.new)
        else:
            raise AssertionError("a faulty article was built")
        finally:
            faulty.unlink()

    def assert_sound(self, *warned: str) -> Report:
        """Build once more: the output is the new one, and nothing else is left."""
        report = self.site.build()
        built = list_files(self.site.output)
        differing = {name for name in {*built, *self.new} if built.get(name) != self.new.get(name)}
        assert not differing, differing
        assert {path.name for path in self.site.root.iterdir()} - KEPT <= {
            *("config.yaml", "content", "templates")
        }
        assert {*list_codes(report)} <= {*warned}, report.warnings
        return report


def fork(work: Callable[[], object]) -> int:
    """Start ``work`` in a process group of its own, and return its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        return process
    code = FAULT
    try:
        os.setpgid(0, 0)
        work()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 0
    finally:
        os._exit(code)


def wait(process: int, patience: float = PATIENCE_SECONDS) -> int:
    """Wait for a process and return its exit code; one that hangs is killed, which is a failure."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    kill(process)
    raise AssertionError("it hangs")


def adopt_orphans() -> None:
    """Let processes whose parent is killed be children of this one, where the system can do it.

    The first process of a container may take a second until it notices that they ended.
    """
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def kill(process: int) -> None:
    """Kill a process with all that it started, and wait for it."""
    for end in (os.killpg, os.kill):
        try:
            end(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    for awaited in (process, -process):
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(awaited, 0)
    # Those that are no children of this process end a moment later.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        while True:
            os.killpg(process, signal.SIGKILL)
            time.sleep(0.001)


def run(
    site: SiteFolder, *words: str, user: int = 0, limit: Callable[[], object] = bool
) -> Outcome:
    """Run a command of the program on a site, and return how it ended.

    It runs as ``user``, if that is not 0; ``limit`` is called in its process before.
    """
    process, said = start(site, *words, user=user, limit=limit)
    code = wait(process)
    with said:
        return Outcome(code, said.read())


def start(
    site: SiteFolder, *words: str, user: int = 0, limit: Callable[[], object] = bool
) -> tuple[int, TextIO]:
    """Start a command as :func:`run` does; return its process, and where to read its words."""
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, _MOST_WORDS)

    def work() -> None:
        sys.stdout = sys.stderr = os.fdopen(writer, "w", buffering=1, encoding="utf-8")
        if user:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
        limit()
        main(["--root", str(site.root), *words, *(["--no-search"] if words[0] == "build" else [])])

    process = fork(work)
    os.close(writer)
    return process, os.fdopen(reader, encoding="utf-8", errors="replace")


def remove(path: Path) -> None:
    """Delete whatever is at ``path``, if anything."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def run_under_strace(work: Callable[[], object], strace: str, calls: str, number: int) -> int:
    """Do ``work`` in a process that is killed when it makes the ``number``-th of these calls.

    Return its exit code.
    """
    reader, writer = os.pipe()

    def wait_and_work() -> None:
        os.close(writer)
        os.read(reader, 1)
        work()

    process = fork(wait_and_work)
    os.close(reader)
    rule = f"{calls}:signal=SIGKILL:when={number}"
    words = [strace, "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={rule}"]
    watcher = subprocess.Popen([*words, "-p", str(process)], stderr=subprocess.DEVNULL)
    status = Path(f"/proc/{process}/status")
    while "TracerPid:\t0" in status.read_text("utf-8"):
        assert watcher.poll() is None, "strace cannot watch this process"
        time.sleep(0.001)
    os.close(writer)
    code = wait(process)
    watcher.wait()
    return code


def find_strace() -> str:
    """Return the path of strace, or skip the test."""
    path = os.environ.get("SITEGEN_STRACE") or shutil.which("strace")
    if not path or sys.platform != "linux":
        pytest.skip("no strace")
    ours = subprocess.run([path, "-o", "/dev/null", "true"], check=False, capture_output=True)
    if ours.returncode:
        pytest.skip("strace is not allowed to watch processes here")
    return path


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
