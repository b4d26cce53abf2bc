"""The views of what machines read: feeds, sitemaps, robots.txt, and the old addresses."""

import functools
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from sitegen.dates import format_rfc822
from sitegen.entries import Entry, Standing, Story, Teaser, open_entry
from sitegen.frame import (
    Frame,
    Shared,
    compose_picture,
    list_cards,
    make_rows,
    page_url,
)
from sitegen.lists import ALIASES, OWNER
from sitegen.model import Record
from sitegen.news import NEWS
from sitegen.pages import Planned, Sheaf, output_path, plan_page, plan_view
from sitegen.parts import DIGEST_SIZE, Part, digest_bytes, seal, unseal
from sitegen.views import (
    AliasesView,
    FeedItem,
    FeedView,
    Headline,
    Link,
    RedirectView,
    RobotsView,
    SitemapEntry,
    SitemapView,
)

SITEMAP_SIZE = 10_000
REDIRECT = "redirect.html"
_REDIRECTS = "/aliases.txt"
_PAGES = "/sitemap/trang.xml"
_PAGE_SUFFIXES = (".html", ".htm")
_PARTS_OF_AN_ITEM = 4
# What browsers leave as it stands in the address that they ask for.
_AS_ASKED = "/%?=&:;,+@!*()'$~"


class _Channel(Record, frozen=True):
    """What a feed shows besides its articles."""

    title: str
    description: str
    home: str
    url: str


def plan_feeds(frame: Frame) -> Iterator[Planned]:
    """Yield the feeds of the site and of each category."""
    title = frame.site.config.title
    yield from _plan_feed(frame, "/", title, frame.site.entries)
    for group in frame.site.sections:
        yield from _plan_feed(frame, group.url, f"{group.title} – {title}", group.entries)


def plan_sitemap_index(frame: Frame) -> Iterator[Planned]:
    """Yield robots.txt, the index of sitemaps, and the sitemap of what is no article."""
    site, shared = frame.site, frame.shared
    pages = [SitemapEntry(shared.canonical("/"), "")]
    pages += [SitemapEntry(shared.canonical(group.url), "") for group in site.sections]
    pages += [
        SitemapEntry(shared.canonical(page_url(page)), page.updated.iso if page.updated else "")
        for page in site.pages
    ]
    yield plan_view(_PAGES, "sitemap.xml", OWNER, SitemapView(tuple(pages)))
    urls = [_PAGES, *(url for url, _ in _split_sitemaps(site.entries))]
    urls += [NEWS] if site.recent else []
    index = SitemapView(tuple(SitemapEntry(shared.canonical(url), "") for url in urls))
    yield plan_view("/sitemap.xml", "sitemap_index.xml", OWNER, index)
    robots = RobotsView(shared.canonical("/sitemap.xml"), shared.view.noindex)
    yield plan_view("/robots.txt", "robots.txt", OWNER, robots)


def plan_sitemaps(frame: Frame) -> Iterator[Sheaf]:
    """Yield the sitemaps of articles, numbered from the oldest.

    A sitemap may name 50,000 addresses (sitemaps.org); smaller ones keep a change small.
    """
    # Of the headline, the story, and what stands between them.
    size = 3 * DIGEST_SIZE
    for url, entries in _split_sitemaps(frame.site.entries):
        digests = [entry.digests[:size] for entry in entries]
        yield Sheaf(
            f"sitemap {url}",
            digest_bytes(b"".join(digests)),
            (output_path(url),),
            functools.partial(_plan_sitemap, url, entries),
        )


