"""What people write, as the plain Markdown that they mean.

Texts come from word processors, telephones and other sites. Python-Markdown wants a blank line
above a list, four spaces below an item and one kind of mark; people, and most other programs, do
not. So each line is written here as Python-Markdown wants it, and both converters read the result.
Nothing is left out: only marks, blank lines and the spaces at the beginning of a line change.

What is the same in CommonMark and GitHub's Markdown is read as there (CommonMark 0.31, "List
items", "Fenced code blocks"; GitHub Flavored Markdown, "Tables"). What word processors leave is
read as people see it. docs/texts.md lists every rule; ``markdown: strict`` turns them off.
"""

import re
from collections.abc import Sequence

from sitegen.markdown.fences import FENCE, find_fences
from sitegen.markdown.html_tags import BLOCKS, CONTAINERS, EMPTY, OPEN_ENDED, TAG
from sitegen.markdown.line_starts import (
    BULLETS,
    CHAPTER,
    LABEL,
    LONGEST_BROKEN_LINE,
    SIGNATURE,
)
from sitegen.markdown.marks_in_html import convert_marks
from sitegen.markdown.videos import find_embed
from sitegen.model import Record

# The marks of lists in one column, the first one outermost, as Vietnamese documents have them.
_LEVELS = "*-+"
_DEEPER = "+o○◦"
_TAB_SIZE = 4
_LEAST_INDENT = 2
# HTML that people write below the text of an item.
_PARTS_OF_ITEMS = frozenset({"ol", "table", "ul"})
_LINE_BREAK = "  "
_BULLET = re.compile(rf"(?:[-*+][^\S\n]+|[{BULLETS}][^\S\n]*|[–—·o§-][^\S\n]*\t[^\S\n]*)(?=\S)")
_NUMBER = re.compile(r"(?P<number>\d{1,3})[.)][^\S\n]+(?=\S)")
_YEAR_MARK = re.compile(r"(?P<number>\d{4,9})\.(?=[^\S\n])")
_GLUED = re.compile(r"[-+](?=[^\W\d_])")
_GLUED_NUMBER = re.compile(r"(?P<number>\d{1,3})[.)](?=[^\W\d_])")
_HASHTAG = re.compile(r"#(?=[^\s#])")
_HEADING = re.compile(r"#{1,6}(?:[^\S\n]|$)|##")
_BLOCK = re.compile(rf"{_HEADING.pattern}|{_BULLET.pattern}|{_NUMBER.pattern}|[>|]|!\[")
_RULE = re.compile(r"([-*_])(?:[^\S\n]*\1){2,}[^\S\n]*$")
_NOTE = re.compile(r"\[\^[^\]\s]+\]:")
_DEFINITION = re.compile(r":[^\S\n]+\S")
_VERBATIM = re.compile(r"<(?:(?P<name>pre|script|style|textarea)\b|!--)", re.IGNORECASE)
_HTML = re.compile(r"</?(?P<name>[a-z][a-z0-9]*)(?=[\s/>]|$)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<(/?)p\b", re.IGNORECASE)
_DELIMITER = re.compile(r"\|?[^\S\n]*+:?-+:?[^\S\n]*+(?:\|[^\S\n]*+:?-+:?[^\S\n]*+)*+\|?[^\S\n]*+")
_CELL_END = re.compile(r"(`+).+?\1|\\.|(\|)")
_ADDRESS = re.compile(r"https?://\S+")
_SENTENCE_START = re.compile(r"[\"“‘«*_(]*[^\W_]")
_SENTENCE_END = re.compile(r"[.!?…:;”\"»)\]*_]$")
_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)(?P<words>[^*\n]*[^*\s][^*\n]*)\*\*(?!\*)")
_BACKSLASH_END = re.compile(r"(?<!\\)(?:\\\\)*\\$")


class _Item(Record, frozen=True):
    """An item of a list, or a note, that is not over: its column, and its kind of mark.

    The kinds are ``*``, ``-``, ``+``, ``1`` and ``note``.
    """

    column: int
    mark: str


def understand(source: str, video_hosts: tuple[str, ...] = ()) -> str:
    """Return ``source`` as plain Markdown: the same text, where it is plain already.

    ``video_hosts`` are the hosts whose videos may be played: the address of one that stands alone
    becomes the video.
    """
    lines = source.split("\n")
    reader = _Reader(lines, video_hosts)
    return "\n".join(reader.read())


