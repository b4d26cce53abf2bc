"""A built output becomes a release: whole, all at once, and only what is ours is touched."""

import json
import multiprocessing
import os
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from sitegen.output.staging import staged_tree
from sitegen.problems import ProblemsFoundError, UsageError
from sitegen.releases import assembly
from sitegen.releases.description import DESCRIPTION, Release
from sitegen.releases.place import find_list, find_next, hold_place, list_names, read_link
from sitegen.releases.publication import (
    Publication,
    Published,
    list_releases,
    publish,
    roll_back,
)
from support.doubles import replace_everywhere
from support.faults import list_files
from support.site_folder import CONFIG, NOW, SiteFolder
from support.tiny_theme import hasten, make_tiny_site

pytestmark = pytest.mark.skipif(os.name == "nt", reason="nothing is published on Windows")
PAGE = "hoat-dong-cua-co-so/2024/05/a/index.html"
HOUR = timedelta(hours=1)


class Portal:
    """A site and the folder of a web server that it is published into."""

    def __init__(self, site: SiteFolder, place: Path) -> None:
        self.site = site
        self.place = place
        (place / "releases").mkdir(parents=True)
        self.now = NOW

    def publish(self, *, keep: int = 5, commit: str = "") -> Published:
        """Publish what is built, an hour after the last time."""
        self.now += HOUR
        output = self.site.output
        with hold_place(self.place, lambda: None):
            return publish(Publication(output, self.place, self.now, keep, commit, jobs=1))

    def build_and_publish(self, body: str, *, keep: int = 5) -> Published:
        """Publish the site with this text in its article."""
        self.site.article("a", body, lead="Tóm tắt.").build()
        return self.publish(keep=keep)

    def files(self, link: str = "current") -> dict[str, bytes]:
        """Return what readers see, without the description."""
        found = list_files(self.place / link)
        del found[DESCRIPTION]
        return found

    def names(self) -> list[str]:
        return [each.name for each in list_releases(self.place)]


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portal:
    hasten(monkeypatch)
    site = make_tiny_site(tmp_path / "site").article("a", "Một.", lead="Tóm tắt.")
    site.article("b", "Hai.")
    site.build()
    return Portal(site, tmp_path / "portal")


def test_readers_see_what_was_built(portal: Portal) -> None:
    published = portal.publish()
    assert portal.files() == portal.site.files()
    assert (portal.place / "current").readlink() == Path("releases") / published.release.name
    assert not (portal.place / "previous").exists()


def test_the_release_before_is_still_there_for_pages_that_are_open(portal: Portal) -> None:
    portal.publish()
    before = portal.files()
    portal.build_and_publish("Hai.")
    assert portal.files("previous") == before
    assert portal.files() == portal.site.files() != before


def test_what_did_not_change_is_the_same_file_with_the_same_time(portal: Portal) -> None:
    portal.publish()
    assert portal.build_and_publish("Hai.").fresh == 1
    now, before = (portal.place / link for link in ("current", "previous"))
    same = {path for path in portal.files() if (now / path).samefile(before / path)}
    assert portal.files().keys() - same == {PAGE}


def test_a_file_made_again_with_the_same_bytes_keeps_its_time(portal: Portal) -> None:
    portal.publish()
    before = (portal.place / "current" / PAGE).stat()
    portal.site.write(
        "templates/article.html",
        (portal.site.root / "templates/article.html").read_text() + "{# #}",
    )
    portal.site.build()
    assert portal.publish().fresh is None
    assert (portal.place / "current" / PAGE).stat() == before


def test_a_release_from_a_fresh_checkout_keeps_the_times_of_readers_caches(portal: Portal) -> None:
    portal.publish()
    for path in portal.site.output.rglob("*.html"):
        os.utime(path, ns=(1, 1))
    portal.build_and_publish("Hai.")
    now, before = (portal.place / link / "index.html" for link in ("current", "previous"))
    assert now.samefile(before)


def test_what_the_output_has_no_more_is_gone(portal: Portal) -> None:
    portal.publish()
    (portal.site.root / "content/a.md").unlink()
    portal.site.build()
    portal.publish()
    assert portal.files() == portal.site.files()
    assert PAGE not in portal.files()


