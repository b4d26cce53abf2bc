"""How lines begin that people do not mean as a part of the paragraph above."""

import re

# A text editor seldom breaks lines behind this column, a word processor never: there, a line is a
# paragraph.
LONGEST_BROKEN_LINE = 120

# The bullets of word processors; the last ones are of their fonts for symbols.
BULLETS = "•▪●○◦‣\u2043■□➢❖✓\uf0a7\uf0b7\uf0d8\uf076\uf0fc"
# The parts of a decision or a report, which are no part of a list above them.
_PART = r"(?:(?:Điều|Chương|Mục|Phần)[^\S\n]+(?:\d{1,3}|[IVX]{1,5})[.:]|[IVX]{1,5}[.)/])"
CHAPTER = re.compile(rf"(?:\*\*)?{_PART}[^\S\n]+\S")
# What begins a line of its own, and stays as it is written; the hours are of a programme.
LABEL = re.compile(
    r"(?:[a-zđ]\)|\(?(?:[^\W\d_]|[ivx]{1,5})[.)](?=\t)|[–—]|\d{1,3}/|\d{1,2}(?:\.\d{1,2})+\.?|\(\d{1,2}\)|\[\d{1,2}\]"
    rf"|\d{{1,2}}[h:]\d{{0,2}}[^\S\n]*[-–:]|{_PART})[^\S\n]+\S"
    r"|[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
)
