"""Sentences that say why there is a page or none, and why it was last rendered."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote, urlsplit

from sitegen.build import CACHE, Prepared, Request, prepare
from sitegen.content.articles import Article
from sitegen.content.discovery import CONTENT
from sitegen.foundation.addresses import find_url, output_path
from sitegen.foundation.text import normalise
from sitegen.incremental.keys import Reason, find_reason, key_file
from sitegen.incremental.manifest import find_file, parse_key, parse_manifest
from sitegen.model import Record
from sitegen.output.manifest_file import read_manifest
from sitegen.pages.planned import PlannedFile, PlannedPage
from sitegen.problems import UsageError, mark
from sitegen.theme.assets import Asset

_REASONS: dict[str, str] = {
    Reason.NEW: mark("It was new."),
    Reason.AGAIN: mark("Everything was to be rendered, or the file was missing in the output."),
    Reason.GENERATOR: mark("The generator itself had changed."),
    Reason.SITE: mark(
        "What all pages show had changed: config.yaml, the menu, a standing page, or the style."
    ),
    Reason.TEMPLATE: mark("Its template had changed, or a part of it."),
    Reason.OWN: mark(
        "What it is made of had changed: its own file, its photo, or where its links lead."
    ),
    Reason.AROUND: mark("An article that it shows beside its own or in a list had changed."),
}


class Sentence(Record, frozen=True):
    """A text to be translated, and the values that are put into it."""

    text: str
    values: dict[str, str] = {}


def explain_target(request: Request, target: str) -> tuple[Sentence, ...]:
    """Explain ``target``, which is a file, relative to the root, or an address.

    Raises :class:`~sitegen.problems.UsageError` if it is neither.
    """
    prepared = prepare(request, request.root / CACHE)
    path = normalise(target.replace("\\", "/")).removeprefix("./")
    files = {file.path: file for group in prepared.groups for file in group.plan()}
    if path.startswith(f"{CONTENT}/"):
        made = [file for file in files.values() if normalise(_find_source(file)) == path]
    else:
        url = _read_target(path, prepared.rendering.shared.base)
        found = files.get(output_path(url)) or files.get(output_path(f"{url}/"))
        made = [found] if found else []
    sentences = [each for file in made for each in _explain_file(request, prepared, file)]
    sentences = sentences or list(_explain_absence(request, prepared, path))
    if not sentences:
        raise UsageError("why-unknown", value=target)
    return tuple(sentences)


def _read_target(target: str, base: str) -> str:
    """Return an address without the site's own path ``base``."""
    try:
        path = unquote(urlsplit(target).path)
    except ValueError as error:
        raise UsageError("why-unknown", value=target) from error
    if f"{path}/".startswith(f"{base}/"):
        path = path.removeprefix(base)
    return f"/{path.lstrip('/')}"


def _explain_absence(request: Request, prepared: Prepared, path: str) -> Iterator[Sentence]:
    """Say why no file of the output is made of ``path``."""
    content, site = prepared.content, prepared.context.site
    if path in site.broken:
        yield Sentence("{path} has errors, so nothing is built. See: sitegen check", {"path": path})
        return
    article = next((each for each in content.articles if normalise(each.path) == path), None)
    if article and not article.draft:
        yield _explain_time(article, request.now, path)
    elif path in map(normalise, site.hidden):
        yield Sentence("{path} makes no page: it is a draft (draft: true).", {"path": path})
    for each in site.standing_texts:
        if normalise(each.path) == path:
            url = prepared.rendering.shared.href(each.url)
            yield Sentence("{path} is shown on {url}.", {"path": path, "url": url})
    if path in content.media:
        yield Sentence("{path} is not published: no published article uses it.", {"path": path})


def _explain_time(article: Article, now: datetime, path: str) -> Sentence:
    """Say since when an article has no page, or from when on it will have one."""
    if article.date > now.timestamp():
        text, moment = mark("{path} makes no page yet: its date is {moment}."), article.date
    else:
        text = mark("{path} makes no page any more: it expired at {moment}.")
        moment = article.expires or 0
    written = datetime.fromtimestamp(moment, now.tzinfo).isoformat(" ", "minutes")
    return Sentence(text, {"path": path, "moment": written})


def _explain_file(request: Request, prepared: Prepared, file: PlannedFile) -> Iterator[Sentence]:
    url = prepared.rendering.shared.base + find_url(file.path)
    if isinstance(file, PlannedPage):
        text = mark("{url} is made of {owner} by templates/{template}.")
        yield Sentence(text, {"url": url, "owner": file.owner, "template": file.template})
    elif isinstance(file, Asset):
        yield Sentence("{url} is a file of the theme.", {"url": url})
    else:
        yield Sentence("{url} is made of {owner}.", {"url": url, "owner": file.source})
    note = find_file(parse_manifest(read_manifest(request.output)), file.path)
    key = parse_key(note.key) if note else None
    if note is None or key is None:
        yield Sentence("It has not been built yet.")
        return
    yield Sentence("When it was last rendered:")
    yield Sentence(_REASONS.get(note.reason, _REASONS[Reason.AGAIN]))
    if reason := find_reason(key, key_file(prepared.keys, file)):
        yield Sentence("The next build will render it again:")
        yield Sentence(_REASONS[reason])


def _find_source(file: PlannedFile) -> str:
    if isinstance(file, Asset):
        return ""
    return file.owner if isinstance(file, PlannedPage) else file.source
