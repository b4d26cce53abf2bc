"""What a command loads: no more than it needs, because half of a small build is the start."""

import subprocess
import sys
from pathlib import Path

import pytest

from support.site_folder import NOW
from support.tiny_theme import hasten, make_tiny_site

# Runs a command as the program does, with files at rest, and prints all that was loaded.
_PROGRAM = """
import os, sys
opened = set()
sys.addaudithook(lambda event, values: event == "open" and opened.add(str(values[0])))
from sitegen.cli.commands import main
if sys.argv[-1] not in {"--help", "--version"}:
    from sitegen import build
    read_clock = build.read_clock
    build.read_clock = lambda cache: read_clock(cache) + 10_000_000_000
try:
    main()
finally:
    catalogs = {os.path.basename(path) for path in opened if path.endswith(".mo")}
    print(*sys.modules, *catalogs, sep="\\n", file=sys.stderr)
"""
# What takes long to load, and makes pages.
_HEAVY = frozenset(
    {
        *("PIL", "fontTools", "jinja2", "markdown", "markupsafe", "nh3", "rich", "slugify"),
        *("tinycss2", "watchfiles", "yaml", "zxingcpp"),
        *("difflib", "email", "html", "http", "json", "multiprocessing", "shutil"),
        *("subprocess", "tempfile", "traceback", "xml"),
        *(
            "sitegen.markdown",
            "sitegen.media",
            "sitegen.pages",
            "sitegen.plan",
            "sitegen.search.bundles",
        ),
        *("sitegen.content.config", "sitegen.content.fields", "sitegen.content.reading"),
        *("sitegen.incremental.content_cache", "sitegen.output.production"),
    }
)
_CATALOGS = frozenset({"problems.mo", "sitegen.mo", "click.mo"})


def load(root: Path, *words: str) -> set[str]:
    """Return the modules that a command loads, and the catalogs of messages."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, "--root", str(root), *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def test_the_version_loads_the_commands_alone(tmp_path: Path) -> None:
    loaded = load(tmp_path, "--version")
    own = {name for name in loaded if name.split(".")[0] == "sitegen"}
    assert own == {"sitegen", "sitegen.cli", "sitegen.cli.commands", "sitegen.cli.speaking"}
    assert loaded & {*_HEAVY, *_CATALOGS, "msgspec", "zoneinfo"} == set()


def test_help_loads_what_tells_the_language_and_nothing_that_makes_pages(tmp_path: Path) -> None:
    loaded = load(tmp_path, "--help")
    assert loaded >= {"sitegen.content.site_language", "sitegen.mo", "click.mo"}
    assert "sitegen.content.declarations" not in loaded
    # Click asks "shutil" how wide the terminal is, and "difflib" what was meant.
    known = {"shutil", "difflib"}
    assert loaded & {*_HEAVY, "sitegen.build", "sitegen.cli.actions"} <= known


def test_a_build_with_nothing_to_do_loads_nothing_that_makes_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasten(monkeypatch)
    site = make_tiny_site(tmp_path / "site").article("a").article("b", date="2030-01-01")
    command = ("build", "--now", f"{NOW:%Y-%m-%d %H:%M}")
    assert load(site.root, *command) >= {"yaml", "jinja2", "sitegen.pages"}
    loaded = load(site.root, *command)
    assert loaded >= {"msgspec", "sitegen.build"}
    assert loaded & _HEAVY == set()
    assert loaded.isdisjoint({"sitegen.content.recovery", "sitegen.foundation.meant_dates"})


def test_an_edit_loads_no_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)
    site = make_tiny_site(tmp_path / "site").article("b").article("2024", slug="90-nam")
    load(site.root, "build")
    site.article(
        "2024",
        slug="90-nam",
        title="90 năm Ngày thành lập Đảng",
        updated="2024-05-07",
        featured="true",
        tags="[chi bộ, 'đảng viên']",
        aliases='\n  - /tin/90-nam.aspx\n  - "/tin/91.aspx?a=1"',
    )
    loaded = load(site.root, "build")
    assert "sitegen.content.fields" in loaded
    assert loaded.isdisjoint({"yaml", "sitegen.content.recovery"})


def test_the_words_of_problems_are_loaded_for_a_problem_alone(tmp_path: Path) -> None:
    site = make_tiny_site(tmp_path / "site").article("a")
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", config.replace("language: en", "language: vi"))
    assert load(site.root, "build") & _CATALOGS == {"sitegen.mo"}
    site.article("b", date="2100-01-01")
    assert load(site.root, "build") & _CATALOGS == {"sitegen.mo", "problems.mo"}
