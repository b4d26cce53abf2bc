"""The XML of a Word document, written anew so that nothing of it is lost in HTML.

Mammoth reads what stands in a document as it is meant: styles, lists, notes, tables. It leaves out
what is drawn, computed or inherited: text boxes, formulas, diagrams, numbers with words of their
own, bold type that comes from a style, the fonts of old encodings. So these are written here as
plain text where they stand, and what cannot be is noted.
"""

import io
import itertools
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

from sitegen.importing.legacy_encodings import (
    LegacyFont,
    convert,
    find_font,
    is_unicode,
    recognise,
    recognise_paragraphs,
)
from sitegen.importing.notes import Note
from sitegen.importing.word_numbering import Level, Numbering, format_number, read_numbering
from sitegen.importing.word_styles import Styles, read_font, read_styles
from sitegen.importing.word_xml import (
    WORD,
    find,
    get,
    is_on,
    make_run,
    parse,
    read_text,
    replace_child,
)
from sitegen.model import Record
from sitegen.problems import UsageError, mark

_LARGEST = 200_000_000
_MOST_FILES = 5000
_MAIN = "word/document.xml"
_STORIES = (_MAIN, "word/footnotes.xml", "word/endnotes.xml")
_STYLES, _NUMBERING = "word/styles.xml", "word/numbering.xml"
_RELATIONS_FILE = "word/_rels/document.xml.rels"
_COMMENTS = "word/comments.xml"
_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml")
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SHAPES = "{urn:schemas-microsoft-com:vml}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_UNKNOWN_SYMBOL = "□"
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_VNI_MARK = re.compile("[ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]+")
_VNI_BASE = re.compile("[aeoôuöyAEOÔUÖY]$")

_Parents = dict[ET.Element, ET.Element]


class Rewritten(Record, frozen=True):
    """A document as it is given to mammoth, and what a person has to look at."""

    source: bytes
    notes: tuple[Note, ...]


