"""Comparisons as tables of Markdown: the version before, and builds without each special path."""

from collections.abc import Iterable, Sequence
from statistics import median

from benchmarks.parts import PARTS
from benchmarks.results import Comparison, Results
from benchmarks.scenarios import TITLES

_MIB = 2**20
Pairs = Sequence[tuple[float, float]]

_VERSIONS = """\
### The version before

Two versions in turn ({before}; {now}), each with its own theme, on {date},
at a load of {load:.1f} before the first run. A ratio is that of neighbouring runs, now / before:
its median, and the range from the least to the greatest. Processor time is that of all processes of
a run, and depends less on what else the machine does.

"""
_PARTS = """\
### Special paths

What each path that is there for speed alone saves: the processor time of builds with and without
it, in turn. A path that saves less than 3 % of a clean build and less than 10 ms of a later one is
not worth its lines.

"""
_VERSION_HEAD = (
    *("articles", "site", "scenario", "before", "now", "time: now / before", "range"),
    *("processor time", "memory"),
)
_PART_HEAD = (
    *("path", "theme", "lines", "clean build", "without it", "ratio"),
    *("edited, new or unchanged", "without it", "saved"),
)


def format_comparisons(results: Results) -> str:
    """Return the tables of what was compared, each with its title and an empty line behind."""
    versions = [_make_version_row(each) for each in results.comparisons if each.kind != "parts"]
    parts = _make_part_rows([each for each in results.comparisons if each.kind == "parts"])
    text = ""
    if versions:
        names = {name: results.versions.get(name, "?") for name in ("before", "now")}
        text += (
            _VERSIONS.format(**names, date=results.date[:10], load=results.machine.load)
            + _format_table(_VERSION_HEAD, versions)
            + "\n"
        )
    if parts:
        text += _PARTS + _format_table(_PART_HEAD, parts) + "\n"
    return text


def find_ratio(pairs: Pairs) -> float:
    """Return the median of the ratios of pairs, B / A."""
    return median(after / before for before, after in pairs)


def _make_version_row(each: Comparison) -> tuple[str, ...]:
    size = f"{each.size:,}" if each.size else "–"
    name = (size, each.subject, TITLES.get(each.scenario, "start"))
    if each.failure or not each.seconds:
        return (*name, each.failure.partition("\n")[0] or "–", *("–",) * 5)
    ratios = sorted(after / before for before, after in each.seconds)
    before, now = each.memory
    return (
        *name,
        _format_time([pair[0] for pair in each.seconds]),
        _format_time([pair[1] for pair in each.seconds]),
        f"{find_ratio(each.seconds):.2f}",
        f"{ratios[0]:.2f}–{ratios[-1]:.2f}",
        f"{find_ratio(each.processor):.2f}",
        f"{now / before:.2f} ({now / _MIB:.0f} MiB)" if before else "–",
    )


def _make_part_rows(comparisons: Iterable[Comparison]) -> list[tuple[str, ...]]:
    """Return a row for each path: its clean builds, and its builds after an edit."""
    found = {(each.subject, each.scenario == "clean"): each for each in comparisons}
    rows: list[tuple[str, ...]] = []
    for name in dict.fromkeys(subject for subject, _ in found):
        clean, edited = found.get((name, True)), found.get((name, False))
        part = PARTS.get(name)
        lines = next(each.lines for each in (clean, edited) if each)
        title = part.title if part else name
        theme = part.theme if part else "–"
        rows.append((title, theme, str(lines), *_describe(clean), *_describe(edited, saved=True)))
    return rows


def _describe(each: Comparison | None, *, saved: bool = False) -> tuple[str, str, str]:
    if each is None or not each.processor:
        return (each.failure.partition("\n")[0] if each else "–", "–", "–")
    with_it = [pair[0] for pair in each.processor]
    without = [pair[1] for pair in each.processor]
    gain = f"{round(median(b - a for a, b in each.processor) * 1000)} ms"
    ratio = gain if saved else f"{find_ratio(each.processor):.3f}"
    change = "" if each.scenario in {"clean", "edited"} else f" {each.scenario}"
    return (f"{each.size:,}{change}: {_format_time(with_it)}", _format_time(without), ratio)


def _format_time(seconds: Sequence[float]) -> str:
    return f"{median(seconds):.3f} s" if median(seconds) < 1 else f"{median(seconds):.2f} s"


def _format_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)
