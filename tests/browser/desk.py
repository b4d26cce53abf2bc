"""The desk in a browser, with its program from npm: every text of the sample passes through it.

``make audit`` runs this file. It is no part of ``make test``, because the program comes from npm.
The folder that an editor would pick is one that the browser keeps, filled from the site: the desk
reads and writes it as it would any other.
"""

import base64
import difflib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from sitegen.build import Request as BuildRequest
from sitegen.build import build, check
from sitegen.cli.preview import serve_folder
from sitegen.problems import has_errors
from support.site_folder import NOW, REPOSITORY

if not shutil.which("npm") and not os.environ.get("CI"):
    pytest.skip("npm is missing", allow_module_level=True)

PICK = """
window.showDirectoryPicker = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle("site", { create: true });
"""
FILL = """async (files) => {
  const top = await navigator.storage.getDirectory();
  const root = await top.getDirectoryHandle("site", { create: true });
  await root.getDirectoryHandle(".git", { create: true });
  for (const [path, data] of Object.entries(files)) {
    const names = path.split("/");
    let folder = root;
    for (const name of names.slice(0, -1)) {
      folder = await folder.getDirectoryHandle(name, { create: true });
    }
    const file = await folder.getFileHandle(names.at(-1), { create: true });
    const stream = await file.createWritable();
    await stream.write(Uint8Array.from(atob(data), (each) => each.charCodeAt(0)));
    await stream.close();
  }
}"""
READ = """async () => {
  const files = {};
  const walk = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await walk(handle, `${path}${name}/`);
      else {
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        let text = "";
        for (const byte of bytes) text += String.fromCharCode(byte);
        files[path + name] = btoa(text);
      }
    }
  };
  const top = await navigator.storage.getDirectory();
  await walk(await top.getDirectoryHandle("site"), "");
  return files;
}"""
# The machines of CI have few processors for a program of this size.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
LOCAL, SAVE = "Làm việc với kho mã nguồn cục bộ", "Lưu"
AWKWARD = "content/thu/2026/kho.md"
AWKWARD_TEXT = """\
---
title: "Bài khó: nhiều thứ"   # lời bàn
# một ghi chú của ban biên tập
date: 2026-10-05T08:30:15+0700
tags:
  - xây dựng Đảng
  - "sinh hoạt, chi bộ"
category: hoat-dong-cua-co-so
author: 'THU HÀ'
field_of_tomorrow: [giữ, nguyên]
views: 324
draft: false
lead: >-
  Một sapo
  hai dòng.
translations:
- {language: en, title: "Hard: one", url: https://example.org/en/}
---


Đảng là cuộc sống của tôi\\
Mãi mãi đi theo Người.

T.M. BAN THƯỜNG VỤ  \n\
BÍ THƯ

- Chữ *nghiêng* và **đậm** và ***cả hai***, ~~gạch~~
* sao một
    - con một

1) một
2) hai

Ghi chú[^1] ở đây, số 5 * 6 * 7 và a_b_c và 1\\. không, [liên kết](/x/ "tựa") và [tham chiếu][r], https://example.com/a_b_c.

[^1]: Nội dung ghi chú.

[r]: https://example.org/r "R"

> Trích dẫn
> hai dòng
>
> *Tác giả*

![Ảnh](/media/anh/2026/mua-tren-pho.jpg)
*Chú thích nghiêng. Ảnh: A*

[![P](/media/anh/2026/mua-tren-pho.jpg "P của A")](https://www.youtube.com/watch?v=abcdefghijk&t=1m30s)

https://www.youtube.com/watch?v=abcdefghijk

Tiêu đề gạch
------------

| A | B |
|---|--:|
| 1 | 2 \\| 3 |

<div class="x">html <b>đậm</b></div>

<!-- lời chú -->

```
mã  có   khoảng
```

Cuối cùng &amp; hết

Mục
:   định nghĩa
"""

Save = Callable[[], None]
Files = dict[str, bytes]


