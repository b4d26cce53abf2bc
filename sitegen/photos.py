"""The files that are made of photos: renditions for pages, and share cards for other sites."""

import functools
from collections.abc import Iterable, Iterator

from sitegen.darkroom import Rendition, plan_rendition
from sitegen.entries import Entry, Teaser, open_entry
from sitegen.frame import NOWHERE, Frame, Shared
from sitegen.load import FoundFile
from sitegen.model import Pictures, Record
from sitegen.pages import Sheaf, output_path
from sitegen.parts import Part, digest_bytes, unseal
from sitegen.renditions import list_series, name_rendition
from sitegen.sharecards import NARROWEST_PHOTO, ShareCard, share_card_url
from sitegen.survey import Destination
from sitegen.text import normalise
from sitegen.views import Headline


class _Photo(Record, frozen=True, gc=False):
    """A photo with renditions: the path of its file, and where it is published."""

    source: str
    place: Destination


def plan_renditions(frame: Frame, media: Iterable[FoundFile]) -> Iterator[Sheaf]:
    """Yield the renditions of all photos among the ``media`` to be published.

    The photos are dealt out to 256 sheaves, whatever their folders are: so a new one concerns a few
    hundred at most.
    """
    pictures = frame.site.config.pictures
    shares: dict[int, list[_Photo]] = {}
    for file in media:
        part = frame.destinations.get(normalise(file.path))
        if part is None:
            continue
        place = unseal(part, Destination)
        if place.still:
            share = digest_bytes(place.url.encode())[0]
            shares.setdefault(share, []).append(_Photo(file.path, place))
    for share, photos in sorted(shares.items()):
        known = [digest_bytes(photo.source.encode()) + photo.place.digest for photo in photos]
        paths = [path for photo in photos for path, _, _ in _list_renditions(photo, pictures)]
        plan = functools.partial(_plan_share, pictures, tuple(photos))
        yield Sheaf(f"renditions {share:02x}", digest_bytes(b"".join(known)), tuple(paths), plan)


def _plan_share(pictures: Pictures, photos: tuple[_Photo, ...]) -> Iterator[Rendition]:
    for photo in photos:
        for path, width, suffix in _list_renditions(photo, pictures):
            yield plan_rendition(
                path, photo.source, photo.place.digest, width, suffix, pictures.quality
            )


def _list_renditions(photo: _Photo, pictures: Pictures) -> Iterator[tuple[str, int, str]]:
    """Yield where each rendition of a photo is written, its width and its suffix."""
    path = output_path(photo.place.url)
    # Those of one width together: they are made of the same pixels.
    made = [
        (width, series.suffix)
        for series in list_series(path, photo.place.width, pictures)
        for width in series.widths
    ]
    for width, suffix in sorted(made):
        yield name_rendition(path, width, suffix), width, suffix


def plan_share_cards(
    frame: Frame, media: Iterable[FoundFile], cards: dict[str, bytes]
) -> Iterator[Sheaf]:
    """Yield the share cards of the articles of each month and category, if the site has any.

    ``cards`` are as in :class:`sitegen.frame.Index`: a share card shows no more than other cards.
    """
    if not frame.site.config.pictures.cards:
        return
    sources = {normalise(file.path): file.path for file in media}
    groups: dict[str, list[Entry]] = {}
    for entry in frame.site.entries:
        groups.setdefault(f"{entry.month} {entry.category}", []).append(entry)
    for name, entries in groups.items():
        yield Sheaf(
            f"cards {name}",
            digest_bytes(b"".join([cards[entry.path] for entry in entries])),
            tuple([output_path(share_card_url(entry.url)) for entry in entries]),
            functools.partial(
                _plan_group, frame.shared, tuple(entries), frame.destinations, sources
            ),
        )


def _is_background(place: Destination) -> bool:
    """Tell whether a title can stand over a photo: in a drawing neither could be read."""
    drawn = place.url.lower().endswith(".png")
    return place.still and not drawn and place.width >= NARROWEST_PHOTO


def _plan_group(
    shared: Shared,
    entries: tuple[Entry, ...],
    destinations: dict[str, Part],
    sources: dict[str, str],
) -> Iterator[ShareCard]:
    for entry in entries:
        parts = open_entry(entry)
        headline, teaser = unseal(parts.headline, Headline), unseal(parts.teaser, Teaser)
        place = unseal(destinations.get(entry.photo or "", NOWHERE), Destination)
        has_photo = _is_background(place)
        yield ShareCard(
            path=output_path(share_card_url(entry.url)),
            source=entry.path,
            title=headline.title,
            section=shared.sections[teaser.category].link.title,
            day=headline.published.day,
            portal=shared.view.title,
            photo=sources[entry.photo or ""] if has_photo else "",
            photo_digest=place.digest if has_photo else b"",
        )
