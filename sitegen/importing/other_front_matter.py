"""Front matter of other generators (YAML, TOML, JSON), and what its names are here."""

import datetime as dt
import html
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from sitegen.foundation.text import fold, normalise
from sitegen.importing.article_parts import split_credit
from sitegen.importing.notes import Note
from sitegen.importing.old_texts import OldPhoto
from sitegen.model import Record
from sitegen.problems import mark

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_YAML = re.compile(
    r"---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<fields>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# In the order in which they are believed.
NAMES = {
    "title": ("title",),
    "lead": ("lead", "sapo", "summary", "description", "excerpt", "abstract", "subtitle"),
    "date": ("publishdate", "pubdate", "published", "date", "created"),
    "updated": (
        "lastmod",
        "last_modified_at",
        "modified",
        "modified_date",
        "updated",
        "updated_at",
    ),
    "expires": ("expirydate", "unpublishdate", "expires"),
    "categories": ("categories", "category", "chuyen-muc"),
    "tags": ("tags", "tag", "keywords"),
    "authors": ("authors", "author", "byline"),
    "source": ("source", "nguon"),
    "slug": ("slug",),
    "aliases": ("aliases", "alias", "redirect_from"),
    "views": ("views", "viewcount", "view_count", "luotxem"),
    "photo": (
        *("photo", "featured_image", "featuredimage", "featuredimagepreview", "image", "cover"),
        *(
            "thumbnail",
            "thumb",
            "banner",
            "hero",
            "hero_image",
            "header",
            "feature",
            "feature_image",
        ),
        *("cover_image", "coverimage", "img", "images", "preview", "teaser", "bigimg"),
    ),
    "caption": (
        "photo_caption",
        "featured_image_caption",
        "image_caption",
        "caption",
        "imagecaption",
    ),
    "credit": ("photo_credit", "image_credit", "imagecredit", "credit"),
    "alt": ("photo_alt", "featured_image_alt", "image_alt", "alt", "featuredalt"),
    "featured": ("featured", "sticky", "pinned"),
}
# What says nothing of the text, or is read elsewhere.
_OF_GENERATORS = frozenset(
    "draft layout type url permalink published weight toc id guid lang language ref resources build"
    " _build headless cascade outputs markup linktitle isCJKLanguage translationkey date sitemap"
    " comments math katex mathjax mermaid params menu menus sidebar showtoc tocopen".lower().split()
)
_PHOTO_ADDRESS = (
    "src", "path", "url", "image", "feature", "filename", "file", "relative", "teaser",
    "overlay_image", "thumbnail", "thumb", "cover",
)  # fmt: skip


class FrontMatter(Record, frozen=True):
    """The fields of a file, their names in lower case, and the text below them."""

    fields: dict[str, Any]
    body: str


class Fields(Record, frozen=True):
    """What front matter says, in the words of this site; ``unknown`` are names without a place."""

    title: str = ""
    lead: str = ""
    date: datetime | None = None
    has_time: bool = True
    updated: datetime | None = None
    expires: datetime | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    source: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    views: int | None = None
    photo: OldPhoto | None = None
    is_draft: bool = False
    is_featured: bool = False
    notes: tuple[Note, ...] = ()
    unknown: tuple[str, ...] = ()


class FrontMatterError(ValueError):
    """The front matter of a file cannot be read."""


def split_front_matter(text: str) -> FrontMatter | None:
    """Return the fields and the body of a file, or nothing where it has no front matter.

    Raises :class:`FrontMatterError` where it is none of its kind.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.lstrip("\n") if text.lstrip("\n").startswith(("---\n", "+++\n")) else text
    text, kind = _name_kind(text)
    try:
        if kind == "json" and (found := _YAML.match(text)):
            fields, body = json.loads(found["fields"]), text[found.end() :]
        elif kind == "toml" and (found := _YAML.match(text)):
            fields, body = tomllib.loads(found["fields"]), text[found.end() :]
        elif found := _YAML.match(text):
            fields = yaml.load(_mend(found["fields"]), Loader=_Loader) or {}  # noqa: S506 (a safe loader)
            body = text[found.end() :]
        elif found := _TOML.match(text):
            fields, body = tomllib.loads(found["fields"]), text[found.end() :]
        elif text.startswith("{"):
            fields, end = json.JSONDecoder().raw_decode(text)
            body = text[end:].lstrip("\n")
        else:
            return None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FrontMatterError(" ".join(str(error).split())[:200]) from error
    if not isinstance(fields, dict):
        raise FrontMatterError(type(fields).__name__)
    return FrontMatter({str(name).lower(): value for name, value in fields.items()}, body)


def _name_kind(text: str) -> tuple[str, str]:
    """Return a file without the kind of its front matter (``---json``), and this kind."""
    found = re.match(r"---[ \t]*(json|toml|yaml|yml)[ \t]*\n", text, re.IGNORECASE)
    return (f"---\n{text[found.end() :]}", found[1].lower()) if found else (text, "")


def _mend(fields: str) -> str:
    """Return fields without the tabs that YAML refuses and other readers take."""
    return re.sub(
        r"^\t+|(?<=:)\t+", lambda tabs: " " * (2 * len(tabs[0])), fields, flags=re.MULTILINE
    )


def read_fields(
    found: Mapping[str, Any],
    zone: ZoneInfo,
    name_author: Callable[[str], str] = str,
    taxonomies: tuple[str, ...] = (),
) -> Fields:
    """Return what front matter says.

    ``name_author`` is given what stands for an author; ``taxonomies`` are further lists of tags.
    """
    params = found.get("params")
    fields = {**_lower(params), **found} if isinstance(params, dict) else dict(found)
    fields = _lower(fields)
    notes: list[Note] = []

    def first(kind: str) -> object:
        return next((fields[name] for name in NAMES[kind] if fields.get(name) not in _EMPTY), None)

    def moment(kind: str) -> tuple[datetime | None, bool]:
        value = first(kind)
        read, has_time = read_moment(value, zone)
        if value is not None and read is None and not isinstance(value, bool):
            text = mark("A date cannot be read: {name}: {words}")
            notes.append(Note(text, {"name": kind, "words": str(value)}))
        return read, has_time

    date, has_time = moment("date")
    updated, expires = moment("updated")[0], moment("expires")[0]
    photo = _read_photo(fields, first("photo"))
    category, *others = split_names(first("categories")) or [""]
    views = first("views")
    return Fields(
        title=_text(first("title")),
        lead=_text(first("lead")),
        date=date,
        has_time=has_time,
        updated=updated if date is None or (updated and updated > date) else None,
        expires=expires,
        categories=tuple(filter(None, [category, *others])),
        tags=tuple(dict.fromkeys([*split_names(first("tags")), *_list_others(fields, taxonomies)])),
        authors=tuple(filter(None, map(name_author, _list_authors(first("authors"))))),
        source=_text(first("source")),
        slug=_text(first("slug")),
        aliases=tuple(_split_lines(first("aliases"))),
        views=int(str(views)) if str(views).isdigit() else None,
        photo=photo,
        is_draft=_is_true(fields.get("draft")) or _is_false(fields.get("published")),
        is_featured=_is_true(first("featured")),
        notes=tuple(notes),
        unknown=tuple(
            name
            for name in fields
            if name not in _OF_GENERATORS
            and name not in taxonomies
            and not any(name in each for each in NAMES.values())
        ),
    )


_EMPTY: tuple[object, ...] = (None, "", [], {})
_FIRST_YEAR = 1900


def _list_others(fields: Mapping[str, Any], taxonomies: tuple[str, ...]) -> list[str]:
    """Return the names that a text has in further lists."""
    known = {*NAMES["categories"], *NAMES["tags"], *NAMES["authors"]}
    return [
        name for each in taxonomies if each not in known for name in split_names(fields.get(each))
    ]


def _lower(fields: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name).lower(): value for name, value in fields.items()}


def read_moment(value: object, zone: ZoneInfo) -> tuple[datetime | None, bool]:
    """Return the moment that a value names, and whether it has an hour.

    YAML and TOML know dates; others are read in the forms that generators take. A year before
    1900 stands for no date (Go writes the year 1).
    """
    found, has_time = _read_moment(value, zone)
    return (found if found and found.year >= _FIRST_YEAR else None), has_time


def _read_moment(value: object, zone: ZoneInfo) -> tuple[datetime | None, bool]:
    if isinstance(value, datetime):
        return value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone), True
    if isinstance(value, dt.date):
        return datetime(value.year, value.month, value.day, tzinfo=zone), False
    if not isinstance(value, str) or not value.strip():
        return None, True
    text = re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", value.strip().replace("/", "-"))
    text = re.sub(r"(?<=\d)\s+Z$", "Z", text)
    # 2020-1-5 and 9:05, as people write them.
    text = re.sub(r"(?<![\d:])(\d)(?=[-:T ])", r"0\1", text)
    text = re.sub(r"-(\d)(?=$|[T ])", r"-0\1", text)
    read: datetime | None
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        from sitegen.foundation.meant_dates import suggest_date

        try:
            suggested = suggest_date(value)
            read = datetime.fromisoformat(suggested) if suggested else None
        except ValueError:
            read = None
        if read is None:
            return None, True
    has_time = ":" in text
    try:
        return read.astimezone(zone) if read.tzinfo else read.replace(tzinfo=zone), has_time
    except (OverflowError, ValueError):
        return None, True


def split_names(value: object) -> list[str]:
    """Return the names in a list, or in a text with commas; Jekyll's categories have spaces."""
    if isinstance(value, str):
        value = value.split(",") if "," in value else [value]
    if isinstance(value, int | float):
        value = [value]
    if isinstance(value, dict):
        value = list(value)
    if not isinstance(value, list):
        return []
    names = [_text(each) for each in value if not isinstance(each, list)]
    return list({fold(each): each for each in names if each}.values())


def _split_lines(value: object) -> list[str]:
    if isinstance(value, str):
        value = [value]
    return [str(each).strip() for each in value if each] if isinstance(value, list) else []


def _list_authors(value: object) -> list[str]:
    if isinstance(value, dict):
        return [_text(value.get("name") or value.get("title") or "")]
    if isinstance(value, list):
        return [
            _text(each.get("name", "")) if isinstance(each, dict) else _text(each) for each in value
        ]
    return split_names(value)


def _read_photo(fields: Mapping[str, Any], value: object) -> OldPhoto | None:
    def first(kind: str) -> str:
        return next((_text(fields[name]) for name in NAMES[kind] if fields.get(name)), "")

    caption, credit, alt = first("caption"), first("credit"), first("alt")
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        inner = _lower(value)
        address = next((_text(inner[name]) for name in _PHOTO_ADDRESS if inner.get(name)), "")
        caption = caption or _text(inner.get("caption") or "")
        credit = credit or _text(inner.get("credit") or inner.get("attr") or "")
        alt = alt or _text(inner.get("alt") or inner.get("image_description") or "")
    else:
        address = _text(value)
    # A colour, a flag or a style is no picture.
    if not re.search(r"[./]", address):
        return None
    words, named = split_credit(_strip_marks(caption))
    return OldPhoto(address, words if not credit else _strip_marks(caption), credit or named, alt)


def _strip_marks(text: str) -> str:
    """Return a text of one line without marks of Markdown and HTML: links are their words."""
    text = re.sub(r"<[^<>]+>", "", text)
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return re.sub(r"\*+(?=\S)|(?<=\S)\*+", "", text).strip()


def _text(value: object) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "true" if value else ""
    return " ".join(html.unescape(_strip_marks(normalise(str(value)))).split())


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.lower() in {"true", "yes"})


def _is_false(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.lower() in {"false", "no"})


def count_unknown(every: list[Fields]) -> dict[str, int]:
    """Return how often each name without a place was written."""
    return dict(Counter(name for each in every for name in each.unknown).most_common())
