"""The pages that link to lists: authors and tags from A to Z, the calendars, the site map."""

import calendar
import functools
import itertools
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from zoneinfo import ZoneInfo

from sitegen import views
from sitegen.content.selection import ArticleList
from sitegen.foundation import addresses
from sitegen.foundation.parts import digest_bytes, digest_record
from sitegen.foundation.text import find_initial
from sitegen.model import Record
from sitegen.pages.context import INDEX_TITLES, PlanContext, Shared, describe_page
from sitegen.pages.lists import title_year
from sitegen.pages.planned import SITE, PlannedGroup, PlannedPage, plan_view

_MONTHS_OF_A_YEAR = 12
# An anchor is plain ASCII: these letters are written in it as they are typed in Telex.
_TYPED = {"Ă": "aw", "Â": "aa", "Đ": "dd", "Ê": "ee", "Ô": "oo", "Ơ": "ow", "Ư": "uw"}
_OTHERS = "#"


class _YearArchive(Record, frozen=True):
    """A year with the lists of its months, newest first."""

    year: int
    months: tuple[ArticleList, ...]

    @property
    def count(self) -> int:
        return sum(len(month.articles) for month in self.months)


def plan_indexes(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the pages that link to all authors, tags and months, and the site map."""
    site, lists = context.site, context.site.config.lists
    if lists.authors:
        yield _plan_names(context, addresses.AUTHORS, "author", site.authors)
    if lists.tags:
        yield _plan_names(context, addresses.TAGS, "tag", site.tags)
    if lists.months:
        yield _plan_archive(context)
    yield _plan_site_map(context)


def plan_years(context: PlanContext) -> Iterator[PlannedGroup]:
    """Yield the page with the calendar of each year that has articles."""
    years = _list_years(context)
    urls = ["", *(addresses.year_url(each.year) for each in years), ""]
    for newer, url, older, year in zip(urls, urls[1:], urls[2:], years, strict=False):
        dates = array("q", [article.date for month in year.months for article in month.articles])
        months = [month.url for month in year.months]
        yield PlannedGroup(
            f"year {year.year}",
            digest_bytes(digest_record((newer, older, months)) + dates.tobytes()),
            (addresses.output_path(url),),
            functools.partial(
                _plan_calendar, context.shared, context.site.config.timezone, year, newer, older
            ),
        )


def _list_years(context: PlanContext) -> list[_YearArchive]:
    by_year = itertools.groupby(context.site.months, key=attrgetter("year"))
    return [_YearArchive(year, tuple(months)) for year, months in by_year]


def _count(shared: Shared, title: str, article_list: ArticleList) -> views.CountedLink:
    return views.CountedLink(title, shared.href(article_list.url), len(article_list.articles))


def _plan_names(
    context: PlanContext, url: str, kind: str, article_lists: tuple[ArticleList, ...]
) -> PlannedPage:
    title = INDEX_TITLES[kind]
    letters: dict[str, list[views.CountedLink]] = {}
    for article_list in article_lists:
        link = _count(context.shared, article_list.title, article_list)
        letters.setdefault(find_initial(article_list.title) or _OTHERS, []).append(link)
    description = f"{title} – {context.site.config.title}"
    view = views.IndexView(
        **describe_page(context.shared, url, title, description=description),
        kind=kind,
        letters=tuple(
            views.IndexLetter(letter, _name_anchor(letter), tuple(links))
            for letter, links in letters.items()
        ),
    )
    return plan_view(url, "index.html", SITE, view)


def _name_anchor(letter: str) -> str:
    return f"chu_{_TYPED.get(letter) or (letter.lower() if letter != _OTHERS else 'khac')}"


def _plan_archive(context: PlanContext) -> PlannedPage:
    title = INDEX_TITLES["month"]
    shared = context.shared
    description = f"{title} – {context.site.config.title}"
    view = views.ArchiveView(
        **describe_page(shared, addresses.MONTHS, title, description=description),
        years=tuple(
            views.CountedSection(
                title_year(year.year),
                shared.href(addresses.year_url(year.year)),
                year.count,
                tuple(_count_months(shared, year.months)),
            )
            for year in _list_years(context)
        ),
    )
    return plan_view(addresses.MONTHS, "archive.html", SITE, view)


def _count_months(shared: Shared, months: Iterable[ArticleList]) -> Iterator[views.CountedLink]:
    """Yield all twelve months; a month without articles has no address."""
    by_number = {month.month: month for month in months}
    for number in range(1, _MONTHS_OF_A_YEAR + 1):
        title = f"Tháng {number}"
        month = by_number.get(number)
        yield _count(shared, title, month) if month else views.CountedLink(title, "", 0)


def _plan_calendar(
    shared: Shared, zone: ZoneInfo, year: _YearArchive, newer: str, older: str
) -> Iterator[PlannedPage]:
    url, title = addresses.year_url(year.year), f"Lưu trữ năm {year.year}"
    view = views.YearView(
        **describe_page(
            shared,
            url,
            title,
            description=f"{title} – {shared.view.title}",
            breadcrumbs=[views.Link(INDEX_TITLES["month"], shared.href(addresses.MONTHS))],
        ),
        count=year.count,
        months=tuple(_draw_month(shared, zone, month) for month in year.months[::-1]),
        newer_url=shared.href(newer) if newer else "",
        older_url=shared.href(older) if older else "",
    )
    yield plan_view(url, "year.html", SITE, view)


def _draw_month(shared: Shared, zone: ZoneInfo, month: ArticleList) -> views.CalendarMonth:
    counts = Counter(datetime.fromtimestamp(article.date, zone).day for article in month.articles)
    weeks = calendar.Calendar().monthdayscalendar(month.year, month.month)
    return views.CalendarMonth(
        title=f"Tháng {month.month}",
        url=shared.href(month.url),
        count=len(month.articles),
        weeks=tuple(tuple(views.CalendarDay(day, counts[day]) for day in week) for week in weeks),
    )


def _plan_site_map(context: PlanContext) -> PlannedPage:
    shared, site = context.shared, context.site
    article_lists = {
        article_list.category.path: article_list
        for article_list in site.categories
        if article_list.category
    }
    title = "Sơ đồ trang"
    view = views.SiteMapView(
        **describe_page(
            shared, addresses.SITE_MAP, title, description=f"{title} – {site.config.title}"
        ),
        categories=tuple(
            views.CountedSection(
                category.name,
                shared.href(addresses.category_url(category.path)),
                len(article_lists[category.path].articles),
                tuple(
                    _count(shared, child.name, article_lists[child.path])
                    for child in category.children
                ),
            )
            for category in site.config.categories
        ),
        years=tuple(
            views.CountedLink(
                title_year(year.year), shared.href(addresses.year_url(year.year)), year.count
            )
            for year in _list_years(context)
        ),
    )
    return plan_view(addresses.SITE_MAP, "site_map.html", SITE, view)
