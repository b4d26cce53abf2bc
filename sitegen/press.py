"""The press: all that was planned becomes bytes, in several processes, and goes into sinks.

What a sink does with a file is its own business: keep it for the site, compare it, or forget it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sitegen.assets import Asset
from sitegen.errors import Place, Problem, ProblemsFoundError, UsageError, problem
from sitegen.frame import Planned
from sitegen.media import is_picture, publication_key, publish
from sitegen.model import Record
from sitegen.output import Batch, holds
from sitegen.plan import Published
from sitegen.render import Theme, render
from sitegen.store import remember
from sitegen.workers import Counter, run_workers


class Edition(Record, frozen=True):
    """All that there is to publish, before a byte of it is written.

    ``cache`` is where pictures are kept between builds.
    """

    root: Path
    cache: Path
    items: tuple[Planned | Published | Asset, ...]


class Share(Record, frozen=True):
    """What one worker did."""

    batch: Batch
    problems: tuple[Problem, ...]


class Sink(Protocol):
    """What takes the files of one worker."""

    def add(self, path: str, data: bytes) -> None:
        """Take the file for ``path``, relative to the output."""

    def finish(self) -> Batch:
        """Return what came of it."""


class Discard:
    """Takes files and keeps nothing: for looking without writing."""

    def __init__(self, _worker: int) -> None:
        pass

    def add(self, path: str, data: bytes) -> None:
        """Forget the file."""

    def finish(self) -> Batch:
        """Return an empty batch."""
        return Batch()


class Compare:
    """Takes files and notes those that the output does not hold, byte for byte."""

    def __init__(self, folder: Path, _worker: int) -> None:
        self._folder = folder
        self._differing: list[str] = []

    def add(self, path: str, data: bytes) -> None:
        """Look whether the output holds the file."""
        if not holds(self._folder / path, data):
            self._differing.append(path)

    def finish(self) -> Batch:
        """Return the paths that differ, in the place of those that are unchanged."""
        return Batch(unchanged=tuple(self._differing))


Watch = Callable[[int, int], None]


def ignore_progress(_done: int, _total: int) -> None:
    """Show nothing."""


def print_edition(
    edition: Edition, make_sink: Callable[[int], Sink], jobs: int, watch: Watch
) -> list[Share]:
    """Render every page and publish every file into sinks, one for each worker."""
    counter = Counter(jobs)
    total = len(edition.items)
    theme = Theme(edition.root / "templates")

    def work(worker: int) -> Share:
        sink = make_sink(worker)
        problems: list[Problem] = []
        for item in edition.items[worker::jobs]:
            data, found = _produce(edition, theme, item)
            problems += found
            if not any(not each.warning for each in found):
                problems += _deliver(sink, item.path, data)
            counter.advance(worker)
            if jobs == 1:
                watch(counter.total(), total)
        return Share(sink.finish(), tuple(problems))

    return run_workers(work, Share, jobs, lambda: watch(counter.total(), total))


def _deliver(sink: Sink, path: str, data: bytes) -> list[Problem]:
    try:
        sink.add(path, data)
    except UsageError as error:
        return [problem(error.code, Place(path), **error.arguments)]
    return []


def _produce(
    edition: Edition, theme: Theme, item: Planned | Published | Asset
) -> tuple[bytes, list[Problem]]:
    if isinstance(item, Planned):
        return render(edition.root, theme, item)
    if isinstance(item, Asset):
        return item.data, []
    try:
        source = (edition.root / item.source).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        return b"", [problem("file-unreadable", Place(item.source), reason=reason)]
    if not is_picture(item.source):
        return source, []
    return _publish_picture(edition.cache, item.source, source)


def _publish_picture(cache: Path, path: str, source: bytes) -> tuple[bytes, list[Problem]]:
    def compute() -> bytes:
        published = publish(source, path)
        if isinstance(published, Problem):
            raise ProblemsFoundError([published])
        return published

    try:
        return remember(cache / "media", publication_key(source), compute), []
    except ProblemsFoundError as error:
        return b"", list(error.problems)
