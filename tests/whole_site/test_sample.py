"""The repository's own site: whole, and without a dead link, as readers and machines get it."""

import itertools
import json
import re
from collections import Counter
from urllib.parse import unquote, urlsplit

import feedparser

from support.html_tree import Element
from support.site_folder import NOW, SiteFolder
from support.sitemaps import list_addresses

HOST = "https://example.org"


def ids(page: Element) -> list[str]:
    return [each.attributes["id"] for each in page.walk() if "id" in each.attributes]


def test_the_sample_is_large_enough_to_look_at(pages: dict[str, Element]) -> None:
    assert sum(bool(re.match(r"/.+/\d{4}/\d\d/[^/]+/$", url)) for url in pages) >= 50


def test_every_address_on_every_page_exists(
    files: dict[str, bytes], pages: dict[str, Element]
) -> None:
    addresses = {f"/{path}" for path in files} | pages.keys()
    dead = set()
    for url, page in pages.items():
        for element in page.walk():
            for name in ("href", "src", "action", "data-aliases"):
                address = element.attributes.get(name, "")
                path, _, fragment = address.partition("#")
                if address.startswith("/") and unquote(path) not in addresses:
                    dead.add((url, address))
                target = pages.get(unquote(path)) if path else page
                if fragment and target and not urlsplit(address).netloc:
                    assert unquote(fragment) in ids(target), (url, address)
    assert dead == set()


def test_every_picture_that_a_page_names_exists(
    files: dict[str, bytes], documents: dict[str, Element]
) -> None:
    named: set[str] = set()
    for page in documents.values():
        for element in page.walk():
            sets = element.attributes.get("srcset", "")
            named.update(each.split()[0] for each in sets.split(", ") if each)
            if element.attributes.get("property") == "og:image":
                named.add(element.attributes["content"].removeprefix(HOST))
    paths = {unquote(address)[1:] for address in named}
    assert paths <= files.keys()
    # And none is made for nothing, but those of photos that no page shows.
    made = {path for path in files if re.search(r"\.\d+\.(?:webp|jpg)$|/chia-se\.jpg$", path)}
    shown = {path.rpartition(".")[0].rpartition(".")[0] for path in paths}
    assert {path for path in made - paths if path.rpartition("/")[2] == "chia-se.jpg"} == set()
    assert {path.rpartition(".")[0].rpartition(".")[0] for path in made - paths} & shown == set()


def test_every_page_has_what_a_page_must_have(documents: dict[str, Element]) -> None:
    titles: Counter[str] = Counter()
    for url, page in documents.items():
        html = page.find("html")
        assert html.attributes["lang"] == "vi", url
        title = page.find("head").find("title").text
        titles[title] += 1
        assert title, url
        assert len(page.find_all("h1")) == 1, url
        assert len(page.find_all("main")) == 1, url
        names = Counter(ids(page))
        assert [name for name, count in names.items() if count > 1] == [], url
        for image in page.find_all("img"):
            assert {"alt", "width", "height"} <= image.attributes.keys(), (url, image.attributes)
        for link in page.find("body").find_all("a"):
            assert link.text or link.find_all("img"), (url, link.attributes)
            assert link.attributes.get("href"), url
    assert [title for title, count in titles.items() if count > 1] == []


def test_headings_step_down_one_at_a_time(documents: dict[str, Element]) -> None:
    for url, page in documents.items():
        levels = [
            int(each.tag[1])
            for each in page.find("main").walk()
            if re.fullmatch("h[1-6]", each.tag)
        ]
        steps = [after - before for before, after in itertools.pairwise(levels)]
        assert all(step <= 1 for step in steps), (url, levels)


def test_canonical_addresses_are_the_pages_own(documents: dict[str, Element]) -> None:
    for url, page in documents.items():
        canonical = [each.attributes["href"] for each in page.find_all("link", rel="canonical")]
        assert canonical == ([] if url == "/404.html" else [HOST + url])


def test_feeds_are_read_by_a_reader(files: dict[str, bytes], pages: dict[str, Element]) -> None:
    feeds = [path for path in files if path.endswith("rss.xml")]
    assert len(feeds) > 10
    for path in feeds:
        feed = feedparser.parse(files[path])
        assert not feed.bozo, path
        assert feed.feed.title
        assert feed.feed.link.startswith(HOST)
        other = json.loads(files[path.replace("rss.xml", "feed.json")])
        assert other["version"] == "https://jsonfeed.org/version/1.1"
        assert other["feed_url"] == f"{HOST}/{path.replace('rss.xml', 'feed.json')}"
        assert [each["url"] for each in other["items"]] == [each.link for each in feed.entries]
        dates = [each.published_parsed for each in feed.entries]
        assert dates == sorted(dates, reverse=True)
        for entry in feed.entries:
            assert entry.title
            assert entry.id == entry.link
            assert entry.link.removeprefix(HOST) in pages


def test_every_page_is_in_one_sitemap(
    files: dict[str, bytes], documents: dict[str, Element]
) -> None:
    named = Counter(
        address.removeprefix(HOST)
        for path, data in files.items()
        if re.fullmatch(r"sitemap/(?!tin-moi).+[.]xml", path)
        for address in list_addresses(data)
    )
    indexable = {
        url
        for url, page in documents.items()
        if not any(
            "noindex" in each.attributes["content"] for each in page.find_all("meta", name="robots")
        )
    }
    assert documents.keys() - indexable == {"/404.html"}
    assert named == Counter(indexable)


def test_the_index_names_every_sitemap(files: dict[str, bytes]) -> None:
    found = [address.removeprefix(f"{HOST}/") for address in list_addresses(files["sitemap.xml"])]
    assert sorted(found) == sorted(path for path in files if path.startswith("sitemap/"))


def test_every_file_is_text_that_ends_properly(files: dict[str, bytes]) -> None:
    for path, data in files.items():
        if path.endswith((".html", ".xml", ".json", ".txt")) and not path.startswith("media/"):
            text = data.decode()
            assert text.endswith("\n"), path
            assert "\r" not in text
            assert not re.search(r"\{\{|\{%|Undefined|None<", text), path


def test_nothing_of_the_future_shows(sample: SiteFolder, files: dict[str, bytes]) -> None:
    hidden = [
        path
        for path in (sample.root / "content").rglob("*.md")
        if (date := re.search(r"^date: (\S+)", path.read_text("utf-8"), re.MULTILINE))
        and date[1] > f"{NOW:%Y-%m-%d}"
    ]
    assert hidden
    for path in hidden:
        title = re.search(r'^title: "?([^"\n]+)', path.read_text("utf-8"), re.MULTILINE)
        assert title
        for name, data in files.items():
            if name.endswith((".html", ".xml")):
                assert title[1] not in data.decode(), name


def test_the_sample_is_the_same_from_two_workers(sample: SiteFolder) -> None:
    assert sample.build(jobs=2).written.written == 0