def test_what_no_build_wrote_is_not_published(portal: Portal) -> None:
    portal.site.write("output/bi-mat.txt", "x").write("output/.env", "x")
    portal.publish()
    assert not {"bi-mat.txt", ".env"} & portal.files().keys()


def test_nothing_new_is_no_new_release(portal: Portal) -> None:
    first = portal.publish()
    assert portal.publish() == Published(first.release, None)
    assert portal.names() == [first.release.name]


def test_a_release_says_what_it_is(portal: Portal) -> None:
    release = portal.publish(commit="c0ffee").release
    said = json.loads((portal.place / "current" / DESCRIPTION).read_bytes())
    command = (
        "find . -type f ! -name sitegen-release.json | LC_ALL=C sort"
        " | tr '\\n' '\\0' | xargs -0 sha256sum | sha256sum"
    )
    told = subprocess.run(
        ["sh", "-c", command], cwd=portal.place / "current", capture_output=True, check=True
    )
    assert said == {
        "id": "20261123-060000",
        "time": "2026-11-23T13:00:00+07:00",
        "commit": "c0ffee",
        "files": len(portal.files()),
        "sha256": told.stdout.split()[0].decode(),
    }
    assert list_releases(portal.place) == (
        Release(said["id"], said["time"], said["commit"], said["files"], said["sha256"]),
    )
    assert release.digest == said["sha256"]


def test_the_last_releases_are_kept_and_one_tree_is_used_again(portal: Portal) -> None:
    names = []
    for number in range(9):
        names.append(portal.build_and_publish(f"Lần {number}.", keep=3).release.name)
        assert portal.files() == portal.site.files()
        assert portal.names() == names[-3:]
    lists = {find_list(portal.place, name).name for name in names[-3:]}
    found = {each.name for each in (portal.place / "releases").iterdir()}
    assert found == {*names[-3:], *lists, ".sitegen-lock", ".sitegen-next"}


def test_fewer_are_kept_where_it_is_said(portal: Portal) -> None:
    for number in range(4):
        portal.build_and_publish(f"Lần {number}.")
    portal.publish(keep=2)
    assert len(portal.names()) == 2


@pytest.mark.parametrize("stray", ["index.html/x", ".well-known/acme/x", "the", "a/b/c"])
def test_a_spare_tree_is_made_right_whatever_is_in_it(portal: Portal, stray: str) -> None:
    for number in range(3):
        portal.build_and_publish(f"Lần {number}.", keep=2)
    spare = find_next(portal.place)
    (spare / "index.html").unlink()
    (spare / PAGE).unlink()
    (spare / PAGE).symlink_to(portal.site.root / "config.yaml")
    (spare / "404.html").write_text("Ai đó đã sửa.", "utf-8")
    if not (spare / stray).exists():
        (spare / stray).parent.mkdir(parents=True, exist_ok=True)
        (spare / stray).write_text("x", "utf-8")
    before = portal.files()
    portal.build_and_publish("Lần cuối.")
    assert portal.files() == portal.site.files()
    # The bytes of the one whose name was changed are not those of the release before.
    assert "404.html" in before


def test_a_file_that_somebody_changed_in_a_release_is_not_linked(portal: Portal) -> None:
    portal.publish()
    (portal.place / "current" / "index.html").write_text("Ai đó đã sửa.", "utf-8")
    portal.build_and_publish("Hai.")
    assert portal.files() == portal.site.files()


def test_a_list_that_is_damaged_costs_time_and_nothing_else(portal: Portal) -> None:
    published = portal.publish()
    kept = find_list(portal.place, published.release.name)
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    again = portal.build_and_publish("Hai.")
    assert again.fresh == len(portal.site.files())
    assert portal.files() == portal.site.files()


