"""The same inputs give the same bytes, wherever and however a site is built."""

import io
import itertools
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from PIL import Image

from sitegen.output.manifest_file import read_manifest
from support.doubles import set_constants
from support.hunt.theme import write_theme
from support.site_folder import CONFIG, REPOSITORY, SiteFolder
from support.tiny_theme import hasten

NOW = "2026-11-23 12:00"
Built = tuple[dict[str, bytes], bytes]


def write_site(folder: Path) -> SiteFolder:
    """Return a site with something of everything, whose theme prints all that there is."""
    site = SiteFolder(folder).write("config.yaml", f"{CONFIG}lists: {{page_size: 5}}\n")
    for path, text in write_theme().items():
        site.write(path, text)
    names = ("Ăn", "anh", "Ánh em", "đạt", "Đông", "I", "im", "İzmir", "in", "Zoë", "ô tô", "Ơn")
    for number, name in enumerate(names):
        site.article(
            f"bai-{number:02}",
            f"Câu {number}. [x](bai-00.md) ![ảnh](<ảnh đẹp {number % 3}.jpg>)\n\n# {name}",
            title=f'"{name} {number}"',
            # Some are of the same minute, and some near midnight in one zone or another.
            date=f"2024-0{number % 3 + 1}-01 0{number % 2}:30",
            author=f'"{name}"',
            tags=f'["{name}", "Chi bộ", "Nghị quyết"]',
            updated="2025-01-01 00:10" if number % 2 else "",
            aliases=f'["/cu/{number}.html", "/cu.asp?id={number}"]' if number < 4 else "",
        )
    for number in range(3):
        written = io.BytesIO()
        Image.new("RGB", (8 + number, 6), (number * 40, 90, 9)).save(written, "JPEG")
        site.write(f"content/ảnh đẹp {number}.jpg", written.getvalue())
        site.write(f"content/media/{number}.pdf", b"%PDF-1.4 " + b"x" * number)
    return site.write("content/pages/p.md", "---\ntitle: Giới thiệu\nmenu: true\n---\n\nTrang.\n")


def read(site: SiteFolder) -> Built:
    """Return all that a build left: the site, and the manifest beside it.

    The key of the whole site is left out: there is one only where all files have been at rest for
    two seconds, which a slow machine grants and a fast one does not.
    """
    lines = read_manifest(site.output).splitlines(keepends=True)
    return site.files(), "".join(each for each in lines if not each.startswith("\t*\t")).encode()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return the site as it lies in a checkout, not built."""
    return write_site(tmp_path_factory.mktemp("everywhere") / "site")


@pytest.fixture(scope="module")
def expected(written: SiteFolder, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return what one worker makes of it in this process."""
    site = check_out(written, tmp_path_factory.mktemp("expected") / "site")
    site.build(search=True)
    files, _ = read(site)
    assert len(files) > 100
    for part in ("cu/1.html", "aliases.json", "gioi-thieu/index.html", "media/0.pdf"):
        assert part in files
    assert len([path for path in files if path.endswith(".jpg")]) == 3
    return read(site)


