"""What the cache keeps of pictures stays in proportion, and nothing but time depends on it."""

import io
from pathlib import Path

import pytest
from PIL import Image

from sitegen.foundation.cache import keep_only, remember
from sitegen.foundation.files import write_file
from sitegen.foundation.folders import list_folder
from sitegen.media import renditions
from support.doubles import Calls, note_calls, replace_everywhere
from support.site_folder import SiteFolder
from support.tiny_theme import hasten, make_tiny_site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    monkeypatch.setattr("sitegen.incremental.cache_pruning._SPARE", 4)
    site = make_tiny_site(tmp_path / "site")
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", f"{config}pictures: {{widths: [50], avif: false}}\n")
    return site.article("mot", photo="/media/a.jpg", photo_caption="Ảnh")


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Return the renditions that are made from now on."""
    return note_calls(monkeypatch, renditions._make)


def show(site: SiteFolder, shade: int) -> None:
    """Let the article have a photo of its own shade of grey."""
    drawn = io.BytesIO()
    Image.new("L", (90, 60), shade).convert("RGB").save(drawn, "JPEG")
    site.write("content/media/a.jpg", drawn.getvalue()).build()


@pytest.mark.parametrize("folder", ["media", "renditions"])
def test_the_cache_does_not_grow_with_every_photo_there_ever_was(
    site: SiteFolder, folder: str
) -> None:
    def kept() -> int:
        return len(list_folder(site.root / ".sitegen" / folder))

    show(site, 0)
    of_one = kept()
    counts = []
    for shade in range(10, 200, 10):
        show(site, shade)
        counts.append(kept())
    assert max(counts) <= 2 * of_one + 4
    assert min(counts) >= of_one


def test_a_photo_that_soon_comes_back_is_still_there(site: SiteFolder, encoded: Calls) -> None:
    show(site, 0)
    show(site, 10)
    encoded.clear()
    show(site, 0)
    assert encoded == []


def test_a_photo_that_comes_back_after_it_was_pruned_is_made_again(
    site: SiteFolder, encoded: Calls
) -> None:
    show(site, 0)
    first = site.files()
    for shade in range(10, 200, 10):
        show(site, shade)
    encoded.clear()
    show(site, 0)
    assert encoded
    assert site.files() == first


def test_what_the_site_shows_is_never_pruned(site: SiteFolder, encoded: Calls) -> None:
    for number in range(4):
        drawn = io.BytesIO()
        Image.new("L", (90, 60), number).convert("RGB").save(drawn, "JPEG")
        site.write(f"content/media/{number}.jpg", drawn.getvalue())
        site.article(f"bai-{number}", photo=f"/media/{number}.jpg", photo_caption="Ảnh")
    for shade in range(10, 250, 10):
        show(site, shade)
    encoded.clear()
    # Everything is published anew, of what is kept.
    site.output.rename(site.root / "before")
    site.build()
    assert encoded == []


def test_a_build_that_makes_no_picture_looks_at_none(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(site, 0)
    listed = note_calls(monkeypatch, list_folder)
    cache = site.root / ".sitegen"
    site.article("hai").build()
    assert not [each for each in listed if each["folder"].parent == cache]
    show(site, 10)
    assert [each for each in listed if each["folder"].parent == cache]


def test_what_a_killed_build_left_is_deleted_and_what_is_used_is_kept(tmp_path: Path) -> None:
    remember(tmp_path, "used", lambda: b"1")
    remember(tmp_path, "unused", lambda: b"2")
    (tmp_path / "tmpabc").write_bytes(b"half")
    keep_only(tmp_path, {"used"})
    assert [path.name for path in tmp_path.iterdir()] == ["used"]


def test_a_build_whose_file_is_deleted_while_it_writes_has_its_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_and_lose(path: Path, data: bytes) -> None:
        write_file(path, data)
        keep_only(tmp_path, ())

    replace_everywhere(monkeypatch, write_file, write_and_lose)
    assert remember(tmp_path, "key", lambda: b"result") == b"result"
    assert remember(tmp_path, "key", lambda: b"again") == b"again"


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert list_folder(tmp_path / "none") == []
    keep_only(tmp_path / "none", ())