class _Reader:
    """Reads the lines of one text from top to bottom."""

    def __init__(self, lines: Sequence[str], video_hosts: tuple[str, ...]) -> None:
        self._lines = lines
        self._video_hosts = video_hosts
        self._next = 0
        self._written: list[str] = []
        self._items: list[_Item] = []
        # The line above as it was written, where it is one of a paragraph or an item.
        self._above = ""
        # Whether that line is of a later paragraph of its item, or of a signature.
        self._continued = False
        self._signed = False
        # The column of the first line below the last blank one.
        self._block_indent = 0
        self._fences = find_fences(lines)
        # The last line of each closing tag.
        self._closings: dict[str, int] = {}

    def read(self) -> list[str]:
        """Return the lines as plain Markdown."""
        while self._next < len(self._lines):
            line = self._lines[self._next]
            self._next += 1
            # The spaces at the end of a line are kept: two of them keep its end.
            text = line.lstrip()
            column = _measure(line)
            if not text:
                self._end_paragraph()
            elif not (
                self._read_code(text, column)
                or self._read_html(text, column)
                or self._read_html_of_item(text, column)
                or self._read_quotation(text, column)
                or self._read_table(text)
            ):
                self._read_line(text, column)
        return self._written

    def _look(self) -> str:
        """Return the next line, or nothing."""
        return self._lines[self._next].strip() if self._next < len(self._lines) else ""

    def _count_tabs(self) -> int:
        """Return how many cells of the next line end with a tab."""
        return self._lines[self._next].count("\t") if self._look() else -1

    def _write(self, line: str) -> None:
        if line and not (self._written and self._written[-1]):
            self._block_indent = _measure(line)
        self._written.append(line)

    def _end_paragraph(self) -> None:
        self._above = ""
        self._signed = False
        self._write("")

    def _begin_block(self) -> None:
        """Write a blank line, unless there is one."""
        if self._written and self._written[-1]:
            self._end_paragraph()

    def _read_code(self, text: str, column: int) -> bool:
        """Write code between fences, which is as it is."""
        end = self._fences.get(self._next - 1)
        opening = FENCE.match(text)
        if end is None or opening is None:
            return False
        self._begin_block()
        self._items.clear()
        self._write(opening["fence"] + opening["language"])
        for each in self._lines[self._next : end]:
            spaces = len(each) - len(each.lstrip(" "))
            self._write(each[min(spaces, column) :])
        self._write(opening["fence"])
        self._end_paragraph()
        self._next = end + 1
        return True

    def _read_html(self, text: str, column: int) -> bool:
        """Write HTML, which is as it is: to the end of some elements, of others to a blank line."""
        if not text.startswith("<") or (column and self._items):
            return False
        if opening := _VERBATIM.match(text):
            return self._read_verbatim(f"</{opening['name'].lower()}" if opening["name"] else "-->")
        first = self._next - 1
        opening = _HTML.match(text)
        if not opening or (name := opening["name"].lower()) not in BLOCKS:
            return False
        if name not in OPEN_ENDED and text[1] != "/" and self._find_last(f"</{name}") < first:
            # Without an end, the rest of the text would be a part of it.
            self._write_text(f"&lt;{text[1:]}", column)
            return True
        if text[1] == "/":
            # Directly below an item or a paragraph, it would be text.
            self._begin_block()
        self._go_on_to_markdown(text)
        self._items.clear()
        self._above = ""
        block = convert_marks("\n".join([text, *self._lines[first + 1 : self._next]]))
        paragraphs = _PARAGRAPH.findall(block)
        if name == "p" and not paragraphs[-1]:
            # A paragraph ends before a blank line; Python-Markdown goes on to the next end.
            block += "</p>"
        written = self._open_containers(block)
        if "<pre" not in block.lower():
            # In what holds Markdown, a line that is indented would be code.
            written = re.sub(r"\n[^\S\n]+", "\n", written)
        self._written += written.split("\n")
        if self._look():
            self._end_paragraph()
        return True

    def _read_verbatim(self, closing: str) -> bool:
        """Write HTML in which nothing is Markdown, to what closes it."""
        first = end = self._next - 1
        if self._find_last(closing) < first:
            return False
        while closing not in self._lines[end].lower():
            end += 1
        self._written += self._lines[first : end + 1]
        self._next = end + 1
        self._above = ""
        return True

    def _go_on_to_markdown(self, line: str) -> None:
        """Pass over a block of HTML: to a blank line, or to a block of Markdown in a container."""
        opened: list[str] = []
        within = False
        while True:
            for tag in TAG.finditer(line):
                name = tag["name"].lower()
                within = within if name in EMPTY else bool(tag["end"]) or name in CONTAINERS
                if name in CONTAINERS and not tag["end"]:
                    opened.append(name)
                elif opened and opened[-1] == name:
                    opened.pop()
            line = self._look()
            closed = (self._find_last(f"</{name}") >= self._next for name in opened)
            if not line or (within and _BLOCK.match(line) and any(closed)):
                return
            self._next += 1

    def _read_html_of_item(self, text: str, column: int) -> bool:
        """Write a list or table of HTML that belongs to an item, to its end."""
        opening = _HTML.match(text) if column and self._items else None
        if not opening or (name := opening["name"].lower()) not in _PARTS_OF_ITEMS:
            return False
        tags = re.compile(rf"<(/?){name}\b", re.IGNORECASE)
        opened, end = 0, self._next - 1
        while end < len(self._lines):
            opened += sum(1 if tag[1] == "" else -1 for tag in tags.finditer(self._lines[end]))
            end += 1
            if opened <= 0:
                break
        if opened != 0 or text[1] == "/":
            return False
        block = [text, *self._lines[self._next : end]]
        self._above = ""
        spaces = self._indent(column)
        for line in filter(None, map(str.strip, block)):
            self._write(spaces + line)
        self._next = end
        return True

    def _find_last(self, closing: str) -> int:
        """Return the number of the last line that holds a closing tag, or -1."""
        if closing not in self._closings:
            numbers = range(len(self._lines) - 1, -1, -1)
            found = (number for number in numbers if closing in self._lines[number].lower())
            self._closings[closing] = next(found, -1)
        return self._closings[closing]

    def _open_containers(self, block: str) -> str:
        """Return a block of HTML; what it leaves open holds Markdown.

        The rule is that of CommonMark 0.31, "HTML blocks".
        """
        opened: list[re.Match[str]] = []
        for tag in TAG.finditer(block):
            name = tag["name"].lower()
            if name not in CONTAINERS:
                continue
            if not tag["end"]:
                opened.append(tag)
            elif opened and opened[-1]["name"].lower() == name:
                opened.pop()
        for tag in reversed(opened):
            name = tag["name"].lower()
            if "markdown=" not in tag[0] and self._find_last(f"</{name}") >= self._next:
                end = tag.end("name")
                block = f'{block[:end]} markdown="1"{block[end:]}'
        return block

    def _read_quotation(self, text: str, column: int) -> bool:
        """Write a quotation, whose lines are a text of their own."""
        if not text.startswith(">") or (column and self._items):
            return False
        self._items.clear()
        inner = [text]
        while self._look().startswith(">"):
            inner.append(self._lines[self._next].lstrip())
            self._next += 1
        stripped = [re.sub(r"^>[^\S\n]?", "", each) for each in inner]
        for each in _Reader(stripped, self._video_hosts).read():
            self._write(f"> {each}" if each else ">")
        self._above = ""
        if _BULLET.match(self._look()) or _NUMBER.match(self._look()):
            # Without a blank line, an item would be text of the quotation.
            self._end_paragraph()
        return True

    def _read_table(self, text: str) -> bool:
        """Write a table of Markdown, or one that a word processor or a spreadsheet left."""
        if "|" in text and _is_delimiter(self._look(), text):
            rows = [text, self._look()]
            self._next += 1
            while "|" in self._look():
                rows.append(self._look())
                self._next += 1
            rows = _widen(rows)
        elif (
            "\t" in text.rstrip()
            and text.count("\t") == self._count_tabs()
            and not any(mark.match(text) for mark in (_BULLET, _NUMBER, LABEL))
        ):
            cells = [text.split("\t")]
            while self._count_tabs() == len(cells[0]) - 1:
                cells.append(self._lines[self._next].split("\t"))
                self._next += 1
            rows = ["|".join(each.strip().replace("|", r"\|") for each in row) for row in cells]
            rows = _add_delimiter([f"|{each}|" for each in rows])
        elif _is_row(text) and _is_row(self._look(), text):
            rows = [text]
            while _is_row(self._look(), text):
                rows.append(self._look())
                self._next += 1
            rows = _add_delimiter(rows)
        else:
            return False
        self._begin_block()
        self._items.clear()
        for row in rows:
            self._write(row)
        if self._look():
            self._end_paragraph()
        self._above = ""
        return True

    def _read_line(self, text: str, column: int) -> None:
        """Write a line that is no part of a larger block."""
        if (_RULE.match(text) and not (self._above and text.startswith("-"))) or _HEADING.match(
            text
        ):
            self._write_block(text, column)
        elif item := _BULLET.match(text):
            mark = "+" if text[0] in _DEEPER else "*" if text[0] == "*" else "-"
            self._write_item(_Item(column, mark), "-", text[item.end() :])
        elif (item := _GLUED.match(text)) and self._is_glued_list():
            self._write_item(_Item(column, text[0]), "-", text[1:])
        elif item := self._find_number(text):
            self._write_item(_Item(column, "1"), f"{item['number']}.", text[item.end() :])
        elif (_NOTE.match(text) and column < _LEAST_INDENT) or (
            _DEFINITION.match(text) and (self._above or self._items)
        ):
            self._items[:] = [_Item(0, "note")]
            self._above = text
            self._write(text)
        else:
            self._write_text(text, column)

    def _indent(self, column: int) -> str:
        """End the items that a line at ``column`` is no part of, and return the spaces before it.

        Directly below the text of an item, a line belongs to it wherever it begins.
        """
        if self._above:
            return ""
        while self._items and column < self._items[-1].column + _LEAST_INDENT:
            self._items.pop()
        return " " * _TAB_SIZE * len(self._items)

    def _write_block(self, text: str, column: int) -> None:
        self._above = ""
        self._write(self._indent(column) + text)

    def _find_number(self, text: str) -> re.Match[str] | None:
        """Return the number with which a line begins, if that makes the line an item."""
        glued = _GLUED_NUMBER.match(text)
        if glued and self._is_glued_number(int(glued["number"])):
            return glued
        spaced = _NUMBER.match(text)
        return spaced if spaced and self._may_begin(spaced) else None

    def _may_begin(self, item: re.Match[str]) -> bool:
        """Tell whether a number begins an item: in a paragraph, only the first one does."""
        if not self._above or self._items:
            return True
        following = _NUMBER.match(self._look())
        number = int(item["number"])
        return number == 1 or (following is not None and int(following["number"]) == number + 1)

    def _is_glued_list(self) -> bool:
        """Tell whether a line without a space behind its dash is an item: where it is not alone."""
        number = self._next - 2
        before = self._lines[number].lstrip() if number >= 0 and self._above else ""
        return any(_GLUED.match(each) for each in (before, self._look()))

    def _is_glued_number(self, number: int) -> bool:
        """Tell whether a number without a space behind it is an item: where another is next to it.

        Of two lines of a paragraph, the first one begins it.
        """
        above = self._lines[self._next - 2].lstrip() if self._next > 1 and self._above else ""
        before, following = _GLUED_NUMBER.match(above), _GLUED_NUMBER.match(self._look())
        return (before is not None and int(before["number"]) == number - 1) or (
            following is not None
            and int(following["number"]) == number + 1
            and (number == 1 or not self._above)
        )

    def _write_item(self, item: _Item, written: str, text: str) -> None:
        above = self._items[-1] if self._items else None
        sibling: _Item | None = None
        while self._items and not _is_below(item, self._items[-1]):
            sibling = self._items.pop()
        if sibling and sibling.mark in _LEVELS and item.mark == "*":
            # Stars between dashes are no level of their own.
            item = _Item(item.column, sibling.mark)
        if sibling:
            # Marks of two kinds in one list are one list to Python-Markdown.
            apart = (sibling.mark == "1") != (item.mark == "1")
        else:
            apart = above is None or above.mark == "note"
        if self._above and (apart or self._continued):
            self._begin_block()
        indent = _TAB_SIZE * len(self._items)
        if indent < self._block_indent:
            # Python-Markdown reads lines as a part of the item that the lines above belong to.
            self._begin_block()
        self._write(" " * indent + f"{written} {_escape(_move_spaces(text))}")
        self._items.append(item)
        self._continued = False
        self._above = text.rstrip()

    def _write_text(self, text: str, column: int) -> None:
        if _ADDRESS.fullmatch(text.rstrip()) and find_embed(text.rstrip(), self._video_hosts):
            self._write_video(text.rstrip(), column)
            return
        spaces = self._indent(column)
        if self._above:
            if self._items and CHAPTER.match(text):
                self._begin_block()
                self._items.clear()
            elif self._signed or LABEL.match(text) or SIGNATURE.match(text):
                self._written[-1] = self._written[-1].rstrip() + _LINE_BREAK
            elif not self._items and _is_whole_paragraph(self._above, text, column):
                self._begin_block()
        else:
            self._continued = bool(self._items)
        written = _escape(_move_spaces(text))
        below = self._look()
        if below and not _HEADING.match(below) and _BACKSLASH_END.search(written):
            written = written[:-1].rstrip() + _LINE_BREAK
        self._write(spaces + written)
        self._above = text.rstrip()
        self._signed = self._signed or SIGNATURE.match(text) is not None

    def _write_video(self, address: str, column: int) -> None:
        """Write a video, which is a block of its own: its address stands alone on its line."""
        if self._above:
            self._begin_block()
        self._write(f"{self._indent(column)}![Video]({address})")
        if self._look():
            self._end_paragraph()
        self._above = ""


