"""Bugs to test the hunt with: an input is left out of a key, or trusted where it must not be.

Each is planted in one small place and taken out again. A build from nothing is right with any of
them: they show only where something is remembered. Where the generator is rewritten, a bug that no
longer finds its place says so, and is to be adapted.
"""

import functools
import math
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from sitegen import building, plan
from sitegen.content import discovery
from sitegen.content import reading as load
from sitegen.content import selection as site
from sitegen.content.articles import Story, Teaser
from sitegen.foundation import cache as store
from sitegen.foundation import parts, stamps
from sitegen.incremental import changes, keys
from sitegen.incremental import content_cache as memory
from sitegen.incremental import site_key as stillness
from sitegen.media import inspection as survey
from sitegen.media import pictures as media
from sitegen.media import resizing as darkroom
from sitegen.media import share_cards as sharecards
from sitegen.media.inspection import Destination
from sitegen.media.resizing import Rendition
from sitegen.media.share_cards import ShareCard
from sitegen.model import Body, Pictures, Record
from sitegen.output import folder as output
from sitegen.pages import articles as documents
from sitegen.pages import context, feeds, lists, sitemaps
from sitegen.pages import photo_files as photos
from sitegen.pages.context import Shared
from sitegen.pages.planned import PlannedGroup, PlannedMedia, PlannedPage
from sitegen.search import bundles as search
from sitegen.theme import templates
from sitegen.views import Headline
from support.hunt.sequences import replace_everywhere


class Bug(Record, frozen=True):
    """A bug: its name, what it breaks, and how it is planted."""

    name: str
    breaks: str
    planting: Callable[[pytest.MonkeyPatch], None]

    @contextmanager
    def plant(self) -> Iterator[None]:
        """Let the generator have the bug."""
        with pytest.MonkeyPatch.context() as patch:
            _forget_everything()
            self.planting(patch)
            try:
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
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] == "sitegen":
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


# Digests that leave something out ----------------------------------------------------------------


