"""The lists of articles (of a category, an author, a tag, a month), each with its archive."""

import functools
from collections.abc import Iterator

import msgspec

from sitegen.content.articles import Article
from sitegen.content.selection import ArticleList, Site
from sitegen.content.settings import Config
from sitegen.foundation.addresses import RSS, archive_url, category_url, output_path, year_url
from sitegen.foundation.parts import Part, digest_bytes, digest_record
from sitegen.pages.cards import CardParts, compose_cards, digest_cards, list_cards
from sitegen.pages.context import INDEX_TITLES, INDEX_URLS, PlanContext, Shared, describe_page
from sitegen.pages.planned import SITE, PlannedGroup, PlannedPage, plan_page
from sitegen.views import Link, ListView


def plan_lists(context: PlanContext) -> Iterator[PlannedGroup]:
    """Yield a group for each list of articles."""
    config, destinations = context.site.config, context.destinations
    for article_list in every_list(context.site):
        heading = digest_record((article_list.kind, article_list.title, article_list.url))
        yield PlannedGroup(
            f"list {article_list.url}",
            digest_bytes(heading + digest_cards(article_list.articles, destinations)),
            tuple(_list_paths(article_list, config.lists.page_size)),
            functools.partial(_plan_list_pages, context.shared, config, article_list, destinations),
        )


def every_list(site: Site) -> tuple[ArticleList, ...]:
    """Return the lists that the site has."""
    lists = site.config.lists
    return (
        *site.categories,
        *(site.authors if lists.authors else ()),
        *(site.tags if lists.tags else ()),
        *(site.months if lists.months else ()),
    )


def split_archive(articles: tuple[Article, ...], size: int) -> Iterator[tuple[Article, ...]]:
    """Yield the articles of each page of an archive, the oldest page first.

    Only the last page can have fewer than ``size`` articles, so a new article changes no page but
    the last one or adds one. All articles are newest first.
    """
    for end in range(len(articles), 0, -size):
        yield articles[max(0, end - size) : end]


def _list_paths(article_list: ArticleList, size: int) -> Iterator[str]:
    """Yield the paths of the pages of a list, relative to the output."""
    yield output_path(article_list.url)
    for number in range(1, -(-len(article_list.articles) // size) + 1):
        yield output_path(archive_url(article_list.url, number))


def _plan_list_pages(
    shared: Shared, config: Config, article_list: ArticleList, destinations: dict[str, Part]
) -> Iterator[PlannedPage]:
    """Yield a list's first page (its newest articles), then its archive, the oldest page first."""
    url, articles, size = article_list.url, article_list.articles, config.lists.page_size
    archive = list(split_archive(articles, size))
    older = (len(articles) - size - 1) // size + 1 if len(articles) > size else 0
    plan_list = functools.partial(_plan_list, shared, config, article_list)
    newest = list_cards(articles[:size], destinations)
    yield plan_list(0, newest, newer="", older=archive_url(url, older))
    for number, own in enumerate(archive, start=1):
        newer = archive_url(url, number + 1) if number < len(archive) else url
        cards = list_cards(own, destinations)
        yield plan_list(number, cards, newer=newer, older=archive_url(url, number - 1))


def _plan_list(
    shared: Shared,
    config: Config,
    article_list: ArticleList,
    number: int,
    cards: tuple[CardParts, ...],
    *,
    newer: str,
    older: str,
) -> PlannedPage:
    href = shared.href
    url = archive_url(article_list.url, number) or article_list.url
    breadcrumbs = list(_lead_to(shared, article_list))
    if number:
        breadcrumbs.append(Link(article_list.title, href(article_list.url)))
    children = article_list.category.children if article_list.category else ()
    section = article_list.parent or article_list.category
    view = ListView(
        **describe_page(
            shared,
            url,
            article_list.title,
            description=f"{article_list.title} – {config.title}",
            section=href(category_url(section.path)) if section else "",
            breadcrumbs=breadcrumbs,
        ),
        kind=article_list.kind,
        number=number,
        cards=(),
        children=tuple(Link(child.name, href(category_url(child.path))) for child in children),
        newer_url=href(newer) if newer else "",
        older_url=href(older) if older else "",
        rss=href(article_list.url + RSS) if article_list.kind == "category" else "",
    )
    return plan_page(url, "list.html", SITE, _add_cards, view, cards)


def _add_cards(shared: Shared, view: ListView, cards: tuple[CardParts, ...]) -> ListView:
    return msgspec.structs.replace(view, cards=compose_cards(shared, cards))


def _lead_to(shared: Shared, article_list: ArticleList) -> Iterator[Link]:
    """Yield the breadcrumbs of a list, without the front page."""
    kind, parent = article_list.kind, article_list.parent
    if parent:
        yield Link(parent.name, shared.href(category_url(parent.path)))
    elif kind in INDEX_URLS:
        yield Link(INDEX_TITLES[kind], shared.href(INDEX_URLS[kind]))
    if kind == "month":
        yield Link(title_year(article_list.year), shared.href(year_url(article_list.year)))


def title_year(year: int) -> str:
    """Return the title of a year."""
    return f"Năm {year}"
