"""The story of a build: read, select, plan, make what changed, and only then publish."""

import functools
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.content.discovery import Discovery, discover, join_discoveries, look_again
from sitegen.content.settings import Config
from sitegen.foundation.addresses import SEARCH, output_path
from sitegen.foundation.cache import clear
from sitegen.foundation.files import measure_file
from sitegen.foundation.generator import fingerprint_generator
from sitegen.foundation.packed import PackedLostError
from sitegen.foundation.stamps import read_clock
from sitegen.foundation.text import normalise
from sitegen.foundation.workers import ShowProgress, ignore_progress, run_beside
from sitegen.incremental.cache_file import Segment, is_large, read_segments
from sitegen.incremental.config_cache import digest_config, load_config
from sitegen.incremental.manifest import format_manifest, parse_manifest
from sitegen.incremental.site_key import digest_inputs, find_unchanged, note_site
from sitegen.model import CONFIG_FILE, Record
from sitegen.output.folder import PREVIEWS, PUBLISHED, check_output, list_top
from sitegen.output.manifest_file import (
    COPIES,
    copy_manifest,
    find_unlisted,
    manifest_path,
    read_manifest_head,
    recall_manifest,
    seal_manifest,
)
from sitegen.output.staging import is_left
from sitegen.problems import (
    Place,
    Problem,
    ProblemsFoundError,
    has_errors,
    in_order,
    warning,
)
from sitegen.theme.assets import Asset, Assets, read_assets
from sitegen.theme.templates import TEMPLATES, Templates, read_templates

# A build that has nothing to do needs none of these, so functions import them where they are used.
if TYPE_CHECKING:
    from sitegen.content.reading import Content
    from sitegen.hidden_texts import HiddenTexts
    from sitegen.incremental.changes import Changes
    from sitegen.incremental.content_cache import LoadedCache
    from sitegen.incremental.keys import Keys
    from sitegen.output.gate import Gate
    from sitegen.output.production import MadeFiles, RenderContext, Theme
    from sitegen.pages.context import PlanContext
    from sitegen.pages.link_index import LinkIndex
    from sitegen.pages.planned import PlannedFile, PlannedGroup

# What other programs may use (docs/python.md).
__all__ = ["ProblemsFoundError", "Report", "Request", "build", "check"]

CACHE = ".sitegen"
# To take the stamps of all files takes twice as long as to load the cache: with two processes for
# the stamps, both are done at the same time.
_LOOKERS = 2


class Request(Record, frozen=True):
    """What to build: ``now`` is the time of the build, ``jobs`` the number of processes.

    ``drafts`` shows drafts and future articles, ``clean`` deletes the cache and renders everything,
    ``search`` makes the index of the search page; with ``index_later`` an earlier one stays for
    now, where readers cannot notice (docs/search.md).
    """

    root: Path
    output: Path
    now: datetime
    jobs: int = 1
    drafts: bool = False
    clean: bool = False
    search: bool = False
    index_later: bool = False


class Written(Record, frozen=True):
    """The numbers of files in the output that a build wrote, left unchanged and removed."""

    written: int
    unchanged: int
    removed: int


class BuildState(Record, frozen=True):
    """What a build leaves in memory for the next build of the same process."""

    found: Discovery
    loaded: "LoadedCache | None" = None
    theme: "Theme | None" = None


class Report(Record, frozen=True):
    """The result of a build; ``known`` makes the next build of the same process faster."""

    written: Written
    warnings: tuple[Problem, ...]
    known: BuildState


class _Looked(Record, frozen=True):
    """What was seen without writing it: problems, what a build would make, and what was made."""

    problems: tuple[Problem, ...]
    changes: "Changes"
    made: "MadeFiles"


