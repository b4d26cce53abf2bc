"""Vietnamese text: one normal form, slugs, the order of names.

What goes wrong without this module: the same word in two spellings of Unicode is two words, ``đ``
disappears from addresses, and ``Đặng`` sorts behind ``Zung``.
"""

import functools
import re
import unicodedata

import slugify as python_slugify

_ETH, _SMALL_ETH = "\N{LATIN CAPITAL LETTER ETH}", "\N{LATIN SMALL LETTER ETH}"
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {
    "\N{COMBINING GRAVE ACCENT}": 1,
    "\N{COMBINING HOOK ABOVE}": 2,
    "\N{COMBINING TILDE}": 3,
    "\N{COMBINING ACUTE ACCENT}": 4,
    "\N{COMBINING DOT BELOW}": 5,
}
_RANKS = {letter: rank for rank, letter in enumerate(_ALPHABET)}
_BIDIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What letters of TCVN3 and VNI become when they are read as Latin-1, inside a word.
_LEGACY_SIGN = re.compile("[§¶µ®¬\u00ad¸¹¨©ª«¾]")  # noqa: RUF001
_LEGACY_WORD = re.compile(
    "(?<![a-z])(?:[a-z]*[§¶µ®¬\u00ad¸¹¨©Êª«¾]+[a-z]+|[a-z]+[§¶µ®¬\u00ad¸¹¨©ª«¾]+)"  # noqa: RUF001
)
_LONGEST_SLUG = 100

SortKey = tuple[tuple[tuple[int, int], ...], tuple[int, ...], str]


def normalise(text: str) -> str:
    """Return ``text`` in NFC with the letter ETH, which some keyboards type for Đ, replaced.

    NFC is the normal form of Unicode Standard Annex 15; NFKC would destroy ``…`` and ``½``.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).replace(_ETH, "Đ").replace(_SMALL_ETH, "đ")


@functools.lru_cache(maxsize=200_000)
def slugify(text: str) -> str:
    """Return the part of an address made from ``text``: a-z, 0-9 and hyphens, or nothing."""
    return python_slugify.slugify(normalise(text), max_length=_LONGEST_SLUG, word_boundary=True)


@functools.lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return what two spellings have in common that differ by case, space or normal form alone."""
    return " ".join(normalise(text).casefold().split())


def sort_key(text: str) -> SortKey:
    """Return the key that sorts names as a Vietnamese reader expects.

    First the letters in the order of the alphabet (a ă â b c d đ …), then the tones (ngang, huyền,
    hỏi, ngã, sắc, nặng), then lower case before upper: the Unicode collation's order for ``vi``.
    """
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    for character in normalise(text):
        marks = unicodedata.normalize("NFD", character.lower())
        tone = next((mark for mark in marks if mark in _TONES), "")
        letter = (
            unicodedata.normalize("NFC", marks.replace(tone, "")) if tone else character.lower()
        )
        if letter in _RANKS:
            letters.append((2, _RANKS[letter]))
        elif letter:
            letters.append(
                (character.isalnum() + (2 if character.isalpha() else 0), ord(letter[0]))
            )
        tones.append(_TONES.get(tone, 0))
    return tuple(letters), tuple(tones), normalise(text).swapcase()


def find_bidirectional(text: str) -> str:
    """Return the name of the first character that overrides the direction of text, or nothing."""
    found = _BIDIRECTIONAL.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def find_legacy(text: str) -> str:
    """Return a word that looks like TCVN3 or VNI read as Latin letters, or nothing.

    Such text is valid Unicode, so nothing else would notice it.
    """
    if text.isascii():
        return ""
    # One sign alone is a unit or a trade mark (µm, Intel®).
    found = _LEGACY_WORD.search(text) if len(set(_LEGACY_SIGN.findall(text))) > 1 else None
    return found[0] if found else ""


def shorten(text: str, words: int) -> str:
    """Return at most the first ``words`` words of ``text``, with an ellipsis where it was cut."""
    parts = text.split()
    if len(parts) <= words:
        return " ".join(parts)
    return " ".join(parts[:words]).rstrip(".,;:–-") + "…"


def format_number(number: int) -> str:
    """Return a whole number as Vietnamese writes it: ``3.150.444``."""
    return f"{number:,}".replace(",", ".")


def format_size(size: int) -> str:
    """Return a size in bytes for people: ``845 byte``, ``120 KB``, ``1,4 MB``."""
    if size < 1000:  # noqa: PLR2004 (the step between the units)
        return f"{size} byte"
    if size < 1_000_000:  # noqa: PLR2004
        return f"{round(size / 1000)} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
