"""The files of a bundle of the search index; ``search-bundle.js`` reads them.

- ``bundle.json`` names all others, and says of each document, by its number, which file has its
  text and how long that is.
- A *shard* holds some keys, in alphabetical order. A line for each form of a word (key, form if it
  is another one, number of bytes) is followed by an empty line and by the places of all of these
  words: for each document that has it, its number less the last one, the number of bytes that
  follow, and in these the positions of the word, each less the one before. Numbers are in LEB128.
- A *fragment* is what is shown of a document, or of some that have a title and no text.

All but the first are packed by gzip, and their names are their digests: a browser that has an
older ``bundle.json`` finds these files as they were, or does not find them.
"""

import base64
import functools
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import sub
from typing import Any

import msgspec

from sitegen.foundation.parts import digest_bytes
from sitegen.model import Record
from sitegen.search.words import (
    BODY,
    NAMED,
    PUBLISHED,
    clean,
    find_written_dates,
    list_pieces,
    read_piece,
)

ENTRY_POINT = "bundle.json"
# A change of what the script must understand.
_VERSION = 1
_SHARD_SIZE = 64_000
# Pairs of words that often stand together tell what a reader meant: those of the first words of
# each text, if so many texts have them, and so many of them at most.
_FIRST_WORDS, _FEWEST_TEXTS, _MOST_PAIRS = 300, 2, 2_000
_NAME_BYTES = 5
# So many titles without a text are one file.
_MOST_TITLES = 64
_SMALL = 128


class Passage(Record, frozen=True):
    """A document to be found.

    The words of ``title`` and ``content`` are found; ``meta`` is shown besides. ``kind`` is empty
    for news, and ``facets`` is what results are filtered and sorted by. ``dates`` are the keys of
    the days when it came out.
    """

    url: str
    title: str
    content: str
    meta: dict[str, str]
    kind: str = ""
    facets: tuple[Any, ...] = ()
    dates: tuple[str, ...] = ()


class IndexFile(Record, frozen=True):
    """A file of an index: its path below the folder of the index, and its bytes."""

    path: str
    data: bytes


class _Words:
    """All words of a bundle, by number, and where each of them stands."""

    def __init__(self) -> None:
        self.terms: list[tuple[str, str]] = []
        self.postings: list[bytearray] = []
        self.last: list[int] = []
        self.pairs: Counter[tuple[str, str]] = Counter()
        self._numbers: dict[tuple[str, str], int] = {}
        # The number of a plain word, or what a piece of several parts is found by and its length.
        self._pieces: dict[str, int | tuple[list[tuple[int, int]], int]] = {}

    def number(self, key: str, form: str) -> int:
        """Return the number of a word."""
        found = self._numbers.setdefault((key, form), len(self.terms))
        if found == len(self.terms):
            self.terms.append((key, form))
            self.postings.append(bytearray())
            self.last.append(0)
        return found

    def add(self, document: int, passage: Passage) -> int:
        """Note all words of a document; return how many there are."""
        places: defaultdict[int, list[int]] = defaultdict(list)
        end = self._note(places, list_pieces(passage.title), 0)
        pieces = list_pieces(passage.content)
        end = self._note(places, pieces, max(BODY, end + 1))
        for key in passage.dates:
            places[self.number(key, PUBLISHED)].append(end + 1)
        for number, own in places.items():
            posting = self.postings[number]
            posting += _encode(document - self.last[number])
            self.last[number] = document
            if len(own) == 1:
                steps = _encode(own[0])
            else:
                own.sort()
                steps = b"".join(map(_encode, map(sub, own, [0, *own])))
            posting += _encode(len(steps))
            posting += steps
        first = pieces[:_FIRST_WORDS]
        self.pairs.update(set(pairwise(first)))
        return end - BODY

    def _note(self, places: defaultdict[int, list[int]], pieces: list[str], start: int) -> int:
        """Note the place of each piece, the first at ``start``; return where the last one ends."""
        known, place = self._pieces, start
        starts = []
        for piece in pieces:
            starts.append(place)
            found = known.get(piece)
            if found is None:
                found = known[piece] = self._read(piece)
            if found.__class__ is int:
                places[found].append(place)
                place += 1
            else:
                terms, length = found  # type: ignore[misc]
                for number, offset in terms:
                    places[number].append(place + offset)
                place += length
        if "tháng" in pieces:
            for index, key in find_written_dates(pieces):
                places[self.number(key, NAMED)].append(starts[index])
        return place

    def _read(self, piece: str) -> int | tuple[list[tuple[int, int]], int]:
        if piece[0] == "\n":
            # Nothing that is read in one breath goes from one paragraph to the next.
            return [], 1
        found = read_piece(piece)
        terms = [(self.number(each.key, each.form), each.place) for each in found.terms]
        return terms[0][0] if len(terms) == 1 else (terms, found.length)


