"""The proof that what was built is what a build from nothing gives, and what it says otherwise."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import commands
from sitegen.cli.verification import Difference, verify
from sitegen.foundation.stamps import STAMP_SIZE, take_stamp
from sitegen.output.manifest_file import manifest_path, read_manifest, seal_manifest, write_manifest
from sitegen.problems import mark
from support.doubles import replace_everywhere
from support.site_folder import CONFIG, SiteFolder
from support.tiny_theme import SVG, hasten, make_tiny_site

NOW = "2026-11-23 12:00"
SECTION = "hoat-dong-cua-co-so"
BY_HAND = mark("a change in the output after it was built")
ADDRESSES = mark("the list of addresses")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """Return a site whose articles each show one neighbour on either side."""
    hasten(monkeypatch)
    site = make_tiny_site(tmp_path / "site")
    site.write("config.yaml", f"{CONFIG}lists: {{neighbours: 1}}\n")
    for day, name in enumerate("abcd", start=1):
        site.article(name, date=f"2024-05-0{day} 08:00", lead="Tóm tắt.")
    return site


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the generator take every file for the one that it knows: as if stamps were wrong."""
    replace_everywhere(monkeypatch, take_stamp, lambda _, __: b"always the same".ljust(STAMP_SIZE))


def find(site: SiteFolder) -> dict[str, str]:
    """Return the causes by path."""
    found = verify(site.request())
    assert [each.path for each in found] == sorted({each.path for each in found})
    return {each.path: each.cause for each in found}


def article(name: str) -> str:
    return f"{SECTION}/2024/05/{name}/index.html"


def prove(site: SiteFolder) -> Result:
    words = [
        "--root",
        str(site.root),
        "build",
        "--no-search",
        "--verify",
        "--jobs",
        "1",
        "--now",
        NOW,
    ]
    return CliRunner(env={"LC_ALL": "C"}).invoke(commands.main, words)


def test_a_site_that_was_built_is_proved(site: SiteFolder) -> None:
    site.build()
    assert verify(site.request()) == ()
    site.article("b", "Khác.", date="2024-05-02 08:00").article("e").build()
    assert verify(site.request()) == ()
    (site.root / "content/a.md").unlink()
    site.build()
    assert verify(site.request()) == ()


def test_proving_changes_nothing(site: SiteFolder) -> None:
    site.build()
    (site.output / "robots.txt").write_text("x", "utf-8")
    before, manifest = site.files(), manifest_path(site.output).read_bytes()
    assert verify(site.request())
    assert site.files() == before
    assert manifest_path(site.output).read_bytes() == manifest
    kept = {".output.list", ".output.lock", ".sitegen", "config.yaml"}
    folders = {"content", "output", "templates"}
    assert {path.name for path in site.root.iterdir()} == kept | folders


@pytest.mark.parametrize("path", ["robots.txt", article("a"), "index.html", "rss.xml"])
def test_one_byte_that_was_changed_by_hand_is_found(site: SiteFolder, path: str) -> None:
    site.build()
    data = bytearray((site.output / path).read_bytes())
    data[len(data) // 2] ^= 1
    (site.output / path).write_bytes(data)
    assert verify(site.request()) == (Difference(path, BY_HAND),)


def test_a_file_that_was_deleted_or_grew_is_found(site: SiteFolder) -> None:
    site.build()
    (site.output / article("b")).unlink()
    with (site.output / "rss.xml").open("ab") as file:
        file.write(b" ")
    assert find(site) == {article("b"): BY_HAND, "rss.xml": BY_HAND}


def test_a_file_of_the_theme_and_a_photo_are_proved_too(site: SiteFolder) -> None:
    site.write("content/media/a.svg", SVG.format(3)).build()
    (asset,) = (path for path in site.files() if path.startswith("assets/"))
    for path in (asset, "media/a.svg"):
        (site.output / path).write_bytes(b"x")
    assert find(site) == {asset: BY_HAND, "media/a.svg": BY_HAND}


def test_a_file_that_only_the_list_still_knows_is_found(site: SiteFolder) -> None:
    site.build()
    site.write("output/old/index.html", "x")
    listed = f"{read_manifest(site.output)}old/index.html\tnote new\n"
    write_manifest(site.output, seal_manifest(listed))
    assert find(site) == {"old/index.html": ADDRESSES}


def test_a_file_that_no_build_wrote_is_none_of_our_business(site: SiteFolder) -> None:
    site.build()
    site.write("output/google1234.html", "x")
    assert find(site) == {}


@pytest.mark.usefixtures("blind")
def test_a_stale_page_is_found_and_its_file_is_named(site: SiteFolder) -> None:
    site.build()
    site.article("b", "Khác.", date="2024-05-02 08:00", lead="Tóm tắt.")
    assert site.build().written.written == 0
    assert find(site) == {article("b"): "content/b.md"}


@pytest.mark.usefixtures("blind")
def test_stale_neighbours_and_lists_are_found_with_the_article_that_they_show(
    site: SiteFolder,
) -> None:
    site.build()
    title = '"Tên mới"'
    site.article("b", date="2024-05-02 08:00", lead="Tóm tắt.", title=title, slug="b").build()
    found = find(site)
    assert {article("a"), article("b"), article("c"), f"{SECTION}/index.html", "rss.xml"} <= set(
        found
    )
    assert article("d") not in found
    assert set(found.values()) == {"content/b.md"}


@pytest.mark.usefixtures("blind")
def test_a_page_at_a_stale_address_is_found(site: SiteFolder) -> None:
    site.build()
    site.article("b", date="2024-05-02 08:00", lead="Tóm tắt.", slug="khac").build()
    found = find(site)
    assert found[article("b")] == found[article("khac")] == ADDRESSES


@pytest.mark.usefixtures("blind")
def test_a_stale_photo_is_found(site: SiteFolder) -> None:
    site.write("content/media/a.svg", SVG.format(3))
    photo = {"photo": "/media/a.svg", "photo_caption": "Ảnh"}
    site.article("b", date="2024-05-02 08:00", lead="Tóm tắt.", **photo).build()
    site.write("content/media/a.svg", SVG.format(4)).build()
    found = find(site)
    assert found["media/a.svg"] == "media/a.svg"
    assert found[article("b")] == "content/b.md"


@pytest.mark.usefixtures("blind")
def test_the_command_names_what_is_stale_and_fails(site: SiteFolder) -> None:
    assert prove(site).exit_code == 0
    site.article("b", "Khác.", date="2024-05-02 08:00", lead="Tóm tắt.")
    result = prove(site)
    assert (result.exit_code, result.stdout) == (70, "")
    built, *said = result.stderr.splitlines()
    assert built.startswith("0 files written")
    (line,) = said
    assert line.startswith(
        f"{article('b')} is not what a build from nothing gives, because of content/b.md;"
    )


def test_the_command_says_that_all_is_well(site: SiteFolder) -> None:
    result = prove(site)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[1:] == ["Every byte is what a build from nothing gives."]


@pytest.mark.usefixtures("blind")
def test_it_is_said_in_the_language_of_the_site(site: SiteFolder) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", config.replace("language: en", "language: vi"))
    prove(site)
    site.article("b", date="2024-05-02 08:00", lead="Tóm tắt.", slug="khac")
    result = prove(site)
    assert result.exit_code == 70
    assert article("b") in result.stderr
    assert "because of" not in result.stderr
    assert "addresses" not in result.stderr
