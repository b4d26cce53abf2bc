"""How many entries of a menu stand in one row."""

from importlib.resources import as_file, files

import pytest
from PIL import ImageFont

from sitegen.theme.menu_rows import count_in_row
from sitegen.views import Link, MenuItem

ITEMS = tuple(MenuItem("nnnnn", f"/{number}/") for number in range(5))
WIDTH = 5 * 0.6


def test_all_stand_in_a_row_that_has_room_for_them() -> None:
    # The end of a row that has no room for all is not needed then.
    assert count_in_row(ITEMS, 5 * (WIDTH + 1) + 0.01, 1, 0, 5) == 5
    assert count_in_row(ITEMS, 5 * (WIDTH + 1) - 0.01, 1, 0, 0.5) == 4
    assert count_in_row(ITEMS, 5 * (WIDTH + 1) - 0.01, 1, 0, 5) == 3
    assert count_in_row(ITEMS, 1, 1, 0, 5) == 0
    assert count_in_row((), 0, 1, 0, 5) == 0


def test_an_entry_with_others_below_it_has_a_button() -> None:
    below = MenuItem("nnnnn", "/a/", (Link("b", "/b/"),))
    assert count_in_row((below,), WIDTH + 1.5, 1, 0.5, 0) == 1
    assert count_in_row((below,), WIDTH + 1.4, 1, 0.5, 0) == 0


def measure(text: str) -> float:
    """Return the width that an entry is given, in ems."""
    rooms = range(1, 2000)
    return next(
        room / 50 for room in rooms if count_in_row((MenuItem(text, "/"),), room / 50, 0, 0, 0)
    )


@pytest.mark.parametrize(
    "title",
    [
        "Tin tức - Sự kiện",
        "Công tác xây dựng Đảng",
        "Học tập và làm theo Bác",
        "Thông báo 2026",
        "VĂN BẢN CHỈ ĐẠO",
    ],
)
def test_an_entry_is_about_as_wide_as_in_the_font_of_the_theme(title: str) -> None:
    folder = files("fontpkg_be_vietnam_pro") / "files"
    with as_file(folder / "BeVietnamPro-SemiBold.ttf") as path:
        width = ImageFont.truetype(path, 100).getlength(title) / 100
    assert width * 0.98 <= measure(title) <= width * 1.08


def test_letters_of_other_scripts_are_as_wide_as_they_are_high() -> None:
    assert measure("漢字漢字") == 4
