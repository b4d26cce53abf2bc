"""The articles that every generator is given: made up, seeded, the same on every machine."""

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import pairwise

from benchmarks import words

SEED = 20260101
ZONE = timezone(timedelta(hours=7))
FIRST_DAY = datetime(2016, 1, 1, tzinfo=ZONE)
DAYS = 3652
# "Now" for every generator that can be told: the day after the newest article.
NOW = FIRST_DAY + timedelta(days=DAYS + 1)
AUTHORS = 40
TAGS = 300

_SLOT = re.compile(r"\{(\w+)\}")
_ARTICLE = re.compile(r"\(article:(\d+)\)")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 80
_MOST_TRIES = 20
_EARLIEST, _LATEST = 6 * 60, 21 * 60
_SIZES = (6_500, 11_300)


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an article without its body."""

    index: int
    title: str
    slug: str
    category: str
    date: datetime
    author: str
    lead: str
    tags: tuple[str, ...]
    source: str
    updated: datetime | None
    views: int | None

    @property
    def section(self) -> str:
        """The category's part of the address."""
        return slugify(self.category)

    @property
    def url(self) -> str:
        """The address of the article's page, the same in every generator."""
        return f"/{self.section}/{self.date:%Y/%m}/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Article:
    """An article; ``body`` is Markdown in which links to others are ``(article:<index>)``."""

    head: Head
    body: str


