"""Any document that people have, opened: Word, other word processors, web pages, plain text."""

from pathlib import Path
from typing import Protocol

from sitegen.foundation.files import read_file
from sitegen.importing import office_files, web_files
from sitegen.importing.pages import SourcePage
from sitegen.importing.web_files import WebPage
from sitegen.importing.word_files import convert_word, open_word
from sitegen.problems import UsageError

_WORD = frozenset({".docx", ".docm", ".dotx"})
_ZIP = b"PK\x03\x04"


class Source(Protocol):
    """A document that was opened and not converted yet."""

    def find_encoding(self) -> str:
        """Return the old encoding in which it seems to be typed, or nothing."""

    def convert(self, encoding: str = "") -> SourcePage:
        """Return it as HTML, converted from an old encoding."""


class WordDocument:
    """A document of Word."""

    def __init__(self, source: bytes, name: str) -> None:
        self._name = name
        self._markup = open_word(source, name)

    def find_encoding(self) -> str:
        """Return the old encoding in which it seems to be typed, or nothing."""
        return self._markup.find_encoding()

    def convert(self, encoding: str = "") -> SourcePage:
        """Return it as HTML, converted from an old encoding."""
        return convert_word(self._markup, self._name, encoding)


def open_document(path: Path) -> Source:
    """Open a document by the suffix of its name.

    Raises :class:`~sitegen.problems.UsageError` for a kind that is not known, and for what is
    damaged; :class:`OSError` where the file cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix in _WORD:
        return WordDocument(read_file(path), path.name)
    if suffix in office_files.SUFFIXES:
        source = read_file(path)
        # Word opens a .docx that somebody has named .doc, and saves web pages so, too.
        if source.startswith(_ZIP) and suffix == ".doc":
            return WordDocument(source, path.name)
        if suffix == ".doc" and source.lstrip()[:1] == b"<":
            return WebPage(source, path.name, path.parent)
        return WordDocument(office_files.convert_to_docx(path), path.name)
    if suffix in web_files.SUFFIXES:
        return WebPage(read_file(path), path.name, path.parent)
    raise UsageError("document-kind", path=path.name)


def open_pasted(source: bytes) -> Source:
    """Open what was pasted: a web page, a part of one, or plain text."""
    return WebPage(source, "-")
