"""The runs: each generator in turn, again and again, so that a busy minute hits all of them."""

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.forms import make_site
from benchmarks.generators import Generator
from benchmarks.measure import Run, RunFailedError, run_program
from benchmarks.results import Measurement
from benchmarks.scenarios import (
    CheckFailedError,
    Scenario,
    Site,
    check_site,
    check_text,
    count_written,
    list_files,
)

# Edits come some time after a build, as an editor's do: a cache may distrust files that are younger
# than the build that read them.
SETTLE = 3.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: ``limit`` is the longest that one run may take, in seconds."""

    generators: tuple[Generator, ...]
    scenarios: tuple[Scenario, ...]
    sizes: tuple[int, ...]
    runs: int
    limit: float
    folder: Path
    keep: bool = False


def race(plan: Plan) -> Iterator[tuple[Measurement, ...]]:
    """Yield what is known of a size after each round, smallest sites first.

    A round is every scenario once, and each generator in turn: so the builds that are compared are
    minutes apart at most. Round 0 warms up and measures memory, the others measure time. A
    generator that fails, or that takes longer than the limit, is not tried again, nor in larger
    sizes.
    """
    failures: dict[str, str] = {}
    for size in sorted(plan.sizes):
        sites: list[Site] = []
        for generator in plan.generators:
            if generator.name not in failures:
                say(f"{size}: writing the articles for {generator.name}")
                sites.append(set_up(generator, plan.folder, size))
        found: dict[tuple[str, str], Measurement] = {}
        for number in range(plan.runs + 1):
            for scenario in plan.scenarios:
                _run_scenario(plan, scenario, number, sites, found, failures)
            yield tuple(found.values())
        if not plan.keep:
            for site in sites:
                shutil.rmtree(site.folder)


def set_up(generator: Generator, folder: Path, size: int) -> Site:
    """Write a site of ``size`` articles for a generator."""
    root = folder / f"{generator.name}-{size}"
    if root.exists():
        shutil.rmtree(root)
    heads = make_site(generator.form, root, size)
    for name, target in generator.linked.items():
        (root / name).symlink_to(target)
    return Site(generator, root, heads)


def run_build(site: Site, plan: Plan, *, sample: bool = False) -> Run:
    """Build a site once."""
    return run_program(
        site.generator.build,
        site.folder,
        plan.folder / f"{site.folder.name}.log",
        limit=plan.limit,
        sample=sample,
        environment=site.generator.environment,
    )


def _run_scenario(
    plan: Plan,
    scenario: Scenario,
    number: int,
    sites: Sequence[Site],
    found: dict[tuple[str, str], Measurement],
    failures: dict[str, str],
) -> None:
    """Add a run of each generator that has anything to show in a scenario to what was ``found``."""
    for site in sites:
        name = site.generator.name
        if name in failures or not (scenario.clean or site.generator.partial):
            continue
        key = scenario.name, name
        so_far = found.get(key, Measurement(len(site.heads), *key, ()))
        try:
            found[key] = _run_once(plan, scenario, site, number, so_far)
        except (RunFailedError, CheckFailedError) as error:
            failures[name] = str(error)
            found[key] = replace(so_far, seconds=(), failure=str(error))
            say(f"{len(site.heads)} {scenario.name} {name}: {error}")


def _run_once(
    plan: Plan, scenario: Scenario, site: Site, number: int, so_far: Measurement
) -> Measurement:
    """Prepare, build and check one run, and return what is known with it."""
    if not scenario.clean and not site.output.exists():
        run_build(site, plan)
    expected = scenario.change(site, _edit_number(plan, scenario, number))
    if not scenario.clean:
        time.sleep(SETTLE)
    before = list_files(site.output)
    run = run_build(site, plan, sample=number == 0)
    written = count_written(before, site.output)
    if scenario.unchanged and site.generator.skips and written:
        raise CheckFailedError(f"{site.generator.name} wrote {written} files, nothing had changed")
    for each in expected:
        check_text(site, each)
    pages = check_site(site)
    if number == 0:
        say(f"{len(site.heads)} {scenario.name} {site.generator.name}: {run.memory >> 20} MiB")
        return replace(so_far, memory=run.memory, pages=pages)
    say(f"{len(site.heads)} {scenario.name} {site.generator.name}: {run.seconds:.2f} s")
    return replace(
        so_far,
        seconds=(*so_far.seconds, round(run.seconds, 4)),
        processor=(*so_far.processor, round(run.processor, 4)),
        written=(*so_far.written, written),
    )


def _edit_number(plan: Plan, scenario: Scenario, number: int) -> int:
    """Return a number that no other run of any scenario has: each edit is a different one."""
    return plan.scenarios.index(scenario) * (plan.runs + 1) + number


def say(line: str) -> None:
    """Tell whoever waits how far it is."""
    print(line, file=sys.stderr, flush=True)