def sitegen(root: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sitegen", "--root", str(root), *arguments]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample site with the program of the desk, as an engineer puts it there."""
    root = tmp_path_factory.mktemp("desk")
    for name in ("content", "templates"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "config.yaml", root)
    with sitegen(root, "desk", "--install") as installing:
        assert installing.wait() == 0
    return root


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return where ``sitegen desk`` says that the desk is."""
    with sitegen(site, "desk", "--port", "0") as server:
        assert server.stdout
        found = re.search(r"http://\S+/admin/", server.stdout.readline())
        assert found
        yield found[0]
        server.terminate()


@pytest.fixture
def before(site: Path) -> Files:
    files = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted((site / "content").rglob("*"))
        if path.is_file()
    }
    return files | {AWKWARD: AWKWARD_TEXT.encode()}


@pytest.fixture
def faults() -> list[str]:
    """Return what browsers complain of, and what they ask of other hosts."""
    return []


@pytest.fixture
def context(browser: Browser, address: str, faults: list[str]) -> Iterator[BrowserContext]:
    with browser.new_context(
        # What is far below is only made when somebody scrolls there.
        viewport={"width": 1280, "height": 6000},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
    ) as opened:
        opened.set_default_timeout(PATIENCE)
        opened.add_init_script(PICK)
        own = address.removesuffix("admin/")

        def note(request: Request) -> None:
            if not request.url.startswith((own, "data:", f"blob:{own}")):
                faults.append(request.url)

        opened.on("request", note)
        opened.on("weberror", lambda error: faults.append(str(error.error)))
        opened.on(
            "console",
            lambda told: (
                faults.append(told.text)
                if told.type == "error" and "favicon" not in told.location["url"]
                else None
            ),
        )
        yield opened


@pytest.fixture
def page(context: BrowserContext, address: str, before: Files) -> Page:
    """Return the desk with the folder of the site open."""
    opened = context.new_page()
    opened.goto(f"{address}desk.json")
    opened.evaluate(FILL, {name: base64.b64encode(data).decode() for name, data in before.items()})
    opened.goto(address)
    opened.get_by_role("button", name=LOCAL).click()
    expect(opened.get_by_role("navigation", name="Nội dung")).to_be_visible()
    return opened


def read(page: Page) -> Files:
    return {name: base64.b64decode(data) for name, data in page.evaluate(READ).items()}


def open_text(page: Page, collection: str, entry: str) -> None:
    """Open a text from the list of its collection, to which saving leads back."""
    go(page, f"#/collections/{collection}")
    expect(page.get_by_role("button", name=SAVE, exact=True)).to_have_count(0)
    go(page, f"#/collections/{collection}/{entry}")
    expect(page.get_by_role("button", name=SAVE, exact=True)).to_be_visible()
    expect(field(page, "body").locator("[data-lexical-editor]")).to_be_visible()


def go(page: Page, place: str) -> None:
    page.evaluate("(place) => { location.hash = place; }", place)


def field(page: Page, name: str) -> Any:
    return page.locator(f'section[data-key-path="{name}"]')


def save(page: Page) -> None:
    page.get_by_role("button", name=SAVE, exact=True).click()
    page.wait_for_url(lambda url: not re.search(r"/(entries|new)", url))


def texts_of(files: Files) -> Files:
    return {name: data for name, data in files.items() if name.endswith(".md")}


def find_form(path: str) -> tuple[str, str, str]:
    """Return the collection of a text, its name there, and the field that names it."""
    for folder, title in (("pages", "title"), ("people", "name")):
        if path.startswith(f"content/{folder}/"):
            collection = "page" if folder == "pages" else folder
            return collection, path.removeprefix(f"content/{folder}/").removesuffix(".md"), title
    return "moi-bai", path.removeprefix("content/").removesuffix(".md"), "title"


def list_changes(before: Files, after: Files) -> dict[str, list[str]]:
    """Return the lines that went (``-``) and came (``+``), file by file."""
    changes: dict[str, list[str]] = {}
    for name in before.keys() | after.keys():
        old, new = (files.get(name, b"").decode().split("\n") for files in (before, after))
        lines = [line for line in difflib.ndiff(old, new) if line[0] in "+-"]
        changes |= {name: lines} if lines else {}
    return changes


def publish(site: Path, files: Files, tmp_path: Path) -> Path:
    """Check and build what the desk wrote, and return the output."""
    root = tmp_path / "written"
    shutil.copytree(site / "templates", root / "templates")
    shutil.copy(site / "config.yaml", root)
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    (root / AWKWARD).unlink(missing_ok=True)
    request = BuildRequest(root, root / "output", NOW, jobs=2)
    assert not has_errors(check(request))
    build(request)
    return root / "output"


def test_every_text_is_saved_with_its_title_changed_alone(
    page: Page, site: Path, before: Files, tmp_path: Path, faults: list[str]
) -> None:
    texts = [name for name in before if name.endswith(".md")]
    assert len(texts) > 80
    for name in texts:
        collection, entry, title = find_form(name)
        open_text(page, collection, f"entries/{entry}")
        named = field(page, title).locator("input")
        named.fill(f"{named.input_value()}, bản mới")
        save(page)
    after = read(page)
    changes = list_changes(texts_of(before), texts_of(after))
    assert sorted(changes) == sorted(texts)
    for name, lines in changes.items():
        old, new = lines
        assert old.startswith(("- title: ", "- name: ")), name
        # Quotes stand where the new words need them.
        assert re.sub("[\"']", "", new[2:].replace(", bản mới", "")) == re.sub("[\"']", "", old[2:])
    others = {name for name in before if not name.endswith(".md")}
    assert all(after[name] == before[name] for name in others)
    publish(site, after, tmp_path)
    assert not faults


def test_an_edit_is_all_that_changes(page: Page, site: Path, before: Files, tmp_path: Path) -> None:
    name = "content/nghien-cuu-trao-doi/2026/ba-lop-nghia-cua-mot-cuoc-hop-chi-bo.md"
    open_text(page, "muc-nghien-cuu-trao-doi", "entries/" + name[8:-3])
    field(page, "photo_caption").locator("textarea").fill("Chú thích mới: sau phiên họp.")
    field(page, "date").locator("input").fill("2026-09-01T06:45")
    field(page, "body").locator("[data-lexical-editor] p").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Câu mới.")
    save(page)
    after = read(page)
    ((changed, lines),) = list_changes(texts_of(before), texts_of(after)).items()
    assert changed == name
    came = [line[2:] for line in lines if line[0] == "+"]
    went = [line[2:] for line in lines if line[0] == "-"]
    assert came[:2] == [
        "date: 2026-09-01 06:45",
        'photo_caption: "Chú thích mới: sau phiên họp."',
    ]
    assert [line.partition(":")[0] for line in went[:2]] == ["date", "photo_caption"]
    assert came[2:] == [f"{went[2]} Câu mới."]
    assert len(went) == 3
    publish(site, after, tmp_path)


def test_an_awkward_text_is_edited_as_markdown(page: Page, before: Files) -> None:
    open_text(page, "muc-hoat-dong-cua-co-so", "entries/thu/2026/kho")
    field(page, "body").get_by_role("button", name="Chỉnh sửa bằng Markdown").click()
    body = field(page, "body").locator("textarea")
    expect(body).to_be_visible()
    body.fill(body.input_value().replace("Nội dung ghi chú.", "Nội dung \\*khác\\*."))
    field(page, "author").get_by_role("button", name="Thêm").click()
    field(page, "author").locator("input").last.fill("MINH QUÂN")
    save(page)
    (lines,) = list_changes(texts_of(before), texts_of(read(page))).values()
    went, came = ([line[2:] for line in lines if line[0] == sign] for sign in "-+")
    assert [line[:12] for line in went] == ["author: 'THU", "Ghi chú[^1] ", "[^1]: Nội du"]
    assert came[0] == "author: [THU HÀ, MINH QUÂN]"
    # This is what rich text made of it when the text was opened.
    assert came[1].replace("\\*", "*") == went[1].replace("1\\.", "1.")
    assert came[2:] == ["[^1]: Nội dung \\*khác\\*."]


def test_an_article_is_written_with_a_photo_from_a_telephone(
    page: Page, site: Path, before: Files, tmp_path: Path, faults: list[str]
) -> None:
    photo = tmp_path / "Ảnh Hội nghị (1).JPG"
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    exif.get_ifd(0x8825)[1] = "N"
    Image.effect_noise((4000, 1500), 60).convert("RGB").save(photo, exif=exif)
    go(page, "#/collections/muc-doan-the/new")
    field(page, "title").locator("input").fill("Đoàn viên hiến máu: 120 đơn vị máu")
    field(page, "date").locator("input").fill("2026-11-20T07:05")
    field(page, "author").locator("input").fill("THU HÀ")
    field(page, "lead").locator("textarea").fill("Sáng 20/11, Đoàn Khối tổ chức hiến máu.")
    field(page, "photo").locator("input[type=file]").first.set_input_files(photo)
    # It is made smaller first, which takes a while.
    expect(field(page, "photo").locator("img")).to_be_visible()
    field(page, "photo_caption").locator("textarea").fill("Đoàn viên chờ đến lượt.")
    editor = field(page, "body").locator("[data-lexical-editor]")
    editor.click()
    page.keyboard.type("Đoạn thứ nhất.")
    page.keyboard.press("Enter")
    page.keyboard.type("Đoạn thứ hai.")
    save(page)
    after = read(page)
    year = str(page.evaluate("new Date().getFullYear()"))
    picture, text = sorted(after.keys() - before.keys(), key=lambda name: name.endswith(".md"))
    assert picture == f"content/media/anh/{year}/anh-hoi-nghi-1.webp"
    assert text == f"content/doan-the/{year}/doan-vien-hien-mau-120-don-vi-mau.md"
    assert after[text].decode() == (
        "---\n"
        'title: "Đoàn viên hiến máu: 120 đơn vị máu"\n'
        "date: 2026-11-20 07:05\n"
        "category: Đoàn thể\n"
        "author: THU HÀ\n"
        "lead: Sáng 20/11, Đoàn Khối tổ chức hiến máu.\n"
        f"photo: /media/anh/{year}/anh-hoi-nghi-1.webp\n"
        "photo_caption: Đoàn viên chờ đến lượt.\n"
        "---\n"
        "Đoạn thứ nhất.\n\nĐoạn thứ hai.\n"
    )
    with Image.open(io.BytesIO(after[picture])) as kept:
        assert (max(kept.size), dict(kept.getexif())) == (3000, {})
    assert {name: after[name] for name in before} == before
    output = publish(site, after, tmp_path)
    made = output / "doan-the/2026/11/doan-vien-hien-mau-120-don-vi-mau/index.html"
    assert "anh-hoi-nghi-1.webp" in made.read_text("utf-8")
    assert not faults


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("author", "", "Phải có “Tác giả” hoặc “Nguồn"),
        ("photo_caption", "", "Có “Ảnh đại diện” thì phải có “Chú thích ảnh”."),
        ("expires", "2020-01-01T00:00", "“Ngày giờ bài tự gỡ khỏi trang” phải sau"),
        ("slug", "Có Dấu", "Chỉ gồm chữ cái không dấu"),
        ("title", "", "bắt buộc"),
    ],
)
def test_what_check_would_refuse_is_not_saved(
    page: Page, before: Files, name: str, value: str, told: str
) -> None:
    open_text(
        page, "muc-tin-tuc-su-kien", "entries/tin-tuc-su-kien/2025/tong-ket-cong-tac-nam-2025"
    )
    if name == "author":
        field(page, name).locator("input").fill("")
    else:
        field(page, name).locator("input:not([type=hidden]), textarea").first.fill(value)
    page.get_by_role("button", name=SAVE, exact=True).click()
    expect(page.get_by_text(told).first).to_be_visible()
    assert read(page) == before


def test_the_published_desk_asks_only_its_own_host_and_that_of_the_texts(
    site: Path, browser: Browser, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    config = (site / "config.yaml").read_text("utf-8")
    desk = "desk:\n  host: gitlab\n  repository: a/b\n  client: abc\n  review: true\n"
    root = tmp_path / "site"
    shutil.copytree(site, root, ignore=shutil.ignore_patterns(".sitegen"))
    (root / "config.yaml").write_text(config + desk, "utf-8")
    build(BuildRequest(root, output, NOW, jobs=2))
    asked = []
    with serve_folder(output, 0, "", None) as served, browser.new_context(locale="vi-VN") as opened:
        # What the policy stops never leaves the browser.
        opened.on("requestfinished", lambda request: asked.append(request.url))
        page = opened.new_page()
        page.goto(f"{served}admin/")
        expect(page.get_by_role("button", name="GitLab").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        elsewhere = [url for url in asked if not url.startswith((served, "data:", "blob:"))]
        assert elsewhere == []
        policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        assert policy
        assert "connect-src 'self' blob: data: https://gitlab.com" in policy
