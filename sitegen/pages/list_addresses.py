"""The addresses of the lists of articles and of their archives."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from sitegen.content.selection import ArticleList, Site
from sitegen.foundation.addresses import archive_url, output_path, year_url


def list_added_paths(site: Site, before: Sequence[Site]) -> Iterator[str]:
    """Yield the paths of the pages that lists have only together with the articles of ``site``."""
    size = site.config.lists.page_size
    counts: Counter[str] = Counter()
    for each in before:
        counts.update({own.url: len(own.articles) for own in every_list(each)})
    for own in every_list(site):
        if own.articles:
            # A list without articles has no page, but that of a category has one.
            first = math.ceil(counts[own.url] / size) + 1 if own.url in counts else 0
            last = math.ceil((counts[own.url] + len(own.articles)) / size)
            yield from (output_path(page_url(own, each)) for each in range(first, last + 1))
    known = {month.year for each in before for month in each.months}
    for year in dict.fromkeys(month.year for month in site.months if month.year not in known):
        yield output_path(year_url(year))


def every_list(site: Site) -> tuple[ArticleList, ...]:
    """Return the lists of a site."""
    return (*site.categories, *site.authors, *site.tags, *site.months)


def page_url(article_list: ArticleList, number: int) -> str:
    """Return the address of a page of a list; 0 is the first one, the others are its archive."""
    return archive_url(article_list.url, number) or article_list.url
