"""Bugs to test the hunt with: an input is left out of a key, or trusted where it must not be.

Each is planted in one small place and taken out again. A build from nothing is right with any of
them: they show only where something is remembered. A bug holds on to functions, and to arguments
and fields by their names, wherever they are used: so it stays where it is when imports are moved.
Where what it holds on to is renamed, it says so, and is to be adapted.
"""

import functools
import inspect
import math
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from sitegen import plan
from sitegen.content import discovery, due, reading, selection
from sitegen.content.articles import Article, Teaser
from sitegen.content.people import Person
from sitegen.content.settings import Pictures
from sitegen.content.standing_pages import StandingPage
from sitegen.foundation import cache, parts, stamps
from sitegen.foundation.addresses import PEOPLE
from sitegen.incremental import (
    cache_file,
    changes,
    config_cache,
    content_cache,
    keys,
    manifest,
    site_key,
)
from sitegen.media import inspection, pictures, renditions, share_cards
from sitegen.media.formats import JPEG
from sitegen.media.inspection import Destination
from sitegen.media.pictures import MediaFile
from sitegen.media.renditions import Rendition
from sitegen.media.share_cards import ShareCard
from sitegen.model import Body, Record
from sitegen.output import folder
from sitegen.pages import (
    articles,
    cards,
    collisions,
    link_index,
    lists,
    media_files,
    redirects,
    related,
    sitemaps,
)
from sitegen.pages.context import PEOPLE_TITLE, PlanContext, Shared
from sitegen.pages.planned import PlannedFile, PlannedGroup, PlannedPage
from sitegen.search import bundles
from sitegen.search.entries import Name
from sitegen.theme import templates
from sitegen.views import (
    FrontView,
    Headline,
    ListView,
    PeopleView,
    PersonCard,
    PersonView,
    Story,
    Unit,
)
from support.doubles import change_arguments, change_result, load_generator, replace_everywhere


class Bug(Record, frozen=True):
    """A bug: its name, what it breaks, and how it is planted."""

    name: str
    breaks: str
    planting: Callable[[pytest.MonkeyPatch], None]

    @contextmanager
    def plant(self) -> Iterator[None]:
        """Let the generator have the bug."""
        _forget_everything()
        try:
            with pytest.MonkeyPatch.context() as patch:
                self.planting(patch)
                yield
        finally:
            _forget_everything()


BUGS: list[Bug] = []


def _bug(name: str, breaks: str) -> Callable[[Callable[[pytest.MonkeyPatch], None]], None]:
    def register(planting: Callable[[pytest.MonkeyPatch], None]) -> None:
        BUGS.append(Bug(name, breaks, planting))

    return register


def _forget_everything() -> None:
    """Empty what the process itself remembers: it may hold what a bug made."""
    for module in load_generator():
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


# Digests that leave something out ----------------------------------------------------------------


