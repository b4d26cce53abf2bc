"""What stands side by side in a text does so in its signs: so what they lack, the text lacks."""

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.markdown.signs import encode, list_signs

# Every sign that the converter and the scan of links look for.
SIGNS = (
    *("*", "[", "](", "]:", "](://", "://", "--", '"', "&", ">", "<!--", "`", "~", "=", "{{", "{%"),
    *("\n", "w", "@", "_", "|"),
)


@given(text=st.text(st.characters(codec=None), max_size=30), sign=st.sampled_from(SIGNS))
@example(text="", sign="](://")
def test_no_sign_of_a_text_is_missing(text: str, sign: str) -> None:
    signs = list_signs(encode(text + sign + text))
    assert sign.encode() in signs


@given(text=st.text(st.characters(codec=None), max_size=60))
def test_signs_are_what_is_left_of_a_text(text: str) -> None:
    rest = iter(encode(text))
    assert all(each in rest for each in list_signs(encode(text)))
