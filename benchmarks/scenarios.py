"""What happens between two builds, and how to tell that the second one took notice."""

import html
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from benchmarks.corpus import NOW, Article, Head, make_body, make_heads
from benchmarks.forms import write_article
from benchmarks.generators import Generator


class CheckFailedError(Exception):
    """A build did not make what it should have made."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site of one generator on disk; ``heads`` are its articles as they were first written."""

    generator: Generator
    folder: Path
    heads: tuple[Head, ...]

    @property
    def output(self) -> Path:
        """Where the pages are."""
        return self.folder / self.generator.output

    def page(self, url: str) -> str:
        """Return the text of the page at an address, as it is read."""
        path = self.output / url.removeprefix("/") / "index.html"
        if not path.is_file():
            raise CheckFailedError(f"{self.generator.name} made no page for {url}")
        return html.unescape(path.read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Expected:
    """What a page must hold after a build."""

    url: str
    text: str


Change = Callable[[Site, int], tuple[Expected, ...]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """``change`` prepares run ``number`` of a site, and returns what the build must show."""

    name: str
    title: str
    change: Change
    clean: bool = False
    unchanged: bool = False


def remove_output(site: Site) -> None:
    """Delete whatever builds have left."""
    for name in (site.generator.output, *site.generator.caches):
        path = site.folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def check_site(site: Site) -> int:
    """Return the number of pages; raise :class:`CheckFailedError` if the site is not right."""
    pages = sum(1 for _ in site.output.rglob("*.html"))
    # Each article, the lists of twenty, the front page and the one for what is not found.
    wanted = len(site.heads) + len(site.heads) // 20 + 2
    if pages < wanted:
        raise CheckFailedError(f"{site.generator.name} made {pages} pages of at least {wanted}")
    for head in (site.heads[0], site.heads[len(site.heads) // 2], site.heads[-1]):
        opening = make_body(head, site.heads).partition(".")[0]
        for text in (head.title, head.lead, head.author, head.category, opening, *head.tags):
            check_text(site, Expected(head.url, text))
    return pages


def check_text(site: Site, expected: Expected) -> None:
    """Raise :class:`CheckFailedError` unless a page holds the text."""
    if expected.text not in site.page(expected.url):
        raise CheckFailedError(f"{site.generator.name}: {expected.url} lacks “{expected.text}”")


def list_files(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Return every file below a folder with what changes when it is written."""
    found = {}
    for name, _, files in os.walk(folder):
        for file in files:
            facts = Path(name, file).stat()
            found[f"{name}/{file}"] = (facts.st_mtime_ns, facts.st_ino, facts.st_size)
    return found


def count_written(before: dict[str, tuple[int, int, int]], folder: Path) -> int:
    """Return how many files below a folder were written since ``before``."""
    after = list_files(folder)
    return sum(1 for name, facts in after.items() if before.get(name) != facts)


def choose_edit(site: Site, number: int) -> tuple[Head, str]:
    """Return an article in the middle of the archive, and the sentence that an edit adds to it."""
    head = site.heads[(len(site.heads) // 2 + 7 * number) % len(site.heads)]
    return head, f"Đoạn này được thêm ở lần sửa thứ {number} của phép đo."


def edit_article(site: Site, number: int) -> tuple[Expected, ...]:
    """Add a sentence to the body of an article."""
    head, sentence = choose_edit(site, number)
    path = site.folder / site.generator.form.locate(head)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"\n{sentence}\n")
    return (Expected(head.url, sentence),)


def _keep(_site: Site, _number: int) -> tuple[Expected, ...]:
    return ()


def _start_clean(site: Site, _number: int) -> tuple[Expected, ...]:
    remove_output(site)
    return ()


def _add_article(site: Site, number: int) -> tuple[Expected, ...]:
    """Add an article that is newer than all others."""
    heads = make_heads(len(site.heads) + number + 1)
    head = replace(heads[-1], date=NOW + timedelta(days=number, hours=8), updated=None)
    article = Article(head, make_body(head, heads[: len(site.heads)]))
    write_article(site.generator.form, site.folder, article, heads)
    return (Expected(head.url, head.lead), Expected(f"/{head.section}/", head.title))


def _check_out(site: Site, number: int) -> tuple[Expected, ...]:
    """Copy the whole site as a checkout with a restored cache does: no file keeps its time."""
    copy = site.folder.with_name(f"{site.folder.name}.copy")
    shutil.copytree(site.folder, copy, symlinks=True, copy_function=shutil.copyfile)
    shutil.rmtree(site.folder)
    copy.rename(site.folder)
    return edit_article(site, number)


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario("clean", "clean build", _start_clean, clean=True),
        Scenario("unchanged", "nothing changed", _keep, unchanged=True),
        Scenario("edited", "one article edited", edit_article),
        Scenario("new", "one new article", _add_article),
        Scenario("checkout", "fresh checkout, one edited", _check_out),
    )
}
TITLES = {name: scenario.title for name, scenario in SCENARIOS.items()}
