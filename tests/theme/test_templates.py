"""Every template names fields of its own view and no others; none reaches outside the site."""

import re
import typing
from pathlib import Path

import jinja2
import msgspec
import pytest
from jinja2 import nodes
from jinja2.meta import find_referenced_templates

from sitegen import views
from sitegen.model import Record
from sitegen.theme.rendering import Compiled, render
from sitegen.theme.templates import read_templates
from support.doubles import note_calls
from support.html_tree import parse
from support.hunt.theme import VIEWS
from support.site_folder import CONFIG, NOW, REPOSITORY, SiteFolder
from support.stored_sites import copy_site
from support.template_types import Checker

FOLDER = REPOSITORY / "templates"
TEMPLATES = sorted(
    path.relative_to(FOLDER).as_posix()
    for path in FOLDER.rglob("*")
    if path.is_file() and "assets" not in path.relative_to(FOLDER).parts
)
ENGINE = "https://www.google.com/search"
EXTERNAL = re.compile(r"(?:https?:)?//[a-z0-9][a-z0-9.-]+", re.IGNORECASE)
# Names of vocabularies: addresses that nobody loads anything from.
VOCABULARIES = frozenset(
    {
        "http://www.w3.org",
        "http://www.sitemaps.org",
        "http://www.google.com",
        "http://purl.org",
        "http://a9.com",
        "http://search.yahoo.com",
        "https://schema.org",
        "https://jsonfeed.org",
    }
)


def make_environment(changed: dict[str, str] | None = None) -> jinja2.Environment:
    environment = Compiled(read_templates(FOLDER))._environment
    assert environment.loader
    loader = jinja2.ChoiceLoader([jinja2.DictLoader(changed or {}), environment.loader])
    return environment.overlay(loader=loader)


def source_of(template: str) -> str:
    return (FOLDER / template).read_text("utf-8")


def test_every_template_is_a_page_or_part_of_one() -> None:
    pages = {name for name in TEMPLATES if "/" not in name and name != "layout.html"}
    assert pages == VIEWS.keys()
    closure = set()
    waiting = list(VIEWS)
    while waiting:
        name = waiting.pop()
        if name not in closure:
            closure.add(name)
            tree = make_environment().parse(source_of(name))
            waiting += [each for each in find_referenced_templates(tree) if each]
            waiting += [
                each.node.value
                for each in tree.find_all(nodes.Filter)
                if each.name == "fragment" and isinstance(each.node, nodes.Const)
            ]
    assert closure == set(TEMPLATES)


