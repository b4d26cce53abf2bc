"""Every kind of file where another is expected: an error or a warning, never a hang or a fault."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.faults import AT, EVERYTHING, FAULT, Ordeal, remove, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="makes pipes and links")
Tell = Callable[[str, int], None]


def make_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket may have only some hundred bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def link_to_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("xp"))
    path.symlink_to("xp")


KINDS: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "socket": make_socket,
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "link to a pipe": link_to_pipe,
    "folder": lambda path: (path / "x").mkdir(parents=True),
    "link to nowhere": lambda path: path.symlink_to("nowhere"),
    "link to itself": lambda path: path.symlink_to(path.name),
    "empty file": lambda path: path.write_bytes(b""),
    "other bytes": lambda path: path.write_bytes(b"\0\xff" * 40),
}
PLACES = (
    *("config.yaml", "content", "content/bai-2.md", "content/pages/gioi-thieu.md"),
    *("content/media", "content/media/hoa.svg", "templates", "templates/article.html"),
    *("templates/menu.html", "templates/assets", "templates/assets/site.css"),
    *(".sitegen", ".sitegen/content", ".sitegen/content.new", ".sitegen/clock", ".sitegen/config"),
    *(".sitegen/styles", ".sitegen/lists", ".output.list", ".output.list.new", ".output.lock"),
    *("output", "output/.staging", "output/.staging/tree", "output/.staging/journal"),
    *("output/index.html", "output/assets", "output/media/hoa.svg", "output/hoat-dong-cua-co-so"),
)
FEW = ("config.yaml", "content/bai-2.md", ".sitegen/content", ".output.list", "output/index.html")


def put_right(root: Path, place: str, kept: Path | None, *, built: bool) -> None:
    """Do what somebody does who reads the message: put back what was there before."""
    path = root / place
    if not built or (kept and not place.startswith((".", "output"))):
        remove(path)
        if kept:
            kept.rename(path)
        elif place.startswith("output/.staging"):
            remove(root / "output/.staging")
    elif place.startswith("output") and path.is_dir():
        # A build deletes no folder that is not its own.
        remove(path / "x")
    remove(path.with_name("xp"))
    for name in (place, f"{place}.new"):
        strange = root / name
        own = strange.is_dir() or (strange.is_file() and not strange.is_symlink())
        if name.startswith(".") and not own:
            remove(strange)


@pytest.mark.parametrize("kind", KINDS)
def test_no_build_hangs_or_blames_the_program(ordeal: Ordeal, kind: str, tried: Tell) -> None:
    root = ordeal.site.root
    places = PLACES if EVERYTHING else FEW
    kept = root.parent / "put-aside"
    for place in places:
        ordeal.restore()
        path = root / place
        was = os.path.lexists(path)
        remove(kept)
        if was:
            path.rename(kept)
        path.parent.mkdir(parents=True, exist_ok=True)
        KINDS[kind](path)
        outcome = run(ordeal.site, "build", *AT)
        assert outcome.code != FAULT, (place, outcome.said)
        assert "Traceback" not in outcome.said, (place, outcome.said)
        assert outcome.code in {0, 1, 2}, place
        assert not outcome.code or len(outcome.said.splitlines()) <= len(KINDS) * 4, outcome.said
        put_right(root, place, kept if was else None, built=not outcome.code)
        ordeal.assert_sound(
            *("cache-damaged", "list-damaged", "list-lost", "file-unlisted", "journal-damaged")
        )
    tried(f"another kind of file in its place: {kind}", len(places))


@pytest.mark.parametrize("name", ["config.yaml", ".output.list", "content/bai-2.md"])
@pytest.mark.parametrize("command", ["check", "why"])
def test_other_commands_do_not_hang_either(ordeal: Ordeal, command: str, name: str) -> None:
    ordeal.restore()
    path = ordeal.site.root / name
    kept = path.read_bytes()
    path.unlink()
    os.mkfifo(path)
    words = [command, *AT] + (["/"] if command == "why" else [])
    try:
        outcome = run(ordeal.site, *words)
    finally:
        path.unlink()
        path.write_bytes(kept)
    assert outcome.code in {0, 1, 2}, outcome.said
    assert "Traceback" not in outcome.said
