"""Discover the files below ``content/``, and what there is no file that could be read."""

import os
import re
import stat
import struct
import unicodedata
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path

import msgspec

from sitegen.foundation.folders import find_outside
from sitegen.foundation.parts import digest_bytes, digest_pieces
from sitegen.foundation.stamps import STAMP_SIZE, take_stamp
from sitegen.model import Record
from sitegen.problems import Place, Problem, explain, problem

CONTENT = "content"
MARKDOWN = ".md"
# Folders in folders. Every system of files takes paths of so many.
DEEPEST_FOLDER = 50

# Controls, halves of characters, and what turns text around or takes no room.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_PASSED_OVER = re.compile(r"\.|~\$|.*~\Z|thumbs\.db\Z|desktop\.ini\Z", re.IGNORECASE | re.DOTALL)
_PASSED_OVER_INITIALS = ".~"
_NO_STAMP = bytes(STAMP_SIZE)


class FoundFile(Record, frozen=True, gc=False):
    """A file below ``content/``: its path relative to the root as on disk, its size and stamp.

    The stamp is empty where it would not show every change
    (:func:`sitegen.foundation.stamps.take_stamp`).
    """

    path: str
    size: int
    stamp: bytes


class Discovery(Record, frozen=True):
    """The files below ``content/``, and what there is no such file.

    The files are held in three rows, because as records they would take four times as much memory:
    ``paths``, each with a zero behind it, ``sizes``, and ``stamps``, zeros where there is none.

    ``digest`` is that of the paths and stamps of all of them; it is empty where one has no stamp,
    or where it is not worth while.
    """

    paths: bytes
    sizes: bytes
    stamps: bytes
    problems: tuple[Problem, ...]
    digest: bytes = b""

    @property
    def files(self) -> Iterator[FoundFile]:
        """The files, as records that are made one by one."""
        paths, sizes = self.paths.decode().split("\0"), memoryview(self.sizes).cast("q")
        stamps = struct.iter_unpack(f"{STAMP_SIZE}s", self.stamps)
        # Behind the last path nothing follows.
        for path, size, (stamp,) in zip(paths, sizes, stamps, strict=False):
            yield FoundFile(path, size, stamp if stamp != _NO_STAMP else b"")


class _Rows:
    """The rows of a discovery while they grow; ``stamped`` if each file has a stamp."""

    def __init__(self) -> None:
        self._paths, self._sizes, self._stamps = bytearray(), array("q"), bytearray()
        self.stamped = True

    def add(self, path: str, size: int, stamp: bytes) -> None:
        self.stamped = self.stamped and bool(stamp)
        self._paths += f"{path}\0".encode()
        self._sizes.append(size)
        self._stamps += stamp or _NO_STAMP

    def end(self, problems: Iterable[Problem] = ()) -> Discovery:
        """Return the discovery, without its digest."""
        paths, sizes, stamps = bytes(self._paths), self._sizes.tobytes(), bytes(self._stamps)
        return Discovery(paths, sizes, stamps, tuple(problems))


def discover(root: Path, scanned: int, slice_number: int = 0, slices: int = 1) -> Discovery:
    """Return the files below ``content/`` in the order of their names, and what is no such file.

    With ``slices``, return one of as many slices of the folder (:func:`join_discoveries`).

    Names that begin with a dot or ``~$`` or end in ``~``, and what Windows leaves beside pictures,
    belong to editors' programs and are passed over. ``scanned`` is the time by the clock of the
    file system (:func:`sitegen.foundation.stamps.read_clock`).
    """
    # A checkout that lost its content must not empty the published site.
    if not (root / CONTENT).is_dir():
        return _Rows().end([problem("content-missing", Place(CONTENT))])
    if find_outside(root, root / CONTENT):
        return _Rows().end([problem("file-outside", Place(CONTENT))])
    rows = _Rows()
    problems: list[Problem] = []
    _walk(root, CONTENT, (), scanned, rows, problems, slice_number, slices)
    found = rows.end(problems)
    digest = digest_pieces([found.paths, found.stamps]) if rows.stamped else b""
    return msgspec.structs.replace(found, digest=digest)


