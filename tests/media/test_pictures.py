import io
import random
from collections.abc import Iterator

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from sitegen.media import pictures
from sitegen.media.inspection import describe_file
from sitegen.media.pictures import publish
from sitegen.problems import Problem, ProblemsFoundError
from support.doubles import forbid
from support.photos import SVG, draw, encode, make_exif, move
from support.site_folder import SiteFolder

RED = (200, 30, 30)


def measure(source: bytes, path: str) -> tuple[int, int]:
    found = describe_file(source, path)
    return found.width, found.height


def find_fault(source: bytes, path: str) -> Problem | None:
    """Return why a picture is refused, as soon as it is inspected or when it is published."""
    try:
        measure(source, path)
        measure(publish(source, path), path)
    except ProblemsFoundError as error:
        (found,) = error.problems
        return found
    return None


def published(source: bytes, path: str) -> Image.Image:
    result = publish(source, path)
    image = Image.open(io.BytesIO(result))
    image.load()
    assert (image.width, image.height) == measure(source, path)
    return image


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", "jpg"), ("WEBP", "webp"), ("PNG", "png")])
def test_where_and_with_what_a_picture_was_taken_is_gone(kind: str, suffix: str) -> None:
    source = encode(draw(), kind, exif=make_exif())
    assert b"SecretCam" in source
    image = published(source, f"content/a.{suffix}")
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()
    result = publish(source, f"content/a.{suffix}")
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
        assert b"Hanoi" not in result


def test_xmp_in_a_png_is_gone() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Hanoi</x:xmpmeta>")
    result = publish(encode(draw(), "PNG", pnginfo=info), "content/a.png")
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
        if found := find_fault(damaged, path):
            refused += 1
            assert found.code in {"picture-broken", "picture-kind", "picture-large", "picture-long"}
            assert found.place.path == path
    assert refused > 20


@pytest.mark.parametrize(
    ("source", "path", "expected"),
    [
        (encode(draw(), "PNG"), "content/a.jpg", "picture-type"),
        (encode(draw()), "content/a.png", "picture-type"),
        (b"<html>", "content/a.jpg", "picture-kind"),
        (encode(draw())[:200], "content/a.jpg", "picture-broken"),
    ],
)
def test_what_is_no_picture_is_refused(source: bytes, path: str, expected: str) -> None:
    found = find_fault(source, path)
    assert found
    assert (found.code, found.place.path) == (expected, path)


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 2000)
    for read in (measure, publish):
        with pytest.raises(ProblemsFoundError) as caught:
            read(encode(draw()), "content/a.jpg")
        assert [each.code for each in caught.value.problems] == ["picture-large"]


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


@pytest.mark.parametrize("width", [300, 2000])
def test_sixteen_bits_of_grey_are_published_as_they_look(width: int) -> None:
    grey = Image.new("I;16", (width, 300), 0x8000)
    image = published(encode(grey, "PNG", exif=make_exif()), "content/a.png")
    assert (image.mode, image.getpixel((5, 5))) == ("L", 0x80)
    assert describe_file(encode(grey, "PNG"), "content/a.png").placeholder == "ash"


@pytest.mark.parametrize(("mode", "clear", "ink"), [("RGB", (0, 255, 0), RED), ("L", 7, 90)])
@pytest.mark.parametrize("width", [300, 2000])
def test_one_transparent_colour_stays_transparent(
    width: int, mode: str, clear: int | tuple[int, ...], ink: int | tuple[int, ...]
) -> None:
    drawn = Image.new(mode, (width, 300), clear)
    drawn.paste(ink, (0, 0, width // 2, 300))
    source = encode(drawn, "PNG", exif=make_exif(), transparency=clear)
    image = published(source, "content/a.png").convert("RGBA")
    alpha = image.getchannel("A")
    assert [alpha.getpixel((x, 100)) for x in (5, image.width - 5)] == [255, 0]
