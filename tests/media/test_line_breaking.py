"""Lines of a title: where they break."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.media.line_breaking import break_lines
from sitegen.media.share_cards import _load_font

WORDS = "Đưa chất lượng lên trước trong phát triển đảng viên ở những chi bộ cơ sở".split()


@given(words=st.lists(st.sampled_from([*WORDS, "–", "a" * 60]), min_size=1, max_size=40))
def test_lines_hold_all_words_in_their_order_and_have_room(words: list[str]) -> None:
    font = _load_font("SemiBold", 48)
    lines = break_lines(" ".join(words), font, 900, 40)
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(font.getlength(line) <= 901 for line in lines)


def test_lines_are_about_equally_long() -> None:
    font = _load_font("SemiBold", 60)
    # Filled greedily, the second line would hold the last word alone.
    lines = break_lines("Đưa chất lượng lên trước trong phát triển", font, 1056, 4)
    assert [len(line.split()) for line in lines] == [4, 4]


def test_a_dash_stays_with_the_word_before_it() -> None:
    font = _load_font("SemiBold", 60)
    for width in range(300, 1000, 20):
        lines = break_lines("Đại hội Đoàn – nơi tuổi trẻ lên tiếng", font, width, 9)
        assert not [line for line in lines if line.startswith("–")]


def test_a_compound_stays_in_one_line() -> None:
    font = _load_font("SemiBold", 60)
    for width in range(400, 1000, 20):
        lines = break_lines("Lễ kết nạp đảng viên nhân dịp Quốc khánh", font, width, 9)
        for compound in ("kết nạp", "đảng viên", "nhân dịp", "Quốc khánh"):
            assert any(compound in line for line in lines)
        assert " ".join(lines) == "Lễ kết nạp đảng viên nhân dịp Quốc khánh"
