"""The file of the manifest, beside the output, with a seal that shows whether it is whole.

The first line is the seal: a digest of the second line, and one of all the others. So the second
line, the note of the whole site, can be read alone. A copy lies in the cache. It is used only to
know which files builds wrote, when the list itself is damaged or lost.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from sitegen.foundation.files import open_new, open_regular
from sitegen.foundation.parts import DIGEST_SIZE, Digest, digest_bytes, digest_pieces
from sitegen.model import Record
from sitegen.output.staging import STAGING

COPIES = "lists"
# Two digests in hexadecimal, a blank and a line feed.
_SEAL_SIZE = 4 * DIGEST_SIZE + 2
_PIECE = 1 << 18

_Parsed = TypeVar("_Parsed")


def manifest_path(folder: Path) -> Path:
    """Return where the manifest of ``folder`` is: beside it, where no web server publishes it."""
    return folder.parent / f".{folder.name}.list"


class SealedManifest(Record, frozen=True):
    """A manifest with its seal, in pieces.

    That of a large site has ten million bytes: they are nowhere put together.
    """

    seal: bytes
    pieces: tuple[str, ...]

    def encode(self) -> Iterator[bytes]:
        """Yield the bytes of its file."""
        yield self.seal
        yield from map(str.encode, self.pieces)


def seal_manifest(*pieces: str) -> SealedManifest:
    """Return the manifest whose text is in these pieces, with its seal."""
    first, _, more = "".join(pieces[:1]).partition("\n")
    others = digest_pieces(each.encode() for each in (more, *pieces[1:]))
    return SealedManifest(_make_seal(first.encode(), others), pieces)


def write_manifest(folder: Path, sealed: SealedManifest) -> None:
    """Replace the manifest of ``folder``; it is on the disk when this returns."""
    with open_new(manifest_path(folder), durably=True) as file:
        file.writelines(sealed.encode())


def holds_manifest(folder: Path, sealed: SealedManifest) -> bool:
    """Tell whether the manifest of ``folder`` is this one."""
    try:
        with open(manifest_path(folder), "rb", opener=open_regular) as file:
            same = all(file.read(len(piece)) == piece for piece in sealed.encode())
            return same and not file.read(1)
    except OSError:
        return False


def unseal_manifest(data: bytes) -> SealedManifest:
    """Return the manifest whose file holds ``data``, whatever its seal says."""
    return SealedManifest(data[:_SEAL_SIZE], (data[_SEAL_SIZE:].decode(),))


def read_manifest(folder: Path) -> str:
    """Return the manifest of ``folder`` as text: nothing, if there is none that is whole."""
    return _parse(manifest_path(folder), "".join) or ""


def read_manifest_head(folder: Path) -> str:
    """Return the first line of the manifest: nothing, if there is none that is whole."""
    try:
        with open(manifest_path(folder), "rb", opener=open_regular) as file:
            seal, head = file.readline(), file.readline().removesuffix(b"\n")
    except OSError:
        return ""
    return head.decode() if seal.startswith(digest_bytes(head).hex().encode()) else ""


def recall_manifest(
    folder: Path, cache: Path, parse: Callable[[Iterable[str]], _Parsed]
) -> tuple[_Parsed, str]:
    """Return the manifest of ``folder``, and what is wrong with it as a code, or nothing.

    ``parse`` makes it of its text, in pieces. If something is wrong, the manifest is that of the
    copy: it names files that builds wrote, but these files may be other ones by now.
    """
    path = manifest_path(folder)
    found = _parse(path, parse)
    if found is not None:
        return found, ""
    if not os.path.lexists(path) and not _has_content(folder):
        return parse(()), ""
    copy = _parse(_copy_path(folder, cache), parse)
    wrong = "list-damaged" if os.path.lexists(path) else "list-lost"
    return parse(()) if copy is None else copy, wrong


def copy_manifest(folder: Path, cache: Path, sealed: SealedManifest) -> None:
    """Keep a copy of the manifest in the cache, if it can be written."""
    path = _copy_path(folder, cache)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with open_new(path) as file:
            file.writelines(sealed.encode())


def find_unlisted(folder: Path, listed: frozenset[str]) -> list[str]:
    """Return the files in ``folder`` that are not ``listed``, without those with a leading dot."""
    found = []
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = Path(top).relative_to(folder)
        paths = ((inside / name).as_posix() for name in names if not name.startswith("."))
        found += [path for path in paths if path not in listed]
    return sorted(found)


def _parse(path: Path, parse: Callable[[Iterable[str]], _Parsed]) -> _Parsed | None:
    """Return what ``parse`` makes of the text of a sealed file, or ``None``."""
    try:
        with open(path, "rb", opener=open_regular) as file:
            return parse(_read_pieces(file))
    except (OSError, ValueError):
        return None


def _read_pieces(file: BinaryIO) -> Iterator[str]:
    """Yield the text of a sealed file, line by line or many at once.

    Raises :class:`ValueError` where it is not whole, at the latest behind its last piece.
    """
    seal, first = file.readline(), file.readline()
    yield first.decode()
    digest = Digest()
    while piece := file.read(_PIECE) + file.readline():
        digest.add(piece)
        yield piece.decode()
    if seal != _make_seal(first.removesuffix(b"\n"), digest.end()):
        raise ValueError


def _make_seal(first: bytes, others: bytes) -> bytes:
    """Return the seal of a manifest's first line, and of the digest of all that follows."""
    return f"{digest_bytes(first).hex()} {others.hex()}\n".encode()


def _copy_path(folder: Path, cache: Path) -> Path:
    """Return where the copy is; the list of another output has another name."""
    return cache / COPIES / digest_bytes(os.path.realpath(folder).encode()).hex()


def _has_content(folder: Path) -> bool:
    try:
        return any(name != STAGING for name in os.listdir(folder))  # noqa: PTH208
    except OSError:
        return False
