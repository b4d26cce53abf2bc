"""Problems with a place: what every stage reports instead of stopping at the first.

A problem is data. Its words are put to it at the edge (:mod:`sitegen.cli.messages`), because only
there the reader's language is known.
"""

from collections.abc import Callable, Iterable

from sitegen.model import Record


def mark(message: str) -> str:
    """Mark a text for translation and return it as it is."""
    return message


class Place(Record, frozen=True, order=True):
    """Where a problem is: a path relative to the root, a 1-based line and column."""

    path: str
    line: int = 1
    column: int = 1


class Problem(Record, frozen=True):
    """One thing that is wrong. ``code`` names its kind; a warning stops nothing."""

    place: Place
    code: str
    arguments: dict[str, str] = {}
    warning: bool = False


# Returns where a text is written in a file, for problems that are found after reading.
Locate = Callable[[str, str], Place]


class ProblemsFoundError(Exception):
    """The content or the templates have problems, all of which are listed; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(f"{len(self.problems)} problems")


class ConfigError(ProblemsFoundError):
    """``config.yaml`` has problems."""


class UsageError(Exception):
    """The command was asked for something it cannot do. ``code`` names what."""

    def __init__(self, code: str, **arguments: str) -> None:
        self.code = code
        self.arguments = arguments
        super().__init__(code)


def problem(code: str, place: Place, **arguments: str) -> Problem:
    """Return an error of the kind ``code`` at ``place``."""
    return Problem(place, code, arguments)


def warning(code: str, place: Place, **arguments: str) -> Problem:
    """Return a warning of the kind ``code`` at ``place``."""
    return Problem(place, code, arguments, warning=True)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems without repetitions, errors first, each kind by place."""
    unique: dict[tuple[bool, Place, str, str], Problem] = {}
    for each in sorted(problems, key=lambda found: found.arguments.get("page", "")):
        # What a template does to every page is one problem: the first page stands for all.
        telling = {name: value for name, value in each.arguments.items() if name != "page"}
        unique.setdefault((each.warning, each.place, each.code, str(telling)), each)
    return tuple(unique[key] for key in sorted(unique))
