"""The same articles in the form that each generator reads, and the folder that each builds.

A site's folder is made from a folder of this repository (its configuration and templates) and
articles. All generators get the same file names, so all have the same addresses.
"""

import json
import posixpath
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.corpus import (
    Article,
    Head,
    linked_indexes,
    make_articles,
    make_heads,
    resolve_links,
)

HERE = Path(__file__).parent
PLAIN = HERE / "plain"
PORTAL = HERE / "portal"
PEERS = HERE / "peers"
THEME = HERE.parent / "templates"

Write = Callable[[Article, tuple[Head, ...]], str]
Locate = Callable[[Head], str]


@dataclass(frozen=True, slots=True)
class Form:
    """How one generator wants its site: ``template`` is copied, then each article is written.

    ``locate`` is an article's path below the site's folder, ``write`` its text; ``added``
    are folders that are copied into it.
    """

    name: str
    template: Path
    locate: Locate
    write: Write
    added: tuple[tuple[str, Path], ...] = ()


def make_site(form: Form, folder: Path, count: int) -> tuple[Head, ...]:
    """Write a site of ``count`` articles into the new ``folder``, and return their heads."""
    shutil.copytree(form.template, folder)
    for name, source in form.added:
        shutil.copytree(source, folder / name)
    heads = make_heads(count)
    for article in make_articles(heads):
        write_article(form, folder, article, heads)
    return heads


def write_article(form: Form, folder: Path, article: Article, heads: tuple[Head, ...]) -> Path:
    """Write one article into a site's folder, and return its file."""
    path = folder / form.locate(article.head)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(form.write(article, heads), "utf-8")
    return path


def _in_year(head: Head) -> str:
    return f"content/{head.section}/{head.date:%Y}/{head.slug}.md"


def _in_month(head: Head) -> str:
    return f"content/{head.section}/{head.date:%Y/%m}/{head.slug}.md"


def _write_sitegen(article: Article, heads: tuple[Head, ...]) -> str:
    """An editor's file: links are relative paths of files, as the editors' guide teaches."""
    folder = posixpath.dirname(_in_year(article.head))
    addresses = {
        index: posixpath.relpath(_in_year(heads[index]), folder)
        for index in linked_indexes(article.body)
    }
    fields = _common_fields(article.head) | {
        "category": article.head.category,
        "lead": article.head.lead,
        "views": article.head.views,
    }
    return _yaml(fields) + resolve_links(article.body, heads, addresses)


def _write_hugo(article: Article, heads: tuple[Head, ...]) -> str:
    """Hugo knows an article's category by its folder, the section; anything else is a parameter."""
    fields = _common_fields(article.head) | {
        "lead": article.head.lead,
        "views": article.head.views,
        "lastmod": _iso(article.head.updated),
    }
    del fields["updated"]
    return _yaml(fields) + resolve_links(article.body, heads, {})


def _write_hugo_portal(article: Article, heads: tuple[Head, ...]) -> str:
    """The same, with terms of the three taxonomies that the portal's lists are made of."""
    head = article.head
    fields: dict[str, object] = {
        "title": head.title,
        "date": _iso(head.date),
        "lastmod": _iso(head.updated),
        "lead": head.lead,
        "tac-gia": [head.author],
        "the": list(head.tags),
        "luu-tru": [f"{head.date:%Y-%m}"],
        "source": head.source,
        "views": head.views,
    }
    return _yaml(fields) + resolve_links(article.body, heads, {})


def _write_pelican(article: Article, heads: tuple[Head, ...]) -> str:
    """Pelican's Markdown reader takes fields in the form of Python-Markdown's ``meta``."""
    head = article.head
    fields = {
        "Title": head.title,
        "Slug": head.slug,
        "Date": f"{head.date:%Y-%m-%d %H:%M}",
        "Modified": f"{head.updated:%Y-%m-%d %H:%M}" if head.updated else "",
        "Category": head.category,
        "Author": head.author,
        "Tags": ", ".join(head.tags),
        "Summary": head.lead,
        "Source": head.source,
        "Views": "" if head.views is None else str(head.views),
    }
    lines = [f"{name}: {value}\n" for name, value in fields.items() if value]
    return "".join(lines) + "\n" + resolve_links(article.body, heads, {})


def _write_nikola(article: Article, heads: tuple[Head, ...]) -> str:
    """Nikola's own form of metadata, the one that it needs no further package for."""
    head = article.head
    fields = {
        "title": head.title,
        "slug": head.slug,
        "date": f"{head.date:%Y-%m-%d %H:%M:%S} UTC+07:00",
        "updated": f"{head.updated:%Y-%m-%d %H:%M:%S} UTC+07:00" if head.updated else "",
        "category": head.category,
        "author": head.author,
        "tags": ", ".join(head.tags),
        "description": head.lead,
        "source": head.source,
        "views": "" if head.views is None else str(head.views),
    }
    lines = [f".. {name}: {value}\n" for name, value in fields.items() if value]
    return "<!--\n" + "".join(lines) + "-->\n\n" + resolve_links(article.body, heads, {})


def _write_eleventy(article: Article, heads: tuple[Head, ...]) -> str:
    """Eleventy would make a collection of every entry of ``tags``: they are called otherwise."""
    fields = _common_fields(article.head) | {
        "permalink": f"{article.head.url}index.html",
        "category": article.head.category,
        "section": article.head.section,
        "lead": article.head.lead,
        "views": article.head.views,
        "labels": list(article.head.tags),
    }
    del fields["tags"]
    return _yaml(fields) + resolve_links(article.body, heads, {})


def _common_fields(head: Head) -> dict[str, object]:
    return {
        "title": head.title,
        "date": _iso(head.date),
        "author": head.author,
        "source": head.source,
        "tags": list(head.tags),
        "updated": _iso(head.updated),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _yaml(fields: dict[str, object]) -> str:
    """Return front matter; a field without a value is left out."""
    lines = [
        f"{name}: {_value(value)}\n" for name, value in fields.items() if value not in ("", None)
    ]
    return "---\n" + "".join(lines) + "---\n"


def _value(value: object) -> str:
    """Return a value as YAML: what JSON writes, but for texts that need no quotes."""
    plain = isinstance(value, str) and value[:1].isalnum() and ": " not in value
    return str(value) if plain else json.dumps(value, ensure_ascii=False)


FORMS = {
    form.name: form
    for form in (
        Form("sitegen", PLAIN, _in_year, _write_sitegen),
        Form("sitegen-search", PLAIN, _in_year, _write_sitegen),
        Form("sitegen-portal", PORTAL, _in_year, _write_sitegen, added=(("templates", THEME),)),
        Form("hugo", PEERS / "hugo", _in_month, _write_hugo),
        Form(
            "hugo-portal",
            PEERS / "hugo-portal",
            _in_month,
            _write_hugo_portal,
            (("assets", THEME / "assets"),),
        ),
        Form("pelican", PEERS / "pelican", _in_month, _write_pelican),
        Form("nikola", PEERS / "nikola", _in_month, _write_nikola),
        Form("eleventy", PEERS / "eleventy", _in_month, _write_eleventy),
    )
}
