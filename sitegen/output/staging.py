"""Changed files, written to a staging folder in the output, each at its own path."""

import os
from pathlib import Path

from sitegen.foundation.files import read_file
from sitegen.foundation.folders import find_outside
from sitegen.problems import Place, ProblemsFoundError, UsageError, explain, problem

STAGING = ".staging"
_TREE = "tree"


def staged_tree(folder: Path) -> Path:
    """Return the folder in which files are staged for the output ``folder``."""
    return folder / STAGING / _TREE


def is_left(folder: Path) -> bool:
    """Tell whether a build of ``folder`` is at work, or was killed at it."""
    return os.path.lexists(folder / STAGING)


def clear_staging(folder: Path) -> None:
    """Delete all that is staged, and the journal; nothing that a link leads to."""
    import shutil

    staging = folder / STAGING
    if staging.is_dir() and not staging.is_symlink():
        shutil.rmtree(staging, ignore_errors=True)
    else:
        staging.unlink(missing_ok=True)


def clear_tree(folder: Path) -> None:
    """Delete all that is staged, but not the journal."""
    import shutil

    shutil.rmtree(staged_tree(folder), ignore_errors=True)


class Stager:
    """Stages the files that the output does not hold yet."""

    def __init__(self, folder: Path) -> None:
        # Plain text: this is done fifty thousand times.
        self._folder = str(folder)
        self._tree = str(staged_tree(folder))
        # Which folders the output has, and which were made to stage into.
        self._there: dict[str, bool] = {}
        self._made: set[str] = set()

    def stage(self, path: str, data: bytes) -> bool:
        """Stage a file for ``path`` (relative, ``/`` between parts) unless it is there already.

        Raises :class:`~sitegen.problems.ProblemsFoundError` where the system does not take it.
        """
        folder = path.rpartition("/")[0]
        if self._is_there(folder) and holds(f"{self._folder}/{path}", data):
            return False
        try:
            if folder not in self._made:
                self._make(folder)
            with open(f"{self._tree}/{path}", "wb", buffering=0) as file:  # noqa: PTH123
                written = file.write(data)
                # On a disk that becomes full, the system takes a part of the bytes without a word.
                while written < len(data):
                    written += file.write(data[written:])
        except OSError as error:
            # The same for every file: if the disk is full, this is one problem.
            place = Place(os.path.basename(self._folder))  # noqa: PTH119
            found = problem("output-unwritable", place, reason=explain(error))
            raise ProblemsFoundError([found]) from error
        return True

    def _is_there(self, folder: str) -> bool:
        """Tell whether the output has a folder.

        Raises :class:`~sitegen.problems.UsageError` where a link leads out of the output to it.
        """
        there = self._there.get(folder)
        if there is None:
            place = f"{self._folder}/{folder}"
            around = not folder or self._is_there(folder.rpartition("/")[0])
            there = around and os.path.isdir(place)  # noqa: PTH112
            if there and (outside := find_outside(self._folder, place)):
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


def holds(path: str | Path, data: bytes) -> bool:
    """Tell whether the file at ``path`` has exactly these bytes."""
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116 (a page is looked at in microseconds)
            return False
        return read_file(path) == data
    except OSError:
        return False
