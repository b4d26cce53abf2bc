"""Ten files broken in ten ways at once: ten messages with their places, and the site as it was."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.site_folder import SiteFolder

GOOD = "---\ntitle: Tin {0}\ndate: 2024-05-0{0}\ncategory: {1}\nauthor: Thu Hà\n---\n\nNội dung.\n"
CATEGORY = "Hoạt động của cơ sở"
BROKEN: dict[str, tuple[Callable[[str], str | bytes], str]] = {
    "content/a/bao-luu.md": (
        lambda good: good.replace("title: Tin", "title: Nghị quyết: tin"),
        "2:8: yaml-quote",
    ),
    "content/b/mai-nay.md": (
        lambda good: good.replace("2024-05-0", "2024-15-0"),
        "3:7: date-impossible",
    ),
    "content/c/muc-la.md": (
        lambda good: good.replace(CATEGORY, "Hoạt động cơ sở"),
        "4:11: category-unknown",
    ),
    "content/d/danh-may.md": (
        lambda good: good.replace("author:", "autor: x\nauthor:"),
        "5:1: field-unknown",
    ),
    "content/e/bang-ma.md": (
        lambda good: good.encode("utf-8").replace("Nội".encode(), "Nôi".encode("latin-1")),
        "8:2: file-encoding",
    ),
    "content/g/hop-nhat.md": (
        lambda good: good + "\n<<<<<<< HEAD\nMột\n=======\nHai\n>>>>>>> khac\n",
        "10:1: file-conflict",
    ),
    "content/h/mat-anh.md": (
        lambda good: good + "\nẢnh: ![Lá cờ](la-co.jpg)\n",
        "10:15: picture-missing",
    ),
    "content/i/lac-duong.md": (
        lambda good: good + "\nXem [bài trước](bai-truoc.md).\n",
        "10:17: link-missing",
    ),
    "content/media/ve.svg": (
        lambda _: "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        "1:1: picture-script",
    ),
    "templates/search.html": (lambda _: "<h1>\n{{ title }</h1>\n", "2:1: template-syntax"),
}


@pytest.fixture
def broken_site(site: SiteFolder) -> SiteFolder:
    """Return a site that was built, and in which ten files were broken since."""
    for number, path in enumerate(BROKEN):
        if path.endswith(".md"):
            site.write(path, GOOD.format(number + 1, CATEGORY))
    site.build()
    for number, (path, (break_file, _)) in enumerate(BROKEN.items()):
        site.write(path, break_file(GOOD.format(number + 1, CATEGORY)))
    return site


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return what there is below ``folder`` and beside it: when it was written, and its bytes."""
    paths = [folder, *folder.rglob("*"), *folder.parent.glob(f".{folder.name}.list")]
    found = {}
    for path in paths:
        about = path.stat()
        data = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (about.st_mtime_ns, about.st_ino, data)
    return found


def run(site: SiteFolder, verb: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("sitegen", path=Path(sys.executable).parent)
    assert program
    return subprocess.run(
        [program, "--root", str(site.root), verb, "--jobs", "2"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )


def in_language(site: SiteFolder, language: str) -> SiteFolder:
    path = site.root / "config.yaml"
    text = re.sub("language: .*", f"language: {language}", path.read_text("utf-8"))
    return site.write("config.yaml", text)


@pytest.mark.parametrize("verb", ["build", "check"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_ten_messages_and_the_site_as_it_was(
    language: str, verb: str, broken_site: SiteFolder
) -> None:
    in_language(broken_site, language)
    before = snapshot(broken_site.output)
    done = run(broken_site, verb)
    assert (done.returncode, done.stdout) == (1, "")
    *messages, summary = done.stderr.splitlines()
    assert [" ".join(line.split(" ")[:2]) for line in messages] == [
        f"{path}:{found}" for path, (_, found) in BROKEN.items()
    ]
    assert all(len(line.split(" ", 2)[2]) > len("a word or two") for line in messages)
    assert summary.count("10") == 2
    assert snapshot(broken_site.output) == before


def test_each_language_has_its_own_words_for_the_same_places(broken_site: SiteFolder) -> None:
    said = {
        language: [
            line.split(" ", 2)
            for line in run(in_language(broken_site, language), "check").stderr.splitlines()
        ]
        for language in ("vi", "en")
    }
    pairs = list(zip(said["vi"][:10], said["en"][:10], strict=True))
    assert len(pairs) == 10
    for vietnamese, english in pairs:
        assert vietnamese[:2] == english[:2]
        assert vietnamese[2] != english[2]


def test_mended_files_are_published_at_once(broken_site: SiteFolder) -> None:
    before = snapshot(broken_site.output)
    for number, path in enumerate(BROKEN):
        if path.endswith(".md"):
            broken_site.write(path, GOOD.format(number + 1, CATEGORY))
    broken_site.write("content/media/ve.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    broken_site.write("templates/search.html", "<h1>{{ title }}</h1>\n")
    assert run(broken_site, "build").returncode == 0
    after = snapshot(broken_site.output)
    pages = [path for path in after if path.endswith("index.html") and "tim-kiem" not in path]
    assert len(pages) > 10
    # What did not change was not written again.
    assert all(after[path] == before[path] for path in pages)
