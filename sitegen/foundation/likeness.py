"""The names, among many, that are most like a wrong one.

To compare two names takes a tenth of a millisecond, and an archive has fifty thousand. So names are
found by the rare groups of three letters that they have in common, and only a few are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from sitegen.foundation.text import fold
from sitegen.model import Record

# So many names are looked at for what they have in common, and so many of these are compared.
_MOST_HOLDERS = 2_000
_MOST_COMPARED = 8
_LEAST_LIKENESS = 0.6


class NameIndex(Record, frozen=True):
    """Names to be searched: ``holders`` are the positions of the names that hold three letters."""

    names: tuple[str, ...]
    holders: Mapping[str, list[int]]


def index_names(names: Iterable[str]) -> NameIndex:
    """Return an index of ``names``, which are told apart by case alone in no case."""
    folded = tuple(sorted(set(map(fold, names))))
    holders: dict[str, list[int]] = defaultdict(list)
    for position, name in enumerate(folded):
        for letters in _split(name):
            holders[letters].append(position)
    return NameIndex(folded, dict(holders))


def find_like(index: NameIndex, name: str) -> str:
    """Return the name, in folded form, that is most like ``name``, or nothing."""
    import difflib

    wanted = fold(name)
    own = sorted((index.holders.get(letters, []) for letters in _split(wanted)), key=len)
    shared: Counter[int] = Counter()
    for holders in own:
        if shared and shared.total() + len(holders) > _MOST_HOLDERS:
            break
        shared.update(holders)
    compared = [index.names[position] for position, _ in shared.most_common(_MOST_COMPARED)]
    return next(iter(difflib.get_close_matches(wanted, compared, 1, _LEAST_LIKENESS)), "")


def _split(name: str) -> set[str]:
    """Return each three letters that follow each other; the ends of the name count as letters."""
    padded = f"\0{name}\0"
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