def join_discoveries(discoveries: Sequence[Discovery]) -> Discovery:
    """Join the discoveries of all slices, in their order."""
    problems: list[Problem] = []
    for each in discoveries:
        # A problem of the folder itself was found in every slice.
        problems += (found for found in each.problems if found not in problems)
    digests = [each.digest for each in discoveries]
    return Discovery(
        b"".join([each.paths for each in discoveries]),
        b"".join([each.sizes for each in discoveries]),
        b"".join([each.stamps for each in discoveries]),
        tuple(problems),
        digest_bytes(b"".join(digests)) if all(digests) else b"",
    )


def look_again(root: Path, scanned: int, before: Discovery, named: Collection[str]) -> Discovery:
    """Return ``before`` with the files that are ``named``, and those that were young, as they are.

    It takes a hundredth of the time of :func:`discover`, which does the rest: files that are new,
    folders, links, and whatever was wrong ``before``. ``named`` are paths relative to the root.
    """
    if before.problems:
        return discover(root, scanned)
    files = {file.path: file for file in before.files}
    young = [file.path for file in files.values() if not file.stamp]
    for path in {*named, *young}:
        if not path.startswith(f"{CONTENT}/"):
            continue
        try:
            status = (root / path).lstat()
        except OSError as error:
            if path in files and isinstance(error, FileNotFoundError):
                del files[path]
                continue
            return discover(root, scanned)
        if path not in files or not stat.S_ISREG(status.st_mode):
            return discover(root, scanned)
        files[path] = FoundFile(path, status.st_size, take_stamp(status, scanned))
    rows = _Rows()
    for file in files.values():
        rows.add(file.path, file.size, file.stamp)
    return rows.end()


def _walk(
    root: Path,
    folder: str,
    above: tuple[str, ...],
    scanned: int,
    rows: _Rows,
    problems: list[Problem],
    slice_number: int = 0,
    slices: int = 1,
) -> None:
    real = os.path.realpath(root / folder)
    if real in above or len(above) >= DEEPEST_FOLDER:
        deep = problem("folder-deep", Place(folder), limit=str(DEEPEST_FOLDER))
        problems.append(problem("file-outside", Place(folder)) if real in above else deep)
        return
    try:
        with os.scandir(root / folder) as scan:
            entries = sorted(scan, key=attrgetter("name"))
    except OSError as error:
        problems.append(refuse_unreadable(folder, error))
        return
    entries = entries[
        len(entries) * slice_number // slices : len(entries) * (slice_number + 1) // slices
    ]
    for entry in entries:
        name = entry.name
        # Nearly all are articles, and fifty thousand are looked at by every build.
        article = name.endswith(MARKDOWN) and name[0] not in _PASSED_OVER_INITIALS
        if not article and _PASSED_OVER.match(name):
            continue
        path = f"{folder}/{name}"
        if not name.isprintable() and name != _printable(name):
            problems.append(problem("file-name", Place(_printable(path))))
            continue
        try:
            status = entry.stat()
        except OSError as error:
            problems.append(_refuse_entry(entry, path, error))
            continue
        if entry.is_symlink() and _leads_out(root, entry.path):
            problems.append(problem("file-outside", Place(path)))
        elif stat.S_ISREG(status.st_mode):
            rows.add(path, status.st_size, take_stamp(status, scanned))
        elif stat.S_ISDIR(status.st_mode):
            _walk(root, path, (*above, real), scanned, rows, problems)
        else:
            problems.append(problem("file-not-regular", Place(path)))


def _refuse_entry(entry: os.DirEntry[str], path: str, error: OSError) -> Problem:
    if not entry.is_symlink():
        return refuse_unreadable(path, error)
    gone = isinstance(error, FileNotFoundError)
    return problem("file-dangling" if gone else "file-outside", Place(path))


def _leads_out(root: Path, link: str) -> bool:
    """Tell whether a link leads out of ``content/``, or to what is passed over in it."""
    top = root / CONTENT
    inside = os.path.relpath(os.path.realpath(link), os.path.realpath(top))
    return bool(find_outside(top, link)) or any(map(_PASSED_OVER.match, Path(inside).parts))


def _printable(name: str) -> str:
    return "".join("�" if unicodedata.category(each) in _UNSEEN else each for each in name)


def refuse_unreadable(path: str, error: OSError) -> Problem:
    """Return the problem of a file or folder that the system does not let us read.

    It was there when the folder was listed: one that is gone was deleted or renamed meanwhile.
    """
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return problem("file-changing", Place(path))
    return problem("file-unreadable", Place(path), reason=explain(error))
