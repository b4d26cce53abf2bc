"""What is published, in which order, and next to what: the newspaper without its pages."""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, compress, takewhile
from operator import attrgetter, eq, neg

import msgspec

from sitegen.content.articles import Article, list_names, name_slug
from sitegen.content.due import RECENT, is_featured, list_due
from sitegen.content.kinds import Document, StandingText
from sitegen.content.reading import Content
from sitegen.content.settings import Category, Config, NamedSlug
from sitegen.foundation.addresses import AUTHORS, TAGS, category_url, month_url
from sitegen.foundation.dates import name_month
from sitegen.foundation.text import fold, sort_key
from sitegen.model import Record
from sitegen.problems import Place, Problem, problem, warning

# An article that is to come out later than this, in seconds, has a slip in its year: five years.
_FAR = 5 * 365 * 24 * 60 * 60

_date = attrgetter("date")
_age = attrgetter("date", "url")


class ArticleList(Record, frozen=True):
    """The articles that share a category, author, tag or month, newest first.

    ``kind`` is ``category``, ``author``, ``tag`` or ``month``.
    """

    kind: str
    title: str
    url: str
    articles: tuple[Article, ...]
    parent: Category | None = None
    category: Category | None = None
    year: int = 0
    month: int = 0


class Site(Record, frozen=True):
    """The site as readers will find it.

    ``hidden`` are the paths of what is not published: it is ``scheduled`` to come, ``drafted`` or
    ``expired``. ``broken`` are the paths of what has errors, and ``flawed`` what of that could be
    read nevertheless. ``recent`` are the articles of the last two days, ``featured`` those that
    are featured and not for too long. ``until`` is when something
    is due next (:mod:`sitegen.content.due`), or when the next warning of what is to come is no
    longer true, in seconds since 1970.
    """

    config: Config
    articles: tuple[Article, ...]
    standing_texts: tuple[StandingText, ...]
    categories: tuple[ArticleList, ...]
    authors: tuple[ArticleList, ...]
    tags: tuple[ArticleList, ...]
    months: tuple[ArticleList, ...]
    own_category: dict[str, tuple[Article, ...]]
    hidden: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    flawed: tuple[Document, ...] = ()
    recent: tuple[Article, ...] = ()
    featured: tuple[Article, ...] = ()
    until: float = math.inf
    scheduled: tuple[Article, ...] = ()
    drafted: tuple[Document, ...] = ()
    expired: tuple[Article, ...] = ()


def arrange(
    config: Config, content: Content, now: datetime, *, drafts: bool
) -> tuple[Site, list[Problem]]:
    """Return the site that readers see at ``now``; with ``drafts`` also what they do not."""
    moment = now.timestamp()
    shown: list[Article] = []
    scheduled: list[Article] = []
    drafted: list[Document] = []
    expired: list[Article] = []
    for article in content.articles:
        if drafts:
            shown.append(article)
        elif article.draft:
            drafted.append(article)
        elif article.date > moment:
            scheduled.append(article)
        elif article.expires is None or article.expires > moment:
            shown.append(article)
        else:
            expired.append(article)
    texts = [each for each in content.standing_texts if drafts or not each.draft]
    drafted += [each for each in content.standing_texts if each.draft and not drafts]
    site, problems = _arrange(config, shown, texts)
    recent = tuple(takewhile(lambda article: article.date + RECENT > moment, site.articles))
    days = config.lists.featured_days
    chosen = [each for each in site.articles if each.featured]
    featured = tuple([each for each in chosen if is_featured(each, moment, days)])
    ending = (each for each in site.articles if each.expires is not None)
    updates = _list_updates_to_come(content, moment)
    until = min(
        (
            math.inf,
            *(
                each.at
                for each in list_due(chain(scheduled, recent, featured, ending), moment, days)
            ),
            *updates.values(),
            *(each.date - _FAR for each in scheduled if _is_far(each, moment)),
        )
    )
    site = msgspec.structs.replace(
        site,
        hidden=frozenset(each.path for each in (*scheduled, *drafted, *expired)),
        broken=content.broken,
        flawed=content.flawed,
        recent=recent,
        featured=featured,
        until=until,
        scheduled=tuple(scheduled),
        drafted=tuple(drafted),
        expired=tuple(expired),
    )
    return site, [*_warn_of_future(site, moment, updates), *problems]


