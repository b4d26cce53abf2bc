"""Which requests are for pages, whatever spelling the reader used."""

import pytest

from sitegen.build import CACHE, prepare
from sitegen.incremental.manifest import list_paths, parse_manifest
from sitegen.output.manifest_file import read_manifest
from sitegen.visits.counted_pages import CountedPages, find_counted_pages, list_counted_articles
from support.site_folder import SiteFolder

ARTICLE = "/tin/hoat-dong-cua-co-so/2024/05/bai/"


@pytest.fixture
def pages(site: SiteFolder) -> CountedPages:
    """Return the pages of a site below a path."""
    text = (site.root / "config.yaml").read_text("utf-8")
    site.write(
        "config.yaml", text.replace("https://example.org", "https://www.example.org:8443/tin")
    )
    site.article("bai", aliases='["/Default.aspx?id=7", "/cu/Bài.html", "/cu/bai"]', views="3150")
    site.article("nhap", draft="true").build()
    built = list_paths(parse_manifest(read_manifest(site.output)))
    own = prepare(site.request(), site.root / CACHE).context.site
    articles = list_counted_articles(own, built)
    assert [(each.url, each.title) for each in articles] == [(ARTICLE, "bai")]
    return find_counted_pages(own, articles, built)


@pytest.mark.parametrize(
    ("target", "url"),
    [
        (ARTICLE, ARTICLE),
        (f"{ARTICLE}?fbclid=1", ARTICLE),
        (f"{ARTICLE}index.html", ARTICLE),
        (f"/{ARTICLE}", ARTICLE),
        (ARTICLE.replace("bai", "%62ai"), ARTICLE),
        (f"http://example.org{ARTICLE}", ARTICLE),
        ("/tin/", "/tin/"),
        ("/tin/Default.aspx?id=7", "/tin/Default.aspx?id=7"),
        ("/tin/DEFAULT.aspx?ID=7", "/tin/Default.aspx?id=7"),
        ("/tin/Default.aspx?id=7&x=1", ""),
        ("/tin/cu/B%C3%A0i.html", "/tin/cu/B%C3%A0i.html"),
        ("/tin/cu/Ba\N{COMBINING GRAVE ACCENT}i.html", "/tin/cu/B%C3%A0i.html"),
        ("/tin/cu/bai", "/tin/cu/bai/"),
        ("/tin/cu/bai/", "/tin/cu/bai/"),
        # With a query it is the page that leads on: its reader comes again.
        ("/tin/cu/bai/?x=1", ""),
        ("/", ""),
        ("/tin/404.html", ""),
        ("/tin/rss.xml", ""),
        ("/tin/hoat-dong-cua-co-so/2024/05/nhap/", ""),
        (ARTICLE.removesuffix("/"), ""),
        (ARTICLE.upper(), ""),
        (f"http://example.net{ARTICLE}", ""),
        ("*", ""),
        ("", ""),
    ],
)
def test_an_address_is_found(pages: CountedPages, target: str, url: str) -> None:
    assert pages.find(b"", target.encode()) == url


@pytest.mark.parametrize(
    ("host", "counts"),
    [
        ("example.org", True),
        ("WWW.example.org:443", True),
        ("example.net", False),
        ("[::1]", False),
    ],
)
def test_another_host_of_the_server_is_another_site(
    pages: CountedPages, host: str, *, counts: bool
) -> None:
    assert bool(pages.find(host.encode(), ARTICLE.encode())) == counts


def test_what_is_no_text_is_no_address(pages: CountedPages) -> None:
    assert pages.find(b"", b"/tin/\xff") == pages.find(b"\xff", b"/tin/") == ""
    assert pages.find(b"", b"/tin/%ff") == ""
