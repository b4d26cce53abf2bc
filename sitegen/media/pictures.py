"""Editors' pictures and documents: what may be published, how large it is, and with what bytes.

A published picture carries no EXIF, no GPS and no colour profile, stands upright and is no wider
than a page can show. Pillow is loaded only where there is a picture to look at.
"""

import io
import re
import xml.parsers.expat
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sitegen.foundation.generator import library_version
from sitegen.foundation.text import format_size
from sitegen.media.animations import take_out_notes
from sitegen.model import WIDEST_PHOTO
from sitegen.problems import Place, Problem, problem

if TYPE_CHECKING:
    from PIL import Image

# The folder in the cache that keeps the published forms of pictures.
MEDIA = "media"
TALLEST = 2400
MOST_PIXELS = 100_000_000
QUALITY = 84
ENCODING = "3"

PICTURES = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".gif": "GIF",
    ".avif": "AVIF",
    ".svg": "SVG",
}
# What Pillow calls the parts of a file that say who took a picture, where and with what.
_TAKEN_AWAY = frozenset({"exif", "icc_profile", "xmp", "comment", "photoshop", "mp"})
# What Pillow raises over a file that is no good.
UNREADABLE = (OSError, SyntaxError, ValueError)
DOCUMENTS = frozenset(
    ".pdf .doc .docx .xls .xlsx .ppt .pptx .odt .ods .odp .rtf .txt .csv .zip .rar .7z"
    " .mp3 .m4a .mp4 .webm .vtt".split()
)

