"""The command line: write articles, measure, report."""

import argparse
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import live
from benchmarks.broken import compare_checks, describe_checks
from benchmarks.comparisons import format_comparisons
from benchmarks.forms import FORMS, make_site
from benchmarks.generators import install
from benchmarks.measure import RunFailedError
from benchmarks.parts import PARTS
from benchmarks.race import Plan, race, say, set_up
from benchmarks.report import CHART_NAME, draw_clean_builds, format_page, format_table
from benchmarks.results import (
    LIVE,
    Comparison,
    Measurement,
    Results,
    merge_comparisons,
    read_results,
    start_results,
    write_results,
)
from benchmarks.scale import describe_scale, measure_scale
from benchmarks.scenarios import SCENARIOS
from benchmarks.texts import count_texts, describe_count
from benchmarks.versions import (
    BEFORE,
    HERE,
    NOW,
    THEMES,
    compare_builds,
    compare_starts,
    use_checkout,
)
from benchmarks.without import compare_parts

PLAIN = ("sitegen", "hugo", "pelican", "nikola", "eleventy")
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 (tmpfs: the disk should not be what is measured)
RESULTS = Path("build/benchmarks")
DOCS = Path("docs")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return the exit code: 1 where something failed."""
    options = make_parser().parse_args(arguments)
    # Whoever is told to stop ends what is running, too: each run has a session of its own.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    command: Callable[[argparse.Namespace], int] = COMMANDS[options.command]
    return command(options)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="measure whole builds, and print the table")
    _add_run_options(run, generators=PLAIN, sizes=(1_000,), runs=3, limit=900.0)
    run.add_argument("--scenarios", nargs="+", choices=SCENARIOS, default=["clean"])
    run.add_argument("--keep", action="store_true", help="leave the sites in the work folder")
    wait = commands.add_parser("live", help="measure from saving a file to seeing it in a browser")
    _add_run_options(wait, generators=("sitegen", "hugo"), sizes=(10_000,), runs=5, limit=300.0)
    compare = commands.add_parser("compare", help="measure another checkout and this one in turn")
    compare.add_argument("old", type=Path, help="the checkout of another version")
    _add_session_options(compare, sizes=(10_000, 50_000), runs=5, limit=900.0)
    compare.add_argument("--themes", nargs="*", choices=THEMES, default=list(THEMES))
    compare.add_argument("--scenarios", nargs="+", choices=SCENARIOS, default=list(SCENARIOS))
    compare.add_argument("--starts", type=int, default=40, help="runs of what is over at once")
    parts = commands.add_parser("parts", help="measure builds without each special path")
    parts.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    _add_session_options(parts, sizes=(10_000,), runs=5, limit=900.0)
    parts.add_argument(
        "--edits", type=int, default=50_000, help="articles where one is edited (0: no such builds)"
    )
    make = commands.add_parser("make", help="write a site of made-up articles")
    make.add_argument("form", choices=FORMS)
    make.add_argument("count", type=int)
    make.add_argument("folder", type=Path, help="a new folder")
    texts = commands.add_parser("texts", help="convert folders of Markdown, and count what is told")
    texts.add_argument("folders", type=Path, nargs="+")
    texts.add_argument("--examples", type=int, default=0, help="places shown of each difference")
    broken = commands.add_parser("broken", help="check sites with thousands of faults")
    broken.add_argument("--problems", type=int, default=5_000, help="faults of each site")
    _add_session_options(broken, sizes=(10_000, 50_000), runs=3, limit=900.0)
    scale = commands.add_parser("scale", help="measure what grows with the archive")
    scale.add_argument("--form", choices=FORMS, default="sitegen")
    _add_session_options(scale, sizes=(200_000, 500_000), runs=1, limit=7200.0)
    report = commands.add_parser("report", help="write the page and the chart from results")
    report.add_argument("results", type=Path, nargs="+", help="what the others wrote, oldest first")
    report.add_argument("--docs", type=Path, default=DOCS, help="where the page goes")
    return parser


def _add_run_options(
    parser: argparse.ArgumentParser,
    *,
    generators: Sequence[str],
    sizes: Sequence[int],
    runs: int,
    limit: float,
) -> None:
    parser.add_argument("--generators", nargs="+", choices=FORMS, default=list(generators))
    _add_session_options(parser, sizes=sizes, runs=runs, limit=limit)


def _add_session_options(
    parser: argparse.ArgumentParser, *, sizes: Sequence[int], runs: int, limit: float
) -> None:
    parser.add_argument("--sizes", nargs="+", type=int, default=list(sizes), help="articles")
    parser.add_argument(
        "--runs", type=int, default=runs, help="timed runs of each (default: %(default)s)"
    )
    parser.add_argument("--limit", type=float, default=limit, help="the longest run, in seconds")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the JSON goes")
    parser.add_argument("--work", type=Path, default=_default_work(), help="where all is built")


def _make(options: argparse.Namespace) -> int:
    make_site(FORMS[options.form], options.folder, options.count)
    return 0


def _count_texts(options: argparse.Namespace) -> int:
    print(describe_count(count_texts(options.folders, options.examples)))
    return 0


def _check_broken(options: argparse.Namespace) -> int:
    options.work.mkdir(parents=True, exist_ok=True)
    for size in options.sizes:
        found = compare_checks(size, options.problems, options.runs, options.work, options.limit)
        print(describe_checks(size, *found), flush=True)
    return 0


def _measure_scale(options: argparse.Namespace) -> int:
    options.work.mkdir(parents=True, exist_ok=True)
    for size in options.sizes:
        found = measure_scale(size, options.form, options.work, options.limit)
        print("\n".join(describe_scale(size, *found)), flush=True)
    return 0


def _default_work() -> Path:
    folder = SHARED_MEMORY if SHARED_MEMORY.is_dir() else Path(tempfile.gettempdir())
    return folder / "sitegen-benchmarks"


def _race(options: argparse.Namespace) -> int:
    options.work.mkdir(parents=True, exist_ok=True)
    generators = tuple(install(name, options.work / "peers") for name in options.generators)
    results = start_results({each.name: each.version for each in generators})
    plan = Plan(
        generators=generators,
        scenarios=tuple(SCENARIOS[name] for name in options.scenarios),
        sizes=tuple(options.sizes),
        runs=options.runs,
        limit=options.limit,
        folder=options.work,
        keep=options.keep,
    )
    path = _name_results(options.results, "run", results)
    known: dict[tuple[object, ...], Measurement] = {}
    for measurements in race(plan):
        known |= {(each.size, each.scenario, each.generator): each for each in measurements}
        # Written each time: a long session that is interrupted leaves what it has measured.
        results = replace(results, measurements=tuple(known.values()))
        write_results(results, path)
    return _finish(results, path)


def _live(options: argparse.Namespace) -> int:
    options.work.mkdir(parents=True, exist_ok=True)
    generators = tuple(install(name, options.work / "peers") for name in options.generators)
    results = start_results({each.name: each.version for each in generators})
    path = _name_results(options.results, "live", results)
    for size in options.sizes:
        for generator in generators:
            site = set_up(generator, options.work, size)
            try:
                measured = live.measure_live(site, options.runs, options.limit)
            except RunFailedError as error:
                measured = Measurement(size, LIVE, generator.name, (), failure=str(error))
            say(f"{size} {generator.name}: {measured.seconds or measured.failure}")
            results = replace(results, measurements=(*results.measurements, measured))
            write_results(results, path)
            shutil.rmtree(site.folder)
    return _finish(results, path)


def _compare(options: argparse.Namespace) -> int:
    options.work.mkdir(parents=True, exist_ok=True)
    old = options.old.resolve()
    results = start_results(
        {
            BEFORE: use_checkout(old, BEFORE, "plain", options.work).version,
            NOW: use_checkout(HERE, NOW, "plain", options.work).version,
        }
    )
    path = _name_results(options.results, "compare", results)
    if options.starts:
        results = _add(results, compare_starts(old, options.starts, options.work), path)
    for theme in options.themes:
        plan = Plan(
            generators=(),
            scenarios=tuple(SCENARIOS[name] for name in options.scenarios),
            sizes=tuple(options.sizes),
            runs=options.runs,
            limit=options.limit,
            folder=options.work,
        )
        for comparisons in compare_builds(old, theme, plan):
            results = _add(results, comparisons, path)
    return _finish(results, path)


def _measure_parts(options: argparse.Namespace) -> int:
    options.work.mkdir(parents=True, exist_ok=True)
    results = start_results({NOW: use_checkout(HERE, NOW, "plain", options.work).version})
    path = _name_results(options.results, "parts", results)
    plan = Plan((), (), tuple(options.sizes), options.runs, options.limit, options.work)
    for comparison in compare_parts(options.parts, options.edits, plan):
        results = _add(results, (comparison,), path)
    return _finish(results, path)


def _add(results: Results, found: Sequence[Comparison], path: Path) -> Results:
    """Write down what was found, in the place of what was known of the same before."""
    results = replace(results, comparisons=merge_comparisons((*results.comparisons, *found)))
    write_results(results, path)
    return results


def _name_results(folder: Path, kind: str, results: Results) -> Path:
    stamp = results.date.partition("+")[0].replace(":", "").replace("T", "-")
    return folder / f"{kind}-{stamp}.json"


def _finish(results: Results, path: Path) -> int:
    print(format_table(results) if results.measurements else format_comparisons(results))
    print(f"\n{path}")
    failures = [each.failure for each in results.measurements]
    failures += [each.failure for each in results.comparisons]
    return int(any(failures))


def _report(options: argparse.Namespace) -> int:
    read = [read_results(path) for path in options.results]
    versions = {name: version for each in read for name, version in each.versions.items()}
    # What was measured twice counts as it was measured last.
    measurements = {
        (found.scenario, found.size, found.generator): found
        for each in read
        for found in each.measurements
    }
    results = replace(
        read[0],
        versions=versions,
        measurements=tuple(measurements.values()),
        comparisons=merge_comparisons(found for each in read for found in each.comparisons),
    )
    options.docs.mkdir(parents=True, exist_ok=True)
    (options.docs / "benchmarks.md").write_text(format_page(results), "utf-8")
    (options.docs / CHART_NAME).write_text(draw_clean_builds(results), "utf-8")
    print(options.docs / "benchmarks.md")
    return 0


COMMANDS = {
    "make": _make,
    "report": _report,
    "live": _live,
    "compare": _compare,
    "parts": _measure_parts,
    "texts": _count_texts,
    "broken": _check_broken,
    "run": _race,
    "scale": _measure_scale,
}
