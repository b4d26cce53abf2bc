"""Problems as a list for people: a line for each, then how many there are of which kind.

An editor has three, each of which is to be read. Who moves an archive has five thousand of twenty
kinds: on a terminal the first of each kind is shown, and its number. Whatever is no terminal is
given all of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from sitegen.cli.messages import count_words, describe_kind, format_line, translate
from sitegen.content.discovery import CONTENT, MARKDOWN
from sitegen.model import Record
from sitegen.problems import Problem, mark

# Of a kind with more problems than these, a shortened list shows the first one.
MOST_OF_A_KIND = 10
_FEW_WARNINGS = mark("No errors, {warnings}.")


class Listing(Record, frozen=True):
    """What is printed of problems: ``lines`` first, as programs read them, then words for people.

    ``kinds`` are empty where there are few of each.
    """

    lines: tuple[str, ...]
    kinds: tuple[str, ...]
    summary: str


def list_problems(problems: tuple[Problem, ...], language: str, *, shortened: bool) -> Listing:
    """Return problems for people; ``shortened`` leaves out all but the first of a frequent kind."""
    numbers = Counter((each.warning, each.code) for each in problems)
    frequent = {kind: number for kind, number in numbers.items() if number > MOST_OF_A_KIND}
    shown = problems
    if shortened:
        first: dict[tuple[bool, str], Problem] = {}
        for each in problems:
            first.setdefault((each.warning, each.code), each)
        shown = tuple(
            each
            for each in problems
            if (kind := (each.warning, each.code)) not in frequent or first[kind] is each
        )
    lines = tuple(format_line(each, language) for each in shown)
    kinds = [
        f"{number:>7}  {code}  {describe_kind(code, language)}"
        for (_, code), number in sorted(frequent.items(), key=lambda each: (each[0][0], -each[1]))
    ]
    if kinds and shortened:
        told = mark("Only the first of each frequent kind is shown; --all shows every one:")
        kinds.insert(0, translate(told, language))
    elif kinds:
        kinds.insert(0, translate(mark("The most frequent kinds:"), language))
    return Listing(lines, tuple(kinds), summarise(problems, language))


def summarise(problems: Iterable[Problem], language: str) -> str:
    """Return how many errors and warnings there are, in how many articles, in words."""
    every = tuple(problems)
    paths = [each.place.path for each in every if not each.warning]
    told = len(every) - len(paths)
    warnings = count_words("{number} warning", "{number} warnings", told, language)
    if not every:
        return translate(mark("No problems found."), language)
    if not paths:
        return translate(_FEW_WARNINGS, language).format(warnings=warnings)
    where = set(paths)
    words = {
        "errors": count_words("{number} error", "{number} errors", len(paths), language),
        "files": count_words("{number} article", "{number} articles", len(where), language)
        if all(map(_is_article, where))
        else count_words("{number} file", "{number} files", len(where), language),
        "warnings": warnings,
    }
    text = mark("{errors} in {files}, {warnings}.") if told else mark("{errors} in {files}.")
    return translate(text, language).format(**words)


def choose_colour(environment: Mapping[str, str]) -> bool | None:
    """Return whether the environment wants colours (no-color.org); else the terminal decides."""
    if environment.get("NO_COLOR"):
        return False
    return True if environment.get("FORCE_COLOR") else None


def _is_article(path: str) -> bool:
    from sitegen.content.article_file import ArticleFile
    from sitegen.content.kinds import find_kind

    is_text = path.startswith(f"{CONTENT}/") and path.lower().endswith(MARKDOWN)
    return is_text and find_kind(path).record is ArticleFile
