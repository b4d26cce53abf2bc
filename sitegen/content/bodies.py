"""A body: read from its file, checked, converted. Pages, feeds and the search index use it alike.

No stage hands a text on to the next one: fifty thousand would not fit into memory, and each is
needed in another process. So a file is opened once for its front matter, once for its page, and
once for each bundle of the index that is made.
"""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from sitegen.content.discovery import refuse_unreadable
from sitegen.content.front_matter import split
from sitegen.content.suppressions import find_suppressions_in_body
from sitegen.foundation.files import read_file
from sitegen.foundation.guard import TooSlowError, describe_failure, limit_time
from sitegen.foundation.parts import digest_bytes
from sitegen.markdown.anchors import find_ids
from sitegen.markdown.conversion import to_html
from sitegen.markdown.limits import MarkupError
from sitegen.markdown.links import Refusal
from sitegen.markdown.references import locate_reference
from sitegen.model import Body, Record
from sitegen.problems import Place, Problem, ProblemsFoundError, problem, warning
from sitegen.views import BodyView

_EMBEDDED = re.compile(r"\b(?:data|file):", re.IGNORECASE)
# Inside a line, where the letters before and behind belong to one word.
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u)\b[^>]*>"
)
# The number of a footnote is no part of the word before it.
_FOOTNOTE = re.compile(r'<sup id="fnref[^>]*>.*?</sup>')
# A video is written as a picture elsewhere, and its name is what is pressed to see it.
_VIDEO = re.compile(r"!\[([^]\n]+)\]\(https?:")
# A still that leads to a video on another host: its name, and what stands below it.
_STILL = re.compile(
    r"\[!\[([^]\n]*)\]\([^)\s]+(?:\s+\"([^\"\n]*)\")?\s*\)\]\(https?:", re.IGNORECASE
)
_TAG = re.compile(r"<[^>]+>")


class ConvertedBody(Record, frozen=True):
    """A body as safe HTML, and what is wrong in it."""

    html: str
    problems: tuple[Problem, ...] = ()


class _Markdown(Record, frozen=True):
    """The Markdown of a body, as text and in UTF-8; ``line`` is its first one in the file."""

    text: str
    encoded: bytes
    line: int


def convert_body(root: Path, body: BodyView) -> ConvertedBody:
    """Return a body as HTML, with all its problems, each at its place in the file."""
    try:
        source = _read(root, body)
    except ProblemsFoundError as error:
        return ConvertedBody("", error.problems)
    try:
        converted = to_html(source.text, body, source.encoded)
    except MarkupError as error:
        place = Place(body.path, source.line + error.line - 1)
        return ConvertedBody("", (problem("markdown-limit", place, reason=error.reason),))
    except (Exception, TooSlowError) as error:  # noqa: BLE001 (whatever a library may raise)
        # Feeds show it too, and none of them is to blame.
        return ConvertedBody("", (describe_failure(error).at(body.path),))
    # What leads nowhere was already found without converting the text.
    known = {each.reference for each in body.targets if each.kind in {"hidden", "missing"}}
    refused = [each for each in converted.refused if each.reference not in known]
    problems = [_locate(each, source, body.path) for each in refused]
    # What a feed shows is told of the page.
    if not converted.sure and not body.page:
        problems += _lint(source, converted.text, body.path)
        problems += find_suppressions_in_body(source.text, body.path, source.line)
    return ConvertedBody(converted.text, tuple(problems))


def _lint(source: _Markdown, converted: str, path: str) -> Iterator[Problem]:
    from sitegen.markdown.lint import lint

    for each in lint(source.text, converted):
        before = source.text[: each.offset]
        line, column = before.count("\n"), len(before) - before.rfind("\n")
        yield warning(each.code, Place(path, source.line + line, column), **each.arguments)


def extract_text(root: Path, body: Body) -> str:
    """Return the words of a body without markup, which do not depend on where its links lead.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where the file cannot be read or is another
    one by now.
    """
    view = _view_alone(body)
    source = _read(root, view)
    converted = _FOOTNOTE.sub(" ", _convert_alone(source, view) or "")
    text = html.unescape(_TAG.sub(" ", _INLINE_TAG.sub("", converted))).strip()
    videos = _VIDEO.findall(source.text) if "](http" in source.text else []
    stills = _STILL.findall(source.text) if "](http" in source.text else []
    return "\n".join([text, *videos, *(words for still in stills for words in still if words)])


def read_ids(root: Path, body: Body) -> tuple[str, ...] | None:
    """Return the ids of the parts of a body, sorted, or ``None`` where it cannot be converted."""
    try:
        view = _view_alone(body)
        converted = _convert_alone(_read(root, view), view)
    except ProblemsFoundError:
        return None
    return None if converted is None else tuple(sorted(find_ids(converted)))


def _view_alone(body: Body) -> BodyView:
    return BodyView(body.path, body.start, body.digest, (), (), strict=body.strict)


def _convert_alone(source: _Markdown, view: BodyView) -> str | None:
    """Return a body as HTML, as far as it does not depend on where its links lead.

    There is nothing where it cannot be converted, which is reported where its page is rendered.
    """
    try:
        # Pages are made later, and in processes that may be ended.
        with limit_time(lambda: 0, ending=False):
            return to_html(source.text, view, source.encoded).text
    except TooSlowError as error:
        raise ProblemsFoundError([describe_failure(error).at(view.path)]) from error
    except Exception:  # noqa: BLE001 (whatever a library may raise)
        return None


def _read(root: Path, body: BodyView) -> _Markdown:
    """Return the text of a body.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where there is no such text any more.
    """
    try:
        source = read_file(f"{root}/{body.path}")
    except OSError as error:
        raise ProblemsFoundError([refuse_unreadable(body.path, error)]) from error
    encoded = source[body.start :]
    # With the right digest it is the very text that was checked when its file was read.
    if digest_bytes(encoded) == body.digest:
        return _Markdown(encoded.decode(), encoded, source.count(b"\n", 0, body.start) + 1)
    # The bytes are other ones where the file is not plain UTF-8, and where it was saved meanwhile:
    # then the key of the page is that of the text before.
    parts = split(source, body.path)
    if digest_bytes(parts.encoded[parts.body_byte :]) != body.digest:
        raise ProblemsFoundError([problem("file-changing", Place(body.path))])
    return _Markdown(parts.body, parts.encoded[parts.body_byte :], parts.body_line)


def _locate(refusal: Refusal, source: _Markdown, path: str) -> Problem:
    """Return a link or picture that cannot be shown as a problem, at the place of the reference."""
    embedded = _EMBEDDED.search(source.text) if not refusal.reference else None
    written = embedded[0] if embedded else refusal.reference
    line, column = locate_reference(source.text, written)
    place = Place(path, source.line + line - 1, column)
    return problem(refusal.code, place, value=refusal.reference)
