"""The repository's own site, built as its readers would get it on the day of the tests."""

import shutil
from pathlib import Path

from sitegen.build import Request, build
from support.site_folder import NOW, REPOSITORY


def build_sample(root: Path) -> Path:
    """Copy the site to ``root``, build it there with its search index, and return the output."""
    for name in ("content", "templates"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "config.yaml", root)
    build(Request(root, root / "output", NOW, jobs=2, search=True))
    return root / "output"
