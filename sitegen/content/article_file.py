"""An article as its file says it: the fields of its front matter, each with its declaration."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from sitegen.content.declarations import (
    LONGEST_LEAD,
    LONGEST_TITLE,
    TRANSLATIONS,
    Choice,
    Date,
    Flag,
    Name,
    Number,
    OldAddress,
    PhotoGroup,
    Slug,
    SoundFile,
    Values,
    Words,
)
from sitegen.content.settings import Category, Config, NamedSlug
from sitegen.foundation.text import find_nearest, fold, slugify
from sitegen.model import Body, Photo, Record
from sitegen.views import Translation

# A build that remembers every article needs nothing of what reads one.
if TYPE_CHECKING:
    from sitegen.content.fields import Fields


class ArticleFile(Record, frozen=True):
    """One article: its file, where its body is, and the fields that editors write."""

    path: str
    body: Body
    title: Annotated[
        str,
        Words(
            "Tiêu đề bài",
            f"Quá {LONGEST_TITLE} ký tự thì có lời nhắc.",
            required=True,
            longest=LONGEST_TITLE,
        ),
    ]
    date: Annotated[
        datetime,
        Date(
            "Ngày giờ đăng",
            "Dạng năm-tháng-ngày giờ:phút, ví dụ `2026-10-05 08:30`. Chỉ ghi ngày (`2026-10-05`) "
            "cũng được, khi đó bài đăng từ 0 giờ và trang không hiện giờ.",
            required=True,
        ),
    ]
    category: Annotated[
        str,
        Choice(
            "Chuyên mục",
            "Tên một chuyên mục có trong `config.yaml`, ví dụ `Hoạt động của cơ sở`. Viết dạng địa "
            "chỉ (`hoat-dong-cua-co-so`) cũng được.",
            required=True,
        ),
    ]
    author: Annotated[
        tuple[str, ...],
        Name(
            "Tác giả",
            "Nhiều tác giả thì viết `[THU HÀ, MINH QUÂN]`.",
            unless="source",
            many=True,
            single=True,
        ),
    ] = ()
    source: Annotated[
        str,
        Name(
            "Nguồn, khi lấy lại tin bài của nơi khác",
            "Ví dụ `Theo Báo Quảng Nam`. Có thể ghi cả `author` và `source`.",
            unless="author",
        ),
    ] = ""
    lead: Annotated[
        str,
        Words(
            "Sapo",
            "Không có sapo thì danh sách tin dùng đoạn đầu của bài. "
            f"Quá {LONGEST_LEAD} ký tự thì có lời nhắc.",
            longest=LONGEST_LEAD,
        ),
    ] = ""
    dateline: Annotated[
        str,
        Name(
            "Nơi viết tin",
            "Ví dụ `Tam Kỳ`. Hiện trước chữ đầu tiên của sapo, hoặc của bài nếu bài không có sapo.",
        ),
    ] = ""
    photo: Annotated[
        Photo | None,
        PhotoGroup(
            "Ảnh đại diện",
            "Viết `/media/anh/2026/ten-anh.jpg` (ảnh trong `content/media/`), hoặc chỉ tên tệp "
            "`ten-anh.jpg` nếu ảnh nằm cùng thư mục với bài.",
        ),
    ] = None
    audio: Annotated[
        str,
        SoundFile(
            "Bản ghi âm của bài",
            "Tệp MP3 hoặc M4A, ví dụ `/media/am-thanh/ban-tin.mp3`. Nút nghe ở dưới sapo.",
        ),
    ] = ""
    tags: Annotated[
        tuple[str, ...],
        Name(
            "Thẻ, luôn viết thành danh sách",
            "Ví dụ `[xây dựng Đảng, sinh hoạt chi bộ]`. Bài cũ hơn có cùng thẻ hiện ở mục “Tin "
            "liên quan”.",
            many=True,
        ),
    ] = ()
    slug: Annotated[
        str,
        Slug(
            "Đoạn cuối của địa chỉ trang",
            "Gồm chữ cái không dấu, chữ số và dấu gạch nối. Không ghi thì lấy từ tiêu đề.",
        ),
    ] = ""
    updated: Annotated[
        datetime | None,
        Date("Ngày giờ sửa bài sau khi đăng", "Không được trước `date`.", since="date"),
    ] = None
    expires: Annotated[
        datetime | None, Date("Ngày giờ bài tự gỡ khỏi trang", "Phải sau `date`.", after="date")
    ] = None
    draft: Annotated[bool, Flag("Bản nháp", "`true` là chưa đăng. Không ghi là đăng.")] = False
    featured: Annotated[
        bool,
        Flag(
            "Bài nổi bật",
            "`true` là bài ở đầu trang chủ trong 30 ngày đầu, hoặc số ngày mà config.yaml ghi.",
        ),
    ] = False
    aliases: Annotated[
        tuple[str, ...],
        OldAddress(
            "Các địa chỉ cũ của bài",
            "Xem [Đổi địa chỉ](#đổi-địa-chỉ-mà-không-mất-bạn-đọc).",
            many=True,
        ),
    ] = ()
    views: Annotated[int | None, Number("Số lượt xem mang từ cổng cũ sang", "Ví dụ `324`.")] = None
    translations: Annotated[tuple[Translation, ...], TRANSLATIONS] = ()


def complete_article(fields: "Fields", values: Values, config: Config) -> None:
    """Report what is wrong with the author and the category, and find the category's address."""
    from sitegen.content.samples import report_samples
    from sitegen.content.wording import split_items, split_persons

    fields.require_one(("author", "source"), "author-missing")
    _check_names(fields, "author", values["author"], config.authors, split_persons)
    _check_names(fields, "tags", values["tags"], config.tags, split_items)
    if not values["draft"]:
        report_samples(fields, values)
    lead, title = values["lead"], values["title"]
    if lead and len(lead) == len(title) and fold(lead) == fold(title):
        fields.warn_at("lead", "lead-repeated")
    written = values["category"]
    if not written:
        return
    found = find_categories(written, config)
    values["category"] = found[0].path if found else ""
    if not found:
        code, suggested = suggest_category(written, config)
        fields.report_at("category", code, value=written, **suggested)
    elif len(found) > 1:
        addresses = ", ".join(category.path for category in found)
        fields.report_at("category", "category-ambiguous", value=written, addresses=addresses)


