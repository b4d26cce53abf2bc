"""Media files: which are published, and with what bytes.

A published picture has no EXIF data, no GPS position and no colour profile. It stands upright and
is no larger than a page can show. Pillow is imported only where a picture is opened.
"""

import contextlib
import io
import re
import struct
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sitegen.content.discovery import refuse_unreadable
from sitegen.content.settings import WIDEST_PHOTO
from sitegen.foundation import files
from sitegen.foundation.cache import remember
from sitegen.foundation.generator import library_version
from sitegen.foundation.parts import digest_bytes
from sitegen.media.animations import strip_metadata
from sitegen.media.formats import FORMATS, JPEG, SVG, ImageFormat, find_format
from sitegen.model import Record
from sitegen.problems import Place, ProblemsFoundError, mark, problem

if TYPE_CHECKING:
    from PIL import Image

# The folder of the cache that keeps published pictures.
PICTURE_CACHE = "media"
TALLEST = 2400
MOST_PIXELS = 100_000_000
LONGEST_SIDE = 20_000
LARGEST_PICTURE = 100_000_000
# Cameras and programs write up to a dozen; each is as much work as a whole picture.
MOST_SCANS = 200
QUALITY = 84
# To be raised whenever the same picture is published with other bytes.
_RECIPE = "4"

# Pillow's names for the parts of a file that say who took a picture, where and with what.
_METADATA = frozenset({"exif", "icc_profile", "xmp", "comment", "photoshop", "mp"})
# What Pillow raises where it cannot read a file, whichever part of it is damaged.
UNREADABLE = (
    *(OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, RuntimeError),
    *(ArithmeticError, struct.error),
)
# How Pillow words it that a file is not whole.
_CUT_OFF = re.compile(r"truncated|premature|end of file|not enough data", re.IGNORECASE)
# Pillow's name for a JPEG that holds further pictures, as phones write it.
_SEVERAL = "MPO"
# Marks of a JPEG (ITU T.81, B.1.1.3); in the data of a scan there are none.
_START_OF_JPEG, _START_OF_SCAN = b"\xff\xd8", b"\xff\xda"
# EXIF orientations that turn a picture by 90 degrees: its width becomes its height.
_TURNED = frozenset({5, 6, 7, 8})


class MediaFile(Record, frozen=True, gc=False):
    """A media file to be published at ``path``, relative to the output.

    ``source`` is the file that is read, relative to the root; ``digest`` is that of its bytes.
    ``width`` is that of a published photo with renditions, 0 for all other files.
    """

    path: str
    source: str
    digest: bytes
    width: int = 0


def read_file(root: Path, path: str) -> bytes:
    """Return the bytes of a file. Raises :class:`~sitegen.problems.ProblemsFoundError`."""
    try:
        return files.read_file(root / path)
    except OSError as error:
        raise ProblemsFoundError([refuse_unreadable(path, error)]) from error


def read_media(root: Path, file: MediaFile) -> bytes:
    """Return the bytes of a file's source.

    Raises :class:`~sitegen.problems.ProblemsFoundError`, also where they changed since planning.
    """
    source = read_file(root, file.source)
    if digest_bytes(source) != file.digest:
        raise ProblemsFoundError([problem("file-changing", Place(file.source))])
    return source


def make_media(root: Path, cache: Path, file: MediaFile) -> bytes:
    """Return the bytes that are published of a file; those of a picture are kept in the cache.

    Raises :class:`~sitegen.problems.ProblemsFoundError`.
    """
    source = read_media(root, file)
    if find_format(file.source) is None:
        return source
    name = name_cached_picture(file)
    return remember(cache / PICTURE_CACHE, name, lambda: publish(source, file.source))


def name_cached_picture(file: MediaFile) -> str:
    """Return the name under which the cache keeps a published picture."""
    return f"{file.digest.hex()}-{_RECIPE}-{library_version('pillow')}"


def publish(source: bytes, path: str) -> bytes:
    """Return the bytes that are published of a file.

    Documents and drawings are published as they are, and so are pictures that are small enough and
    hold no metadata. An animation loses nothing but its metadata.

    Raises :class:`~sitegen.problems.ProblemsFoundError`.
    """
    named = find_format(path)
    if named is None or named is SVG:
        return source
    with open_picture(source, path) as opened:
        opened.load()
        if is_animation(opened):
            return strip_metadata(source, named)
        fits = opened.size == _fit(*opened.size)
        if fits and not (_METADATA & opened.info.keys()):
            return source
        return encode(_decode(opened), named, QUALITY)


