"""The pages of articles: each links to its neighbours in its category, and to related articles."""

import functools
from collections.abc import Iterable, Iterator

import msgspec

from sitegen.content.articles import Article, ArticleParts, Teaser, open_article
from sitegen.content.settings import Lists
from sitegen.foundation.addresses import output_path
from sitegen.foundation.parts import Part, digest_bytes, unseal
from sitegen.model import Body, Record
from sitegen.pages.context import PlanContext, Shared, describe_page
from sitegen.pages.link_index import ArticlesOfYear, Destinations, LinkIndex, find_destinations
from sitegen.pages.pictures import (
    compose_picture,
    compose_share_picture,
    compose_sound,
    view_body,
)
from sitegen.pages.planned import PlannedGroup, PlannedPage, plan_page
from sitegen.pages.related import KnownRelated, RelatedIndex, find_related
from sitegen.views import ArticleView, Headline, Story


class _Own(Record, frozen=True, gc=False):
    """What an article's page shows of its own."""

    parts: ArticleParts
    destinations: Destinations


class _Neighbours(Record, frozen=True, gc=False):
    """The headlines of the other articles that an article's page shows, nearest first."""

    newer: tuple[Part, ...]
    older: tuple[Part, ...]
    related: tuple[Part, ...]


class _Paths(Record, frozen=True, gc=False):
    """The paths of the pages of some articles: to hold them all takes more memory than the plan."""

    articles: tuple[Article, ...]
    start: int
    end: int

    def __len__(self) -> int:
        """Return the number of paths."""
        return self.end - self.start

    def __iter__(self) -> Iterator[str]:
        """Yield the paths."""
        return (output_path(each.url) for each in self.articles[self.start : self.end])

    def __contains__(self, path: object) -> bool:
        """Tell whether a path is among them."""
        return path in set(self)


def plan_articles(
    context: PlanContext,
    years: Iterable[ArticlesOfYear],
    link_index: LinkIndex,
    related_index: RelatedIndex,
    related: KnownRelated,
) -> Iterator[PlannedGroup]:
    """Yield a group for the articles of each category and year."""
    lists = context.site.config.lists
    for year, others in zip(years, related.years, strict=True):
        articles = context.site.own_category[year.category]
        first, last = max(0, year.start - lists.neighbours), year.end + lists.neighbours
        beside = (*articles[first : year.start], *articles[year.end : last])
        digests = [year.digest, year.destinations, others]
        digests += [article.headline_digest for article in beside]
        yield PlannedGroup(
            f"articles {year.category} {year.year}",
            digest_bytes(b"".join(digests)),
            _Paths(articles, year.start, year.end),
            functools.partial(_plan_pages, articles, year, lists, related_index, link_index),
        )


def _plan_pages(
    articles: tuple[Article, ...],
    year: ArticlesOfYear,
    lists: Lists,
    related_index: RelatedIndex,
    link_index: LinkIndex,
) -> Iterator[PlannedPage]:
    """Yield the pages of the articles of one category and year."""
    count = lists.neighbours
    first = max(0, year.start - count)
    shown = articles[first : year.end + count]
    opened = [open_article(article) for article in shown]
    headlines = tuple([parts.headline for parts in opened])
    for position in range(year.start - first, year.end - first):
        article, parts = shown[position], opened[position]
        nearest = slice(position + 1, position + 1 + count)
        others: tuple[Article, ...] = ()
        if lists.related:
            others = find_related(related_index, article, lists.related, shown[nearest])
        own = _Own(parts, find_destinations(article, link_index))
        around = _Neighbours(
            newer=headlines[max(0, position - count) : position][::-1],
            older=headlines[nearest],
            related=tuple([open_article(each).headline for each in others]),
        )
        yield plan_page(article.url, "article.html", _compose_article, own, around, article.path)


def _compose_article(shared: Shared, own: _Own, around: _Neighbours) -> ArticleView:
    headline = unseal(own.parts.headline, Headline)
    teaser = unseal(own.parts.teaser, Teaser)
    story = unseal(own.parts.story, Story)
    category, top = shared.categories[teaser.category], shared.find_top(teaser.category)
    picture = compose_picture(shared, teaser.photo, own.destinations.photo)
    return ArticleView(
        **describe_page(
            shared,
            headline.url.removeprefix(shared.base),
            headline.title,
            description=teaser.lead,
            section=top.url,
            breadcrumbs=dict.fromkeys((top, category)),
        ),
        category=category,
        published=headline.published,
        lead=teaser.lead if story.has_lead else "",
        picture=picture,
        audio=compose_sound(shared, own.destinations.audio),
        share=compose_share_picture(shared, headline, picture),
        body=view_body(shared, unseal(own.parts.body, Body), own.destinations.links),
        story=story,
        newer=_open_headlines(around.newer),
        older=_open_headlines(around.older),
        related=_open_headlines(around.related),
    )


# Several neighbours show one headline, one after another. A fragment that shows the same record
# again is not rendered again.
@functools.lru_cache(maxsize=1000)
def _open_headline(data: bytes) -> Headline:
    return msgspec.msgpack.decode(data, type=Headline)


def _open_headlines(parts: tuple[Part, ...]) -> tuple[Headline, ...]:
    return tuple([_open_headline(bytes(part.data)) for part in parts])
