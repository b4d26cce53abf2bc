"""A build makes what is not as it was, and notes why."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.build import Report, build
from sitegen.foundation.generator import fingerprint_generator
from sitegen.incremental.keys import Reason, find_reason
from sitegen.incremental.manifest import FileNote, Key, list_files, parse_manifest
from sitegen.output.manifest_file import manifest_path, read_manifest
from support.doubles import replace_everywhere
from support.site_folder import CONFIG, SiteFolder
from support.tiny_theme import SVG, THEME, hasten, make_tiny_site

SECTION = "hoat-dong-cua-co-so"
FIELDS = list(Key.__struct_fields__)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """Return a site that was built: five articles, ``e`` the newest, each with its neighbours."""
    hasten(monkeypatch)
    site = make_tiny_site(tmp_path / "site").write(
        "config.yaml", f"{CONFIG}lists: {{neighbours: 1}}\n"
    )
    for day, name in enumerate("abcde", start=1):
        site.article(name, date=f"2024-05-0{day} 08:00", lead="Tóm tắt.")
    site.write("content/pages/p.md", "---\ntitle: Giới thiệu\n---\n\nTrang.\n")
    site.build()
    return site


def article(name: str) -> str:
    return f"{SECTION}/2024/05/{name}/index.html"


def notes(site: SiteFolder) -> dict[str, FileNote]:
    """Return the manifest's notes by path."""
    found: dict[str, FileNote] = {}
    for group in parse_manifest(read_manifest(site.output)).groups.values():
        found |= list_files(group)
    return found


class Watched:
    """What a build did: the files it replaced, and the reasons noted anew."""

    def __init__(self, site: SiteFolder) -> None:
        self._site = site
        self._inodes, self._notes = self._look(), notes(site)

    def _look(self) -> dict[str, tuple[int, int]]:
        status = {path: (self._site.output / path).stat() for path in self._site.files()}
        return {path: (each.st_ino, each.st_mtime_ns) for path, each in status.items()}

    def build(self) -> Report:
        """Build, and remember what became different."""
        report = self._site.build()
        after, noted = self._look(), notes(self._site)
        self.replaced = {path for path, each in after.items() if self._inodes.get(path) != each}
        self.removed = self._inodes.keys() - after.keys()
        # A reason stands with the key of the page as it was made then.
        self.reasons = {
            path: note.reason for path, note in noted.items() if self._notes.get(path) != note
        }
        self._inodes, self._notes = after, noted
        assert (report.written.written, report.written.removed) == (
            len(self.replaced),
            len(self.removed),
        )
        assert set(noted) == set(after)
        return report


@pytest.fixture
def watched(site: SiteFolder) -> Watched:
    return Watched(site)


def of(word: str, watched: Watched) -> set[str]:
    """Return the files that were made anew for a reason."""
    return {path for path, reason in watched.reasons.items() if reason == word}


def make_key(*changed: str) -> Key:
    """Return a key in which some fields are others."""
    return Key(**{name: b"new" if name in changed else b"old" for name in FIELDS})


@pytest.mark.parametrize("field", FIELDS)
def test_the_field_that_differs_is_the_reason(field: str) -> None:
    assert find_reason(make_key(), make_key(field)) == field


@given(st.sets(st.sampled_from(FIELDS)))
def test_the_first_field_that_differs_is_the_reason(changed: set[str]) -> None:
    first = next((field for field in FIELDS if field in changed), None)
    assert find_reason(make_key(), make_key(*changed)) == first


def test_what_has_no_key_is_new() -> None:
    assert find_reason(None, make_key()) == Reason.NEW
    assert find_reason(make_key(), make_key()) is None


def test_everything_is_new_at_first(site: SiteFolder) -> None:
    assert {note.reason for note in notes(site).values()} == {"new"}
    assert set(notes(site)) == set(site.files())


def test_nothing_changes_where_nothing_changed(site: SiteFolder, watched: Watched) -> None:
    before = manifest_path(site.output).stat()
    report = watched.build()
    assert (watched.replaced, watched.reasons) == (set(), {})
    assert report.written.unchanged == len(site.files())
    assert manifest_path(site.output).stat().st_mtime_ns == before.st_mtime_ns


