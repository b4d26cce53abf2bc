"""HTML, as word processors and web pages write it, to blocks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sitegen.importing.blocks import Block, Run, split_lines, trim
from sitegen.importing.notes import Note
from sitegen.importing.players import replace_players
from sitegen.model import Record
from sitegen.problems import mark

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from bs4.element import PageElement

_LEFT_OUT = frozenset(
    "head script style title meta link template noscript select textarea button svg canvas".split()
)
_CONTAINERS = frozenset(
    "html body div section article main center figure header footer nav aside address details form"
    " summary fieldset dl dt dd tbody thead tfoot tr td th caption".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {*_CONTAINERS, *_HEADINGS, *"p ul ol table blockquote hr pre figcaption li".split()}
)
_PLACES = frozenset({"center", "right"})
_STYLES = frozenset({"title", "subtitle", "caption"})
_NOTE = re.compile(r"#(?:footnote|endnote)-(\d+)$")
_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\xad]")
_BACK = "↑"
_SECTION = re.compile(r"\s*[-–—_*=~]{3,}\s*")
# A cell with more is a part of the page, not of a table.
_LONGEST_CELL = 600
# The name of the Party, with the place and the day below it.
_LONGEST_HEADING_OF_A_PAPER = 100
# What Word and telephones call a picture when nobody has described it.
_NO_ALT = re.compile(
    r"(?i)(?:img|dsc|image|picture|hình ảnh|ảnh|hình|graphic|z\d)[\W_\d]*$"
    r"|.*\.(?:jpe?g|png|gif|heic|webp)$"
    r"|.*(?:description automatically generated|mô tả được tạo tự động).*"
)


class Format(Record, frozen=True):
    """How letters look where an element begins."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: str = ""
    link: str = ""
    place: str = ""
    style: str = ""


class Reading(Record, frozen=True):
    """The blocks of a page, the notes below its text, and what could not be kept."""

    blocks: tuple[Block, ...]
    footnotes: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()


