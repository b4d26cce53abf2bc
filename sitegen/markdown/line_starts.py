"""How lines begin that people do not mean as a part of the paragraph above."""

import re

# A text editor seldom breaks lines behind this column, a word processor never: there, a line is a
# paragraph.
LONGEST_BROKEN_LINE = 120

# The bullets of word processors; the last ones are of their fonts for symbols.
BULLETS = "•▪●○◦‣\u2043■□➢❖✓\uf0a7\uf0b7\uf0d8\uf076\uf0fc"
# What begins a line of its own, and stays as it is written.
LABEL = re.compile(
    r"(?:[a-zđ]\)|[–—]|\d{1,3}/|\d{1,2}(?:\.\d{1,2})+\.?|[IVX]{1,5}[.)/]|\(\d{1,2}\))[^\S\n]+\S"
    r"|[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
)