def _split_sitemaps(entries: tuple[Entry, ...]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    oldest_first = entries[::-1]
    for start in range(0, len(oldest_first), SITEMAP_SIZE):
        url = f"/sitemap/{start // SITEMAP_SIZE + 1}.xml"
        yield url, oldest_first[start : start + SITEMAP_SIZE]


def _plan_sitemap(url: str, entries: tuple[Entry, ...]) -> Iterator[Planned]:
    opened = [open_entry(entry) for entry in entries]
    headlines = tuple([parts.headline for parts in opened])
    stories = tuple([parts.story for parts in opened])
    yield plan_page(url, "sitemap.xml", OWNER, _compose_sitemap, (), headlines, stories)


def _compose_sitemap(
    shared: Shared, _: tuple[Part, ...], around: tuple[tuple[Part, ...], ...]
) -> SitemapView:
    def describe(headline: Headline, story: Story) -> SitemapEntry:
        url = shared.canonical(headline.url.removeprefix(shared.base))
        return SitemapEntry(url, (story.updated or headline.published).iso)

    return SitemapView(
        tuple(
            describe(unseal(headline, Headline), unseal(story, Story))
            for headline, story in zip(*around, strict=True)
        )
    )


def plan_aliases(frame: Frame) -> Sheaf:
    """Return a page for each old address that a file can answer, and two lists.

    One is of the others, for the not-found page; one is of all, for a web server.
    """
    moved: tuple[tuple[Entry | Standing, str], ...] = (
        *((entry, entry.url) for entry in frame.site.entries if entry.aliases),
        *((page, page_url(page)) for page in frame.site.pages if page.aliases),
    )
    subjects = [
        entry.digests[:DIGEST_SIZE]
        if isinstance(entry, Entry)
        else seal((entry.title, entry.slug)).digest
        for entry, _ in moved
    ]
    named = seal([document.aliases for document, _ in moved])
    urls = [redirect_url(each) for entry, _ in moved for each in entry.aliases if is_static(each)]
    return Sheaf(
        "aliases",
        digest_bytes(named.digest + b"".join(subjects)),
        (*map(output_path, urls), output_path(ALIASES), output_path(_REDIRECTS)),
        functools.partial(_plan_aliases, frame.shared, moved),
    )


def _plan_aliases(
    shared: Shared, moved: tuple[tuple[Entry | Standing, str], ...]
) -> Iterator[Planned]:
    others = []
    # nginx knows no case, and refuses to start where an address is named twice.
    redirects: dict[str, Link] = {}
    for document, url in moved:
        for alias in document.aliases:
            asked = shared.href(redirect_url(alias))
            redirects[asked.lower()] = Link(asked, shared.href(url))
            if is_static(alias):
                subject = (
                    open_entry(document).headline
                    if isinstance(document, Entry)
                    else seal(Link(document.title, shared.href(url)))
                )
                yield plan_page(
                    redirect_url(alias), REDIRECT, document.path, _compose_redirect, (subject,)
                )
            else:
                others.append(Link(shared.href(alias), shared.href(url)))
    for path, links in ((ALIASES, others), (_REDIRECTS, redirects.values())):
        view = AliasesView(tuple(sorted(links, key=lambda link: link.title)))
        yield plan_view(path, path[1:], OWNER, view)


def _compose_redirect(
    shared: Shared, own: tuple[Part, ...], _: tuple[tuple[Part, ...], ...]
) -> RedirectView:
    # A headline is a link with a time.
    link = unseal(own[0], Link)
    return RedirectView(
        title=link.title,
        url=link.url,
        canonical=shared.canonical(link.url.removeprefix(shared.base)),
        language=shared.view.language,
    )


def is_static(alias: str) -> bool:
    """Tell whether a web server can answer the old address with a file of HTML."""
    name = alias.rpartition("/")[2]
    return "?" not in alias and (name.endswith(_PAGE_SUFFIXES) or "." not in name)


def redirect_url(alias: str) -> str:
    """Return the address at which an old address is answered: by a file where that is possible."""
    url = quote(alias, safe=_AS_ASKED)
    is_whole = not is_static(alias) or url.endswith((*_PAGE_SUFFIXES, "/"))
    return url if is_whole else f"{url}/"


def _plan_feed(frame: Frame, url: str, title: str, entries: tuple[Entry, ...]) -> Iterator[Planned]:
    shared = frame.shared
    newest = entries[: frame.site.config.lists.feed]
    items = tuple(
        part
        for row in make_rows(newest, frame.destinations)
        for part in (*list_cards([row]), open_entry(row.entry).story)
    )
    for name in ("rss.xml", "feed.json"):
        channel = _Channel(
            title=title,
            description=frame.site.config.description or title,
            home=shared.canonical(url),
            url=shared.canonical(url + name),
        )
        yield plan_page(url + name, name, OWNER, _compose_feed, (seal(channel),), items)


def _compose_feed(
    shared: Shared, own: tuple[Part, ...], around: tuple[tuple[Part, ...], ...]
) -> FeedView:
    channel, items = unseal(own[0], _Channel), around[0]
    return FeedView(
        title=channel.title,
        description=channel.description,
        language=shared.view.language,
        home=channel.home,
        url=channel.url,
        items=tuple(
            _compose_item(shared, *items[start : start + _PARTS_OF_AN_ITEM])
            for start in range(0, len(items), _PARTS_OF_AN_ITEM)
        ),
    )


def _compose_item(
    shared: Shared, headline: Part, teaser: Part, place: Part, story: Part
) -> FeedItem:
    named, shown, told = unseal(headline, Headline), unseal(teaser, Teaser), unseal(story, Story)
    picture = compose_picture(shared, shown.photo, place)
    authors = tuple(author.title for author in told.authors)
    return FeedItem(
        url=shared.canonical(named.url.removeprefix(shared.base)),
        title=named.title,
        iso=named.published.iso,
        date=format_rfc822(datetime.fromisoformat(named.published.iso)),
        updated=told.updated.iso if told.updated else "",
        category=shared.sections[shown.category].link.title,
        authors=authors or ((told.source,) if told.source else ()),
        lead=shown.lead,
        image=shared.canonical(picture.url.removeprefix(shared.base)) if picture else "",
    )
