"""Web pages and plain text, from a file or pasted, as HTML in Unicode."""

import base64
import binascii
import codecs
import html
import re
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from sitegen.foundation.files import read_file
from sitegen.importing.extras import need
from sitegen.importing.legacy_encodings import (
    convert,
    find_font,
    is_unicode,
    recognise,
    recognise_paragraphs,
)
from sitegen.importing.pages import Picture, SourcePage
from sitegen.problems import UsageError

SUFFIXES = frozenset({".htm", ".html", ".xhtml", ".txt"})
_LARGEST = 50_000_000
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(?:!doctype|html|body|p|div|span|h[1-6]|table|ul|ol|br|b|strong|a|img|font)\b", re.IGNORECASE
)
_FONT = re.compile(r"font-family\s*:\s*([^;\"]+)", re.IGNORECASE)
_DATA = re.compile(r"data:(?P<type>image/[\w.+-]+)(?P<base64>;base64)?,", re.IGNORECASE)
_PIECES = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "div")


class WebPage:
    """A web page or a text, opened: it can be asked for its encoding, and then converted."""

    def __init__(self, source: bytes, name: str, folder: Path | None = None) -> None:
        need("bs4", "word")
        from bs4 import BeautifulSoup

        if len(source) > _LARGEST:
            raise UsageError("document-large", path=name)
        text = decode(source)
        if not is_markup(text):
            text = _mark_up(text)
        self._folder = folder
        self._soup = BeautifulSoup(text, "html.parser")

    def find_encoding(self) -> str:
        """Return the old encoding in which the text seems to be typed, or nothing."""
        strings = list(self._soup.stripped_strings)
        together = " ".join(strings)
        for each in self._soup.find_all(re.compile(".")):
            family = str(each.get("face", "")) or _find_family(str(each.get("style", "")))
            font = find_font(family) if family else None
            text = each.get_text()
            if font and not text.isascii() and (recognise(text) or not is_unicode(text)):
                return font.encoding
        return recognise_paragraphs(strings) or recognise(together)

    def convert(self, encoding: str = "") -> SourcePage:
        """Return the page with its own pictures, converted from an old encoding."""
        if encoding:
            for each in list(self._soup.find_all(string=True)):
                if not is_unicode(str(each)):
                    capitals = _is_in_capitals(each)
                    each.replace_with(convert(str(each), encoding, capitals=capitals))
        pictures: dict[str, Picture] = {}
        for image in self._soup.find_all("img"):
            picture = self._read_picture(str(image.get("src", "")))
            if picture:
                address = f"picture:{len(pictures) + 1}"
                pictures[address] = picture
                image["src"] = address
        return SourcePage(str(self._soup), pictures)

    def _read_picture(self, address: str) -> Picture | None:
        """Return a picture that lies in the page, or beside its file."""
        if found := _DATA.match(address):
            data = address[found.end() :]
            try:
                source = base64.b64decode(data) if found["base64"] else unquote_to_bytes(data)
            except (binascii.Error, ValueError):
                return Picture(b"", found["type"])
            return Picture(source, found["type"])
        if self._folder is None or re.match(r"[a-z][\w+.-]*:|/|\\", address, re.IGNORECASE):
            return None
        path = self._folder / unquote(address)
        inside = path.resolve().is_relative_to(self._folder.resolve())
        return Picture(read_file(path), "") if inside and path.is_file() else None


def decode(source: bytes) -> str:
    """Return the text of a page, whether in UTF-8, in UTF-16, or as the page says itself."""
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return source.decode("utf-16", "replace")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    found = _CHARSET.search(source[:4096])
    name = found[1].decode() if found else "cp1252"
    try:
        return source.decode(name)
    except (LookupError, UnicodeDecodeError):
        # Five bytes have no meaning there, and those of old Vietnamese fonts are kept as they are.
        return "".join(bytes([each]).decode("cp1252", "ignore") or chr(each) for each in source)


def is_markup(text: str) -> bool:
    """Tell whether a text is HTML or a part of a page."""
    return bool(_MARKUP.search(text))


def _mark_up(text: str) -> str:
    """Return plain text as HTML: a paragraph for each line, as word processors save it."""
    lines = (html.escape(each.strip(), quote=False) for each in text.splitlines())
    return "\n".join(f"<p>{each}</p>" for each in lines if each)


def _find_family(style: str) -> str:
    found = _FONT.search(style)
    return found[1].split(",")[0] if found else ""


def _is_in_capitals(text: object) -> bool:
    for each in getattr(text, "parents", ()):
        family = str(each.get("face", "")) or _find_family(str(each.get("style", "")))
        if family:
            font = find_font(family)
            return bool(font and font.capitals)
    return False
