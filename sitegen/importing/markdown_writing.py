"""Blocks to our Markdown (docs/texts.md): what is on the page is what was in the document."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from sitegen.importing.blocks import Block, Run, split_lines, trim
from sitegen.markdown.line_starts import BULLETS

_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_RAISED = {"sup": _SUPERSCRIPTS, "sub": _SUBSCRIPTS}
_SIGNS = re.compile(r"[\\`*_]|\](?=[(\[:])|(?<=\])[(\[:]|!(?=\[)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What would begin another block at the start of a line.
_BEGINNING = re.compile(
    r"(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)|[#>+-](?=[\s#>-]|$)|[|:=~]"
    rf"|[{BULLETS}]"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def write_blocks(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown, with an empty line between them."""
    return "\n\n".join(filter(None, map(write_block, blocks)))


def write_block(block: Block) -> str:  # noqa: PLR0911 (one for each kind)
    """Return one block as Markdown."""
    match block.kind:
        case "heading":
            return f"{'#' * max(2, block.level)} {write_line(block.runs)}"
        case "picture":
            return write_picture(block.alt, block.address, block.text)
        case "list":
            return "\n".join(_write_items(block))
        case "quote":
            text = write_blocks(block.children)
            return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
        case "table":
            return _write_table(block)
        case "rule":
            return "---"
        case "code":
            return f"```\n{''.join(run.text for run in block.runs)}\n```"
        case "note":
            text = write_blocks(block.children).replace("\n", "\n    ")
            return f"[^{block.label}]: {text}"
        case _:
            return write_paragraph(block.runs)


def write_paragraph(runs: Iterable[Run]) -> str:
    """Return a paragraph; where a line ends in it, it ends on the page."""
    lines = [write_runs(line) for line in split_lines(runs) if line]
    return "\\\n".join(_protect_beginning(line) for line in lines)


def write_line(runs: Iterable[Run]) -> str:
    """Return runs as one line, bold in a heading being nothing of its own."""
    plain = [
        msgspec.structs.replace(each, text=each.text.replace("\n", " "), bold=False)
        for each in runs
    ]
    return write_runs(trim(plain))


def write_picture(alt: str, address: str, title: str = "") -> str:
    """Return a picture with its description and its caption."""
    described = re.sub(r"([\[\]\\])", r"\\\1", alt)
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'![{described}]({address} "{quoted}")' if quoted else f"![{described}]({address})"


def write_runs(runs: Iterable[Run]) -> str:
    """Return the runs of one line with their marks, which stand beside letters."""
    return "".join(_write_run(each) for each in runs)


def _write_run(run: Run) -> str:
    if run.note:
        return f"[^{run.note}]"
    text = run.text
    if run.raised:
        shown = text.strip().translate(_RAISED[run.raised])
        if shown.isascii() and shown:
            text = f"<{run.raised}>{escape(text)}</{run.raised}>"
        else:
            text = text.translate(_RAISED[run.raised])
    else:
        text = escape(text)
    bare = text.strip()
    if not bare:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if run.link:
        address = run.link.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
        own = run.text.strip()
        bare = own if own == run.link and _ADDRESS.fullmatch(own) else f"[{bare}]({address})"
    if not any(map(str.isalnum, bare)):
        return before + bare + after
    if run.struck:
        bare = f"~~{bare}~~"
    marks = "*" * (2 * run.bold + run.italic)
    return f"{before}{marks}{bare}{marks}{after}"


def escape(text: str) -> str:
    """Return a text whose signs mean nothing in Markdown. Addresses stay as they are."""
    written, end = [], 0
    for address in _ADDRESS.finditer(text):
        written += [_escape_signs(text[end : address.start()]), address[0]]
        end = address.end()
    return "".join([*written, _escape_signs(text[end:])])


def _escape_signs(text: str) -> str:
    escaped = _SIGNS.sub(lambda found: f"\\{found[0]}", _ENTITY.sub("&amp;", text))
    # No backslash stands before these.
    return escaped.replace("<", "\\<").replace("[^", "&#91;^").replace("~~", "&#126;~")


def _protect_beginning(line: str) -> str:
    found = _BEGINNING.match(line)
    if not found:
        return line
    if found["number"]:
        return f"{found['number']}\\{line[found.start('dot') :]}"
    if line[0] not in "#>+-":
        return f"&#{ord(line[0])};{line[1:]}"
    return f"\\{line}"


def _write_items(block: Block, indent: str = "") -> Iterator[str]:
    number = int(block.label or 0)
    for item in block.children:
        sign = f"{number}. " if block.label else "- "
        number += 1
        inner = indent + " " * max(len(sign), 2)
        first = True
        for child in item.children:
            if child.kind == "list":
                yield from _write_items(child, inner if not first else indent)
                continue
            text = write_block(child).split("\n")
            if first:
                yield f"{indent}{sign}{text[0]}"
            else:
                yield ""
                yield f"{inner}{text[0]}"
            yield from (f"{inner}{line}".rstrip() for line in text[1:])
            first = False


def _write_table(block: Block) -> str:
    rows = [[_write_cell(cell) for cell in row] for row in block.rows]
    head, *others = rows
    lines = [_write_row(head), _write_row(["---"] * len(head)), *map(_write_row, others)]
    return "\n".join(lines)


def _write_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _write_cell(cell: Block) -> str:
    lines = [write_runs(line) for line in split_lines(cell.runs) if line]
    return "<br>".join(line.replace("|", "\\|") for line in lines)
