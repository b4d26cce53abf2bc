"""Building what changed gives what building everything gives, byte for byte, whatever happened.

``SITEGEN_PROVE=1`` (``make prove``) runs hundreds of sequences of edits and every planted bug;
``SITEGEN_SEED`` repeats a run.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.output.settling import settle
from support.doubles import replace_everywhere
from support.hunt.planted_bugs import BUGS, Bug
from support.hunt.sequences import CRASH, Afresh, Tally, add, hunt, shrink
from support.shared_work import print_share_cards, share_templates

PROVING = bool(os.environ.get("SITEGEN_PROVE"))
SEED = int(os.environ.get("SITEGEN_SEED", "1"))

# In the ordinary tests few and short sequences, always the same ones.
SEQUENCES = 200 if PROVING else 24
LENGTH = 20 if PROVING else 12
TOGETHER = 10 if PROVING else 6
# A planted bug that survives so many sequences is not caught.
PATIENCE = 60
# Those that the ordinary tests plant: each of another kind, each caught by the first sequences.
QUICK = {"key-around", "output-top", "group-config", "stamp-by-size", "template-includes"}
PLANTED = [bug for bug in BUGS if PROVING or bug.name in QUICK]
MEMORY = Path("/dev/shm")  # noqa: S108 (the folder itself is made by tempfile)


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder in memory, where thousands of builds are cheap.

    Nothing here is about what a power cut leaves, so nothing is forced to a disk.
    """
    share_templates(monkeypatch)
    print_share_cards(monkeypatch)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    replace_everywhere(monkeypatch, settle, lambda *_: None)
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        yield Path(place) / "world"


@pytest.fixture(scope="module")
def afresh() -> Afresh:
    """Return what remembers builds from nothing, for all tests."""
    return Afresh()


@pytest.mark.parametrize("start", range(0, SEQUENCES, TOGETHER))
def test_every_build_is_what_a_build_from_nothing_is(
    folder: Path, afresh: Afresh, start: int
) -> None:
    total, began = Tally(), time.monotonic()
    for seed in range(SEED * 1_000_000 + start, SEED * 1_000_000 + start + TOGETHER):
        stale, tally = hunt(folder, seed, LENGTH, afresh)
        total = add(total, tally)
        if stale:
            shortest = shrink(folder, seed, LENGTH, afresh)
            story = "\n".join(shortest.story)
            pytest.fail(f"SITEGEN_SEED={SEED}, sequence {seed}:\n{story}\n\n{shortest.what}")
    print(  # noqa: T201 (for `make prove`, which shows what was done)
        f"{total.sequences} sequences, {total.edits} edits, {total.builds} builds"
        f" ({total.failed} refused), {time.monotonic() - began:.1f} s"
    )


def test_no_planted_bug_ends_a_build_by_an_exception(folder: Path, afresh: Afresh) -> None:
    """It would be caught whatever it left out."""
    for bug in BUGS:
        with bug.plant():
            stale, _ = hunt(folder, SEED * 1_000_000, 2, afresh)
        assert stale is None or not stale.what.startswith(CRASH), f"{bug.name}: {stale.what}"


@pytest.mark.parametrize("bug", PLANTED, ids=lambda bug: bug.name)
def test_a_planted_bug_is_caught(folder: Path, afresh: Afresh, bug: Bug) -> None:
    """One that survives was lucky; if more than one in twenty are, the run fails (conftest.py)."""
    began, edits = time.monotonic(), 0
    for number in range(1, PATIENCE + 1):
        with bug.plant():
            stale, tally = hunt(folder, SEED * 1_000_000 + 500_000 + number, 20, afresh)
        edits += tally.edits
        # Where it makes a build crash, it would be caught whatever it left out.
        if stale and not stale.what.startswith(CRASH):
            print(  # noqa: T201 (for `make prove`)
                f"{bug.name}: caught by sequence {number}, edit {edits},"
                f" {time.monotonic() - began:.1f} s"
            )
            return
    pytest.xfail(f"{bug.name} is not caught by {PATIENCE} sequences: {bug.breaks}")
