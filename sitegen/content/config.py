"""``config.yaml`` to a checked :class:`~sitegen.model.Config`."""

import re
import string
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from sitegen.content.decoding import decode
from sitegen.content.fields import Fields, find_nearest, read_fields
from sitegen.foundation.addresses import RESERVED_FOLDERS
from sitegen.model import (
    CONFIG_FILE,
    WIDEST_PHOTO,
    Category,
    Config,
    Imprint,
    Lists,
    MenuEntry,
    NamedSlug,
    Pictures,
    SearchEngine,
)
from sitegen.problems import ConfigError, Place, Problem, ProblemsFoundError

DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANGUAGE = "vi"
DEFAULT_VIDEO_HOSTS = ("www.youtube.com", "youtube.com", "youtu.be", "vimeo.com")
PERMALINK_PARTS = frozenset({"category", "year", "month", "day", "slug"})

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}")
_SITE_PATH = re.compile(r"(?:/(?!\.\.?(?:/|$))[A-Za-z0-9._~-]+)*")
_PERMALINK = re.compile(r"/(?:[a-z0-9{}_-]+/)+")


def parse_config(source: bytes) -> Config:
    """Return the configuration written in ``source``.

    Raises :class:`~sitegen.problems.ConfigError` with every problem in it.
    """
    place = Place(CONFIG_FILE)
    problems: list[Problem] = []
    try:
        fields = read_fields(decode(source, place), place, problems)
    except ProblemsFoundError as error:
        raise ConfigError(error.problems) from error
    config = _build(fields)
    fields.finish()
    if problems:
        raise ConfigError(problems)
    return config


def peek_language(root: Path) -> str | None:
    """Return the site's language if it can be read, whatever else is wrong with the file."""
    try:
        place = Place(CONFIG_FILE)
        fields = read_fields(decode((root / CONFIG_FILE).read_bytes(), place), place, [])
        return fields.group("site").text("language", default=DEFAULT_LANGUAGE)
    except (OSError, ProblemsFoundError):
        return None


def _build(fields: Fields) -> Config:
    site = fields.group("site")
    url, base = _read_url(site)
    config = Config(
        title=site.text("title", required=True),
        url=url,
        base=base,
        language=_read_language(site),
        timezone=_read_timezone(site),
        description=site.text("description"),
        welcome=site.text("welcome"),
        categories=_read_categories(fields),
        permalink=_read_permalink(fields),
        menu=_read_entries(fields, "menu"),
        links=_read_entries(fields, "links"),
        imprint=_read_imprint(fields.group("imprint")),
        search=_read_search(fields.group("search")),
        lists=_read_lists(fields.group("lists")),
        pictures=_read_pictures(fields.group("pictures")),
        video_hosts=fields.texts("video_hosts") or DEFAULT_VIDEO_HOSTS,
        authors=_read_names(fields, "authors"),
        tags=_read_names(fields, "tags"),
        visits=fields.number("visits"),
    )
    site.finish()
    return config


def _read_url(site: Fields) -> tuple[str, str]:
    """Return the site's address without a slash at its end, and the path in it."""
    written = site.text("url", required=True)
    if not written:
        return "", ""
    try:
        parts = urlsplit(written)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        site.report_at("url", "config-url", value=written)
        return "", ""
    path = parts.path.rstrip("/")
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    web = parts.scheme in {"http", "https"}
    if not (web and plain and host and _HOST.fullmatch(host) and _SITE_PATH.fullmatch(path)):
        site.report_at("url", "config-url", value=written)
        return "", ""
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{path}", path


def _read_language(site: Fields) -> str:
    language = site.text("language", default=DEFAULT_LANGUAGE)
    if not is_language(language):
        site.report_at("language", "config-language", value=language)
    return language


def _read_timezone(site: Fields) -> ZoneInfo:
    name = site.text("timezone", default=DEFAULT_TIMEZONE)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        nearest = find_nearest(name, sorted(available_timezones()))
        site.report_at("timezone", "config-timezone", value=name, nearest=nearest)
        return ZoneInfo(DEFAULT_TIMEZONE)


def _read_categories(fields: Fields) -> tuple[Category, ...]:
    seen: set[str] = set()
    categories = []
    for group in fields.groups("categories", required=True):
        name = group.text("name", required=True)
        slug = group.slug("slug", name, "name")
        children = tuple(_read_category(child, slug, seen) for child in group.groups("children"))
        if slug in RESERVED_FOLDERS:
            group.report_at("slug" if group.has("slug") else "name", "slug-reserved", value=slug)
        category = Category(name=name, slug=slug, path=slug, children=children)
        _check_unique(group, category.path, seen)
        group.finish()
        categories.append(category)
    return tuple(categories)


