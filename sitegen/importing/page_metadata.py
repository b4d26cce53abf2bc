"""What a saved page says of itself for machines: its address, title, dates, photo, author."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sitegen.model import Record

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

# Chrome, Edge and Internet Explorer write where a page was saved from, and HTTrack does.
_SAVED = re.compile(
    r"saved from url=\(\d+\)(?P<browser>https?://[^\s>]+)"
    r"|Page saved with SingleFile\s+url:\s*(?P<single>https?://\S+)"
    r"|Mirrored from (?P<mirror>[^\s>]+) by HTTrack"
)
_ARTICLES = frozenset({"Article", "NewsArticle", "BlogPosting", "Report"})
_FRONT = re.compile(r"https?://[^/]+/?$")


class Metadata(Record, frozen=True):
    """What is said of a page; empty where nothing is said."""

    address: str = ""
    title: str = ""
    published: str = ""
    section: str = ""
    photo: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    crumbs: tuple[str, ...] = ()


def read_metadata(soup: "BeautifulSoup", source: str) -> Metadata:
    """Return what a page says of itself."""
    article = next(_list_articles(soup), {})

    def meta(*names: str) -> str:
        for name in names:
            found = soup.find("meta", attrs={"property": name}) or soup.find(
                "meta", attrs={"name": name}
            )
            if found and str(found.get("content", "")).strip():
                return " ".join(str(found["content"]).split())
        return ""

    saved = _SAVED.search(source)
    if saved and saved["mirror"]:
        address = f"http://{saved['mirror']}"
    else:
        address = (saved and (saved["browser"] or saved["single"])) or ""
    canonical = soup.find("link", rel="canonical")
    named = str(canonical.get("href", "")) if canonical else ""
    # Portals often name their front page as the canonical address of every page.
    own = next((each for each in (named, meta("og:url")) if each and not _FRONT.match(each)), "")
    return Metadata(
        own or address,
        meta("og:title") or _text(article.get("headline")),
        meta("article:published_time", "pubdate", "date", "DC.date.issued")
        or _text(article.get("datePublished")),
        meta("article:section") or _text(article.get("articleSection")),
        meta("og:image"),
        meta("og:description", "description"),
        tuple(_names(article.get("author"))) or tuple(filter(None, [meta("article:author")])),
        tuple(_crumbs(soup)),
    )


def _list_articles(soup: "BeautifulSoup") -> Iterator[dict[str, Any]]:
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(script.get_text())
        except ValueError:
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for each in graph if isinstance(graph, list) else []:
            kinds = each.get("@type", "") if isinstance(each, dict) else ""
            if _ARTICLES.intersection(kinds if isinstance(kinds, list) else [kinds]):
                yield each


def _text(value: object) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(value.split()) if isinstance(value, str) else ""


def _names(value: object) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        name = each.get("name", "") if isinstance(each, dict) else each
        if isinstance(name, str) and name.strip() and not name.startswith("http"):
            yield " ".join(name.split())


def _crumbs(soup: "BeautifulSoup") -> Iterator[str]:
    found = soup.find(class_=re.compile("breadcrumb", re.IGNORECASE))
    for each in found.find_all(["a", "li", "span"]) if found else ():
        if not each.find(["a", "li", "span"]):
            text = " ".join(each.get_text(" ").split()).strip("»>/\u203a| ")
            if text:
                yield text
