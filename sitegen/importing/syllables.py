"""Syllables of Vietnamese: whether a word could be one, as it is spelled.

Vietnamese has few syllables, and all are built alike: a beginning, a rhyme, a tone. So it can be
told from its letters alone whether a text is Vietnamese, without a list of words.
"""

import unicodedata

_ONSETS = frozenset(
    ("", *"b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x".split())
)
_LONGEST_ONSET = 3
_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay
    ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet
    oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc ui um un ung up ut uê uêch uênh uơ uôc uôi uôm uôn uông uôt
    uy uya uych uyên uyêt uynh uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """.split()
)
_TONES = str.maketrans(
    dict.fromkeys(
        (
            "\N{COMBINING GRAVE ACCENT}",
            "\N{COMBINING ACUTE ACCENT}",
            "\N{COMBINING HOOK ABOVE}",
            "\N{COMBINING TILDE}",
            "\N{COMBINING DOT BELOW}",
        ),
        "",
    )
)
_LONGEST = 7


def is_syllable(word: str) -> bool:
    """Tell whether ``word`` is spelled as a syllable of Vietnamese.

    >>> [is_syllable(each) for each in ("Nghiêng", "quý", "été", "Hång")]
    [True, True, False, False]
    """
    if len(word) > _LONGEST:
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    bare = decomposed.translate(_TONES)
    if len(decomposed) - len(bare) > 1:
        return False
    letters = unicodedata.normalize("NFC", bare)
    return any(
        letters[:length] in _ONSETS and letters[length:] in _RHYMES
        for length in range(min(_LONGEST_ONSET, len(letters)) + 1)
    )
