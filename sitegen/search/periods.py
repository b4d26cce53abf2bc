"""Articles by period: each period becomes a bundle of the search index.

Old periods are long and do not change, the newest is a month. So a new article costs the work of
one month, and the reader's browser has few bundles to search through.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sitegen.content.articles import Article
from sitegen.model import Record

# A bundle of so many articles takes a gigabyte to make; a period with more of them is divided.
MOST_ARTICLES = 2_000


class Period(Record, frozen=True):
    """The articles of some months, the oldest first; ``name`` is part of an address."""

    name: str
    articles: tuple[Article, ...]


class _Month(Record, frozen=True):
    """The articles of one month, ``month`` of 12."""

    year: int
    month: int
    articles: list[Article]


# How periods are called, by their length in months, the longest first.
_NAMES = {
    12: "{year:04}",
    6: "{year:04}-nua-{number}",
    3: "{year:04}-quy-{number}",
    1: "{year:04}-{number:02}",
}


def split_periods(newest_first: Sequence[Article]) -> tuple[Period, ...]:
    """Return articles by period, the oldest first.

    A period is a year. The year of the newest article is divided into halves, its newest half into
    quarters, and its newest quarter into months; so is any period with more than
    :data:`MOST_ARTICLES`. This depends on nothing but the articles.
    """
    # By their own dates: in another zone than the site's, the order may be another one.
    by_month: dict[tuple[int, int], list[Article]] = defaultdict(list)
    for article in reversed(newest_first):
        by_month[article.year, article.month].append(article)
    months = [_Month(*month, own) for month, own in sorted(by_month.items())]
    return tuple(_divide(months, months[-1], list(_NAMES))) if months else ()


def _divide(months: Sequence[_Month], newest: _Month, lengths: Sequence[int]) -> Iterator[Period]:
    length, *shorter = lengths
    for (year, number), group in itertools.groupby(
        months, lambda each: (each.year, (each.month - 1) // length + 1)
    ):
        own = list(group)
        count = sum(len(each.articles) for each in own)
        if shorter and (own[-1] is newest or count > MOST_ARTICLES):
            yield from _divide(own, newest, shorter)
        else:
            name = _NAMES[length].format(year=year, number=number)
            yield Period(name, tuple(article for each in own for article in each.articles))
