"""The built site on disk: written whole or not at all, pruned only of what earlier builds wrote.

Every changed file is first staged (:mod:`~sitegen.output.staging`). When all are there, a journal
says so (:mod:`~sitegen.output.journal`), and each file is moved to its place by one atomic rename,
or with a whole folder where that is new. A build that is killed before the journal leaves the site
untouched; one that is killed later is finished by the next.
"""

import contextlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from sitegen.output.folder import find_outside, manifest_path, read_manifest
from sitegen.output.journal import Journal, begin, finish, is_unfinished, write_durably
from sitegen.output.lock import hold_lock
from sitegen.output.staging import STAGING, staged_tree
from sitegen.problems import UsageError


@contextlib.contextmanager
def open_output(folder: Path) -> Iterator[None]:
    """Lock the output for one build, and first finish what a killed one left.

    Raises :class:`~sitegen.problems.UsageError` where another build holds it.
    """
    existed = folder.exists()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with hold_lock(folder):
        if is_unfinished(folder):
            finish(folder)
        staging = folder / STAGING
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        try:
            yield
        finally:
            if not is_unfinished(folder):
                shutil.rmtree(staging, ignore_errors=True)
            if not existed:
                with contextlib.suppress(OSError):
                    folder.rmdir()


def commit(folder: Path, staged: Collection[str], gone: Collection[str], manifest: str) -> None:
    """Move the ``staged`` files into place, and delete those that are ``gone``.

    ``manifest`` is the text of the new one. Called while :func:`open_output` holds the folder.

    Raises :class:`~sitegen.problems.UsageError` where something of others is in the way.
    """
    if staged or gone:
        in_the_way = _find_in_the_way(staged, gone) if gone else set()
        _refuse_obstacles(staged_tree(folder), folder, "", in_the_way)
        begin(folder, Journal(sorted(in_the_way), sorted(set(gone) - in_the_way)), manifest)
        finish(folder)
    elif read_manifest(folder) != manifest:
        write_durably(manifest_path(folder), manifest.encode())


def _find_in_the_way(staged: Iterable[str], gone: Iterable[str]) -> set[str]:
    """Return what must go before the rest: a file where a folder will be, or the reverse."""
    targets = set(staged)
    folders = {parent for path in targets for parent in _parents(path)}
    return {path for path in gone if path in folders or not targets.isdisjoint(_parents(path))}


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
                if outside := find_outside(folder, target):
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