def _read_category(group: Fields, parent: str, seen: set[str]) -> Category:
    name = group.text("name", required=True)
    slug = group.slug("slug", name, "name")
    category = Category(name=name, slug=slug, path=f"{parent}/{slug}")
    _check_unique(group, category.path, seen)
    group.finish()
    return category


def _check_unique(group: Fields, path: str, seen: set[str]) -> None:
    if path in seen:
        group.report("config-categories-same", group.place, url=f"/{path}/")
    seen.add(path)


def _read_permalink(fields: Fields) -> str:
    form = fields.text("permalink", default=Config.__struct_defaults__[2])
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(form) if name is not None}
    except ValueError as error:
        fields.report_at("permalink", "config-permalink", value=form, reason=str(error))
        return form
    if unknown := sorted(names - PERMALINK_PARTS):
        reason = "{" + unknown[0] + "}"
        fields.report_at("permalink", "config-permalink", value=form, reason=reason)
    elif "slug" not in names:
        fields.report_at("permalink", "config-permalink", value=form, reason="{slug}")
    elif not _PERMALINK.fullmatch(form):
        fields.report_at("permalink", "config-permalink", value=form, reason="/…/")
    return form


def _read_entries(fields: Fields, name: str) -> tuple[MenuEntry, ...]:
    entries = []
    for group in fields.groups(name):
        entry = MenuEntry(
            title=group.text("title", required=True), url=group.text("url", required=True)
        )
        if entry.url and not _is_link(entry.url):
            group.report_at("url", "config-link", value=entry.url)
        group.finish()
        entries.append(entry)
    return tuple(entries)


def _is_link(url: str) -> bool:
    if url.startswith("/"):
        return not url.startswith("//")
    return is_web_address(url)


def is_language(code: str) -> bool:
    """Tell whether ``code`` has the form of a language code: ``vi``, ``zh-Hant``."""
    return bool(_LANGUAGE.fullmatch(code))


def is_web_address(url: str) -> bool:
    """Tell whether ``url`` is the address of a page on the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _read_imprint(group: Fields) -> Imprint:
    imprint = Imprint(**{name: group.text(name) for name in Imprint.__struct_fields__})
    group.finish()
    return imprint


def _read_search(group: Fields) -> SearchEngine:
    default = SearchEngine()
    engine = SearchEngine(
        name=group.text("name", default=default.name),
        url=group.text("url", default=default.url),
        query=group.text("query", default=default.query),
        site=group.text("site", default=default.site),
    )
    if not (engine.url.startswith("https://") and is_web_address(engine.url)):
        group.report_at("url", "config-link", value=engine.url)
    group.finish()
    return engine


def _read_lists(group: Fields) -> Lists:
    default = Lists()

    def count(name: str, fallback: int, least: int = 1) -> int:
        number = group.number(name, least=least, most=1000)
        return fallback if number is None else number

    lists = Lists(
        page_size=count("page_size", default.page_size),
        neighbours=count("neighbours", default.neighbours),
        related=count("related", default.related, least=0),
        front_featured=count("front_featured", default.front_featured),
        front_latest=count("front_latest", default.front_latest),
        front_block=count("front_block", default.front_block),
        feed=count("feed", default.feed),
        feed_full=group.flag("feed_full", default=default.feed_full),
        authors=group.flag("authors", default=True),
        tags=group.flag("tags", default=True),
        months=group.flag("months", default=True),
    )
    group.finish()
    return lists


def _read_pictures(group: Fields) -> Pictures:
    default = Pictures()
    quality = group.number("quality", least=1, most=100)
    pictures = Pictures(
        widths=tuple(sorted(group.numbers("widths", least=50, most=WIDEST_PHOTO)))
        or default.widths,
        quality=default.quality if quality is None else quality,
        avif=group.flag("avif", default=default.avif),
        cards=group.flag("cards", default=default.cards),
    )
    group.finish()
    return pictures


def _read_names(fields: Fields, name: str) -> tuple[NamedSlug, ...]:
    named = []
    for group in fields.groups(name):
        title = group.text("name", required=True)
        named.append(NamedSlug(name=title, slug=group.slug("slug", title, "name")))
        group.finish()
    return tuple(named)
