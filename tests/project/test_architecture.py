"""Imports point to earlier rows, and only the command line touches the world around a build."""

import ast
import typing
from collections.abc import Iterator

import msgspec
import pytest

from sitegen import model, views
from sitegen.theme.rendering import Compiled
from sitegen.theme.templates import read_templates
from sitegen.theme.translation import Translation
from support.site_folder import REPOSITORY
from support.source_code import PACKAGE, ROWS, list_modules, read_tree

ROW_OF = {package: number for number, row in enumerate(ROWS) for package in row}
# What belongs to the edge alone: the clock, the environment, chance, printing, ending the program.
MODULES = list_modules()
EDGE = frozenset({"cli.actions", "cli.speaking"})
IMPURE_MODULES = frozenset({"time", "random", "secrets", "uuid", "getpass", "platform", "locale"})
IMPURE_NAMES = frozenset({"print", "input", "breakpoint", "exec", "eval"})
IMPURE_ATTRIBUTES = frozenset(
    {
        *("datetime.now", "datetime.today", "datetime.utcnow", "date.today"),
        *("os.environ", "os.environb", "os.getenv", "os.putenv", "os.urandom", "os.getcwd"),
        *("sys.argv", "sys.exit", "Path.cwd", "click.echo"),
    }
)


def find_imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield each module of the package that ``tree`` imports anywhere, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                if name.name.split(".")[0] == "sitegen":
                    yield name.name.partition(".")[2] or "__init__", node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if (node.module or "").split(".")[0] != "sitegen":
                continue
            inside = (node.module or "").partition(".")[2]
            for name in node.names:
                place = PACKAGE / inside.replace(".", "/") / name.name
                if place.with_suffix(".py").exists() or place.is_dir():
                    yield f"{inside}.{name.name}".removeprefix("."), node.lineno
                else:
                    yield inside or "__init__", node.lineno


def find_wrong_imports(name: str, tree: ast.AST) -> list[str]:
    """Return the imports that lead to a later row, or to another package of the same row."""
    own = name.split(".", maxsplit=1)[0]
    return [
        f"{name}:{line}: imports {imported} (row {ROW_OF.get(other)})"
        for imported, line in find_imports(tree)
        if (other := imported.split(".")[0]) != own or imported == name
        if ROW_OF.get(other, len(ROWS)) >= ROW_OF[own]
    ]


def find_circle(imports: dict[str, set[str]]) -> list[str]:
    """Return modules that import each other in a circle, or nothing."""
    waiting = dict(imports)
    while waiting:
        free = [name for name, wanted in waiting.items() if not wanted & waiting.keys()]
        if not free:
            return sorted(waiting)
        for name in free:
            del waiting[name]
    return []


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


def test_every_package_has_a_row_and_only_one() -> None:
    listed = [package for row in ROWS for package in row]
    assert sorted(listed) == sorted({name.split(".")[0] for name in list_modules()})
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_to_earlier_rows(name: str) -> None:
    assert find_wrong_imports(name, read_tree(MODULES[name])) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    imports = {
        name: {imported for imported, _ in find_imports(read_tree(path))}
        for name, path in MODULES.items()
    }
    assert find_circle(imports) == []
    assert find_circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "source",
    [
        "from sitegen.build import build",
        "import sitegen.cli.commands",
        "from sitegen import plan",
        "def late() -> None:\n    from sitegen.theme.rendering import render",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sitegen.plan import Plan",
        "from sitegen.views import Link",
        "from sitegen.nothing import nobody",
        "from sitegen.problems import problem",
    ],
)
def test_the_check_of_imports_finds_a_wrong_one(source: str) -> None:
    assert find_wrong_imports("views", ast.parse(source))


@pytest.mark.parametrize("name", MODULES)
def test_only_the_command_line_touches_the_world(name: str) -> None:
    found = set(find_impurities(read_tree(MODULES[name])))
    assert (name in EDGE) == bool(found), found


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
    # It translates when a template is compiled, and no page while it is rendered.
    assert {*environment.extensions} == {Translation.identifier}
    assert not {"gettext", "_"} & environment.globals.keys()


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
