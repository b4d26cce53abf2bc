"""What a preview shows: the last build without errors, and what is wrong with the last save."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from sitegen.cli.renamed_texts import find_renamed
from sitegen.content.kinds import Document
from sitegen.content.selection import Site
from sitegen.foundation.files import read_file
from sitegen.model import Record
from sitegen.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

# A request for the version is answered after this time at the latest; then the browser asks again.
_PATIENCE_SECONDS = 25.0
# The line of a problem is shown with so many characters around its place.
_AROUND = 80
# Of so many problems the lines are shown.
_MOST_EXCERPTS = 50
_LARGEST_FILE = 2_000_000


class Excerpt(Record, frozen=True):
    """A problem, and the line of its file where it is: nothing where no line is known."""

    problem: Problem
    line: str = ""


class Failure(Record, frozen=True):
    """Why the last save is not shown: problems, and words for all that is no problem of a file."""

    problems: tuple[Excerpt, ...] = ()
    lines: tuple[str, ...] = ()


class Texts(Record, frozen=True):
    """The texts of a build, by their addresses: those that have a page, and those that are hidden.

    ``urls`` are the addresses by the paths of their files.
    """

    shown: dict[str, Document] = {}
    hidden: dict[str, Document] = {}
    urls: dict[str, str] = {}


class Preview:
    """What is shown, with a version: every open page loads itself again when there is a newer one.

    ``language`` is that of the messages, ``base`` the site's own path, once it is known;
    ``read_now`` returns the present time. ``version`` begins where no earlier preview came to, so
    a page that outlived one loads itself again.
    """

    def __init__(self, language: str = "vi", version: int = 0) -> None:
        self.language = language
        self.version = version
        self.base: str | None = None
        self.read_now: Callable[[], datetime] | None = None
        self.failure: Failure | None = None
        self.warnings: tuple[Excerpt, ...] = ()
        self.texts: Texts | None = None
        # The file of each text that had a page, by its address; the names that files have by now;
        # and the texts whose files are gone.
        self._paths: dict[str, str] = {}
        self._renamed: dict[str, str] = {}
        self._gone: dict[str, Document] = {}
        self._changed = threading.Condition()

    def advance(self) -> None:
        """Add one to the version: every open page loads itself again."""
        with self._changed:
            self.version += 1
            self._changed.notify_all()

    def fail(self, failure: Failure) -> None:
        """Show on every open page why the last save cannot be shown."""
        if failure != self.failure:
            self.failure = failure
            self.advance()

    def succeed(self, site: Site | None, warnings: tuple[Excerpt, ...]) -> None:
        """Show the last save, which is ``site`` where it is not as before."""
        if site:
            before, self.texts = self.texts, list_texts(site)
            self._note_names(before or self.texts, self.texts)
        if self.failure or warnings != self.warnings:
            self.failure, self.warnings = None, warnings
            self.advance()

    def wait(self, version: int) -> int:
        """Wait until the version is not ``version``, or for 25 seconds, and return it."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, _PATIENCE_SECONDS)
            return self.version

    def follow(self, page: str) -> str:
        """Return the address, as browsers write it, to which the page at ``page`` has moved."""
        moved = self.find_moved(self.strip(page))
        return quote(f"{self.base or ''}{moved}") if moved else page

    def strip(self, page: str) -> str:
        """Return an address of the server as that of a page of the site."""
        return unquote(page).removeprefix(self.base or "")

    def find_moved(self, url: str) -> str | None:
        """Return where the text is by now that had its page at ``url``, if it is elsewhere."""
        texts, path = self.texts, self._paths.get(url)
        if not texts or not path or url in texts.shown:
            return None
        while path in self._renamed:
            path = self._renamed[path]
        moved = texts.urls.get(path)
        return moved if moved in texts.shown else None

    def _note_names(self, before: Texts, now: Texts) -> None:
        """Note which file each page was made of, and which files have another name."""
        self._paths |= {url: text.path for url, text in now.shown.items()}
        for path in before.urls.keys() - now.urls.keys():
            if document := before.shown.get(before.urls[path]):
                self._gone[path] = document
        for path in now.urls.keys() - before.urls.keys():
            self._gone.pop(path, None)
            self._renamed.pop(path, None)
            document = now.shown.get(now.urls[path])
            if document and (old := find_renamed(document, self._gone)):
                self._renamed[old] = path
                del self._gone[old]


def list_texts(site: Site) -> Texts:
    """Return the texts of a site."""
    shown: dict[str, Document] = {each.url: each for each in site.articles}
    shown |= {each.url: each for each in site.standing_texts}
    hidden: dict[str, Document] = {
        each.url: each for each in (*site.expired, *site.scheduled, *site.drafted)
    }
    every = (*hidden.values(), *shown.values())
    return Texts(shown, hidden, {each.path: each.url for each in every})


def cut_excerpts(root: Path, problems: tuple[Problem, ...]) -> tuple[Excerpt, ...]:
    """Return problems, the first of them with the lines where they are."""
    few = [Excerpt(each, _cut_line(root, each.place)) for each in problems[:_MOST_EXCERPTS]]
    return (*few, *map(Excerpt, problems[_MOST_EXCERPTS:]))


def _cut_line(root: Path, place: Place) -> str:
    if (place.line, place.column) == (1, 1):
        return ""  # no place is known
    path = root / place.path
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_FILE:
            return ""
        lines = read_file(path).decode("utf-8", "replace").splitlines()
    except (OSError, ValueError):
        return ""
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    start = max(0, place.column - 1 - _AROUND)
    cut = line[start : place.column - 1 + _AROUND]
    before, after = "…" if start else "", "…" if start + len(cut) < len(line) else ""
    return f"{before}{cut.strip()}{after}" if cut.strip() else ""
