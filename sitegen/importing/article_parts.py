"""What of a document is title, lead, subheading, caption, author: by how Vietnamese offices write.

Nothing is invented and no word is left out. What is not certain is noted, and stays in the text.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from sitegen.importing.blocks import Block, Run, trim
from sitegen.importing.html_blocks import is_national_heading
from sitegen.importing.notes import Note
from sitegen.model import Record
from sitegen.problems import mark

_LONGEST_TITLE = 200
_LONGEST_FIRST_LINE = 150
_LONGEST_HEADING = 150
_LONGEST_NUMBERED_LINE = 120
_LONGEST_CAPTION = 300
_SHORTEST_LEAD = 60
_LONGEST_NAME = 6
# So many blocks at the beginning may stand before the title, and so many end a text.
_HEAD, _TAIL = 12, 4
_MOST_BOLD = 0.6
_SENTENCE_END = re.compile(r"[.!?…;,]['\"”’)]*$")
_PAPER = re.compile(
    r"(?:báo cáo|kế hoạch|thông báo|nghị quyết|quyết định|chương trình|tờ trình|hướng dẫn|công văn"
    r"|chỉ thị|kết luận|quy định|quy chế|thư mời|giấy mời|bài phát biểu|diễn văn|tham luận)",
    re.IGNORECASE,
)
_TOP = re.compile(
    r"(?:số\b.{0,40}|độc lập\s*[-–—]\s*tự do.*|[*_–—=-]+"
    r"|.{0,60}\bngày\s+\S+\s+tháng\s+\S+\s+năm\s+\S+)$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:t/?m\b|k/?t\b|t/?l\b|thừa lệnh|nơi nhận"
    r"|(?:phó |q\. ?)?(?:bí thư|chủ tịch|giám đốc|trưởng|chánh)"
    r"|người (?:báo cáo|viết|lập)|thư ký)",
    re.IGNORECASE,
)
_LABEL = (
    "(?:tin|bài viết|bài|ảnh|hình|tác giả|người viết|thực hiện|nguồn ảnh|nguồn|video|clip"
    "|biên soạn)"
)
_LABELS = re.compile(
    rf"\(?(?P<labels>{_LABEL}(?:\s*(?:,|/|&|\+|-|–|và)?\s*{_LABEL})*)\s*:\s*(?P<names>.+?)"
    rf"(?=\s*(?:[-–;,.(]\s*)?{_LABEL}(?:\s*(?:,|/|&|\+|và)\s*{_LABEL})*\s*:|$)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\(?theo:?\s+\S.{0,80}$", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?P<before>^|[\s(.\-–])(?:Nguồn ảnh|Ảnh|ẢNH|ảnh|Hình|Photo)"
    r"\s*:\s*(?P<names>[^:]{1,80}?)[\s).]*$"
)
_ABOUT_PICTURE = re.compile(r"\(?(?:ảnh|trong ảnh|hình)\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.’']*$")
_NAMES_APART = re.compile(r"\s*(?:,|;|&|/|\s[-–—]\s|\svà\s)\s*")
_NUMBERED = re.compile(
    r"(?P<roman>[IVX]{1,5})[.)/-]\s*(?=\S)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)/-]?\s+(?=\S)|[a-zđ][.)]\s+(?=\S)"
)
_BULLET = re.compile(
    r"(?P<sign>[-–—+*•·●○◦▪■§✓✔\uf000-\uf0ff])\s*(?=\S)|(?P<o>o)\s{1,}(?=[^\W\d_])"
)
_LIST_NUMBER = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?=\S)")
_DEEPER = frozenset("+○◦o")

_NO_CAPTION = mark("A picture has no caption.")
_NO_LEAD = mark("No lead was found: lists show the first paragraph.")
_NO_PHOTO = mark("No photo of the article was chosen: all pictures stay in the text.")
_CAPITALS = mark("The title is in capitals: write it as a sentence.")
# Nothing was decided in these.
_CERTAIN = frozenset({_NO_CAPTION, _NO_LEAD, _NO_PHOTO, _CAPITALS})


class Photo(Record, frozen=True):
    """The photo of an article: its address in the document, and the words below it."""

    address: str
    caption: str
    credit: str = ""
    alt: str = ""


class Parts(Record, frozen=True):
    """The parts of an article, and what a person has to look at."""

    title: str
    lead: str
    authors: tuple[str, ...]
    source: str
    photo: Photo | None
    body: tuple[Block, ...]
    notes: tuple[Note, ...] = ()


def find_parts(blocks: Sequence[Block], title: str = "") -> Parts:
    """Return the parts of the article that blocks hold; a ``title`` that is given is the title."""
    finder = _Finder(list(blocks))
    return finder.find(title)


class _Finder:
    """Takes the parts of one article out of its blocks, one after the other."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._notes: list[Note] = []

    def _tell(self, text: str, **values: str) -> None:
        self._notes.append(Note(text, values, certain=text in _CERTAIN))

    def find(self, given: str) -> Parts:
        head = self._take_head()
        title = given or self._take_title()
        authors, source, photographer = self._take_authors()
        self._join_captions()
        lead = self._take_lead()
        photo = self._take_photo(photographer)
        body = [*head, *_make_lists(self._make_headings(self._blocks))]
        if not authors and not source:
            self._tell(mark("No author was found."))
        return Parts(title, lead, authors, source, photo, tuple(body), tuple(self._notes))

    def _take_head(self) -> list[Block]:
        """Take the heading of an official paper, if there is one."""
        first = self._blocks[:_HEAD]
        if not any(is_national_heading(each.text) for each in first):
            return []
        end = 1 + max(
            number
            for number, each in enumerate(first)
            if is_national_heading(each.text)
            or (each.kind == "paragraph" and _TOP.match(each.text))
        )
        head, self._blocks = self._blocks[:end], self._blocks[end:]
        self._tell(
            mark("The heading of an official paper stands at the beginning of the text: {words}"),
            words=" / ".join(each.text for each in head if each.text),
        )
        return head

    def _take_title(self) -> str:
        texts = [
            number
            for number, each in enumerate(self._blocks)
            if each.kind in {"heading", "paragraph"} and each.text
        ][:_HEAD]
        for number in texts:
            if self._blocks[number].style == "title":
                return self._join_title(number)
        for number in texts[:6]:
            if self._blocks[number].level == 1:
                return self._join_title(number)
        for number in texts[:3]:
            block = self._blocks[number]
            stands_out = block.place == "center" or block.is_bold or block.is_capitals
            if stands_out and _could_be_title(block) and not is_credit(block.text):
                return self._join_title(number)
        if texts:
            block = self._blocks[texts[0]]
            if len(block.text) <= _LONGEST_FIRST_LINE and not _SENTENCE_END.search(block.text):
                self._tell(mark("The first line was taken for the title."))
                return self._join_title(texts[0])
        self._tell(mark("No title was found: the name of the file stands for it."))
        return ""

    def _join_title(self, start: int) -> str:
        """Take the lines of a title, of which an office writes each as a paragraph."""
        end = start + 1
        first = self._blocks[start]
        while end < len(self._blocks):
            last, block = self._blocks[end - 1], self._blocks[end]
            words = " ".join(each.text for each in self._blocks[start : end + 1])
            alike = block.kind == last.kind and block.style == last.style
            alike = alike and block.is_bold == last.is_bold and block.place == last.place
            alike = alike and block.is_capitals == last.is_capitals
            kind = end == start + 1 and bool(_PAPER.fullmatch(first.text))
            kind = kind and block.place == "center"
            broken = alike and block.place == "center" and not _SENTENCE_END.search(last.text)
            if block.kind not in {"heading", "paragraph"} or len(words) > _LONGEST_TITLE:
                break
            if not (kind or broken) or is_credit(block.text) or not _could_be_title(block):
                break
            end += 1
        taken = self._blocks[start:end]
        del self._blocks[start:end]
        title = " ".join(each.text for each in taken)
        if title.isupper():
            self._tell(_CAPITALS)
        return title

    def _take_authors(  # noqa: C901 (one look at each of the last lines)
        self,
    ) -> tuple[tuple[str, ...], str, str]:
        """Take the lines that say who wrote and who photographed."""
        authors: list[str] = []
        source = photographer = ""
        texts = [number for number, each in enumerate(self._blocks) if each.kind == "paragraph"]
        for number in dict.fromkeys([*reversed(texts[-_TAIL:]), *texts[:2]]):
            text = self._blocks[number].text
            found = _read_credits(text)
            if not found:
                continue
            above = self._blocks[number - 1] if number else None
            alone = all(label in {"ảnh", "hình", "nguồn ảnh"} for label, _ in found)
            if alone and above and above.kind == "picture":
                continue
            for labels, names in found:
                if "nguồn" in labels and "ảnh" not in labels:
                    source = names
                elif labels not in {"ảnh", "hình", "nguồn ảnh", "video", "clip"}:
                    authors += _split_names(names)
                if "ảnh" in labels or "hình" in labels:
                    photographer = names
            self._blocks[number] = Block("paragraph")
        self._blocks = [each for each in self._blocks if each != Block("paragraph")]
        if not source and self._blocks and self._blocks[-1].kind == "paragraph":
            text = self._blocks[-1].text
            if _FROM.match(text) and not text.endswith("."):
                source = text.strip("() ")
                del self._blocks[-1]
        if not authors and not source:
            authors += self._take_name()
        return tuple(dict.fromkeys(authors)), source, photographer

    def _take_name(self) -> list[str]:
        """Take the last line, if it is a name. A signature of an official paper stays."""
        texts = [number for number, each in enumerate(self._blocks) if each.kind == "paragraph"]
        if len(texts) < 2:  # noqa: PLR2004 (what is alone is a text, not a name)
            return []
        last = self._blocks[texts[-1]]
        text = last.text.strip("()[] ")
        above = [self._blocks[number].text for number in texts[-4:-1]]
        if any(
            _SIGNED.match(each) and len(each) < _LONGEST_CAPTION for each in above
        ) or _SIGNED.match(text):
            self._tell(mark("The text ends with a signature, which stays in it."))
            return []
        names = _split_names(text)
        if not all(map(_is_name, names)) or "\n" in "".join(run.text for run in last.runs):
            return []
        above_picture = texts[-1] and self._blocks[texts[-1] - 1].kind == "picture"
        if above_picture and last.place != "right" and not text.isupper():
            return []
        del self._blocks[texts[-1]]
        if not (last.place == "right" or last.is_bold or last.is_italic or text.isupper()):
            self._tell(mark("The last line was taken for the author: {words}"), words=text)
        return names

    def _join_captions(self) -> None:
        """Put the line below a picture into the picture: its runs are the caption."""
        joined: list[Block] = []
        for block in self._blocks:
            above = joined[-1] if joined else None
            if above and above.kind == "picture" and not above.runs and _is_caption(block):
                joined[-1] = msgspec.structs.replace(above, runs=block.runs)
            else:
                joined.append(block)
        # One caption below several pictures is that of the last one.
        for number, block in enumerate(joined):
            follows = number + 1 < len(joined) and joined[number + 1].kind == "picture"
            if block.kind == "picture" and not block.runs and not follows:
                self._tell(_NO_CAPTION)
        self._blocks = joined

    def _take_lead(self) -> str:
        for number, block in enumerate(self._blocks):
            if block.kind in {"picture", "rule"} or not block.text:
                continue
            long = len(block.text) >= _SHORTEST_LEAD
            looks = block.is_bold or block.is_italic or block.style == "subtitle"
            if block.kind == "paragraph" and ((looks and long) or block.style == "subtitle"):
                if any(run.note or run.link for run in block.runs):
                    break
                del self._blocks[number]
                return block.text
            break
        self._tell(_NO_LEAD)
        return ""

    def _take_photo(self, photographer: str) -> Photo | None:
        """Take the first picture for the photo, if it has a caption and stands at the beginning."""
        texts = 0
        for number, block in enumerate(self._blocks):
            if block.kind == "picture" and block.runs:
                caption, credit = split_credit(block.text)
                if not caption:
                    break
                del self._blocks[number]
                return Photo(block.address, caption, credit or photographer, block.alt)
            texts += block.kind != "picture"
            if texts > 2:  # noqa: PLR2004 (what stands below is a picture of the text)
                break
        if any(each.kind == "picture" for each in self._blocks):
            self._tell(_NO_PHOTO)
        return None

    def _make_headings(self, blocks: list[Block]) -> Iterator[Block]:
        """Yield blocks with subheadings: those of styles, and lines that only look so."""
        texts = [each for each in blocks if each.kind == "paragraph"]
        bold = sum(each.is_bold for each in texts)
        trusted = bold <= _MOST_BOLD * len(texts) or not texts
        styled = [each.level for each in blocks if each.kind == "heading"]
        highest = min(styled, default=2)
        lines = [each for each in texts if could_be_subheading(each)]
        roman = any(_is_roman(each) for each in (*lines, *(b for b in blocks if b.level)))
        for number, block in enumerate(blocks):
            below = blocks[number + 1] if number + 1 < len(blocks) else None
            level = 0
            if block.kind == "heading":
                level = min(6, block.level - highest + 2)
            elif below and below.kind not in {"rule", "picture"} and could_be_subheading(block):
                looks = block.is_bold and trusted
                counted = _NUMBERED.match(block.text) and not _begins_like_it(below)
                counted = counted and len(block.text) <= _LONGEST_NUMBERED_LINE
                capitals = block.is_capitals and len(block.text.split()) > 1
                if looks or counted or capitals:
                    level = (
                        3 if roman and _NUMBERED.match(block.text) and not _is_roman(block) else 2
                    )
                    if styled:
                        level = min(6, max(styled) - highest + 3) if not _is_roman(block) else 2
                    if not looks:
                        self._tell(
                            mark("A line was taken for a subheading: {words}"), words=block.text
                        )
            if level:
                yield msgspec.structs.replace(block, kind="heading", level=level)
            else:
                yield block


