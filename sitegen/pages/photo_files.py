"""The files that are made of photos: renditions for pages, and share cards for other sites."""

import functools
from collections.abc import Iterable, Iterator, Mapping

from sitegen.content.articles import Article, Teaser, open_article
from sitegen.content.discovery import FoundFile
from sitegen.foundation.addresses import output_path, share_card_url
from sitegen.foundation.parts import digest_bytes, unseal
from sitegen.foundation.text import normalise
from sitegen.media.inspection import Destination, InspectedFile
from sitegen.media.renditions import find_suffix, list_series, name_rendition
from sitegen.media.resizing import RENDITIONS, Rendition, plan_rendition
from sitegen.media.share_cards import CARDS, NARROWEST_PHOTO, ShareCard
from sitegen.model import Pictures, Record
from sitegen.pages.context import NOWHERE, PlanContext, Shared, digest_cards
from sitegen.pages.planned import PlannedGroup
from sitegen.views import Headline

# So many of them there are at most.
_SHARES = 256


class _Photo(Record, frozen=True, gc=False):
    """A photo with renditions: the path of its file, the digest of its bytes, and its width.

    ``path`` is where it is written.
    """

    source: str
    digest: bytes
    path: str
    width: int


def plan_renditions(
    context: PlanContext, media: Iterable[FoundFile], inspected: Mapping[str, InspectedFile]
) -> Iterator[PlannedGroup]:
    """Yield the renditions of all photos among the ``media`` to be published.

    The photos are dealt out to many groups by the digests of their bytes, whatever their folders
    are: so a new one concerns a few hundred at most.
    """
    pictures = context.site.config.pictures
    shares: dict[int, list[_Photo]] = {}
    for file in media:
        seen = inspected.get(normalise(file.path))
        place = unseal(seen.destination if seen else NOWHERE, Destination)
        if seen and place.still:
            photo = _Photo(file.path, seen.digest, output_path(place.url), place.width)
            shares.setdefault(photo.digest[0] % _SHARES, []).append(photo)
    for share, photos in sorted(shares.items()):
        # No path holds a line feed: it ends where the digest begins, which has one length.
        known = [b"%s\n%s" % (photo.source.encode(), photo.digest) for photo in photos]
        paths = [
            photo.path + ending
            for photo in photos
            for ending, _, _ in _list_endings(find_suffix(photo.path), photo.width, pictures)
        ]
        plan = functools.partial(_plan_share, pictures, tuple(photos))
        yield PlannedGroup(
            f"{RENDITIONS} {share:02x}", digest_bytes(b"".join(known)), tuple(paths), plan
        )


def _plan_share(pictures: Pictures, photos: tuple[_Photo, ...]) -> Iterator[Rendition]:
    quality = pictures.quality
    for photo in photos:
        for ending, width, suffix in _list_endings(find_suffix(photo.path), photo.width, pictures):
            path = photo.path + ending
            yield plan_rendition(path, photo.source, photo.digest, width, suffix, quality)


@functools.lru_cache(maxsize=5000)
def _list_endings(kind: str, width: int, pictures: Pictures) -> tuple[tuple[str, int, str], ...]:
    """Return what follows the path of a photo in those of its renditions, with width and suffix.

    ``kind`` is the photo's own suffix. Most photos of a site have a few widths.
    """
    # Those of one width together: they are made of the same pixels.
    made = [
        (each, series.suffix)
        for series in list_series(kind, width, pictures)
        for each in series.widths
    ]
    return tuple((name_rendition("", each, suffix), each, suffix) for each, suffix in sorted(made))


def plan_share_cards(
    context: PlanContext, media: Iterable[FoundFile], inspected: Mapping[str, InspectedFile]
) -> Iterator[PlannedGroup]:
    """Yield the share cards of the articles of each month and category, if the site has any.

    They show no more than lists do, but of a photo all that its bytes say.
    """
    if not context.site.config.pictures.cards:
        return
    sources = {normalise(file.path): file.path for file in media}
    groups: dict[str, list[Article]] = {}
    for article in context.site.articles:
        groups.setdefault(f"{article.month} {article.category}", []).append(article)
    for name, articles in groups.items():
        named = (each.photo for each in articles if each.photo)
        photos = [inspected[path].digest for path in named if path in inspected]
        yield PlannedGroup(
            f"{CARDS} {name}",
            digest_bytes(digest_cards(articles, context.destinations) + b"".join(photos)),
            tuple([output_path(share_card_url(article.url)) for article in articles]),
            functools.partial(_plan_group, context.shared, tuple(articles), inspected, sources),
        )


def _is_background(place: Destination) -> bool:
    """Tell whether a title can stand over a photo: in a drawing neither could be read."""
    drawn = place.url.lower().endswith(".png")
    return place.still and not drawn and place.width >= NARROWEST_PHOTO


def _plan_group(
    shared: Shared,
    articles: tuple[Article, ...],
    inspected: Mapping[str, InspectedFile],
    sources: dict[str, str],
) -> Iterator[ShareCard]:
    for article in articles:
        parts = open_article(article)
        headline, teaser = unseal(parts.headline, Headline), unseal(parts.teaser, Teaser)
        seen = inspected.get(article.photo or "")
        place = unseal(seen.destination if seen else NOWHERE, Destination)
        background = seen if _is_background(place) else None
        yield ShareCard(
            path=output_path(share_card_url(article.url)),
            source=article.path,
            title=headline.title,
            section=shared.sections[teaser.category].link.title,
            day=headline.published.day,
            portal=shared.view.title,
            photo=sources[article.photo or ""] if background else "",
            photo_digest=background.digest if background else b"",
        )
