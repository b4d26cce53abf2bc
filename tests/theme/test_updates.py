"""A copied theme that was changed takes up a newer one, and nothing of either side is lost."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.cli import PROBLEMS, USAGE
from sitegen.cli.commands import main
from sitegen.foundation.package_files import find_folder
from sitegen.theme.updates import BASE, Step, find_waiting, keep_base, plan_update, read_base
from support.doubles import replace_everywhere
from support.site_folder import CONFIG, REPOSITORY, SiteFolder

LINES = b"".join(b"line %d\n" % number for number in range(9))
MINE, THEIRS = LINES.replace(b"line 1", b"mine"), LINES.replace(b"line 7", b"theirs")


def plan(base: bytes | None, mine: bytes | None, theirs: bytes | None) -> tuple[Step, ...]:
    def hold(data: bytes | None) -> dict[str, bytes]:
        return {} if data is None else {"a.html": data}

    return plan_update(hold(mine), hold(base), hold(theirs))


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "kind", "data"),
    [
        (LINES, LINES, THEIRS, "updated", THEIRS),
        (None, None, THEIRS, "added", THEIRS),
        (LINES, MINE, THEIRS, "merged", MINE.replace(b"line 7", b"theirs")),
        (LINES, MINE, LINES.replace(b"line 1", b"other"), "conflict", b"other"),
        (None, MINE, THEIRS, "conflict", THEIRS),
        (LINES, LINES, None, "removed", b""),
        (LINES, MINE, None, "kept", b""),
        (b"\0a", b"\0b", b"\0c", "conflict", b"\0c"),
        (LINES, MINE.replace(b"\n", b"\r\n"), THEIRS, "merged", b"theirs\r\n"),
    ],
)
def test_each_way_in_which_a_file_can_differ(
    base: bytes | None, mine: bytes | None, theirs: bytes | None, kind: str, data: bytes
) -> None:
    (step,) = plan(base, mine, theirs)
    assert step.kind == kind
    assert data in step.data
    assert b"<<<<" not in step.data


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        (LINES, MINE, LINES),
        (LINES, THEIRS, THEIRS),
        (LINES, None, THEIRS),
        (LINES, None, None),
        (None, MINE, None),
        (LINES, None, LINES),
    ],
)
def test_what_needs_nothing(base: bytes | None, mine: bytes | None, theirs: bytes | None) -> None:
    assert plan(base, mine, theirs) == ()


def test_without_a_base_nothing_that_differs_is_overwritten() -> None:
    steps = plan_update({"a": MINE, "b": LINES}, None, {"a": THEIRS, "b": LINES, "c": b"new"})
    assert steps == (Step("a", "conflict", THEIRS),)


def test_without_git_a_file_that_both_sides_changed_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (step,) = plan(LINES, MINE, THEIRS)
    assert step == Step("a.html", "conflict", THEIRS)


def test_the_base_is_the_same_file_every_time(tmp_path: Path) -> None:
    theme = REPOSITORY / "templates"
    keep_base(tmp_path, theme)
    written = (tmp_path / BASE).read_bytes()
    keep_base(tmp_path, theme)
    assert (tmp_path / BASE).read_bytes() == written
    kept = read_base(tmp_path)
    assert kept
    assert kept["layout.html"] == (theme / "layout.html").read_bytes()
    (tmp_path / BASE).write_bytes(b"PK")
    assert read_base(tmp_path) is None


@pytest.fixture
def config() -> str:
    """Return a configuration with which the program speaks English."""
    return CONFIG


@pytest.fixture
def builtin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the theme of the installed version, which a test can change: a newer version."""
    folder = tmp_path / "builtin" / "templates"
    shutil.copytree(REPOSITORY / "templates", folder)
    replace_everywhere(
        monkeypatch,
        find_folder,
        lambda name: folder if name == "templates" else REPOSITORY / name,
    )
    return folder


