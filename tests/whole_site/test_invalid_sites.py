"""Small sites that are wrong in one way each, and the very lines that an editor reads for them.

A folder of ``invalid_sites/`` holds ``content/``, and where it matters ``config.yaml`` and
``templates/``; ``expected.txt`` holds what is printed. ``SITEGEN_UPDATE=1 pytest`` writes that file
anew: read the difference as an editor would.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.cli.messages import format_text
from sitegen.problems import ConfigError, Problem, ProblemsFoundError
from support.bad_inputs import FILE_CASES, REFUSED
from support.catalogs import list_codes
from support.shared_work import share_templates
from support.site_folder import CONFIG, REPOSITORY, SiteFolder
from support.told_texts import TOLD

SITES = Path(__file__).parent / "invalid_sites"
NAMES = sorted(path.name for path in SITES.iterdir())
UPDATE = os.environ.get("SITEGEN_UPDATE") == "1"

# These stop nothing.
WARNINGS = frozenset(
    {"article-embargoed", "draft", "file-unused", "legacy-encoding", "link-hidden"}
)

# What no folder here can hold. Those of content are in support/bad_inputs.py, made by code.
ELSEWHERE = {
    "words-lost": "a fault that is not known yet; tests/markdown/test_lost_words.py plants one",
    "category-lost": "ten articles",
    "config-missing": "the folder would have to lack what makes it a site",
    "content-missing": "Git keeps no folder that lacks a folder",
    "control-character": "editors and diffs do not show it",
    "file-cut-off": "Git and editors take such a file for binary",
    "file-failed": "a fault that is not known yet; tests/whole_site/test_guard.py plants some",
    "file-memory": "the same",
    "file-slow": "the same",
    "file-name-long": "such a name cannot be checked out everywhere",
    "folder-deep": "such a folder cannot be checked out everywhere",
    "picture-heavy": "a large file",
    "picture-long": "a binary file",
    "file-dangling": "a symbolic link, which Windows checks out as a file",
    "file-encoding": "Git and editors take such a file for binary",
    "file-name": "such a name cannot be checked out everywhere",
    "file-name-same": "two such names cannot be checked out everywhere",
    "file-not-regular": "Git keeps no pipes",
    "file-nul": "Git and editors take such a file for binary",
    "file-outside": "a symbolic link, which Windows checks out as a file",
    "file-too-large": "a large file",
    "file-unreadable": "Git keeps no permissions",
    "media-empty": "an empty picture looks like an accident",
    "picture-large": "a large file",
    "picture-type": "a binary file",
}
# What no content, configuration or template can cause: it answers how a command was called.
OF_COMMANDS = frozenset(
    {
        *(
            "file-exists",
            "folder-not-empty",
            "locked",
            "editor-failed",
            "theme-missing",
            "theme-outside",
            "theme-waiting",
            "now-form",
            "output-unsafe",
            "port-taken",
        ),
        "title-letters",
        *("document-damaged", "document-kind", "document-large", "document-locked"),
        *("encoding-legacy", "extra-missing", "office-missing"),
        *("document-empty", "import-empty", "import-kind", "import-map", "import-unreadable"),
        *("photo-damaged", "photo-folder", "photo-kind", "photo-large"),
        *("address-taken", "move-folder", "move-nowhere", "tag-configured", "tag-unknown"),
        *("cache-damaged", "cache-other-version", "file-changing", "verify-differs", "why-unknown"),
        *(
            "address-changed",
            "address-gone",
            "file-unlisted",
            "journal-damaged",
            "list-damaged",
            "list-lost",
        ),
        *("output-unwritable", "refused", "hidden-published"),
        *("figures-damaged", "goaccess-failed", "goaccess-missing", "log-damaged", "log-unread"),
        "goatcounter-failed",
        "stats-source",
        *("against-broken", "against-commitless", "against-no-git", "against-unknown"),
        "changes-options",
        "stats-unbuilt",
        *("host-file", "host-files", "host-folder", "host-header", "host-redirects", "host-size"),
        *("desk-npm-failed", "desk-npm-missing", "desk-package-changed"),
        *("package-digest", "package-form", "package-missing"),
        *("release-blocked", "release-drafts", "release-first", "release-outdated"),
        *("release-remote", "release-unbuilt", "release-unknown", "publish-unsupported"),
        *("release-unlisted", "setting-unset"),
    }
)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return a site that was built when all was well, with no page that readers could miss."""
    root = tmp_path_factory.mktemp("sound") / "site"
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    site = SiteFolder(root).write("config.yaml", CONFIG)
    site.write("content/people/an.md", "---\nname: Lê An\npost: Trưởng ban\n---\n")
    site.build()
    return site