def _check_names(
    fields: "Fields",
    field: str,
    names: tuple[str, ...],
    known: tuple[NamedSlug, ...],
    split: Callable[[str], tuple[str, ...]],
) -> None:
    """Warn of names that are written as one, and of one that is written twice.

    What the configuration knows as one name is one.
    """
    repeated = len(names) > 1 and len({*map(str.casefold, names)}) < len(names)
    if not repeated and not any(map(split, names)):
        return
    parts = {name: split(name) for name in names}
    configured = {fold(each.name) for each in known}
    meant: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for name in names:
        if parts[name] and fold(name) not in configured:
            wrong[name] = "names-joined"
        elif fold(name) in meant:
            wrong[name] = "name-repeated"
        for each in parts[name] if wrong.get(name) == "names-joined" else (name,):
            meant.setdefault(fold(each), each)
    from sitegen.content.recovery import write_list

    example = f"{field}: {write_list(meant.values())}"
    for name, code in wrong.items():
        node = fields.find_item(field, name) or fields.written[field]
        fields.warn_on(node, code, value=name, example=example)


def find_categories(written: str, config: Config) -> tuple[Category, ...]:
    """Return the category whose address is ``written``, or else all that have that name or slug."""
    return config.categories_by_name.get(fold(written), ())


def suggest_category(written: str, config: Config) -> tuple[str, dict[str, str]]:
    """Return the code of the problem that no category is called so, and what else it names.

    It names the category that may be meant, or all of them if there is none.
    """
    by_slug = {slugify(category.name): category.name for category in config.every_category()}
    nearest = by_slug.get(find_nearest(slugify(written), by_slug), "")
    if nearest:
        return "category-unknown", {"nearest": nearest}
    return "category-none", {"names": ", ".join(dict.fromkeys(by_slug.values()))}