def update(site: SiteFolder, *words: str) -> tuple[int, str]:
    words = ("--root", str(site.root), "theme", "update", *words)
    done = CliRunner(env={"LC_ALL": "en_GB.UTF-8"}).invoke(main, words)
    return done.exit_code, done.stderr


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_site_takes_up_a_newer_theme(site: SiteFolder, builtin: Path) -> None:
    templates = site.root / "templates"
    keep_base(templates, builtin)
    assert update(site) == (0, "The theme is that of this version, with your changes.\n")
    change(templates / "layout.html", 'id="dau_trang"', 'id="dau_trang" class="own"')
    change(builtin / "layout.html", "<p>{{ canonical }}</p>", "<p>Newer: {{ canonical }}</p>")
    change(builtin / "robots.txt", "User-agent", "# Newer\nUser-agent")
    (builtin / "partials/extra.html").write_text("<p>Extra</p>\n", "utf-8")
    (templates / "offline.html").unlink()
    before = (templates / "robots.txt").read_bytes()
    code, dry = update(site, "--dry-run")
    assert (templates / "robots.txt").read_bytes() == before
    assert (code, dry) == update(site)
    assert sorted(dry.splitlines()) == [
        "Added: templates/partials/extra.html",
        "Merged with your changes: templates/layout.html",
        "Updated: templates/robots.txt",
    ]
    assert update(site) == (0, "The theme is that of this version, with your changes.\n")
    site.article("bai").build()
    page = site.page("/cong-tac-xay-dung-dang/")
    assert 'class="own"' in page
    assert "<p>Newer: " in page


def test_a_conflict_is_told_and_no_page_shows_its_marks(site: SiteFolder, builtin: Path) -> None:
    templates = site.root / "templates"
    keep_base(templates, builtin)
    change(templates / "assets/css/site.css", "@font-face", "/* own */ @font-face")
    change(builtin / "assets/css/site.css", "@font-face", "/* newer */ @font-face")
    own = (templates / "assets/css/site.css").read_bytes()
    code, said = update(site)
    assert code == PROBLEMS
    assert "Not merged: templates/assets/css/site.css is as it was" in said
    assert (templates / "assets/css/site.css").read_bytes() == own
    assert find_waiting(templates) == ["assets/css/site.css.new"]
    site.article("bai").build()
    assert not [path for path in site.files() if ".new" in path]
    code, said = update(site)
    assert code == USAGE
    assert "templates/assets/css/site.css.new" in said
    (templates / "assets/css/site.css.new").unlink()
    assert update(site)[0] == 0


def test_a_site_without_a_theme_of_its_own_has_nothing_to_update(site: SiteFolder) -> None:
    shutil.rmtree(site.root / "templates")
    assert update(site)[0] == USAGE


def test_nothing_is_written_through_a_link_out_of_the_theme(
    site: SiteFolder, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("User-agent: *\n", "utf-8")
    (site.root / "templates/robots.txt").unlink()
    (site.root / "templates/robots.txt").symlink_to(outside)
    code, said = update(site)
    assert code == USAGE
    assert "templates/robots.txt" in said
    assert outside.read_text("utf-8") == "User-agent: *\n"
    assert not (site.root / "templates" / BASE).exists()


def test_what_a_theme_lacks_is_the_built_in_one(site: SiteFolder) -> None:
    site.article("bai").build()
    # A theme of a site is published as a whole, the built-in one as far as it is shown.
    whole = {path: data for path, data in site.files().items() if "css/gallery." not in path}
    templates = site.root / "templates"
    shutil.rmtree(templates)
    site.build()
    assert site.files() == whole
    # One file of its own is enough, and only what it names is asked for.
    site.write("templates/robots.txt", "# own\n").build()
    assert site.page("/robots.txt") == "# own\n"
    site.write("templates/assets/css/print.css", "p { color: green }\n").build()
    (sheet,) = [data for path, data in site.files().items() if "css/print." in path]
    assert b"green" in sheet
    site.write("templates/partials/footer.html", "<p>Own foot</p>\n").build()
    assert "<p>Own foot</p>" in site.page("/")


def test_built_in_files_that_no_page_names_stay_away(site: SiteFolder) -> None:
    shutil.rmtree(site.root / "templates")
    for name in (path.name for path in (REPOSITORY / "templates").iterdir() if path.is_file()):
        site.write(f"templates/{name}", "")
    site.build()
    assert not [path for path in site.files() if path.startswith("assets/")]
    site.write("templates/front.html", '{{ site.assets["js/main.js"] }}').build()
    named = [path for path in site.files() if path.startswith("assets/js/")]
    assert any(path.startswith("assets/js/main.") for path in named)
    # A script brings those that it imports.
    assert len(named) > 1
