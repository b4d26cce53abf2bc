"""The views of what leads to lists: authors and tags from A to Z, the calendar, the site map."""

import calendar
import functools
import itertools
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sitegen.content.selection import ArticleList
from sitegen.foundation.addresses import (
    AUTHORS,
    MONTHS,
    SITE_MAP,
    TAGS,
    category_url,
    output_path,
    year_url,
)
from sitegen.foundation.parts import digest_bytes, digest_record
from sitegen.foundation.text import find_initial
from sitegen.model import Record
from sitegen.pages.context import PlanContext, Shared, describe_page
from sitegen.pages.lists import INDEX_TITLES, title_year
from sitegen.pages.planned import SITE, PlannedGroup, PlannedPage, plan_view
from sitegen.views import (
    ArchiveView,
    CalendarDay,
    CalendarMonth,
    CountedLink,
    CountedSection,
    IndexLetter,
    IndexView,
    Link,
    SiteMapView,
    YearView,
)

_MONTHS_OF_A_YEAR = 12
# How letters with a mark of their own are typed (Telex); an anchor is plain ASCII.
_TYPED = {"Ă": "aw", "Â": "aa", "Đ": "dd", "Ê": "ee", "Ô": "oo", "Ơ": "ow", "Ư": "uw"}
_OTHERS = "#"


class _YearArchive(Record, frozen=True):
    """A year with the article_lists of its months, newest first."""

    name: str
    months: tuple[ArticleList, ...]

    @property
    def count(self) -> int:
        return sum(len(month.articles) for month in self.months)


def plan_indexes(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the pages that lead to all lists of a kind, and the site map."""
    site, lists = context.site, context.site.config.lists
    if lists.authors:
        yield _plan_names(context, AUTHORS, "author", site.authors)
    if lists.tags:
        yield _plan_names(context, TAGS, "tag", site.tags)
    if lists.months:
        yield _plan_archive(context)
    yield _plan_site_map(context)


def plan_years(context: PlanContext) -> Iterator[PlannedGroup]:
    """Yield the calendar of each year that has articles."""
    years = _list_years(context)
    names = ["", *(year.name for year in years), ""]
    for newer, year, older in zip(names, years, names[2:], strict=False):
        dates = array("q", [article.date for month in year.months for article in month.articles])
        urls = [month.url for month in year.months]
        url = year_url(year.name)
        yield PlannedGroup(
            f"year {year.name}",
            digest_bytes(digest_record((newer, older, urls)) + dates.tobytes()),
            (output_path(url),),
            functools.partial(
                _plan_year, context.shared, context.site.config.timezone, year, newer, older
            ),
        )


def _list_years(context: PlanContext) -> list[_YearArchive]:
    by_year = itertools.groupby(context.site.months, key=_name_year)
    return [_YearArchive(name, tuple(months)) for name, months in by_year]


def _name_year(month: ArticleList) -> str:
    return month.url.removeprefix(MONTHS)[:4]


def _number_month(month: ArticleList) -> int:
    return int(month.url[-3:-1])


def _count(shared: Shared, title: str, article_list: ArticleList) -> CountedLink:
    return CountedLink(title, shared.href(article_list.url), len(article_list.articles))


def _plan_names(
    context: PlanContext, url: str, kind: str, article_lists: tuple[ArticleList, ...]
) -> PlannedPage:
    title = INDEX_TITLES[kind]
    letters: dict[str, list[CountedLink]] = {}
    for article_list in article_lists:
        link = _count(context.shared, article_list.title, article_list)
        letters.setdefault(find_initial(article_list.title) or _OTHERS, []).append(link)
    description = f"{title} – {context.site.config.title}"
    view = IndexView(
        **describe_page(context.shared, url, title, description=description),
        kind=kind,
        letters=tuple(
            IndexLetter(letter, _name_anchor(letter), tuple(links))
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
    view = ArchiveView(
        **describe_page(shared, MONTHS, title, description=description),
        years=tuple(
            CountedSection(
                title_year(year.name),
                shared.href(year_url(year.name)),
                year.count,
                tuple(_count_months(shared, year.months)),
            )
            for year in _list_years(context)
        ),
    )
    return plan_view(MONTHS, "archive.html", SITE, view)


def _count_months(shared: Shared, months: Iterable[ArticleList]) -> Iterator[CountedLink]:
    """Yield all twelve months; one without articles leads nowhere."""
    by_number = {_number_month(month): month for month in months}
    for number in range(1, _MONTHS_OF_A_YEAR + 1):
        title = f"Tháng {number}"
        month = by_number.get(number)
        yield _count(shared, title, month) if month else CountedLink(title, "", 0)


def _plan_year(
    shared: Shared, zone: ZoneInfo, year: _YearArchive, newer: str, older: str
) -> Iterator[PlannedPage]:
    url, title = year_url(year.name), f"Lưu trữ năm {int(year.name)}"
    view = YearView(
        **describe_page(
            shared,
            url,
            title,
            description=f"{title} – {shared.view.title}",
            breadcrumbs=[Link(INDEX_TITLES["month"], shared.href(MONTHS))],
        ),
        count=year.count,
        months=tuple(_draw_month(shared, zone, month) for month in year.months[::-1]),
        newer_url=shared.href(year_url(newer)) if newer else "",
        older_url=shared.href(year_url(older)) if older else "",
    )
    yield plan_view(url, "year.html", SITE, view)


def _draw_month(shared: Shared, zone: ZoneInfo, month: ArticleList) -> CalendarMonth:
    number = _number_month(month)
    counts = Counter(datetime.fromtimestamp(article.date, zone).day for article in month.articles)
    weeks = calendar.Calendar().monthdayscalendar(int(_name_year(month)), number)
    return CalendarMonth(
        title=f"Tháng {number}",
        url=shared.href(month.url),
        count=len(month.articles),
        weeks=tuple(tuple(CalendarDay(day, counts[day]) for day in week) for week in weeks),
    )


def _plan_site_map(context: PlanContext) -> PlannedPage:
    shared, site = context.shared, context.site
    article_lists = {
        article_list.category.path: article_list
        for article_list in site.categories
        if article_list.category
    }
    title = "Sơ đồ trang"
    view = SiteMapView(
        **describe_page(shared, SITE_MAP, title, description=f"{title} – {site.config.title}"),
        categories=tuple(
            CountedSection(
                category.name,
                shared.href(category_url(category.path)),
                len(article_lists[category.path].articles),
                tuple(
                    _count(shared, child.name, article_lists[child.path])
                    for child in category.children
                ),
            )
            for category in site.config.categories
        ),
        years=tuple(
            CountedLink(title_year(year.name), shared.href(year_url(year.name)), year.count)
            for year in _list_years(context)
        ),
    )
    return plan_view(SITE_MAP, "site_map.html", SITE, view)