@pytest.fixture
def spoil(
    sound: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], SiteFolder]:
    """Return what puts an invalid site in the place of the sound one, around what it had built."""
    share_templates(monkeypatch)

    def spoil(name: str) -> SiteFolder:
        root = tmp_path / "site"
        shutil.copytree(sound.root, root, ignore=shutil.ignore_patterns("content"))
        shutil.copytree(SITES / name, root, dirs_exist_ok=True)
        return SiteFolder(root)

    return spoil


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return the bytes of each file below ``folder`` and beside it, and when it was written."""
    paths = [*folder.rglob("*"), *folder.parent.glob(f".{folder.name}.list")]
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in paths if path.is_file()
    }


def in_lines(problems: tuple[Problem, ...]) -> str:
    return "".join(f"{format_text(each, 'en')}\n" for each in problems)


def expected(name: str) -> str:
    return (SITES / name / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_check_lists_the_problems(name: str, spoil: Callable[[str], SiteFolder]) -> None:
    lines = "".join(f"{line}\n" for line in spoil(name).problems())
    if UPDATE:
        (SITES / name / "expected.txt").write_text(lines, "utf-8")
    assert lines == expected(name)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WARNINGS])
def test_build_lists_the_same_and_touches_nothing(
    name: str, spoil: Callable[[str], SiteFolder]
) -> None:
    site = spoil(name)
    before = snapshot(site.output)
    with pytest.raises(ProblemsFoundError) as stopped:
        build(site.request())
    assert in_lines(stopped.value.problems) == expected(name)
    assert isinstance(stopped.value, ConfigError) == expected(name).startswith("config.yaml:")
    assert snapshot(site.output) == before


@pytest.mark.parametrize("name", sorted(WARNINGS))
def test_a_warning_does_not_stop_a_build(name: str, spoil: Callable[[str], SiteFolder]) -> None:
    report = spoil(name).build()
    assert in_lines(report.warnings) == expected(name)
    assert report.written.written


@pytest.mark.parametrize(
    ("name", "code"), [("field-ambiguous", 1), ("template-name", 1), ("config-timezone", 2)]
)
@pytest.mark.parametrize("verb", ["build", "check"])
def test_the_command_prints_the_lines_and_ends_with_the_code(
    name: str, code: int, verb: str, spoil: Callable[[str], SiteFolder]
) -> None:
    site = spoil(name)
    before = snapshot(site.output)
    command = [sys.executable, "-m", "sitegen", "--root", str(site.root), verb, "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    *lines, summary = done.stderr.splitlines()
    # The word tells people what programs know by the code.
    assert [line.replace(" error: ", " ", 1) for line in lines] == expected(name).splitlines()
    assert summary.startswith(f"{len(lines)} error")
    assert (done.returncode, done.stdout) == (code, "")
    assert snapshot(site.output) == before


def codes_of(name: str) -> set[str]:
    return {line.split(" ")[1] for line in expected(name).splitlines()}


@pytest.mark.parametrize("name", [name for name in NAMES if name in list_codes()])
def test_a_folder_named_after_a_code_has_that_problem(name: str) -> None:
    assert name in codes_of(name)


def test_every_problem_of_content_configuration_and_templates_has_its_site_or_its_case() -> None:
    shown = set().union(*map(codes_of, NAMES))
    assert not shown & ELSEWHERE.keys()
    assert not shown & OF_COMMANDS
    told = {each.rpartition(" ")[2] for case in TOLD for each in case.problems}
    assert shown | ELSEWHERE.keys() | OF_COMMANDS | told == list_codes()
    found = [found for case in REFUSED for found in case.problems]
    found += [found for case in FILE_CASES for found in case.problems]
    unseen = {"file-memory", "file-slow", "file-unreadable", "words-lost"}
    assert ELSEWHERE.keys() - unseen <= {each.split(" ")[1] for each in found}
