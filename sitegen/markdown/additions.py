"""What this site's Markdown has beyond that of Python-Markdown: extensions of it.

They make text of what is no markup (``<Nguyễn Văn A>``, ``2*3*4``, ``{số 5}``), and markup of what
is meant as such (bare addresses, telephone numbers, ``~~…~~``). The lines of a text are read
before, by :mod:`sitegen.markdown.dialect`.
"""

import re
from typing import cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.inlinepatterns import (
    HTML_RE,
    REFERENCE_RE,
    DelimiterProcessor,
    HtmlInlineProcessor,
    InlineProcessor,
    ReferenceInlineProcessor,
    SimpleTagInlineProcessor,
)
from markdown.util import ETX, STX, AtomicString

from sitegen.markdown.html_tags import ATTRIBUTE_LIST, is_tag
from sitegen.markdown.telephones import WRITTEN, find_number

_ADDRESS = r"(?<![\w/@.-])((?:https?://|www\.)[^\s<>\x02\x03|]+)"
_ANGLED_ADDRESS = r"<((?i:www)\.[^\s<>\x02\x03|]+)>"
_MAIL = r"(?<![\w/@.+-])([\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?![\w@])"
_ENDS = "?!.,:;*_~'\"”’»…"
_CLOSING = {")": "(", "]": "[", "}": "{"}
_STRUCK = r"(~~)(?![~\s])((?:(?!~~).)+)(?<![~\s])~~(?!~)"
_STAR = r"(?<=\d)\*(?=\d)"
_MINUTES = r"(?<![\d'])(\d{1,3})'(\d{1,2})\"(?!\d)"
_DECADE = r"(?<![\w'’])'(?=\d0(?!\d|'))"


class Additions(Extension):
    """The extension: see the module."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        """Add everything to a converter that has the extension ``attr_list``."""
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "<"]
        md.inlinePatterns.register(_Reference(REFERENCE_RE, md), "reference", 170)
        md.inlinePatterns.register(_Html(HTML_RE, md), "html", 90)
        md.inlinePatterns.register(_Address(_ANGLED_ADDRESS, md), "angled_address", 115)
        md.inlinePatterns.register(_Address(_ADDRESS, md), "bare_address", 75)
        md.inlinePatterns.register(_Mail(_MAIL, md), "bare_mail", 74)
        md.inlinePatterns.register(_Telephone(WRITTEN.pattern, md), "telephone", 73.5)
        md.inlinePatterns.register(_Minutes(_MINUTES, md), "minutes", 73)
        md.inlinePatterns.register(_Sign(_DECADE, "’", md), "decade", 72)
        md.inlinePatterns.register(_Sign(_STAR, f"{STX}{ord('*')}{ETX}", md), "star", 71)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", 65)
        emphasis = _Emphasis("*", "strong,em", md)
        emphasis.add("_", "strong,em", smart=True)
        md.inlinePatterns.register(emphasis, "em_strong", 60)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)
        md.parser.blockprocessors.register(_Quotations(md.parser), "quote", 20)


class _Html(HtmlInlineProcessor):
    """HTML, which is text where there is no such element or attribute."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        if m[0].lstrip("</")[:1].isalpha() and not is_tag(m[0], self._source()):
            return None, None, None
        found = super().handleMatch(m, data)
        return cast("tuple[str | None, int | None, int | None]", found)

    def _source(self) -> str:
        """Return the whole text in small letters."""
        return str(getattr(self.md, "source", ""))


class _Reference(ReferenceInlineProcessor):
    """References, of which two with a space between them are two: ``[Luật] [Nghị định]``."""

    def evalId(  # noqa: N802 (the library's name)
        self, data: str, index: int, text: str
    ) -> tuple[str | None, int, bool]:
        """Return the name behind ``text``, unless both are names."""
        if data[index : index + 1].isspace() and text.lower() in self.md.references:
            return None, index, False
        return super().evalId(data, index, text)


class _LetterTakenError(Exception):
    """A letter was taken for a sign of emphasis."""


class _Emphasis(DelimiterProcessor):
    """Emphasis; where Python-Markdown takes a letter for a star, stars are text: ``*a **b*c``."""

    _SIGNS = ({"*"}, {"_"})

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        try:
            return super().handleMatch(m, data)
        except _LetterTakenError:
            self.reset()
            run = len(data) - m.start(0) - len(data[m.start(0) :].lstrip(m[0]))
            return None, m.start(0), m.start(0) + run

    def _build_element(self, data: str, start: int = 0, offset: int = 0) -> tuple[Element, int]:
        for opening, inner, end, closing, *_ in self.regions[start:]:
            signs = data[opening + offset : inner + offset] + data[end + offset : closing + offset]
            if set(signs) not in self._SIGNS:
                raise _LetterTakenError
        built = super()._build_element(data, start, offset)  # type: ignore[misc]
        return cast("tuple[Element, int]", built)


class _Address(InlineProcessor):
    """The address of a page, written as text (GitHub Flavored Markdown, "Autolinks").

    Between angle brackets, all that stands there is the address.
    """

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], _data: str
    ) -> tuple[Element | None, int | None, int | None]:
        angled = m[0].startswith("<")
        written = m[1] if angled else _trim(m[1])
        scheme, _, rest = written.rpartition("//")
        if "." not in rest.strip(".") and not rest.startswith("localhost"):
            return None, None, None
        link = Element("a", {"href": written if scheme else f"https://{written}"})
        link.text = AtomicString(written)
        return link, m.start(0), m.end(0) if angled else m.start(0) + len(written)


class _Mail(InlineProcessor):
    """An address of mail, where it is written as text."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], _data: str
    ) -> tuple[Element, int, int]:
        link = Element("a", {"href": f"mailto:{m[1]}"})
        link.text = AtomicString(m[1])
        return link, m.start(1), m.end(1)


class _Telephone(InlineProcessor):
    """A telephone number, where it is written as text."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        number = find_number(data, m.start(0), m[0])
        if not number:
            return None, None, None
        link = Element("a", {"href": f"tel:{number}"})
        link.text = AtomicString(m[0])
        return link, m.start(0), m.end(0)


class _Minutes(InlineProcessor):
    """Minutes and seconds: 5'30" is no quotation."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], _data: str
    ) -> tuple[str, int, int]:
        return f"{m[1]}\N{PRIME}{m[2]}\N{DOUBLE PRIME}", m.start(0), m.end(0)


class _Sign(InlineProcessor):
    """A sign that stands for itself, or for one other."""

    def __init__(self, pattern: str, sign: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self._sign = sign

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], _data: str
    ) -> tuple[str, int, int]:
        return self._sign, m.start(0), m.end(0)


class _AttributeLists(AttrListTreeprocessor):
    """Attribute lists that hold nothing else: ``{.wide #part}``, and not ``{số 5}``."""

    HEADER_RE = re.compile(rf"[ ]+{ATTRIBUTE_LIST}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{ATTRIBUTE_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{ATTRIBUTE_LIST}")  # type: ignore[misc]


class _Quotations(BlockQuoteProcessor):
    """Quotations, of which two with a blank line between them are two."""

    def lastChild(self, parent: Element) -> None:  # noqa: N802 (the library's name)
        """Return nothing: the quotation above is over."""


def _trim(address: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    while address:
        last = address[-1]
        opening = _CLOSING.get(last)
        unopened = opening is not None and address.count(opening) < address.count(last)
        if last not in _ENDS and not unopened:
            break
        address = address[:-1]
    return address
