"""What a proposal changes: the site as it is beside that of an earlier commit, page by page.

Both are planned, not built. Files with equal keys have equal bytes, so only those whose keys differ
are made, and compared. Nothing is written outside a folder that is thrown away.
"""

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from sitegen.build import CACHE, Prepared, Request, prepare
from sitegen.cli.earlier_tree import Differences
from sitegen.cli.renamed_texts import find_renamed, read_title
from sitegen.content.articles import Article, open_article
from sitegen.content.kinds import Document, find_photo, list_references
from sitegen.foundation.addresses import find_url, output_path
from sitegen.foundation.files import read_file
from sitegen.foundation.parts import list_parts
from sitegen.foundation.text import normalise
from sitegen.foundation.workers import ShowProgress, ignore_progress
from sitegen.incremental import cache_file
from sitegen.incremental.keys import Reason, key_file, key_group
from sitegen.incremental.manifest import Key
from sitegen.media.renditions import Rendition
from sitegen.media.share_cards import ShareCard
from sitegen.model import CONFIG_FILE, Record
from sitegen.output.production import make_files
from sitegen.output.staging import holds
from sitegen.pages.planned import SITE, PlannedFile, PlannedGroup, PlannedPage
from sitegen.pages.redirects import REDIRECT
from sitegen.problems import ProblemsFoundError, has_errors
from sitegen.releases.comparison import Change
from sitegen.theme.templates import ASSETS, TEMPLATES

_PAGE = ".html"


class State(Record, frozen=True):
    """A site that is planned.

    ``texts`` are those that have a page, by the paths of their files; ``groups`` are the groups
    by the paths of what they make.
    """

    prepared: Prepared
    texts: dict[str, Document]
    groups: dict[str, PlannedGroup]

    def find_file(self, path: str) -> PlannedFile | None:
        """Return the planned file at ``path``, relative to the output."""
        group = self.groups.get(path)
        files = group.plan() if group else ()
        return next((file for file in files if file.path == path), None)


class ChangedPage(Record, frozen=True):
    """A file of the output that a proposal changes.

    ``url`` is its address, ``moved_from`` the one that it had. ``file`` is the text that it is
    made from and ``title`` the title of this text, if it is made from one. ``reasons`` are the
    fields of its key that differ, ``because`` the files whose change is the cause. ``is_subject``
    tells whether it is the page of a text and shows something else of this text.
    """

    url: str
    change: Change
    kind: str
    moved_from: str = ""
    is_led_on: bool = False
    file: str = ""
    title: str = ""
    reasons: tuple[Reason, ...] = ()
    because: tuple[str, ...] = ()
    is_subject: bool = False


class Group(Record, frozen=True):
    """Files that change in the same way because of the same files."""

    change: Change
    kind: str
    because: tuple[str, ...]
    reasons: tuple[Reason, ...]
    pages: tuple[ChangedPage, ...]


class Proposal(Record, frozen=True):
    """All that changes: first the pages of texts, then what changes with them, in groups."""

    subjects: tuple[ChangedPage, ...]
    groups: tuple[Group, ...]

    @property
    def pages(self) -> tuple[ChangedPage, ...]:
        """Everything, one by one."""
        return (*self.subjects, *(page for group in self.groups for page in group.pages))


PAGE, FEED, MEDIA, COPY, THEME = "page", "feed", "media", "copy", "theme"


def plan_state(request: Request, cache: Path) -> State:
    """Plan a site with a ``cache`` that is thrown away.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where it has errors.
    """
    prepared = prepare(request, cache)
    if has_errors(prepared.problems):
        raise ProblemsFoundError(prepared.problems)
    site = prepared.context.site
    texts = {each.path: each for each in (*site.articles, *site.standing_texts)}
    groups = {path: group for group in prepared.groups for path in group.paths}
    return State(prepared, texts, groups)


def copy_cache(root: Path, cache: Path) -> None:
    """Copy what the cache of a site knows of its texts: they need not be read again."""
    cache.mkdir(parents=True)
    known = root / CACHE / cache_file.FILE
    if known.is_file():
        shutil.copyfile(known, cache / cache_file.FILE)


