"""How many entries of a menu one row has room for: estimated, because no browser is asked."""

import unicodedata
from collections.abc import Iterable

from sitegen.views import MenuItem

# The width of a letter in ems, as sans-serif fonts have it in semi-bold.
_WIDTHS = {
    letter: width
    for width, letters in (
        (0.25, " "),
        (0.3, "ijlI.,:;'|!"),
        (0.43, "frt1()"),
        (0.52, "Jsz/"),
        (0.6, "ehknuvxy7-"),
        (0.76, "ACDHNUVX&"),
        (0.84, "GOQ"),
        (0.9, "mwM"),
        (1.04, "W"),
    )
    for letter in letters
}
# Most other small letters and digits, most other capitals, and letters of other scripts.
_SMALL, _CAPITAL, _OTHER = 0.67, 0.7, 1.0
_LAST_OF_LATIN = "\u024f"


def count_in_row(
    items: Iterable[MenuItem], room: float, gap: float, toggle: float, more: float
) -> int:
    """Return how many of ``items``, from the first on, stand in a row that is ``room`` wide.

    An entry takes a ``gap`` besides its words, and one with entries below it a ``toggle``. Where
    there is no room for all, the row ends in something that is as wide as ``more``. All widths are
    in ems.
    """
    fitting = count = 0
    end = 0.0
    for count, item in enumerate(items, 1):
        end += _measure(item.title) + gap + (toggle if item.children else 0)
        if end <= room - more:
            fitting = count
    return count if end <= room else fitting


def _measure(text: str) -> float:
    return sum(map(_measure_letter, text))


def _measure_letter(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    if base > _LAST_OF_LATIN and base.isalpha():
        return _OTHER
    return _CAPITAL if base.isupper() else _SMALL