_SVG_REFUSED = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler"})
_SVG_HARMLESS_REFERENCE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|webp|gif);|$)", re.IGNORECASE)
_SVG_STYLE = re.compile(r"@import|url\(\s*[\"']?(?!#)|\\", re.IGNORECASE)
_SVG_TAG = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
_SVG_BOX = re.compile(rb"\sviewBox\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_SVG_SIDE = re.compile(rb"\s(width|height)\s*=\s*[\"']([\d.]+)(?:px)?[\"']", re.IGNORECASE)


def describe_kind(path: str, size: int) -> str:
    """Return what a reader is told of a document before loading it: ``PDF, 120 KB``."""
    return f"{_suffix(path)[1:].upper()}, {format_size(size)}"


def is_picture(path: str) -> bool:
    """Tell whether the file's name is that of a picture."""
    return _suffix(path) in PICTURES


def check_kind(path: str) -> Problem | None:
    """Return a problem where files of this kind are never published."""
    suffix = _suffix(path)
    if suffix in PICTURES or suffix in DOCUMENTS:
        return None
    allowed = " ".join(sorted({*PICTURES, *DOCUMENTS}))
    return problem("media-kind", Place(path), suffix=suffix or "?", allowed=allowed)


def measure(source: bytes, path: str) -> tuple[int, int] | Problem:
    """Return width and height of a picture as it will be published, or what is wrong with it."""
    if _suffix(path) == ".svg":
        return _measure_svg(source, path)
    opened = open_picture(source, path)
    if isinstance(opened, Problem):
        return opened
    width, height = opened.size
    try:
        turned = _orientation(opened) in {5, 6, 7, 8}
    except UNREADABLE as error:
        return refuse_broken(path, error)
    if turned:
        width, height = height, width
    return _fit(width, height)


def publish(source: bytes, path: str) -> bytes | Problem:
    """Return the bytes of the published file, or what is wrong with it.

    Documents and drawings are published as they are; so is a picture that has nothing to take away.
    An animation loses its notes alone.
    """
    if not is_picture(path) or _suffix(path) == ".svg":
        return source
    opened = open_picture(source, path)
    if isinstance(opened, Problem):
        return opened
    try:
        opened.load()
        if is_animation(opened):
            return take_out_notes(source, _kind(opened))
    except UNREADABLE as error:
        return refuse_broken(path, error)
    fits = opened.size == _fit(*opened.size)
    if fits and not (_TAKEN_AWAY & opened.info.keys()):
        return source
    return encode(develop(opened), _kind(opened), QUALITY)


def name_kept_picture(digest: bytes) -> str:
    """Return under which key the published form of the picture with ``digest`` is kept."""
    return f"{digest.hex()}-{ENCODING}-{library_version('pillow')}"


def open_picture(source: bytes, path: str) -> "Image.Image | Problem":
    """Return a picture of which no more than the head was read, or what is wrong with it."""
    from PIL import Image, UnidentifiedImageError

    # The limit on pixels is our own and reported; Pillow's warning would only repeat it.
    Image.MAX_IMAGE_PIXELS = None
    try:
        opened = Image.open(io.BytesIO(source), formats=sorted(set(PICTURES.values()) - {"SVG"}))
    except UnidentifiedImageError:
        return problem("picture-kind", Place(path), value=PurePosixPath(path).name)
    except UNREADABLE as error:
        return refuse_broken(path, error)
    pixels = opened.width * opened.height
    if pixels > MOST_PIXELS:
        limit = str(MOST_PIXELS // 1_000_000)
        return problem("picture-large", Place(path), pixels=str(pixels // 1_000_000), limit=limit)
    named = PICTURES[_suffix(path)]
    actual = _kind(opened)
    if actual != named:
        suggestion = next((suffix for suffix, kind in PICTURES.items() if kind == actual), "")
        return problem(
            "picture-type", Place(path), actual=actual, named=named, suggestion=suggestion
        )
    return opened


def is_animation(image: "Image.Image") -> bool:
    """Tell whether a picture moves: a phone's JPEG may hold a second one (MPO) and does not."""
    return bool(getattr(image, "is_animated", False)) and image.format != "MPO"


def _kind(image: "Image.Image") -> str:
    return "JPEG" if image.format == "MPO" else image.format or ""


def _orientation(image: "Image.Image") -> int:
    from PIL import ExifTags

    return int(image.getexif().get(ExifTags.Base.Orientation, 1))


def _fit(width: int, height: int) -> tuple[int, int]:
    scale = min(1, WIDEST_PHOTO / width, TALLEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def develop(image: "Image.Image") -> "Image.Image":
    """Return the pixels of a picture alone: upright, in sRGB, no larger than a page shows."""
    from PIL import Image, ImageCms, ImageOps

    upright = ImageOps.exif_transpose(image)
    if profile := image.info.get("icc_profile"):
        try:
            embedded = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if "A" in upright.getbands() else "RGB"
            upright = (
                ImageCms.profileToProfile(
                    upright, embedded, ImageCms.createProfile("sRGB"), outputMode=mode
                )
                or upright
            )
        except (ImageCms.PyCMSError, OSError):
            # A profile that nobody can read says nothing: the picture is taken for sRGB.
            pass
    if _kind(image) == "JPEG" and upright.mode not in {"RGB", "L"}:
        upright = upright.convert("RGB")
    size = _fit(*upright.size)
    if size != upright.size:
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    if upright.mode == "P":
        bare = upright.copy()
        bare.info = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
    return bare


def encode(image: "Image.Image", kind: str, quality: int, *, lossless: bool = False) -> bytes:
    """Return a picture as a file, the same whatever the number of processors."""
    written = io.BytesIO()
    options: dict[str, dict[str, int]] = {
        "JPEG": {"quality": quality, "optimize": True, "progressive": True},
        # More effort than this takes twice the time for a file that is 4 % smaller.
        "WEBP": {"quality": quality, "method": 2, "lossless": lossless},
        # As good as the others with 80 look with this number; its encoder divides the picture by
        # the number of threads that it is allowed.
        "AVIF": {"quality": max(1, quality - 20), "max_threads": 1},
        "PNG": {"optimize": True},
    }
    image.save(written, kind, **options.get(kind, {}))
    return written.getvalue()


class _ActiveDrawingError(Exception):
    """A drawing does more than draw."""


def _look_through_drawing(source: bytes) -> str:
    """Return the name of the outermost element.

    Raises :class:`_ActiveDrawingError` where the drawing holds a script or loads something, and
    :class:`xml.parsers.expat.ExpatError` where it is no XML.
    """
    names: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        names.append(name.rpartition(" ")[2].lower())
        if names[-1] in _SVG_REFUSED or any(map(_is_active, attributes.items())):
            raise _ActiveDrawingError
        # An animation can put a script where none was written.
        if re.search(r"href|^on", attributes.get("attributeName", "").lower()):
            raise _ActiveDrawingError

    def text(data: str) -> None:
        if names[-1] == "style" and _SVG_STYLE.search(data):
            raise _ActiveDrawingError

    def refuse(*_: object) -> None:
        raise _ActiveDrawingError

    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    parser.Parse(source, True)  # noqa: FBT003 (the C function takes no name)
    return names[0]


def _is_active(attribute: tuple[str, str]) -> bool:
    namespace, _, name = attribute[0].lower().rpartition(" ")
    if name in {"href", "src"}:
        return not _SVG_HARMLESS_REFERENCE.match(attribute[1])
    # Attributes of other namespaces are drawing programs' notes to themselves.
    return not namespace and (name.startswith("on") or bool(_SVG_STYLE.search(attribute[1])))


def _measure_svg(source: bytes, path: str) -> tuple[int, int] | Problem:
    try:
        outermost = _look_through_drawing(source)
    except _ActiveDrawingError:
        return problem("picture-script", Place(path))
    except xml.parsers.expat.ExpatError as error:
        return refuse_broken(path, error)
    if outermost != "svg":
        return problem("picture-kind", Place(path), value=PurePosixPath(path).name)
    found = _SVG_TAG.search(source)
    tag = found[0] if found else b""
    sides = dict(_SVG_SIDE.findall(tag))
    if len(sides) < 2:  # noqa: PLR2004 (width and height)
        box = _SVG_BOX.search(tag)
        numbers = box[1].replace(b",", b" ").split() if box else []
        sides = dict(zip((b"width", b"height"), numbers[2:4], strict=False))
    try:
        return round(float(sides[b"width"])), round(float(sides[b"height"]))
    except (KeyError, ValueError):
        return 0, 0


def refuse_broken(path: str, error: object) -> Problem:
    """Return the problem of a picture that cannot be read."""
    return problem("picture-broken", Place(path), reason=str(error) or type(error).__name__)


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
