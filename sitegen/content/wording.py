"""Slips in the words of a field: marks that only a body can have, names that are written as one."""

import html
import re

_QUOTES = {"“": "”", "„": "“”", "‘": "’", "«": "»", "″": "″"}
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^][]+)]\((?:https?:|/|www\.)[^()\s]*\)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Between two names of one list, and between those of two persons in one text.
_BETWEEN_ITEMS = re.compile(r"\s*;\s*|,\s+")
_BETWEEN_PERSONS = re.compile(r"\s*[,;&/+]\s*|\s+(?:và|[-–—])\s+")
_SIGNS_BETWEEN = frozenset(",;&/+-–—")
_LONGEST_NAME = 5
# With these begins who somebody is or where, in whatever letters it is written, and not a name.
_NO_PERSON = frozenset(
    "ban báo biên bí bộ bài bch btc btg btv chi chủ cán công cục cổng cộng cơ ctv của giám hiệu học"
    " hội huyện hđnd khoa khối khu lãnh liên mttq ngành nguồn nhà nhóm phó phòng phóng phường pv"
    " quận sở tạp theo thành thông thư thường thị tin tỉnh tòa toà tổ tổng trang trung truyền"
    " trưởng trường ttxvn ubmttq ubnd viện vov vtv văn xã ảnh đài đảng đoàn đơn đảo ủy uỷ".split()
)


def strip_quotes(text: str) -> str:
    """Return ``text`` without the typographic quotes around the whole of it, or nothing."""
    within = text[1:-1].strip()
    ends = _QUOTES.get(text[:1])
    if not ends or not within or text[-1] not in ends or set(within) & {text[0], text[-1]}:
        return ""
    return within


def strip_marks(text: str) -> str:
    """Return ``text`` without marks of HTML and Markdown, or nothing where it has none."""
    from sitegen.markdown.html_tags import TAG, is_tag

    lowered = text.lower()
    plain = TAG.sub(lambda tag: "" if is_tag(tag[0], lowered) else tag[0], text)
    plain = _LINK.sub(r"\1", _EMPHASIS.sub(r"\2", plain))
    plain = " ".join(_ENTITY.sub(lambda found: html.unescape(found[0]), plain).split())
    return plain if plain != text else ""


def split_items(text: str) -> tuple[str, ...]:
    """Return the items that one item of a list holds, or nothing where it is one."""
    if ";" not in text and "," not in text:
        return ()
    items = tuple(filter(None, _BETWEEN_ITEMS.split(text)))
    return items if len(items) > 1 else ()


def split_persons(text: str) -> tuple[str, ...]:
    """Return the names of the persons where ``text`` clearly names several, or nothing.

    Each part must be what a person may be called: some words that begin with capitals. So an
    office, a post, a place of work or an abbreviation is none.
    """
    if " và " not in text and _SIGNS_BETWEEN.isdisjoint(text):
        return ()
    names = tuple(filter(None, _BETWEEN_PERSONS.split(text)))
    return names if len(names) > 1 and all(map(_is_person, names)) else ()


def _is_person(name: str) -> bool:
    words = name.replace(".", "").split()
    if not 0 < len(words) <= _LONGEST_NAME or words[0].lower() in _NO_PERSON:
        return False
    if len(words) == 1 and words[0].isupper():
        return False
    return all(word.isalpha() and word[0].isupper() for word in words)
