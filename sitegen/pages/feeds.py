"""The feeds of the site and of each category: RSS 2.0, and JSON Feed 1.1. One page lists them."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from sitegen.content.articles import Article, open_article
from sitegen.content.selection import Site
from sitegen.foundation.addresses import FEEDS, FRONT, JSON_FEED, RSS, output_path
from sitegen.foundation.dates import format_rfc822
from sitegen.foundation.parts import Part, unseal
from sitegen.foundation.text import name_for_machines
from sitegen.media.formats import find_format
from sitegen.model import Body, Record
from sitegen.pages.cards import CardParts, compose_card, list_cards
from sitegen.pages.context import FEEDS_TITLE, NOWHERE, PlanContext, Shared, describe_page
from sitegen.pages.link_index import LinkDestination, LinkIndex, find_destinations
from sitegen.pages.pictures import compose_sound, view_body
from sitegen.pages.planned import PlannedPage, plan_page, plan_view
from sitegen.views import (
    FeedItem,
    FeedLink,
    FeedListView,
    FeedSection,
    FeedView,
    Link,
    MenuItem,
    Story,
)

_FEEDS = (RSS, JSON_FEED)


class _Item(Record, frozen=True):
    """What a feed shows of an article; only feeds of whole texts have a ``body`` and its links."""

    card: CardParts
    story: Part
    audio: Part
    body: Part | None
    links: tuple[LinkDestination, ...]


def list_feeds(site: Site) -> tuple[str, ...]:
    """Return the paths of the feeds of the site and of each category, relative to the output."""
    folders = [FRONT, *(article_list.url for article_list in site.categories)]
    return tuple(output_path(folder + name) for folder in folders for name in _FEEDS)


def plan_feed_list(context: PlanContext) -> PlannedPage:
    """Return the page that lists all feeds and says what they are."""
    shared, lists = context.shared, context.site.config.lists
    whole = MenuItem(shared.speak("Tất cả tin"), shared.view.home)
    feeds = (
        FeedSection(*_name_feeds(each), tuple(FeedLink(*_name_feeds(one)) for one in each.children))
        for each in (whole, *shared.view.sections)
    )
    about = shared.speak("Địa chỉ RSS và JSON Feed của {site}, theo từng chuyên mục")
    view = FeedListView(
        **describe_page(
            shared,
            FEEDS,
            shared.speak(FEEDS_TITLE),
            description=about.format(site=shared.view.title),
        ),
        feeds=tuple(feeds),
        most=lists.feed,
        full=lists.feed_full,
    )
    return plan_view(FEEDS, "feeds.html", view)


def _name_feeds(page: Link) -> tuple[str, str, str, str]:
    return page.title, page.url, page.url + RSS, page.url + JSON_FEED


def plan_feeds(context: PlanContext, link_index: LinkIndex) -> Iterator[PlannedPage]:
    """Yield the feeds of the site and of each category, each with its newest articles."""
    site, shared, lists = context.site, context.shared, context.site.config.lists
    front = (FRONT, site.config.title, site.articles)
    others = (
        (each.url, f"{each.title} – {site.config.title}", each.articles) for each in site.categories
    )
    for url, title, articles in (front, *others):
        newest = articles[: lists.feed]
        cards = list_cards(newest, context.destinations)
        items = tuple(
            _make_item(context, article, card, link_index if lists.feed_full else None)
            for article, card in zip(newest, cards, strict=True)
        )
        for name in _FEEDS:
            feed = FeedView(
                title=title,
                description=site.config.description or title,
                language=shared.view.language,
                home=shared.canonical(url),
                url=shared.canonical(url + name),
                items=(),
                hub=site.config.websub,
            )
            yield plan_page(url + name, name, _add_items, feed, items)


def _make_item(
    context: PlanContext, article: Article, card: CardParts, link_index: LinkIndex | None
) -> _Item:
    """Return what a feed shows of an article, without a ``link_index`` all but its text."""
    parts, audio = open_article(article), NOWHERE
    if article.audio:
        audio = context.destinations.get(article.audio.path, NOWHERE)
    if link_index is None:
        return _Item(card, parts.story, audio, None, ())
    return _Item(card, parts.story, audio, parts.body, find_destinations(article, link_index).links)


def _add_items(shared: Shared, feed: FeedView, items: tuple[_Item, ...]) -> FeedView:
    # Feeds are read on other sites. With the origin in place of the base, all addresses in them
    # become absolute.
    absolute = msgspec.structs.replace(shared, base=shared.view.origin + shared.base)
    composed = tuple(_compose_item(absolute, item) for item in items)
    return msgspec.structs.replace(feed, items=composed)


def _compose_item(absolute: Shared, item: _Item) -> FeedItem:
    card, story = compose_card(absolute, item.card), unseal(item.story, Story)
    url, iso = absolute.view.origin + card.url, card.published.iso
    names = tuple(author.title for author in story.authors) or (story.source,)
    named = find_format(card.picture.url) if card.picture else None
    return FeedItem(
        url=url,
        title=card.title,
        iso=iso,
        date=format_rfc822(datetime.fromisoformat(iso)),
        updated=story.updated.iso if story.updated else "",
        category=card.category.title,
        authors=tuple(name_for_machines(name) for name in names if name),
        # A folded text of YAML may hold lines of its own.
        lead=" ".join(card.lead.split()),
        has_lead=story.has_lead,
        picture=card.picture,
        audio=compose_sound(absolute, item.audio),
        picture_type=named.media_type if named else "",
        body=view_body(absolute, unseal(item.body, Body), item.links, url) if item.body else None,
    )
