"""The story of counting: read the logs, count each day that they tell of, write the sums."""

import functools
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta, tzinfo
from pathlib import Path

from sitegen.content.selection import Site
from sitegen.model import Record
from sitegen.problems import UsageError
from sitegen.visits.counted_pages import (
    CountedArticle,
    CountedPages,
    find_counted_pages,
    list_counted_articles,
)
from sitegen.visits.days import raise_day, read_days
from sitegen.visits.goaccess import count_day, write_request
from sitegen.visits.goatcounter import GoatCounter, fetch_day
from sitegen.visits.kept_requests import KeptRequests
from sitegen.visits.log_files import read_lines
from sitegen.visits.log_lines import LoggedRequest, make_parser
from sitegen.visits.public_files import write_public_files
from sitegen.visits.robots import is_robot
from sitegen.visits.sums import add_up

_METHOD = b"GET"
# A browser that has the page already is told so: 304.
_ANSWERED = frozenset({200, 304})
# So many programs, and so many addresses that were asked for, are remembered.
_MOST_KNOWN = 100_000


class Tally(Record, frozen=True):
    """The numbers of lines that were read, that count, and that have no known form."""

    lines: int
    counted: int
    unread: int


def count_visits(
    site: Site,
    built: frozenset[str],
    logs: Sequence[str],
    program: str,
    folder: Path,
    now: datetime,
) -> Tally:
    """Count the visits that logs tell of, and write all figures below a folder.

    Arguments:
        site: the site as readers see it now.
        built: the paths of the files of its output.
        logs: the paths of logs; ``-`` is the standard input.
        program: the path of GoAccess.
        folder: where the figures are.
        now: the moment, in the time zone of the site.

    Raises :class:`~sitegen.problems.UsageError` where a log or a file of figures is damaged, or no
    line of the logs has a known form.
    """
    articles = list_counted_articles(site, built)
    pages = find_counted_pages(site, articles, built)
    # Which of them are articles is asked when sums are made: a text may be broken at this moment.
    addresses = sorted({*pages.urls.values(), *pages.former.values()})
    with KeptRequests() as kept:
        tally = _read_logs(logs, pages, addresses, kept, site.config.timezone)
        for day in kept.list_days():
            raise_day(folder, day, count_day(program, day, kept.list_lines(day), addresses))
    _write_sums(site, articles, folder, now)
    return tally


def fetch_visits(
    site: Site, built: frozenset[str], account: GoatCounter, folder: Path, now: datetime
) -> None:
    """Fetch the figures that GoatCounter has, and write all figures below a folder.

    Days are fetched from the last that is known on, or else from yesterday on; of that day, more
    may have been counted by now. The arguments are those of :func:`count_visits`.

    Raises :class:`~sitegen.problems.UsageError` where GoatCounter does not answer as documented.
    """
    articles = list_counted_articles(site, built)
    pages = find_counted_pages(site, articles, built)
    today, yesterday = now.date(), now.date() - timedelta(1)
    known = [day for day, _ in read_days(folder) if day <= yesterday]
    day = max(known, default=yesterday)
    while day <= today:
        start = datetime.combine(day, time(), now.tzinfo)
        raise_day(folder, day.isoformat(), fetch_day(account, start, pages))
        day += timedelta(1)
    _write_sums(site, articles, folder, now)


def _write_sums(
    site: Site, articles: Sequence[CountedArticle], folder: Path, now: datetime
) -> None:
    figures = add_up(read_days(folder), articles, site.config.visits or 0, now)
    write_public_files(folder, figures)


def _read_logs(
    logs: Sequence[str],
    pages: CountedPages,
    addresses: Sequence[str],
    kept: KeptRequests,
    zone: tzinfo,
) -> Tally:
    """Keep the requests that count; return how many lines there were."""
    numbers = {url: number for number, url in enumerate(addresses)}
    parse, counts = make_parser(zone), _make_judge(pages)
    lines = counted = unread = 0
    for log in logs:
        for line in read_lines(log):
            lines += 1
            request = parse(line)
            if request is None:
                unread += 1
            elif url := counts(request):
                counted += 1
                own = write_request(request.reader, numbers[url], request.agent)
                kept.keep(request.day, request.written, own)
        kept.end_log()
    if lines and lines == unread:
        raise UsageError("log-unread", path=", ".join(logs))
    return Tally(lines, counted, unread)


def _make_judge(pages: CountedPages) -> Callable[[LoggedRequest], str]:
    """Return a function that returns the address of the page that a reader asked for, or nothing.

    It remembers what it found: each program and each address stands in many lines.
    """
    find = functools.lru_cache(_MOST_KNOWN)(pages.find)
    is_known_robot = functools.lru_cache(_MOST_KNOWN)(is_robot)

    def judge(request: LoggedRequest) -> str:
        if request.method != _METHOD or request.status not in _ANSWERED:
            return ""
        url = find(request.host, request.target)
        return "" if not url or is_known_robot(request.agent) else url

    return judge
