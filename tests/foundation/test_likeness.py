import difflib

from hypothesis import given
from hypothesis import strategies as st

from sitegen.foundation.likeness import find_like, index_names
from sitegen.foundation.text import fold

NAMES = [f"hoi-nghi-so-ket-{number}-thang-cua-chi-bo-thon-{number % 7}.md" for number in range(500)]
WORDS = st.text("abcdeghiklmnoqrstuvxy-", min_size=4, max_size=30)


def test_a_name_with_one_wrong_letter_is_found_among_many() -> None:
    index = index_names([*NAMES, "le-phat-dong-thi-dua.md"])
    assert find_like(index, "le-phat-dog-thi-dua.md") == "le-phat-dong-thi-dua.md"
    assert find_like(index, "Lễ phát động.md") == ""
    assert find_like(index, "hoi-nghi-so-ket-321-thang-cua-chi-bo-thon-6.md") == NAMES[321]


def test_a_name_that_is_like_none_is_not_found() -> None:
    assert find_like(index_names(NAMES), "zzz.pdf") == ""
    assert find_like(index_names([]), "a.md") == ""


def test_case_and_spelling_in_unicode_are_no_difference() -> None:
    assert find_like(index_names(["Ảnh Đẹp.JPG"]), "ảnh đẹp.jpg") == "ảnh đẹp.jpg"


@given(st.lists(WORDS, min_size=1, max_size=30), st.data())
def test_a_name_that_is_there_is_most_like_itself(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    assert find_like(index_names(names), name) == fold(name)


@given(st.lists(WORDS, min_size=1, max_size=30), WORDS)
def test_what_is_found_is_alike(names: list[str], name: str) -> None:
    found = find_like(index_names(names), name)
    assert not found or difflib.SequenceMatcher(None, found, fold(name)).ratio() >= 0.6
