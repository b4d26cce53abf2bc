"""A page's key covers its template with all that it may be made of."""

from pathlib import Path

import jinja2
import jinja2.meta
import jinja2.nodes
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.theme.templates import Templates, read_templates

# Every way in which a page's template can need "b.html", and so what that needs in its turn.
NEEDS = {
    "extends": '{% extends "b.html" %}',
    "include": '{% include "b.html" %}',
    "the other quotes": "{% include 'b.html' %}",
    "no space": '{%include"b.html"%}',
    "white space cut off": '{%- include "b.html" -%}',
    "white space kept": '{%+ include "b.html" +%}',
    "many spaces": '{%   include\n   "b.html"\n   %}',
    "ignore missing": '{% include "b.html" ignore missing %}',
    "without context": '{% include "b.html" without context %}',
    "a list of names": '{% include ["none.html", "b.html"] %}',
    "a choice": '{% include "none.html" if title else "b.html" %}',
    "import": '{% import "b.html" as macros with context %}',
    "from-import": "{% from 'b.html' import frame as drawn %}",
    "in a loop": '{% for each in items %}{% include "b.html" %}{% endfor %}',
    "in a condition": '{% if title %}{% else %}{% include "b.html" %}{% endif %}',
    "in a block": '{% block main %}{% include "b.html" %}{% endblock %}',
    "in a macro": '{% macro m() %}{% include "b.html" %}{% endmacro %}',
    "fragment": '{{ "b.html" | fragment(site=site) }}',
    "fragment in the other quotes": "{{ 'b.html'|fragment }}",
    "fragment in a condition": '{{ "b.html" | fragment(x=1) if title else "" }}',
    "fragment in a variable": '{% set drawn = "b.html" | fragment(site=site) %}',
    "fragment of a choice": '{{ ("b.html" if title else "none.html") | fragment }}',
    "after an apostrophe": "{# don't #}<p title='it'>{% include 'b.html' %}",
    "after an odd quote": 'a " b {% include "b.html" %}',
    "computed": "{% include name %}",
    "computed of pieces": '{% include "b" ~ ".html" %}',
    "computed in a list": '{% include ["none.html", kind ~ ".html"] %}',
    "computed layout": "{% extends layout %}",
    "computed import": '{% import kind ~ ".html" as macros %}',
    "computed from-import": "{% from macros import frame %}",
    "computed fragment": "{{ name | fragment(site=site) }}",
    "computed fragment of pieces": '{{ ("b" ~ ".html") | fragment(site=site) }}',
    "an escape": '{% include "\\x62.html" %}',
    "two texts side by side": '{% include "b" ".html" %}',
}


def theme(**sources: str) -> Templates:
    """Return the templates ``a="…"`` as ``a.html`` and so on."""
    return Templates({f"{name}.html": text.encode() for name, text in sources.items()})


@pytest.mark.parametrize("need", NEEDS.values(), ids=NEEDS)
def test_what_a_template_needs_is_part_of_it(need: str) -> None:
    jinja2.Environment(autoescape=True).lex(need)
    before = theme(a=need, b="B", c="C").digest_template("a.html")
    assert theme(a=need, b="B", c="C").digest_template("a.html") == before
    assert theme(a=need, b="B!", c="C").digest_template("a.html") != before
    assert theme(a=need, c="C").digest_template("a.html") != before


@pytest.mark.parametrize("need", NEEDS.values(), ids=NEEDS)
def test_so_is_what_that_one_needs(need: str) -> None:
    further = need.replace("b.html", "c.html").replace('"b', '"c').replace("x62", "x63")
    before = theme(a=need, b=further, c="C").digest_template("a.html")
    assert theme(a=need, b=further, c="C!").digest_template("a.html") != before


@pytest.mark.parametrize(
    "need", [each for name, each in NEEDS.items() if not name.startswith(("computed", "an escape"))]
)
def test_a_template_that_is_missing_shows_when_it_comes(need: str) -> None:
    before = theme(a=need).digest_template("a.html")
    assert theme(a=need, b="").digest_template("a.html") != before


@pytest.mark.parametrize("need", [each for name, each in NEEDS.items() if "computed" in name])
def test_where_a_name_is_computed_it_may_be_any_template(need: str) -> None:
    before = theme(a=need, d="D").digest_template("a.html")
    assert theme(a=need, d="D!").digest_template("a.html") != before
    assert theme(a=need, d="D", e="").digest_template("a.html") != before


PLAIN = [
    *("extends", "include", "the other quotes", "no space", "many spaces", "ignore missing"),
    *("import", "from-import", "in a loop", "fragment", "fragment in a condition"),
]


@pytest.mark.parametrize("name", PLAIN)
def test_a_template_that_is_not_needed_changes_nothing(name: str) -> None:
    before = theme(a=NEEDS[name], b="B", d="D").digest_template("a.html")
    assert theme(a=NEEDS[name], b="B", d="D!").digest_template("a.html") == before
    assert theme(a=NEEDS[name], b="B", d="D", e="E").digest_template("a.html") == before


def test_the_template_itself_counts() -> None:
    assert theme(a="A").digest_template("a.html") != theme(a="A!").digest_template("a.html")
    assert theme(a="").digest_template("a.html") != theme().digest_template("a.html")


def test_it_matters_which_template_says_what() -> None:
    needs = '{% include "b.html" %}{% include "c.html" %}'
    one = theme(a=needs, b="1", c="2").digest_template("a.html")
    assert theme(a=needs, b="2", c="1").digest_template("a.html") != one