def test_a_body_is_its_own_pages_business(site: SiteFolder, watched: Watched) -> None:
    site.article("c", "Câu khác.", date="2024-05-03 08:00", lead="Tóm tắt.")
    watched.build()
    assert watched.replaced == {article("c")}
    assert watched.reasons == {article("c"): "own"}


def test_a_title_is_shown_by_neighbours_and_lists(site: SiteFolder, watched: Watched) -> None:
    site.article("c", date="2024-05-03 08:00", lead="Tóm tắt.", title='"Tên mới"', slug="c")
    watched.build()
    assert of("own", watched) == {article("c")}
    assert of("around", watched) >= {article("b"), article("d"), f"{SECTION}/index.html"}
    assert article("a") not in watched.reasons
    lists = {path for path in watched.replaced if not path.startswith(f"{SECTION}/2024")}
    assert {"rss.xml", "tac-gia/thu-ha/index.html", "luu-tru/2024/05/index.html"} <= lists
    # What shows no titles has a new key at most, and the same bytes.
    assert not lists & {"404.html", "robots.txt", "p/index.html", "sitemap/1.xml"}


def test_a_lead_is_shown_by_lists_alone(site: SiteFolder, watched: Watched) -> None:
    """Neighbours show the photo of a card: they are made anew, and are the same."""
    site.article("c", date="2024-05-03 08:00", lead="Tóm tắt khác.")
    watched.build()
    assert of("own", watched) == {article("c")}
    assert not watched.replaced & {article("b"), article("d")}
    assert {f"{SECTION}/index.html", "rss.xml"} <= watched.replaced


def test_a_new_article_is_new_and_stands_around_others(site: SiteFolder, watched: Watched) -> None:
    site.article("f", date="2024-05-06 08:00", lead="Tóm tắt.")
    watched.build()
    assert of("new", watched) == {article("f")}
    assert of("around", watched) >= {article("e"), "rss.xml", "sitemap/1.xml"}
    assert "index.html" in watched.replaced
    assert article("d") not in watched.reasons


def test_an_article_that_goes_takes_its_page_along(site: SiteFolder, watched: Watched) -> None:
    (site.root / "content/c.md").unlink()
    watched.build()
    assert watched.removed == {article("c")}
    assert {article("b"), article("d")} <= of("around", watched)
    assert not (site.output / article("c")).parent.exists()


def test_a_template_is_everything_that_is_made_of_it(site: SiteFolder, watched: Watched) -> None:
    site.write("templates/article.html", f"{THEME['article.html']}<!-- -->")
    watched.build()
    assert watched.reasons == {article(name): "template" for name in "abcde"}
    site.write("templates/menu.html", f"<b>{THEME['menu.html']}</b>")
    watched.build()
    assert set(watched.reasons.values()) == {"template"}
    assert watched.replaced == {path for path in site.files() if path.endswith(".html")}


def test_a_template_that_nothing_uses_is_nothing(site: SiteFolder, watched: Watched) -> None:
    site.write("templates/unused.html", "x")
    watched.build()
    assert (watched.replaced, watched.reasons) == (set(), {})


def test_what_all_pages_share_is_the_site(site: SiteFolder, watched: Watched) -> None:
    title = (site.root / "config.yaml").read_text("utf-8").replace("Cổng thử nghiệm", "Cổng khác")
    site.write("config.yaml", title)
    watched.build()
    assert of("site", watched) == {path for path in site.files() if "assets/" not in path}
    assert {path for path in site.files() if path.endswith("/index.html")} <= watched.replaced
    # Its key is another one, its bytes are the same: it is not touched.
    assert "robots.txt" in watched.reasons.keys() - watched.replaced


def test_a_standing_pages_title_stands_in_the_menu(site: SiteFolder, watched: Watched) -> None:
    site.write("content/pages/p.md", "---\ntitle: Liên hệ\nslug: p\n---\n\nTrang.\n")
    watched.build()
    assert watched.reasons["index.html"] == "site"
    assert article("a") in watched.replaced


