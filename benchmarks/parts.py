"""The special paths of sitegen, each switched off from outside.

    python -m benchmarks.parts NAME build --no-search

does what ``sitegen build --no-search`` does, but without the path of that name; ``whole`` has all.
Without a path the same bytes are made in another way.
"""

import contextlib
import functools
import gc
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
from jinja2.compiler import CodeGenerator

import sitegen

WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Part:
    """A special path: ``switch_off`` lets the program do without.

    ``sources`` are the modules and functions that would go with it, ``more`` is how many lines
    would go besides, less those that would stand in their place. ``scenario`` is what happens
    before a build that is not clean.
    """

    name: str
    title: str
    switch_off: Callable[[], None]
    sources: tuple[str, ...] = ()
    more: int = 0
    theme: str = "plain"
    scenario: str = "edited"

    @property
    def lines(self) -> int:
        """How many lines of code the path takes."""
        return self.more + sum(map(count_lines, map(find, self.sources)))


def count_lines(source: Any) -> int:  # noqa: ANN401 (whatever has a source)
    """Return the number of lines of code of a module or a function."""
    lines, _ = inspect.getsourcelines(source)
    return sum(1 for line in lines if line.strip())


def find(name: str) -> Any:  # noqa: ANN401 (whatever has a name)
    """Return a module of the generator, or what is in one, by its name below ``sitegen``."""
    try:
        return importlib.import_module(f"sitegen.{name}")
    except ModuleNotFoundError:
        module, _, inside = name.rpartition(".")
        return getattr(importlib.import_module(f"sitegen.{module}"), inside)


@functools.cache
def load_generator() -> tuple[ModuleType, ...]:
    """Import every module of the generator: one that is imported later would be as it is."""
    found = pkgutil.walk_packages(sitegen.__path__, "sitegen.")
    return tuple(
        importlib.import_module(each.name) for each in found if each.name != "sitegen.__main__"
    )


def replace(name: str, double: object) -> None:
    """Let every module of the generator that has what is named use ``double`` in its place."""
    original = find(name)
    for module in load_generator():
        for inside, value in list(vars(module).items()):
            if value is original:
                setattr(module, inside, double)


def _use(name: str, double: object) -> Callable[[], None]:
    return lambda: replace(name, double)


def _unkept(name: str) -> Callable[[], None]:
    """Return what lets a function keep no results."""
    return lambda: replace(name, find(name).__wrapped__)


def _nothing(*_arguments: object) -> None:
    return None


def _convert_no_prose() -> None:
    replace("markdown.prose.convert_prose", _nothing)


def _sort_plainly(articles: Iterable[Any]) -> list[Any]:
    return sorted(articles, key=lambda article: (article.date, article.url), reverse=True)


def _open_by_path() -> None:
    def open_path(path: str, mode: str, **named: Any) -> object:  # noqa: ANN401 (handed on)
        return open(Path(path), mode, **named)  # noqa: PTH123 (a Path has no openers)

    vars(find("output.staging"))["open"] = open_path


def _ask_for_versions() -> None:
    library_version = find("foundation.generator.library_version")

    def ask(name: str) -> str:
        with contextlib.suppress(metadata.PackageNotFoundError):
            metadata.version(name)
        # The two may write a version differently, and it is a part of each key.
        return str(library_version(name))

    replace("foundation.generator.library_version", ask)


def _forget_fragments() -> None:
    vars(find("theme.rendering"))["_IMMUTABLE"] = ()


def _convert_for_references() -> None:
    scan = find("markdown.references.scan_references")

    def doubt(*source: str) -> object:
        return msgspec.structs.replace(scan(*source), sure=False)

    replace("markdown.references.scan_references", doubt)


def _find_suspects_by_owners() -> None:
    """Let every address be a suspect, so that the owners of all are asked for."""
    replace("pages.collisions.find_suspects", lambda text: frozenset(text.lower().split("\n")))


def _plan_afresh() -> None:
    make_plan, nothing = find("plan.make_plan"), find("incremental.content_cache.PlanCache")()
    signature = inspect.signature(make_plan)

    def make_afresh(*arguments: object) -> object:
        bound = signature.bind(*arguments)
        bound.arguments["known"] = nothing
        return make_plan(*bound.args)

    replace("plan.make_plan", make_afresh)


