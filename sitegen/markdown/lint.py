"""What looks in a text as if something else were meant than what readers see.

Only texts are looked at in which the prose converter was not sure of everything
(:mod:`sitegen.markdown.prose`): what that converts by itself has one meaning. Nothing here stops a
build; what is found is said at its place.
"""

import html
import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from sitegen.foundation.text import find_nearest
from sitegen.markdown.anchors import find_ids, is_missing
from sitegen.markdown.html_tags import BLOCKS, OPEN_ENDED, REMOVED, TAG, is_tag
from sitegen.markdown.lost_words import find_lost_words
from sitegen.markdown.meant_addresses import suggest_address
from sitegen.markdown.references import hide_code, list_addresses
from sitegen.markdown.videos import read_attributes
from sitegen.markdown.written_addresses import complete_address
from sitegen.model import Record

# Lines of a verse, an address or a signature are shorter than any that a program breaks.
SHORT_LINE = 45
LONGEST_LINE_OF_VERSE = 60
# A word of a message is not the whole passage.
_LONGEST_SAMPLE = 40
# So much of a passage tells it from others.
_ENOUGH = 8

_ANGLED = re.compile(rf"(?<!\\)(?:{TAG.pattern}|<(?=[^\W\d_])[^<>\n]{{0,200}}>)")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s]+@[^<>\s]+)>")
# Code of other programs: Jekyll and Hugo, Jinja, WordPress, Pandoc and VuePress, Kramdown,
# Obsidian. In the address of a link it is no code of its own: that link leads nowhere.
_TEMPLATE_CODE = re.compile(
    r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|^\[/?(?:gallery|caption|embed|video|audio|playlist)\b[^\]\n]*\]"
    r"|^:::.*$|^\{::?[^}\n]*\}|!?\[\[(?!\d)[^\[\]\n]{1,200}\]\](?![(\[])|^\[TOC\]$",
    re.MULTILINE,
)
_IN_ADDRESS = re.compile(r"\]\([^()]*$")
# How an address begins that stands where one belongs, or how it ends.
_TARGET = r"(?:https?:|www\.|/|\.{1,2}/|(?=[^\s()\[\]]+\.(?:md|pdf|docx?|xlsx?|jpe?g|png|webp)\b))"
_NO_WORDS = re.compile(r"(?<!!)\[[^\S\n]*\]\(([^)\n\s]+)\)")
_SPACED_LINK = re.compile(rf"!?\[[^\]\n]*\][ ]+\({_TARGET}[^)\n]*\)")
_SWAPPED_LINK = re.compile(rf"!?\([^()\n]+\)\[{_TARGET}[^\]\n]*\]")
_UNCLOSED_LINK = re.compile(
    rf"!?\[[^\]\n]+\]\({_TARGET}[^()\s<>]*(?=[^\S\n]|$)(?![^\n]*\))", re.MULTILINE
)
_SPACED_PICTURE = re.compile(r"^![ ]+\[[^\]\n]*\]\([^)\n]+\)", re.MULTILINE)
_SPACED_MARK = re.compile(
    r"(?<![\w*])(?:\*\*[ ]++[^\s*][^*\n]*\*\*(?!\*)|\*\*[^\s*][^*\n]*(?<= )\*\*(?![\w*]))"
)
# One star on one side and two on the other, or one that opens within a line and closes nowhere.
_UNEVEN_MARK = re.compile(
    r"(?<![*\\])(?:\*\*(?=[^\s*])[^*\n]*[^\s*]\*(?!\*)|\*(?=[^\s*])[^*\n]*[^\s*]\*\*(?!\*))"
)
_OPEN_MARK = re.compile(
    r"(?P<mark>\*\*(?=[^\s*])|(?<![\w*\\])\*(?=[^\W\d_])|(?<![\w~\\])~~(?=[^\s~]))"
    r"(?=(?P<words>[^\n]{1,%d}))" % _LONGEST_SAMPLE
)
_NOTE_USED = re.compile(r"\[\^([^\]\s][^\]\n]*)\](?!:)")
_NOTE_DEFINED = re.compile(r"^[ ]{0,3}\[\^([^\]\n]+)\]:", re.MULTILINE)
_REFERENCE = re.compile(
    r"(?<!\])(?P<picture>!?)\[(?P<words>[^\[\]\n]+)\]\[(?P<name>[^\[\]\n]*)\](?![(\[])"
)
_REFERENCE_DEFINED = re.compile(r"^[ ]{0,3}\[(?P<name>[^\^\[\]\n][^\[\]\n]*)\]:", re.MULTILINE)
_LETTER = re.compile(r"[^\W\d_]")
_LINK = re.compile(r"\]\([ ]*<?([^)\n<>\"']{0,1000}+)(?=[^)\n]{0,1000}+\))")
_UNKNOWN_SCHEME = re.compile(
    r"(?!(?:https?|mailto|tel):)[A-Za-z][A-Za-z0-9+.-]*:(?!\d)", re.IGNORECASE
)
_WEB = re.compile(r"https?:", re.IGNORECASE)
# What only one computer or one office knows: its disks, and hosts that have no name of the web.
_OWN_COMPUTER = re.compile(
    r"file:|[a-z]:[\\/]|localhost\b"
    r"|https?://(?:127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\]"
    r"|[^/.:?#\s]+(?=[/:?#]|$)|[^/:?#\s]*\.(?:local|lan|internal)(?=[/:?#]|$))",
    re.IGNORECASE,
)
_CODE = re.compile(r"<(?P<name>pre|code)\b.*?</(?P=name)>", re.DOTALL)
# What ends a line of its own.
_PARTS = re.compile(
    r"<br>|</(?:p|h[1-6]|li|td|th|tr|div|blockquote|figure|figcaption|dt|dd|table|summary)>"
)
_ANY_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
_NO_VERSE = re.compile(r"^[{:<]|[.!?…:;,\"”»)]$")


