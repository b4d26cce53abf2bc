"""The front page, and what else there is once: the page for what is not found, the web manifest."""

import itertools
from collections.abc import Iterable, Iterator

from sitegen.content.articles import Article
from sitegen.foundation.addresses import (
    ALIASES,
    FRONT,
    NOT_FOUND,
    WEB_MANIFEST,
    category_url,
)
from sitegen.model import Record
from sitegen.pages.cards import Cards, compose_cards, list_cards
from sitegen.pages.context import PlanContext, Shared, describe_page
from sitegen.pages.planned import SITE, PlannedPage, plan_page, plan_view
from sitegen.views import Block, FrontView, Link, ManifestView, NotFoundView


class _BlockHeading(Record, frozen=True):
    """What a block of the front page shows besides its articles."""

    title: str
    url: str
    children: tuple[Link, ...]


class _Own(Record, frozen=True):
    """What the front page shows besides articles."""

    title: str
    description: str
    blocks: tuple[_BlockHeading, ...]


class _Around(Record, frozen=True):
    """The articles that the front page shows."""

    stories: Cards
    latest: Cards
    blocks: tuple[Cards, ...]


def plan_front_page(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the front page, the page for what is not found, and the web manifest."""
    shared = context.shared
    yield _plan_front(context)
    missing = NotFoundView(
        **describe_page(shared, NOT_FOUND, "Không tìm thấy trang"), aliases=shared.href(ALIASES)
    )
    yield plan_view(NOT_FOUND, "not_found.html", SITE, missing)
    yield plan_view(WEB_MANIFEST, "manifest.json", SITE, ManifestView(shared.view))


def _plan_front(context: PlanContext) -> PlannedPage:
    site, lists = context.site, context.site.config.lists
    count = 1 + lists.front_featured
    stories = [article for article in site.articles if article.featured][:count]
    stories += _first(site.articles, count - len(stories), {article.path for article in stories})
    shown = {article.path for article in stories}
    latest = _first(site.articles, lists.front_latest, shown)
    headings: list[_BlockHeading] = []
    blocks: list[Cards] = []
    for article_list in site.categories:
        category = article_list.category
        fresh = _first(article_list.articles, lists.front_block, shown)
        # A block for each category at the top that has articles beyond those above.
        if category and article_list.parent is None and fresh:
            href = context.shared.href
            children = (
                Link(child.name, href(category_url(child.path))) for child in category.children
            )
            title, url = article_list.title, href(article_list.url)
            headings.append(_BlockHeading(title, url, tuple(children)))
            blocks.append(list_cards(fresh, context.destinations))
    return plan_page(
        FRONT,
        "front.html",
        SITE,
        _compose_front,
        _Own(site.config.title, site.config.description, tuple(headings)),
        _Around(
            stories=list_cards(stories, context.destinations),
            latest=list_cards(latest, context.destinations),
            blocks=tuple(blocks),
        ),
    )


def _first(articles: Iterable[Article], count: int, shown: set[str]) -> list[Article]:
    """Return the first ``count`` articles that are not shown yet."""
    return list(itertools.islice((each for each in articles if each.path not in shown), count))


def _compose_front(shared: Shared, own: _Own, around: _Around) -> FrontView:
    stories = compose_cards(shared, around.stories)
    return FrontView(
        **describe_page(shared, FRONT, own.title, description=own.description)
        | {"breadcrumbs": ()},
        lead=stories[0] if stories else None,
        featured=stories[1:],
        latest=compose_cards(shared, around.latest),
        blocks=tuple(
            Block(heading.title, heading.url, compose_cards(shared, cards), heading.children)
            for heading, cards in zip(own.blocks, around.blocks, strict=True)
        ),
    )
