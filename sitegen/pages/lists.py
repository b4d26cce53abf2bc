"""The views of the front page, of every list of articles and its archive, and of the indexes."""

import functools
import itertools
from collections.abc import Iterable, Iterator

from sitegen.content.articles import Article
from sitegen.content.selection import ArticleList, Site
from sitegen.foundation.addresses import (
    ALIASES,
    AUTHORS,
    FRONT,
    MONTHS,
    NOT_FOUND,
    RSS,
    TAGS,
    WEB_MANIFEST,
    archive_url,
    category_url,
    output_path,
    year_url,
)
from sitegen.foundation.parts import Part, digest_bytes, seal, unseal
from sitegen.model import Config, Record
from sitegen.pages.context import (
    PlanContext,
    Row,
    Shared,
    compose_cards,
    describe_page,
    digest_cards,
    list_cards,
    make_rows,
)
from sitegen.pages.planned import PlannedGroup, PlannedPage, plan_page, plan_view
from sitegen.views import (
    Block,
    FrontView,
    Link,
    ListView,
    ManifestView,
    NotFoundView,
)

OWNER = "config.yaml"
INDEX_TITLES = {"month": "Lưu trữ theo tháng", "tag": "Thẻ", "author": "Tác giả"}


class _Heading(Record, frozen=True):
    """What a list or a page of its archive shows besides its articles."""

    url: str
    title: str
    description: str
    section: str
    breadcrumbs: tuple[Link, ...]
    kind: str
    number: int
    children: tuple[Link, ...]
    newer_url: str
    older_url: str
    rss: str


class _BlockHeading(Record, frozen=True):
    """What a block of the front page shows besides its articles."""

    title: str
    url: str
    children: tuple[Link, ...]


def plan_lists(context: PlanContext) -> Iterator[PlannedGroup]:
    """Yield every list of articles: one group for each category, author, tag and month."""
    for article_list in every_list(context.site):
        heading = seal((article_list.kind, article_list.title, article_list.url))
        yield PlannedGroup(
            f"list {article_list.url}",
            digest_bytes(
                heading.digest + digest_cards(article_list.articles, context.destinations)
            ),
            tuple(_list_paths(article_list, context.site.config.lists.page_size)),
            functools.partial(
                _plan_list_pages,
                context.shared,
                context.site.config,
                article_list,
                context.destinations,
            ),
        )


def every_list(site: Site) -> tuple[ArticleList, ...]:
    """Return the article_lists that have lists."""
    lists = site.config.lists
    return (
        *site.sections,
        *(site.authors if lists.authors else ()),
        *(site.tags if lists.tags else ()),
        *(site.months if lists.months else ()),
    )


def list_indexes(config: Config) -> tuple[str, ...]:
    """Return the addresses of the pages that lead to all lists of a kind."""
    lists = config.lists
    found = ((lists.authors, AUTHORS), (lists.tags, TAGS), (lists.months, MONTHS))
    return tuple(url for wanted, url in found if wanted)