def arrange_beside(
    sites: Sequence[Site], documents: Iterable[Document]
) -> tuple[Site, list[Problem]]:
    """Return the site of ``documents`` alone, which are to be published beside those of ``sites``.

    The problems are those of their names, and of these beside the names of ``sites``.
    """
    articles: list[Article] = []
    texts: list[StandingText] = []
    for each in documents:
        if isinstance(each, Article):
            articles.append(each)
        else:
            texts.append(each)
    site, problems = _arrange(sites[0].config, articles, texts, sites)
    return msgspec.structs.replace(site, hidden=sites[0].hidden, broken=sites[0].broken), problems


def _arrange(
    config: Config,
    articles: Iterable[Article],
    texts: Iterable[StandingText],
    beside: Sequence[Site] = (),
) -> tuple[Site, list[Problem]]:
    """Return the site of these texts; its names are compared with those ``beside`` it."""
    newest_first = _sort_newest_first(articles)
    lists = config.lists
    names = [list_names(each) for each in newest_first] if lists.authors or lists.tags else []
    own = [each.authors for each in names] if lists.authors else []
    others = [each for site in beside for each in site.authors]
    authors, problems = _list_by_name("author", AUTHORS, newest_first, own, config.authors, others)
    own = [each.tags for each in names] if lists.tags else []
    others = [each for site in beside for each in site.tags]
    tags, more = _list_by_name("tag", TAGS, newest_first, own, config.tags, others)
    by_category: dict[str, list[Article]] = defaultdict(list)
    for article in newest_first:
        by_category[article.category].append(article)
    own_category = {path: tuple(each) for path, each in by_category.items()}
    site = Site(
        config=config,
        articles=tuple(newest_first),
        standing_texts=tuple(sorted(texts, key=lambda each: (sort_key(each.title), each.path))),
        categories=_list_by_category(config, own_category),
        authors=authors,
        tags=tags,
        months=_list_by_month(newest_first, config.language) if lists.months else (),
        own_category=own_category,
    )
    return site, [*problems, *more]


def _sort_newest_first(articles: Iterable[Article]) -> list[Article]:
    """Return articles by date, and those of one minute by their address.

    Numbers alone are sorted in a third of the time that they and addresses take.
    """
    newest_first = sorted(articles, key=_date, reverse=True)
    dates = list(map(_date, newest_first))
    end = 0
    for start in compress(range(len(dates)), map(eq, dates, dates[1:])):
        if start < end:
            continue
        end = bisect_right(dates, -dates[start], start, key=neg)
        newest_first[start:end] = sorted(newest_first[start:end], key=_age, reverse=True)
    return newest_first


def _is_far(article: Article, moment: float) -> bool:
    return article.date - _FAR > moment


def _list_updates_to_come(content: Content, moment: float) -> dict[str, float]:
    """Return when each text was updated that says that this is after ``moment``, by its path.

    Who updates what is to come itself writes a moment after that.
    """
    written = {
        each.path: datetime.fromisoformat(each.updated.iso).timestamp()
        for each in content.standing_texts
        if each.updated
    }
    found = {
        each.path: each.updated for each in content.articles if each.updated and each.date <= moment
    }
    return {path: updated for path, updated in (found | written).items() if updated > moment}


