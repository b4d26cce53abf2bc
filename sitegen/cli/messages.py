"""What the program says, in the language of the reader: problems as lines, for hosts, as JSON.

The words of each kind of problem are in the catalogs ``problems``, under its code, and the
translations of all other texts in the catalogs ``sitegen``.
"""

import functools
import gettext
import string
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from sitegen.foundation.text import format_number
from sitegen.problems import Problem, mark

LOCALE = Path(__file__).parent.parent / "locale"
# These arguments may be words of the program; all others are copied from the content.
TRANSLATED = frozenset({"other", "reason"})


def translate(text: str, language: str) -> str:
    """Return a text of the program in ``language``, or in English if there is no translation."""
    return _read_catalog("sitegen", language).gettext(text)


def count_words(one: str, many: str, number: int, language: str) -> str:
    """Return ``{number}`` things in words, in the form that the language has for this number."""
    text = _read_catalog("sitegen", language).ngettext(one, many, number)
    # Vietnamese marks thousands with a point.
    point = translate(mark("."), language)
    return text.format(number=f"{number:,}" if point == "." else format_number(number))


def describe_kind(code: str, language: str) -> str:
    """Return the words of a kind of problem, with an ellipsis wherever one names its own."""
    text = _read_catalog("problems", language).gettext(code)
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return text.format(**dict.fromkeys(names, "…"))


def describe(code: str, arguments: dict[str, str], language: str) -> str:
    """Return one line with the words of a problem and, if its arguments are known, the hint."""
    known = {
        name: translate(value, language) if name in TRANSLATED else value
        for name, value in arguments.items()
        if value
    }
    words = _read_catalog("problems", language)
    text = words.gettext(code).format(**dict.fromkeys(arguments, "") | known)
    hint = words.gettext(f"{code}.hint")
    if hint != f"{code}.hint":
        with suppress(KeyError):
            text = f"{text}; {hint.format(**known)}"
    return " ".join(text.split())


def format_text(problem: Problem, language: str) -> str:
    """Return ``path:line:column: CODE message``."""
    place = problem.place
    message = describe(problem.code, problem.arguments, language)
    return f"{place.path}:{place.line}:{place.column}: {problem.code} {message}"


def format_line(problem: Problem, language: str) -> str:
    """Return ``path:line:column: CODE message`` with a coloured word before the message.

    The word tells errors from warnings. Nothing before it is coloured, because programs read it.
    """
    place, warning = problem.place, problem.warning
    word = translate(mark("warning:") if warning else mark("error:"), language)
    styled = click.style(word, fg="yellow" if warning else "red", bold=True)
    message = describe(problem.code, problem.arguments, language)
    return f"{place.path}:{place.line}:{place.column}: {problem.code} {styled} {message}"


def format_github(problem: Problem, language: str) -> str:
    """Return a workflow command, from which GitHub shows the problem beside the line."""
    place = problem.place
    level = "warning" if problem.warning else "error"
    message = describe(problem.code, problem.arguments, language).replace("%", "%25")
    path = place.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    position = f"file={path},line={place.line},col={place.column}"
    return f"::{level} {position},title={problem.code}::{message}"


def format_json(problems: Iterable[Problem], language: str) -> str:
    """Return all problems as a JSON list, for text editors."""
    import json

    return json.dumps(
        [
            {
                "path": each.place.path,
                "line": each.place.line,
                "column": each.place.column,
                "severity": "warning" if each.warning else "error",
                "code": each.code,
                "message": describe(each.code, each.arguments, language),
            }
            for each in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def format_gitlab(problems: Iterable[Problem], language: str) -> str:
    """Return a report of code quality, from which GitLab shows problems beside their lines.

    Two reports with the same fingerprint are of the same problem
    (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).
    """
    import hashlib
    import json

    return json.dumps(
        [
            {
                "description": describe(each.code, each.arguments, language),
                "check_name": each.code,
                "fingerprint": hashlib.sha256(repr(each).encode()).hexdigest(),
                "severity": "minor" if each.warning else "blocker",
                "location": {"path": each.place.path, "lines": {"begin": each.place.line}},
            }
            for each in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


@functools.cache
def _read_catalog(domain: str, language: str) -> gettext.NullTranslations:
    """Return the texts of a domain in a language, or else in English.

    The texts of ``sitegen`` are English already, and have no English catalog.
    """
    wanted = language.replace("-", "_").split("_")[0].lower()
    return gettext.translation(domain, LOCALE, [wanted, "en"], fallback=domain == "sitegen")
