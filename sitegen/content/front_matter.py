"""The bytes of a Markdown file to the typed fields of an article or standing page, and its body."""

import functools
import re
import unicodedata
from datetime import datetime
from urllib.parse import unquote

from sitegen.content.config import is_language, is_web_address
from sitegen.content.decoding import decode_encoded, is_lfs_pointer
from sitegen.content.fields import Fields, FieldsError, find_nearest, read_fields
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.text import find_legacy, fold, may_be_legacy, slugify
from sitegen.markdown.conversion import summarise
from sitegen.markdown.references import find_references, locate_reference
from sitegen.model import ArticleFile, Body, Category, Config, PageFile, Photo, Record, Translation
from sitegen.problems import Place, Problem, ProblemsFoundError, problem, warning

_FENCE = "---"
_END = re.compile(r"\n---[ \t]*$", re.MULTILINE)
_ALIAS = re.compile(r"/(?!/)[^\s#\\]*")
_LONGEST_PART = 200
# The fields that only one kind of text has.
_ONLY_ARTICLES = frozenset(
    {"author", "category", "date", "expires", "featured", "source", "tags", "views"}
)
_ONLY_PAGES = frozenset({"menu"})


class Source(Record, frozen=True):
    """A decoded file: where the front matter and the body stand in its text.

    ``encoded`` is the whole text in UTF-8; its bytes from ``body_byte`` on are the body.
    """

    path: str
    fields: str
    body: str
    body_line: int
    encoded: bytes
    body_byte: int


def split(source: bytes, path: str) -> Source:
    """Return the front matter and the body of the file ``path``.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where the file has no such form.
    """
    place = Place(path)
    text, encoded = decode_encoded(source, place)
    if not text.strip():
        raise FieldsError([problem("file-empty", place)])
    if is_lfs_pointer(source):
        raise FieldsError([problem("file-lfs", place)])
    first, line_end, _ = text.partition("\n")
    if first.rstrip() != _FENCE:
        raise FieldsError([problem("front-matter-missing", place)])
    # The line end before the closing line may be the one behind the opening line.
    end = _END.search(text, len(first))
    if end is None:
        raise FieldsError([problem("front-matter-unclosed", place)])
    fields = text[len(first) + len(line_end) : end.start() + 1]
    start = end.end() + text.startswith("\n", end.end())
    return Source(
        path=path,
        fields=fields,
        body=text[start:],
        body_line=fields.count("\n") + 3,
        encoded=encoded,
        body_byte=len(text[:start].encode()),
    )


def read_article(
    source: bytes, path: str, config: Config
) -> tuple[ArticleFile | None, list[Problem]]:
    """Return the article in ``source`` with all its problems.

    ``path`` is relative to the root. There is no article where the file has not the form of one;
    beside an article with errors in its fields, what is wrong with the rest can still be found.
    """
    problems: list[Problem] = []
    try:
        parts = split(source, path)
        fields = read_fields(parts.fields, Place(path, 2), problems)
    except ProblemsFoundError as error:
        return None, list(error.problems)
    zone = config.timezone
    title = fields.text("title", required=True)
    date = fields.date("date", zone, required=True)
    authors = fields.texts("author", single=True)
    origin = fields.text("source")
    if not (authors or origin or fields.has("author") or fields.has("source")):
        fields.report("author-missing", fields.place)
    lead = fields.text("lead")
    article = ArticleFile(
        path=path,
        title=title,
        date=date or datetime.fromtimestamp(0, zone),
        category=_read_category(fields, config),
        slug=fields.slug("slug", title, "title"),
        body=read_body(parts),
        authors=authors,
        source=origin,
        lead=lead,
        summary=lead or summarise(parts.body),
        photo=_read_photo(fields),
        tags=fields.texts("tags"),
        updated=_read_later(fields, "updated", config, date),
        expires=_read_later(fields, "expires", config, date),
        draft=fields.flag("draft"),
        featured=fields.flag("featured"),
        aliases=_read_aliases(fields),
        views=fields.number("views"),
        translations=_read_translations(fields),
        length=len(parts.body),
    )
    _close(fields, parts, _ONLY_PAGES, "field-of-pages")
    return article, problems


def read_page(source: bytes, path: str, config: Config) -> tuple[PageFile | None, list[Problem]]:
    """Return the standing page in ``source`` with all its problems; see :func:`read_article`."""
    problems: list[Problem] = []
    try:
        parts = split(source, path)
        fields = read_fields(parts.fields, Place(path, 2), problems)
    except ProblemsFoundError as error:
        return None, list(error.problems)
    title = fields.text("title", required=True)
    page = PageFile(
        path=path,
        title=title,
        slug=fields.slug("slug", title, "title"),
        body=read_body(parts),
        lead=fields.text("lead"),
        photo=_read_photo(fields),
        updated=fields.date("updated", config.timezone),
        draft=fields.flag("draft"),
        menu=fields.flag("menu"),
        aliases=_read_aliases(fields),
        translations=_read_translations(fields),
    )
    _close(fields, parts, _ONLY_ARTICLES, "field-of-articles")
    return page, problems


