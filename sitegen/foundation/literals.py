"""Search bytes for very many literals at once.

Hyperscan does this in ten microseconds a page, whatever their number. Not every system has it;
without it each literal is searched for alone, which finds the same.

Of a literal, Hyperscan looks for the last eight bytes first. Many titles end alike, in words that
stand on every page (``… ở xã Bến Gạo``). So it is given the head of each literal alone, which ends
in rarer words; where it finds one, the tail is compared here.
"""

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from sitegen.foundation.cache import keep_only, remember
from sitegen.foundation.generator import library_version
from sitegen.model import Record

# Returns the number of each literal that was found, and where it ends, in order.
Find = Callable[[bytes], list[tuple[int, int]]]

_COMPARED_FIRST = 8
_END_OF_WORD = re.compile(rb" |\Z")
# In no text. With a literal as short as this, Hyperscan chooses tables with which it takes half the
# time (src/fdr/fdr_engine_description.cpp of Hyperscan 5.4; docs/trust.md has the times).
_SHORT = b"\xff\xfe\xff"
# To compile no more than these takes longer than to search for each alone.
_FEW = 3


class Kept(Record, frozen=True):
    """Where compiled literals are kept between builds; ``key`` changes whenever a literal does."""

    folder: Path
    key: str


class _Tail(Record, frozen=True):
    """What follows the head of the literal with this ``number``."""

    number: int
    data: bytes


class _Compiled(Record, frozen=True):
    """The heads of literals as Hyperscan reads them, and the tails of each, in the same order."""

    database: bytes
    tails: tuple[tuple[_Tail, ...], ...]


def make_finder(list_literals: Callable[[], Sequence[bytes]], kept: Kept | None = None) -> Find:
    """Return a function that finds every occurrence of literals.

    Arguments:
        list_literals: returns the literals, no two of which are the same. It is not called if they
            are ``kept``: to list and compile two thousand takes longer than an edit may.
        kept: where they are kept for the next build, if they are.
    """
    if not kept and len(literals := list_literals()) <= _FEW:
        return functools.partial(_find_each, literals)
    return _make_database_finder(list_literals, kept) or functools.partial(
        _find_each, list_literals()
    )


def _find_each(literals: Sequence[bytes], data: bytes) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number, literal in enumerate(literals):
        start = data.find(literal)
        while start >= 0:
            found.append((number, start + len(literal)))
            start = data.find(literal, start + 1)
    return sorted(found)


def _make_database_finder(
    list_literals: Callable[[], Sequence[bytes]], kept: Kept | None
) -> Find | None:
    """Return a finder that uses Hyperscan, or nothing where this machine cannot."""
    try:
        import hyperscan
    except ImportError:
        return None

    def compile_literals() -> bytes:
        return _compile(list_literals())

    try:
        if not kept:
            return _load(compile_literals())
        name = f"{kept.key}-{library_version('hyperscan')}"
        keep_only(kept.folder, {name})
        try:
            return _load(remember(kept.folder, name, compile_literals))
        except hyperscan.error:
            # The cache is that of another machine.
            return _load(compile_literals())
    except hyperscan.error:
        return None


def _compile(literals: Sequence[bytes]) -> bytes:
    """Return literals as :func:`_load` reads them."""
    import hyperscan

    if any(b"\0" in literal for literal in literals):
        # It would be given what is in front of that alone.
        raise hyperscan.error
    tails = _cut(literals)
    tails.setdefault(_SHORT, [])
    database = hyperscan.Database()
    numbers, flags = [*range(len(tails))], [0] * len(tails)
    database.compile([*tails], numbers, flags=flags, literal=True)
    compiled = _Compiled(bytes(hyperscan.dumpb(database)), tuple(map(tuple, tails.values())))
    return msgspec.msgpack.encode(compiled)


def _load(data: bytes) -> Find:
    import hyperscan

    compiled = msgspec.msgpack.decode(data, type=_Compiled)
    database = hyperscan.loadb(compiled.database, hyperscan.HS_MODE_BLOCK)
    database.scratch = hyperscan.Scratch(database)

    def find(data: bytes) -> list[tuple[int, int]]:
        heads: list[tuple[int, int]] = []
        database.scan(data, lambda number, _, end, *__: heads.append((number, end)))
        return heads and sorted(
            (tail.number, end + len(tail.data))
            for number, end in heads
            for tail in compiled.tails[number]
            if data.startswith(tail.data, end)
        )

    return find


def _cut(literals: Sequence[bytes]) -> dict[bytes, list[_Tail]]:
    """Return the heads of literals, each with its tails.

    A head has at least half of the words of its literal, and ends like as few others as possible.
    """
    choices = [_list_heads(literal) for literal in literals]
    common = Counter([head[-_COMPARED_FIRST:] for heads in choices for head in heads])
    tails: dict[bytes, list[_Tail]] = {}
    for number, (literal, heads) in enumerate(zip(literals, choices, strict=True)):
        long = reversed(heads[len(heads) // 2 :])
        head = min(long, key=lambda each: common[each[-_COMPARED_FIRST:]])
        tails.setdefault(head, []).append(_Tail(number, literal[len(head) :]))
    return tails


def _list_heads(literal: bytes) -> list[bytes]:
    """Return what a literal begins with, up to the end of each word."""
    ends = _END_OF_WORD.finditer(literal, _COMPARED_FIRST)
    return [literal[: each.start()] for each in ends]
