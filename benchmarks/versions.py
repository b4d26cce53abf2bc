"""Two versions of sitegen side by side: another checkout, and the one that this package is in."""

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.forms import FORMS
from benchmarks.generators import Generator, use_sitegen
from benchmarks.measure import run_program
from benchmarks.race import SETTLE, Plan, race, say
from benchmarks.results import Comparison, Measurement

HERE = Path(__file__).parent.parent
BEFORE, NOW = "before", "now"
# The themes that are compared, with the form of the articles and their folder below benchmarks/.
THEMES = {"plain": "sitegen", "portal": "sitegen-portal"}
# What is built to see how long the program takes to begin: the site of this repository.
_UNTIMED = 3
_SAMPLE = ("config.yaml", "content", "templates")
HELP, NOTHING = "sitegen --help", "nothing to do, sample site"


def use_checkout(checkout: Path, name: str, theme: str, work: Path) -> Generator:
    """Return sitegen as it is in a checkout, with that one's own theme.

    It runs in the checkout's own environment if it has one. Its bytecode is kept in the folder
    ``work``: that in a copied checkout may be stale, and would be made anew in each run.
    """
    python = checkout / ".venv" / "bin" / "python"
    form = FORMS[THEMES[theme]]
    added = tuple((folder, checkout / folder) for folder, _ in form.added)
    own = replace(form, template=checkout / "benchmarks" / theme, added=added)
    environment = {
        "PYTHONPATH": str(checkout),
        "PYTHONPYCACHEPREFIX": str(work / f"bytecode-{name}"),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    program = str(python) if python.exists() else sys.executable
    return use_sitegen(f"{name}-{theme}", own, program, environment)


def compare_builds(
    old: Path, theme: str, plan: Plan, new: Path = HERE
) -> Iterator[tuple[Comparison, ...]]:
    """Yield what is known of both versions after each round; ``plan`` names no generators."""
    generators = (
        use_checkout(old, BEFORE, theme, plan.folder),
        use_checkout(new, NOW, theme, plan.folder),
    )
    for measurements in race(replace(plan, generators=generators)):
        found = {(each.size, each.scenario, each.generator): each for each in measurements}
        yield tuple(
            _compare(theme, each, found[each.size, each.scenario, generators[1].name])
            for each in measurements
            if each.generator == generators[0].name
            and (each.size, each.scenario, generators[1].name) in found
        )


def _compare(theme: str, before: Measurement, now: Measurement) -> Comparison:
    return Comparison(
        kind="versions",
        subject=theme,
        size=before.size,
        scenario=before.scenario,
        seconds=tuple(zip(before.seconds, now.seconds, strict=False)),
        processor=tuple(zip(before.processor, now.processor, strict=False)),
        memory=(before.memory, now.memory),
        failure=before.failure or now.failure,
    )


def compare_starts(old: Path, runs: int, work: Path, new: Path = HERE) -> tuple[Comparison, ...]:
    """Return how long both versions take for what is over as soon as they have begun."""
    programs = [use_checkout(*each, "portal", work) for each in ((old, BEFORE), (new, NOW))]
    roots = []
    for program, checkout in zip(programs, (old, new), strict=True):
        root = work / f"sample-{program.name}"
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        for name in _SAMPLE:
            copy = shutil.copytree if (checkout / name).is_dir() else shutil.copy
            copy(checkout / name, root / name)
        roots.append(root)
    commands = {
        HELP: [(*each.build[:3], "--help") for each in programs],
        NOTHING: [each.build for each in programs],
    }
    found = tuple(_time_pairs(name, pair, programs, roots, runs) for name, pair in commands.items())
    for root in roots:
        shutil.rmtree(root)
    return found


def _time_pairs(
    name: str,
    commands: Sequence[Sequence[str]],
    programs: Sequence[Generator],
    roots: Sequence[Path],
    runs: int,
) -> Comparison:
    seconds: list[tuple[float, float]] = []
    processor: list[tuple[float, float]] = []
    # The first runs make the bytecode and the site, whose files then come to rest.
    for number in range(_UNTIMED + runs):
        before, now = (
            run_program(
                command,
                root,
                root.with_name(f"{root.name}.log"),
                limit=300,
                sample=False,
                environment=program.environment,
            )
            for command, program, root in zip(commands, programs, roots, strict=True)
        )
        if number >= _UNTIMED:
            seconds.append((round(before.seconds, 4), round(now.seconds, 4)))
            processor.append((round(before.processor, 4), round(now.processor, 4)))
        elif not number:
            time.sleep(SETTLE)
    say(f"{name}: {runs} runs")
    return Comparison("start", name, 0, "start", tuple(seconds), tuple(processor))