def _blind(kind: type[Record], blank: Callable[[Any], Any], name: str, breaks: str) -> None:
    """Plant a bug: the digest of a part is that of a record from which something was taken away."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        seal = parts.seal

        def seal_blindly(record: object) -> parts.Part:
            part = seal(record)
            if isinstance(record, kind):
                return parts.Part(seal(blank(record)).digest, part.data)
            return part

        replace_everywhere(patch, seal, seal_blindly)

    BUGS.append(Bug(name, breaks, plant))


def _without(**fields: object) -> Callable[[Any], Any]:
    return lambda record: msgspec.structs.replace(record, **fields)


def _without_in_view(**fields: object) -> Callable[[Any], Any]:
    def blank(shared: Shared) -> Shared:
        return msgspec.structs.replace(shared, view=msgspec.structs.replace(shared.view, **fields))

    return blank


def _without_host(shared: Shared) -> Shared:
    search = msgspec.structs.replace(shared.view.search, host="")
    bare: Shared = _without_in_view(url="", origin="", search=search)(shared)
    return msgspec.structs.replace(bare, origin="")


def _without_categories(shared: Shared) -> Shared:
    bare: Shared = _without_in_view(sections=(), menu=())(shared)
    return msgspec.structs.replace(bare, sections={})


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
    follow_links = documents.follow_links

    def follow(*arguments: Any) -> documents.FollowedLinks:
        links = follow_links(*arguments)
        years = tuple(msgspec.structs.replace(year, places=b"") for year in links.years)
        return msgspec.structs.replace(links, years=years)

    replace_everywhere(patch, follow_links, follow)


@_bug("links-answered", "links lead where they led, whatever has become of other articles")
def _forget_directory(patch: pytest.MonkeyPatch) -> None:
    make_link_index = documents.make_link_index
    replace_everywhere(
        patch,
        make_link_index,
        lambda *rest: msgspec.structs.replace(make_link_index(*rest), digest=b""),
    )


@_bug("links-astray", "what leads nowhere is remembered as if it were no problem")
def _forget_astray(patch: pytest.MonkeyPatch) -> None:
    follow_links = documents.follow_links

    def follow(context: Any, directory: Any, known: Any) -> documents.FollowedLinks:
        links = follow_links(context, directory, known)
        answers = {
            parts.digest_bytes(directory.digest + year.own): year.places for year in links.years
        }
        return msgspec.structs.replace(links, answers=answers)

    replace_everywhere(patch, follow_links, follow)


@_bug("addresses-answered", "addresses that were no one else's once are so for ever")
def _trust_addresses(patch: pytest.MonkeyPatch) -> None:
    digest_bytes = parts.digest_bytes

    def digest(data: bytes) -> bytes:
        return bytes(16) if data.startswith(b"addresses\n") else digest_bytes(data)

    patch.setattr(plan, "digest_bytes", digest)


@_bug("kin-in-group", "the key of a year's articles leaves out what belongs to them")
def _forget_kin(patch: pytest.MonkeyPatch) -> None:
    relate = documents.relate

    def relate_blindly(*arguments: Any) -> documents.Relations:
        return msgspec.structs.replace(relate(*arguments), digests={})

    replace_everywhere(patch, relate, relate_blindly)


@_bug("kin-answered", "what belongs to an article does so for ever")
def _trust_kin(patch: pytest.MonkeyPatch) -> None:
    digest_bytes = parts.digest_bytes

    def digest(data: bytes) -> bytes:
        return bytes(16) if data.startswith(b"kin\n") else digest_bytes(data)

    patch.setattr(documents, "digest_bytes", digest)


@_bug("template-includes", "what a template includes is not part of it")
def _forget_includes(patch: pytest.MonkeyPatch) -> None:
    _refer_without(patch, "include")


@_bug("config-readings", "texts are not read again under another configuration")
def _forget_config(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(building, "digest_config", lambda _: b"")


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
_blind(Story, _without(translations=()), "story-translations", "that leaves out translations")
_blind(Story, _without(views="", source=""), "story-facts", "that leaves out source and visits")
_blind(Body, _without(digest=b""), "body-text", "the digest of a body leaves out its text")
_blind(
    Destination, _without(width=0, height=0), "photo-size", "that of a photo leaves out its size"
)
_blind(Destination, _without(tone=""), "photo-tone", "that of a photo leaves out its tone")
_blind(
    Shared,
    lambda shared: msgspec.structs.replace(shared, pictures=Pictures()),
    "site-pictures",
    "the site's digest leaves out which renditions there are",
)
_blind(Destination, _without(url=""), "destination-url", "that of a target leaves out its address")
_blind(Destination, _without(size=""), "document-size", "that of a document leaves out its size")
_blind(
    lists._Heading,
    _without(newer_url=""),
    "list-newer",
    "the key of a page of an archive leaves out the page after it",
)
_blind(
    lists._Heading,
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


# Keys --------------------------------------------------------------------------------------------


def _key_items(patch: pytest.MonkeyPatch, forget: Callable[[Any], Any]) -> None:
    """Give each file the key of what ``forget`` makes of it."""
    key_file = keys.key_file
    replace_everywhere(patch, key_file, lambda common, item: key_file(common, forget(item)))


def _key_sheaves(patch: pytest.MonkeyPatch, **fields: object) -> None:
    """Give each group its key as if these were the same for all builds."""
    key_group = keys.key_group
    replace_everywhere(
        patch,
        key_group,
        lambda common, group: key_group(msgspec.structs.replace(common, **fields), group),
    )


@_bug("key-around", "the key of a page leaves out what stands around it")
def _forget_around(patch: pytest.MonkeyPatch) -> None:
    _key_items(
        patch,
        lambda item: (
            msgspec.structs.replace(item, around=()) if isinstance(item, PlannedPage) else item
        ),
    )


@_bug("key-neighbours", "the key of an article leaves out its neighbours")
def _forget_neighbours(patch: pytest.MonkeyPatch) -> None:
    def forget(item: Any) -> Any:
        article = isinstance(item, PlannedPage) and item.template == "article.html"
        return msgspec.structs.replace(item, around=()) if article else item

    _key_items(patch, forget)


@_bug("key-places", "the key of an article leaves out where its links lead")
def _forget_own_places(patch: pytest.MonkeyPatch) -> None:
    def forget(item: Any) -> Any:
        article = isinstance(item, PlannedPage) and item.template == "article.html"
        return msgspec.structs.replace(item, own=item.own[:5]) if article else item

    _key_items(patch, forget)


def _key_feeds(patch: pytest.MonkeyPatch, kept: Callable[[tuple[Any, ...]], Any]) -> None:
    """Give each feed the key of what is ``kept`` of the parts of its articles."""

    def forget(item: Any) -> Any:
        if not (isinstance(item, PlannedPage) and item.template in {"rss.xml", "feed.json"}):
            return item
        return msgspec.structs.replace(item, around=tuple(map(kept, item.around)))

    _key_items(patch, forget)


@_bug("key-feed", "the key of a feed leaves out what only feeds show of an article")
def _forget_stories(patch: pytest.MonkeyPatch) -> None:
    _key_feeds(patch, lambda parts: (*parts[:2], *parts[3:]))


@_bug("key-feed-text", "the key of a feed of the whole text leaves the texts out")
def _forget_texts(patch: pytest.MonkeyPatch) -> None:
    _key_feeds(patch, lambda parts: (*parts[:4], *parts[5:]))


@_bug("key-feed-links", "the key of a feed of the whole text leaves out where its links lead")
def _forget_feed_links(patch: pytest.MonkeyPatch) -> None:
    _key_feeds(patch, lambda parts: parts[:5])


@_bug("key-groups", "the key of a page does not tell where one group ends and the next begins")
def _join_groups(patch: pytest.MonkeyPatch) -> None:
    def forget(item: Any) -> Any:
        if not isinstance(item, PlannedPage):
            return item
        joined = tuple(part for group in item.around for part in group)
        return msgspec.structs.replace(item, around=(joined,))

    _key_items(patch, forget)


@_bug("key-media", "the key of a picture or document leaves out its bytes")
def _forget_bytes(patch: pytest.MonkeyPatch) -> None:
    _key_items(
        patch,
        lambda item: (
            msgspec.structs.replace(item, digest=bytes(16))
            if isinstance(item, PlannedMedia)
            else item
        ),
    )


@_bug("key-rendition", "the key of a rendition leaves out how it is made")
def _forget_recipe(patch: pytest.MonkeyPatch) -> None:
    _key_items(
        patch,
        lambda item: (
            msgspec.structs.replace(item, digest=item.photo)
            if isinstance(item, Rendition)
            else item
        ),
    )


@_bug("key-card", "the key of a share card leaves out its title")
def _forget_title(patch: pytest.MonkeyPatch) -> None:
    _key_items(
        patch,
        lambda item: (
            msgspec.structs.replace(item, title="") if isinstance(item, ShareCard) else item
        ),
    )


@_bug("group-renditions", "the key of the renditions leaves out the photos")
def _forget_photos(patch: pytest.MonkeyPatch) -> None:
    plan_renditions = photos.plan_renditions

    def plan(*arguments: Any) -> Iterator[PlannedGroup]:
        for group in plan_renditions(*arguments):
            yield msgspec.structs.replace(group, digest=bytes(16))

    replace_everywhere(patch, plan_renditions, plan)


@_bug("group-share-cards", "the key of the share cards leaves out the articles")
def _forget_articles(patch: pytest.MonkeyPatch) -> None:
    plan_share_cards = photos.plan_share_cards

    def plan(*arguments: Any) -> Iterator[PlannedGroup]:
        for group in plan_share_cards(*arguments):
            yield msgspec.structs.replace(group, digest=bytes(16))

    replace_everywhere(patch, plan_share_cards, plan)


@_bug("key-template", "the key of a page leaves out its template")
def _forget_template(patch: pytest.MonkeyPatch) -> None:
    key_file = keys.key_file
    replace_everywhere(
        patch,
        key_file,
        lambda common, item: key_file(msgspec.structs.replace(common, closures={}), item),
    )


@_bug("key-engine", "no key names the version of the generator")
def _forget_engine(patch: pytest.MonkeyPatch) -> None:
    make_keys = keys.make_keys
    replace_everywhere(patch, make_keys, lambda _, *rest: make_keys(bytes(16), *rest))


@_bug("group-config", "the key of a group leaves out the configuration")
def _forget_config_of_sheaf(patch: pytest.MonkeyPatch) -> None:
    _key_sheaves(patch, config=b"")


@_bug("group-site", "the key of a group leaves out what all pages share")
def _forget_site_of_sheaf(patch: pytest.MonkeyPatch) -> None:
    _key_sheaves(patch, site=b"")


@_bug("group-theme", "the key of a group leaves out the templates")
def _forget_theme_of_sheaf(patch: pytest.MonkeyPatch) -> None:
    _key_sheaves(patch, theme=b"")


@_bug("group-card", "the key of a list leaves out the photos")
def _forget_pictures(patch: pytest.MonkeyPatch) -> None:
    digest_cards = context.digest_cards
    replace_everywhere(patch, digest_cards, lambda entries, _: digest_cards(entries, {}))


@_bug("group-beside", "the key of a year's articles leaves out those of the years beside it")
def _forget_years_beside(patch: pytest.MonkeyPatch) -> None:
    plan_articles = documents.plan_articles

    def plan_blindly(*arguments: Any) -> Iterator[PlannedGroup]:
        for group in plan_articles(*arguments):
            assert isinstance(group.plan, functools.partial)
            year = group.plan.args[1]
            yield msgspec.structs.replace(group, digest=parts.digest_bytes(year.own + year.places))

    replace_everywhere(patch, plan_articles, plan_blindly)


@_bug("group-aliases", "the key of the old addresses leaves out which there are")
def _forget_aliases(patch: pytest.MonkeyPatch) -> None:
    plan_aliases = feeds.plan_aliases

    def plan_blindly(*arguments: Any) -> PlannedGroup:
        return msgspec.structs.replace(plan_aliases(*arguments), digest=bytes(16))

    replace_everywhere(patch, plan_aliases, plan_blindly)


@_bug("group-sitemap", "the key of a sitemap leaves out when articles were updated")
def _forget_updates(patch: pytest.MonkeyPatch) -> None:
    plan_sitemaps = sitemaps.plan_sitemaps

    def plan_blindly(*arguments: Any) -> Iterator[PlannedGroup]:
        for group in plan_sitemaps(*arguments):
            assert isinstance(group.plan, functools.partial)
            named = [
                each if isinstance(each, str) else each.digests[: parts.DIGEST_SIZE].hex()
                for each in group.plan.args[1]
            ]
            digest = parts.digest_bytes("\n".join(named).encode())
            yield msgspec.structs.replace(group, digest=digest)

    replace_everywhere(patch, plan_sitemaps, plan_blindly)


@_bug("group-list-sitemap", "the key of a sitemap of lists leaves out which pages they have")
def _forget_list_pages(patch: pytest.MonkeyPatch) -> None:
    plan_sitemaps = sitemaps.plan_sitemaps

    def plan_blindly(*arguments: Any) -> Iterator[PlannedGroup]:
        for group in plan_sitemaps(*arguments):
            blind = "danh-sach" in group.name
            yield msgspec.structs.replace(group, digest=b"0" * 16) if blind else group

    replace_everywhere(patch, plan_sitemaps, plan_blindly)


# The search index ---------------------------------------------------------------------------------


def _plan_bundles(
    patch: pytest.MonkeyPatch, forget: Callable[[PlannedGroup], PlannedGroup]
) -> None:
    plan_bundles = search.plan_bundles

    def plan_forgetfully(*arguments: Any) -> tuple[search.Bundle, ...]:
        return tuple(
            msgspec.structs.replace(bundle, group=forget(bundle.group))
            for bundle in plan_bundles(*arguments)
        )

    replace_everywhere(patch, plan_bundles, plan_forgetfully)


@_bug("bundle-group", "the key of a bundle leaves out its articles")
def _forget_bundle(patch: pytest.MonkeyPatch) -> None:
    _plan_bundles(patch, lambda group: msgspec.structs.replace(group, digest=bytes(16)))


@_bug("bundle-kept", "a bundle that was made once is given whatever its articles say")
def _forget_articles_of_bundle(patch: pytest.MonkeyPatch) -> None:
    def forget(group: PlannedGroup) -> PlannedGroup:
        assert isinstance(group.plan, functools.partial)
        return msgspec.structs.replace(group, plan=functools.partial(group.plan, digest=b""))

    _plan_bundles(patch, forget)


@_bug("bundle-category", "a bundle is kept though its categories have another name")
def _forget_categories(patch: pytest.MonkeyPatch) -> None:
    seal = parts.seal
    patch.setattr(search, "seal", lambda record: seal("" if isinstance(record, dict) else record))


@_bug("bundle-page", "a bundle leaves out what standing pages are called")
def _forget_titles(patch: pytest.MonkeyPatch) -> None:
    digest_page = search._digest_page
    patch.setattr(
        search, "_digest_page", lambda page: digest_page(msgspec.structs.replace(page, title=""))
    )


# Templates ---------------------------------------------------------------------------------------


def _refer_without(patch: pytest.MonkeyPatch, *tags: str) -> None:
    tag = re.compile(rf"{{%[-+]?\s*(?:{'|'.join(tags)})\b.*?%}}".encode(), re.DOTALL)
    names = templates._names
    replace_everywhere(patch, names, lambda source: names(tag.sub(b"", source)))


@_bug("template-imports", "the macros that a template imports are not part of it")
def _forget_imports(patch: pytest.MonkeyPatch) -> None:
    _refer_without(patch, "import", "from")


@_bug("template-extends", "the layout that a template extends is not part of it")
def _forget_extends(patch: pytest.MonkeyPatch) -> None:
    _refer_without(patch, "extends")


@_bug("template-computed", "a template whose name is computed is not part of what includes it")
def _forget_computed(patch: pytest.MonkeyPatch) -> None:
    replace_everywhere(patch, templates._computes, lambda _: False)


# Stamps ------------------------------------------------------------------------------------------


def _stamp_by(patch: pytest.MonkeyPatch, *names: str) -> None:
    take_stamp = stamps.take_stamp
    every = ("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")

    def take(status: os.stat_result, scanned: int) -> bytes:
        seen = {name: getattr(status, name) if name in names else 0 for name in every}
        return take_stamp(SimpleNamespace(**seen), scanned)  # type: ignore[arg-type]

    replace_everywhere(patch, take_stamp, take)


@_bug("stamp-by-size", "a file is the same if its size is")
def _trust_size(patch: pytest.MonkeyPatch) -> None:
    _stamp_by(patch, "st_size")


@_bug("stamp-racy", "a file that was just changed is trusted not to be changed again")
def _trust_racy(patch: pytest.MonkeyPatch) -> None:
    take_stamp = stamps.take_stamp
    replace_everywhere(
        patch, take_stamp, lambda status, scanned: take_stamp(status, scanned + (1 << 60))
    )


@_bug("preview-deaf", "a preview does not look at the files that it is told of")
def _look_at_nothing(patch: pytest.MonkeyPatch) -> None:
    look = discovery.look_again
    replace_everywhere(
        patch, look, lambda root, scanned, before, _: look(root, scanned, before, ())
    )


# What is remembered of the content ---------------------------------------------------------------


class _ByName(dict[str, load.Reading]):
    """Readings that are found by the name of a file, whatever folder it is in."""

    def __init__(self, known: dict[str, load.Reading]) -> None:
        super().__init__(known)
        self._by_name = {PurePosixPath(path).name: each for path, each in known.items()}

    def __missing__(self, path: str) -> load.Reading:
        return self._by_name[PurePosixPath(path).name]

    def get(self, path: str, _: object = None) -> Any:
        return super().get(path) or self._by_name.get(PurePosixPath(path).name)


@_bug("readings-by-name", "what a text says is remembered by its name, without its folder")
def _forget_folder(patch: pytest.MonkeyPatch) -> None:
    read_content = load.read_content
    replace_everywhere(
        patch,
        read_content,
        lambda root, config, found, known, jobs: read_content(
            root, config, found, _ByName(known), jobs
        ),
    )


@_bug("readings-of-deleted", "what a deleted file said is remembered and published")
def _keep_deleted(patch: pytest.MonkeyPatch) -> None:
    read_content = load.read_content

    def read(root: Any, config: Any, found: Any, known: Any, jobs: int) -> Any:
        content, readings, problems = read_content(root, config, found, known, jobs)
        gone = [each for path, each in known.items() if not (root / path).exists()]
        articles = (*content.articles, *(each.article for each in gone if each.article))
        return msgspec.structs.replace(content, articles=articles), readings, problems

    replace_everywhere(patch, read_content, read)


@_bug("readings-warnings", "what was wrong with a text is not told again")
def _forget_warnings(patch: pytest.MonkeyPatch) -> None:
    save_cache = memory.save_cache

    def keep_silent(cache: Any, engine: Any, known: Any, now: memory.ContentCache) -> Any:
        readings = {
            path: msgspec.structs.replace(each, warnings=()) for path, each in now.readings.items()
        }
        return save_cache(cache, engine, known, msgspec.structs.replace(now, readings=readings))

    replace_everywhere(patch, save_cache, keep_silent)


@_bug("memory-engine", "what another version of the generator read is believed")
def _believe_other_versions(patch: pytest.MonkeyPatch) -> None:
    load_cache, save_cache = memory.load_cache, memory.save_cache
    replace_everywhere(
        patch, load_cache, lambda cache, _, *rest: load_cache(cache, bytes(16), *rest)
    )
    replace_everywhere(
        patch, save_cache, lambda cache, _, *rest: save_cache(cache, bytes(16), *rest)
    )


@_bug("memory-damage", "a damaged cache is believed")
def _believe_damage(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory, "zlib", SimpleNamespace(crc32=lambda _: 0))


@_bug("survey-by-name", "a picture of the same name is taken for the same")
def _trust_names(patch: pytest.MonkeyPatch) -> None:
    look = survey.inspect_files

    def look_at_new(root: Any, files: Any, known: Any, *rest: Any) -> Any:
        trusting = [
            msgspec.structs.replace(file, stamp=known[file.path].stamp)
            if file.path in known
            else file
            for file in files
        ]
        return look(root, trusting, known, *rest)

    replace_everywhere(patch, look, look_at_new)


@_bug("pictures-by-encoder", "a picture that was made once is given for every other")
def _forget_picture(patch: pytest.MonkeyPatch) -> None:
    replace_everywhere(patch, media.name_kept_picture, lambda _: "picture")


@_bug("renditions-by-kind", "a rendition that was made once is given for every other")
def _forget_rendition(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        darkroom,
        "remember",
        lambda folder, key, compute: store.remember(folder, key.partition("-")[2], compute),
    )


@_bug("cards-by-version", "a share card that was drawn once is given for every other")
def _forget_card(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        sharecards,
        "remember",
        lambda folder, key, compute: store.remember(folder, key.partition("-")[2], compute),
    )


@_bug("time-stands-still", "while no text has changed, neither has what is published")
def _stop_time(patch: pytest.MonkeyPatch) -> None:
    load_cache, arrange = memory.load_cache, site.arrange
    remembered = False
    last: dict[tuple[object, ...], Any] = {}

    def recall_and_note(*arguments: Any) -> Any:
        nonlocal remembered
        known, problems = load_cache(*arguments)
        remembered = bool(known.memory.readings)
        return known, problems

    def arrange_once(config: Any, content: Any, now: Any, *, drafts: bool) -> Any:
        key = (
            config,
            frozenset(entry.digests for entry in content.articles),
            content.pages,
            drafts,
        )
        if not (remembered and key in last):
            last[key] = arrange(config, content, now, drafts=drafts)
        return last[key]

    replace_everywhere(patch, load_cache, recall_and_note)
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
    replace_everywhere(patch, output.list_top, lambda _: _Everything())


@_bug("output-gone", "the page of an article that is gone stays")
def _leave_pages(patch: pytest.MonkeyPatch) -> None:
    find_changes = changes.find_changes

    def find(*arguments: Any, **options: Any) -> changes.Changes:
        found = find_changes(*arguments, **options)
        return msgspec.structs.replace(found, gone=frozenset())

    replace_everywhere(patch, find_changes, find)


# The whole site ----------------------------------------------------------------------------------


def _overlook(patch: pytest.MonkeyPatch, position: int, value: Any) -> None:
    """Leave one argument of the digest of all inputs out."""
    digest_inputs = stillness.digest_inputs

    def digest(*arguments: Any, **flags: Any) -> bytes:
        given = [*arguments[:position], value, *arguments[position + 1 :]]
        return digest_inputs(*given, **flags)

    replace_everywhere(patch, digest_inputs, digest)


@_bug("still-config", "a site is the same under another configuration")
def _overlook_config(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stillness, "digest_config", lambda _: bytes(parts.DIGEST_SIZE))


@_bug("still-templates", "a site is the same with other templates")
def _overlook_templates(patch: pytest.MonkeyPatch) -> None:
    _overlook(patch, 3, templates.Templates({}))


@_bug("still-assets", "a site is the same with other theme files")
def _overlook_assets(patch: pytest.MonkeyPatch) -> None:
    _overlook(patch, 4, ())


def _digest_stamps(patch: pytest.MonkeyPatch, see: Callable[[bytes], bytes]) -> None:
    """Let the digest of all files hold of each stamp what ``see`` sees of it."""
    digest_files = discovery._digest_files

    def digest(files: list[discovery.FoundFile]) -> bytes:
        return digest_files(
            [msgspec.structs.replace(file, stamp=see(file.stamp)) for file in files]
        )

    patch.setattr(discovery, "_digest_files", digest)


@_bug("still-stamps", "a site is the same while its files have the same names")
def _overlook_stamps(patch: pytest.MonkeyPatch) -> None:
    _digest_stamps(patch, lambda _: bytes(32))


@_bug("still-racy", "a site is the same though a file has no stamp to tell")
def _overlook_racy(patch: pytest.MonkeyPatch) -> None:
    _digest_stamps(patch, lambda stamp: stamp or bytes(32))


def _overlook_flag(patch: pytest.MonkeyPatch, name: str) -> None:
    digest_inputs = stillness.digest_inputs
    replace_everywhere(
        patch,
        digest_inputs,
        lambda *arguments, **flags: digest_inputs(
            *arguments, **cast("Any", {**flags, name: False})
        ),
    )


@_bug("still-drafts", "a preview with drafts is the same as the site")
def _overlook_drafts(patch: pytest.MonkeyPatch) -> None:
    _overlook_flag(patch, "drafts")


@_bug("still-search", "a site without a search index is the same as one that has it")
def _overlook_search(patch: pytest.MonkeyPatch) -> None:
    _overlook_flag(patch, "search")


@_bug("still-time", "a site is the same whatever came out or expired since")
def _overlook_time(patch: pytest.MonkeyPatch) -> None:
    note_site_key = stillness.note_site_key

    def note(listing: Any, inputs: bytes, _: float, __: float, total: int) -> Any:
        return note_site_key(listing, inputs, -math.inf, math.inf, total)

    replace_everywhere(patch, note_site_key, note)


@_bug("still-output", "a site is the same though its output is gone")
def _overlook_output(patch: pytest.MonkeyPatch) -> None:
    find_unchanged = stillness.find_unchanged
    everything = frozenset(["index.html", "rss.xml", "media", "assets", "tin", "sitemap"])

    def find(listing: Any, present: Any, inputs: bytes, now: float) -> int | None:
        folders = {folder for each in listing.values() for folder in each.folders}
        return find_unchanged(listing, present | everything | folders, inputs, now)

    replace_everywhere(patch, find_unchanged, find)
