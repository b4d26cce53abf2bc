"""The repository's own site, built as its readers would get it on the day of the tests."""

import re
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


def find_article(sample: Path, title: str) -> str:
    """Return the address of the article whose page has ``title`` in its heading."""
    for path in sorted(sample.rglob("index.html")):
        # Headlines hold their compounds together by U+00A0.
        page = path.read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")
        if re.search(rf"<h1[^>]*>[^<]*{re.escape(title)}", page):
            return f"/{path.parent.relative_to(sample).as_posix()}/"
    raise AssertionError(title)
