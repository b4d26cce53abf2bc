"""Values are escaped as by Jinja itself, whatever they are."""

import jinja2
import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.theme.escaping import Environment, write_value


class Drawn:
    """A value that knows its HTML."""

    def __html__(self) -> str:
        return "<svg/>"


class Named(str):
    """A text of a kind of its own."""

    __slots__ = ()


VALUES = st.one_of(
    st.text(),
    st.text(alphabet="ab&<>\"'"),
    st.builds(markupsafe.Markup, st.text()),
    st.builds(Named, st.text()),
    st.builds(Drawn),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.lists(st.text()),
)
TEMPLATE = """\
{% macro link(url) %}<a href="{{ url }}">{{ caller() }}</a>{% endmacro -%}
{% set kept %}[{{ value }}]{% endset -%}
{{ value }} {{ kept }} {% call link(value) %}{{ value }}{% endcall %}
{% autoescape false %}{{ value }}{% endautoescape %}
"""


@given(VALUES)
def test_writes_what_escape_writes(value: object) -> None:
    assert write_value(value) == str(markupsafe.escape(value))


@pytest.mark.parametrize("name", ["page.html", "feed.xml", "robots.txt"])
@given(value=VALUES)
def test_a_template_shows_what_jinja_shows(name: str, value: object) -> None:
    shown = [
        kind(
            loader=jinja2.DictLoader({name: TEMPLATE}),
            autoescape=jinja2.select_autoescape(("html", "xml")),
        )
        .get_template(name)
        .render(value=value)
        for kind in (Environment, jinja2.Environment)
    ]
    assert shown[0] == shown[1]


def test_is_used() -> None:
    environment = Environment(autoescape=True)
    source = environment.compile("{{ value }}", raw=True)
    assert "environment.write_value(" in source
    assert " escape(" not in source
