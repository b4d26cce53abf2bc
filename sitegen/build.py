"""The story of a build: read, arrange, plan, print, and only then publish."""

import functools
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from sitegen.assets import read_assets
from sitegen.config import read_config
from sitegen.errors import Problem, ProblemsFoundError, in_order
from sitegen.frame import make_frame
from sitegen.gallery import choose_media, warn_unused
from sitegen.load import find_place, locate, read_content
from sitegen.media import survey
from sitegen.model import Config, Record
from sitegen.output import Stager, Written, check_output, commit, open_output
from sitegen.plan import make_plan
from sitegen.press import (
    Compare,
    Discard,
    Edition,
    Share,
    Watch,
    ignore_progress,
    print_edition,
)
from sitegen.site import arrange
from sitegen.text import normalise

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


def build(request: Request, watch: Watch = ignore_progress) -> Report:
    """Build the site; ``watch`` is told the number of files done and of all.

    Raises :class:`~sitegen.errors.ProblemsFoundError` with every problem; then nothing was written.
    """
    config = read_config(request.root)
    check_output(request.root, request.output)
    if request.clean:
        shutil.rmtree(request.root / CACHE, ignore_errors=True)
    edition, problems = _prepare(request, config, request.root / CACHE)
    _stop_on_errors(problems, lambda: print_edition(edition, Discard, request.jobs, watch))
    with open_output(request.output):
        shares = print_edition(
            edition, functools.partial(Stager, request.output), request.jobs, watch
        )
        problems += (each for share in shares for each in share.problems)
        _stop_on_errors(problems)
        return Report(commit(request.output, (share.batch for share in shares)), in_order(problems))


def check(request: Request, watch: Watch = ignore_progress) -> tuple[Problem, ...]:
    """Return every problem and warning of the site; nothing is written but the cache."""
    config = read_config(request.root)
    edition, problems = _prepare(request, config, request.root / CACHE)
    shares = print_edition(edition, Discard, request.jobs, watch)
    return in_order([*problems, *(each for share in shares for each in share.problems)])


def verify(request: Request, watch: Watch = ignore_progress) -> tuple[str, ...]:
    """Return the paths in the output that are not what a build from nothing gives."""
    config = read_config(request.root)
    with tempfile.TemporaryDirectory() as empty:
        edition, _ = _prepare(request, config, Path(empty))
        shares = print_edition(
            edition, functools.partial(Compare, request.output), request.jobs, watch
        )
    return tuple(sorted(path for share in shares for path in share.batch.unchanged))


def _prepare(request: Request, config: Config, cache: Path) -> tuple[Edition, list[Problem]]:
    content, problems = read_content(request.root, config)
    site, more = arrange(config, content, request.now, drafts=request.drafts)
    problems += (find_place(request.root, each) for each in more)
    media = choose_media(site, content)
    problems += warn_unused(content)
    facts, more = survey(request.root, media)
    problems += more
    # A picture that is no good has its own problem: what uses it is not wrong as well.
    broken = {normalise(file.path) for file in media} - facts.keys()
    site = msgspec.structs.replace(site, broken=site.broken | broken)
    assets, more = read_assets(request.root / "templates", cache, config.base)
    problems += more
    frame = make_frame(site, facts, assets.urls, noindex=request.drafts)
    media = tuple(file for file in media if normalise(file.path) in facts)
    plan, more = make_plan(frame, media, functools.partial(locate, request.root))
    problems += more
    return Edition(request.root, cache, (*plan.pages, *plan.media, *assets.files)), problems


def _stop_on_errors(
    problems: Iterable[Problem], look_further: Callable[[], list[Share]] = list
) -> None:
    """Raise if there is an error among ``problems``, with those that a further look finds."""
    found = list(problems)
    if any(not each.warning for each in found):
        found += (each for share in look_further() for each in share.problems)
        raise ProblemsFoundError(found)
