"""The built site on disk: written whole or not at all, pruned only of what earlier builds wrote.

Every changed file is first written to a staging folder in the output. When all pages are there, a
journal says so, and each file is moved to its place by one atomic rename. A build that is killed
before the journal leaves the site untouched; one that is killed after it is finished by the next.
"""

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from sitegen.errors import UsageError
from sitegen.model import Record

STAGING = ".staging"
_JOURNAL = "journal.json"


class Written(Record, frozen=True):
    """What a build did to the output, in files."""

    written: int
    unchanged: int
    removed: int


class Batch(Record, frozen=True):
    """What one worker staged (names in the staging folder to paths), and what it left as it is."""

    moves: dict[str, str] = {}
    unchanged: tuple[str, ...] = ()


class Stager:
    """Writes changed files to the staging folder; ``worker`` keeps the names of workers apart."""

    def __init__(self, folder: Path, worker: int) -> None:
        self._folder = folder
        self._worker = worker
        self._moves: dict[str, str] = {}
        self._unchanged: list[str] = []
        self._checked: set[Path] = set()

    def add(self, path: str, data: bytes) -> None:
        """Stage a file for ``path`` (relative, ``/`` between parts) unless it is there already."""
        target = self._folder / path
        self._check_inside(target.parent)
        if holds(target, data):
            self._unchanged.append(path)
            return
        name = f"{self._worker}-{len(self._moves)}"
        (self._folder / STAGING / name).write_bytes(data)
        self._moves[name] = path

    def finish(self) -> Batch:
        """Return what was staged."""
        return Batch(self._moves, tuple(self._unchanged))

    def _check_inside(self, folder: Path) -> None:
        """Refuse a folder that a link leads out of the output."""
        if folder in self._checked:
            return
        if outside := _leads_out(self._folder, folder):
            raise UsageError("output-unsafe", path=str(folder), reason=outside)
        self._checked.add(folder)


def _leads_out(folder: Path, place: Path) -> str:
    """Return where a link below ``folder`` leads to outside of it, or nothing."""
    top, real = os.path.realpath(folder), os.path.realpath(place)
    return "" if os.path.commonpath([top, real]) == top else real


def holds(path: Path, data: bytes) -> bool:
    """Tell whether the file at ``path`` has exactly these bytes."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def commit(folder: Path, batches: Iterable[Batch]) -> Written:
    """Move everything that was staged into place, delete what only earlier builds wrote.

    Called while :func:`open_output` holds the folder.
    """
    manifest = manifest_path(folder)
    moves: dict[str, str] = {}
    unchanged: set[str] = set()
    for batch in batches:
        moves |= batch.moves
        unchanged.update(batch.unchanged)
    earlier = set(_read_list(manifest))
    current = unchanged | set(moves.values())
    surplus = earlier - current
    if moves or earlier != current:
        targets = set(moves.values())
        folders = {parent for path in targets for parent in _parents(path)}
        in_the_way = {
            path for path in surplus if path in folders or not targets.isdisjoint(_parents(path))
        }
        _refuse_obstacles(folder, moves.values(), in_the_way)
        journal = {
            "clear": sorted(in_the_way),
            "moves": moves,
            "remove": sorted(surplus - in_the_way),
            "files": sorted(current),
        }
        _write_durably(folder / STAGING / _JOURNAL, json.dumps(journal).encode())
        _finish(folder, manifest)
    return Written(len(moves), len(unchanged), len(surplus))


@contextlib.contextmanager
def open_output(folder: Path) -> Iterator[None]:
    """Lock the output for one build, and first finish what a killed one left.

    Raises :class:`~sitegen.errors.UsageError` where another build holds it.
    """
    manifest = manifest_path(folder)
    existed = folder.exists()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _lock(folder, manifest.with_suffix(".lock")):
        staging = folder / STAGING
        if (staging / _JOURNAL).exists():
            _finish(folder, manifest)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        try:
            yield
        finally:
            if not (staging / _JOURNAL).exists():
                shutil.rmtree(staging, ignore_errors=True)
            if not existed:
                with contextlib.suppress(OSError):
                    folder.rmdir()


def manifest_path(folder: Path) -> Path:
    """Return where the list of the files that builds wrote into ``folder`` is kept: beside it."""
    return folder.parent / f".{folder.name}.list"


def check_output(root: Path, folder: Path) -> None:
    """Refuse an output folder in which a build could do harm.

    Raises :class:`~sitegen.errors.UsageError`.
    """
    real, top = Path(os.path.realpath(folder)), Path(os.path.realpath(root))
    kept = [top / name for name in ("content", "templates", ".sitegen", ".git")]
    home = Path(os.path.realpath(Path.home()))
    reason = ""
    if real == Path(real.anchor) or real == home or real in home.parents:
        reason = str(real)
    elif real == top or real in top.parents:
        reason = str(top)
    else:
        inside = (each for each in kept if real == each or each in real.parents)
        reason = str(next(inside, ""))
    if reason:
        raise UsageError("output-unsafe", path=str(folder), reason=reason)
    if folder.exists() and not folder.is_dir():
        raise UsageError("output-unsafe", path=str(folder), reason=str(real))


def _parents(path: str) -> list[str]:
    """Return the folders below the output that a path lies in."""
    return [str(parent) for parent in PurePosixPath(path).parents[:-1]]


def _refuse_obstacles(folder: Path, paths: Iterable[str], cleared: set[str]) -> None:
    """Refuse to build over what no build wrote: a file where a folder must be, or the reverse."""
    for path in paths:
        for parent in _parents(path):
            place = folder / parent
            if parent not in cleared and not place.is_dir() and os.path.lexists(place):
                raise UsageError("output-unsafe", path=str(folder), reason=parent)
        target = folder / path
        if target.is_dir() and not target.is_symlink():
            kept = {
                (Path(root) / name).relative_to(folder).as_posix()
                for root, _, names in os.walk(target)
                for name in names
            }
            if kept - cleared:
                raise UsageError("output-unsafe", path=str(folder), reason=path)


def _finish(folder: Path, manifest: Path) -> None:
    """Do what the journal says; every step may have been done already."""
    staging = folder / STAGING
    journal = json.loads((staging / _JOURNAL).read_bytes())
    for path in journal["clear"]:
        _remove(folder, path)
    for name, path in journal["moves"].items():
        source, target = staging / name, folder / path
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
    for path in journal["remove"]:
        _remove(folder, path)
    _write_durably(manifest, "".join(f"{path}\n" for path in journal["files"]).encode())
    shutil.rmtree(staging)


def _remove(folder: Path, path: str) -> None:
    """Delete a file and the folders that it leaves empty, but nothing that a link leads to.

    A folder in the file's place means that the rest of the journal was done already.
    """
    target = folder / path
    if _leads_out(folder, target.parent) or (target.is_dir() and not target.is_symlink()):
        return
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        target.unlink()
    for parent in PurePosixPath(path).parents:
        if str(parent) == ".":
            return
        try:
            (folder / parent).rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return


def _read_list(manifest: Path) -> list[str]:
    """Return the files that earlier builds wrote; a path that leads elsewhere is not believed."""
    try:
        lines = manifest.read_text("utf-8").splitlines()
    except OSError:
        return []
    return [line for line in lines if line and ".." not in line.split("/") and line[0] != "/"]


def _write_durably(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


@contextlib.contextmanager
def _lock(folder: Path, path: Path) -> Iterator[None]:
    with path.open("a+b") as file:
        try:
            _lock_file(file.fileno())
        except OSError as error:
            raise UsageError("locked", path=str(folder)) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock_file(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock_file(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
