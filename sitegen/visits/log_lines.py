"""A line of a web server's log, and the request that it tells of.

Two forms are known. The first is the combined log format of Apache and nginx, also with the name of
the host before it (``vhost_combined``) or other fields behind it. The second is the JSON of Caddy.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

import msgspec

from sitegen.model import Record

_QUOTED = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'
# The name of a host stands before the reader's address, and never a name before a name. The name of
# a user may hold spaces.
_COMBINED = re.compile(
    rb"(?:(?P<host>[^\s,\"]+) (?=[0-9a-fA-F]*[.:][0-9a-fA-F.:]+ ))?(?P<reader>[^\s\"]+) "
    rb"\S+ [^\"]*?\[(?P<moment>\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "
    + _QUOTED.replace(b"(", b"(?P<request>", 1)
    + rb" (?P<status>\d{3}) (?:\d+|-) "
    + _QUOTED
    + b" "
    + _QUOTED.replace(b"(", b"(?P<agent>", 1)
)
_ESCAPED = re.compile(rb"\\(?:x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SIGNS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"v": b"\v", b"f": b"\f"}
_MONTHS = b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MINUTE = 60
# Caddy counts seconds, or by configuration thousandths or billionths of them.
_MOST_SECONDS = 1e11
_UNITS = ((1e17, 1e9), (1e14, 1e6), (_MOST_SECONDS, 1e3))


class LoggedRequest(Record, frozen=True, gc=False):
    """A request as a log tells it.

    ``written`` are the bytes that make two lines the same line. ``day`` is the date of the moment
    in the time zone of the site. ``host`` is empty where the log does not name it; ``reader`` is
    the address of the computer that asked. ``target`` is what was asked for: a path and a query.
    """

    written: bytes
    day: str
    host: bytes
    reader: bytes
    method: bytes
    target: bytes
    status: int
    agent: bytes


class _CaddyRequest(msgspec.Struct):
    method: str
    uri: str
    host: str = ""
    remote_ip: str = ""
    client_ip: str = ""
    headers: dict[str, list[str]] = {}


class _CaddyLine(msgspec.Struct):
    ts: float | str
    request: _CaddyRequest
    status: int


_decode_caddy = msgspec.json.Decoder(_CaddyLine).decode


def make_parser(zone: tzinfo) -> Callable[[bytes], LoggedRequest | None]:
    """Return a function that reads a line: it returns nothing for a line that has no known form.

    The days of moments are those of ``zone``.
    """
    # Nearly all lines have the minute of the line before. No zone begins a day within a minute.
    days: dict[bytes | float, str] = {}

    def find_day(minute: bytes | float, read: Callable[[], datetime]) -> str:
        day = days.get(minute)
        if day is None:
            if len(days) > 100_000:  # noqa: PLR2004 (more minutes than two months have)
                days.clear()
            day = days[minute] = read().astimezone(zone).date().isoformat()
        return day

    def parse(line: bytes) -> LoggedRequest | None:
        try:
            if line.startswith(b"{"):
                return _parse_caddy(line, find_day)
            found = _COMBINED.match(line)
            if found is None:
                return None
            moment = found["moment"]
            minute = moment[:17] + moment[20:]
            day = find_day(minute, lambda: _read_moment(moment))
        except (ValueError, OverflowError, OSError, msgspec.DecodeError):
            # A day that no month has, a year that no calendar has, JSON that is cut off.
            return None
        host, reader, _, request, status, _, agent = found.groups()
        method, _, rest = request.partition(b" ")
        target, _, protocol = rest.rpartition(b" ")
        return LoggedRequest(
            written=found[0],
            day=day,
            host=host or b"",
            reader=reader,
            method=method,
            target=_unescape(target if protocol.startswith(b"HTTP/") else rest),
            status=int(status),
            agent=_unescape(agent),
        )

    return parse


def _read_moment(written: bytes) -> datetime:
    """Return the moment of the combined format: ``30/Nov/2026:07:08:09 +0700``."""
    day, month, year = written[:11].split(b"/")
    iso = f"{year.decode()}-{_MONTHS.index(month) + 1:02}-{day.decode()}T{written[12:20].decode()}"
    return datetime.fromisoformat(iso + written[21:].decode())


def _parse_caddy(line: bytes, find_day: Callable[..., str]) -> LoggedRequest:
    found = _decode_caddy(line)
    if isinstance(found.ts, str):
        written = datetime.fromisoformat(found.ts)
        if written.tzinfo is None:
            # Nobody knows of which zone this is.
            raise ValueError(found.ts)
        seconds = written.timestamp()
    else:
        seconds = found.ts / next((unit for least, unit in _UNITS if found.ts > least), 1)
    minute = seconds // _MINUTE
    request = found.request
    agents = request.headers.get("User-Agent", [])
    return LoggedRequest(
        written=line,
        day=find_day(minute, lambda: datetime.fromtimestamp(minute * _MINUTE, UTC)),
        host=request.host.encode(),
        reader=(request.client_ip or request.remote_ip).encode(),
        method=request.method.encode(),
        target=request.uri.encode(),
        status=found.status,
        agent=b" ".join(each.encode("utf-8", "replace") for each in agents),
    )


def _unescape(text: bytes) -> bytes:
    r"""Return a text without escapes: nginx writes ``\x22`` for a quotation mark, Apache ``\"``."""
    return _ESCAPED.sub(_find_sign, text) if b"\\" in text else text


def _find_sign(found: re.Match[bytes]) -> bytes:
    code, sign = found.groups()
    return bytes([int(code, 16)]) if code else _SIGNS.get(sign, sign)
