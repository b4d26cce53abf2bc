"""A folder of Jekyll: its posts and standing pages, by the addresses that they had."""

import posixpath
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from sitegen.foundation.text import normalise, slugify
from sitegen.importing.code_of_generators import Lead, translate_liquid
from sitegen.importing.markdown_folders import (
    HTML,
    MARKDOWN,
    list_files,
    read_settings,
    read_source,
    tidy_body,
    unname,
    with_html,
)
from sitegen.importing.notes import Note
from sitegen.importing.old_texts import Collection, OldText, make_key, with_base
from sitegen.importing.other_front_matter import Fields, count_unknown, read_fields
from sitegen.model import Record
from sitegen.problems import UsageError, mark

_POST = re.compile(r"(?P<year>\d{2,4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<slug>.+)")
_LOOP = re.compile(r"\{%-?\s*(?:for|assign)\b[^%]*\b(?:site|paginator)\.")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_TOKEN = re.compile(r":(\w+?)(?=$|[^\w]|:)|:(\w+)")
_OF_LISTS = frozenset(
    "index 404 feed sitemap search archive archives tags categories atom rss blog".split()
)
_OF_LAYOUTS = frozenset(
    "home archive archives tags categories search posts collection tag category".split()
)
_LEFT_OUT_LIST = mark("pages of lists")
_LEFT_OUT_UNREADABLE = mark("files that cannot be read")
_LEFT_OUT_COLLECTION = mark("texts of other collections")


class _Site(Record, frozen=True):
    """What the configuration of a site says."""

    root: Path
    settings: dict[str, Any]
    base: str
    authors: dict[str, str]
    author: tuple[str, ...]


class _Post(Record, frozen=True):
    """A file with its front matter, and the address that it had."""

    path: Path
    name: str
    source: bytes
    written: dict[str, Any]
    body: str
    fields: Fields
    address: str
    is_page: bool


def is_jekyll(folder: Path) -> bool:
    """Tell whether a folder is a site of Jekyll."""
    return (folder / "_posts").is_dir() or (folder / "_config.yml").is_file()


def read_jekyll(root: Path, zone: ZoneInfo) -> Collection:
    """Return the posts, the drafts and the standing pages of a site."""
    site = _open(root)
    left_out: Counter[str] = Counter()
    posts = []
    for path in list_files(root, (*MARKDOWN, *HTML)):
        post = _read(path, site, zone, left_out)
        if post:
            posts.append(post)
    addresses = {each.name: with_base(each.address, site.base) for each in posts}

    def lead(name: str) -> str:
        path = name.strip().strip("\"'").removeprefix("/")
        bare = re.sub(r"\.(?:md|markdown|html)$", "", path)
        for each, address in addresses.items():
            stem = posixpath.splitext(each)[0]
            if each == path or stem in {bare, f"_posts/{bare}"} or stem.endswith(f"/_posts/{bare}"):
                return address
        return ""

    texts = [_make_text(each, site, zone, lead) for each in posts]
    folders = (root,)
    every = [each.fields for each in posts]
    return Collection(tuple(texts), site.base, folders, dict(left_out), count_unknown(every))


def _open(root: Path) -> _Site:
    settings = read_settings(root / "_config.yml")
    base = (
        str(settings.get("url") or "").rstrip("/")
        + "/"
        + str(settings.get("baseurl") or "").strip("/")
    )
    people = settings.get("authors") or {}
    for suffix in ("yml", "yaml", "json"):
        people = people or read_settings(root / "_data" / f"authors.{suffix}")
    authors: dict[str, str] = {}
    for name, value in people.items() if isinstance(people, dict) else ():
        shown = value.get("name") or value.get("display_name") if isinstance(value, dict) else value
        authors[str(name).lower()] = str(shown or name)
    author = settings.get("author")
    own = read_fields({"author": author}, ZoneInfo("UTC")).authors if author else ()
    return _Site(root, settings, base.rstrip("/"), authors, own)


def _read(path: Path, site: _Site, zone: ZoneInfo, left_out: Counter[str]) -> _Post | None:
    name = normalise(path.relative_to(site.root).as_posix())
    folders = name.split("/")[:-1]
    special = [each for each in folders if each.startswith("_")]
    is_post = "_posts" in folders or "_drafts" in folders
    if special and not is_post and special[0] != "_pages":
        own = site.settings.get("collections") or {}
        if special[0][1:] in own and special[0] not in {"_includes", "_layouts", "_sass", "_data"}:
            left_out[f"{_LEFT_OUT_COLLECTION}: {special[0]}"] += 1
        return None
    if folders and folders[0] in {"vendor", "node_modules", "assets", "docs_theme"} and not is_post:
        return None
    try:
        found, source = read_source(path)
    except UsageError:
        left_out[f"{_LEFT_OUT_UNREADABLE}: {name}"] += 1
        return None
    if found is None:
        return None
    fields = read_fields(found.fields, zone, lambda key: site.authors.get(key.lower(), key))
    layout = str(found.fields.get("layout") or "").lower()
    listing = path.stem.lower() in _OF_LISTS or layout in _OF_LAYOUTS
    if not is_post and (listing or _LOOP.search(found.body)):
        left_out[_LEFT_OUT_LIST] += 1
        return None
    address = _find_address(path, name, found.fields, fields, site, is_post=is_post)
    return _Post(path, name, source, found.fields, found.body, fields, address, not is_post)


