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
from sitegen.pages.context import INDEX_URLS, PlanContext, Shared, list_kinds
from sitegen.pages.planned import SITE, Nothing, PlannedGroup, PlannedPage, plan_page, plan_view
from sitegen.views import Headline, RobotsView, SitemapEntry, SitemapView, Story

SITEMAP_SIZE = 10_000

_Named = TypeVar("_Named")


def plan_sitemap_index(context: PlanContext, listed: Sequence[str]) -> Iterator[PlannedPage]:
    """Yield robots.txt, the index of sitemaps, and the sitemap of standing and other single pages.

    ``listed`` are the paths of all pages of lists.
    """
    site, shared = context.site, context.shared
    indexes = [INDEX_URLS[kind] for kind in list_kinds(site.config.lists)[::-1]]
    people = [PEOPLE] if any(isinstance(each, Person) for each in site.standing_texts) else []
    urls = [FRONT, SITE_MAP, SEARCH, *people, *indexes]
    pages = [SitemapEntry(shared.canonical(url), "") for url in urls]
    pages += [
        SitemapEntry(shared.canonical(each.url), each.updated.iso if each.updated else "")
        for each in site.standing_texts
        if "#" not in each.url
    ]
    yield plan_view(SITEMAP_OF_PAGES, "sitemap.xml", SITE, SitemapView(tuple(pages)))
    sitemaps = [SITEMAP_OF_PAGES, *(url for url, _ in _split(sitemap_of_lists_url, listed))]
    sitemaps += [url for url, _ in _split(sitemap_of_articles_url, site.articles[::-1])]
    sitemaps += [SITEMAP_OF_NEWS] if site.recent else []
    index = SitemapView(tuple(SitemapEntry(shared.canonical(url), "") for url in sitemaps))
    yield plan_view(SITEMAP_INDEX, "sitemap_index.xml", SITE, index)
    robots = RobotsView(shared.canonical(SITEMAP_INDEX), shared.view.noindex)
    yield plan_view(ROBOTS, "robots.txt", SITE, robots)


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
    yield plan_page(url, "sitemap.xml", SITE, _compose_articles, Nothing(), dated)


def _compose_articles(shared: Shared, _: Nothing, around: tuple[_Dated, ...]) -> SitemapView:
    return SitemapView(tuple([_describe_article(shared, each) for each in around]))


def _describe_article(shared: Shared, dated: _Dated) -> SitemapEntry:
    headline, story = unseal(dated.headline, Headline), unseal(dated.story, Story)
    url = shared.canonical(headline.url.removeprefix(shared.base))
    return SitemapEntry(url, (story.updated or headline.published).iso)


def _plan_lists(shared: Shared, url: str, paths: Sequence[str]) -> Iterator[PlannedPage]:
    entries = tuple([SitemapEntry(shared.canonical(find_url(path)), "") for path in paths])
    yield plan_view(url, "sitemap.xml", SITE, SitemapView(entries))
