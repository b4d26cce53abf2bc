"""Whole files of a small site, letter by letter: a change to the theme shows up in review as text.

``SITEGEN_UPDATE=1 make test PYTEST='-k golden'`` writes them anew; look at what git says.
"""

import os
import re
from pathlib import Path

import pytest

from support.site_folder import SiteFolder
from support.stored_sites import copy_site

GOLDEN = Path(__file__).parent / "golden"
ARTICLE = "hoat-dong-cua-co-so/2023/03/dua-chat-luong-len-truoc-trong-phat-trien-dang-vien"
FILES = {
    "article.html": ("seed_form", f"{ARTICLE}/index.html"),
    "front.html": ("seed_form", "index.html"),
    "list.html": ("seed_form", "hoat-dong-cua-co-so/trang/1/index.html"),
    "rss.xml": ("seed_form", "cong-tac-xay-dung-dang/rss.xml"),
    "feed.json": ("seed_form", "cong-tac-xay-dung-dang/feed.json"),
    "sitemap.xml": ("seed_form", "sitemap/1.xml"),
    "robots.txt": ("seed_form", "robots.txt"),
    "redirect.html": ("aliases", "tin/123.html"),
    "aliases.json": ("aliases", "aliases.json"),
    "aliases.txt": ("aliases", "aliases.txt"),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SiteFolder]:
    folder = tmp_path_factory.mktemp("golden")
    found = {name: copy_site(name, folder) for name in {name for name, _ in FILES.values()}}
    for site in found.values():
        site.build()
    return found


def without_hashes(text: str) -> str:
    """Return a page as it is whatever the theme's own files hold."""
    return re.sub(r"(/assets/[\w/-]+)\.[0-9a-f]{10}\.", r"\1.HASH.", text)


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_as_it_was(sites: dict[str, SiteFolder], name: str) -> None:
    site, path = FILES[name]
    built = without_hashes((sites[site].output / path).read_text("utf-8"))
    golden = GOLDEN / name
    if os.environ.get("SITEGEN_UPDATE") == "1":
        golden.write_text(built, "utf-8", newline="\n")
    assert built == golden.read_text("utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == FILES.keys()
