"""Renditions of photos: what they look like, where they are named, and when they are made."""

import io
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sitegen.content.config import parse_config
from sitegen.content.settings import Pictures
from sitegen.foundation.parts import digest_bytes
from sitegen.media import renditions
from sitegen.media.formats import AVIF, JPEG, WEBP, ImageFormat, find_format
from sitegen.media.pictures import MediaFile
from sitegen.media.renditions import Rendition, Series, list_series, make_rendition, name_rendition
from sitegen.problems import ConfigError, ProblemsFoundError
from support.doubles import note_calls, set_constants
from support.html_tree import Element, parse
from support.photos import draw, encode, make_exif
from support.site_folder import CONFIG, SiteFolder

ARTICLE = "/hoat-dong-cua-co-so/2024/05/bai/"
SMALL = "pictures:\n  widths: [50, 100]\n"


def make_display_p3() -> bytes:
    """Return a profile of the wide colours of phones and tablets: Display P3, with a gamma of 2.2.

    Three primaries, already adapted to the white D50, and three curves (ICC.1:2001-04, 6.3.1.2).
    """

    def number(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    def point(*values: float) -> bytes:
        return b"XYZ " + bytes(4) + b"".join(map(number, values))

    curve = b"curv" + bytes(4) + struct.pack(">IH2x", 1, round(2.2 * 256))
    tags = {
        b"wtpt": point(0.9642, 1.0, 0.8249),
        b"rXYZ": point(0.5151, 0.2412, -0.0011),
        b"gXYZ": point(0.2920, 0.6922, 0.0419),
        b"bXYZ": point(0.1571, 0.0666, 0.7841),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    start = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        table += name + struct.pack(">II", start + len(data), len(value))
        data += value
    size = struct.pack(">I", start + len(data))
    head = size + bytes(4) + bytes.fromhex("02400000") + b"mntrRGB XYZ " + bytes(12) + b"acsp"
    head += bytes(28) + b"".join(map(number, (0.9642, 1.0, 0.8249)))
    return head.ljust(128, b"\0") + table + data


def make(
    folder: Path, source: bytes, name: str, width: int, suffix: str, quality: int = 80
) -> Image.Image:
    """Return the rendition that is made of a photo."""
    (folder / name).write_bytes(source)
    photo = MediaFile(name, name, digest_bytes(source))
    item = Rendition("x", photo, width, format_of(suffix), quality)
    image = Image.open(io.BytesIO(make_rendition(folder, folder / "cache", item)))
    image.load()
    return image


def format_of(name: str) -> ImageFormat:
    found = find_format(name)
    assert found
    return found


def colour(image: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    found = image.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return tuple(int(each) for each in found)


def is_near(one: tuple[int, ...], other: tuple[int, ...], limit: int = 6) -> bool:
    return all(abs(a - b) <= limit for a, b in zip(one, other, strict=True))


# Which there are ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "width", "expected"),
    [
        ("a.jpg", 1600, {".webp": (240, 400, 720, 1200), ".jpg": (240, 400, 720, 1200)}),
        ("a.jpg", 1300, {".webp": (240, 400, 720, 1200), ".jpg": (240, 400, 720)}),
        ("a.JPEG", 1000, {".webp": (240, 400, 720, 1000), ".jpg": (240, 400, 720)}),
        # What is nearly as wide as the whole is left out, and nothing is made larger.
        ("a.jpg", 899, {".webp": (240, 400, 899), ".jpg": (240, 400)}),
        ("a.jpg", 280, {".webp": (280,)}),
        ("a.png", 1000, {".webp": (240, 400, 720, 1000)}),
        ("a.webp", 1000, {".webp": (240, 400, 720)}),
        ("a.avif", 1000, {".webp": (240, 400, 720, 1000)}),
    ],
)
def test_the_renditions_of_a_photo(
    path: str, width: int, expected: dict[str, tuple[int, ...]]
) -> None:
    series = list_series(format_of(path), width, Pictures())
    assert {each.format.suffix: each.widths for each in series} == expected


def test_avif_comes_first_and_never_of_a_photo_that_is_avif() -> None:
    wanted = Pictures(widths=(100,), avif=True)
    assert [each.format for each in list_series(JPEG, 500, wanted)] == [AVIF, WEBP, JPEG]
    assert [each.format for each in list_series(WEBP, 500, wanted)] == [AVIF, WEBP]
    assert list_series(AVIF, 500, wanted) == (Series(WEBP, (100,)),)


@given(
    widths=st.lists(st.integers(50, 1600), min_size=1, unique=True).map(sorted).map(tuple),
    photo=st.integers(1, 1600),
    avif=st.booleans(),
)
def test_no_rendition_is_larger_than_its_photo_and_no_two_share_an_address(
    widths: tuple[int, ...], photo: int, avif: bool
) -> None:
    pictures = Pictures(widths=widths, avif=avif)
    names = []
    for path in ("a.jpg", "a.jpeg", "a.png", "a.webp", "a.avif"):
        for series in list_series(format_of(path), photo, pictures):
            assert all(width <= photo for width in series.widths)
            names += [name_rendition(path, width, series.format) for width in series.widths]
    assert len({name.lower() for name in names}) == len(names)


# What they look like -----------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".webp", ".jpg", ".avif"])
def test_a_rendition_stands_upright_without_a_trace_of_its_origin(
    tmp_path: Path, suffix: str
) -> None:
    source = encode(draw((600, 400)), exif=make_exif(6), comment=b"Hanoi")
    image = make(tmp_path, source, "a.jpg", 100, suffix)
    assert image.size == (100, 150)
    assert max(colour(image, (90, 10))) < 60
    assert colour(image, (10, 10))[0] > 150
    assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()
    assert not image.getexif()


@pytest.mark.parametrize("suffix", [".webp", ".jpg", ".avif"])
def test_the_wide_colours_of_a_phone_become_srgb(tmp_path: Path, suffix: str) -> None:
    source = encode(
        Image.new("RGB", (300, 200), (200, 100, 100)), icc_profile=make_display_p3(), quality=95
    )
    image = make(tmp_path, source, "a.jpg", 150, suffix)
    # Display P3 to sRGB, by the matrices of both.
    assert is_near(colour(image, (75, 50)), (216, 93, 97))
    assert "icc_profile" not in image.info


def test_what_one_can_see_through_stays_so(tmp_path: Path) -> None:
    drawn = Image.new("RGBA", (300, 200), (200, 30, 30, 255))
    drawn.paste((0, 0, 0, 0), (0, 0, 150, 200))
    for source in (encode(drawn, "PNG"), encode(drawn.quantize(8), "PNG")):
        image = make(tmp_path, source, "a.png", 150, ".webp")
        assert image.mode == "RGBA"
        alpha = image.getchannel("A")
        assert alpha.getpixel((10, 50)) == 0
        assert alpha.getpixel((140, 50)) == 255


def test_a_drawing_of_few_colours_is_not_smeared(tmp_path: Path) -> None:
    drawn = Image.new("RGB", (200, 100), "white")
    drawn.paste((179, 20, 27), (60, 20, 63, 80))
    image = make(tmp_path, encode(drawn, "PNG"), "a.png", 200, ".webp", quality=10)
    assert image.convert("RGB").tobytes() == drawn.tobytes()


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_photos_and_those_for_print(tmp_path: Path, mode: str) -> None:
    for suffix in (".jpg", ".webp"):
        image = make(tmp_path, encode(draw((200, 100), mode)), "a.jpg", 100, suffix)
        assert image.size == (100, 50)
        assert max(colour(image, (20, 20))) < 60


def test_a_photo_that_changes_while_it_is_read_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(encode(draw()))
    photo = MediaFile("a.jpg", "a.jpg", digest_bytes(b"as it was"))
    item = Rendition("x", photo, 30, WEBP, 80)
    with pytest.raises(ProblemsFoundError) as caught:
        make_rendition(tmp_path, tmp_path / "cache", item)
    assert [each.code for each in caught.value.problems] == ["file-changing"]


# On pages ----------------------------------------------------------------------------------------


@pytest.fixture
def photo_site(site: SiteFolder) -> SiteFolder:
    """Return a site with an article that has a photo, and two more in its body."""
    site.write("config.yaml", CONFIG + SMALL)
    site.write("content/media/anh/a.jpg", encode(draw((240, 160)), exif=make_exif(6)))
    site.write("content/media/anh/b.png", encode(draw((90, 60)), "PNG"))
    body = '![Một](/media/anh/b.png "Chú thích")\n\nLời ![hai](/media/anh/a.jpg) lời.'
    return site.article("bai", body, photo="/media/anh/a.jpg", photo_caption="Ảnh")


def pictures_of(page: Element) -> Iterator[tuple[Element, list[Element]]]:
    """Yield each photo of a page with the sources before it."""
    for picture in page.find_all("picture"):
        sources = picture.find_all("source")
        yield picture.find("img"), sources


def addresses_of(srcset: str) -> list[str]:
    return [each.split()[0] for each in srcset.split(", ")]


def test_a_page_names_the_renditions_and_the_room_of_its_photo(photo_site: SiteFolder) -> None:
    photo_site.build()
    image, sources = next(pictures_of(parse(photo_site.page(ARTICLE))))
    assert image.attributes["src"] == "/media/anh/a.jpg"
    assert image.attributes["srcset"] == (
        "/media/anh/a.jpg.50.jpg 50w, /media/anh/a.jpg.100.jpg 100w, /media/anh/a.jpg 160w"
    )
    assert [each.attributes["type"] for each in sources] == ["image/webp"]
    assert sources[0].attributes["srcset"] == (
        "/media/anh/a.jpg.50.webp 50w, /media/anh/a.jpg.100.webp 100w"
    )
    assert (image.attributes["width"], image.attributes["height"]) == ("160", "240")
    assert image.attributes["class"] == "tone-flag focus-y-20"
    assert image.attributes["sizes"] == sources[0].attributes["sizes"]
    assert image.attributes["fetchpriority"] == "high"
    assert "loading" not in image.attributes


def test_the_photos_of_a_body_have_renditions_and_are_lazy(photo_site: SiteFolder) -> None:
    photo_site.build()
    _, drawn, photo = list(pictures_of(parse(photo_site.page(ARTICLE))))
    assert drawn[0].attributes["alt"] == "Một"
    assert [each.attributes["srcset"] for each in drawn[1]] == [
        "/media/anh/b.png.50.webp 50w, /media/anh/b.png.90.webp 90w"
    ]
    assert "srcset" not in drawn[0].attributes
    for image, sources in (drawn, photo):
        assert image.attributes["loading"] == "lazy"
        assert all(each.attributes["sizes"].startswith("auto, ") for each in sources)


def test_the_first_photo_of_a_page_is_loaded_first_and_all_others_when_they_are_near(
    photo_site: SiteFolder,
) -> None:
    for number in range(3):
        photo_site.article(f"bai-{number}", photo="/media/anh/a.jpg", photo_caption="Ảnh")
    photo_site.build()
    for url in ("/", "/hoat-dong-cua-co-so/", ARTICLE):
        images = [image for image, _ in pictures_of(parse(photo_site.page(url)))]
        eager = [image for image in images if image.attributes.get("loading") != "lazy"]
        assert eager == images[:1]
        assert eager[0].attributes["fetchpriority"] == "high"


def test_below_a_path_every_rendition_is_where_the_pages_say(photo_site: SiteFolder) -> None:
    config = CONFIG.replace("https://example.org", "https://example.org/cong") + SMALL
    photo_site.write("config.yaml", config + "  avif: true\n")
    photo_site.write("content/media/anh/Lễ hội, 2026.JPG", encode(draw((300, 200))))
    photo_site.article("bai-2", "![](</media/anh/Lễ hội, 2026.JPG>)")
    photo_site.build()
    built = photo_site.files()
    named = set()
    for url in ("/", ARTICLE, ARTICLE.replace("bai", "bai-2")):
        for image, sources in pictures_of(parse(photo_site.page(url))):
            for each in (image, *sources):
                if srcset := each.attributes.get("srcset"):
                    named.update(addresses_of(srcset))
    paths = {unquote(address).removeprefix("/cong/") for address in named}
    assert paths <= built.keys()
    assert "media/anh/Lễ hội, 2026.JPG.100.avif" in paths
    renditions = {path for path in built if re.search(r"\.\d+\.(avif|webp|jpg)$", path)}
    assert renditions <= paths


def test_nothing_published_says_where_or_with_what_a_photo_was_taken(
    photo_site: SiteFolder,
) -> None:
    photo_site.write("config.yaml", CONFIG + SMALL + "  avif: true\n  cards: true\n")
    photo_site.write("content/media/anh/c.webp", encode(draw((900, 600)), "WEBP", exif=make_exif()))
    photo_site.article("bai-2", photo="/media/anh/c.webp", photo_caption="Ảnh")
    photo_site.build()
    pictures = 0
    for path, data in photo_site.files().items():
        assert b"SecretCam" not in data, path
        if path.endswith((".jpg", ".webp", ".avif")):
            image = Image.open(io.BytesIO(data))
            image.load()
            assert not image.getexif(), path
            assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys(), path
            pictures += 1
    assert pictures > 15


def test_the_renditions_of_a_hidden_photo_are_hidden(photo_site: SiteFolder) -> None:
    photo_site.article("bai", photo="/media/anh/a.jpg", photo_caption="Ảnh", draft="true")
    photo_site.article("bai-2")
    photo_site.build()
    assert not [path for path in photo_site.files() if "a.jpg" in path]


def test_a_photo_that_is_gone_takes_its_renditions_with_it(photo_site: SiteFolder) -> None:
    photo_site.build()
    photo_site.article("bai")
    (photo_site.root / "content/media/anh/a.jpg").unlink()
    photo_site.build()
    assert {path for path in photo_site.files() if path.startswith("media/")} == {
        "media/anh/b.png",
        "media/anh/b.png.50.webp",
        "media/anh/b.png.90.webp",
    }


def test_a_file_that_is_called_like_a_rendition_is_refused(photo_site: SiteFolder) -> None:
    photo_site.write("content/media/anh/A.jpg.50.WEBP", encode(draw(), "WEBP"))
    problems = photo_site.problems()
    assert len(problems) == 1
    assert "content/media/anh/A.jpg.50.WEBP" in problems[0]
    assert "content/media/anh/a.jpg" in problems[0]


@pytest.mark.parametrize("ending", ["", "/index.html", "/khac.aspx?id=1"])
def test_an_old_address_cannot_be_that_of_a_rendition(photo_site: SiteFolder, ending: str) -> None:
    photo_site.article("bai-2", aliases=f'["/media/anh/a.jpg.50.webp{ending}"]')
    assert [each for each in photo_site.problems() if "alias-taken" in each]


def test_what_is_only_called_like_the_rendition_of_nothing_is_published(
    photo_site: SiteFolder,
) -> None:
    photo_site.write("content/media/anh/khac.jpg.50.webp", encode(draw(), "WEBP"))
    photo_site.build()
    assert "media/anh/khac.jpg.50.webp" in photo_site.files()


# When they are made ------------------------------------------------------------------------------


def test_a_photo_is_encoded_once_ever(
    photo_site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = note_calls(monkeypatch, renditions._make)

    def build() -> int:
        made.clear()
        photo_site.build()
        return len(made)

    assert build() == 6
    assert build() == 0
    # Another article with the photo, an article that moves, the photo itself under another name.
    photo_site.article("bai-2", photo="/media/anh/a.jpg", photo_caption="Ảnh")
    assert build() == 0
    (photo_site.root / "content/bai-2.md").rename(photo_site.root / "content/bai-3.md")
    assert build() == 0
    source = (photo_site.root / "content/media/anh/a.jpg").read_bytes()
    photo_site.write("content/media/anh/ten-moi.jpg", source)
    assert build() == 0
    assert "media/anh/ten-moi.jpg.100.webp" in photo_site.files()
    # An output from nothing, as in a new checkout with the cache of an earlier one.
    photo_site.output = photo_site.root / "elsewhere"
    assert build() == 0
    # Other pixels.
    photo_site.write("content/media/anh/b.png", encode(draw((90, 60)).rotate(90), "PNG"))
    assert build() == 2
    # Another width: those that were there are there still. Equal photos are made once.
    photo_site.write("config.yaml", CONFIG + "pictures:\n  widths: [50, 70, 100]\n")
    assert build() == 3
    photo_site.write("config.yaml", CONFIG + "pictures:\n  widths: [50, 70, 100]\n  quality: 40\n")
    assert build() == 9


def test_the_work_is_the_same_for_any_number_of_workers(
    photo_site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo_site.write("config.yaml", CONFIG + SMALL + "  avif: true\n  cards: true\n")
    photo_site.build()
    alone = photo_site.files()
    set_constants(monkeypatch, _WORTH_WORKERS=2)
    photo_site.output = photo_site.root / "elsewhere"
    for folder in ("renditions", "cards"):
        for kept in (photo_site.root / ".sitegen" / folder).iterdir():
            kept.unlink()
    photo_site.build(jobs=3)
    assert photo_site.files() == alone


def test_the_settings_are_checked(site: SiteFolder) -> None:
    site.write("config.yaml", CONFIG + "pictures:\n  widths: [40, 2000, x]\n  quality: 101\n")
    with pytest.raises(ConfigError) as caught:
        parse_config((site.root / "config.yaml").read_bytes())
    assert [each.code for each in caught.value.problems] == [
        "field-range",
        "field-range",
        "field-number",
        "field-range",
    ]
    site.write("config.yaml", CONFIG + "pictures:\n  widths: 400\n")
    with pytest.raises(ConfigError) as caught:
        parse_config((site.root / "config.yaml").read_bytes())
    assert [each.code for each in caught.value.problems] == ["field-list"]
