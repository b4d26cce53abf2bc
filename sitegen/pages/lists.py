"""The views of the front page, of every list of articles and its archive, and of the indexes."""

import functools
import itertools
from collections.abc import Iterable, Iterator

from sitegen.content.articles import AUTHORS, TAGS, Entry
from sitegen.content.selection import MONTHS, Group, Site
from sitegen.foundation.parts import Part, digest_bytes, seal, unseal
from sitegen.model import Config, Record
from sitegen.pages.context import (
    MANIFEST,
    Frame,
    Row,
    Shared,
    compose_cards,
    digest_cards,
    frame_document,
    list_cards,
    make_rows,
)
from sitegen.pages.planned import Planned, Sheaf, output_path, plan_page, plan_view
from sitegen.views import (
    Block,
    FrontView,
    Link,
    ListView,
    ManifestView,
    NotFoundView,
)

OWNER = "config.yaml"
ALIASES = "/aliases.json"
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


def plan_lists(frame: Frame) -> Iterator[Sheaf]:
    """Yield every list of articles: one sheaf for each category, author, tag and month."""
    for group in every_group(frame.site):
        heading = seal((group.kind, group.title, group.url))
        yield Sheaf(
            f"list {group.url}",
            digest_bytes(heading.digest + digest_cards(group.entries, frame.destinations)),
            tuple(_list_paths(group, frame.site.config.lists.page_size)),
            functools.partial(
                _plan_group, frame.shared, frame.site.config, group, frame.destinations
            ),
        )


def every_group(site: Site) -> tuple[Group, ...]:
    """Return the groups that have lists."""
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


def plan_front(frame: Frame) -> Iterator[Planned]:
    """Yield the pages that there is one of: the front page, not found."""
    shared = frame.shared
    yield _plan_front(frame)
    missing = NotFoundView(
        **frame_document(shared, "/404.html", "Không tìm thấy trang"), aliases=shared.href(ALIASES)
    )
    yield plan_view("/404.html", "not_found.html", OWNER, missing)
    yield plan_view(MANIFEST, "manifest.json", OWNER, ManifestView(shared.view))


def split_archive(rows: tuple[Row, ...], size: int) -> Iterator[tuple[Row, ...]]:
    """Yield the pages of an archive, the oldest first: each is full before the next begins.

    ``rows`` and each page are newest first. A new article changes the last page alone.
    """
    for end in range(len(rows), 0, -size):
        yield rows[max(0, end - size) : end]


def _plan_front(frame: Frame) -> Planned:
    site, lists = frame.site, frame.site.config.lists
    count = 1 + lists.front_featured
    stories = [entry for entry in site.entries if entry.featured][:count]
    stories += _first(site.entries, count - len(stories), {entry.path for entry in stories})
    shown = {entry.path for entry in stories}
    latest = _first(site.entries, lists.front_latest, shown)
    description = seal((site.config.title, site.config.description))
    blocks = tuple(_make_blocks(frame, shown))
    return plan_page(
        "/",
        "front.html",
        OWNER,
        _compose_front,
        (description, *(heading for heading, _ in blocks)),
        list_cards(make_rows(stories, frame.destinations)),
        list_cards(make_rows(latest, frame.destinations)),
        *(cards for _, cards in blocks),
    )


def _first(entries: Iterable[Entry], count: int, shown: set[str]) -> list[Entry]:
    """Return the first ``count`` entries that are not shown yet."""
    return list(itertools.islice((each for each in entries if each.path not in shown), count))


def _make_blocks(frame: Frame, shown: set[str]) -> Iterator[tuple[Part, tuple[Part, ...]]]:
    """Yield a block for each top category with articles beyond those at the head of the page."""
    href = frame.shared.href
    for group in frame.site.sections:
        if group.parent is None and group.category:
            fresh = _first(group.entries, frame.site.config.lists.front_block, shown)
            if fresh:
                children = group.category.children
                links = tuple(Link(child.name, href(f"/{child.path}/")) for child in children)
                heading = _BlockHeading(group.title, href(group.url), links)
                yield seal(heading), list_cards(make_rows(fresh, frame.destinations))


