"""What the search index says of each article and standing text."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.content.articles import Article, Teaser, open_article
from sitegen.content.bodies import extract_text
from sitegen.content.kinds import StandingText
from sitegen.foundation.parts import unseal
from sitegen.model import Body, Photo, Record
from sitegen.pages.context import Shared
from sitegen.search.pagefind import Passage
from sitegen.views import Headline, Story


class Facets(Record, frozen=True):
    """What results are filtered and sorted by.

    The script of the search page reads them as an array, in this order. ``moment`` is the time as a
    number (``202303060934``), and 0 for a standing text; ``category`` is its address below the
    site.
    """

    moment: int = 0
    category: str = ""
    authors: tuple[str, ...] = ()


class IndexEntry(Record, frozen=True):
    """One article or standing text in the index: its words, and what stands beside them."""

    passage: Passage
    facets: Facets


def describe_articles(
    root: Path, shared: Shared, articles: Iterable[Article]
) -> Iterator[IndexEntry]:
    """Yield the entries of articles; the text of one at a time is read.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where a text cannot be read.
    """
    for article in articles:
        parts = open_article(article)
        headline = unseal(parts.headline, Headline)
        teaser, story = unseal(parts.teaser, Teaser), unseal(parts.story, Story)
        category = shared.categories[teaser.category]
        names = (*(each.title for each in (*story.authors, *story.tags)), story.source)
        lead = teaser.lead if story.has_lead else ""
        text = extract_text(root, unseal(parts.body, Body))
        yield IndexEntry(
            Passage(
                url=headline.url,
                content=_join(
                    lead, text, *_list_captions(teaser.photo), " · ".join(filter(None, names))
                ),
                language=shared.view.language,
                meta={
                    "title": headline.title,
                    "category": category.title,
                    "day": headline.published.day,
                    "iso": headline.published.iso,
                },
            ),
            Facets(
                moment=int(re.sub(r"\D", "", headline.published.iso[:16])),
                category=category.url,
                authors=tuple(author.title for author in story.authors),
            ),
        )


def describe_standing_texts(
    root: Path, shared: Shared, texts: Iterable[StandingText]
) -> Iterator[IndexEntry]:
    """Yield the entries of standing texts; see :func:`describe_articles`."""
    for each in texts:
        text = extract_text(root, each.body)
        yield IndexEntry(
            Passage(
                url=shared.href(each.url),
                content=_join(each.lead, text, *_list_captions(each.photo)),
                language=shared.view.language,
                meta={"title": each.title},
            ),
            Facets(),
        )


def _list_captions(photo: Photo | None) -> tuple[str, ...]:
    return (photo.caption, photo.credit) if photo else ()


def _join(*texts: str) -> str:
    return "\n".join(filter(None, texts))
