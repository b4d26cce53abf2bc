import builtins
import itertools
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sitegen.incremental.manifest import (
    FileNote,
    Manifest,
    format_manifest,
    list_files,
    note_group,
    parse_manifest,
)
from sitegen.output.folder import check_output
from sitegen.output.journal import Journal, begin, is_unfinished
from sitegen.output.manifest_file import manifest_path, read_manifest, seal_manifest, write_manifest
from sitegen.output.publishing import commit, open_output
from sitegen.output.staging import STAGING, Stager, holds
from sitegen.problems import UsageError
from support.site_folder import SiteFolder

Files = dict[str, bytes]
posix = pytest.mark.skipif(sys.platform == "win32", reason="forks, or makes links")


class Written(NamedTuple):
    """The numbers of files that were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def write(folder: Path, files: Files, workers: int = 1) -> Written:
    """Do what a build does with the files that it made."""
    with open_output(folder):
        stagers = itertools.cycle([Stager(folder) for _ in range(workers)])
        items = zip(files.items(), stagers, strict=False)
        staged = [path for (path, data), stager in items if stager.stage(path, data)]
        return finish(folder, staged, files)


def finish(folder: Path, staged: list[str], files: Iterable[str]) -> Written:
    """Commit, where the site has ``files`` and no others."""
    paths = sorted(files)
    groups = parse_manifest(read_manifest(folder)).groups.values()
    gone = frozenset(path for group in groups for path in list_files(group)) - set(paths)
    note = note_group("", [FileNote(path, "", "") for path in paths])
    commit(folder, gone, seal_manifest(*format_manifest(Manifest(groups={"all": note}))))
    return Written(len(staged), len(paths) - len(staged), len(gone))


def read(folder: Path) -> Files:
    """Return what lies in the folder: files alone, and no folder that is empty."""
    found = {}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if STAGING in relative.parts:
            continue
        if path.is_file():
            found[relative.as_posix()] = path.read_bytes()
        else:
            assert any(path.iterdir()), f"{path} is empty"
    return found


def listed(folder: Path) -> list[str]:
    groups = parse_manifest(read_manifest(folder)).groups.values()
    return [path for group in groups for path in list_files(group)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "site" / "output"


def test_the_first_build_writes_everything(folder: Path) -> None:
    files = {"index.html": b"a", "tin/index.html": b"b", "tin/đ/x.txt": b""}
    assert write(folder, files) == Written(3, 0, 0)
    assert read(folder) == files
    assert listed(folder) == sorted(files)
    assert manifest_path(folder) == folder.parent / ".output.list"


def test_a_build_of_the_same_touches_nothing(folder: Path) -> None:
    files = {"index.html": b"a", "tin/index.html": b"b"}
    write(folder, files)
    before = {path: (folder / path).stat() for path in files}
    assert write(folder, files, workers=2) == Written(0, 2, 0)
    for path, stat in before.items():
        now = (folder / path).stat()
        assert (now.st_mtime_ns, now.st_ino) == (stat.st_mtime_ns, stat.st_ino)


def test_what_is_there_already_is_not_even_given_a_folder(folder: Path) -> None:
    write(folder, {"a/1": b"1", "b/2": b"2"})
    with open_output(folder):
        stager = Stager(folder)
        stager.stage("a/1", b"1")
        stager.stage("b/2", b"3")
        staged = [path.name for path in (folder / STAGING).rglob("*")]
        assert sorted(staged) == ["2", "b", "tree"]


def test_only_what_changed_is_written_and_what_is_gone_removed(folder: Path) -> None:
    write(folder, {"a": b"1", "b/c/d": b"2", "e": b"3"})
    assert write(folder, {"a": b"1", "e": b"4", "f": b"5"}) == Written(2, 1, 1)
    assert read(folder) == {"a": b"1", "e": b"4", "f": b"5"}
    assert not (folder / "b").exists()


def test_a_file_that_no_build_wrote_is_never_deleted(folder: Path) -> None:
    write(folder, {"b/c": b"1", "d/e": b"2"})
    (folder / "b" / "robots-own.txt").write_bytes(b"foreign")
    (folder / ".well-known").mkdir()
    (folder / ".well-known" / "x").write_bytes(b"foreign")
    write(folder, {"a": b"1"})
    assert read(folder) == {
        "a": b"1",
        "b/robots-own.txt": b"foreign",
        ".well-known/x": b"foreign",
    }
    # Nor after the list is lost: then nothing is known to be ours.
    manifest_path(folder).unlink()
    write(folder, {"z": b"1"})
    assert "a" in read(folder)


def test_a_foreign_file_with_the_right_bytes_becomes_ours(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "a").write_bytes(b"1")
    assert write(folder, {"a": b"1"}) == Written(0, 1, 0)
    assert write(folder, {}) == Written(0, 0, 1)
    assert read(folder) == {}


def test_a_file_may_become_a_folder_and_a_folder_a_file(folder: Path) -> None:
    write(folder, {"a": b"1", "b/c": b"2", "b/d/e": b"3"})
    write(folder, {"a/x": b"1", "b": b"2"})
    assert read(folder) == {"a/x": b"1", "b": b"2"}
    write(folder, {"a": b"1", "b/c": b"2", "b/d/e": b"3"})
    assert read(folder) == {"a": b"1", "b/c": b"2", "b/d/e": b"3"}


def test_nothing_is_built_over_what_no_build_wrote(folder: Path) -> None:
    write(folder, {"a": b"1"})
    (folder / "x").write_bytes(b"foreign")
    (folder / "y").mkdir()
    (folder / "y" / "z").write_bytes(b"foreign")
    before = read(folder)
    for path in ("x/index.html", "y"):
        with pytest.raises(UsageError) as caught:
            write(folder, {"a": b"2", path: b"3"})
        assert caught.value.code == "output-unsafe"
        assert read(folder) == before
        assert listed(folder) == ["a"]


def test_what_fails_before_the_commit_changes_nothing(folder: Path) -> None:
    write(folder, {"a": b"1"})

    def fail() -> None:
        with open_output(folder):
            Stager(folder).stage("a", b"2")
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 (raised right above)
        fail()
    assert read(folder) == {"a": b"1"}
    assert not (folder / STAGING).exists()


def test_an_output_that_never_was_leaves_no_empty_folder(folder: Path) -> None:
    with open_output(folder):
        pass
    assert not folder.exists()


def test_two_builds_never_write_at_once(folder: Path) -> None:
    with open_output(folder):
        with pytest.raises(UsageError) as caught, open_output(folder):
            pass
        assert caught.value.code == "locked"
    with open_output(folder):
        pass


@posix
def test_a_link_that_leads_out_of_the_output_is_not_followed(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir(parents=True)
    folder.mkdir()
    (folder / "tin").symlink_to(outside, target_is_directory=True)
    with pytest.raises(UsageError) as caught:
        write(folder, {"tin/index.html": b"x"})
    assert caught.value.code == "output-unsafe"
    assert read(outside) == {}
    # A link in the place of a file is replaced, not written through.
    (outside / "secret").write_bytes(b"kept")
    (folder / "a").symlink_to(outside / "secret")
    write(folder, {"a": b"1"})
    assert (outside / "secret").read_bytes() == b"kept"
    assert not (folder / "a").is_symlink()


@posix
def test_nothing_is_deleted_through_a_link_that_leads_out(folder: Path) -> None:
    write(folder, {"tin/a": b"1", "b": b"2"})
    outside = folder.parent / "outside"
    shutil.move(folder / "tin", outside)
    (folder / "tin").symlink_to(outside, target_is_directory=True)
    write(folder, {"b": b"2"})
    assert read(outside) == {"a": b"1"}


def test_a_list_that_leads_elsewhere_is_not_believed(folder: Path) -> None:
    write(folder, {"a": b"1"})
    kept = folder.parent / "kept"
    kept.write_bytes(b"x")
    write_manifest(folder, seal_manifest(f"a\n../kept\n{kept}\nb/../../kept\n"))
    write(folder, {"a": b"1"})
    assert kept.read_bytes() == b"x"
    assert read(folder) == {"a": b"1"}


def test_knows_what_a_file_holds(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert holds(tmp_path / "a", b"abc")
    assert not holds(tmp_path / "a", b"abd")
    assert not holds(tmp_path / "a", b"")
    assert not holds(tmp_path / "b", b"")
    assert not holds(tmp_path, b"")


OLD = {"same": b"s", "changed": b"1", "gone/x": b"2", "file": b"3", "folder/y/z": b"4"}
NEW = {"same": b"s", "changed": b"5", "new/x": b"6", "file/a": b"7", "folder": b"8"}
FOREIGN = {"own/note.txt": b"foreign", "gone/note.txt": b"foreign"}


class _Killer:
    """Ends the process, as a power cut does, before the ``last``-th call that touches the disk."""

    def __init__(self, last: int) -> None:
        self._left = last

    def watch(self, owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def call(*arguments: Any, **named: Any) -> Any:
            if self._left == 0:
                os._exit(9)
            self._left -= 1
            return original(*arguments, **named)

        setattr(owner, name, call)


def write_and_die(folder: Path, step: int) -> bool:
    """Write NEW in a process that dies before its ``step``-th act; tell whether it lived."""
    process = os.fork()
    if process:
        return os.waitpid(process, 0)[1] == 0
    try:
        killer = _Killer(step)
        for name in ("replace", "unlink", "rmdir", "mkdir", "write_bytes", "open"):
            killer.watch(Path, name)
        for name in ("fsync", "makedirs"):
            killer.watch(os, name)
        killer.watch(builtins, "open")
        killer.watch(shutil, "rmtree")
        write(folder, NEW)
        os._exit(0)
    finally:
        os._exit(70)


@posix
def test_a_build_that_is_killed_at_any_step_leaves_one_site_or_the_other(tmp_path: Path) -> None:
    ends = []
    for step in range(1000):
        folder = tmp_path / str(step) / "output"
        write(folder, OLD)
        for path, data in FOREIGN.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(data)
        if write_and_die(folder, step):
            assert read(folder) == NEW | FOREIGN
            break
        committed = is_unfinished(folder)
        assert committed or read(folder) in (OLD | FOREIGN, NEW | FOREIGN), step
        with open_output(folder):
            pass
        found = read(folder)
        ends.append(found)
        assert found in (OLD | FOREIGN, NEW | FOREIGN), step
        assert not committed or found == NEW | FOREIGN, step
        assert listed(folder) == sorted(found.keys() - FOREIGN.keys()), step
        assert write(folder, NEW).written in {0, 4}
        assert read(folder) == NEW | FOREIGN
    # Both ends were met, and the steps from one to the other in one go.
    changes = [one != other for one, other in itertools.pairwise(ends)]
    assert sum(changes) == 1
    assert len(ends) > 20


@posix
def test_finishing_may_be_killed_and_finished_again(folder: Path) -> None:
    write(folder, OLD)
    write(folder, NEW)
    assert read(folder) == NEW
    # The journal once more, with only a part of the staged files left to move.
    staging = folder / STAGING
    (staging / "tree" / "file").mkdir(parents=True)
    (staging / "tree" / "changed").write_bytes(NEW["changed"])
    (staging / "tree" / "file" / "a").write_bytes(NEW["file/a"])
    gone = frozenset({"file", "folder/y/z", "gone/x"})
    begin(folder, Journal(gone, seal_manifest("".join(f"{path}\n" for path in NEW))))
    with open_output(folder):
        pass
    assert read(folder) == NEW


def test_what_several_workers_stage_is_one_build(folder: Path) -> None:
    files = {f"{number}/index.html": b"%d" % number for number in range(10)}
    assert write(folder, files, workers=3) == Written(10, 0, 0)
    assert read(folder) == files
    with open_output(folder):
        assert finish(folder, [], files) == Written(0, 10, 0)


@pytest.mark.parametrize(
    "path", [".", "..", "content", "content/x", "templates", ".sitegen", ".git", "/", "~"]
)
def test_an_output_that_could_do_harm_is_refused(site: SiteFolder, path: str) -> None:
    site.article("a")
    with pytest.raises(UsageError) as caught:
        check_output(site.root, (site.root / path).expanduser() if path != "~" else Path.home())
    assert caught.value.code == "output-unsafe"


def test_an_output_that_is_a_file_is_refused(site: SiteFolder) -> None:
    site.write("public", "x")
    with pytest.raises(UsageError):
        check_output(site.root, site.root / "public")


@pytest.mark.parametrize("path", ["output", "public/html", "../elsewhere"])
def test_an_output_of_its_own_is_fine(site: SiteFolder, path: str) -> None:
    check_output(site.root, site.root / path)
