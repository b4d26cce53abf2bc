"""The prose converter: the plain Markdown that news is written in, to safe HTML.

It knows paragraphs, headings, quotations, simple lists and tables, and pictures, and it writes
byte for byte what :mod:`sitegen.markdown.conversion` makes of them by Python-Markdown with the
extensions in use. The tests compare both (tests/markdown/test_prose.py).

It converts only what it is sure of. A document with an unsupported character (:data:`_UNSUPPORTED`)
or with a block of another kind is left to Python-Markdown. The HTML needs no cleaning: ``<`` is
unsupported, so there is no tag but those written here.

Blocks are found as in ``markdown/blockprocessors.py``. A line that follows a blank line and is not
indented begins a new block; only lists and quotations continue after a blank line. The time of each
step grows with the length of the text and no faster.
"""

import html
import re
from collections.abc import Iterator

from sitegen.foundation.text import slugify
from sitegen.markdown.links import Html, Resolver
from sitegen.markdown.prose_inline import Inline, NotProseError
from sitegen.markdown.prose_tables import convert_table
from sitegen.views import BodyView

# Control characters, and all spaces but the plain one: Python-Markdown treats each in its own way.
_ODD_SPACE = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_SURROGATES = "\ud800-\udfff"
# Every character that must be looked for in any block. Most documents hold none of them.
_UNUSUAL = re.compile(rf"[{_ODD_SPACE}{_SURROGATES}\xa0<{{`\\'_~|]")
# HTML and attribute lists, which may change other blocks; then the runs of signs that are refused,
# and a no-break space where Python-Markdown strips spaces. Two patterns that each begin with a set
# of characters are searched in a fraction of the time of one for both.
_UNSUPPORTED = re.compile(rf"[{_ODD_SPACE}{_SURROGATES}<{{]")
_UNSUPPORTED_RUN = re.compile(r"~~|___|``|\xa0(?:(?<!\S\xa0)|(?!\S))")
_ENTITY = re.compile(r"&(?! )")
_BLANK_LINES = re.compile(r"\n(?: *\n)+")
# What a block that is no paragraph may begin with. A paragraph may begin with emphasis (which must
# end, or the block is not converted here), or with the dash before direct speech.
_OTHER = re.compile(r"(?!\*(?![ \n])|-- ?[^\s-])[ #>+*!:=|-]|\d+\. ")
_HEADING = re.compile(r"(#{1,6}) *((?!\s)[^#\n]+)")
_HEADING_LINE = re.compile(r"^(#.*)$", re.MULTILINE)
# On a later line of a paragraph these begin another block, make it a heading or a rule, or may be
# a nested list that is too deep. Two spaces break a line.
_INTERRUPTION = re.compile(r"  \n|\n(?:[ #=>:]|-[- ]*(?:\n|\Z)|(?:[-+*]|\d+\.) +(?:[-+*]|\d+\.) )")
# An item begins with a letter, a digit, an opening quotation mark or bracket, or emphasis: then it
# holds no list, rule, quotation or heading.
_ITEM = r" +(?=[^\W_]|[\"“‘«(\[]|\*{1,2}[^\s*])(?!\d+\. )"
_BULLET = re.compile(r"[-+*]" + _ITEM)
_NUMBER = re.compile(r"([1-9][0-9]{0,8})\." + _ITEM)
_QUOTED = re.compile(r"^> ?(?![^\S\n])", re.MULTILINE)
_TAG = re.compile(r"<[^>]+>")


def make_heading_id(text: str) -> str:
    """Return the id of a heading: its text in small ASCII letters."""
    return slugify(text) or "muc"


def convert_prose(source: str, view: BodyView) -> Html | None:
    """Return the Markdown ``source`` as safe HTML, or ``None`` where Python-Markdown is needed.

    ``source`` is within the limits of lines and brackets; ``view`` says where its links lead.
    """
    unusual = _UNUSUAL.search(source) is not None
    if unusual and (_UNSUPPORTED.search(source) or _UNSUPPORTED_RUN.search(source)):
        return None
    if "&" in source and _ENTITY.search(source):
        return None
    resolver = Resolver(view)
    document = _Document(Inline(resolver, unusual=unusual))
    try:
        for block in _split_blocks(source.strip("\n")):
            document.add(block)
    except NotProseError:
        return None
    return Html(document.finish(), resolver.refused)


