"""The codes of languages (BCP 47): which there are, and which one somebody means."""

import re

# As far as anybody needs it: a language, and what is said of it.
FORM = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
# The languages that have a code of two letters (ISO 639-1); of three letters there are thousands.
_SHORT = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy"
    " da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu"
    " hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb"
    " lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om"
    " or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw"
    " ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh"
    " zu".split()
)
# What is written by those who think of the country or of a longer code.
_MEANT = {
    "vn": "vi",
    "vie": "vi",
    "eng": "en",
    "us": "en",
    "gb": "en",
    "cn": "zh",
    "zho": "zh",
    "jp": "ja",
    "jpn": "ja",
    "kr": "ko",
    "kor": "ko",
    "kh": "km",
}


def is_language(text: str) -> bool:
    """Tell whether ``text`` is the code of a language, the shortest that it has."""
    code = text.partition("-")[0]
    known = code in _SHORT if len(code) == len("vi") else code not in _MEANT
    return known and re.fullmatch(FORM, text) is not None


def find_meant_language(text: str) -> str:
    """Return the code that ``text`` most likely stands for."""
    code = re.split("[-_ ]", text.lower())[0]
    return code if code in _SHORT else _MEANT.get(code, "vi")