def plan_front(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the pages that there is one of: the front page, not found."""
    shared = context.shared
    yield _plan_front(context)
    missing = NotFoundView(
        **describe_page(shared, NOT_FOUND, "Không tìm thấy trang"), aliases=shared.href(ALIASES)
    )
    yield plan_view(NOT_FOUND, "not_found.html", OWNER, missing)
    yield plan_view(WEB_MANIFEST, "manifest.json", OWNER, ManifestView(shared.view))


def split_archive(rows: tuple[Row, ...], size: int) -> Iterator[tuple[Row, ...]]:
    """Yield the pages of an archive, the oldest first: each is full before the next begins.

    ``rows`` and each page are newest first. A new article changes the last page alone.
    """
    for end in range(len(rows), 0, -size):
        yield rows[max(0, end - size) : end]


def _plan_front(context: PlanContext) -> PlannedPage:
    site, lists = context.site, context.site.config.lists
    count = 1 + lists.front_featured
    stories = [article for article in site.articles if article.featured][:count]
    stories += _first(site.articles, count - len(stories), {article.path for article in stories})
    shown = {article.path for article in stories}
    latest = _first(site.articles, lists.front_latest, shown)
    description = seal((site.config.title, site.config.description))
    blocks = tuple(_make_blocks(context, shown))
    return plan_page(
        FRONT,
        "front.html",
        OWNER,
        _compose_front,
        (description, *(heading for heading, _ in blocks)),
        list_cards(make_rows(stories, context.destinations)),
        list_cards(make_rows(latest, context.destinations)),
        *(cards for _, cards in blocks),
    )


def _first(articles: Iterable[Article], count: int, shown: set[str]) -> list[Article]:
    """Return the first ``count`` articles that are not shown yet."""
    return list(itertools.islice((each for each in articles if each.path not in shown), count))


def _make_blocks(context: PlanContext, shown: set[str]) -> Iterator[tuple[Part, tuple[Part, ...]]]:
    """Yield a block for each top category with articles beyond those at the head of the page."""
    href = context.shared.href
    for article_list in context.site.sections:
        if article_list.parent is None and article_list.category:
            fresh = _first(article_list.articles, context.site.config.lists.front_block, shown)
            if fresh:
                children = article_list.category.children
                links = tuple(
                    Link(child.name, href(category_url(child.path))) for child in children
                )
                heading = _BlockHeading(article_list.title, href(article_list.url), links)
                yield seal(heading), list_cards(make_rows(fresh, context.destinations))


def _compose_front(
    shared: Shared, own: tuple[Part, ...], around: tuple[tuple[Part, ...], ...]
) -> FrontView:
    title, description = unseal(own[0], tuple[str, str])
    stories, latest, *blocks = (compose_cards(shared, article_list) for article_list in around)
    headings = (unseal(part, _BlockHeading) for part in own[1:])
    return FrontView(
        **describe_page(shared, FRONT, title, description=description) | {"breadcrumbs": ()},
        lead=stories[0] if stories else None,
        featured=stories[1:],
        latest=latest,
        blocks=tuple(
            Block(heading.title, heading.url, cards, heading.children)
            for heading, cards in zip(headings, blocks, strict=True)
        ),
    )


def _list_paths(article_list: ArticleList, size: int) -> Iterator[str]:
    """Yield where the pages of a list are written."""
    yield output_path(article_list.url)
    for number in range(1, -(-len(article_list.articles) // size) + 1):
        yield output_path(archive_url(article_list.url, number))


def _plan_list_pages(
    shared: Shared, config: Config, article_list: ArticleList, destinations: dict[str, Part]
) -> Iterator[PlannedPage]:
    """Yield a list's first view (its newest articles), then its archive from the oldest page up."""
    rows = make_rows(article_list.articles, destinations)
    size = config.lists.page_size
    archive = list(split_archive(rows, size))
    older = (len(rows) - size - 1) // size + 1 if len(rows) > size else 0
    plan_list = functools.partial(_plan_list, shared, config, article_list)
    yield plan_list(0, rows[:size], newer="", older=archive_url(article_list.url, older))
    for number, own in enumerate(archive, start=1):
        newer = (
            archive_url(article_list.url, number + 1) if number < len(archive) else article_list.url
        )
        yield plan_list(number, own, newer=newer, older=archive_url(article_list.url, number - 1))


def _plan_list(
    shared: Shared,
    config: Config,
    article_list: ArticleList,
    number: int,
    rows: tuple[Row, ...],
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
    heading = _Heading(
        url=url,
        title=article_list.title,
        description=f"{article_list.title} – {config.title}",
        section=href(category_url(section.path)) if section else "",
        breadcrumbs=tuple(breadcrumbs),
        kind=article_list.kind,
        number=number,
        children=tuple(Link(child.name, href(category_url(child.path))) for child in children),
        newer_url=href(newer) if newer else "",
        older_url=href(older) if older else "",
        rss=href(article_list.url + RSS) if article_list.kind == "category" else "",
    )
    return plan_page(url, "list.html", OWNER, _compose_list, (seal(heading),), list_cards(rows))


def _compose_list(
    shared: Shared, own: tuple[Part, ...], around: tuple[tuple[Part, ...], ...]
) -> ListView:
    heading = unseal(own[0], _Heading)
    return ListView(
        **describe_page(
            shared,
            heading.url,
            heading.title,
            description=heading.description,
            section=heading.section,
            breadcrumbs=heading.breadcrumbs,
        ),
        kind=heading.kind,
        number=heading.number,
        cards=compose_cards(shared, around[0]),
        children=heading.children,
        newer_url=heading.newer_url,
        older_url=heading.older_url,
        rss=heading.rss,
    )


def _lead_to(shared: Shared, article_list: ArticleList) -> Iterator[Link]:
    if article_list.parent:
        yield Link(article_list.parent.name, shared.href(category_url(article_list.parent.path)))
    elif article_list.kind != "category":
        folder = {"author": AUTHORS, "tag": TAGS, "month": MONTHS}[article_list.kind]
        yield Link(INDEX_TITLES[article_list.kind], shared.href(folder))
    if article_list.kind == "month":
        year = article_list.url.removeprefix(MONTHS)[:4]
        yield Link(title_year(year), shared.href(year_url(year)))


def title_year(year: str) -> str:
    """Return what a year is called."""
    return f"Năm {int(year)}"
