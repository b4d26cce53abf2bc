"""A folder of Hugo: its articles and standing pages, by the addresses that they had."""

import posixpath
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.foundation.text import normalise, slugify
from sitegen.importing.code_of_generators import Lead, translate_liquid, translate_shortcodes
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
from sitegen.importing.old_texts import Collection, OldPhoto, OldText, make_key, with_base
from sitegen.importing.other_front_matter import Fields, FrontMatter, count_unknown, read_fields
from sitegen.model import Record
from sitegen.problems import UsageError, mark

CONFIGS = tuple(
    f"{name}.{suffix}" for name in ("hugo", "config") for suffix in ("toml", "yaml", "yml", "json")
)
# Sections that say where texts lie, and nothing of what is in them.
_GENERAL = frozenset(
    "post posts blog blogs article articles news entries content page pages bai-viet archive"
    " archives story stories docs".split()
)
_LANGUAGE = re.compile(r"\.(?P<code>[a-z]{2,3}(?:-[a-zA-Z]{2,4})?)$")
_DATED = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?:[-_](?P<slug>.+))?$")
_TOKEN = re.compile(r":(\w+)(?:\[[^\]]*\])?")
_FEATURE = re.compile(r"(?:feature|cover|thumbnail|thumb|banner|anh-dai-dien)", re.IGNORECASE)
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif")
_LEFT_OUT_LIST = mark("pages of lists")
_LEFT_OUT_LANGUAGE = mark("texts in other languages")
_LEFT_OUT_HIDDEN = mark("texts that make no page")
_LEFT_OUT_UNREADABLE = mark("files that cannot be read")


class _File(Record, frozen=True):
    """A file of the content: its path below it without the language, and its language."""

    path: Path
    name: str
    language: str


class _Site(Record, frozen=True):
    """What the configuration of a site says."""

    root: Path
    content: Path
    settings: dict[str, Any]
    base: str
    language: str
    default: str
    authors: tuple[str, ...]


def is_hugo(folder: Path) -> bool:
    """Tell whether a folder is a site of Hugo."""
    named = any((folder / name).is_file() for name in CONFIGS) or (folder / "config").is_dir()
    return named and (folder / "content").is_dir()


def read_hugo(root: Path, zone: ZoneInfo, language: str) -> Collection:
    """Return the texts of a site in ``language``, or in its own where it has no other."""
    site = _open(root, language)
    folders = (
        root / "static",
        root / "assets",
        site.content,
        *sorted(root.glob("themes/*/static")),
    )
    return _read(site, list(list_files(site.content, (*MARKDOWN, *HTML))), zone, folders)


def read_content_folder(
    folder: Path, zone: ZoneInfo, paths: list[Path], language: str = ""
) -> Collection:
    """Return the texts of Markdown files in a folder that is no whole site."""
    site = _Site(folder, folder, {}, "", language, language, ())
    return _read(site, paths, zone, (folder,))


def _read(site: _Site, paths: list[Path], zone: ZoneInfo, folders: tuple[Path, ...]) -> Collection:
    files = [_name(each, site) for each in paths]
    left_out: Counter[str] = Counter()
    sections = {
        posixpath.dirname(each.name): each
        for each in files
        if posixpath.basename(each.name).startswith("_index.") and each.language == site.language
    }
    titles = {folder: _read_title(each.path, zone) for folder, each in sections.items()}
    names = {each.name for each in files if each.language == site.language}
    bundles = {posixpath.dirname(each.name) for each in files if _is_bundle(each.name)} - {""}
    texts: list[OldText] = []
    every: list[Fields] = []
    addresses: dict[str, str] = {}
    opened = []
    named = site.settings.get("taxonomies")
    taxonomies = (
        tuple(str(each).lower() for each in named.values()) if isinstance(named, dict) else ()
    )
    for each in files:
        if posixpath.basename(each.name).startswith("_index."):
            left_out[_LEFT_OUT_LIST] += 1
            folder = posixpath.join("/", posixpath.dirname(each.name), "")
            addresses[each.name] = with_base(folder, site.base)
            continue
        if _lies_in_bundle(each.name, bundles):
            left_out[_LEFT_OUT_HIDDEN] += 1
            continue
        if each.language != site.language:
            left_out[_LEFT_OUT_LANGUAGE] += 1
            continue
        try:
            found, source = read_source(each.path)
        except UsageError:
            left_out[f"{_LEFT_OUT_UNREADABLE}: {each.name}"] += 1
            continue
        if found is None or _is_hidden(found.fields):
            left_out[_LEFT_OUT_HIDDEN] += 1
            continue
        fields = read_fields(found.fields, zone, taxonomies=taxonomies)
        every.append(fields)
        address = _find_address(each, found.fields, fields, site)
        addresses[each.name] = with_base(address, site.base)
        opened.append((each, found, source, fields, address))
    for each, found, source, fields, address in opened:
        lead = _make_lead(each, addresses, names)
        texts.append(_make_text(each, found, source, fields, address, site, titles, zone, lead))
    return Collection(tuple(texts), site.base, folders, dict(left_out), count_unknown(every))


