"""The feeds of the site and of each category: RSS 2.0, and JSON Feed 1.1."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from sitegen.content.articles import Article, Teaser, open_article
from sitegen.content.selection import Site
from sitegen.foundation.addresses import FRONT, JSON_FEED, RSS, output_path
from sitegen.foundation.dates import format_rfc822
from sitegen.foundation.parts import Part, unseal
from sitegen.model import Body, Record
from sitegen.pages.bodies import view_body
from sitegen.pages.context import NOWHERE, PlanContext, Shared
from sitegen.pages.link_index import LinkDestination, LinkIndex, find_destinations
from sitegen.pages.pictures import compose_picture
from sitegen.pages.planned import PlannedPage, plan_page
from sitegen.views import FeedItem, FeedView, Headline, Story

_FEEDS = (RSS, JSON_FEED)


class _Item(Record, frozen=True):
    """What a feed shows of an article; only feeds of whole texts have a ``body`` and its links."""

    headline: Part
    teaser: Part
    story: Part
    photo: Part
    body: Part | None
    links: tuple[LinkDestination, ...]


def list_feeds(site: Site) -> tuple[str, ...]:
    """Return the paths of the feeds of the site and of each category, relative to the output."""
    folders = [FRONT, *(article_list.url for article_list in site.categories)]
    return tuple(output_path(folder + name) for folder in folders for name in _FEEDS)


def plan_feeds(context: PlanContext, link_index: LinkIndex) -> Iterator[PlannedPage]:
    """Yield the feeds of the site and of each category, each with its newest articles."""
    title = context.site.config.title
    yield from _plan_feed(context, link_index, FRONT, title, context.site.articles)
    for article_list in context.site.categories:
        name = f"{article_list.title} – {title}"
        yield from _plan_feed(context, link_index, article_list.url, name, article_list.articles)


def _plan_feed(
    context: PlanContext, link_index: LinkIndex, url: str, title: str, articles: tuple[Article, ...]
) -> Iterator[PlannedPage]:
    shared, config = context.shared, context.site.config
    newest = articles[: config.lists.feed]
    full = config.lists.feed_full
    items = tuple(_make_item(article, link_index, full=full) for article in newest)
    for name in _FEEDS:
        feed = FeedView(
            title=title,
            description=config.description or title,
            language=shared.view.language,
            home=shared.canonical(url),
            url=shared.canonical(url + name),
            items=(),
        )
        yield plan_page(url + name, name, _add_items, feed, items)


def _make_item(article: Article, link_index: LinkIndex, *, full: bool) -> _Item:
    """Return what a feed shows of an article; its text only if it is shown in ``full``."""
    parts = open_article(article)
    photo = link_index.files.get(article.photo or "", NOWHERE)
    links = find_destinations(article, link_index).links if full else ()
    body = parts.body if full else None
    return _Item(parts.headline, parts.teaser, parts.story, photo, body, links)


def _add_items(shared: Shared, feed: FeedView, items: tuple[_Item, ...]) -> FeedView:
    # Feeds are read on other sites. With the origin in place of the base, all addresses in them
    # become absolute.
    absolute = msgspec.structs.replace(shared, base=shared.origin)
    composed = tuple(_compose_item(shared, absolute, item) for item in items)
    return msgspec.structs.replace(feed, items=composed)


def _compose_item(shared: Shared, absolute: Shared, item: _Item) -> FeedItem:
    headline = unseal(item.headline, Headline)
    teaser = unseal(item.teaser, Teaser)
    story = unseal(item.story, Story)
    url = shared.view.origin + headline.url
    authors = tuple(author.title for author in story.authors)
    return FeedItem(
        url=url,
        title=headline.title,
        iso=headline.published.iso,
        date=format_rfc822(datetime.fromisoformat(headline.published.iso)),
        updated=story.updated.iso if story.updated else "",
        category=shared.categories[teaser.category].title,
        authors=authors or ((story.source,) if story.source else ()),
        lead=teaser.lead,
        has_lead=story.has_lead,
        picture=compose_picture(absolute, teaser.photo, item.photo),
        body=view_body(absolute, unseal(item.body, Body), item.links, url) if item.body else None,
    )
