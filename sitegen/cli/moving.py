"""Move a text or rename a tag: the files that are written, and what is said of it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sitegen.cli.sentences import Sentence
from sitegen.content.discovery import discover
from sitegen.content.moves import Wishes, plan_move
from sitegen.content.reading import Content, read_content
from sitegen.content.settings import Config
from sitegen.content.tag_renames import plan_tag_rename
from sitegen.foundation.files import replace_file
from sitegen.problems import UsageError, mark


def move_text(
    root: Path, config: Config, path: str, wishes: Wishes, now: datetime, jobs: int
) -> Iterator[Sentence]:
    """Move a text, and yield what was done: see :func:`sitegen.content.moves.plan_move`."""
    if wishes == Wishes():
        options = ", ".join(f"--{name}" for name in Wishes.__struct_fields__)
        raise UsageError("move-nowhere", options=options)
    move = plan_move(root, config, _read(root, config, jobs), path, wishes, now)
    _write(root, move.texts)
    if move.target != path:
        (root / path).unlink()
        _clear(root, (root / path).parent)
        yield Sentence(mark("{path} is now {target}"), {"path": path, "target": move.target})
    if move.url == move.old_url:
        yield Sentence(mark("Its address stays: {url}"), {"url": move.url})
    else:
        yield Sentence(mark("Its address is now {url}"), {"url": move.url})
    if move.alias:
        yield Sentence(mark("The old address leads there: {url}"), {"url": move.old_url})
    for other in move.texts:
        if other != move.target:
            yield Sentence(mark("Its links were mended: {path}"), {"path": other})


def rename_tag(root: Path, config: Config, old: str, new: str, jobs: int) -> Iterator[Sentence]:
    """Rename a tag, and yield what was done."""
    rename = plan_tag_rename(root, config, _read(root, config, jobs).articles, old, new)
    _write(root, rename.texts)
    for path in rename.texts:
        yield Sentence(mark("Changed: {path}"), {"path": path})
    if rename.alias:
        yield Sentence(mark("The old address leads there: {url}"), {"url": rename.old_url})


def _read(root: Path, config: Config, jobs: int) -> Content:
    """Return everything that is written, whatever is wrong with some of it."""
    # Nothing is remembered of it, so no stamp is needed.
    content, _, _ = read_content(root, config, discover(root, 0), {}, jobs)
    return content


def _write(root: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        replace_file(root / path, text.encode())


def _clear(root: Path, folder: Path) -> None:
    """Delete folders that are empty now."""
    while folder not in (root / "content", root) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
