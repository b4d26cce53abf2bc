"""What grows with the archive: time and memory of each stage of a build, files, inodes and bytes.

docs/scale.md is about the figures.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.forms import FORMS
from benchmarks.generators import use_sitegen
from benchmarks.measure import run_program
from benchmarks.race import SETTLE, say, set_up
from benchmarks.scenarios import SCENARIOS, Site, check_text
from benchmarks.stages import STAGES
from benchmarks.versions import HERE

_SCENARIOS = ("clean", "edited", "unchanged")
# To ask a process with much memory how much it is takes long.
_SAMPLED_SECONDS = 1.0
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Build:
    """One build: its seconds, and the most memory that all its processes held, in bytes.

    ``processor`` is the time that processors worked for it (:class:`benchmarks.measure.Run`).
    ``stages`` are names, seconds and memory of the first process, each stage in order.
    """

    scenario: str
    seconds: float
    processor: float
    memory: int
    stages: tuple[tuple[str, float, int], ...]

    @property
    def peak(self) -> int:
        """The most memory of the first process in any stage."""
        return max((memory for _, _, memory in self.stages), default=0)


@dataclass(frozen=True, slots=True)
class Tree:
    """What a folder or a file takes: files, folders and bytes."""

    name: str
    files: int
    folders: int
    size: int


def measure_scale(size: int, form: str, work: Path, limit: float) -> tuple[list[Build], list[Tree]]:
    """Build a new site of ``size`` articles from nothing, after an edit, and with nothing to do."""
    environment = {"PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": ""}
    generator = use_sitegen(form, FORMS[form], sys.executable, environment)
    say(f"{size}: writing the articles")
    site = set_up(generator, work, size)
    builds = []
    for scenario in _SCENARIOS:
        expected = SCENARIOS[scenario].change(site, 0)
        time.sleep(SETTLE)
        builds.append(_build(site, scenario, work, limit))
        say(f"{size} {scenario}: {builds[-1].seconds:.1f} s")
        for page in expected:
            check_text(site, page)
    names = ("content", generator.output, *generator.caches)
    trees = [_count(site.folder / name) for name in names]
    shutil.rmtree(site.folder)
    return builds, trees


def _build(site: Site, scenario: str, work: Path, limit: float) -> Build:
    results = work / "stages.json"
    run = run_program(
        (sys.executable, "-m", "benchmarks.stages", str(results), "build", "--no-search"),
        site.folder,
        work / f"{site.folder.name}.log",
        limit=limit,
        sample=scenario == "clean",
        interval=_SAMPLED_SECONDS,
        environment=site.generator.environment,
    )
    stages = tuple((name, seconds, peak) for name, seconds, peak in json.loads(results.read_text()))
    return Build(scenario, run.seconds, run.processor, run.memory, stages)


def _count(place: Path) -> Tree:
    found = Tree(place.name, int(place.is_file()), 0, place.stat().st_size)
    for top, _, names in os.walk(place):
        size = sum(os.lstat(f"{top}/{name}").st_size for name in names)
        found = replace(
            found,
            files=found.files + len(names),
            folders=found.folders + 1,
            size=found.size + size,
        )
    return found


def describe_scale(size: int, builds: list[Build], trees: list[Tree]) -> Iterator[str]:
    """Yield the lines of the tables of one size."""
    yield f"\n### {size:,} articles\n"
    yield "| build | seconds | of processors | first process | all processes |"
    yield "| --- | --- | --- | --- | --- |"
    for each in builds:
        every = f"{each.memory // _MIB:,} MiB" if each.memory else "–"
        times = f"{each.seconds:.1f} | {each.processor:.1f}"
        yield f"| {each.scenario} | {times} | {each.peak // _MIB:,} MiB | {every} |"
    yield f"\n| stage | {' | '.join(f'{each.scenario}' for each in builds)} |"
    yield f"| --- |{' --- |' * len(builds)}"
    for stage in STAGES:
        cells = [_describe_stage(each, stage) for each in builds]
        yield f"| {stage} | {' | '.join(cells)} |"
    yield "\n| what | files | folders | MB |\n| --- | --- | --- | --- |"
    for tree in trees:
        yield f"| {tree.name} | {tree.files:,} | {tree.folders:,} | {tree.size / 1e6:,.1f} |"


def _describe_stage(build: Build, stage: str) -> str:
    own = [(seconds, memory) for name, seconds, memory in build.stages if name == stage]
    if not own:
        return "–"
    memory = max(memory for _, memory in own)
    return f"{sum(seconds for seconds, _ in own):.2f} s, {memory // _MIB:,} MiB"