class _Inputs(Record, frozen=True):
    """The inputs of a build before any text is read.

    ``segments`` are the segments of the cache, if they are not decoded yet. ``digest`` covers all
    inputs but the cache; it is empty if a file without a stamp must be read first.
    """

    config: Config
    generator: bytes
    known: BuildState
    segments: tuple[Segment, ...]
    templates: Templates
    assets: Assets
    digest: bytes
    problems: tuple[Problem, ...]


class Prepared(Record, frozen=True):
    """The plan of the whole site, before any file is made.

    ``bundles`` are the bundles of the search index, whose files are made when they are planned;
    ``hidden`` is what is not published yet.
    ``digest`` is the digest of the inputs; it is empty if the cache had a problem, which only this
    build reports, or if the next build must look at a media file again.
    """

    content: "Content"
    context: "PlanContext"
    rendering: "RenderContext"
    groups: "tuple[PlannedGroup, ...]"
    bundles: "tuple[PlannedGroup, ...]"
    link_index: "LinkIndex"
    hidden: "tuple[HiddenTexts, ...]"
    keys: "Keys"
    digest: bytes
    known: BuildState
    problems: tuple[Problem, ...]


def build(
    request: Request,
    watch: ShowProgress = ignore_progress,
    known: BuildState | None = None,
    named: Collection[str] | None = None,
) -> Report:
    """Build the site.

    Arguments:
        request: what to build.
        watch: called with the number of files that are done and of all files.
        known: ``Report.known`` of an earlier build of this process; without it the cache is read.
        named: the paths, relative to the root, of all files that changed since that build; without
            it every file is examined.

    Raises :class:`~sitegen.problems.ProblemsFoundError` with every problem; then nothing was
    written.
    """
    try:
        return _build(request, watch, known, named)
    except PackedLostError:
        # Somebody has changed the cache since it was read. Now all of it is looked at again.
        return _build(request, watch)


def _build(
    request: Request,
    watch: ShowProgress,
    known: BuildState | None = None,
    named: Collection[str] | None = None,
) -> Report:
    check_output(request.root, request.output)
    cache = request.root / CACHE
    if is_left(request.output):
        from sitegen.output.publishing import recover

        recover(request.output)
    if request.clean:
        clear(cache, but={COPIES, PREVIEWS, PUBLISHED})
    inputs = _gather(request, cache, known, named)
    if not request.clean and (report := _find_nothing_to_do(request, inputs)):
        return report
    from sitegen.incremental.cache_pruning import prune
    from sitegen.incremental.changes import list_kept, note_groups
    from sitegen.incremental.keys import key_group
    from sitegen.output.gate import judge, search_kept
    from sitegen.output.production import make_files
    from sitegen.output.publishing import commit, open_output
    from sitegen.output.staging import Stager

    inputs = _decode(inputs)
    prepared, hidden = _make_hidden(request, _plan(request, cache, inputs), watch)
    problems = list(prepared.problems)
    _stop_on_errors(problems, lambda: _look_through(request, prepared, watch).problems)
    with open_output(request.output):
        changes, once = _compare(request, prepared, prepared.bundles)
        once += _list_lost_addresses(request, prepared, changes)
        stage, gate = Stager(request.output).stage, _make_gate(request, prepared)
        made = make_files(prepared.rendering, changes.files, stage, request.jobs, watch, gate)
        problems += chain(made.problems, *changes.warned.values())
        kept = functools.partial(list_kept, changes)
        found = search_kept(gate, request.output, changes.hidden, changes.gone, kept)
        problems += judge(gate, [*made.findings, *found])
        _stop_on_errors(problems)
        warnings = in_order(problems)
        since, until = request.now.timestamp(), prepared.context.site.until
        notes = note_groups(changes, gate.notes if gate else (), made.warned)
        keyed = [(each, key_group(prepared.keys, each)) for each in prepared.bundles]
        waits = any(changes.groups[each.name].key != key for each, key in keyed)
        flags = {"drafts": request.drafts, "provisional": waits}
        noted = note_site(notes, prepared.digest, since, until, warnings, **flags)
        manifest = seal_manifest(*format_manifest(noted))
        commit(request.output, changes.gone, manifest)
        copy_manifest(request.output, cache, manifest)
        groups = chain(prepared.groups, *(each.groups for each in prepared.hidden))
        prune(cache, tuple(groups), (*changes.files, *hidden))
        counted = Written(len(made.taken), changes.total - len(made.taken), len(changes.gone))
        return Report(counted, in_order([*once, *warnings]), prepared.known)


