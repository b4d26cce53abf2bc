"""Editors' pictures and documents: what may be published, how large it is, and with what bytes.

A published picture carries no EXIF, no GPS and no colour profile, stands upright and is no wider
than a page can show. Pillow is loaded only where there is a picture to look at.
"""

import hashlib
import io
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sitegen.errors import Place, Problem, problem
from sitegen.model import MediaFile, Record
from sitegen.text import format_size, normalise

if TYPE_CHECKING:
    from PIL import Image

WIDEST = 1600
TALLEST = 2400
MOST_PIXELS = 100_000_000
QUALITY = 84
ENCODING = "1"

PICTURES = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".gif": "GIF",
    ".avif": "AVIF",
    ".svg": "SVG",
}
DOCUMENTS = frozenset(
    ".pdf .doc .docx .xls .xlsx .ppt .pptx .odt .ods .odp .rtf .txt .csv .zip .rar .7z"
    " .mp3 .m4a .mp4 .webm .vtt".split()
)

_SVG_SCRIPT = re.compile(
    rb"<\s*(?:script|foreignobject|iframe|embed|object)\b|\son[a-z]+\s*=|javascript:"
    rb"|(?:href|src)\s*=\s*[\"']\s*(?!#|data:image/(?:png|jpeg|webp|gif);)"
    rb"|<!entity|@import|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)
_SVG_SIZE = re.compile(rb"<svg\b[^>]*?\bviewBox\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_SVG_SIDE = re.compile(
    rb"<svg\b[^>]*?\b(width|height)\s*=\s*[\"']([\d.]+)(?:px)?[\"']", re.IGNORECASE
)


class MediaFacts(Record, frozen=True):
    """What pages need of a published file: CSS pixels (0: no picture), and its description."""

    width: int
    height: int
    size: str


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
    opened = _open(source, path)
    if isinstance(opened, Problem):
        return opened
    width, height = opened.size
    if _orientation(opened) in {5, 6, 7, 8}:
        width, height = height, width
    return _fit(width, height)


def publish(source: bytes, path: str) -> bytes | Problem:
    """Return the bytes of the published file, or what is wrong with it.

    Documents, drawings and animations are published as they are; so is a picture that has nothing
    to take away.
    """
    if not is_picture(path) or _suffix(path) == ".svg":
        return source
    opened = _open(source, path)
    if isinstance(opened, Problem):
        return opened
    try:
        opened.load()
    except (OSError, SyntaxError, ValueError) as error:
        return _broken(path, error)
    if getattr(opened, "is_animated", False):
        return source
    fits = opened.size == _fit(*opened.size)
    if fits and not ({"exif", "icc_profile", "xmp", "comment"} & opened.info.keys()):
        return source
    return _encode(opened)


def publication_key(source: bytes) -> str:
    """Return the key under which the published form of a picture is kept between builds."""
    return f"{hashlib.blake2b(source, digest_size=16).hexdigest()}-{ENCODING}"


def _open(source: bytes, path: str) -> "Image.Image | Problem":
    from PIL import Image, UnidentifiedImageError

    # The limit on pixels is our own and reported; Pillow's warning would only repeat it.
    Image.MAX_IMAGE_PIXELS = None
    if not source:
        return _broken(path, "0 byte")
    try:
        opened = Image.open(io.BytesIO(source), formats=sorted(set(PICTURES.values()) - {"SVG"}))
    except UnidentifiedImageError:
        return _broken(path, "?")
    except (OSError, SyntaxError, ValueError) as error:
        return _broken(path, error)
    pixels = opened.width * opened.height
    if pixels > MOST_PIXELS:
        limit = str(MOST_PIXELS // 1_000_000)
        return problem("picture-large", Place(path), pixels=str(pixels // 1_000_000), limit=limit)
    named = PICTURES[_suffix(path)]
    actual = {"MPO": "JPEG"}.get(opened.format or "", opened.format or "")
    if actual != named:
        suggestion = next((suffix for suffix, kind in PICTURES.items() if kind == actual), "")
        return problem(
            "picture-type", Place(path), actual=actual, named=named, suggestion=suggestion
        )
    return opened


def _orientation(image: "Image.Image") -> int:
    from PIL import ExifTags

    return int(image.getexif().get(ExifTags.Base.Orientation, 1))


def _fit(width: int, height: int) -> tuple[int, int]:
    scale = min(1, WIDEST / width, TALLEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _encode(image: "Image.Image") -> bytes:
    from PIL import Image, ImageCms, ImageOps

    kind = image.format
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
        except ImageCms.PyCMSError:
            # A profile that nobody can read says nothing: the picture is taken for sRGB.
            pass
    if kind == "JPEG" and upright.mode not in {"RGB", "L"}:
        upright = upright.convert("RGB")
    size = _fit(*upright.size)
    if size != upright.size:
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    if upright.mode == "P":
        bare = upright.copy()
        bare.info = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
    written = io.BytesIO()
    options: dict[str, dict[str, int]] = {
        "JPEG": {"quality": QUALITY, "optimize": True, "progressive": True},
        "WEBP": {"quality": QUALITY, "method": 5},
        "AVIF": {"quality": 65},
        "PNG": {"optimize": True},
    }
    bare.save(written, kind, **options.get(kind or "", {}))
    return written.getvalue()


def _measure_svg(source: bytes, path: str) -> tuple[int, int] | Problem:
    if _SVG_SCRIPT.search(re.sub(rb"<!--.*?-->|\sxmlns(?::\w+)?=[\"'][^\"']*[\"']", b"", source)):
        return problem("picture-script", Place(path))
    if b"<svg" not in source:
        return _broken(path, "SVG")
    sides = dict(_SVG_SIDE.findall(source))
    if len(sides) < 2:  # noqa: PLR2004 (width and height)
        box = _SVG_SIZE.search(source)
        numbers = box[1].replace(b",", b" ").split() if box else []
        sides = dict(zip((b"width", b"height"), numbers[2:4], strict=False))
    try:
        return round(float(sides[b"width"])), round(float(sides[b"height"]))
    except (KeyError, ValueError):
        return 0, 0


def _broken(path: str, error: object) -> Problem:
    return problem("picture-broken", Place(path), reason=str(error) or type(error).__name__)


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def survey(root: Path, files: Iterable[MediaFile]) -> tuple[dict[str, MediaFacts], list[Problem]]:
    """Return what pages need of ``files``, by path in NFC, and every file that is no good."""
    facts: dict[str, MediaFacts] = {}
    problems: list[Problem] = []
    for file in files:
        if refused := check_kind(file.path):
            problems.append(refused)
            continue
        width, height = 0, 0
        if is_picture(file.path):
            measured = measure_file(root, file.path)
            if isinstance(measured, Problem):
                problems.append(measured)
                continue
            width, height = measured
        size = describe_kind(file.path, file.size)
        facts[normalise(file.path)] = MediaFacts(width, height, size)
    return facts, problems


def measure_file(root: Path, path: str) -> tuple[int, int] | Problem:
    """Return width and height of the picture at ``path``; see :func:`measure`."""
    try:
        return measure((root / path).read_bytes(), path)
    except OSError as error:
        return problem("file-unreadable", Place(path), reason=error.strerror or str(error))
