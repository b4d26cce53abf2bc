"""The press: what was planned becomes bytes, in several processes, and goes into sinks.

What a sink does with a file is its own business: keep it for the site, compare it, or forget it.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sitegen.foundation.cache import remember
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.workers import Counter, run_workers
from sitegen.media.pictures import MEDIA, is_picture, name_kept_picture, publish
from sitegen.media.resizing import Rendition, make_rendition
from sitegen.media.share_cards import ShareCard, make_share_card
from sitegen.model import Record
from sitegen.output.files import Batch
from sitegen.pages.context import Shared
from sitegen.pages.planned import PlannedFile, PlannedMedia, PlannedPage
from sitegen.problems import Place, Problem, ProblemsFoundError, UsageError, problem
from sitegen.theme.assets import Asset
from sitegen.theme.templates import Templates

if TYPE_CHECKING:
    from sitegen.theme.rendering import Compiled

# Fewer items than these are made sooner than other processes are started.
_WORTH_WORKERS = 50


class Theme:
    """The templates of a theme, and what becomes of them when the first page is rendered."""

    def __init__(self, templates: Templates) -> None:
        self.templates = templates

    @functools.cached_property
    def compiled(self) -> "Compiled":
        """The templates as they are rendered; they are compiled once."""
        # The template engine loads here, where there is something to print, and before any fork.
        from sitegen.theme.rendering import Compiled

        return Compiled(self.templates)


class RenderContext(Record, frozen=True):
    """All that pages are made of besides their own parts.

    ``cache`` is where pictures are kept between builds.
    """

    root: Path
    cache: Path
    shared: Shared
    theme: Theme


class Share(Record, frozen=True):
    """What one worker did."""

    batch: Batch
    problems: tuple[Problem, ...]


class Sink(Protocol):
    """What takes the files of one worker."""

    def add(self, path: str, data: bytes) -> None:
        """Take the file for ``path``, relative to the output."""

    def finish(self) -> Batch:
        """Return what is to be moved into place."""


class Discard:
    """Takes files and keeps nothing: for looking without writing."""

    def __init__(self, _worker: int) -> None:
        pass

    def add(self, path: str, data: bytes) -> None:
        """Forget the file."""

    def finish(self) -> Batch:
        """Return an empty batch."""
        return Batch()


ShowProgress = Callable[[int, int], None]
_Render = Callable[[str, str, Record], tuple[bytes, list[Problem]]]


def ignore_progress(_done: int, _total: int) -> None:
    """Show nothing."""


def make_files(
    rendering: RenderContext,
    items: Sequence[PlannedFile],
    make_sink: Callable[[int], Sink],
    jobs: int,
    watch: ShowProgress,
) -> list[Share]:
    """Render every page and publish every file of ``items`` into sinks, one for each worker."""
    if not items:
        return []
    jobs = jobs if len(items) >= _WORTH_WORKERS else 1
    counter = Counter(jobs)
    total = len(items)
    compiled = rendering.theme.compiled
    from sitegen.theme.rendering import render

    render_page = functools.partial(render, rendering.root, compiled)

    together = _put_together(items)

    def work(worker: int, portions: Iterator[range]) -> Share:
        sink = make_sink(worker)
        problems: list[Problem] = []
        for item in chain.from_iterable(together[number] for each in portions for number in each):
            data, found = _produce(rendering, render_page, item)
            problems += found
            if not any(not each.warning for each in found):
                problems += _deliver(sink, item.path, data)
            counter.advance(worker)
            if jobs == 1:
                watch(counter.total(), total)
        return Share(sink.finish(), tuple(problems))

    return run_workers(work, Share, len(together), jobs, lambda: watch(counter.total(), total))


def _put_together(items: Sequence[PlannedFile]) -> list[list[PlannedFile]]:
    """Return the items that one worker makes: the renditions of a photo, and any other alone."""
    together: list[list[PlannedFile]] = []
    photo = ""
    for item in items:
        source = item.source if isinstance(item, Rendition) else ""
        if source and source == photo:
            together[-1].append(item)
        else:
            together.append([item])
        photo = source
    return together


def _deliver(sink: Sink, path: str, data: bytes) -> list[Problem]:
    try:
        sink.add(path, data)
    except UsageError as error:
        return [problem(error.code, Place(path), **error.arguments)]
    return []


def _produce(
    rendering: RenderContext, render_page: _Render, item: PlannedFile
) -> tuple[bytes, list[Problem]]:
    if isinstance(item, PlannedPage):
        view = item.compose(rendering.shared, item.own, item.around)
        return render_page(item.template, item.url, view)
    if isinstance(item, Asset):
        return item.data, []
    try:
        if isinstance(item, Rendition):
            return make_rendition(rendering.root, rendering.cache, item), []
        if isinstance(item, ShareCard):
            return make_share_card(rendering.root, rendering.cache, item), []
    except ProblemsFoundError as error:
        return b"", list(error.problems)
    return _publish_file(rendering, item)


def _publish_file(rendering: RenderContext, item: PlannedMedia) -> tuple[bytes, list[Problem]]:
    try:
        source = (rendering.root / item.source).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        return b"", [problem("file-unreadable", Place(item.source), reason=reason)]
    if digest_bytes(source) != item.digest:
        return b"", [problem("file-changing", Place(item.source))]
    if not is_picture(item.source):
        return source, []

    def compute() -> bytes:
        published = publish(source, item.source)
        if isinstance(published, Problem):
            raise ProblemsFoundError([published])
        return published

    try:
        return remember(rendering.cache / MEDIA, name_kept_picture(item.digest), compute), []
    except ProblemsFoundError as error:
        return b"", list(error.problems)
