"""The modules of the package, and the rows in which they stand."""

import ast
from pathlib import Path

import sitegen

PACKAGE = Path(sitegen.__file__).parent

# A package, or a module beside the packages, imports from earlier rows, and within itself without a
# circle. There are no exceptions. CONTRIBUTING.md shows the same rows with what each is for.
ROWS = (
    ("__init__",),
    ("model",),
    ("views", "problems"),
    ("foundation",),
    ("markdown",),
    ("content",),
    ("media", "theme"),
    ("pages", "importing", "desk"),
    ("search", "hosting", "incremental", "output"),
    ("plan", "releases", "visits"),
    ("hidden_texts",),
    ("build",),
    ("cli",),
    ("__main__",),
)


def list_modules() -> dict[str, Path]:
    """Return the file of every module by its name below the package.

    A package below it has the name of itself.
    """
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[1:] and parts[-1] == "__init__" else parts)] = path
    return found


def read_tree(path: Path) -> ast.Module:
    """Return what a module says. All of them together are too large to be kept by the tests."""
    return ast.parse(path.read_text("utf-8"))