def _split_blocks(source: str) -> Iterator[str]:
    """Yield the blocks between blank lines; the line of a heading is always its own block."""
    for block in _BLANK_LINES.split(source):
        if "#" in block and "|" not in block:
            yield from filter(None, (line.strip("\n") for line in _HEADING_LINE.split(block)))
        elif block:
            yield block


class _Document:
    """The HTML of a document: a list or quotation stays open, as the next block may continue it."""

    def __init__(self, inline: Inline) -> None:
        self._inline = inline
        self._open = ""
        self._written: list[str] = []
        self._ids: dict[str, int] = {}

    def add(self, block: str) -> None:
        """Write ``block``. Raises :class:`NotProseError` where this converter is not sure of it."""
        first = block[0]
        if first == "#":
            self._add_heading(block)
        elif first == ">":
            self._add_quotation(block)
        elif first in "-+*" and _BULLET.match(block):
            self._add_list(block, "ul", _BULLET)
        elif first.isdecimal() and _NUMBER.match(block):
            self._add_list(block, "ol", _NUMBER)
        elif first == "!":
            self._add(self._inline.convert_pictures(block))
        elif first == "|":
            self._add(convert_table(block, self._inline.convert_text))
        else:
            self._add(self._convert_paragraph(block))

    def finish(self) -> str:
        """Return what was written."""
        self._close()
        return "\n".join(self._written)

    def _add(self, written: str) -> None:
        self._close()
        self._written.append(written)

    def _close(self) -> None:
        if self._open:
            self._written.append(f"</{self._open}>")
            self._open = ""

    def _convert_paragraph(self, block: str) -> str:
        if _OTHER.match(block) or ("\n" in block and _INTERRUPTION.search(block)):
            raise NotProseError
        return f"<p>{self._inline.convert_text(block)}</p>"

    def _add_heading(self, block: str) -> None:
        found = _HEADING.fullmatch(block)
        # The id is made of the text before its links are resolved, which may add to it.
        if not found or "[" in block:
            raise NotProseError
        text = self._inline.convert_text(found[2].rstrip())
        # The title is the page's only h1.
        tag = f"h{max(len(found[1]), 2)}"
        self._add(f'<{tag} id="{self._take_id(text)}">{text}</{tag}>')

    def _take_id(self, text: str) -> str:
        """Return the id of a heading; the second of a name gets ``_1``: slugs hold no ``_``."""
        slug = make_heading_id(" ".join(html.unescape(_TAG.sub("", text)).split()))
        count = self._ids.get(slug, 0)
        self._ids[slug] = count + 1
        return f"{slug}_{count}" if count else slug

    def _add_quotation(self, block: str) -> None:
        inside, marks = _QUOTED.subn("", block)
        paragraphs = [part.lstrip("\n") for part in inside.split("\n\n") if part.strip("\n")]
        if marks <= block.count("\n") or not paragraphs:
            raise NotProseError
        if self._open != "blockquote":
            self._add("<blockquote>")
            self._open = "blockquote"
        self._written += map(self._convert_paragraph, paragraphs)

    def _add_list(self, block: str, tag: str, item: re.Pattern[str]) -> None:
        """Write a list in which each line is an item.

        After a blank line the list continues, and the items around that line become paragraphs.
        """
        loose = self._open == tag
        if loose:
            self._written[-1] = _loosen(self._written[-1])
        else:
            start = block.partition(".")[0] if tag == "ol" else "1"
            self._add(f"<{tag}>" if start == "1" else f'<{tag} start="{start}">')
            self._open = tag
        for line in block.split("\n"):
            found = item.match(line)
            if not found:
                raise NotProseError
            written = f"<li>{self._inline.convert_text(line[found.end() :])}</li>"
            self._written.append(_loosen(written) if loose else written)
            loose = False


def _loosen(item: str) -> str:
    if item.startswith("<li>\n"):
        return item
    return f"<li>\n<p>{item[4:-5]}</p>\n</li>"
