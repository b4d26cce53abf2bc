"""Fifty pages in the form of the old portal, as text and as saved HTML, each in its own way.

What they say was written for this. Each comes with what must be found in it.
"""

import html
import unicodedata
from pathlib import Path
from typing import Any

from sitegen.model import Record
from support.photos import photo

COUNT = 50
_CATEGORIES = ("Hoạt động của cơ sở", "Công tác xây dựng Đảng", "Tin trong khối", "Gương sáng")
_PLACES = ("Chi bộ Trường Mầm non Hoa Sen", "Đảng bộ Sở Giao thông", "Chi bộ Thư viện tỉnh")
_DEEDS = (
    "trao huy hiệu cho đảng viên cao tuổi",
    "ra quân dọn bãi biển",
    "mở lớp bồi dưỡng cho quần chúng ưu tú",
    "góp sách cho bản vùng cao",
)
_NAMES = ("HẢI YẾN", "Minh Quân", "T.HÀ", "Lê Thị Bích Ngọc")
# A misprint stays what it is.
_SENTENCES = (
    "Sáng nay các đồng chí có mặt từ rất sớm, mang theo cuốc, xẻng và nước uống cho cả ngày.",
    "Theo kế hoach, mỗi tổ nhận một đoạn đường và làm cho đến khi xong mới nghỉ.",
    "Bà con trong thôn kể rằng con đường này mười năm trước còn lầy lội mỗi khi mưa về.",
    "Đồng chí bí thư chi bộ cho biết số tiền góp được sẽ dùng để mua bàn ghế cho lớp học.",
    "Cuối buổi, mọi người cùng ngồi lại bàn việc của tháng sau, không ai về sớm.",
    "Những việc nhỏ như thế, làm đều tay, thì ai cũng thấy và ai cũng tin.",
)
_SUBHEADINGS = ("Từ một con đường", "Việc của tháng sau", "Bàn ghế cho lớp học")
_HEADER = (
    "Thứ năm, 14/05/2015, 10:06:10",
    "Chào mừng bạn đến với cổng thông tin !",
    " ",
    "  • Site",
    "  • Web",
    "Search",
    "",
)
_ENDS = ("[Trở về]", "Các tin mới hơn:", "Tin liên quan", "In bài viết", "Ý kiến bạn đọc")
_FOOTER = (
    "Các tin cũ hơn:",
    "",
    "Liên kết web",
    "",
    "Lượt truy cập",
    "00003150444",
    "Hôm nay: 205",
)


class OldPage(Record, frozen=True):
    """A page: its file, and what it says. ``year`` is what must be told to it."""

    name: str
    source: bytes
    fields: dict[str, Any]
    words: tuple[str, ...]
    year: int | None = None
    has_photo: bool = False


def make_pages() -> list[OldPage]:
    """Return the pages, always the same."""
    return [_make_page(number) for number in range(COUNT)]


