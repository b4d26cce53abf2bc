import pytest

from sitegen.pages.nearest_files import find_nearest_file, index_files
from support.site_folder import SiteFolder

FILES = [
    *("content/tin/2024/hoi-nghi.md", "content/tin/2025/hoi-nghi.md"),
    *("content/media/anh/hoi-nghi.jpg", "content/media/tai-lieu/hoi-nghi.pdf"),
]


@pytest.mark.parametrize(
    ("missing", "nearest"),
    [
        ("content/tin/2025/hoi-ngih.md", "content/tin/2025/hoi-nghi.md"),
        ("content/tin/2024/hoi-ngih.md", "content/tin/2024/hoi-nghi.md"),
        ("content/tin/2025/hoi-nghi", "content/tin/2025/hoi-nghi.md"),
        ("content/media/anh/hoi-nghi.jpeg", "content/media/anh/hoi-nghi.jpg"),
        ("content/media/hoi-nghi.doc", "content/media/tai-lieu/hoi-nghi.pdf"),
        ("content/media/khac.jpg", ""),
    ],
)
def test_a_file_of_the_same_kind_is_meant(missing: str, nearest: str) -> None:
    assert find_nearest_file(index_files(FILES), missing) == nearest


def test_every_place_of_a_missing_file_is_told_once(site: SiteFolder) -> None:
    site.article("a", "Xem [một](khong.md) và [hai](khong.md).\n\n![](mat.png)\n\n[ba](khong.md)")
    told = [each.split(" ")[:2] for each in site.problems()]
    assert [code for _, code in told] == ["link-missing"] * 2 + ["picture-missing", "link-missing"]
    places = [place.split(":")[1:3] for place, _ in told]
    first = int(places[0][0])
    assert [int(line) - first for line, _ in places] == [0, 0, 2, 4]
    assert len({tuple(each) for each in places}) == len(places)


def test_a_link_in_code_or_in_the_front_matter_is_no_place_of_a_fault(site: SiteFolder) -> None:
    site.article("a", "Gõ `[x](khong.md)`, rồi [x](khong.md).", lead="Xem khong.md")
    (told,) = site.problems()
    assert told.startswith("content/a.md:")
    assert "`" in told
    assert int(told.split(":")[2]) > len("Gõ `[x](khong.md)`, rồi")
