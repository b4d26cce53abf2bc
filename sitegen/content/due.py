"""The moments at which the site changes although nobody edits it."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from sitegen.content.articles import Article
from sitegen.model import Record

# For how long an article is news, in seconds: two days, as search engines for news have it.
RECENT = 2 * 24 * 60 * 60


class Event(StrEnum):
    """What happens to an article at its time."""

    APPEARS = "appears"
    LEAVES_NEWS = "leaves-news"
    EXPIRES = "expires"


class Due(Record, frozen=True, order=True):
    """An event that is to come: at which time, in seconds since 1970, and to which article.

    ``file`` is relative to the root, ``url`` is below the site.
    """

    at: int
    file: str
    what: Event
    url: str


def list_due(articles: Iterable[Article], moment: float) -> Iterator[Due]:
    """Yield what happens to ``articles`` after ``moment``, in seconds since 1970.

    What is no draft appears at its date. Two days later it leaves the sitemap of news, if it has
    not expired by then.
    """
    for each in articles:
        old, end = each.date + RECENT, each.expires
        if each.date > moment:
            yield Due(each.date, each.path, Event.APPEARS, each.url)
        if old > moment and (end is None or end > old):
            yield Due(old, each.path, Event.LEAVES_NEWS, each.url)
        if end is not None and end > moment:
            yield Due(end, each.path, Event.EXPIRES, each.url)
