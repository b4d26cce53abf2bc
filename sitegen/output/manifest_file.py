"""The file of the manifest, beside the output, with a seal that shows whether it is whole.

The first line is the seal: a digest of the second line, and one of all the others. So the second
line, the note of the whole site, can be read alone. A copy lies in the cache. It is used only to
know which files builds wrote, when the list itself is damaged or lost.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.foundation.files import open_new, open_regular, read_file
from sitegen.foundation.parts import DIGEST_SIZE, digest_bytes, digest_pieces
from sitegen.model import Record
from sitegen.output.staging import STAGING

COPIES = "lists"
# Two digests in hexadecimal, a blank and a line feed.
_SEAL_SIZE = 4 * DIGEST_SIZE + 2


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
    others = (each.encode() for each in (more, *pieces[1:]))
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
    return _read_sealed(manifest_path(folder)) or ""


def read_manifest_head(folder: Path) -> str:
    """Return the first line of the manifest: nothing, if there is none that is whole."""
    try:
        with open(manifest_path(folder), "rb", opener=open_regular) as file:
            seal, head = file.readline(), file.readline().removesuffix(b"\n")
    except OSError:
        return ""
    return head.decode() if seal.startswith(digest_bytes(head).hex().encode()) else ""


def recall_manifest(folder: Path, cache: Path) -> tuple[str, str]:
    """Return the manifest of ``folder`` as text, and what is wrong with it as a code, or nothing.

    If something is wrong, the text is that of the copy: it names files that builds wrote, but these
    files may be other ones by now.
    """
    path = manifest_path(folder)
    text = _read_sealed(path)
    if text is not None:
        return text, ""
    if not os.path.lexists(path) and not _has_content(folder):
        return "", ""
    copy = _read_sealed(_copy_path(folder, cache)) or ""
    return copy, "list-damaged" if os.path.lexists(path) else "list-lost"


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


def _read_sealed(path: Path) -> str | None:
    """Return the text of a sealed file, or ``None``."""
    try:
        data = read_file(path)
    except OSError:
        return None
    end = data.find(b"\n", _SEAL_SIZE)
    end = end if end >= 0 else len(data)
    # Not copied.
    whole = memoryview(data)
    if whole[:_SEAL_SIZE] != _make_seal(whole[_SEAL_SIZE:end], [whole[end + 1 :]]):
        return None
    return str(whole[_SEAL_SIZE:], "utf-8")


def _make_seal(first: bytes | memoryview, others: Iterable[bytes | memoryview]) -> bytes:
    """Return the seal of a manifest's first line, and of all that follows, in pieces."""
    return f"{digest_bytes(first).hex()} {digest_pieces(others).hex()}\n".encode()


def _copy_path(folder: Path, cache: Path) -> Path:
    """Return where the copy is; the list of another output has another name."""
    return cache / COPIES / digest_bytes(os.path.realpath(folder).encode()).hex()


def _has_content(folder: Path) -> bool:
    try:
        return any(name != STAGING for name in os.listdir(folder))  # noqa: PTH208
    except OSError:
        return False
