"""Photos as pages show them: with their size, their texts and their renditions."""

from sitegen.foundation.addresses import share_card_url
from sitegen.foundation.parts import Part, unseal
from sitegen.media.formats import SVG, find_format
from sitegen.media.inspection import Destination
from sitegen.media.renditions import list_series, name_rendition
from sitegen.media.share_cards import HEIGHT, WIDTH
from sitegen.model import Photo
from sitegen.pages.context import Shared
from sitegen.views import Headline, Picture, PictureSource


def compose_picture(shared: Shared, photo: Photo | None, place: Part) -> Picture | None:
    """Return a photo as pages show it, or nothing; ``place`` is its destination."""
    destination = unseal(place, Destination)
    if photo is None or destination.kind == "missing":
        return None
    return make_picture(
        shared,
        destination,
        alt=photo.alt or photo.caption,
        caption=photo.caption,
        credit=photo.credit,
    )


def compose_share_picture(
    shared: Shared, headline: Headline, picture: Picture | None
) -> Picture | None:
    """Return the picture that other sites show of an article: its share card, or else its photo."""
    if shared.pictures.cards:
        url = share_card_url(headline.url.removeprefix(shared.base))
        return Picture(shared.canonical(url), WIDTH, HEIGHT, headline.title)
    # Other sites do not show SVG.
    if picture is None or not picture.width or find_format(picture.url) is SVG:
        return None
    url = shared.view.origin + picture.url
    return Picture(url, picture.width, picture.height, picture.alt)


def make_picture(
    shared: Shared, place: Destination, *, alt: str = "", caption: str = "", credit: str = ""
) -> Picture:
    """Return a published picture as pages show it, with its renditions."""
    url = shared.href(place.url)
    photo = find_format(place.url)
    if photo is None or not place.has_renditions:
        return Picture(url, place.width, place.height, alt, caption, credit)
    srcset = ""
    sources = []
    for series in list_series(photo, place.width, shared.pictures):
        named = [f"{name_rendition(url, width, series.format)} {width}w" for width in series.widths]
        if series.format is photo:
            srcset = ", ".join([*named, f"{url} {place.width}w"])
        else:
            sources.append(PictureSource(series.format.media_type, ", ".join(named)))
    return Picture(
        url=url,
        width=place.width,
        height=place.height,
        alt=alt,
        caption=caption,
        credit=credit,
        placeholder=place.placeholder,
        srcset=srcset,
        sources=tuple(sources),
    )
