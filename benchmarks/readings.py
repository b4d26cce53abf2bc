"""Two readings of one text, compared by what they mean and not by their bytes.

A reading is HTML. Of it remain the words in their order, and what each of them stands in: a list
and how deep, a table, code, a heading, a link, emphasis. Signs between the words, classes and ids
are left out, because typography and addresses of this site are on purpose.
"""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from lxml.etree import iterwalk
from lxml.html import HtmlElement, fragment_fromstring
from markdown_it import MarkdownIt

from sitegen.markdown.conversion import _clean
from sitegen.model import Record

_WORD = re.compile(r"[^\W_]+")
# Code of Jekyll and its like, also in the address of a link, and attribute lists of Kramdown.
_TEMPLATE_CODE = re.compile(
    r"\[[^\]\n]*\]\([^)\n]*\{[{%].*?[}%]\}[^)\n]*\)?|\{\{.*?\}\}|\{%.*?%\}|\{:.*?\}", re.DOTALL
)
_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_MARKS = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "del": "del", "s": "del"}
_BLOCKS = frozenset("p li td th dt dd pre blockquote div figure figcaption br".split())
_SAMPLE_WORDS = 8
_Amount = int | tuple[str, ...]


class Word(Record, frozen=True):
    """A word or a rule, and what it stands in.

    ``begins`` tells whether a block or a line begins with it, the depths count the lists and
    quotations around it, ``heading`` is the level of one, or 0.
    """

    word: str
    begins: bool
    code: bool
    table: bool
    heading: int
    lists: tuple[str, ...]
    definitions: bool
    quotations: int
    footnotes: bool
    caption: bool
    link: bool
    emphasis: tuple[str, ...]


class Difference(Record, frozen=True):
    """A place where two readings differ: the kind, and the words there in both readings.

    The kind says which reading has more of what it names: ``heading, here`` is a heading here, and
    none on GitHub.
    """

    kind: str
    ours: str
    theirs: str


# What a difference is called by, the first one that holds: the others follow from it.
_KINDS: dict[str, Callable[[Word], _Amount]] = {
    "footnotes": lambda word: word.footnotes,
    "caption": lambda word: word.caption,
    "code": lambda word: word.code,
    "table": lambda word: word.table,
    "heading": lambda word: bool(word.heading),
    "level of a heading": lambda word: word.heading,
    "quotation": lambda word: word.quotations,
    "definitions": lambda word: word.definitions,
    "list or paragraph": lambda word: bool(word.lists),
    "depth of a list": lambda word: len(word.lists),
    "kind of a list": lambda word: word.lists[-1:],
    "link": lambda word: word.link,
    "emphasis": lambda word: word.emphasis,
    "beginning of a block": lambda word: word.begins,
}


@functools.cache
def _make_reader() -> MarkdownIt:
    return MarkdownIt("gfm-like")


def read_as_github(source: str) -> str:
    """Return what GitHub's reading makes of ``source``, as HTML that a page may hold."""
    # The title of the page is its only h1.
    return _clean(re.sub(r"(</?h)1\b", r"\g<1>2", _make_reader().render(source)))


def compare_readings(ours: str, theirs: str, source: str = "") -> Iterator[Difference]:
    """Yield each place where two readings of a text, given as HTML, differ.

    Words of the code of other generators, which are in the ``source``, are a kind of their own.
    """
    markup = {word for code in _TEMPLATE_CODE.findall(source) for word in _WORD.findall(code)}
    first, second = list(_list_words(ours)), list(_list_words(theirs))
    matcher = SequenceMatcher(
        None, [each.word for each in first], [each.word for each in second], autojunk=False
    )
    for operation, start, end, other_start, other_end in matcher.get_opcodes():
        here, there = first[start:end], second[other_start:other_end]
        if operation != "equal":
            kind = _name_words(here, there, markup)
            yield Difference(kind, _join(here), _join(there))
            continue
        pairs = zip(here, there, strict=True)
        for kind, run in groupby(pairs, key=lambda pair: _name_difference(*pair)):
            if kind:
                ours_here, theirs_here = zip(*run, strict=True)
                yield Difference(kind, _join(ours_here), _join(theirs_here))


def _name_difference(ours: Word, theirs: Word) -> str:
    if ours == theirs:
        return ""
    kind, look = next(each for each in _KINDS.items() if each[1](ours) != each[1](theirs))
    return f"{kind}, {_name_side(look(ours), look(theirs))}"


def _name_side(ours: _Amount, theirs: _Amount) -> str:
    """Say which reading has more of something: the other one is not in the name."""
    here, there = (len(each) if isinstance(each, tuple) else each for each in (ours, theirs))
    return "here" if here > there else "on GitHub"


def _name_words(ours: Sequence[Word], theirs: Sequence[Word], markup: set[str]) -> str:
    """Return the kind of words that only one reading has, or that both have in another way."""
    words = [*ours, *theirs]
    side = _name_side(len(ours), len(theirs))
    if all(each.word in markup for each in words):
        return f"template code, {side}"
    # Marks that are none within code, and numbers of footnotes.
    for kind in ("caption", "code", "footnotes"):
        if all(map(_KINDS[kind], words)):
            return f"{kind}, words {side}"
    return f"words, {side}"


def _join(words: Sequence[Word]) -> str:
    shown = " ".join(each.word for each in words[:_SAMPLE_WORDS])
    return f"{shown} …" if len(words) > _SAMPLE_WORDS else shown


def _list_words(text: str) -> Iterator[Word]:
    """Yield the words of HTML.

    Pictures are left out, because here there are no files, and a video with its words.
    """
    opened: list[HtmlElement] = []
    begins = True

    def write(words: str) -> Iterator[Word]:
        nonlocal begins
        if any(each.get("class") == "video-play" for each in opened):
            return
        tags = [each.tag for each in opened]
        for found in _WORD.finditer(words):
            yield Word(
                word=found[0],
                begins=begins,
                code="pre" in tags or "code" in tags,
                table="table" in tags,
                heading=max((_HEADINGS.get(each, 0) for each in tags), default=0),
                lists=tuple(each for each in tags if each in {"ol", "ul"}),
                definitions="dl" in tags,
                quotations=tags.count("blockquote"),
                footnotes=any("footnote" in each.get("class", "") for each in opened),
                caption="figcaption" in tags,
                link=any(map(_is_link, opened)),
                emphasis=tuple(sorted({_MARKS[each] for each in tags if each in _MARKS})),
            )
            begins = False

    for event, element in iterwalk(fragment_fromstring(text, "div"), ("start", "end")):
        begins = begins or element.tag in _BLOCKS or element.tag in _HEADINGS
        if event == "start":
            opened.append(element)
            if element.tag == "hr" and element.getparent().get("class") != "footnote":
                yield from write("rule")
            yield from write(element.text or "")
        else:
            opened.pop()
            yield from write(element.tail or "")


def _is_link(element: HtmlElement) -> bool:
    """Tell whether an element is a link that leads out of the site.

    The reader makes links of names as well (``example.org``), which GitHub does not.
    """
    address = element.get("href", "") if element.tag == "a" else ""
    written = (element.text or "").strip().lower().rstrip("/")
    named = address.lower().rstrip("/") == f"http://{written}"
    return ":" in address and not (named and not written.startswith("www."))
