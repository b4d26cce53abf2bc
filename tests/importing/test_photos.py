"""Photos of telephones: upright, small enough, and nothing but the picture."""

import io
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms

from sitegen.cli.incoming import name_media_folder
from sitegen.importing.photos import (
    LARGEST_SIDE,
    PreparedPhoto,
    name_photo,
    prepare_photo,
    save_photo,
)
from sitegen.problems import UsageError

NOW = datetime(2026, 11, 23)  # noqa: DTZ001 (its day alone counts)
FOLDER = PurePosixPath("content/media/anh/2026")
_ORIENTATION, _MOMENT, _PLACE = 0x0112, 0x0132, 0x8825
_TURNED = 6


def make_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif[_MOMENT] = "2026:03:06 09:34:10"
    exif.get_ifd(_PLACE).update({1: "N", 2: (15.0, 34.0, 0.0)})
    return exif


def write(form: str, size: tuple[int, int] = (80, 60), **options: Any) -> bytes:
    written = io.BytesIO()
    mode = "RGB" if form in {"JPEG", "BMP"} else "RGBA"
    Image.effect_noise(size, 60).convert(mode).save(written, form, **options)
    return written.getvalue()


def write_heic() -> bytes:
    written = io.BytesIO()
    picture = pillow_heif.from_pillow(Image.effect_noise((80, 60), 60).convert("RGB"))
    picture.save(written, exif=make_exif(_TURNED).tobytes())
    return written.getvalue()


def opened(photo: PreparedPhoto) -> Image.Image:
    return Image.open(io.BytesIO(photo.source))


def test_a_large_turned_photo_becomes_upright_and_small() -> None:
    source = write("JPEG", (LARGEST_SIDE + 200, 1000), exif=make_exif(_TURNED), comment=b"secret")
    photo = prepare_photo(source, "IMG_1.JPG")
    assert opened(photo).size == (photo.width, photo.height) == (937, LARGEST_SIDE)
    assert not opened(photo).getexif()
    assert b"secret" not in photo.source
    assert photo.moment == "2026-03-06-0934"


def test_a_photo_that_needs_nothing_keeps_its_tables_and_loses_its_metadata() -> None:
    source = write("JPEG", exif=make_exif(), comment=b"secret", xmp=b"<x>secret</x>", quality=71)
    photo = prepare_photo(source, "a.jpg")
    assert not opened(photo).getexif()
    assert b"secret" not in photo.source
    assert opened(photo).quantization == Image.open(io.BytesIO(source)).quantization  # type: ignore[attr-defined]


def test_a_photo_of_an_iphone_becomes_an_upright_jpeg() -> None:
    photo = prepare_photo(write_heic(), "IMG_0001.HEIC")
    assert (photo.suffix, photo.width, photo.height) == (".jpg", 60, 80)
    assert not opened(photo).getexif()
    assert photo.moment == "2026-03-06-0934"


def test_without_its_library_a_photo_of_an_iphone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_heic()
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(UsageError) as caught:
        prepare_photo(source, "a.heic")
    assert caught.value.code == "extra-missing"
    assert caught.value.arguments["extra"] == "heic"


@pytest.mark.parametrize(
    ("form", "suffix"),
    [("PNG", ".png"), ("WEBP", ".webp"), ("BMP", ".png"), ("TIFF", ".jpg"), ("GIF", ".gif")],
)
def test_a_picture_keeps_a_format_that_browsers_show(form: str, suffix: str) -> None:
    photo = prepare_photo(write(form), "a")
    assert photo.suffix == suffix
    assert opened(photo).size == (80, 60)


def test_other_colours_become_those_of_the_web() -> None:
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    source = write("JPEG", icc_profile=wide.tobytes())
    photo = prepare_photo(source, "a.jpg")
    assert "icc_profile" not in opened(photo).info


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "photo-kind"),
        (b"<svg/>", "photo-kind"),
        (b"\xff\xd8\xff\xe0abc", "photo-damaged"),
        (write("JPEG")[:900], "photo-damaged"),
        (write_heic()[:300], "photo-damaged"),
    ],
)
def test_what_is_no_photo_is_told(source: bytes, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        prepare_photo(source, "a.jpg")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "moment", "wanted"),
    [
        ("Lễ kết nạp.HEIC", "", "le-ket-nap"),
        ("hop-bao-2.jpg", "2026-03-06", "hop-bao-2"),
        ("IMG_1234.JPG", "2026-03-06-0934", "anh-2026-03-06-0934"),
        ("IMG_1234 (1).HEIC", "2026-03-06", "anh-2026-03-06"),
        ("z4123456789012_ab12cd34ef56ab12cd34.jpg", "", "anh-2026-11-23"),
        ("DSC00012.JPG", "", "anh-2026-11-23"),
        ("😀.jpg", "", "anh-2026-11-23"),
    ],
)
def test_a_photo_is_named_by_its_name_or_its_moment(name: str, moment: str, wanted: str) -> None:
    assert name_photo(name, moment, NOW) == wanted


def test_no_picture_is_overwritten_and_none_is_saved_twice(tmp_path: Path) -> None:
    one, other = (prepare_photo(write("JPEG", (80, side)), "a") for side in (60, 61))
    first = save_photo(tmp_path, FOLDER, "a", one)
    assert first.reference == "/media/anh/2026/a.jpg"
    assert not first.known
    assert save_photo(tmp_path, FOLDER, "a", other).reference == "/media/anh/2026/a-2.jpg"
    again = save_photo(tmp_path, PurePosixPath("content/media/khac"), "b", one)
    assert (again.path, again.known) == (first.path, True)
    assert len([*tmp_path.rglob("*.jpg")]) == 2


def test_a_folder_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "content" / "media").mkdir(parents=True)
    (tmp_path / "content" / "media" / "ra").symlink_to(tmp_path)
    photo = prepare_photo(write("JPEG"), "a")
    for folder in ("content/media/ra", "content/media/../pages"):
        with pytest.raises(UsageError) as caught:
            save_photo(tmp_path, PurePosixPath(folder), "a", photo)
        assert caught.value.code == "photo-folder"


@pytest.mark.parametrize(
    ("written", "folder"),
    [
        ("anh/2026", "content/media/anh/2026"),
        ("/media/anh/2026/", "content/media/anh/2026"),
        ("content/media/Đại hội", "content/media/dai-hoi"),
        ("anh\\2026", "content/media/anh/2026"),
        (".", "content/media"),
    ],
)
def test_a_folder_may_be_named_in_any_form(written: str, folder: str) -> None:
    assert name_media_folder(written) == PurePosixPath(folder)
