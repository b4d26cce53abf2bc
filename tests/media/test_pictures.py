import io
import random
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageSequence, PngImagePlugin

from sitegen.media import pictures
from sitegen.media.animations import strip_metadata
from sitegen.media.formats import GIF
from sitegen.media.inspection import Destination, describe_file
from sitegen.media.pictures import check_suffix, publish
from sitegen.problems import Problem
from support.doubles import forbid
from support.photos import SVG, draw, encode, make_exif
from support.site_folder import SiteFolder

RED = (200, 30, 30)


def measure(source: bytes, path: str) -> tuple[int, int] | Problem:
    found = describe_file(source, path)
    return found if isinstance(found, Problem) else (found.width, found.height)


def published(source: bytes, path: str) -> Image.Image:
    result = publish(source, path)
    assert isinstance(result, bytes)
    image = Image.open(io.BytesIO(result))
    image.load()
    assert (image.width, image.height) == measure(source, path)
    return image


def code(result: object) -> str:
    assert isinstance(result, Problem)
    return result.code


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", "jpg"), ("WEBP", "webp"), ("PNG", "png")])
def test_where_and_with_what_a_picture_was_taken_is_gone(kind: str, suffix: str) -> None:
    source = encode(draw(), kind, exif=make_exif())
    assert b"SecretCam" in source
    image = published(source, f"content/a.{suffix}")
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()
    result = publish(source, f"content/a.{suffix}")
    assert isinstance(result, bytes)
    assert b"SecretCam" not in result
    assert b"Exif" not in result


def test_a_phones_double_picture_is_one_without_its_place() -> None:
    source = encode(draw(), "MPO", save_all=True, append_images=[draw()], exif=make_exif(6))
    image = published(source, "content/a.jpg")
    assert image.format == "JPEG"
    assert not image.getexif()
    assert image.size == (40, 60)


def test_comments_and_notes_of_agencies_are_gone() -> None:
    plain = encode(draw())
    notes = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0a\x1c\x02\x5a\x00\x05Hanoi"
    iptc = plain[:2] + b"\xff\xed" + (len(notes) + 2).to_bytes(2, "big") + notes + plain[2:]
    for source in (iptc, encode(draw(), comment=b"Hanoi")):
        assert b"Hanoi" in source
        result = publish(source, "content/a.jpg")
        assert isinstance(result, bytes)
        assert b"Hanoi" not in result


