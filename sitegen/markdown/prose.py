"""News prose past Python-Markdown: the same HTML in a small part of the time.

News is written in paragraphs, headings, quotations, simple lists and tables, and pictures. Here
such a document is read directly and written as what the general way gives for it, byte for byte
(:func:`sitegen.markdown.conversion.to_html_generally`): Python-Markdown with the extensions in use,
cleaned, its links resolved. That it is the same is a property that tests/markdown/test_prose.py
holds.

It stays right because it is never generous. A document with anything from :data:`_FOREIGN` is left
to the general way at once, and so is one with a block that is not certainly of the kinds known
here. What is written holds no tag but those written here, as ``<`` itself is foreign: so there is
nothing to clean.

Blocks follow ``markdown/blockprocessors.py``. A line without space before it, behind a blank line,
begins a block of its own; only lists and quotations go on over blank lines. So a paragraph or table
that holds something unclear can be converted on its own by the general way, the rest being written
here, unless it defines something for others. Each step takes a time that grows with the length of
the text alone.
"""

import html
import re
from collections.abc import Callable, Iterator

from sitegen.foundation.text import slugify
from sitegen.markdown.links import Html, Resolver
from sitegen.markdown.prose_inline import Inline
from sitegen.markdown.prose_tables import TABLE_END, TABLE_START, convert_table
from sitegen.views import BodyView

# Control characters, and spaces but the plain one: each reads them in its own way.
_STRANGE = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_SURROGATES = "\ud800-\udfff"
# One look at a document, for every character that makes anything below uncertain.
_UNUSUAL = re.compile(rf"[{_STRANGE}{_SURROGATES}\xa0<{{`\\'_~|]")
_UNUSUAL_BYTES = bytes({*range(10), *range(11, 32), 127, *b"<{`\\'_~|"})
# The others begin in UTF-8 with C2 (U+0080 to U+00BF), E2 (U+2000 to U+2FFF), E3 (U+3000), ED (the
# surrogates) or EF (U+FEFF); but this one as the letters of Vietnamese do.
_OGHAM_SPACE = "\u1680"
# What reaches beyond its block or is no Markdown: HTML, attributes; then the runs that are refused,
# and the no-break space where space is stripped. Two patterns, of which each begins with one of a
# set of characters, are looked for in a fraction of the time that one with both takes.
_FOREIGN = re.compile(rf"[{_STRANGE}{_SURROGATES}<{{]")
_FOREIGN_RUN = re.compile(r"~~|___|``|\xa0(?:(?<!\S\xa0)|(?!\S))")
_ENTITY = re.compile(r"&(?! )")
_BLANK_LINE = re.compile(r"(?<=\n) +\n")
# With more blocks for it, the general way is faster for the whole.
_MOST_UNCLEAR = 4

# What begins a block that is no paragraph, or may; numbers are added.
_SPECIAL = frozenset(" #>-+*!:=|")
# Emphasis (unclear, if it does not end), or the dash that begins direct speech.
_HARMLESS = re.compile(r"\*(?![ \n])|-- ?[^\s-]")
_HEADING = re.compile(r"(#{1,6}) *((?!\s)[^#\n]+)")
_HEADING_LINE = re.compile(r"^(#.*)$", re.MULTILINE)
# On a later line of a paragraph these begin something else, make a heading or a rule of it, or are
# on the way to a nested list that the general way refuses.
_INTERRUPTION = re.compile(r"\n(?:[ #=>:]|-[- ]*(?:\n|\Z)|(?:[-+*]|\d+\.) +(?:[-+*]|\d+\.) )")
_ORDERED = re.compile(r"\d+\. ")
# An item begins with a letter or digit, an opening mark or emphasis: then it is no list, rule,
# quotation or heading inside the list.
_ITEM = r" +(?=[^\W_]|[\"“‘«(\[]|\*{1,2}[^\s*])(?!\d+\. )"
_BULLET = re.compile(r"[-+*]" + _ITEM)
_NUMBER = re.compile(r"([1-9][0-9]{0,8})\." + _ITEM)
_QUOTED = re.compile(r"> ?(?!\s)")
_TAG = re.compile(r"<[^>]+>")


def make_heading_id(text: str) -> str:
    """Return the id of a heading, which keeps its letters where ASCII has them."""
    return slugify(text) or "muc"


