"""A body as pages, feeds and the index read it: the text that was checked, or a problem."""

from pathlib import Path

import pytest

from sitegen.content.bodies import convert_body, extract_text
from sitegen.content.front_matter import read_body, split
from sitegen.model import Body
from sitegen.problems import ProblemsFoundError
from sitegen.views import BodyView

PATH = "content/bai.md"
HEAD = "---\ntitle: A\n---\n"


def write(root: Path, text: str | bytes) -> tuple[Body, BodyView]:
    """Return the body of a file as it is read, and as a page without targets has it."""
    source = text if isinstance(text, bytes) else text.encode()
    (root / "content").mkdir(exist_ok=True)
    (root / PATH).write_bytes(source)
    body = read_body(split(source, PATH))
    return body, BodyView(PATH, body.start, body.digest, (), ())


def test_a_body_becomes_html_for_pages_and_words_for_the_index(tmp_path: Path) -> None:
    body, view = write(tmp_path, f"{HEAD}## Mục\n\nMột **đ**ảng &\n\n- *hai*\n- ba\n")
    converted = convert_body(tmp_path, view)
    assert converted.problems == ()
    assert converted.html.startswith('<h2 id="muc">Mục</h2>\n<p>Một <strong>đ</strong>ảng &amp;')
    assert extract_text(tmp_path, body).split() == ["Mục", "Một", "đảng", "&", "hai", "ba"]


def test_the_index_knows_the_names_of_videos_and_no_numbers_of_footnotes(tmp_path: Path) -> None:
    text = "Chuyện[^1] hay.\n\n![Phim ngắn](https://youtu.be/abc)\n\n[^1]: Ghi chú.\n"
    body, _ = write(tmp_path, HEAD + text)
    words = extract_text(tmp_path, body).split()
    assert {"Chuyện", "hay.", "Phim", "ngắn", "Ghi", "chú."} <= {*words}
    assert "Chuyện1" not in words


@pytest.mark.parametrize(
    "head",
    [
        HEAD.encode(),
        b"---\r\ntitle: A\r\n---\r\n",
        b"\xef\xbb\xbf" + HEAD.encode(),
        "---\ntitle: e\u0302\n---\n".encode(),
    ],
    ids=["plain", "Windows", "byte order mark", "not normalised"],
)
def test_a_problem_stands_at_its_line_of_the_file(tmp_path: Path, head: bytes) -> None:
    _, view = write(tmp_path, head + b"Mot.\n\nHai [x](mat.md).\n")
    (found,) = convert_body(tmp_path, view).problems
    assert (found.code, found.place.path) == ("link-missing", PATH)
    assert (found.place.line, found.place.column) == (6, 9)
    body, view = write(tmp_path, head + b"Mot.\n\n" + b">" * 30 + b" a\n")
    (found,) = convert_body(tmp_path, view).problems
    assert (found.code, found.place.line) == ("markdown-limit", 6)
    assert extract_text(tmp_path, body) == ""


@pytest.mark.parametrize("text", [f"{HEAD}Khác.\n", "Khác.\n", ""])
def test_a_file_that_was_saved_meanwhile_is_a_problem(tmp_path: Path, text: str) -> None:
    body, view = write(tmp_path, f"{HEAD}Một.\n")
    (tmp_path / PATH).write_text(text, "utf-8")
    (found,) = convert_body(tmp_path, view).problems
    assert found.code in {"file-changing", "front-matter-missing", "file-empty"}
    with pytest.raises(ProblemsFoundError) as caught:
        extract_text(tmp_path, body)
    assert caught.value.problems == (found,)


def test_front_matter_that_was_saved_meanwhile_is_none(tmp_path: Path) -> None:
    body, view = write(tmp_path, f"{HEAD}Một.\n")
    write(tmp_path, "---\ntitle: Dài hơn\n---\nMột.\n")
    assert convert_body(tmp_path, view).html == "<p>Một.</p>"
    assert extract_text(tmp_path, body) == "Một."


def test_a_file_that_was_deleted_meanwhile_is_a_problem(tmp_path: Path) -> None:
    body, view = write(tmp_path, f"{HEAD}Một.\n")
    (tmp_path / PATH).unlink()
    assert [each.code for each in convert_body(tmp_path, view).problems] == ["file-changing"]
    with pytest.raises(ProblemsFoundError) as caught:
        extract_text(tmp_path, body)
    assert [each.code for each in caught.value.problems] == ["file-changing"]
