"""What WordPress exports (WXR): its articles and standing pages, with their photos and authors."""

import html
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from sitegen.foundation.text import fold, normalise, slugify
from sitegen.importing.article_parts import join_captions, split_credit
from sitegen.importing.blocks import Block
from sitegen.importing.html_blocks import read_html
from sitegen.importing.notes import Note
from sitegen.importing.old_texts import Collection, OldPhoto, OldText, make_key, read_path
from sitegen.importing.wordpress_markup import Attachment, Uploads, write_html
from sitegen.model import Record
from sitegen.problems import UsageError, mark

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACE = re.compile(r"\{[^}]*\}")
_TEXTS = frozenset({"post", "page"})
# Parts of the system, which no reader reads.
_OF_SYSTEM = frozenset(
    "attachment revision nav_menu_item custom_css customize_changeset oembed_cache user_request"
    " wp_block wp_template wp_template_part wp_global_styles wp_navigation wp_font_family"
    " wp_font_face acf-field acf-field-group wpcf7_contact_form".split()
)
_NOT_WRITTEN = frozenset({"trash", "auto-draft", "inherit"})
_NO_CATEGORY = frozenset(
    {"uncategorized", "chưa được phân loại", "chưa phân loại", "không phân loại", "khong-phan-loai"}
)
_VIEWS = re.compile(
    r"(?:post_)?views?(?:_count)?|wpb_post_views_count|_?post_view_count", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"<sup[^>]*\bdata-fn=\"(?P<name>[^\"]*)\"[^>]*>.*?</sup>", re.DOTALL)
_LEFT_OUT_COMMENTS = mark("comments of readers")
_LEFT_OUT_TRASH = mark("texts in the bin, and versions")
_LEFT_OUT_KIND = mark("texts of other kinds")


class _Item(Record, frozen=True):
    """One item: the text of each of its elements, its categories, and its own fields."""

    values: dict[str, str]
    terms: tuple[tuple[str, str, str], ...]
    meta: dict[str, str]
    comments: int


def is_wordpress(source: bytes) -> bool:
    """Tell whether a file is an export of WordPress."""
    return b"wordpress.org/export/" in source[:5000]


def read_wordpress(source: bytes, path: Path, zone: ZoneInfo) -> Collection:
    """Return the texts of an export.

    Raises :class:`~sitegen.problems.UsageError` where it is no XML.
    """
    channel = parse_xml(source, path.name).find("channel")
    if channel is None:
        raise UsageError("import-unreadable", path=path.name, reason="channel")
    base = _find_base(channel)
    authors = {
        _get(each, "author_login"): _get(each, "author_display_name") or _get(each, "author_login")
        for each in _all(channel, "author")
    }
    parents = {
        _get(each, "category_nicename"): _get(each, "category_parent")
        for each in _all(channel, "category")
        if _get(each, "category_nicename")
    }
    items = [_read_item(each) for each in channel.findall("item")]
    uploads = _list_uploads(items)
    left_out: Counter[str] = Counter()
    texts = []
    for item in items:
        kind, status = item.values.get("post_type", "post"), item.values.get("status", "publish")
        left_out[_LEFT_OUT_COMMENTS] += item.comments
        if kind in _OF_SYSTEM:
            continue
        if status in _NOT_WRITTEN:
            left_out[_LEFT_OUT_TRASH] += 1
        elif kind not in _TEXTS:
            left_out[f"{_LEFT_OUT_KIND}: {kind}"] += 1
        else:
            texts.append(_make_text(item, path, base, authors, parents, uploads, zone))
    folders = tuple(_list_folders(path.parent))
    counted = {name: number for name, number in left_out.items() if number}
    return Collection(tuple(texts), base, folders, counted)


