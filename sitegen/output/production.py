"""Planned files to bytes, in several worker processes; the bytes go into a sink."""

import functools
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.foundation.workers import ShowProgress, run_workers, share_counts
from sitegen.media.pictures import MediaFile, make_media
from sitegen.media.renditions import Rendition, make_rendition
from sitegen.media.share_cards import ShareCard, make_share_card
from sitegen.model import Record
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
    """What was made: the paths of the files that the sink took, and all that was wrong."""

    taken: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


# Is given the path of a file, relative to the output, and its bytes. Tells whether it took them.
Sink = Callable[[str, bytes], bool]
_Render = Callable[[str, str, Record], tuple[bytes, list[Problem]]]


def discard(_path: str, _data: bytes) -> bool:
    """Take no file: for looking without writing."""
    return False


def make_files(
    rendering: RenderContext,
    files: Sequence[PlannedFile],
    sink: Sink,
    jobs: int,
    watch: ShowProgress,
) -> MadeFiles:
    """Render every page and make every other file of ``files``, into a sink.

    Each worker has its own copy of the sink. ``watch`` is given the number of files that are done,
    and of all.
    """
    if not files:
        return MadeFiles()
    jobs = jobs if len(files) >= _WORTH_WORKERS else 1
    counts = share_counts(jobs)
    total = len(files)
    compiled = rendering.theme.compiled
    from sitegen.theme.rendering import render

    render_page = functools.partial(render, rendering.root, compiled)
    tasks = [list(task) for _, task in groupby(files, _name_task)]

    def work(worker: int, chunks: Iterator[range]) -> MadeFiles:
        taken: list[str] = []
        problems: list[Problem] = []
        for file in chain.from_iterable(tasks[number] for chunk in chunks for number in chunk):
            path = file.path
            data, found = _make_file(rendering, render_page, file)
            problems += found
            try:
                if not any(not each.warning for each in found) and sink(path, data):
                    taken.append(path)
            except ProblemsFoundError as error:
                problems += error.problems
            except UsageError as error:
                problems.append(problem(error.code, Place(path), **error.arguments))
            counts[worker] += 1
            if jobs == 1:
                watch(sum(counts), total)
        return MadeFiles(tuple(taken), tuple(problems))

    made = run_workers(work, MadeFiles, len(tasks), jobs, lambda: watch(sum(counts), total))
    return MadeFiles(
        tuple(chain.from_iterable(each.taken for each in made)),
        tuple(chain.from_iterable(each.problems for each in made)),
    )


def _name_task(file: PlannedFile) -> str:
    """Name a task of the workers: the renditions of one photo are one task, all else is alone."""
    return file.source if isinstance(file, Rendition) else file.path


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