class Remark(Record, frozen=True):
    """Something that is told: its code, its offset in the text, and what the message shows."""

    code: str
    offset: int
    arguments: dict[str, str] = {}


def lint(source: str, converted: str) -> tuple[Remark, ...]:
    """Return what should be told of a body, in the order in which it is written.

    Arguments:
        source: the Markdown of the body.
        converted: the HTML that was made of it.
    """
    text = hide_code(source)
    shown = html.unescape(_ANY_TAG.sub("", _PARTS.sub("\0", _CODE.sub("\0", converted))))
    found = [
        *_find_html(text, converted),
        *_find_template_code(text, converted),
        *_find_broken_links(text, source),
        *_find_open_emphasis(text, shown),
        *_find_notes(text),
        *_find_references(text, shown),
        *_find_addresses(text, converted),
        *_find_joined_lines(text, shown),
    ]
    # An address with code leads nowhere, which is told elsewhere.
    coded = (each.start() for each in _TEMPLATE_CODE.finditer(text))
    told = {source.count("\n", 0, each) for each in (*(one.offset for one in found), *coded)}
    for offset, words in find_lost_words(source, converted):
        if source.count("\n", 0, offset) not in told:
            found.append(_tell("words-lost", offset, words))
    return tuple(sorted(found, key=lambda each: each.offset))


def _tell(code: str, offset: int, value: str, **arguments: str) -> Remark:
    return Remark(code, offset, {"value": _shorten(value)} | arguments)


