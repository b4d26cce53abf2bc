"""Sentences that say what depends on a file, and which articles a list shows."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from sitegen.build import Prepared
from sitegen.cli.sentences import Sentence
from sitegen.content.articles import Article, open_article
from sitegen.content.kinds import Document, find_audio, find_photo, list_references
from sitegen.content.selection import ArticleList
from sitegen.foundation.addresses import media_url
from sitegen.foundation.parts import unseal
from sitegen.foundation.text import normalise
from sitegen.model import CONFIG_FILE
from sitegen.pages.list_addresses import every_list
from sitegen.pages.planned import SITE, PlannedFile, PlannedPage
from sitegen.problems import mark
from sitegen.theme.assets import Asset
from sitegen.theme.templates import ASSETS, TEMPLATES
from sitegen.views import Headline

# How many pages of a kind, and how many articles of a list, are named.
_FEW_PAGES = 3
_FEW_ARTICLES = 5


def list_uses(prepared: Prepared, path: str, now: datetime) -> Iterator[Sentence]:
    """Yield where the media file ``path``, relative to the root and in NFC, is shown or linked."""
    content, config = prepared.content, prepared.context.site.config
    documents = (*content.articles, *content.standing_texts, *content.flawed)
    uses = []
    for each in sorted(documents, key=lambda document: document.path):
        if role := _find_role(each, path):
            state = _describe_state(each, prepared, now)
            uses.append(Sentence("{path}: {role} ({state})", _say(each.path, role, state)))
    if any(entry.url == media_url(path) for entry in (*config.menu, *config.links)):
        role, everywhere = mark("in the menu or the web links"), Sentence("on every page")
        uses.append(Sentence("{path}: {role} ({state})", _say(CONFIG_FILE, role, everywhere)))
    if uses:
        yield Sentence("It is used here:")
        yield from uses


def _say(path: str, role: str, state: Sentence) -> dict[str, str | Sentence]:
    return {"path": path, "role": Sentence(role), "state": state}


def _find_role(document: Document, path: str) -> str:
    """Return where a text uses the file ``path``, or nothing if it does not."""
    audio = find_audio(document)
    if audio and audio.path == path:
        return mark("in `audio`")
    in_body = any(each.path == path for each in list_references(document))
    if find_photo(document) == path:
        return mark("in `photo` and in the body") if in_body else mark("in `photo`")
    return mark("in the body") if in_body else ""


def _describe_state(document: Document, prepared: Prepared, now: datetime) -> Sentence:
    site = prepared.context.site
    if normalise(document.path) in site.broken:
        return Sentence("it has errors")
    if document.path not in site.hidden:
        return Sentence("it is published")
    if document.draft or not isinstance(document, Article):
        return Sentence("it is a draft")
    if document.date > now.timestamp():
        return Sentence("to come at {moment}", {"moment": write_moment(document.date, now)})
    moment = write_moment(document.expires or 0, now)
    return Sentence("expired at {moment}", {"moment": moment})


def write_moment(seconds: float, now: datetime) -> str:
    """Return a time, in seconds since 1970, in the time zone of ``now``."""
    return datetime.fromtimestamp(seconds, now.tzinfo).isoformat(" ", "minutes")


def explain_config(prepared: Prepared, files: Collection[PlannedFile]) -> Iterator[Sentence]:
    """Yield which pages depend on ``config.yaml``: all of ``files`` that are pages."""
    pages = [each for each in files if isinstance(each, PlannedPage)]
    values = {"path": CONFIG_FILE, "count": str(len(pages))}
    yield Sentence("Every page depends on {path}, {count} in all:", values)
    yield from _count_pages(prepared, pages)


def explain_template(
    prepared: Prepared, name: str, files: Collection[PlannedFile]
) -> Iterator[Sentence]:
    """Yield which templates and which of ``files`` depend on a template; nothing if there is none.

    ``name`` is that in ``templates/``.
    """
    templates = prepared.rendering.theme.templates
    if name not in templates.sources:
        return
    path = f"{TEMPLATES}/{name}"
    above = [each for each in sorted(templates.sources) if name in templates.list_parts(each)]
    others = [f"{TEMPLATES}/{each}" for each in above if each != name]
    if others:
        values = {"path": path, "templates": ", ".join(others)}
        yield Sentence("{path} is part of {templates}.", values)
    pages = [each for each in files if isinstance(each, PlannedPage) and each.template in above]
    if not pages:
        yield Sentence("No page is made by {path}.", {"path": path})
        return
    values = {"path": path, "count": str(len(pages))}
    yield Sentence("The pages that are made by {path}, {count} in all:", values)
    yield from _count_pages(prepared, pages)


def explain_asset(
    prepared: Prepared, asset: Asset, files: Collection[PlannedFile]
) -> Iterator[Sentence]:
    """Yield which of ``files`` depend on a file of the theme."""
    url = f"/{asset.path}"
    for name, address in sorted(prepared.rendering.shared.view.assets.items()):
        other = next((each for each in files if address.endswith(f"/{each.path}")), None)
        if isinstance(other, Asset) and other != asset and url.encode() in other.data:
            yield Sentence("{path} refers to it.", {"path": f"{TEMPLATES}/{ASSETS}/{name}"})
    pages = [each for each in files if isinstance(each, PlannedPage)]
    text = mark("Every page may name it, so all {count} pages are made again when it changes.")
    yield Sentence(text, {"count": str(len(pages))})


def _count_pages(prepared: Prepared, pages: Iterable[PlannedPage]) -> Iterator[Sentence]:
    """Yield how many of ``pages`` each template makes, most first, and where the first are."""
    by_template: dict[str, list[str]] = {}
    for page in pages:
        urls = by_template.setdefault(page.template, [])
        urls.append(prepared.rendering.shared.href(page.url))
    for template, urls in sorted(by_template.items(), key=lambda each: (-len(each[1]), each[0])):
        named = ", ".join(sorted(urls)[:_FEW_PAGES])
        yield Sentence(
            "{count} by {template}: {urls}",
            {
                "count": str(len(urls)),
                "template": f"{TEMPLATES}/{template}",
                "urls": f"{named}, …" if len(urls) > _FEW_PAGES else named,
            },
        )


def explain_list(prepared: Prepared, page: PlannedPage) -> Iterator[Sentence]:
    """Yield how many articles the list has that ``page`` belongs to, and which are the newest."""
    if page.owner != SITE or not (found := _find_list(prepared, page)):
        return
    values = {"url": prepared.rendering.shared.href(found.url), "count": str(len(found.articles))}
    if not found.articles:
        yield Sentence("The list {url} has no articles yet.", values)
        return
    yield Sentence("The list {url} has {count} articles, the newest are:", values)
    for each in found.articles[:_FEW_ARTICLES]:
        headline = unseal(open_article(each).headline, Headline)
        values = {"path": each.path, "title": headline.title, "day": headline.published.day}
        yield Sentence("{path}: {title} ({day})", values)


def _find_list(prepared: Prepared, page: PlannedPage) -> ArticleList | None:
    """Return the list of a page: a child has a longer address than its parent."""
    lists = [each for each in every_list(prepared.context.site) if page.url.startswith(each.url)]
    return max(lists, key=lambda each: len(each.url), default=None)