def _close(fields: Fields, parts: Source, elsewhere: frozenset[str], code: str) -> None:
    """Finish the fields, and warn of text in an old encoding.

    Fields that the other kind of text has are told by ``code``.
    """
    fields.finish(elsewhere, code)
    if not may_be_legacy(parts.encoded):
        return
    for text, line in ((parts.fields, 2), (parts.body, parts.body_line)):
        if sample := find_legacy(text):
            before = text[: text.index(sample)]
            column = len(before) - before.rfind("\n")
            place = Place(parts.path, line + before.count("\n"), column)
            fields.problems.append(warning("legacy-encoding", place, sample=sample))


def digest_body(parts: Source) -> bytes:
    """Return the digest of a body's text."""
    return digest_bytes(parts.encoded[parts.body_byte :])


def read_body(parts: Source) -> Body:
    """Return what can be known of a body without rendering it."""
    return Body(
        path=parts.path,
        start=parts.body_byte,
        digest=digest_body(parts),
        references=find_references(parts.body),
    )


def _read_category(fields: Fields, config: Config) -> str:
    written = fields.text("category", required=True)
    if not written:
        return ""
    found = find_categories(written, config)
    if not found:
        by_slug = {slugify(category.name): category.name for category in config.every_category()}
        nearest = by_slug.get(find_nearest(slugify(written), by_slug), "")
        fields.report_at("category", "category-unknown", value=written, nearest=nearest)
        return ""
    if len(found) > 1:
        addresses = ", ".join(category.path for category in found)
        fields.report_at("category", "category-ambiguous", value=written, addresses=addresses)
    return found[0].path


def find_categories(written: str, config: Config) -> tuple[Category, ...]:
    """Return the category whose address is ``written``, or else all that have that name or slug."""
    by_path, by_name = _index_categories(config.categories)
    wanted = fold(written)
    return by_path.get(wanted) or by_name.get(wanted, ())


@functools.lru_cache(maxsize=4)
def _index_categories(
    categories: tuple[Category, ...],
) -> tuple[dict[str, tuple[Category, ...]], dict[str, tuple[Category, ...]]]:
    """Return what each address stands for, and each name or slug, in the order of the menu."""
    by_path: dict[str, tuple[Category, ...]] = {}
    by_name: dict[str, tuple[Category, ...]] = {}
    for parent in categories:
        for category in (parent, *parent.children):
            by_path[category.path] = (*by_path.get(category.path, ()), category)
            for name in {fold(category.name), category.slug}:
                by_name[name] = (*by_name.get(name, ()), category)
    return by_path, by_name


def _read_photo(fields: Fields) -> Photo | None:
    photo = Photo(
        reference=fields.text("photo"),
        caption=fields.text("photo_caption"),
        credit=fields.text("photo_credit"),
        alt=fields.text("photo_alt"),
    )
    if not photo.reference:
        return None
    if not photo.caption and not fields.has("photo_caption"):
        fields.report_at("photo", "caption-missing")
    return photo


def _read_later(
    fields: Fields, name: str, config: Config, date: datetime | None
) -> datetime | None:
    moment = fields.date(name, config.timezone)
    # A date alone is midnight: an update on the day of publication is not "before" it.
    too_early = moment and date and moment < date
    if moment and date and name == "updated" and moment.date() == date.date():
        too_early = too_early and bool(moment.hour or moment.minute)
    if too_early or (name == "expires" and moment and moment == date):
        fields.report_at(name, "date-order", field=name)
    return moment


def _read_aliases(fields: Fields) -> tuple[str, ...]:
    aliases = fields.texts("aliases")
    for alias in aliases:
        if not _is_old_address(alias):
            fields.report("alias-form", fields.place_in("aliases", alias), value=alias)
    return aliases


def _is_old_address(alias: str) -> bool:
    """Tell whether ``alias`` is a path, with or without a query, that can be written as a file."""
    path = unquote(alias.partition("?")[0])
    # An address with a query is a line in lists, too.
    whole = unquote(alias)
    return (
        bool(_ALIAS.fullmatch(alias))
        and not any(unicodedata.category(each) == "Cc" or each == "\\" for each in whole)
        and all(
            part not in {".", ".."} and len(part.encode()) <= _LONGEST_PART
            for part in path.split("/")
        )
    )


def locate_value(source: bytes, path: str, value: str) -> Place:
    """Return where ``value`` is written in a file, or where its title is, for an empty value."""
    try:
        parts = split(source, path)
        fields = read_fields(parts.fields, Place(path, 2), [])
    except ProblemsFoundError:
        return Place(path)
    if not value:
        return fields.place_of("slug" if fields.has("slug") else "title")
    whole = re.compile(rf"(?<![\w/.%-]){re.escape(value)}(?![\w/?=&%-])")
    for number, line in enumerate(parts.fields.split("\n"), start=2):
        if found := whole.search(line):
            return Place(path, number, found.start() + 1)
    line_number, column = locate_reference(parts.body, value)
    return Place(path, parts.body_line + line_number - 1, column)


def _read_translations(fields: Fields) -> tuple[Translation, ...]:
    translations = []
    for group in fields.groups("translations"):
        each = Translation(
            language=group.text("language", required=True),
            title=group.text("title", required=True),
            url=group.text("url", required=True),
        )
        for name, good in (("language", is_language), ("url", is_web_address)):
            value = getattr(each, name)
            if value and not good(value):
                group.report_at(name, "translation-form", value=value)
        group.finish()
        translations.append(each)
    return tuple(translations)
