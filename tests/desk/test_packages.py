"""The program of the desk: nothing is installed or published that is not what was tried."""

import base64
import hashlib
import io
import stat
import tarfile
from pathlib import Path

import msgspec
import pytest

from sitegen.desk import installation, packages
from sitegen.desk.installation import install_packages, unpack
from sitegen.desk.packages import FOLDER, PACKAGES, digest_files, read_packages
from sitegen.problems import UsageError


def make_archive(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return written.getvalue()


def test_only_the_named_files_are_kept() -> None:
    archive = make_archive(
        {
            "package/npm/index.js": b"1",
            "package/npm/assets/a.woff2": b"2",
            "package/npm/assets/deeper/b.js": b"3",
            "package/npm/assets/a.js.map": b"4",
            "package/../../etc/passwd": b"5",
            "package/install.js": b"6",
        }
    )
    digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    package = msgspec.structs.replace(PACKAGES[0], integrity=f"sha512-{digest}")
    assert unpack(package, archive) == {
        "cms/npm/index.js": b"1",
        "cms/npm/assets/a.woff2": b"2",
    }


def test_another_archive_is_refused() -> None:
    with pytest.raises(UsageError) as refused:
        unpack(PACKAGES[1], make_archive({"package/LICENSE": b"x"}))
    assert refused.value.code == "desk-package-changed"


def write_npm(folder: Path, script: str) -> None:
    npm = folder / "npm"
    npm.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    npm.chmod(npm.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (None, "desk-npm-missing"),
        ("echo no network >&2; exit 1", "desk-npm-failed"),
        ("exit 0", "desk-npm-failed"),
        ("echo x > other.tgz; echo other.tgz", "desk-package-changed"),
    ],
)
def test_nothing_changes_where_npm_gives_nothing_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, code: str
) -> None:
    root, path = tmp_path / "site", tmp_path / "bin"
    (root / FOLDER).mkdir(parents=True)
    (root / FOLDER / "old").write_text("old", "utf-8")
    path.mkdir()
    if script:
        write_npm(path, script)
    monkeypatch.setenv("PATH", str(path))
    with pytest.raises(UsageError) as refused:
        install_packages(root)
    assert refused.value.code == code
    if code == "desk-npm-failed":
        assert refused.value.arguments["name"] == PACKAGES[0].spec
    assert [each.name for each in root.rglob("*")] == [FOLDER, "old"]


def test_new_packages_take_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = make_archive({"package/LICENSE": b"MIT", "package/dist/lite.esm.mjs": b"new"})
    digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    package = msgspec.structs.replace(PACKAGES[2], integrity=f"sha512-{digest}")
    files = {"exifr/LICENSE": b"MIT", "exifr/dist/lite.esm.mjs": b"new"}
    root, path = tmp_path / "site", tmp_path / "bin"
    (root / FOLDER / "gone").mkdir(parents=True)
    path.mkdir()
    (tmp_path / "made.tgz").write_bytes(archive)
    write_npm(path, f"/bin/cp {tmp_path}/made.tgz . && echo made.tgz")
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.setattr(installation, "PACKAGES", (package,))
    monkeypatch.setattr(installation, "DIGEST", digest_files(files.items()))
    assert install_packages(root) == 6
    monkeypatch.setattr(packages, "DIGEST", digest_files(files.items()))
    assert read_packages(root) == (files, [])
    assert [each.name for each in root.iterdir()] == [FOLDER]


@pytest.mark.parametrize("change", ["missing", "other", "more", "fewer"])
def test_a_folder_that_is_not_what_was_tried_is_a_problem(tmp_path: Path, change: str) -> None:
    if change != "missing":
        (tmp_path / FOLDER / "cms").mkdir(parents=True)
        (tmp_path / FOLDER / "cms" / "LICENSE.txt").write_text("x", "utf-8")
    files, problems = read_packages(tmp_path)
    assert files == {}
    (found,) = problems
    assert found.code == ("desk-missing" if change == "missing" else "desk-changed")


def test_the_digest_is_of_names_and_bytes() -> None:
    one = digest_files([("a", b"1"), ("b", b"2")])
    assert one == digest_files([("b", b"2"), ("a", b"1")])
    assert len({one, digest_files([("a", b"2"), ("b", b"1")]), digest_files([("a", b"1")])}) == 3
