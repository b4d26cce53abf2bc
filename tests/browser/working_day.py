"""The pictures of the editors' guide: pages of hosts, and the work of a day in six pictures.

``make pictures`` makes them anew. Pages of hosts are drawn, because they are not ours to show:
where the buttons are is enough. The day is a real one: a new site, its commands, its pages in
Chromium.
"""

import html
import io
import os
import re
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from support.site_folder import REPOSITORY

GUIDE = REPOSITORY / "docs" / "pictures" / "guide"
NOW = "2026-11-23 08:30"
TITLE = "Chi bộ Thư viện kết nạp đảng viên mới"
ARTICLE = "content/hoat-dong-cua-co-so/2026/chi-bo-thu-vien-ket-nap-dang-vien-moi.md"
PAGE = "hoat-dong-cua-co-so/2026/11/chi-bo-thu-vien-ket-nap-dang-vien-moi/"
LEAD = "Sáng 23/11, Chi bộ Thư viện tỉnh tổ chức lễ kết nạp hai đảng viên mới."
BODY = "Hai đảng viên mới là cán bộ trẻ của Phòng Bạn đọc.\n\n## Những việc đã làm\n\nChi bộ…"
_WIDTH, _QUALITY = 720, 70


class Drawing:
    """A page of a host as a plain drawing: boxes, words, and numbers where to press."""

    def __init__(self, name: str, height: int) -> None:
        self._height = height
        self._parts = [
            _box(0, 0, _WIDTH, height, "#fffdf8", "#8a857c"),
            _box(0, 0, _WIDTH, 34, "#efe9dd"),
        ]
        self._parts += [_write(14, 22, name, weight=600)]

    def box(
        self, x: int, y: int, width: int, height: int, text: str = "", *, strong: bool = False
    ) -> "Drawing":
        """Add a box with a text in its midst; what is to be pressed is strong."""
        fill, colour = ("#b3141b", "#ffffff") if strong else ("#ffffff", "#231f1c")
        self._parts.append(_box(x, y, width, height, fill, "#b9b2a6"))
        if text:
            self._parts.append(
                _write(x + width // 2, y + height // 2 + 5, text, colour=colour, anchor="middle")
            )
        return self

    def words(self, x: int, y: int, *lines: str) -> "Drawing":
        """Add lines of text."""
        self._parts += [_write(x, y + 20 * number, line) for number, line in enumerate(lines)]
        return self

    def number(self, x: int, y: int, number: int) -> "Drawing":
        """Add the number of a step."""
        circle = f'<circle cx="{x}" cy="{y}" r="12" fill="#e3a008"/>'
        self._parts += [circle, _write(x, y + 5, str(number), weight=600, anchor="middle")]
        return self

    def save(self, name: str, description: str) -> None:
        """Write it as SVG."""
        size = f'viewBox="0 0 {_WIDTH} {self._height}" width="{_WIDTH}" height="{self._height}"'
        space = 'xmlns="http://www.w3.org/2000/svg"'
        head = f'<svg {space} {size} font-family="sans-serif" font-size="15">'
        title = f"<title>{html.escape(description)}</title>"
        text = "\n".join([head, title, *self._parts, "</svg>", ""])
        (GUIDE / f"{name}.svg").write_text(text, "utf-8")


def _box(x: int, y: int, width: int, height: int, fill: str, line: str = "none") -> str:
    place = f'x="{x}" y="{y}" width="{width}" height="{height}"'
    return f'<rect {place} rx="5" fill="{fill}" stroke="{line}"/>'


def _write(
    x: int, y: int, text: str, colour: str = "#231f1c", weight: int = 400, anchor: str = "start"
) -> str:
    place = f'x="{x}" y="{y}" fill="{colour}" font-weight="{weight}" text-anchor="{anchor}"'
    return f"<text {place}>{html.escape(text)}</text>"


def draw_hosts() -> None:
    """Draw where the buttons of GitHub and GitLab are."""
    folder = "kho-bai / content / hoat-dong-cua-co-so / 2026"
    (
        Drawing("GitHub: thêm tệp vào thư mục", 190)
        .words(20, 70, folder)
        .box(560, 50, 130, 32, "Add file ▾", strong=True)
        .number(548, 50, 1)
        .box(540, 90, 150, 30, "Create new file")
        .number(528, 105, 2)
        .box(540, 124, 150, 30, "Upload files")
        .words(20, 112, "Create new file: viết bài mới.", "Upload files: đưa ảnh, tài liệu lên.")
        .save(
            "github-them-tep",
            "Trên GitHub, nút Add file ở góc phải có Create new file và Upload files.",
        )
    )
    (
        Drawing("GitHub: viết bài", 260)
        .box(20, 50, 420, 32, "2026 / chi-bo-thu-vien-ket-nap.md")
        .number(20, 50, 1)
        .box(530, 50, 170, 32, "Commit changes…", strong=True)
        .number(518, 50, 3)
        .box(20, 94, 680, 150)
        .number(20, 94, 2)
        .words(
            40,
            124,
            "---",
            'title: "Chi bộ Thư viện kết nạp đảng viên mới"',
            "date: 2026-11-23 08:30",
        )
        .words(40, 184, "category: Hoạt động của cơ sở", "…")
        .save("github-viet-bai", "Tên tệp ở trên, nội dung ở giữa, nút Commit changes ở góc phải.")
    )
    (
        Drawing("GitHub: gửi bài để kiểm tra", 250)
        .words(50, 66, "Commit message")
        .box(30, 76, 640, 30, "Thêm bài Chi bộ Thư viện kết nạp đảng viên mới")
        .number(30, 76, 1)
        .words(56, 136, "○  Commit directly to the main branch   (đăng ngay)")
        .words(56, 164, "●  Create a new branch … and start a pull request   (để kiểm tra trước)")
        .number(38, 158, 2)
        .box(500, 192, 170, 34, "Propose changes", strong=True)
        .number(488, 192, 3)
        .save("github-gui-bai", "Chọn Create a new branch rồi bấm Propose changes.")
    )
    (
        Drawing("GitHub: kết quả kiểm tra của một đề nghị (pull request)", 250)
        .box(20, 50, 680, 60)
        .words(40, 76, "✗  site: có lỗi. Mở thẻ Files changed để thấy lỗi ngay dưới dòng sai.")
        .words(40, 98, "✓  site: không có lỗi. Bài đăng được.")
        .number(20, 50, 1)
        .box(20, 126, 680, 60)
        .words(
            40,
            150,
            "category: Hoạt động cơ sở",
            "↳ không có chuyên mục này; có phải định viết `Hoạt động của cơ sở`?",
        )
        .box(490, 200, 210, 34, "Merge pull request", strong=True)
        .number(478, 200, 2)
        .save("github-kiem-tra", "Dấu đúng hoặc sai của bản kiểm tra, và nút Merge pull request.")
    )
    (
        Drawing("GitLab: thêm tệp, gửi bài", 260)
        .words(20, 70, folder)
        .box(450, 50, 40, 32, "+ ▾", strong=True)
        .number(438, 50, 1)
        .box(500, 50, 200, 32, "New file / Upload file")
        .words(20, 120, "Commit message:  Thêm bài Chi bộ Thư viện…")
        .words(20, 148, "Target branch:  bai-thu-vien   (để kiểm tra trước; main là đăng ngay)")
        .number(24, 172, 2)
        .words(44, 178, "☑  Create a merge request for this change")
        .box(20, 200, 180, 34, "Commit changes", strong=True)
        .number(12, 217, 3)
        .box(520, 200, 180, 34, "Merge", strong=True)
        .number(508, 200, 4)
        .save(
            "gitlab",
            "Trên GitLab, dấu cộng có New file, Upload file; rồi bấm Commit changes, Merge.",
        )
    )


def run(site: Path, *words: str) -> str:
    """Return what a command line shows: the command, and what it prints."""
    command = [sys.executable, "-m", "sitegen", "--root", str(site), *words]
    # No year of a picture depends on the day on which it was taken.
    dated = [*command, "--now", NOW] if words[0] in {"init", "new", "add", "check"} else command
    environment = {**os.environ, "VISUAL": "", "EDITOR": "", "NO_COLOR": "1", "COLUMNS": "100"}
    done = subprocess.run(
        dated, capture_output=True, text=True, check=False, env=environment, timeout=120
    )
    said = (done.stdout + done.stderr).strip()
    return f"$ sitegen {shlex.join(words).replace(chr(39), chr(34))}\n{said}"


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """Preview a site, and yield its address."""
    command = [sys.executable, "-u", "-m", "sitegen", "--root", str(site), "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, "--drafts", "--now", NOW], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        lines = iter(process.stderr.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"http://[^ ]+/", line)))
        # Whatever it says later, nobody waits for a reader.
        threading.Thread(target=lambda: [*lines], daemon=True).start()
        yield address
        process.terminate()


def show(browser: Browser, name: str, address: str, width: int = 1000, height: int = 620) -> None:
    """Save what a window shows."""
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.clock.set_fixed_time(f"{NOW.replace(' ', 'T')}:00+07:00")
    page.goto(address)
    page.wait_for_timeout(1500)
    picture = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    scale = min(1.0, 800 / width)
    small = picture.resize((round(width * scale), round(height * scale)), Image.Resampling.LANCZOS)
    small.convert("RGB").save(GUIDE / f"{name}.webp", quality=_QUALITY, method=6)


def show_terminal(browser: Browser, name: str, texts: Sequence[str]) -> None:
    """Save what a terminal shows."""
    page = browser.new_page(viewport={"width": 1000, "height": 60})
    style = "margin:0;padding:16px;background:#1d1a17;color:#f3ece0;font:15px/1.6 monospace;"
    style += "white-space:pre-wrap"
    written = html.escape("\n\n".join(texts))
    page.set_content(
        f"<body style='margin:0'><pre style='{style};white-space:pre-wrap'>{written}</pre>"
    )
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    page.close()
    small = picture.resize((800, round(picture.height * 0.8)), Image.Resampling.LANCZOS)
    small.convert("RGB").save(GUIDE / f"{name}.webp", quality=_QUALITY, method=6)


def draw_photo(path: Path) -> None:
    """Draw what stands for a photo of a telephone."""
    picture = Image.new("RGB", (2400, 1600), "#9fb8c8")
    drawn = ImageDraw.Draw(picture)
    drawn.rectangle((0, 1000, 2400, 1600), fill="#7c5b3f")
    drawn.rectangle((200, 120, 2200, 420), fill="#b3141b")
    for number in range(6):
        left = 250 + number * 330
        drawn.ellipse((left + 60, 620, left + 200, 780), fill="#e8c39e")
        drawn.rectangle((left, 780, left + 260, 1300), fill="#f2efe8" if number % 2 else "#2f4a6b")
    picture.save(path, quality=90)


def write_article(path: Path, *, category: str, draft: bool) -> None:
    """Write the article of the day, as far as it has come."""
    lines = (
        *("---", f'title: "{TITLE}"', f"date: {NOW}", f"category: {category}"),
        *("slug: chi-bo-thu-vien-ket-nap-dang-vien-moi", "author: THU HÀ", f"lead: {LEAD}"),
        *("photo: /media/anh/2026/le-ket-nap.jpg", "photo_caption: Lễ kết nạp đảng viên mới."),
        *(["draft: true"] if draft else []),
        *("---", "", BODY, ""),
    )
    path.write_text("\n".join(lines), "utf-8")


def take_day(browser: Browser, folder: Path) -> None:
    """Take the pictures of a day: begin, photo, a mistake, mended, published."""
    site, photo = folder / "cong", folder / "Lễ kết nạp.jpg"
    made = ("--title", "Cổng thông tin điện tử Đảng bộ tỉnh", "--url", "https://dang-bo.example.vn")
    run(site, "init", str(site), *made, "--body", "Đảng bộ tỉnh")
    draw_photo(photo)
    begun = run(site, "new", TITLE, "--category", "Hoạt động của cơ sở", "--author", "THU HÀ")
    added = run(site, "add", str(photo)).replace(f"{folder}/", "")
    show_terminal(browser, "ngay-1-tao-bai", [begun, added])
    for sample in (site / "content/tin-tuc-su-kien").rglob("*.md"):
        sample.unlink()
    article = site / ARTICLE
    write_article(article, category="Hoạt động của cơ sở", draft=True)
    with serve(site) as address:
        show(browser, "ngay-2-xem-thu", address + PAGE)
        write_article(article, category="Hoạt động cơ sở", draft=True)
        # The preview is built again within this time.
        time.sleep(3)
        show(browser, "ngay-3-trang-bao-loi", address + PAGE)
    wrong = run(site, "check")
    write_article(article, category="Hoạt động của cơ sở", draft=False)
    show_terminal(browser, "ngay-4-kiem-tra", [wrong, run(site, "check")])
    with serve(site) as address:
        show(browser, "ngay-5-trang-chu", address)
        show(browser, "ngay-6-dien-thoai", address + PAGE, 390, 760)


def take_guide(browser: Browser, folder: Path) -> None:
    """Make every picture of the guide anew."""
    GUIDE.mkdir(exist_ok=True)
    draw_hosts()
    take_day(browser, folder)