def parse_xml(source: bytes, name: str) -> ET.Element:
    """Return the outermost element of a file; characters that XML does not know are left out.

    Raises :class:`~sitegen.problems.UsageError` where it is no XML.
    """
    declared = _DECLARATION.match(source)
    try:
        encoding = declared[1].decode() if declared else "utf-8"
        text = source.decode("utf-8-sig" if encoding.lower() == "utf-8" else encoding, "replace")
    except LookupError:
        text = source.decode("utf-8-sig", "replace")
    text = _NO_CHARACTER.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    if re.search(r"<!(?:DOCTYPE|ENTITY)\b", text[:5000]):
        raise UsageError("import-unreadable", path=name, reason="DOCTYPE")
    try:
        # Since 2.4.1 expat limits what entities can grow to.
        return ET.fromstring(text.lstrip())  # noqa: S314 (see above)
    except ET.ParseError as error:
        raise UsageError("import-unreadable", path=name, reason=str(error)) from error


def _list_folders(folder: Path) -> Iterator[Path]:
    yield folder
    for name in ("wp-content/uploads", "uploads", "media", "public_html"):
        if (folder / name).is_dir():
            yield folder / name


def _find_base(channel: ET.Element) -> str:
    return _get(channel, "base_blog_url") or _get(channel, "base_site_url") or _get(channel, "link")


def _name(element: ET.Element) -> str:
    return _NAMESPACE.sub("", element.tag)


