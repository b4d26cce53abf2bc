"""The sums of the days that pages show.

Weeks begin on Monday. A week, a month and a year are the sums of their days up to now.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sitegen.model import Record
from sitegen.visits.counted_pages import CountedArticle
from sitegen.visits.days import DayFigures

_MOST_READ = 10


class Visits(Record, frozen=True, array_like=False):
    """The number of visits in all, and of each span of time up to the moment ``at``."""

    total: int
    today: int
    yesterday: int
    week: int
    month: int
    year: int
    at: str


class ReadArticle(Record, frozen=True, array_like=False):
    """An article with its views in a span of time."""

    url: str
    title: str
    views: int


class MostRead(Record, frozen=True, array_like=False):
    """The articles with most views, of today, of this week and of this month."""

    day: tuple[ReadArticle, ...]
    week: tuple[ReadArticle, ...]
    month: tuple[ReadArticle, ...]


class Figures(Record, frozen=True):
    """All that pages show; ``views`` has those of each article by its address."""

    visits: Visits
    views: dict[str, int]
    most_read: MostRead


def add_up(
    days: Iterable[tuple[date, DayFigures]],
    articles: Iterable[CountedArticle],
    opening: int,
    now: datetime,
) -> Figures:
    """Return the sums of ``days``, at the moment ``now`` in the time zone of the site.

    ``opening`` is the number of visits of an earlier portal. Views of a former address are those of
    the article that has it now.
    """
    every = tuple(articles)
    today = now.date()
    since = {
        "total": date.min,
        "today": today,
        "week": today - timedelta(today.weekday()),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }
    visits: Counter[str] = Counter(total=opening)
    views: dict[str, Counter[str]] = {span: Counter() for span in since}
    for day, figures in days:
        if day > today:
            # A clock was wrong. Nobody has read anything then, or not yet.
            continue
        for span, first in since.items():
            if day >= first:
                visits[span] += figures.visits
                if span != "year":
                    views[span].update(figures.views)
        if day == today - timedelta(1):
            visits["yesterday"] += figures.visits
    sums = {span: _sum_by_article(counted, every) for span, counted in views.items()}
    shown = {each.url: sums["total"][each.url] + each.views for each in every}
    return Figures(
        Visits(
            **{name: visits[name] for name in Visits.__struct_fields__ if name != "at"},
            at=now.isoformat(timespec="seconds"),
        ),
        {url: count for url, count in shown.items() if count},
        MostRead(*(_list_most_read(sums[span], every) for span in ("today", "week", "month"))),
    )


def _sum_by_article(views: Counter[str], articles: Iterable[CountedArticle]) -> Counter[str]:
    return Counter(
        {each.url: views[each.url] + sum(views[url] for url in each.former) for each in articles}
    )


def _list_most_read(
    views: Counter[str], articles: Iterable[CountedArticle]
) -> tuple[ReadArticle, ...]:
    """Return the articles with most views; of as many, the newer one first."""
    read = [ReadArticle(each.url, each.title, views[each.url]) for each in articles]
    found = sorted((each for each in read if each.views), key=lambda each: -each.views)
    return tuple(found[:_MOST_READ])
