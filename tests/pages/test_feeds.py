"""Feeds of leads and feeds of whole articles, as programs that read feeds meet them."""

import json
import re
from urllib.parse import urlsplit

import feedparser
import pytest

from support.feed_site import BODY, HOST, write_feed_site
from support.html_tree import Element, parse
from support.photos import photo
from support.site_folder import SiteFolder

SECTION = "/hoat-dong-cua-co-so/"
ARTICLE = f"{SECTION}2024/05/mot/"
ADDRESSES = ("href", "src", "srcset", "data-embed", "poster")


def read_texts(site: SiteFolder, folder: str = "/") -> dict[str, str]:
    """Return the whole text of the first article by the feed that has it."""
    feed = feedparser.parse(site.page(f"{folder}rss.xml").encode())
    assert not feed.bozo
    (content,) = feed.entries[0].content
    assert content.type == "text/html"
    # What a browser would not be shown is taken out by the reader, so this is read as it stands.
    written = parse(site.page(f"{folder}rss.xml")).find("content:encoded").text
    item = json.loads(site.page(f"{folder}feed.json"))["items"][0]
    assert " ".join(item["content_html"].split()) == written
    assert content.value.count("<p>") == written.count("<p>")
    assert item.keys().isdisjoint({"content_text"})
    assert item["summary"] == feed.entries[0].summary == "Tóm tắt & hết."
    return {"rss": written, "json": item["content_html"]}


def list_addresses(text: Element) -> list[str]:
    return [
        address.split()[0]
        for element in text.walk()
        for name in ADDRESSES
        if name in element.attributes
        for address in element.attributes[name].split(", ")
    ]


def test_a_feed_holds_the_lead_alone_unless_told_otherwise(site: SiteFolder) -> None:
    write_feed_site(site, full=False).build()
    feed = feedparser.parse(site.page("/rss.xml").encode())
    assert [entry.summary for entry in feed.entries] == ["Tóm tắt & hết.", "Chữ bài hai."]
    assert not [entry for entry in feed.entries if "content" in entry]
    items = json.loads(site.page("/feed.json"))["items"]
    assert [item["content_text"] for item in items] == ["Tóm tắt & hết.", "Chữ bài hai."]
    assert items[0]["image"] == f"{HOST}/media/a.jpg"
    assert not [item for item in items if "content_html" in item]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"author": "THU HÀ"}, ["Thu Hà"]),
        ({"author": "[THU HÀ, MINH QUÂN]", "source": "Báo Quảng Nam"}, ["Thu Hà", "Minh Quân"]),
        ({"author": "", "source": "Theo Báo Quảng Nam"}, ["Báo Quảng Nam"]),
    ],
)
def test_a_feed_names_the_authors_or_else_the_source(
    site: SiteFolder, fields: dict[str, str], named: list[str]
) -> None:
    site.article("a", **fields).build()
    (item,) = json.loads(site.page("/feed.json"))["items"]
    assert [author["name"] for author in item["authors"]] == named
    entry = feedparser.parse(site.page("/rss.xml").encode()).entries[0]
    assert [author["name"] for author in entry.authors] == named


@pytest.mark.parametrize("folder", ["/", SECTION])
def test_a_feed_of_the_whole_text_has_all_of_the_article(site: SiteFolder, folder: str) -> None:
    write_feed_site(site, full=True).build()
    for text in read_texts(site, folder).values():
        tree = parse(text)
        assert [each.text for each in tree.find_all("figcaption")] == [
            "Chú thích (Ảnh: Thu Hà)",
            "Lời ảnh",
        ]
        for part in ("Tóm tắt & hết.", "Đoạn dưới", "“lời” ]]> hết.", "Chú thích."):
            assert part in tree.text
        assert tree.find("p").text == "Tóm tắt & hết."


def test_every_address_in_a_whole_text_is_absolute(site: SiteFolder) -> None:
    write_feed_site(site, full=True).build()
    for text in read_texts(site).values():
        found = list_addresses(parse(text))
        assert all(urlsplit(address).scheme for address in found), found
        assert {
            f"{HOST}{SECTION}2024/05/hai/#muc",
            f"{HOST}/cong-tac-xay-dung-dang/",
            f"{HOST}/rss.xml",
            f"{HOST}{ARTICLE}#doan-duoi",
            f"{HOST}{ARTICLE}#fn:1",
            f"{HOST}{ARTICLE}#fnref:1",
            f"{HOST}{ARTICLE}?trang=2",
            f"{HOST}/media/a.jpg",
            f"{HOST}/media/b.jpg",
            f"{HOST}/media/b.jpg.400.webp",
            f"{HOST}/media/nghi-quyet.pdf",
            "https://bao.vn/?a=1&b=2",
            "https://bao.vn/x",
            "mailto:a@b.vn",
            "https://www.youtube-nocookie.com/embed/abc",
        } <= set(found)


def test_the_page_itself_keeps_its_short_addresses(site: SiteFolder) -> None:
    write_feed_site(site, full=True).build()
    page = site.page(ARTICLE)
    assert 'href="#doan-duoi"' in page
    assert 'href="/cong/hoat-dong-cua-co-so/2024/05/hai/#muc"' in page
    assert 'href="?trang=2"' in page


