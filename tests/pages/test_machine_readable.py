"""What machines read, each read by a parser that is not ours."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from PIL import Image
from pyld import jsonld
from usp.tree import sitemap_from_str

from support.html_tree import parse
from support.linked_data import HOSTILE, SCHEMA, load_context
from support.photos import photo
from support.site_folder import NOW, SiteFolder

ARTICLE = "/hoat-dong-cua-co-so/2024/05/mot/"


def read_graph(page: str) -> dict[str, dict[str, Any]]:
    """Return what a page says of itself: its nodes by their type, expanded (JSON-LD 1.1)."""
    script = parse(page).find("script", type="application/ld+json")
    (source,) = script.children
    nodes = jsonld.expand(json.loads(str(source)), {"documentLoader": load_context})
    return {node["@type"][0].removeprefix(SCHEMA): node for node in nodes}


def value(node: dict[str, Any], name: str) -> Any:
    """Return the one value of a property: a plain one, an address, or a node."""
    (found,) = node[SCHEMA + name]
    return next(iter(found.values())) if len(found) == 1 else found


def measure(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def test_an_article_says_what_it_is(site: SiteFolder) -> None:
    site.write("content/media/a.jpg", photo())
    site.article(
        "mot",
        title="Một hai",
        slug="mot",
        lead="Tóm tắt.",
        author="[Thu Hà, Lê Anh]",
        tags="[đảng viên]",
        photo="/media/a.jpg",
        photo_caption="Chú thích",
        updated="2024-05-07 08:00",
    ).build()
    graph = read_graph(site.page(ARTICLE))
    article = graph["NewsArticle"]
    assert value(article, "headline") == "Một hai"
    assert value(article, "description") == "Tóm tắt."
    assert value(article, "mainEntityOfPage") == f"https://example.org{ARTICLE}"
    assert value(article, "datePublished") == "2024-05-06T07:08:00+07:00"
    assert value(article, "dateModified") == "2024-05-07T08:00:00+07:00"
    assert value(article, "articleSection") == "Hoạt động của cơ sở"
    assert value(article, "keywords") == "đảng viên"
    assert value(article, "inLanguage") == "vi"
    picture = value(article, "image")
    assert value(picture, "url") == "https://example.org/media/a.jpg"
    assert (value(picture, "width"), value(picture, "height")) == (90, 60)
    authors = article[f"{SCHEMA}author"]
    assert [(value(each, "name"), value(each, "url")) for each in authors] == [
        ("Thu Hà", "https://example.org/tac-gia/thu-ha/"),
        ("Lê Anh", "https://example.org/tac-gia/le-anh/"),
    ]
    publisher = value(article, "publisher")
    assert value(publisher, "name") == "Cổng thử nghiệm"
    logo = value(value(publisher, "logo"), "url").removeprefix("https://example.org/")
    assert measure(site.output / logo) == (512, 512)


def test_a_source_stands_in_for_an_author(site: SiteFolder) -> None:
    site.article("mot", author="", source="Báo Quảng Nam").build()
    author = value(read_graph(site.page(ARTICLE))["NewsArticle"], "author")
    assert author["@type"] == [f"{SCHEMA}Organization"]
    assert value(author, "name") == "Báo Quảng Nam"


def test_a_page_says_how_it_is_reached(site: SiteFolder) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", config.replace("example.org", "example.org/cong"))
    site.article("mot", tags="[thẻ]").write("content/pages/a.md", "---\ntitle: A\n---\n").build()
    for url, steps in {
        ARTICLE: ["/", "/hoat-dong-cua-co-so/"],
        "/the/the/": ["/", "/the/"],
        "/luu-tru/2024/05/": ["/", "/luu-tru/", "/luu-tru/2024/"],
        "/a/": ["/"],
    }.items():
        trail = read_graph(site.page(url))["BreadcrumbList"][f"{SCHEMA}itemListElement"]
        assert [value(each, "position") for each in trail] == [*range(1, len(steps) + 2)]
        named = [value(each, "item") for each in trail[:-1]]
        assert named == [f"https://example.org/cong{step}" for step in steps]
        assert value(trail[-1], "name") == parse(site.page(url)).find("h1").text


def test_the_front_page_says_who_publishes(site: SiteFolder) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", config + "imprint: {governing_body: Đảng ủy, mail: a@example.org}\n")
    site.build()
    graph = read_graph(site.page("/"))
    publisher = graph["NewsMediaOrganization"]
    assert value(graph["WebSite"], "publisher") == publisher["@id"]
    assert value(value(publisher, "parentOrganization"), "name") == "Đảng ủy"
    assert value(publisher, "email") == "a@example.org"


def test_no_value_ends_a_script(site: SiteFolder) -> None:
    quoted = json.dumps(HOSTILE, ensure_ascii=False)
    site.article(
        "mot", title=quoted, lead=quoted, author=f"[{quoted}]", slug="mot", tags=f"[{quoted}]"
    )
    site.build()
    page = site.page(ARTICLE)
    assert "<script>" not in page
    article = read_graph(page)["NewsArticle"]
    for name in ("headline", "description", "keywords"):
        assert value(article, name) == HOSTILE
    assert value(value(article, "author"), "name") == HOSTILE


TRANSLATIONS = """
  - language: en
    title: English version
    url: https://english.example.org/a/?b=1&c
  - language: lo
    title: ລາວ
    url: https://lo.example.org/"""


