"""The captions of a film: whether browsers can read them (WebVTT, W3C).

Browsers say nothing of captions that they cannot read: the film simply has none.
"""

import re

from sitegen.problems import Place, ProblemsFoundError, mark, problem

_HEAD = re.compile(r"WEBVTT(?:[ \t][^\r\n]*)?(?:\r\n|[\r\n]|\Z)")
_ARROW = "-->"
_MOMENT = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
_TIMES = re.compile(rf"{_MOMENT}[ \t]+-->[ \t]+{_MOMENT}(?:[ \t].*)?")
_TIMES_OF_SRT = re.compile(r"\s*\d+:\d+:\d+,\d+\s*-->")


def check_captions(source: bytes, path: str) -> None:
    """Refuse captions that no browser reads.

    Raises :class:`~sitegen.problems.ProblemsFoundError`, with the line.
    """
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise _refuse(path, line, mark("it is not UTF-8")) from error
    lines = re.split(r"\r\n|[\r\n]", text)
    if not _HEAD.match(text):
        raise _refuse(path, 1, mark("the first line is not WEBVTT"))
    times = [(number, each) for number, each in enumerate(lines, start=1) if _ARROW in each]
    if not times:
        raise _refuse(path, 1, mark("it has no times"))
    for number, each in times:
        if _TIMES_OF_SRT.match(each):
            raise _refuse(path, number, mark("a time has a comma in place of the point"))
        if not _TIMES.fullmatch(each.strip()):
            raise _refuse(path, number, mark("this is no time"))


def _refuse(path: str, line: int, reason: str) -> ProblemsFoundError:
    return ProblemsFoundError([problem("captions-form", Place(path, line), reason=reason)])
