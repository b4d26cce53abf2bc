"""What is published, in which order, and next to what: the newspaper without its pages."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from sitegen.errors import Place, Problem, problem, warning
from sitegen.model import Article, Category, Config, Content, NamedSlug, Page, Record
from sitegen.text import fold, slugify, sort_key

AUTHORS = "/tac-gia/"
TAGS = "/the/"
MONTHS = "/luu-tru/"


class Entry(Record, frozen=True):
    """A published article with its address below the site."""

    article: Article
    url: str


class Group(Record, frozen=True):
    """The articles that share a category, author, tag or month, newest first.

    ``kind`` is ``category``, ``author``, ``tag`` or ``month``.
    """

    kind: str
    title: str
    url: str
    entries: tuple[Entry, ...]
    parent: Category | None = None
    category: Category | None = None


class Site(Record, frozen=True):
    """The site as readers will find it.

    ``hidden`` are the paths of what is not published, ``broken`` of what has errors, and
    ``flawed`` what of that could be read nevertheless.
    """

    config: Config
    entries: tuple[Entry, ...]
    pages: tuple[Page, ...]
    hidden: frozenset[str]
    broken: frozenset[str]
    flawed: tuple[Article | Page, ...]
    sections: tuple[Group, ...]
    authors: tuple[Group, ...]
    tags: tuple[Group, ...]
    months: tuple[Group, ...]
    own_category: dict[str, tuple[Entry, ...]]


def arrange(
    config: Config, content: Content, now: datetime, *, drafts: bool
) -> tuple[Site, list[Problem]]:
    """Return the site that readers see at ``now``; with ``drafts`` also what they do not."""
    articles = [article for article in content.articles if drafts or is_published(article, now)]
    pages = [page for page in content.pages if drafts or not page.draft]
    shown = {article.path for article in articles} | {page.path for page in pages}
    every: tuple[Article | Page, ...] = (*content.articles, *content.pages)
    entries = sorted(
        (Entry(article, make_permalink(article, config)) for article in articles),
        key=lambda entry: (entry.article.date, entry.url),
        reverse=True,
    )
    problems = [
        warning(
            "article-embargoed", Place(article.path), moment=article.date.isoformat(" ", "minutes")
        )
        for article in content.articles
        if not article.draft and article.date > now and not drafts
    ]
    authors, more = _group_names(
        "author", AUTHORS, entries, lambda entry: entry.article.authors, config.authors
    )
    tags, still_more = _group_names(
        "tag", TAGS, entries, lambda entry: entry.article.tags, config.tags
    )
    by_category: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_category[entry.article.category].append(entry)
    site = Site(
        config=config,
        entries=tuple(entries),
        pages=tuple(sorted(pages, key=lambda page: (sort_key(page.title), page.path))),
        hidden=frozenset(document.path for document in every if document.path not in shown),
        broken=content.broken,
        flawed=content.flawed,
        sections=_group_categories(config, entries),
        authors=authors,
        tags=tags,
        months=_group_months(entries),
        own_category={path: tuple(own) for path, own in by_category.items()},
    )
    return site, [*problems, *more, *still_more]


def is_published(article: Article, now: datetime) -> bool:
    """Tell whether readers may see the article at ``now``."""
    expired = article.expires is not None and article.expires <= now
    return not article.draft and article.date <= now and not expired


def make_permalink(article: Article, config: Config) -> str:
    """Return the address of an article below the site."""
    return config.permalink.format(
        category=article.category,
        year=f"{article.date.year:04}",
        month=f"{article.date.month:02}",
        day=f"{article.date.day:02}",
        slug=article.slug,
    )


def find_neighbours(
    entries: tuple[Entry, ...], position: int, count: int
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return up to ``count`` newer and older entries than that at ``position``, nearest first."""
    newer = entries[max(0, position - count) : position][::-1]
    return newer, entries[position + 1 : position + 1 + count]


def name_slugs(named: Iterable[NamedSlug]) -> dict[str, NamedSlug]:
    """Return the configured authors or tags by their folded name."""
    return {fold(each.name): each for each in named}


def _group_categories(config: Config, entries: list[Entry]) -> tuple[Group, ...]:
    """Return parents and children in the configuration's order; a parent has its children's too."""
    collected: dict[str, list[Entry]] = {each.path: [] for each in config.every_category()}
    for entry in entries:
        path = entry.article.category
        collected[path].append(entry)
        if "/" in path:
            collected[path.partition("/")[0]].append(entry)
    return tuple(
        Group(
            "category",
            category.name,
            f"/{category.path}/",
            tuple(collected[category.path]),
            parent=None if category is parent else parent,
            category=category,
        )
        for parent in config.categories
        for category in (parent, *parent.children)
    )


def _group_names(
    kind: str,
    folder: str,
    entries: list[Entry],
    names: Callable[[Entry], tuple[str, ...]],
    configured: tuple[NamedSlug, ...],
) -> tuple[tuple[Group, ...], list[Problem]]:
    """Return the groups of authors or tags in Vietnamese order.

    Spellings that differ by case are one, spelled as in the configuration or else as in the oldest
    article, so that a new article never renames a page. Two names that share a slug otherwise are a
    problem: nobody can tell whether they are one person.
    """
    known = name_slugs(configured)
    members: dict[str, list[Entry]] = {}
    spelled: dict[str, tuple[str, str]] = {}
    owners: dict[str, str] = {}
    problems: list[Problem] = []
    for entry in reversed(entries):
        for name in names(entry):
            folded = fold(name)
            path = entry.article.path
            if folded not in members:
                members[folded] = []
                spelled[folded] = (known[folded].name if folded in known else name, path)
                slug = known[folded].slug if folded in known else slugify(name)
                if not slug:
                    group = f"{kind}s"
                    problems.append(problem("name-slug", Place(path), name=name, group=group))
                elif slug in owners:
                    other, other_path = spelled[owners[slug]]
                    problems.append(
                        problem(
                            "name-spelling",
                            Place(path),
                            name=name,
                            other=other,
                            path=other_path,
                            url=f"{folder}{slug}/",
                            group=f"{kind}s",
                        )
                    )
                owners.setdefault(slug, folded)
            if not members[folded] or members[folded][-1] is not entry:
                members[folded].append(entry)
    groups = [
        Group(kind, spelled[folded][0], f"{folder}{slug}/", tuple(reversed(members[folded])))
        for slug, folded in owners.items()
    ]
    return tuple(sorted(groups, key=lambda group: (sort_key(group.title), group.url))), problems


def _group_months(entries: list[Entry]) -> tuple[Group, ...]:
    members: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        members[entry.article.date.year, entry.article.date.month].append(entry)
    return tuple(
        Group("month", f"Tháng {month}/{year}", f"{MONTHS}{year:04}/{month:02}/", tuple(own))
        for (year, month), own in members.items()
    )
