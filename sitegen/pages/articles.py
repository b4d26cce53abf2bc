"""The pages of articles: each links to its neighbours in its category, and to related articles."""

import functools
from collections.abc import Iterable, Iterator, Mapping

from sitegen.content.articles import Article, ArticleParts, Teaser, open_article
from sitegen.content.settings import Lists
from sitegen.foundation.addresses import output_path
from sitegen.foundation.parts import Part, digest_bytes, unseal
from sitegen.model import Body, Record
from sitegen.pages.cards import CardParts, digest_cards, list_cards, recall_cards
from sitegen.pages.context import NOWHERE, PlanContext, Shared, describe_page
from sitegen.pages.link_index import ArticlesOfYear, Destinations, LinkIndex, find_destinations
from sitegen.pages.pictures import (
    compose_images,
    compose_picture,
    compose_share_picture,
    compose_sound,
    list_photos,
    view_body,
)
from sitegen.pages.planned import PlannedGroup, PlannedPage, plan_page
from sitegen.pages.related import KnownRelated, RelatedIndex, find_related
from sitegen.views import ArticleView, Headline, Story

# How many articles are named below the text of each one, to be read next.
_MOST_ONWARD = 3


class _Own(Record, frozen=True, gc=False):
    """What an article's page shows of its own."""

    parts: ArticleParts
    destinations: Destinations


class _Neighbours(Record, frozen=True, gc=False):
    """The cards of the other articles that an article's page shows, nearest first."""

    onward: tuple[CardParts, ...]
    newer: tuple[CardParts, ...]
    older: tuple[CardParts, ...]
    related: tuple[CardParts, ...]


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
    lists, destinations = context.site.config.lists, context.destinations
    for year, others in zip(years, related.years, strict=True):
        articles = context.site.own_category[year.category]
        first, last = _find_shown(year, lists)
        beside = (*articles[first : year.start], *articles[year.end : last])
        digests = [year.digest, year.destinations, others, digest_cards(beside, destinations)]
        yield PlannedGroup(
            f"articles {year.category} {year.year}",
            digest_bytes(b"".join(digests)),
            _Paths(articles, year.start, year.end),
            functools.partial(
                _plan_pages, articles, year, lists, related_index, link_index, destinations
            ),
        )


def _find_shown(year: ArticlesOfYear, lists: Lists) -> tuple[int, int]:
    """Return where the articles of their category begin and end that the pages of a year show."""
    return max(0, year.start - lists.neighbours), year.end + lists.neighbours + _MOST_ONWARD


def _plan_pages(
    articles: tuple[Article, ...],
    year: ArticlesOfYear,
    lists: Lists,
    related_index: RelatedIndex,
    link_index: LinkIndex,
    destinations: Mapping[str, Part],
) -> Iterator[PlannedPage]:
    """Yield the pages of the articles of one category and year."""
    count = lists.neighbours
    first, last = _find_shown(year, lists)
    shown = articles[first:last]
    opened = [open_article(article) for article in shown]
    find = destinations.get
    cards = tuple(
        [
            CardParts(parts.headline, parts.teaser, find(article.photo or "", NOWHERE))
            for article, parts in zip(shown, opened, strict=True)
        ]
    )
    for position in range(year.start - first, year.end - first):
        article, parts = shown[position], opened[position]
        nearest = slice(position + 1, position + 1 + count)
        others: tuple[Article, ...] = ()
        if lists.related:
            others = find_related(related_index, article, lists.related, shown[nearest])
        own = _Own(parts, find_destinations(article, link_index))
        related = list_cards(others, destinations)
        # Where there are too few related articles, those follow that the rail does not reach.
        further = cards[nearest.stop : nearest.stop + _MOST_ONWARD]
        around = _Neighbours(
            onward=_choose_onward(related, further),
            newer=cards[max(0, position - count) : position][::-1],
            older=cards[nearest],
            related=related[_MOST_ONWARD:],
        )
        yield plan_page(article.url, "article.html", _compose_article, own, around, article.path)


def _choose_onward(
    related: tuple[CardParts, ...], further: tuple[CardParts, ...]
) -> tuple[CardParts, ...]:
    """Return what to read next: the nearest related articles, or else ``further`` ones."""
    found = dict.fromkeys(each.headline.digest for each in related)
    rest = tuple([each for each in further if each.headline.digest not in found])
    return (*related[:_MOST_ONWARD], *rest[: max(0, _MOST_ONWARD - len(related))])


def _compose_article(shared: Shared, own: _Own, around: _Neighbours) -> ArticleView:
    headline = unseal(own.parts.headline, Headline)
    teaser = unseal(own.parts.teaser, Teaser)
    story = unseal(own.parts.story, Story)
    category, top = shared.categories[teaser.category], shared.find_top(teaser.category)
    photo = own.destinations.photo
    picture = compose_picture(shared, teaser.photo, photo)
    is_gallery = teaser.category in shared.galleries
    return ArticleView(
        **describe_page(
            shared,
            headline.url.removeprefix(shared.base),
            headline.title,
            description=teaser.lead,
            section=top.url,
            breadcrumbs=dict.fromkeys((top, category)),
            share=compose_share_picture(shared, headline, picture),
        ),
        category=category,
        published=headline.published,
        lead=teaser.lead if story.has_lead else "",
        picture=picture,
        audio=compose_sound(shared, own.destinations.audio),
        images=compose_images(shared, headline, picture, photo),
        photos=list_photos(shared, picture, own.destinations) if is_gallery else (),
        body=view_body(shared, unseal(own.parts.body, Body), own.destinations.links),
        story=story,
        onward=recall_cards(shared, around.onward),
        newer=recall_cards(shared, around.newer),
        older=recall_cards(shared, around.older),
        related=recall_cards(shared, around.related),
    )
