"""What the tests share: small sites that are written, built, changed and looked at."""

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import sample_site
from hypothesis import settings
from web_server import find_nginx, serve_releases

from sitegen.building import Report, Request, build, check
from sitegen.cli.messages import choose_translation, format_text
from sitegen.problems import ProblemsFoundError
from sitegen.theme.assets import _compress_font

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = sample_site.REPOSITORY
NOW = sample_site.NOW
SEED = REPOSITORY.parent / "shared" / "seed"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

CONFIG = """\
site:
  title: Cổng thử nghiệm
  url: https://example.org
  language: en
categories:
  - name: Hoạt động của cơ sở
  - name: Công tác xây dựng Đảng
"""

# The same examples on every run: a property that fails fails for everyone.
settings.register_profile("sitegen", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("sitegen")


class SiteFolder:
    """A site on disk, with the verbs of a test: write, build, look."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "output"

    def write(self, path: str, text: str | bytes) -> "SiteFolder":
        """Write a file below the root."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            target.write_bytes(text)
        else:
            target.write_text(text, "utf-8")
        return self

    def article(self, name: str, body: str = "Nội dung.", **fields: str) -> "SiteFolder":
        """Write ``content/<name>.md`` with front matter that is complete but for ``fields``.

        A field given as an empty text is left out.
        """
        written = {
            "title": f'"{name}"',
            "date": "2024-05-06 07:08",
            "category": "Hoạt động của cơ sở",
            "author": "Thu Hà",
            **fields,
        }
        lines = "".join(f"{key}: {value}\n" for key, value in written.items() if value)
        return self.write(f"content/{name}.md", f"---\n{lines}---\n\n{body}\n")

    def request(
        self, now: datetime = NOW, *, jobs: int = 1, drafts: bool = False, search: bool = False
    ) -> Request:
        """Return what the verbs below ask the generator for."""
        return Request(self.root, self.output, now, jobs, drafts, search=search)

    def build(
        self, now: datetime = NOW, *, jobs: int = 1, drafts: bool = False, search: bool = False
    ) -> Report:
        """Build the site in this process."""
        return build(self.request(now, jobs=jobs, drafts=drafts, search=search))

    def problems(self, now: datetime = NOW) -> list[str]:
        """Return the problems and warnings as the command prints them, in English."""
        try:
            found = check(self.request(now))
        except ProblemsFoundError as error:
            found = error.problems
        return [format_text(each, choose_translation("en")) for each in found]

    def page(self, url: str) -> str:
        """Return the built page at an address."""
        path = url.removeprefix("/")
        return (self.output / (f"{path}index.html" if url.endswith("/") else path)).read_text(
            "utf-8"
        )

    def files(self) -> dict[str, bytes]:
        """Return every built file by its path below the output."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(autouse=True, scope="session")
def fonts_cut_down_once() -> Iterator[None]:
    """Cut the theme's fonts down once for all sites: it is most of the work of a small build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sitegen.theme.assets._compress_font", functools.cache(_compress_font))
        yield


@pytest.fixture
def new_site(tmp_path: Path) -> Callable[[], SiteFolder]:
    """Return what makes an empty site with the repository's theme and two categories."""

    def make() -> SiteFolder:
        root = tmp_path / f"site{len(list(tmp_path.iterdir()))}"
        shutil.copytree(REPOSITORY / "templates", root / "templates")
        (root / "content").mkdir()
        return SiteFolder(root).write("config.yaml", CONFIG)

    return make


@pytest.fixture
def site(new_site: Callable[[], SiteFolder]) -> SiteFolder:
    """Return an empty site with the repository's theme and two categories."""
    return new_site()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the repository's own site as it is built: nobody changes it."""
    return sample_site.build_sample(tmp_path_factory.mktemp("sample"))


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
