"""A theme of a few lines that prints every field of every view, so that no change stays unseen."""

import msgspec

from sitegen import views

FOLDER = "templates"

VIEWS: dict[str, type[msgspec.Struct]] = {
    "aliases.json": views.AliasesView,
    "aliases.txt": views.AliasesView,
    "archive.html": views.ArchiveView,
    "article.html": views.ArticleView,
    "feed.json": views.FeedView,
    "front.html": views.FrontView,
    "gallery.html": views.ListView,
    "index.html": views.IndexView,
    "list.html": views.ListView,
    "manifest.json": views.ManifestView,
    "news_sitemap.xml": views.NewsSitemapView,
    "not_found.html": views.NotFoundView,
    "offline.html": views.OfflineView,
    "opensearch.xml": views.OpenSearchView,
    "page.html": views.StandingView,
    "people.html": views.PeopleView,
    "person.html": views.PersonView,
    "redirect.html": views.RedirectView,
    "robots.txt": views.RobotsView,
    "rss.xml": views.FeedView,
    "search.html": views.SearchPageView,
    "site_map.html": views.SiteMapView,
    "feeds.html": views.FeedListView,
    "sitemap.xml": views.SitemapView,
    "sitemap_index.xml": views.SitemapView,
    "worker.js": views.WorkerView,
    "year.html": views.YearView,
}

# The tags by which one template needs another, each in a line of its own: edits take them away,
# put them back and change how they name what they need.
EXTENDS = '{% extends "layout.html" %}\n'
INCLUDE = '{% include "partials/head.html" %}\n'
NESTED = '{% include "partials/foot.html" %}\n'
IMPORT = '{% from "macros.html" import frame %}\n'
IMPORT_AS = '{% import "macros.html" as macros %}\n'
# A word in every template that edits replace by another one.
MARK = "mark: 0"
OPTIONAL = '{% include "extra.html" ignore missing %}\n'
FRAGMENT = '{{ "partials/value.html" | fragment(value=site) }}\n'
COMPUTED_FRAGMENT = '{{ ("partials/" ~ "value.html") | fragment(value=title) }}\n'
COMPUTED = '{% include "kinds/" ~ kind ~ ".html" %}\n'
COMPUTED_OTHERWISE = '{% include ["kinds/none.html", "kinds/" ~ kind ~ ".html"] %}\n'

_LAYOUT = f"""\
{INCLUDE}{{% block main %}}{{% endblock %}}
{OPTIONAL}{FRAGMENT}{MARK}
"""

_SHARED: dict[str, str] = {
    "layout.html": _LAYOUT,
    "macros.html": f"{{% macro frame(value) %}}<b>{MARK} {{{{ value }}}}</b>{{% endmacro %}}\n",
    "partials/head.html": f"<title>{{{{ title }}}}</title>\n{NESTED}{MARK}\n",
    "partials/foot.html": f"<p>{MARK}</p>\n",
    "partials/value.html": f"<u>{MARK} {{{{ value }}}}</u>\n",
    "partials/card.html": f"<i>{MARK} {{{{ card }}}}</i>\n",
    **{
        f"kinds/{kind}.html": f"<p>{kind} {MARK}</p>\n"
        for kind in ("category", "author", "tag", "month")
    },
    "assets/css/site.css": '@import url("more.css");\nbody { color: red }\n',
    "assets/css/more.css": "p { color: blue }\n",
    "assets/js/main.js": 'import "./part.js";\n',
    "assets/js/part.js": "console.log(1);\n",
}

_CARDS = """\
{{ "partials/value.html" | fragment(value=number) }}
{{ "partials/value.html" | fragment(value=number > 0) }}
{% for card in cards %}
{% include "partials/card.html" %}
{% endfor %}
"""


def write_theme() -> dict[str, str]:
    """Return the files of the theme by their paths below the root of a site."""
    files = {name: _print_view(name, kind) for name, kind in VIEWS.items()}
    return {f"{FOLDER}/{name}": text for name, text in (_SHARED | files).items()}


def _print_view(name: str, kind: type[msgspec.Struct]) -> str:
    """Return a template that prints all the fields of ``kind``: a record prints its own in turn.

    What all pages share, the layout prints.
    """
    fields = [f"{field}: {{{{ {field} }}}}\n" for field in kind.__struct_fields__]
    fields.append(f"{MARK}\n")
    if not name.endswith(".html") or name == "redirect.html":
        return "".join(fields)
    fields = [line for line in fields if not line.startswith("site:")]
    fields = [line.replace("{{ section }}", "{{ frame(section) }}") for line in fields]
    extra = {
        "list.html": COMPUTED + _CARDS,
        "index.html": COMPUTED_FRAGMENT,
        "article.html": IMPORT_AS + "{{ macros.frame(title) }}\n",
    }.get(name, "")
    return f"{EXTENDS}{IMPORT}{{% block main %}}\n{''.join(fields)}{extra}{{% endblock %}}\n"
