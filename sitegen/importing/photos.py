"""Photos as they come from telephones and documents, as files below ``content/media/``.

They stand upright, are no larger than an editor needs, in the colours of the web, and hold nothing
but the picture: no place, no camera, no further pictures.
"""

import contextlib
import io
import re
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from PIL import UnidentifiedImageError

from sitegen.foundation.files import measure_file, read_file
from sitegen.foundation.text import normalise, slugify
from sitegen.importing.extras import need
from sitegen.media.animations import strip_metadata
from sitegen.media.formats import FORMATS, JPEG, PNG, SVG, ImageFormat
from sitegen.media.pictures import (
    LONGEST_SIDE,
    MOST_PIXELS,
    UNREADABLE,
    convert_to_srgb,
    encode,
    is_animation,
    make_common,
)
from sitegen.model import Record
from sitegen.problems import UsageError

if TYPE_CHECKING:
    from PIL import Image

MEDIA = "content/media"
LARGEST_SIDE = 3000
_QUALITY = 88
_LONGEST_NAME = 80
# What browsers do not show, by Pillow's name for it, and what it is saved as.
_CONVERTED = {"BMP": PNG, "TIFF": JPEG, "GIF": PNG}
_HEIF = re.compile(rb"....ftyp(?:hei[cxms]|hev[cxm]|mif1|msf1)", re.DOTALL)
# Names that telephones, cameras and messengers give, which say nothing.
_NUMBERED = re.compile(
    r"(?i)(?:img|image|dsc[nf_]?|pxl|vid|photo|anh|hinh|p|picture|screenshot|received|fb[-_]img|mvimg"
    r"|z|zalo|viber[-_ ]image|whatsapp[-_ ]image|untitled|unnamed|inbound|signal)?[-_ ]*"
    r"(?:(?:[0-9a-f]{8,}[-_]?)+|[\d_\-. ()atpm]+)"
)
_DATED = re.compile(
    r"(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?:[-_ T.]*([0-2]\d)[-_.h]?([0-5]\d))?"
)


class PreparedPhoto(Record, frozen=True):
    """A photo as it is saved; ``moment`` is when it was taken, as its camera or name says."""

    source: bytes
    suffix: str
    width: int
    height: int
    moment: str = ""


class SavedPhoto(Record, frozen=True):
    """Where a photo lies, below the root; ``known`` tells whether it lay there already."""

    path: str
    known: bool

    @property
    def reference(self) -> str:
        """How an article names the photo."""
        return self.path.removeprefix("content")


def prepare_photo(source: bytes, name: str) -> PreparedPhoto:
    """Return a photo as it is saved.

    Raises :class:`~sitegen.problems.UsageError` for what is no picture that can be shown.
    """
    if _HEIF.match(source):
        return _prepare_heif(source, name)
    from PIL import Image

    # Our own limit is told; Pillow would print a warning as well.
    Image.MAX_IMAGE_PIXELS = None
    names = [*(each.name for each in FORMATS if each is not SVG), *_CONVERTED]
    try:
        with Image.open(io.BytesIO(source), formats=names) as opened:
            _check_size(opened, name)
            moment = _find_moment(opened, name)
            kept = next((each for each in FORMATS if each.name == opened.format), None)
            if kept and is_animation(opened):
                return PreparedPhoto(
                    strip_metadata(source, kept), kept.suffix, *opened.size, moment
                )
            opened.load()
            return _finish(opened, kept or _CONVERTED.get(opened.format or "", JPEG), moment)
    except UnidentifiedImageError as error:
        raise UsageError("photo-kind", path=name) from error
    except UNREADABLE as error:
        raise UsageError("photo-damaged", path=name) from error


def save_photo(root: Path, folder: PurePosixPath, stem: str, photo: PreparedPhoto) -> SavedPhoto:
    """Write a photo into a folder below ``content/media``, over no other picture.

    What lies anywhere below it with the same bytes is the same photo, and stays alone.
    Raises :class:`~sitegen.problems.UsageError` where the folder leads elsewhere.
    """
    return save_among(root, folder, stem, photo, list_by_size(root))


def list_by_size(root: Path) -> dict[int, list[Path]]:
    """Return the files below ``content/media/`` by how many bytes they have."""
    found: dict[int, list[Path]] = {}
    for path in sorted((root / MEDIA).rglob("*")):
        if path.is_file():
            found.setdefault(measure_file(path), []).append(path)
    return found


def save_among(
    root: Path, folder: PurePosixPath, stem: str, photo: PreparedPhoto, lying: dict[int, list[Path]]
) -> SavedPhoto:
    """Write a photo as :func:`save_photo` does, where files are ``lying`` there already.

    It is one of them from then on.
    """
    target = check_folder(root, folder)
    size = len(photo.source)
    for path in lying.get(size, ()):
        if path.suffix == photo.suffix and read_file(path) == photo.source:
            return SavedPhoto(path.relative_to(root).as_posix(), known=True)
    target.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        name = f"{stem}-{number}" if number > 1 else stem
        path = target / f"{name}{photo.suffix}"
        number += 1
        if any(target.glob(f"{name}.*")):
            # Two photos that differ in the suffix alone are mistaken for each other.
            continue
        with path.open("xb") as file:
            file.write(photo.source)
        lying.setdefault(size, []).append(path)
        return SavedPhoto(path.relative_to(root).as_posix(), known=False)


