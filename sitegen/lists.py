"""The views of the front page, of every list of articles and its archive, and of the indexes."""

from collections.abc import Iterator

from sitegen.frame import SEARCH, Frame, Planned, frame_document, plan_page
from sitegen.site import AUTHORS, MONTHS, TAGS, Entry, Group
from sitegen.views import (
    Block,
    Card,
    CountedLink,
    FrontView,
    IndexView,
    Link,
    ListView,
    NotFoundView,
    SearchPageView,
)

OWNER = "config.yaml"
ALIASES = "/aliases.json"
INDEX_TITLES = {"month": "Lưu trữ theo tháng", "tag": "Thẻ", "author": "Tác giả"}


def plan_lists(frame: Frame) -> Iterator[Planned]:
    """Yield every page that lists articles, and the front page, the search and not-found pages."""
    site = frame.site
    lists = site.config.lists
    yield _plan_front(frame)
    for group in site.sections:
        yield from _plan_group(frame, group)
    switched = (
        (lists.authors, AUTHORS, "author", site.authors),
        (lists.tags, TAGS, "tag", site.tags),
        (lists.months, MONTHS, "month", site.months),
    )
    for wanted, url, kind, groups in switched:
        if wanted:
            yield _plan_index(frame, url, kind, groups)
            for group in groups:
                yield from _plan_group(frame, group)
    search = SearchPageView(
        **frame_document(frame, SEARCH, "Tìm kiếm", description="Tìm kiếm trên cổng thông tin")
    )
    yield plan_page(SEARCH, "search.html", search, OWNER)
    missing = NotFoundView(
        **frame_document(frame, "/404.html", "Không tìm thấy trang"), aliases=frame.href(ALIASES)
    )
    yield plan_page("/404.html", "not_found.html", missing, OWNER)


def split_archive(entries: tuple[Entry, ...], size: int) -> Iterator[tuple[Entry, ...]]:
    """Yield the pages of an archive, the oldest first: each is full before the next begins.

    ``entries`` and each page are newest first. A new entry changes the last page alone.
    """
    for end in range(len(entries), 0, -size):
        yield entries[max(0, end - size) : end]


def _plan_front(frame: Frame) -> Planned:
    site, lists = frame.site, frame.site.config.lists
    chosen = [entry for entry in site.entries if entry.article.featured]
    others = [entry for entry in site.entries if not entry.article.featured]
    stories = [*chosen, *others][: 1 + lists.front_featured]
    shown = {entry.article.path for entry in stories}
    latest = [entry for entry in site.entries if entry.article.path not in shown]
    view = FrontView(
        **frame_document(frame, "/", site.config.title, description=site.config.description)
        | {"breadcrumbs": ()},
        lead=_cards(frame, stories)[0] if stories else None,
        featured=_cards(frame, stories[1:]),
        latest=_cards(frame, latest[: lists.front_latest]),
        blocks=tuple(_make_blocks(frame, shown)),
    )
    return plan_page("/", "front.html", view, OWNER)


def _make_blocks(frame: Frame, shown: set[str]) -> Iterator[Block]:
    """Yield a block for each top category with articles beyond those at the head of the page."""
    for group in frame.site.sections:
        fresh = [entry for entry in group.entries if entry.article.path not in shown]
        if group.parent is None and group.category and fresh:
            children = tuple(
                Link(child.name, frame.href(f"/{child.path}/")) for child in group.category.children
            )
            cards = _cards(frame, fresh[: frame.site.config.lists.front_block])
            yield Block(group.title, frame.href(group.url), cards, children)


def _cards(frame: Frame, entries: list[Entry] | tuple[Entry, ...]) -> tuple[Card, ...]:
    return tuple(frame.cards[entry.article.path] for entry in entries)


def _plan_group(frame: Frame, group: Group) -> Iterator[Planned]:
    """Yield a list's first view (its newest articles), then its archive from the oldest page up."""
    size = frame.site.config.lists.page_size
    archive = list(split_archive(group.entries, size))
    older = (len(group.entries) - size - 1) // size + 1 if len(group.entries) > size else 0
    yield _plan_list(frame, group, 0, group.entries[:size], newer="", older=_page(group, older))
    for number, entries in enumerate(archive, start=1):
        newer = _page(group, number + 1) if number < len(archive) else group.url
        yield _plan_list(frame, group, number, entries, newer=newer, older=_page(group, number - 1))


def _page(group: Group, number: int) -> str:
    return f"{group.url}trang/{number}/" if number else ""


def _plan_list(
    frame: Frame, group: Group, number: int, entries: tuple[Entry, ...], *, newer: str, older: str
) -> Planned:
    url = _page(group, number) or group.url
    breadcrumbs = list(_lead_to(frame, group))
    if number:
        breadcrumbs.append(Link(group.title, frame.href(group.url)))
    children = group.category.children if group.category else ()
    section = group.parent or group.category
    view = ListView(
        **frame_document(
            frame,
            url,
            group.title,
            description=f"{group.title} – {frame.site.config.title}",
            section=frame.href(f"/{section.path}/") if section else "",
            breadcrumbs=breadcrumbs,
        ),
        kind=group.kind,
        number=number,
        cards=_cards(frame, entries),
        children=tuple(Link(child.name, frame.href(f"/{child.path}/")) for child in children),
        newer_url=frame.href(newer) if newer else "",
        older_url=frame.href(older) if older else "",
        rss=frame.href(f"{group.url}rss.xml") if group.kind == "category" else "",
    )
    return plan_page(url, "list.html", view, OWNER)


def _lead_to(frame: Frame, group: Group) -> Iterator[Link]:
    if group.parent:
        yield Link(group.parent.name, frame.href(f"/{group.parent.path}/"))
    elif group.kind != "category":
        folder = {"author": AUTHORS, "tag": TAGS, "month": MONTHS}[group.kind]
        yield Link(INDEX_TITLES[group.kind], frame.href(folder))


def _plan_index(frame: Frame, url: str, kind: str, groups: tuple[Group, ...]) -> Planned:
    title = INDEX_TITLES[kind]
    view = IndexView(
        **frame_document(frame, url, title, description=f"{title} – {frame.site.config.title}"),
        kind=kind,
        entries=tuple(
            CountedLink(group.title, frame.href(group.url), len(group.entries)) for group in groups
        ),
    )
    return plan_page(url, "index.html", view, OWNER)
