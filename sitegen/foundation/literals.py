"""Search bytes for very many literals at once.

Hyperscan does this in ten microseconds a page, whatever their number. Not every system has it;
without it each literal is searched for alone, which finds the same.
"""

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

from sitegen.foundation.cache import keep_only, remember
from sitegen.foundation.generator import library_version
from sitegen.foundation.parts import digest_record

# Returns the number of each literal that was found, and where it ends, in order.
Find = Callable[[bytes], list[tuple[int, int]]]


def make_finder(literals: Sequence[bytes], kept: Path | None = None) -> Find:
    """Return a function that finds every occurrence of ``literals``, no two of which are the same.

    ``kept`` is the folder in which the compiled literals are kept for the next build: to compile
    two thousand takes longer than an edit may.
    """
    return _make_database_finder(literals, kept) or functools.partial(_find_each, literals)


def _find_each(literals: Sequence[bytes], data: bytes) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number, literal in enumerate(literals):
        start = data.find(literal)
        while start >= 0:
            found.append((number, start + len(literal)))
            start = data.find(literal, start + 1)
    return sorted(found)


def _make_database_finder(literals: Sequence[bytes], kept: Path | None) -> Find | None:
    """Return a finder that uses Hyperscan, or nothing where this machine cannot."""
    if not literals:
        return None
    try:
        import hyperscan
    except ImportError:
        return None

    def compile_literals() -> bytes:
        database = hyperscan.Database()
        numbers = list(range(len(literals)))
        database.compile(list(literals), numbers, flags=[0] * len(literals), literal=True)
        return bytes(hyperscan.dumpb(database))

    digest = digest_record(list(literals)).hex()
    name = f"{digest}-{library_version('hyperscan')}"
    try:
        if kept:
            keep_only(kept, {name})
        compiled = remember(kept, name, compile_literals) if kept else compile_literals()
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