def _warn_of_future(site: Site, moment: float, updates: Iterable[str]) -> Iterator[Problem]:
    """Yield a warning for each article that is to come, and for each text that will be updated."""
    for article in site.scheduled:
        code = "article-far" if _is_far(article, moment) else "article-embargoed"
        date = datetime.fromtimestamp(article.date, site.config.timezone)
        yield warning(code, Place(article.path), moment=date.isoformat(" ", "minutes"))
    for path in updates:
        yield warning("updated-future", Place(path), field="updated")


def _list_by_category(
    config: Config, own_category: dict[str, tuple[Article, ...]]
) -> tuple[ArticleList, ...]:
    """Return parents and children in the configuration's order; a parent has its children's too."""

    def collect(category: Category) -> tuple[Article, ...]:
        own = own_category.get(category.path, ())
        if not category.children:
            return own
        below = (own_category.get(child.path, ()) for child in category.children)
        return tuple(_sort_newest_first(chain(own, *below)))

    return tuple(
        ArticleList(
            "category",
            category.name,
            category_url(category.path),
            collect(category),
            None if category is parent else parent,
            category,
        )
        for parent in config.categories
        for category in (parent, *parent.children)
    )


def _list_by_name(
    kind: str,
    folder: str,
    articles: list[Article],
    names: list[tuple[str, ...]],
    configured: tuple[NamedSlug, ...],
    beside: Sequence[ArticleList],
) -> tuple[tuple[ArticleList, ...], list[Problem]]:
    """Return the lists of authors or tags in Vietnamese order.

    ``names`` are those of each article; there are none where the site has no such lists.

    Spellings that differ by case are one, spelled as in the configuration or else as in the oldest
    article, so that a new article never renames a page. Two names that share a slug otherwise are a
    problem: nobody can tell whether they are one person. So are a name and one of a list
    ``beside`` these.
    """
    by_spelling: dict[str, dict[str, Article]] = defaultdict(dict)
    for article, own_names in zip(reversed(articles), reversed(names), strict=False):
        for name in own_names:
            by_spelling[name][article.path] = article
    # The oldest article first, and the spelling that it has.
    members: dict[str, list[Article]] = {}
    spelled: dict[str, str] = {}
    for name, own in by_spelling.items():
        folded = fold(name)
        if folded in members:
            merged = own | {article.path: article for article in members[folded]}
            members[folded] = sorted(merged.values(), key=_age)
        else:
            members[folded] = list(own.values())
            spelled[folded] = name
    known = {fold(each.name): each.name for each in configured}
    owners = {each.url: each for each in beside}
    article_lists: dict[str, ArticleList] = {}
    problems: list[Problem] = []
    for folded, name in spelled.items():
        slug, group = name_slug(name, configured), f"{kind}s"
        own_articles = members[folded]
        place, url, title = Place(own_articles[0].path), f"{folder}{slug}/", known.get(folded, name)
        article_list = ArticleList(kind, title, url, tuple(reversed(own_articles)))
        other = owners.setdefault(url, article_list)
        if not slug:
            problems.append(problem("name-slug", place, name=name, group=group))
        elif other is article_list or fold(other.title) == folded:
            article_lists[url] = article_list
        else:
            arguments = {"path": other.articles[-1].path, "url": url, "group": group}
            problems.append(
                problem("name-spelling", place, name=name, other=other.title, **arguments)
            )
    found = tuple(article_lists.values())
    if beside:
        # Nobody reads these in order, and to sort names takes most of the time.
        return found, problems
    in_order = sorted(found, key=lambda each: (sort_key(each.title), each.url))
    return tuple(in_order), problems


def _list_by_month(articles: list[Article], language: str) -> tuple[ArticleList, ...]:
    members: dict[tuple[int, int], list[Article]] = defaultdict(list)
    for article in articles:
        members[article.year, article.month].append(article)
    return tuple(
        ArticleList(
            "month",
            name_month(month, language, year),
            month_url(year, month),
            tuple(own),
            year=year,
            month=month,
        )
        for (year, month), own in members.items()
    )
