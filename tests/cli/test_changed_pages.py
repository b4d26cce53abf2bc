"""The command `changes`: which pages readers find changed, and what others are sent of it."""

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import DONE, USAGE, commands
from sitegen.cli.changed_pages import write_indexnow
from sitegen.content.settings import Config
from sitegen.foundation.addresses import JSON_FEED, RSS
from sitegen.incremental.manifest import mark_owner
from sitegen.releases.comparison import Change, ChangedFile
from sitegen.releases.place import find_list
from support.site_folder import CONFIG, NOW
from support.tiny_theme import hasten, make_tiny_site

FRONT = "https://example.org/hoat-dong-cua-co-so/2024/05"
KEY = "a1b2c3d4-e5f6"
HUB = "https://tram.example.org/"


class Newsroom:
    """A site, and where its readers are."""

    def __init__(self, root: Path) -> None:
        self.site = make_tiny_site(root / "site")
        self.portal = root / "portal"
        self.now = NOW

    def run(self, command: str, *flags: str) -> Result:
        words = ["--root", str(self.site.root), command, str(self.portal), *flags]
        words += ["--now", f"{self.now:%Y-%m-%d %H:%M}"]
        return CliRunner(env={"LC_ALL": "en"}).invoke(commands.main, words)

    def publish(self) -> str:
        """Publish the site as it is written, a minute later, and return the name of the release."""
        self.site.build(self.now)
        self.now += timedelta(minutes=1)
        assert self.run("publish").exit_code == DONE
        return (self.portal / "current").readlink().name

    def list_changes(self, *flags: str) -> dict[str, str]:
        """Return what is told of the site as it is written: it is the same when it is published."""
        self.site.build(self.now)
        before = self.run("changes", "--json", *flags)
        self.publish()
        after = self.run("changes", "--json", "--since", *flags)
        assert (before.exit_code, before.stdout) == (DONE, after.stdout)
        return {each["url"]: each["what"] for each in json.loads(before.stdout)}

    def delete(self, name: str) -> None:
        (self.site.root / f"content/{name}.md").unlink()


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    hasten(monkeypatch)
    made = Newsroom(tmp_path)
    made.site.article("a", "Một.").article("b", "Hai.")
    made.publish()
    return made


def test_an_edited_text_is_told_and_nothing_around_it(newsroom: Newsroom) -> None:
    newsroom.site.article("a", "Một, đã sửa.", title="Tên khác", slug="a")
    assert newsroom.list_changes() == {f"{FRONT}/a/": "changes"}


def test_a_new_text_and_one_that_is_gone_are_told(newsroom: Newsroom) -> None:
    newsroom.site.article("c")
    newsroom.delete("b")
    assert newsroom.list_changes() == {f"{FRONT}/b/": "vanishes", f"{FRONT}/c/": "appears"}


@pytest.mark.parametrize("fields", [{"draft": "true"}, {"expires": "2025-01-02"}])
def test_a_text_that_is_withdrawn_is_told(newsroom: Newsroom, fields: dict[str, str]) -> None:
    newsroom.site.article("b", "Hai.", **fields)
    assert newsroom.list_changes() == {f"{FRONT}/b/": "vanishes"}


def test_the_old_address_of_a_text_is_told_with_the_new_one(newsroom: Newsroom) -> None:
    newsroom.delete("b")
    newsroom.site.article("moi", "Hai.", aliases="[/hoat-dong-cua-co-so/2024/05/b/]")
    assert newsroom.list_changes() == {f"{FRONT}/b/": "changes", f"{FRONT}/moi/": "appears"}


def test_a_page_that_looks_different_says_the_same(newsroom: Newsroom) -> None:
    template = newsroom.site.root / "templates/article.html"
    text = template.read_text("utf-8")
    template.write_text(text.replace("{{ body }}", "{{ body }}<hr>"), "utf-8")
    assert newsroom.list_changes() == {}
    assert newsroom.run("changes", "--since", "--all").stdout.splitlines() == [
        f"changed: {FRONT}/a/",
        f"changed: {FRONT}/b/",
    ]


def test_lists_are_told_where_all_is_asked_for(newsroom: Newsroom) -> None:
    newsroom.site.article("c")
    told = newsroom.list_changes("--all")
    assert told["https://example.org/"] == "changes"
    assert told["https://example.org/hoat-dong-cua-co-so/"] == "changes"
    assert told[f"{FRONT}/a/"] == "changes"
    assert "https://example.org/404.html" not in told


def test_nothing_is_lost_between_two_publications(newsroom: Newsroom) -> None:
    newsroom.site.article("c").build(newsroom.now)
    newsroom.site.article("d").build(newsroom.now)
    newsroom.site.build(newsroom.now)
    assert newsroom.list_changes() == {f"{FRONT}/c/": "appears", f"{FRONT}/d/": "appears"}
    assert newsroom.run("changes").stderr == "No page has changed.\n"


