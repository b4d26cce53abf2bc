"""The plan of the whole output."""

import functools
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from sitegen.content.bodies import read_ids
from sitegen.content.discovery import FoundFile
from sitegen.content.reading import locate, locate_every
from sitegen.content.samples import find_samples
from sitegen.foundation.parts import digest_bytes
from sitegen.hosting.desk_files import plan_desk
from sitegen.hosting.host_files import plan_host_files
from sitegen.incremental.content_cache import PlanCache
from sitegen.media.inspection import InspectedFile
from sitegen.model import Record
from sitegen.pages.anchors import follow_anchors
from sitegen.pages.articles import plan_articles
from sitegen.pages.broken_texts import BrokenTexts
from sitegen.pages.collisions import (
    Claimants,
    Collision,
    KnownAddresses,
    find_collisions,
    find_suspects,
    list_claimed,
)
from sitegen.pages.context import PlanContext
from sitegen.pages.feeds import list_feeds, plan_feed_list, plan_feeds
from sitegen.pages.front_page import plan_front_page
from sitegen.pages.indexes import plan_indexes, plan_years
from sitegen.pages.link_index import (
    LinkIndex,
    check_links,
    check_menu,
    follow_links,
    make_link_index,
)
from sitegen.pages.lists import plan_lists
from sitegen.pages.media_files import plan_cards_of_lists, plan_media
from sitegen.pages.offline import plan_offline
from sitegen.pages.people import plan_people, plan_people_list
from sitegen.pages.planned import PlannedGroup, make_group
from sitegen.pages.redirects import list_old_addresses, plan_redirects
from sitegen.pages.related import RelatedIndex, relate_articles
from sitegen.pages.sitemaps import plan_indexnow_key, plan_sitemap_index, plan_sitemaps
from sitegen.pages.standing_pages import plan_standing_pages
from sitegen.problems import Problem
from sitegen.search.bundles import Bundle
from sitegen.search.page import plan_search
from sitegen.theme.assets import Asset

_SITEMAPS = "sitemap/"


class Plan(Record, frozen=True):
    """All groups of the output, those of articles and all others, and the problems of links.

    ``bundled`` are the paths of the search index. ``known`` makes the next plan faster.
    """

    others: tuple[PlannedGroup, ...]
    articles: tuple[PlannedGroup, ...]
    bundled: tuple[str, ...]
    link_index: LinkIndex
    known: PlanCache
    problems: tuple[Problem, ...]

    @property
    def groups(self) -> tuple[PlannedGroup, ...]:
        """All groups."""
        return (*self.others, *self.articles)


def make_plan(
    root: Path,
    context: PlanContext,
    media: Collection[FoundFile],
    inspected: dict[str, InspectedFile],
    assets: Iterable[Asset],
    known: PlanCache,
    bundles: tuple[Bundle, ...] = (),
) -> Plan:
    """Plan everything in the output but the search index, and check all links.

    Arguments:
        root: the folder of the site.
        context: the site.
        media: the media files to publish.
        inspected: what was found in these files, by path in NFC.
        assets: the files of the theme.
        known: ``Plan.known`` of the last build.
        bundles: the bundles of the search index.
    """
    lists = [*plan_lists(context), *plan_years(context)]
    listed = [path for group in lists for path in group.paths]
    sitemaps = tuple(plan_sitemaps(context, listed))
    pages = chain(
        plan_front_page(context),
        plan_search(context, bundles),
        plan_offline(context),
        plan_indexes(context),
        (plan_feed_list(context),),
        plan_people_list(context),
        plan_sitemap_index(context, sitemaps),
    )
    front = make_group("front", pages)
    lists.append(plan_redirects(context))
    named = [path for group in lists for path in group.paths]
    # Sitemaps are for crawlers, and come and go with the time: nothing links to them.
    named += [path for path in front.paths if not path.startswith(_SITEMAPS)]
    named += [*list_feeds(context.site), *list_old_addresses(context.site)]
    link_index = make_link_index(context, named)
    links = follow_links(context, link_index, known.links)
    related_index = RelatedIndex(context.site.articles[::-1])
    related = relate_articles(context, links.years, related_index, known.related)
    articles = tuple(plan_articles(context, links.years, link_index, related_index, related))
    desk, missing = plan_desk(root, context)
    others = (
        *lists,
        front,
        *sitemaps,
        make_group("feeds", plan_feeds(context, link_index)),
        make_group("pages", plan_standing_pages(context, link_index)),
        make_group("people", plan_people(context, link_index)),
        *plan_media(context, media, inspected),
        *plan_cards_of_lists(context),
        make_group("assets", assets),
        make_group("indexnow", plan_indexnow_key(context)),
        *plan_host_files(context),
        *desk,
    )
    find = functools.partial(locate, root)
    find_every = functools.partial(locate_every, root)
    ids = functools.partial(read_ids, root)
    broken = BrokenTexts(root, context.site.broken)
    anchors = follow_anchors([context.site], link_index, find, ids, known.anchors)
    problems = (
        *missing,
        *find_samples(context.site.config, find),
        *check_menu(context, link_index, find, broken),
        *check_links(context, links, link_index, find, find_every, broken),
        *anchors.problems,
    )
    # The files of the search index are made when they are planned.
    bundled = tuple(path for bundle in bundles for path in bundle.group.paths)
    cache = msgspec.structs.replace(
        known, links=links.known, anchors=anchors.known, related=related
    )
    return Plan(others, articles, bundled, link_index, cache, problems)


def check_addresses(
    context: PlanContext, plan: Plan, hidden: Sequence[Claimants], known: KnownAddresses
) -> tuple[tuple[Collision, ...], KnownAddresses]:
    """Return the collisions of all addresses, those of ``hidden`` texts included.

    Addresses that are claimed twice are looked for only if there are others than when they were
    last ``known``.
    """
    claimed = list_claimed([Claimants(context, plan.others, plan.bundled), *hidden])
    # The digest of the link index covers the addresses of all articles.
    digest = digest_bytes(plan.link_index.digest + claimed.encode())
    every = [Claimants(context, plan.groups, plan.bundled), *hidden]
    if digest != known.digest:
        known = KnownAddresses(digest, tuple(sorted(find_suspects(list_claimed(every)))))
    return tuple(find_collisions(every, frozenset(known.suspects))), known
