"""The figures of ``make faults``, which the run itself writes into docs/trust.md."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from support.site_folder import REPOSITORY

PAGE = REPOSITORY / "docs" / "trust.md"
BEGIN, END = "<!-- faults: written by make faults -->", "<!-- /faults -->"


class Tried(NamedTuple):
    """What was tried, how often, and in how many seconds."""

    what: str
    times: int
    seconds: float


def note(folder: Path, tried: Tried) -> None:
    """Note what a test tried: a line in a file that all processes of the run add to."""
    with (folder / "faults.txt").open("a", encoding="utf-8") as file:
        file.write(f"{tried.what}\t{tried.times}\t{tried.seconds:.1f}\n")


def write_report(folder: Path, page: Path, head: str) -> None:
    """Write all that was noted into the part of ``page`` that is ours."""
    lines = (folder / "faults.txt").read_text("utf-8").splitlines()
    rows = _add_up(map(_read_line, lines))
    times, seconds = sum(each.times for each in rows), sum(each.seconds for each in rows)
    table = [
        *(head, "", "| what happened to a build | times | seconds |", "| --- | ---: | ---: |"),
        *(f"| {each.what} | {each.times:,} | {each.seconds:.0f} |" for each in sorted(rows)),
        f"| **all** | **{times:,}** | **{seconds:.0f}** |",
    ]
    write_part(page, BEGIN, END, table)


def write_part(page: Path, begin: str, end: str, lines: Iterable[str]) -> None:
    """Write ``lines`` in the place of a part of a page, with the marks around it."""
    text = page.read_text("utf-8")
    part = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    assert part.search(text), f"{page} has no part {begin}"
    page.write_text(part.sub(lambda _: "\n".join([begin, *lines, end]), text), "utf-8")


def _read_line(line: str) -> Tried:
    what, times, seconds = line.split("\t")
    return Tried(what, int(times), float(seconds))


def _add_up(tried: Iterable[Tried]) -> list[Tried]:
    """Return one row for each thing that was tried, by however many tests."""
    rows: dict[str, Tried] = {}
    for each in tried:
        before = rows.get(each.what, Tried(each.what, 0, 0))
        rows[each.what] = Tried(each.what, before.times + each.times, before.seconds + each.seconds)
    return list(rows.values())
