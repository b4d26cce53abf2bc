from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.foundation.dates import (
    DateFormError,
    DateImpossibleError,
    describe_moment,
    format_rfc822,
    parse_date,
)
from sitegen.foundation.meant_dates import suggest_date

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MOMENTS = st.integers(200_000_000, 4_000_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, ZONE)
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023-03-06", "2023-03-06T00:00:00+07:00"),
        ("2023-03-06 09:34", "2023-03-06T09:34:00+07:00"),
        ("2023-03-06 9:34", "2023-03-06T09:34:00+07:00"),
        ("2023-03-06T09:34", "2023-03-06T09:34:00+07:00"),
        ("2023-03-06T9:34:10", "2023-03-06T09:34:10+07:00"),
        ("2023-03-06 09:34Z", "2023-03-06T16:34:00+07:00"),
        ("2023-03-06T09:34:10+07:00", "2023-03-06T09:34:10+07:00"),
        ("2023-03-06 09:34 +0900", "2023-03-06T07:34:00+07:00"),
        ("2023-03-05 23:30-02:30", "2023-03-06T09:00:00+07:00"),
        ("2024-02-29", "2024-02-29T00:00:00+07:00"),
        ("  2023-03-06 ", "2023-03-06T00:00:00+07:00"),
        ("1974-06-01", "1974-06-01T00:00:00+08:00"),
    ],
)
def test_accepted_forms(text: str, iso: str) -> None:
    moment = parse_date(text, ZONE)
    assert moment.isoformat() == iso
    assert moment.tzinfo is ZONE


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10:06:10, 14/05/2015", "2015-05-14 10:06"),
        ("Thứ năm, 14/05/2015, 10:06:10", "2015-05-14 10:06"),
        ("9h34 ngày 6/3/2023", "2023-03-06 09:34"),
        ("ngày 6 tháng 3 năm 2023", "2023-03-06"),
        ("6.3.23 5 giờ chiều", "2023-03-06 17:00"),
        ("12/13/2026", "2026-12-13"),
        ("20230306", "2023-03-06"),
        ("9:34 | 06/03", ""),
        ("hôm nay", ""),
    ],
)
def test_a_date_in_another_form_is_understood(text: str, meant: str) -> None:
    assert suggest_date(text) == meant


@pytest.mark.parametrize("text", ["31-11-2026", "2026/2/30", "32/1/2026", "5/6/2026 25h00"])
def test_a_day_that_does_not_exist_has_no_meaning(text: str) -> None:
    with pytest.raises(DateImpossibleError):
        suggest_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "06/03/2023",
        "6-3-2023",
        "2023-3-6",
        "2023-03",
        "2023-03-06 9h34",
        "2023-03-06 09",
        "2023-03-06 09:34:10.5",
        "2023-03-06 09:34 ICT",
        "2023-03-06  09:34",
        "2023-03-06+07:00",
        "hôm nay",
        "\N{FULLWIDTH DIGIT TWO}023-03-06",
        "2023-03-06 09:34\n2023-03-07",
    ],
)
def test_refused_forms(text: str) -> None:
    with pytest.raises(DateFormError):
        parse_date(text, ZONE)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",
        "2026-02-30 08:00",
        "2023-13-01",
        "2023-00-10",
        "0000-01-01",
        "2023-03-06 24:00",
        "2023-03-06 09:60",
        "2023-03-06 09:34:61",
        "2023-03-06 09:34+15:00",
        "2023-03-06 09:34+07:60",
        "0001-01-01 00:00+14:00",
        "9999-12-31 23:59-14:00",
    ],
)
def test_impossible_dates(text: str) -> None:
    with pytest.raises(DateImpossibleError):
        parse_date(text, ZONE)


@given(MOMENTS)
def test_what_is_written_in_iso_is_read_as_it_was(moment: datetime) -> None:
    assert parse_date(moment.isoformat(), ZONE) == moment
    assert parse_date(moment.isoformat(" "), ZONE) == moment
    assert parse_date(f"{moment:%Y-%m-%d} {moment.hour}:{moment:%M:%S}", ZONE) == moment
    assert parse_date(describe_moment(moment).iso, ZONE) == moment


@given(MOMENTS, st.integers(-14 * 4, 14 * 4))
def test_an_offset_names_the_same_moment(moment: datetime, quarters: int) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(minutes=15 * quarters)))
    read = parse_date(elsewhere.isoformat(), ZONE)
    assert read == moment
    assert read.isoformat() == moment.isoformat()


@given(st.text(max_size=30))
def test_other_text_is_refused_and_nothing_worse(text: str) -> None:
    with pytest.raises((DateFormError, DateImpossibleError)):
        parse_date(f"{text}?", ZONE)


@pytest.mark.parametrize(
    ("text", "day", "time", "weekday"),
    [
        ("2015-05-14 10:06:10", "14/05/2015", "10:06", "Thứ năm"),
        ("2023-03-06 9:34", "06/03/2023", "9:34", "Thứ hai"),
        ("2024-05-05 00:05", "05/05/2024", "0:05", "Chủ nhật"),
        ("2024-05-04", "04/05/2024", "", "Thứ bảy"),
        ("0987-01-02", "02/01/0987", "", "Thứ ba"),
    ],
)
def test_moments_as_pages_print_them(text: str, day: str, time: str, weekday: str) -> None:
    moment = describe_moment(parse_date(text, ZONE))
    assert (moment.day, moment.time, moment.weekday) == (day, time, weekday)


@given(MOMENTS)
def test_rss_dates_are_read_by_the_standard_library(moment: datetime) -> None:
    written = format_rfc822(moment)
    assert parsedate_to_datetime(written) == moment
    assert written.isascii()


def test_the_zone_is_the_sites_whatever_the_clocks() -> None:
    summer = parse_date("2024-07-01 12:00", ZoneInfo("Europe/Berlin"))
    assert summer.astimezone(UTC).hour == 10
    assert describe_moment(summer).iso == "2024-07-01T12:00:00+02:00"
