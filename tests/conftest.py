"""The fixtures that all tests share."""

import functools
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from sitegen.theme.fonts import subset_font
from support.doubles import replace_everywhere
from support.sample_site import build_sample
from support.site_folder import CONFIG, REPOSITORY, VIETNAMESE, SiteFolder
from support.web_server import find_nginx, serve_releases

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples on every run: a property that fails fails for everyone.
settings.register_profile("sitegen", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("sitegen")


def pytest_collection_finish() -> None:
    """Let the thousands of tests be looked through by no further search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def fonts_cut_down_once() -> Iterator[None]:
    """Cut the theme's fonts down once for all sites: it is most of the work of a small build."""
    with pytest.MonkeyPatch.context() as patch:
        replace_everywhere(patch, subset_font, functools.cache(subset_font))
        yield


@pytest.fixture
def config(request: pytest.FixtureRequest) -> str:
    """Return the configuration of an empty site: Vietnamese where pages are looked at."""
    of_pages = {"browser", "pages", "search", "theme"}
    return VIETNAMESE if request.path.parent.name in of_pages else CONFIG


@pytest.fixture
def new_site(tmp_path: Path, config: str) -> Callable[[], SiteFolder]:
    """Return what makes an empty site with the repository's theme and two categories."""

    def make() -> SiteFolder:
        root = tmp_path / f"site{len(list(tmp_path.iterdir()))}"
        shutil.copytree(REPOSITORY / "templates", root / "templates")
        (root / "content").mkdir()
        return SiteFolder(root).write("config.yaml", config)

    return make


@pytest.fixture
def site(new_site: Callable[[], SiteFolder]) -> SiteFolder:
    """Return an empty site with the repository's theme and two categories."""
    return new_site()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the repository's own site as it is built: nobody changes it."""
    return build_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the source distribution and of the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("package")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir"]
    subprocess.run([*command, folder, REPOSITORY], check=True, capture_output=True, timeout=300)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Yield Chromium: the one that SITEGEN_CHROMIUM names, or that of the system."""
    from playwright.sync_api import sync_playwright

    path = _want("Chromium", os.environ.get("SITEGEN_CHROMIUM") or shutil.which("chromium"))
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def nginx() -> str:
    """Return the path of nginx: the one that SITEGEN_NGINX names, or that of the system."""
    return _want("nginx", find_nginx())


@pytest.fixture(scope="session")
def rsync() -> str:
    """Return the path of rsync: the one that SITEGEN_RSYNC names, or that of the system."""
    return _want("rsync", os.environ.get("SITEGEN_RSYNC") or shutil.which("rsync"))


@pytest.fixture(scope="session")
def goaccess() -> Iterator[str]:
    """Yield the path of GoAccess: the one that SITEGEN_GOACCESS names, or that of the system."""
    path = _want("GoAccess", os.environ.get("SITEGEN_GOACCESS") or shutil.which("goaccess"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(path).parent), prepend=os.pathsep)
        yield path


@pytest.fixture(scope="session")
def dash() -> str:
    """Return the path of dash, a shell that knows what POSIX says and little else."""
    return _want("dash", shutil.which("dash"))


@pytest.fixture(scope="session")
def curl() -> str:
    """Return the path of curl."""
    return _want("curl", shutil.which("curl"))


@pytest.fixture(scope="session")
def sshd() -> str:
    """Return the path of the server of ssh."""
    found = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not (path := os.environ.get("SITEGEN_SSHD") or found):
        pytest.skip("no sshd: the same is tested with a program that stands for ssh")
    return path


@pytest.fixture(scope="module")
def portal(nginx: str, sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the sample site as readers get it, and yield its address without a slash at the end."""
    releases = tmp_path_factory.mktemp("releases")
    (releases / "current").symlink_to(sample)
    with serve_releases(nginx, tmp_path_factory.mktemp("nginx"), releases) as address:
        yield address


def _want(name: str, path: str | None) -> str:
    """Return the path of a program, or skip the test, or in CI let it fail."""
    if not path:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no {name}: in CI no test is skipped")
        pytest.skip(f"no {name} (make test says how to get it)")
    return path


# Of all bugs that are planted to test the hunt for stale bytes, so many may survive it.
MOST_SURVIVORS = 0.05


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where too many planted bugs survived: which of them are lucky is a matter of chance."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    outcomes = [
        outcome
        for outcome in ("passed", "xfailed")
        for report in (reporter.stats.get(outcome, ()) if reporter else ())
        if "test_a_planted_bug_is_caught" in report.nodeid
    ]
    if outcomes.count("xfailed") > MOST_SURVIVORS * len(outcomes):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
