"""Planned files to bytes, in several worker processes; the bytes go into sinks.

A sink stages the files for the site, or compares them with it, or forgets them.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sitegen.foundation.workers import Counter, ShowProgress, run_workers
from sitegen.media.pictures import MediaFile, make_media
from sitegen.media.renditions import Rendition
from sitegen.media.resizing import make_rendition
from sitegen.media.share_cards import ShareCard, make_share_card
from sitegen.model import Record
from sitegen.output.staging import Batch, join_batches
from sitegen.pages.context import Shared
from sitegen.pages.planned import PlannedFile, PlannedPage
from sitegen.problems import Place, Problem, ProblemsFoundError, UsageError, problem
from sitegen.theme.assets import Asset
from sitegen.theme.templates import Templates

if TYPE_CHECKING:
    from sitegen.theme.rendering import Compiled

# Fewer items than these are made sooner than other processes are started.
_WORTH_WORKERS = 50


class Theme(Record, frozen=True, dict=True):
    """The templates of a theme, and the same compiled, which happens once and when first needed."""

    templates: Templates

    @functools.cached_property
    def compiled(self) -> "Compiled":
        """The templates as they are rendered."""
        # The template engine is imported only where a page is rendered, and before any fork.
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


class MadeFiles(Record, frozen=True):
    """What a worker made, or all of them: what their sinks took, and what was wrong."""

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


_Render = Callable[[str, str, Record], tuple[bytes, list[Problem]]]


def make_files(
    rendering: RenderContext,
    files: Sequence[PlannedFile],
    make_sink: Callable[[int], Sink],
    jobs: int,
    watch: ShowProgress,
) -> MadeFiles:
    """Render every page and publish every file of ``files`` into sinks, one for each worker.

    ``make_sink`` is given the number of the worker, ``watch`` the number of files that are done,
    and of all.
    """
    if not files:
        return MadeFiles(Batch(), ())
    jobs = jobs if len(files) >= _WORTH_WORKERS else 1
    counter = Counter(jobs)
    total = len(files)
    compiled = rendering.theme.compiled
    from sitegen.theme.rendering import render

    render_page = functools.partial(render, rendering.root, compiled)
    tasks = _group_renditions(files)

    def work(worker: int, chunks: Iterator[range]) -> MadeFiles:
        sink = make_sink(worker)
        problems: list[Problem] = []
        for file in chain.from_iterable(tasks[number] for chunk in chunks for number in chunk):
            data, found = _make_file(rendering, render_page, file)
            problems += found
            if not any(not each.warning for each in found):
                problems += _add_to_sink(sink, file.path, data)
            counter.advance(worker)
            if jobs == 1:
                watch(counter.total(), total)
        return MadeFiles(sink.finish(), tuple(problems))

    made = run_workers(work, MadeFiles, len(tasks), jobs, lambda: watch(counter.total(), total))
    return MadeFiles(
        join_batches([each.batch for each in made]),
        tuple(chain.from_iterable(each.problems for each in made)),
    )


def _group_renditions(files: Sequence[PlannedFile]) -> list[list[PlannedFile]]:
    """Return the tasks of the workers: the renditions of one photo together, all else alone."""
    tasks: list[list[PlannedFile]] = []
    photo = ""
    for file in files:
        source = file.source if isinstance(file, Rendition) else ""
        if source and source == photo:
            tasks[-1].append(file)
        else:
            tasks.append([file])
        photo = source
    return tasks


def _add_to_sink(sink: Sink, path: str, data: bytes) -> list[Problem]:
    try:
        sink.add(path, data)
    except UsageError as error:
        return [problem(error.code, Place(path), **error.arguments)]
    return []


def _make_file(
    rendering: RenderContext, render_page: _Render, file: PlannedFile
) -> tuple[bytes, list[Problem]]:
    root, cache = rendering.root, rendering.cache
    try:
        match file:
            case PlannedPage():
                view = file.compose(rendering.shared, file.own, file.around)
                return render_page(file.template, file.url, view)
            case MediaFile():
                return make_media(root, cache, file), []
            case Rendition():
                return make_rendition(root, cache, file), []
            case ShareCard():
                return make_share_card(root, cache, file), []
            case Asset():
                return file.data, []
    except ProblemsFoundError as error:
        return b"", list(error.problems)