def compare_states(
    before: State,
    now: State,
    differences: Differences,
    folder: Path,
    jobs: int,
    watch: ShowProgress = ignore_progress,
) -> Proposal:
    """Return what differs between two states; files that must be looked at are made in ``folder``.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where a file cannot be made.
    """
    files = _list_files(before, now)
    keys = (before.prepared.keys, now.prepared.keys)
    pairs: dict[str, _Pair] = {}
    for path, (old, new) in sorted(files.items()):
        old_key = key_file(keys[0], old) if old else None
        new_key = key_file(keys[1], new) if new else None
        if old_key != new_key:
            pairs[path] = _Pair(path, old, new, old_key, new_key)
    both = [each for each in pairs.values() if each.old and each.new]
    same = _find_same(before, now, both, folder, jobs, watch)
    left = [each for each in pairs.values() if each.path not in same]
    names = _find_new_names(before, now, differences)
    moves = _find_moves(before, now, names)
    parts = _list_changed_parts((before, now), differences, names)
    compared = _Compared(before, now, differences, names, moves, parts)
    pages = [page for each in left if (page := _describe(each, compared))]
    subjects = sorted((each for each in pages if each.is_subject), key=_rank)
    return Proposal(tuple(subjects), tuple(_group(each for each in pages if not each.is_subject)))


class _Pair(Record, frozen=True):
    """The file at a path in both states, with its keys."""

    path: str
    old: PlannedFile | None
    new: PlannedFile | None
    old_key: Key | None
    new_key: Key | None


class _Compared(Record, frozen=True):
    """Two states and the files that differ.

    ``names`` has the new name of each file that was renamed, by the old one, ``moves`` the old
    address of each text with another one, by the new one, ``parts`` the file of each text that
    differs, by the digests of its parts.
    """

    before: State
    now: State
    differences: Differences
    names: dict[str, str]
    moves: dict[str, str]
    parts: dict[bytes, str]


def _list_changed_parts(
    states: Iterable[State], differences: Differences, names: dict[str, str]
) -> dict[bytes, str]:
    """Return the files of the texts that differ, by the digests of the parts of these texts.

    A file that was renamed counts by its new name, which ``names`` has.
    """
    return {
        part.digest: names.get(path, path)
        for state in states
        for path, text in state.texts.items()
        if path in differences.changed
        for part in list_parts(open_article(text) if isinstance(text, Article) else text)
    }


def _list_files(
    before: State, now: State
) -> dict[str, tuple[PlannedFile | None, PlannedFile | None]]:
    """Return the files of all groups that differ, of both states, by their paths."""
    own = {each.name: key_group(before.prepared.keys, each) for each in before.prepared.groups}
    others = {each.name: key_group(now.prepared.keys, each) for each in now.prepared.groups}
    old, new = (
        {
            file.path: file
            for group in state.prepared.groups
            if not own.get(group.name) or own[group.name] != others.get(group.name)
            for file in group.plan()
        }
        for state in (before, now)
    )
    return {path: (old.get(path), new.get(path)) for path in old.keys() | new.keys()}


def _find_same(
    before: State,
    now: State,
    pairs: list[_Pair],
    folder: Path,
    jobs: int,
    watch: ShowProgress,
) -> frozenset[str]:
    """Return the paths of the files that have the same bytes although their keys differ."""

    def is_same(path: str, data: bytes) -> bool:
        return holds(folder / path, data)

    old = [each.old for each in pairs if each.old]
    new = [each.new for each in pairs if each.new]
    make_files(before.prepared.rendering, old, _Writer(folder), jobs, watch)
    made = make_files(now.prepared.rendering, new, is_same, jobs, watch)
    if has_errors(made.problems):
        raise ProblemsFoundError(made.problems)
    return frozenset(made.taken)


