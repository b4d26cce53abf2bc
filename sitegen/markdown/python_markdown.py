"""Python-Markdown with the extensions in use, and what a page changes in its output.

Most texts are converted by :mod:`sitegen.markdown.prose` alone, so this module is imported when it
is first needed.
"""

import functools
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from sitegen.foundation.words import speak
from sitegen.markdown.additions import Additions
from sitegen.markdown.prose import make_heading_id


class Converter(markdown.Markdown):
    """Python-Markdown, which remembers the whole text that it converts."""

    source = ""

    def convert(self, source: str) -> str:
        """Return the HTML of ``source``."""
        self.source = source.lower()
        return super().convert(source)


def _list_additions(*, strict: bool) -> list[str | Extension]:
    return [] if strict else ["fenced_code", "md_in_html", Additions()]


@functools.cache
def make_converter(language: str, *, strict: bool) -> Converter:
    """Return a converter of this process: it takes longer to make one than to use it once.

    With ``strict`` it is without the additions of this site.
    """
    converter = Converter(
        extensions=[
            "tables",
            _Footnotes(
                BACKLINK_TITLE=speak("Quay lại chỗ có chú thích {}", language),
                BACKLINK_TEXT="↩",
            ),
            "def_list",
            "attr_list",
            "smarty",
            "sane_lists",
            TocExtension(marker="", slugify=lambda text, _separator: make_heading_id(text)),
            *_list_additions(strict=strict),
        ],
        output_format="html",
    )
    converter.treeprocessors.register(_Figures(converter, strict=strict), "figures", 4)
    converter.treeprocessors.register(_Adjustments(converter), "adjustments", 3)
    return converter


class _Footnotes(FootnoteExtension):
    """Footnotes, one of which may be defined in the text of another.

    Python-Markdown finds that one while it goes through all of them, and fails: so each is read
    once before.
    """

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802 (the library's name)
        read = 0
        while read < len(self.footnotes):
            text = list(self.footnotes.values())[read]
            if "]:" in text:
                self.parser.parseChunk(Element("li"), text)
            read += 1
        return super().makeFootnotesDiv(root)


class _Figures(Treeprocessor):
    """A paragraph of one picture becomes a figure, one of several a gallery of figures.

    A line in italics right below one picture is its caption (not with ``strict``).
    """

    def __init__(self, md: markdown.Markdown, *, strict: bool) -> None:
        super().__init__(md)
        self._strict = strict

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for position, child in enumerate(parent):
                if child.tag != "p":
                    continue
                if _holds_pictures_alone(child):
                    parent[position] = _make_figures(child)
                elif not self._strict and _holds_picture_and_caption(child):
                    parent[position] = _make_captioned_figure(child)


def _holds_pictures_alone(paragraph: Element) -> bool:
    return (
        not (paragraph.text or "").strip()
        and all(
            child.tag in {"img", "br"} and not (child.tail or "").strip() for child in paragraph
        )
        and any(child.tag == "img" for child in paragraph)
    )


def _holds_picture_and_caption(paragraph: Element) -> bool:
    image, *rest = paragraph if len(paragraph) else (paragraph,)
    if (paragraph.text or "").strip() or image.tag != "img" or "title" in image.attrib:
        return False
    # The end of the line may be kept.
    breaks = [child for child in rest[:-1] if child.tag == "br"]
    ends = "\n" in (image.tail or "") or bool(breaks)
    tails = [child.tail or "" for child in paragraph]
    lines = len(breaks) == len(rest) - 1 and rest[-1:] and rest[-1].tag == "em"
    return bool(ends and lines) and not "".join(tails).strip()


def _make_captioned_figure(paragraph: Element) -> Element:
    figure = _make_figure(paragraph[0])
    caption = paragraph[-1]
    caption.tag, caption.tail = "figcaption", None
    figure.append(caption)
    figure.attrib.update(paragraph.attrib)
    figure.tail = "\n"
    return figure


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
    """Changes elements to what a page wants.

    The only ``h1`` of a page is its title. Style attributes are not allowed, so an aligned cell
    gets a class. The header cells of Markdown are always those of a column.
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
