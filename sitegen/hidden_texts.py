"""The texts that are hidden today, planned as they will be published.

Whatever would be wrong on the day on which a text comes out is wrong today, while somebody is there
to mend it. Errors never depend on the clock: a build without errors has none at any later hour.
"""

import functools
from collections import ChainMap
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from sitegen.content.bodies import read_ids
from sitegen.content.published_media import MediaChoice, choose_hidden_media
from sitegen.content.reading import Content, find_place, locate, locate_every
from sitegen.content.selection import arrange_beside
from sitegen.foundation.text import normalise
from sitegen.media.inspection import InspectedFile, inspect_files
from sitegen.model import Record
from sitegen.pages.anchors import follow_anchors
from sitegen.pages.articles import plan_articles
from sitegen.pages.broken_texts import BrokenTexts
from sitegen.pages.collisions import Claimants, KnownAddresses, describe_collisions
from sitegen.pages.context import PlanContext
from sitegen.pages.films import join_companions
from sitegen.pages.link_index import LinkIndex, check_links, extend_link_index, follow_links
from sitegen.pages.list_addresses import list_added_paths
from sitegen.pages.media_files import plan_media
from sitegen.pages.people import plan_people
from sitegen.pages.planned import PlannedGroup, make_group
from sitegen.pages.redirects import list_old_addresses, list_redirects
from sitegen.pages.related import KnownRelated, RelatedIndex, relate_articles
from sitegen.pages.standing_pages import plan_standing_pages
from sitegen.plan import Plan, check_addresses
from sitegen.problems import Problem


class Sources(Record, frozen=True):
    """Where hidden texts and their media are, and what is known of these files.

    ``published`` are the media files that are published, ``inspected`` those that were inspected by
    earlier builds, both by path in NFC.
    """

    root: Path
    content: Content
    choice: MediaChoice
    published: dict[str, InspectedFile]
    inspected: dict[str, InspectedFile]
    jobs: int


class HiddenTexts(Record, frozen=True):
    """Hidden texts of one kind: what will be made of them, and what is wrong with them.

    ``claimants`` are the addresses that they will have; ``inspected`` are their media files, by
    path in NFC. Drafts may be unfinished, so nothing in them is an error.
    """

    groups: tuple[PlannedGroup, ...]
    claimants: Claimants
    inspected: dict[str, InspectedFile]
    problems: tuple[Problem, ...]


class Outlook(Record, frozen=True):
    """All hidden texts, and what is wrong with them and with the addresses of the whole site."""

    hidden: tuple[HiddenTexts, ...]
    addresses: KnownAddresses
    inspected: dict[str, InspectedFile]
    problems: tuple[Problem, ...]


def look_ahead(
    sources: Sources, context: PlanContext, plan: Plan, known: KnownAddresses
) -> Outlook:
    """Return what is to come: the problems of ``plan`` are not repeated.

    Addresses that earlier builds compared are ``known``.
    """
    hidden = tuple(plan_hidden_texts(sources, context, plan.link_index))
    claimants = [each.claimants for each in hidden]
    collisions, addresses = check_addresses(context, plan, claimants, known)
    problems = [*describe_collisions(collisions, functools.partial(locate, sources.root))]
    inspected = sources.published
    for each in hidden:
        problems += judge(each, each.problems, (*plan.problems, *problems))
        inspected = inspected | each.inspected
    return Outlook(hidden, addresses, inspected, tuple(problems))


def plan_hidden_texts(
    sources: Sources, context: PlanContext, link_index: LinkIndex
) -> Iterator[HiddenTexts]:
    """Yield what is scheduled, beside what is published; then what is drafted, beside both.

    ``context`` and ``link_index`` are those of the published site.
    """
    sites = [context.site]
    known: ChainMap[str, InspectedFile] = ChainMap(sources.published)
    destinations = ChainMap(context.destinations)
    find_in = functools.partial(locate, sources.root)
    find_every = functools.partial(locate_every, sources.root)
    for name, documents in (("scheduled", sites[0].scheduled), ("draft", sites[0].drafted)):
        if not documents:
            continue
        own, names = arrange_beside(sites, documents)
        media = choose_hidden_media(documents, sources.content, sources.choice)
        seen = (context.destinations, sites[-1].broken)
        fresh = [each for each in media if not any(normalise(each.path) in own for own in seen)]
        inspected, damaged = inspect_files(sources.root, fresh, sources.inspected, sources.jobs)
        broken = {normalise(file.path) for file in fresh} - inspected.keys()
        # Which articles are related will be another question on that day.
        lists_shown = msgspec.structs.replace(own.config.lists, related=0)
        config = msgspec.structs.replace(own.config, lists=lists_shown)
        own = msgspec.structs.replace(own, config=config, broken=sites[-1].broken | broken)
        known = known.new_child(inspected)
        fresh_places = {path: each.destination for path, each in inspected.items()}
        destinations = destinations.new_child(join_companions(fresh_places, destinations))
        context = PlanContext(own, context.shared, destinations)
        lists = tuple(list_added_paths(own, sites))
        known_lists = (*lists, *list_redirects(own), *list_old_addresses(own))
        link_index = extend_link_index(link_index, context, known_lists)
        links = follow_links(context, link_index, {})
        related_index = RelatedIndex(own.articles[::-1])
        related = relate_articles(context, links.years, related_index, KnownRelated())
        groups = (
            *plan_articles(context, links.years, link_index, related_index, related),
            make_group("pages", plan_standing_pages(context, link_index)),
            make_group("people", plan_people(context, link_index)),
            *plan_media(context, fresh, known, media),
        )
        read_ids_of = functools.partial(read_ids, sources.root)
        wrong = BrokenTexts(sources.root, own.broken)
        anchors = follow_anchors([*sites, own], link_index, find_in, read_ids_of, {})
        problems = (
            *(find_place(sources.root, each) for each in names),
            *damaged,
            *check_links(context, links, link_index, find_in, find_every, wrong),
            *anchors.problems,
        )
        claimants = Claimants(context, groups, lists, name)
        yield HiddenTexts(groups, claimants, inspected, problems)
        sites.append(own)


def judge(
    hidden: HiddenTexts, problems: Iterable[Problem], others: Iterable[Problem]
) -> tuple[Problem, ...]:
    """Return ``problems`` of hidden texts: those of drafts as warnings, and not if told already.

    That a draft leads to what is not published is no news.
    """
    if hidden.claimants.hidden != "draft":
        return tuple(problems)
    told = {(each.place, each.code) for each in others}
    return tuple(
        msgspec.structs.replace(each, warning=True)
        for each in problems
        if each.code != "link-hidden" and (each.place, each.code) not in told
    )
