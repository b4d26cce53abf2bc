"""Pages of old portals, saved as text or as HTML: what on them is the text, and what it is called.

The form is that of portals of party committees and offices: the category, the title, a line with
the day and the number of views, the lead, photos with their captions, paragraphs with short lines
as subheadings, the author, and lists of other texts. Whatever else is on the page is left out.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from sitegen.foundation.dates import parse_date
from sitegen.foundation.files import read_file
from sitegen.foundation.meant_dates import suggest_date
from sitegen.foundation.text import fold, normalise
from sitegen.importing.article_parts import could_be_subheading, find_parts, is_credit, split_credit
from sitegen.importing.blocks import Block, Run
from sitegen.importing.html_blocks import read_part
from sitegen.importing.legacy_encodings import convert, is_unicode, recognise_paragraphs
from sitegen.importing.notes import Note
from sitegen.importing.old_texts import OldPhoto, OldText, make_key, read_path
from sitegen.importing.page_metadata import Metadata, read_metadata
from sitegen.importing.web_files import WebPage, decode, is_markup
from sitegen.model import Record
from sitegen.problems import UsageError, mark

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic")
_SHORTEST_LEAD = 60
_LONGEST_STAMP = 160
_LONGEST_CATEGORY = 80
_LONGEST_CAPTION = 300
_LONGEST_SUBHEADING = 110
_LONGEST_END = 45
_ABOVE = 6
_FIRST_YEAR = 1997
_WIDE = 2
_MARKER = re.compile(
    r"(?:chi tiết (?:tin tức|tin bài|tin|bài viết)|(?:tin tức|tin|bài viết) chi tiết"
    r"|nội dung (?:chi tiết|bài viết|tin))\s*:?",
    re.IGNORECASE,
)
_LABEL = (
    r"(?:ngày (?:đăng|cập nhật|viết|gửi|tạo)|(?:đăng|cập nhật|gửi)(?: lần cuối)?"
    r"(?: lúc| ngày| vào)?"
    r"|thời gian(?: đăng)?|ngày)"
)
_DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*(?:\d{4}|\d\d))?(?!\d)"
_STAMP = re.compile(rf"\W*{_LABEL}(?: tin| bài)?\s*:?.{{0,40}}?{_DAY}", re.IGNORECASE)
_BARE_STAMP = re.compile(
    rf"\W*(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\W+)?(?:\d{{1,2}}[:hg]\d\d\W+)?{_DAY}"
    r"(?:\W+\d{1,2}[:hg]\d\d(?::\d\d)?(?:\s*(?:SA|CH|AM|PM))?)?(?:\s*\(?GMT\s?\+7\)?)?"
    r"(?:\W+(?:số )?lượt (?:xem|đọc)\W+[\d.,]+)?\W*",
    re.IGNORECASE,
)
_VIEWS = (
    re.compile(
        r"(?:(?:số )?(?:lượt|lần) (?:xem|đọc)(?: bài| tin)?|đã xem|views?)\s*[:(]?\s*"
        r"(?P<number>\d[\d.,]*)",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<number>\d[\d.,]*)\s*(?:lượt (?:xem|đọc)|views?)", re.IGNORECASE),
)
_DAY_AND_MONTH = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?![\d/-])")
_CLOCK = re.compile(r"\d{1,2}\s*[:hg]\s*\d\d(?::\d\d)?(?:\s*(?:SA|CH|AM|PM)\b)?", re.IGNORECASE)
_END = re.compile(
    r"\W*(?:trở về|quay lại|quay về|về trang trước|lên đầu trang|về đầu trang|đầu trang"
    r"|in (?:trang|bài viết|bài|tin)(?: này)?|bản in|gửi (?:email|mail|bài viết|cho bạn bè)"
    r"|(?:các )?(?:tin|bài)(?: tức| viết| bài)? (?:mới hơn|cũ hơn|mới nhất|khác|đã đưa|đã đăng"
    r"|liên quan|cùng chuyên mục|cùng loại|cùng thể loại|mới|cũ)(?: hơn)?"
    r"|xem thêm|đọc nhiều(?: nhất)?"
    r"|ý kiến (?:bạn đọc|của bạn|phản hồi)|bình luận(?: của bạn)?|gửi (?:ý kiến|phản hồi|bình luận)"
    r"|liên kết web(?:site)?|lượt truy cập|thống kê truy cập|chia sẻ(?: bài viết)?"
    r"|các ý kiến.*)\W*",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"(?:in|print|email|facebook|twitter|zalo|chia sẻ|share|tweet|cỡ chữ|font size|a[-+]?"
    r"|nghe đọc bài|nghe bài viết|in bài viết|gửi email|gửi mail|lưu bài|like|\W*)",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"\s*(?:»|>|\u203a|/|→|\|)\s*")
_HOME = re.compile(r"(?:trang chủ|home|trang nhất|site|web|bạn đang ở.*)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;,][\s'\"”’)\]]*$")
_PERIOD = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-–—]\s*(?:19|20)\d\d(?!\d)")
_MENTION = re.compile(
    r"(?:(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-]|tháng\s+(?P<named>\d{1,2})\s+năm\s+"
    r"|(?P<year_alone>năm\s+))(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"(?:đến|tới|hết|trước|vào)\s+(?:hết\s+|cuối\s+)?$", re.IGNORECASE)
_NO_YEAR = mark("The day {day} has no year: give it with --year, or in the draft.")
_SPACE = Block("space")


class Surroundings(Record, frozen=True):
    """What pages are read with: the ``year`` that was said, the zone, and the present."""

    zone: ZoneInfo
    now: datetime
    year: int | None = None


class _Page(Record, frozen=True):
    """A page as blocks, with what it says of itself."""

    blocks: tuple[Block, ...]
    is_text: bool = False
    metadata: Metadata = Metadata()
    pictures: dict[str, bytes] = {}
    footnotes: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()


def read_old_page(path: Path, origin: str, around: Surroundings) -> OldText:
    """Return the text on a page that was saved as a file."""
    source = read_file(path)
    page = _open(source, path)
    return _take_apart(page, path, origin, make_key(source), around)


def is_article(text: OldText) -> bool:
    """Tell whether a page holds one article: it says when it was published, or the day of it."""
    return text.date is not None or any(each.text == _NO_YEAR for each in text.notes)


def _open(source: bytes, path: Path) -> _Page:
    text = normalise(decode(source)).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UsageError("document-empty", path=path.name)
    if path.suffix.lower() == ".txt" and not is_markup(text):
        return _open_text(text, path)
    web = WebPage(source, path.name, path.parent)
    encoding = web.find_encoding()
    page = web.convert(encoding)
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page.html, "html.parser")
    metadata = read_metadata(soup, text[:100_000])
    reading = read_part(soup, _find_main(soup))
    pictures = {address: each.source for address, each in page.pictures.items()}
    return _Page(
        tuple(_normalise(each) for each in reading.blocks),
        metadata=metadata,
        pictures=pictures,
        footnotes=reading.footnotes,
        notes=(*reading.notes, *_tell_encoding(encoding)),
    )


def _find_main(soup: "BeautifulSoup") -> "Tag":
    """Return the one part of a page that says to be its text, or all of it."""
    for found in (
        soup.find_all(re.compile("."), attrs={"itemprop": "articleBody"}),
        soup.find_all("article"),
        soup.find_all("main"),
    ):
        if len(found) == 1 and not _has_stamp_outside(soup, found[0].get_text(" ")):
            return found[0]
    return soup


def _has_stamp_outside(soup: "BeautifulSoup", inside: str) -> bool:
    text = soup.get_text("\n")
    return any(
        _is_stamp(line) and line.strip() not in inside for line in text.split("\n") if line.strip()
    )


def _open_text(text: str, path: Path) -> _Page:
    lines = text.split("\n")
    encoding = recognise_paragraphs(lines)
    if encoding:
        lines = [each if is_unicode(each) else convert(each, encoding) for each in lines]
    blocks: list[Block] = []
    empty = 0
    for line in lines:
        words = " ".join(line.split())
        if not words:
            empty += 1
            continue
        if empty >= _WIDE and blocks:
            blocks.append(_SPACE)
        empty = 0
        blocks.append(Block("paragraph", runs=(Run(words),)))
    beside = {f"beside:{each.name}": read_file(each) for each in _list_pictures(path)}
    told = _tell_encoding(encoding)
    return _Page(tuple(blocks), is_text=True, pictures=beside, notes=told)


def _list_pictures(path: Path) -> list[Path]:
    """Return the pictures beside a text that are named as it is: ``3.jpg``, ``3-2.jpg``."""
    named = re.compile(rf"{re.escape(path.stem)}(?:[-_. ]\d+)?$")
    return sorted(
        each
        for each in path.parent.iterdir()
        if each.suffix.lower() in PICTURES and named.fullmatch(each.stem) and each.is_file()
    )


def _tell_encoding(encoding: str) -> tuple[Note, ...]:
    text = mark("The text was typed in {encoding} and is Unicode now: read it through.")
    return (Note(text, {"encoding": encoding.upper()}),) if encoding else ()


def _normalise(block: Block) -> Block:
    return msgspec.structs.replace(
        block,
        runs=tuple(msgspec.structs.replace(each, text=normalise(each.text)) for each in block.runs),
        alt=normalise(block.alt),
    )


def _take_apart(page: _Page, path: Path, origin: str, key: str, around: Surroundings) -> OldText:
    metadata, notes = page.metadata, [*page.notes]
    blocks = list(page.blocks)
    stamp = _find_stamp(blocks)
    if stamp is None:
        category, title = metadata.section or _last_crumb(metadata), metadata.title
        story, words = _trim_end(blocks, notes), ""
        story = _drop_title(story, title)
    else:
        category, title = _read_head(blocks[:stamp], metadata)
        words = blocks[stamp].text
        story = _trim_end(blocks[stamp + 1 :], notes)
    views, words, story = _take_views(words, story)
    while story and story[0].kind == "paragraph" and _TOOL.fullmatch(story[0].text):
        del story[0]
    date, has_time, found = _read_date(words, metadata, blocks, around)
    notes += found
    if not category:
        notes.append(Note(mark("The page names no category.")))
    story = _find_pictures(story, page)
    story = _mark_lead(story)
    if page.is_text:
        story = _mark_subheadings(story, notes)
    parts = find_parts([each for each in story if each != _SPACE], title)
    notes += parts.notes
    named = parts.photo
    photo = OldPhoto(named.address, named.caption, named.credit, named.alt) if named else None
    old = read_path(metadata.address)
    authors = parts.authors or (() if parts.source else metadata.authors)
    if authors and not parts.authors:
        notes = [each for each in notes if each.text != "No author was found."]
    return OldText(
        origin,
        key,
        title=parts.title or normalise(path.stem),
        lead=parts.lead,
        date=date,
        has_time=has_time,
        categories=(category,) if category else (),
        authors=authors,
        source=parts.source,
        address=metadata.address,
        aliases=(old,) if old and old != "/" else (),
        photo=photo,
        views=views,
        folder=path.parent,
        blocks=parts.body,
        footnotes=page.footnotes,
        pictures=page.pictures,
        notes=tuple(notes),
    )


def _is_stamp(text: str) -> bool:
    return len(text) <= _LONGEST_STAMP and bool(_STAMP.match(text.strip()))


def _find_stamp(blocks: Sequence[Block]) -> int | None:
    """Return the number of the block that says when the text was published."""
    marker = next((n for n, each in enumerate(blocks) if _MARKER.fullmatch(each.text)), -1)
    texts = [n for n, each in enumerate(blocks) if n > marker and each.text]
    labelled = next((n for n in texts if _is_stamp(blocks[n].text)), None)
    if labelled is not None:
        return labelled
    # The clock of the page is the first thing on it, and no stamp.
    for number in texts if marker >= 0 else texts[1:]:
        if _BARE_STAMP.fullmatch(blocks[number].text):
            return number
    return None


def _read_head(above: Sequence[Block], metadata: Metadata) -> tuple[str, str]:
    """Return the category and the title, which stand above the day."""
    marker = max((n for n, each in enumerate(above) if _MARKER.fullmatch(each.text)), default=-1)
    below = [
        each
        for each in above[marker + 1 :]
        if each.text and each.kind in {"paragraph", "heading"} and not _TOOL.fullmatch(each.text)
    ]
    if marker < 0:
        below = below[-_ABOVE:]
    texts = [each.text for each in below]
    if not texts:
        return metadata.section or _last_crumb(metadata), metadata.title
    headed = next((n for n, each in reversed(list(enumerate(below))) if each.kind == "heading"), -1)
    if marker >= 0 and len(texts) > 1 and headed < 0:
        category, title = texts[0], " ".join(texts[1:])
    else:
        place = headed if headed >= 0 else len(texts) - 1
        title = texts[place]
        category = texts[place - 1] if place else ""
        if len(category) > _LONGEST_CATEGORY or _BARE_STAMP.fullmatch(category):
            category = ""
    if len(crumbs := [each for each in _CRUMBS.split(category) if each]) > 1:
        named = [each for each in crumbs if not _HOME.fullmatch(each) and fold(each) != fold(title)]
        category = named[-1] if named else ""
    if _HOME.fullmatch(category):
        category = ""
    if marker < 0:
        category = metadata.section or _last_crumb(metadata) or category
    return category.strip(" :»>"), title


def _last_crumb(metadata: Metadata) -> str:
    named = [
        each
        for each in metadata.crumbs
        if not _HOME.fullmatch(each) and fold(each) != fold(metadata.title)
    ]
    return named[-1] if named else ""


def _drop_title(story: list[Block], title: str) -> list[Block]:
    """Return blocks from the heading on that repeats the title of the page."""
    for number, block in enumerate(story):
        if title and fold(block.text) == fold(title):
            return story[number + 1 :]
    return story


def _trim_end(blocks: list[Block], notes: list[Note]) -> list[Block]:
    for number, block in enumerate(blocks):
        if len(block.text) <= _LONGEST_END and block.text and _END.fullmatch(block.text):
            return blocks[:number]
    text = mark(
        "The end of the text was not found: what stands last may be another part of the page."
    )
    notes.append(Note(text))
    return blocks


def _take_views(words: str, story: list[Block]) -> tuple[int | None, str, list[Block]]:
    """Return the number of views, and the line and the text without it."""
    if found := _find_views(words):
        return _read_number(found), words[: found.start()] + words[found.end() :], story
    for number, block in enumerate(story[:2]):
        found = _find_views(block.text)
        if found and len(block.text) <= _LONGEST_END:
            return _read_number(found), words, [*story[:number], *story[number + 1 :]]
    return None, words, story


def _find_views(text: str) -> re.Match[str] | None:
    return next(filter(None, (each.search(text) for each in _VIEWS)), None)


def _read_number(found: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", found["number"]))


def _read_date(
    words: str, metadata: Metadata, blocks: Sequence[Block], around: Surroundings
) -> tuple[datetime | None, bool, list[Note]]:
    """Return when a text was published, whether with its hour, and what is uncertain of it."""
    for written in (metadata.published, words):
        date = _parse(written, around.zone)
        if date:
            return date, _has_time(written), []
    day = _DAY_AND_MONTH.search(_CLOCK.sub(lambda clock: "|" * len(clock[0]), words))
    if not day:
        return None, True, [Note(mark("The page has no day."))]
    named = f"{day['day']}/{day['month']}"
    year, note = around.year, None
    if year is None:
        text = mark("The day {day} has no year; {year} was taken from the text ({words}).")
        year, mention = _find_year(blocks, int(day["day"]), int(day["month"]), around.now)
        note = Note(text, {"day": named, "year": str(year), "words": mention})
    if year is None:
        return None, True, [Note(_NO_YEAR, {"day": named})]
    clock = _CLOCK.search(words)
    date = _parse(f"{named}/{year} {clock[0] if clock else ''}", around.zone)
    # The month is never before the day here.
    if not date or int(day["month"]) != date.month:
        text = mark("There is no such day: {day}")
        return None, True, [Note(text, {"day": f"{named}/{year}"})]
    return date, bool(clock), [note] if note else []


def _parse(written: str, zone: ZoneInfo) -> datetime | None:
    if not written:
        return None
    try:
        return datetime.fromisoformat(written).astimezone(zone)
    except ValueError:
        pass
    try:
        suggested = suggest_date(written)
        return parse_date(suggested, zone) if suggested else None
    except ValueError:
        return None


def _has_time(written: str) -> bool:
    return bool(_CLOCK.search(written))


def _find_year(
    blocks: Sequence[Block], day: int, month: int, now: datetime
) -> tuple[int | None, str]:
    """Return the earliest year in which a text can say what it says, and the words that tell.

    Periods and goals are left alone. A month of a year says more than a year.
    """
    text = _PERIOD.sub("", " ".join(each.text for each in blocks))
    exact: dict[int, str] = {}
    rough: dict[int, str] = {}
    for found in _MENTION.finditer(text):
        year = int(found["year"])
        if not _FIRST_YEAR <= year <= now.year:
            continue
        if found["year_alone"]:
            if not _AHEAD.search(text[: found.start()]):
                rough.setdefault(year, found[0])
            continue
        mentioned = (int(found["month"] or found["named"]), int(found["day"] or 1))
        earliest = year + (mentioned > (month, day))
        if (earliest, month, day) <= (now.year, now.month, now.day):
            exact.setdefault(earliest, found[0])
    years = exact or {
        year: words
        for year, words in rough.items()
        if (year, month, day) <= (now.year, now.month, now.day)
    }
    return (max(years), years[max(years)]) if years else (None, "")


def _find_pictures(story: list[Block], page: _Page) -> list[Block]:
    """Return the text with pictures where captions stand, and captions joined to their pictures."""
    made: list[Block] = []
    beside = [each for each in page.pictures if each.startswith("beside:")]
    number = 0
    while number < len(story):
        block = story[number]
        below = story[number + 1] if number + 1 < len(story) else None
        doubled = bool(block.text) and below is not None and below.text == block.text
        before = made[-1] if made else None
        picture = before if before and before.kind == "picture" and not before.runs else None
        if picture and block.text and _is_alt(block.text, picture.alt):
            made.append(msgspec.structs.replace(block, style="caption"))
        elif picture and doubled:
            made.append(msgspec.structs.replace(block, style="caption"))
            number += 1
        elif page.is_text and _is_caption(block, doubled=doubled):
            address = beside.pop(0) if beside else ""
            made.append(Block("picture", address=address, runs=block.runs))
            number += doubled
        else:
            made.append(block)
        number += 1
    return [Block("picture", address=each) for each in beside[:1]] + made if beside else made


def _is_alt(text: str, alt: str) -> bool:
    return bool(alt) and fold(text) == fold(alt)


def _is_caption(block: Block, *, doubled: bool) -> bool:
    """Tell whether a line is what stood below a photo: written twice, or with a credit."""
    if block.kind != "paragraph" or len(block.text) > _LONGEST_CAPTION or is_credit(block.text):
        return False
    caption, credit = split_credit(block.text)
    return bool(caption) and (doubled or bool(credit))


def _mark_lead(story: list[Block]) -> list[Block]:
    """Return the text with its first paragraph as its lead, where a photo or space parts them."""
    if not story or story[0].kind != "paragraph" or len(story[0].text) < _SHORTEST_LEAD:
        return story
    below = story[1] if len(story) > 1 else None
    if below is not None and (below == _SPACE or below.kind == "picture"):
        return [msgspec.structs.replace(story[0], style="subtitle"), *story[1:]]
    return story


def _mark_subheadings(story: list[Block], notes: list[Note]) -> list[Block]:
    """Return the text with its short lines as subheadings, where a paragraph follows."""
    texts = [each for each in story if each != _SPACE]
    made: list[Block] = []
    for number, block in enumerate(texts):
        below = texts[number + 1] if number + 1 < len(texts) else None
        above = texts[number - 1] if number else None
        ended = above is None or above.kind != "paragraph" or _SENTENCE_END.search(above.text)
        follows = below is not None and below.kind == "paragraph"
        if (
            ended
            and follows
            and below is not None
            and _SENTENCE_END.search(below.text)
            and len(block.text) <= _LONGEST_SUBHEADING < len(below.text)
            and not block.style
            and could_be_subheading(block)
            and not is_credit(block.text)
        ):
            text = mark("A line was taken for a subheading: {words}")
            notes.append(Note(text, {"words": block.text}, certain=True))
            made.append(msgspec.structs.replace(block, kind="heading", level=2))
        else:
            made.append(block)
    return made