def _is_below(item: _Item, other: _Item) -> bool:
    """Tell whether an item belongs to the ``other`` one above it.

    In one column, a dash below a star is one level deeper, and a plus below a dash.
    """
    if item.column == other.column and item.mark in _LEVELS and other.mark in _LEVELS:
        return _LEVELS.index(item.mark) > _LEVELS.index(other.mark)
    return item.column >= other.column + _LEAST_INDENT


def _escape(text: str) -> str:
    """Return a line whose beginning is text, though it looks like a mark."""
    if _HASHTAG.match(text):
        return f"\\{text}"
    return _YEAR_MARK.sub(r"\g<number>\\.", text, count=1) if _YEAR_MARK.match(text) else text


def _move_spaces(text: str) -> str:
    """Return a line with the spaces outside of its bold words that stand inside, at one end.

    With spaces at both ends, the stars may be meant as they are.
    """
    if "**" not in text or "`" in text or "\\*" in text:
        return text
    return _BOLD.sub(_move_space, text)


def _move_space(found: re.Match[str]) -> str:
    words = found["words"]
    before, behind = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    if bool(before) == bool(behind):
        return found[0]
    return f"{before}**{words.strip()}**{behind}"


def _measure(line: str) -> int:
    """Return the column at which the text of a line begins."""
    spaces = line[: len(line) - len(line.lstrip())]
    return len(spaces.expandtabs(_TAB_SIZE))


