"""The repository's own site, as several tests look at it."""

import shutil

import pytest

from support.html_tree import Element, parse
from support.site_folder import REPOSITORY, SiteFolder


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    root = tmp_path_factory.mktemp("sample")
    for name in ("content", "templates"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "config.yaml", root)
    site = SiteFolder(root)
    assert all(each.code == "article-embargoed" for each in site.build().warnings)
    return site


@pytest.fixture(scope="module")
def files(sample: SiteFolder) -> dict[str, bytes]:
    return sample.files()


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, Element]:
    """Return every page by its address."""
    found = {}
    for path, data in files.items():
        if path.endswith(".html"):
            found[f"/{path.removesuffix('index.html')}"] = parse(data.decode())
    return found


@pytest.fixture(scope="module")
def documents(pages: dict[str, Element]) -> dict[str, Element]:
    """Return every page but for those that stand at an old address and lead to the new one."""
    return {
        url: page for url, page in pages.items() if not page.find_all("meta", http_equiv="refresh")
    }
