"""The blocks of a text between HTML and Markdown: paragraphs, lists, tables, pictures.

A paragraph is kept as runs of letters that look alike, because what a line is can be told from
that: a bold line is a heading, an italic one below a picture its caption.
"""

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from sitegen.model import Record


class Run(Record, frozen=True):
    """Letters that look alike. ``text`` is a line feed where a line ends within a paragraph.

    ``raised`` is ``sup`` or ``sub``; ``note`` is the number of the footnote that is named here.
    """

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: str = ""
    link: str = ""
    note: str = ""


class Block(Record, frozen=True):
    """A block; which of the fields it has depends on its ``kind``.

    ``paragraph`` and ``heading`` have ``runs``, ``picture`` has an ``address`` and an ``alt``,
    ``list``, ``item``, ``quote`` and ``note`` have ``children``, ``table`` has ``rows``, ``code``
    has one run with all its lines, and ``rule`` holds nothing else. ``place`` is ``center`` or
    ``right``; ``style`` is what Word calls it: ``title``, ``subtitle``, ``caption``. ``label`` is
    the number of a note, or ``1`` for a list with numbers.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    children: tuple["Block", ...] = ()
    rows: tuple[tuple["Block", ...], ...] = ()
    level: int = 0
    place: str = ""
    style: str = ""
    address: str = ""
    alt: str = ""
    label: str = ""

    @property
    def text(self) -> str:
        """The words of a paragraph, without how they look; the ends of lines are spaces."""
        return " ".join("".join(each.text for each in self.runs).split())

    @property
    def is_bold(self) -> bool:
        """Whether all letters are bold."""
        return self._all(lambda run: run.bold)

    @property
    def is_italic(self) -> bool:
        """Whether all letters are italic."""
        return self._all(lambda run: run.italic)

    @property
    def is_capitals(self) -> bool:
        """Whether all letters are capitals."""
        return self.text.isupper()

    def _all(self, looks: Callable[[Run], bool]) -> bool:
        letters = [each for each in self.runs if any(map(str.isalnum, each.text))]
        return bool(letters) and all(map(looks, letters))


def list_words(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the words of blocks in their order."""
    for block in blocks:
        yield from re.findall(r"\w+", " ".join(run.text for run in block.runs))
        yield from re.findall(r"\w+", block.alt)
        for row in block.rows:
            yield from list_words(row)
        yield from list_words(block.children)


def trim(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs without spaces at their ends, and with one where there were several.

    Runs that look alike become one, and spaces look like what stands before them.
    """
    joined: list[Run] = []
    for run in runs:
        text = re.sub(r"[^\S\n]+", " ", run.text)
        text = re.sub(r" ?\n ?", "\n", text)
        if not text and not run.note:
            continue
        if joined and not run.note and not joined[-1].note:
            last = joined[-1]
            if last.text[-1:].isspace():
                text = text.lstrip(" ")
            alike = msgspec.structs.replace(run, text=last.text) == last
            if alike or not text.strip():
                joined[-1] = msgspec.structs.replace(last, text=last.text + text)
                continue
        joined.append(msgspec.structs.replace(run, text=text))
    while joined and not joined[0].note and not joined[0].text.lstrip():
        del joined[0]
    while joined and not joined[-1].note and not joined[-1].text.rstrip():
        del joined[-1]
    if joined and not joined[0].note:
        joined[0] = msgspec.structs.replace(joined[0], text=joined[0].text.lstrip())
    if joined and not joined[-1].note:
        joined[-1] = msgspec.structs.replace(joined[-1], text=joined[-1].text.rstrip())
    return tuple(joined)


def split_lines(runs: Iterable[Run]) -> list[tuple[Run, ...]]:
    """Return the lines of a paragraph."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        pieces = run.text.split("\n")
        for number, piece in enumerate(pieces):
            if number:
                lines.append([])
            if piece or run.note:
                lines[-1].append(msgspec.structs.replace(run, text=piece))
    return [trim(line) for line in lines]


def map_links(blocks: Iterable[Block], lead: Callable[[str], str]) -> tuple[Block, ...]:
    """Return blocks whose links lead where ``lead`` says; those that lead nowhere become text."""
    return tuple(
        msgspec.structs.replace(
            block,
            runs=tuple(
                msgspec.structs.replace(run, link=lead(run.link)) if run.link else run
                for run in block.runs
            ),
            children=map_links(block.children, lead),
            rows=tuple(map_links(row, lead) for row in block.rows),
        )
        for block in blocks
    )
