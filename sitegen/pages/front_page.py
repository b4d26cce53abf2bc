"""The front page, the page for addresses that are not found, and the web manifest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from sitegen.content.articles import Article
from sitegen.content.selection import Site
from sitegen.content.settings import GALLERY, Category, FrontBlock
from sitegen.foundation.addresses import ALIASES, FRONT, NOT_FOUND, WEB_MANIFEST
from sitegen.foundation.parts import Part
from sitegen.foundation.text import take_first_words
from sitegen.model import Record
from sitegen.pages.cards import CardParts, add_counts, compose_cards, count_photos, list_cards
from sitegen.pages.context import PlanContext, Shared, describe_page
from sitegen.pages.planned import PlannedPage, plan_page, plan_view
from sitegen.views import Block, FrontView, ManifestView, NotFoundView

# What is shown below the icon of an app, in characters.
_LONGEST_NAME = 12
# How many articles the form of a block has room for; a list of headlines has room for any number.
_MOST = {"large": 4, "columns": 3, "dated": 1000, "photos": 4}
# Without configuration, the first of four categories has a large photo. A category in which fewer
# than one article in four has a photo, among the newest ones, is a list.
_LARGE_EVERY, _FEW, _JUDGED = 4, 4, 12


class _Articles(Record, frozen=True):
    """The articles that the front page shows."""

    featured: tuple[CardParts, ...]
    latest: tuple[CardParts, ...]
    blocks: tuple[tuple[CardParts, ...], ...]


def plan_front_page(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the front page, the page for addresses that are not found, and the web manifest."""
    shared = context.shared
    yield _plan_front(context)
    page = describe_page(shared, NOT_FOUND, shared.speak("Không tìm thấy trang"), description="")
    missing = NotFoundView(**page, aliases=shared.href(ALIASES))
    yield plan_view(NOT_FOUND, "not_found.html", missing)
    config = context.site.config
    # Of "Cổng thông tin điện tử Đảng bộ Khối", the words that tell it from other portals.
    _, _, owner = config.title.partition(" điện tử ")
    name = config.short_title or take_first_words(owner or config.title, _LONGEST_NAME)
    yield plan_view(WEB_MANIFEST, "manifest.json", ManifestView(shared.view, name))


def _plan_front(context: PlanContext) -> PlannedPage:
    site, lists = context.site, context.site.config.lists
    shown: set[str] = set()
    forms = _list_forms(site)
    # What belongs to a band of photos is shown there, even if it is among the newest.
    bands = {each.path for form, own in forms if form.kind == "photos" for each in own}
    count = 1 + lists.front_featured
    news = (each for each in site.articles if each.path not in bands)
    newest = tuple(islice(news, count + lists.front_latest + len(site.featured)))
    head = _take(_list_head(site, newest), count, shown)
    latest = _take(newest, lists.front_latest, shown)
    blocks: list[Block] = []
    cards: list[tuple[CardParts, ...]] = []
    for form, articles in forms:
        wanted = min(_MOST[form.kind], lists.front_block)
        # A category of which everything is shown already has no block.
        if stories := _take(_list_fit(form.kind, articles), wanted, shown):
            blocks.append(_make_block(context.shared, form))
            cards.append(_list_cards(form.kind, stories, context.destinations))
    title, description = site.config.title, site.config.description
    page = describe_page(context.shared, FRONT, title, description=description)
    view = FrontView(
        **page | {"breadcrumbs": ()}, lead=None, featured=(), latest=(), blocks=tuple(blocks)
    )
    around = _Articles(
        featured=list_cards(head, context.destinations),
        latest=list_cards(latest, context.destinations),
        blocks=tuple(cards),
    )
    return plan_page(FRONT, "front.html", _compose_front, view, around)


def _list_head(site: Site, newest: Sequence[Article]) -> Iterator[Article]:
    """Yield what the head of the page shows: what is featured, then the newest.

    Beside the first story, those with a photo stand first; the others are among the newest below.
    """
    yield from site.featured or newest[:1]
    yield from (each for each in newest[:_JUDGED] if each.photo is not None)
    yield from newest
    yield from site.articles


def _list_forms(site: Site) -> list[tuple[FrontBlock, tuple[Article, ...]]]:
    """Return each block with the articles of its category, the newest first."""
    by_path = {each.category.path: each.articles for each in site.categories if each.category}
    forms = site.config.front or tuple(_choose_forms(site.config.categories, by_path))
    return [(form, by_path[form.category]) for form in forms]


def _choose_forms(
    tops: Iterable[Category], by_path: dict[str, tuple[Article, ...]]
) -> Iterator[FrontBlock]:
    """Yield a block for each top category: one with a large photo, three columns, and so on.

    A gallery is a band of photos, and a category that has few photos a list.
    """
    pictured = 0
    for top in tops:
        newest = by_path[top.path][:_JUDGED]
        if top.kind == GALLERY:
            yield FrontBlock("photos", top.path)
        elif sum(1 for each in newest if each.photo is not None) * _FEW < len(newest):
            yield FrontBlock("dated", top.path)
        elif newest:
            yield FrontBlock("columns" if pictured % _LARGE_EVERY else "large", top.path)
            pictured += 1


def _list_fit(kind: str, articles: tuple[Article, ...]) -> Iterable[Article]:
    return (each for each in articles if each.photo is not None) if kind == "photos" else articles


def _open_with_photo(kind: str, stories: list[Article]) -> list[Article]:
    """Return ``stories`` with the newest that has a photo first, where the first one is large."""
    if kind == "dated":
        return stories
    first = next((each for each in stories if each.photo is not None), stories[0])
    return [first, *(each for each in stories if each is not first)]


def _list_cards(
    kind: str, stories: list[Article], destinations: Mapping[str, Part]
) -> tuple[CardParts, ...]:
    """Return the cards of a block; in a band of photos, each has the number of its photos."""
    in_order = _open_with_photo(kind, stories)
    cards = list_cards(in_order, destinations)
    return add_counts(cards, count_photos(in_order, destinations)) if kind == "photos" else cards


def _make_block(shared: Shared, form: FrontBlock) -> Block:
    link = shared.categories[form.category]
    below = [path for path in shared.categories if path.startswith(f"{form.category}/")]
    children = tuple(shared.categories[path] for path in below)
    return Block(link.title, link.url, form.kind, (), children)


def _take(articles: Iterable[Article], count: int, shown: set[str]) -> list[Article]:
    """Return the first ``count`` articles that are not shown yet, and note that they are."""
    taken: list[Article] = []
    for each in articles:
        if len(taken) == count:
            break
        if each.path not in shown:
            taken.append(each)
            shown.add(each.path)
    return taken


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
