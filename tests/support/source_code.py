"""The modules of the package, and the rows in which they stand."""

import ast
import functools
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


@functools.cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the package by its name below it; a package has the name of itself."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[1:] and parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf-8"))
    return found
