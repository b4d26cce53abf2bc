"""Problems in the language of the reader: as lines, for GitHub, and as JSON."""

import gettext
import string
from collections.abc import Callable, Iterable
from pathlib import Path

from sitegen.cli.wordings import WORDINGS
from sitegen.problems import Problem

LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "sitegen"
FALLBACK = "vi"
# These arguments may be words of the program; all others are copied from the content.
TRANSLATED = frozenset({"other", "reason"})

Translate = Callable[[str], str]


def choose_translation(language: str) -> Translate:
    """Return the translator into ``language``; without a translation, messages are English."""
    wanted = language.replace("-", "_").split("_")[0].lower()
    translation = gettext.translation(DOMAIN, LOCALE, [wanted], fallback=True)
    return translation.gettext


def describe(code: str, arguments: dict[str, str], translate: Translate) -> str:
    """Return one line with the problem ``code`` and, if its arguments are known, the hint."""
    wording = WORDINGS[code]
    translated = {
        name: translate(value) if name in TRANSLATED else value
        for name, value in arguments.items()
        if value
    }
    text = translate(wording.text).format(**{**dict.fromkeys(arguments, ""), **translated})
    names = {name for _, name, _, _ in string.Formatter().parse(wording.hint) if name}
    if not wording.hint or not names <= translated.keys():
        return _one_line(text)
    hint = translate(wording.hint).format(**translated)
    return _one_line(f"{text}; {hint}")


def format_text(problem: Problem, translate: Translate) -> str:
    """Return ``path:line:column: CODE message``."""
    place = problem.place
    message = describe(problem.code, problem.arguments, translate)
    return f"{place.path}:{place.line}:{place.column}: {problem.code} {message}"


def format_github(problem: Problem, translate: Translate) -> str:
    """Return a workflow command, from which GitHub shows the problem beside the line."""
    place = problem.place
    level = "warning" if problem.warning else "error"
    message = describe(problem.code, problem.arguments, translate).replace("%", "%25")
    path = place.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    position = f"file={path},line={place.line},col={place.column}"
    return f"::{level} {position},title={problem.code}::{message}"


def format_json(problems: Iterable[Problem], translate: Translate) -> str:
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
                "message": describe(each.code, each.arguments, translate),
            }
            for each in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
