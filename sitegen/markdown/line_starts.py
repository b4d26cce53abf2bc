"""How lines begin that people do not mean as a part of the paragraph above."""

import re

# A text editor seldom breaks lines behind this column, a word processor never: there, a line is a
# paragraph.
LONGEST_BROKEN_LINE = 120

# The bullets of word processors; the last ones are of their fonts for symbols.
BULLETS = "•▪●○◦‣\u2043■□➢❖✓\uf0a7\uf0b7\uf0d8\uf076\uf0fc"
# The parts of a decision or a report, which are no part of a list above them.
_PART = r"(?:(?:Điều|Chương|Mục|Phần)[^\S\n]+(?:\d{1,3}|[IVX]{1,5})[.:]|[IVX]{1,5}(?:[.)/]|\.?-))"
# For whom somebody signs, above his post and his name: "T/M ĐẢNG ỦY".
_SIGNED_FOR = r"(?:T[/.]?M|K[/.]?T|T[/.]?L|T[/.]?U[/.]?Q)\.?(?=[^\S\n]+[^\W\d_a-z])"
SIGNATURE = re.compile(rf"(?:\*\*)?{_SIGNED_FOR}")
CHAPTER = re.compile(rf"(?:\*\*)?(?:{_PART}|{_SIGNED_FOR})[^\S\n]+\S")
# The hours of a programme: "7h30", "07:30", "8 giờ".
_HOUR = r"\d{1,2}(?:[hg:]\d{0,2}|[^\S\n]*giờ(?:[^\S\n]+\d{1,2})?)[^\S\n]*"
# What begins a line of its own, and stays as it is written.
LABEL = re.compile(
    r"(?:[a-zđ](?:[)/]|\.?-)|\(?(?:[^\W\d_]|[ivx]{1,5})[.)](?=\t)|[–—]"
    r"|\d{1,3}(?:/|\.?-)|\d{1,2}(?:\.\d{1,2})+(?:\.?-|\.)?|\(\d{1,2}\)|\[\d{1,2}\]"
    rf"|{_HOUR}(?:[-–][^\S\n]*{_HOUR})?[-–:]|(?:Khoản|Điểm|Câu|Bước)[^\S\n]+\d{{1,3}}[.:]|{_PART}|{_SIGNED_FOR})[^\S\n]+\S"
    r"|[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
)
