"""Tables of prose: every line between pipes, every row with as many cells as the head.

The HTML is that of Python-Markdown with its extension ``tables`` and the changes of
:mod:`sitegen.markdown.python_markdown`.
"""

import re
from collections.abc import Callable

from sitegen.foundation.words import word

TABLE_NAME = word("Bảng")
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


def convert_table(block: str, convert_text: Callable[[str], str | None]) -> str | None:
    """Return a block that is a table as HTML, or ``None`` if unsure.

    ``convert_text`` returns the text of a cell as HTML, or ``None`` if unsure.
    """
    lines = block.split("\n")
    found = [line[1].split("|") for line in map(_LINE.fullmatch, lines) if line]
    # A table has at least a head, a rule and a row.
    if len(found) < max(len(lines), 3) or _UNSUPPORTED.search(block):
        return None
    head, rule, *rows = found
    rules = [_RULE.fullmatch(cell) for cell in rule]
    if not all(rules) or any(len(row) != len(rules) for row in (head, *rows)):
        return None
    classes = [_CLASSES[each[1], each[2]] for each in rules if each]
    headings = [f'{each} scope="col"' for each in classes]
    written_head = _write_row("th", head, headings, convert_text)
    written_rows = [_write_row("td", row, classes, convert_text) for row in rows]
    if written_head is None or None in written_rows:
        return None
    parts = [TABLE_START, "<thead>", written_head, "</thead>", "<tbody>"]
    return "\n".join([*parts, *filter(None, written_rows), "</tbody>", TABLE_END])


def _write_row(
    tag: str, cells: list[str], attributes: list[str], convert_text: Callable[[str], str | None]
) -> str | None:
    texts = [convert_text(cell.strip(" ")) for cell in cells]
    if None in texts:
        return None
    written = (
        f"<{tag}{attribute}>{text}</{tag}>"
        for attribute, text in zip(attributes, texts, strict=True)
    )
    return "\n".join(["<tr>", *written, "</tr>"])
