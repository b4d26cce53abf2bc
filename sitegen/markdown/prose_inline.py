"""The text inside a block of prose: emphasis, links and typography in their unambiguous forms.

Every function gives what Python-Markdown gives with the extensions in use, or ``None`` where it is
not sure of that. Why a form is unambiguous is written beside its pattern. The rules are those of
``markdown/inlinepatterns.py`` and ``markdown/extensions/smarty.py``.

Python-Markdown finds emphasis and links first, and then converts the quotation marks, dashes and
ellipses of each piece of text between them on its own. So a quotation mark directly behind a bold
word stands at the beginning of its piece, which decides whether it opens or closes.
"""

import re
from typing import cast

from sitegen.markdown.links import Resolver
from sitegen.markdown.telephones import WRITTEN

# What a piece of text must not hold: another pattern of Python-Markdown may begin with it, or it
# belongs to single quotes. Emphasis with "_" is rare in Vietnamese; addresses may hold one.
_UNSUPPORTED = re.compile(r"[\\`'_|]")

# An address that nh3 keeps unchanged: of a host with a name, or without a scheme. The only sign of
# Markdown in it is the underscore, which means nothing there: links are found before emphasis.
_SIGNS = r"\w/.~%+=,;@?\#-"
_ADDRESS = (
    r"(?:https?://(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,}(?:[/?\#][:" + _SIGNS + r"]*)?"
    r"|(?!//)[\w/.\#][" + _SIGNS + r"]*)"
)
# Emphasis has the same one or two stars on both sides of a text without stars. The first stars of a
# paragraph can only open, as no space follows them. The next ones are as many, with no space before
# them, so they close it. Then nothing is open, and the same holds again. Links are found before
# emphasis, so the text of a link must hold no star here. A star between two digits is text.
_MARK = re.compile(
    r"\*(?<!\*\*)(?:(?<!\d\*)|(?!\d))(\*?)(?![\s*])([^*]*[^\s*])(?!(?<=\d)\*\d)\*\1(?!\*)"
    r"|\[(?<!!\[)(?![\s^])([^][*]+)\]\((" + _ADDRESS + r")\)"
)
_PICTURE = re.compile(
    r"!\[(?!\^)([^][*\\`\n]*)\]\((" + _ADDRESS + r')(?: +"([^]["*\'\\`\n\xa0]*)")? *\)'
)

