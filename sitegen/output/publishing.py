"""The built site on disk: written whole or not at all, pruned only of what earlier builds wrote.

Every changed file is first staged (:mod:`~sitegen.output.staging`). When all are there, a journal
says so (:mod:`~sitegen.output.journal`), and each file is moved to its place by one atomic rename,
or with a whole folder where that is new. A build that is killed before the journal leaves the site
untouched; one that is killed later is finished by the next. Each of these steps is on the disk
before the next begins (:mod:`~sitegen.output.settling`), so a power cut is no worse than a kill.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from sitegen.foundation.locks import hold_lock
from sitegen.output.journal import (
    Journal,
    begin,
    end,
    finish,
    is_set_aside,
    is_unfinished,
    list_moves,
)
from sitegen.output.manifest_file import (
    SealedManifest,
    holds_manifest,
    manifest_path,
    write_manifest,
)
from sitegen.output.staging import clear_staging, clear_tree, is_left, staged_tree
from sitegen.problems import UsageError


def recover(folder: Path) -> None:
    """Finish what a killed build left, or clear it away.

    Raises :class:`~sitegen.problems.UsageError` where a build is still at work.
    """
    if is_left(folder):
        with _lock(folder):
            _recover(folder)


@contextlib.contextmanager
def open_output(folder: Path) -> Iterator[None]:
    """Lock the output for one build, and first do what :func:`recover` does.

    The system frees the lock if this process is killed. Raises
    :class:`~sitegen.problems.UsageError` where another build holds it.
    """
    existed = folder.exists()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _lock(folder):
        _recover(folder)
        staged_tree(folder).mkdir(parents=True)
        try:
            yield
        finally:
            if not is_unfinished(folder):
                clear_staging(folder)
            elif is_set_aside(folder):
                clear_tree(folder)
            if not existed:
                with contextlib.suppress(OSError):
                    folder.rmdir()


@contextlib.contextmanager
def hold_output(folder: Path) -> Iterator[None]:
    """Lock the output, so that no build changes it while it is read.

    Raises :class:`~sitegen.problems.UsageError` where a build holds it.
    """
    with _lock(folder):
        yield


def commit(folder: Path, gone: frozenset[str], manifest: SealedManifest) -> None:
    """Move the staged files into place, and delete those that are ``gone``.

    ``manifest`` is the new one. Called while :func:`open_output` holds the folder.

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
        return
    if not holds_manifest(folder, manifest):
        write_manifest(folder, manifest)
    end(folder)


def _find_in_the_way(folder: Path, path: str) -> list[str]:
    """Return the files of the output where a staged folder will be, or in a staged file's place."""
    target = folder / path
    if target.is_dir() and not target.is_symlink():
        below = (Path(top, name) for top, _, names in os.walk(target) for name in names)
        return [file.relative_to(folder).as_posix() for file in below]
    is_folder = (staged_tree(folder) / path).is_dir()
    return [path] if is_folder and os.path.lexists(target) else []


def _recover(folder: Path) -> None:
    if is_unfinished(folder):
        finish(folder)
    if is_set_aside(folder):
        clear_tree(folder)
    else:
        clear_staging(folder)
    manifest_path(folder).with_name(f"{manifest_path(folder).name}.new").unlink(missing_ok=True)


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(hold_lock(folder.parent / f".{folder.name}.lock"))
        except BlockingIOError as error:
            raise UsageError("locked", path=str(folder)) from error
        yield
