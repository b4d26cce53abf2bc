"""The package as people get it: built as a release builds it, installed without the repository."""

import email
import email.message
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen import __version__
from sitegen import build as story
from sitegen.build import Report, Request
from sitegen.problems import Problem
from support.site_folder import REPOSITORY

PROJECT: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
ADDRESS = PROJECT["project"]["urls"]["Source"]
GITHUB = REPOSITORY / ".github"
WORKFLOW = yaml.safe_load((GITHUB / "workflows" / "release.yml").read_text("utf-8"))
# All that leads to the repository from elsewhere, or would lead nowhere without its address.
ADDRESSED = sorted(
    [REPOSITORY / "pyproject.toml", *REPOSITORY.glob("*.md"), *GITHUB.glob("ISSUE_TEMPLATE/*")]
)


@pytest.fixture(scope="session")
def wheel(package: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(package / f"sitegen-{__version__}-py3-none-any.whl")


@pytest.fixture(scope="session")
def metadata(wheel: zipfile.ZipFile) -> email.message.Message:
    return email.message_from_bytes(wheel.read(f"sitegen-{__version__}.dist-info/METADATA"))


class Installed:
    """An environment that has the wheel, and from elsewhere what the wheel depends on."""

    def __init__(self, folder: Path, wheel: str) -> None:
        self.folder = folder
        self.python = folder / "bin" / "python"
        venv.create(folder)
        show = "import sysconfig; print(sysconfig.get_path('purelib'))"
        packages = self.run(self.python, "-c", show)
        elsewhere = Path(packages.strip()) / "elsewhere.pth"
        elsewhere.write_text(sysconfig.get_path("purelib"), "utf-8")
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", self.python)
        self.run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel)

    def run(self, *command: str | Path) -> str:
        """Run a command in the environment's folder and return what it prints."""
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def installed(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("installed"), str(wheel.filename))


def list_files(folder: str) -> set[str]:
    """Return the files below a folder of the repository, as git has them."""
    done = subprocess.run(
        ["git", "ls-files", folder], cwd=REPOSITORY, capture_output=True, check=True, text=True
    )
    return set(done.stdout.splitlines())


def test_the_wheel_holds_the_program_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names >= list_files("sitegen")
    assert names >= {f"sitegen/{name}" for name in list_files("templates") | list_files("deploy")}
    assert names >= {f"sitegen/{name}" for name in list_files("hosts") | list_files("skeleton")}
    below = {name.removeprefix("sitegen/") for name in names}
    assert {name for name in below if name.startswith("docs/")} == {"docs/huong-dan-bien-tap.md"}
    assert {name.split("/")[0] for name in names} == {"sitegen"}
    assert "sitegen/py.typed" in names


def test_the_source_distribution_holds_no_site_and_no_tests(package: Path) -> None:
    with tarfile.open(package / f"sitegen-{__version__}.tar.gz") as archive:
        names = {name.split("/")[1] for name in archive.getnames()}
    assert names == {
        *("sitegen", "templates", "deploy", "hosts", "skeleton", "docs"),
        *("pyproject.toml", "PKG-INFO"),
        *("README.md", "CHANGELOG.md", "LICENSE", ".gitignore"),
    }


def test_a_package_index_shows_addresses_that_lead_to_the_repository(
    metadata: email.message.Message,
) -> None:
    assert metadata["Description-Content-Type"] == "text/markdown"
    text = metadata.get_payload()
    assert isinstance(text, str)
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert f"{ADDRESS}/blob/main/docs/commands.md" in targets
    assert f"{ADDRESS}/raw/main/docs/pictures/front-desk.webp" in targets
    assert [each for each in targets if not each.startswith("https://")] == []


@pytest.mark.parametrize("path", ADDRESSED, ids=lambda path: path.name)
def test_every_address_of_the_repository_is_the_same_and_leads_somewhere(path: Path) -> None:
    host = ADDRESS.removesuffix("sitegen")
    for found in re.findall(rf"{re.escape(host)}[^\s\"'`)>]*", path.read_text("utf-8")):
        assert found.startswith(ADDRESS)
        _, _, file = found.partition("/main/")
        assert (REPOSITORY / file.partition("#")[0]).exists(), found


