"""Folders and files: names, bytes, and where a path leads that seems to be below a folder."""

import os
from pathlib import Path


def list_folder(folder: str | Path) -> list[str]:
    """Return the names in a folder: none, if it cannot be read."""
    try:
        return os.listdir(folder)  # noqa: PTH208 (no path is made of each of 300,000 names)
    except OSError:
        return []


def find_outside(folder: str | Path, place: str | os.PathLike[str]) -> str:
    """Return where ``place`` is if links lead out of ``folder`` to it, or nothing."""
    top, real = os.path.realpath(folder), os.path.realpath(place)
    return "" if os.path.commonpath([top, real]) == top else real
