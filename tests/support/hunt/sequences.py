"""Sequences of edits with a build after each, compared with what a build from nothing gives."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from sitegen import build as story
from sitegen.cli.messages import format_text
from sitegen.cli.verification import verify
from sitegen.content.discovery import CONTENT
from sitegen.foundation import stamps
from sitegen.foundation.generator import fingerprint_generator
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.text import format_number
from sitegen.foundation.workers import Guard, map_items
from sitegen.model import Record
from sitegen.problems import Problem, ProblemsFoundError
from sitegen.theme.rendering import render
from support.doubles import (
    change_arguments,
    change_result,
    replace_everywhere,
    set_constants,
)
from support.hunt.edits import EDITS, WEIGHTS
from support.hunt.world import NOW, World, fill, read_file

if TYPE_CHECKING:
    from sitegen.build import BuildState

# How what went wrong begins where a build ended by an exception that nobody expected.
CRASH = "crash"
# What a build says because of the cache, or an earlier build makes it say.
_OF_EARLIER = {"cache-damaged", "cache-other-version", "address-changed", "address-gone"}
# Thresholds by which the generator goes another way for large sites, so low that tiny ones go it.
_THRESHOLDS = {
    "_WORTH_WORKERS": 3,
    "_MOST_SEGMENTS": 4,
    "SITEMAP_SIZE": 3,
    "MOST_ARTICLES": 1,
    "_MOST_FRAGMENTS": 2,
    "NARROWEST_PHOTO": 5,
    "_FEWEST_PIXELS": 5,
    "_BUCKETS": 1,
    "_SPARE": 0,
    "_YEAR": 2 * 24 * 3600,
}

_ALWAYS = {"change_field", "change_letter"}
# How often a sequence comes to rest: one edit alone shows what many together hide, and many
# together what no one does alone.
_RESTS = (0.0, 0.1, 0.5)


class Step(Record, frozen=True):
    """One edit, and the seed of everything that it chooses."""

    name: str
    seed: int


class Stale(Record, frozen=True):
    """A build that was not as it should be: what it got wrong, after which steps."""

    what: str
    steps: int
    story: tuple[str, ...]


class Tally(Record, frozen=True):
    """What was done: how many sequences, edits and builds (those from nothing included)."""

    sequences: int = 0
    edits: int = 0
    builds: int = 0
    failed: int = 0


class _Outcome(Record, frozen=True):
    """What came of a build: the problems or warnings, and the files written if it went well."""

    good: bool
    problems: tuple[str, ...]
    touched: int = 0


def make_steps(seed: int, length: int) -> tuple[Step, ...]:
    """Return the steps of the sequence with a seed.

    Each sequence has some kinds of edits alone, so these meet more often (swarm testing), and
    always the two that leave an address as it was.
    """
    chance = make_chance(seed)
    names = sorted(EDITS)
    some = [name for name in names if chance.random() < 0.5 or name in _ALWAYS]
    chosen = chance.choices(some, [WEIGHTS[name] for name in some], k=length)
    return tuple(Step(name, chance.getrandbits(32)) for name in chosen)


def make_chance(seed: int) -> random.Random:
    """Return a generator of random numbers."""
    return random.Random(seed)  # noqa: S311 (for tests, not for secrets)


@contextmanager
def hold_world(world: World) -> Iterator[None]:
    """Let the generator live in ``world``: in its time, in its version, on a site that is large.

    What is formatted or rendered shows the version of the generator, as it may after an upgrade.
    """

    def tell_version(rendered: tuple[bytes, list[Problem]]) -> tuple[bytes, list[Problem]]:
        data, problems = rendered
        return data + world.version.encode(), problems

    with pytest.MonkeyPatch.context() as patch:
        change_arguments(patch, stamps.take_stamp, status=world.describe)
        # No picture of these ends its process: a process for each takes half of the time.
        change_arguments(patch, map_items, guard=_trust_pictures)
        replace_everywhere(patch, stamps.read_clock, world.read_clock)
        change_result(
            patch, fingerprint_generator, lambda own: digest_bytes(own + world.version.encode())
        )
        change_result(patch, format_number, lambda text: text + world.version)
        change_result(patch, render, tell_version)
        set_constants(patch, **_THRESHOLDS)
        yield


def _trust_pictures(guard: Guard[Any, Any]) -> Guard[Any, Any]:
    return msgspec.structs.replace(guard, risky=lambda _: False)


class Afresh:
    """Builds from nothing, which of the same inputs make the same: so most are done only once.

    Those of one sequence are all the same, whatever bug is planted, because no bug shows in them.
    It is not taken on trust: some are done again.
    """

    # More than one process meets: those of all planted bugs are then kept to the end.
    _MOST = 4_000

    def __init__(self) -> None:
        self._made: dict[bytes, tuple[_Outcome, dict[str, bytes]]] = {}
        # From one build to the next nearly all files are the same: each is kept only once.
        self._files: dict[bytes, bytes] = {}

    def build(self, world: World, chance: random.Random) -> tuple[_Outcome, dict[str, bytes]]:
        """Return what came of a build of the inputs of ``world``, and the files that it made."""
        key = world.digest_inputs()
        made = self._made.get(key)
        doubted = chance.random() < 0.02
        if made is None or doubted:
            outcome, files = world.build_clean(_outcome_of(story.build))
            again = (
                outcome,
                {path: self._files.setdefault(data, data) for path, data in files.items()},
            )
            assert made in (None, again), "of the same inputs, something else was made"
            if len(self._made) >= self._MOST:
                self._made.clear()
                self._files.clear()
            made = self._made[key] = again
        return made


class Hunt:
    """One sequence, step by step; it ends at the first build that is not as it should be."""

    def __init__(self, folder: Path, seed: int, afresh: Afresh) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self._world = World(folder)
        self._afresh = afresh
        self.story: list[str] = []
        self.builds = 0
        self.failed = 0
        # What a preview knows from build to build, with the files that there were, and the version
        # of the generator that it is.
        self._known: tuple[str, BuildState, dict[str, tuple[object, ...]]] | None = None
        chance = make_chance(seed)
        fill(self._world, chance)
        self._rests = chance.choice(_RESTS)

    def run(self, steps: tuple[Step, ...]) -> Stale | None:
        """Return what went wrong, or nothing."""
        with hold_world(self._world):
            if what := self._compare(make_chance(0)):
                return Stale(what, 0, ())
            assert not self._world.failed, f"no good site to begin with: {self._world.root}"
            for number, step in enumerate(steps, start=1):
                chance = make_chance(step.seed)
                if what := self._take_and_compare(step, chance):
                    return Stale(what, number, tuple(self.story))
        return None

    def _take_and_compare(self, step: Step, chance: random.Random) -> str:
        """Do what a step says, unless what the last one broke is repaired first."""
        world = self._world
        if chance.random() < self._rests and (what := self._come_to_rest(chance)):
            return what
        if chance.random() < 0.6:
            world.pass_time()
            self.story.append("(time passes)")
        if world.failed and chance.random() < 0.7:
            world.restore_inputs(world.good)
            self.story.append("repair what is broken")
        else:
            self.story.append(f"{step.name}: {EDITS[step.name](world, chance)}")
            if chance.random() < 0.3:
                world.pass_time()
                self.story.append("(time passes before the build)")
            if chance.random() < 0.1:
                self.story.append("(no build yet)")
                return ""
        return self._compare(chance)

    def _come_to_rest(self, chance: random.Random) -> str:
        """Go back to the beginning, without a warning, and build when no file is young any more.

        What comes next is then the one thing that happened to a site at rest.
        """
        world = self._world
        world.restore_inputs(world.first)
        world.now, world.drafts = NOW, False
        world.pass_time()
        self.story.append("(back to the beginning, at rest)")
        return self._compare(chance)

    def _compare(self, chance: random.Random) -> str:
        """Build, build from nothing, and return what is different, if anything is."""
        world = self._world
        before = world.files(), _read(world.manifest)
        checked = self._build(story.check) if chance.random() < 0.1 else None
        now = self._build(self._choose_build(chance))
        world.clean = False
        after = world.files(), _read(world.manifest)
        afresh, files = self._afresh.build(world, chance)
        self.builds += 1
        world.failed = not afresh.good
        if any(each.startswith(CRASH) for each in (*now.problems, *afresh.problems)):
            return f"{CRASH}: {now.problems}, from nothing {afresh.problems}"
        if what := _differ("build", now, afresh) or _differ("check", checked or now, afresh):
            return what
        if world.failed:
            self.failed += 1
            return "" if after == before else "a build that failed changed the output"
        world.good = world.copy_inputs()
        return _explain(after[0], files) or self._compare_again(chance, afresh, files)

    def _compare_again(
        self, chance: random.Random, afresh: _Outcome, files: dict[str, bytes]
    ) -> str:
        """Now and then, do what must do nothing, and return what it did nevertheless."""
        world = self._world
        if chance.random() < 0.1:
            again = self._build(story.build)
            if again.touched or world.files() != files:
                return f"a build without a change wrote or removed {again.touched} files"
            if what := _differ("build without a change", again, afresh):
                return what
        if chance.random() < 0.02 and (found := verify(world.request())):
            return f"`verify` differs without a cause: {found}"
        return ""

    def _choose_build(self, chance: random.Random) -> Callable[..., Any]:
        """Return a build like that of a preview, which knows what it knew, or any other.

        A preview is mostly told which files have changed, and looks at no others.
        """
        version, known, before = self._known or ("", None, {})
        if chance.random() < 0.7 or version != self._world.version:
            known = None
        told = chance.random() < 0.7

        def build(request: story.Request) -> story.Report:
            files = _list_files(request.root / CONTENT)
            changed = dict(files.items() ^ before.items()).keys()
            named = frozenset(f"{CONTENT}/{name}" for name in changed) if told else None
            report = story.build(request, known=known, named=named)
            self._known = self._world.version, report.known, files
            return report

        return build

    def _build(self, build: Callable[..., Any]) -> _Outcome:
        self.builds += 1
        return _outcome_of(build)(self._world.request())


def hunt(folder: Path, seed: int, length: int, afresh: Afresh) -> tuple[Stale | None, Tally]:
    """Run the sequence of a seed; return what went wrong, if anything did, and what was done."""
    steps = make_steps(seed, length)
    each = Hunt(folder, seed, afresh)
    stale = each.run(steps)
    edits = stale.steps if stale else length
    return stale, Tally(1, edits, each.builds, each.failed)


def shrink(folder: Path, seed: int, length: int, afresh: Afresh) -> Stale:
    """Return the shortest story that is found to go wrong as the sequence of a seed does."""
    steps = make_steps(seed, length)
    shortest = Hunt(folder, seed, afresh).run(steps)
    assert shortest, "it went well this time"
    steps = steps[: shortest.steps]
    size = max(1, len(steps) // 2)
    while size:
        start = 0
        while start < len(steps):
            fewer = steps[:start] + steps[start + size :]
            if found := Hunt(folder, seed, afresh).run(fewer):
                steps, shortest = fewer[: found.steps], found
            else:
                start += size
        size //= 2
    return shortest


def add(one: Tally, other: Tally) -> Tally:
    """Return the sums of two tallies."""
    return Tally(
        one.sequences + other.sequences,
        one.edits + other.edits,
        one.builds + other.builds,
        one.failed + other.failed,
    )


def _outcome_of(build: Callable[..., Any]) -> Callable[..., _Outcome]:
    """Return ``build`` so that it says what came of it, good or bad."""

    def run(request: story.Request) -> _Outcome:
        try:
            result = build(request)
        except ProblemsFoundError as error:
            return _Outcome(False, _describe(error.problems))  # noqa: FBT003 (the first field)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is a fault to be told)
            return _Outcome(False, (f"{CRASH}: {error!r}",))  # noqa: FBT003
        if isinstance(result, tuple):
            return _Outcome(all(each.warning for each in result), _describe(result))
        touched = result.written.written + result.written.removed
        return _Outcome(True, _describe(result.warnings), touched)  # noqa: FBT003

    return run


def _describe(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(_name(each) for each in problems if each.code not in _OF_EARLIER)


def _name(problem: Problem) -> str:
    return f"{problem.code} {format_text(problem, 'en')}"


def _list_files(folder: Path) -> dict[str, tuple[object, ...]]:
    """Return all that is below a folder, by its path there, with what tells that it was written."""
    top = f"{folder}"
    found: dict[str, tuple[object, ...]] = {}
    for place, folders, names in os.walk(top):
        for name in folders:
            found[f"{place}/{name}"[len(top) + 1 :]] = ()
        for name in names:
            path = f"{place}/{name}"
            facts = os.lstat(path)
            written = (facts.st_mode, facts.st_ctime_ns, facts.st_ino, read_file(path))
            found[path[len(top) + 1 :]] = written
    return found


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _differ(what: str, now: _Outcome, afresh: _Outcome) -> str:
    surplus = sorted(set(now.problems) - set(afresh.problems))
    lacking = sorted(set(afresh.problems) - set(now.problems))
    if now.good == afresh.good and not surplus and not lacking:
        return ""
    return f"problems of a {what}: too many {surplus}, too few {lacking}"


def _explain(now: dict[str, bytes], afresh: dict[str, bytes]) -> str:
    """Return the files that differ, and the first line of the first one."""
    if now == afresh:
        return ""
    surplus = sorted(now.keys() - afresh.keys())
    lacking = sorted(afresh.keys() - now.keys())
    stale = sorted(path for path in now.keys() & afresh.keys() if now[path] != afresh[path])
    text = f"stale {stale}, too many {surplus}, too few {lacking}"
    for path in stale[:1]:
        lines = zip(now[path].splitlines(), afresh[path].splitlines(), strict=False)
        first = next(((one, other) for one, other in lines if one != other), (b"", b""))
        text += f"\n{path}:\n- {first[0].decode(errors='replace')}"
        text += f"\n+ {first[1].decode(errors='replace')}"
    return text
