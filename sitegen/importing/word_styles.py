"""What the styles of a Word document say: font, bold, italic, which mammoth reads in runs alone."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from sitegen.importing.word_xml import WORD, find, get, is_on
from sitegen.model import Record

_DEEPEST = 20
# Word and LibreOffice show these bold or italic, and they become headings and quotations anyway.
_MEANT = re.compile(r"(?:heading|title|subtitle|toc|quote|intense|quotations)\b", re.IGNORECASE)


class Style(Record, frozen=True):
    """A style: its name, the style that it continues, and what it says of text."""

    name: str = ""
    base: str = ""
    font: str = ""
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    numbering: str = ""
    level: str = ""


class Styles(Record, frozen=True):
    """All styles of a document by their identifiers, and the font of text that says none."""

    styles: dict[str, Style] = {}
    font: str = ""
    paragraph: str = ""

    def follow(self, identifier: str) -> Iterator[Style]:
        """Yield a style and those that it continues."""
        for _ in range(_DEEPEST):
            style = self.styles.get(identifier)
            if not style:
                return
            yield style
            identifier = style.base

    def is_meant(self, identifier: str) -> bool:
        """Tell whether a style says what its paragraphs are, not only how they look."""
        return any(_MEANT.match(style.name) for style in self.follow(identifier))


def read_styles(outermost: ET.Element) -> Styles:
    """Return the styles of ``styles.xml``."""
    styles = {}
    default = ""
    for each in outermost.iter(f"{WORD}style"):
        properties = find(each, "rPr")
        numbering = find(each, "pPr/numPr")
        identifier = get(each, "styleId")
        styles[identifier] = Style(
            get(find(each, "name")),
            get(find(each, "basedOn")),
            read_font(properties),
            is_on(find(properties, "b")),
            is_on(find(properties, "i")),
            is_on(find(properties, "vanish")),
            get(find(numbering, "numId")),
            get(find(numbering, "ilvl")),
        )
        if get(each, "type") == "paragraph" and get(each, "default") in {"1", "true"}:
            default = identifier
    return Styles(styles, read_font(find(outermost, "docDefaults/rPrDefault/rPr")), default)


def read_font(properties: ET.Element | None) -> str:
    """Return the font that properties of text name."""
    fonts = find(properties, "rFonts")
    return get(fonts, "ascii") or get(fonts, "hAnsi")