class WordMarkup:
    """The files of one document, opened; its stories are the text and the notes below it.

    Raises :class:`~sitegen.problems.UsageError` where it is none, or damaged.
    """

    def __init__(self, source: bytes, name: str) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(source)) as archive:
                listed = archive.infolist()
                size = sum(each.file_size for each in listed)
                if size > _LARGEST or len(listed) > _MOST_FILES:
                    raise UsageError("document-large", path=name)
                self._files = {each.filename: archive.read(each) for each in listed}
            self._stories = {
                path: parse(self._files[path]) for path in _STORIES if path in self._files
            }
            files = self._files
            self._styles = read_styles(parse(files[_STYLES])) if _STYLES in files else Styles()
            self._numbering = (
                read_numbering(parse(files[_NUMBERING])) if _NUMBERING in files else Numbering()
            )
        except (zipfile.BadZipFile, ET.ParseError, RuntimeError, ValueError) as error:
            raise UsageError("document-damaged", path=name) from error
        if _MAIN not in self._stories:
            raise UsageError("document-damaged", path=name)

    def find_encoding(self) -> str:
        """Return the old encoding in which the document seems to be typed, or nothing.

        A font is a sign only where its text is not Vietnamese as it stands: Word goes on to name a
        font that the machine does not have.
        """
        in_fonts: dict[str, list[str]] = {}
        paragraphs = []
        for paragraph in self._list_paragraphs():
            paragraphs.append(read_text(paragraph))
            for run in paragraph.iter(f"{WORD}r"):
                text = read_text(run)
                font = self._find_font(run, paragraph)
                if font and not text.isascii():
                    in_fonts.setdefault(font.encoding, []).append(text)
        for encoding, texts in in_fonts.items():
            together = " ".join(texts)
            if recognise(together) or not is_unicode(together):
                return encoding
        return recognise_paragraphs(paragraphs)

    def rewrite(self, encoding: str = "") -> Rewritten:
        """Return the document without what mammoth would lose, converted from an old encoding."""
        notes: list[Note] = []
        for outermost in self._stories.values():
            notes += _place_boxes(outermost)
            notes += self._tell_drawings(outermost)
            notes += _write_formulas(outermost)
            notes += _write_symbols(outermost)
            notes += self._leave_hidden(outermost)
            if encoding:
                self._convert(outermost, encoding)
            self._write_type(outermost)
        self._write_numbers(self._stories[_MAIN])
        notes += self._tell_changes()
        notes += self._tell_margins()
        unique = {(each.text, str(each.values)): each for each in notes}
        return Rewritten(self._pack(), tuple(unique.values()))

    def _list_paragraphs(self) -> Iterator[ET.Element]:
        for outermost in self._stories.values():
            yield from outermost.iter(f"{WORD}p")

    def _find_font(self, run: ET.Element, paragraph: ET.Element) -> LegacyFont | None:
        """Return what the font of a run says of its text: its own, or that of a style."""
        properties = find(run, "rPr")
        named = read_font(properties)
        if not named:
            followed = (
                *self._styles.follow(get(find(properties, "rStyle"))),
                *self._styles.follow(get(find(paragraph, "pPr/pStyle")) or self._styles.paragraph),
            )
            named = next((each.font for each in followed if each.font), self._styles.font)
        return find_font(named)

    def _convert(self, outermost: ET.Element, encoding: str) -> None:
        """Convert what was typed in an old encoding.

        That is the text in its fonts and, where no font tells, every paragraph that is not in
        Unicode.
        """
        tells = any(
            self._find_font(run, paragraph)
            for paragraph in self._list_paragraphs()
            for run in paragraph.iter(f"{WORD}r")
        )
        for paragraph in outermost.iter(f"{WORD}p"):
            whole = read_text(paragraph)
            old = recognise(whole) == encoding or not (tells or is_unicode(whole))
            pieces: list[tuple[ET.Element, LegacyFont | None]] = []
            for run in paragraph.findall(f".//{WORD}r"):
                font = self._find_font(run, paragraph)
                for each in run:
                    if each.tag == f"{WORD}softHyphen":
                        each.tag, each.text = f"{WORD}t", _SOFT_HYPHEN
                    if each.tag == f"{WORD}t":
                        pieces.append((each, font))
            if encoding == "vni":
                _join_marks([each for each, _ in pieces])
            for each, font in pieces:
                text = each.text or ""
                if old or (font and font.encoding == encoding and not is_unicode(text)):
                    capitals = bool(font and font.capitals)
                    each.text = convert(text, encoding, capitals=capitals)

    def _write_type(self, outermost: ET.Element) -> None:
        """Say in each run that it is bold or italic, where a style alone says so."""
        for paragraph in outermost.iter(f"{WORD}p"):
            style = get(find(paragraph, "pPr/pStyle")) or self._styles.paragraph
            if self._styles.is_meant(style):
                continue
            for run in paragraph.iter(f"{WORD}r"):
                properties = find(run, "rPr")
                followed = (
                    *self._styles.follow(get(find(properties, "rStyle"))),
                    *self._styles.follow(style),
                )
                for name, values in (
                    ("b", [each.bold for each in followed]),
                    ("i", [each.italic for each in followed]),
                ):
                    said = next((value for value in values if value is not None), None)
                    if said and find(properties, name) is None:
                        if properties is None:
                            properties = ET.Element(f"{WORD}rPr")
                            run.insert(0, properties)
                        ET.SubElement(properties, f"{WORD}{name}")

    def _write_numbers(self, outermost: ET.Element) -> None:
        """Write the numbers of lists as text, but those of lists that begin with 1 and go on."""
        counts: dict[str, dict[int, int]] = {}
        for parent in outermost.iter():
            paragraphs = [each if each.tag == f"{WORD}p" else None for each in parent]
            items = [
                self._find_level(each) if each is not None and read_text(each).strip() else None
                for each in paragraphs
            ]
            kept: set[int] = set()
            for index, (paragraph, item) in enumerate(zip(paragraphs, items, strict=True)):
                if paragraph is None or item is None:
                    continue
                identifier, depth, levels = item
                level = levels[depth]
                if level.is_bullet:
                    continue
                list_counts = counts.setdefault(identifier, {})
                number = list_counts.get(depth, level.start - 1) + 1
                list_counts[depth] = number
                for deeper in [each for each in list_counts if each > depth]:
                    del list_counts[deeper]
                neighbour = items[index + 1] if index + 1 < len(items) else None
                goes_on = bool(neighbour and neighbour[0] == identifier)
                plain = level.form == "decimal" and level.text in {
                    f"%{depth + 1}.",
                    f"%{depth + 1})",
                }
                if plain and (index - 1 in kept or (number == 1 and goes_on)):
                    kept.add(index)
                    continue
                _write_number(paragraph, _format_label(level, levels, list_counts))

    def _find_level(self, paragraph: ET.Element) -> tuple[str, int, dict[int, Level]] | None:
        """Return the list in which a paragraph stands, its level, and all levels of this list."""
        numbering = find(paragraph, "pPr/numPr")
        identifier, depth = get(find(numbering, "numId")), get(find(numbering, "ilvl"))
        if not identifier:
            for each in self._styles.follow(get(find(paragraph, "pPr/pStyle"))):
                if each.numbering:
                    identifier, depth = each.numbering, depth or each.level
                    break
        levels = self._numbering.lists.get(identifier, {})
        number = int(depth or 0)
        return (identifier, number, levels) if number in levels else None

    def _tell_drawings(self, outermost: ET.Element) -> Iterator[Note]:
        """Write the words of diagrams as text, and tell of what is drawn."""
        parents = _list_parents(outermost)
        for each in list(outermost.iter(f"{_DIAGRAM}relIds")):
            words = self._read_diagram(each.get(f"{_RELATIONS}dm", ""))
            _put_after_drawing(each, parents, words)
            yield Note(
                mark("A diagram (SmartArt) cannot be kept; its words: {words}"), {"words": words}
            )
        for _ in outermost.iter(f"{_CHART}chart"):
            yield Note(mark("A chart cannot be kept: save it as a picture and put it in again."))
        for _ in outermost.iter(f"{WORD}object"):
            yield Note(mark("An embedded object (a sheet, a formula) cannot be kept."))

    def _read_diagram(self, relation: str) -> str:
        try:
            relations = parse(self._files.get(_RELATIONS_FILE, b"<none/>"))
            target = next(
                each.get("Target", "") for each in relations if each.get("Id") == relation
            )
            path = target.lstrip("/") if target.startswith("/") else f"word/{target}"
            data = parse(self._files[path])
        except (ET.ParseError, StopIteration, KeyError):
            return ""
        return "; ".join(
            text
            for paragraph in data.iter(f"{_DRAWING}p")
            if (text := "".join(each.text or "" for each in paragraph.iter(f"{_DRAWING}t")).strip())
        )

    def _leave_hidden(self, outermost: ET.Element) -> Iterator[Note]:
        """Leave out hidden text, which nobody sees in Word, and tell of it."""
        words = []
        parents = _list_parents(outermost)
        for paragraph in outermost.iter(f"{WORD}p"):
            for run in list(paragraph.iter(f"{WORD}r")):
                properties = find(run, "rPr")
                hidden = is_on(find(properties, "vanish"))
                if hidden is None:
                    followed = self._styles.follow(get(find(properties, "rStyle")))
                    hidden = next(
                        (each.hidden for each in followed if each.hidden is not None), None
                    )
                if hidden and run in parents:
                    words.append(read_text(run))
                    parents[run].remove(run)
        if hidden_words := " ".join("".join(words).split()):
            yield Note(mark("Hidden text was left out: {words}"), {"words": hidden_words})

    def _tell_changes(self) -> Iterator[Note]:
        """Tell of tracked changes, which are all taken as accepted, and of comments."""
        left = []
        inserted = False
        for outermost in self._stories.values():
            for each in (*outermost.iter(f"{WORD}del"), *outermost.iter(f"{WORD}moveFrom")):
                left += [part.text or "" for part in each.iter(f"{WORD}delText")]
                left += [part.text or "" for part in each.iter(f"{WORD}t")]
            inserted = inserted or next(outermost.iter(f"{WORD}ins"), None) is not None
        deleted = " ".join("".join(left).split())
        if deleted:
            yield Note(
                mark("Tracked changes were taken as accepted; deleted: {words}"),
                {"words": deleted},
            )
        elif inserted:
            yield Note(mark("Tracked changes were taken as accepted."))
        if _COMMENTS in self._files:
            comments = parse(self._files[_COMMENTS])
            words = " ".join(read_text(comments).split())
            if words:
                yield Note(mark("Comments were left out: {words}"), {"words": words})

    def _tell_margins(self) -> Iterator[Note]:
        """Tell of the words at the head and at the foot of the pages."""
        words: dict[str, None] = {}
        for path, source in self._files.items():
            if _MARGINS.fullmatch(path):
                text = " ".join(read_text(parse(source)).split())
                if any(letter.isalpha() for letter in text):
                    words[text] = None
        if words:
            together = "; ".join(words)
            yield Note(
                mark("The head and foot of pages were left out: {words}"), {"words": together}
            )

    def _pack(self) -> bytes:
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
            for path, source in self._files.items():
                story = self._stories.get(path)
                archive.writestr(
                    path,
                    source if story is None else ET.tostring(story, "utf-8", xml_declaration=True),
                )
        return written.getvalue()


