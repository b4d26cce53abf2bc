"""Tables of prose: every line between pipes, every row with as many cells as the head.

The HTML is that of Python-Markdown with its extension ``tables`` and the changes of
:mod:`sitegen.markdown.python_markdown`.
"""

import re
from collections.abc import Callable

from sitegen.markdown.prose_inline import NotProseError

TABLE_NAME = "Bảng"
TABLE_START = f'<div class="table" role="region" aria-label="{TABLE_NAME}" tabindex="0"><table>'
TABLE_END = "</table></div>"

_LINE = re.compile(r"\|(.*)\| *")
# A pipe in code, or an escaped one, does not end a cell.
_UNSUPPORTED = re.compile(r"[\\`]")
_RULE = re.compile(r" *(:?)-+(:?) *")
_CLASSES = {
    ("", ""): "",
    (":", ""): ' class="align-left"',
    ("", ":"): ' class="align-right"',
    (":", ":"): ' class="align-center"',
}


def convert_table(block: str, convert_text: Callable[[str], str]) -> str:
    """Return a block that is a table as HTML; ``convert_text`` converts the text of a cell.

    Raises :class:`~sitegen.markdown.prose_inline.NotProseError`.
    """
    lines = block.split("\n")
    found = [line[1].split("|") for line in map(_LINE.fullmatch, lines) if line]
    # A table has at least a head, a rule and a row.
    if len(found) < max(len(lines), 3) or _UNSUPPORTED.search(block):
        raise NotProseError
    head, rule, *rows = found
    rules = [_RULE.fullmatch(cell) for cell in rule]
    classes = [_CLASSES[each[1], each[2]] for each in rules if each]
    if any(len(row) != len(classes) for row in found):
        raise NotProseError

    def write_row(tag: str, cells: list[str], more: str = "") -> str:
        texts = [convert_text(cell.strip(" ")) for cell in cells]
        written = [
            f"<{tag}{aligned}{more}>{text}</{tag}>"
            for aligned, text in zip(classes, texts, strict=True)
        ]
        return "\n".join(["<tr>", *written, "</tr>"])

    written_head = ["<thead>", write_row("th", head, ' scope="col"'), "</thead>"]
    written_rows = ["<tbody>", *[write_row("td", row) for row in rows], "</tbody>"]
    return "\n".join([TABLE_START, *written_head, *written_rows, TABLE_END])