def test_xmp_in_a_png_is_gone() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Hanoi</x:xmpmeta>")
    result = publish(encode(draw(), "PNG", pnginfo=info), "content/a.png")
    assert isinstance(result, bytes)
    assert b"Hanoi" not in result


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [
        (1, (60, 40), (5, 5)),
        (2, (60, 40), (55, 5)),
        (3, (60, 40), (55, 35)),
        (4, (60, 40), (5, 35)),
        (5, (40, 60), (5, 5)),
        (6, (40, 60), (35, 5)),
        (7, (40, 60), (35, 55)),
        (8, (40, 60), (5, 55)),
    ],
)
def test_a_picture_stands_upright(
    orientation: int, size: tuple[int, int], corner: tuple[int, int]
) -> None:
    image = published(encode(draw(), exif=make_exif(orientation)), "content/a.jpg")
    assert image.size == size
    dark = image.convert("L").getpixel(corner)
    assert isinstance(dark, int | float)
    assert dark < 40


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3200, 800), (1600, 400)),
        ((1000, 4800), (500, 2400)),
        ((1600, 2400), (1600, 2400)),
        ((5000, 1), (1600, 1)),
    ],
)
def test_no_picture_is_larger_than_a_page_shows(
    size: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert published(encode(draw(size)), "content/a.jpg").size == expected


def test_colours_of_another_space_become_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = published(encode(draw(), icc_profile=wide), "content/a.jpg")
    assert "icc_profile" not in image.info
    red = image.getpixel((50, 30))
    assert isinstance(red, tuple)
    assert all(abs(one - other) < 12 for one, other in zip(red, RED, strict=True))
    # A profile that does not fit the picture, or that nobody can read, is passed over.
    for broken in (profile.tobytes(), b"not a profile"):
        assert published(encode(draw(), icc_profile=broken), "content/a.jpg").size == (60, 40)


def test_cmyk_and_grey_and_palettes() -> None:
    assert published(encode(draw(mode="CMYK"), exif=make_exif()), "content/a.jpg").mode == "RGB"
    assert published(encode(draw(mode="L"), exif=make_exif()), "content/a.jpg").mode == "L"
    transparent = draw(mode="P")
    image = published(encode(transparent, "PNG", transparency=0, exif=make_exif()), "content/a.png")
    assert (image.mode, image.info["transparency"]) == ("P", 0)
    alpha = published(encode(draw(mode="RGBA"), "PNG", exif=make_exif()), "content/a.png")
    assert alpha.mode == "RGBA"


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", "jpeg"), ("PNG", "PNG"), ("GIF", "gif")])
def test_a_picture_with_nothing_to_take_away_is_published_as_it_is(kind: str, suffix: str) -> None:
    source = encode(draw(), kind)
    assert publish(source, f"content/a.{suffix}") == source


def test_animations_and_drawings_and_documents_are_published_as_they_are() -> None:
    moving = encode(draw(), "GIF", save_all=True, append_images=[draw().rotate(90)])
    assert publish(moving, "content/a.gif") == moving
    drawing = SVG.format('viewBox="0 0 1 1"', "").encode()
    assert publish(drawing, "content/a.svg") == drawing
    assert publish(b"%PDF-1.7", "content/a.pdf") == b"%PDF-1.7"


def test_publishing_twice_gives_the_same_bytes() -> None:
    source = encode(draw((2000, 1000)), exif=make_exif(6))
    assert publish(source, "content/a.jpg") == publish(source, "content/a.jpg")
    once = publish(source, "content/a.jpg")
    assert isinstance(once, bytes)
    assert publish(once, "content/a.jpg") == once


def frames_of(data: bytes) -> list[bytes]:
    image = Image.open(io.BytesIO(data))
    return [frame.convert("RGBA").tobytes() for frame in ImageSequence.Iterator(image)]


def with_xmp(source: bytes) -> bytes:
    """Return a GIF with a note as photo editors write it (XMP part 3, 1.1.2)."""
    # Behind the head and its colours, as Pillow writes them.
    start = 13 + (3 * 2 ** (source[10] % 8 + 1) if source[10] & 0x80 else 0)
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    note = b"\x21\xff\x0bXMP DataXMP<x:xmpmeta>Hanoi</x:xmpmeta>" + trailer
    return source[:start] + note + source[start:]


def move(kind: str, **options: Any) -> bytes:
    frames = [draw().rotate(90), draw().rotate(180)]
    return encode(draw(), kind, save_all=True, append_images=frames, duration=80, loop=0, **options)


_NOTES = PngImagePlugin.PngInfo()
_NOTES.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Hanoi</x:xmpmeta>")


@pytest.mark.parametrize(
    ("source", "suffix"),
    [
        (move("GIF", comment=b"Hanoi"), "gif"),
        (with_xmp(move("GIF")), "gif"),
        (move("PNG", pnginfo=_NOTES, exif=make_exif()), "png"),
        (move("WEBP", exif=make_exif(), xmp=b"<x:xmpmeta>Hanoi</x:xmpmeta>"), "webp"),
    ],
)
def test_an_animation_loses_its_notes_and_nothing_else(source: bytes, suffix: str) -> None:
    assert b"Hanoi" in source
    result = publish(source, f"content/a.{suffix}")
    assert isinstance(result, bytes)
    assert b"Hanoi" not in result
    assert b"SecretCam" not in result
    assert frames_of(result) == frames_of(source)
    before, after = Image.open(io.BytesIO(source)), Image.open(io.BytesIO(result))
    assert after.info.get("loop") == before.info.get("loop") == 0
    assert after.info.get("duration") == before.info.get("duration")
    assert not after.getexif()
    assert publish(result, f"content/a.{suffix}") == result


def damage(source: bytes) -> Iterator[bytes]:
    """Yield a file cut off anywhere, and with some of its bytes changed."""
    yield from (source[:length] for length in range(1, len(source) - 1, 5))
    chance = random.Random(1)  # noqa: S311 (the same files in every run)
    for number in range(400):
        damaged = bytearray(source)
        for _ in range(1 + number % 3):
            damaged[chance.randrange(len(source))] = chance.randrange(256)
        yield bytes(damaged)


# What Pillow says of a damaged EXIF is not what an editor needs.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize(
    ("source", "suffix"),
    [
        *((move(kind), kind.lower()) for kind in ("GIF", "PNG", "WEBP")),
        *((encode(draw(), kind, exif=make_exif(6)), kind.lower()) for kind in ("PNG", "WEBP")),
        *((encode(draw(), kind, exif=make_exif(6)), kind.lower()) for kind in ("JPEG", "AVIF")),
    ],
    ids="moving GIF, moving PNG, moving WebP, PNG, WebP, JPEG, AVIF".split(", "),
)
def test_a_damaged_picture_is_published_readable_or_refused(source: bytes, suffix: str) -> None:
    path = f"content/a.{suffix}"
    refused = 0
    for damaged in damage(source):
        measured = measure(damaged, path)
        result = measured if isinstance(measured, Problem) else publish(damaged, path)
        if isinstance(result, Problem):
            refused += 1
            assert result.code in {"picture-broken", "picture-kind", "picture-large"}
            assert result.place.path == path
        else:
            assert not isinstance(measure(result, path), Problem)
    assert refused > 20