def join_captions(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks in which a picture has the caption that its page says is one."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if above and above.kind == "picture" and not above.runs and block.style == "caption":
            joined[-1] = msgspec.structs.replace(above, runs=block.runs)
        else:
            joined.append(block)
    return tuple(joined)


def split_credit(caption: str) -> tuple[str, str]:
    """Return a caption without the name of the photographer, and this name.

    >>> split_credit("Quang cảnh hội nghị. Ảnh: N.ĐOAN")
    ('Quang cảnh hội nghị.', 'N.ĐOAN')
    """
    found = _CREDIT.search(caption)
    if not found:
        return caption, ""
    before = caption[: found.start()].rstrip(" (-–") + found["before"].strip(" (-–")
    return before.strip(), found["names"].strip(" .")


def _could_be_title(block: Block) -> bool:
    return len(block.text) <= _LONGEST_TITLE and any(map(str.isalpha, block.text))


def could_be_subheading(block: Block) -> bool:
    """Tell whether a paragraph can be a subheading: a short line that ends no sentence."""
    text = block.text
    return (
        block.kind == "paragraph"
        and 1 < len(text) <= _LONGEST_HEADING
        and not _SENTENCE_END.search(text)
        and not text.endswith(":")
        and not any(run.note or "\n" in run.text for run in block.runs)
        and not _BULLET.match(text)
        and block.place != "right"
        and any(map(str.isalpha, text))
    )


def _is_roman(block: Block) -> bool:
    found = _NUMBERED.match(block.text)
    return bool(found and found["roman"])


def _begins_like_it(below: Block) -> bool:
    """Tell whether a line with a number is one of several, and so an item of a list."""
    numbered = _NUMBERED.match(below.text)
    return bool(numbered) or below.kind != "paragraph" or len(below.text) < _LONGEST_NUMBERED_LINE


def _is_caption(block: Block) -> bool:
    text = block.text
    if block.kind != "paragraph" or not text or len(text) > _LONGEST_CAPTION:
        return False
    if block.style == "caption" or _CREDIT.search(text) or _ABOUT_PICTURE.match(text):
        return True
    return block.style != "title" and (
        block.is_italic or (block.place == "center" and not block.is_bold)
    )


def is_credit(text: str) -> bool:
    """Tell whether a line says who wrote or photographed."""
    return bool(_read_credits(text))


def _read_credits(text: str) -> list[tuple[str, str]]:
    """Return who did what, as a last line says it: ``Tin, ảnh: Hải Yến``."""
    whole = text.strip("() ")
    if len(whole) > _LONGEST_NUMBERED_LINE or not _LABELS.match(whole):
        return []
    found = [
        (each["labels"].lower(), each["names"].strip(" .,;()-–"))
        for each in _LABELS.finditer(whole)
    ]
    few = all(
        0 < len(names.split()) <= 4 * _LONGEST_NAME and names[:1].isupper() for _, names in found
    )
    named = all(
        _is_name(each)
        for labels, names in found
        if labels != "nguồn"
        for each in _split_names(names)
    )
    return found if few and named else []


def _split_names(text: str) -> list[str]:
    return [each.strip(" .") for each in _NAMES_APART.split(text) if each.strip(" .")]


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= _LONGEST_NAME
        and all(_NAME.match(word) and word[0].isupper() for word in words)
        and len(text) > 1
        and not _PAPER.match(text)
    )


