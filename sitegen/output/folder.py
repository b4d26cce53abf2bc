"""The folder that a site is built into, and the manifest that lies beside it."""

import os
from pathlib import Path

from sitegen.foundation.folders import list_folder
from sitegen.problems import UsageError


def check_output(root: Path, folder: Path) -> None:
    """Refuse an output folder in which a build could do harm.

    Raises :class:`~sitegen.problems.UsageError`.
    """
    real, top, home = (Path(os.path.realpath(each)) for each in (folder, root, Path.home()))
    kept = [top / name for name in ("content", "templates", ".sitegen", ".git")]
    around = {real, *real.parents}
    refused: Path | None = None
    if real in {Path(real.anchor), home, *home.parents}:
        refused = real
    elif real in {top, *top.parents}:
        refused = top
    elif inside := around.intersection(kept):
        refused = inside.pop()
    elif folder.exists() and not folder.is_dir():
        refused = real
    if refused:
        raise UsageError("output-unsafe", path=str(folder), reason=str(refused))


def list_top(folder: Path) -> frozenset[str]:
    """Return the names of the files and folders in ``folder`` itself."""
    return frozenset(list_folder(folder))


def manifest_path(folder: Path) -> Path:
    """Return where the manifest of ``folder`` is: beside it, where no web server publishes it."""
    return folder.parent / f".{folder.name}.list"


def read_manifest(folder: Path) -> str:
    """Return the manifest of ``folder`` as text: nothing, if there is none."""
    try:
        return manifest_path(folder).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def read_manifest_head(folder: Path) -> str:
    """Return the first line of the manifest: nothing, if there is none."""
    try:
        with manifest_path(folder).open(encoding="utf-8") as file:
            return file.readline()
    except (OSError, UnicodeDecodeError):
        return ""
