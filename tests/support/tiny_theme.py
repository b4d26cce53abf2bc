"""A site with a theme of a few lines, which builds in no time and still shows what changes."""

import os
from pathlib import Path

import pytest

from sitegen.output.settling import settle
from support.doubles import replace_everywhere
from support.shared_work import share_templates
from support.site_folder import CONFIG, SiteFolder

_MAIN = '{{% extends "layout.html" %}}{{% block main %}}{}{{% endblock %}}\n'
_CARDS = "{% for card in cards %}{{ card.title }}: {{ card.lead }}\n{% endfor %}"
_ENTRIES = "{% for entry in entries %}{{ entry.url }}\n{% endfor %}"
_ITEMS = "{% for item in items %}{{ item.title }}: {{ item.lead }}\n{% endfor %}"

THEME = {
    "layout.html": '{{ "menu.html" | fragment(site=site) }}<h1>{{ title }}</h1>'
    "{% block main %}{% endblock %}\n",
    "menu.html": "<p>{{ site.title }}{% for each in site.pages %} {{ each.title }}{% endfor %}</p>",
    "article.html": _MAIN.format(
        "{{ body }}{% if picture %}{{ picture.url }} {{ picture.width }}{% endif %}"
        "{% for each in newer %}newer: {{ each.title }}\n{% endfor %}"
        "{% for each in older %}older: {{ each.title }}\n{% endfor %}"
        "{% for each in related %}related: {{ each.title }}\n{% endfor %}"
    ),
    "page.html": _MAIN.format("{{ body }}"),
    "front.html": _MAIN.format(
        "{% if lead %}{{ lead.title }}: {{ lead.lead }}{% endif %}"
        "{% for card in featured %}{{ card.title }}{% endfor %}"
    ),
    "list.html": _MAIN.format(_CARDS),
    "gallery.html": _MAIN.format("{% for card in cards %}{{ card.photos }} {% endfor %}" + _CARDS),
    "index.html": _MAIN.format("{% for each in letters %}{{ each.letter }}\n{% endfor %}"),
    "archive.html": _MAIN.format("{% for year in years %}{{ year.count }}\n{% endfor %}"),
    "year.html": _MAIN.format("{{ count }}"),
    "feeds.html": _MAIN.format("{% for feed in feeds %}{{ feed.rss }}\n{% endfor %}"),
    "site_map.html": _MAIN.format("{% for year in years %}{{ year.url }}\n{% endfor %}"),
    "search.html": _MAIN.format("{{ site.search.url }}"),
    "opensearch.xml": "{{ template }}\n",
    "not_found.html": _MAIN.format("{{ aliases }}"),
    "redirect.html": "{{ title }} {{ url }}\n",
    "rss.xml": _ITEMS,
    "feed.json": _ITEMS,
    "sitemap.xml": _ENTRIES,
    "sitemap_index.xml": _ENTRIES,
    "news_sitemap.xml": _ENTRIES,
    "manifest.json": "{{ site.title }}\n",
    "robots.txt": "{{ sitemap }}\n",
    "aliases.json": _ENTRIES,
    "aliases.txt": _ENTRIES,
    "assets/site.css": "p { color: red }\n",
}
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='9'/>"


def make_tiny_site(folder: Path) -> SiteFolder:
    """Return an empty site with this theme and two categories."""
    (folder / "content").mkdir(parents=True)
    site = SiteFolder(folder).write("config.yaml", CONFIG)
    for name, text in THEME.items():
        site.write(f"templates/{name}", text)
    return site


def hasten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile the theme once for all tests, and force nothing to a disk: none is cut off here."""
    share_templates(monkeypatch)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    replace_everywhere(monkeypatch, settle, lambda *_: None)