def _find_address(
    path: Path, name: str, written: dict[str, Any], fields: Fields, site: _Site, *, is_post: bool
) -> str:
    """Return the address that a text had below its site."""
    pattern = written.get("permalink")
    if not is_post:
        if isinstance(pattern, str) and pattern:
            return posixpath.join("/", pattern.lstrip("/"))
        stem = posixpath.splitext(name)[0].removeprefix("_pages/")
        pretty = str(site.settings.get("permalink") or "").endswith(("/", "pretty"))
        return f"/{stem}/" if pretty else f"/{stem}.html"
    if not isinstance(pattern, str) or not pattern:
        pattern = str(site.settings.get("permalink") or "date")
    pattern = _STYLES.get(pattern, pattern)
    found = _POST.match(path.stem)
    slug = fields.slug or (found["slug"] if found else path.stem)
    date = fields.date or _date_of(path, ZoneInfo("UTC"))
    folders = [
        each
        for each in name.split("/")[
            : name.split("/").index("_posts") if "_posts" in name.split("/") else 0
        ]
        if each
    ]
    categories = [*folders, *(each for each in _list_categories(written))]
    values = {
        "categories": "/".join(map(str.lower, categories)),
        "year": f"{date.year:04}" if date else "",
        "month": f"{date.month:02}" if date else "",
        "day": f"{date.day:02}" if date else "",
        "i_month": str(date.month) if date else "",
        "i_day": str(date.day) if date else "",
        "short_year": f"{date.year % 100:02}" if date else "",
        "y_day": date.strftime("%j") if date else "",
        "title": slug,
        "slug": slug.lower(),
        "output_ext": ".html",
        "name": path.stem,
    }
    filled = re.sub(r":(\w+)", lambda token: _fill(token[1], values), pattern)
    return re.sub(r"/{2,}", "/", posixpath.join("/", filled.lstrip("/")))


def _fill(token: str, values: dict[str, str]) -> str:
    """Return the value of a token, whose name may run into the next words."""
    name = next(
        (each for each in sorted(values, key=len, reverse=True) if token.startswith(each)), ""
    )
    return values[name] + token[len(name) :] if name else f":{token}"


def _list_categories(written: dict[str, Any]) -> list[str]:
    value = written.get("categories") or written.get("category") or []
    if isinstance(value, str):
        # A text with spaces is several categories there.
        return value.split() if written.get("categories") else [value]
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _date_of(path: Path, zone: ZoneInfo) -> datetime | None:
    found = _POST.match(path.stem)
    if not found:
        return None
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)  # noqa: PLR2004 (a short year)
    try:
        return datetime(year, int(found["month"]), int(found["day"]), tzinfo=zone)
    except ValueError:
        return None


def _make_text(post: _Post, site: _Site, zone: ZoneInfo, lead: Lead) -> OldText:
    fields = post.fields
    found = _POST.match(post.path.stem)
    date, has_time = fields.date, fields.has_time
    if date is None:
        date, has_time = _date_of(post.path, zone), False
    notes = [*fields.notes]
    is_draft = fields.is_draft or "_drafts" in post.name.split("/")
    if date is None and not post.is_page:
        notes.append(Note(mark("The page has no day.")))
    stem = found["slug"] if found else post.path.stem
    folders = post.name.split("/")
    above = folders[: folders.index("_posts")] if "_posts" in folders else []
    categories = fields.categories or tuple(above[-1:])
    values = {
        "site.baseurl": str(site.settings.get("baseurl") or "").rstrip("/"),
        "site.url": str(site.settings.get("url") or "").rstrip("/"),
        "page.title": fields.title,
        "page.url": post.address,
    }
    for name, value in site.settings.items():
        if isinstance(value, str | int) and not isinstance(value, bool):
            values.setdefault(f"site.{name}", str(value))
    for name, value in post.written.items():
        if isinstance(value, str | int) and not isinstance(value, bool):
            values.setdefault(f"page.{name}", str(value))
    body, told = translate_liquid(post.body, values, lead)
    text = OldText(
        post.name,
        make_key(post.source),
        title=fields.title or unname(stem),
        lead=fields.lead,
        date=date,
        has_time=has_time,
        categories=categories,
        tags=fields.tags,
        authors=fields.authors or (() if fields.source else site.author),
        source=fields.source,
        slug=slugify(fields.slug or stem),
        address=with_base(post.address, site.base),
        aliases=tuple(
            dict.fromkeys(with_base(each, site.base) for each in (post.address, *fields.aliases))
        ),
        photo=fields.photo,
        views=fields.views,
        updated=fields.updated,
        expires=fields.expires,
        is_draft=is_draft,
        is_featured=fields.is_featured,
        is_page=post.is_page,
        folder=post.path.parent,
        path=post.name,
        notes=(*notes, *told),
    )
    if post.path.suffix.lower() in HTML:
        return with_html(text, body)
    return msgspec.structs.replace(text, markdown=tidy_body(body))
