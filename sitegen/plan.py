"""The plan of the whole output, and the check that no address has two owners."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from sitegen.content.discovery import FoundFile
from sitegen.content.people import Person
from sitegen.foundation.addresses import find_url, is_static, output_path, person_url, redirect_url
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.text import fold
from sitegen.incremental.content_cache import PlanCache
from sitegen.media.inspection import InspectedFile
from sitegen.media.renditions import Rendition, holds_rendition
from sitegen.model import Record
from sitegen.pages.articles import plan_articles
from sitegen.pages.context import PlanContext
from sitegen.pages.feeds import list_feeds, plan_feeds
from sitegen.pages.front_page import plan_front_page
from sitegen.pages.indexes import plan_indexes, plan_years
from sitegen.pages.link_index import check_links, follow_links, make_link_index
from sitegen.pages.lists import plan_lists
from sitegen.pages.media_files import plan_media
from sitegen.pages.people import plan_people, plan_people_list
from sitegen.pages.planned import SITE, PlannedGroup, PlannedPage, make_group
from sitegen.pages.redirects import REDIRECT, list_moved, plan_redirects
from sitegen.pages.related import RelatedIndex, relate_articles
from sitegen.pages.sitemaps import plan_sitemap_index, plan_sitemaps
from sitegen.pages.standing_pages import plan_standing_pages
from sitegen.problems import Locate, Place, Problem, mark, problem
from sitegen.search.bundles import Bundle
from sitegen.search.page import plan_search
from sitegen.theme.assets import Asset

_CONTENT = "content/"
_MEDIA = "media/"
_INDEX = "/index.html"
_DOT_IN_FOLDER = re.compile(r"\.[^/\n]*/")


class Claim(Record, frozen=True):
    """A claim of the file ``owner`` to a path in the output; ``alias`` is an old address."""

    path: str
    owner: str
    alias: str = ""


class Plan(Record, frozen=True):
    """All groups of the output, and their problems; ``known`` makes the next plan faster."""

    groups: tuple[PlannedGroup, ...]
    known: PlanCache
    problems: tuple[Problem, ...]


def make_plan(
    context: PlanContext,
    media: Collection[FoundFile],
    inspected: dict[str, InspectedFile],
    assets: Iterable[Asset],
    locate: Locate,
    known: PlanCache,
    bundles: tuple[Bundle, ...] = (),
) -> Plan:
    """Plan everything in the output but the search index, and check all addresses and links.

    Arguments:
        context: the site.
        media: the media files to publish.
        inspected: what was found in these files, by path in NFC.
        assets: the files of the theme.
        locate: returns the place of a value or a reference in a file.
        known: ``Plan.known`` of the last build.
        bundles: the bundles of the search index, whose addresses are checked too.
    """
    lists = [*plan_lists(context), *plan_years(context)]
    listed = [path for group in lists for path in group.paths]
    sitemaps = tuple(plan_sitemaps(context, listed))
    pages = chain(
        plan_front_page(context),
        plan_search(context, bundles),
        plan_indexes(context),
        plan_people_list(context),
        plan_sitemap_index(context, sitemaps),
    )
    lists += [make_group("front", pages), plan_redirects(context), *sitemaps]
    named = [path for group in lists for path in group.paths]
    link_index = make_link_index(context, [*named, *list_feeds(context.site)])
    links = follow_links(context, link_index, known.links)
    related_index = RelatedIndex(context.site.articles[::-1])
    related = relate_articles(context, links.years, related_index, known.related)
    articles = tuple(plan_articles(context, links.years, link_index, related_index, related))
    others = (
        *lists,
        make_group("feeds", plan_feeds(context, link_index)),
        make_group("pages", plan_standing_pages(context, link_index)),
        make_group("people", plan_people(context, link_index)),
        *plan_media(context, media, inspected),
        make_group("assets", assets),
    )
    problems = list(check_links(context, links, link_index, locate))
    groups = (*others, *articles)
    # The digest of the link index covers the addresses of all articles.
    indexed = tuple(bundle.group for bundle in bundles)
    claimed = list_claimed(context, (*others, *indexed))
    addresses = digest_bytes(link_index.digest + claimed.encode())
    if addresses != known.addresses and has_collisions(list_claimed(context, (*groups, *indexed))):
        # Not from the files of the search index: these are made when they are planned.
        claims = (Claim(path, SITE) for group in indexed for path in group.paths)
        problems += check_collisions(groups, chain(claims, _claim_others(context)), locate)
        addresses = b""
    return Plan(groups, PlanCache(links.known, related, addresses), tuple(problems))


def list_claimed(context: PlanContext, groups: Iterable[PlannedGroup]) -> str:
    """Return every claimed path in the output, a line for each claim.

    Renditions are left out unless another file is named like a rendition: renditions of different
    photos have different names.
    """
    paths: list[str] = []
    renditions: list[str] = []
    for group in groups:
        (renditions if group.kind is Rendition else paths).extend(group.paths)
    # Old addresses without a file are claimed too: a web server redirects from them.
    paths += [claim.path for claim in _claim_others(context, static=False)]
    text = "\n".join(paths)
    return "\n".join(paths + renditions) if holds_rendition(text) else text


def has_collisions(text: str) -> bool:
    """Tell whether any path is claimed twice; ``text`` has a line for each claim.

    It is a fast test for what :func:`check_collisions` reports.
    """
    paths = text.split("\n")
    plain = text.isascii() and " " not in text
    folded = text.lower().split("\n") if plain else [fold(path) for path in paths]
    distinct = set(folded)
    if len(distinct) < len(paths):
        return True
    # If every file has a dot in its name and no folder has one, no file is named like a folder.
    dotted = all("." in path.rpartition("/")[2] for path in folded if not path.endswith(_INDEX))
    if plain and dotted and not _DOT_IN_FOLDER.search(text):
        return False
    folders: set[str] = set()
    level = distinct
    while level := {path.rpartition("/")[0] for path in level} - folders - {""}:
        folders |= level
    return not folders.isdisjoint(distinct)


def check_collisions(
    groups: Iterable[PlannedGroup], others: Iterable[Claim], locate: Locate
) -> Iterator[Problem]:
    """Yield a problem for each address that is claimed twice; it names both files.

    Addresses that differ only in case count as one, because they are one file on many disks. A file
    and a folder of the same name are a collision too.
    """
    claims = [*_claim_files(groups), *others]
    owners: dict[str, Claim] = {}
    for claim in claims:
        other = owners.setdefault(fold(claim.path), claim)
        if other is not claim:
            yield from _refuse_claim(claim, other, locate)
    for claim in claims:
        folder = fold(claim.path)
        while folder := folder.rpartition("/")[0]:
            if folder in owners:
                yield from _refuse_claim(claim, owners[folder], locate)


def _claim_files(groups: Iterable[PlannedGroup]) -> Iterator[Claim]:
    for file in chain.from_iterable(group.plan() for group in groups):
        if isinstance(file, PlannedPage):
            if file.template != REDIRECT:
                yield Claim(file.path, file.owner)
        elif isinstance(file, Asset):
            yield Claim(file.path, f"templates/{file.path}")
        else:
            yield Claim(file.path, file.source)


def _refuse_claim(claim: Claim, other: Claim, locate: Locate) -> Iterator[Problem]:
    # The problem is reported at the file that is easier to change: at an article rather than at the
    # configuration, and at an old address rather than at a page.
    if (other.alias and not claim.alias) or not claim.owner.startswith(_CONTENT):
        claim, other = other, claim
    owner, alias = claim.owner, claim.alias
    named = other.owner
    if not named.startswith(_CONTENT):
        named = mark("the site itself (config.yaml)")
    if alias and owner == other.owner:
        # An article may name an old address in two spellings, but not its own address.
        if not other.alias:
            yield problem("alias-self", locate(owner, alias), value=alias)
    elif alias:
        yield problem("alias-taken", locate(owner, alias), value=alias, other=named)
    elif claim.path.startswith(_MEDIA):
        yield problem("file-name-same", Place(owner), other=named)
    else:
        yield problem("url-taken", locate(owner, ""), url=find_url(claim.path), other=named)


def _claim_others(context: PlanContext, *, static: bool = True) -> Iterator[Claim]:
    """Yield a claim for every old address; without ``static``, for those without a file.

    A person without a page claims the address as well: it names a place in the list of people.
    """
    for moved in list_moved(context.site):
        for alias in moved.aliases:
            if static or not is_static(alias):
                yield Claim(output_path(redirect_url(alias)), moved.path, alias)
    for each in context.site.standing_texts:
        if isinstance(each, Person) and not each.has_page:
            yield Claim(output_path(person_url(each.slug)), each.path)
