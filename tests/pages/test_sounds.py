"""The sound of an article: a player, an enclosure in feeds, and words for machines."""

import json
import xml.etree.ElementTree as ET

import feedparser
import pytest

from support.html_tree import parse
from support.site_folder import SiteFolder

HOST = "https://example.org"
PAGE = "/hoat-dong-cua-co-so/2024/05/mot/"
SOUND = b"ID3" + bytes(4997)


@pytest.fixture
def spoken(site: SiteFolder) -> SiteFolder:
    site.write("content/media/am-thanh/bản tin.mp3", SOUND)
    return site.article("mot", audio="/media/am-thanh/bản tin.mp3", lead="Tóm tắt.")


def test_a_sound_is_played_under_the_lead(spoken: SiteFolder) -> None:
    spoken.build()
    header = parse(spoken.page(PAGE)).find("article").find("header")
    address = "/media/am-thanh/b%E1%BA%A3n%20tin.mp3"
    player = header.find("audio")
    assert player.attributes["src"] == address
    assert player.attributes["preload"] == "none"
    assert "controls" in player.attributes
    link = header.find("figure").find("a")
    assert link.attributes["href"] == address
    assert "MP3, 5 KB" in link.text
    assert (spoken.output / "media/am-thanh/bản tin.mp3").read_bytes() == SOUND


def test_a_sound_is_told_to_machines(spoken: SiteFolder) -> None:
    spoken.build()
    text = spoken.page(PAGE)
    written = parse(text).find("script", type="application/ld+json").text
    found = json.loads(written)["@graph"][0]
    assert found["audio"] == {
        "@type": "AudioObject",
        "name": "mot",
        "contentUrl": f"{HOST}/media/am-thanh/b%E1%BA%A3n%20tin.mp3",
        "encodingFormat": "audio/mpeg",
        "uploadDate": "2024-05-06T07:08:00+07:00",
        "inLanguage": "vi",
    }
    (named,) = parse(text).find_all("meta", property="og:audio")
    assert named.attributes["content"] == found["audio"]["contentUrl"]


@pytest.mark.parametrize("folder", ["/", "/hoat-dong-cua-co-so/"])
def test_a_sound_is_an_enclosure_of_feeds(spoken: SiteFolder, folder: str) -> None:
    spoken.build()
    url = f"{HOST}/media/am-thanh/b%E1%BA%A3n%20tin.mp3"
    (entry,) = feedparser.parse(spoken.page(f"{folder}rss.xml").encode()).entries
    (enclosure,) = entry.enclosures
    assert {**enclosure} == {"href": url, "length": "5000", "type": "audio/mpeg"}
    (item,) = json.loads(spoken.page(f"{folder}feed.json"))["items"]
    assert item["attachments"] == [{"url": url, "mime_type": "audio/mpeg", "size_in_bytes": 5000}]


def test_an_article_without_a_sound_has_no_player(site: SiteFolder) -> None:
    site.article("mot").build()
    assert "audio" not in site.page(PAGE)
    items = ET.fromstring(site.page("/rss.xml")).findall("./channel/item")  # noqa: S314
    assert [each.find("enclosure") for each in items] == [None]


def test_another_sound_is_another_page_and_another_feed(spoken: SiteFolder) -> None:
    spoken.build()
    spoken.write("content/media/am-thanh/bản tin.mp3", SOUND + bytes(2000)).build()
    assert "MP3, 7 KB" in spoken.page(PAGE)
    assert 'length="7000"' in spoken.page("/rss.xml")
    spoken.write("content/media/khac.m4a", b"\0" * 9).article("mot", audio="/media/khac.m4a")
    spoken.build()
    assert 'src="/media/khac.m4a"' in spoken.page(PAGE)
    assert 'type="audio/mp4"' in spoken.page("/rss.xml")
    spoken.article("mot").build()
    assert "<audio" not in spoken.page(PAGE)
    assert "enclosure" not in spoken.page("/rss.xml")


def test_a_sound_beside_its_article_is_published(site: SiteFolder) -> None:
    site.write("content/tin/nghe.MP3", SOUND).article("tin/mot", audio="nghe.MP3", slug="mot")
    assert site.problems() == []
    site.build()
    assert 'src="/media/tin/nghe.MP3"' in site.page(PAGE)
    assert 'type="audio/mpeg"' in site.page("/rss.xml")


def test_the_sound_of_a_draft_is_not_published(spoken: SiteFolder) -> None:
    spoken.article("mot", audio="/media/am-thanh/bản tin.mp3", draft="true").article("hai").build()
    assert not list(spoken.output.rglob("*.mp3"))
    assert "mp3" not in spoken.page("/rss.xml")


def test_a_sound_that_another_article_shows_is_published(spoken: SiteFolder) -> None:
    spoken.article("hai", audio="/media/am-thanh/bản tin.mp3", draft="true").build()
    assert list(spoken.output.rglob("*.mp3"))


def test_a_sound_may_stand_in_the_text(site: SiteFolder) -> None:
    site.write("content/media/hat.mp3", SOUND).article("mot", "![Bài hát](/media/hat.mp3)")
    assert site.problems() == []
    site.build()
    player = parse(site.page(PAGE)).find("div", class_="prose").find("audio")
    assert player.attributes["aria-label"] == "Bài hát"
    assert player.attributes["src"] == "/media/hat.mp3"


@pytest.mark.parametrize(
    "written",
    ["https://example.net/a.mp3", r"C:\am-thanh\a.mp3", "/media/a.wav", "/media/a", "a.mp4"],
)
def test_what_is_no_sound_of_the_site_is_refused(site: SiteFolder, written: str) -> None:
    (found,) = site.article("mot", audio=written).problems()
    assert "audio-kind" in found
    assert "write audio: /media/" in found


def test_a_sound_that_there_is_not_is_told_with_the_nearest(spoken: SiteFolder) -> None:
    (found,) = spoken.article("mot", audio="/media/am-thanh/ban tin.mp3").problems()
    assert found.startswith("content/mot.md:6:8: link-missing")
    assert "did you mean `/media/am-thanh/bản tin.mp3`?" in found