def _list_parents(outermost: ET.Element) -> _Parents:
    return {child: parent for parent in outermost.iter() for child in parent}


def _place_boxes(outermost: ET.Element) -> Iterator[Note]:
    """Write text boxes in the one form that mammoth reads; their text follows the paragraph."""
    parents = _list_parents(outermost)
    for each in list(outermost.iter(f"{_COMPATIBILITY}AlternateContent")):
        choice = each.find(f"{_COMPATIBILITY}Choice")
        if choice is None or each not in parents:
            continue
        boxes = _list_boxes(choice)
        if boxes:
            replace_child(parents[each], each, [_make_box(boxes)])
            yield _BOX
        elif each.find(f"{_COMPATIBILITY}Fallback") is None:
            replace_child(parents[each], each, list(choice))
    parents = _list_parents(outermost)
    for drawing in list(outermost.iter(f"{WORD}drawing")):
        boxes = _list_boxes(drawing)
        if boxes and drawing in parents:
            replace_child(parents[drawing], drawing, [_make_box(boxes)])
            yield _BOX


_BOX = Note(mark("The text of a box stands after the paragraph beside which it was drawn."))


def _list_boxes(element: ET.Element) -> list[ET.Element]:
    return list(element.iter(f"{WORD}txbxContent"))


def _make_box(boxes: list[ET.Element]) -> ET.Element:
    picture = ET.Element(f"{WORD}pict")
    for box in boxes:
        shape = ET.SubElement(picture, f"{_SHAPES}shape")
        ET.SubElement(shape, f"{_SHAPES}textbox").append(box)
    return picture