@cache
def slugify(text: str) -> str:
    """Return the part of an address made from ``text``, as sitegen makes it from a title."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return _NOT_SLUG.sub("-", plain.encode("ascii", "ignore").decode()).strip("-")


def make_heads(count: int, seed: int = SEED) -> tuple[Head, ...]:
    """Return the heads of ``count`` articles; those of a smaller corpus are the first of a larger.

    No two have one slug, so a generator may put them where it wants.
    """
    taken: set[str] = set()
    return tuple(_make_head(index, seed, taken) for index in range(count))


def make_articles(heads: tuple[Head, ...], seed: int = SEED) -> Iterator[Article]:
    """Yield the articles that belong to ``heads``, one at a time: a corpus may be large."""
    for head in heads:
        yield Article(head, make_body(head, heads, seed))


def make_body(head: Head, heads: tuple[Head, ...], seed: int = SEED) -> str:
    """Return the body of an article: about ten kilobytes of Markdown."""
    chance = _chance(seed, "body", head.index)
    wanted = chance.randint(*_SIZES)
    # Links lead to earlier articles, so that an article is the same in a corpus of any size.
    links = chance.choice((0, 0, 1, 2)) if head.index else 0
    linked = [chance.randrange(head.index) for _ in range(links)]
    blocks = [_write(chance, "{when}, {unit} {work} tại {place}.") + " " + _paragraph(chance)]
    size = 0
    while size < wanted:
        target = heads[linked.pop()] if linked and len(blocks) > 1 else None
        new = _make_blocks(chance, len(blocks), target)
        blocks += new
        size += sum(len(block.encode()) for block in new)
    return "\n\n".join(blocks) + "\n"


def resolve_links(body: str, heads: tuple[Head, ...], addresses: dict[int, str]) -> str:
    """Return ``body`` with the address of each article that it links to."""

    def address(found: re.Match[str]) -> str:
        index = int(found[1])
        return f"({addresses.get(index) or heads[index].url})"

    return _ARTICLE.sub(address, body)


def linked_indexes(body: str) -> tuple[int, ...]:
    """Return the articles that a body links to."""
    return tuple(int(index) for index in _ARTICLE.findall(body))


@cache
def author_names() -> tuple[str, ...]:
    """Return the authors, no two with one slug."""
    return _distinct("{family} {middle} {given}", "authors", AUTHORS)


@cache
def tag_names() -> tuple[str, ...]:
    """Return the tags, no two with one slug."""
    pairs = [
        f"{matter} {subject}" for matter in words.TAG_MATTERS for subject in words.TAG_SUBJECTS
    ]
    return tuple(pairs[:TAGS])


def _distinct(pattern: str, purpose: str, count: int) -> tuple[str, ...]:
    chance = _chance(SEED, purpose, 0)
    found: dict[str, str] = {}
    while len(found) < count:
        name = _write(chance, pattern)
        found.setdefault(slugify(name), name)
    return tuple(found.values())


def _chance(seed: int, purpose: str, index: int) -> random.Random:
    """Return a source of chance that belongs to one article, whatever was drawn before."""
    return random.Random(f"{seed} {purpose} {index}")  # noqa: S311 (the same in every run)


def _make_head(index: int, seed: int, taken: set[str]) -> Head:
    chance = _chance(seed, "head", index)
    title, slug = _make_title(chance, taken, index)
    minutes = chance.randint(_EARLIEST, _LATEST)
    date = FIRST_DAY + timedelta(days=chance.randrange(DAYS), minutes=minutes)
    # A few names and tags are frequent and most are rare, as on any portal.
    author = author_names()[int(AUTHORS * chance.random() ** 2)]
    tags = {tag_names()[int(TAGS * chance.random() ** 2)] for _ in range(chance.randint(1, 4))}
    changed = date + timedelta(days=chance.randint(0, 9), minutes=chance.randint(1, 100))
    return Head(
        index=index,
        title=title,
        slug=slug,
        category=chance.choice(words.CATEGORIES),
        date=date,
        author=author,
        lead=_write(chance, chance.choice(words.LEADS)),
        tags=tuple(sorted(tags)),
        source=chance.choice(words.SOURCES) if chance.random() < 0.2 else "",  # noqa: PLR2004
        updated=min(changed, NOW) if chance.random() < 0.1 else None,  # noqa: PLR2004
        views=chance.randint(10, 20_000) if chance.random() < 0.3 else None,  # noqa: PLR2004
    )


def _make_title(chance: random.Random, taken: set[str], index: int) -> tuple[str, str]:
    title = _write(chance, chance.choice(words.TITLES))
    tries = 1
    while (slug := slugify(title)) in taken or len(slug) > _SLUG_LENGTH:
        tries += 1
        title = _write(chance, chance.choice(words.TITLES))
        # There are not enough titles for hundreds of thousands of articles.
        title = f"{title}, kỳ {index}" if tries > _MOST_TRIES else title
    taken.add(slug)
    return title, slug


def _make_blocks(chance: random.Random, position: int, target: Head | None) -> list[str]:
    """Return the next blocks of a body: a paragraph mostly, now and then something else."""
    if target:
        link = f"[{target.title}](article:{target.index})"
        pattern = chance.choice(words.REFERRING).replace("{link}", link)
        return [f"{_sentence(chance)} {_write(chance, pattern)} {_paragraph(chance)}"]
    drawn = chance.random()
    if position % 5 == 0:
        return [f"## {_write(chance, chance.choice(words.HEADINGS))}", _paragraph(chance)]
    if drawn < 0.07:  # noqa: PLR2004 (how often each of them comes)
        marks = ("- ",) * 6 if chance.random() < 0.7 else [f"{n}. " for n in range(1, 7)]  # noqa: PLR2004
        items = [_write(chance, chance.choice(words.ITEMS)) for _ in range(chance.randint(3, 6))]
        listed = [mark + item for mark, item in zip(marks, items, strict=False)]
        return [f"{_sentence(chance)} Cụ thể:", "\n".join(listed)]
    if drawn < 0.11:  # noqa: PLR2004
        return [f"> {_write(chance, chance.choice(words.QUOTES))}", _paragraph(chance)]
    if drawn < 0.115:  # noqa: PLR2004
        return [_make_table(chance), _paragraph(chance)]
    return [_paragraph(chance)]


def _make_table(chance: random.Random) -> str:
    head = ["| Địa bàn | Số lượng | Tỷ lệ (%) | Hiện vật |", "| --- | ---: | ---: | --- |"]
    rows = [f"| {_write(chance, chance.choice(words.ROWS))} |" for _ in range(chance.randint(3, 8))]
    return "\n".join(head + rows)


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(3, 6)))


def _sentence(chance: random.Random) -> str:
    patterns = words.MARKED if chance.random() < 0.16 else words.SENTENCES  # noqa: PLR2004
    return _write(chance, chance.choice(patterns))


def _write(chance: random.Random, pattern: str) -> str:
    """Return ``pattern`` with its names replaced by words, and a capital letter in front."""
    text = _expand(chance, pattern)
    for position, letter in enumerate(text):
        if letter.isalnum():
            return text[:position] + letter.upper() + text[position + 1 :]
    return text


def _expand(chance: random.Random, pattern: str) -> str:
    parts = []
    for literal, slot in _split(pattern):
        parts.append(literal)
        if slot:
            choices = words.SLOTS[slot]
            parts.append(_expand(chance, choices[int(chance.random() * len(choices))]))
    return "".join(parts)


@cache
def _split(pattern: str) -> tuple[tuple[str, str], ...]:
    """Return the pieces of a pattern: literal text, then the name that follows it."""
    pieces = ["", *_SLOT.split(pattern), ""]
    return tuple((piece, slot) for piece, slot in list(pairwise(pieces))[1::2])
