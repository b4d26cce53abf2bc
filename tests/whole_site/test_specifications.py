"""Each file that machines read, held against its specification by a program that is not ours.

The grammars in ``schemas/`` were written from the specifications. ``make audit`` holds the
same files against the schemas that others have published.
"""

import functools
import json
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from lxml import etree
from pyld import jsonld

from sitegen.pages import sitemaps
from support.feed_site import write_feed_site
from support.html_tree import Element
from support.linked_data import HOSTILE, SCHEMA, load_context
from support.site_folder import CONFIG, NOW, SiteFolder
from support.sitemaps import list_addresses

SCHEMAS = Path(__file__).parent / "schemas"
# sitemaps.org: of one sitemap.
MOST_ADDRESSES = 50_000
LARGEST = 50 * 1024 * 1024
LONGEST_ADDRESS = 2048


@functools.cache
def read_schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / name))


def choose_schema(path: str) -> str:
    """Return the schema of a file of XML."""
    if path.endswith("rss.xml"):
        return "rss.rng"
    return "opensearch.rng" if path == "opensearch.xml" else "sitemap.rng"


def judge(path: str, data: bytes) -> list[str]:
    """Return what is wrong with a file of XML."""
    schema = read_schema(choose_schema(path))
    document = etree.fromstring(data)
    return [] if schema.validate(document) else [f"{path}: {each}" for each in schema.error_log]


def judge_all(files: dict[str, bytes]) -> list[str]:
    """Return what is wrong with all files of XML of a site."""
    made = {path: data for path, data in files.items() if path.endswith(".xml")}
    assert {choose_schema(path) for path in made} == {each.name for each in SCHEMAS.iterdir()}
    return [found for path, data in made.items() for found in judge(path, data)]


def test_all_xml_of_the_sample_is_as_specified(files: dict[str, bytes]) -> None:
    assert judge_all(files) == []


@pytest.mark.parametrize("full", [False, True])
def test_all_xml_is_as_specified_whatever_texts_hold(site: SiteFolder, *, full: bool) -> None:
    write_feed_site(site, full=full)
    quoted = json.dumps(HOSTILE, ensure_ascii=False)
    texts = {"title": quoted, "lead": quoted, "author": f"[{quoted}]", "tags": f"[{quoted}]"}
    site.article("la", f"{HOSTILE}\n\n```\n]]>\n```\n", date=f"{NOW:%Y-%m-%d}", slug="la", **texts)
    site.article("nguon", "", author="", source=quoted)
    site.build()
    files = site.files()
    assert judge_all(files) == []
    news = files["sitemap/tin-moi.xml"]
    assert judge("sitemap/tin-moi.xml", news.replace(b"<news:title>", b"<news:title/><news:title>"))
    feed = feedparser.parse(files["rss.xml"])
    assert not feed.bozo
    assert feed.entries[0].title == HOSTILE


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("rss.xml", "<pubDate>", "<pubDate>x"),
        ("rss.xml", "<title>", "<name>x</name><title>"),
        ("rss.xml", '<guid isPermaLink="true">http', '<guid isPermaLink="true">'),
        ("sitemap.xml", "<loc>https:/", "<loc>"),
        ("sitemap/1.xml", "+07:00</lastmod>", "</lastmod>"),
        ("sitemap/1.xml", "<url>", "<url><name/>"),
        ("opensearch.xml", "{searchTerms}", ""),
        ("opensearch.xml", "<ShortName>", "<ShortName>mười sáu chữ là cùng"),
    ],
)
def test_a_fault_is_found(files: dict[str, bytes], path: str, old: str, new: str) -> None:
    text = files[path].decode()
    assert old in text
    assert judge(path, text.replace(old, new).encode())


def test_sitemaps_are_divided_before_they_are_too_long(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = sitemaps.SITEMAP_SIZE
    assert size < MOST_ADDRESSES
    assert size * (LONGEST_ADDRESS + 100) < LARGEST
    monkeypatch.setattr(sitemaps, "SITEMAP_SIZE", 3)
    for number in range(7):
        site.article(f"bai-{number}", date=f"2024-05-{number + 1:02}")
    site.build()
    files = site.files()
    named = {
        path: list_addresses(data) for path, data in files.items() if path.startswith("sitemap/")
    }
    articles = [f"sitemap/{number}.xml" for number in (1, 2, 3)]
    assert [len(named[path]) for path in articles] == [3, 3, 1]
    # Numbered from the oldest, so that those of old articles stay.
    assert named["sitemap/1.xml"][0].endswith("/bai-0/")
    lists = [path for path in named if "danh-sach" in path]
    assert len(lists) > 1
    assert all(0 < len(named[path]) <= 3 for path in lists)
    assert sorted(list_addresses(files["sitemap.xml"])) == sorted(
        f"https://example.org/{path}" for path in named
    )
    assert judge_all(files) == []


def ask_robots(site: SiteFolder) -> RobotFileParser:
    robots = RobotFileParser()
    robots.parse(site.page("/robots.txt").splitlines())
    return robots


def test_crawlers_may_read_everything_and_find_the_sitemaps(site: SiteFolder) -> None:
    site.write("config.yaml", CONFIG.replace("example.org", "example.org/cong"))
    site.article("mot").build()
    robots = ask_robots(site)
    assert robots.site_maps() == ["https://example.org/cong/sitemap.xml"]
    for path in ("/cong/", "/cong/media/a.jpg", "/cong/assets/a.css", "/cong/tim-kiem/"):
        assert robots.can_fetch("Googlebot", path)


def test_crawlers_may_not_read_a_preview(site: SiteFolder) -> None:
    site.article("mot").build(drafts=True)
    robots = ask_robots(site)
    assert not robots.site_maps()
    assert not robots.can_fetch("Googlebot", "/")


def test_all_linked_data_of_the_sample_can_be_expanded(documents: dict[str, Element]) -> None:
    kinds = set()
    for url, page in documents.items():
        for script in page.find_all("script", type="application/ld+json"):
            (source,) = script.children
            nodes = jsonld.expand(json.loads(str(source)), {"documentLoader": load_context})
            assert nodes, url
            for node in walk(nodes):
                assert all(re.match(rf"@|{SCHEMA}", name) for name in node), (url, node)
                kinds |= {kind.removeprefix(SCHEMA) for kind in node.get("@type", ())}
    assert {"NewsArticle", "BreadcrumbList", "NewsMediaOrganization", "WebSite"} <= kinds


def walk(value: object) -> Iterable[dict[str, list[str]]]:
    """Yield every node of expanded JSON-LD."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from walk(each)
