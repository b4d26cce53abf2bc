"""Media files, and the files that are made from photos: renditions and share cards."""

import functools
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from sitegen.content.articles import Article, Teaser, open_article
from sitegen.content.discovery import FoundFile
from sitegen.content.settings import Pictures
from sitegen.foundation.addresses import (
    FRONT,
    category_url,
    media_url,
    output_path,
    share_card_url,
    share_photo_url,
)
from sitegen.foundation.parts import Part, digest_bytes, digest_record, unseal
from sitegen.foundation.text import normalise
from sitegen.media.documents import is_document
from sitegen.media.formats import WEBP, find_format
from sitegen.media.inspection import Destination, InspectedFile
from sitegen.media.pictures import MediaFile
from sitegen.media.renditions import Rendition, list_paths, list_renditions, name_rendition
from sitegen.media.share_cards import NARROWEST_PHOTO, Shape, ShareCard
from sitegen.pages.cards import digest_cards
from sitegen.pages.context import NOWHERE, PlanContext
from sitegen.pages.pictures import list_photo_shapes
from sitegen.pages.planned import SITE, PlannedGroup
from sitegen.views import Headline

_BUCKETS = 256


def plan_media(
    context: PlanContext,
    media: Iterable[FoundFile],
    inspected: Mapping[str, InspectedFile],
    published: Iterable[FoundFile] = (),
) -> Iterator[PlannedGroup]:
    """Yield a group of the files of ``media`` that were inspected without a problem, and others.

    These are the groups of what is made from the files. ``inspected`` are by path in NFC. Share
    cards may also show photos that are ``published`` already.
    """
    files = list_files(media, inspected)
    planned = tuple(files.values())
    paths = tuple([file.path for file in planned])
    yield PlannedGroup("media", digest_record(planned), paths, lambda: planned, MediaFile)
    yield from plan_renditions(context.shared.pictures, planned)
    yield from _plan_first_pages(context, planned)
    if context.shared.pictures.cards:
        yield from plan_share_cards(context, files | list_files(published, inspected))


def list_files(
    media: Iterable[FoundFile], inspected: Mapping[str, InspectedFile]
) -> dict[str, MediaFile]:
    """Return the files of ``media`` that were inspected without a problem, by path in NFC."""
    files: dict[str, MediaFile] = {}
    for file in media:
        path = normalise(file.path)
        if found := inspected.get(path):
            place = unseal(found.destination, Destination)
            width = place.width if place.has_renditions else 0
            target = output_path(media_url(path))
            files[path] = MediaFile(target, file.path, found.digest, width)
    return files


def plan_renditions(pictures: Pictures, files: Iterable[MediaFile]) -> Iterator[PlannedGroup]:
    """Yield the renditions of all photos among ``files``, in at most 256 groups.

    The digest of a photo decides its group, so a new photo changes only one group.
    """
    buckets: dict[int, list[MediaFile]] = {}
    for file in files:
        if file.width:
            buckets.setdefault(file.digest[0] % _BUCKETS, []).append(file)
    for number, photos in sorted(buckets.items()):
        yield PlannedGroup(
            f"renditions {number:02x}",
            digest_record(photos),
            tuple([path for photo in photos for path in list_paths(photo, pictures)]),
            functools.partial(list_renditions, tuple(photos), pictures),
            Rendition,
        )


def _plan_first_pages(context: PlanContext, files: Iterable[MediaFile]) -> Iterator[PlannedGroup]:
    """Yield the pictures of the first pages of documents."""
    quality = context.shared.pictures.quality
    pages = []
    for file in files:
        if is_document(file.path):
            place = unseal(context.destinations[normalise(file.source)], Destination)
            if still := place.still:
                path = name_rendition(file.path, still.width, WEBP)
                pages.append(Rendition(path, file, still.width, WEBP, quality))
    paths = tuple([page.path for page in pages])
    if pages:
        digest = digest_record(pages)
        yield PlannedGroup("first pages", digest, paths, lambda: pages, Rendition)


def plan_share_cards(
    context: PlanContext, files: Mapping[str, MediaFile]
) -> Iterator[PlannedGroup]:
    """Yield a group for the share cards of each month and category, and the shapes of its photos.

    The group depends on what lists show of the articles, and on the bytes of their photos.
    """
    destinations = context.destinations
    groups: dict[str, list[Article]] = {}
    for article in context.site.articles:
        name = f"{article.year}/{article.month:02} {article.category}"
        groups.setdefault(name, []).append(article)
    for name, articles in groups.items():
        named = (files.get(each.photo or "") for each in articles)
        photos = [photo.digest for photo in named if photo]
        yield PlannedGroup(
            f"cards {name}",
            digest_bytes(digest_cards(articles, destinations) + b"".join(photos)),
            tuple(chain.from_iterable(_list_paths(each, destinations) for each in articles)),
            functools.partial(_plan_cards, context, tuple(articles), files),
            ShareCard,
        )


def _list_shapes(article: Article, destinations: Mapping[str, Part]) -> tuple[Shape, ...]:
    """Return the shapes in which there is the photo of an article."""
    return list_photo_shapes(destinations.get(article.photo, NOWHERE)) if article.photo else ()


def _list_paths(article: Article, destinations: Mapping[str, Part]) -> Iterator[str]:
    """Yield the paths of the share card of an article, and of its photo in each shape."""
    yield output_path(share_card_url(article.url))
    for shape in _list_shapes(article, destinations):
        yield output_path(share_photo_url(article.url, shape.name))


def _plan_cards(
    context: PlanContext, articles: tuple[Article, ...], files: Mapping[str, MediaFile]
) -> Iterator[ShareCard]:
    shared = context.shared
    for article in articles:
        parts = open_article(article)
        headline, teaser = unseal(parts.headline, Headline), unseal(parts.teaser, Teaser)
        photo = files.get(article.photo or "")
        focus = teaser.photo.focus if teaser.photo else None
        yield ShareCard(
            path=output_path(share_card_url(article.url)),
            source=article.path,
            title=headline.title,
            section=shared.categories[teaser.category].title,
            day=headline.published.day,
            portal=shared.view.title,
            photo=photo if photo and _is_background(photo) else None,
            focus=focus,
        )
        for shape in _list_shapes(article, context.destinations):
            path = output_path(share_photo_url(article.url, shape.name))
            yield ShareCard(path, article.path, "", "", "", "", photo, focus, shape.name)


def plan_cards_of_lists(context: PlanContext) -> Iterator[PlannedGroup]:
    """Yield the share cards of the front page and of the categories.

    They show no photo: what a social network has kept of a page is not out of date on the next day.
    """
    shared = context.shared
    if not shared.pictures.cards:
        return
    path, name = output_path(share_card_url(FRONT)), shared.view.title
    cards = [ShareCard(path, SITE, name, "", "", shared.view.search.host)]
    for category, link in shared.categories.items():
        path = output_path(share_card_url(category_url(category)))
        above = shared.find_top(category).title if "/" in category else ""
        cards.append(ShareCard(path, SITE, link.title, above, "", name))
    paths = tuple(card.path for card in cards)
    yield PlannedGroup("cards of lists", digest_record(cards), paths, lambda: cards, ShareCard)


def _is_background(photo: MediaFile) -> bool:
    """Tell whether a title over this picture is readable: it must be a wide photo, no drawing."""
    named = find_format(photo.source)
    return photo.width >= NARROWEST_PHOTO and named is not None and not named.drawn
