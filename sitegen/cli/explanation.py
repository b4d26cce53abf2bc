"""Sentences that say why there is a page or none, and why it was last rendered."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from urllib.parse import unquote, urlsplit

from sitegen.build import CACHE, Prepared, Request, prepare
from sitegen.cli.dependants import (
    explain_asset,
    explain_config,
    explain_list,
    explain_template,
    list_uses,
    write_moment,
)
from sitegen.cli.sentences import Sentence
from sitegen.content.articles import Article
from sitegen.content.discovery import CONTENT
from sitegen.foundation.addresses import find_url, output_path
from sitegen.foundation.text import normalise
from sitegen.incremental.keys import Reason, find_reason, key_file
from sitegen.incremental.manifest import Manifest, find_file, parse_key, parse_manifest
from sitegen.media.pictures import MediaFile
from sitegen.media.renditions import Rendition
from sitegen.media.share_cards import ShareCard
from sitegen.model import CONFIG_FILE
from sitegen.output.manifest_file import read_manifest
from sitegen.pages.planned import PlannedFile, PlannedPage
from sitegen.pages.redirects import REDIRECT
from sitegen.problems import UsageError, mark
from sitegen.theme.assets import Asset
from sitegen.theme.templates import ASSETS, TEMPLATES

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


def explain_target(request: Request, target: str) -> tuple[Sentence, ...]:
    """Explain ``target``, which is a file, relative to the root, or an address.

    Raises :class:`~sitegen.problems.UsageError` if it is neither.
    """
    prepared = prepare(request, request.root / CACHE)
    path = normalise(target.replace("\\", "/")).removeprefix("./")
    files = {file.path: file for group in prepared.groups for file in group.plan()}
    if path == CONFIG_FILE:
        return tuple(explain_config(prepared, files.values()))
    made = _find_made(prepared, files, path)
    sentences = [*_explain_files(request, prepared, made)]
    for file in made[:1]:
        if isinstance(file, Asset) and not file.owner:
            sentences += explain_asset(prepared, file, files.values())
        elif isinstance(file, PlannedPage):
            sentences += explain_list(prepared, file)
        elif isinstance(file, MediaFile | Rendition):
            sentences += list_uses(prepared, normalise(file.source), request.now)
    if not made:
        sentences += _explain_absence(request, prepared, path)
    if not sentences and path.startswith(f"{TEMPLATES}/"):
        name = path.removeprefix(f"{TEMPLATES}/")
        sentences += explain_template(prepared, name, files.values())
    if not sentences:
        raise UsageError("why-unknown", value=target)
    return tuple(sentences)


def _find_made(
    prepared: Prepared, files: Mapping[str, PlannedFile], path: str
) -> list[PlannedFile]:
    """Return what is made of the file at ``path``, companions last, or what has this address."""
    shared = prepared.rendering.shared
    if path.startswith(f"{CONTENT}/"):
        made = [file for file in files.values() if normalise(_find_source(file)) == path]
        return sorted(made, key=_rank)
    name = path.removeprefix(f"{TEMPLATES}/{ASSETS}/")
    url = _read_target(shared.view.assets.get(name, path) if name != path else path, shared.base)
    found = files.get(output_path(url)) or files.get(output_path(f"{url}/"))
    return [found] if found else []


def _rank(file: PlannedFile) -> int:
    """Return where a file stands among those that are made of the same one: its companions last."""
    if isinstance(file, PlannedPage):
        return 1 if file.template == REDIRECT else 0
    return 0 if isinstance(file, MediaFile) else 2


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
        if path in content.media:
            yield from list_uses(prepared, path, request.now)
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
        yield from list_uses(prepared, path, request.now)


def _explain_time(article: Article, now: datetime, path: str) -> Sentence:
    """Say since when an article has no page, or from when on it will have one."""
    if article.date > now.timestamp():
        text, moment = mark("{path} makes no page yet: its date is {moment}."), article.date
    else:
        text = mark("{path} makes no page any more: it expired at {moment}.")
        moment = article.expires or 0
    return Sentence(text, {"path": path, "moment": write_moment(moment, now)})


def _explain_files(
    request: Request, prepared: Prepared, files: Iterable[PlannedFile]
) -> Iterator[Sentence]:
    """Say what each file is and why it was made; a reason that all have in common is said once."""
    manifest = parse_manifest(read_manifest(request.output))
    before: list[Sentence] = []
    for file in files:
        yield _describe_file(prepared, file)
        history = list(_explain_history(prepared, manifest, file))
        if history != before:
            yield from history
        before = before or history


def _describe_file(prepared: Prepared, file: PlannedFile) -> Sentence:
    values = {"url": prepared.rendering.shared.base + find_url(file.path)}
    match file:
        case PlannedPage():
            text = mark("{url} is made of {owner} by templates/{template}.")
            values |= {"owner": file.owner, "template": file.template}
        case Asset(owner=""):
            return Sentence("{url} is a file of the theme.", values)
        case ShareCard():
            text = mark("{url} is the share card of {owner}.")
        case Rendition():
            text = mark("{url} is a smaller copy of {owner}.")
        case _:
            text = mark("{url} is made of {owner}.")
    return Sentence(text, {"owner": _find_source(file)} | values)


def _explain_history(
    prepared: Prepared, manifest: Manifest, file: PlannedFile
) -> Iterator[Sentence]:
    """Say why a file was last made, and why it will be made again."""
    note = find_file(manifest, file.path)
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
    return file.owner if isinstance(file, PlannedPage | Asset) else file.source
