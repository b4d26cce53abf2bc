import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.content.nodes import Entry, Mapping, Node, Scalar, Sequence
from sitegen.content.plain_yaml import compose_plain

# Values at the borders of what is plain: YAML 1.1 takes each for something else than a text, or
# reads it in an unusual way.
BORDERS = st.sampled_from(
    [
        *("no", "Yes", "on", "OFF", "true", "True", "null", "~", "Null", "=", "<<", "y", "n"),
        *("0", "0123", "1:10", "9:34", "1_000", "0x1F", "0b1", "-1", "+1", "3.14", ".5", ".inf"),
        *(".nan", "1e3", "1.5e+3", "08", "2023-03-06", "2023-03-06 9:34", "2023-3-6 9:34:10"),
        *("2023-03-06T09:34:10Z", "2023-03-06 09:34:10 +07:00", "...", "---", "--- x", "-", "- a"),
        *("", " ", "''", '""', "'", '"', "a'b", 'a"b', "'a''b'", '"a\\"b"', '"a" b', "'a' # b"),
        *(
            "a: b",
            "a:",
            "a :b",
            "a:b",
            "a #b",
            "a#b",
            "# b",
            "#b",
            "*a",
            "&a",
            "!a",
            "a *b",
            "a &b",
        ),
        *(
            "|",
            ">",
            "| a",
            "@a",
            "`a",
            "%a",
            "a%",
            "{a}",
            "{a: b}",
            "a]",
            "[",
            "]",
            "? a",
            "?a",
            ",",
        ),
        *("[]", "[a]", "[a, b]", "[a,b]", "[ a , b ]", "[a, ]", "[a, , b]", "[no, 1:10, x]"),
        *("[-a]", "[- a]", "[a - b]", "[a-b, 'c']", "[a: b]", "[a #b]", "[a?b]", "[a]b", "[a] #c"),
        *("[2023-03-06, 0123]", "[a b,\t]", "[[a]]", "https://example.org/?a=b#c", "a\\b", "a\tb"),
        *(
            "\ufeffa",
            "a\x85b",
            "a\u2028b",
            "a\N{NO-BREAK SPACE}b",
            "a\u200bb",
            "\U0001f600",
            "\x07",
        ),
        *("a - - b", "a ? b", "a\ufeff", "đ", "…", "“a”: b", "a  b", "x" * 1100),
    ]
)
CHARACTERS = st.one_of(
    st.sampled_from("ab:đ- '\"#[],&*!|>%@`?{}~=<0123456789.\\\t\x85\u2028\ufeff"),
    st.characters(codec="utf-8"),
)
SCALARS = st.one_of(BORDERS, st.text(CHARACTERS, max_size=12))
NAMES = st.sampled_from(["a", "title", "no", "null", "a-b", "a_1", "on", "y", "đ", "1", "a b", ""])
SPACES = st.sampled_from(["", " ", "  ", "\t"])
QUOTED = st.one_of(SCALARS, SCALARS.map("'{}'".format), SCALARS.map('"{}"'.format))
FLOW = st.lists(QUOTED, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
FIELD = st.builds(
    "{}{}:{}{}{}".format,
    NAMES,
    st.sampled_from(["", "", "", " "]),
    SPACES,
    st.one_of(QUOTED, FLOW),
    SPACES,
)
LIST = st.builds(
    lambda name, indent, items: "\n".join([f"{name}:", *(f"{indent}- {item}" for item in items)]),
    NAMES,
    st.sampled_from(["", "  ", " "]),
    st.lists(QUOTED, min_size=1, max_size=3),
)
LINE = st.one_of(
    *(FIELD, FIELD, LIST, QUOTED),
    st.builds("{}- {}".format, SPACES, QUOTED),
    st.sampled_from(["", "# a", "---", "...", "  b", "- a"]),
)
TEXTS = st.lists(LINE, min_size=1, max_size=5).map("\n".join)

# The same without what YAML itself must read: here the short way must be taken.
WORDS = st.text("abđêộ 0123456789.,/–“”()!;_-", min_size=1, max_size=12).filter(
    lambda text: text.strip(" ") and text.lstrip(" ")[0] not in "-,!"
)
PLAIN_VALUE = st.one_of(
    WORDS,
    st.text("abđ: #,[]&*-!", max_size=8).map('"{}"'.format),
    st.text("abđ: #,[]&*-!", max_size=8).map("'{}'".format),
    st.sampled_from(
        ["no", "1:10", "0123", "2023-03-06", "2023-03-06 9:34", "=", "<<", "~", "null"]
    ),
    st.lists(
        st.sampled_from(["tin", "số 3", "no", "0123", "a - b", "1.5", "đ"]), min_size=1, max_size=3
    ).map(lambda items: "[" + ", ".join(items) + "]"),
)
PLAIN_FIELD = st.builds("{}: {}{}".format, st.sampled_from(["a", "no", "a_b"]), PLAIN_VALUE, SPACES)
PLAIN_LIST = st.builds(
    lambda indent, items: "\n".join(["list:", *(f"{indent}- {item}" for item in items)]),
    st.sampled_from(["", " ", "    "]),
    st.lists(WORDS, min_size=1, max_size=3),
)
PLAIN_TEXTS = st.lists(
    st.one_of(PLAIN_FIELD.filter(lambda line: "\t" not in line), PLAIN_LIST), min_size=1, max_size=6
).map(lambda lines: "\n".join(lines) + "\n")


def translate(node: yaml.Node) -> Node:
    """Return our own node for one of YAML."""
    first, last = node.start_mark, node.end_mark
    place = (first.line, first.column, last.line, last.column)
    if isinstance(node, yaml.ScalarNode):
        return Scalar(*place, node.value, plain=not node.style)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(*place, tuple(map(translate, node.value)))
    entries = (Entry(translate(name), translate(value)) for name, value in node.value)
    return Mapping(*place, tuple(entries))


def compose_both(text: str, loader: type) -> tuple[Node | None, Node | None]:
    """Return what the short way makes of a text and, where it makes anything, what YAML does."""
    plain = compose_plain(text.split("\n"))
    node = yaml.compose(text, Loader=loader) if plain else None
    return plain, None if node is None else translate(node)


@given(st.one_of(TEXTS, TEXTS.map("{}\n".format)))
@example("a: b\n  c\n")
@example("a: b\n\n")
@example("a:\n- b\nc: [d]\n")
@example("a:\n  - b\n - c\n")
@example("a:\n  - b\n    - c\n")
@example("a: b\n- c\n")
def test_the_short_way_leads_where_yaml_does(text: str) -> None:
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        short, long = compose_both(text, loader)
        assert short == long


@given(PLAIN_TEXTS)
def test_the_short_way_is_taken_for_plain_fields(text: str) -> None:
    short, long = compose_both(text, yaml.CSafeLoader)
    assert short is not None
    assert short == long


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a: b",
        "a: b\n\nc: d\n",
        "# a\n",
        "a: b # c\n",
        "a: b: c\n",
        "a: b:\n",
        "a:\n",
        "a:b\n",
        "a: |\n  b\n",
        "a: b\n  c\n",
        "a: &b c\n",
        "a: 'b''c'\n",
        'a: "b\\n"\n',
        "a:\tb\n",
        "a: b\tc\n",
        "a: [b, [c]]\n",
        "a: [b,\n  c]\n",
        "a: {b: c}\n",
        "a:\n  b: c\n",
        "a:\n  - b: c\n",
        "a: b\x85c\n",
        "a: b\u2028c\n",
        "\ufeffa: b\n",
        "- a\n",
        "---\na: b\n",
    ],
)
def test_whatever_is_unusual_is_left_to_yaml(text: str) -> None:
    assert compose_plain(text.split("\n")) is None


def test_a_field_written_twice_is_there_twice() -> None:
    node = compose_plain(["a: b", "a: c", ""])
    assert node is not None
    both = ((entry.name, entry.value) for entry in node.fields)
    texts = [each.value for pair in both for each in pair if isinstance(each, Scalar)]
    assert texts == ["a", "b", "a", "c"]
