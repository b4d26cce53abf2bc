"""Comments by which an editor says that a warning is known, and why: ``<!-- bỏ qua: … -->``."""

import itertools
import re
from collections.abc import Iterator

from sitegen.markdown.references import hide_code
from sitegen.problems import Place, Problem, suppress, warning

# A comment of Markdown or of YAML; the code is that of a warning, what follows is the reason.
_COMMENT = r"[ ]*bỏ qua[ ]*:[ ]*(?P<code>[\w-]+)[ ]*:?[ ]*"
_IN_BODY = re.compile(rf"<!--{_COMMENT}(?P<reason>[^\n]*?)[ ]*-->", re.IGNORECASE)
_IN_FIELDS = re.compile(rf"^[ ]*#{_COMMENT}(?P<reason>[^\n]*)", re.IGNORECASE)


def find_suppressions_in_body(text: str, path: str, line: int) -> Iterator[Problem]:
    """Yield the suppressions of a body whose first line is ``line``.

    One on a line of its own is for the lines below, up to the next blank one; any other is for its
    own line.
    """
    if "<!--" in text:
        yield from _find(_IN_BODY, hide_code(text, comments=False), path, line)


def find_suppressions_in_fields(text: str, path: str, line: int) -> Iterator[Problem]:
    """Yield the suppressions of fields whose first line is ``line``, each for the line below."""
    yield from _find(_IN_FIELDS, text, path, line)


def _find(comment: re.Pattern[str], text: str, path: str, line: int) -> Iterator[Problem]:
    lines = text.split("\n")
    for number, written in enumerate(lines):
        for found in comment.finditer(written):
            place = Place(path, line + number, found.start() + 1)
            if not found["reason"]:
                words = f"bỏ qua: {found['code']}: lý do"
                remedy = f"<!-- {words} -->" if comment is _IN_BODY else f"# {words}"
                yield warning("suppression-reason", place, value=found["code"], remedy=remedy)
                continue
            beside = comment.sub("", written).strip()
            last = number if beside else _find_last(lines, number + 1, whole=comment is _IN_BODY)
            yield suppress(place, found["code"], line + last)


def _find_last(lines: list[str], start: int, *, whole: bool) -> int:
    """Return the number of the first line below that is not blank, or of its ``whole`` passage."""
    passages = itertools.groupby(
        range(start, len(lines)), key=lambda each: bool(lines[each].strip())
    )
    passage = next((list(numbers) for filled, numbers in passages if filled), [start])
    return passage[-1] if whole else passage[0]