@contextlib.contextmanager
def open_picture(source: bytes, path: str) -> Iterator["Image.Image"]:
    """Open a picture, of which only the head is read. It has the format that ``path`` names.

    Raises :class:`~sitegen.problems.ProblemsFoundError`, also where Pillow finds it damaged later,
    while it is open.
    """
    from PIL import Image, UnidentifiedImageError

    # Our own limit is reported as a problem; Pillow would print a warning as well.
    Image.MAX_IMAGE_PIXELS = None
    names = [each.name for each in FORMATS if each is not SVG]
    try:
        if source.count(_START_OF_SCAN) > MOST_SCANS and source.startswith(_START_OF_JPEG):
            passes = mark("it is stored in too many passes")
            raise refuse_broken(path, ValueError(passes), passes)
        opened = Image.open(io.BytesIO(source), formats=names)
        _check_head(opened, path)
        yield opened
    except UnidentifiedImageError as error:
        value = PurePosixPath(path).name
        raise ProblemsFoundError([problem("picture-kind", Place(path), value=value)]) from error
    except UNREADABLE as error:
        raise refuse_broken(path, error) from error


def _check_head(picture: "Image.Image", path: str) -> None:
    """Refuse a picture that is too large, or has another format than ``path`` names."""
    place = Place(path)
    longest, pixels = max(picture.size), picture.width * picture.height
    if longest > LONGEST_SIDE:
        sizes = {"side": str(longest), "limit": str(LONGEST_SIDE)}
        raise ProblemsFoundError([problem("picture-long", place, **sizes)])
    if pixels > MOST_PIXELS:
        sizes = {"pixels": str(pixels // 1_000_000), "limit": str(MOST_PIXELS // 1_000_000)}
        raise ProblemsFoundError([problem("picture-large", place, **sizes)])
    name = JPEG.name if picture.format == _SEVERAL else picture.format
    actual = next(each for each in FORMATS if each.name == name)
    named = find_format(path)
    if named and named is not actual:
        names = {"actual": actual.name, "named": named.name, "suggestion": actual.suffix}
        raise ProblemsFoundError([problem("picture-type", place, **names)])


def is_animation(image: "Image.Image") -> bool:
    """Tell whether a picture moves. A JPEG with further pictures does not."""
    return bool(getattr(image, "is_animated", False)) and image.format != _SEVERAL


def measure(image: "Image.Image") -> tuple[int, int]:
    """Return width and height of an opened picture as it will be published."""
    from PIL import ExifTags

    width, height = image.size
    if image.getexif().get(ExifTags.Base.Orientation) in _TURNED:
        width, height = height, width
    return _fit(width, height)


def _fit(width: int, height: int) -> tuple[int, int]:
    scale = min(1, WIDEST_PHOTO / width, TALLEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def decode_photo(root: Path, photo: MediaFile) -> "Image.Image":
    """Return the pixels of a photo: upright, in sRGB, no larger than a page shows.

    Raises :class:`~sitegen.problems.ProblemsFoundError`.
    """
    with open_picture(read_media(root, photo), photo.source) as opened:
        return _decode(opened)


def _decode(image: "Image.Image") -> "Image.Image":
    from PIL import Image, ImageOps

    # In place, because a picture of the most pixels takes four times as many bytes.
    ImageOps.exif_transpose(image, in_place=True)
    upright = make_common(image)
    if profile := image.info.get("icc_profile"):
        upright = convert_to_srgb(upright, profile)
    if image.format in {JPEG.name, _SEVERAL} and upright.mode not in {"RGB", "L"}:
        upright = upright.convert("RGB")
    size = _fit(*upright.size)
    if size != upright.size:
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    bare = upright.copy()
    # Where there is a palette, this says which of its colours is transparent.
    kept = {"transparency"} if upright.mode == "P" else set()
    bare.info = {name: value for name, value in upright.info.items() if name in kept}
    return bare


def make_common(image: "Image.Image") -> "Image.Image":
    """Return an opened picture with eight bits for each colour, and no colour for no colour."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey: Pillow would take all but the darkest for white.
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in {"1", "L", "RGB"} and "transparency" in image.info:
        return image.convert("RGBA")
    return image


def convert_to_srgb(image: "Image.Image", profile: bytes) -> "Image.Image":
    """Return a picture in sRGB; where its profile cannot be used, it is taken to be so already."""
    from PIL import ImageCms

    try:
        embedded = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if "A" in image.getbands() else "RGB"
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, embedded, srgb, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError):
        return image


def encode(image: "Image.Image", to: ImageFormat, quality: int, *, lossless: bool = False) -> bytes:
    """Return a picture as a file, the same whatever the number of processors.

    Pillow ignores an option that a format does not have.
    """
    written = io.BytesIO()
    lossy = max(1, quality - to.quality_offset)
    image.save(written, to.name, quality=lossy, lossless=lossless, **to.options)
    return written.getvalue()


def refuse_broken(path: str, error: Exception, reason: str = "") -> ProblemsFoundError:
    """Return the refusal of a picture that cannot be read, for a ``reason`` if that is known.

    What a library says of it is for whoever mends the library.
    """
    if not reason:
        is_cut_off = _CUT_OFF.search(str(error))
        reason = mark("its end is missing") if is_cut_off else mark("its data is damaged")
    trace = f"{path}: {type(error).__name__}: {error}"
    return ProblemsFoundError([problem("picture-broken", Place(path), reason=reason, trace=trace)])