def _blind(kind: type[Record], blank: Callable[[Any], Any], name: str, breaks: str) -> None:
    """Plant a bug: the digest of a record is that of one from which something was taken away."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        seal, digest_record = parts.seal, parts.digest_record

        def seal_blindly(record: object) -> parts.Part:
            part = seal(record)
            if isinstance(record, kind):
                return parts.Part(digest_record(blank(record)), part.data)
            return part

        def digest_blindly(record: object) -> bytes:
            return digest_record(blank(record) if isinstance(record, kind) else record)

        replace_everywhere(patch, seal, seal_blindly)
        replace_everywhere(patch, digest_record, digest_blindly)

    BUGS.append(Bug(name, breaks, plant))


def _without(**fields: object) -> Callable[[Any], Any]:
    return lambda record: msgspec.structs.replace(record, **fields)


def _in_each(change: Callable[[Any], Any]) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    return lambda records: tuple(map(change, records))


# A digest that says nothing.
_BLANK = bytes(parts.DIGEST_SIZE)


def _always(_: object) -> bytes:
    return _BLANK


def _without_in_view(**fields: object) -> Callable[[Any], Any]:
    def blank(shared: Shared) -> Shared:
        return msgspec.structs.replace(shared, view=msgspec.structs.replace(shared.view, **fields))

    return blank


def _without_host(shared: Shared) -> Shared:
    search = msgspec.structs.replace(shared.view.search, host="")
    bare: Shared = _without_in_view(url="", origin="", search=search)(shared)
    return bare


def _without_categories(shared: Shared) -> Shared:
    bare: Shared = _without_in_view(sections=(), menu=())(shared)
    return msgspec.structs.replace(bare, categories={})


def _without_kinds(view: FrontView) -> FrontView:
    blocks = tuple(msgspec.structs.replace(each, kind="") for each in view.blocks)
    return msgspec.structs.replace(view, blocks=blocks)


_blind(
    Headline,
    _without(published=None),
    "headline-date",
    "the digest of a headline leaves the date out",
)


@_bug("stamp-by-mtime", "a file is the same if its size and time of modification are (as for make)")
def _trust_mtime(patch: pytest.MonkeyPatch) -> None:
    _stamp_by(patch, "st_size", "st_mtime_ns")


@_bug("links-in-group", "the key of a category's articles leaves out where their links lead")
def _forget_places(patch: pytest.MonkeyPatch) -> None:
    def forget(links: link_index.FollowedLinks) -> link_index.FollowedLinks:
        years = tuple(msgspec.structs.replace(year, destinations=b"") for year in links.years)
        return msgspec.structs.replace(links, years=years)

    change_result(patch, link_index.follow_links, forget)


@_bug("links-answered", "links lead where they led, whatever has become of other articles")
def _forget_link_index(patch: pytest.MonkeyPatch) -> None:
    change_result(patch, link_index.make_link_index, _without(digest=b""))


@_bug("links-dangling", "a year with a dangling link is cached as if it had no problem")
def _forget_dangling(patch: pytest.MonkeyPatch) -> None:
    follow_links = link_index.follow_links

    def follow(context: Any, index: link_index.LinkIndex, known: Any) -> link_index.FollowedLinks:
        links = follow_links(context, index, known)
        followed = {
            parts.digest_bytes(index.digest + year.digest): year.destinations
            for year in links.years
        }
        return msgspec.structs.replace(links, known=followed)

    replace_everywhere(patch, follow_links, follow)


@_bug("addresses-answered", "addresses that were no one else's once are so for ever")
def _trust_addresses(patch: pytest.MonkeyPatch) -> None:
    check_addresses, find_suspects = plan.check_addresses, collisions.find_suspects
    trusted = False

    def check_trustfully(
        context: Any, planned: Any, hidden: Any, known: collisions.KnownAddresses
    ) -> Any:
        nonlocal trusted
        trusted = bool(known.digest) and not known.suspects
        return check_addresses(context, planned, hidden, known)

    replace_everywhere(patch, check_addresses, check_trustfully)
    replace_everywhere(
        patch, find_suspects, lambda text: frozenset() if trusted else find_suspects(text)
    )


@_bug("addresses-published", "the digest of all addresses leaves out those of hidden texts")
def _forget_hidden_addresses(patch: pytest.MonkeyPatch) -> None:
    list_claimed, check_addresses = collisions.list_claimed, plan.check_addresses
    hidden_count = 0

    def check_and_count(context: Any, planned: Any, hidden: Any, known: Any) -> Any:
        nonlocal hidden_count
        hidden_count = len(hidden)
        return check_addresses(context, planned, hidden, known)

    def list_published(claimants: Any) -> str:
        every = list(claimants)
        # The first text is for the digest, the second is searched.
        is_for_digest = not any(group.name.startswith("articles") for group in every[0].groups)
        return list_claimed(every[:1] if is_for_digest and hidden_count else every)

    replace_everywhere(patch, check_addresses, check_and_count)
    replace_everywhere(patch, list_claimed, list_published)


@_bug("hidden-noted", "a hidden text that has an error is told of only once")
def _note_what_failed(patch: pytest.MonkeyPatch) -> None:
    replace_everywhere(patch, manifest.drop_files, lambda group, _: group)


@_bug("related-in-group", "the key of a year's articles leaves out what belongs to them")
def _forget_related(patch: pytest.MonkeyPatch) -> None:
    def forget(found: related.KnownRelated) -> related.KnownRelated:
        return msgspec.structs.replace(found, years=tuple(map(_always, found.years)))

    change_result(patch, related.relate_articles, forget)


@_bug("related-known", "what is related to an article is so for ever")
def _trust_related(patch: pytest.MonkeyPatch) -> None:
    relate_articles = related.relate_articles

    def relate_as_before(
        context: Any, years: Any, index: Any, known: related.KnownRelated
    ) -> related.KnownRelated:
        found = relate_articles(context, years, index, known)
        return found if len(known.years) != len(found.years) else known

    replace_everywhere(patch, relate_articles, relate_as_before)


@_bug("template-includes", "what a template includes is not part of it")
def _forget_includes(patch: pytest.MonkeyPatch) -> None:
    _refer_without(patch, "include")


@_bug("config-kept", "the configuration of the first build is that of all later ones")
def _keep_config(patch: pytest.MonkeyPatch) -> None:
    remember = cache.remember

    def remember_first(folder: Path, key: str, compute: Callable[[], bytes]) -> bytes:
        return remember(folder, "first" if folder.name == config_cache.FOLDER else key, compute)

    replace_everywhere(patch, remember, remember_first)


@_bug("config-readings", "texts are not read again under another configuration")
def _forget_config(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, content_cache.decode_segments, config=_always)
    change_arguments(patch, content_cache.save_cache, now=_without(config=_BLANK))


_blind(
    Headline, _without(title=""), "headline-title", "the digest of a headline leaves out its title"
)
_blind(
    Headline, _without(url=""), "headline-url", "the digest of a headline leaves out its address"
)
_blind(Teaser, _without(lead=""), "teaser-lead", "the digest of a teaser leaves the lead out")
_blind(
    Teaser, _without(photo=None), "teaser-photo", "that of a teaser leaves out its photo's texts"
)
_blind(Teaser, _without(category=""), "teaser-category", "that of a teaser leaves out its category")
_blind(Story, _without(updated=None), "story-updated", "sitemaps do not know when it was updated")
_blind(Story, _without(authors=()), "story-authors", "that of a story leaves out its authors")
_blind(Story, _without(tags=()), "story-tags", "that of a story leaves out its tags")
_blind(Story, _without(dateline=""), "story-dateline", "that of a story leaves out its dateline")
_blind(Story, _without(translations=()), "story-translations", "that leaves out translations")
_blind(Story, _without(views="", source=""), "story-facts", "that leaves out source and visits")
_blind(Body, _without(digest=b""), "body-text", "the digest of a body leaves out its text")
_blind(
    Destination, _without(width=0, height=0), "photo-size", "that of a photo leaves out its size"
)
_blind(
    Destination,
    _without(placeholder=""),
    "photo-placeholder",
    "that of a photo leaves out its placeholder",
)
_blind(
    Shared,
    lambda shared: msgspec.structs.replace(shared, pictures=Pictures()),
    "site-pictures",
    "the site's digest leaves out which renditions there are",
)
_blind(Destination, _without(size=""), "document-size", "that of a document leaves out its size")
_blind(
    ListView,
    _without(newer_url=""),
    "list-newer",
    "the key of a page of an archive leaves out the page after it",
)
_blind(
    ListView,
    _without(number=0, title="", description="", breadcrumbs=()),
    "list-title",
    "the key of a list leaves out its name",
)
_blind(Shared, _without_categories, "site-sections", "the site's digest leaves out the categories")
_blind(Shared, _without_host, "site-host", "the site's digest leaves out its host")
_blind(Shared, _without_in_view(menu=(), pages=()), "site-menu", "the site's leaves out the menu")
_blind(Shared, _without_in_view(assets={}), "site-assets", "that leaves out the style sheets")
_blind(Shared, _without_in_view(visits="", links=()), "site-foot", "that leaves out the foot")
_blind(
    Shared,
    _without_in_view(noindex=False),
    "site-drafts",
    "the site's digest leaves out whether drafts are shown",
)


# People ------------------------------------------------------------------------------------------


def _with_cards(change: Callable[[PersonCard], PersonCard]) -> Callable[[PeopleView], PeopleView]:
    """Return what gives each person on the list another card."""

    def blank(view: PeopleView) -> PeopleView:
        units = [Unit(each.title, tuple(map(change, each.people))) for each in view.units]
        return msgspec.structs.replace(view, units=tuple(units))

    return blank


def _in_one_unit(view: PeopleView) -> PeopleView:
    people = tuple(person for unit in view.units for person in unit.people)
    return msgspec.structs.replace(view, units=(Unit("", people),))


def _by_anchor(view: PeopleView) -> PeopleView:
    units = [
        Unit(each.title, tuple(sorted(each.people, key=lambda person: person.anchor)))
        for each in sorted(view.units, key=lambda each: each.title)
    ]
    return msgspec.structs.replace(view, units=tuple(units))


def _without_in_person(**fields: object) -> Callable[[PersonView], PersonView]:
    def blank(view: PersonView) -> PersonView:
        return msgspec.structs.replace(view, person=msgspec.structs.replace(view.person, **fields))

    return blank


def _without_targets(view: PersonView) -> PersonView:
    return msgspec.structs.replace(view, body=msgspec.structs.replace(view.body, targets=()))


def _without_link_to_people(shared: Shared) -> Shared:
    pages = tuple(each for each in shared.view.pages if each.title != shared.speak(PEOPLE_TITLE))
    bare: Shared = _without_in_view(pages=pages)(shared)
    return bare


_blind(
    FrontView, _without_kinds, "front-kinds", "that of the front page leaves out kinds of blocks"
)
_blind(PeopleView, _by_anchor, "people-order", "the key of the list of people leaves out its order")
_blind(PeopleView, _in_one_unit, "people-units", "that of the list leaves out who is in which unit")
_blind(
    PeopleView,
    _with_cards(_without(telephone="", mail="")),
    "people-reach",
    "the key of the list of people leaves out how to reach them",
)
_blind(
    PeopleView,
    _with_cards(_without(picture=None)),
    "people-photos",
    "the key of the list of people leaves out their photos",
)
_blind(
    PeopleView,
    _with_cards(_without(url="")),
    "people-pages",
    "the key of the list of people leaves out who has a page",
)
_blind(
    PersonView,
    _without_in_person(telephone="", mail=""),
    "person-reach",
    "the key of a person's page leaves out how to reach the person",
)
_blind(
    PersonView,
    _without_in_person(picture=None),
    "person-photo",
    "the key of a person's page leaves out the photo",
)
_blind(
    PersonView,
    _without(unit="", description=""),
    "person-unit",
    "the key of a person's page leaves out the unit",
)
_blind(
    PersonView,
    _without_targets,
    "person-links",
    "the key of a person's page leaves out where its links lead",
)
_blind(
    Shared,
    _without_link_to_people,
    "site-people",
    "the site's digest leaves out whether there are people",
)


@_bug("person-gone", "the page of a person stays when there is no more to say of the person")
def _leave_persons(patch: pytest.MonkeyPatch) -> None:
    folder_of_people = PEOPLE.lstrip("/")

    def forget(found: changes.Changes) -> changes.Changes:
        gone = frozenset(path for path in found.gone if not path.startswith(folder_of_people))
        return msgspec.structs.replace(found, gone=gone)

    change_result(patch, changes.find_changes, forget)


@_bug("links-people", "links to people lead where they led, whether or not these have a page")
def _forget_pages_of_people(patch: pytest.MonkeyPatch) -> None:
    make_link_index = link_index.make_link_index

    def index_alike(context: PlanContext, lists: Any) -> link_index.LinkIndex:
        texts = tuple(
            msgspec.structs.replace(each, has_page=True) if isinstance(each, Person) else each
            for each in context.site.standing_texts
        )
        site = msgspec.structs.replace(context.site, standing_texts=texts)
        alike = make_link_index(msgspec.structs.replace(context, site=site), lists)
        return msgspec.structs.replace(make_link_index(context, lists), digest=alike.digest)

    replace_everywhere(patch, make_link_index, index_alike)


# Keys --------------------------------------------------------------------------------------------


def _key_files(
    patch: pytest.MonkeyPatch, kind: type[PlannedFile], forget: Callable[[Any], Any]
) -> None:
    """Give each file of a kind the key of what ``forget`` makes of it."""
    change_arguments(
        patch, keys.key_file, file=lambda item: forget(item) if isinstance(item, kind) else item
    )


def _key_articles(patch: pytest.MonkeyPatch, forget: Callable[[PlannedPage], PlannedPage]) -> None:
    _key_files(
        patch, PlannedPage, lambda page: forget(page) if page.template == "article.html" else page
    )


@_bug("key-around", "the key of a page leaves out what stands around it")
def _forget_around(patch: pytest.MonkeyPatch) -> None:
    _key_files(patch, PlannedPage, _without(around=()))


@_bug("key-neighbours", "the key of an article leaves out its neighbours")
def _forget_neighbours(patch: pytest.MonkeyPatch) -> None:
    _key_articles(patch, _without(around=()))


@_bug("key-places", "the key of an article leaves out where its links lead")
def _forget_own_places(patch: pytest.MonkeyPatch) -> None:
    def forget(page: Any) -> PlannedPage:
        destinations = msgspec.structs.replace(page.own.destinations, links=())
        own = msgspec.structs.replace(page.own, destinations=destinations)
        forgetful: PlannedPage = msgspec.structs.replace(page, own=own)
        return forgetful

    _key_articles(patch, forget)


def _key_feeds(patch: pytest.MonkeyPatch, forget_part: Callable[[Any], Any]) -> None:
    """Give each feed the key of what ``forget_part`` makes of its articles."""

    def forget(page: PlannedPage) -> PlannedPage:
        if page.template not in {"rss.xml", "feed.json"}:
            return page
        assert isinstance(page.around, tuple)
        return msgspec.structs.replace(page, around=tuple(map(forget_part, page.around)))

    _key_files(patch, PlannedPage, forget)


@_bug("key-feed", "the key of a feed leaves out what only feeds show of an article")
def _forget_stories(patch: pytest.MonkeyPatch) -> None:
    _key_feeds(patch, _without(story=None))


@_bug("key-feed-text", "the key of a feed of the whole text leaves the texts out")
def _forget_texts(patch: pytest.MonkeyPatch) -> None:
    _key_feeds(patch, _without(body=None))


@_bug("key-feed-links", "the key of a feed of the whole text leaves out where its links lead")
def _forget_feed_links(patch: pytest.MonkeyPatch) -> None:
    _key_feeds(patch, _without(links=()))


@_bug("key-groups", "the key of a page does not tell where one group ends and the next begins")
def _join_groups(patch: pytest.MonkeyPatch) -> None:
    def forget(page: PlannedPage) -> PlannedPage:
        return msgspec.structs.replace(page, around=tuple(parts.list_parts(page.around)))

    _key_files(patch, PlannedPage, forget)


@_bug("key-media", "the key of a picture or document leaves out its bytes")
def _forget_bytes(patch: pytest.MonkeyPatch) -> None:
    _key_files(patch, MediaFile, _without(digest=_BLANK))


@_bug("key-rendition", "the key of a rendition leaves out how it is made")
def _forget_recipe(patch: pytest.MonkeyPatch) -> None:
    _key_files(patch, Rendition, _without(width=0, format=JPEG, quality=0))


@_bug("key-card", "the key of a share card leaves out its title")
def _forget_title(patch: pytest.MonkeyPatch) -> None:
    _key_files(patch, ShareCard, _without(title=""))


@_bug("group-renditions", "the key of the renditions leaves out the photos")
def _forget_photos(patch: pytest.MonkeyPatch) -> None:
    change_result(patch, media_files.plan_renditions, _in_each(_without(digest=_BLANK)))


@_bug("group-share-cards", "the key of the share cards leaves out the articles")
def _forget_articles(patch: pytest.MonkeyPatch) -> None:
    change_result(patch, media_files.plan_share_cards, _in_each(_without(digest=_BLANK)))


@_bug("key-template", "the key of a page leaves out its template")
def _forget_template(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, keys.key_file, keys=_without(templates={}))


@_bug("key-generator", "no key names the version of the generator")
def _forget_engine(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, keys.make_keys, generator=_always)


@_bug("group-config", "the key of a group leaves out the configuration")
def _forget_config_of_group(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, keys.key_group, keys=_without(config=b""))


@_bug("group-site", "the key of a group leaves out what all pages share")
def _forget_site_of_group(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, keys.key_group, keys=_without(site=b""))


@_bug("group-theme", "the key of a group leaves out the templates")
def _forget_theme_of_group(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, keys.key_group, keys=_without(theme=b""))


@_bug("group-card", "the key of a list leaves out the photos")
def _forget_pictures(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, cards.digest_cards, destinations=lambda _: {})


@_bug("group-gallery", "the key of a gallery's list leaves out how many photos articles have")
def _forget_counts(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, lists._digest_list, photos=lambda _: ())


def _name_arguments(group: PlannedGroup) -> dict[str, Any]:
    """Return by name what the plan of a group is given."""
    assert isinstance(group.plan, functools.partial)
    signature = inspect.signature(group.plan.func)
    return signature.bind_partial(*group.plan.args, **group.plan.keywords).arguments


@_bug("group-beside", "the key of a year's articles leaves out those of the years beside it")
def _forget_years_beside(patch: pytest.MonkeyPatch) -> None:
    def forget(group: PlannedGroup) -> PlannedGroup:
        year = _name_arguments(group)["year"]
        return msgspec.structs.replace(
            group, digest=parts.digest_bytes(year.digest + year.destinations)
        )

    change_result(patch, articles.plan_articles, _in_each(forget))


@_bug("group-aliases", "the key of the old addresses leaves out which there are")
def _forget_aliases(patch: pytest.MonkeyPatch) -> None:
    change_result(patch, redirects.plan_redirects, _without(digest=_BLANK))


@_bug("group-sitemap", "the key of a sitemap leaves out when articles were updated")
def _forget_updates(patch: pytest.MonkeyPatch) -> None:
    def forget(group: PlannedGroup) -> PlannedGroup:
        if named := _name_arguments(group).get("articles"):
            headlines = b"".join([each.headline_digest for each in named])
            return msgspec.structs.replace(group, digest=parts.digest_bytes(headlines))
        return group

    change_result(patch, sitemaps.plan_sitemaps, _in_each(forget))


@_bug("group-list-sitemap", "the key of a sitemap of lists leaves out which pages they have")
def _forget_list_pages(patch: pytest.MonkeyPatch) -> None:
    def forget(group: PlannedGroup) -> PlannedGroup:
        lists_pages = "paths" in _name_arguments(group)
        return msgspec.structs.replace(group, digest=_BLANK) if lists_pages else group

    change_result(patch, sitemaps.plan_sitemaps, _in_each(forget))


# The search index ---------------------------------------------------------------------------------


def _plan_bundles(
    patch: pytest.MonkeyPatch, forget: Callable[[PlannedGroup], PlannedGroup]
) -> None:
    def forget_in(bundle: bundles.Bundle) -> bundles.Bundle:
        return msgspec.structs.replace(bundle, group=forget(bundle.group))

    change_result(patch, bundles.plan_bundles, _in_each(forget_in))


@_bug("bundle-group", "the key of a bundle leaves out its articles")
def _forget_bundle(patch: pytest.MonkeyPatch) -> None:
    _plan_bundles(patch, _without(digest=_BLANK))


@_bug("bundle-kept", "a bundle that was made once is given whatever its articles say")
def _forget_articles_of_bundle(patch: pytest.MonkeyPatch) -> None:
    def forget(group: PlannedGroup) -> PlannedGroup:
        assert "digest" in _name_arguments(group)
        plan: Callable[..., Iterable[PlannedFile]] = group.plan
        return msgspec.structs.replace(group, plan=functools.partial(plan, digest=b""))

    _plan_bundles(patch, forget)


@_bug("bundle-category", "a bundle is kept though its categories have another name")
def _forget_categories(patch: pytest.MonkeyPatch) -> None:
    # No other part is a dictionary.
    change_arguments(
        patch, parts.seal, record=lambda record: "" if isinstance(record, dict) else record
    )


@_bug("bundle-page", "a bundle leaves out what standing pages are called")
def _forget_titles(patch: pytest.MonkeyPatch) -> None:
    _digest_texts(patch, StandingPage, title="")


@_bug("bundle-people", "a bundle leaves out which post people have, and in which unit")
def _forget_posts(patch: pytest.MonkeyPatch) -> None:
    _digest_texts(patch, Person, post="", unit="")


@_bug("bundle-names", "a bundle leaves out what sections, tags and authors are called")
def _forget_names(patch: pytest.MonkeyPatch) -> None:
    def blank(record: object) -> object:
        names = isinstance(record, tuple) and record and isinstance(record[0], Name)
        return "" if names else record

    change_arguments(patch, parts.digest_record, record=blank)


def _digest_texts(patch: pytest.MonkeyPatch, kind: type[Record], **fields: object) -> None:
    """Let the digest of each text of a kind be that of one without some of its fields."""

    def blank(text: Any) -> Any:
        return msgspec.structs.replace(text, **fields) if isinstance(text, kind) else text

    change_arguments(patch, bundles._digest_text, text=blank)


# Templates ---------------------------------------------------------------------------------------


def _refer_without(patch: pytest.MonkeyPatch, *tags: str) -> None:
    tag = re.compile(rf"{{%[-+]?\s*(?:{'|'.join(tags)})\b.*?%}}".encode(), re.DOTALL)
    change_arguments(patch, templates._find_quoted, source=lambda source: tag.sub(b"", source))


@_bug("template-imports", "the macros that a template imports are not part of it")
def _forget_imports(patch: pytest.MonkeyPatch) -> None:
    _refer_without(patch, "import", "from")


@_bug("template-extends", "the layout that a template extends is not part of it")
def _forget_extends(patch: pytest.MonkeyPatch) -> None:
    _refer_without(patch, "extends")


@_bug("template-computed", "a template whose name is computed is not part of what includes it")
def _forget_computed(patch: pytest.MonkeyPatch) -> None:
    change_result(patch, templates._computes_name, lambda _: False)


# Stamps ------------------------------------------------------------------------------------------


def _stamp_by(patch: pytest.MonkeyPatch, *names: str) -> None:
    every = ("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")

    def see(status: os.stat_result) -> SimpleNamespace:
        return SimpleNamespace(
            **{name: getattr(status, name) if name in names else 0 for name in every}
        )

    change_arguments(patch, stamps.take_stamp, status=see)


@_bug("stamp-by-size", "a file is the same if its size is")
def _trust_size(patch: pytest.MonkeyPatch) -> None:
    _stamp_by(patch, "st_size")


@_bug("stamp-racy", "a file that was just changed is trusted not to be changed again")
def _trust_racy(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, stamps.take_stamp, scanned=lambda moment: moment + (1 << 60))


@_bug("preview-deaf", "a preview does not look at the files that it is told of")
def _look_at_nothing(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, discovery.look_again, named=lambda _: ())


# What is remembered of the content ---------------------------------------------------------------


class _ByName(dict[str, reading.Reading]):
    """Readings that are found by the name of a file, whatever folder it is in."""

    def __init__(self, known: dict[str, reading.Reading]) -> None:
        super().__init__(known)
        self._by_name = {PurePosixPath(path).name: each for path, each in known.items()}

    def __missing__(self, path: str) -> reading.Reading:
        return self._by_name[PurePosixPath(path).name]

    def get(self, path: str, default: object = None) -> Any:
        return super().get(path) or self._by_name.get(PurePosixPath(path).name, default)


@_bug("readings-by-name", "what a text says is remembered by its name, without its folder")
def _forget_folder(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, reading.read_content, known=_ByName)


@_bug("readings-of-deleted", "what a deleted file said is remembered and published")
def _keep_deleted(patch: pytest.MonkeyPatch) -> None:
    read_content = reading.read_content

    def read(root: Any, config: Any, found: Any, known: Any, jobs: int) -> Any:
        content, readings, problems = read_content(root, config, found, known, jobs)
        gone = [each for path, each in known.items() if not (root / path).exists()]
        documents = [each.document for each in gone if isinstance(each.document, Article)]
        articles = (*content.articles, *documents)
        return msgspec.structs.replace(content, articles=articles), readings, problems

    replace_everywhere(patch, read_content, read)


@_bug("readings-warnings", "what was wrong with a text is not told again")
def _forget_warnings(patch: pytest.MonkeyPatch) -> None:
    def keep_silent(now: content_cache.ContentCache) -> content_cache.ContentCache:
        readings = {
            path: msgspec.structs.replace(each, problems=()) for path, each in now.readings.items()
        }
        return msgspec.structs.replace(now, readings=readings)

    change_arguments(patch, content_cache.save_cache, now=keep_silent)


@_bug("cache-generator", "what another version of the generator read is believed")
def _believe_other_versions(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, cache_file.read_segments, generator=_always)
    change_arguments(patch, content_cache.save_cache, generator=_always)


@_bug("cache-damage", "a damaged cache is believed")
def _believe_damage(patch: pytest.MonkeyPatch) -> None:
    careless = SimpleNamespace(**{**vars(zlib), "crc32": lambda *_: 0})
    replace_everywhere(patch, zlib, careless)


@_bug("inspection-by-name", "a picture of the same name is taken for the same")
def _trust_names(patch: pytest.MonkeyPatch) -> None:
    inspect_files = inspection.inspect_files

    def inspect_new(root: Any, files: Any, known: Any, jobs: int) -> Any:
        trusting = [
            msgspec.structs.replace(file, stamp=known[file.path].stamp)
            if file.path in known
            else file
            for file in files
        ]
        return inspect_files(root, trusting, known, jobs)

    replace_everywhere(patch, inspect_files, inspect_new)


@_bug("pictures-by-encoder", "a picture that was made once is given for every other")
def _forget_picture(patch: pytest.MonkeyPatch) -> None:
    change_result(patch, pictures.name_cached_picture, lambda _: "picture")


def _remember_by_version(patch: pytest.MonkeyPatch, kind: str) -> None:
    """Leave the digest at the beginning out of the keys of the results of a kind."""
    remember = cache.remember

    def remember_any(folder: Path, key: str, compute: Callable[[], bytes]) -> bytes:
        return remember(folder, key.partition("-")[2] if folder.name == kind else key, compute)

    replace_everywhere(patch, remember, remember_any)


@_bug("renditions-by-kind", "a rendition that was made once is given for every other")
def _forget_rendition(patch: pytest.MonkeyPatch) -> None:
    _remember_by_version(patch, renditions.RENDITION_CACHE)


@_bug("cards-by-version", "a share card that was drawn once is given for every other")
def _forget_card(patch: pytest.MonkeyPatch) -> None:
    _remember_by_version(patch, share_cards.CARD_CACHE)


@_bug("time-stands-still", "while no text has changed, neither has what is published")
def _stop_time(patch: pytest.MonkeyPatch) -> None:
    decode_segments, arrange = content_cache.decode_segments, selection.arrange
    remembered = False
    last: dict[tuple[object, ...], Any] = {}

    def recall_and_note(*arguments: Any) -> Any:
        nonlocal remembered
        known, problems = decode_segments(*arguments)
        remembered = bool(known.content.readings)
        return known, problems

    def arrange_once(config: Any, content: Any, now: Any, *, drafts: bool) -> Any:
        key = (
            config,
            frozenset(article.digest for article in content.articles),
            content.standing_texts,
            drafts,
        )
        if not (remembered and key in last):
            last[key] = arrange(config, content, now, drafts=drafts)
        return last[key]

    replace_everywhere(patch, decode_segments, recall_and_note)
    replace_everywhere(patch, arrange, arrange_once)


# The output --------------------------------------------------------------------------------------


class _Everything(frozenset[str]):
    """Names at the top of an output, none of which is ever missed."""

    def issuperset(self, _: object) -> bool:
        return True

    def __contains__(self, _: object) -> bool:
        return True


@_bug("output-top", "a folder that was deleted from the output is not missed")
def _miss_nothing(patch: pytest.MonkeyPatch) -> None:
    change_result(patch, folder.list_top, lambda _: _Everything())


@_bug("output-gone", "the page of an article that is gone stays")
def _leave_pages(patch: pytest.MonkeyPatch) -> None:
    change_result(patch, changes.find_changes, _without(gone=frozenset()))


# The whole site ----------------------------------------------------------------------------------


def _overlook(patch: pytest.MonkeyPatch, name: str) -> None:
    """Let the digest of all inputs hold of one of them what it was at first."""
    first: list[Any] = []

    def remember_first(value: Any) -> Any:
        first.append(value)
        return first[0]

    change_arguments(patch, site_key.digest_inputs, **{name: remember_first})


@_bug("site-key-config", "a site is the same under another configuration")
def _overlook_config(patch: pytest.MonkeyPatch) -> None:
    _overlook(patch, "config")


@_bug("site-key-templates", "a site is the same with other templates")
def _overlook_templates(patch: pytest.MonkeyPatch) -> None:
    _overlook(patch, "templates")


@_bug("site-key-assets", "a site is the same with other theme files")
def _overlook_assets(patch: pytest.MonkeyPatch) -> None:
    _overlook(patch, "assets")


@_bug("site-key-drafts", "a preview with drafts is the same as the site")
def _overlook_drafts(patch: pytest.MonkeyPatch) -> None:
    _overlook(patch, "drafts")


@_bug("site-key-search", "a site without a search index is the same as one that has it")
def _overlook_search(patch: pytest.MonkeyPatch) -> None:
    _overlook(patch, "search")


def _digest_stamps(patch: pytest.MonkeyPatch, see: Callable[[bytes], bytes]) -> None:
    """Let the digest of all files hold of each stamp what ``see`` sees of it."""

    def digest(found: discovery.Discovery) -> discovery.Discovery:
        seen = [(file.path, see(file.stamp)) for file in found.files]
        return msgspec.structs.replace(found, digest=parts.digest_bytes(repr(seen).encode()))

    change_result(patch, discovery.discover, digest)


@_bug("site-key-stamps", "a site is the same while its files have the same names")
def _overlook_stamps(patch: pytest.MonkeyPatch) -> None:
    _digest_stamps(patch, _always)


@_bug("site-key-racy", "a site is the same though a file has no stamp to tell")
def _overlook_racy(patch: pytest.MonkeyPatch) -> None:
    _digest_stamps(patch, lambda stamp: stamp or _BLANK)


@_bug("site-key-time", "a site is the same whatever came out or expired since")
def _overlook_time(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, site_key.note_site, since=lambda _: -math.inf, until=lambda _: math.inf)


@_bug("site-key-lapse", "a site is the same although something is no longer featured")
def _overlook_lapse(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, due.list_due, featured_days=lambda _: 0)


@_bug("site-key-warnings", "a site that is the same has nothing to be warned of")
def _forget_site_warnings(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, site_key.note_site, warnings=lambda _: ())


@_bug("site-key-output", "a site is the same though its output is gone")
def _overlook_output(patch: pytest.MonkeyPatch) -> None:
    change_arguments(patch, site_key.find_unchanged, present=lambda _: _Everything())
