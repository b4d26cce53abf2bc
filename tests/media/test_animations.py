"""Animations: their metadata is taken out, and nothing that one sees."""

import io

import pytest
from PIL import Image, ImageSequence, PngImagePlugin

from sitegen.media.animations import strip_metadata
from sitegen.media.formats import GIF
from sitegen.media.pictures import publish
from support.photos import make_exif, move


def frames_of(data: bytes) -> list[bytes]:
    image = Image.open(io.BytesIO(data))
    return [frame.convert("RGBA").tobytes() for frame in ImageSequence.Iterator(image)]


def with_xmp(source: bytes) -> bytes:
    """Return a GIF with metadata as photo editors write it (XMP part 3, 1.1.2)."""
    # Behind the head and its colours, as Pillow writes them.
    start = 13 + (3 * 2 ** (source[10] % 8 + 1) if source[10] & 0x80 else 0)
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    block = b"\x21\xff\x0bXMP DataXMP<x:xmpmeta>Hanoi</x:xmpmeta>" + trailer
    return source[:start] + block + source[start:]


_METADATA = PngImagePlugin.PngInfo()
_METADATA.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Hanoi</x:xmpmeta>")


@pytest.mark.parametrize(
    ("source", "suffix"),
    [
        (move("GIF", comment=b"Hanoi"), "gif"),
        (with_xmp(move("GIF")), "gif"),
        (move("PNG", pnginfo=_METADATA, exif=make_exif()), "png"),
        (move("WEBP", exif=make_exif(), xmp=b"<x:xmpmeta>Hanoi</x:xmpmeta>"), "webp"),
    ],
)
def test_an_animation_loses_its_metadata_and_nothing_else(source: bytes, suffix: str) -> None:
    assert b"Hanoi" in source
    result = publish(source, f"content/a.{suffix}")
    assert b"Hanoi" not in result
    assert b"SecretCam" not in result
    assert frames_of(result) == frames_of(source)
    before, after = Image.open(io.BytesIO(source)), Image.open(io.BytesIO(result))
    assert after.info.get("loop") == before.info.get("loop") == 0
    assert after.info.get("duration") == before.info.get("duration")
    assert not after.getexif()
    assert publish(result, f"content/a.{suffix}") == result


def test_an_animation_that_is_not_built_as_its_format_demands_is_refused() -> None:
    moving = move("GIF")
    for length in range(14, len(moving) - 1, 7):
        with pytest.raises((ValueError, IndexError)):
            strip_metadata(moving[:length], GIF)
    with pytest.raises(ValueError, match="0"):
        strip_metadata(moving[:-1] + b"\0", GIF)
