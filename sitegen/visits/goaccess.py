"""GoAccess: it tells how many readers there were on a day, and which requests are of robots.

It is given lines of a form of our own, and nothing of a log but addresses and names of programs:
no request can become an option or a command. Pages are given as numbers.
"""

import subprocess
from collections.abc import Iterable
from tempfile import TemporaryFile

import msgspec

from sitegen.problems import UsageError
from sitegen.visits.days import DayFigures

_ENOUGH = 10_000_000
_ARGUMENTS = (
    "-",
    "--no-global-config",
    "--config-file=/dev/null",
    r"--log-format=%d\t%t\t%h\t%U\t%u",
    "--date-format=%Y-%m-%d",
    "--time-format=%H:%M:%S",
    "--no-ip-validation",
    "--ignore-crawlers",
    "--no-progress",
    "--output=json",
    f"--max-items={_ENOUGH}",
    *(
        f"--ignore-panel={panel}"
        for panel in (
            *("REQUESTS_STATIC", "NOT_FOUND", "HOSTS", "OS", "BROWSERS", "VISIT_TIMES"),
            *("REFERRERS", "REFERRING_SITES", "KEYPHRASES", "STATUS_CODES"),
        )
    ),
)


class _Count(msgspec.Struct, frozen=True):
    count: int


class _Row(msgspec.Struct, frozen=True):
    data: str
    hits: _Count
    visitors: _Count


class _Panel(msgspec.Struct, frozen=True):
    data: tuple[_Row, ...] = ()


class _Answer(msgspec.Struct, frozen=True):
    visitors: _Panel = _Panel()
    requests: _Panel = _Panel()


def write_request(reader: bytes, page: int, agent: bytes) -> bytes:
    """Return a request as :func:`count_day` takes it, without the day."""
    # Nobody may write a field or a line of their own.
    reader, agent = (b" ".join(each.split()) for each in (reader, agent))
    # GoAccess tells pages apart by a hash, which differs for all numbers of six digits.
    return b"\t00:00:00\t%b\t/%06d\t%b" % (reader, page, agent)


def count_day(program: str, day: str, requests: Iterable[bytes], pages: list[str]) -> DayFigures:
    """Return the figures of a day.

    Arguments:
        program: the path of GoAccess.
        day: the date, as ``2026-11-30``.
        requests: what :func:`write_request` returned, each with a line feed.
        pages: the address of each page that a request may name by its number.

    Raises :class:`~sitegen.problems.UsageError` where GoAccess fails.
    """
    date = day.encode()
    # A name for the file would be one for what readers read.
    with TemporaryFile() as lines, TemporaryFile() as errors:
        lines.writelines(date + each for each in requests)
        lines.seek(0)
        environment = {"LC_ALL": "C", "TZ": "UTC"}
        done = subprocess.run(  # noqa: S603 (all arguments are written here)
            [program, *_ARGUMENTS],
            stdin=lines,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
            check=False,
        )
        if done.returncode:
            errors.seek(0)
            said = errors.read().decode("utf-8", "replace").split("\n")
            reason = next((each for each in reversed(said) if each.strip()), str(done.returncode))
            raise UsageError("goaccess-failed", reason=reason.strip())
    try:
        answer = msgspec.json.decode(done.stdout, type=_Answer)
    except msgspec.DecodeError as error:
        raise UsageError("goaccess-failed", reason=str(error)) from error
    views = {pages[int(row.data.removeprefix("/"))]: row.hits.count for row in answer.requests.data}
    return DayFigures(sum(row.visitors.count for row in answer.visitors.data), views)
