"""What the search index says of each article and standing text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sitegen.content.articles import Article, Teaser, open_article
from sitegen.content.bodies import extract_text
from sitegen.content.kinds import StandingText
from sitegen.foundation.parts import unseal
from sitegen.model import Body, Photo, Record
from sitegen.pages.context import Shared
from sitegen.search.documents import IndexedDocument, read_document_texts
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
        headline, teaser = unseal(parts.headline, Headline), unseal(parts.teaser, Teaser)
        story, category = unseal(parts.story, Story), shared.categories[teaser.category]
        lead = teaser.lead if story.has_lead else ""
        text = extract_text(root, unseal(parts.body, Body))
        authors, tags = ([each.title for each in links] for links in (story.authors, story.tags))
        names = " · ".join(filter(None, [*authors, *tags, story.source]))
        content = _join(lead, text, *_list_captions(teaser.photo), names)
        day, iso = headline.published.day, headline.published.iso
        meta = {"title": headline.title, "category": category.title, "day": day, "iso": iso}
        moment = int(re.sub(r"\D", "", iso[:16]))
        yield IndexEntry(
            Passage(headline.url, content, shared.view.language, meta),
            Facets(moment, category.url, tuple(authors)),
        )


def describe_standing_texts(
    root: Path, shared: Shared, texts: Iterable[StandingText]
) -> Iterator[IndexEntry]:
    """Yield the entries of standing texts; see :func:`describe_articles`."""
    for each in texts:
        url, text = shared.href(each.url), extract_text(root, each.body)
        content = _join(each.lead, text, *_list_captions(each.photo))
        passage = Passage(url, content, shared.view.language, {"title": each.title})
        yield IndexEntry(passage, Facets())


def describe_documents(
    root: Path, cache: Path, shared: Shared, documents: Sequence[IndexedDocument]
) -> Iterator[IndexEntry]:
    """Yield the entries of documents."""
    texts = read_document_texts(root, cache, documents)
    for each, text in zip(documents, texts, strict=True):
        meta = {"title": each.title, "category": each.size}
        yield IndexEntry(
            Passage(each.url, text or each.title, shared.view.language, meta), Facets()
        )


def _list_captions(photo: Photo | None) -> tuple[str, ...]:
    return (photo.caption, photo.credit) if photo else ()


def _join(*texts: str) -> str:
    return "\n".join(filter(None, texts))