@pytest.mark.slow
def test_the_installed_package_begins_a_site_and_builds_it(installed: Installed) -> None:
    program = installed.folder / "bin" / "sitegen"
    installed.run(program, "init", "site")
    installed.run(program, "--root", "site", "build", "--no-search")
    assert (installed.folder / "site" / "output" / "index.html").is_file()
    configuration = (REPOSITORY / "deploy" / "nginx.conf").read_text("utf-8")
    assert installed.run(program, "deploy", "nginx") == configuration
    installed.run(program, "init", "other", "--host", "server")
    assert os.access(installed.folder / "other" / "deploy" / "hooks" / "pre-receive", os.X_OK)
    place = installed.run(installed.python, "-c", "import sitegen; print(sitegen.__file__)")
    assert place.startswith(str(installed.folder))


class TestPython:
    TEXT = (REPOSITORY / "docs" / "python.md").read_text("utf-8")

    def test_what_is_exported_is_documented_and_no_more(self) -> None:
        parts = re.findall(r"^## (\w+)$", self.TEXT, re.MULTILINE)
        assert sorted(parts) == story.__all__
        assert all(getattr(story, name).__name__ == name for name in story.__all__)

    @pytest.mark.parametrize(
        ("heading", "record"),
        [("Request", Request), ("Report", Report), ("ProblemsFoundError", Problem)],
    )
    def test_every_field_is_documented(self, heading: str, record: type[Problem]) -> None:
        part = self.TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
        assert tuple(re.findall(r"^\| `(\w+)`", part, re.MULTILINE)) == record.__struct_fields__

    @pytest.mark.slow
    def test_the_example_can_be_run_and_its_types_are_right(self, installed: Installed) -> None:
        installed.run(installed.folder / "bin" / "sitegen", "init", "portal")
        example = installed.folder / "example.py"
        example.write_text(self.TEXT.partition("```python\n")[2].partition("```")[0], "utf-8")
        said = installed.run(installed.python, example)
        assert re.fullmatch(
            r"[1-9]\d* files written, 4 warnings\n", said.split("sample-published\n")[-1]
        )
        mypy = (sys.executable, "-m", "mypy", "--strict", "--cache-dir", "cache")
        installed.run(*mypy, "--python-executable", installed.python, example)
        example.write_text("from sitegen import build\nbuild.build(1)\nbuild.nothing\n", "utf-8")
        with pytest.raises(AssertionError, match=r"(?s)arg-type.*attr-defined"):
            installed.run(*mypy, "--python-executable", installed.python, example)


def test_the_version_has_its_part_of_the_changelog() -> None:
    text = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d$", text, re.MULTILINE)
    assert f"\n[{__version__}]: {ADDRESS}/" in text


@pytest.mark.parametrize("path", sorted(GITHUB.glob("workflows/*.yml")), ids=lambda path: path.name)
class TestWorkflows:
    def test_every_action_is_pinned_by_a_commit(self, path: Path) -> None:
        used = re.findall(r"uses: (\S+)(.*)", path.read_text("utf-8"))
        assert used
        for action, rest in used:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", rest)

    def test_nothing_may_write_but_what_publishes(self, path: Path) -> None:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] in ({}, {"contents": "read"})
        for name, job in workflow["jobs"].items():
            if name != "publish":
                assert job.get("permissions", {}).items() <= {"contents": "read"}.items()

    def test_no_checkout_leaves_a_password_behind(self, path: Path) -> None:
        for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
            for step in job["steps"]:
                if "checkout" in step.get("uses", ""):
                    assert step["with"] == {"persist-credentials": False}


class TestRelease:
    def test_what_may_publish_runs_no_code_of_the_repository(self) -> None:
        assert WORKFLOW["permissions"] == {}
        assert WORKFLOW["jobs"]["build"]["permissions"] == {"contents": "read"}
        publish = WORKFLOW["jobs"]["publish"]
        assert publish["permissions"] == {"id-token": "write", "attestations": "write"}
        assert not any("run" in step or "checkout" in step["uses"] for step in publish["steps"])


@pytest.mark.parametrize(
    "path", sorted(GITHUB.glob("ISSUE_TEMPLATE/[0-9]*.yml")), ids=lambda path: path.name
)
def test_a_form_for_issues_asks_questions_with_names_of_their_own(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    assert form["name"]
    assert form["description"]
    asked = [each for each in form["body"] if each["type"] != "markdown"]
    assert all(each["attributes"]["label"] for each in asked)
    assert len({each["id"] for each in asked}) == len(asked)
