"""Folders that come with the package, for sites to copy."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def find_folder(name: str) -> Path:
    """Return a folder of the repository, or its copy in the installed package."""
    copy = _PACKAGE / name
    return copy if copy.is_dir() else _PACKAGE.parent / name
