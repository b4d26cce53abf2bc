"""Videos of an article: stills, captions, the host, what is published, what machines are told."""

import json
from typing import Any

import pytest

from support.html_tree import Element, parse
from support.photos import photo
from support.site_folder import SiteFolder

HOST = "https://example.org"
PAGE = "/hoat-dong-cua-co-so/2024/05/mot/"
FILM = b"\0\0\0\x18ftypmp42"
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:04.000\nKính chào.\n"
YOUTUBE = "https://www.youtube.com/watch?v=aB3&t=1m30s"


def read_prose(site: SiteFolder) -> Element:
    return parse(site.page(PAGE)).find("div", class_="prose")


def read_videos(site: SiteFolder) -> list[dict[str, Any]]:
    script = parse(site.page(PAGE)).find("script", type="application/ld+json")
    videos: list[dict[str, Any]] = json.loads(script.text)["@graph"][0].get("video", [])
    return videos


@pytest.fixture
def filmed(site: SiteFolder) -> SiteFolder:
    site.write("content/media/phim.mp4", FILM)
    return site.article("mot", "![Lễ hội](/media/phim.mp4)")


class TestStills:
    @pytest.mark.parametrize(
        "written",
        [
            '[![Lễ hội](/media/a.jpg "Chú thích")]({})',
            "[![Lễ hội](/media/a.jpg)]({})\n*Chú thích*",
            '[![Lễ hội][a]][b]\n\n[a]: /media/a.jpg "Chú thích"\n[b]: {}',
            '<a href="{}"><img src="/media/a.jpg" alt="Lễ hội" title="Chú thích"></a>',
        ],
    )
    def test_a_picture_that_leads_to_a_video_is_its_still(
        self, site: SiteFolder, written: str
    ) -> None:
        site.write("content/media/a.jpg", photo((1600, 900)))
        site.article("mot", written.format(YOUTUBE))
        assert site.problems() == []
        site.build()
        (figure,) = read_prose(site).find_all("figure", class_="video")
        link = figure.find("a", class_="video-play")
        assert link.attributes["href"] == YOUTUBE
        embed = link.attributes["data-embed"]
        assert embed == "https://www.youtube-nocookie.com/embed/aB3?start=90"
        image = link.find("img")
        assert image.attributes["src"] == "/media/a.jpg"
        assert image.attributes["alt"] == ""
        assert image.attributes["loading"] == "lazy"
        assert link.find("source").attributes["type"] == "image/webp"
        assert link.find("span", class_="video-name").text == "Lễ hội"
        assert link.find("span", class_="video-host").text == "Phát từ YouTube"
        assert figure.find("figcaption").text == "Chú thích"

    def test_a_film_has_the_still_that_leads_to_it(self, filmed: SiteFolder) -> None:
        filmed.write("content/media/a.jpg", photo((1600, 900)))
        filmed.article("mot", "[![Lễ hội](/media/a.jpg)](/media/phim.mp4#t=1m30s)").build()
        video = read_prose(filmed).find("figure").find("video")
        assert video.attributes["src"] == "/media/phim.mp4#t=90"
        assert video.attributes["poster"] == "/media/a.jpg.720.webp"
        assert (video.attributes["width"], video.attributes["height"]) == ("1600", "900")
        assert video.attributes["aria-label"] == "Lễ hội"

    def test_a_still_beside_a_film_is_its_own(self, filmed: SiteFolder) -> None:
        filmed.build()
        assert "poster" not in read_prose(filmed).find("video").attributes
        filmed.write("content/media/phim.jpg", photo((640, 360))).build()
        assert read_prose(filmed).find("video").attributes["poster"] == "/media/phim.jpg"
        (filmed.root / "content/media/phim.jpg").unlink()
        filmed.build()
        assert "poster" not in read_prose(filmed).find("video").attributes
        assert not (filmed.output / "media/phim.jpg").exists()

    @pytest.mark.parametrize(
        "written",
        [
            "[![Ảnh](/media/a.jpg)](https://example.net/trang)",
            "[![Ảnh](/media/a.jpg)](/media/a.jpg)",
            f"Chữ [![Ảnh](/media/a.jpg)]({YOUTUBE}) chữ",
            f"[![Ảnh](/media/a.jpg) chữ]({YOUTUBE})",
        ],
    )
    def test_other_pictures_in_links_stay_such(self, site: SiteFolder, written: str) -> None:
        site.write("content/media/a.jpg", photo()).article("mot", written).build()
        prose = read_prose(site)
        assert prose.find("a").find("img").attributes["alt"] == "Ảnh"
        assert not prose.find_all("figure", class_="video")

    def test_a_still_that_there_is_not_is_told(self, site: SiteFolder) -> None:
        site.article("mot", f"[![Lễ hội](/media/a.jpg)]({YOUTUBE})")
        (found,) = site.problems()
        assert "picture-missing" in found

    def test_a_still_in_a_feed_has_whole_addresses(self, site: SiteFolder) -> None:
        config = (site.root / "config.yaml").read_text("utf-8")
        site.write("config.yaml", f"{config}lists: {{feed_full: true}}\n")
        site.write("content/media/a.jpg", photo())
        site.article("mot", f"[![Lễ hội](/media/a.jpg)]({YOUTUBE})").build()
        text = json.loads(site.page("/feed.json"))["items"][0]["content_html"]
        assert f'src="{HOST}/media/a.jpg"' in text
        assert parse(text).find("a").text.split() == ["Lễ", "hội", "Phát", "từ", "YouTube"]


