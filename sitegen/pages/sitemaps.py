"""The views of what crawlers are told: robots.txt, and sitemaps in which every page stands once.

A sitemap may name 50,000 addresses (sitemaps.org); smaller ones keep a change small.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from sitegen.content.articles import Article, Story, open_article
from sitegen.foundation.parts import DIGEST_SIZE, Part, digest_bytes, seal, unseal
from sitegen.pages.context import SEARCH, SITE_MAP, PlanContext, Shared, page_url
from sitegen.pages.lists import OWNER, list_indexes
from sitegen.pages.news_sitemap import NEWS
from sitegen.pages.planned import PlannedGroup, PlannedPage, output_path, plan_page, plan_view
from sitegen.views import Headline, RobotsView, SitemapEntry, SitemapView

SITEMAP_SIZE = 10_000
_PAGES = "/sitemap/trang.xml"
_ARTICLES = "/sitemap/{}.xml"
_LISTS = "/sitemap/danh-sach-{}.xml"

_Named = TypeVar("_Named")


def plan_sitemap_index(context: PlanContext, listed: Sequence[str]) -> Iterator[PlannedPage]:
    """Yield robots.txt, the index of sitemaps, and the sitemap of the pages that there is one of.

    ``listed`` are the paths of all pages of lists.
    """
    site, shared = context.site, context.shared
    pages = [SitemapEntry(shared.canonical(url), "") for url in ("/", SITE_MAP, SEARCH)]
    pages += [SitemapEntry(shared.canonical(url), "") for url in list_indexes(site.config)]
    pages += [
        SitemapEntry(shared.canonical(page_url(page)), page.updated.iso if page.updated else "")
        for page in site.standing_pages
    ]
    yield plan_view(_PAGES, "sitemap.xml", OWNER, SitemapView(tuple(pages)))
    urls = [_PAGES, *(url for url, _ in _split(_LISTS, listed))]
    urls += [url for url, _ in _split(_ARTICLES, site.articles[::-1])]
    urls += [NEWS] if site.recent else []
    index = SitemapView(tuple(SitemapEntry(shared.canonical(url), "") for url in urls))
    yield plan_view("/sitemap.xml", "sitemap_index.xml", OWNER, index)
    robots = RobotsView(shared.canonical("/sitemap.xml"), shared.view.noindex)
    yield plan_view("/robots.txt", "robots.txt", OWNER, robots)


def plan_sitemaps(context: PlanContext, listed: Sequence[str]) -> Iterator[PlannedGroup]:
    """Yield the sitemaps of articles, numbered from the oldest, and those of the pages of lists."""
    # Of the headline, the story, and what stands between them.
    size = 3 * DIGEST_SIZE
    for url, articles in _split(_ARTICLES, context.site.articles[::-1]):
        digest = b"".join([article.digests[:size] for article in articles])
        yield _make_group(url, digest, functools.partial(_plan_articles, url, articles))
    for url, paths in _split(_LISTS, listed):
        digest = "\n".join(paths).encode()
        yield _make_group(url, digest, functools.partial(_plan_lists, url, paths))


def _make_group(url: str, named: bytes, plan: Callable[[], Iterable[PlannedPage]]) -> PlannedGroup:
    return PlannedGroup(f"sitemap {url}", digest_bytes(named), (output_path(url),), plan)


def _split(form: str, every: Sequence[_Named]) -> Iterator[tuple[str, Sequence[_Named]]]:
    """Yield the address of each sitemap with what it names."""
    for start in range(0, len(every), SITEMAP_SIZE):
        yield form.format(start // SITEMAP_SIZE + 1), every[start : start + SITEMAP_SIZE]


def _plan_articles(url: str, articles: Sequence[Article]) -> Iterator[PlannedPage]:
    opened = [open_article(article) for article in articles]
    headlines = tuple([parts.headline for parts in opened])
    stories = tuple([parts.story for parts in opened])
    yield plan_page(url, "sitemap.xml", OWNER, _compose_articles, (), headlines, stories)


def _compose_articles(
    shared: Shared, _: tuple[Part, ...], around: tuple[tuple[Part, ...], ...]
) -> SitemapView:
    def describe(headline: Headline, story: Story) -> SitemapEntry:
        url = shared.canonical(headline.url.removeprefix(shared.base))
        return SitemapEntry(url, (story.updated or headline.published).iso)

    return SitemapView(
        tuple(
            describe(unseal(headline, Headline), unseal(story, Story))
            for headline, story in zip(*around, strict=True)
        )
    )


def _plan_lists(url: str, paths: Sequence[str]) -> Iterator[PlannedPage]:
    yield plan_page(url, "sitemap.xml", OWNER, _compose_lists, (seal(paths),))


def _compose_lists(
    shared: Shared, own: tuple[Part, ...], _: tuple[tuple[Part, ...], ...]
) -> SitemapView:
    urls = [f"/{path.removesuffix('index.html')}" for path in unseal(own[0], list[str])]
    return SitemapView(tuple([SitemapEntry(shared.canonical(url), "") for url in urls]))
