"""What readers find changed: for people, for other programs, and for those who want to be told."""

import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlencode, urlsplit

from sitegen.cli.sentences import Sentence
from sitegen.content.settings import Config
from sitegen.foundation.addresses import find_url, indexnow_key_url
from sitegen.problems import UsageError, mark
from sitegen.releases.comparison import Change, ChangedFile

_SENTENCES = {
    Change.APPEARS: mark("new: {url}"),
    Change.CHANGES: mark("changed: {url}"),
    Change.VANISHES: mark("gone: {url}"),
}
# So many IndexNow takes in one request (https://www.indexnow.org/documentation).
_MOST_ADDRESSES = 10_000


def choose_pages(changed: Iterable[ChangedFile], *, every: bool) -> tuple[ChangedFile, ...]:
    """Return the pages of texts that show something else of their text, or ``every`` page."""
    return tuple(each for each in changed if (each.is_page if every else each.is_of_text))


def describe_pages(pages: Iterable[ChangedFile], config: Config) -> Iterator[Sentence]:
    """Yield a sentence for each page."""
    for each in pages:
        yield Sentence(_SENTENCES[each.change], {"url": _find_address(each, config)})


def format_pages(pages: Iterable[ChangedFile], config: Config) -> str:
    """Return a JSON list of objects with ``url``, ``what`` and ``reasons``."""
    entries = [
        {"url": _find_address(each, config), "what": each.change, "reasons": each.reasons}
        for each in pages
    ]
    return json.dumps(entries, indent=2)


def write_indexnow(pages: Iterable[ChangedFile], config: Config) -> Iterator[str]:
    """Yield the body of each request to a search engine, as one line of JSON.

    Raises :class:`~sitegen.problems.UsageError` where the site has no key.
    """
    if not config.indexnow:
        raise UsageError("setting-unset", value="indexnow")
    urls = [_find_address(each, config) for each in pages]
    for start in range(0, len(urls), _MOST_ADDRESSES):
        body = {
            "host": urlsplit(config.url).netloc,
            "key": config.indexnow,
            "keyLocation": config.url + indexnow_key_url(config.indexnow),
            "urlList": urls[start : start + _MOST_ADDRESSES],
        }
        yield json.dumps(body)


def write_websub(changed: Iterable[ChangedFile], config: Config) -> str:
    """Return the body of the request that tells a hub of changed feeds: nothing, if none changed.

    Raises :class:`~sitegen.problems.UsageError` where feeds name no hub.
    """
    if not config.websub:
        raise UsageError("setting-unset", value="websub")
    feeds = (each for each in changed if each.is_feed and each.change is not Change.VANISHES)
    topics = [("hub.url", _find_address(each, config)) for each in feeds]
    return urlencode([("hub.mode", "publish"), *topics]) if topics else ""


def _find_address(file: ChangedFile, config: Config) -> str:
    """Return the whole address of a file, as RFC 3986 has it."""
    return config.url + quote(find_url(file.path))
