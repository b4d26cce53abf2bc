"""The figures of each day, in a file for each: sums alone, and no address of a reader.

What a file says never gets less: the log of its first hours may be gone by now.
"""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from sitegen.foundation.files import read_file, replace_file
from sitegen.model import Record
from sitegen.problems import UsageError

DAYS = "days"
_NAME = re.compile(r"\d{4}-\d\d-\d\d\.json", re.ASCII)


class DayFigures(Record, frozen=True, array_like=False):
    """The visits of a day, and the views of each page by the address that it had."""

    visits: int = 0
    views: dict[str, int] = {}


def read_days(folder: Path) -> Iterator[tuple[date, DayFigures]]:
    """Yield the figures of all days below ``folder``, in their order."""
    days = folder / DAYS
    for name in sorted(os.listdir(days) if days.exists() else ()):  # noqa: PTH208 (names alone)
        if _NAME.fullmatch(name):
            path = folder / DAYS / name
            yield _read_date(path), _read_day(path)


def raise_day(folder: Path, day: str, counted: DayFigures) -> None:
    """Write what was counted of a day, where it is more than what is known of it."""
    path = folder / DAYS / f"{day}.json"
    known = _read_day(path) if path.exists() else DayFigures()
    views = {
        url: max(counted.views.get(url, 0), known.views.get(url, 0))
        for url in sorted(counted.views.keys() | known.views.keys())
    }
    figures = DayFigures(max(counted.visits, known.visits), views)
    if figures != known or not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, msgspec.json.encode(figures), durably=True)


def _read_date(path: Path) -> date:
    try:
        return date.fromisoformat(path.stem)
    except ValueError as error:
        raise UsageError("figures-damaged", path=str(path)) from error


def _read_day(path: Path) -> DayFigures:
    try:
        return msgspec.json.decode(read_file(path), type=DayFigures)
    except msgspec.DecodeError as error:
        raise UsageError("figures-damaged", path=str(path)) from error
