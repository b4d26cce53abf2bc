"""The editors' guide, tried as it is written: its commands, its frame of an article, its pictures.

A newcomer has a site that ``sitegen init`` made, and nothing else.
"""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from PIL import Image

from sitegen.cli.new_site import new_site
from support.guide import GUIDE
from support.site_folder import NOW, SiteFolder

TEXT = GUIDE.read_text("utf-8")
_FENCE = re.compile(r"^( *)```[a-z]*\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_IN_LINE = re.compile(r"`(sitegen [^`\n]+)`")
# Tests of their own run these, and they do not end by themselves or read what is pasted.
ELSEWHERE = ("sitegen serve", "sitegen new --from - ")
# What needs no argument.
ALONE = {"check", "due", "--help"}
ARTICLE = """\
---
title: "Tên bài"
date: 2026-11-20 08:00
category: Hoạt động của cơ sở
author: THU HÀ
tags: [phát triển đảng]
---

Nội dung của bài.
"""


def list_commands() -> Iterator[str]:
    """Yield every command of the guide in its order, each once."""
    found = [
        (fence.start() + number, line.strip())
        for fence in _FENCE.finditer(TEXT)
        for number, line in enumerate(fence[2].splitlines())
        if line.strip().startswith("sitegen ")
    ]
    found += [(each.start(), each[1]) for each in _IN_LINE.finditer(TEXT)]
    in_order = dict.fromkeys(command for _, command in sorted(found))
    return (each for each in in_order if not each.startswith(ELSEWHERE))


@pytest.fixture
def newsroom(tmp_path: Path) -> SiteFolder:
    """Return a new site with what the guide takes for granted: a text, a document, two photos."""
    site = SiteFolder(tmp_path / "kho")
    new_site(site.root, NOW)
    config = (site.root / "config.yaml").read_text("utf-8")
    more = "  - name: Công tác xây dựng Đảng\n"
    assert more in config
    site.write("config.yaml", config.replace(more, f"{more}  - name: Đoàn thể\n"))
    site.write("content/hoat-dong-cua-co-so/2026/ten-bai.md", ARTICLE)
    document = docx.Document()
    document.add_heading("Hội nghị sơ kết", 0)
    document.add_paragraph("Sáng 5/10, Đảng ủy Khối tổ chức hội nghị sơ kết quý III năm 2026.")
    document.add_paragraph("THU HÀ")
    for name in ("bai hoi nghi.docx", "bai.docx"):
        document.save(str(site.root / name))
    photo = Image.new("RGB", (1200, 800), "#9fb8c8")
    photo.save(site.root / "IMG_1235.JPG", "JPEG")
    pytest.importorskip("pillow_heif").register_heif_opener()
    photo.save(site.root / "IMG_1234.HEIC")
    for command in (
        "init -q -b main",
        "add .",
        "-c user.name=a -c user.email=a@example.org commit -q -m Trang",
        "update-ref refs/remotes/origin/main HEAD",
    ):
        subprocess.run(["git", *command.split()], cwd=site.root, check=True)
    return site


def test_each_command_does_what_the_guide_says(newsroom: SiteFolder) -> None:
    tried = []
    for command in list_commands():
        words, _, target = command.partition(" > ")
        if target:
            (newsroom.root / target).parent.mkdir(exist_ok=True)
        program, *arguments = shlex.split(words)
        assert program == "sitegen"
        # Where the guide only names a command, there is nothing to be run.
        named = len(arguments) == 1 and arguments[0] not in ALONE
        if named or "…" in words or arguments == ["new", "--from"]:
            continue
        # The same document once more would be the same article.
        if "bai.docx" in words:
            shutil.rmtree(newsroom.root / "content/media", ignore_errors=True)
        done = subprocess.run(
            [sys.executable, "-m", "sitegen", *arguments],
            cwd=newsroom.root,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, (command, done.stderr)
        if target:
            (newsroom.root / target).write_text(done.stdout, "utf-8")
        tried.append(arguments[0])
    assert {"new", "add", "move", "rename-tag", *ALONE, "schema", "why"} <= {*tried}


def test_the_frame_of_an_article_is_one(newsroom: SiteFolder) -> None:
    """Whoever copies it as it stands, and takes the sign of the photo away, has no error."""
    frame = re.search(r"<!-- khung -->\n```markdown\n(.*?)```", TEXT, re.DOTALL)
    assert frame
    before = newsroom.problems()
    newsroom.write("content/hoat-dong-cua-co-so/2026/khung.md", frame[1])
    assert newsroom.problems() == before
    Image.new("RGB", (1200, 800)).save(newsroom.root / "content/media/le-ket-nap.jpg")
    (newsroom.root / "content/media/anh/2026").mkdir(parents=True)
    shutil.move(
        newsroom.root / "content/media/le-ket-nap.jpg",
        newsroom.root / "content/media/anh/2026/le-ket-nap.jpg",
    )
    newsroom.write(
        "content/hoat-dong-cua-co-so/2026/khung.md", frame[1].replace("# photo", "photo")
    )
    assert newsroom.problems() == before


def test_the_guide_of_a_new_site_has_its_pictures(newsroom: SiteFolder) -> None:
    guide = (newsroom.root / "HUONG-DAN.md").read_text("utf-8")
    named = re.findall(r"!\[[^]]+]\((huong-dan/[^)]+)\)", guide)
    assert named
    assert "pictures/" not in guide
    have = {
        path.relative_to(newsroom.root).as_posix()
        for path in (newsroom.root / "huong-dan").iterdir()
    }
    assert set(named) == have


def test_pictures_of_the_guide_are_small() -> None:
    pictures = [*(GUIDE.parent / "pictures/guide").iterdir()]
    assert max(path.stat().st_size for path in pictures) < 40_000
    assert sum(path.stat().st_size for path in pictures) < 250_000
