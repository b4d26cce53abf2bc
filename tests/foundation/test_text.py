import itertools
import unicodedata

import pytest
import slugify as python_slugify
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.foundation.text import (
    find_bidirectional,
    find_legacy,
    fold,
    format_number,
    format_size,
    normalise,
    shorten,
    slugify,
    sort_key,
)

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậỳỷỹýỵờởỡớợừửữứự"
VIETNAMESE = st.text(alphabet=LETTERS + LETTERS.upper() + "fjwz 0123456789-–…", max_size=40)
ANY_TEXT = st.text(max_size=60)

# In the order of ICU's collation for "vi".
NAMES = [
    "An",
    "Àn",
    "Ản",
    "Ãn",
    "Án",
    "Ạn",
    "Ăn",
    "Ân",
    "Ấn",
    "Bảo",
    "Cường",
    "Danh",
    "Dũng",
    "Đan",
    "Đặng",
    "Đức",
    "Em",
    "Êm",
    "Hà",
    "Hạnh",
    "Ong",
    "Ông",
    "Ơn",
    "Uyên",
    "Ứng",
    "Yến",
]


def decompose(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Nâng cao chất lượng phát triển đảng viên", "nang-cao-chat-luong-phat-trien-dang-vien"),
        ("ĐẢNG BỘ KHỐI", "dang-bo-khoi"),
        ("Ðảng với chữ ETH ð", "dang-voi-chu-eth-d"),
        ("đạt 92,4% chỉ tiêu", "dat-92-4-chi-tieu"),
        ("Đặng", "dang"),
        ("Công tác – Xây dựng", "cong-tac-xay-dung"),
        ("Quyền được biết", "quyen-duoc-biet"),
        ("…", ""),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_slugs_of_vietnamese(text: str, slug: str) -> None:
    # A number's comma is gone or a hyphen, whichever way the library goes; digits stay.
    assert slugify(text).replace("92-4", "924") == slug.replace("92-4", "924")
    assert slugify(decompose(text)) == slugify(text)


@given(
    st.one_of(
        VIETNAMESE,
        st.text(
            LETTERS + LETTERS.upper() + "0123456789 ,.;:'\"!?()/&#-_–—…‘’“”½°\t\N{NO-BREAK SPACE}"
        ),
        st.lists(VIETNAMESE, min_size=4).map(" ".join),
        ANY_TEXT,
    )
)
@example("1,2’,3'4 &amp; &#273; AT&T")
@example("a" * 99)
@example("a" * 100)
@example("một hai " * 12 + "ba b")
def test_the_slug_is_the_one_that_the_library_makes(text: str) -> None:
    expected = python_slugify.slugify(normalise(text), max_length=100, word_boundary=True)
    assert slugify(text) == expected
    assert slugify(decompose(text)) == slugify(normalise(decompose(text)))


def test_a_long_slug_ends_between_words() -> None:
    slug = slugify("phát triển đảng viên " * 20)
    assert len(slug) <= 100
    assert set(slug.split("-")) == {"phat", "trien", "dang", "vien"}


@given(ANY_TEXT)
def test_a_slug_is_ascii_and_its_own_slug(text: str) -> None:
    slug = slugify(text)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")
    assert "--" not in slug
    assert slugify(slug) == slug


@given(VIETNAMESE)
def test_a_slug_does_not_depend_on_the_normal_form(text: str) -> None:
    assert slugify(text) == slugify(decompose(text))


@given(ANY_TEXT)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert normalise(decompose(text)) == once
    assert not {"Ð", "ð"} & set(once)


def test_normalising_keeps_what_a_compatibility_form_would_destroy() -> None:
    text = "Từ ½ đến ①… 10\N{NO-BREAK SPACE}km²"
    assert normalise(text) == text


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(fold(once)) == fold(once)
    assert fold(f"  {text}\t") == once
    assert fold(decompose(text)) == once


@pytest.mark.parametrize(("one", "other"), [("THU HÀ", "Thu  Hà"), ("Đảng", decompose("đảng"))])
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Thu Hà", "Thu Ha"), ("Hoà", "Hòa")])
def test_spellings_that_are_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_names_stand_in_the_order_of_the_alphabet() -> None:
    assert len(NAMES) == 26
    mixed = sorted(NAMES)
    assert mixed != NAMES
    assert sorted(mixed, key=sort_key) == NAMES
    assert sorted(map(decompose, NAMES), key=sort_key) == [decompose(name) for name in NAMES]
    # Of ones that differ by case alone, the small letter comes first.
    assert sorted(["AN", "An", "an"], key=sort_key) == ["an", "An", "AN"]


def test_letters_weigh_more_than_tones_and_tones_more_than_case() -> None:
    ordered = ["Lê Ánh", "Lê Ba", "Lệ An", "Lý An"]
    assert sorted(ordered, key=sort_key) == ["Lệ An", "Lê Ánh", "Lê Ba", "Lý An"]
    assert sorted(["Mạ B", "mà B", "ma C"], key=sort_key) == ["mà B", "Mạ B", "ma C"]


def test_digits_and_signs_come_before_letters() -> None:
    names = ["Ăn", "60 ngày", "– Tin", "An"]
    assert sorted(names, key=sort_key) == ["– Tin", "60 ngày", "An", "Ăn"]


@given(ANY_TEXT, ANY_TEXT)
def test_every_text_has_a_key_and_equal_keys_mean_equal_texts(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(decompose(one))
    if sort_key(one) == sort_key(other):
        assert fold(one) == fold(other)


@given(st.lists(VIETNAMESE, min_size=3, max_size=6))
def test_the_order_is_one(texts: list[str]) -> None:
    ordered = sorted(texts, key=sort_key)
    for permutation in itertools.islice(itertools.permutations(texts), 6):
        assert sorted(permutation, key=sort_key) == ordered


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tiêu đề", ""),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "U+202E"),
        ("\N{LEFT-TO-RIGHT ISOLATE}", "U+2066"),
    ],
)
def test_finds_characters_that_turn_text_around(text: str, name: str) -> None:
    assert find_bidirectional(text) == name