def test_an_animation_that_is_not_built_as_its_kind_is_is_refused() -> None:
    moving = move("GIF")
    for length in range(14, len(moving) - 1, 7):
        with pytest.raises((ValueError, IndexError)):
            strip_metadata(moving[:length], GIF)
    with pytest.raises(ValueError, match="0"):
        strip_metadata(moving[:-1] + b"\0", GIF)


@pytest.mark.parametrize(
    ("source", "path", "expected"),
    [
        (encode(draw(), "PNG"), "content/a.jpg", "picture-type"),
        (encode(draw()), "content/a.png", "picture-type"),
        (b"<html>", "content/a.jpg", "picture-kind"),
        (encode(draw())[:200], "content/a.jpg", "picture-broken"),
        (b"<svg", "content/a.svg", "picture-broken"),
        (b"<html></html>", "content/a.svg", "picture-kind"),
    ],
)
def test_what_is_no_picture_is_refused(source: bytes, path: str, expected: str) -> None:
    measured = measure(source, path)
    result = measured if isinstance(measured, Problem) else publish(source, path)
    assert code(result) == expected
    assert isinstance(result, Problem)
    assert result.place.path == path


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 2000)
    assert code(measure(encode(draw()), "content/a.jpg")) == "picture-large"
    assert code(publish(encode(draw()), "content/a.jpg")) == "picture-large"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<a href='javascript:alert(1)'><text>x</text></a>",
        "<rect onclick='alert(1)'/>",
        "<RECT ONLOAD='alert(1)'/>",
        "<image href='https://example.net/a.png'/>",
        "<image xlink:href='//example.net/a.png' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<style>@import url(https://example.net/a.css);</style>",
        "<rect style='fill:url(https://example.net/#a)'/>",
        "<rect fill='url(https://example.net/#a)'/>",
        "<image href='data:image/svg+xml,x'/>",
        "<use href='other.svg#a'/>",
        "<animate attributeName='href' to='javascript:x'/>",
        "<set attributeName='onclick' to='x'/>",
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(inside: str) -> None:
    assert code(measure(SVG.format("", inside).encode(), "content/a.svg")) == "picture-script"


def test_a_drawing_with_entities_is_refused() -> None:
    source = '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("", "<text>&a;</text>")
    assert code(measure(source.encode(), "content/a.svg")) == "picture-script"


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="300" height="200"', (300, 200)),
        ('width="300px" height="199.6px" viewBox="0 0 3 2"', (300, 200)),
        ('viewBox="0 0 640 480"', (640, 480)),
        ('viewBox="0,0,640,480" width="100%" height="100%"', (640, 480)),
        ("", (0, 0)),
    ],
)
def test_the_size_of_a_drawing(attributes: str, size: tuple[int, int]) -> None:
    inside = '<defs><linearGradient id="a"/></defs><rect fill="url(#a)"/><use href="#b"/>'
    assert measure(SVG.format(attributes, inside).encode(), "content/a.svg") == size


def test_kinds_of_files() -> None:
    assert check_suffix("content/media/a.PDF") is None
    assert check_suffix("content/media/a.jpg") is None
    assert code(check_suffix("content/media/a.exe")) == "media-kind"
    assert code(check_suffix("content/media/a.html")) == "media-kind"
    assert code(check_suffix("content/media/a")) == "media-kind"
    document = describe_file(b" " * 120_400, "content/media/a.pdf")
    assert document == Destination("file", "/media/a.pdf", size="PDF, 120 KB")


def test_a_site_publishes_pictures_without_their_place_and_keeps_the_work(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = encode(draw((2000, 1000)), exif=make_exif(6))
    site.write("content/media/anh/a.jpg", source)
    site.article("bai", "![Quang cảnh](/media/anh/a.jpg)")
    site.build()
    first = site.files()["media/anh/a.jpg"]
    assert b"SecretCam" not in first
    assert 'width="1000" height="2000"' in site.page("/hoat-dong-cua-co-so/2024/05/bai/")
    with monkeypatch.context() as context:
        forbid(context, publish)
        site.build()
    # A damaged cache changes speed, never bytes.
    for path in (site.root / ".sitegen").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    site.build()
    assert site.files()["media/anh/a.jpg"] == first


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.js", "a.svgz"])
def test_a_site_never_publishes_what_is_not_media(site: SiteFolder, name: str) -> None:
    site.write(f"content/media/{name}", b"x").article("bai")
    problems = site.problems()
    assert any(f"content/media/{name}:1:1: media-kind" in each for each in problems)
