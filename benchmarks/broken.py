"""How long ``check`` takes for an archive with thousands of faults, beside the same without any.

A site is written twice, faults of mixed kinds are put into one of the two, and both are checked in
turn, each time without a cache.
"""

import re
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.forms import FORMS, make_site
from benchmarks.measure import Run, run_program

_CATEGORY = re.compile(r"^category: .+$", re.MULTILINE)
_FIELD = re.compile(r"^lead:", re.MULTILINE)
_HEAD = re.compile(r"^---$", re.MULTILINE)
_TOLD = re.compile(r"^content/[^\n]+?:\d+:\d+: ", re.MULTILINE)
_FAULTS_OF_A_TEXT = 2


def _add_field(text: str, line: str) -> str:
    return _HEAD.sub(f"---\n{line}", text, count=1)


# Each breaks a text in one way, which differs from text to text: so nothing is wrong twice.
FAULTS: tuple[Callable[[str, int], str], ...] = (
    lambda text, number: f"{text}\n[Bài trước](../2019/hoi-nghi-so-ket-{number}-thang.md)\n",
    lambda text, number: _CATEGORY.sub(f"category: Hoạt động cơ sở {number}", text, count=1),
    lambda text, number: _FIELD.sub(f"lead{number}:", text, count=1),
    lambda text, number: f"{text}\nXem {{{{ site.baseurl }}}}/thong-bao-{number}.\n",
    lambda text, number: f"{text}\nĐồng chí <Nguyễn Văn {number}> phát biểu.\n",
    lambda text, number: _add_field(
        text, f"photo: /media/anh/2019/hop-{number}.jpg\nphoto_caption: Ảnh"
    ),
    lambda text, number: f"{text}\n<table><tr><td>Số {number}</td>\n\nHết bảng.\n",
    lambda text, number: f"{text}\n![Hội trường](/media/anh/{number}/hoi-truong.jpg)\n",
    lambda text, number: f"{text}\n<script>dem({number})</script>\n",
)


def _mend(text: str, number: int) -> str:
    """Return a text as its author would mend it: with HTML that is right where it was wrong."""
    if FAULTS[number % len(FAULTS)](text, number).count("<") == text.count("<"):
        return text
    return f"{text}\nĐồng chí <em>Nguyễn Văn {number}</em> phát biểu.\n"


@dataclass(frozen=True, slots=True)
class Checked:
    """What checks of a site took: medians of the time of processors and of the clock."""

    problems: int
    processor: float
    seconds: float


def compare_checks(
    size: int, problems: int, runs: int, folder: Path, limit: float
) -> tuple[Checked, Checked]:
    """Check a clean and a broken site of ``size`` articles in turn, ``runs`` times each.

    Texts with HTML take longer than others, so they have HTML in the clean site as well.
    """
    sites = [folder / f"check-{size}-{name}" for name in ("clean", "broken")]
    for site in sites:
        shutil.rmtree(site, ignore_errors=True)
        make_site(FORMS["sitegen"], site, size)
        change = _mend if site is sites[0] else _break
        _change_texts(sorted((site / "content").rglob("*.md")), problems, change)
    taken: tuple[list[Run], list[Run]] = ([], [])
    for _ in range(runs):
        for site, own in zip(sites, taken, strict=True):
            shutil.rmtree(site / ".sitegen", ignore_errors=True)
            own.append(_check(site, limit))
    clean, broken = (_summarise(site, own) for site, own in zip(sites, taken, strict=True))
    for site in sites:
        shutil.rmtree(site)
    return clean, broken


def _break(text: str, number: int) -> str:
    return FAULTS[number % len(FAULTS)](text, number)


def _change_texts(paths: Iterable[Path], problems: int, change: Callable[[str, int], str]) -> None:
    """Change the first texts: each for two of a number of faults, of all kinds in turn."""
    for path, number in zip(paths, range(0, problems, _FAULTS_OF_A_TEXT), strict=False):
        text = path.read_text("utf-8")
        for each in range(number, min(number + _FAULTS_OF_A_TEXT, problems)):
            text = change(text, each)
        path.write_text(text, "utf-8")


def describe_checks(size: int, clean: Checked, broken: Checked) -> str:
    """Return a row of a Markdown table."""
    return (
        f"| {size:,} | {broken.problems:,} | {clean.processor:.1f} s ({clean.seconds:.1f} s) | "
        f"{broken.processor:.1f} s ({broken.seconds:.1f} s) | "
        f"{broken.processor / clean.processor:.2f} |"
    )


def _check(site: Path, limit: float) -> Run:
    # The faults of a site are no fault of the run.
    command = f'"{sys.executable}" -m sitegen check --now 2026-01-01; test $? -le 1'
    log = site.with_suffix(".log")
    return run_program(["sh", "-c", command], site, log, limit=limit, sample=False)


def _summarise(site: Path, runs: list[Run]) -> Checked:
    told = _TOLD.findall(site.with_suffix(".log").read_text("utf-8"))
    processor, seconds = median(run.processor for run in runs), median(run.seconds for run in runs)
    return Checked(len(told), processor, seconds)