def _is_whole_paragraph(above: str, text: str, column: int) -> bool:
    """Tell whether the line ``above`` is a paragraph of a word processor, and ``text`` the next.

    No text editor breaks a line that is so long, or indents the next one.
    """
    return (
        (len(above) > LONGEST_BROKEN_LINE or column >= _LEAST_INDENT)
        and not text[0].islower()
        and _SENTENCE_START.match(above) is not None
        and _SENTENCE_END.search(above) is not None
        and _SENTENCE_START.match(text) is not None
    )


def _split_cells(row: str) -> list[str]:
    """Return the cells of a row of a table."""
    ends = [found.start() for found in _CELL_END.finditer(row) if found[2]]
    starts = [0, *(end + 1 for end in ends)]
    cells = [row[start:end] for start, end in zip(starts, [*ends, len(row)], strict=True)]
    if row.startswith("|"):
        cells = cells[1:]
    return cells[:-1] if row.rstrip().endswith("|") and ends and not cells[-1].strip() else cells


def _is_delimiter(line: str, head: str) -> bool:
    """Tell whether ``line`` is the one below the ``head`` of a table."""
    return (
        _DELIMITER.fullmatch(line) is not None
        and "|" in line
        and len(_split_cells(line)) == len(_split_cells(head))
    )