def convert_prose(
    source: str, encoded: bytes, view: BodyView, convert_block: Callable[[str], Html | None]
) -> Html | None:
    """Return the Markdown ``source`` as safe HTML, or ``None`` if it is not news prose alone.

    Arguments:
        source: a document within the limits of lines and brackets.
        encoded: the same in UTF-8: bytes are looked through several times as fast as characters.
        view: where its links lead.
        convert_block: the general way, for one paragraph or table; ``None`` where it refuses.
    """
    unclear = _is_unusual(source, encoded)
    if _is_foreign(source, unusual=unclear):
        return None
    resolver = Resolver(view)
    inline = Inline(encoded, resolver, unclear=unclear)
    document = _Document(inline, resolver, convert_block)
    if not all(map(document.add, _split_blocks(source.rstrip("\n")))):
        return None
    return Html(document.finish(), resolver.refused)


def convert_paragraph(block: str, encoded: bytes, view: BodyView) -> str | None:
    """Return one block as the HTML inside its paragraph, or ``None`` if it is anything else."""
    unclear = _is_unusual(block, encoded)
    if _is_foreign(block, unusual=unclear):
        return None
    parts = list(_split_blocks(block.rstrip("\n")))
    if len(parts) != 1 or not _is_paragraph(parts[0]):
        return None
    return Inline(encoded, Resolver(view), unclear=unclear).convert_text(parts[0])


def _is_unusual(source: str, encoded: bytes) -> bool:
    """Whether a character of :data:`_UNUSUAL` is in ``source``.

    It is not unless ``encoded`` holds a byte that such a character has in UTF-8.
    """
    suspect = (
        len(encoded.translate(None, _UNUSUAL_BYTES)) < len(encoded)
        or b"\xc2" in encoded
        or b"\xe2" in encoded
        or b"\xe3" in encoded
        or b"\xed" in encoded
        or b"\xef" in encoded
        or _OGHAM_SPACE in source
    )
    return suspect and _UNUSUAL.search(source) is not None


def _is_foreign(source: str, *, unusual: bool) -> bool:
    if unusual and (_FOREIGN.search(source) or _FOREIGN_RUN.search(source)):
        return True
    return "&" in source and _ENTITY.search(source) is not None


def _split_blocks(source: str) -> Iterator[str]:
    """Yield the blocks between blank lines; a heading's line is always a block of its own."""
    for block in source.split("\n\n"):
        if "\n" in block:
            yield from _split_lines(block.lstrip("\n"))
        elif block:
            yield block


def _split_lines(block: str) -> Iterator[str]:
    if "\n " in block and _BLANK_LINE.search(block):
        yield from _split_blocks(_BLANK_LINE.sub("\n", block))
    elif "#" in block and "|" not in block:
        yield from filter(None, (part.strip("\n") for part in _HEADING_LINE.split(block)))
    elif block:
        yield block


def _is_paragraph(block: str) -> bool:
    """Whether ``block`` is a paragraph and nothing else, whatever stands inside its lines."""
    first = block[0]
    if first.isalpha():
        pass
    elif first in _SPECIAL:
        if not _HARMLESS.match(block):
            return False
    elif first.isdecimal() and _ORDERED.match(block):
        return False
    return "\n" not in block or not ("  \n" in block or _INTERRUPTION.search(block))


