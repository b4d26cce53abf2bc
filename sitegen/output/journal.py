"""The journal: what a build still has to do, for whoever finishes it.

It is written when all files are staged, and deleted when all is done. Between the two, every step
may be done again: what is still staged is what is left to move.

The journal begins with its own digest. One that is damaged says that files were moved, but not what
is left to do: it is set aside, which means that it is emptied. While an empty journal is there, a
build makes every file again.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from sitegen.foundation.files import open_new, read_file, replace_file
from sitegen.foundation.folders import find_outside
from sitegen.foundation.parts import DIGEST_SIZE, digest_bytes, digest_pieces
from sitegen.model import Record
from sitegen.output.manifest_file import SealedManifest, unseal_manifest, write_manifest
from sitegen.output.settling import settle
from sitegen.output.staging import STAGING, clear_staging, staged_tree

_LENGTH_SIZE = 8


class Journal(Record, frozen=True):
    """The files that a build deletes, and its manifest."""

    gone: frozenset[str]
    manifest: SealedManifest

    def encode(self) -> Iterator[bytes]:
        """Yield the bytes of its file."""
        gone = msgspec.msgpack.encode(self.gone)
        yield len(gone).to_bytes(_LENGTH_SIZE, "big") + gone
        yield from self.manifest.encode()


def is_unfinished(folder: Path) -> bool:
    """Tell whether a build has begun to move its files and has not finished."""
    return os.path.lexists(_journal_path(folder))


def is_set_aside(folder: Path) -> bool:
    """Tell whether a build has moved files, and it is not known which."""
    return is_unfinished(folder) and _read_journal(folder) is None


def begin(folder: Path, journal: Journal) -> None:
    """Write the journal: from then on, any build finishes this one first.

    Everything that is staged is on the disk before.
    """
    settle(folder, _list_staged(folder))
    with open_new(_journal_path(folder), durably=True) as file:
        file.write(digest_pieces(journal.encode()))
        file.writelines(journal.encode())


def finish(folder: Path, journal: Journal | None = None) -> None:
    """Do what the journal says; every step may have been done already.

    If the journal is not given, it is read.
    """
    journal = journal or _read_journal(folder)
    if journal is None:
        clear_staging(folder)
        (folder / STAGING).mkdir()
        replace_file(_journal_path(folder), b"", durably=True)
        return
    moves = list(list_moves(folder))
    for path in moves:
        if path in journal.gone or (folder / path).is_dir():
            for each in journal.gone:
                if f"{each}/".startswith(f"{path}/"):
                    _remove(folder, each)
        (staged_tree(folder) / path).replace(folder / path)
    for path in journal.gone:
        _remove(folder, path)
    settle(folder, _list_folders(folder, [*moves, *journal.gone]))
    write_manifest(folder, journal.manifest)
    end(folder)


def end(folder: Path) -> None:
    """Delete the journal, if there is one: nothing is left to do."""
    _journal_path(folder).unlink(missing_ok=True)


def list_moves(folder: Path, inside: str = "") -> Iterator[str]:
    """Yield each path that is staged and is moved whole: a file, or a folder that is new.

    ``inside`` is a path that ends in ``/``, or nothing.
    """
    # A power cut in the last step may leave the journal and take the folder.
    with contextlib.suppress(FileNotFoundError):
        for entry in os.scandir(staged_tree(folder) / inside):
            path = f"{inside}{entry.name}"
            if entry.is_dir() and (folder / path).is_dir():
                yield from list_moves(folder, f"{path}/")
            else:
                yield path


def _journal_path(folder: Path) -> Path:
    return folder / STAGING / "journal"


def _read_journal(folder: Path) -> Journal | None:
    """Return the journal, or ``None`` if it cannot be read."""
    try:
        kept = read_file(_journal_path(folder))
    except OSError:
        return None
    digest, data = kept[:DIGEST_SIZE], kept[DIGEST_SIZE:]
    if not data or digest != digest_bytes(data):
        return None
    end = _LENGTH_SIZE + int.from_bytes(data[:_LENGTH_SIZE], "big")
    try:
        gone = msgspec.msgpack.decode(data[_LENGTH_SIZE:end], type=frozenset[str])
    except msgspec.DecodeError:
        # Another version wrote it.
        return None
    return Journal(gone, unseal_manifest(data[end:]))


def _list_staged(folder: Path) -> Iterator[Path]:
    """Yield every staged file, and each folder after what is in it."""
    for top, _, names in os.walk(staged_tree(folder), topdown=False):
        yield from (Path(top, name) for name in names)
        yield Path(top)


def _list_folders(folder: Path, paths: list[str]) -> Iterator[Path]:
    """Yield the folders in which names were changed, if they are still there."""
    around = {parent for path in paths for parent in PurePosixPath(path).parents}
    yield from (folder / each for each in around if (folder / each).is_dir())


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
