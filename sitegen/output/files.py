"""The built site on disk: written whole or not at all, pruned only of what earlier builds wrote.

Every changed file is first written to a staging folder in the output, at its own path. When all
pages are there, a journal says so, and each file is moved to its place by one atomic rename, or
with a whole folder where that is new. A build that is killed before the journal leaves the site
untouched; one that is killed later is finished by the next: what is still staged is what is left.
"""

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from sitegen.model import Record
from sitegen.problems import UsageError

STAGING = ".staging"
_JOURNAL = "journal.json"
_LIST = "list"
_TREE = "tree"


class Batch(Record, frozen=True):
    """The paths that one worker staged, or found to be different."""

    staged: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


class Stager:
    """Writes changed files to the staging folder, each at its own path."""

    def __init__(self, folder: Path, _worker: int) -> None:
        # Plain text: this is done fifty thousand times.
        self._folder = str(folder)
        self._tree = f"{folder}/{STAGING}/{_TREE}"
        self._staged: list[str] = []
        # Whether the output has a folder, and the folders that were made to stage into.
        self._there: dict[str, bool] = {}
        self._made: set[str] = set()

    def add(self, path: str, data: bytes) -> None:
        """Stage a file for ``path`` (relative, ``/`` between parts) unless it is there already."""
        folder = path.rpartition("/")[0]
        if self._is_there(folder) and holds(f"{self._folder}/{path}", data):
            return
        if folder not in self._made:
            self._make(folder)
        with open(f"{self._tree}/{path}", "wb", buffering=0) as file:  # noqa: PTH123
            file.write(data)
        self._staged.append(path)

    def finish(self) -> Batch:
        """Return what was staged."""
        return Batch(tuple(self._staged))

    def _is_there(self, folder: str) -> bool:
        """Tell whether the output has a folder; where it has not, it has none in it either.

        One that a link leads out of the output is refused.
        """
        there = self._there.get(folder)
        if there is None:
            place = f"{self._folder}/{folder}"
            around = not folder or self._is_there(folder.rpartition("/")[0])
            there = around and os.path.isdir(place)  # noqa: PTH112
            if there and (outside := _leads_out(self._folder, place)):
                raise UsageError("output-unsafe", path=place, reason=outside)
            self._there[folder] = there
        return there

    def _make(self, folder: str) -> None:
        staged = f"{self._tree}/{folder}"
        try:
            os.mkdir(staged)  # noqa: PTH102
        except OSError:
            # Its own folder is missing too, or another worker has made it.
            os.makedirs(staged, exist_ok=True)  # noqa: PTH103
        self._made.add(folder)


def _leads_out(folder: str | Path, place: str | Path) -> str:
    """Return where a link below ``folder`` leads to outside of it, or nothing."""
    top, real = os.path.realpath(folder), os.path.realpath(place)
    return "" if os.path.commonpath([top, real]) == top else real


def holds(path: str | Path, data: bytes) -> bool:
    """Tell whether the file at ``path`` has exactly these bytes."""
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116 (a page is looked at in microseconds)
            return False
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read() == data
    except OSError:
        return False


def commit(
    folder: Path, batches: Iterable[Batch], gone: Collection[str], listing: str
) -> tuple[int, int]:
    """Move everything that was staged into place, delete what only earlier builds wrote.

    ``gone`` are the paths to delete, ``listing`` is the list as it is to be afterwards. Returned
    are the numbers of files that were written and removed. Called while :func:`open_output` holds
    the folder.
    """
    staged = [path for batch in batches for path in batch.staged]
    manifest = manifest_path(folder)
    if staged or gone:
        in_the_way = _find_in_the_way(staged, gone) if gone else set()
        staging = folder / STAGING
        _refuse_obstacles(staging / _TREE, folder, "", in_the_way)
        journal = {"clear": sorted(in_the_way), "remove": sorted(set(gone) - in_the_way)}
        _write_durably(staging / _LIST, listing.encode())
        _write_durably(staging / _JOURNAL, json.dumps(journal).encode())
        _finish(folder, manifest)
    elif read_list(folder) != listing:
        _write_durably(manifest, listing.encode())
    return len(staged), len(gone)


def _find_in_the_way(staged: Iterable[str], gone: Iterable[str]) -> set[str]:
    """Return what must go before the rest: a file where a folder will be, or the reverse."""
    targets = set(staged)
    folders = {parent for path in targets for parent in _parents(path)}
    return {path for path in gone if path in folders or not targets.isdisjoint(_parents(path))}


def read_list(folder: Path) -> str:
    """Return the list of what earlier builds wrote into ``folder``: nothing, if there is none."""
    try:
        return manifest_path(folder).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def read_list_head(folder: Path) -> str:
    """Return the first line of the list: nothing, if there is none."""
    try:
        with manifest_path(folder).open(encoding="utf-8") as file:
            return file.readline()
    except (OSError, UnicodeDecodeError):
        return ""


def is_unfinished(folder: Path) -> bool:
    """Tell whether a build was killed, or is still at work, after it began to move its files."""
    return (folder / STAGING / _JOURNAL).exists()


def list_top(folder: Path) -> frozenset[str]:
    """Return the names of what lies in ``folder`` itself."""
    try:
        return frozenset(path.name for path in folder.iterdir())
    except OSError:
        return frozenset()


@contextlib.contextmanager
def open_output(folder: Path) -> Iterator[None]:
    """Lock the output for one build, and first finish what a killed one left.

    Raises :class:`~sitegen.problems.UsageError` where another build holds it.
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

    Raises :class:`~sitegen.problems.UsageError`.
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
    parts = path.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]


def _refuse_obstacles(tree: Path, folder: Path, inside: str, cleared: set[str]) -> None:
    """Refuse to build over what no build wrote: a file where a folder must be, or the reverse.

    ``tree`` holds what is staged for ``inside`` (a path that ends in ``/``, or nothing).
    """
    if not tree.exists():
        return
    for entry in list(os.scandir(tree)):
        path = f"{inside}{entry.name}"
        target = folder / path
        if entry.is_dir():
            if target.is_dir():
                if outside := _leads_out(folder, target):
                    raise UsageError("output-unsafe", path=str(target), reason=outside)
                _refuse_obstacles(Path(entry.path), folder, f"{path}/", cleared)
            elif path not in cleared and os.path.lexists(target):
                raise UsageError("output-unsafe", path=str(folder), reason=path)
        elif target.is_dir() and not target.is_symlink():
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
    if (staging / _TREE).exists():
        _move(staging / _TREE, folder)
    for path in journal["remove"]:
        _remove(folder, path)
    _write_durably(manifest, (staging / _LIST).read_bytes())
    shutil.rmtree(staging)


def _move(tree: Path, folder: Path) -> None:
    """Move what lies in ``tree`` to its place in ``folder``: a new folder whole, at once."""
    for entry in list(os.scandir(tree)):
        target = folder / entry.name
        if entry.is_dir() and target.is_dir():
            _move(Path(entry.path), target)
        else:
            Path(entry.path).replace(target)


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