def _open(root: Path, language: str) -> _Site:
    settings: dict[str, Any] = {}
    for name in CONFIGS:
        settings |= read_settings(root / name)
    parts = root / "config" / "_default"
    for path in sorted(parts.glob("*")) if parts.is_dir() else ():
        stem = path.stem.lower()
        if path.suffix not in {".toml", ".yaml", ".yml", ".json"}:
            continue
        if stem in {"hugo", "config"}:
            settings |= read_settings(path)
        elif stem in {"params", "permalinks", "languages"}:
            settings[stem] = read_settings(path)
    languages = settings.get("languages") or {}
    codes = [str(each).lower() for each in languages] if isinstance(languages, dict) else []
    own = str(settings.get("defaultcontentlanguage") or (codes[0] if codes else "")).lower()
    chosen = next((each for each in codes if each.split("-")[0] == language), own)
    chosen_settings: dict[str, Any] = (
        next((value for name, value in languages.items() if str(name).lower() == chosen), {})
        if codes
        else {}
    )
    folder = chosen_settings.get("contentDir") or settings.get("contentdir") or "content"
    content = root / str(folder)
    if not content.is_dir():
        content = root / "content"
    # A language may have a folder of its own, in which no name says it.
    default = own
    if chosen_settings.get("contentDir"):
        default = chosen
    elif chosen and (content / chosen).is_dir():
        content, default = content / chosen, chosen
    params = settings.get("params")
    params = (
        {str(name).lower(): value for name, value in params.items()}
        if isinstance(params, dict)
        else {}
    )
    author = params.get("author") or settings.get("author")
    authors = read_fields({"author": author}, ZoneInfo("UTC")).authors if author else ()
    return _Site(
        root, content, settings, str(settings.get("baseurl") or ""), chosen, default, authors
    )


def _name(path: Path, site: _Site) -> _File:
    name = normalise(path.relative_to(site.content).as_posix())
    stem = name.removesuffix(path.suffix)
    found = _LANGUAGE.search(stem)
    known = {str(each).lower() for each in site.settings.get("languages") or ()}
    if found and found["code"].lower() in known:
        return _File(path, stem.removesuffix(found[0]) + path.suffix, found["code"].lower())
    return _File(path, name, site.default)


def _is_hidden(fields: dict[str, Any]) -> bool:
    build = fields.get("build") or fields.get("_build")
    never = isinstance(build, dict) and str(build.get("render", "")).lower() in {
        "never",
        "false",
        "link",
    }
    return fields.get("headless") is True or never


def _read_title(path: Path, zone: ZoneInfo) -> str:
    try:
        found, _ = read_source(path)
    except UsageError:
        return ""
    return read_fields(found.fields, zone).title if found else ""


def _is_bundle(name: str) -> bool:
    return posixpath.basename(name).startswith("index.")


def _lies_in_bundle(name: str, bundles: set[str]) -> bool:
    """Tell whether a file is a part of the text of another one, which is a whole folder."""
    folder = posixpath.dirname(name)
    if _is_bundle(name):
        folder = posixpath.dirname(folder)
    while folder:
        if folder in bundles:
            return True
        folder = posixpath.dirname(folder)
    return False


def _stem(name: str) -> str:
    whole = posixpath.dirname(name) if _is_bundle(name) else posixpath.splitext(name)[0]
    return posixpath.basename(whole)


def _section(name: str) -> str:
    """Return the folder of a text below the content; a bundle lies in that of its own folder."""
    folder = posixpath.dirname(name)
    return posixpath.dirname(folder) if _is_bundle(name) else folder


def _find_address(file: _File, written: dict[str, Any], fields: Fields, site: _Site) -> str:
    """Return the address that a text had below its site."""
    if isinstance(written.get("url"), str) and written["url"]:
        url = str(written["url"])
        return url if url.startswith(("/", "http")) else f"/{url}"
    section = _section(file.name)
    stem = fields.slug or _hugo_slug(_stem(file.name))
    first = section.split("/")[0]
    permalinks = site.settings.get("permalinks") or {}
    if isinstance(permalinks.get("page"), dict):
        permalinks = permalinks["page"]
    pattern = permalinks.get(first)
    if isinstance(pattern, str) and pattern:
        return _fill(pattern, file, fields, stem)
    return posixpath.join("/", *(_hugo_slug(each) for each in section.split("/")), stem, "")


def _fill(pattern: str, file: _File, fields: Fields, stem: str) -> str:
    section = _section(file.name)
    date = fields.date or datetime(1, 1, 1)  # noqa: DTZ001 (a date that nobody sees)
    values = {
        "year": f"{date.year:04}",
        "month": f"{date.month:02}",
        "day": f"{date.day:02}",
        "yearday": date.strftime("%j"),
        "section": section.split("/")[0],
        "sections": section,
        "title": _hugo_slug(fields.title),
        "slug": fields.slug or _hugo_slug(fields.title),
        "slugorfilename": stem,
        "slugorcontentbasename": stem,
        "filename": _hugo_slug(_stem(file.name)),
        "contentbasename": _hugo_slug(_stem(file.name)),
    }
    filled = _TOKEN.sub(lambda found: values.get(found[1].lower(), found[0]), pattern)
    return posixpath.join("/", filled.lstrip("/"))