def save_page(page: OldPage, folder: Path) -> Path:
    """Write a page, with its photo beside it, if it has one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / page.name
    path.write_bytes(page.source)
    if page.has_photo:
        (folder / f"{path.stem}.jpg").write_bytes(photo((90 + int(path.stem), 60)))
    return path


def _make_page(number: int) -> OldPage:
    day, month = 1 + number % 28, 1 + number % 12
    title = f"{_PLACES[number % 3]} {_DEEDS[number % 4]} lần thứ {number + 1}"
    category = _CATEGORIES[number % 4]
    stamp, date, views, year = _make_stamp(number, day, month)
    caption = f"Quang cảnh buổi lễ số {number}"
    credit = "" if number % 3 == 1 else _NAMES[number % 4]
    author, author_line = _make_author(number)
    has_caption, has_lead = number % 5 != 4, number % 6 != 5
    is_html = number % 4 == 3
    lead = (
        f"Lần thứ {number + 1}, việc quen mà không cũ: ai cũng góp một tay, từ người già đến trẻ."
    )
    paragraphs = [
        f"{_SENTENCES[(number + step) % 6]} {_SENTENCES[(number + step + 2) % 6]}"
        for step in range(4)
    ]
    subheadings = [_SUBHEADINGS[number % 3], _SUBHEADINGS[(number + 1) % 3]]
    said = f"{caption}. Ảnh: {credit}" if credit else caption
    has_photo = has_caption and number % 2 == 0
    fields = {
        "title": title,
        "category": category,
        "date": date,
        "views": views,
        "lead": lead if has_lead else "",
        "author": (author,) if author else (),
        "caption": f"{caption}." if credit else caption,
        "credit": credit,
        "headings": subheadings,
    }
    if not has_caption:
        fields |= {"caption": "", "credit": ""}
    head = (category, title, *stamp)
    body = (
        lead if has_lead else "",
        said if has_caption else "",
        paragraphs,
        subheadings,
        author_line,
    )
    if is_html:
        text = _write_html(number, head, *body)
        fields["alias"] = f"/Default.aspx?tabid=64&ID={number}"
    else:
        text = _write_text(number, head, *body)
    suffix = "htm" if is_html else "txt"
    words = (title, *paragraphs, *subheadings)
    return OldPage(f"{number:03}.{suffix}", _encode(text, number), fields, words, year, has_photo)


def _make_stamp(  # noqa: PLR0911 (one for each form)
    number: int, day: int, month: int
) -> tuple[tuple[str, ...], str, int | None, int | None]:
    """Return the lines with the day, the date, the views, and the year that is not said."""
    views = 324 + number
    written = f"{day:02}/{month:02}"
    date = f"2023-{month:02}-{day:02}"
    match number % 7:
        case 0:
            return (f"Ngày đăng: 9:34 | {written} Lượt xem: {views}",), f"{date} 09:34", views, 2023
        case 1:
            line = f"Ngày đăng: {written}/2023 9:34 - Lượt xem: 1.{views}"
            return (line,), f"{date} 09:34", 1000 + views, None
        case 2:
            line = f"Cập nhật lúc: 09:34 {written}/2023 ({views} lượt xem)"
            return (line,), f"{date} 09:34", views, None
        case 3:
            lines = (f"Thứ hai, {written}/2023, 09:34", f"Đã xem: {views}")
            return lines, f"{date} 09:34", views, None
        case 4:
            return (f"Ngày đăng: {day}-{month}-2023",), date, None, None
        case 5:
            return (f"Đăng ngày {written}/2023 lúc 2:05 CH",), f"{date} 14:05", None, None
        case _:
            line = f"Ngày đăng: 9h34 | {day}/{month} | Lượt xem: {views}"
            return (line,), f"{date} 09:34", views, 2023


def _make_author(number: int) -> tuple[str, str]:
    name = _NAMES[number % 4]
    match number % 5:
        case 0 | 1:
            return name.upper(), f" {name.upper()}"
        case 2:
            return name, f"Tin, bài: {name}"
        case 3:
            return name, f"Tác giả: {name}"
        case _:
            return "", ""


def _write_text(
    number: int,
    head: tuple[str, ...],
    lead: str,
    caption: str,
    paragraphs: list[str],
    subheadings: list[str],
    author: str,
) -> str:
    category, title, *stamp = head
    lines = [*_HEADER, "Chi tiết tin tức", "", category, "", title, ""]
    lines += [each for line in stamp for each in (line, "")]
    if lead:
        lines += [lead, "", ""]
    if caption:
        # The old portal wrote a caption twice: as the description, and below.
        lines += [caption] if "Ảnh:" in caption and number % 2 else [caption, caption]
    lines += [subheadings[0], "", paragraphs[0], "", paragraphs[1], ""]
    lines += [subheadings[1], "", paragraphs[2], "", paragraphs[3], ""]
    lines += [author, ""] if author else []
    lines += [_ENDS[number % 5], "", *_FOOTER]
    return ("\r\n" if number % 8 == 0 else "\n").join(lines)


def _write_html(
    number: int,
    head: tuple[str, ...],
    lead: str,
    caption: str,
    paragraphs: list[str],
    subheadings: list[str],
    author: str,
) -> str:
    """Return a page as ASP.NET makes it: all of it within a form and a table."""
    category, title, *stamp = head
    said = html.escape(caption)
    shown = f'<img src="{number:03}.jpg" alt="{said}"><div>{said}</div>' if caption else ""
    parts = [f"<p><strong>{each}</strong></p>" for each in subheadings]
    body = "".join(
        (
            f"<div class='lead'><b>{lead}</b></div>" if lead else "",
            shown,
            *(parts[0], f"<p>{paragraphs[0]}</p>", f"<p>{paragraphs[1]}</p>"),
            *(parts[1], f"<p>{paragraphs[2]}</p>", f"<p>{paragraphs[3]}</p>"),
            f"<p style='text-align: right'>{author}</p>" if author else "",
        )
    )
    menu = "".join(f"<li><a href='/muc{each}.aspx'>Mục {each}</a></li>" for each in range(6))
    return (
        f"<!-- saved from url=(0060)http://cu.example.vn/Default.aspx?tabid=64&ID={number} -->\n"
        "<html><head><title>Cổng cũ</title><style>td {}</style></head><body>"
        "<form id='aspnetForm' action='/'><input type='hidden' name='__VIEWSTATE' value='dDwt'>"
        f"<table><tr><td colspan='2'>{_HEADER[0]}</td></tr><tr><td><ul>{menu}</ul></td><td>"
        f"<div>Chi tiết tin tức</div><div>{category}</div><span class='tt'>{title}</span>"
        f"{''.join(f'<div>{each}</div>' for each in stamp)}"
        f"<div>{body}</div><a href='#'>{_ENDS[number % 5]}</a>"
        f"{''.join(f'<p>{each}</p>' for each in _FOOTER if each)}"
        "</td></tr></table></form></body></html>"
    )


def _encode(text: str, number: int) -> bytes:
    match number % 9:
        case 1:
            return text.encode("utf-8-sig")
        case 2:
            return text.encode("utf-16")
        case 3:
            return unicodedata.normalize("NFD", text).encode()
        case _:
            return text.encode()
