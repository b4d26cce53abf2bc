"""Search bytes for very many literals at once.

Hyperscan does this in ten microseconds a page, whatever their number. Not every system has it;
without it each literal is searched for alone, which finds the same.
"""

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

from sitegen.foundation.cache import keep_only, remember
from sitegen.foundation.generator import library_version
from sitegen.model import Record

# Returns the number of each literal that was found, and where it ends, in order.
Find = Callable[[bytes], list[tuple[int, int]]]


class Kept(Record, frozen=True):
    """Where compiled literals are kept between builds; ``key`` changes whenever a literal does."""

    folder: Path
    key: str


def make_finder(list_literals: Callable[[], Sequence[bytes]], kept: Kept | None = None) -> Find:
    """Return a function that finds every occurrence of literals.

    Arguments:
        list_literals: returns the literals, no two of which are the same. It is not called if they
            are ``kept``: to list and compile two thousand takes longer than an edit may.
        kept: where they are kept for the next build, if they are.
    """
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
        literals = list(list_literals())
        if not literals:
            raise hyperscan.error
        database = hyperscan.Database()
        numbers = list(range(len(literals)))
        database.compile(literals, numbers, flags=[0] * len(literals), literal=True)
        return bytes(hyperscan.dumpb(database))

    try:
        if kept:
            name = f"{kept.key}-{library_version('hyperscan')}"
            keep_only(kept.folder, {name})
            compiled = remember(kept.folder, name, compile_literals)
        else:
            compiled = compile_literals()
        try:
            database = hyperscan.loadb(compiled, hyperscan.HS_MODE_BLOCK)
        except hyperscan.error:
            # The cache is that of another machine.
            database = hyperscan.loadb(compile_literals(), hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
    except hyperscan.error:
        return None

    def find(data: bytes) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        database.scan(data, lambda number, _, end, *__: found.append((number, end)))
        return sorted(found)

    return find
