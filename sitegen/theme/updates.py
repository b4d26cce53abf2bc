"""A newer theme brought into a copied one that was changed since: a merge of three versions.

The version that was copied is kept beside the copy, in one file, as the base of the merge. So no
history is needed, and no network. A file of which both sides changed the same lines stays as it is:
its newer version is written beside it (``article.html.new``), and nothing reads that one.
"""

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

from sitegen.foundation.files import read_file, replace_file, write_file
from sitegen.foundation.folders import find_outside
from sitegen.model import Record
from sitegen.problems import UsageError
from sitegen.theme.templates import WAITING, list_names

# What was copied. Its name begins with a dot, so it is no part of the theme.
BASE = ".theme.zip"
# The same files give the same bytes, on every day.
_STAMP = (1980, 1, 1, 0, 0, 0)
_LONGEST_SECONDS = 60


class Step(Record, frozen=True):
    """What an update does with a file of a theme.

    The ``kind`` is ``added``, ``updated`` (the site had changed nothing), ``merged``, ``conflict``
    (to be merged by hand), ``removed``, or ``kept`` (the newer theme has no such file any more, but
    it was changed here). ``data`` is what is written, also into the file beside it.
    """

    name: str
    kind: str
    data: bytes = b""


def keep_base(folder: Path, theme: Path) -> None:
    """Keep ``theme``, from which the theme in ``folder`` was copied or updated."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(read_theme(theme).items()):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)
    replace_file(folder / BASE, written.getvalue(), durably=True)


def read_base(folder: Path) -> dict[str, bytes] | None:
    """Return the theme from which the one in ``folder`` was copied; none where it is not known."""
    try:
        with zipfile.ZipFile(io.BytesIO(read_file(folder / BASE))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile):
        return None


def read_theme(folder: Path) -> dict[str, bytes]:
    """Return the files of a theme by name.

    Raises :class:`~sitegen.problems.UsageError` if one leads out of the folder: nothing is written
    elsewhere.
    """
    names = list_names(folder)
    for name in names:
        if find_outside(folder, folder / name):
            raise UsageError("theme-outside", path=f"{folder.name}/{name}")
    return {name: read_file(folder / name) for name in names}


def find_waiting(folder: Path) -> list[str]:
    """Return the newer versions that an earlier update left, and nobody has merged yet."""
    found = (each for each in folder.rglob(f"*{WAITING}") if each.is_file())
    return sorted(each.relative_to(folder).as_posix() for each in found)


def plan_update(
    own: dict[str, bytes], base: dict[str, bytes] | None, newer: dict[str, bytes]
) -> tuple[Step, ...]:
    """Return what brings the ``newer`` theme into a site's ``own``, which was once the ``base``.

    Without a base nobody knows which side changed a file, so each that differs is a conflict.
    What the site has deleted stays deleted: the built-in file takes its place.
    """
    known = base or {}
    steps: list[Step] = []
    for name in sorted(own.keys() | newer.keys()):
        before, mine, theirs = known.get(name), own.get(name), newer.get(name)
        if theirs in (mine, before):
            continue
        if mine is None:
            # In a theme whose base is not known, it may have been deleted as well.
            if before is None and base is not None and theirs is not None:
                steps.append(Step(name, "added", theirs))
        elif theirs is None:
            if before is not None:
                steps.append(Step(name, "removed" if mine == before else "kept"))
        elif mine == before:
            steps.append(Step(name, "updated", theirs))
        else:
            merged = None if before is None else _merge(before, mine, theirs)
            written = theirs if merged is None else merged
            steps.append(Step(name, "conflict" if merged is None else "merged", written))
    return tuple(steps)


def apply_update(folder: Path, steps: tuple[Step, ...], theme: Path) -> None:
    """Do the steps, each file whole or not at all; after all of them the base is ``theme``.

    An update that was killed is done by the next one: what it had written is found to be there.
    """
    for step in steps:
        path = folder / step.name
        if step.kind == "removed":
            path.unlink()
        elif step.kind == "conflict":
            replace_file(path.with_name(path.name + WAITING), step.data)
        elif step.kind != "kept":
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, step.data)
    keep_base(folder, theme)


def _merge(base: bytes, mine: bytes, theirs: bytes) -> bytes | None:
    """Return a text with what both sides changed, or nothing where they changed the same lines.

    Line ends are those of the site's own file. Without git nothing can be merged.
    """
    if any(b"\0" in each for each in (base, mine, theirs)):
        return None
    ends = b"\r\n" if b"\r\n" in mine else b"\n"
    plain = [each.replace(b"\r\n", b"\n") for each in (mine, base, theirs)]
    with tempfile.TemporaryDirectory() as scratch:
        paths = [Path(scratch, name) for name in ("mine", "base", "theirs")]
        for path, data in zip(paths, plain, strict=True):
            write_file(path, data)
        command = ["git", "merge-file", "--stdout", "--quiet", *map(str, paths)]
        try:
            # 0: no conflict; else the number of conflicts, or 255.
            done = subprocess.run(  # noqa: S603 (no shell reads it)
                command, capture_output=True, check=True, timeout=_LONGEST_SECONDS
            )
        except (OSError, subprocess.SubprocessError):
            return None
    return done.stdout.replace(b"\n", ends)
