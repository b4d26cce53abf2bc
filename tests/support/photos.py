"""Photos and drawings, made by code."""

import io
from typing import Any

from PIL import ExifTags, Image

RED = (200, 30, 30)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}>{}</svg>'


def draw(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Return a picture whose top left quarter is darker, so that one sees how it is turned."""
    image = Image.new("RGB", size, RED)
    image.paste((20, 20, 20), (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def encode(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def make_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "SecretCam"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (15.0, 34.0, 12.0)
    return exif


def photo(size: tuple[int, int] = (90, 60)) -> bytes:
    return encode(Image.new("RGB", size))


def move(kind: str, **options: Any) -> bytes:
    """Return an animation of three pictures."""
    frames = [draw().rotate(90), draw().rotate(180)]
    return encode(draw(), kind, save_all=True, append_images=frames, duration=80, loop=0, **options)
