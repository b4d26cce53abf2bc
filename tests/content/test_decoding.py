import codecs
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.content.decoding import decode, decode_encoded, find_turned
from sitegen.content.front_matter import read_body, split
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.text import normalise
from sitegen.problems import Place, ProblemsFoundError

PLACE = Place("a.md")
LEFT_TO_RIGHT = "\u202a\u202c\u202d\u2066\u2068\u2069"
HAS_DIRECTION = "[\u202b\u202e\u2067\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
TEXT = st.text(
    st.one_of(
        st.sampled_from(
            "ađ \n\r\t\v\f\x85\u2028\u2029-<=ÐðAa\u0301\u0323\ufeff\u200b\xad\u202a\u202e\u2069"
        ),
        st.characters(codec="utf-8", min_codepoint=0xA0),
    ),
    max_size=40,
)


@given(TEXT)
@example("\ufeffđ\r\n")
def test_text_has_one_form_and_one_kind_of_line_end(written: str) -> None:
    decoded = decode_encoded(written.encode(), PLACE)
    text, encoded = decoded.text, decoded.encoded
    assert text.encode() == encoded
    assert text == decode(encoded, PLACE) or text.startswith("\ufeff")
    expected = written.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for character in "\v\f\x85\u2028\u2029":
        expected = expected.replace(character, " ")
    for character in "\u200b\u2060\ufeff\xad":
        expected = expected.replace(character, "")
    if not re.search(HAS_DIRECTION, expected):
        for character in LEFT_TO_RIGHT:
            expected = expected.replace(character, "")
    assert text == normalise(expected)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Chữ \u202athường\u202c, \u2068tên\u2069.", "Chữ thường, tên."),
        ("Chữ \u202eđảo\u202c.", "Chữ \u202eđảo\u202c."),
        ("Lời \u2066شكر\u2069.", "Lời \u2066شكر\u2069."),
    ],
)
def test_signs_of_direction_go_where_they_have_no_effect(written: str, read: str) -> None:
    assert decode(written.encode(), PLACE) == read


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("Một.\nHai \u202eba\u202c \u202ebốn\n\u2067Năm", [(9, "\u202e"), (19, "\u2067")]),
        ("Lời \u2067شكر\u2069.", []),
        ("Lời \u2067شكر\u2069. \u202eMột", [(11, "\u202e")]),
        ("Chữ \u202athường\u202c.", []),
    ],
)
def test_what_turns_text_around_is_found_in_each_line(
    text: str, turned: list[tuple[int, str]]
) -> None:
    assert list(find_turned(text)) == turned


@given(st.one_of(st.just(b""), st.just(codecs.BOM_UTF8)), TEXT, st.sampled_from([b"\xff", b"\xe1"]))
def test_a_wrong_byte_is_found_where_it_stands(mark: bytes, before: str, wrong: bytes) -> None:
    text = before.removeprefix("\ufeff").replace("\0", "")
    with pytest.raises(ProblemsFoundError) as caught:
        decode(mark + b"x" + text.encode() + wrong, PLACE)
    (problem,) = caught.value.problems
    line, column = text.count("\n") + 1, len(f"\nx{text}") - f"\nx{text}".rfind("\n")
    assert (problem.place.line, problem.place.column) == (line, column)


@given(TEXT, TEXT, st.sampled_from(["---\n", "--- \n", "---", "---\r\n"]))
@example("", "", "---")
@example("", "thân", "---\n")
def test_front_matter_and_body_are_the_whole_file(fields: str, body: str, fence: str) -> None:
    source = f"---\n{fields}\n{fence}{body}".encode()
    try:
        parts = split(source, "a.md")
    except ProblemsFoundError:
        return
    text = decode(source, PLACE)
    assert text.startswith(f"---\n{parts.fields}---")
    assert text.endswith(parts.body)
    assert text.split("\n")[parts.body_line - 1 :] == parts.body.split("\n") or not parts.body
    assert parts.encoded[parts.body_byte :] == parts.body.encode()
    digest = digest_bytes(parts.body.encode())
    assert read_body(parts).digest == digest