def make_index(passages: Iterable[Passage]) -> list[IndexFile]:
    """Return the files of a bundle, in the order of their paths: a function of ``passages``."""
    words = _Words()
    lengths, names, kinds, titles, facets = [], [], [], [], []
    files: dict[str, bytes] = {}
    block: list[dict[str, str]] = []

    def close() -> None:
        if block:
            name, data = _pack(msgspec.json.encode(block))
            names.extend([name] * len(block))
            files[f"fragment/{name}.bin"] = data
            block.clear()

    for number, passage in enumerate(map(_clean, passages)):
        lengths.append(words.add(number, passage))
        titles.append(sum(read_piece(each).length for each in list_pieces(passage.title)))
        kinds.append(passage.kind)
        facets.append(passage.facets)
        if passage.content or len(block) == _MOST_TITLES or (block and block[-1]["content"]):
            close()
        shown = {"url": passage.url, "title": passage.title, "content": passage.content}
        block.append(shown | passage.meta | ({"kind": passage.kind} if passage.kind else {}))
    close()

    def keep(data: bytes) -> str:
        name, packed = _pack(data)
        files[f"index/{name}.bin"] = packed
        return name

    shards = [[first, keep(data)] for first, data in _cut(words)]
    entry = {
        "version": _VERSION,
        "documents": "".join(names),
        "lengths": lengths,
        "shards": shards,
        "facets": keep(msgspec.json.encode(facets)),
        "pairs": keep(_list_pairs(words.pairs).encode()),
    }
    if any(kinds):
        entry |= {"kinds": kinds, "titles": titles}
    files[ENTRY_POINT] = msgspec.json.encode(entry)
    return [IndexFile(path, data) for path, data in sorted(files.items())]


def _clean(passage: Passage) -> Passage:
    title, content = clean(passage.title), clean(passage.content)
    if title == passage.title and content == passage.content:
        return passage
    return msgspec.structs.replace(passage, title=title, content=content)


def _cut(words: _Words) -> Iterator[tuple[str, bytes]]:
    """Yield the shards, each with its first key; a key is never divided."""
    order = sorted(range(len(words.terms)), key=words.terms.__getitem__)
    lines: list[str] = []
    data = bytearray()
    first = last = ""
    for number in order:
        key, form = words.terms[number]
        if len(data) + 16 * len(lines) > _SHARD_SIZE and key != last:
            yield first, _join(lines, data)
            lines, data = [], bytearray()
        first, last = first if lines else key, key
        posting = words.postings[number]
        lines.append(f"{key}\t{'' if form == key else form}\t{len(posting)}")
        data += posting
    if lines:
        yield first, _join(lines, data)


def _join(lines: Sequence[str], data: bytearray) -> bytes:
    return "\n".join([*lines, "", ""]).encode() + data


def _list_pairs(pairs: Counter[tuple[str, str]]) -> str:
    """Return the words that most often stand side by side, a line for each pair."""
    wanted = [
        (-count, *pair)
        for pair, count in pairs.items()
        if count >= _FEWEST_TEXTS and pair[0].isalpha() and pair[1].isalpha()
    ]
    lines = (f"{one} {other} {-less}" for less, one, other in sorted(wanted)[:_MOST_PAIRS])
    return "\n".join(lines)


def _pack(data: bytes) -> tuple[str, bytes]:
    """Return the name of a file that has this data, and the file."""
    name = base64.b32encode(digest_bytes(data)[:_NAME_BYTES]).decode().lower()
    return name, gzip.compress(data, 6, mtime=0)


@functools.lru_cache(maxsize=1 << 14)
def _encode(number: int) -> bytes:
    encoded = bytearray()
    while number >= _SMALL:
        encoded.append(number & (_SMALL - 1) | _SMALL)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)
