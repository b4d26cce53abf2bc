"""Results that are costly to compute, kept between builds under a key that names all their inputs.

The folder may be deleted at any time. A file in it that was damaged is computed again, because each
carries the digest of its own contents.
"""

import contextlib
import os
from collections.abc import Callable, Container
from pathlib import Path

from sitegen.foundation.parts import DIGEST_SIZE, digest_bytes


def remember(folder: Path, key: str, compute: Callable[[], bytes]) -> bytes:
    """Return the result kept under ``key``, or else compute it and keep it.

    ``key`` is a file name that changes whenever the result could. A cache that cannot be written
    is only slow, so that is not an error.
    """
    kept = recall(folder, key)
    if kept is not None:
        return kept
    import tempfile

    result = compute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(digest_bytes(result) + result)
        Path(temporary).replace(folder / key)
    except OSError:
        pass
    return result


def recall(folder: Path, key: str) -> bytes | None:
    """Return the result kept under ``key``, or nothing."""
    try:
        kept = (folder / key).read_bytes()
    except OSError:
        return None
    digest, result = kept[:DIGEST_SIZE], kept[DIGEST_SIZE:]
    return result if digest and digest == digest_bytes(result) else None


def count_kept(folder: Path) -> int:
    """Return how many results a folder keeps."""
    return len(_list_names(folder))


def keep_only(folder: Path, keys: Container[str]) -> None:
    """Delete all results but those under ``keys``, and what killed builds left.

    Another build may be at work in the folder: it computes again what is gone, and is not stopped
    where even the file that it was writing is.
    """
    for name in _list_names(folder):
        if name not in keys:
            with contextlib.suppress(OSError):
                (folder / name).unlink()


def _list_names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 (no path is made of each of 300,000 names)
    except OSError:
        return []
