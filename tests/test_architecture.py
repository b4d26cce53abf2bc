"""Imports point to earlier rows, and only the command line touches the world around a build."""

import ast
import typing
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import REPOSITORY

import sitegen
from sitegen import model, views
from sitegen.render import Compiled
from sitegen.templates import read_templates

PACKAGE = Path(sitegen.__file__).parent

# A module may import those of earlier rows: never of its own row, nor of a later one. There are no
# exceptions. CONTRIBUTING.md shows the same rows with what each is for.
ROWS = (
    (
        *("__init__", "model", "text", "stamps", "workers", "plainfields", "shortcuts", "tables"),
        *("tones", "metadata", "mending"),
    ),
    ("errors", "views", "references", "embeds", "parts", "listing", "indexer", "renditions"),
    ("dates", "decoding", "engine", "templates", "resolver", "store", "qr", "sharing"),
    ("fields", "inline", "entries", "output", "assets"),
    ("config", "prose", "kinship"),
    ("converter",),
    ("markup",),
    ("frontmatter", "media"),
    ("load", "darkroom"),
    ("site", "sharecards"),
    ("gallery",),
    ("survey",),
    ("frame", "memory"),
    ("pages",),
    ("documents", "lists", "news", "keys", "render", "photos", "pruning"),
    ("feeds", "sitemaps", "indexes", "changes", "press", "stillness", "search"),
    ("plan",),
    ("build",),
    ("messages", "scaffold", "serve", "verify", "why"),
    ("cli",),
    ("__main__",),
)
ROW_OF = {module: number for number, row in enumerate(ROWS) for module in row}
# What belongs to the edge alone: the clock, the environment, chance, printing, ending the program.
EDGE = "cli"
IMPURE_MODULES = frozenset({"time", "random", "secrets", "uuid", "getpass", "platform", "locale"})
IMPURE_NAMES = frozenset({"print", "input", "breakpoint", "exec", "eval"})
IMPURE_ATTRIBUTES = frozenset(
    {
        *("datetime.now", "datetime.today", "datetime.utcnow", "date.today"),
        *("os.environ", "os.environb", "os.getenv", "os.putenv", "os.urandom", "os.getcwd"),
        *("sys.argv", "sys.exit", "Path.cwd", "click.echo"),
    }
)


def modules() -> dict[str, ast.Module]:
    """Return every module of the package by its name below it."""
    return {
        path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."): ast.parse(
            path.read_text("utf-8")
        )
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def find_imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield each module of the package that ``tree`` imports anywhere, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                if name.name.split(".")[0] == "sitegen":
                    yield name.name.partition(".")[2] or "__init__", node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module == "sitegen":
                for name in node.names:
                    known = name.name in ROW_OF or (PACKAGE / f"{name.name}.py").exists()
                    yield name.name if known else "__init__", node.lineno
            elif node.module and node.module.startswith("sitegen."):
                yield node.module.removeprefix("sitegen."), node.lineno


def find_wrong_imports(name: str, tree: ast.AST) -> list[str]:
    return [
        f"{name}.py:{line}: imports {imported} (row {ROW_OF.get(imported)})"
        for imported, line in find_imports(tree)
        if ROW_OF.get(imported, len(ROWS)) >= ROW_OF[name]
    ]


def find_impurities(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ({name.name for name in node.names} & IMPURE_MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in IMPURE_MODULES:
            yield node.module
        elif isinstance(node, ast.ImportFrom):
            yield from (
                f"{node.module}.{name.name}"
                for name in node.names
                if f"{node.module}.{name.name}" in IMPURE_ATTRIBUTES
            )
        elif isinstance(node, ast.Name) and node.id in IMPURE_NAMES:
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
            if name in IMPURE_ATTRIBUTES:
                yield name


def test_every_module_has_a_row_and_only_one() -> None:
    listed = [module for row in ROWS for module in row]
    assert sorted(listed) == sorted(modules())
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("name", sorted(ROW_OF))
def test_imports_point_to_earlier_rows(name: str) -> None:
    assert find_wrong_imports(name, modules()[name]) == []


@pytest.mark.parametrize(
    "source",
    [
        "from sitegen.build import build",
        "import sitegen.cli",
        "from sitegen import plan",
        "def late() -> None:\n    from sitegen.render import render",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sitegen.site import Site",
        "from sitegen.views import Link",
        "from sitegen.nothing import nobody",
    ],
)
def test_the_check_of_imports_finds_a_wrong_one(source: str) -> None:
    assert find_wrong_imports("views", ast.parse(source))


@pytest.mark.parametrize("name", sorted(ROW_OF))
def test_only_the_command_line_touches_the_world(name: str) -> None:
    found = set(find_impurities(modules()[name]))
    assert (name == EDGE) == bool(found), found


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "from random import choice",
        "datetime.now(zone)",
        "def late() -> None:\n    print(os.getenv('HOME'))",
        "x = os.environ['TZ']",
        "from os import environ",
        "sys.exit(1)",
    ],
)
def test_the_check_of_purity_finds_what_is_not_pure(source: str) -> None:
    assert list(find_impurities(ast.parse(source)))


def test_templates_have_no_globals_and_nothing_random() -> None:
    environment = Compiled(read_templates(REPOSITORY / "templates"))._environment
    assert environment.globals == {}
    assert not {"random", "pprint"} & environment.filters.keys()
    assert not environment.extensions


def records(module: object) -> dict[str, type[msgspec.Struct]]:
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, msgspec.Struct)
    }


@pytest.mark.parametrize("record", [*records(model).values(), *records(views).values()])
def test_records_are_frozen(record: type[msgspec.Struct]) -> None:
    assert record.__struct_config__.frozen


@pytest.mark.parametrize("view", records(views).values())
def test_a_view_holds_plain_values_and_other_views_alone(view: type[msgspec.Struct]) -> None:
    known = {*records(views).values(), str, int, bool, bytes, type(None)}

    def find_types(annotation: object) -> Iterator[object]:
        if arguments := typing.get_args(annotation):
            assert typing.get_origin(annotation) in {tuple, dict, typing.Union, type(str | None)}
            for each in arguments:
                yield from find_types(each)
        elif annotation is not Ellipsis:
            yield annotation

    for field in msgspec.structs.fields(view):
        assert set(find_types(field.type)) <= known, field.name