def _all(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (each for each in element if _name(each) == name)


def _get(element: ET.Element, name: str) -> str:
    found = next(_all(element, name), None)
    return normalise((found.text or "").strip()) if found is not None else ""


def _read_item(element: ET.Element) -> _Item:
    values: dict[str, str] = {}
    terms = []
    meta: dict[str, str] = {}
    comments = 0
    for each in element:
        name = _name(each)
        if name == "category":
            term = " ".join(html.unescape(normalise(each.text or "")).split())
            terms.append((each.get("domain", "category"), each.get("nicename", ""), term))
        elif name == "postmeta":
            meta[_get(each, "meta_key")] = _get(each, "meta_value")
        elif name == "comment":
            comments += 1
        else:
            # Two elements are called encoded: of the text, and of the excerpt.
            key = (
                f"{'excerpt' if 'excerpt' in each.tag else 'content'}"
                if name == "encoded"
                else name
            )
            values.setdefault(key, normalise(each.text or "").strip())
    return _Item(values, tuple(terms), meta, comments)


def _list_uploads(items: list[_Item]) -> Uploads:
    files: dict[str, Attachment] = {}
    reusable: dict[str, str] = {}
    for each in items:
        number, kind = each.values.get("post_id", ""), each.values.get("post_type", "")
        if kind == "attachment":
            address = each.values.get("attachment_url") or each.values.get("guid", "")
            files[number] = Attachment(
                address,
                _plain(each.values.get("title", "")),
                _plain(each.values.get("excerpt", "")),
                _plain(each.meta.get("_wp_attachment_image_alt", "")),
                each.values.get("post_parent", ""),
            )
        elif kind == "wp_block":
            reusable[number] = each.values.get("content", "")
    return Uploads(files, reusable)


def _plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", text)).split())


def _make_text(
    item: _Item,
    path: Path,
    base: str,
    authors: dict[str, str],
    parents: dict[str, str],
    uploads: Uploads,
    zone: ZoneInfo,
) -> OldText:
    values = item.values
    number, status = values.get("post_id", ""), values.get("status", "publish")
    markup, told = write_html(values.get("content", ""), number, uploads)
    footnotes = _read_footnotes(item)
    reading = read_html(_number_footnotes(markup, [name for name, _ in footnotes]))
    notes = [*told, *reading.notes]
    date = _read_date(values, zone)
    is_page = values.get("post_type") == "page"
    if status == "private" or values.get("post_password"):
        text = mark("Only some could read it: it is private or has a password.")
        notes.append(Note(text))
    if date is None and not is_page:
        notes.append(Note(mark("The page has no day.")))
    link = values.get("link", "")
    old = read_path(link, base)
    by = [term for domain, _, term in item.terms if domain == "author"]
    creator = values.get("creator", "")
    slug = unquote(values.get("post_name", ""))
    return OldText(
        f"{path.name}, {_plain(values.get('title', '')) or number}",
        make_key(values.get("guid") or link or base, number),
        title=_plain(values.get("title", "")),
        lead=_plain(values.get("excerpt", "")),
        date=date,
        categories=tuple(_list_categories(item, parents)),
        tags=_list_terms(item, "post_tag"),
        authors=tuple(by) if by else tuple(filter(None, [authors.get(creator, creator)])),
        slug=slugify(slug),
        address=link or base,
        aliases=(old,) if old and old != "/" else (),
        photo=_find_photo(item, uploads),
        views=_find_views(item),
        is_draft=status in {"draft", "pending", "private"} or bool(values.get("post_password")),
        is_featured=values.get("is_sticky") == "1",
        is_page=is_page,
        folder=path.parent,
        blocks=join_captions(reading.blocks),
        footnotes=tuple(
            Block("note", children=read_html(words).blocks, label=str(label))
            for label, (_, words) in enumerate(footnotes, start=1)
        ),
        notes=tuple(notes),
    )


def _read_footnotes(item: _Item) -> list[tuple[str, str]]:
    """Return the name and the words of each footnote, which are a field of their own."""
    try:
        found = json.loads(item.meta.get("footnotes") or "[]")
    except ValueError:
        return []
    rows = found if isinstance(found, list) else []
    return [
        (str(each.get("id", "")), str(each.get("content", "")))
        for each in rows
        if isinstance(each, dict)
    ]


def _number_footnotes(markup: str, names: list[str]) -> str:
    """Return HTML in which each number of a footnote is marked as one."""

    def mark_number(found: re.Match[str]) -> str:
        if found["name"] not in names:
            return found[0]
        return f'<a data-note="{names.index(found["name"]) + 1}"></a>'

    return _FOOTNOTE.sub(mark_number, markup)


def _read_date(values: dict[str, str], zone: ZoneInfo) -> datetime | None:
    """Return when an item was published: by the clock of Greenwich, else by that of its site."""
    for name, meant in (("post_date_gmt", UTC), ("post_date", zone)):
        written = values.get(name, "")
        if written and not written.startswith("0000"):
            try:
                return datetime.fromisoformat(written).replace(tzinfo=meant).astimezone(zone)
            except ValueError:
                continue
    try:
        return parsedate_to_datetime(values.get("pubDate", "")).astimezone(zone)
    except (ValueError, TypeError, OverflowError):
        return None


def _list_terms(item: _Item, domain: str) -> tuple[str, ...]:
    found = [term or nicename for kind, nicename, term in item.terms if kind == domain]
    return tuple({fold(each): each for each in found if each}.values())


def _list_categories(item: _Item, parents: dict[str, str]) -> Iterator[str]:
    """Yield the categories of an item, without those that only stand above another of them."""
    own = [
        (nicename, term)
        for kind, nicename, term in item.terms
        if kind == "category" and term and fold(term) not in _NO_CATEGORY
    ]
    above: set[str] = set()
    for nicename, _ in own:
        parent = parents.get(nicename, "")
        while parent and parent not in above:
            above.add(parent)
            parent = parents.get(parent, "")
    yield from dict.fromkeys(term for nicename, term in own if nicename not in above)


def _find_photo(item: _Item, uploads: Uploads) -> OldPhoto | None:
    found = uploads.files.get(item.meta.get("_thumbnail_id", ""))
    if found is None:
        return None
    caption, credit = split_credit(found.caption)
    return OldPhoto(found.address, caption, credit, found.alt)


def _find_views(item: _Item) -> int | None:
    for name, value in item.meta.items():
        if _VIEWS.fullmatch(name) and value.isdigit():
            return int(value)
    return None