def read_html(source: str) -> Reading:
    """Return the blocks of a page or of a part of one."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(source, "html.parser")
    return read_part(soup, soup)


def read_part(soup: "BeautifulSoup", part: "Tag") -> Reading:
    """Return the blocks of a part of a page that is parsed. The page is not the same afterwards."""
    replace_players(soup)
    reader = _Reader()
    footnotes = reader.take_footnotes(part)
    blocks = reader.read(part.children, Format())
    return Reading(tuple(blocks), tuple(footnotes), tuple(reader.notes.values()))


class _Reader:
    """Reads elements from top to bottom, and notes what it cannot keep."""

    def __init__(self) -> None:
        self.notes: dict[str, Note] = {}

    def tell(self, text: str, **values: str) -> None:
        note = Note(text, values)
        self.notes[f"{text}{values}"] = note

    def take_footnotes(self, soup: "Tag") -> list[Block]:
        """Take the list of notes out of a page that mammoth made, and return them."""
        found = []
        numbers: dict[str, str] = {}
        for reference in soup.find_all("a", id=re.compile(r"^(?:footnote|endnote)-ref-")):
            address = str(reference.get("href", ""))
            number = str(len(numbers) + 1)
            numbers[address] = number
            reference["data-note"] = number
        for item in soup.find_all("li", id=re.compile(r"^(?:footnote|endnote)-\d+$")):
            for link in item.find_all("a", string=_BACK):
                link.decompose()
            number = numbers.get(f"#{item['id']}", "")
            children = tuple(self.read(item.children, Format()))
            found.append(Block("note", children=children, label=number))
            parent = item.parent
            item.decompose()
            if parent is not None and parent.name == "ol" and not parent.find("li"):
                parent.decompose()
        return found

    def read(self, elements: "Iterable[PageElement]", look: Format) -> list[Block]:
        """Return the blocks of elements that stand side by side."""
        from bs4 import Comment, Tag

        blocks: list[Block] = []
        inline: list[PageElement] = []

        def end_paragraph() -> None:
            blocks.extend(self._read_paragraph(inline, look))
            inline.clear()

        for each in elements:
            if isinstance(each, Tag):
                if each.name in _LEFT_OUT or _is_hidden(each):
                    continue
                if each.name in _BLOCKS or each.find(_is_block):
                    end_paragraph()
                    blocks += self._read_block(each, _look(each, look))
                    continue
            elif isinstance(each, Comment) or type(each).__name__ in {"Doctype", "Declaration"}:
                continue
            inline.append(each)
        end_paragraph()
        return blocks

    def _read_block(  # noqa: PLR0911 (one for each kind)
        self, element: "Tag", look: Format
    ) -> list[Block]:
        name = element.name
        if name in _HEADINGS:
            return self._read_paragraph(element.children, look, level=_HEADINGS[name])
        if name in {"ul", "ol"}:
            return self._read_list(element, look)
        if name == "table":
            return self._read_table(element, look)
        if name == "blockquote":
            children = tuple(self.read(element.children, look))
            return [Block("quote", children=children)] if children else []
        if name == "hr":
            return [Block("rule")]
        if name == "pre":
            if element.find("code"):
                return [Block("code", runs=(Run(element.get_text().strip("\n")),))]
            return self._read_paragraph(element.children, look)
        if name == "figcaption":
            captioned = Format(look.bold, look.italic, place=look.place, style="caption")
            return self._read_paragraph(element.children, captioned)
        return self.read(element.children, look)

    def _read_list(self, element: "Tag", look: Format) -> list[Block]:
        items: list[Block] = []
        pictures: list[Block] = []
        start = str(element.get("start", "1"))
        for each in element.find_all(re.compile("."), recursive=False):
            children = self.read([each] if each.name in {"ul", "ol"} else each.children, look)
            pictures += [child for child in children if child.kind == "picture"]
            kept = tuple(child for child in children if child.kind != "picture")
            if each.name in {"ul", "ol"} and items:
                # A list that is written beside the items of its parent, not in one.
                last = items.pop()
                items.append(Block("item", children=(*last.children, *kept)))
            elif kept:
                items.append(Block("item", children=kept))
        label = (start if start.isdigit() else "1") if element.name == "ol" else ""
        made = [Block("list", children=tuple(items), label=label)] if items else []
        return [*made, *pictures]

    def _read_table(self, element: "Tag", look: Format) -> list[Block]:
        """Return a table, or its contents where it only puts things side by side."""
        rows = [
            each.find_all(["td", "th"], recursive=False)
            for each in element.find_all("tr")
            if each.find_parent("table") is element
        ]
        rows = [row for row in rows if row]
        widest = max(map(len, rows), default=0)
        texts = [" ".join(cell.get_text(" ").split()) for row in rows for cell in row]
        nested = any(cell.find(["table", "img", "ul", "ol"]) for row in rows for cell in row)
        long = any(len(text) > _LONGEST_CELL for text in texts)
        lists = any(is_national_heading(text) for text in texts) or is_signature(texts)
        if not any(texts) and not element.find("img"):
            return []
        if widest <= 1 or len(rows) <= 1 or nested or long or lists:
            if widest > 1 and not element.find("img"):
                self.tell(
                    mark("A table without rows, or with much in its cells, became paragraphs.")
                )
            return [
                block for row in rows for cell in row for block in self.read(cell.children, look)
            ]
        if element.find(["td", "th"], attrs={"rowspan": True}) or element.find(
            ["td", "th"], attrs={"colspan": True}
        ):
            self.tell(
                mark("Merged cells of a table were parted: the text stands in the first of them.")
            )
        return [Block("table", rows=self._read_rows(rows, look))]

    def _read_rows(
        self, rows: "Sequence[Sequence[Tag]]", look: Format
    ) -> tuple[tuple[Block, ...], ...]:
        """Return the cells of each row, with empty ones where cells were merged."""
        filled: dict[tuple[int, int], Block] = {}
        width = 0
        for row_number, row in enumerate(rows):
            column = 0
            for cell in row:
                while (row_number, column) in filled:
                    column += 1
                across, down = _read_span(cell, "colspan"), _read_span(cell, "rowspan")
                for below in range(min(down, len(rows) - row_number)):
                    for beside in range(across):
                        filled[row_number + below, column + beside] = Block("cell")
                parts = self.read(cell.children, look)
                runs: list[Run] = []
                for part in parts:
                    runs += [Run("\n")] if runs else []
                    runs += part.runs
                filled[row_number, column] = Block("cell", runs=trim(runs))
                column += across
                width = max(width, column)
        return tuple(
            tuple(filled.get((row, column), Block("cell")) for column in range(width))
            for row in range(len(rows))
        )

    def _read_paragraph(
        self, elements: "Iterable[PageElement]", look: Format, level: int = 0
    ) -> list[Block]:
        """Return the paragraphs of a line of text, and its pictures in their order."""
        blocks: list[Block] = []
        runs: list[Run] = []

        def end() -> None:
            blocks.extend(_make_paragraphs(runs, look, level))
            runs.clear()

        for each in self._read_inline(elements, look):
            if isinstance(each, Block):
                end()
                blocks.append(each)
            else:
                runs.append(each)
        end()
        return blocks

    def _read_inline(
        self, elements: "Iterable[PageElement]", look: Format
    ) -> Iterator[Run | Block]:
        from bs4 import Comment, Tag
        from bs4.element import NavigableString

        for each in elements:
            if isinstance(each, Comment):
                continue
            if isinstance(each, NavigableString):
                text = _UNSEEN.sub("", str(each)).replace("\r", "")
                yield Run(
                    re.sub(r"\s+", " ", text),
                    *(look.bold, look.italic, look.struck, look.raised, look.link),
                )
            elif not isinstance(each, Tag) or each.name in _LEFT_OUT or _is_hidden(each):
                continue
            elif each.name == "br":
                yield Run("\n\n" if "page" in each.get_attribute_list("class") else "\n")
            elif each.name == "img":
                yield from self._read_picture(each)
            elif each.name == "input":
                if each.get("type") == "checkbox":
                    yield Run("☑ " if each.has_attr("checked") else "☐ ")
            elif number := each.get("data-note"):
                yield Run("", note=str(number))
            else:
                yield from self._read_inline(each.children, self._follow(each, look))

    def _follow(self, element: "Tag", look: Format) -> Format:
        """Return how letters look in an element within a line."""
        inner = _look(element, look)
        if element.name != "a" or not element.has_attr("href"):
            return inner
        address = str(element["href"]).strip()
        if not address or address.startswith("#"):
            return inner
        return Format(
            inner.bold, inner.italic, inner.struck, inner.raised, address, inner.place, inner.style
        )

    def _read_picture(self, element: "Tag") -> Iterator[Block]:
        address = str(element.get("src", "")).strip()
        alt = " ".join(str(element.get("alt", "")).split())
        if _NO_ALT.fullmatch(alt):
            alt = ""
        if address:
            yield Block("picture", address=address, alt=alt)


def _make_paragraphs(runs: list[Run], look: Format, level: int) -> Iterator[Block]:
    """Yield paragraphs: an empty line parts them, and so does a bold first line."""
    lines = split_lines(trim(runs))
    groups: list[list[tuple[Run, ...]]] = [[]]
    for line in lines:
        if line:
            bold_above = bool(groups[-1]) and all(map(_is_bold, groups[-1]))
            if bold_above and not _is_bold(line):
                groups.append([])
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    for group in groups:
        joined: list[Run] = []
        for line in group:
            joined += [Run("\n"), *line] if joined else [*line]
        if not joined:
            continue
        block = Block(
            "heading" if level else "paragraph",
            runs=tuple(joined),
            level=level,
            place=look.place,
            style=look.style,
        )
        yield Block("rule") if _SECTION.fullmatch(block.text) else block


def _is_bold(line: tuple[Run, ...]) -> bool:
    return Block("paragraph", runs=line).is_bold


def is_national_heading(text: str) -> bool:
    """Tell whether a text is the heading of an official paper, which is no part of an article."""
    folded = " ".join(text.upper().replace("HOÀ", "HÒA").split())
    named = "ĐẢNG CỘNG SẢN VIỆT NAM" in folded and len(folded) <= _LONGEST_HEADING_OF_A_PAPER
    return named or "CỘNG HÒA XÃ HỘI CHỦ NGHĨA" in folded


def is_signature(texts: Iterable[str]) -> bool:
    """Tell whether cells are those below an official paper: who gets it, and who signs."""
    return any(re.match(r"(?i)nơi nhận|t/?m\.? |k/?t\.? |tl\. ", text) for text in texts)


def _is_block(element: "Tag") -> bool:
    return element.name in _BLOCKS


def _is_hidden(element: "Tag") -> bool:
    style = str(element.get("style", "")).replace(" ", "").lower()
    return "display:none" in style or "mso-hide:all" in style or element.has_attr("hidden")


def _look(element: "Tag", look: Format) -> Format:
    """Return how letters look in an element: by its name, its class and its style."""
    style = str(element.get("style", "")).replace(" ", "").lower()
    bold = look.bold or element.name in {"b", "strong", "th"}
    if weight := re.search(r"font-weight:(\w+)", style):
        bold = weight[1] in {"bold", "bolder", "600", "700", "800", "900"}
    italic = look.italic or element.name in {"i", "em", "cite"}
    if slant := re.search(r"font-style:(\w+)", style):
        italic = slant[1] in {"italic", "oblique"}
    struck = look.struck or element.name in {"s", "del", "strike"} or "line-through" in style
    raised = element.name if element.name in {"sup", "sub"} else look.raised
    classes = set(map(str, element.get_attribute_list("class")))
    aligned = re.search(r"text-align:(\w+)", style)
    named = aligned[1] if aligned else str(element.get("align", "")).lower()
    place = "center" if element.name == "center" else look.place
    place = named if named in _PLACES else next(iter(classes & _PLACES), "" if named else place)
    meant = next(iter(classes & _STYLES), look.style)
    return Format(bold, italic, struck, raised, look.link, place, meant)


def _read_span(cell: "Tag", name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(int(value), 100) if value.isdigit() and int(value) else 1
