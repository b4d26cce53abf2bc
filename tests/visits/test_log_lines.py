"""The forms of lines that are read, and what is told of those that are not."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.visits.log_lines import LoggedRequest, make_parser

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LINE = b'1.2.3.4 - - [30/Nov/2026:06:07:08 +0700] "GET /tin/?a=1 HTTP/1.1" 200 12 "-" "Firefox"'


def parse(line: bytes, zone: ZoneInfo = HANOI) -> LoggedRequest:
    found = make_parser(zone)(line)
    assert found is not None
    return found


def test_a_line_of_the_combined_format() -> None:
    assert parse(LINE) == LoggedRequest(
        LINE, "2026-11-30", b"", b"1.2.3.4", b"GET", b"/tin/?a=1", 200, b"Firefox"
    )


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        (b"1.2.3.4", b"2001:db8::1", "reader", b"2001:db8::1"),
        (b"1.2.3.4", b"may-1.example.org", "reader", b"may-1.example.org"),
        (b"1.2.3.4", b"example.org:443 1.2.3.4", "host", b"example.org:443"),
        (b"1.2.3.4", b"example.org 2001:db8::1", "reader", b"2001:db8::1"),
        (b"- -", b"- Nguyen Van A", "reader", b"1.2.3.4"),
        (b"- -", b"- [x] y", "target", b"/tin/?a=1"),
        (b"- -", b"-  ", "target", b"/tin/?a=1"),
        (b"/tin/?a=1", b"/tin/?a=1 b", "target", b"/tin/?a=1 b"),
        (b"/tin/?a=1 HTTP/1.1", b"/tin/", "target", b"/tin/"),
        (b"/tin/?a=1", rb"/\xC4\x90", "target", "/Đ".encode()),
        (b"GET /tin/?a=1 HTTP/1.1", b"", "target", b""),
        (b"Firefox", rb"A \"B\" \x22C\x22 \\ D", "agent", rb'A "B" "C" \ D'),
        (b'"Firefox"', b'"Firefox" 0.003 "9.9.9.9"', "agent", b"Firefox"),
        (b" 12 ", b" - ", "status", 200),
        (b"06:07:08 +0700", b"17:00:00 +0000", "day", "2026-12-01"),
        (b"06:07:08 +0700", b"16:59:59 +0000", "day", "2026-11-30"),
        (b"30/Nov/2026:06:07:08 +0700", b"31/Dec/2026:12:00:00 -0500", "day", "2027-01-01"),
    ],
)
def test_what_may_be_otherwise(old: bytes, new: bytes, field: str, value: object) -> None:
    assert getattr(parse(LINE.replace(old, new)), field) == value


@pytest.mark.parametrize("length", range(len(LINE)))
def test_a_line_that_is_cut_off_tells_nothing(length: int) -> None:
    assert make_parser(HANOI)(LINE[:length]) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"30/Nov", b"31/Nov"),
        (b"Nov", b"Xyz"),
        (b"2026", b"0000"),
        (b"06:07", b"26:07"),
        (b"+0700", b"+9900"),
        (b"200", b"2000"),
        (LINE, b""),
        (LINE, b'1.2.3.4 - - [30/Nov/2026:06:07:08 +0700] "GET / HTTP/1.1" 200 12'),
        (LINE, b"\0" * 50),
        (LINE, b"{"),
        (LINE, b'{"level": "info", "msg": "started"}'),
    ],
)
def test_a_line_of_no_known_form_tells_nothing(old: bytes, new: bytes) -> None:
    assert make_parser(HANOI)(LINE.replace(old, new)) is None


def test_a_line_is_the_same_whatever_stands_behind_it() -> None:
    """A copy that is cut off behind the last known field is still the same request."""
    assert parse(LINE + b' "a" 1.234').written == parse(LINE + b' "a').written == LINE


CADDY = {
    "ts": datetime(2026, 11, 30, 17, 0, 1, tzinfo=UTC).timestamp(),
    "request": {
        "remote_ip": "10.0.0.1",
        "method": "GET",
        "host": "example.org",
        "uri": "/tin/",
        "headers": {"User-Agent": ["Firefox"]},
    },
    "status": 200,
    "bytes_read": 0,
}


def test_a_line_of_caddy() -> None:
    line = json.dumps(CADDY).encode()
    assert parse(line) == LoggedRequest(
        line, "2026-12-01", b"example.org", b"10.0.0.1", b"GET", b"/tin/", 200, b"Firefox"
    )


@pytest.mark.parametrize(
    "moment",
    [
        CADDY["ts"],
        float(str(CADDY["ts"])) * 1e3,
        float(str(CADDY["ts"])) * 1e9,
        "2026-11-30T17:00:01.000Z",
        "2026-12-01T00:00:01+07:00",
        "2026-11-30T12:00:01.000-0500",
    ],
)
def test_the_moment_of_caddy_has_many_forms(moment: object) -> None:
    assert parse(json.dumps(CADDY | {"ts": moment}).encode()).day == "2026-12-01"


@pytest.mark.parametrize("moment", ["2026-11-30T17:00:01", "2026/11/30 17:00:01", 1e300, None])
def test_a_moment_of_caddy_that_nobody_can_know(moment: object) -> None:
    assert make_parser(HANOI)(json.dumps(CADDY | {"ts": moment}).encode()) is None


def test_behind_a_proxy_caddy_names_the_reader() -> None:
    request = dict(CADDY["request"]) | {"client_ip": "2001:db8::1"}  # type: ignore[call-overload]
    assert parse(json.dumps(CADDY | {"request": request}).encode()).reader == b"2001:db8::1"


@given(st.binary(max_size=200))
def test_no_line_is_too_strange(line: bytes) -> None:
    parse_any = make_parser(HANOI)
    for each in (line, LINE + line, line + LINE, LINE.replace(b"Firefox", line), b"{" + line):
        found = parse_any(each)
        assert found is None or found.status in range(1000)


@given(st.datetimes(datetime(1975, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 (made for UTC)
def test_the_day_is_that_of_the_site(moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC)
    month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[at.month - 1]
    written = f"{at.day:02}/{month}/{at:%Y:%H:%M:%S} +0000".encode()
    line = LINE.replace(b"30/Nov/2026:06:07:08 +0700", written)
    for zone in (HANOI, ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Apia")):
        assert parse(line, zone).day == at.astimezone(zone).date().isoformat()
