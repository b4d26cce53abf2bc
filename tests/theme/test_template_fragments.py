"""A fragment is a part of a page that is rendered once for all pages that show the same."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen.model import Record
from sitegen.problems import Problem, ProblemsFoundError
from sitegen.theme.rendering import Compiled
from sitegen.theme.templates import Templates
from sitegen.views import Link
from support.site_folder import SiteFolder
from support.tiny_theme import THEME, hasten, make_tiny_site

Draw = Callable[..., str]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    return make_tiny_site(tmp_path / "site").article("a").article("b")


class Counted(Record, frozen=True):
    """A view that counts how often a template printed it."""

    printed: list[str] = []

    def __str__(self) -> str:
        self.printed.append("printed")
        return "printed"


def theme(page: str, part: str = "", **others: str) -> Compiled:
    sources = {"page.html": page, "part.html": part} | {f"{n}.html": t for n, t in others.items()}
    return Compiled(Templates({name: text.encode() for name, text in sources.items()}))


def draw(page: str, part: str, **values: object) -> str:
    return theme(page, part).get("page.html").render(values)


def fail(site: SiteFolder) -> list[Problem]:
    with pytest.raises(ProblemsFoundError) as caught:
        site.build()
    return list(caught.value.problems)


def test_a_fragment_stands_where_it_is_called() -> None:
    assert draw('[{{ "part.html" | fragment(x=y) }}]', "<b>{{ x }}</b>\n", y="1") == "[<b>1</b>]"


def test_what_is_given_is_escaped_once() -> None:
    page = '{{ "part.html" | fragment(x=y) }}'
    assert draw(page, "<b>{{ x }}</b>", y="<&>") == "<b>&lt;&amp;&gt;</b>"


def test_a_fragment_is_rendered_once_for_the_same_values() -> None:
    value = Counted()
    page = '{{ "part.html" | fragment(x=y, n=1) }}' * 3
    made = theme(page, "{{ x }}").get("page.html")
    assert made.render(y=value) == made.render(y=value) == "printed" * 3
    assert value.printed == ["printed"]


def test_every_other_value_makes_another() -> None:
    page = "{% for x in xs %}{{ 'part.html' | fragment(x=x) }},{% endfor %}"
    assert draw(page, "{{ x }}", xs=["a", "b", "a", "", None, 2, 3]) == "a,b,a,,None,2,3,"


def test_a_view_is_known_by_itself_and_not_by_what_it_equals() -> None:
    """Two equal views may be rendered twice; two views that differ never share their text."""
    page = "{% for x in xs %}{{ 'part.html' | fragment(x=x) }},{% endfor %}"
    links = [Link("một", "/1"), Link("hai", "/2"), Link("một", "/1")]
    assert draw(page, "{{ x.title }}{{ x.url }}", xs=links) == "một/1,hai/2,một/1,"


def test_a_view_that_is_gone_never_lends_its_text_to_another() -> None:
    made = theme("{{ 'part.html' | fragment(x=x) }}", "{{ x.title }}").get("page.html")
    # Each is freed as soon as nobody holds it, and the next one would take its place in memory.
    for number in range(1000):
        assert made.render(x=Link(str(number), "/")) == str(number)


def test_what_can_change_is_rendered_every_time() -> None:
    made = theme("{{ 'part.html' | fragment(x=xs) }}", "{{ x | join }}").get("page.html")
    names = ["a"]
    assert made.render(xs=names) == "a"
    names.append("b")
    assert made.render(xs=names) == "ab"


def test_the_names_of_the_values_count() -> None:
    page = "{{ 'part.html' | fragment(x='1', y='2') }},{{ 'part.html' | fragment(y='1', x='2') }}"
    assert draw(page, "{{ x }}{{ y }}") == "12,21"


def test_a_value_is_not_taken_for_a_name() -> None:
    part = "{{ x }}{% if y is defined %}{{ y }}{% endif %}"
    page = "{{ 'part.html' | fragment(x='y', y='1') }},{{ 'part.html' | fragment(x='1') }}"
    assert draw(page, part) == "y1,1"


def test_the_name_of_the_template_counts() -> None:
    made = theme(
        "{{ 'part.html' | fragment(x=1) }},{{ 'other.html' | fragment(x=1) }}", "a", other="b"
    )
    assert made.get("page.html").render() == "a,b"


@pytest.mark.parametrize(("one", "other"), [(1, True), (0, False), (True, 1)])
def test_values_of_two_types_are_two_values(one: object, other: object) -> None:
    page = "{{ 'part.html' | fragment(x=one) }},{{ 'part.html' | fragment(x=other) }}"
    assert draw(page, "{{ x }}", one=one, other=other) == f"{one},{other}"


def test_text_that_is_safe_is_not_text_that_is_not() -> None:
    page = "{{ 'part.html' | fragment(x='<b>' | safe) }},{{ 'part.html' | fragment(x='<b>') }}"
    assert draw(page, "{{ x }}") == "<b>,&lt;b&gt;"


def test_a_fragment_does_not_see_the_page() -> None:
    made = theme("{{ 'part.html' | fragment(x=1) }}", "{{ title }}").get("page.html")
    with pytest.raises(Exception, match="'title' is undefined"):
        made.render(title="a")


def test_nor_what_the_page_set() -> None:
    made = theme("{% set y = 1 %}{{ 'part.html' | fragment(x=1) }}", "{{ y }}").get("page.html")
    with pytest.raises(Exception, match="'y' is undefined"):
        made.render()


def test_a_fragment_may_have_fragments_and_includes() -> None:
    made = theme(
        "{{ 'part.html' | fragment(x=1) }}",
        "[{{ 'inner.html' | fragment(y=x) }}{% include 'with.html' %}]",
        inner="<{{ y }}>",
        **{"with": "({{ x }})"},
    )
    assert made.get("page.html").render() == "[<1>(1)]"


def test_an_unknown_name_is_an_error_where_the_fragment_uses_it(site: SiteFolder) -> None:
    site.write("templates/menu.html", f"một\nhai {{{{ title }}}}\n{THEME['menu.html']}")
    found = fail(site)
    assert {each.place.path for each in found} == {"templates/menu.html"}
    assert {each.place.line for each in found} == {2}
    assert {each.code for each in found} == {"template-name"}
    assert {each.arguments["value"] for each in found} == {"title"}


def test_a_view_without_that_field_is_an_error_there_too(site: SiteFolder) -> None:
    site.write("templates/menu.html", "\n\n{{ site.nothing }}")
    assert {(each.place.path, each.place.line) for each in fail(site)} == {
        ("templates/menu.html", 3)
    }


def test_a_fragment_that_is_missing_is_reported(site: SiteFolder) -> None:
    (site.root / "templates/menu.html").unlink()
    found = fail(site)
    assert {each.code for each in found} == {"template-missing"}
    assert {each.arguments["value"] for each in found} == {"menu.html"}


def test_a_fragment_that_is_no_template_is_reported_at_its_line(site: SiteFolder) -> None:
    site.write("templates/menu.html", "một\n{% if %}\n")
    assert {(each.code, each.place.path, each.place.line) for each in fail(site)} == {
        ("template-syntax", "templates/menu.html", 2)
    }


@pytest.fixture
def shallow() -> Iterator[None]:
    """Let Python give up soon: Jinja takes seconds to make sense of a thousand calls."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(400)
    yield
    sys.setrecursionlimit(limit)


@pytest.mark.usefixtures("shallow")
def test_a_fragment_of_itself_is_reported(site: SiteFolder) -> None:
    site.article("a", aliases="[/cu/]")
    for name in ("redirect", "circle"):
        site.write(f"templates/{name}.html", '{{ "circle.html" | fragment }}')
    (found,) = fail(site)
    assert (found.code, found.place.path) == ("template-circle", "templates/circle.html")


def test_an_error_in_one_fragment_is_not_remembered_as_its_text(site: SiteFolder) -> None:
    site.write("templates/menu.html", "{{ site.nothing }}")
    fail(site)
    site.write("templates/menu.html", "tốt")
    site.build()
    assert "tốt" in site.page("/")


def test_a_record_is_an_object_in_json() -> None:
    tags = (Link('Đại "hội"', "/the/dai-hoi/"),)
    assert draw("{{ tags | tojson }}", "", tags=tags) == (
        r'[{"title":"Đại \"hội\"","url":"/the/dai-hoi/"}]'
    )
