"""GoatCounter: figures of a site whose host gives no logs, from its API.

Source: the reference of the API, version 0 (https://www.goatcounter.com/api2.html), with
``/stats/total`` and ``/stats/hits``. GoatCounter counts a page once for each of its visitors in
eight hours; these are the views here, and the sum of all pages are the visits.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec

from sitegen.model import Record
from sitegen.problems import UsageError
from sitegen.visits.counted_pages import CountedPages
from sitegen.visits.days import DayFigures

_SECONDS = 30
# The API answers with no more of them.
_MOST_PAGES = 100
_LEFT, _RESET = "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"


class GoatCounter(Record, frozen=True):
    """An account: its address, and a token that may read statistics.

    ``pause`` waits for some seconds: the API answers four questions a second.
    """

    url: str
    token: str
    pause: Callable[[float], None]


_Answer = TypeVar("_Answer")


class _Total(msgspec.Struct):
    total: int
    total_events: int = 0


class _Page(msgspec.Struct):
    path_id: int
    path: str
    count: int
    event: bool = False


class _Pages(msgspec.Struct):
    hits: list[_Page]
    more: bool = False


class _Refusal(HTTPRedirectHandler):
    """No other server is asked: it would be given the token."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def fetch_day(account: GoatCounter, start: datetime, pages: CountedPages) -> DayFigures:
    """Return the figures of the day that begins at ``start``, in the time zone of the site.

    Raises :class:`~sitegen.problems.UsageError` where GoatCounter does not answer as documented.
    """
    span = {
        "start": _write(start),
        "end": _write(start.replace(hour=23, minute=59, second=59)),
    }
    total = _ask(account, "total", span, _Total)
    views: Counter[str] = Counter()
    for each in _list_pages(account, span):
        if not each.event and (url := pages.find(b"", each.path.encode())):
            views[url] += each.count
    return DayFigures(total.total - total.total_events, dict(views))


def _list_pages(account: GoatCounter, span: dict[str, str]) -> Iterator[_Page]:
    known: list[str] = []
    more = True
    while more:
        asked = span | {"limit": str(_MOST_PAGES), "exclude_paths": ",".join(known)}
        answer = _ask(account, "hits", asked, _Pages)
        yield from answer.hits
        known += [str(each.path_id) for each in answer.hits]
        # An answer without pages would be the same for ever.
        more = answer.more and bool(answer.hits)


def _ask(account: GoatCounter, name: str, asked: dict[str, str], kind: type[_Answer]) -> _Answer:
    query = urlencode({key: value for key, value in asked.items() if value})
    url = f"{account.url.rstrip('/')}/api/v0/stats/{name}?{query}"
    headers = {"Authorization": f"Bearer {account.token}", "Content-Type": "application/json"}
    try:
        request = Request(url, headers=headers)  # noqa: S310 (whoever runs the command names it)
        with build_opener(_Refusal).open(request, timeout=_SECONDS) as answer:
            data, told = answer.read(), answer.headers
        if told.get(_LEFT) == "0":
            account.pause(float(told.get(_RESET, 1)))
        return msgspec.json.decode(data, type=kind)
    except HTTPError as error:
        error.close()
        reason = f"{error.code} {error.reason}"
        raise UsageError("goatcounter-failed", url=account.url, reason=reason) from error
    except (URLError, TimeoutError, ValueError, msgspec.DecodeError) as error:
        raise UsageError("goatcounter-failed", url=account.url, reason=str(error)) from error


def _write(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
