"""Photos and sounds as pages show them, and bodies, with what their links lead to."""

import functools

import msgspec

from sitegen.foundation.addresses import share_photo_url
from sitegen.foundation.media_types import find_media_type
from sitegen.foundation.parts import Part, unseal
from sitegen.foundation.text import translate_size
from sitegen.media.formats import SVG, find_format
from sitegen.media.inspection import Destination
from sitegen.media.renditions import list_series, name_rendition
from sitegen.media.share_cards import Shape, find_focus, list_shapes
from sitegen.model import Body, Photo
from sitegen.pages.context import Shared, name_share_card
from sitegen.pages.link_index import Destinations, LinkDestination
from sitegen.views import BodyView, Headline, Picture, PictureSource, Sound, Target

_NO_TEXTS = Photo("", "")
# In per cents.
_STEP, _MIDDLE = 10, 50


def compose_picture(shared: Shared, photo: Photo | None, place: Part) -> Picture | None:
    """Return a photo as pages show it, or nothing; ``place`` is its destination."""
    destination = unseal(place, Destination)
    if photo is None or destination.kind == "missing":
        return None
    return _make_picture(shared, destination, photo)


def compose_share_picture(
    shared: Shared, headline: Headline, picture: Picture | None
) -> Picture | None:
    """Return the picture that other sites show of an article: its share card, or else its photo."""
    url = headline.url.removeprefix(shared.base)
    return name_share_card(shared, url, headline.title) or share_photo(shared, picture)


def share_photo(shared: Shared, picture: Picture | None) -> Picture | None:
    """Return a photo as other sites show it, which do not show SVG."""
    if picture is None or not picture.width or find_format(picture.url) is SVG:
        return None
    url = shared.view.origin + picture.url
    return Picture(url, picture.width, picture.height, picture.alt)


def compose_sound(shared: Shared, place: Part) -> Sound | None:
    """Return a sound as pages offer it, or nothing; ``place`` is its destination."""
    destination = unseal(place, Destination)
    if destination.kind != "file":
        return None
    url, kind = destination.url, find_media_type(destination.url)
    size = translate_size(destination.size, shared.view.language)
    return Sound(shared.href(url), kind, size, destination.length)


def list_photo_shapes(place: Part) -> tuple[Shape, ...]:
    """Return the shapes in which there is the photo of an article, if the site has share cards."""
    photo = unseal(place, Destination)
    return list_shapes(photo.width, photo.height) if photo.has_renditions else ()


def compose_images(
    shared: Shared, headline: Headline, photo: Picture | None, place: Part
) -> tuple[Picture, ...]:
    """Return the pictures of an article for search engines, with absolute addresses.

    They are its photo in several shapes, or the photo as it is. Where there is none, or a drawing
    that other sites do not show, it is the share card.
    """
    url = headline.url.removeprefix(shared.base)
    card = name_share_card(shared, url, headline.title)
    if card and (photo is None or share_photo(shared, photo) is None):
        return (card,)
    if photo is None:
        return ()
    if shapes := list_photo_shapes(place) if card else ():
        texts = (photo.alt, photo.caption, photo.credit)
        return tuple(
            [
                Picture(
                    shared.canonical(share_photo_url(url, each.name)),
                    each.width,
                    each.height,
                    *texts,
                )
                for each in shapes
            ]
        )
    whole = shared.view.origin + photo.url
    return (Picture(whole, photo.width, photo.height, photo.alt, photo.caption, photo.credit),)


def list_photos(
    shared: Shared, photo: Picture | None, destinations: Destinations
) -> tuple[Picture, ...]:
    """Return the photos of a gallery's article, each once: its own, then those of its text."""
    every = {photo.url: photo} if photo else {}
    for link in destinations.links:
        place = None if isinstance(link, str) else unseal(link, Destination)
        if place and place.kind == "picture":
            url = shared.href(place.url)
            every.setdefault(url, Picture(url, place.width, place.height, ""))
    return tuple(every.values())


def _make_picture(shared: Shared, place: Destination, photo: Photo = _NO_TEXTS) -> Picture:
    """Return a published picture as pages show it, with its renditions."""
    url, file_format = shared.href(place.url), find_format(place.url)
    alt = photo.alt or photo.caption
    focus = name_focus(photo.focus, place.width, place.height)
    picture = Picture(url, place.width, place.height, alt, photo.caption, photo.credit, focus=focus)
    if file_format is None or not place.has_renditions:
        return picture
    srcset = ""
    sources = []
    for series in list_series(file_format, place.width, shared.pictures):
        named = [f"{name_rendition(url, width, series.format)} {width}w" for width in series.widths]
        if series.format is file_format:
            srcset = ", ".join([*named, f"{url} {place.width}w"])
        else:
            sources.append(PictureSource(series.format.media_type, ", ".join(named)))
    return msgspec.structs.replace(
        picture, placeholder=place.placeholder, srcset=srcset, sources=tuple(sources)
    )


@functools.lru_cache(maxsize=1000)
def name_focus(focus: tuple[int, int] | None, width: int, height: int) -> str:
    """Return the classes for the point of a photo that crops keep; the middle needs none.

    Style sheets know steps of ten per cent, because a page may not hold styles of its own.
    """
    x, y = focus or find_focus(width, height)
    steps = (("x", x), ("y", y))
    rounded = ((axis, (each + 5) // _STEP * _STEP) for axis, each in steps)
    return " ".join(f"focus-{axis}-{each}" for axis, each in rounded if each != _MIDDLE)


def view_body(
    shared: Shared, body: Body, links: tuple[LinkDestination, ...], page: str = ""
) -> BodyView:
    """Return a body with the destinations of its references, which are ``links`` in this order.

    ``page`` is the address of the article if the body is shown on another page than the article's.
    """
    found = zip(body.references, links, strict=True)
    targets = tuple(_aim(shared, reference, link) for reference, link in found)
    view, hosts, strict = shared.view, shared.video_hosts, body.strict
    about = (page, strict, view.url.removesuffix("/"), view.language)
    return BodyView(body.path, body.start, body.digest, targets, hosts, *about)


def _aim(shared: Shared, reference: str, link: LinkDestination) -> Target:
    if isinstance(link, str):
        return Target(reference, "page", shared.href(link))
    place = unseal(link, Destination)
    url = shared.href(place.url) if place.url else ""
    picture = _make_picture(shared, place) if place.kind == "picture" else None
    still = _make_picture(shared, place.still) if place.still else None
    captions = shared.href(place.captions) if place.captions else ""
    size = translate_size(place.size, shared.view.language)
    return Target(reference, place.kind, url, size, picture, still, captions)
