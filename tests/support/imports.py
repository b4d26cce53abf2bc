"""``sitegen import``, as somebody calls it, and what it wrote."""

from pathlib import Path

from click.testing import CliRunner, Result

from sitegen.cli import DONE
from sitegen.cli.commands import main
from support.site_folder import SiteFolder

NOW = "2026-11-23T12:00"


def run_import(site: SiteFolder, *words: str | Path) -> Result:
    """Import into a site, whatever comes of it."""
    command = ["--root", str(site.root), "import", *map(str, words), "--now", NOW]
    return CliRunner().invoke(main, command)


def import_into(site: SiteFolder, *words: str | Path) -> Result:
    """Import into a site."""
    done = run_import(site, *words)
    assert done.exit_code == DONE, done.output
    return done


def read_all(site: SiteFolder) -> dict[str, str]:
    """Return every text of a site by its path below the root."""
    return {
        path.relative_to(site.root).as_posix(): path.read_text("utf-8")
        for path in sorted((site.root / "content").rglob("*.md"))
    }