@pytest.mark.parametrize("text", ["®¶ng viªn", "§¶ng bé", "§¶ng uû khèi"])
def test_finds_text_of_old_fonts(text: str) -> None:
    assert find_legacy(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain ASCII",
        "Nghị quyết số 03 của Đảng ủy – “đổi mới”…",
        "§ 3. Điều khoản",
        "25 °C, ±2 µm, 3 × 4, ½ giờ",
        "Bản quyền © 2024",
        decompose("Đảng bộ Khối các cơ quan"),
    ],
)
def test_sees_no_old_font_in_proper_text(text: str) -> None:
    assert find_legacy(normalise(text)) == ""


@given(st.text(LETTERS + " §¶µ®¬\u00ad\u00b8¹¨©ªÊ«¾", max_size=20))
def test_text_of_old_fonts_has_the_byte_that_is_looked_for(text: str) -> None:
    assert b"\xc2" in text.encode() or not find_legacy(text)


def test_shortens_at_words() -> None:
    assert shorten("một hai  ba", 3) == "một hai ba"
    assert shorten("một hai, ba bốn", 2) == "một hai…"
    assert shorten("", 5) == ""


@given(ANY_TEXT, st.integers(1, 50))
def test_shortening_keeps_words_and_their_order(text: str, words: int) -> None:
    short = shorten(text, words)
    assert len(short.split()) <= words
    assert " ".join(text.split()).startswith(short.removesuffix("…"))


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (324, "324"), (1000, "1.000"), (3_150_444, "3.150.444")]
)
def test_numbers(number: int, text: str) -> None:
    assert format_number(number) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 byte"),
        (845, "845 byte"),
        (1000, "1 KB"),
        (120_400, "120 KB"),
        (999_400, "999 KB"),
        (1_400_000, "1,4 MB"),
        (25_000_000, "25,0 MB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    assert format_size(size) == text
