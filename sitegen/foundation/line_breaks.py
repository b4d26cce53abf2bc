"""Where a line of a headline may end: not inside a compound or a name, and not before a lone sign.

Vietnamese writes a space between all syllables, so a browser breaks lines inside words as well
(``kết / nạp``). Spaces that hold a compound together become U+00A0, which every browser and every
program that draws text understands, which costs one byte, and which Chromium and Safari copy as a
plain space. Only what people look at is bound: titles of pages, feeds, the index of the search and
what is told to machines keep their spaces.

What is bound depends on the headline alone, so no other text can make a page outdated.
"""

import functools

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# A unit that is longer might not have room on the narrowest phone.
_LONGEST = 17
_LONE_SIGNS = frozenset("–—-/,.;:!?)”’%&")
_OPENING = "“‘\"'(["
_CLOSING = "”’\"',.;:!?)]…"
_FAMILY_NAMES = frozenset(
    "bùi cao châu chu dương đàm đặng đinh đoàn đỗ giang hà hoàng hồ huỳnh khổng kiều la lâm lê lý "
    "lương lưu mai nghiêm ngô nguyễn ninh nông ông phan phạm phùng quách tạ tăng thái tô tôn tống "
    "trần triệu trịnh trương từ văn võ vũ".split()
)
# The two ways to place a mark of tone, and the two letters for one sound.
_TONES = (
    *(("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"), ("òe", "oè")),
    *(("óe", "oé"), ("ỏe", "oẻ"), ("ọe", "oẹ"), ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ")),
    *(("ũy", "uỹ"), ("ụy", "uỵ")),
)
_SOUNDS = tuple(
    (f"{first}{y}", f"{first}{i}")
    for first in ("h", "k", "l", "m", "qu", "s", "t")
    for y, i in zip("yỳýỷỹỵ", "iìíỉĩị", strict=True)
)
_TURNED = {one: (other,) for pair in _SOUNDS for one, other in (pair, pair[::-1])}


@functools.lru_cache(maxsize=4096)
def bind_words(text: str) -> str:
    """Return ``text`` with U+00A0 where a line must not break. All other characters stay."""
    words = text.split(" ")
    if len(words) < 2:  # noqa: PLR2004
        return text
    bound = _find_compounds(words)
    if not text.isupper():
        _add_names(words, bound)
    for place, word in enumerate(words[1:]):
        if word in _LONE_SIGNS:
            bound[place] = 1
    joined = [
        f"{word}{NO_BREAK_SPACE if one else ' '}" for word, one in zip(words, bound, strict=True)
    ]
    return "".join(joined)[:-1]


def _find_compounds(words: list[str]) -> bytearray:
    """Return for each word whether a compound goes on after it.

    Where compounds overlap, those are chosen that bind most: ``học sinh học`` is ``học sinh``.
    """
    (known, begun), count = _load_compounds(), len(words)
    bare = [word.casefold() for word in words]
    ends = [word.rstrip(_CLOSING) for word in bare]
    # What is bound at most from a word on, and how many spaces are in the compound beginning there.
    most, taken = [0] * (count + 2), bytearray(count)
    for place in range(count - 2, -1, -1):
        most[place] = most[place + 1]
        first = bare[place].lstrip(_OPENING)
        two = f"{first} {ends[place + 1]}"
        if two in known and most[place + 2] + 1 >= most[place]:
            most[place], taken[place] = most[place + 2] + 1, 1
        # Hardly any compound has three syllables, so they are not looked for at every word.
        if two in begun and place + 2 < count:
            three = f"{first} {bare[place + 1]} {ends[place + 2]}"
            if three in known and most[place + 3] + 2 >= most[place]:
                most[place], taken[place] = most[place + 3] + 2, 2
    bound, place = bytearray(count), 0
    while place < count:
        more = taken[place]
        bound[place : place + more] = b"\1" * more
        place += more + 1
    return bound


def _add_names(words: list[str], bound: bytearray) -> None:
    """Bind names: syllables in capitals that belong to no compound, two by two from the last one.

    A person's name is bound as a whole, from the family name on.
    """
    end = len(words)
    while end > 1:
        start = end - 1
        while start > 0 and _continues_name(words, bound, start):
            start -= 1
        first = next((each for each in range(start, end - 1) if _is_person(words[each:end])), end)
        bound[first : end - 1] = b"\1" * (end - 1 - first)
        for place in range(min(first, end) - 2, start - 1, -2):
            bound[place] = 1
        end = min(end - 1, start)


def _is_person(name: list[str]) -> bool:
    """Tell whether a name begins with a family name, and has room as a whole."""
    family = name[0].lstrip(_OPENING).casefold() in _FAMILY_NAMES
    return family and len(" ".join(name)) <= _LONGEST


def _continues_name(words: list[str], bound: bytearray, place: int) -> bool:
    """Tell whether the word at ``place`` and the one before it may be of one name."""
    before, word = words[place - 1].lstrip(_OPENING), words[place].rstrip(_CLOSING)
    is_free = not bound[place] and not bound[place - 1] and not (place > 1 and bound[place - 2])
    return is_free and before.isalpha() and before.istitle() and word.isalpha() and word.istitle()


@functools.cache
def _load_compounds() -> tuple[frozenset[str], frozenset[str]]:
    """Return all compounds, in each way of writing them, and the beginnings of long ones.

    A long one has three syllables; its first two are its beginning.
    """
    from sitegen.foundation.compounds import COMPOUNDS

    listed = " ".join(COMPOUNDS.split()).split(", ")
    known = {*listed}
    for new, old in _TONES:
        known.update([each.replace(new, old) for each in listed if new in each])
    for each in tuple(known):
        first, _, rest = each.partition(" ")
        known.update([f"{other} {rest}" for other in _TURNED.get(first, ())])
        before, _, last = each.rpartition(" ")
        known.update([f"{before} {other}" for other in _TURNED.get(last, ())])
    begun = {each.rpartition(" ")[0] for each in known if each.count(" ") > 1}
    return frozenset(known), frozenset(begun)
