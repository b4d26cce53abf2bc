"""What was measured, as records and as JSON."""

import json
import os
import platform
import statistics
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# The two scenarios that mean something to more than themselves.
CLEAN, LIVE = "clean", "live"


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured."""

    processor: str
    cores: int
    memory_gib: int
    kernel: str
    python: str
    load: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """One generator in one scenario; ``failure`` says why there are no times.

    ``memory`` is the peak in bytes, ``pages`` the number of HTML files in the output, ``written``
    that of the files which each run wrote anew. ``processor`` is what Run says of it.
    """

    size: int
    scenario: str
    generator: str
    seconds: tuple[float, ...]
    memory: int = 0
    pages: int = 0
    written: tuple[int, ...] = ()
    failure: str = ""
    processor: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        """The time that counts."""
        return statistics.median(self.seconds)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two commands that did the same in turn: A, B, A, B, and so on.

    ``kind`` is what was compared: ``versions``, ``start`` or ``parts``; ``subject`` a theme, a
    command or a part. A is what was before, or the whole; B what is now, or a build without the
    part. Times are in seconds, memory in bytes. ``lines`` is what the part costs.
    """

    kind: str
    subject: str
    size: int
    scenario: str
    seconds: tuple[tuple[float, float], ...] = ()
    processor: tuple[tuple[float, float], ...] = ()
    memory: tuple[int, int] = (0, 0)
    lines: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """One session of measuring."""

    date: str
    machine: Machine
    versions: dict[str, str]
    measurements: tuple[Measurement, ...]
    comparisons: tuple[Comparison, ...] = ()

    def find(self, size: int, scenario: str, generator: str) -> Measurement | None:
        """Return a measurement that has times, if there is one."""
        for each in self.measurements:
            if (each.size, each.scenario, each.generator) == (size, scenario, generator):
                return each if each.seconds else None
        return None


def merge_comparisons(comparisons: Iterable[Comparison]) -> tuple[Comparison, ...]:
    """Return each comparison once, as it was made last."""
    found = {(each.kind, each.subject, each.size, each.scenario): each for each in comparisons}
    return tuple(found.values())


def add_whole_builds(results: Results) -> Results:
    """Return results in which a whole build also stands for what can only be built whole.

    A generator that was measured in clean builds alone builds everything whatever changed: that is
    what its user waits for in each scenario of the same size.
    """
    measured = {(each.size, each.scenario, each.generator) for each in results.measurements}
    scenarios = dict.fromkeys(
        (each.size, each.scenario) for each in results.measurements if each.scenario != LIVE
    )
    every: list[Measurement] = []
    for size, scenario in scenarios:
        of_size = [each for each in results.measurements if each.size == size]
        every += (each for each in of_size if each.scenario == scenario)
        every += (
            replace(each, scenario=scenario)
            for each in of_size
            if each.scenario == CLEAN
            and each.seconds
            and (size, scenario, each.generator) not in measured
        )
    every += (each for each in results.measurements if each.scenario == LIVE)
    return replace(results, measurements=tuple(every))


def describe_machine() -> Machine:
    """Return the facts about this machine."""
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return Machine(
        processor=processor,
        cores=os.cpu_count() or 1,
        memory_gib=round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        kernel=platform.release(),
        python=platform.python_version(),
        load=round(os.getloadavg()[0], 2),
    )


def start_results(versions: dict[str, str]) -> Results:
    """Return results without measurements, dated now."""
    date = datetime.now(UTC).isoformat(timespec="minutes")
    return Results(date, describe_machine(), versions, ())


def write_results(results: Results, path: Path) -> None:
    """Write results as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(results), indent=1, ensure_ascii=False) + "\n", "utf-8")


def read_results(path: Path) -> Results:
    """Read what :func:`write_results` wrote."""
    return parse_results(json.loads(path.read_text("utf-8")))


def parse_results(data: dict[str, Any]) -> Results:
    """Return the results that JSON's values stand for."""
    measurements = tuple(Measurement(**_freeze(each)) for each in data["measurements"])
    comparisons = tuple(Comparison(**_freeze(each)) for each in data.get("comparisons", ()))
    machine = Machine(**data["machine"])
    return Results(data["date"], machine, data["versions"], measurements, comparisons)


def _freeze(data: dict[str, Any]) -> dict[str, Any]:
    """Return a record's values with tuples for lists, and for lists in them."""
    return {name: _make_tuple(value) for name, value in data.items()}


def _make_tuple(value: object) -> object:
    return tuple(map(_make_tuple, value)) if isinstance(value, list) else value
