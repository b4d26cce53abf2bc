"""The command `publish`: what it says, and how it ends."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import DONE, PROBLEMS, USAGE, commands
from support.site_folder import CONFIG, SiteFolder
from support.tiny_theme import hasten, make_tiny_site

NOW = "2026-11-23 12:00"


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    site = make_tiny_site(tmp_path / "site").article("a")
    site.build()
    return site


def publish(site: SiteFolder, *flags: str, now: str = NOW, language: str = "en") -> Result:
    words = ["--root", str(site.root), "publish", str(site.root.parent / "portal"), *flags]
    return CliRunner(env={"LC_ALL": language}).invoke(commands.main, [*words, "--now", now])


def test_a_release_is_told(tiny: SiteFolder) -> None:
    result = publish(tiny)
    files = len(tiny.files())
    assert re.fullmatch(
        f"Readers see the release 20261123-050000: {files} files, {files} of them new,"
        r" in \d+\.\d s\.\n",
        result.stderr,
    )
    assert (result.exit_code, result.stdout) == (DONE, "")
    again = "Readers see the release 20261123-050000, and nothing has changed since.\n"
    assert publish(tiny).stderr == again


def test_releases_are_listed(tiny: SiteFolder) -> None:
    publish(tiny)
    tiny.article("b").build()
    publish(tiny, now="2026-11-23 13:00")
    result = publish(tiny, "--list")
    assert [line.partition(", ")[0] for line in result.stdout.splitlines()] == [
        "20261123-060000: 2026-11-23 13:00:00",
        "20261123-050000: 2026-11-23 12:00:00",
    ]
    assert result.stdout.splitlines()[0].endswith("← readers see this one")
    vietnamese = tiny.write("config.yaml", CONFIG.replace("language: en", "language: vi"))
    assert "← người đọc đang thấy bản này" in publish(vietnamese, "--list").stdout


@pytest.mark.parametrize("flags", [["--rollback"], ["--rollback", "20261123-050000"]])
def test_readers_are_led_back(tiny: SiteFolder, flags: list[str]) -> None:
    publish(tiny)
    tiny.article("b").build()
    publish(tiny, now="2026-11-23 13:00")
    result = publish(tiny, *flags)
    assert result.stderr == "Readers see the release 20261123-050000 again.\n"
    assert result.exit_code == DONE


def test_what_must_not_be_published_is_told(tiny: SiteFolder) -> None:
    tiny.build(drafts=True)
    result = publish(tiny)
    assert (result.exit_code, result.stderr.partition(":")[0]) == (
        USAGE,
        f"the site at {tiny.output} was built with `--drafts`",
    )


def test_a_sample_is_an_error_where_it_stands(tiny: SiteFolder) -> None:
    tiny.write("config.yaml", CONFIG.replace("https://example.org", "https://ten-mien.example"))
    tiny.build()
    result = publish(tiny)
    assert result.exit_code == PROBLEMS
    assert result.stderr.startswith("config.yaml:3:8: sample-published error: ")


@pytest.mark.parametrize("folder", ["", "content/www", "templates", ".sitegen/x"])
def test_the_sources_are_no_place_for_releases(tiny: SiteFolder, folder: str) -> None:
    words = ["--root", str(tiny.root), "publish", str(tiny.root / folder), "--now", NOW]
    assert CliRunner().invoke(commands.main, words).exit_code == USAGE
    assert not (tiny.root / folder / "releases").exists()
