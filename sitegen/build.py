"""The story of a build: read, arrange, plan, render, and only then write."""

import functools
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from sitegen.assets import Asset, read_assets
from sitegen.config import read_config
from sitegen.errors import Place, Problem, ProblemsFoundError, UsageError, in_order, problem
from sitegen.frame import Planned, make_frame
from sitegen.gallery import choose_media, warn_unused
from sitegen.load import find_place, locate, read_content
from sitegen.media import is_picture, publication_key, publish, survey
from sitegen.model import Config, Record
from sitegen.output import Batch, Stager, Written, check_output, commit, holds, open_output
from sitegen.plan import Published, make_plan
from sitegen.render import Theme, render
from sitegen.site import arrange
from sitegen.store import remember
from sitegen.text import normalise
from sitegen.workers import Counter, run_workers

CACHE = ".sitegen"


class Request(Record, frozen=True):
    """What is to be built: ``now`` stands for the clock, ``jobs`` is the number of processes."""

    root: Path
    output: Path
    now: datetime
    jobs: int = 1
    drafts: bool = False
    clean: bool = False


class Report(Record, frozen=True):
    """What came of a build: the files, and the warnings."""

    written: Written
    warnings: tuple[Problem, ...]


class _Prepared(Record, frozen=True):
    """All that there is to write, before a byte of it is."""

    root: Path
    cache: Path
    items: tuple[Planned | Published | Asset, ...]


class _Share(Record, frozen=True):
    """What one worker did."""

    batch: Batch
    problems: tuple[Problem, ...]


class _Sink(Protocol):
    def add(self, path: str, data: bytes) -> None: ...

    def finish(self) -> Batch: ...


class _Discard:
    """Takes pages and keeps nothing: for looking without writing."""

    def add(self, path: str, data: bytes) -> None:
        pass

    def finish(self) -> Batch:
        return Batch()


class _Compare:
    """Takes pages and notes those that the output does not hold, byte for byte."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._differing: list[str] = []

    def add(self, path: str, data: bytes) -> None:
        if not holds(self._folder / path, data):
            self._differing.append(path)

    def finish(self) -> Batch:
        return Batch(unchanged=tuple(self._differing))


Watch = Callable[[int, int], None]


def ignore_progress(_done: int, _total: int) -> None:
    """Show nothing."""


def build(request: Request, watch: Watch = ignore_progress) -> Report:
    """Build the site; ``watch`` is told the number of files done and of all.

    Raises :class:`~sitegen.errors.ProblemsFoundError` with every problem; then nothing was written.
    """
    config = read_config(request.root)
    check_output(request.root, request.output)
    if request.clean:
        shutil.rmtree(request.root / CACHE, ignore_errors=True)
    prepared, problems = _prepare(request, config, request.root / CACHE)
    _stop_on_errors(problems, lambda: _render(prepared, _discard, request.jobs, watch))
    with open_output(request.output):
        shares = _render(prepared, functools.partial(Stager, request.output), request.jobs, watch)
        problems += (each for share in shares for each in share.problems)
        _stop_on_errors(problems)
        return Report(commit(request.output, (share.batch for share in shares)), in_order(problems))


def check(request: Request, watch: Watch = ignore_progress) -> tuple[Problem, ...]:
    """Return every problem and warning of the site; nothing is written but the cache."""
    config = read_config(request.root)
    prepared, problems = _prepare(request, config, request.root / CACHE)
    shares = _render(prepared, _discard, request.jobs, watch)
    return in_order([*problems, *(each for share in shares for each in share.problems)])


def verify(request: Request, watch: Watch = ignore_progress) -> tuple[str, ...]:
    """Return the paths in the output that are not what a build from nothing gives."""
    config = read_config(request.root)
    with tempfile.TemporaryDirectory() as empty:
        prepared, _ = _prepare(request, config, Path(empty))
        shares = _render(prepared, lambda _: _Compare(request.output), request.jobs, watch)
    return tuple(sorted(path for share in shares for path in share.batch.unchanged))


def _prepare(request: Request, config: Config, cache: Path) -> tuple[_Prepared, list[Problem]]:
    content, problems = read_content(request.root, config)
    site, more = arrange(config, content, request.now, drafts=request.drafts)
    problems += (find_place(request.root, each) for each in more)
    media = choose_media(site, content)
    problems += warn_unused(content)
    facts, more = survey(request.root, media)
    problems += more
    broken = {normalise(file.path) for file in media} - facts.keys()
    site = msgspec.structs.replace(site, broken=site.broken | broken)
    assets, more = read_assets(request.root / "templates", cache, config.base)
    problems += more
    frame = make_frame(site, facts, assets.urls, noindex=request.drafts)
    media = tuple(file for file in media if normalise(file.path) in facts)
    plan, more = make_plan(frame, media, functools.partial(locate, request.root))
    problems += more
    return _Prepared(request.root, cache, (*plan.pages, *plan.media, *assets.files)), problems


def _render(
    prepared: _Prepared, make_sink: Callable[[int], _Sink], jobs: int, watch: Watch
) -> list[_Share]:
    """Render every page and publish every file into sinks, one for each worker."""
    counter = Counter(jobs)
    total = len(prepared.items)
    theme = Theme(prepared.root / "templates")

    def work(worker: int) -> _Share:
        sink = make_sink(worker)
        problems: list[Problem] = []
        for item in prepared.items[worker::jobs]:
            data, found = _produce(prepared, theme, item)
            problems += found
            if not any(not each.warning for each in found):
                problems += _deliver(sink, item.path, data)
            counter.advance(worker)
            if jobs == 1:
                watch(counter.total(), total)
        return _Share(sink.finish(), tuple(problems))

    return run_workers(work, _Share, jobs, lambda: watch(counter.total(), total))


def _deliver(sink: _Sink, path: str, data: bytes) -> list[Problem]:
    try:
        sink.add(path, data)
    except UsageError as error:
        return [problem(error.code, Place(path), **error.arguments)]
    return []


def _produce(
    prepared: _Prepared, theme: Theme, item: Planned | Published | Asset
) -> tuple[bytes, list[Problem]]:
    if isinstance(item, Planned):
        return render(prepared.root, theme, item)
    if isinstance(item, Asset):
        return item.data, []
    try:
        source = (prepared.root / item.source).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        return b"", [problem("file-unreadable", Place(item.source), reason=reason)]
    if not is_picture(item.source):
        return source, []
    return _publish_picture(prepared.cache, item.source, source)


def _publish_picture(cache: Path, path: str, source: bytes) -> tuple[bytes, list[Problem]]:
    found: list[Problem] = []

    def compute() -> bytes:
        published = publish(source, path)
        if isinstance(published, Problem):
            raise ProblemsFoundError([published])
        return published

    try:
        return remember(cache / "media", publication_key(source), compute), found
    except ProblemsFoundError as error:
        return b"", list(error.problems)


def _discard(_worker: int) -> _Discard:
    return _Discard()


def _stop_on_errors(
    problems: Iterable[Problem], look_further: Callable[[], list[_Share]] = list
) -> None:
    """Raise if there is an error among ``problems``, with those that a further look finds."""
    found = list(problems)
    if any(not each.warning for each in found):
        found += (each for share in look_further() for each in share.problems)
        raise ProblemsFoundError(found)