def _put_after_drawing(element: ET.Element, parents: _Parents, words: str) -> None:
    """Write ``words`` as text into the run of a drawing."""
    while element in parents and element.tag != f"{WORD}r":
        element = parents[element]
    if element.tag == f"{WORD}r" and words:
        element.extend(make_run(f" {words} "))


def _write_formulas(outermost: ET.Element) -> Iterator[Note]:
    """Write formulas as the signs that they hold, in one line."""
    for kind in ("oMathPara", "oMath"):
        parents = _list_parents(outermost)
        for each in list(outermost.iter(f"{_MATH}{kind}")):
            text = "".join(part.text or "" for part in each.iter(f"{_MATH}t"))
            replace_child(parents[each], each, [make_run(text)])
            yield Note(
                mark("A formula was written in one line, and has to be checked: {words}"),
                {"words": text},
            )


def _write_symbols(outermost: ET.Element) -> Iterator[Note]:
    """Mark the places of symbols that no Unicode character is known for."""
    from mammoth.docx.dingbats import dingbats

    for run in outermost.iter(f"{WORD}r"):
        for each in list(run):
            if each.tag != f"{WORD}sym":
                continue
            font, code = get(each, "font"), get(each, "char")
            try:
                number = int(code, 16)
            except ValueError:
                number = 0
            if (font, number) in dingbats or (font, number & 0xFF) in dingbats:
                continue
            each.tag, each.text = f"{WORD}t", _UNKNOWN_SYMBOL
            each.attrib.clear()
            yield Note(
                mark("A symbol is not known, and □ stands in its place: {code} of the font {font}"),
                {"code": code, "font": font},
            )


def _join_marks(texts: list[ET.Element]) -> None:
    """Put the mark of a letter beside its letter, where Word has written them into two runs."""
    for one, other in itertools.pairwise(texts):
        found = _VNI_MARK.match(other.text or "")
        if found and _VNI_BASE.search(one.text or ""):
            one.text = f"{one.text}{found[0]}"
            other.text = (other.text or "")[found.end() :]


def _write_number(paragraph: ET.Element, label: str) -> None:
    """Write a number as text, and take the paragraph out of its list."""
    properties = find(paragraph, "pPr")
    if properties is None:
        properties = ET.Element(f"{WORD}pPr")
        paragraph.insert(0, properties)
    numbering = find(properties, "numPr")
    if numbering is None:
        numbering = ET.SubElement(properties, f"{WORD}numPr")
    # The list 0 is none; without it, that of the style would apply.
    for each in list(numbering):
        numbering.remove(each)
    ET.SubElement(numbering, f"{WORD}ilvl", {f"{WORD}val": "0"})
    ET.SubElement(numbering, f"{WORD}numId", {f"{WORD}val": "0"})
    first = find(paragraph, "r")
    run = make_run(f"{label} ")
    if first is not None and (own := find(first, "rPr")) is not None:
        run.insert(0, own)
    paragraph.insert(list(paragraph).index(properties) + 1, run)


def _format_label(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    return re.sub(
        r"%(\d)",
        lambda found: format_number(
            counts.get(int(found[1]) - 1, 1), levels.get(int(found[1]) - 1, level).form
        ),
        level.text,
    ).strip()