def check(
    request: Request, watch: ShowProgress = ignore_progress, host: str = ""
) -> tuple[Problem, ...]:
    """Return every error and warning of the site; only the cache is written.

    What is beyond the limits of a ``host`` is an error as well: of the one that ``config.yaml``
    names, if none is given. For a host that is given, samples are errors: they are published next.
    """
    try:
        return _check(request, watch, host)
    except PackedLostError:
        return _check(request, watch, host)


def _check(request: Request, watch: ShowProgress, host: str) -> tuple[Problem, ...]:
    prepared, _ = _make_hidden(request, prepare(request, request.root / CACHE), watch)
    looked = _look_through(request, prepared, watch)
    problems = [*prepared.problems, *looked.problems]
    limiting = host or prepared.context.site.config.host
    if limiting and not has_errors(problems):
        problems += _find_excesses(request, prepared, looked, limiting)
    if host:
        from sitegen.content.samples import refuse_samples

        problems = refuse_samples(problems)
    return in_order(problems)


def prepare(request: Request, cache: Path) -> Prepared:
    """Return the plan of the whole site with its problems so far.

    Files that the ``cache`` holds are not read again; files that were read are added to it.
    """
    return _plan(request, cache, _decode(_gather(request, cache)))


def _gather(
    request: Request,
    cache: Path,
    known: BuildState | None = None,
    named: Collection[str] | None = None,
) -> _Inputs:
    root = request.root
    problems: list[Problem] = []
    segments: tuple[Segment, ...] = ()
    generator = fingerprint_generator()
    config = load_config(root, cache, generator)
    clock = read_clock(cache)
    loaded = known.loaded if known else None
    if loaded and loaded.content.config != digest_config(config):
        loaded = None
    looks = [functools.partial(discover, root, clock, each, _LOOKERS) for each in range(_LOOKERS)]
    if known and named is not None:
        looks = [functools.partial(look_again, root, clock, known.found, named)]
    beside = not loaded and request.jobs > 1 and is_large(cache)
    found = [run_beside(look, Discovery, forked=beside) for look in looks]
    if not loaded:
        segments, problems = read_segments(cache, generator)
    if beside:
        from sitegen.incremental.content_cache import decode_segments

        loaded, more = decode_segments(segments, digest_config(config))
        segments, problems = (), [*problems, *more]
    assets, more = read_assets(root / TEMPLATES, cache, config.base, generator)
    problems += more
    templates = read_templates(root / TEMPLATES)
    files = join_discoveries([wait() for wait in found])
    flags = {"drafts": request.drafts, "search": request.search}
    digest = digest_inputs(generator, config, files, templates, assets.files, **flags)
    known = BuildState(files, loaded, known.theme if known else None)
    return _Inputs(config, generator, known, segments, templates, assets, digest, tuple(problems))


def _decode(inputs: _Inputs) -> _Inputs:
    """Return the inputs with the cache decoded, and without the bytes that this was done from."""
    from sitegen.incremental.content_cache import decode_segments

    if inputs.known.loaded:
        return inputs
    loaded, more = decode_segments(inputs.segments, digest_config(inputs.config))
    known = msgspec.structs.replace(inputs.known, loaded=loaded)
    problems = (*inputs.problems, *more)
    return msgspec.structs.replace(inputs, known=known, segments=(), problems=problems)


