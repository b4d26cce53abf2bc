"""The sitemap of the newest articles, for search engines that have a part of their own for news.

Its form is Google's news sitemap protocol: articles of the last two days, at most a thousand. It
exists only while there are such articles, because a sitemap without an address is not one.
"""

from collections.abc import Iterator

from sitegen.content.articles import open_article
from sitegen.foundation.addresses import SITEMAP_OF_NEWS
from sitegen.foundation.parts import Part, unseal
from sitegen.pages.context import PlanContext, Shared
from sitegen.pages.planned import PlannedPage, plan_page
from sitegen.views import Headline, NewsEntry, NewsSitemapView

_OWNER = "config.yaml"
_MOST = 1000


def plan_news(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the sitemap of the newest articles, if there are any."""
    headlines = tuple(open_article(article).headline for article in context.site.recent[:_MOST])
    if headlines:
        yield plan_page(SITEMAP_OF_NEWS, "news_sitemap.xml", _OWNER, _compose_news, (), headlines)


def _compose_news(
    shared: Shared, _: tuple[Part, ...], around: tuple[tuple[Part, ...], ...]
) -> NewsSitemapView:
    headlines = (unseal(part, Headline) for part in around[0])
    return NewsSitemapView(
        name=shared.view.title,
        # ISO 639 without what stands behind it, as the protocol wants it.
        language=shared.view.language.partition("-")[0],
        entries=tuple(
            NewsEntry(shared.view.origin + each.url, each.title, each.published.iso)
            for each in headlines
        ),
    )
