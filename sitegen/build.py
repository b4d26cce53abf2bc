"""The story of a build: read, arrange, plan, print what is not as it was, and only then publish."""

import functools
import shutil
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from sitegen.content.config import read_config
from sitegen.content.discovery import Discovery, discover, join_discoveries, look_again
from sitegen.content.published_media import choose_media, warn_unused
from sitegen.content.reading import Content, find_place, locate, read_content
from sitegen.content.selection import arrange
from sitegen.foundation.generator import fingerprint_generator
from sitegen.foundation.stamps import read_clock
from sitegen.foundation.text import normalise
from sitegen.foundation.workers import run_beside
from sitegen.incremental.cache_pruning import prune
from sitegen.incremental.changes import Changes, find_changes
from sitegen.incremental.content_cache import (
    ContentCache,
    LoadedCache,
    is_large,
    load_cache,
    save_cache,
)
from sitegen.incremental.keys import Keys, digest_config, make_keys
from sitegen.incremental.manifest import Manifest, format_manifest, parse_manifest
from sitegen.incremental.site_key import digest_inputs, find_unchanged, note_site
from sitegen.media.inspection import inspect_files
from sitegen.model import Config, Record
from sitegen.output.folder import check_output, list_top, read_manifest, read_manifest_head
from sitegen.output.journal import is_unfinished
from sitegen.output.production import (
    Discard,
    RenderContext,
    ShowProgress,
    Theme,
    ignore_progress,
    make_files,
)
from sitegen.output.publishing import commit, open_output
from sitegen.output.staging import Stager
from sitegen.pages.context import PlanContext, make_context
from sitegen.pages.planned import PlannedGroup
from sitegen.plan import make_plan
from sitegen.problems import Problem, ProblemsFoundError, in_order
from sitegen.search.bundles import IndexContext, plan_bundles
from sitegen.search.pagefind import find_indexer
from sitegen.theme.assets import Assets, read_assets
from sitegen.theme.templates import FOLDER as TEMPLATES
from sitegen.theme.templates import read_templates

# What other programs may use (docs/python.md).
__all__ = ["ProblemsFoundError", "Report", "Request", "build", "check"]

CACHE = ".sitegen"
# To look at every file takes twice as long as to remember what they said; both are done at once.
_LOOKERS = 2


class Request(Record, frozen=True):
    """What is to be built: ``now`` stands for the clock, ``jobs`` is the number of processes.

    With ``search`` there is an index for the search page, if the indexer is installed.
    """

    root: Path
    output: Path
    now: datetime
    jobs: int = 1
    drafts: bool = False
    clean: bool = False
    search: bool = False


class Written(Record, frozen=True):
    """What a build did to the output, in files."""

    written: int
    unchanged: int
    removed: int


class BuildState(Record, frozen=True):
    """What a build leaves to the next one of the same process: all that it knows is in memory."""

    loaded: LoadedCache
    found: Discovery
    theme: Theme


class Report(Record, frozen=True):
    """What came of a build: the files, the warnings, and what the next one need not find out."""

    written: Written
    warnings: tuple[Problem, ...]
    known: BuildState


class _Inputs(Record, frozen=True):
    """Everything that a build is made of, as far as it is known without reading the texts.

    ``digest`` stands for it all; it is empty where a file must be read first.
    """

    config: Config
    generator: bytes
    known: BuildState
    assets: Assets
    digest: bytes
    problems: tuple[Problem, ...]


class Prepared(Record, frozen=True):
    """Everything that the site will hold, before a byte of it is made.

    ``bundles`` are those of the search index: to plan their files is to make them.
    """

    content: Content
    context: PlanContext
    rendering: RenderContext
    groups: tuple[PlannedGroup, ...]
    bundles: tuple[PlannedGroup, ...]
    keys: Keys
    known: BuildState
    problems: tuple[Problem, ...]


def build(
    request: Request,
    watch: ShowProgress = ignore_progress,
    known: BuildState | None = None,
    named: Collection[str] | None = None,
) -> Report:
    """Build the site; ``watch`` is told the number of files done and of all.

    ``known`` is what an earlier build of this process reported; without it the cache is read.
    ``named`` are the paths, relative to the root, of all that changed since; without them every
    file is looked at.

    Raises :class:`~sitegen.problems.ProblemsFoundError` with every problem; then nothing was
    written.
    """
    check_output(request.root, request.output)
    cache = request.root / CACHE
    if request.clean:
        shutil.rmtree(cache, ignore_errors=True)
    inputs = _gather(request, cache, known, named)
    if not request.clean and (report := _find_nothing_to_do(request, inputs)):
        return report
    prepared = _plan(request, cache, inputs)
    problems = list(prepared.problems)
    _stop_on_errors(problems, lambda: _look_through(request, prepared, watch))
    with open_output(request.output):
        changes = _compare(request, prepared, (*prepared.groups, *prepared.bundles))
        make_sink = functools.partial(Stager, request.output)
        made = make_files(prepared.rendering, changes.files, make_sink, request.jobs, watch)
        problems += made.problems
        _stop_on_errors(problems)
        manifest = Manifest(groups=changes.groups)
        if not problems:
            since, until = request.now.timestamp(), prepared.context.site.until
            manifest = note_site(manifest, inputs.digest, since, until)
        staged = made.batch.staged
        commit(request.output, staged, changes.gone, format_manifest(manifest))
        prune(cache, prepared.groups, changes.files)
        counted = Written(len(staged), changes.total - len(staged), len(changes.gone))
        return Report(counted, in_order(problems), prepared.known)


