"""``config.yaml`` to a checked :class:`~sitegen.content.settings.Config`."""

import re
import string
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from sitegen.content.article_file import find_categories, suggest_category
from sitegen.content.declarations import list_fields, read_values
from sitegen.content.decoding import decode
from sitegen.content.fields import Fields, read_fields
from sitegen.content.settings import REVIEWING, Category, Config, Desk, FrontBlock
from sitegen.foundation.addresses import CHANGING_FOLDERS, RESERVED_FOLDERS, category_url
from sitegen.foundation.hosts import read_host
from sitegen.model import CONFIG_FILE
from sitegen.problems import ConfigError, Place, Problem, ProblemsFoundError, mark

PERMALINK_PARTS = frozenset({"category", "year", "month", "day", "slug"})

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
    declaration = list_fields(Config)
    values = read_values(declaration, fields)
    values["url"], values["base"] = _split_url(fields.group("site"), values["url"])
    values["categories"] = tuple(_place_categories(fields, values["categories"]))
    _check_permalink(fields, values["permalink"])
    _check_desk(fields.group("desk"), values["desk"])
    values["front"] = tuple(_place_blocks(fields, Config(**values)))
    fields.finish(declaration.names)
    if problems:
        raise ConfigError(problems)
    return Config(**values)


def _split_url(site: Fields, written: str) -> tuple[str, str]:
    """Return the site's address without a slash at its end, and the path in it."""
    if not written:
        return "", ""
    host = read_host(written)
    if not host:
        site.report_at("url", "config-url", value=written)
        return "", ""
    parts = urlsplit(written)
    path = parts.path.rstrip("/")
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    web = parts.scheme in {"http", "https"}
    if not (web and plain and _SITE_PATH.fullmatch(path)):
        site.report_at("url", "config-url", value=written)
        return "", ""
    return f"{parts.scheme}://{host}{path}", path


def _place_categories(fields: Fields, categories: tuple[Category, ...]) -> Iterator[Category]:
    """Yield categories with their addresses, of which no two can be the same."""
    seen: set[str] = set()

    def check(group: Fields, path: str) -> str:
        if path in seen:
            group.report("config-categories-same", group.place, url=category_url(path))
        seen.add(path)
        return path

    for group, parent in zip(fields.open_groups("categories"), categories, strict=True):
        slug = parent.slug
        if slug in RESERVED_FOLDERS:
            named = "slug" if "slug" in group.written else "name"
            group.report_at(named, "slug-reserved", value=slug)
        children = [
            msgspec.structs.replace(
                child,
                path=check(below, f"{slug}/{child.slug}"),
                kind=child.kind or parent.kind,
            )
            for below, child in zip(group.open_groups("children"), parent.children, strict=True)
        ]
        path = check(group, slug)
        yield msgspec.structs.replace(parent, path=path, children=tuple(children))


def _check_desk(group: Fields, desk: Desk) -> None:
    """Report what is missing for a desk that is published, and what its host does not have."""
    if desk.host and "repository" not in group.written:
        group.report("setting-missing", group.place, name="repository", group="desk")
    if desk.review and desk.host not in REVIEWING:
        group.report_at("review", "config-desk-review")


def _place_blocks(fields: Fields, config: Config) -> Iterator[FrontBlock]:
    """Yield the blocks of the front page, each with the path of its category."""
    for group, block in zip(fields.open_groups("front"), config.front, strict=True):
        found = find_categories(block.category, config)
        if not block.category:
            continue
        if not found:
            code, suggested = suggest_category(block.category, config)
            group.report_at("category", code, value=block.category, **suggested)
            continue
        if len(found) > 1:
            addresses = ", ".join(each.path for each in found)
            group.report_at(
                "category", "category-ambiguous", value=block.category, addresses=addresses
            )
        yield msgspec.structs.replace(block, category=found[0].path)


def _check_permalink(fields: Fields, form: str) -> None:
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(form) if name is not None}
    except ValueError:
        reason = mark("the curly brackets")
        fields.report_at("permalink", "config-permalink", value=form, reason=reason)
        return
    reason = ""
    if unknown := sorted(names - PERMALINK_PARTS):
        reason = "{" + unknown[0] + "}"
    elif "slug" not in names:
        reason = "{slug}"
    elif not _PERMALINK.fullmatch(form):
        reason = "/…/"
    elif taken := [each for each in CHANGING_FOLDERS if form.startswith(each)]:
        reason = taken[0]
    if reason:
        fields.report_at("permalink", "config-permalink", value=form, reason=reason)
