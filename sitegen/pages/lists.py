"""The lists of articles (of a category, an author, a tag, a month), each with its archive."""

import functools
import itertools
import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from sitegen.content.selection import ArticleList
from sitegen.foundation.addresses import RSS, archive_url, output_path, year_url
from sitegen.foundation.parts import Part, digest_bytes, digest_record
from sitegen.pages.cards import (
    CardParts,
    add_counts,
    compose_cards,
    count_photos,
    digest_cards,
    list_cards,
)
from sitegen.pages.context import PlanContext, Shared, describe_page, name_share_card
from sitegen.pages.list_addresses import every_list, page_url
from sitegen.pages.planned import PlannedGroup, PlannedPage, plan_page
from sitegen.views import Card, Link, ListDay, ListView


def plan_lists(context: PlanContext) -> Iterator[PlannedGroup]:
    """Yield a group for each list of articles."""
    site, destinations = context.site, context.destinations
    size = site.config.lists.page_size
    for article_list in every_list(site):
        photos: tuple[int, ...] = ()
        if _is_gallery(context.shared, article_list):
            photos = count_photos(article_list.articles, destinations)
        last = math.ceil(len(article_list.articles) / size)
        yield PlannedGroup(
            f"list {article_list.url}",
            _digest_list(article_list, destinations, photos),
            tuple([output_path(page_url(article_list, number)) for number in range(last + 1)]),
            functools.partial(
                _plan_pages, context.shared, article_list, size, last, destinations, photos
            ),
        )


def _digest_list(
    article_list: ArticleList, destinations: Mapping[str, Part], photos: tuple[int, ...]
) -> bytes:
    """Return the digest of everything that the pages of a list are planned from."""
    heading = digest_record((article_list.kind, article_list.title, article_list.url, photos))
    return digest_bytes(heading + digest_cards(article_list.articles, destinations))


def _is_gallery(shared: Shared, article_list: ArticleList) -> bool:
    category = article_list.category
    return category is not None and category.path in shared.galleries


def _plan_pages(
    shared: Shared,
    article_list: ArticleList,
    size: int,
    last: int,
    destinations: Mapping[str, Part],
    photos: tuple[int, ...],
) -> Iterator[PlannedPage]:
    """Yield a list's first page (its newest articles), then its archive, the oldest page first.

    Only the ``last`` page of the archive can have fewer than ``size`` articles, so a new article
    changes no page of it but this one or adds one.
    """
    articles = article_list.articles
    for number in range(last + 1):
        end = len(articles) - (number - 1) * size if number else size
        shown = slice(max(0, end - size), end)
        cards, template = list_cards(articles[shown], destinations), "list.html"
        if _is_gallery(shared, article_list):
            cards, template = add_counts(cards, photos[shown]), "gallery.html"
        url, view = page_url(article_list, number), _view_list(shared, article_list, number, last)
        yield plan_page(url, template, _add_cards, view, cards)


def _view_list(shared: Shared, article_list: ArticleList, number: int, last: int) -> ListView:
    """Return the view of a page of a list, without its articles."""
    kind, url, category = article_list.kind, article_list.url, article_list.category
    children = category.children if category else ()
    breadcrumbs = []
    if article_list.parent:
        breadcrumbs.append(shared.categories[article_list.parent.path])
    if kind in shared.indexes:
        breadcrumbs.append(shared.indexes[kind])
    if kind == "month":
        year = article_list.year
        breadcrumbs.append(Link(title_year(shared, year), shared.href(year_url(year))))
    if number:
        breadcrumbs.append(Link(article_list.title, shared.href(url)))
    newer = archive_url(url, number + 1) if number < last else url
    # The first page shows the same articles as the last one, and some of those before.
    older = archive_url(url, number - 1 if number else max(0, last - 1))
    return ListView(
        **describe_page(
            shared,
            page_url(article_list, number),
            article_list.title,
            section=shared.find_top(category.path).url if category else "",
            breadcrumbs=breadcrumbs,
            share=name_share_card(shared, url, article_list.title) if category else None,
        ),
        kind=kind,
        number=number,
        cards=(),
        days=(),
        children=tuple(shared.categories[each.path] for each in children),
        newer_url=shared.href(newer) if number else "",
        older_url=shared.href(older) if older else "",
        rss=shared.href(url + RSS) if category else "",
    )


def _add_cards(shared: Shared, view: ListView, cards: tuple[CardParts, ...]) -> ListView:
    composed = compose_cards(shared, cards)
    days = tuple(_divide_by_days(composed)) if view.kind == "month" else ()
    return msgspec.structs.replace(view, cards=composed, days=days)


def _divide_by_days(cards: tuple[Card, ...]) -> Iterator[ListDay]:
    """Yield the days of a month that these articles are of; all are of one month."""
    for day, own in itertools.groupby(cards, key=lambda card: card.published.day):
        articles = tuple(own)
        title = f"{articles[0].published.weekday}, {day}"
        yield ListDay(title, name_day(int(articles[0].published.iso[8:10])), articles)


def name_day(number: int) -> str:
    """Return the id of the place of a day in the list of its month."""
    return f"ngay_{number}"


def find_days(month: ArticleList, size: int, zone: ZoneInfo) -> Iterator[tuple[int, int, str]]:
    """Yield each day of a month that has articles: its number, their number, and their address.

    That is their place on the first page of the month if all are there. Otherwise it is that of the
    newest on a page of the archive, which stays where it is.
    """
    dates = [datetime.fromtimestamp(each.date, zone).day for each in month.articles]
    before = 0
    for number, same in itertools.groupby(dates):
        count = len(list(same))
        oldest_first = len(dates) - 1 - before
        page = 0 if before + count <= size else oldest_first // size + 1
        yield number, count, f"{page_url(month, page)}#{name_day(number)}"
        before += count


def title_year(shared: Shared, year: int) -> str:
    """Return the title of a year."""
    return shared.speak("Năm {year}").format(year=year)