def test_an_article_without_a_lead_does_not_say_its_beginning_twice(site: SiteFolder) -> None:
    write_feed_site(site, full=True).build()
    item = json.loads(site.page("/feed.json"))["items"][1]
    assert item["summary"] == "Chữ bài hai."
    assert item["content_html"].count("Chữ bài hai.") == 1


def test_a_body_concerns_the_feeds_of_whole_texts_alone(site: SiteFolder) -> None:
    for full, expected in ((False, {ARTICLE}), (True, {ARTICLE, *feeds("/"), *feeds(SECTION)})):
        write_feed_site(site, full=full).build()
        before = site.files()
        write_feed_site(site, BODY.replace("hết", "xong"), full=full).build()
        after = site.files()
        changed = {path for path in after if after[path] != before.get(path)}
        assert changed == {re.sub("/$", "/index.html", url)[1:] for url in expected}


def feeds(folder: str) -> tuple[str, str]:
    return f"{folder}rss.xml", f"{folder}feed.json"


def test_where_a_link_leads_reaches_the_feed(site: SiteFolder) -> None:
    write_feed_site(site, full=True).build()
    site.article("hai", "## Mục\n\nChữ bài hai.", date="2024-05-05", slug="ba").build()
    for text in read_texts(site).values():
        assert f"{HOST}{SECTION}2024/05/ba/#muc" in text


def test_a_feed_is_as_long_as_ever_in_a_long_archive(site: SiteFolder) -> None:
    write_feed_site(site, full=True)
    for number in range(9):
        site.article(f"bai-{number}", date=f"2024-06-0{number + 1}")
    site.build()
    for folder in ("/", SECTION):
        assert len(json.loads(site.page(f"{folder}feed.json"))["items"]) == 3


def test_what_is_wrong_with_a_text_is_told_once(site: SiteFolder) -> None:
    write_feed_site(site, full=True)
    site.article("mot", "![a](https://khac.vn/a.jpg)\n\n<img src='data:x'>")
    problems = site.problems()
    assert len(problems) == len(set(problems)) == 2


def test_a_feed_shows_the_photo_of_each_article(site: SiteFolder) -> None:
    write_feed_site(site, full=False)
    site.article("ba", date="2024-05-07", photo="/media/ve.svg", photo_caption="Bản vẽ & chữ")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    site.write("content/media/ve.svg", drawing).build()
    for folder in ("/", SECTION):
        feed = feedparser.parse(site.page(f"{folder}rss.xml").encode())
        assert not feed.bozo
        drawn, with_photo, without = feed.entries
        (shown,) = with_photo.media_content
        assert shown == {
            "url": f"{HOST}/media/a.jpg",
            "medium": "image",
            "type": "image/jpeg",
            "width": "900",
            "height": "600",
        }
        assert [each["content"] for each in with_photo.media_credit] == ["Thu Hà"]
        assert drawn.media_content[0]["type"] == "image/svg+xml"
        assert "media_content" not in without
        items = json.loads(site.page(f"{folder}feed.json"))["items"]
        images = [item.get("image") for item in items]
        assert images == [f"{HOST}/media/ve.svg", f"{HOST}/media/a.jpg", None]


def test_another_photo_is_another_feed(site: SiteFolder) -> None:
    write_feed_site(site, full=False).build()
    site.write("content/media/a.jpg", photo((600, 900))).build()
    assert 'width="600" height="900"' in site.page("/rss.xml")


@pytest.mark.parametrize(("full", "held"), [(False, "ảnh và tóm tắt"), (True, "ảnh và toàn bài")])
def test_a_page_names_all_feeds_and_says_what_they_are(
    site: SiteFolder, full: bool, held: str
) -> None:
    write_feed_site(site, full=full)
    config = (site.root / "config.yaml").read_text("utf-8")
    child = "Xây dựng Đảng\n    children:\n      - name: Tổ chức"
    site.write("config.yaml", config.replace("Công tác xây dựng Đảng", child))
    site.article("mot").build()
    main = parse(site.page("/rss/")).find("main")
    found = [each.attributes["href"].removeprefix("/cong") for each in main.find_all("a")]
    folders = ("/", SECTION, "/xay-dung-dang/", "/xay-dung-dang/to-chuc/")
    assert found == [f"{each}{name}" for each in folders for name in ("", "rss.xml", "feed.json")]
    assert all((site.output / each.removeprefix("/")).exists() for each in found)
    assert held in main.text
    assert "tối đa 3 bài" in main.text
    assert f"<loc>{HOST}/rss/</loc>" in site.page("/sitemap/trang.xml")


def test_the_address_of_the_list_of_feeds_is_taken(site: SiteFolder) -> None:
    site.write("content/pages/rss.md", "---\ntitle: RSS\n---\nChữ.\n").article("a")
    assert [each for each in site.problems() if "url-taken" in each or "slug-reserved" in each]


def test_each_item_of_rss_has_a_description_without_gaps(site: SiteFolder) -> None:
    site.article("mot", "![Ảnh](/media/a.jpg)", lead="")
    site.article("hai", lead='"Sáng 5/10,   hội nghị\\n\\n  họp."')
    site.write("content/media/a.jpg", photo())
    site.build()
    feed = feedparser.parse(site.page("/rss.xml"))
    described = {entry.title: entry.description for entry in feed.entries}
    assert all(described.values())
    assert "Sáng 5/10, hội nghị họp." in described.values()
