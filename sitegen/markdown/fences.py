"""Code between fences (CommonMark 0.31, "Fenced code blocks")."""

import re
from collections.abc import Sequence

FENCE = re.compile(r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})[^\S\n]*(?P<language>[\w#.+-]*)")
_CLOSING = re.compile(r"(`{3,}|~{3,})[^\S\n]*")


def find_fences(lines: Sequence[str]) -> dict[int, int]:
    """Return the number of the last line of each piece of code, by that of its first.

    Where a fence is not closed, it is text.
    """
    closings = {"`": list[tuple[int, int]](), "~": list[tuple[int, int]]()}
    for number, line in enumerate(lines):
        if closing := _CLOSING.fullmatch(line.strip()):
            closings[closing[1][0]].append((number, len(closing[1])))
    found: dict[int, int] = {}
    positions = {"`": 0, "~": 0}
    # The shortest fence of each kind that nothing below closes.
    unclosed: dict[str, int] = {}
    after = 0
    for number, line in enumerate(lines):
        opening = FENCE.match(line.strip()) if number >= after else None
        if not opening:
            continue
        kind, size = opening["fence"][0], len(opening["fence"])
        if size >= unclosed.get(kind, size + 1):
            continue
        own = closings[kind]
        while positions[kind] < len(own) and own[positions[kind]][0] <= number:
            positions[kind] += 1
        ends = (end for end, length in own[positions[kind] :] if length >= size)
        end = next(ends, 0)
        if end:
            found[number] = end
            after = end + 1
        else:
            unclosed[kind] = size
    return found
