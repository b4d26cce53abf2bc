"""For crawlers: robots.txt, sitemaps that together name every page once, the key of IndexNow.

A sitemap may name 50,000 addresses (sitemaps.org). These are smaller, so that a new article does
not rewrite so much.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from sitegen import views
from sitegen.content.articles import Article, open_article
from sitegen.content.people import Person
from sitegen.foundation import addresses
from sitegen.foundation.parts import Part, digest_bytes, unseal
from sitegen.model import Record
from sitegen.pages.context import PlanContext, Shared
from sitegen.pages.planned import PlannedGroup, PlannedPage, plan_page, plan_view
from sitegen.theme.assets import Asset

SITEMAP_SIZE = 10_000
# Of articles of the last two days, the sitemap for search engines for news may name so many
# (Google's news sitemap protocol).
_MOST_NEWS = 1000

_Named = TypeVar("_Named")


def plan_sitemap_index(
    context: PlanContext, sitemaps: Iterable[PlannedGroup]
) -> Iterator[PlannedPage]:
    """Yield robots.txt, the index of sitemaps, and the sitemaps of single pages and of news.

    ``sitemaps`` are all others. There is a sitemap of news only while there is some, because a
    sitemap must hold an address.
    """
    site, shared = context.site, context.shared
    urls = [addresses.FRONT, addresses.SITE_MAP, addresses.FEEDS, addresses.SEARCH]
    if any(isinstance(each, Person) for each in site.standing_texts):
        urls.append(addresses.PEOPLE)
    entries = [_describe_url(shared, url) for url in urls]
    entries += [
        views.SitemapEntry(shared.view.origin + each.url, "") for each in shared.view.archives[::-1]
    ]
    entries += [
        views.SitemapEntry(shared.canonical(each.url), each.updated.iso if each.updated else "")
        for each in site.standing_texts
        if "#" not in each.url
    ]
    url = addresses.SITEMAP_OF_PAGES
    yield plan_view(url, "sitemap.xml", views.SitemapView(tuple(entries)))
    urls = [url, *(addresses.find_url(path) for group in sitemaps for path in group.paths)]
    if site.recent:
        newest = tuple(open_article(each).headline for each in site.recent[:_MOST_NEWS])
        url = addresses.SITEMAP_OF_NEWS
        yield plan_page(url, "news_sitemap.xml", _compose_news, (), newest)
        urls.append(url)
    index = views.SitemapView(tuple(_describe_url(shared, url) for url in urls))
    yield plan_view(addresses.SITEMAP_INDEX, "sitemap_index.xml", index)
    robots = views.RobotsView(shared.canonical(addresses.SITEMAP_INDEX), shared.view.noindex)
    yield plan_view(addresses.ROBOTS, "robots.txt", robots)


def plan_indexnow_key(context: PlanContext) -> Iterator[Asset]:
    """Yield the file by which search engines know who sends them addresses, where there is a key.

    It holds the key and nothing else (https://www.indexnow.org/documentation).
    """
    if key := context.site.config.indexnow:
        data = key.encode()
        path = addresses.output_path(addresses.indexnow_key_url(key))
        yield Asset(path, data, digest_bytes(data))


def _describe_url(shared: Shared, url: str) -> views.SitemapEntry:
    return views.SitemapEntry(shared.canonical(url), "")


def _compose_news(shared: Shared, _: tuple[()], newest: tuple[Part, ...]) -> views.NewsSitemapView:
    headlines = (unseal(part, views.Headline) for part in newest)
    return views.NewsSitemapView(
        name=shared.view.title,
        # The protocol wants the ISO 639 code alone, without a region.
        language=shared.view.language.partition("-")[0],
        entries=tuple(
            views.NewsEntry(each.title, shared.view.origin + each.url, each.published.iso)
            for each in headlines
        ),
    )


def plan_sitemaps(context: PlanContext, listed: Sequence[str]) -> Iterator[PlannedGroup]:
    """Yield the sitemaps of the pages of lists, and those of articles, the oldest first.

    ``listed`` are the paths of all pages of lists.
    """
    for url, paths in _split(addresses.sitemap_of_lists_url, listed):
        digest = "\n".join(paths).encode()
        yield _make_group(url, digest, functools.partial(_plan_lists, context.shared, url, paths))
    for url, articles in _split(addresses.sitemap_of_articles_url, context.site.articles[::-1]):
        digest = b"".join([article.story_digest for article in articles])
        yield _make_group(url, digest, functools.partial(_plan_articles, url, articles))


def _make_group(url: str, named: bytes, plan: Callable[[], Iterable[PlannedPage]]) -> PlannedGroup:
    path = addresses.output_path(url)
    return PlannedGroup(f"sitemap {url}", digest_bytes(named), (path,), plan)


def _split(
    name_sitemap: Callable[[int], str], every: Sequence[_Named]
) -> Iterator[tuple[str, Sequence[_Named]]]:
    """Yield the address of each sitemap with its part of ``every``."""
    for start in range(0, len(every), SITEMAP_SIZE):
        yield name_sitemap(start // SITEMAP_SIZE + 1), every[start : start + SITEMAP_SIZE]


def _plan_lists(shared: Shared, url: str, paths: Sequence[str]) -> Iterator[PlannedPage]:
    entries = tuple([_describe_url(shared, addresses.find_url(path)) for path in paths])
    yield plan_view(url, "sitemap.xml", views.SitemapView(entries))


class _Dated(Record, frozen=True, gc=False):
    """What a sitemap says of an article: its address, and its last change."""

    headline: Part
    story: Part


def _plan_articles(url: str, articles: Sequence[Article]) -> Iterator[PlannedPage]:
    opened = map(open_article, articles)
    dated = tuple([_Dated(parts.headline, parts.story) for parts in opened])
    yield plan_page(url, "sitemap.xml", _compose_articles, (), dated)


def _compose_articles(
    shared: Shared, _: tuple[()], around: tuple[_Dated, ...]
) -> views.SitemapView:
    entries = []
    for each in around:
        headline, story = unseal(each.headline, views.Headline), unseal(each.story, views.Story)
        moment = story.updated or headline.published
        entries.append(views.SitemapEntry(shared.view.origin + headline.url, moment.iso))
    return views.SitemapView(tuple(entries))
