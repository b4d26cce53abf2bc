"""Telephone numbers of Vietnam in a text: they become links, as addresses of mail do.

What is none must never become a link: numbers of documents, dates, amounts, accounts. So a number
has as many digits as the numbering plan says, behind a prefix that is in it. What was valid before
2017 cannot be called any more, and is none. The words before it may say that it is another one.
"""

import re

_PREFIX = (
    r"(?:\(0\d{2,3}\)|0\d{2,3}|1[89]00"
    r"|(?:\(\+84\)|\+84)[ .\xa0-]?(?:\(0\) ?)?(?:\(\d{2,3}\)|\d{2,3}))"
)
_REST = r"(?: ?[.-] ?|[ \xa0])?\d(?:[ .\xa0-]?\d){3,8}"
_UNIT = r"\s*(?:đồng|đ\b|triệu|tỷ|VN[DĐ]|USD|%)"
# As it is written. Nothing that belongs to a longer number or code stands before or behind.
WRITTEN = re.compile(
    rf"(?<![\w/.,+&=#@-])(?<!\d[ \xa0]){_PREFIX}{_REST}"
    rf"(?![\w@]|[.,-]\d|[ \xa0][1-9]|/[^\W\d]|-\w|{_UNIT})"
)
# The numbering plan: mobile numbers, those with a place (02), those that cost the same everywhere.
# "00" behind the first two digits begins the tax codes of provinces, and no telephone number.
_PLAN = re.compile(
    r"0(?!\d00)(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}|02\d{9}"
    r"|1[89]00(?!1[89]\d\d$|20\d\d$)(?:\d{4}|\d{6})"
)
# What else is numbered.
_OTHERS = re.compile(
    r"(?:tài khoản|stk|mã số|mst|cccd|cmnd|căn cước|hộ chiếu|số thẻ)[^.;\n\d]{0,30}$",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 50
# The first bytes of a number. Each pattern begins with one sign, which is found soonest.
_BEGINNING = re.compile(rb"0(?<![0-9]0)[235789][0-9]{1,2}\)?(?:[ .-]|\xc2\xa0){0,3}[0-9]")
_HOTLINE = re.compile(rb"1[89]00(?:[ .-]|\xc2\xa0){0,3}[0-9]")


def may_hold_telephones(encoded: bytes) -> bool:
    """Tell whether a text may hold a telephone number; ``encoded`` is the text in UTF-8."""
    return (
        b"+84" in encoded
        or _BEGINNING.search(encoded) is not None
        or _HOTLINE.search(encoded) is not None
    )


def find_number(text: str, start: int, written: str) -> str:
    """Return the digits to dial of a number in ``text``, or nothing where it is none.

    ``written`` is what :data:`WRITTEN` found at ``start``.
    """
    digits = re.sub(r"\(0\)|[^\d+]", "", written)
    if not _PLAN.fullmatch(re.sub(r"^\+84", "0", digits)):
        return ""
    before = text[max(0, start - _LONGEST_BEFORE) : start]
    return "" if _OTHERS.search(before) else digits
