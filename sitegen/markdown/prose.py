"""The prose converter: the plain Markdown that news is written in, to safe HTML.

It knows paragraphs, headings, quotations, simple lists, definitions and tables, and pictures, and
it writes byte for byte what :func:`sitegen.markdown.conversion.to_html_with_library` gives for
them: the HTML of Python-Markdown with the extensions in use, cleaned, its links resolved. The tests
compare both (tests/markdown/test_prose.py).

It converts only what it is sure of. A document with an unsupported character (:data:`_UNSUPPORTED`)
or with a block of another kind is left to Python-Markdown. The HTML needs no cleaning: ``<`` is
unsupported, so there is no tag but those written here.

Blocks are found as in ``markdown/blockprocessors.py``. A line that follows a blank line and is not
indented begins a new block; only lists and quotations continue after a blank line. So one paragraph
or table that this converter is not sure of can be given to Python-Markdown alone, unless it defines
something for other blocks. The time of each step grows with the length of the text and no faster.
"""

import html
import re
from collections.abc import Callable, Iterator

from sitegen.foundation.text import slugify
from sitegen.markdown.line_starts import BULLETS, LABEL, LONGEST_BROKEN_LINE, SIGNATURE
from sitegen.markdown.links import Html, Resolver
from sitegen.markdown.prose_inline import Inline
from sitegen.markdown.prose_tables import TABLE_END, TABLE_START, convert_table
from sitegen.markdown.telephones import may_hold_telephones
from sitegen.views import BodyView

# Control characters, and all spaces but the plain one: Python-Markdown treats each in its own way.
_ODD_SPACE = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_SURROGATES = "\ud800-\udfff"
# Every character that must be looked for in any block. Most documents hold none of them.
_UNUSUAL = re.compile(rf"[{_ODD_SPACE}{_SURROGATES}\xa0<{{`\\'_~|@]")
# In UTF-8, those beyond ASCII begin with C2 (U+0080 to U+00BF), E2 (U+2000 to U+2FFF), E3 (U+3000),
# ED (the surrogates) or EF (U+FEFF).
_UNUSUAL_BYTES = bytes({*range(10), *range(11, 32), 127, *b"<{`\\'_~|@\xc2\xe2\xe3\xed\xef"})
# This one begins with E1, as most letters of Vietnamese do.
_OGHAM_SPACE = "\u1680"
# HTML and attribute lists, which may change other blocks; then the runs of signs that are refused,
# and a no-break space where Python-Markdown strips spaces. Two patterns that each begin with a set
# of characters are searched in a fraction of the time of one for both.
_UNSUPPORTED = re.compile(rf"[{_ODD_SPACE}{_SURROGATES}<{{]")
_UNSUPPORTED_RUN = re.compile(r"~~|___|``|\xa0(?:(?<!\S\xa0)|(?!\S))")
_ENTITY = re.compile(r"&(?! )")
_BLANK_LINE = re.compile(r"(?<=\n) +\n")
# With more blocks left to Python-Markdown, it converts the whole document faster.
_MOST_FALLBACKS = 4

# What a block that is no paragraph may begin with, besides digits.
_SPECIAL = frozenset(" #>-+*!:=|")
# Emphasis (which must end, or the block is not converted here), or the dash before direct speech.
_HARMLESS = re.compile(r"\*(?![ \n])|-- ?[^\s-]")
_HEADING = re.compile(r"(#{1,6})(?: +|(?<=##))((?!\s)[^#\n]+)")
_HEADING_LINE = re.compile(r"^(#.*)$", re.MULTILINE)
# What a later line of a paragraph may begin with; all else may begin another block, or a line that
# stays one.
_LATER_LINE = re.compile(r"[\"“‘«(]?[^\W\d_]|\d+(?![\d.)/])|\*{1,2}[^\s*]")
_ORDERED = re.compile(r"\d+[.)]")
# An item begins with a letter, a digit, an opening quotation mark or bracket, or emphasis: then it
# holds no list, rule, quotation or heading.
_ITEM = r"(?=[^\W_]|[\"“‘«(\[]|\*{1,2}[^\s*])(?!\d+\. )"
_BULLET = re.compile(r"[-*] +" + _ITEM)
# Below a star, a dash is one level deeper.
_STAR = re.compile(r"\* +" + _ITEM)
_NUMBER = re.compile(r"([1-9][0-9]{0,2})\. +" + _ITEM)
# A term, and what it means: one line each. With more spaces, it would be code.
_MEANING = r"\n: {1,3}" + _ITEM
_DEFINITIONS = re.compile(rf".*\S(?:{_MEANING}.*\S)+")
_QUOTED = re.compile(r">(?: ?(?!\s)|$)")
_TAG = re.compile(r"<[^>]+>")