def _plan(request: Request, cache: Path, inputs: _Inputs) -> Prepared:
    from sitegen.content.published_media import choose_media, warn_unused
    from sitegen.content.reading import find_place, read_content
    from sitegen.content.selection import arrange
    from sitegen.hidden_texts import Sources, look_ahead
    from sitegen.incremental.content_cache import ContentCache, LoadedCache, save_cache
    from sitegen.incremental.keys import make_keys
    from sitegen.media.inspection import inspect_files
    from sitegen.output.production import RenderContext, Theme
    from sitegen.pages.context import make_context
    from sitegen.pages.media_files import list_files
    from sitegen.plan import make_plan
    from sitegen.search.bundles import IndexContext, plan_bundles

    root, config, known = request.root, inputs.config, inputs.known
    problems = list(inputs.problems)
    loaded = known.loaded or LoadedCache()
    cached = loaded.content
    content, readings, more = read_content(root, config, known.found, cached.readings, request.jobs)
    problems += more
    site, more = arrange(config, content, request.now, drafts=request.drafts)
    problems += (find_place(root, each) for each in more)
    media, choice = choose_media(root, site, content, cached.plan.media)
    problems += warn_unused(root, content)
    inspected, more = inspect_files(root, media, cached.inspected, request.jobs)
    problems += more
    settled = not inputs.problems and all(each.stamp for each in inspected.values())
    digest = inputs.digest if settled else b""
    # A damaged picture is one problem: articles that use it are not reported too.
    broken = {normalise(file.path) for file in media} - inspected.keys()
    site = msgspec.structs.replace(site, broken=site.broken | broken)
    context = make_context(site, inspected, inputs.assets.urls, noindex=request.drafts)
    files = tuple(list_files(media, inspected).values())
    index = IndexContext(root, cache, inputs.generator, files)
    bundles = plan_bundles(context, index) if request.search else ()
    assets = inputs.assets.files
    plan = make_plan(root, context, media, inspected, assets, cached.plan, bundles)
    problems += plan.problems
    sources = Sources(root, content, choice, inspected, cached.inspected, request.jobs)
    outlook = look_ahead(sources, context, plan, cached.plan.addresses)
    problems += outlook.problems
    kept = {"media": choice, "addresses": outlook.addresses}
    plan_cache = msgspec.structs.replace(
        plan.known, **kept, hidden=cached.plan.hidden if outlook.hidden else {}
    )
    cached = ContentCache(digest_config(config), readings, outlook.inspected, plan_cache)
    saved = save_cache(cache, inputs.generator, loaded, cached)
    same_theme = known.theme and known.theme.templates == inputs.templates
    theme = known.theme if known.theme and same_theme else Theme(inputs.templates)
    known = BuildState(known.found, saved, theme)
    keys = make_keys(inputs.generator, config, context.shared, inputs.templates)
    rendering = RenderContext(root, cache, context.shared, theme)
    indexed = tuple(bundle.group for bundle in bundles)
    return Prepared(
        *(content, context, rendering, plan.groups, indexed, plan.link_index, outlook.hidden),
        *(keys, digest, known, tuple(problems)),
    )