class TestCaptions:
    def test_captions_beside_a_film_are_a_track(self, filmed: SiteFolder) -> None:
        filmed.write("content/media/phim.vtt", CAPTIONS).build()
        track = read_prose(filmed).find("video").find("track")
        assert track.attributes["kind"] == "captions"
        assert track.attributes["srclang"] == "vi"
        assert track.attributes["src"] == "/media/phim.vtt"
        assert track.attributes["label"]
        assert (filmed.output / "media/phim.vtt").read_text("utf-8") == CAPTIONS

    def test_captions_that_come_and_go_make_the_page_again(self, filmed: SiteFolder) -> None:
        filmed.build()
        assert "<track" not in filmed.page(PAGE)
        filmed.write("content/media/phim.VTT", CAPTIONS).build()
        assert 'src="/media/phim.VTT"' in filmed.page(PAGE)
        (filmed.root / "content/media/phim.VTT").unlink()
        filmed.build()
        assert "<track" not in filmed.page(PAGE)
        assert not (filmed.output / "media/phim.VTT").exists()

    def test_captions_beside_an_article_are_published_with_the_film(self, site: SiteFolder) -> None:
        site.write("content/tin/phim.webm", FILM).write("content/tin/phim.vtt", CAPTIONS)
        site.article("tin/mot", "![Phim](phim.webm)", slug="mot")
        assert site.problems() == []
        site.build()
        assert 'src="/media/tin/phim.vtt"' in site.page(PAGE)
        assert (site.output / "media/tin/phim.vtt").exists()

    def test_captions_without_a_film_are_told(self, site: SiteFolder) -> None:
        site.write("content/tin/phim.vtt", CAPTIONS).article("tin/mot")
        (found,) = site.problems()
        assert found.startswith("content/tin/phim.vtt:1:1: file-unused")

    def test_captions_that_cannot_be_read_stop_the_build(self, filmed: SiteFolder) -> None:
        filmed.write("content/media/phim.vtt", "1\n00:00:01,000 --> 00:00:02,000\nx\n")
        (found,) = filmed.problems()
        assert found.startswith("content/media/phim.vtt:1:1: captions-form")

    def test_what_lies_beside_a_film_of_a_draft_is_not_published(self, filmed: SiteFolder) -> None:
        filmed.write("content/media/phim.vtt", CAPTIONS)
        filmed.write("content/media/phim.jpg", photo())
        filmed.article("mot", "![Lễ hội](/media/phim.mp4)", draft="true").article("hai").build()
        assert not (filmed.output / "media").exists()
        filmed.article("hai", "![Lễ hội](/media/phim.mp4)").build()
        names = {each.name for each in (filmed.output / "media").iterdir()}
        assert {"phim.mp4", "phim.vtt", "phim.jpg"} <= names

    def test_another_article_may_use_the_still_of_a_draft(self, filmed: SiteFolder) -> None:
        filmed.write("content/media/phim.jpg", photo())
        filmed.article("mot", "![Lễ hội](/media/phim.mp4)", draft="true")
        filmed.article("hai", "![Ảnh](/media/phim.jpg)").build()
        assert (filmed.output / "media/phim.jpg").exists()
        assert not (filmed.output / "media/phim.mp4").exists()


class TestMachines:
    def test_a_video_of_a_host_is_told_with_its_player(self, site: SiteFolder) -> None:
        site.article("mot", f"![Lễ & hội]({YOUTUBE})", lead="Tóm tắt.").build()
        (video,) = read_videos(site)
        assert video == {
            "@type": "VideoObject",
            "name": "Lễ & hội",
            "description": "Tóm tắt.",
            "uploadDate": "2024-05-06T07:08:00+07:00",
            "thumbnailUrl": "https://i.ytimg.com/vi/aB3/hqdefault.jpg",
            "embedUrl": "https://www.youtube-nocookie.com/embed/aB3?start=90",
            "url": YOUTUBE,
        }

    def test_a_film_is_told_with_its_file(self, filmed: SiteFolder) -> None:
        filmed.write("content/media/phim.jpg", photo((640, 360))).build()
        (video,) = read_videos(filmed)
        assert video["contentUrl"] == f"{HOST}/media/phim.mp4"
        assert video["encodingFormat"] == "video/mp4"
        assert video["thumbnailUrl"] == f"{HOST}/media/phim.jpg"
        (told,) = parse(filmed.page(PAGE)).find_all("meta", property="og:video")
        assert told.attributes["content"] == f"{HOST}/media/phim.mp4"

    def test_a_still_is_told_with_its_video(self, site: SiteFolder) -> None:
        config = (site.root / "config.yaml").read_text("utf-8")
        site.write("config.yaml", config.replace("https://example.org", f"{HOST}/cong"))
        site.write("content/media/a.jpg", photo()).write("content/media/phim.mp4", FILM)
        vimeo = "[![Hai](/media/a.jpg)](https://vimeo.com/12345)"
        site.article("mot", f"![Một](/media/phim.mp4)\n\n{vimeo}").build()
        first, second = read_videos(site)
        assert first["contentUrl"] == f"{HOST}/cong/media/phim.mp4"
        assert "thumbnailUrl" not in first
        assert second["name"] == "Hai"
        assert second["thumbnailUrl"] == f"{HOST}/cong/media/a.jpg"
        assert second["embedUrl"] == "https://player.vimeo.com/video/12345?dnt=1"

    def test_what_only_looks_like_a_player_is_not_told(self, site: SiteFolder) -> None:
        body = '<a class="video-play" data-embed="https://x.example" href="#a">a</a> `<video src=`'
        site.article("mot", body).build()
        assert read_videos(site) == []
