"""The views of feeds, and of the old addresses."""

import functools
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

import msgspec

from sitegen.content.articles import Entry, Standing, Story, Teaser, open_entry
from sitegen.content.selection import Site
from sitegen.foundation.dates import format_rfc822
from sitegen.foundation.parts import DIGEST_SIZE, Part, digest_bytes, seal, unseal
from sitegen.model import Body, Record
from sitegen.pages.articles import Directory, list_places, view_body
from sitegen.pages.context import NOWHERE, Frame, Shared, compose_picture, page_url
from sitegen.pages.lists import ALIASES, OWNER
from sitegen.pages.planned import Planned, Sheaf, output_path, plan_page, plan_view
from sitegen.views import (
    AliasesView,
    FeedItem,
    FeedView,
    Headline,
    Link,
    RedirectView,
)

REDIRECT = "redirect.html"
_REDIRECTS = "/aliases.txt"
_PAGE_SUFFIXES = (".html", ".htm")
_FEEDS = ("rss.xml", "feed.json")
# What browsers leave as it stands in the address that they ask for.
_AS_ASKED = "/%?=&:;,+@!*()'$~"


class _Channel(Record, frozen=True):
    """What a feed shows besides its articles."""

    title: str
    description: str
    home: str
    url: str


def list_feeds(site: Site) -> tuple[str, ...]:
    """Return where the feeds of the site and of each category are written."""
    folders = ["/", *(group.url for group in site.sections)]
    return tuple(output_path(folder + name) for folder in folders for name in _FEEDS)


def plan_feeds(frame: Frame, directory: Directory) -> Iterator[Planned]:
    """Yield the feeds of the site and of each category; links in their texts lead as they do there.

    A feed holds so many articles and no more, however many there are.
    """
    title = frame.site.config.title
    yield from _plan_feed(frame, directory, "/", title, frame.site.entries)
    for group in frame.site.sections:
        name = f"{group.title} – {title}"
        yield from _plan_feed(frame, directory, group.url, name, group.entries)


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


def _plan_feed(
    frame: Frame, directory: Directory, url: str, title: str, entries: tuple[Entry, ...]
) -> Iterator[Planned]:
    shared, config = frame.shared, frame.site.config
    newest = entries[: config.lists.feed]
    items = [_list_parts(entry, directory, full=config.lists.feed_full) for entry in newest]
    for name in _FEEDS:
        channel = _Channel(
            title=title,
            description=config.description or title,
            home=shared.canonical(url),
            url=shared.canonical(url + name),
        )
        yield plan_page(url + name, name, OWNER, _compose_feed, (seal(channel),), *items)


def _list_parts(entry: Entry, directory: Directory, *, full: bool) -> tuple[Part, ...]:
    """Return the parts of an article that a feed shows; its text only in ``full``."""
    parts = open_entry(entry)
    shown = (parts.headline, parts.teaser, parts.story)
    if not full:
        return *shown, directory.files.get(entry.photo or "", NOWHERE)
    photo, *links = list_places(entry, directory)
    return *shown, photo, parts.body, *links


def _compose_feed(
    shared: Shared, own: tuple[Part, ...], around: tuple[tuple[Part, ...], ...]
) -> FeedView:
    channel = unseal(own[0], _Channel)
    # Whoever reads a feed is elsewhere: with the host in the place of the site's own path, every
    # address is absolute.
    abroad = msgspec.structs.replace(shared, base=shared.origin)
    return FeedView(
        title=channel.title,
        description=channel.description,
        language=shared.view.language,
        home=channel.home,
        url=channel.url,
        items=tuple(_compose_item(shared, abroad, *parts) for parts in around),
    )


def _compose_item(
    shared: Shared, abroad: Shared, headline: Part, teaser: Part, story: Part, *rest: Part
) -> FeedItem:
    named, shown, told = unseal(headline, Headline), unseal(teaser, Teaser), unseal(story, Story)
    photo, *text = rest
    url = shared.canonical(named.url.removeprefix(shared.base))
    authors = tuple(author.title for author in told.authors)
    return FeedItem(
        url=url,
        title=named.title,
        iso=named.published.iso,
        date=format_rfc822(datetime.fromisoformat(named.published.iso)),
        updated=told.updated.iso if told.updated else "",
        category=shared.sections[shown.category].link.title,
        authors=authors or ((told.source,) if told.source else ()),
        lead=shown.lead,
        has_lead=told.has_lead,
        picture=compose_picture(abroad, shown.photo, photo),
        body=view_body(abroad, unseal(text[0], Body), tuple(text[1:]), url) if text else None,
    )
