"""The built site on disk: written whole or not at all, pruned only of what earlier builds wrote.

Every changed file is first staged (:mod:`~sitegen.output.staging`). When all are there, a journal
says so (:mod:`~sitegen.output.journal`), and each file is moved to its place by one atomic rename,
or with a whole folder where that is new. A build that is killed before the journal leaves the site
untouched; one that is killed later is finished by the next.
"""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from sitegen.output.folder import manifest_path, read_manifest
from sitegen.output.journal import Journal, begin, finish, is_unfinished, list_moves, write_durably
from sitegen.output.staging import STAGING, staged_tree
from sitegen.problems import UsageError

if sys.platform == "win32":
    import msvcrt

    def _lock_file(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock_file(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def open_output(folder: Path) -> Iterator[None]:
    """Lock the output for one build, and first finish what a killed one left.

    The system frees the lock if this process is killed. Raises
    :class:`~sitegen.problems.UsageError` where another build holds it.
    """
    existed = folder.exists()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f".{folder.name}.lock").open("a+b") as lock:
        try:
            _lock_file(lock.fileno())
        except OSError as error:
            raise UsageError("locked", path=str(folder)) from error
        if is_unfinished(folder):
            finish(folder)
        staging = folder / STAGING
        shutil.rmtree(staging, ignore_errors=True)
        staged_tree(folder).mkdir(parents=True)
        try:
            yield
        finally:
            if not is_unfinished(folder):
                shutil.rmtree(staging, ignore_errors=True)
            if not existed:
                with contextlib.suppress(OSError):
                    folder.rmdir()


def commit(folder: Path, gone: frozenset[str], manifest: str) -> None:
    """Move the staged files into place, and delete those that are ``gone``.

    ``manifest`` is the text of the new one. Called while :func:`open_output` holds the folder.

    Raises :class:`~sitegen.problems.UsageError` where what no build wrote is in the way: a file
    where a folder must be, or the reverse.
    """
    moves = list(list_moves(folder))
    for path in moves:
        if not gone.issuperset(_find_in_the_way(folder, path)):
            raise UsageError("output-unsafe", path=str(folder), reason=path)
    if moves or gone:
        journal = Journal(gone, manifest)
        begin(folder, journal)
        finish(folder, journal)
    elif read_manifest(folder) != manifest:
        write_durably(manifest_path(folder), manifest.encode())


def _find_in_the_way(folder: Path, path: str) -> list[str]:
    """Return the files of the output where a staged folder will be, or in a staged file's place."""
    target = folder / path
    if target.is_dir() and not target.is_symlink():
        below = (Path(top, name) for top, _, names in os.walk(target) for name in names)
        return [file.relative_to(folder).as_posix() for file in below]
    is_folder = (staged_tree(folder) / path).is_dir()
    return [path] if is_folder and os.path.lexists(target) else []
