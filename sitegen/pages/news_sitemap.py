"""The sitemap of the newest articles, for search engines that have a part of their own for news.

Its form is Google's news sitemap protocol: articles of the last two days, at most a thousand. It
exists only while there are such articles, because a sitemap without an address is not one.
"""

from collections.abc import Iterator

from sitegen.content.articles import open_article
from sitegen.foundation.addresses import SITEMAP_OF_NEWS
from sitegen.foundation.parts import Part, unseal
from sitegen.model import Record
from sitegen.pages.context import PlanContext, Shared
from sitegen.pages.planned import SITE, Nothing, PlannedPage, plan_page
from sitegen.views import Headline, NewsEntry, NewsSitemapView

_MOST = 1000


class _Headlines(Record, frozen=True):
    """The headlines of the newest articles."""

    headlines: tuple[Part, ...]


def plan_news_sitemap(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the sitemap of the newest articles, if there are any."""
    newest = context.site.recent[:_MOST]
    if newest:
        around = _Headlines(tuple(open_article(article).headline for article in newest))
        yield plan_page(SITEMAP_OF_NEWS, "news_sitemap.xml", SITE, _compose_news, Nothing(), around)


def _compose_news(shared: Shared, _: Nothing, around: _Headlines) -> NewsSitemapView:
    headlines = (unseal(part, Headline) for part in around.headlines)
    return NewsSitemapView(
        name=shared.view.title,
        # ISO 639 without what stands behind it, as the protocol wants it.
        language=shared.view.language.partition("-")[0],
        entries=tuple(
            NewsEntry(shared.view.origin + each.url, each.title, each.published.iso)
            for each in headlines
        ),
    )