def test_the_planner_gives_each_template_its_own_view(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = note_calls(monkeypatch, render)
    site.write("config.yaml", f"{CONFIG}  - name: Ảnh\n    kind: gallery\noffline: true\n")
    site.article("d", category="Ảnh")
    site.article("a", date=f"{NOW:%Y-%m-%d}", aliases="[/cu.html, /cu.aspx?id=1]")
    site.write("content/pages/b.md", "---\ntitle: Trang tin\n---\nNội dung.\n")
    site.write("content/people/c.md", "---\nname: An\npost: Văn thư\n---\nTiểu sử.\n")
    site.build()
    given = {(each["template"], type(each["view"])) for each in calls}
    assert given == set(VIEWS.items())


def test_a_view_holds_texts_where_they_are_converted_and_nowhere_else() -> None:
    kinds = [each for each in vars(views).values() if isinstance(each, type(Record))]

    def hold(wanted: type[Record]) -> set[tuple[type[Record], str]]:
        return {
            (kind, field.name)
            for kind in kinds
            for field in msgspec.structs.fields(kind)
            if wanted in {field.type, *typing.get_args(field.type)}
        }

    texts = {(kind, "body") for kind in kinds if issubclass(kind, views.TextView)}
    assert hold(views.BodyView) == texts | {(views.FeedItem, "body")}
    assert hold(views.FeedItem) == {(views.FeedView, "items")}


@pytest.mark.parametrize("template", sorted(VIEWS))
def test_a_template_names_only_fields_of_its_view(template: str) -> None:
    assert Checker(make_environment()).check(template, VIEWS[template]) == []


@pytest.mark.parametrize(
    ("template", "old", "new"),
    [
        ("article.html", "{{ body }}", "{{ body }}{{ newest }}"),
        ("article.html", "{{ body }}", "{{ body }}{{ category.articles }}"),
        ("article.html", "{{ body }}", "{{ body }}{{ site.config }}"),
        ("article.html", "{{ body }}", "{% for a in newer %}{{ a.tags }}{% endfor %}"),
        ("article.html", "{{ body }}", "{% for a in story.tags %}{{ loop.changed_ }}{% endfor %}"),
        ("article.html", "{{ body }}", "{% set where = site.imprint %}{{ where.street }}"),
        ("article.html", "{{ body }}", "{% if story.updated %}{{ story.updated.at }}{% endif %}"),
        ("article.html", "{{ body }}", "{{ (story.updated or published).month }}"),
        ("article.html", "{{ body }}", "{% include 'partials/made_up.html' %}"),
        ("article.html", "{{ body }}", "{{ range(3) }}"),
        ("layout.html", "</body>", "{{ newer }}</body>"),
        ("layout.html", "</body>", "{{ 'partials/made_up.html' | fragment(site=site) }}</body>"),
        ("partials/footer.html", "{{ site.title }}", "{{ site.title }}{{ canonical }}"),
        ("list.html", "{{ title }}", "{{ title }}{{ pages }}"),
        ("rss.xml", "{{ item.title }}", "{{ item.made_up }}"),
        ("feed.json", "item.iso", "item.now"),
        ("partials/macros.html", "{{ story.url }}", "{{ story.body }}"),
        ("partials/macros.html", "{{ picture.url }}", "{{ picture.path }}"),
    ],
)
def test_the_check_finds_a_made_up_field(template: str, old: str, new: str) -> None:
    source = source_of(template)
    assert old in source
    changed = {
        template: source.replace(old, new),
        "partials/made_up.html": "{% for link in site.links %}{{ link.made_up }}{% endfor %}",
    }
    environment = make_environment(changed)
    found = [Checker(environment).check(each, view) for each, view in VIEWS.items()]
    assert any(found)


def is_linked_data(template: str) -> bool:
    """Tell whether a template is part of JSON-LD and of nothing else."""
    return template in {"partials/publisher.html", "partials/trail.html"}


def assert_values_are_json(source: str) -> None:
    """Every value in JSON-LD is JSON, made safe for a script; numbers and fragments are anyway."""
    for value in re.findall(r"\{\{(.*?)\}\}", source):
        assert re.search(
            r"\| (tojson|fragment\(site=site, whole=\w+\)) $|^ loop\.index |length \+ 1 $", value
        )


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_has_no_inline_code_and_no_other_host(template: str) -> None:
    source = source_of(template)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", source, re.IGNORECASE)
    for script in re.findall(r"<script\b.*?(?:</script>|$)", source, re.DOTALL):
        if script.startswith('<script type="application/ld+json">'):
            assert_values_are_json(script)
        else:
            written = (
                r'<script type="module" src="\{\{ [^}]+ \}\}"(?:\{%[^%]+%\}| data-[^>]+)*></script>'
                # A module would run after the page was drawn in other colours.
                r'|<script src="\{\{ site\.assets\["js/colours-first\.js"\] \}\}"></script>'
            )
            assert re.fullmatch(written, script)
    if is_linked_data(template):
        assert_values_are_json(source)
    hosts = set(EXTERNAL.findall(re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)))
    assert hosts <= VOCABULARIES
    assert "| safe" not in source
    assert "|safe" not in source
    assert "autoescape" not in source


def test_the_themes_files_load_nothing_from_elsewhere() -> None:
    for path in sorted((FOLDER / "assets").rglob("*")):
        if path.suffix in {".css", ".js"}:
            source = path.read_text("utf-8")
            code = re.sub(r"/\*.*?\*/|^\s*//.*$", "", source, flags=re.DOTALL | re.MULTILINE)
            hosts = set(re.findall(r"https?://[a-z0-9.-]+", code)) - VOCABULARIES
            assert not hosts, path.name


def test_no_built_page_loads_anything_from_another_host(tmp_path: Path) -> None:
    site = copy_site("seed_form", tmp_path)
    site.build()
    pages = {path: data.decode() for path, data in site.files().items() if path.endswith(".html")}
    assert len(pages) > 20
    for path, html in pages.items():
        for element in parse(html).walk():
            attributes = element.attributes
            assert "style" not in attributes, path
            assert not [name for name in attributes if name.startswith("on")], path
            loads = element.tag != "a" and attributes.get("rel") != "canonical"
            for name in ("src", "srcset", "href", "action", "poster", "data"):
                # The one form that leads elsewhere hands the reader's words to the search engine.
                if loads and attributes.get(name, ENGINE) != ENGINE:
                    assert re.match(r"/(?!/)", attributes[name]), (path, attributes)
