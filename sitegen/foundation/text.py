"""Vietnamese text: one normal form, slugs, the order of names.

Without this module, one word in two encodings of Unicode would be two words, ``đ`` would be lost
from addresses, and ``Đặng`` would be sorted after ``Zung``.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable

from sitegen.foundation.words import VIETNAMESE, is_english

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
# Letters of TCVN3 and VNI look like this inside a word when they are read as Latin-1.
_LEGACY_SIGN = re.compile("[§¶µ®¬\u00ad¸¹¨©ª«¾]")  # noqa: RUF001
_LEGACY_WORD = re.compile(
    "(?<![a-z])(?:[a-z]*[§¶µ®¬\u00ad¸¹¨©Êª«¾]+[a-z]+|[a-z]+[§¶µ®¬\u00ad¸¹¨©ª«¾]+)"  # noqa: RUF001
)
_LONGEST_SLUG = 100
# Each letter with each tone, and typographic signs, as they are written in a slug.
_PLAIN = str.maketrans(
    {
        written: "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
        for letter in _ALPHABET
        for tone in ("", *_TONES)
        for written in unicodedata.normalize(
            "NFC", f"{letter}{tone} {letter.upper()}{tone}"
        ).split()
        if len(written) == 1
    }
    | dict.fromkeys("‘’", "")
    | dict.fromkeys("“”–—…\N{NO-BREAK SPACE}", "-")
)
_NUMBER_COMMA = re.compile(r"(?<=\d),(?=\d)")
_NO_WORD = re.compile(r"[^a-z0-9]+")
# How editors write that a text was taken over.
_ACCORDING = re.compile(r"^(?:theo|nguồn)(?::\s*|\s+)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
# What can be a syllable of Vietnamese, without its marks: nearly no abbreviation is one.
_SYLLABLE = re.compile(
    "(?:ngh?|[cgknpt]h|gi|qu|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)

# The parts of addresses that editors write themselves.
SLUG_FORM = "[a-z0-9]+(-[a-z0-9]+)*"
LONGEST_SLUG = 120

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
    normal = normalise(text)
    slug = _slugify_vietnamese(normal)
    if slug is None:
        import slugify as python_slugify

        slug = python_slugify.slugify(normal, max_length=_LONGEST_SLUG, word_boundary=True)
    return slug


def _slugify_vietnamese(text: str) -> str | None:
    """Return the slug of short Vietnamese text, or ``None`` for any other text.

    It equals the slug that the library makes, in a fraction of the time.
    """
    plain = text.translate(_PLAIN)
    if not plain.isascii() or "&" in plain:
        return None
    slug = _NO_WORD.sub("-", _NUMBER_COMMA.sub("", plain.lower())).strip("-")
    return slug if len(slug) < _LONGEST_SLUG else None


def fold(text: str) -> str:
    """Return one form for all spellings that differ only in case, space or normal form."""
    return " ".join(normalise(text).casefold().split())


def sort_key(text: str) -> SortKey:
    """Return the key that sorts names as a Vietnamese reader expects.

    Names are sorted by their letters in the order of the alphabet (a ă â b c d đ …), then by their
    tones (ngang, huyền, hỏi, ngã, sắc, nặng), then lower case before upper: the order of the
    Unicode collation for ``vi``.
    """
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    for character in normalise(text):
        letter, tone = _split_tone(character)
        if letter in _RANKS:
            letters.append((2, _RANKS[letter]))
        elif letter:
            kind = character.isalnum() + (2 if character.isalpha() else 0)
            letters.append((kind, ord(letter[0])))
        tones.append(_TONES.get(tone, 0))
    return tuple(letters), tuple(tones), normalise(text).swapcase()


def find_initial(text: str) -> str:
    """Return the letter under which a Vietnamese reader looks for a name, without its tone: ``Â``.

    Return an empty text if the name does not begin with a letter of the Vietnamese alphabet.
    """
    letter, _ = _split_tone(normalise(text)[:1])
    return letter.upper() if letter in _RANKS else ""


def _split_tone(character: str) -> tuple[str, str]:
    """Return a character in lower case and without its tone, and the mark of the tone."""
    marks = unicodedata.normalize("NFD", character.lower())
    tone = next((mark for mark in marks if mark in _TONES), "")
    return unicodedata.normalize("NFC", marks.replace(tone, "")), tone


def find_bidirectional(text: str) -> str:
    """Return the name of the first character that overrides the direction of text, or ``""``."""
    # Nearly every text can be printed as a whole, which takes an eighth of the time to see.
    found = None if text.isprintable() else _BIDIRECTIONAL.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def find_legacy(text: str) -> str:
    """Return a word that looks like TCVN3 or VNI read as Latin-1, or an empty text.

    Such text is valid Unicode, so no other check finds it.
    """
    if text.isascii():
        return ""
    # Where only one of the signs occurs, it is a unit or a trade mark (µm, Intel®).
    found = _LEGACY_WORD.search(text) if len(set(_LEGACY_SIGN.findall(text))) > 1 else None
    return found[0] if found else ""


def shorten(text: str, words: int) -> str:
    """Return at most the first ``words`` words of ``text``, with an ellipsis where it was cut."""
    parts = text.split()
    if len(parts) <= words:
        return " ".join(parts)
    return " ".join(parts[:words]).rstrip(".,;:–-") + "…"


def take_first_words(text: str, length: int) -> str:
    """Return the first words of ``text`` that have at most ``length`` characters together."""
    first, *rest = text.split() or [""]
    taken = first[:length]
    for word in rest:
        if len(taken) + 1 + len(word) > length:
            break
        taken += f" {word}"
    return taken


def format_number(number: int, language: str = VIETNAMESE) -> str:
    """Return a whole number as Vietnamese writes it, ``3.150.444``, or English: ``3,150,444``."""
    return f"{number:,}" if is_english(language) else f"{number:,}".replace(",", ".")


def read_number(text: str) -> int:
    """Return the number that :func:`format_number` wrote; no text is no number, which is 0."""
    return int(text.replace(".", "").replace(",", "") or 0)


def format_size(size: int) -> str:
    """Return a size in bytes for people: ``845 byte``, ``120 KB``, ``1,4 MB``."""
    if size < 1000:  # noqa: PLR2004 (the step between the units)
        return f"{size} byte"
    if size < 1_000_000:  # noqa: PLR2004
        return f"{round(size / 1000)} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def translate_size(size: str, language: str) -> str:
    """Return a size that :func:`format_size` wrote, and the pages before it, in a language.

    >>> translate_size("PDF, 3 trang, 1,4 MB", "en"), translate_size("PDF, 1 trang, 9 KB", "en")
    ('PDF, 3 pages, 1.4 MB', 'PDF, 1 page, 9 KB')
    """
    if not is_english(language):
        return size
    pages = re.sub(r"\b(\d+) trang\b", r"\1 pages", size).replace(" 1 pages", " 1 page")
    pages = re.sub(r"\bbyte\b", "bytes", pages)
    return re.sub(r"(?<=\d),(?=\d)", ".", pages)


def make_telephone_url(number: str) -> str:
    """Return a telephone number, written for people, as an address (RFC 3966)."""
    return f"tel:{re.sub(r'[^0-9+]', '', number)}"


def name_for_machines(name: str) -> str:
    """Return a name as machines are told it: not in capitals, and without ``Theo``.

    >>> name_for_machines("THU HÀ"), name_for_machines("Theo TTXVN"), name_for_machines("P.V")
    ('Thu Hà', 'TTXVN', 'P.V')
    """
    bare = _ACCORDING.sub("", name) or name
    if not bare.isupper():
        return bare
    return _LETTERS.sub(lambda found: _lower_syllable(found[0]), bare)


def _lower_syllable(word: str) -> str:
    """Return a word in capitals with its first alone, unless it is an abbreviation."""
    plain = word.translate(_PLAIN).lower()
    return word.capitalize() if _SYLLABLE.fullmatch(plain) else word


def find_nearest(name: str, names: Iterable[str]) -> str:
    """Return the one of ``names`` most like ``name``, or nothing."""
    import difflib

    folded = {fold(each): each for each in names}
    closest = difflib.get_close_matches(fold(name), list(folded), n=1, cutoff=0.6)
    return folded[closest[0]] if closest else ""
