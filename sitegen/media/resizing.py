"""Photos to their renditions: each is made once, and kept in the cache."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.foundation.cache import remember
from sitegen.foundation.generator import library_version
from sitegen.media.formats import find_format
from sitegen.media.pictures import MediaFile, decode_photo, encode
from sitegen.media.renditions import Rendition

if TYPE_CHECKING:
    from PIL import Image

# The folder of the cache that keeps renditions.
RENDITION_CACHE = "renditions"
# A picture with no more colours than these is a drawing: lossy formats would blur its edges.
_FEW_COLOURS = 256


def make_rendition(root: Path, cache: Path, rendition: Rendition) -> bytes:
    """Return the bytes of a rendition, from the cache or made now.

    Raises :class:`~sitegen.problems.ProblemsFoundError`.
    """
    name = name_cached_rendition(rendition)
    return remember(cache / RENDITION_CACHE, name, lambda: _make(root, rendition))


def name_cached_rendition(rendition: Rendition) -> str:
    """Return the name under which the cache keeps a rendition."""
    version = library_version("pillow")
    return f"{rendition.digest.hex()}-{version}{rendition.format.suffix}"


# The renditions of a photo are made one after the other, those of one width together.
_decode_once = functools.lru_cache(maxsize=1)(decode_photo)


@functools.lru_cache(maxsize=1)
def _resize_once(root: Path, photo: MediaFile, width: int) -> "Image.Image":
    """Return a photo in full colours, so many pixels wide."""
    from PIL import Image

    decoded = _decode_once(root, photo)
    coloured = decoded.convert("RGBA" if decoded.has_transparency_data else "RGB")
    if width >= coloured.width:
        return coloured
    height = max(1, round(coloured.height * width / coloured.width))
    return coloured.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2)


def _make(root: Path, rendition: Rendition) -> bytes:
    photo = rendition.photo
    resized = _resize_once(root, photo, rendition.width)
    named = find_format(photo.source)
    drawing = named is not None and named.drawn and _has_few_colours(_decode_once(root, photo))
    return encode(resized, rendition.format, rendition.quality, lossless=drawing)


def _has_few_colours(picture: "Image.Image") -> bool:
    return picture.mode in {"P", "1"} or picture.getcolors(_FEW_COLOURS) is not None