def _find_new_names(before: State, now: State, differences: Differences) -> dict[str, str]:
    """Return the new names of the texts whose files were renamed, by the old ones."""
    gone = {path: text for path, text in before.texts.items() if path not in now.texts}
    names: dict[str, str] = {}
    for path, text in now.texts.items():
        if path in before.texts:
            continue
        earlier = differences.renamed.get(path, "")
        if earlier not in gone:
            earlier = find_renamed(text, gone) or ""
        if earlier:
            del gone[earlier]
            names[earlier] = path
    return names


def _find_moves(before: State, now: State, names: dict[str, str]) -> dict[str, str]:
    """Return the old address of each text that has another one by now, by the new one."""
    moves: dict[str, str] = {}
    for path, old in before.texts.items():
        text = now.texts.get(names.get(path, path))
        if text and old.url != text.url and "#" not in f"{old.url}{text.url}":
            moves[text.url] = old.url
    return moves


def _describe(pair: _Pair, compared: _Compared) -> ChangedPage | None:
    """Return what changes of a file: nothing, if it is told with another one."""
    file = pair.new or pair.old
    url = find_url(pair.path)
    moved = {old: new for new, old in compared.moves.items()}
    if url in moved and (pair.new is None or _is_redirect(pair.new)):
        return None  # the page at the new address tells it
    change = Change.CHANGES
    if not pair.old or not pair.new:
        change = Change.APPEARS if pair.new else Change.VANISHES
    reasons = _find_reasons(pair)
    found = ChangedPage(url, change, _find_kind(file), reasons=reasons)
    if not isinstance(file, PlannedPage):
        source = "" if file is None else getattr(file, "source", "") or getattr(file, "owner", "")
        source = normalise(source)
        named = compared.names.get(source, source)
        because = (named,) if source in compared.differences.changed else ()
        return msgspec.structs.replace(found, because=because, file=source)
    state = compared.now if pair.new else compared.before
    text = state.texts.get(file.owner)
    is_text = file.owner != SITE and not _is_redirect(file)
    is_own = change is not Change.CHANGES or Reason.OWN in reasons
    old_url = compared.moves.get(url, "") if is_text else ""
    return msgspec.structs.replace(
        found,
        moved_from=old_url,
        is_led_on=bool(old_url and compared.now.find_file(output_path(old_url))),
        file="" if file.owner == SITE else file.owner,
        title=read_title(text) if text and is_text else "",
        because=tuple(_find_causes(pair, compared, text)),
        is_subject=is_text and is_own,
    )


def _is_redirect(file: PlannedFile) -> bool:
    return isinstance(file, PlannedPage) and file.template == REDIRECT


def _find_kind(file: PlannedFile | None) -> str:
    match file:
        case PlannedPage():
            return PAGE if file.path.endswith(_PAGE) else FEED
        case Rendition() | ShareCard():
            return COPY
        case _ if file is not None and file.path.startswith(ASSETS):
            return THEME
        case _:
            return MEDIA


def _find_reasons(pair: _Pair) -> tuple[Reason, ...]:
    if not pair.old_key or not pair.new_key:
        return ()
    fields = Key.__struct_fields__
    old, new = pair.old_key, pair.new_key
    return tuple(Reason(each) for each in fields if getattr(old, each) != getattr(new, each))


def _find_causes(pair: _Pair, compared: _Compared, text: Document | None) -> Iterator[str]:
    """Yield the files whose change makes a page another one, the nearest first."""
    changed, reasons = compared.differences.changed, _find_reasons(pair)
    found: dict[str, None] = {}
    file = pair.new or pair.old
    if not isinstance(file, PlannedPage):
        return
    if file.owner in changed and file.owner != SITE:
        found[file.owner] = None
    if text and not reasons:
        # That a text appears or vanishes is its own doing.
        yield from found
        if found:
            return
    if text and (not reasons or Reason.OWN in reasons):
        photo = find_photo(text)
        used = [*([photo] if photo else []), *(each.path for each in list_references(text))]
        found |= dict.fromkeys(path for path in used if path in changed)
    if Reason.TEMPLATE in reasons:
        parts = compared.now.prepared.rendering.theme.templates.list_parts(file.template)
        names = (f"{TEMPLATES}/{name}" for name in sorted(parts))
        found |= dict.fromkeys(name for name in names if name in changed)
    found |= dict.fromkeys(_find_parts(pair, compared))
    if Reason.SITE in reasons:
        found |= dict.fromkeys(_list_shared(compared))
    if not found and (Reason.OWN in reasons or Reason.AROUND in reasons or not reasons):
        # A list with no article left, a menu, the number of a page: what the texts are in.
        known = compared.before.texts.keys() | compared.now.texts.keys()
        found |= dict.fromkeys(sorted((known & changed) - compared.names.keys()))
        if CONFIG_FILE in changed:
            found[CONFIG_FILE] = None
    yield from found