def check(request: Request, watch: ShowProgress = ignore_progress) -> tuple[Problem, ...]:
    """Return every problem and warning of the site; nothing is written but the cache."""
    prepared = prepare(request, request.root / CACHE)
    return in_order([*prepared.problems, *_look_through(request, prepared, watch)])


def prepare(request: Request, cache: Path) -> Prepared:
    """Return all that the site will hold, and what is wrong with it so far.

    What the ``cache`` remembers is not read again, and what was read is remembered there.
    """
    return _plan(request, cache, _gather(request, cache))


def _gather(
    request: Request,
    cache: Path,
    known: BuildState | None = None,
    named: Collection[str] | None = None,
) -> _Inputs:
    root = request.root
    config = read_config(root)
    problems: list[Problem] = []
    clock = read_clock(cache)
    loaded = known.loaded if known else LoadedCache()
    loading = loaded.content.config != digest_config(config)
    looks = [functools.partial(discover, root, clock, share, _LOOKERS) for share in range(_LOOKERS)]
    if known and named is not None:
        looks = [functools.partial(look_again, root, clock, known.found, named)]
    beside = loading and request.jobs > 1 and is_large(cache)
    found = [run_beside(look, Discovery, forked=beside) for look in looks]
    generator = fingerprint_generator()
    if loading:
        loaded, problems = load_cache(cache, generator, digest_config(config))
    assets, more = read_assets(root / TEMPLATES, cache, config.base, generator)
    problems += more
    templates = read_templates(root / TEMPLATES)
    theme = known.theme if known and known.theme.templates == templates else Theme(templates)
    now_known = BuildState(loaded, join_discoveries([wait() for wait in found]), theme)
    digest = digest_inputs(
        *(generator, config, now_known.found, templates, assets.files),
        drafts=request.drafts,
        search=request.search,
    )
    return _Inputs(config, generator, now_known, assets, digest, tuple(problems))


def _plan(request: Request, cache: Path, inputs: _Inputs) -> Prepared:
    root, config, known = request.root, inputs.config, inputs.known
    cached = known.loaded.content
    problems = list(inputs.problems)
    content, readings, more = read_content(root, config, known.found, cached.readings, request.jobs)
    problems += more
    site, more = arrange(config, content, request.now, drafts=request.drafts)
    problems += (find_place(root, each) for each in more)
    media = choose_media(site, content)
    problems += warn_unused(content)
    inspected, more = inspect_files(root, media, cached.inspected, request.jobs)
    problems += more
    # A picture that is no good has its own problem: what uses it is not wrong as well.
    broken = {normalise(file.path) for file in media} - inspected.keys()
    site = msgspec.structs.replace(site, broken=site.broken | broken)
    context = make_context(site, inspected, inputs.assets.urls, noindex=request.drafts)
    find = functools.partial(locate, root)
    indexer = find_indexer() if request.search else None
    index = IndexContext(root, cache, inputs.generator, indexer) if indexer else None
    bundles = plan_bundles(context, index) if index else ()
    plan = make_plan(context, media, inspected, inputs.assets.files, find, cached.plan, bundles)
    problems += plan.problems
    cached = ContentCache(digest_config(config), readings, inspected, plan.known)
    saved = save_cache(cache, inputs.generator, known.loaded, cached)
    known = msgspec.structs.replace(known, loaded=saved)
    keys = make_keys(inputs.generator, config, context.shared, known.theme.templates)
    rendering = RenderContext(root, cache, context.shared, known.theme)
    indexed = tuple(bundle.group for bundle in bundles)
    return Prepared(content, context, rendering, plan.groups, indexed, keys, known, tuple(problems))


def _find_nothing_to_do(request: Request, inputs: _Inputs) -> Report | None:
    """Return what there is to report if the output is what these inputs make."""
    if inputs.problems or not inputs.known.loaded.segments:
        return None
    manifest = parse_manifest(read_manifest_head(request.output))
    present, now = list_top(request.output), request.now.timestamp()
    total = find_unchanged(manifest, present, inputs.digest, now)
    if total is None or is_unfinished(request.output):
        return None
    return Report(Written(0, total, 0), (), inputs.known)


def _compare(request: Request, prepared: Prepared, groups: tuple[PlannedGroup, ...]) -> Changes:
    """Return what of ``groups`` is not as the manifest of the output says that it was last made."""
    return find_changes(
        groups,
        prepared.keys,
        parse_manifest(read_manifest(request.output)),
        list_top(request.output),
        everything=request.clean,
    )


def _look_through(request: Request, prepared: Prepared, watch: ShowProgress) -> tuple[Problem, ...]:
    """Render all that was not rendered without a fault before, to find what is wrong with it."""
    files = _compare(request, prepared, prepared.groups).files
    return make_files(prepared.rendering, files, Discard, request.jobs, watch).problems


def _stop_on_errors(
    problems: Iterable[Problem], look_further: Callable[[], Iterable[Problem]] = tuple
) -> None:
    """Raise if there is an error among ``problems``, with those that a further look finds."""
    found = list(problems)
    if any(not each.warning for each in found):
        raise ProblemsFoundError([*found, *look_further()])
