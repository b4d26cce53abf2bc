"""The journal: what a build still has to do, for whoever finishes it.

It is written when all files are staged, and deleted when all is done. Between the two, every step
may be done again: what is still staged is what is left to move.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from sitegen.foundation.folders import find_outside
from sitegen.model import Record
from sitegen.output.folder import manifest_path
from sitegen.output.staging import STAGING, staged_tree


class Journal(Record, frozen=True):
    """The files that a build deletes, and the text of its manifest."""

    gone: frozenset[str]
    manifest: str


def is_unfinished(folder: Path) -> bool:
    """Tell whether a build has begun to move its files and has not finished."""
    return _journal_path(folder).exists()


def begin(folder: Path, journal: Journal) -> None:
    """Write the journal: from then on, any build finishes this one first."""
    write_durably(_journal_path(folder), msgspec.msgpack.encode(journal))


def finish(folder: Path, journal: Journal | None = None) -> None:
    """Do what the journal says; every step may have been done already.

    If the journal is not given, it is read.
    """
    if journal is None:
        journal = msgspec.msgpack.decode(_journal_path(folder).read_bytes(), type=Journal)
    for path in list(list_moves(folder)):
        if path in journal.gone or (folder / path).is_dir():
            for each in journal.gone:
                if f"{each}/".startswith(f"{path}/"):
                    _remove(folder, each)
        (staged_tree(folder) / path).replace(folder / path)
    for path in journal.gone:
        _remove(folder, path)
    write_durably(manifest_path(folder), journal.manifest.encode())
    _journal_path(folder).unlink()


def list_moves(folder: Path, inside: str = "") -> Iterator[str]:
    """Yield each path that is staged and is moved whole: a file, or a folder that is new.

    ``inside`` is a path that ends in ``/``, or nothing.
    """
    for entry in os.scandir(staged_tree(folder) / inside):
        path = f"{inside}{entry.name}"
        if entry.is_dir() and (folder / path).is_dir():
            yield from list_moves(folder, f"{path}/")
        else:
            yield path


def write_durably(path: Path, data: bytes) -> None:
    """Replace a file by one atomic rename, when its bytes are on the disk."""
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _journal_path(folder: Path) -> Path:
    return folder / STAGING / "journal"


def _remove(folder: Path, path: str) -> None:
    """Delete a file and the folders that it leaves empty, but nothing that a link leads to.

    A folder in the file's place means that the rest of the journal was done already.
    """
    target = folder / path
    if find_outside(folder, target.parent) or (target.is_dir() and not target.is_symlink()):
        return
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        target.unlink()
    for parent in PurePosixPath(path).parents[:-1]:
        try:
            (folder / parent).rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return
