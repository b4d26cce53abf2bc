"""The renditions of a photo: its smaller copies, in better formats.

A rendition is beside its photo and is named after it, ``le-hoi.jpg.720.webp``: its width, then its
format. The photo's own suffix stays in the name, so that ``a.jpg`` and ``a.png`` never meet. None
is larger than the photo. Each is made once, and kept in the cache.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.content.settings import Pictures
from sitegen.foundation.cache import remember
from sitegen.foundation.generator import library_version
from sitegen.foundation.parts import digest_bytes
from sitegen.media.documents import LIBRARY, draw_first_page, is_document
from sitegen.media.formats import AVIF, FORMATS, ImageFormat, find_format
from sitegen.media.pictures import MediaFile, decode_photo, encode
from sitegen.model import Record

if TYPE_CHECKING:
    from PIL import Image

# The folder of the cache that keeps renditions.
RENDITION_CACHE = "renditions"
# To be raised whenever the same rendition is made with other bytes.
_RECIPE = "2"
_SUFFIXES = "|".join(
    re.escape(each.suffix) for each in FORMATS if each.preferred or each.own_renditions
)
_NAMED_LIKE = re.compile(rf"\.\d+(?:{_SUFFIXES})(?![^/\n])", re.IGNORECASE)
# A picture with no more colours than these is a drawing: lossy formats would blur its edges.
_FEW_COLOURS = 256


class Series(Record, frozen=True):
    """The renditions of a photo in one format, by their widths from the narrowest up."""

    format: ImageFormat
    widths: tuple[int, ...]


class Rendition(Record, frozen=True, gc=False):
    """A rendition of a photo, to be written to ``path``."""

    path: str
    photo: MediaFile
    width: int
    format: ImageFormat
    quality: int

    @property
    def source(self) -> str:
        """The file of the photo."""
        return self.photo.source

    @property
    def digest(self) -> bytes:
        """The digest of everything that the rendition is made of."""
        recipe = f"{self.width}{self.format.suffix} {self.quality} {_RECIPE}"
        return digest_bytes(self.photo.digest + recipe.encode())


# Tens of thousands of photos have a few hundred widths.
@functools.lru_cache(maxsize=5000)
def list_series(photo: ImageFormat, width: int, pictures: Pictures) -> tuple[Series, ...]:
    """Return the renditions of a photo in the format ``photo``, published with ``width``.

    The best format comes first, the photo's own last. A photo that is narrower than the widest
    rendition wanted has one of its own width instead. A width that is nearly the next one is left
    out. In the photo's own format, the photo itself counts as the next one.
    """
    widest = min(width, *pictures.widths[-1:])
    narrower = tuple([each for each in pictures.widths if _is_narrower(each, widest)])
    every = (*narrower, widest)
    wanted = [each for each in FORMATS if each.preferred and (pictures.avif or each is not AVIF)]
    series = [Series(each, every) for each in wanted if each is not photo]
    own = every if _is_narrower(widest, width) else narrower
    if photo.own_renditions and own:
        series.append(Series(photo, own))
    return tuple(series)


def list_paths(photo: MediaFile, pictures: Pictures) -> list[str]:
    """Return where the renditions of a photo are written, relative to the output."""
    named = find_format(photo.path)
    endings = _list_endings(named, photo.width, pictures) if named else ()
    return [photo.path + ending for ending in endings]


@functools.lru_cache(maxsize=5000)
def _list_endings(photo: ImageFormat, width: int, pictures: Pictures) -> tuple[str, ...]:
    """Return what follows the path of a photo in those of its renditions."""
    every = list_series(photo, width, pictures)
    return tuple([name_rendition("", each, one.format) for one in every for each in one.widths])


def list_renditions(photos: Iterable[MediaFile], pictures: Pictures) -> Iterator[Rendition]:
    """Yield the renditions of photos; those of one photo and width, which are alike, together."""
    for photo in photos:
        named = find_format(photo.path)
        every = list_series(named, photo.width, pictures) if named else ()
        for width in sorted({width for series in every for width in series.widths}):
            for series in every:
                if width in series.widths:
                    path = name_rendition(photo.path, width, series.format)
                    yield Rendition(path, photo, width, series.format, pictures.quality)


def name_rendition(path: str, width: int, image_format: ImageFormat) -> str:
    """Return the path or address of a rendition of the photo at ``path``."""
    return f"{path}.{width}{image_format.suffix}"


def holds_rendition(paths: str) -> bool:
    """Tell whether any file or folder of ``paths``, one a line, is named as renditions are."""
    return _NAMED_LIKE.search(paths) is not None


def _is_narrower(width: int, other: int) -> bool:
    """Tell whether a rendition is so much narrower than another that both are worth having."""
    return width * 5 <= other * 4


def make_rendition(root: Path, cache: Path, rendition: Rendition) -> bytes:
    """Return the bytes of a rendition, from the cache or made now.

    Raises :class:`~sitegen.problems.ProblemsFoundError`.
    """
    name = name_cached_rendition(rendition)
    return remember(cache / RENDITION_CACHE, name, lambda: _make(root, rendition))


def name_cached_rendition(rendition: Rendition) -> str:
    """Return the name under which the cache keeps a rendition."""
    version = library_version("pillow")
    if is_document(rendition.source):
        version = f"{version}-{library_version(LIBRARY)}"
    return f"{rendition.digest.hex()}-{version}{rendition.format.suffix}"


# The renditions of a photo are made one after the other, those of one width together.
@functools.lru_cache(maxsize=1)
def _decode_once(root: Path, photo: MediaFile) -> "Image.Image":
    """Return the pixels of a photo, or of the first page of a document."""
    decode = draw_first_page if is_document(photo.source) else decode_photo
    return decode(root, photo)


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
    few = False
    if named and named.drawn:
        decoded = _decode_once(root, photo)
        few = decoded.mode in {"P", "1"} or decoded.getcolors(_FEW_COLOURS) is not None
    return encode(resized, rendition.format, rendition.quality, lossless=few)
