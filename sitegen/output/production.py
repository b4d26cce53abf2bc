"""Planned files to bytes, in several worker processes; the bytes go into a sink."""

import functools
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.foundation.guard import BlamelessError
from sitegen.foundation.workers import Guard, ShowProgress, map_items
from sitegen.media.formats import find_format
from sitegen.media.pictures import MediaFile, make_media
from sitegen.media.renditions import Rendition, make_rendition
from sitegen.media.share_cards import ShareCard, make_share_card
from sitegen.model import Record
from sitegen.output.gate import Finding, Gate, Search
from sitegen.pages.context import Shared
from sitegen.pages.planned import SITE, PlannedFile, PlannedPage
from sitegen.problems import (
    Place,
    Problem,
    ProblemsFoundError,
    UsageError,
    has_errors,
    problem,
)
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
    """What was made: the paths of the files that the sink took, and all that was wrong.

    ``findings`` are what the gate found (:mod:`sitegen.output.gate`); ``warned`` are the warnings
    of each file that was taken, ``sizes`` the sizes of these in bytes.
    """

    taken: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    warned: dict[str, tuple[Problem, ...]] = {}
    sizes: tuple[int, ...] = ()


# Is given the path of a file, relative to the output, and its bytes. Tells whether it took them.
Sink = Callable[[str, bytes], bool]
_Render = Callable[[str, str, Record], tuple[bytes, list[Problem]]]


def make_files(
    rendering: RenderContext,
    files: Sequence[PlannedFile],
    sink: Sink,
    jobs: int,
    watch: ShowProgress,
    gate: Gate | None = None,
) -> MadeFiles:
    """Render every page and make every other file of ``files``, into a sink.

    Each worker has its own copy of the sink. ``watch`` is given the number of files that are done,
    and of all. What is made is searched for what the ``gate`` keeps.
    """
    if not files:
        return MadeFiles()
    jobs = jobs if len(files) >= _WORTH_WORKERS else 1
    compiled = rendering.theme.compiled
    from sitegen.theme.rendering import render

    render_page = functools.partial(render, rendering.root, compiled)
    search = Search(gate) if gate else None
    if gate:
        # Before any fork: what takes longest is done once.
        gate.find(b"")

    def make(file: PlannedFile) -> MadeFiles:
        path = file.path
        data, found = _make_file(rendering, render_page, file)
        findings = search.add_made(file, data) if search else ()
        try:
            if not has_errors(found):
                # A page may be made anew and be the same: what is told of it is noted all the same.
                taken = sink(path, data)
                warned = {path: tuple(found)} if found else {}
                paths, sizes = ((path,), (len(data),)) if taken else ((), ())
                return MadeFiles(paths, tuple(found), findings, warned, sizes)
        except ProblemsFoundError as error:
            found = [*found, *error.problems]
        except UsageError as error:
            found = [*found, problem(error.code, Place(path), **error.arguments)]
        except OSError as error:
            raise BlamelessError(str(error)) from error
        return MadeFiles((), tuple(found), findings)

    def finish() -> MadeFiles:
        return MadeFiles(findings=search.finish() if search else ())

    made = map_items(make, files, MadeFiles, jobs, _GUARD, _find_starts(files), watch, finish)
    return MadeFiles(
        tuple(chain.from_iterable(each.taken for each in made)),
        tuple(chain.from_iterable(each.problems for each in made)),
        tuple(chain.from_iterable(each.findings for each in made)),
        dict(chain.from_iterable(each.warned.items() for each in made)),
        tuple(chain.from_iterable(each.sizes for each in made)),
    )


def _find_starts(files: Sequence[PlannedFile]) -> list[int]:
    """Return where chunks may begin: what is made of one photo stays with one worker."""
    sources = [file.source if isinstance(file, Rendition | ShareCard) else "" for file in files]
    return [
        number
        for number, source in enumerate(sources)
        if not source or not number or source != sources[number - 1]
    ]


def _find_owner(file: PlannedFile) -> str:
    """Return the file that is to blame where ``file`` cannot be made; of a list, it is none."""
    if isinstance(file, PlannedPage):
        return "" if file.owner == SITE else file.owner
    return "" if isinstance(file, Asset) else file.source


def _is_risky(file: PlannedFile) -> bool:
    """Tell whether a picture is decoded, unless it is one that the photo's renditions decode."""
    return isinstance(file, Rendition) or (
        isinstance(file, MediaFile) and find_format(file.source) is not None
    )


_GUARD = Guard(_find_owner, lambda found: MadeFiles(problems=(found,)), _is_risky)


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
