from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.scalars import is_nothing, is_text

RESOLVERS = yaml.resolver.Resolver.yaml_implicit_resolvers
# Whatever YAML 1.1 takes for a number, a date, yes or no, nothing or a sign of its own.
PATTERNS = {pattern for resolvers in RESOLVERS.values() for _, pattern in resolvers}
FORMS = st.one_of(*(st.from_regex(pattern, fullmatch=True) for pattern in PATTERNS))
# The same with one character too many, and what looks a little like it.
NEAR_FORMS = st.builds(
    lambda form, place, character: form[:place] + character + form[place:],
    FORMS,
    st.integers(0, 6),
    st.characters(codec="utf-8"),
)
OTHERS = st.text("0123456789abcdefinxtzTZEYyOo+-.:_ \t~<=đố", max_size=10)
# The value of plain text has no line ends.
VALUES = st.one_of(FORMS, NEAR_FORMS, OTHERS).map(lambda value: value.replace("\n", ""))


def resolve(plain: str) -> str:
    """Return the tag that YAML gives to a text without quotes."""
    resolver: Any = yaml.resolver.Resolver()
    tag: str = resolver.resolve(yaml.ScalarNode, plain, (True, False))
    return tag.rpartition(":")[2]


@given(VALUES)
def test_what_is_text_and_what_is_nothing_are_so_for_yaml(value: str) -> None:
    tag = resolve(value)
    assert is_text(value) == (tag == "str")
    assert is_nothing(value) == (tag == "null")
