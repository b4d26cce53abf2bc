"""The small sites in ``tests/sites/``, each a behaviour: copied, given the theme, built."""

import shutil
from pathlib import Path

from conftest import REPOSITORY, SiteFolder

SITES = Path(__file__).parent / "sites"


def copy_site(name: str, folder: Path) -> SiteFolder:
    """Return a copy of the stored site ``name`` below ``folder`` with the repository's theme."""
    root = folder / name
    shutil.copytree(SITES / name, root)
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    return SiteFolder(root)
