"""The front page, the page for addresses that are not found, and the web manifest."""

import itertools
from collections.abc import Iterable, Iterator

import msgspec

from sitegen.content.articles import Article
from sitegen.foundation.addresses import ALIASES, FRONT, NOT_FOUND, WEB_MANIFEST
from sitegen.model import Record
from sitegen.pages.cards import CardParts, compose_cards, list_cards
from sitegen.pages.context import PlanContext, Shared, describe_page
from sitegen.pages.planned import PlannedPage, plan_page, plan_view
from sitegen.views import Block, FrontView, ManifestView, NotFoundView


class _Articles(Record, frozen=True):
    """The articles that the front page shows."""

    featured: tuple[CardParts, ...]
    latest: tuple[CardParts, ...]
    blocks: tuple[tuple[CardParts, ...], ...]


def plan_front_page(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the front page, the page for addresses that are not found, and the web manifest."""
    shared = context.shared
    yield _plan_front(context)
    page = describe_page(shared, NOT_FOUND, "Không tìm thấy trang", description="")
    missing = NotFoundView(**page, aliases=shared.href(ALIASES))
    yield plan_view(NOT_FOUND, "not_found.html", missing)
    yield plan_view(WEB_MANIFEST, "manifest.json", ManifestView(shared.view))


def _plan_front(context: PlanContext) -> PlannedPage:
    site, lists = context.site, context.site.config.lists
    count = 1 + lists.front_featured
    featured = [article for article in site.articles if article.featured][:count]
    featured += _first(site.articles, count - len(featured), {each.path for each in featured})
    shown = {article.path for article in featured}
    latest = _first(site.articles, lists.front_latest, shown)
    blocks: list[Block] = []
    cards: list[tuple[CardParts, ...]] = []
    tops = [each for each in site.categories if each.parent is None]
    for section, top in zip(context.shared.view.sections, tops, strict=True):
        # Each top category has a block if it has an article that is not featured.
        if fresh := _first(top.articles, lists.front_block, shown):
            blocks.append(Block(section.title, section.url, (), section.children))
            cards.append(list_cards(fresh, context.destinations))
    title, description = site.config.title, site.config.description
    page = describe_page(context.shared, FRONT, title, description=description)
    view = FrontView(
        **page | {"breadcrumbs": ()}, lead=None, featured=(), latest=(), blocks=tuple(blocks)
    )
    around = _Articles(
        featured=list_cards(featured, context.destinations),
        latest=list_cards(latest, context.destinations),
        blocks=tuple(cards),
    )
    return plan_page(FRONT, "front.html", _compose_front, view, around)


def _first(articles: Iterable[Article], count: int, shown: set[str]) -> list[Article]:
    """Return the first ``count`` articles that are not shown yet."""
    return list(itertools.islice((each for each in articles if each.path not in shown), count))


def _compose_front(shared: Shared, view: FrontView, around: _Articles) -> FrontView:
    featured = compose_cards(shared, around.featured)
    return msgspec.structs.replace(
        view,
        lead=featured[0] if featured else None,
        featured=featured[1:],
        latest=compose_cards(shared, around.latest),
        blocks=tuple(
            msgspec.structs.replace(block, cards=compose_cards(shared, cards))
            for block, cards in zip(view.blocks, around.blocks, strict=True)
        ),
    )
