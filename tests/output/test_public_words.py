"""What published texts say themselves, whatever marks stand between the words."""

import pytest

from sitegen.output.public_words import says_words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Xem [trang](../pages/gioi-thieu.md) này.", "Xem trang này."),
        ("Xem **[trang](../pages/gioi-thieu.md)**, này", "Xem trang này."),
        ("Thông báo **tuyển dụng** viên chức", "Thông báo tuyển dụng viên chức"),
        ("Thông báo\ntuyển dụng", "Thông báo tuyển dụng"),
        ("“Thông báo” – tuyển dụng", "Thông báo: tuyển dụng"),
    ],
)
def test_marks_and_targets_of_links_do_not_part_words(source: str, words: str) -> None:
    """A lead is made of the words that readers see."""
    assert says_words(source.encode(), words)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Xem [trang](../pages/gioi-thieu.md) này.", "Xem này"),
        ("Thông báo hôm nay về tuyển dụng", "Thông báo tuyển dụng"),
        ("Thông báo tuyển dụng", "báo tuyển dụng viên"),
        ("Thông báo tuyển dụng", "ông báo tuyển"),
        ("Thông báo", "…"),
    ],
)
def test_other_words_are_not_said(source: str, words: str) -> None:
    """Neither with a word between, nor as a part of a word."""
    assert not says_words(source.encode(), words)
