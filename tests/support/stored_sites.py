"""The small sites in ``whole_site/sites/``, each a behaviour: copied, given the theme, built."""

import shutil
from pathlib import Path

from support.site_folder import REPOSITORY, SiteFolder

SITES = REPOSITORY / "tests" / "whole_site" / "sites"


def copy_site(name: str, folder: Path) -> SiteFolder:
    """Return a copy of the stored site ``name`` below ``folder`` with the repository's theme."""
    root = folder / name
    shutil.copytree(SITES / name, root)
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    return SiteFolder(root)
