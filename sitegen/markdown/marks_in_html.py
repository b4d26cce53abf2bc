"""Marks of Markdown that people write within HTML, as the HTML that they mean.

``<div align="center">**THÔNG BÁO**</div>``: in CommonMark, all up to a blank line is HTML, so that
the stars are shown. Nobody means that.
"""

import html
import re

from sitegen.markdown.html_tags import EMPTY, TAG

# Elements within a line: a mark may open before one and close behind it.
_WITHIN = r"</?(?:a|abbr|b|br|em|font|i|mark|s|small|span|strong|sub|sup|u)\b[^<>]*>"
_WORDS = rf"(?:[^*<>]|{_WITHIN})*?"
_MARKS = re.compile(
    rf"{TAG.pattern}"
    rf"|(?<![*\\])\*\*(?=[^\s*])(?P<bold>{_WORDS})(?<=[^\s*])\*\*(?!\*)"
    # One star may be a mark of its own, as in "5*" and "(*)".
    rf"|(?<![\w*\\])\*(?=[\w“\"])(?P<slanted>{_WORDS})(?<=[\w”\".!?])\*(?![\w*])"
    rf"|(?<!\\)(?P<picture>!?)\[(?P<label>(?:[^\[\]<>]|{_WITHIN})*)\]"
    r"\((?P<address>[^\s()<>\"]+)(?:[ ]+\"(?P<caption>[^\"<>]*)\")?\)"
)
_CODE = re.compile(r"<(?:pre|code|kbd|samp|tt)\b", re.IGNORECASE)


def convert_marks(block: str) -> str:
    """Return a block of HTML with bold and slanted words, links and pictures as HTML.

    >>> convert_marks('<p title="**">**Điều 1.** Xem [lịch](lich.md).</p>')
    '<p title="**"><strong>Điều 1.</strong> Xem <a href="lich.md">lịch</a>.</p>'
    """
    if _CODE.search(block) or not ("*" in block or "](" in block):
        return block
    return _MARKS.sub(_convert, block)


def _convert(found: re.Match[str]) -> str:
    if not _is_whole(found["bold"] or found["slanted"] or found["label"] or ""):
        return found[0]
    if found["bold"]:
        return f"<strong>{convert_marks(found['bold'])}</strong>"
    if found["slanted"]:
        return f"<em>{found['slanted']}</em>"
    if not found["address"]:
        return found[0]
    if not found["picture"]:
        return f'<a href="{found["address"]}">{convert_marks(found["label"])}</a>'
    alternative = html.escape(html.unescape(TAG.sub("", found["label"])))
    below = f"<br><em>{found['caption']}</em>" if found["caption"] else ""
    return f'<img alt="{alternative}" src="{found["address"]}">{below}'


def _is_whole(words: str) -> bool:
    """Tell whether each element that begins in ``words`` ends there, and no other one does."""
    opened: list[str] = []
    for tag in TAG.finditer(words):
        name = tag["name"].lower()
        if not tag["end"] and name not in EMPTY:
            opened.append(name)
        elif tag["end"] and (not opened or opened.pop() != name):
            return False
    return not opened
