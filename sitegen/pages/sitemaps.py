"""For crawlers: robots.txt, and sitemaps that together name every page once.

A sitemap may name 50,000 addresses (sitemaps.org). These are smaller, so that a new article does
not rewrite so much.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from sitegen.content.articles import Article, open_article
from sitegen.content.people import Person
from sitegen.foundation.addresses import (
    FRONT,
    PEOPLE,
    ROBOTS,
    SEARCH,
    SITE_MAP,
    SITEMAP_INDEX,
    SITEMAP_OF_NEWS,
    SITEMAP_OF_PAGES,
    find_url,
    output_path,
    sitemap_of_articles_url,
    sitemap_of_lists_url,
)
from sitegen.foundation.parts import Part, digest_bytes, unseal
from sitegen.model import Record
from sitegen.pages.context import PlanContext, Shared
from sitegen.pages.planned import Nothing, PlannedGroup, PlannedPage, plan_page, plan_view
from sitegen.views import (
    Headline,
    NewsEntry,
    NewsSitemapView,
    RobotsView,
    SitemapEntry,
    SitemapView,
    Story,
)

SITEMAP_SIZE = 10_000
# So many articles may the sitemap of news name, as Google's protocol has it.
_MOST_NEWS = 1000

_Named = TypeVar("_Named")


def plan_sitemap_index(context: PlanContext, listed: Sequence[str]) -> Iterator[PlannedPage]:
    """Yield robots.txt, the index of sitemaps, and the sitemaps of single pages and of news.

    ``listed`` are the paths of all pages of lists. There is a sitemap of news only while there is
    some, because a sitemap must hold an address.
    """
    site, shared = context.site, context.shared
    people = [PEOPLE] if any(isinstance(each, Person) for each in site.standing_texts) else []
    urls = [shared.href(url) for url in (FRONT, SITE_MAP, SEARCH, *people)]
    urls += [each.url for each in shared.view.archives[::-1]]
    pages = [SitemapEntry(shared.view.origin + url, "") for url in urls]
    pages += [
        SitemapEntry(shared.canonical(each.url), each.updated.iso if each.updated else "")
        for each in site.standing_texts
        if "#" not in each.url
    ]
    yield plan_view(SITEMAP_OF_PAGES, "sitemap.xml", SitemapView(tuple(pages)))
    sitemaps = [SITEMAP_OF_PAGES, *(url for url, _ in _split(sitemap_of_lists_url, listed))]
    sitemaps += [url for url, _ in _split(sitemap_of_articles_url, site.articles[::-1])]
    sitemaps += [SITEMAP_OF_NEWS] if site.recent else []
    index = SitemapView(tuple(SitemapEntry(shared.canonical(url), "") for url in sitemaps))
    yield plan_view(SITEMAP_INDEX, "sitemap_index.xml", index)
    robots = RobotsView(shared.canonical(SITEMAP_INDEX), shared.view.noindex)
    yield plan_view(ROBOTS, "robots.txt", robots)
    if newest := tuple(open_article(each).headline for each in site.recent[:_MOST_NEWS]):
        yield plan_page(SITEMAP_OF_NEWS, "news_sitemap.xml", _compose_news, Nothing(), newest)


def _compose_news(shared: Shared, _: Nothing, newest: tuple[Part, ...]) -> NewsSitemapView:
    origin = shared.view.origin
    headlines = (unseal(part, Headline) for part in newest)
    return NewsSitemapView(
        name=shared.view.title,
        # The protocol wants the ISO 639 code alone, without a region.
        language=shared.view.language.partition("-")[0],
        entries=tuple(
            NewsEntry(each.title, origin + each.url, each.published.iso) for each in headlines
        ),
    )


def plan_sitemaps(context: PlanContext, listed: Sequence[str]) -> Iterator[PlannedGroup]:
    """Yield the sitemaps of articles, the oldest first, and the sitemaps of the pages of lists."""
    for url, articles in _split(sitemap_of_articles_url, context.site.articles[::-1]):
        digest = b"".join([article.story_digest for article in articles])
        yield _make_group(url, digest, functools.partial(_plan_articles, url, articles))
    for url, paths in _split(sitemap_of_lists_url, listed):
        digest = "\n".join(paths).encode()
        yield _make_group(url, digest, functools.partial(_plan_lists, context.shared, url, paths))


def _make_group(url: str, named: bytes, plan: Callable[[], Iterable[PlannedPage]]) -> PlannedGroup:
    return PlannedGroup(f"sitemap {url}", digest_bytes(named), (output_path(url),), plan)


def _split(
    name_sitemap: Callable[[int], str], every: Sequence[_Named]
) -> Iterator[tuple[str, Sequence[_Named]]]:
    """Yield the address of each sitemap with its part of ``every``."""
    for start in range(0, len(every), SITEMAP_SIZE):
        yield name_sitemap(start // SITEMAP_SIZE + 1), every[start : start + SITEMAP_SIZE]


class _Dated(Record, frozen=True, gc=False):
    """What a sitemap says of an article: its address, and its last change."""

    headline: Part
    story: Part


def _plan_articles(url: str, articles: Sequence[Article]) -> Iterator[PlannedPage]:
    opened = map(open_article, articles)
    dated = tuple([_Dated(parts.headline, parts.story) for parts in opened])
    yield plan_page(url, "sitemap.xml", _compose_articles, Nothing(), dated)


def _compose_articles(shared: Shared, _: Nothing, around: tuple[_Dated, ...]) -> SitemapView:
    return SitemapView(tuple([_describe_article(shared, each) for each in around]))


def _describe_article(shared: Shared, dated: _Dated) -> SitemapEntry:
    headline, story = unseal(dated.headline, Headline), unseal(dated.story, Story)
    moment = story.updated or headline.published
    return SitemapEntry(shared.view.origin + headline.url, moment.iso)


def _plan_lists(shared: Shared, url: str, paths: Sequence[str]) -> Iterator[PlannedPage]:
    entries = tuple([SitemapEntry(shared.canonical(find_url(path)), "") for path in paths])
    yield plan_view(url, "sitemap.xml", SitemapView(entries))