@pytest.fixture
def site(written: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    return check_out(written, tmp_path / "site")


def check_out(written: SiteFolder, folder: Path) -> SiteFolder:
    return SiteFolder(shutil.copytree(written.root, folder))


def build_elsewhere(site: SiteFolder, environment: dict[str, str], umask: int = 0o022) -> None:
    """Build in a process of its own, as a shell with that environment would."""
    unset = ("LC_", "LANG", "TZ", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unset)}
    command = [sys.executable, "-m", "sitegen", "--root", str(site.root), "build", "--now", NOW]
    subprocess.run(
        command,
        check=True,
        env={**kept, "PYTHONPATH": str(REPOSITORY), **environment},
        umask=umask,
        capture_output=True,
        cwd=Path(sys.executable).anchor,
    )


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_however_many_work_at_it(
    site: SiteFolder, expected: Built, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    fork, forks = os.fork, itertools.count()

    def count() -> int:
        next(forks)
        return fork()

    monkeypatch.setattr(os, "fork", count)
    set_constants(monkeypatch, _WORTH_WORKERS=2)
    site.build(jobs=jobs, search=True)
    assert read(site) == expected
    # Texts are read, photos are looked at, and pages are made by all of them. With one job, only
    # pictures are decoded by another process, which may be ended. One more reads a document.
    assert next(forks) == (3 * jobs if jobs > 1 else 2) + 1


def test_however_many_worked_at_it_before(
    site: SiteFolder, expected: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_constants(monkeypatch, _WORTH_WORKERS=2)
    # Every file is at rest at once, so that what was remembered is not read again.
    monkeypatch.setattr("sitegen.foundation.stamps._SETTLED_NANOSECONDS", -(10**18))
    text = (site.root / "content/bai-03.md").read_text("utf-8")
    site.write("content/bai-03.md", text.replace("Câu 3", "Câu khác")).build(jobs=8, search=True)
    assert read(site) != expected
    site.write("content/bai-03.md", text).build(jobs=2, search=True)
    assert site.files() == expected[0]
    assert site.build(jobs=1, search=True).written.written == 0


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "vi_VN.UTF-8", "LANG": "vi_VN.UTF-8"},
        # In Turkish, "I" is not the capital of "i".
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"LANG": "made_up"},
        {"TZ": "UTC"},
        {"TZ": "Asia/Ho_Chi_Minh"},
        {"TZ": "America/New_York"},
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "random"},
    ],
    ids=lambda environment: "-".join(f"{name}={value}" for name, value in environment.items()),
)
def test_in_every_language_time_zone_and_order_of_chance(
    site: SiteFolder, expected: Built, environment: dict[str, str]
) -> None:
    build_elsewhere(site, environment)
    assert read(site) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="there is no umask on Windows")
@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_whoever_may_read_it(site: SiteFolder, expected: Built, umask: int) -> None:
    build_elsewhere(site, {}, umask)
    assert read(site) == expected


class Shuffled:
    """Lists a folder as a file system might that keeps no order."""

    def __init__(self, entries: list[os.DirEntry[str]]) -> None:
        self._entries = iter(entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> os.DirEntry[str]:
        return next(self._entries)

    def close(self) -> None:
        pass


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_in_whatever_order_folders_are_listed(
    site: SiteFolder, expected: Built, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    scan, names, chance = os.scandir, os.listdir, random.Random(seed)  # noqa: S311 (a test's order)
    listed: list[list[str]] = []

    def scandir(path: str = ".") -> Shuffled:
        with scan(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name, reverse=True)
        if seed:
            chance.shuffle(found)
        listed.append([entry.name for entry in found])
        return Shuffled(found)

    def listdir(path: str = ".") -> list[str]:
        found = sorted(names(path), reverse=True)
        if seed:
            chance.shuffle(found)
        return found

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "listdir", listdir)
    site.build(search=True)
    monkeypatch.undo()
    assert read(site) == expected
    assert any(each != sorted(each) for each in listed)


def test_wherever_it_was_checked_out(written: SiteFolder, expected: Built, tmp_path: Path) -> None:
    site = check_out(written, tmp_path / "thư mục của đảng bộ" / "%41 'a'" / "site")
    site.build(search=True)
    assert read(site) == expected


def test_through_a_link(written: SiteFolder, expected: Built, tmp_path: Path) -> None:
    site = check_out(written, tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    linked = SiteFolder(tmp_path / "link")
    linked.build(search=True)
    assert read(site) == expected
    assert site.build(search=True).written.written == 0


@pytest.mark.parametrize("age", [0, 1_000_000_000, 4_000_000_000])
def test_whenever_its_files_were_written(site: SiteFolder, expected: Built, age: int) -> None:
    for path in site.root.rglob("*"):
        os.utime(path, (age, age))
    site.build(search=True)
    assert read(site) == expected