class _Document:
    """A document as it is written, block by block.

    A list or quotation stays open, because the next block may go on with it.
    """

    def __init__(
        self, inline: Inline, resolver: Resolver, convert_block: Callable[[str], Html | None]
    ) -> None:
        self._inline = inline
        self._resolver = resolver
        self._convert_block = convert_block
        self._unclear_left = _MOST_UNCLEAR
        self._refused_before = 0
        self._open = ""
        self._written: list[str] = []
        self._ids: dict[str, int] = {}

    def add(self, block: str) -> bool:
        """Write ``block``; say no where it is not certain how."""
        first = block[0]
        self._refused_before = self._resolver.count_refused()
        if first.isalpha():
            # Most of all blocks by far.
            done = self._add_paragraph(block)
        elif first == "#":
            done = self._add_heading(block)
        elif first == ">":
            done = self._add_quotation(block)
        elif first in "-+*" and _BULLET.match(block):
            done = self._add_list(block, "ul", _BULLET)
        elif first.isdecimal() and _NUMBER.match(block):
            done = self._add_list(block, "ol", _NUMBER)
        elif (first == "!" and (whole := self._inline.convert_pictures(block))) or (
            first == "|" and (whole := convert_table(block, self._inline.convert_text))
        ):
            self._close()
            self._written.append(whole)
            done = True
        else:
            done = self._add_paragraph(block)
        return done

    def finish(self) -> str:
        """Return what was written."""
        self._close()
        return "\n".join(self._written)

    def _close(self) -> None:
        if self._open:
            self._written.append(f"</{self._open}>")
            self._open = ""

    def _add_paragraph(self, block: str) -> bool:
        if self._open:
            self._close()
        text = self._inline.convert_text(block) if _is_paragraph(block) else None
        if text is None:
            return self._add_unclear(block)
        self._written.append(f"<p>{text}</p>")
        return True

    def _add_unclear(self, block: str) -> bool:
        """Write a block by the general way, if that makes one paragraph, figure or table of it.

        Not if it may reach beyond itself: by defining a note or an address, or by going on with the
        list or the paragraph above it.
        """
        self._unclear_left -= 1
        if self._unclear_left < 0 or block[0] in " :" or "[^" in block or "]:" in block:
            return False
        converted = self._convert_block(block)
        if converted is None:
            return False
        text = converted.text
        paragraph = text.startswith(("<p>", "<figure")) and "\n<" not in text
        table = text.startswith(TABLE_START) and text.find(TABLE_END) + len(TABLE_END) == len(text)
        if paragraph or table:
            self._resolver.replace_refused(self._refused_before, converted.refused)
            self._written.append(text)
        return paragraph or table

    def _add_heading(self, block: str) -> bool:
        self._close()
        found = _HEADING.fullmatch(block)
        # A link's text may grow when it is resolved; the id is made from the text before that.
        if not found or "[" in block:
            return False
        text = self._inline.convert_text(found[2].rstrip())
        if text is None:
            return False
        # The title is the page's only h1.
        tag = f"h{max(len(found[1]), 2)}"
        self._written.append(f'<{tag} id="{self._take_id(text)}">{text}</{tag}>')
        return True

    def _take_id(self, text: str) -> str:
        """Return the id of a heading; a repeated one gets ``_1``, ``_2``: slugs hold no ``_``."""
        if "<" in text:
            text = _TAG.sub("", text)
        if "&" in text:
            text = html.unescape(text)
        slug = make_heading_id(" ".join(text.split()))
        count = self._ids.get(slug, 0)
        self._ids[slug] = count + 1
        return f"{slug}_{count}" if count else slug

    def _add_quotation(self, block: str) -> bool:
        lines = block.split("\n")
        marks = [_QUOTED.match(line) for line in lines]
        inside = "\n".join(
            line[mark.end() :] for line, mark in zip(lines, marks, strict=True) if mark
        )
        paragraphs = [part.lstrip("\n") for part in inside.split("\n\n") if part.strip("\n")]
        if not all(marks) or not paragraphs:
            return False
        if self._open != "blockquote":
            self._close()
            self._open = "blockquote"
            self._written.append("<blockquote>")
        for paragraph in paragraphs:
            text = self._inline.convert_text(paragraph) if _is_paragraph(paragraph) else None
            if text is None:
                return False
            self._written.append(f"<p>{text}</p>")
        return True

    def _add_list(self, block: str, tag: str, item: re.Pattern[str]) -> bool:
        """Write a list of one line for each item.

        Two lists with a blank line between them are one: the items around that line are paragraphs.
        """
        loose = self._open == tag
        if loose:
            self._written[-1] = _loosen(self._written[-1])
        else:
            self._close()
            self._open = tag
            start = block.partition(".")[0] if tag == "ol" else "1"
            self._written.append(f"<{tag}>" if start == "1" else f'<{tag} start="{start}">')
        for line in block.split("\n"):
            found = item.match(line)
            text = self._inline.convert_text(line[found.end() :]) if found else None
            if text is None:
                return False
            written = f"<li>{text}</li>"
            self._written.append(_loosen(written) if loose else written)
            loose = False
        return True


def _loosen(item: str) -> str:
    if item.startswith("<li>\n"):
        return item
    return f"<li>\n<p>{item[4:-5]}</p>\n</li>"
