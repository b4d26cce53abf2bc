"""Documents: what is read of a PDF, and what hostile ones cannot do."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from sitegen.content.discovery import FoundFile
from sitegen.foundation.parts import digest_bytes, unseal
from sitegen.media import documents
from sitegen.media.documents import (
    MOST_CHARACTERS,
    MOST_PAGES,
    TALLEST,
    WIDEST,
    DocumentError,
    can_read,
    describe_document,
    draw_first_page,
    read_texts,
)
from sitegen.media.inspection import Destination, inspect_files
from sitegen.media.pictures import MediaFile
from support.documents import A4, lock_pdf, make_pdf, write_objects
from support.doubles import replace_everywhere, set_constants
from support.site_folder import SiteFolder

SAMPLE = "content/media/tai-lieu/ke-hoach-sinh-hoat-chi-bo-2026-2030.pdf"
# A hundred and fifty thousand lines take a library ten seconds.
LINES = "0 0 m 500 800 l S " * 150_000


def draw_lines() -> bytes:
    page = "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>"
    pages = f"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[{A4}]>>"
    drawn = f"<</Length {len(LINES)}>>stream\n{LINES}\nendstream"
    return write_objects(["<</Type/Catalog/Pages 2 0 R>>", pages, page, drawn])


def write(root: Path, source: bytes, name: str = "a.pdf") -> MediaFile:
    path = f"content/media/{name}"
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(source)
    return MediaFile(f"media/{name}", path, digest_bytes(source))


def inspect(root: Path, source: bytes) -> tuple[Destination, list[str]]:
    file = write(root, source)
    found, problems = inspect_files(root, [FoundFile(file.source, len(source), b"")], {}, 1)
    (each,) = found.values()
    return unseal(each.destination, Destination), [f"{one.code} {one.warning}" for one in problems]


def test_a_document_tells_its_pages_and_its_first_page() -> None:
    facts = describe_document(make_pdf(["mot", "hai", "ba"]))
    assert (facts.pages, facts.width, facts.height, facts.title) == (3, WIDEST, 340, "")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Ke hoach nam 2026", "Ke hoach nam 2026"),
        ("Microsoft Word - Ke hoach so 12.docx", "Ke hoach so 12"),
        ("KH12.doc", ""),
        ("Document1", ""),
        (r"\376\377\000K\036\277\000 \000h\000o\036\241\000c\000h\000 \0001", "Kế hoạch 1"),
        (r"K\325 ho\271ch c\361a \256\266ng b\351", ""),
        ("x " * 200, ""),
    ],
)
def test_the_title_of_a_document_is_shown_if_it_tells_anything(written: str, title: str) -> None:
    assert describe_document(make_pdf(title=written)).title == title


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ("0 0 842 595", (WIDEST, 170)),
        ("0 0 9999999 9999999", (WIDEST, WIDEST)),
        ("0 0 5 900000", (1, TALLEST)),
        ("0 0 900000 5", (WIDEST, 1)),
        ("a b", (WIDEST, 311)),
    ],
)
def test_the_picture_of_a_page_of_any_size_is_small(
    box: str, size: tuple[int, int], tmp_path: Path
) -> None:
    source = make_pdf(box=box)
    facts = describe_document(source)
    assert (facts.width, facts.height) == size
    assert draw_first_page(tmp_path, write(tmp_path, source)).size == size


def test_the_first_page_is_drawn_on_white(tmp_path: Path) -> None:
    picture = draw_first_page(tmp_path, write(tmp_path, make_pdf(["X", "Y"])))
    assert picture.mode == "RGB"
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert min(picture.convert("L").tobytes()) < 100


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (lock_pdf(), "it needs a password"),
        (b"%PDF-1.4\n", "its data is damaged"),
        (b"<html>", "its data is damaged"),
        (b"\0" * 5000, "its data is damaged"),
        (make_pdf()[:-300], "its data is damaged"),
        (make_pdf([]), "its data is damaged"),
        (
            write_objects(["<</Type/Catalog/Pages 2 0 R>>", "<</Kids[2 0 R 2 0 R]/Count 9>>"]),
            "its data is damaged",
        ),
    ],
)
def test_a_document_that_cannot_be_read_says_why(source: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        describe_document(source)
    assert caught.value.reason == reason


def test_the_text_of_a_document_is_read_and_kept(tmp_path: Path) -> None:
    files = [
        write(tmp_path, make_pdf(["Nghi quyet so 12", "trang hai"]), "a.pdf"),
        write(tmp_path, lock_pdf(), "b.pdf"),
        write(tmp_path, b"%PDF", "c.pdf"),
        write(tmp_path, make_pdf(["khac"]), "d.pdf"),
    ]
    cache = tmp_path / "cache"
    texts = read_texts(tmp_path, cache, files)
    assert texts == ["Nghi quyet so 12 trang hai", "", "", "khac"]
    for file in files:
        (tmp_path / file.source).unlink()
    assert read_texts(tmp_path, cache, files) == texts


def test_the_letters_of_vietnamese_are_read(tmp_path: Path) -> None:
    source = (Path(__file__).parents[2] / SAMPLE).read_bytes()
    (text,) = read_texts(tmp_path, tmp_path / "cache", [write(tmp_path, source)])
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "\n" not in text


def test_of_a_long_document_only_the_beginning_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_pdf([f"trang{number}" for number in range(10_000)])
    assert describe_document(source).pages == 10_000
    file = write(tmp_path, source)
    (text,) = read_texts(tmp_path, tmp_path / "cache", [file])
    assert text.split()[-1] == f"trang{MOST_PAGES - 1}"
    assert MOST_CHARACTERS >= 100_000
    set_constants(monkeypatch, MOST_CHARACTERS=12)
    (text,) = read_texts(tmp_path, tmp_path / "other", [file])
    assert text == "trang0 trang1"


def test_a_document_is_described_in_a_worker(tmp_path: Path) -> None:
    place, problems = inspect(tmp_path, make_pdf(["mot"] * 12))
    assert problems == []
    assert place.size.startswith("PDF, 12 trang, ")
    assert place.still
    assert place.still.url == f"/media/a.pdf.{WIDEST}.webp"


@pytest.mark.slow
def test_a_document_that_takes_too_long_is_published_without_a_look(tmp_path: Path) -> None:
    place, problems = inspect(tmp_path, draw_lines())
    assert problems == ["document-flawed True"]
    assert place.still is None
    assert place.size.startswith("PDF, 2,7 MB")
    file = MediaFile("media/a.pdf", "content/media/a.pdf", digest_bytes(draw_lines()))
    assert read_texts(tmp_path, tmp_path / "cache", [file]) in ([""], [" "])


def test_a_library_that_failed_is_asked_again_at_the_next_build(
    new_site: Callable[[], SiteFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ImportError

    site = new_site()
    site.article("bai", "Nội dung.")
    site.write("content/media/a.pdf", make_pdf(["x"]))
    still = site.output / "media/a.pdf.240.webp"
    with monkeypatch.context() as patch:
        replace_everywhere(patch, documents._load_library, fail)
        for _ in range(2):
            assert "document-flawed" in {each.code for each in site.build().warnings}
            assert not still.exists()
    # Nothing but the library is another one now.
    assert "document-flawed" not in {each.code for each in site.build().warnings}
    assert still.exists()
    assert site.build().written.written == 0


def test_a_library_that_ends_its_process_stops_no_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os
    import signal

    replace_everywhere(
        monkeypatch, describe_document, lambda _: os.kill(os.getpid(), signal.SIGSEGV)
    )
    place, problems = inspect(tmp_path, make_pdf())
    assert problems == ["document-flawed True"]
    assert place.still is None


def test_without_the_library_a_document_has_its_size_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_everywhere(monkeypatch, can_read, lambda: False)
    place, problems = inspect(tmp_path, lock_pdf())
    assert problems == []
    assert place.still is None
    assert place.size == "PDF, 857 byte"
    assert read_texts(tmp_path, tmp_path / "cache", [write(tmp_path, make_pdf())]) == [""]


def test_a_picture_named_pdf_is_damaged(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "a.jpg")
    _, problems = inspect(tmp_path, (tmp_path / "a.jpg").read_bytes())
    assert problems == ["document-flawed True"]
