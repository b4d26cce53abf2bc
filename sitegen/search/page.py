"""The search page, and how browsers are told of it."""

from collections.abc import Iterator, Sequence

from sitegen.foundation.addresses import OPENSEARCH, SEARCH
from sitegen.foundation.text import take_first_words
from sitegen.pages.context import PlanContext, describe_page
from sitegen.pages.planned import PlannedPage, plan_view
from sitegen.search.bundles import Bundle
from sitegen.views import OpenSearchView, SearchPageView, Synonym

# As OpenSearch 1.1 has it.
_LONGEST_NAME = 16


def plan_search(context: PlanContext, bundles: Sequence[Bundle]) -> Iterator[PlannedPage]:
    """Yield the search page and the description of it for browsers."""
    site, shared = context.site, context.shared
    folders = tuple(shared.href(bundle.url) for bundle in bundles)
    about = shared.speak("Tìm kiếm trên cổng thông tin")
    page = SearchPageView(
        **describe_page(shared, SEARCH, shared.speak("Tìm kiếm"), description=about),
        bundles=folders,
        synonyms=tuple(Synonym(*each) for each in site.config.search.synonyms),
        years=tuple(f"{year:04}" for year in dict.fromkeys([each.year for each in site.articles])),
    )
    yield plan_view(SEARCH, "search.html", page)
    title = site.config.title
    description = OpenSearchView(
        title=take_first_words(title, _LONGEST_NAME),
        description=site.config.description or title,
        language=shared.view.language,
        template=f"{shared.canonical(SEARCH)}?{shared.view.search.query}={{searchTerms}}",
    )
    yield plan_view(OPENSEARCH, "opensearch.xml", description)
