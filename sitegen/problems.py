"""Problems with a place: every stage reports all that it finds and does not stop at the first.

A problem is data. Only the command line words it (:mod:`sitegen.cli.messages`), in the language of
the reader.
"""

import errno
from collections.abc import Callable, Iterable

from sitegen.model import Record


def mark(message: str) -> str:
    """Mark a text for translation, and return it unchanged."""
    return message


# What the system says most often, in words for editors.
_REASONS = {
    errno.EACCES: mark("there is no permission"),
    errno.EPERM: mark("there is no permission"),
    errno.ENOENT: mark("it is not there"),
    errno.ENOTDIR: mark("it is not there"),
    errno.EISDIR: mark("it is a folder"),
    errno.EEXIST: mark("something else is in its place"),
    errno.ENOTEMPTY: mark("something else is in its place"),
    errno.ENODEV: mark("it is a pipe, a device or a socket, not a file"),
    errno.ENXIO: mark("it is a pipe, a device or a socket, not a file"),
    errno.ELOOP: mark("it is a link that leads to itself"),
    errno.ENAMETOOLONG: mark("its name is too long"),
    errno.ENOSPC: mark("the disk is full"),
    errno.EDQUOT: mark("the disk is full"),
    errno.EROFS: mark("the disk is read-only"),
    errno.EIO: mark("the disk is damaged"),
    errno.EMFILE: mark("too many files are open"),
    errno.ENFILE: mark("too many files are open"),
    errno.ENOMEM: mark("there is not enough memory"),
    errno.EBUSY: mark("another program uses it"),
    errno.ETXTBSY: mark("another program uses it"),
    errno.EFBIG: mark("it is too large for this disk"),
    errno.EINVAL: mark("this disk does not take such a name"),
    errno.EILSEQ: mark("this disk does not take such a name"),
    errno.EXDEV: mark("it is on another disk"),
    errno.EMLINK: mark("there are too many links to it"),
    errno.EPIPE: mark("the other program has ended"),
    errno.ETIMEDOUT: mark("the network does not answer"),
    errno.ESTALE: mark("the network does not answer"),
    errno.ENOTCONN: mark("the network does not answer"),
    errno.EHOSTUNREACH: mark("the network does not answer"),
    errno.ECONNRESET: mark("the network does not answer"),
}


def explain(error: OSError) -> str:
    """Return why the system refused something, as a text to be translated.

    The system's own words are in its own language.
    """
    return _REASONS.get(error.errno or 0, mark("the system does not allow it"))


# The code of what suppresses warnings.
SUPPRESSION = "suppression-unused"


class Place(Record, frozen=True, order=True):
    """The place of a problem: a path relative to the root, a line and a column, both from 1."""

    path: str
    line: int = 1
    column: int = 1


class Problem(Record, frozen=True):
    """An error, or a warning, which does not stop the build; ``code`` names its kind."""

    place: Place
    code: str
    arguments: dict[str, str] = {}
    warning: bool = False


# Returns the place of a text in a file, for problems that are found after the file was read.
Locate = Callable[[str, str], Place]
# Returns every place of a link in a file.
LocateEvery = Callable[[str, str], tuple[Place, ...]]


class ProblemsFoundError(Exception):
    """The content or the templates have errors; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(f"{len(self.problems)} problems")


class ConfigError(ProblemsFoundError):
    """``config.yaml`` has problems."""


class UsageError(Exception):
    """The command was given arguments that it cannot follow; ``code`` names the reason."""

    def __init__(self, code: str, **arguments: str) -> None:
        self.code = code
        self.arguments = arguments
        super().__init__(code)


class RefusedError(UsageError):
    """The system refused something that the generator must do: what, and why."""

    def __init__(self, error: OSError, path: object) -> None:
        super().__init__("refused", path=str(error.filename or path), reason=explain(error))


def problem(code: str, place: Place, **arguments: str) -> Problem:
    """Return an error of the kind ``code`` at ``place``."""
    return Problem(place, code, arguments)


def warning(code: str, place: Place, **arguments: str) -> Problem:
    """Return a warning of the kind ``code`` at ``place``."""
    return Problem(place, code, arguments, warning=True)


def suppress(place: Place, code: str, until: int) -> Problem:
    """Return what suppresses warnings of the kind ``code``, from ``place`` to the line ``until``.

    It is a warning itself, which stays where it suppresses none (:func:`in_order`).
    """
    return warning(SUPPRESSION, place, value=code, until=str(until))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether anything among ``problems`` is more than a warning."""
    return any(not each.warning for each in problems)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems: first errors, then warnings, each sorted by place.

    None is repeated, and no warning is among them that its text suppresses.
    """
    unique: dict[tuple[bool, Place, str, str], Problem] = {}
    for each in sorted(
        _drop_suppressed(problems), key=lambda found: found.arguments.get("page", "")
    ):
        # A fault in a template shows on many pages, but is one problem: the first page is named.
        # Where in a library a file failed is for those who mend it.
        kept = sorted(each.arguments.keys() - {"page", "trace"})
        arguments = {name: each.arguments[name] for name in kept}
        unique.setdefault((each.warning, each.place, each.code, str(arguments)), each)
    return tuple(unique[key] for key in sorted(unique))


def _drop_suppressed(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems without the warnings that are suppressed, and without what suppresses one.

    Beside an error, nobody knows what suppresses nothing: not everything was looked at.
    """
    every = list(problems)
    suppressions = [each for each in every if each.code == SUPPRESSION]
    if not suppressions:
        return every
    lines: dict[tuple[str, str, int], list[Problem]] = {}
    for each in suppressions:
        for line in range(each.place.line, int(each.arguments["until"]) + 1):
            lines.setdefault((each.place.path, each.arguments["value"], line), []).append(each)
    left, used = [], set()
    for each in every:
        found = lines.get((each.place.path, each.code, each.place.line), []) if each.warning else []
        used |= {suppression.place for suppression in found}
        left += [] if found else [each]
    if has_errors(left):
        return [each for each in left if each.code != SUPPRESSION]
    return [each for each in left if each.code != SUPPRESSION or each.place not in used]