def test_a_standing_pages_body_is_its_own(site: SiteFolder, watched: Watched) -> None:
    (site.root / "content/pages/p.md").write_text("---\ntitle: Giới thiệu\n---\n\nKhác.\n", "utf-8")
    watched.build()
    assert watched.reasons == {"gioi-thieu/index.html": "own"}
    assert watched.replaced == {"gioi-thieu/index.html"}


def test_a_photo_of_another_size_is_seen_by_its_article(site: SiteFolder, watched: Watched) -> None:
    photo = {"photo": "/media/a.svg", "photo_caption": "Ảnh"}
    site.write("content/media/a.svg", SVG.format(4))
    site.article("c", date="2024-05-03 08:00", lead="Tóm tắt.", **photo)
    watched.build()
    site.write("content/media/a.svg", SVG.format(5))
    watched.build()
    assert of("own", watched) == {article("c"), "media/a.svg"}
    assert f"{SECTION}/index.html" in of("around", watched)
    # Other bytes, as many, and as large a picture: pages show nothing of that.
    site.write("content/media/a.svg", SVG.format(5).replace("'", '"'))
    watched.build()
    assert watched.reasons == {"media/a.svg": "own"}


def test_a_link_follows_what_it_leads_to(site: SiteFolder, watched: Watched) -> None:
    site.article("a", "[x](e.md)", date="2024-05-01 08:00", lead="Tóm tắt.")
    watched.build()
    site.article("e", date="2024-05-05 08:00", lead="Tóm tắt.", slug="khac")
    watched.build()
    assert watched.reasons[article("a")] == "own"
    assert "/khac/" in site.page(f"/{SECTION}/2024/05/a/")


def test_another_version_of_the_generator_makes_everything_anew(
    site: SiteFolder, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_everywhere(monkeypatch, fingerprint_generator, lambda: b"another version!")
    watched.build()
    assert watched.replaced == set()
    assert watched.reasons == dict.fromkeys(site.files(), "generator")


def test_a_clean_build_makes_everything_again(site: SiteFolder) -> None:
    request = site.request()
    request = type(request)(root=request.root, output=request.output, now=request.now, clean=True)
    assert build(request).written.written == 0
    assert {note.reason for note in notes(site).values()} == {"again"}


@pytest.mark.parametrize("name", [SECTION, "tac-gia", "assets", "gioi-thieu", "index.html"])
def test_what_was_deleted_at_the_top_of_the_output_comes_back(
    site: SiteFolder, watched: Watched, name: str
) -> None:
    expected = site.files()
    gone = {path for path in expected if path.partition("/")[0] == name}
    place = site.output / name
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    watched.build()
    assert site.files() == expected
    assert watched.replaced == of("again", watched) == gone != set()


def test_an_output_that_was_deleted_comes_back_whole(site: SiteFolder, tmp_path: Path) -> None:
    expected = site.files()
    site.output.rename(tmp_path / "elsewhere")
    assert site.build().written.written == len(expected)
    assert site.files() == expected


def test_without_its_list_nothing_is_rewritten_and_nothing_is_lost(
    site: SiteFolder, watched: Watched
) -> None:
    expected = site.files()
    manifest_path(site.output).unlink()
    watched.build()
    assert watched.replaced == set()
    assert site.files() == expected
    assert set(notes(site)) == set(expected)
    assert set(watched.reasons.values()) <= {"again"}
    # And what goes from now on is deleted again.
    (site.root / "content/c.md").unlink()
    watched.build()
    assert watched.removed == {article("c")}


def test_two_outputs_of_one_site_know_nothing_of_each_other(
    site: SiteFolder, tmp_path: Path
) -> None:
    expected = site.files()
    other = SiteFolder(site.root)
    other.output = tmp_path / "other"
    assert other.build().written.written == len(expected)
    site.article("c", "Khác.", date="2024-05-03 08:00", lead="Tóm tắt.").build()
    assert other.files() == expected
    assert other.build().written.written == 1
    assert other.files() == site.files()
