"""The sitemap of the newest articles, for search engines for news.

It follows Google's news sitemap protocol: articles of the last two days, at most a thousand. It
exists only while there are such articles, because a sitemap must hold an address.
"""

from collections.abc import Iterator

from sitegen.content.articles import open_article
from sitegen.foundation.addresses import SITEMAP_OF_NEWS
from sitegen.foundation.parts import Part, unseal
from sitegen.pages.context import PlanContext, Shared
from sitegen.pages.planned import SITE, Nothing, PlannedPage, plan_page
from sitegen.views import Headline, NewsEntry, NewsSitemapView

_MOST = 1000


def plan_news_sitemap(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the sitemap of the newest articles, if there are any."""
    newest = context.site.recent[:_MOST]
    if newest:
        around = tuple(open_article(article).headline for article in newest)
        yield plan_page(SITEMAP_OF_NEWS, "news_sitemap.xml", SITE, _compose_news, Nothing(), around)


def _compose_news(shared: Shared, _: Nothing, around: tuple[Part, ...]) -> NewsSitemapView:
    headlines = (unseal(part, Headline) for part in around)
    return NewsSitemapView(
        name=shared.view.title,
        # The protocol wants the ISO 639 code alone, without a region.
        language=shared.view.language.partition("-")[0],
        entries=tuple(
            NewsEntry(each.title, shared.view.origin + each.url, each.published.iso)
            for each in headlines
        ),
    )