def _is_row(line: str, other: str = "") -> bool:
    """Tell whether a line looks like a row of a table, with as many cells as the ``other``."""
    line, cells = line.strip(), _split_cells(line.strip())
    framed = line.startswith("|") and line.endswith("|") and len(cells) > 1
    # Two such signs in each of several lines are no accident.
    parted = not line.startswith("|") and line.count(" | ") == len(cells) - 1 > 1
    alike = not other or len(cells) == len(_split_cells(other.strip()))
    return (framed or parted) and alike and any(each.strip() for each in cells)


def _add_delimiter(rows: list[str]) -> list[str]:
    """Return the rows of a table with the line below its head, which is the first of them."""
    rule = "|".join(["---"] * len(_split_cells(rows[0])))
    framed = [row if row.startswith("|") else f"|{row}|" for row in rows]
    return [framed[0], f"|{rule}|", *framed[1:]]


def _widen(rows: list[str]) -> list[str]:
    """Return a table whose head has as many cells as its longest row."""
    cells = [_split_cells(row) for row in rows]
    longest = max(map(len, cells))
    missing = longest - len(cells[0])
    if not missing:
        return rows
    fillings = ("", "---", *[""] * (len(rows) - 2))
    return [
        "|" + "|".join(row + [filling] * (longest - len(row))) + "|"
        for row, filling in zip(cells, fillings, strict=True)
    ]
