"""Newer and older articles of the category: Pelican leaves them to a plugin."""

from collections import defaultdict
from typing import Any

from pelican import signals  # type: ignore[import-not-found]  # lives in its own environment

COUNT = 5


def add_neighbours(generator: Any) -> None:  # noqa: ANN401 (Pelican's objects are untyped)
    """Give each article its neighbours, nearest first; articles come newest first."""
    by_category: dict[str, list[Any]] = defaultdict(list)
    for article in generator.articles:
        by_category[article.category.slug].append(article)
    for articles in by_category.values():
        for position, article in enumerate(articles):
            article.newer = articles[max(0, position - COUNT) : position][::-1]
            article.older = articles[position + 1 : position + 1 + COUNT]


def register() -> None:
    """Take part in the build."""
    signals.article_generator_finalized.connect(add_neighbours)
