"""The views of what leads to lists: authors and tags from A to Z, the calendar, the site map."""

import calendar
import functools
import itertools
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sitegen.content.articles import AUTHORS, TAGS
from sitegen.content.selection import MONTHS, Group
from sitegen.foundation.parts import digest_bytes, seal
from sitegen.foundation.text import find_initial
from sitegen.model import Record
from sitegen.pages.context import SITE_MAP, Frame, Shared, frame_document
from sitegen.pages.lists import INDEX_TITLES, OWNER, title_year, year_url
from sitegen.pages.planned import Planned, Sheaf, output_path, plan_view
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


class _Year(Record, frozen=True):
    """A year with the groups of its months, newest first."""

    name: str
    months: tuple[Group, ...]

    @property
    def count(self) -> int:
        return sum(len(month.entries) for month in self.months)


def plan_indexes(frame: Frame) -> Iterator[Planned]:
    """Yield the pages that lead to all lists of a kind, and the site map."""
    site, lists = frame.site, frame.site.config.lists
    if lists.authors:
        yield _plan_names(frame, AUTHORS, "author", site.authors)
    if lists.tags:
        yield _plan_names(frame, TAGS, "tag", site.tags)
    if lists.months:
        yield _plan_archive(frame)
    yield _plan_site_map(frame)


def plan_years(frame: Frame) -> Iterator[Sheaf]:
    """Yield the calendar of each year that has articles."""
    years = _list_years(frame)
    names = ["", *(year.name for year in years), ""]
    for newer, year, older in zip(names, years, names[2:], strict=False):
        dates = array("q", [entry.date for month in year.months for entry in month.entries])
        urls = [month.url for month in year.months]
        url = year_url(year.name)
        yield Sheaf(
            f"year {year.name}",
            digest_bytes(seal((newer, older, urls)).digest + dates.tobytes()),
            (output_path(url),),
            functools.partial(
                _plan_year, frame.shared, frame.site.config.timezone, year, newer, older
            ),
        )


def _list_years(frame: Frame) -> list[_Year]:
    by_year = itertools.groupby(frame.site.months, key=_name_year)
    return [_Year(name, tuple(months)) for name, months in by_year]


def _name_year(month: Group) -> str:
    return month.url.removeprefix(MONTHS)[:4]


def _number_month(month: Group) -> int:
    return int(month.url[-3:-1])


def _count(shared: Shared, title: str, group: Group) -> CountedLink:
    return CountedLink(title, shared.href(group.url), len(group.entries))


def _plan_names(frame: Frame, url: str, kind: str, groups: tuple[Group, ...]) -> Planned:
    title = INDEX_TITLES[kind]
    letters: dict[str, list[CountedLink]] = {}
    for group in groups:
        link = _count(frame.shared, group.title, group)
        letters.setdefault(find_initial(group.title) or _OTHERS, []).append(link)
    description = f"{title} – {frame.site.config.title}"
    view = IndexView(
        **frame_document(frame.shared, url, title, description=description),
        kind=kind,
        letters=tuple(
            IndexLetter(letter, _name_anchor(letter), tuple(links))
            for letter, links in letters.items()
        ),
    )
    return plan_view(url, "index.html", OWNER, view)


def _name_anchor(letter: str) -> str:
    return f"chu_{_TYPED.get(letter) or (letter.lower() if letter != _OTHERS else 'khac')}"


def _plan_archive(frame: Frame) -> Planned:
    title = INDEX_TITLES["month"]
    shared = frame.shared
    description = f"{title} – {frame.site.config.title}"
    view = ArchiveView(
        **frame_document(shared, MONTHS, title, description=description),
        years=tuple(
            CountedSection(
                title_year(year.name),
                shared.href(year_url(year.name)),
                year.count,
                tuple(_count_months(shared, year.months)),
            )
            for year in _list_years(frame)
        ),
    )
    return plan_view(MONTHS, "archive.html", OWNER, view)


def _count_months(shared: Shared, months: Iterable[Group]) -> Iterator[CountedLink]:
    """Yield all twelve months; one without articles leads nowhere."""
    by_number = {_number_month(month): month for month in months}
    for number in range(1, _MONTHS_OF_A_YEAR + 1):
        title = f"Tháng {number}"
        month = by_number.get(number)
        yield _count(shared, title, month) if month else CountedLink(title, "", 0)


def _plan_year(
    shared: Shared, zone: ZoneInfo, year: _Year, newer: str, older: str
) -> Iterator[Planned]:
    url, title = year_url(year.name), f"Lưu trữ năm {int(year.name)}"
    view = YearView(
        **frame_document(
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
    yield plan_view(url, "year.html", OWNER, view)


def _draw_month(shared: Shared, zone: ZoneInfo, month: Group) -> CalendarMonth:
    number = _number_month(month)
    counts = Counter(datetime.fromtimestamp(entry.date, zone).day for entry in month.entries)
    weeks = calendar.Calendar().monthdayscalendar(int(_name_year(month)), number)
    return CalendarMonth(
        title=f"Tháng {number}",
        url=shared.href(month.url),
        count=len(month.entries),
        weeks=tuple(tuple(CalendarDay(day, counts[day]) for day in week) for week in weeks),
    )


def _plan_site_map(frame: Frame) -> Planned:
    shared, site = frame.shared, frame.site
    groups = {group.category.path: group for group in site.sections if group.category}
    title = "Sơ đồ trang"
    view = SiteMapView(
        **frame_document(shared, SITE_MAP, title, description=f"{title} – {site.config.title}"),
        categories=tuple(
            CountedSection(
                category.name,
                shared.href(f"/{category.path}/"),
                len(groups[category.path].entries),
                tuple(
                    _count(shared, child.name, groups[child.path]) for child in category.children
                ),
            )
            for category in site.config.categories
        ),
        years=tuple(
            CountedLink(title_year(year.name), shared.href(year_url(year.name)), year.count)
            for year in _list_years(frame)
        ),
    )
    return plan_view(SITE_MAP, "site_map.html", OWNER, view)
