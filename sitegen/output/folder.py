"""The folder that a site is built into."""

import os
from pathlib import Path

from sitegen.foundation.folders import list_folder
from sitegen.problems import UsageError, mark

# The folder of the cache that holds the outputs of previews.
PREVIEWS = "preview"
# The folder of the cache that holds copies of what was published on other machines.
PUBLISHED = "published"


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
    elif (inside := around.intersection(kept)) and top / ".sitegen" / PREVIEWS not in real.parents:
        refused = inside.pop()
    elif folder.exists() and not folder.is_dir():
        refused = real
    elif folder.is_symlink() and not folder.exists():
        raise UsageError("refused", path=str(folder), reason=mark("it is a link to nowhere"))
    if refused:
        raise UsageError("output-unsafe", path=str(folder), reason=str(refused))


def list_top(folder: Path) -> frozenset[str]:
    """Return the names of the files and folders in ``folder`` itself."""
    return frozenset(list_folder(folder))
