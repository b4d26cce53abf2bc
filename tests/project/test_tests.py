"""The tests themselves: where they stand, and what they may import."""

import ast
from collections.abc import Iterator

import pytest

from support.site_folder import REPOSITORY

TESTS = REPOSITORY / "tests"
FILES = sorted(TESTS.rglob("*.py"))
# The modules of tests by their names, which are unique.
NAMES = {path.stem for path in FILES if path.stem.startswith(("test_", "conftest"))}
# Folders beside those that are named as the packages of sitegen.
OTHERS = {"browser", "deploy", "faults", "project", "support", "whole_site"}


def find_imports_of_tests(source: str) -> Iterator[str]:
    """Yield the modules of tests that ``source`` imports, conftest.py among them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            # A module may be imported from its folder as well.
            modules = [f"{node.module}.{name.name}" for name in node.names if name.name in NAMES]
            modules.append(node.module or "")
        else:
            continue
        yield from (module for module in modules if module.split(".")[-1] in NAMES)


def test_no_test_imports_from_a_test() -> None:
    found = {
        path.relative_to(TESTS).as_posix(): imported
        for path in FILES
        if (imported := list(find_imports_of_tests(path.read_text("utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "import test_dates",
        "import foundation.test_dates as dates",
        "from test_dates import parse",
        "from foundation import test_dates",
        "from browser.conftest import page",
        "def test() -> None:\n    from conftest import NOW",
    ],
)
def test_the_check_finds_an_import_of_a_test(source: str) -> None:
    assert list(find_imports_of_tests(source))


def find_brittle_doubles(source: str) -> Iterator[str]:
    """Yield what ``source`` replaces by its name in one module of sitegen, but for constants."""
    tree = ast.parse(source)
    modules = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sitegen"
        for name in node.names
        if (REPOSITORY / (node.module or "").replace(".", "/") / f"{name.name}.py").exists()
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr != "setattr":
            continue
        owner, *others = [ast.unparse(each).strip("'") for each in node.args]
        if owner.startswith("sitegen."):
            owner, _, name = owner.rpartition(".")
        elif owner in modules:
            name = others[0]
        else:
            continue
        if not name.isupper():
            yield f"{owner}.{name}"


def test_doubles_stand_in_wherever_a_function_is_used() -> None:
    found = {
        path.relative_to(TESTS).as_posix(): doubles
        for path in FILES
        if (doubles := list(find_brittle_doubles(path.read_text("utf-8"))))
    }
    assert found == {}, "support/doubles.py has what does not hold on to an import"


@pytest.mark.parametrize(
    "source",
    [
        'monkeypatch.setattr("sitegen.build.make_plan", refuse)',
        'import sitegen.build\npatch.setattr(sitegen.build, "make_plan", refuse)',
        'from sitegen import build as story\npatch.setattr(story, "make_plan", refuse)',
        'from sitegen.pages import lists as x\npatch.setattr(x, "_make", refuse)',
    ],
)
def test_the_check_finds_a_double_that_a_moved_import_would_break(source: str) -> None:
    assert list(find_brittle_doubles(source))


def test_tests_stand_in_folders_named_as_the_packages_they_test() -> None:
    packages = {path.parent.name for path in (REPOSITORY / "sitegen").glob("*/__init__.py")}
    folders = {path.name for path in TESTS.iterdir() if list(path.glob("*.py"))}
    assert folders - OTHERS == packages
    assert [path.name for path in TESTS.glob("*.py")] == ["conftest.py"]


def test_what_is_shared_is_no_test() -> None:
    shared = [path for path in FILES if path.relative_to(TESTS).parts[0] == "support"]
    assert shared
    for path in shared:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert not node.name.startswith("test_"), path