def _hugo_slug(text: str) -> str:
    """Return a part of an address as Hugo makes it: small letters, hyphens, letters with marks."""
    return re.sub(r"[^\w.-]+", "-", text.strip().lower()).strip("-")


def _make_lead(file: _File, addresses: dict[str, str], names: set[str]) -> Lead:
    """Return what finds the address of a text that a shortcode names, as Hugo looks for it."""

    def lead(name: str) -> str:
        path, _, part = name.partition("#")
        path = path.strip().removeprefix("/")
        folder = posixpath.dirname(file.name)
        near = posixpath.normpath(posixpath.join(folder, path))
        above = posixpath.normpath(posixpath.join(_section(file.name), path))
        for stem in (near, above, path):
            for each in (stem, f"{stem}.md", f"{stem}/index.md", f"{stem}/_index.md"):
                if each in addresses:
                    return addresses[each] + (f"#{part}" if part else "")
        last = posixpath.basename(path.rstrip("/")).removesuffix(".md")
        same = [each for each in names if _stem(each) == last and each in addresses]
        if len(same) == 1:
            return addresses[same[0]] + (f"#{part}" if part else "")
        return ""

    return lead


def _make_text(
    file: _File,
    found: FrontMatter,
    source: bytes,
    fields: Fields,
    address: str,
    site: _Site,
    titles: dict[str, str],
    zone: ZoneInfo,
    lead: Lead,
) -> OldText:
    stem, section = _stem(file.name), _section(file.name)
    dated = _DATED.match(stem)
    date, has_time = fields.date, fields.has_time
    notes = [*fields.notes]
    if date is None and dated:
        date, has_time = datetime.fromisoformat(dated["date"]).replace(tzinfo=zone), False
    kind = str(found.fields.get("type") or found.fields.get("layout") or "").lower()
    is_page = not section and not (fields.categories or fields.tags or kind.startswith("post"))
    if date is None and not is_page:
        notes.append(Note(mark("The page has no day.")))
    title = fields.title or unname(dated["slug"] if dated and dated["slug"] else stem)
    categories = fields.categories or _name_section(section, titles)
    above = posixpath.dirname(address.rstrip("/"))
    aliases = [each if each.startswith("/") else f"{above}/{each}" for each in fields.aliases]
    text = OldText(
        file.name,
        make_key(source),
        title=title,
        lead=fields.lead,
        date=date,
        has_time=has_time,
        categories=categories,
        tags=fields.tags,
        authors=fields.authors or (() if fields.source else site.authors),
        source=fields.source,
        slug=fields.slug or slugify((dated and dated["slug"]) or stem),
        address=with_base(address, site.base),
        aliases=tuple(dict.fromkeys(with_base(each, site.base) for each in (address, *aliases))),
        photo=_find_photo(fields, found.fields, file),
        views=fields.views,
        updated=fields.updated,
        expires=fields.expires,
        is_draft=fields.is_draft,
        is_featured=fields.is_featured,
        is_page=is_page,
        folder=file.path.parent,
        path=file.name,
        notes=tuple(notes),
    )
    body, told = translate_shortcodes(found.body, lead)
    if not site.settings:
        # Nobody knows which generator it is of.
        body, others = translate_liquid(body, {"site.baseurl": "", "site.url": ""}, lead)
        told += others
    import msgspec

    text = msgspec.structs.replace(text, notes=(*text.notes, *told))
    if file.path.suffix.lower() in HTML:
        return with_html(text, body)
    return msgspec.structs.replace(text, markdown=tidy_body(body))


def _name_section(section: str, titles: dict[str, str]) -> tuple[str, ...]:
    """Return the name of the folder in which a text lies, where it says what the text is about."""
    while section:
        last = posixpath.basename(section)
        if last.lower() not in _GENERAL and not re.fullmatch(r"\d{2,4}", last):
            return (titles.get(section) or last,)
        section = posixpath.dirname(section)
    return ()


def _find_photo(fields: Fields, written: dict[str, Any], file: _File) -> OldPhoto | None:
    """Return the photo that is named, or else the one that the bundle has for it."""
    if fields.photo:
        return fields.photo
    resources = written.get("resources")
    for each in resources if isinstance(resources, list) else ():
        if isinstance(each, dict) and _FEATURE.search(f"{each.get('name', '')}"):
            return OldPhoto(str(each.get("src", "")), str(each.get("title") or ""))
    if not _is_bundle(file.name):
        return None
    for path in sorted(file.path.parent.iterdir()):
        if path.suffix.lower() in _PICTURES and _FEATURE.match(path.stem):
            return OldPhoto(path.name)
    return None