def check_folder(root: Path, folder: PurePosixPath) -> Path:
    """Return a folder below ``content/media``, links followed.

    Raises :class:`~sitegen.problems.UsageError` where it is none.
    """
    media = root / MEDIA
    target = root / folder
    inside = target.resolve().is_relative_to(media.resolve())
    if not inside or (target.exists() and not target.is_dir()):
        raise UsageError("photo-folder", path=folder.as_posix())
    return target


def name_photo(name: str, moment: str, now: datetime) -> str:
    """Return the name of a photo without its suffix: what it was named, or when it was taken.

    >>> name_photo("Lễ kết nạp.HEIC", "", datetime(2026, 1, 2))
    'le-ket-nap'
    """
    stem = PurePosixPath(normalise(name)).stem
    slug = slugify(stem)[:_LONGEST_NAME].strip("-")
    if not slug or (_NUMBERED.fullmatch(stem) and any(map(str.isdigit, stem))):
        return f"anh-{moment or now.strftime('%Y-%m-%d')}"
    return slug


def name_folder(year: str) -> PurePosixPath:
    """Return the folder in which photos of a year lie, as the editors' guide has it."""
    return PurePosixPath(MEDIA, "anh", year)


def _prepare_heif(source: bytes, name: str) -> PreparedPhoto:
    need("pillow_heif", "heic")
    import pillow_heif

    try:
        opened = pillow_heif.open_heif(source)
        if opened.size[0] * opened.size[1] > MOST_PIXELS:
            raise UsageError("photo-large", path=name, limit=str(MOST_PIXELS // 1_000_000))
        # libheif turns a picture upright; its orientation is what is left of how it was held.
        image = opened.to_pillow()
    except (ValueError, OSError, RuntimeError, SyntaxError, EOFError) as error:
        raise UsageError("photo-damaged", path=name) from error
    moment = _find_moment(image, name)
    image.info.pop("exif", None)
    image.getexif().clear()
    return _finish(image, JPEG, moment)


def _check_size(opened: "Image.Image", name: str) -> None:
    longest, pixels = max(opened.size), opened.width * opened.height
    if longest > LONGEST_SIDE or pixels > MOST_PIXELS:
        raise UsageError("photo-large", path=name, limit=str(MOST_PIXELS // 1_000_000))


def _finish(image: "Image.Image", to: ImageFormat, moment: str) -> PreparedPhoto:
    """Return a picture upright, in sRGB, small enough, and without all that is no picture."""
    from PIL import ExifTags, Image, ImageOps

    turned = image.getexif().get(ExifTags.Base.Orientation, 1) != 1
    profile: bytes = image.info.get("icc_profile") or b""
    own_colours = bool(profile) and not _is_srgb(profile)
    fits = max(image.size) <= LARGEST_SIDE
    common_jpeg = image.format == JPEG.name and image.mode in {"RGB", "L"}
    if common_jpeg and fits and not (turned or own_colours):
        # The tables of the picture stay the same: only what is beside it goes.
        image.info.clear()
        written = io.BytesIO()
        image.save(written, JPEG.name, quality="keep", **JPEG.options)
        return PreparedPhoto(written.getvalue(), to.suffix, *image.size, moment)
    ImageOps.exif_transpose(image, in_place=True)
    common = make_common(image)
    if own_colours:
        common = convert_to_srgb(common, profile)
    if to is JPEG:
        common = _lay_on_white(common)
    if not fits:
        if common.mode == "P":
            common = common.convert("RGBA")
        common.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    bare = common.copy()
    kept = {"transparency"} if bare.mode == "P" else set()
    bare.info = {name: value for name, value in common.info.items() if name in kept}
    source = encode(bare, to, _QUALITY)
    return PreparedPhoto(source, to.suffix, *bare.size, moment)


def _lay_on_white(image: "Image.Image") -> "Image.Image":
    """Return a picture that JPEG can hold: what shows through is white."""
    from PIL import Image

    if image.mode in {"RGB", "L"}:
        return image
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    upper = image.convert("RGBA")
    lower = Image.new("RGBA", upper.size, "white")
    return Image.alpha_composite(lower, upper).convert("RGB")


def _is_srgb(profile: bytes) -> bool:
    from PIL import ImageCms

    try:
        named = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):
        return True
    return "srgb" in named.lower()


def _find_moment(image: "Image.Image", name: str) -> str:
    """Return when a photo was taken, as it is written into names: ``2026-03-06-0934``."""
    from PIL import ExifTags

    try:
        exif = image.getexif()
        inner = exif.get_ifd(ExifTags.IFD.Exif)
        written = inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    except (*UNREADABLE,):
        written = None
    for text in (str(written or "").replace(":", "-", 2).replace(":", ""), name):
        if found := _DATED.search(text):
            year, month, day, hour, minute = found.groups()
            with contextlib.suppress(ValueError):
                datetime(int(year), int(month), int(day))  # noqa: DTZ001 (is there such a day?)
                return f"{year}-{month}-{day}" + (f"-{hour}{minute}" if hour else "")
    return ""
