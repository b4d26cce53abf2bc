"""Which addresses of a log are pages of the site, and which article each belongs to."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote_to_bytes, urlsplit

from sitegen.content.articles import Article, open_article
from sitegen.content.selection import Site
from sitegen.foundation.addresses import NOT_FOUND, find_url, output_path, redirect_url
from sitegen.foundation.parts import unseal
from sitegen.foundation.text import normalise, read_number
from sitegen.model import Record
from sitegen.pages.redirects import list_moved, list_redirects
from sitegen.views import Headline, Story

_SLASHES = re.compile("//+")
_WITH_HOST = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_PORT = re.compile(r":\d+$")
_PAGE = ".html"


class CountedArticle(Record, frozen=True):
    """An article that readers can read: its address as pages write it, and its former addresses.

    ``views`` is the number that it brought from an earlier portal.
    """

    url: str
    title: str
    views: int
    former: tuple[str, ...]


class CountedPages(Record, frozen=True):
    """The addresses that count.

    ``urls`` has the address of each page by its path as it is read, and ``former`` each former
    address of an article by that address as it is compared (:func:`_fold`). ``host`` is that of the
    site, without a port.
    """

    host: str
    urls: Mapping[str, str]
    former: Mapping[str, str]

    def find(self, host: bytes, target: bytes) -> str:
        """Return the address of the page that ``target`` asks for, or nothing.

        Where the log or the target names a ``host``, it must be that of the site, with or without
        ``www.``. A former address is found as a web server finds it: as a whole, with its query, in
        capital or small letters. All other addresses are the same with every query.
        """
        try:
            named, whole = _split_host(target.decode())
            if any(each and _find_host(each) != self.host for each in (host.decode(), named)):
                return ""
            if old := self.former.get(_fold(whole)):
                return old
            path = _read(whole.partition("?")[0].partition("#")[0])
        except UnicodeDecodeError:
            return ""
        return self.urls.get(_SLASHES.sub("/", path), "")


def list_counted_articles(site: Site, built: frozenset[str]) -> tuple[CountedArticle, ...]:
    """Return the published articles whose pages are among the ``built`` paths, newest first."""
    former: dict[str, list[str]] = {}
    for moved in list_moved(site):
        url = site.config.base + redirect_url(moved.alias)
        former.setdefault(moved.subject.url, []).append(url)
    return tuple(
        _count_article(article, tuple(former.get(article.url, ())))
        for article in site.articles
        if output_path(article.url) in built
    )


def _count_article(article: Article, former: tuple[str, ...]) -> CountedArticle:
    parts = open_article(article)
    headline, story = unseal(parts.headline, Headline), unseal(parts.story, Story)
    return CountedArticle(headline.url, headline.title, read_number(story.views), former)


def find_counted_pages(
    site: Site, articles: Iterable[CountedArticle], built: frozenset[str]
) -> CountedPages:
    """Return the pages of a site among the ``built`` paths.

    A page that only leads on to a new address is none, and neither is the not-found page.
    """
    base = site.config.base
    others = {*list_redirects(site), output_path(NOT_FOUND)}
    own = {output_path(each.url.removeprefix(base)): each.url for each in articles}
    urls: dict[str, str] = {}
    for path in built - others:
        if path.endswith(_PAGE):
            url = own.get(path) or base + find_url(path)
            urls[f"{base}/{path}"] = urls[base + find_url(path)] = url
    # Readers also ask for a folder without its slash.
    former = {
        _fold(spelling): url
        for each in articles
        for url in each.former
        for spelling in (url, url.removesuffix("/"))
    }
    return CountedPages(_find_host(urlsplit(site.config.url).netloc), urls, former)


def _find_host(written: str) -> str:
    """Return a host as it is compared: without its port and ``www.``."""
    return _PORT.sub("", written.lower()).removeprefix("www.")


def _split_host(target: str) -> tuple[str, str]:
    """Return the host that a target names, if it does, and the rest (RFC 9112, 3.2.2)."""
    if target.startswith("/"):
        return "", target
    found = _WITH_HOST.match(target)
    return (found[1], target[found.end() :]) if found else ("", target)


def _read(address: str) -> str:
    """Return an address without percent-encoding, in NFC."""
    if "%" not in address and address.isascii():
        return address
    return normalise(unquote_to_bytes(address).decode())


def _fold(address: str) -> str:
    """Return one form for all spellings of an address that a web server answers alike."""
    return _read(address).lower()
