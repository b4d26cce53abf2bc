"""Markdown to safe HTML: figures, galleries, videos, attachments, checked links.

Three steps: Python-Markdown makes HTML, nh3 takes out what a page must not hold, and the rest
(:func:`_finish`) gives links and pictures their addresses and sizes. The last step works on what
nh3 wrote, where every attribute is quoted and escaped in one way.
"""

import functools
import html
import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

import markdown
import nh3
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from sitegen.embeds import find_embed, read_attributes, replace_frames
from sitegen.errors import mark
from sitegen.model import Record
from sitegen.prose import take_plain_prose
from sitegen.references import canonical_reference
from sitegen.text import shorten, slugify
from sitegen.views import BodyView, Target

SUMMARY_WORDS = 45
LONGEST_TABLE = 2_000
DEEPEST_QUOTE = 20
DEEPEST_LIST = 60
LONGEST_RUN = 60
LONGEST_LINE = 100_000
MOST_CELLS = 30_000
MOST_UNCLOSED = 500

_NOT_PROSE = re.compile(r"[#!|><:=]|[-*+] |\d+[.)] |\[\^|\s{4}|---|\*\*\*$")
_TAG = re.compile(r"<[^>]+>")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_IMAGE = re.compile(r"<img(?P<attributes>(?: [a-z-]+=\"[^\"]*\")*) ?/?>")
_LINK = re.compile(r"<a(?P<attributes>(?: [a-z-]+=\"[^\"]*\")*)>(?P<text>.*?)</a>", re.DOTALL)
_LIMITS = (
    (re.compile(r"^(?:[ ]{0,3}>){%d}" % DEEPEST_QUOTE, re.MULTILINE), mark("nested quotes")),
    (re.compile(r"^[ \t]{%d}[ \t]*[-*+\d]" % DEEPEST_LIST, re.MULTILINE), mark("nested lists")),
    (re.compile(r"(?m)^[ ]{0,3}(?:(?:[-*+]|\d+\.) +){%d}" % DEEPEST_QUOTE), mark("nested lists")),
    (re.compile(r"(?:!?\[[^]\[\n!]{0,3}){%d}" % LONGEST_RUN), mark("brackets")),
    (re.compile(r"([`*_~<&])\1{%d}" % LONGEST_RUN), mark("repeated signs")),
)
_VIDEO_SUFFIXES = (".mp4", ".webm")
_TAGS = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption"
    " figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s small span strong sub summary sup"
    " table tbody td tfoot th thead time tr u ul".split()
)
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "img": {"alt", "src"},
    "ol": {"reversed", "start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_TABLE = '<div class="table" role="region" aria-label="Bảng" tabindex="0"><table>'


class MarkupError(Exception):
    """The text is beyond a limit: there is too much of ``reason`` on the 1-based ``line``."""

    def __init__(self, reason: str, line: int) -> None:
        self.reason = reason
        self.line = line
        super().__init__(reason)


class Html(Record, frozen=True):
    """A converted body, and the references in it that cannot be shown (see :class:`Refusal`)."""

    text: str
    refused: tuple["Refusal", ...] = ()


class Refusal(Record, frozen=True):
    """A link or picture that leads nowhere: a problem's code and the reference."""

    code: str
    reference: str


def to_html(source: str, view: BodyView) -> Html:
    """Return the Markdown ``source`` as HTML that is safe to put into a page.

    ``view.targets`` says where each relative link and picture leads. Raises :class:`MarkupError`.
    """
    _check_lines(source)
    return _finish(_clean(_convert(replace_frames(source, view.video_hosts))), view)


def summarise(source: str) -> str:
    """Return the first paragraph of ``source`` as plain text, shortened: a lead's stand-in."""
    for block in re.split(r"\n[ \t]*\n", source[:20_000]):
        if block.strip() and not _NOT_PROSE.match(block.lstrip("\n")):
            try:
                converted = _convert(_FOOTNOTE.sub("", block))
            except MarkupError:
                return ""
            plain = html.unescape(_TAG.sub("", _clean(converted)))
            if plain.strip():
                return shorten(plain, SUMMARY_WORDS)
    return ""


def _convert(source: str) -> str:
    for pattern, reason in _LIMITS:
        if found := pattern.search(source):
            raise MarkupError(reason, source.count("\n", 0, found.start()) + 1)
    _check_lines(source)
    converter = _make_converter()
    converter.reset()
    try:
        return converter.convert(source)
    except RecursionError as error:
        raise MarkupError(mark("nested passages"), 1) from error


def _check_lines(source: str) -> None:
    """Raise :class:`MarkupError` where a line or a table is too long, or too much is unclosed."""
    for opening, closing in ("<>", "[]", "()"):
        # Python-Markdown looks for the end of each from each, in a time that grows with the square.
        if source.count(opening) > source.count(closing) + MOST_UNCLOSED:
            first = source.count("\n", 0, source.index(opening)) + 1
            raise MarkupError(mark("brackets that are not closed"), first)
    if len(source) <= LONGEST_LINE and source.count("|") <= LONGEST_TABLE:
        return
    rows = cells = 0
    for number, line in enumerate(source.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise MarkupError(mark("a long line"), number)
        rows = rows + 1 if "|" in line else 0
        cells += line.count("|")
        if rows > LONGEST_TABLE or cells > MOST_CELLS:
            raise MarkupError(mark("a long table"), number)


def _clean(text: str) -> str:
    return nh3.clean(
        text,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style", "template", "title"},
    )


@functools.cache
def _make_converter() -> markdown.Markdown:
    """Return the converter of this process; making one takes longer than converting an article."""
    converter = make_plain_converter()
    take_plain_prose(converter)
    return converter


def make_plain_converter() -> markdown.Markdown:
    """Return Python-Markdown with the extensions in use, taking no short way."""
    converter = markdown.Markdown(
        extensions=[
            "tables",
            "footnotes",
            "def_list",
            "attr_list",
            "smarty",
            "sane_lists",
            TocExtension(marker="", slugify=_heading_id),
        ],
        extension_configs={
            "footnotes": {"BACKLINK_TITLE": "Quay lại chỗ có chú thích {}", "BACKLINK_TEXT": "↩"},
        },
        output_format="html",
    )
    converter.treeprocessors.register(_Figures(converter), "figures", 4)
    converter.treeprocessors.register(_Adjustments(converter), "adjustments", 3)
    return converter


def _heading_id(text: str, _separator: str) -> str:
    return slugify(text) or "muc"


class _Figures(Treeprocessor):
    """A paragraph of one picture becomes a figure, one of several a gallery of figures."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for position, child in enumerate(parent):
                if child.tag == "p" and _holds_pictures_alone(child):
                    parent[position] = _make_figures(child)


def _holds_pictures_alone(paragraph: Element) -> bool:
    return (
        len(paragraph) > 0
        and not (paragraph.text or "").strip()
        and all(
            child.tag in {"img", "br"} and not (child.tail or "").strip() for child in paragraph
        )
        and any(child.tag == "img" for child in paragraph)
    )


def _make_figures(paragraph: Element) -> Element:
    figures = [_make_figure(child) for child in paragraph if child.tag == "img"]
    if len(figures) == 1:
        whole = figures[0]
    else:
        whole = Element("div", {"class": "gallery"})
        whole.extend(figures)
    for name, value in paragraph.attrib.items():
        joined = f"{whole.get('class', '')} {value}".strip() if name == "class" else value
        whole.set(name, joined)
    whole.tail = "\n"
    return whole


def _make_figure(image: Element) -> Element:
    figure = Element("figure")
    caption = image.attrib.pop("title", "")
    image.tail = None
    figure.append(image)
    if caption:
        SubElement(figure, "figcaption").text = AtomicString(caption)
    return figure


class _Adjustments(Treeprocessor):
    """What the page around a body asks of its elements.

    The title is the page's only ``h1``; style attributes are not allowed, so an aligned cell gets a
    class; Markdown's header cells always head a column.
    """

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "h1":
                element.tag = "h2"
            elif element.tag in {"td", "th"}:
                if style := element.attrib.pop("style", ""):
                    element.set("class", f"align-{style.removeprefix('text-align: ').rstrip(';')}")
                if element.tag == "th":
                    element.set("scope", "col")


def _finish(cleaned: str, view: BodyView) -> Html:
    targets = {target.reference: target for target in view.targets}
    refused: dict[Refusal, None] = {}

    def replace_image(found: re.Match[str]) -> str:
        attributes = read_attributes(found["attributes"])
        # A video is played only where it stands alone: inside a link it would be a link in a link.
        alone = cleaned.startswith("<figure>", found.start() - len("<figure>"))
        written, refusal = _write_image(attributes, targets, view.video_hosts if alone else ())
        refused.update(dict.fromkeys(refusal))
        return written

    def replace_link(found: re.Match[str]) -> str:
        attributes = read_attributes(found["attributes"])
        written, refusal = _write_link(attributes, found["text"], targets)
        refused.update(dict.fromkeys(refusal))
        return written or found[0]

    text = _LINK.sub(replace_link, _IMAGE.sub(replace_image, cleaned))
    text = text.replace("<figure><a class=", '<figure class="video"><a class=')
    text = text.replace("<table>", _TABLE).replace("</table>", "</table></div>")
    return Html(text, tuple(refused))


def _write_image(
    attributes: dict[str, str], targets: Mapping[str, Target], hosts: tuple[str, ...]
) -> tuple[str, tuple[Refusal, ...]]:
    address = attributes.pop("src", "")
    label = attributes.get("alt") or attributes.get("title") or "Video"
    if embed := find_embed(address, hosts):
        play = {"class": "video-play", "href": address, "data-embed": embed}
        return f"{_write_tag('a', play)}{html.escape(label)}</a>", ()
    reference = canonical_reference(address)
    if not reference:
        # What is no address of the web did not survive the cleaning.
        return "", (Refusal("picture-external" if address else "picture-inline", address),)
    target = targets.get(reference)
    if target is None or target.kind == "missing":
        return "", (Refusal("picture-missing", reference),)
    if target.url.endswith(_VIDEO_SUFFIXES):
        video = {"src": target.url, "aria-label": label}
        return f'{_write_tag("video", video)[:-1]} controls preload="none"></video>', ()
    if target.kind != "picture":
        return "", (Refusal("picture-kind", reference),)
    size = {"width": str(target.width), "height": str(target.height)} if target.width else {}
    lazy = {"loading": "lazy", "decoding": "async"}
    return _write_tag("img", {"src": target.url, "alt": "", **attributes, **size, **lazy}), ()


def _write_link(
    attributes: dict[str, str], text: str, targets: Mapping[str, Target]
) -> tuple[str, tuple[Refusal, ...]]:
    """Return the link anew, or nothing where it stays as it is."""
    address = attributes.get("href", "")
    reference = canonical_reference(address)
    if not reference:
        return "", ()
    target = targets.get(reference)
    if target is None or target.kind == "missing":
        return "", (Refusal("link-missing", reference),)
    if target.kind == "hidden":
        return f"<span>{text}</span>", ()
    attributes["href"] = target.url + address[len(address.partition("#")[0]) :]
    if target.kind == "page":
        return f"{_write_tag('a', attributes)}{text}</a>", ()
    attributes["class"] = f"{attributes.get('class', '')} attachment".strip()
    size = f' <span class="attachment-size">({html.escape(target.size)})</span>'
    return f"{_write_tag('a', attributes)}{text}</a>{size}", ()


def _write_tag(name: str, attributes: dict[str, str]) -> str:
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"