def _shorten(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= _LONGEST_SAMPLE else f"{value[:_LONGEST_SAMPLE].rstrip()}…"


def _is_bare_link(written: str, converted: str) -> bool:
    """Tell whether ``<www.…>`` became a link, as it does unless the text is read strictly."""
    address = html.escape(written[1:-1], quote=False)
    return address[:4].lower() == "www." and f">{address}</a>" in converted


def _find_html(text: str, converted: str) -> Iterator[Remark]:
    if "<" not in text:
        return
    lowered = text.lower()
    for found in _ANGLED.finditer(text):
        tag = TAG.fullmatch(found[0])
        name = tag["name"].lower() if tag else ""
        if _AUTOLINK.fullmatch(found[0]) or _is_bare_link(found[0], converted):
            continue
        if not is_tag(found[0], lowered) or _is_open(name, found[0], lowered):
            yield _tell("html-unknown", found.start(), found[0])
        elif (
            name in REMOVED and not found[0].startswith("</") and not _is_video(found[0], converted)
        ):
            yield Remark("html-removed", found.start(), {"value": name})


def _is_video(frame: str, converted: str) -> bool:
    """Tell whether a frame is shown, as a video of an allowed host."""
    address = read_attributes(frame).get("src", "")
    return f'href="{html.escape(address)}" data-embed=' in converted


def _is_open(name: str, written: str, lowered: str) -> bool:
    """Tell whether an element that needs an end has none, so that it is shown as text."""
    needed = name in BLOCKS - OPEN_ENDED and not written.startswith("</")
    return needed and f"</{name}" not in lowered


def _find_template_code(text: str, converted: str) -> Iterator[Remark]:
    if "{" in text or "[" in text or ":::" in text:
        for found in _TEMPLATE_CODE.finditer(text):
            before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
            if _IN_ADDRESS.search(before):
                continue
            # An attribute list that is one is not shown.
            if not found[0].startswith("{:") or found[0][:3] in converted:
                yield _tell("template-code", found.start(), found[0])


def _find_broken_links(text: str, source: str) -> Iterator[Remark]:
    if "[" not in text:
        return
    for found in _SPACED_LINK.finditer(text):
        yield _tell("link-form", found.start(), found[0], remedy=re.sub(r"\] +\(", "](", found[0]))
    for found in _SPACED_PICTURE.finditer(text):
        yield _tell("link-form", found.start(), found[0], remedy=f"!{found[0][1:].lstrip()}")
    for found in _SWAPPED_LINK.finditer(text):
        words, _, address = found[0].partition(")[")
        remedy = f"{words.replace('(', '[', 1)}]({address[:-1]})"
        yield _tell("link-form", found.start(), found[0], remedy=remedy)
    for found in _UNCLOSED_LINK.finditer(text):
        yield _tell("link-form", found.start(), found[0], remedy=f"{found[0]})")
    for found in _NO_WORDS.finditer(text):
        if not source.startswith(found[0], found.start()):
            # Its words are code.
            continue
        yield _tell("link-unseen", found.start(), found[0], remedy=f"[chữ]({found[1]})")


def _find_open_emphasis(text: str, shown: str) -> Iterator[Remark]:
    """Find marks that are shown: they were meant to make something bold, slanted or struck out."""
    if not ("*" in shown and "*" in text) and not ("~~" in shown and "~~" in text):
        return
    uneven = [each for each in _UNEVEN_MARK.finditer(text) if _is_uneven(each[0], shown)]
    for found in uneven:
        inside = found[0].strip("*")
        yield _tell("emphasis-uneven", found.start(), found[0], remedy=f"**{inside}**")
    spaced = [each for each in _SPACED_MARK.finditer(text) if each[0][:_ENOUGH] in shown]
    for found in spaced:
        inside = found[0].strip("*").strip()
        yield _tell("emphasis-spaces", found.start(), found[0], remedy=f"**{inside}**")
    ends = {position for each in spaced for position in (each.start(), each.end() - 2)}
    ends |= {each.start() for each in uneven}
    told = {text.count("\n\n", 0, each.start()) for each in (*uneven, *spaced)}
    for found in _OPEN_MARK.finditer(text):
        start = found.start()
        block = text.count("\n\n", 0, start)
        written = found["mark"] + found["words"]
        if start not in ends and block not in told and written[:_ENOUGH] in shown:
            # Once for each passage.
            told.add(block)
            yield _tell("emphasis-open", start, written, mark=found["mark"])


def _is_uneven(written: str, shown: str) -> bool:
    """Tell whether a star is shown of a passage with one star on one side and two on the other."""
    words = written.strip("*")
    return f"*{words[:_ENOUGH]}" in shown or f"{words[-_ENOUGH:]}*" in shown


def _find_notes(text: str) -> Iterator[Remark]:
    if "[^" not in text:
        return
    used = {found[1]: found.start() for found in reversed(list(_NOTE_USED.finditer(text)))}
    # The last text of a name is the one that is shown.
    defined = {found[1]: found.start() for found in _NOTE_DEFINED.finditer(text)}
    for found in _NOTE_DEFINED.finditer(text):
        if found.start() != defined[found[1]]:
            yield _tell("note-repeated", found.start(), f"[^{found[1]}]")
    for name in used.keys() - defined.keys():
        yield _tell("note-missing", used[name], f"[^{name}]")
    for name in defined.keys() - used.keys():
        yield _tell("note-unused", defined[name], f"[^{name}]")


def _find_references(text: str, shown: str) -> Iterator[Remark]:
    """Find references without the line of their name, and such lines that nothing refers to."""
    defined = {_fold(found["name"]): found for found in _REFERENCE_DEFINED.finditer(text)}
    for found in _REFERENCE.finditer(text) if "][" in text else ():
        name = found["name"] or found["words"]
        known = _fold(name) in defined or not _LETTER.search(name)
        if not known and f"[{found['words']}][" in shown:
            address = "/media/…" if found["picture"] else "https://…"
            remedy = f"{found['picture']}[{found['words']}]({address})"
            yield _tell("reference-missing", found.start(), found[0], name=name, remedy=remedy)
    lowered = _fold(text)
    for name, found in defined.items():
        if lowered.count(f"[{name}]") == 1:
            yield _tell("reference-unused", found.start(), found[0])


def _fold(name: str) -> str:
    return " ".join(name.lower().split())


def _find_addresses(text: str, converted: str) -> Iterator[Remark]:
    addresses: dict[int, str] = {}
    for found in _LINK.finditer(text) if "](" in text else ():
        opening = text.rfind("[", 0, found.start())
        if opening < 0 or text[opening - 1 : opening] == "!":
            # A picture is checked elsewhere.
            continue
        written = html.unescape(found[1].strip())
        if written:
            addresses[found.start(1)] = written
        elif text[found.end() : found.end() + 1] == ")":
            yield _tell("link-empty", found.start(), _before(text, found.start()))
    addresses.update(list_addresses(text))
    ids: frozenset[str] | None = None
    for offset, written in addresses.items():
        if written.startswith("#"):
            ids = find_ids(converted) if ids is None else ids
            if is_missing(written[1:], ids):
                nearest = find_nearest(written, [f"#{each}" for each in ids])
                yield _tell("anchor-missing", offset, written, nearest=nearest)
        else:
            yield from _judge(written, offset)


def _judge(written: str, offset: int) -> Iterator[Remark]:
    """Yield what is wrong with the address of a link that is none of this site's."""
    address = complete_address(written)
    is_web = _WEB.match(address) is not None
    if _OWN_COMPUTER.match(address):
        name = re.split(r"[\\/]", address.rstrip("\\/"))[-1]
        is_file = not is_web and "." in name
        yield _tell("link-own-computer", offset, written, name=name if is_file else "tên-tệp")
    elif (is_web and re.search(r"\s", address)) or _UNKNOWN_SCHEME.match(address):
        yield _tell("link-address", offset, written, remedy=suggest_address(written) or "https://…")


def _before(text: str, end: int) -> str:
    """Return the words of a link that end here, between their brackets."""
    return text[max(0, text.rfind("[", 0, end)) : end + 1]


def _find_joined_lines(text: str, shown: str) -> Iterator[Remark]:
    """Find short lines that are shown as one: of a verse, an address or a signature."""
    for offset, lines in _list_passages(text):
        if max(map(len, lines)) > LONGEST_LINE_OF_VERSE:
            continue
        start = offset
        for above, below in pairwise(lines):
            short = len(above) <= SHORT_LINE and not _NO_VERSE.search(above.strip())
            if short and below.lstrip()[:1].isupper() and _is_joined(above, below, shown):
                yield _tell("lines-joined", start, f"{above} {below}")
                # Once for each passage.
                break
            start += len(above) + 1


def _list_passages(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the offset and the lines of each passage of several lines, between blank ones."""
    offset = 0
    for blank, group in groupby(text.split("\n"), key=lambda line: not line.strip()):
        lines = list(group)
        if not blank and len(lines) > 1:
            yield offset, lines
        offset += sum(map(len, lines)) + len(lines)


def _is_joined(above: str, below: str, shown: str) -> bool:
    last, first = _WORD.findall(above)[-1:], _WORD.findall(below)[:1]
    if not last or not first:
        return False
    return re.search(rf"\b{last[0]}[^\w\0\n]*\n[^\w\0\n]*{first[0]}\b", shown) is not None