def _make_lists(blocks: Iterator[Block]) -> list[Block]:
    """Return blocks with lists in the place of paragraphs that begin like items."""
    made: list[Block] = []
    items: list[tuple[str, Block, Block]] = []

    def end() -> None:
        made.extend(_make_list(items))
        items.clear()

    for block in blocks:
        item = _read_item(block)
        if item is None:
            end()
            made.append(block)
            continue
        sign, text = item
        if (
            items
            and (sign.isdigit() != items[0][0].isdigit())
            and not (sign in _DEEPER or items[0][0].isdigit())
        ):
            end()
        items.append((sign, text, block))
    end()
    return made


def _read_item(block: Block) -> tuple[str, Block] | None:
    """Return the sign of an item, or its number, and the item without it."""
    if block.kind != "paragraph":
        return None
    plain = "".join(run.text for run in block.runs)
    if found := _BULLET.match(plain):
        sign = found["sign"] or "o"
    elif found := _LIST_NUMBER.match(plain):
        sign = found["number"]
    else:
        return None
    return sign, msgspec.structs.replace(block, runs=_cut(block.runs, found.end()))


def _cut(runs: tuple[Run, ...], length: int) -> tuple[Run, ...]:
    """Return runs without their first ``length`` characters."""
    kept = []
    for run in runs:
        cut = min(length, len(run.text))
        length -= cut
        kept.append(msgspec.structs.replace(run, text=run.text[cut:]))
    return trim(kept)


def _make_list(items: list[tuple[str, Block, Block]]) -> list[Block]:
    """Return a list, or the paragraphs as they were, where they are none."""
    if len(items) < 2:  # noqa: PLR2004 (one line with a dash is what somebody says)
        return [block for _, _, block in items]
    numbers = [int(sign) for sign, _, _ in items if sign.isdigit()]
    if numbers and (len(numbers) < len(items) or numbers != list(range(1, len(items) + 1))):
        return [block for _, _, block in items]
    made: list[Block] = []
    outer = items[0][0]
    for sign, text, _ in items:
        deeper = made and sign != outer and sign in _DEEPER and outer not in _DEEPER
        if not deeper:
            made.append(Block("item", children=(text,)))
            continue
        parent = made[-1]
        inner = parent.children[-1]
        item = Block("item", children=(text,))
        if inner.kind == "list":
            inner = msgspec.structs.replace(inner, children=(*inner.children, item))
            children = (*parent.children[:-1], inner)
        else:
            children = (*parent.children, Block("list", children=(item,)))
        made[-1] = msgspec.structs.replace(parent, children=children)
    return [Block("list", children=tuple(made), label="1" if numbers else "")]
