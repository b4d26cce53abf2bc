"""Builds with and without each special path of sitegen, side by side."""

import hashlib
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.forms import FORMS
from benchmarks.generators import use_sitegen
from benchmarks.measure import Run, RunFailedError
from benchmarks.parts import PARTS, WHOLE, Part
from benchmarks.race import SETTLE, Plan, run_build, say, set_up
from benchmarks.results import Comparison
from benchmarks.scenarios import SCENARIOS, CheckFailedError, Site, check_text, remove_output
from benchmarks.versions import HERE, THEMES

_UNTIMED = 1

Build = Callable[[str], Run]


def compare_parts(names: Sequence[str], edit_size: int, plan: Plan) -> Iterator[Comparison]:
    """Yield how long builds take with and without each part that is named.

    A clean build has the first size of ``plan``, and one after an edit ``edit_size`` articles.
    """
    for theme in THEMES:
        parts = [PARTS[name] for name in names if PARTS[name].theme == theme]
        for size, measure in ((plan.sizes[0], _measure_clean), (edit_size, _measure_change)):
            if not (parts and size):
                continue
            say(f"{size}: writing the articles for the {theme} theme")
            site = _set_up(theme, size, plan)
            for part in parts:
                scenario = "clean" if measure is _measure_clean else part.scenario
                found = Comparison("parts", part.name, size, scenario, lines=part.lines)
                try:
                    yield _measure(found, site, part, plan, measure)
                except (RunFailedError, CheckFailedError) as error:
                    say(f"{size} {scenario} without {part.name}: {error}")
                    yield replace(found, failure=str(error))
            shutil.rmtree(site.folder)


def _set_up(theme: str, size: int, plan: Plan) -> Site:
    environment = {
        "PYTHONPATH": str(HERE),
        "PYTHONPYCACHEPREFIX": str(plan.folder / "bytecode"),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    form = FORMS[THEMES[theme]]
    generator = use_sitegen(f"parts-{theme}", form, sys.executable, environment)
    return set_up(generator, plan.folder, size)


def _measure(
    found: Comparison,
    site: Site,
    part: Part,
    plan: Plan,
    measure: Callable[[Site, Part, int, Build], tuple[Run, Run]],
) -> Comparison:
    def build(name: str) -> Run:
        command = (sys.executable, "-m", "benchmarks.parts", name, "build", "--no-search")
        return run_build(replace(site, generator=replace(site.generator, build=command)), plan)

    seconds: list[tuple[float, float]] = []
    processor: list[tuple[float, float]] = []
    for number in range(_UNTIMED + plan.runs):
        whole, without = measure(site, part, number, build)
        if number >= _UNTIMED:
            seconds.append((round(whole.seconds, 4), round(without.seconds, 4)))
            processor.append((round(whole.processor, 4), round(without.processor, 4)))
    say(f"{found.size} {found.scenario} without {part.name}: {processor}")
    return replace(found, seconds=tuple(seconds), processor=tuple(processor))


def _measure_clean(site: Site, part: Part, number: int, build: Build) -> tuple[Run, Run]:
    """Build the site from nothing with and without a part, the first time with a look at it."""
    runs, outputs = [], []
    for each in (WHOLE, part.name):
        remove_output(site)
        runs.append(build(each))
        outputs.append(b"" if number else _digest_files(site.output))
    if outputs[0] != outputs[1]:
        raise CheckFailedError(f"without {part.name} the site is another one")
    return runs[0], runs[1]


def _measure_change(site: Site, part: Part, number: int, build: Build) -> tuple[Run, Run]:
    """Edit or add an article and build the site, with and without a part."""
    # What a build without the part left is not what one with it would have.
    build(WHOLE)
    runs = []
    for turn, each in enumerate((WHOLE, part.name)):
        # No other change has this number.
        change = sorted(PARTS).index(part.name) * 100 + number * 2 + turn
        expected = SCENARIOS[part.scenario].change(site, change)
        time.sleep(SETTLE)
        runs.append(build(each))
        for page in expected:
            check_text(site, page)
    return runs[0], runs[1]


def _digest_files(folder: Path) -> bytes:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.digest()