def _make_hidden(
    request: Request, prepared: Prepared, watch: ShowProgress
) -> "tuple[Prepared, tuple[PlannedFile, ...]]":
    """Make what hidden texts will be, without writing it, and add what is wrong; return the files.

    What was made without an error is noted in the cache, and not made again while it is unchanged.
    """
    if not prepared.hidden or not prepared.known.loaded:
        return prepared, ()
    from sitegen.hidden_texts import judge
    from sitegen.incremental.changes import WARNED, find_changes
    from sitegen.incremental.content_cache import save_cache
    from sitegen.incremental.manifest import GroupNote, Manifest, drop_files, note_warnings
    from sitegen.output.production import make_files

    loaded, problems = prepared.known.loaded, list(prepared.problems)
    noted = loaded.content.plan.hidden
    notes: dict[str, GroupNote] = {}
    files: list[PlannedFile] = []
    for each in prepared.hidden:
        groups = [
            msgspec.structs.replace(group, name=f"{each.claimants.hidden} {group.name}")
            for group in each.groups
        ]
        present = frozenset(path.partition("/")[0] for own in groups for path in own.paths)
        own = f"{each.claimants.hidden} {WARNED}"
        before = Manifest(groups=noted | ({WARNED: noted[own]} if own in noted else {}))
        changes = find_changes(groups, prepared.keys, before, present, everything=request.clean)
        made = make_files(prepared.rendering, changes.files, _take, request.jobs, watch)
        problems += judge(each, (*made.problems, *chain(*changes.warned.values())), problems)
        if warned := changes.warned | made.warned:
            notes[own] = note_warnings(warned)
        # Two files may have one path: that is a problem of its own.
        failed = (Counter(file.path for file in changes.files) - Counter(made.taken)).keys()
        notes |= {name: drop_files(note, failed) for name, note in changes.groups.items()}
        files += changes.files
    if notes != noted:
        plan = msgspec.structs.replace(loaded.content.plan, hidden=notes)
        content = msgspec.structs.replace(loaded.content, plan=plan)
        cache, generator = prepared.rendering.cache, prepared.keys.generator
        loaded = save_cache(cache, generator, loaded, content)
    known = msgspec.structs.replace(prepared.known, loaded=loaded)
    found = tuple(problems)
    return msgspec.structs.replace(prepared, known=known, problems=found), tuple(files)


def _take(_path: str, _data: bytes) -> bool:
    return True


def _find_nothing_to_do(request: Request, inputs: _Inputs) -> Report | None:
    """Return the report if the output is up to date, or else ``None``."""
    loaded = inputs.known.loaded
    if inputs.problems or not (loaded.segments if loaded else inputs.segments):
        return None
    manifest = parse_manifest(read_manifest_head(request.output))
    present, now = list_top(request.output), request.now.timestamp()
    site = find_unchanged(manifest, present, inputs.digest, now)
    if site is None or is_left(request.output) or (site.provisional and not request.index_later):
        return None
    return Report(Written(0, site.files, 0), site.warnings, inputs.known)


def _compare(
    request: Request, prepared: Prepared, bundles: "tuple[PlannedGroup, ...]" = ()
) -> "tuple[Changes, list[Problem]]":
    """Compare all groups, and ``bundles`` of the search index, with the manifest of the output.

    There is a warning if that cannot be relied on.
    """
    from sitegen.incremental.changes import find_changes, join_changes
    from sitegen.incremental.manifest import list_files, parse_pieces, split_manifest
    from sitegen.output.journal import is_set_aside
    from sitegen.search.bundles import BUNDLE, list_periods

    output = request.output
    before, wrong = recall_manifest(output, request.root / CACHE, parse_pieces)
    if is_set_aside(output):
        wrong = "journal-damaged"
    before, index = split_manifest(before, BUNDLE)
    keys, present, everything = prepared.keys, list_top(output), request.clean or bool(wrong)
    changes = find_changes(prepared.groups, keys, before, present, everything=everything)
    # The bundles are made as they are compared.
    waits = request.index_later and _keeps_index(changes)
    waiting = list_periods(bundles) if waits else frozenset[str]()
    made = find_changes(bundles, keys, index, present, everything=everything, waiting=waiting)
    changes = join_changes(changes, made)
    folders = {name for each in changes.groups.values() for name in each.folders}
    # In an output without anything of this site, there was nothing to be listed.
    if not wrong or present.isdisjoint(folders):
        return changes, []
    problems = [warning(wrong, Place(manifest_path(output).name))]
    listed = changes.gone.union(*map(list_files, changes.groups.values()))
    if unlisted := find_unlisted(output, listed):
        count, place = str(len(unlisted)), Place(output.name)
        problems.append(warning("file-unlisted", place, count=count, value=unlisted[0]))
    return changes, problems


