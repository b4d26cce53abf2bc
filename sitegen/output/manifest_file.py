"""The file of the manifest, beside the output, with a seal that shows whether it is whole.

The first line is the seal: a digest of the second line, and one of all the others. So the second
line, the note of the whole site, can be read alone. A copy lies in the cache. It is used only to
know which files builds wrote, when the list itself is damaged or lost.
"""

import contextlib
import os
from pathlib import Path

from sitegen.foundation.files import open_regular, read_file, replace_file
from sitegen.foundation.parts import DIGEST_SIZE, digest_bytes
from sitegen.output.staging import STAGING, holds

COPIES = "lists"
# Two digests in hexadecimal, a blank and a line feed.
_SEAL_SIZE = 4 * DIGEST_SIZE + 2


def manifest_path(folder: Path) -> Path:
    """Return where the manifest of ``folder`` is: beside it, where no web server publishes it."""
    return folder.parent / f".{folder.name}.list"


def seal_manifest(text: str) -> bytes:
    """Return the bytes of the file that holds the manifest ``text``."""
    data = text.encode()
    return b"".join([_make_seal(data, 0), data])


def write_manifest(folder: Path, sealed: bytes) -> None:
    """Replace the manifest of ``folder``; it is on the disk when this returns."""
    replace_file(manifest_path(folder), sealed, durably=True)


def holds_manifest(folder: Path, sealed: bytes) -> bool:
    """Tell whether the manifest of ``folder`` is this one."""
    return holds(manifest_path(folder), sealed)


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


def copy_manifest(folder: Path, cache: Path, sealed: bytes) -> None:
    """Keep a copy of the manifest in the cache, if it can be written."""
    path = _copy_path(folder, cache)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, sealed)


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
    if data[:_SEAL_SIZE] != _make_seal(data, _SEAL_SIZE):
        return None
    return str(memoryview(data)[_SEAL_SIZE:], "utf-8")


def _make_seal(data: bytes, start: int) -> bytes:
    """Return the seal of what ``data`` holds from ``start`` on.

    The manifest of a large site has ten million bytes, so they are not copied.
    """
    end = data.find(b"\n", start)
    end = end if end >= 0 else len(data)
    whole = memoryview(data)
    head, rest = digest_bytes(whole[start:end]), digest_bytes(whole[end + 1 :])
    return f"{head.hex()} {rest.hex()}\n".encode()


def _copy_path(folder: Path, cache: Path) -> Path:
    """Return where the copy is; the list of another output has another name."""
    return cache / COPIES / digest_bytes(os.path.realpath(folder).encode()).hex()


def _has_content(folder: Path) -> bool:
    try:
        return any(name != STAGING for name in os.listdir(folder))  # noqa: PTH208
    except OSError:
        return False
