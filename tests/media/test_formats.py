"""The formats of media files."""

import ast

import pytest

from sitegen.media.formats import FORMATS, JPEG, find_format
from sitegen.media.inspection import check_file
from sitegen.problems import ProblemsFoundError
from support.site_folder import REPOSITORY

# They name files before anything is known of formats: share cards, stills beside films, and what
# editors and browsers bring.
NAMING = {"cli/page_pictures.py", "content/companions.py", "foundation/addresses.py"}
IMPORTING = "importing/"


def test_what_is_particular_to_a_format_stands_in_its_record_alone() -> None:
    words = {each.media_type for each in FORMATS} | {each.name for each in FORMATS}
    words |= {suffix for each in FORMATS for suffix in each.suffixes}
    package = REPOSITORY / "sitegen"
    found = {
        (path.relative_to(package).as_posix(), node.value)
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in words
    }
    places = {path for path, _ in found if not path.startswith(IMPORTING)}
    assert places - NAMING == {"media/formats.py"}
    assert {word for _, word in found} == words


def test_a_format_is_known_by_its_suffixes_alone() -> None:
    assert find_format("content/a.JPEG") is find_format("/media/a.jpg") is JPEG
    assert [find_format(path) for path in ("content/a.pdf", "content/jpg", "a.jpg/b")] == [None] * 3


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a"])
def test_other_files_are_never_published(name: str) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        check_file(f"content/media/{name}", 1)
    assert [each.code for each in caught.value.problems] == ["media-kind"]
    check_file("content/media/a.PDF", 1)
