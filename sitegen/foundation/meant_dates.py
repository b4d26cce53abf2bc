"""The date that somebody means who writes it in another form."""

import re
from datetime import UTC

from sitegen.foundation.dates import parse_date

_BETWEEN = r"\s*(?:[-/.,\s–—]|năm|tháng|nam|thang)+\s*"
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}}){_BETWEEN}(?P<month>\d{{1,2}}){_BETWEEN}(?P<day>\d{{1,2}})(?!\d)"
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}}){_BETWEEN}(?P<month>\d{{1,2}}){_BETWEEN}(?P<year>\d{{4}}|\d\d)(?!\d)"
)
_DIGITS = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_TIME = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})\s*(?:giờ|gio|[:hg])\s*(?P<minute>\d{1,2})?(?:\s*(?:phút|phut|p\b))?"
    r"(?::\d\d)?\s*(?P<half>[ap]\.?m\b|sa\b|ch\b|sáng|trưa|chiều|tối)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:hg]\d\d(?::\d\d)?(?!\d)")
_AFTERNOON = ("p", "ch", "tối")
_MONTHS = 12


def suggest_date(text: str) -> str:
    """Return the date that ``text`` names in another form, as it is to be written, or nothing.

    Vietnamese writes the day before the month; where only the other order is a date, that is meant.

    Raises :class:`DateImpossibleError` for a day or an hour that does not exist: ``31-11-2026``.
    """
    folded = text.strip().lower()
    # The numbers of a clock are none of a day: `10:06:10, 14/05/2015`.
    days = _CLOCK.sub(lambda clock: "|" * len(clock[0]), folded)
    found = _YEAR_FIRST.search(days) or _DAY_FIRST.search(days) or _DIGITS.search(days)
    if not found:
        return ""
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    year += 2000 if year < 100 else 0  # noqa: PLR2004 (a year of two digits)
    if month > _MONTHS >= day:
        month, day = day, month
    written = f"{year:04}-{month:02}-{day:02}"
    rest = f"{folded[: found.start()]} {folded[found.end() :]}"
    if time := _TIME.search(rest):
        hour, half = int(time["hour"]), time["half"] or ""
        if hour < _MONTHS and half.startswith(_AFTERNOON):
            hour += _MONTHS
        written += f" {hour:02}:{int(time['minute'] or 0):02}"
    parse_date(written, UTC)
    return written
