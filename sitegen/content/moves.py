"""A text that gets another address or another place, and everything that has to say so."""

import posixpath
from datetime import datetime
from pathlib import Path

from sitegen.content.article_file import find_categories, suggest_category
from sitegen.content.articles import Article
from sitegen.content.discovery import CONTENT
from sitegen.content.edits import list_scalars, write_field, write_items
from sitegen.content.kinds import Document, find_kind, list_references, read_text
from sitegen.content.reading import Content
from sitegen.content.reference_paths import resolve_path, write_reference
from sitegen.content.scalars import quote
from sitegen.content.settings import Category, Config
from sitegen.foundation.files import read_file
from sitegen.foundation.text import normalise
from sitegen.markdown.references import rewrite_references
from sitegen.model import Record
from sitegen.problems import ProblemsFoundError, UsageError

_HABIT = "content/{category}/{year}/{slug}.md"


class Wishes(Record, frozen=True):
    """What is to be different: nothing where a field is empty. ``folder`` is below ``content/``."""

    category: str = ""
    slug: str = ""
    date: str = ""
    folder: str = ""


class Move(Record, frozen=True):
    """What a move comes to: the new texts by path, and the path and the address, old and new.

    ``alias`` tells whether the old address leads to the new one from now on.
    """

    texts: dict[str, str]
    path: str
    target: str
    old_url: str
    url: str
    alias: bool


def plan_move(
    root: Path, config: Config, content: Content, path: str, wishes: Wishes, now: datetime
) -> Move:
    """Return what has to change so that the text at ``path`` has the place that is wished.

    A text that readers know by its old address at ``now`` is led to from there. Where it lies as
    ``sitegen new`` would have put it, it is put there again.

    Raises :class:`~sitegen.problems.UsageError` for what is no text, a category that there is not,
    an address or a file that there is already; :class:`~sitegen.problems.ProblemsFoundError` for a
    text that has problems, before or afterwards.
    """
    source = _read(root, path)
    before = _interpret(source, path, config)
    after_fields = _fill(source, path, config, wishes)
    wished = _interpret(after_fields, path, config)
    target = _find_place(before, wished, path, wishes)
    if target != path and (root / target).exists():
        raise UsageError("file-exists", path=target)
    moved = _rewrite_own(after_fields, path, target, content)
    after = _interpret(moved, target, config)
    documents = [*content.articles, *content.standing_texts]
    if any(each.url == after.url and normalise(each.path) != path for each in documents):
        raise UsageError("address-taken", url=after.url)
    known = not before.draft and not (isinstance(before, Article) and before.date > now.timestamp())
    alias = known and before.url != after.url
    aliases = [each for each in before.aliases if each != after.url]
    aliases += [before.url] if alias and before.url not in aliases else []
    if tuple(aliases) != before.aliases:
        moved = write_items(moved, path, "aliases", aliases)
    texts = {target: moved}
    for each in documents if target != path else ():
        if normalise(each.path) != path and _names(each, path):
            texts[each.path] = _rewrite_links(root, each.path, path, target)
    return Move(texts, path, target, before.url, after.url, alias)


def _read(root: Path, path: str) -> str:
    try:
        return read_file(root / path).decode()
    except FileNotFoundError as error:
        raise UsageError("why-unknown", value=path) from error


def _interpret(source: str, path: str, config: Config) -> Document:
    document, problems = read_text(source.encode(), path, config)
    errors = tuple(each for each in problems if not each.warning)
    if document is None or errors:
        raise ProblemsFoundError(errors)
    return document


def _fill(source: str, path: str, config: Config, wishes: Wishes) -> str:
    """Return the text with the fields that are wished."""
    if wishes.category:
        source = write_field(source, path, "category", quote(_find(wishes.category, config).name))
    if wishes.slug:
        source = write_field(source, path, "slug", quote(wishes.slug))
    if wishes.date:
        source = write_field(source, path, "date", wishes.date)
    return source


def _find(name: str, config: Config) -> Category:
    found = find_categories(name, config)
    if not found:
        code, suggested = suggest_category(name, config)
        raise UsageError(code, value=name, **suggested)
    if len(found) > 1:
        addresses = ", ".join(each.path for each in found)
        raise UsageError("category-ambiguous", value=name, addresses=addresses)
    return found[0]


def _find_place(before: Document, after: Document, path: str, wishes: Wishes) -> str:
    """Return the path at which a text is to lie."""
    name = posixpath.basename(path)
    if _find_last_part(before.url) == name.removesuffix(".md"):
        name = f"{_find_last_part(after.url)}.md"
    if wishes.folder:
        folder = posixpath.normpath(wishes.folder.replace("\\", "/")).strip("/")
        below = folder if f"{folder}/".startswith(f"{CONTENT}/") else f"{CONTENT}/{folder}"
        target = posixpath.normpath(f"{below}/{name}")
        if not target.startswith(f"{CONTENT}/") or find_kind(target) is not find_kind(path):
            raise UsageError("move-folder", value=wishes.folder)
        return target
    if isinstance(before, Article) and isinstance(after, Article) and path == _write_habit(before):
        return _write_habit(after)
    return posixpath.join(posixpath.dirname(path), name)


def _find_last_part(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def _write_habit(article: Article) -> str:
    """Return where ``sitegen new`` would put an article."""
    return _HABIT.format(
        category=article.category, year=f"{article.year:04}", slug=_find_last_part(article.url)
    )


def _rewrite_own(source: str, path: str, target: str, content: Content) -> str:
    """Return a text whose own links and photos lead where they led before it moved."""
    if posixpath.dirname(path) == posixpath.dirname(target):
        return source

    def keep(reference: str) -> str:
        named = resolve_path(path, reference)
        stays = reference.startswith("/") or not named
        return reference if stays else write_reference(target, named)

    source = rewrite_references(source, keep)
    for name, value in list_scalars(source, path).items():
        if not value.startswith("/") and resolve_path(path, value) in content.media:
            source = write_field(source, path, name, quote(keep(value)))
    return source


def _names(document: Document, path: str) -> bool:
    return any(each.path == path for each in list_references(document))


def _rewrite_links(root: Path, owner: str, path: str, target: str) -> str:
    """Return the text ``owner`` with links to ``target`` where they led to ``path``."""

    def lead(reference: str) -> str:
        leads = resolve_path(owner, reference) == path
        return write_reference(owner, target) if leads else reference

    return rewrite_references(_read(root, owner), lead)