def _compose_front(
    shared: Shared, own: tuple[Part, ...], around: tuple[tuple[Part, ...], ...]
) -> FrontView:
    title, description = unseal(own[0], tuple[str, str])
    stories, latest, *blocks = (compose_cards(shared, group) for group in around)
    headings = (unseal(part, _BlockHeading) for part in own[1:])
    return FrontView(
        **frame_document(shared, "/", title, description=description) | {"breadcrumbs": ()},
        lead=stories[0] if stories else None,
        featured=stories[1:],
        latest=latest,
        blocks=tuple(
            Block(heading.title, heading.url, cards, heading.children)
            for heading, cards in zip(headings, blocks, strict=True)
        ),
    )


def _list_paths(group: Group, size: int) -> Iterator[str]:
    """Yield where the pages of a list are written."""
    folder = output_path(group.url).removesuffix("index.html")
    yield f"{folder}index.html"
    for number in range(1, -(-len(group.entries) // size) + 1):
        yield f"{folder}trang/{number}/index.html"


def _plan_group(
    shared: Shared, config: Config, group: Group, destinations: dict[str, Part]
) -> Iterator[Planned]:
    """Yield a list's first view (its newest articles), then its archive from the oldest page up."""
    rows = make_rows(group.entries, destinations)
    size = config.lists.page_size
    archive = list(split_archive(rows, size))
    older = (len(rows) - size - 1) // size + 1 if len(rows) > size else 0
    plan_list = functools.partial(_plan_list, shared, config, group)
    yield plan_list(0, rows[:size], newer="", older=_page(group, older))
    for number, own in enumerate(archive, start=1):
        newer = _page(group, number + 1) if number < len(archive) else group.url
        yield plan_list(number, own, newer=newer, older=_page(group, number - 1))


def _page(group: Group, number: int) -> str:
    return f"{group.url}trang/{number}/" if number else ""


def _plan_list(
    shared: Shared,
    config: Config,
    group: Group,
    number: int,
    rows: tuple[Row, ...],
    *,
    newer: str,
    older: str,
) -> Planned:
    href = shared.href
    url = _page(group, number) or group.url
    breadcrumbs = list(_lead_to(shared, group))
    if number:
        breadcrumbs.append(Link(group.title, href(group.url)))
    children = group.category.children if group.category else ()
    section = group.parent or group.category
    heading = _Heading(
        url=url,
        title=group.title,
        description=f"{group.title} – {config.title}",
        section=href(f"/{section.path}/") if section else "",
        breadcrumbs=tuple(breadcrumbs),
        kind=group.kind,
        number=number,
        children=tuple(Link(child.name, href(f"/{child.path}/")) for child in children),
        newer_url=href(newer) if newer else "",
        older_url=href(older) if older else "",
        rss=href(f"{group.url}rss.xml") if group.kind == "category" else "",
    )
    return plan_page(url, "list.html", OWNER, _compose_list, (seal(heading),), list_cards(rows))


def _compose_list(
    shared: Shared, own: tuple[Part, ...], around: tuple[tuple[Part, ...], ...]
) -> ListView:
    heading = unseal(own[0], _Heading)
    return ListView(
        **frame_document(
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


def _lead_to(shared: Shared, group: Group) -> Iterator[Link]:
    if group.parent:
        yield Link(group.parent.name, shared.href(f"/{group.parent.path}/"))
    elif group.kind != "category":
        folder = {"author": AUTHORS, "tag": TAGS, "month": MONTHS}[group.kind]
        yield Link(INDEX_TITLES[group.kind], shared.href(folder))
    if group.kind == "month":
        year = group.url.removeprefix(MONTHS)[:4]
        yield Link(title_year(year), shared.href(year_url(year)))


def year_url(year: str) -> str:
    """Return the address of a year's calendar below the site."""
    return f"{MONTHS}{year}/"


def title_year(year: str) -> str:
    """Return what a year is called."""
    return f"Năm {int(year)}"
