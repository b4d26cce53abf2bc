import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.foundation.files import read_file, replace_file, write_file
from support.source_code import list_modules, read_tree

posix = pytest.mark.skipif(sys.platform == "win32", reason="makes pipes and links")
# Files of the program itself and of the system, and one that is made for the first time.
OWN = {
    "foundation.generator",
    "foundation.guard",
    "theme.fonts",
    "media.share_cards",
    "cli.host_setup",
    "cli.new_site",
    "cli.proposal_page",
    "cli.scaffold",
    "desk.pages",
}
# The output, in which the program has found a file before; a name that it has just made up.
FOUND = {
    *("cli.preview", "cli.proposal", "desk.installation", "foundation.files"),
    *("importing.taking_over", "output.staging"),
}
# What whoever runs the command names: it may be a pipe of the shell.
NAMED = {"cli.actions", "visits.log_files"}


def find_blind_openings(tree: ast.AST) -> Iterator[int]:
    """Yield the lines in which a file is opened without a look at what it is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            named = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            looked_at = any(each.arg == "opener" for each in node.keywords)
            # Fields have a method `read_text` as well, which is given no encoding.
            encoded = not node.args or isinstance(node.args[0], ast.Constant)
            if named in {"read_bytes", "write_bytes", "write_text"} or (
                (named == "read_text" and encoded)
                or (named == "open" and isinstance(node.func, ast.Name) and not looked_at)
            ):
                yield node.lineno


def test_no_module_opens_what_may_be_a_pipe() -> None:
    found = {
        f"{name}:{line}"
        for name, path in list_modules().items()
        if name not in OWN | FOUND | NAMED
        for line in find_blind_openings(read_tree(path))
    }
    assert found == set()


@pytest.mark.parametrize("source", ["path.read_bytes()", "open(path)", "(a / b).write_text('x')"])
def test_the_check_finds_them(source: str) -> None:
    assert list(find_blind_openings(ast.parse(source))) == [1]
    assert list(find_blind_openings(ast.parse("open(path, opener=open_regular)"))) == []


@posix
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    for name in ("pipe", "device", "missing", "."):
        with pytest.raises(OSError, match=r"\w"):
            read_file(tmp_path / name)
    for name in ("pipe", "."):
        with pytest.raises(OSError, match=r"\w"):
            write_file(tmp_path / name, b"x")


def test_a_file_is_replaced(tmp_path: Path) -> None:
    for durably in (False, True):
        replace_file(tmp_path / "a", b"%d" % durably, durably=durably)
        assert read_file(tmp_path / "a") == b"%d" % durably
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@posix
def test_nothing_is_written_through_what_a_killed_program_left(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"kept")
    (tmp_path / "a.new").symlink_to("outside")
    replace_file(tmp_path / "a", b"1")
    assert read_file(tmp_path / "outside") == b"kept"
    os.mkfifo(tmp_path / "a.new")
    replace_file(tmp_path / "a", b"2")
    assert read_file(tmp_path / "a") == b"2"