def _keeps_index(changes: "Changes") -> bool:
    """Tell whether readers may search with the index that there was before these changes.

    Each text that it names has its page still, and the search page with its scripts is the same.
    """
    made = {file.path for file in changes.files}
    return not changes.owners and not changes.taken and output_path(SEARCH) not in made


def _look_through(request: Request, prepared: Prepared, watch: ShowProgress) -> _Looked:
    """Render, without writing it, everything that changed since the last build.

    The bodies of texts that have no page, because of errors in their fields, are looked at as well.
    """
    from sitegen.output.gate import judge
    from sitegen.output.production import make_files
    from sitegen.pages.flawed_texts import check_flawed_bodies

    changes, _ = _compare(request, prepared)
    gate = _make_gate(request, prepared)
    made = make_files(prepared.rendering, changes.files, _take, request.jobs, watch, gate)
    # With an error, nothing is published and no address is lost yet.
    stops = has_errors([*prepared.problems, *made.problems])
    lost = () if stops else _list_lost_addresses(request, prepared, changes)
    root, context, index = request.root, prepared.context, prepared.link_index
    flawed = check_flawed_bodies(root, context, index, request.jobs) if context.site.flawed else ()
    warned = chain(*changes.warned.values())
    problems = (*made.problems, *warned, *flawed, *lost, *judge(gate, made.findings))
    return _Looked(problems, changes, made)


def _find_excesses(
    request: Request, prepared: Prepared, looked: _Looked, host: str
) -> tuple[Problem, ...]:
    """Return what ``host`` would refuse. Files that stay as they are are measured in the output."""
    from sitegen.hosting.excesses import find_excesses
    from sitegen.hosting.host_files import fit_redirects
    from sitegen.incremental.manifest import list_files
    from sitegen.media.pictures import MediaFile
    from sitegen.pages.redirects import list_moved

    site, made = prepared.context.site, looked.made
    sizes = dict(zip(made.taken, made.sizes, strict=True))
    for path in chain(*map(list_files, looked.changes.groups.values())):
        if path not in sizes:
            sizes[path] = measure_file(request.output / path)
    bundled = chain.from_iterable(bundle.plan() for bundle in prepared.bundles)
    sizes |= {file.path: len(file.data) for file in bundled if isinstance(file, Asset)}

    def find_source(path: str) -> str:
        groups = (group for group in prepared.groups if path in group.paths)
        files = (file for group in groups for file in group.plan() if file.path == path)
        return next((file.source for file in files if isinstance(file, MediaFile)), CONFIG_FILE)

    redirects = fit_redirects(site.config, host, prepared.context.shared, list_moved(site))
    return tuple(find_excesses(host, site.config, sizes, redirects, find_source))


def _list_lost_addresses(
    request: Request, prepared: Prepared, changes: "Changes"
) -> tuple[Problem, ...]:
    """Return the addresses that this build takes away: of a preview, readers know none."""
    from sitegen.content.reading import locate
    from sitegen.incremental.lost_addresses import find_lost_addresses

    if request.drafts or request.output.is_relative_to(request.root / CACHE):
        return ()
    find = functools.partial(locate, request.root)
    return tuple(find_lost_addresses(changes, prepared.context.site, prepared.content, find))


def _make_gate(request: Request, prepared: Prepared) -> "Gate | None":
    """Return what nothing of the output may hold; nothing where all is shown."""
    from sitegen.output.gate import make_gate

    if request.drafts:
        return None
    root, cache, site = prepared.rendering.root, prepared.rendering.cache, prepared.context.site
    return make_gate(root, cache, site, prepared.content, request.now.timestamp())


def _stop_on_errors(
    problems: Iterable[Problem], look_further: Callable[[], Iterable[Problem]] = tuple
) -> None:
    """If there is an error among ``problems``, raise all of them with those of ``look_further``."""
    found = list(problems)
    if has_errors(found):
        raise ProblemsFoundError([*found, *look_further()])
