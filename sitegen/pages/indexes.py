"""The pages that link to lists: authors and tags from A to Z, the calendars, the site map."""

import calendar
import functools
import itertools
from array import array
from collections.abc import Iterable, Iterator
from operator import attrgetter

from sitegen import views
from sitegen.content.selection import ArticleList
from sitegen.content.settings import Config
from sitegen.foundation import addresses
from sitegen.foundation.dates import name_month
from sitegen.foundation.parts import digest_bytes, digest_record
from sitegen.foundation.text import find_initial
from sitegen.model import Record
from sitegen.pages.context import SITE_MAP_TITLE, PlanContext, Shared, describe_page
from sitegen.pages.lists import find_days, title_year
from sitegen.pages.planned import PlannedGroup, PlannedPage, plan_view

_OTHERS = "#"
# An anchor is plain ASCII: these letters are written in it as they are typed in Telex.
_TYPED = {"Ă": "aw", "Â": "aa", "Đ": "dd", "Ê": "ee", "Ô": "oo", "Ơ": "ow", "Ư": "uw"}
_ANCHORS = {_OTHERS: "khac", **_TYPED}


class _YearArchive(Record, frozen=True):
    """A year with the lists of its months, newest first."""

    year: int
    months: tuple[ArticleList, ...]

    @property
    def url(self) -> str:
        return addresses.year_url(self.year)

    @property
    def count(self) -> int:
        return sum(len(month.articles) for month in self.months)


def plan_indexes(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the pages that link to all authors, tags and months, and the site map."""
    site, shared = context.site, context.shared
    if "author" in shared.indexes:
        yield _plan_names(shared, addresses.AUTHORS, "author", site.authors)
    if "tag" in shared.indexes:
        yield _plan_names(shared, addresses.TAGS, "tag", site.tags)
    years = _list_years(site.months)
    if "month" in shared.indexes:
        yield _plan_archive(shared, years)
    yield _plan_site_map(context, years)


def plan_years(context: PlanContext) -> Iterator[PlannedGroup]:
    """Yield the page with the calendar of each year that has articles."""
    shared, config = context.shared, context.site.config
    years = _list_years(context.site.months)
    urls = ["", *(year.url for year in years), ""]
    for newer, older, year in zip(urls, urls[2:], years, strict=False):
        dates = array("q", [article.date for month in year.months for article in month.articles])
        months = [month.url for month in year.months]
        yield PlannedGroup(
            f"year {year.year}",
            digest_bytes(digest_record((newer, older, months)) + dates.tobytes()),
            (addresses.output_path(year.url),),
            functools.partial(_plan_calendar, shared, config, year, newer, older),
        )


def _list_years(months: tuple[ArticleList, ...]) -> list[_YearArchive]:
    by_year = itertools.groupby(months, key=attrgetter("year"))
    return [_YearArchive(year, tuple(own)) for year, own in by_year]


def _count(shared: Shared, title: str, article_list: ArticleList) -> views.CountedLink:
    return views.CountedLink(title, shared.href(article_list.url), len(article_list.articles))


def _plan_names(
    shared: Shared, url: str, kind: str, article_lists: tuple[ArticleList, ...]
) -> PlannedPage:
    letters: dict[str, list[views.CountedLink]] = {}
    for article_list in article_lists:
        link = _count(shared, article_list.title, article_list)
        letters.setdefault(find_initial(article_list.title) or _OTHERS, []).append(link)
    view = views.IndexView(
        **describe_page(shared, url, shared.indexes[kind].title),
        kind=kind,
        letters=tuple(
            views.IndexLetter(letter, f"chu_{_ANCHORS.get(letter, letter.lower())}", tuple(links))
            for letter, links in letters.items()
        ),
    )
    return plan_view(url, "index.html", view)


def _plan_archive(shared: Shared, years: list[_YearArchive]) -> PlannedPage:
    view = views.ArchiveView(
        **describe_page(shared, addresses.MONTHS, shared.indexes["month"].title),
        years=tuple(
            views.CountedSection(
                title_year(shared, year.year),
                shared.href(year.url),
                year.count,
                tuple(_count_months(shared, year.months)),
            )
            for year in years
        ),
    )
    return plan_view(addresses.MONTHS, "archive.html", view)


def _count_months(shared: Shared, months: Iterable[ArticleList]) -> Iterator[views.CountedLink]:
    """Yield all twelve months; a month without articles has no address."""
    by_number = {month.month: month for month in months}
    for number in range(1, 13):
        title = name_month(number, shared.view.language)
        month = by_number.get(number)
        yield _count(shared, title, month) if month else views.CountedLink(title, "", 0)


def _plan_calendar(
    shared: Shared, config: Config, year: _YearArchive, newer: str, older: str
) -> Iterator[PlannedPage]:
    title = shared.speak("Lưu trữ năm {year}").format(year=year.year)
    view = views.YearView(
        **describe_page(shared, year.url, title, breadcrumbs=[shared.indexes["month"]]),
        count=year.count,
        months=tuple(_draw_month(shared, config, month) for month in year.months[::-1]),
        newer_url=shared.href(newer) if newer else "",
        older_url=shared.href(older) if older else "",
    )
    yield plan_view(year.url, "year.html", view)


def _draw_month(shared: Shared, config: Config, month: ArticleList) -> views.CalendarMonth:
    found = find_days(month, config.lists.page_size, config.timezone)
    days = {
        number: views.CalendarDay(number, count, shared.href(url)) for number, count, url in found
    }
    weeks = calendar.Calendar().monthdayscalendar(month.year, month.month)
    return views.CalendarMonth(
        title=name_month(month.month, shared.view.language),
        url=shared.href(month.url),
        count=len(month.articles),
        weeks=tuple(
            tuple(days.get(day) or views.CalendarDay(day, 0, "") for day in week) for week in weeks
        ),
    )


def _plan_site_map(context: PlanContext, years: list[_YearArchive]) -> PlannedPage:
    shared = context.shared
    counts = {shared.href(each.url): len(each.articles) for each in context.site.categories}
    view = views.SiteMapView(
        **describe_page(shared, addresses.SITE_MAP, shared.speak(SITE_MAP_TITLE)),
        categories=tuple(
            views.CountedSection(
                section.title,
                section.url,
                counts[section.url],
                tuple(
                    views.CountedLink(child.title, child.url, counts[child.url])
                    for child in section.children
                ),
            )
            for section in shared.view.sections
        ),
        years=tuple(
            views.CountedLink(title_year(shared, year.year), shared.href(year.url), year.count)
            for year in years
        ),
    )
    return plan_view(addresses.SITE_MAP, "site_map.html", view)
