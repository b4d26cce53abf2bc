"""The check that no address has two owners, of what is published and of what will be."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

import msgspec

from sitegen.content.articles import Article
from sitegen.content.people import Person
from sitegen.foundation.addresses import find_url, is_static, output_path, person_url, redirect_url
from sitegen.foundation.text import fold
from sitegen.media.renditions import Rendition, holds_rendition
from sitegen.model import Record
from sitegen.pages.context import PlanContext
from sitegen.pages.planned import SITE, PlannedGroup, PlannedPage
from sitegen.pages.redirects import REDIRECT, list_moved
from sitegen.problems import Locate, Place, Problem, mark, problem
from sitegen.theme.assets import Asset

_CONTENT = "content/"
_MEDIA = "media/"
_INDEX = "/index.html"
_DOT_IN_FOLDER = re.compile(r"\.[^/\n]*/")
# In seconds since 1970: an article is published from the first until before the second.
Span = tuple[float, float]
_ALWAYS: Span = (-math.inf, math.inf)


class Claim(Record, frozen=True):
    """A claim of the file ``owner`` to a path in the output; ``alias`` is an old address.

    ``target`` is the address that the old one leads to. It is a ``draft`` if it is made only once a
    draft is published.
    """

    path: str
    owner: str
    alias: str = ""
    target: str = ""
    draft: bool = False


class Claimants(Record, frozen=True):
    """All that claims paths: groups of files, old addresses, and ``others``, which are the site's.

    ``hidden`` is empty for what is published, or else ``scheduled`` or ``draft``.
    """

    context: PlanContext
    groups: tuple[PlannedGroup, ...]
    others: tuple[str, ...] = ()
    hidden: str = ""


# Two claims to one address, or to a file and to a folder of the same name.
Collision = tuple[Claim, Claim]


def list_claimed(claimants: Iterable[Claimants]) -> str:
    """Return every claimed path in the output, a line for each claim.

    Renditions are left out unless another file is named like a rendition: renditions of different
    photos have different names.
    """
    paths: list[str] = []
    renditions: list[str] = []
    for each in claimants:
        for group in each.groups:
            (renditions if group.kind is Rendition else paths).extend(group.paths)
        # Old addresses without a file are claimed too: a web server redirects from them. Those of
        # hidden texts have no file yet.
        static = bool(each.hidden)
        paths += [claim.path for claim in _claim_others(each.context, static=static)]
        paths += each.others
    text = "\n".join(paths)
    return "\n".join(paths + renditions) if holds_rendition(text) else text


class KnownAddresses(Record, frozen=True):
    """The paths that are claimed twice (:func:`find_suspects`) among those of this digest."""

    digest: bytes = b""
    suspects: tuple[str, ...] = ()


def find_suspects(text: str) -> frozenset[str]:
    """Return the folded paths that are claimed twice, or as a file and as a folder.

    ``text`` has a line for each claim. Mostly there are none, and this is found out fast.
    """
    paths = text.split("\n")
    plain = text.isascii() and " " not in text
    folded = text.lower().split("\n") if plain else [fold(path) for path in paths]
    distinct = frozenset(folded)
    twice: frozenset[str] = frozenset()
    if len(distinct) < len(paths):
        twice = frozenset(path for path, count in Counter(folded).items() if count > 1)
    # If every file has a dot in its name and no folder has one, no file is named like a folder.
    dotted = all("." in path.rpartition("/")[2] for path in folded if not path.endswith(_INDEX))
    if plain and dotted and not _DOT_IN_FOLDER.search(text):
        return twice
    folders: set[str] = set()
    level: AbstractSet[str] = distinct
    while level := {path.rpartition("/")[0] for path in level} - folders - {""}:
        folders |= level
    return twice | (distinct & folders)


def find_collisions(
    claimants: Sequence[Claimants], suspects: AbstractSet[str]
) -> Iterator[Collision]:
    """Yield each two claims that can meet at one time, among those to the paths ``suspects``.

    Addresses that differ only in case count as one, because they are one file on many disks. A file
    and a folder of the same name are a collision too.
    """
    if not suspects:
        return
    claims = [each for own in claimants for each in _list_claims(own, suspects)]
    spans: dict[str, Span] = {}
    for each in claimants:
        if each.hidden != "draft":
            spans |= _list_spans(each.context.site.articles, published=not each.hidden)
    taken: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        before = taken[fold(claim.path)]
        yield from _find_first(claim, before, spans)
        before.append(claim)
    for claim in claims:
        for folder in _list_folders(fold(claim.path)):
            yield from _find_first(claim, taken.get(folder, ()), spans)


def _list_spans(articles: Iterable[Article], *, published: bool) -> dict[str, Span]:
    """Return when each article is published."""
    return {
        each.path: (
            -math.inf if published else each.date,
            math.inf if each.expires is None else each.expires,
        )
        for each in articles
    }


def _find_first(
    claim: Claim, before: Iterable[Claim], spans: Mapping[str, Span]
) -> Iterator[Collision]:
    """Yield the collision with the first claim of ``before`` that ``claim`` can meet, if any."""
    since, until = spans.get(claim.owner, _ALWAYS)
    for other in before:
        other_since, other_until = spans.get(other.owner, _ALWAYS)
        if max(since, other_since) < min(until, other_until):
            yield claim, other
            return


def _list_claims(own: Claimants, suspects: AbstractSet[str]) -> Iterator[Claim]:
    def is_suspect(path: str) -> bool:
        folded = fold(path)
        return folded in suspects or not suspects.isdisjoint(_list_folders(folded))

    # Only the groups that claim such a path are planned: to plan all takes many times as long.
    groups = [group for group in own.groups if any(map(is_suspect, group.paths))]
    others = (Claim(path, SITE) for path in own.others)
    for claim in chain(_claim_files(groups), others, _claim_others(own.context)):
        if is_suspect(claim.path):
            yield msgspec.structs.replace(claim, draft=own.hidden == "draft")


def _list_folders(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def describe_collisions(collisions: Iterable[Collision], locate: Locate) -> Iterator[Problem]:
    """Yield a problem for each address that is claimed twice; it names both files.

    It is only a warning while one of the two is a draft.
    """
    for claim, other in collisions:
        warning = claim.draft or other.draft
        for found in _refuse_claim(claim, other, locate):
            yield msgspec.structs.replace(found, warning=warning)


def _claim_files(groups: Iterable[PlannedGroup]) -> Iterator[Claim]:
    for file in chain.from_iterable(group.plan() for group in groups):
        if isinstance(file, PlannedPage):
            if file.template != REDIRECT:
                yield Claim(file.path, file.owner)
        elif isinstance(file, Asset):
            yield Claim(file.path, file.owner or f"templates/{file.path}")
        else:
            yield Claim(file.path, file.source)


def _refuse_claim(claim: Claim, other: Claim, locate: Locate) -> Iterator[Problem]:
    # The problem is reported at the file that is easier to change: at an article rather than at the
    # configuration, and at an old address rather than at a page.
    if _rank(other) > _rank(claim):
        claim, other = other, claim
    owner, alias = claim.owner, claim.alias
    named = other.owner
    if not named.startswith(_CONTENT):
        named = mark("the site itself (config.yaml)")
    if alias and owner == other.owner and claim.target == other.target:
        # A text may name an old address in two spellings.
        return
    if alias and not other.alias and output_path(claim.target) == claim.path:
        yield problem("alias-self", locate(owner, alias), value=alias)
    elif alias:
        yield problem("alias-taken", locate(owner, alias), value=alias, other=named)
    elif claim.path.startswith(_MEDIA):
        yield problem("file-name-same", Place(owner), other=named)
    else:
        yield problem("url-taken", locate(owner, ""), url=find_url(claim.path), other=named)


def _rank(claim: Claim) -> tuple[bool, bool]:
    """Return how easy it is to change what claims a path, as what can be compared."""
    return bool(claim.alias), claim.owner.startswith(_CONTENT)


def _claim_others(context: PlanContext, *, static: bool = True) -> Iterator[Claim]:
    """Yield a claim for every old address; without ``static``, for those without a file.

    A person without a page claims the address as well: it names a place in the list of people.
    """
    for moved in list_moved(context.site):
        if static or not is_static(moved.alias):
            path, target = output_path(redirect_url(moved.alias)), moved.subject.url
            yield Claim(path, moved.owner, moved.written, target)
    for each in context.site.standing_texts:
        if isinstance(each, Person) and not each.has_page:
            yield Claim(output_path(person_url(each.slug)), each.path)
