"""The views of what machines read: feeds, sitemaps, robots.txt, and the old addresses."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from sitegen.dates import format_rfc822
from sitegen.frame import Frame, Planned, page_url, plan_page
from sitegen.lists import ALIASES, OWNER
from sitegen.model import Article, Page
from sitegen.site import Entry
from sitegen.views import (
    AliasesView,
    FeedItem,
    FeedView,
    Link,
    RedirectView,
    RobotsView,
    SitemapEntry,
    SitemapView,
)

SITEMAP_SIZE = 10_000
REDIRECT = "redirect.html"
_PAGE_SUFFIXES = (".html", ".htm")


def plan_feeds(frame: Frame) -> Iterator[Planned]:
    """Yield the feeds of the site and of each category."""
    title = frame.site.config.title
    yield from _plan_feed(frame, "/", title, frame.site.entries)
    for group in frame.site.sections:
        yield from _plan_feed(frame, group.url, f"{group.title} – {title}", group.entries)


def plan_sitemaps(frame: Frame) -> Iterator[Planned]:
    """Yield robots.txt, the index of sitemaps, and the sitemaps, numbered from the oldest article.

    A sitemap may name 50,000 addresses (sitemaps.org); smaller ones keep a change small.
    """
    site = frame.site
    oldest_first = site.entries[::-1]
    pages = [SitemapEntry(frame.canonical("/"), "")]
    pages += [SitemapEntry(frame.canonical(group.url), "") for group in site.sections]
    pages += [
        SitemapEntry(frame.canonical(page_url(page)), _iso(page.updated)) for page in site.pages
    ]
    maps = {"/sitemap/trang.xml": tuple(pages)}
    for start in range(0, len(oldest_first), SITEMAP_SIZE):
        maps[f"/sitemap/{start // SITEMAP_SIZE + 1}.xml"] = tuple(
            SitemapEntry(
                frame.canonical(entry.url), _iso(entry.article.updated or entry.article.date)
            )
            for entry in oldest_first[start : start + SITEMAP_SIZE]
        )
    for url, entries in maps.items():
        yield plan_page(url, "sitemap.xml", SitemapView(entries), OWNER)
    index = SitemapView(tuple(SitemapEntry(frame.canonical(url), "") for url in maps))
    yield plan_page("/sitemap.xml", "sitemap_index.xml", index, OWNER)
    robots = RobotsView(frame.canonical("/sitemap.xml"), frame.view.noindex)
    yield plan_page("/robots.txt", "robots.txt", robots, OWNER)


def plan_aliases(frame: Frame) -> Iterator[Planned]:
    """Yield a page for each old address that a static file can answer, and a list of the others."""
    others = []
    for document, url in every_document(frame):
        for alias in document.aliases:
            if is_static(alias):
                view = RedirectView(
                    title=document.title,
                    url=frame.href(url),
                    canonical=frame.canonical(url),
                    language=frame.site.config.language,
                )
                yield plan_page(redirect_url(alias), REDIRECT, view, document.path)
            else:
                others.append(Link(frame.href(alias), frame.href(url)))
    aliases = AliasesView(tuple(sorted(others, key=lambda link: link.title)))
    yield plan_page(ALIASES, "aliases.json", aliases, OWNER)


def is_static(alias: str) -> bool:
    """Tell whether a web server can answer the old address with a file of HTML."""
    name = alias.rpartition("/")[2]
    return "?" not in alias and (name.endswith(_PAGE_SUFFIXES) or "." not in name)


def redirect_url(alias: str) -> str:
    """Return the address at which an old address is answered: by a file where that is possible."""
    if not is_static(alias):
        return quote(alias, safe="/%?=&")
    url = quote(alias, safe="/%")
    return url if url.endswith((*_PAGE_SUFFIXES, "/")) else f"{url}/"


def every_document(frame: Frame) -> Iterator[tuple[Article | Page, str]]:
    """Yield every published article and standing page with its address below the site."""
    for entry in frame.site.entries:
        yield entry.article, entry.url
    for page in frame.site.pages:
        yield page, page_url(page)


def _plan_feed(frame: Frame, url: str, title: str, entries: tuple[Entry, ...]) -> Iterator[Planned]:
    items = tuple(_make_item(frame, entry) for entry in entries[: frame.site.config.lists.feed])
    for name in ("rss.xml", "feed.json"):
        view = FeedView(
            title=title,
            description=frame.site.config.description or title,
            language=frame.site.config.language,
            home=frame.canonical(url),
            url=frame.canonical(url + name),
            items=items,
        )
        yield plan_page(url + name, name, view, OWNER)


def _make_item(frame: Frame, entry: Entry) -> FeedItem:
    article = entry.article
    card = frame.cards[article.path]
    image = card.picture.url.removeprefix(frame.site.config.base) if card.picture else ""
    return FeedItem(
        url=frame.canonical(entry.url),
        title=article.title,
        iso=card.published.iso,
        date=format_rfc822(article.date),
        updated=_iso(article.updated),
        category=card.category.title,
        authors=article.authors or ((article.source,) if article.source else ()),
        lead=article.summary,
        image=frame.canonical(image) if image else "",
    )


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