def test_a_page_names_its_translations(site: SiteFolder) -> None:
    page = f"---\ntitle: Liên hệ\ntranslations:{TRANSLATIONS}\n---\nChữ.\n"
    site.article("mot", translations=TRANSLATIONS).write("content/pages/lien-he.md", page)
    site.article("hai").build()
    for url in (ARTICLE, "/lien-he/"):
        tree = parse(site.page(url))
        alternates = [
            (each.attributes["hreflang"], each.attributes["href"])
            for each in tree.find_all("link", rel="alternate")
            if "hreflang" in each.attributes
        ]
        # The tests' site is English.
        assert alternates == [
            ("vi", f"https://example.org{url}"),
            ("en", "https://english.example.org/a/?b=1&c"),
            ("lo", "https://lo.example.org/"),
        ]
        shown = tree.find("ul", aria_label="Ngôn ngữ khác").find_all("a")
        assert [(each.attributes["lang"], each.text) for each in shown] == [
            ("en", "English version"),
            ("lo", "ລາວ"),
        ]
    assert "hreflang" not in site.page("/hoat-dong-cua-co-so/2024/05/hai/")


def test_nothing_is_said_twice(site: SiteFolder) -> None:
    site.article("mot").build()
    assert not [each for each in parse(site.page(ARTICLE)).walk() if "itemprop" in each.attributes]


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (374, 1), (376, 2), (2500, 10)])
def test_an_article_says_how_long_it_takes(site: SiteFolder, words: int, minutes: int) -> None:
    # Nine characters for two words.
    site.article("mot", body="nghe chữ " * (words // 2) or "chữ").build()
    facts = parse(site.page(ARTICLE)).find("p", class_="facts")
    assert f"Đọc trong khoảng {minutes} phút" in facts.text


class TestNews:
    URL = "/sitemap/tin-moi.xml"
    PATH = "sitemap/tin-moi.xml"

    def listed(self, site: SiteFolder) -> list[str]:
        index = sitemap_from_str(site.page("/sitemap.xml"))
        assert (f"https://example.org{self.URL}" in [each.url for each in index.sub_sitemaps]) == (
            self.PATH in site.files()
        )
        if self.PATH not in site.files():
            return []
        found = []
        for page in sitemap_from_str(site.page(self.URL)).all_pages():
            story = page.news_story
            assert story
            assert (story.publication_name, story.publication_language) == ("Cổng thử nghiệm", "vi")
            assert page.url.startswith("https://example.org/hoat-dong")
            assert isinstance(story.publish_date, datetime)
            assert story.publish_date.tzinfo
            found.append(story.title)
        return found

    def test_articles_are_news_for_two_days(self, site: SiteFolder) -> None:
        def write(name: str, **age: int) -> None:
            site.article(name, date=f"{NOW - timedelta(**age):%Y-%m-%d %H:%M:%S}")

        write("hôm nay", hours=1)
        write("hôm qua", hours=47)
        write("hôm kia", hours=48)
        site.build()
        assert self.listed(site) == ["hôm nay", "hôm qua"]
        site.build(NOW + timedelta(minutes=59))
        assert self.listed(site) == ["hôm nay", "hôm qua"]
        site.build(NOW + timedelta(hours=1))
        assert self.listed(site) == ["hôm nay"]
        site.build(NOW + timedelta(hours=47))
        assert self.listed(site) == []
        site.build()
        assert self.listed(site) == ["hôm nay", "hôm qua"]

    def test_at_most_a_thousand_are_listed(
        self, site: SiteFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sitegen.pages.sitemaps._MOST_NEWS", 2)
        for hour in range(3):
            site.article(f"giờ {hour}", date=f"{NOW - timedelta(hours=hour):%Y-%m-%d %H:%M}")
        site.build()
        assert self.listed(site) == ["giờ 0", "giờ 1"]

    def test_titles_are_escaped(self, site: SiteFolder) -> None:
        site.article("a", title='"A & B <c>"', date=f"{NOW:%Y-%m-%d}").build()
        assert self.listed(site) == ["A & B <c>"]


def test_a_reader_of_feeds_finds_every_article(site: SiteFolder) -> None:
    site.article("mot", title='"Một & <hai>"', slug="mot", lead="Lời dẫn ]]> hết.").build()
    feed = feedparser.parse(site.page("/rss.xml").encode())
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title == "Một & <hai>"
    assert entry.link == f"https://example.org{ARTICLE}"
    assert entry.published_parsed[:5] == (2024, 5, 6, 0, 8)


def test_the_json_feed_has_what_its_specification_requires(site: SiteFolder) -> None:
    site.article("mot").build()
    feed = json.loads(site.page("/feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    (item,) = feed["items"]
    assert item["id"]
    assert item.keys() & {"content_html", "content_text"}
    assert datetime.fromisoformat(item["date_published"]).tzinfo


def test_sitemaps_say_when_articles_changed(site: SiteFolder) -> None:
    site.article("mot", updated="2024-05-07 08:00").article("hai").build()
    pages = {
        page.url: page.last_modified
        for page in sitemap_from_str(site.page("/sitemap/1.xml")).all_pages()
    }
    changed = pages[f"https://example.org{ARTICLE}"]
    assert changed
    assert changed.isoformat() == "2024-05-07T08:00:00+07:00"
    assert len(pages) == 2


def test_the_portal_can_stand_on_the_screen_of_a_phone(site: SiteFolder) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", config.replace("example.org", "example.org/cong")).build()
    manifest = json.loads(site.page("/manifest.json"))
    link = parse(site.page("/")).find("link", rel="manifest").attributes["href"]
    assert link == "/cong/manifest.json"
    assert manifest["start_url"] == manifest["scope"] == "/cong/"
    purposes = set()
    for icon in manifest["icons"]:
        path = site.output / icon["src"].removeprefix("/cong/")
        if icon["type"] == "image/png":
            width, height = measure(path)
            assert icon["sizes"] == f"{width}x{height}"
            purposes.add((width, icon.get("purpose", "any")))
        else:
            assert path.is_file()
    assert purposes == {(192, "any"), (512, "any"), (512, "maskable")}


@pytest.mark.parametrize(
    ("fields", "kind", "name"),
    [
        ({"author": "LÊ VŨ QUANG"}, "Person", "Lê Vũ Quang"),
        ({"author": "LÊ-ANH"}, "Person", "Lê-Anh"),
        ({"author": "Theo TTXVN"}, "Organization", "TTXVN"),
        ({"author": "", "source": "Theo Báo Quảng Nam"}, "Organization", "Báo Quảng Nam"),
        ({"author": "", "source": "Theo BÁO NHÂN DÂN"}, "Organization", "Báo Nhân Dân"),
        ({"author": "P.V"}, "Person", "P.V"),
        ({"author": "BBT"}, "Person", "BBT"),
    ],
)
def test_machines_are_told_names_without_capitals_and_theo(
    site: SiteFolder, fields: dict[str, str], kind: str, name: str
) -> None:
    site.article("mot", **fields).build()
    author = value(read_graph(site.page(ARTICLE))["NewsArticle"], "author")
    assert author["@type"] == [f"{SCHEMA}{kind}"]
    assert value(author, "name") == name


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("title: Cổng thông tin điện tử Đảng bộ Khối các cơ quan tỉnh Quảng Nam", "Đảng bộ Khối"),
        ("title: Cổng thử nghiệm", "Cổng thử"),
        ("title: Congthongtindientu", "Congthongtin"),
        ("title: Cổng thử nghiệm\n  short_title: Tỉnh ủy", "Tỉnh ủy"),
    ],
)
def test_the_name_below_its_icon_is_short(site: SiteFolder, lines: str, name: str) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", config.replace("title: Cổng thử nghiệm", lines)).build()
    manifest = json.loads(site.page("/manifest.json"))
    assert manifest["short_name"] == name
    assert len(name) <= 12
