"""The journal: which files are still to be moved and deleted, for whoever finishes the build.

It is written when all files are staged, and deleted when all is done. Between the two, every step
may be done again: what is still staged is what is left to move.
"""

import contextlib
import os
from pathlib import Path, PurePosixPath

import msgspec

from sitegen.model import Record
from sitegen.output.folder import find_outside, manifest_path
from sitegen.output.staging import STAGING, staged_tree

_JOURNAL = "journal.json"
_MANIFEST = "list"


class Journal(Record, frozen=True, array_like=False):
    """The files that a build deletes: ``clear`` before its own are moved, ``remove`` after that."""

    clear: list[str]
    remove: list[str]


def is_unfinished(folder: Path) -> bool:
    """Tell whether a build has begun to move its files and has not finished."""
    return _journal_path(folder).exists()


def begin(folder: Path, journal: Journal, manifest: str) -> None:
    """Write the new manifest and the journal: from then on, any build finishes this one first."""
    write_durably(folder / STAGING / _MANIFEST, manifest.encode())
    write_durably(_journal_path(folder), msgspec.json.encode(journal))


def finish(folder: Path) -> None:
    """Do what the journal says; every step may have been done already."""
    staging = folder / STAGING
    journal = msgspec.json.decode(_journal_path(folder).read_bytes(), type=Journal)
    for path in journal.clear:
        _remove(folder, path)
    if staged_tree(folder).exists():
        _move(staged_tree(folder), folder)
    for path in journal.remove:
        _remove(folder, path)
    write_durably(manifest_path(folder), (staging / _MANIFEST).read_bytes())
    import shutil

    shutil.rmtree(staging)


def write_durably(path: Path, data: bytes) -> None:
    """Replace a file by one atomic rename, when its bytes are on the disk."""
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _journal_path(folder: Path) -> Path:
    return folder / STAGING / _JOURNAL


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
    if find_outside(folder, target.parent) or (target.is_dir() and not target.is_symlink()):
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
