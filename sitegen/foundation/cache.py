"""A cache of results that are costly to compute, each a file whose name is the key of its inputs.

The folder may be deleted at any time. Each file begins with the digest of its result, so a damaged
file is noticed, and its result is computed again.
"""

import contextlib
from collections.abc import Callable, Container
from pathlib import Path

from sitegen.foundation.files import read_file, write_file
from sitegen.foundation.folders import list_folder
from sitegen.foundation.parts import DIGEST_SIZE, digest_bytes


def remember(folder: Path, key: str, compute: Callable[[], bytes]) -> bytes:
    """Return the cached result of ``key``, or else compute it and cache it.

    ``key`` is a file name that changes whenever the result can change. If the cache cannot be
    written, the build is only slower, so this is not an error.
    """
    kept = recall(folder, key)
    if kept is not None:
        return kept
    result = compute()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        # Who reads the file while it is written takes it for damaged.
        write_file(folder / key, digest_bytes(result) + result)
    return result


def recall(folder: Path, key: str) -> bytes | None:
    """Return the cached result of ``key``, or ``None``."""
    try:
        kept = read_file(folder / key)
    except OSError:
        return None
    digest, result = kept[:DIGEST_SIZE], kept[DIGEST_SIZE:]
    return result if digest and digest == digest_bytes(result) else None


def keep_only(folder: Path, keys: Container[str]) -> None:
    """Delete all results but those of ``keys``.

    Another build may use the folder at the same time. It computes again what is deleted here, even
    a file that it is writing.
    """
    for name in list_folder(folder):
        if name not in keys:
            with contextlib.suppress(OSError):
                (folder / name).unlink()


def clear(folder: Path, but: Container[str]) -> None:
    """Delete everything in the folder of a cache but what is named in ``but``."""
    import shutil

    for name in list_folder(folder):
        if name not in but:
            shutil.rmtree(folder / name, ignore_errors=True)
            with contextlib.suppress(OSError):
                (folder / name).unlink()
