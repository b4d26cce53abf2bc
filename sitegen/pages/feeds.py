"""The views of feeds, and of the old addresses."""

import functools
from collections.abc import Iterator
from datetime import datetime

import msgspec

from sitegen.content.articles import Article, StandingPage, Story, Teaser, open_article
from sitegen.content.selection import Site
from sitegen.foundation.addresses import (
    ALIASES,
    FRONT,
    JSON_FEED,
    REDIRECTS,
    RSS,
    is_static,
    output_path,
    redirect_url,
    standing_page_url,
)
from sitegen.foundation.dates import format_rfc822
from sitegen.foundation.parts import DIGEST_SIZE, Part, digest_bytes, seal, unseal
from sitegen.model import Body, Record
from sitegen.pages.articles import LinkIndex, list_places, view_body
from sitegen.pages.context import NOWHERE, PlanContext, Shared, compose_picture
from sitegen.pages.lists import OWNER
from sitegen.pages.planned import PlannedGroup, PlannedPage, plan_page, plan_view
from sitegen.views import (
    AliasesView,
    FeedItem,
    FeedView,
    Headline,
    Link,
    RedirectView,
)

REDIRECT = "redirect.html"
_FEEDS = (RSS, JSON_FEED)


class _Channel(Record, frozen=True):
    """What a feed shows besides its articles."""

    title: str
    description: str
    home: str
    url: str


def list_feeds(site: Site) -> tuple[str, ...]:
    """Return where the feeds of the site and of each category are written."""
    folders = [FRONT, *(article_list.url for article_list in site.sections)]
    return tuple(output_path(folder + name) for folder in folders for name in _FEEDS)


def plan_feeds(context: PlanContext, link_index: LinkIndex) -> Iterator[PlannedPage]:
    """Yield the feeds of the site and of each category; links in their texts lead as they do there.

    A feed holds so many articles and no more, however many there are.
    """
    title = context.site.config.title
    yield from _plan_feed(context, link_index, FRONT, title, context.site.articles)
    for article_list in context.site.sections:
        name = f"{article_list.title} – {title}"
        yield from _plan_feed(context, link_index, article_list.url, name, article_list.articles)


def plan_aliases(context: PlanContext) -> PlannedGroup:
    """Return a page for each old address that a file can answer, and two lists.

    One is of the others, for the not-found page; one is of all, for a web server.
    """
    moved: tuple[tuple[Article | StandingPage, str], ...] = (
        *((article, article.url) for article in context.site.articles if article.aliases),
        *(
            (page, standing_page_url(page.slug))
            for page in context.site.standing_pages
            if page.aliases
        ),
    )
    subjects = [
        article.digests[:DIGEST_SIZE]
        if isinstance(article, Article)
        else seal((article.title, article.slug)).digest
        for article, _ in moved
    ]
    named = seal([document.aliases for document, _ in moved])
    urls = [
        redirect_url(each) for article, _ in moved for each in article.aliases if is_static(each)
    ]
    return PlannedGroup(
        "aliases",
        digest_bytes(named.digest + b"".join(subjects)),
        (*map(output_path, urls), output_path(ALIASES), output_path(REDIRECTS)),
        functools.partial(_plan_aliases, context.shared, moved),
    )


def _plan_aliases(
    shared: Shared, moved: tuple[tuple[Article | StandingPage, str], ...]
) -> Iterator[PlannedPage]:
    others = []
    # nginx knows no case, and refuses to start where an address is named twice.
    redirects: dict[str, Link] = {}
    for document, url in moved:
        for alias in document.aliases:
            asked = shared.href(redirect_url(alias))
            redirects[asked.lower()] = Link(asked, shared.href(url))
            if is_static(alias):
                subject = (
                    open_article(document).headline
                    if isinstance(document, Article)
                    else seal(Link(document.title, shared.href(url)))
                )
                yield plan_page(
                    redirect_url(alias), REDIRECT, document.path, _compose_redirect, (subject,)
                )
            else:
                others.append(Link(shared.href(alias), shared.href(url)))
    for path, links in ((ALIASES, others), (REDIRECTS, redirects.values())):
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


def _plan_feed(
    context: PlanContext, link_index: LinkIndex, url: str, title: str, articles: tuple[Article, ...]
) -> Iterator[PlannedPage]:
    shared, config = context.shared, context.site.config
    newest = articles[: config.lists.feed]
    items = [_list_parts(article, link_index, full=config.lists.feed_full) for article in newest]
    for name in _FEEDS:
        channel = _Channel(
            title=title,
            description=config.description or title,
            home=shared.canonical(url),
            url=shared.canonical(url + name),
        )
        yield plan_page(url + name, name, OWNER, _compose_feed, (seal(channel),), *items)


def _list_parts(article: Article, link_index: LinkIndex, *, full: bool) -> tuple[Part, ...]:
    """Return the parts of an article that a feed shows; its text only in ``full``."""
    parts = open_article(article)
    shown = (parts.headline, parts.teaser, parts.story)
    if not full:
        return *shown, link_index.files.get(article.photo or "", NOWHERE)
    photo, *links = list_places(article, link_index)
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
