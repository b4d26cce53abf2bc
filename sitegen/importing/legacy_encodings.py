"""Texts that were typed with the fonts of before Unicode: TCVN3 (ABC), VNI and VPS.

In such a text the characters are others than those that its font shows: ``§¶ng`` for ``Đảng``. It
is recognised by its words: as they stand they are no syllables of Vietnamese, and read in an old
encoding nearly all are. The tables were compared with those of two independent programs and, for
TCVN3, with that of the C library (docs/word.md).
"""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from sitegen.importing.syllables import is_syllable
from sitegen.model import Record

ENCODINGS = ("tcvn3", "vni", "vps")

# The letters in the order of the tables below: each with no tone, then with sắc, huyền, hỏi, ngã
# and nặng; đ comes last.
_VOWELS = "aâăeêoôơuưiy"
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
# One character for each letter, without those that ASCII has.
_TCVN3 = "¸µ¶·¹ ©ÊÇÈÉË ¨¾»¼½Æ ÐÌÎÏÑ ªÕÒÓÔÖ ãßáâä «èåæçé ¬íêëìî óïñòô \u00adøõö÷ù Ý×ØÜÞ ýúûüþ ®"
_TCVN3_CAPITALS = {"¡": "Ă", "¢": "Â", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư", "§": "Đ"}
_VPS = (
    "áàäãå âÃÀÄÅÆ æ¡¢£¤¥ éèÈëË ê\x89\x8a\x8bÍ\x8c óòÕõ\x86 ôÓÒ°\x87¶ Ö§©ª«® úùûÛø"
    " ÜÙØº»¿ íìÌïÎ \x9aÿ\x9bÏ\x9c Ç"
)
_VPS_CAPITALS = {
    "Á": "Á", "\x80": "À", "\x81": "Ả", "\x82": "Ã", "Â": "Â", "\x83": "Ấ", "\x84": "Ầ",
    "\x85": "Ẩ", "\x88": "Ă", "\x8d": "Ắ", "\x8e": "Ằ", "\x8f": "Ẳ", "É": "É", "Ê": "Ê",
    "\x90": "Ế", "\x93": "Ề", "\x94": "Ể", "\x95": "Ễ", "Ô": "Ô", "\x96": "Ố", "\x97": "Ồ",
    "\x98": "Ổ", "\x99": "Ỗ", "\x9d": "Ớ", "\x9e": "Ờ", "\x9f": "Ở", "Ú": "Ú", "Ý": "Ý",
    "ñ": "Đ", "ð": "Ẵ", "×": "È", "Þ": "Ẻ", "þ": "Ẽ", "¹": "Ó", "¼": "Ò", "½": "Ỏ", "¾": "Õ",
    "÷": "Ơ", "¦": "Ỡ", "¨": "Ù", "Ñ": "Ủ", "¬": "Ũ", "Ð": "Ư", "\u00ad": "Ứ", "¯": "Ừ", "±": "Ử",
    "´": "Í", "µ": "Ì", "·": "Ỉ", "¸": "Ĩ", "²": "Ỳ", "ý": "Ỷ", "³": "Ỹ",
}  # fmt: skip
# A letter is followed by its marks; these are alone.
_VNI_MARKS = {
    "a": "ùøûõï âáàåãä êéèúüë",
    "e": "ùøûõï âáàåãä",
    "o": "ùøûõï âáàåãä",
    "ô": "ùøûõï",
    "u": "ùøûõï",
    "ö": "ùøûõï",
    "y": "ùøûõ",
}
_VNI_BASES = {"a": "aâă", "e": "eê", "o": "oô", "ô": "ơ", "u": "u", "ö": "ư", "y": "y"}
_VNI_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
# Word has punctuation of its own where Windows' code page has these bytes.
_PUNCTUATION = "‘’“”•–—…"
_LETTER = re.compile("[A-Za-z]")
_SPLIT = re.compile(rf"[\x00-\x40\[-`{{-\x7f\s{_PUNCTUATION}]+")

_LEAST_WORDS = 2
_SURE = 0.75
_FEW = 0.25


class LegacyFont(Record, frozen=True):
    """What a font says of the text in it: the encoding, and whether its small letters are large."""

    encoding: str
    capitals: bool = False


def find_font(name: str) -> LegacyFont | None:
    """Return what a font with this name says of its text, or nothing.

    >>> find_font(".VnTimeH")
    LegacyFont(encoding='tcvn3', capitals=True)
    """
    folded = name.strip("'\" ").lower()
    if folded.startswith(".vn"):
        return LegacyFont("tcvn3", folded.rstrip("0123456789 ").endswith("h"))
    if folded.startswith(("vni-", "vni ")):
        return LegacyFont("vni")
    if folded.startswith(("vps ", "vps-")):
        return LegacyFont("vps")
    return None


def convert(text: str, encoding: str, *, capitals: bool = False) -> str:
    """Return a text that was typed in an old encoding in Unicode.

    >>> convert("§¶ng bé, céng hoµ", "tcvn3")
    'Đảng bộ, cộng hoà'
    """
    table, pattern = _read_table(encoding)
    converted = pattern.sub(lambda found: table[found[0]], unicodedata.normalize("NFC", text))
    converted = unicodedata.normalize("NFC", converted)
    return converted.upper() if capitals else converted


def recognise(text: str) -> str:
    """Return the old encoding in which a text was typed, or nothing.

    Its words tell: those that are no syllables as they stand, and are some in that encoding. VPS
    writes many letters as Unicode does, so some words are the same in both.
    """
    words = _list_words(text)
    wrong = [each for each in words if not is_syllable(each)]
    if len(wrong) < max(_LEAST_WORDS, _FEW * len(words)):
        return ""
    scores = {
        each: sum(is_syllable(convert(word, each)) for word in wrong) / len(wrong)
        for each in ENCODINGS
    }
    best = max(scores, key=lambda each: scores[each])
    return best if scores[best] >= _SURE else ""


def recognise_paragraphs(paragraphs: Iterable[str]) -> str:
    """Return the old encoding in which most of those paragraphs were typed that are in one.

    A document may be pasted together from old texts and new ones. Paragraphs that are too short to
    tell are taken together.
    """
    every = [each for each in paragraphs if each]
    found = Counter[str]()
    for each in every:
        if encoding := recognise(each):
            found[encoding] += len(_list_words(each))
    return found.most_common(1)[0][0] if found else recognise(" ".join(every))


def is_unicode(text: str) -> bool:
    """Tell whether a text is Vietnamese in Unicode: a letter shows it that no old text has."""
    composed = unicodedata.normalize("NFC", text)
    words = _list_words(composed)
    own = [each for each in words if any(letter in _OWN_LETTERS for letter in each)]
    return bool(own) and sum(map(is_syllable, own)) >= _SURE * len(own)


def _list_words(text: str) -> list[str]:
    """Return the words of a text that have a letter of ASCII and another character."""
    composed = unicodedata.normalize("NFC", text)
    return [each for each in _SPLIT.split(composed) if not each.isascii() and _LETTER.search(each)]


@functools.cache
def _read_table(encoding: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the letters by how an encoding writes them, and what finds these, longest first."""
    make = {"tcvn3": _make_tcvn3, "vni": _make_vni, "vps": _make_vps}[encoding]
    table = make()
    longest_first = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, longest_first)))


def _make_tcvn3() -> dict[str, str]:
    return dict(zip(_TCVN3.replace(" ", ""), _list_letters(), strict=True)) | _TCVN3_CAPITALS


def _make_vps() -> dict[str, str]:
    table = _VPS_CAPITALS | dict(zip(_VPS.replace(" ", ""), _list_letters(), strict=True))
    seen = {}
    for written in table:
        shown = _show_as_windows(written)
        if shown not in _PUNCTUATION:
            seen[shown] = table[written]
    return table | seen


def _make_vni() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for base, groups in _VNI_MARKS.items():
        for letter, marks in zip(_VNI_BASES[base], groups.split(), strict=True):
            tones = _TONES if len(marks) == len(_TONES) else _TONES[1:]
            for mark, tone in zip(marks, tones, strict=False):
                table[base + mark] = unicodedata.normalize("NFC", letter + tone)
    table |= {"ô": "ơ", "ö": "ư"}
    capitals = {written.upper(): letter.upper() for written, letter in table.items()}
    # Many write a capital with the mark of a small letter.
    mixed = {written.capitalize(): letter.upper() for written, letter in table.items()}
    return mixed | capitals | table


def _list_letters() -> list[str]:
    letters = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES]
    return [each for each in letters if not each.isascii()] + ["đ"]


def _show_as_windows(character: str) -> str:
    """Return how Windows' Western code page shows a byte, where it shows it otherwise."""
    return character.encode("latin-1").decode("cp1252", "ignore") or character


_OWN_LETTERS = frozenset(
    letter for small in _list_letters() for letter in (small, small.upper()) if letter > "\xff"
)
