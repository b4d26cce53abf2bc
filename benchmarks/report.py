"""The results as a table for the terminal and as a page of the documentation. Pure functions."""

from collections.abc import Iterable
from textwrap import shorten

from benchmarks.chart import draw_chart
from benchmarks.comparisons import format_comparisons
from benchmarks.results import LIVE, Measurement, Results, add_whole_builds
from benchmarks.scenarios import TITLES

_MIB = 2**20
# Ratios below this are told by one more digit.
_SMALL = 0.1
_TITLES = TITLES | {LIVE: "from saving to seeing"}
CHART_NAME = "benchmarks.svg"


def make_rows(results: Results) -> list[tuple[str, ...]]:
    """Return a row for each measurement: its figures, and sitegen's as a share of them."""
    whole = add_whole_builds(results)
    return [_make_row(whole, each) for each in whole.measurements]


HEAD = (
    *("articles", "scenario", "generator", "median", "range", "memory", "pages", "files written"),
    *("time: sitegen / it", "memory: sitegen / it"),
)


def format_table(results: Results) -> str:
    """Return the table for a terminal."""
    rows = [HEAD, *make_rows(results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def find_own(measurement: Measurement) -> str:
    """Return the sitegen that a measurement is compared with: the portal's theme with its like."""
    portal = measurement.generator.endswith("-portal")
    return "sitegen-portal" if portal else "sitegen"


def draw_clean_builds(results: Results) -> str:
    """Return the chart of clean builds of the plain site."""
    series: dict[str, list[tuple[int, float]]] = {}
    for each in results.measurements:
        plain = "-" not in each.generator
        if each.scenario == "clean" and each.seconds and plain:
            series.setdefault(each.generator, []).append((each.size, each.median))
    return draw_chart("Clean build, seconds", series)


def format_page(results: Results) -> str:
    """Return the page for docs/: table, chart, method, machine, date."""
    whole = add_whole_builds(results)
    machine = results.machine
    versions = "".join(f"- {name}: {version}\n" for name, version in results.versions.items())
    tables = "\n".join(
        f"### {_TITLES[name][:1].upper()}{_TITLES[name][1:]}\n\n{_format_markdown(whole, name)}"
        for name in _TITLES
        if any(each.scenario == name for each in results.measurements)
    )
    chart = any(each.scenario == "clean" and each.seconds for each in results.measurements)
    picture = f"![Clean builds over the number of articles]({CHART_NAME})\n\n" if chart else ""
    return f"""\
# Benchmarks

Written by `python -m benchmarks report` from measurements of {results.date[:10]}; do not edit. The
same made-up articles, about 10 kB of Markdown each, went through every generator; each made the
same pages. How, and how fair it is to each: [benchmarks/README.md](../benchmarks/README.md).
What grows with archives of hundreds of thousands: [scale.md](scale.md).

{picture}## Results

A ratio below 1 means that sitegen took less than the generator of that row. A generator that does
not build in parts builds everything, whatever changed: its clean build stands for it in each
scenario. The portal's theme is compared with the same theme for Hugo. `sitegen-search` is the plain
site with the index for searching, of which the others have no equal.

{tables}
{format_comparisons(results)}## Method

Whole processes in turn (A, B, A, B, …), input and output in memory (tmpfs), after one run of each
to warm up. Times are medians; the range is from the shortest to the longest. Memory is the peak of
all processes together (PSS), sampled in the run that warms up, because sampling takes time. After
each run the pages were counted, and known sentences looked for in known pages.

## Machine

{machine.processor}, {machine.cores} cores, {machine.memory_gib} GiB of memory, Linux
{machine.kernel}, Python {machine.python}; load {machine.load:g} before the first run.

{versions}"""


def _format_markdown(results: Results, scenario: str) -> str:
    columns = [column for column, name in enumerate(HEAD) if name != "scenario"]
    rows = [_make_row(results, each) for each in results.measurements if each.scenario == scenario]
    lines = [[HEAD[column] for column in columns], ["---"] * len(columns)]
    lines += [[row[column].replace("|", "/") for column in columns] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _make_row(results: Results, each: Measurement) -> tuple[str, ...]:
    name = (f"{each.size:,}", _TITLES[each.scenario], each.generator)
    if not each.seconds:
        return (
            *name,
            shorten(each.failure.partition("\n")[0], 60, placeholder="…"),
            *("–",) * (len(HEAD) - len(name) - 1),
        )
    own = results.find(each.size, each.scenario, find_own(each))
    other = own if own and own.generator != each.generator else None
    return (
        *name,
        f"{each.median:.2f} s",
        f"{min(each.seconds):.2f}–{max(each.seconds):.2f}",
        f"{each.memory / _MIB:.0f} MiB" if each.memory else "–",
        f"{each.pages:,}" if each.pages else "–",
        _span(each.written),
        _ratio(other.median, each.median) if other else "–",
        _ratio(other.memory, each.memory) if other else "–",
    )


def _ratio(own: float, other: float) -> str:
    if not (own and other):
        return "–"
    ratio = own / other
    return f"{ratio:.2f}" if ratio >= _SMALL else f"{ratio:.3f}"


def _span(numbers: Iterable[int]) -> str:
    found = sorted(set(numbers))
    if not found:
        return "–"
    return f"{found[0]:,}" if len(found) == 1 else f"{found[0]:,}–{found[-1]:,}"