def make_heading_id(text: str) -> str:
    """Return the id of a heading: its text in small ASCII letters."""
    return slugify(text) or "muc"


def convert_prose(
    source: str,
    encoded: bytes,
    signs: bytes,
    view: BodyView,
    fall_back: Callable[[str], Html | None],
) -> Html | None:
    """Return the Markdown ``source`` as safe HTML, or ``None`` where Python-Markdown is needed.

    Arguments:
        source: a document within the limits of lines and brackets.
        encoded: the same in UTF-8.
        signs: its signs (:mod:`sitegen.markdown.signs`).
        view: where its links lead.
        fall_back: converts one paragraph or table by Python-Markdown, or returns ``None``.
    """
    unusual = _is_unusual(source, signs)
    if _is_unsupported(source, unusual=unusual):
        return None
    resolver = Resolver(view)
    telephones = not view.strict and may_hold_telephones(encoded)
    inline = Inline(source, signs, resolver, unusual=unusual, telephones=telephones)
    document = _Document(inline, resolver, fall_back, strict=view.strict)
    if not all(map(document.add, _split_blocks(source.rstrip("\n")))):
        return None
    # Whether there is such a part of the page is known only now.
    sure = document.sure and not inline.names_parts
    return Html(document.finish(), resolver.refused, sure)


def _is_unusual(source: str, signs: bytes) -> bool:
    """Tell whether ``source`` holds a character of :data:`_UNUSUAL`.

    Its signs are searched first: they seldom hold a byte that such a character begins with.
    """
    suspect = len(signs.translate(None, _UNUSUAL_BYTES)) < len(signs) or _OGHAM_SPACE in source
    return suspect and _UNUSUAL.search(source) is not None


def _is_unsupported(source: str, *, unusual: bool) -> bool:
    if unusual and (_UNSUPPORTED.search(source) or _UNSUPPORTED_RUN.search(source)):
        return True
    return "&" in source and _ENTITY.search(source) is not None


def _split_blocks(source: str) -> Iterator[str]:
    """Yield the blocks between blank lines; the line of a heading is always its own block."""
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
    """Tell whether ``block`` is a paragraph and nothing else, whatever its lines hold."""
    first = block[0]
    if first.isalpha():
        pass
    elif first in _SPECIAL:
        if not _HARMLESS.match(block):
            return False
    elif (first.isdecimal() and _ORDERED.match(block)) or first in BULLETS:
        return False
    return "\n" not in block or _is_one_paragraph(block.split("\n"))


def _is_one_paragraph(lines: list[str]) -> bool:
    """Tell whether lines are surely one paragraph, without breaks that are kept."""
    return (
        all(map(_LATER_LINE.match, lines[1:]))
        and not any(map(LABEL.match, lines[1:]))
        and not any(map(SIGNATURE.match, lines))
        and all(len(line) <= LONGEST_BROKEN_LINE and line[-1:] != " " for line in lines[:-1])
    )


