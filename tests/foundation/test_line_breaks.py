"""Lines of headlines break between words, not inside them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.foundation.compounds import COMPOUNDS
from sitegen.foundation.line_breaks import NO_BREAK_SPACE, bind_words

# The headlines of the sample site, with its compounds and names marked by hand.
MARKED = (Path(__file__).parent / "headlines.txt").read_text("utf-8").splitlines()


def mark(text: str) -> str:
    return bind_words(text).replace(NO_BREAK_SPACE, "_")


def test_at_least_95_per_cent_of_all_compounds_are_bound() -> None:
    inside = missed = 0
    for line in MARKED:
        bound = mark(line.replace("_", " "))
        places = [place for place, sign in enumerate(line) if sign == "_"]
        inside += len(places)
        missed += sum(bound[place] != "_" for place in places)
    assert inside > 130
    assert missed <= inside * 0.05


def test_most_spaces_stay_places_to_break() -> None:
    # Whatever is bound beside the compounds makes lines uneven.
    free = bound = 0
    for line in MARKED:
        shown = mark(line.replace("_", " "))
        places = [place for place, sign in enumerate(line) if sign == " "]
        free += len(places)
        bound += sum(shown[place] == "_" for place in places)
    assert bound < free * 0.1


@pytest.mark.parametrize(
    "marked",
    [
        "Kết_nạp 12 đảng_viên nhân Quốc_khánh 2/9",
        "HỘI_NGHỊ QUÁN_TRIỆT NGHỊ_QUYẾT",
        # Where compounds overlap, most are bound.
        "Học_sinh học kỹ_thuật",
        # Both ways of placing a mark of tone, both letters for one sound.
        "Hoà_bình, hòa_bình; kĩ_thuật, kỹ_thuật; kỉ_niệm, kỷ_niệm; Đảng_uỷ",
        # Signs before and after a compound are no part of it, and a sign inside parts it.
        "“Dân_vận” (tuyên_truyền): dân, vận",
        "Câu_lạc_bộ báo_cáo_viên",
        "Đồng_chí Nguyễn_Văn_Bình về Điện_Bàn",
        "Bà Trần_Thị_Hai nói",
        # A dash never begins a line.
        "Đại_hội Đoàn_– nơi gặp_gỡ",
        "Hướng_dẫn của UBND tỉnh",
        "Một từ",
        "Từ",
        "",
        "  hai  khoảng  trống ",
    ],
)
def test_compounds_names_and_lone_signs(marked: str) -> None:
    assert mark(marked.replace("_", " ")) == marked


def test_no_unit_is_wider_than_a_telephone() -> None:
    long = "Trần Nguyễn Thị Phương Nghiêng Nghiêng Thường Nghĩa"
    for line in [*MARKED, long]:
        units = bind_words(line.replace("_", " ")).split(" ")
        assert max(map(len, units)) <= 20


@given(st.text(alphabet="aảbB –“”.,ôĐđ \N{NO-BREAK SPACE}\n", max_size=40))
def test_only_spaces_change(text: str) -> None:
    bound = bind_words(text)
    assert len(bound) == len(text)
    assert all(
        one == other or (one, other) == (" ", NO_BREAK_SPACE)
        for one, other in zip(text, bound, strict=True)
    )


def test_the_list_is_in_order_and_has_no_word_twice() -> None:
    listed = " ".join(COMPOUNDS.split()).split(", ")
    assert listed == sorted(set(listed))
    assert {each.count(" ") for each in listed} == {1, 2}