def test_changes_since_an_earlier_release_are_told_together(newsroom: Newsroom) -> None:
    first = (newsroom.portal / "current").readlink().name
    newsroom.site.article("c")
    newsroom.publish()
    newsroom.site.article("c", "Ba.").article("a", "Một, đã sửa.")
    newsroom.publish()
    told = newsroom.run("changes", "--since", first)
    assert told.stdout.splitlines() == [f"changed: {FRONT}/a/", f"new: {FRONT}/c/"]


def test_readers_who_are_led_back_find_everything_changed_back(newsroom: Newsroom) -> None:
    newsroom.site.article("c")
    newsroom.publish()
    newsroom.run("publish", "--rollback")
    assert newsroom.run("changes", "--since").stdout == f"gone: {FRONT}/c/\n"


def test_programs_get_a_list_with_reasons(newsroom: Newsroom) -> None:
    newsroom.site.article("a", "Một, đã sửa.").article("c")
    newsroom.site.build(newsroom.now)
    assert json.loads(newsroom.run("changes", "--json").stdout) == [
        {"url": f"{FRONT}/a/", "what": "changes", "reasons": ["own", "around"]},
        {"url": f"{FRONT}/c/", "what": "appears", "reasons": []},
    ]


def test_addresses_are_whole_and_percent_encoded(newsroom: Newsroom) -> None:
    newsroom.site.write("config.yaml", CONFIG.replace("example.org", "example.org/portal"))
    newsroom.publish()
    newsroom.site.article("c", aliases="[/cũ/]")
    new = FRONT.replace("example.org", "example.org/portal")
    assert newsroom.list_changes() == {
        f"{new}/c/": "appears",
        "https://example.org/portal/c%C5%A9/": "appears",
    }


def test_what_must_not_be_published_is_not_compared(newsroom: Newsroom) -> None:
    newsroom.site.build(newsroom.now, drafts=True)
    assert newsroom.run("changes").exit_code == USAGE


def test_where_nothing_was_published_everything_appears(newsroom: Newsroom) -> None:
    newsroom.portal = newsroom.portal.parent / "other"
    (newsroom.portal / "releases").mkdir(parents=True)
    assert newsroom.run("changes").stdout.splitlines() == [f"new: {FRONT}/a/", f"new: {FRONT}/b/"]


def test_what_cannot_be_compared_is_told(newsroom: Newsroom) -> None:
    unknown = newsroom.run("changes", "--since", "20200101-000000")
    assert (unknown.exit_code, "20200101-000000" in unknown.stderr) == (USAGE, True)
    assert newsroom.run("changes", "--since").exit_code == USAGE
    find_list(newsroom.portal, (newsroom.portal / "current").readlink().name).unlink()
    lost = newsroom.run("changes")
    assert (lost.exit_code, "publish once from this machine" in lost.stderr) == (USAGE, True)


# What others are sent ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["indexnow", "websub"])
def test_without_its_setting_nothing_can_be_sent(newsroom: Newsroom, key: str) -> None:
    refused = newsroom.run("changes", f"--{key}")
    assert (refused.exit_code, refused.stdout) == (USAGE, "")
    assert refused.stderr.startswith(f"`config.yaml` has no `{key}`")


def test_search_engines_are_sent_the_key_and_the_addresses(newsroom: Newsroom) -> None:
    below = CONFIG.replace("example.org", "example.org/portal")
    newsroom.site.write("config.yaml", f"{below}indexnow: {KEY}\n")
    newsroom.publish()
    newsroom.site.article("c")
    newsroom.site.build(newsroom.now)
    (line,) = newsroom.run("changes", "--indexnow").stdout.splitlines()
    assert json.loads(line) == {
        "host": "example.org",
        "key": KEY,
        "keyLocation": f"https://example.org/portal/{KEY}.txt",
        "urlList": ["https://example.org/portal/hoat-dong-cua-co-so/2024/05/c/"],
    }
    assert (newsroom.site.output / f"{KEY}.txt").read_bytes() == KEY.encode()
    newsroom.publish()
    assert newsroom.run("changes", "--indexnow").stdout == ""


def test_a_request_has_as_many_addresses_as_are_taken() -> None:
    config = Config("Cổng", "https://example.org", (), indexnow=KEY)
    pages = (
        ChangedFile(f"tin/{number}/index.html", Change.APPEARS, (), mark_owner(str(number)))
        for number in range(10_001)
    )
    bodies = [json.loads(line) for line in write_indexnow(pages, config)]
    assert [len(body["urlList"]) for body in bodies] == [10_000, 1]


def test_the_hub_is_told_which_feeds_changed(newsroom: Newsroom) -> None:
    newsroom.site.write("config.yaml", f"{CONFIG}websub: {HUB}\n")
    newsroom.publish()
    newsroom.site.article("c")
    newsroom.site.build(newsroom.now)
    told = parse_qsl(newsroom.run("changes", "--websub").stdout, strict_parsing=True)
    folders = ("https://example.org", "https://example.org/hoat-dong-cua-co-so")
    topics = {("hub.url", f"{each}/{name}") for each in folders for name in (RSS, JSON_FEED)}
    assert (told[0], set(told[1:])) == (("hub.mode", "publish"), topics)
    newsroom.publish()
    assert newsroom.run("changes", "--websub").stdout == ""