class _Document:
    """The HTML of a document, written block by block.

    A list stays open, because the next block may continue it. ``sure`` tells whether each block has
    one meaning.
    """

    def __init__(
        self,
        inline: Inline,
        resolver: Resolver,
        fall_back: Callable[[str], Html | None],
        *,
        strict: bool,
    ) -> None:
        self._inline = inline
        self._strict = strict
        self._resolver = resolver
        self._fall_back = fall_back
        self._fallbacks_left = _MOST_FALLBACKS
        self._refused_before = 0
        self.sure = True
        self._open = ""
        # How the items of the open list begin.
        self._item = _BULLET
        self._written: list[str] = []
        self._ids: dict[str, int] = {}

    def add(self, block: str) -> bool:
        """Write ``block``, or return ``False`` if this converter is not sure of it."""
        first = block[0]
        self._refused_before = self._resolver.count_refused()
        several = "\n" in block
        if first.isalpha() and not several:
            # Nearly all blocks are paragraphs of one line that begins with a letter.
            done = self._write_paragraph(block, self._inline.convert_text(block))
        elif first == "#":
            done = self._add_heading(block)
        elif first == ">":
            done = self._add_quotation(block)
        elif first in "-*" and _BULLET.match(block):
            done = self._add_list(block, "ul", _BULLET)
        elif first.isdecimal() and _NUMBER.match(block):
            done = self._add_list(block, "ol", _NUMBER)
        elif several and "\n:" in block and first.isalpha() and _DEFINITIONS.fullmatch(block):
            done = self._add_definitions(block)
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
        text = self._inline.convert_text(block) if _is_paragraph(block) else None
        if "\n" in block:
            # Its lines are joined, which may not be meant.
            self.sure = False
        return self._write_paragraph(block, text)

    def _write_paragraph(self, block: str, text: str | None) -> bool:
        if self._open:
            self._close()
        if text is None:
            self.sure = False
            return self._add_fallback(block)
        self._written.append(f"<p>{text}</p>")
        return True

    def _add_fallback(self, block: str) -> bool:
        """Write what Python-Markdown makes of a block, if that is a paragraph, figure or table.

        A block that defines a note or an address, or that may continue the list or paragraph above
        it, cannot be converted alone.
        """
        self._fallbacks_left -= 1
        if self._fallbacks_left < 0 or block[0] in " :" or "[^" in block or "]:" in block:
            return False
        converted = self._fall_back(block)
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
        # The id is made of the text before its links are resolved, which may add to it.
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
        """Return the id of a heading; the second of a name gets ``_1``: slugs hold no ``_``."""
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
        if self._open == "blockquote" and self._strict:
            # Python-Markdown makes one quotation of two.
            return False
        self._close()
        self._open = "blockquote"
        self._written.append("<blockquote>")
        for paragraph in paragraphs:
            text = self._inline.convert_text(paragraph) if _is_paragraph(paragraph) else None
            if text is None:
                return False
            if "\n" in paragraph:
                self.sure = False
            self._written.append(f"<p>{text}</p>")
        return True

    def _add_list(self, block: str, tag: str, item: re.Pattern[str]) -> bool:
        """Write a list in which each line is an item.

        After a blank line the list continues, and the items around that line become paragraphs.
        """
        loose = self._open == tag
        if loose:
            self._written[-1] = _loosen(self._written[-1])
        else:
            self._close()
            self._open = tag
            self._item = _STAR if block[0] == "*" else item
            start = block.partition(".")[0] if tag == "ol" else "1"
            self._written.append(f"<{tag}>" if start == "1" else f'<{tag} start="{start}">')
        for line in block.split("\n"):
            found = self._item.match(line)
            text = self._inline.convert_text(line[found.end() :]) if found else None
            if text is None:
                return False
            written = f"<li>{text}</li>"
            self._written.append(_loosen(written) if loose else written)
            loose = False
        return True

    def _add_definitions(self, block: str) -> bool:
        """Write a term with its meanings; those of the next block belong to the same list."""
        if self._open != "dl":
            self._close()
            self._open = "dl"
            self._written.append("<dl>")
        for number, part in enumerate(re.split(_MEANING, block)):
            text = self._inline.convert_text(part)
            if text is None:
                return False
            tag = "dd" if number else "dt"
            self._written.append(f"<{tag}>{text}</{tag}>")
        return True


def _loosen(item: str) -> str:
    if item.startswith("<li>\n"):
        return item
    return f"<li>\n<p>{item[4:-5]}</p>\n</li>"
