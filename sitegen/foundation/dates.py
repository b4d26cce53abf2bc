"""Dates as editors write them and as pages print them."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from sitegen.foundation.words import VIETNAMESE, is_english, speak, word
from sitegen.views import Moment

DATE_FORM = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r" ?(?P<offset>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
# In the first of all years, a day may have no moment in other zones.
_FIRST_YEAR = 2
_WIDEST_OFFSET = timedelta(hours=14)
_WEEKDAYS = (
    *(word("Thứ hai"), word("Thứ ba"), word("Thứ tư"), word("Thứ năm"), word("Thứ sáu")),
    *(word("Thứ bảy"), word("Chủ nhật")),
)
# English names the months.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


class DateFormError(ValueError):
    """The text does not have the form of a date."""


class DateImpossibleError(ValueError):
    """The text has the form of a date, but there is no such day or hour."""


def parse_date(text: str, zone: tzinfo) -> datetime:
    """Return the moment that ``text`` names, in ``zone``.

    The forms are ``2023-03-06``, ``2023-03-06 9:34`` and ``2023-03-06T09:34:10``. After the time,
    ``Z`` or an offset such as ``+07:00`` may follow; without it the time is in ``zone``.

    Raises :class:`DateFormError` or :class:`DateImpossibleError`.
    """
    found = DATE_FORM.fullmatch(text.strip())
    if not found:
        raise DateFormError(text)
    *numbers, offset = found.groups()
    moment = [int(number or 0) for number in numbers]
    if moment[0] < _FIRST_YEAR:
        raise DateImpossibleError(text)
    try:
        return datetime(*moment, tzinfo=_offset(offset, zone)).astimezone(zone)  # type: ignore[arg-type, misc]
    except (ValueError, OverflowError) as error:
        raise DateImpossibleError(text) from error


def _offset(text: str | None, zone: tzinfo) -> tzinfo:
    if not text:
        return zone
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    if minutes >= 60 or offset > _WIDEST_OFFSET:  # noqa: PLR2004 (minutes of an hour)
        raise ValueError(text)
    return timezone(-offset if text[0] == "-" else offset)


def describe_moment(moment: datetime, language: str = VIETNAMESE) -> Moment:
    """Return ``moment`` as pages print it; midnight stands for a date without a time."""
    at_midnight = not (moment.hour or moment.minute or moment.second)
    return Moment(
        iso=moment.isoformat(timespec="seconds"),
        day=_write_day(moment, language),
        time="" if at_midnight else f"{moment.hour}:{moment.minute:02}",
        weekday=speak(_WEEKDAYS[moment.weekday()], language),
    )


def _write_day(moment: datetime, language: str) -> str:
    if is_english(language):
        return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year:04}"
    return f"{moment.day:02}/{moment.month:02}/{moment.year:04}"


def name_month(month: int, language: str, year: int | None = None) -> str:
    """Return a month, and its year if there is one, as the title of a page.

    >>> name_month(5, "vi", 2024), name_month(5, "en", 2024), name_month(5, "en")
    ('Tháng 5/2024', 'May 2024', 'May')
    """
    if is_english(language):
        return _MONTHS[month - 1] if year is None else f"{_MONTHS[month - 1]} {year}"
    return f"Tháng {month}" if year is None else f"Tháng {month}/{year}"


def format_rfc822(moment: datetime) -> str:
    """Return ``moment`` as RSS 2.0 wants it (RFC 822 with a year of four digits)."""
    # Only feeds need this package, and its import is slow.
    from email.utils import format_datetime

    return format_datetime(moment)