def _know_no_folder() -> None:
    class Forgetful(dict[str, bool]):
        def __setitem__(self, _name: str, _there: bool) -> None:
            pass

    stager = find("output.staging.Stager")
    begin = stager.__init__

    def begin_forgetful(self: Any, folder: Path) -> None:  # noqa: ANN401
        begin(self, folder)
        self._there = Forgetful()

    stager.__init__ = begin_forgetful


PARTS = {
    part.name: part
    for part in (
        Part(
            "prose",
            "prose past Python-Markdown",
            _convert_no_prose,
            ("markdown.prose", "markdown.prose_inline", "markdown.prose_tables"),
        ),
        Part(
            "plain-yaml",
            "plain front matter past YAML's machinery",
            _use("content.plain_yaml.compose_plain", _nothing),
            ("content.plain_yaml",),
        ),
        Part(
            "sort",
            "articles sorted by date alone, then within a minute",
            _use("content.selection._sort_newest_first", _sort_plainly),
            ("content.selection._sort_newest_first",),
            more=-2,
        ),
        Part(
            "slugs",
            "slugs of Vietnamese past python-slugify",
            _use("foundation.text._slugify_vietnamese", _nothing),
            ("foundation.text._slugify_vietnamese",),
            more=15,
        ),
        Part("slugs-kept", "slugs kept in memory", _unkept("foundation.text.slugify"), more=1),
        Part(
            "cards-kept",
            "cards of neighbours kept in memory",
            _unkept("pages.cards._recall_card"),
            ("pages.cards._recall_card",),
        ),
        Part(
            "runs-kept",
            "runs of a QR code kept in memory",
            _unkept("theme.filters._draw_run"),
            more=1,
            theme="portal",
        ),
        Part(
            "fragments-kept",
            "rendered fragments kept in memory",
            _forget_fragments,
            more=12,
            theme="portal",
        ),
        Part(
            "stamps",
            "files known by their stamps",
            _use("foundation.stamps.take_stamp", lambda _status, _scanned: b""),
            ("foundation.stamps",),
        ),
        Part(
            "versions",
            "versions of libraries by the names of folders",
            _ask_for_versions,
            ("foundation.generator._list_versions",),
            scenario="unchanged",
        ),
        Part(
            "escaping",
            "values escaped without an object around each",
            lambda: setattr(
                find("theme.escaping.Environment"), "code_generator_class", CodeGenerator
            ),
            ("theme.escaping",),
        ),
        Part("open", "staged files opened by text and not by Path", _open_by_path, more=1),
        Part(
            "collisions",
            "addresses claimed twice looked for without their owners",
            _find_suspects_by_owners,
            ("pages.collisions.find_suspects", "pages.collisions.list_claimed"),
            scenario="new",
        ),
        Part(
            "plan-kept",
            "what plans found out kept in the cache",
            _plan_afresh,
            ("incremental.content_cache.PlanCache",),
            more=3,
        ),
        Part(
            "references",
            "links found by a scan, and not by converting every text",
            _convert_for_references,
            ("markdown.references.scan_references",),
        ),
        Part(
            "beside",
            "files discovered while the cache is loaded",
            _use("foundation.workers.run_beside", lambda work, _kind, **_: work),
            ("foundation.workers.run_beside",),
        ),
        Part(
            "folders-known",
            "folders of the output known while pages are staged",
            _know_no_folder,
            more=6,
        ),
        Part(
            "names-ending",
            "names of articles known by their end",
            lambda: setattr(find("content.discovery"), "MARKDOWN", "\0"),
            more=3,
        ),
        Part("collector", "no garbage collector", lambda: setattr(gc, "disable", _nothing), more=3),
        Part(
            "end",
            "records not taken apart at the end",
            lambda: replace("cli.commands.run", find("cli.commands.main")),
            ("cli.commands.run",),
        ),
    )
}


def main() -> None:
    """Run a command of sitegen without a part."""
    name = sys.argv.pop(1)
    load_generator()
    if name != WHOLE:
        PARTS[name].switch_off()
    find("cli.commands").run()


if __name__ == "__main__":
    main()