def test_files_are_copied_where_the_file_system_has_no_links(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    portal.publish()
    portal.build_and_publish("Hai.")
    assert portal.files() == portal.site.files()
    now, before = (portal.place / link / "404.html" for link in ("current", "previous"))
    assert not now.samefile(before)
    assert now.stat().st_mtime_ns == before.stat().st_mtime_ns


def test_the_disk_that_is_full_leaves_readers_what_they_see(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.publish()
    before = portal.files()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device", "x")

    with monkeypatch.context() as patch:
        replace_everywhere(patch, assembly._copy, refuse)
        with pytest.raises(UsageError, match="refused"):
            portal.build_and_publish("Hai.")
    assert portal.files() == before
    portal.publish()
    assert portal.files() == portal.site.files()


class TestWhatIsNotOurs:
    def test_it_stays(self, portal: Portal) -> None:
        place = portal.place
        theirs = {
            "nho.txt": "ghi nhớ",
            "releases/thu-cong/index.html": "làm bằng tay",
            # Made by hand, and one that was copied: their descriptions do not name them.
            "releases/20200101-000000/index.html": "làm bằng tay",
            f"releases/20200101-000001/{DESCRIPTION}": '{"id": "20190101-000000"}',
        }
        for path, text in theirs.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_text(text, "utf-8")
        for number in range(5):
            portal.build_and_publish(f"Lần {number}.", keep=2)
        assert {path: (place / path).read_text("utf-8") for path in theirs} == theirs

    def test_the_release_of_a_script_stays_and_is_the_one_before(self, portal: Portal) -> None:
        by_hand = portal.place / "releases/20261101-000000"
        by_hand.mkdir(parents=True)
        (portal.place / "current").symlink_to("releases/20261101-000000")
        portal.publish()
        assert (portal.place / "previous").samefile(by_hand)

    @pytest.mark.parametrize("link", ["current", "previous"])
    def test_a_folder_in_the_place_of_a_link_is_not_replaced(
        self, portal: Portal, link: str
    ) -> None:
        (portal.place / link).mkdir()
        with pytest.raises(UsageError, match="release-blocked"):
            portal.publish()
        assert (portal.place / link).is_dir()


class TestWhatIsRefused:
    def refuse(self, portal: Portal) -> str:
        with pytest.raises(UsageError) as refused:
            portal.publish()
        assert not (portal.place / "current").exists()
        return refused.value.code

    def test_an_output_that_was_never_built(self, portal: Portal, tmp_path: Path) -> None:
        portal.site.output = tmp_path / "empty"
        assert self.refuse(portal) == "release-unbuilt"

    def test_one_whose_list_is_damaged(self, portal: Portal) -> None:
        portal.site.write(".output.list", "x")
        assert self.refuse(portal) == "release-unbuilt"

    def test_one_at_which_a_build_was_killed(self, portal: Portal) -> None:
        staged_tree(portal.site.output).mkdir(parents=True)
        assert self.refuse(portal) == "release-unbuilt"

    def test_one_in_which_a_file_is_missing(self, portal: Portal) -> None:
        (portal.site.output / PAGE).unlink()
        assert self.refuse(portal) == "refused"

    def test_one_with_drafts(self, portal: Portal) -> None:
        portal.site.build(drafts=True)
        assert self.refuse(portal) == "release-drafts"

    def test_one_in_which_a_text_has_expired(self, portal: Portal) -> None:
        portal.site.article("a", expires="2026-11-23 12:30").build()
        assert self.refuse(portal) == "release-outdated"

    def test_one_of_the_future(self, portal: Portal) -> None:
        portal.site.article("a").build(NOW + 48 * HOUR)
        assert self.refuse(portal) == "release-outdated"

    def test_one_with_samples(self, portal: Portal) -> None:
        config = CONFIG.replace("https://example.org", "https://ten-mien.example")
        portal.site.write("config.yaml", config).build()
        with pytest.raises(ProblemsFoundError) as refused:
            portal.publish()
        assert [(each.code, each.warning) for each in refused.value.problems] == [
            ("sample-published", False)
        ]


class TestProvisional:
    """A release whose search index is still that of the release before."""

    def publish_both(self, portal: Portal, body: str, *, keep: int = 5) -> tuple[str, str]:
        """Publish a text, and then what was left to do; return both releases."""
        portal.site.article("a", body, lead="Tóm tắt.").build()
        portal.site.mark_provisional()
        provisional = portal.publish(keep=keep).release
        assert provisional.provisional
        return provisional.name, portal.build_and_publish(f"{body} Xong.", keep=keep).release.name

    def test_the_next_replaces_it(self, portal: Portal) -> None:
        first = portal.publish().release.name
        before = portal.files()
        provisional, lasting = self.publish_both(portal, "Hai.")
        assert portal.names() == [first, lasting]
        assert portal.files() == portal.site.files()
        assert portal.files("previous") == before
        assert not find_list(portal.place, provisional).exists()

    def test_it_says_so_and_no_other_does(self, portal: Portal) -> None:
        portal.publish()
        description = portal.place / "current" / DESCRIPTION
        assert "provisional" not in json.loads(description.read_bytes())
        portal.site.mark_provisional()
        portal.publish()
        assert json.loads(description.read_bytes())["provisional"] is True

    def test_as_many_lasting_ones_stay_as_without_it(self, portal: Portal) -> None:
        every = [self.publish_both(portal, f"Lần {number}.", keep=3) for number in range(5)]
        assert portal.names() == [lasting for _, lasting in every[-3:]]

    def test_another_text_may_come_before_it_is_replaced(self, portal: Portal) -> None:
        first = portal.publish().release.name
        portal.site.mark_provisional()
        portal.publish()
        _, last = self.publish_both(portal, "Ba.")
        assert portal.names() == [first, last]
        assert read_link(portal.place, "previous") == first

    def test_readers_are_led_back_past_it(self, portal: Portal) -> None:
        first = portal.publish().release
        portal.site.mark_provisional()
        portal.publish()
        assert roll_back(portal.place, "") == first
        assert read_link(portal.place, "current") == first.name


class TestRollback:
    def test_readers_see_the_release_before_again(self, portal: Portal) -> None:
        first = portal.publish().release
        before = portal.files()
        second = portal.build_and_publish("Hai.").release
        with hold_place(portal.place, lambda: None):
            assert roll_back(portal.place, "") == first
        assert portal.files() == before
        assert read_link(portal.place, "previous") == second.name

    def test_and_any_that_is_kept(self, portal: Portal) -> None:
        names = [portal.build_and_publish(f"Lần {number}.").release.name for number in range(4)]
        for name in (names[1], names[3], names[0]):
            assert roll_back(portal.place, name).name == name
            assert read_link(portal.place, "current") == name

    def test_none_is_before_the_first(self, portal: Portal) -> None:
        portal.publish()
        with pytest.raises(UsageError, match="release-first"):
            roll_back(portal.place, "")

    @pytest.mark.parametrize("name", ["20200101-000000", "../..", "thu-cong"])
    def test_what_is_no_release_is_refused(self, portal: Portal, name: str) -> None:
        portal.publish()
        with pytest.raises(UsageError, match="release-unknown"):
            roll_back(portal.place, name)

    def test_the_release_that_readers_see_is_never_dropped(self, portal: Portal) -> None:
        names = [portal.build_and_publish(f"Lần {number}.").release.name for number in range(4)]
        roll_back(portal.place, names[0])
        portal.build_and_publish("Lần cuối.", keep=2)
        assert portal.files() == portal.site.files()
        assert names[0] in portal.names()


def test_two_in_one_second_and_a_clock_that_goes_back_have_an_order(portal: Portal) -> None:
    names = []
    for number in range(12):
        portal.now = NOW - (number == 5) * HOUR
        names.append(portal.build_and_publish(f"Lần {number}.", keep=20).release.name)
    assert portal.names() == list_names(portal.place) == names
    assert len(set(names)) == 12


def test_the_second_waits_for_the_first(portal: Portal) -> None:
    """The first holds the place in another process, which ends when it is told to."""
    here, there = multiprocessing.get_context("fork").Pipe()
    pid = os.fork()
    if not pid:
        with hold_place(portal.place, lambda: None):
            there.send("held")
            there.recv()
        os._exit(0)
    assert here.recv() == "held"
    waited = []

    def tell() -> None:
        waited.append("waiting")
        here.send("go")

    with hold_place(portal.place, tell):
        waited.append("mine")
    os.waitpid(pid, 0)
    assert waited == ["waiting", "mine"]


def test_several_processes_make_the_same(portal: Portal) -> None:
    portal.publish()
    portal.site.article("a", "Ba.", lead="Tóm tắt.").build()
    with hold_place(portal.place, lambda: None):
        publish(Publication(portal.site.output, portal.place, NOW + 9 * HOUR, 5, "", jobs=3))
    assert portal.files() == portal.site.files()
