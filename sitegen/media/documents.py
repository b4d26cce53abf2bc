"""PDF documents: how many pages they have, their first page as a picture, and their text.

PDFium reads them (``pypdfium2``), which is an optional part of the installation
(``sitegen[documents]``). It is asked for in worker processes alone, with their limits of time and
memory (:mod:`sitegen.foundation.guard`): documents come from anywhere.
"""

import contextlib
import functools
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.foundation.cache import remember
from sitegen.foundation.generator import find_installed, library_version
from sitegen.foundation.text import find_legacy, normalise
from sitegen.foundation.workers import Guard, map_items
from sitegen.media.pictures import MediaFile, read_media
from sitegen.model import Record
from sitegen.problems import mark

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

PDF = ".pdf"
# The folder of the cache that keeps the texts of documents.
TEXT_CACHE = "documents"
# In pixels: a box shows the first page half as wide, and a telephone has two of them to a point.
WIDEST, TALLEST = 240, 360
# What is read of a document to be searched. A resolution with all its tables has 200 pages.
MOST_PAGES = 300
MOST_CHARACTERS = 500_000
LIBRARY = "pypdfium2"
# To be raised whenever the same document has another text.
_RECIPE = "1"
_PASSWORD_ERROR = 4
# Letters are drawn twice as large, and made small, so that they are smooth.
_DRAWN = 2
# A title of fewer words is the name of a file, or of a template.
_FEWEST_WORDS, _LONGEST_TITLE = 3, 200
_BY_PROGRAM = re.compile(
    r"^Microsoft (?:Word|Excel|PowerPoint) - |\.(?:docx?|xlsx?|pptx?|odt|rtf|pdf)$", re.IGNORECASE
)
# A sign that PDFium puts where a word is divided between two lines.
_DIVIDED = re.compile(r"[\x02\ufffe]\s*")


class DocumentError(Exception):
    """A document cannot be read: ``reason`` is a text to be translated."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DocumentFacts(Record, frozen=True):
    """The number of pages of a document, and the size of the picture of the first (0: none).

    ``title`` is what the document calls itself, or nothing where that says nothing.
    """

    pages: int
    width: int
    height: int
    title: str = ""


def is_document(path: str) -> bool:
    """Tell whether a path or address is that of a document that can be looked into."""
    return path[-4:].lower() == PDF


@functools.cache
def can_read() -> bool:
    """Tell whether the library is installed."""
    return find_installed(LIBRARY, "__init__.py") is not None


def describe_document(source: bytes) -> DocumentFacts:
    """Return what pages tell of a document. Raises :class:`DocumentError`."""
    with _open(source) as document:
        page = document[0]
        width, height = _fit(*page.get_size())
        if width:
            # What cannot be drawn has no picture.
            _draw(page, width, height)
        title = _choose_title(document.get_metadata_value("Title"))
        return DocumentFacts(len(document), width, height, title)


def _choose_title(written: str) -> str:
    """Return the title of a document, unless a program gave it, or its letters are damaged."""
    title = " ".join(normalise(_BY_PROGRAM.sub("", written)).split())
    words = title.split()
    telling = len(words) >= _FEWEST_WORDS and len(title) <= _LONGEST_TITLE
    legible = title.isprintable() and not find_legacy(title) and "\ufffd" not in title
    return title if telling and legible else ""


def draw_first_page(root: Path, file: MediaFile) -> "Image.Image":
    """Return the first page of a document as a picture, on white paper.

    Raises :class:`~sitegen.problems.ProblemsFoundError`.
    """
    with _open(read_media(root, file)) as document:
        page = document[0]
        return _draw(page, *_fit(*page.get_size()))


def read_texts(root: Path, cache: Path, files: Sequence[MediaFile]) -> list[str]:
    """Return the texts of documents, without line breaks; nothing of one that cannot be read.

    They are read in a process of their own, and kept in the ``cache`` by what the files hold.
    """

    def read(file: MediaFile) -> str:
        name = f"{file.digest.hex()}-{_RECIPE}-{library_version(LIBRARY)}"
        kept = remember(cache / TEXT_CACHE, name, lambda: _read_text(root, file).encode())
        return kept.decode()

    guard = Guard[MediaFile, str](lambda file: file.source, lambda _: "", lambda _: True)
    return map_items(read, files, str, 1, guard) if can_read() else [""] * len(files)


def _read_text(root: Path, file: MediaFile) -> str:
    try:
        with _open(read_media(root, file)) as document:
            return _clean(_list_texts(document))
    except DocumentError:
        return ""


def _list_texts(document: "pypdfium2.PdfDocument") -> Iterator[str]:
    left = MOST_CHARACTERS
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        text_page = page.get_textpage()
        text = text_page.get_text_range(0, min(left, text_page.count_chars()))
        text_page.close()
        page.close()
        yield text
        left -= len(text)
        if left <= 0:
            return


def _clean(texts: Iterator[str]) -> str:
    joined = _DIVIDED.sub("", "\n".join(texts))
    plain = "".join(each for each in joined if each.isspace() or unicodedata.category(each) != "Cc")
    return " ".join(normalise(plain).split())


@contextlib.contextmanager
def _open(source: bytes) -> Iterator[Any]:
    """Open a document. Raises :class:`DocumentError`, also where it is found damaged later."""
    library = _load_library()
    try:
        document = library.PdfDocument(source)
    except library.PdfiumError as error:
        locked = error.err_code == _PASSWORD_ERROR
        reason = mark("it needs a password") if locked else mark("its data is damaged")
        raise DocumentError(reason) from error
    try:
        yield document
    except library.PdfiumError as error:
        raise DocumentError(mark("its data is damaged")) from error
    finally:
        document.close()


@functools.cache
def _load_library() -> Any:  # noqa: ANN401 (it has no types)
    """Return the library, which uses no fonts but its own and those of a document.

    The fonts of a machine would make a picture of its own on each machine.
    """
    import ctypes

    import pypdfium2

    none = pypdfium2.raw.FPDF_SYSFONTINFO(version=1)
    pypdfium2.raw.FPDF_SetSystemFontInfo(ctypes.byref(none))
    # It must live as long as the library.
    pypdfium2.own_fonts = none
    return pypdfium2


def _fit(width: float, height: float) -> tuple[int, int]:
    """Return the size of the picture of a page, or zeros where the page has no size."""
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        return 0, 0
    scale = min(WIDEST / width, TALLEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _draw(page: "pypdfium2.PdfPage", width: int, height: int) -> "Image.Image":
    from PIL import Image

    scale = _DRAWN * min(width / page.get_width(), height / page.get_height())
    drawn: Image.Image = page.render(scale=scale).to_pil()
    return drawn.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
