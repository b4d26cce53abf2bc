"""Photos to their renditions: each is made once, and kept under a key of all that it is made of."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.foundation.cache import remember
from sitegen.foundation.generator import library_version
from sitegen.foundation.parts import digest_bytes
from sitegen.media.pictures import (
    UNREADABLE,
    develop,
    encode,
    is_animation,
    open_picture,
    refuse_broken,
)
from sitegen.media.placeholders import choose_tone
from sitegen.media.renditions import may_have_renditions
from sitegen.model import Record
from sitegen.problems import Place, Problem, ProblemsFoundError, problem

if TYPE_CHECKING:
    from PIL import Image

# The folder of the cache that keeps them.
RENDITIONS = "renditions"
_RECIPE = "1"
_KINDS = {".avif": "AVIF", ".webp": "WEBP", ".jpg": "JPEG"}
# With no more colours than these, a picture is drawn and not taken: lossy formats would smear it.
_FEW_COLOURS = 256
# Decoding a JPEG at an eighth is enough to know its tone.
_GLANCE = (64, 64)


class Look(Record, frozen=True):
    """What a look at a picture says: whether renditions can be made of it, and its tone.

    What one can see through has no tone, which would show.
    """

    still: bool = False
    tone: str = ""


class Rendition(Record, frozen=True, gc=False):
    """A rendition to be written to ``path``: of the file ``source``, whose bytes had ``photo``.

    ``digest`` is that of all that it is made of.
    """

    path: str
    source: str
    photo: bytes
    width: int
    suffix: str
    quality: int
    digest: bytes


def plan_rendition(
    path: str, source: str, photo: bytes, width: int, suffix: str, quality: int
) -> Rendition:
    """Return a rendition with its digest."""
    recipe = f"{width}{suffix} {quality} {_RECIPE}"
    digest = digest_bytes(photo + recipe.encode())
    return Rendition(path, source, photo, width, suffix, quality, digest)


def look_at(source: bytes, path: str) -> Look | Problem:
    """Return what pages need to know of a picture beside its size, or what is wrong with it."""
    if not may_have_renditions(path):
        return Look()
    opened = open_picture(source, path)
    if isinstance(opened, Problem):
        return opened
    try:
        if is_animation(opened):
            return Look()
        if opened.has_transparency_data:
            return Look(still=True)
        return Look(still=True, tone=_find_tone(opened))
    except UNREADABLE as error:
        return refuse_broken(path, error)


def make_rendition(root: Path, cache: Path, item: Rendition) -> bytes:
    """Return the bytes of a rendition, as it was made before or made now.

    Raises :class:`~sitegen.problems.ProblemsFoundError`.
    """
    return remember(cache / RENDITIONS, name_kept_rendition(item), lambda: _make(root, item))


def name_kept_rendition(item: Rendition) -> str:
    """Return under which key a rendition is kept."""
    return f"{item.digest.hex()}-{library_version('pillow')}{item.suffix}"


def develop_file(root: Path, path: str, digest: bytes) -> "Image.Image":
    """Return the photo in a file with the ``digest``: see :func:`sitegen.media.pictures.develop`.

    Raises :class:`~sitegen.problems.ProblemsFoundError`, also where the file is another by now.
    """
    try:
        source = (root / path).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProblemsFoundError([problem("file-unreadable", Place(path), reason=reason)]) from None
    if digest_bytes(source) != digest:
        raise ProblemsFoundError([problem("file-changing", Place(path))])
    opened = open_picture(source, path)
    if isinstance(opened, Problem):
        raise ProblemsFoundError([opened])
    try:
        return develop(opened)
    except UNREADABLE as error:
        raise ProblemsFoundError([refuse_broken(path, error)]) from error


# The renditions of a photo are made one after the other, those of one width together.
_develop_once = functools.lru_cache(maxsize=1)(develop_file)


@functools.lru_cache(maxsize=1)
def _narrow(root: Path, path: str, digest: bytes, width: int) -> "Image.Image":
    """Return the photo in a file in so many pixels, and in full colours."""
    from PIL import Image

    photo = _develop_once(root, path, digest)
    whole = photo.convert("RGBA" if photo.has_transparency_data else "RGB")
    if width >= whole.width:
        return whole
    height = max(1, round(whole.height * width / whole.width))
    return whole.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2)


def _make(root: Path, item: Rendition) -> bytes:
    photo = _develop_once(root, item.source, item.photo)
    drawn = item.source.lower().endswith(".png") and _has_few_colours(photo)
    narrow = _narrow(root, item.source, item.photo, item.width)
    return encode(narrow, _KINDS[item.suffix], item.quality, lossless=drawn)


def _has_few_colours(photo: "Image.Image") -> bool:
    return photo.mode in {"P", "1"} or photo.getcolors(_FEW_COLOURS) is not None


def _find_tone(image: "Image.Image") -> str:
    from PIL import Image

    # A colour profile would move the mean by less than the tones are apart.
    image.draft("RGB", _GLANCE)
    mean = image.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    if not isinstance(mean, tuple):
        raise TypeError(mean)
    red, green, blue = mean[:3]
    return choose_tone((int(red), int(green), int(blue)))