# As the extension lists it: without the ampersand.
_PUNCTUATION = r"""[!"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""
# A quotation mark closes at the beginning of its piece, before punctuation that no word follows;
# before a space, unless the space is followed by a mark that opens a word; and behind anything but
# a space, an opening bracket or a dash (behind a long dash or a no-break space it closes unless a
# word follows). All others open. Two marks side by side are not converted here.
_CLOSING_QUOTE = re.compile(
    rf'"(?:(?<=^")(?=(?!-{{2,3}}(?!-)){_PUNCTUATION}\B)|(?=\s(?!"\w))|(?<=[^\s\[({{–—-]")|(?<=[–—\xa0]")(?!\w))'
)
_EM_DASH = re.compile(r"---(?<!----)(?!-)")
_EN_DASH = re.compile(r"--(?<!---)(?!-)")
_ELLIPSIS = re.compile(r"\.\.\.(?<!\.{4})(?!\.)")

_WEB = ("https://", "http://")
# Addresses that are written as text become links.
_ADDRESS_START = re.compile(r"://|www\.|@")


class Inline:
    """Converts the pieces of one document.

    Each sign is looked for once in the whole document, which is cheaper than in every piece.

    Arguments:
        source: the document, without what :mod:`sitegen.markdown.prose` does not support.
        signs: its signs (:mod:`sitegen.markdown.signs`).
        resolver: writes its links and pictures.
        unusual: whether the document may hold a sign of :data:`_UNSUPPORTED`, or a no-break space.
        telephones: whether it may hold a telephone number that becomes a link.
    """

    def __init__(
        self, source: str, signs: bytes, resolver: Resolver, *, unusual: bool, telephones: bool
    ) -> None:
        self._resolver = resolver
        # Whether there is a link to a part of the page.
        self.names_parts = False
        self._unusual = unusual
        self._telephones = telephones
        self._marks = b"*" in signs or b"[" in signs
        links = signs.count(b"](://")
        self._links = links > 0
        # Whether there may be an address that is not the address of a link. Behind "](" in a line,
        # it is one, or this converter is not sure of that line.
        self._addresses = (
            signs.count(b"://") > links
            or (b"w" in signs and "www." in source)
            or (unusual and b"@" in signs)
        )
        self._quotes = b'"' in signs
        self._dashes = b"--" in signs and "--" in source
        self._ellipses = "..." in source
        self._escapes = b"&" in signs or b">" in signs or (unusual and "\xa0" in source)

    def convert_text(self, text: str) -> str | None:
        """Return the text of a paragraph, heading, item or cell as HTML, or ``None`` if unsure."""
        marked = self._marks and ("*" in text or "[" in text)
        converted = self._convert_marks(text) if marked else self._convert_signs(text)
        # It may end like the text of a link, and be none. One sign is found sooner than two.
        return None if converted and self._links and "]" in converted else converted

    def convert_pictures(self, text: str) -> str | None:
        """Return a paragraph of pictures alone as a figure or a gallery, or ``None`` if unsure.

        The description and the caption of a picture are plain text in Markdown.
        """
        pieces = _PICTURE.split(text)
        if any(piece.strip(" \n") for piece in pieces[::4]) or "  \n" in text:
            return None
        figures = [
            self._write_figure(address, description, caption or "")
            for description, address, caption in zip(
                pieces[1::4], pieces[2::4], pieces[3::4], strict=True
            )
        ]
        return figures[0] if len(figures) == 1 else f'<div class="gallery">{"".join(figures)}</div>'

    def _write_figure(self, address: str, description: str, caption: str) -> str:
        attributes = {"alt": description, "src": address}
        picture = self._resolver.write_picture(attributes, alone=True)
        video = ' class="video"' if picture.startswith("<a class=") else ""
        caption = caption.strip()
        below = f"<figcaption>{_escape(caption)}</figcaption>" if caption else ""
        return f"<figure{video}>{picture}{below}</figure>"

    def _convert_marks(self, text: str) -> str | None:
        written: list[str | None] = []
        done = 0
        star, bracket = text.find("*"), text.find("[")
        while star >= 0 or bracket >= 0:
            start = star if bracket < 0 or 0 <= star < bracket else bracket
            found = _MARK.match(text, start)
            if not found:
                return None
            if start > done:
                written.append(self._convert_signs(text[done:start]))
            done = found.end()
            second_star, stressed, label, address = found.groups()
            if label:
                inside = self._convert_signs(label)
                written.append(inside and self._write_link(address, inside))
            else:
                inside = self.convert_text(stressed)
                tag = "strong" if second_star else "em"
                written.append(inside and f"<{tag}>{inside}</{tag}>")
            # To find a character is faster than to search for a pattern that begins with it.
            if 0 <= star < done:
                star = text.find("*", done)
            if 0 <= bracket < done:
                bracket = text.find("[", done)
        written.append(self._convert_signs(text[done:]))
        return None if None in written else "".join(cast("list[str]", written))

    def _write_link(self, address: str, text: str) -> str:
        stays = f'<a href="{address}">{text}</a>'
        if address.startswith(_WEB) and not address.startswith(self._resolver.own):
            return stays
        self.names_parts = self.names_parts or address[0] == "#"
        return self._resolver.write_link({"href": address}, text) or stays

    def _convert_signs(self, text: str) -> str | None:
        """Return a piece of text with typographic quotes, dashes and ellipses, escaped."""
        if self._unusual and _UNSUPPORTED.search(text):
            return None
        if self._addresses and _ADDRESS_START.search(text):
            return None
        if self._telephones and WRITTEN.search(text):
            return None
        if self._quotes and '"' in text:
            if '""' in text:
                return None
            text = _CLOSING_QUOTE.sub("”", text).replace('"', "“")
        if self._dashes and "--" in text:
            text = _EN_DASH.sub("–", _EM_DASH.sub("—", text))
        if self._ellipses and "..." in text:
            text = _ELLIPSIS.sub("…", text)
        return _escape(text) if self._escapes else text


def _escape(text: str) -> str:
    """Return ``text`` escaped as nh3 does it; prose holds no ``<``."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace("\xa0", "&nbsp;") if "\xa0" in text else text