def _find_parts(pair: _Pair, compared: _Compared) -> Iterator[str]:
    """Yield the texts of which a page shows a part that it did not show, or no longer shows one."""

    def list_digests(file: PlannedFile | None) -> set[bytes]:
        if not isinstance(file, PlannedPage):
            return set()
        return {part.digest for part in list_parts((file.own, file.around))}

    different = list_digests(pair.old) ^ list_digests(pair.new)
    yield from sorted({compared.parts[each] for each in different if each in compared.parts})


def _list_shared(compared: _Compared) -> Iterator[str]:
    """Yield the files that differ of which every page shows something."""
    changed = compared.differences.changed
    if CONFIG_FILE in changed:
        yield CONFIG_FILE
    yield from sorted(path for path in changed if path.startswith(f"{TEMPLATES}/{ASSETS}"))
    pages = {each.path for each in compared.now.prepared.context.site.standing_texts}
    yield from sorted(pages & changed)


# Where more files than these are each the cause alone, they are told together.
_MOST_CAUSES = 6
_SEVERAL = ("", "")
_ORDER = (Change.APPEARS, Change.CHANGES, Change.VANISHES)


def _rank(page: ChangedPage) -> tuple[int, str]:
    return (_ORDER.index(page.change), page.url)


def _group(pages: Iterable[ChangedPage]) -> Iterator[Group]:
    """Yield pages that change in the same way because of the same file, most important first.

    Those of which several files are the cause are one group, so that there are few.
    """
    groups: dict[tuple[str, Change, tuple[str, ...]], list[ChangedPage]] = defaultdict(list)
    every = tuple(pages)
    alone = {(each.kind, each.change, each.because) for each in every if len(each.because) == 1}
    several = Counter((kind, change) for kind, change, _ in alone)
    causes: dict[tuple[str, Change], set[str]] = defaultdict(set)
    for each in every:
        sort = (each.kind, each.change)
        is_alone = len(each.because) <= 1 and several[sort] <= _MOST_CAUSES and each.kind != COPY
        because = each.because if is_alone else _SEVERAL
        causes[sort].update(each.because if because is _SEVERAL else ())
        groups[(*sort, because)].append(each)
    kinds = (PAGE, FEED, MEDIA, COPY, THEME)
    for (kind, change, because), found in sorted(
        groups.items(), key=lambda each: (kinds.index(each[0][0]), -len(each[1]), each[0])
    ):
        named = tuple(sorted(causes[kind, change])) if because == _SEVERAL else because
        told = {reason for page in found for reason in page.reasons}
        reasons = tuple(reason for reason in Reason if reason in told)
        yield Group(change, kind, named, reasons, tuple(sorted(found, key=lambda page: page.url)))


def read_made(state: State, folder: Path, path: str) -> bytes | None:
    """Return a file of the output, which is made in ``folder``: nothing, if there is none."""
    target = folder / path
    file = None if target.is_file() else state.find_file(path)
    if file:
        # What decodes a photo has a process of its own, which writes.
        make_files(state.prepared.rendering, [file], _Writer(folder), 1, ignore_progress)
    return read_file(target) if target.is_file() else None


class _Writer:
    """Writes files below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, path: str, data: bytes) -> bool:
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return True