def test_circles_end() -> None:
    circle = {"a": '{% include "b.html" %}', "b": '{% include "a.html" %}{{ "b.html"|fragment }}'}
    before = theme(**circle, c="").digest_template("a.html")
    assert theme(**circle | {"b": circle["b"] + "!"}, c="").digest_template("a.html") != before
    assert theme(a="{% include x %}", b="{% include x %}").digest_template("a.html")


def test_a_name_in_a_folder_and_in_vietnamese() -> None:
    need = '{% include "phần/thẻ.html" %}'
    sources = {"a.html": need.encode(), "phần/thẻ.html": b"1"}
    before = Templates(sources).digest_template("a.html")
    assert Templates(sources | {"phần/thẻ.html": b"2"}).digest_template("a.html") != before


# What regular expressions easily overlook.
HIDDEN = {
    "a quote in the name": ("it's.html", b'{% include "it\'s.html" %}'),
    "a very long name": ("x" * 201, b'{% include "' + b"x" * 201 + b'" %}'),
    "decomposed letters": ("é.html", b'{% include "e\xcc\x81.html" %}'),
    "two texts as a fragment": ("b.html", b'{{ "b" ".html" | fragment }}'),
    "a filter block": ("b.html", b"{% filter fragment %}b.html{% endfilter %}"),
    "mapped": ("b.html", b'{{ [kind ~ ".html"] | map("fragment") | join }}'),
    "mapped by a computed filter": ("b.html", b'{{ names | map("frag" ~ "ment") | join }}'),
    "set": ("b.html", b"{% set drawn = name | fragment %}"),
    "a plain one beside it": ("b.html", b'{{ "c.html" | fragment ~ (name | fragment) }}'),
    "behind half a tag": ("b.html", b'{# {% include "c.html" as #}{% include name %}'),
    "a line end in the name": ("a\nb.html", b'{% include "a\r\nb.html" %}'),
}


@pytest.mark.parametrize(("name", "need"), HIDDEN.values(), ids=HIDDEN)
def test_no_way_of_naming_a_template_is_overlooked(name: str, need: bytes) -> None:
    before = Templates({"a.html": need, name: b"1"}).digest_template("a.html")
    assert Templates({"a.html": need, name: b"2"}).digest_template("a.html") != before


def test_every_file_of_the_theme_but_its_assets_is_read(tmp_path: Path) -> None:
    for path in ("a.html", "partials/b.html", "assets/site.css", "partials/assets/c.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path, "utf-8")
    expected = {each: each.encode() for each in ("a.html", "partials/b.html")}
    assert read_templates(tmp_path).sources == expected | {
        "partials/assets/c.html": b"partials/assets/c.html"
    }


NAMES = ("a.html", "b.html", "c.html", "p/d.html", "none.html")
_environment = jinja2.Environment(autoescape=True)
_environment.filters["fragment"] = str

_quoted = st.builds(
    lambda name, quote: f"{quote}{name}{quote}", st.sampled_from(NAMES), st.sampled_from("\"'")
)
_computed = st.sampled_from(["kind", 'kind ~ ".html"', '"b" ~ ".html"'])
_named = st.one_of(*[_quoted] * 5, _computed)
_tags = st.one_of(
    st.builds("{{% include {} %}}".format, _named),
    st.builds("{{% include {} ignore missing %}}".format, _named),
    st.builds("{{% include [{}, {}] %}}".format, _named, _named),
    st.builds("{{% import {} as m %}}".format, _named),
    st.builds("{{%- from {} import m -%}}".format, _named),
    st.builds("{{{{ ({}) | fragment(x=1) }}}}".format, _named),
    st.builds("{{{{ {} | fragment }}}}".format, _quoted),
    st.sampled_from(["don't ", '<p class="x">', "{# it's #}", "{{ title }}", "\n", "'", '"']),
)
_wrapped = st.one_of(
    _tags,
    st.builds("{{% for x in y %}}{}{{% endfor %}}".format, _tags),
    st.builds("{{% if x %}}{}{{% else %}}{}{{% endif %}}".format, _tags, _tags),
)
_sources = st.builds(
    lambda layout, pieces: layout + "".join(pieces),
    st.one_of(st.just(""), st.builds("{{% extends {} %}}".format, _named)),
    st.lists(_wrapped, max_size=3),
)


def find_needed(sources: dict[str, str], name: str) -> set[str]:
    """Return all templates that Jinja may load for ``name``, by its own parser."""
    needed: set[str] = set()
    waiting: list[str | None] = [name]
    while waiting:
        each = waiting.pop()
        if each is None:
            waiting += [other for other in NAMES if other not in needed]
        elif each not in needed:
            needed.add(each)
            tree = _environment.parse(sources.get(each, ""))
            waiting += jinja2.meta.find_referenced_templates(tree)
            waiting += [
                found.node.value if isinstance(found.node, jinja2.nodes.Const) else None
                for found in tree.find_all(jinja2.nodes.Filter)
                if found.name == "fragment"
            ]
    return needed


@given(st.dictionaries(st.sampled_from(NAMES[:-1]), _sources, min_size=1))
def test_all_that_jinja_may_load_counts(sources: dict[str, str]) -> None:
    def digest(changed: dict[str, str]) -> bytes:
        return Templates({each: text.encode() for each, text in changed.items()}).digest_template(
            "a.html"
        )

    before = digest(sources)
    for name in find_needed(sources, "a.html"):
        assert digest(sources | {name: sources.get(name, "") + "!"}) != before, name
        if name not in sources:
            assert digest(sources | {name: ""}) != before, name
