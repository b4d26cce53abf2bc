"""The moments at which the site changes although nobody edits it."""

import math
from collections.abc import Iterable, Iterator
from enum import StrEnum

from sitegen.content.articles import Article
from sitegen.model import Record

# For how long an article is news, in seconds: two days, as search engines for news have it.
DAY = 24 * 60 * 60
RECENT = 2 * DAY


class Event(StrEnum):
    """What happens to an article at its time."""

    APPEARS = "appears"
    LEAVES_NEWS = "leaves-news"
    LAPSES = "lapses"
    EXPIRES = "expires"


class Due(Record, frozen=True, order=True):
    """An event that is to come: at which time, in seconds since 1970, and to which article.

    ``file`` is relative to the root, ``url`` is below the site.
    """

    at: int
    file: str
    what: Event
    url: str


def is_featured(article: Article, moment: float, featured_days: int) -> bool:
    """Tell whether ``article`` is featured at ``moment``: for so many days, or always (0)."""
    return article.featured and not (featured_days and article.date + featured_days * DAY <= moment)


def list_due(articles: Iterable[Article], moment: float, featured_days: int) -> Iterator[Due]:
    """Yield what happens to ``articles`` after ``moment``, in seconds since 1970.

    What is no draft appears at its date. Two days later it leaves the sitemap of news, and after
    ``featured_days`` it is no longer featured (0: never), if it has not expired by then.
    """
    for each in articles:
        end = math.inf if each.expires is None else each.expires
        old = each.date + RECENT
        if each.date > moment:
            yield Due(each.date, each.path, Event.APPEARS, each.url)
        if moment < old < end:
            yield Due(old, each.path, Event.LEAVES_NEWS, each.url)
        if each.featured and featured_days:
            lapse = each.date + featured_days * DAY
            if moment < lapse < end:
                yield Due(lapse, each.path, Event.LAPSES, each.url)
        if each.expires is not None and each.expires > moment:
            yield Due(each.expires, each.path, Event.EXPIRES, each.url)
