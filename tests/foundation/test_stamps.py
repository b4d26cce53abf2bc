"""Stamps are a hint: there is none where a file could change without its showing."""

import os
import time
from pathlib import Path
from typing import NamedTuple, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.foundation.stamps import read_clock, take_stamp
from support.site_folder import SiteFolder
from support.tiny_theme import hasten, make_tiny_site

SECOND = 1_000_000_000
NOW = 1_900_000_000 * SECOND


class Status(NamedTuple):
    """What the file system says of a file, as far as stamps look."""

    st_size: int = 10
    st_mtime_ns: int = NOW - 60 * SECOND
    st_ctime_ns: int = NOW - 60 * SECOND
    st_ino: int = 7


def stamp(status: Status, scanned: int = NOW) -> bytes:
    return take_stamp(cast("os.stat_result", status), scanned)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    return make_tiny_site(tmp_path / "site")


def test_a_file_at_rest_has_a_stamp() -> None:
    assert stamp(Status())
    assert stamp(Status()) == stamp(Status(), NOW + SECOND)


@pytest.mark.parametrize("field", ["st_mtime_ns", "st_ctime_ns"])
@pytest.mark.parametrize("ago", [0, 1, SECOND, 2 * SECOND, -1, -SECOND, -3600 * SECOND])
def test_what_changed_just_now_or_in_the_future_has_none(field: str, ago: int) -> None:
    assert stamp(Status()._replace(**{field: NOW - ago})) == b""
    assert stamp(Status()._replace(**{field: NOW - 2 * SECOND - 1})) != b""


def test_without_a_clock_there_is_no_stamp() -> None:
    assert stamp(Status(), 0) == b""


@pytest.mark.parametrize("field", Status._fields)
def test_every_field_counts(field: str) -> None:
    before = Status()
    assert stamp(before._replace(**{field: getattr(before, field) - 1})) != stamp(before)


@given(
    st.tuples(*[st.integers(0, NOW - 3 * SECOND)] * 3, st.integers(0, (1 << 64) - 1)),
    st.tuples(*[st.integers(0, NOW - 3 * SECOND)] * 3, st.integers(0, (1 << 64) - 1)),
)
def test_two_states_never_have_one_stamp(
    one: tuple[int, int, int, int], other: tuple[int, int, int, int]
) -> None:
    assert (stamp(Status(*one)) == stamp(Status(*other))) == (one == other)


def test_a_file_from_before_1970_has_a_stamp() -> None:
    assert stamp(Status(st_mtime_ns=-SECOND)) != stamp(Status(st_mtime_ns=-2 * SECOND)) != b""


def test_the_clock_is_that_of_the_file_system(tmp_path: Path) -> None:
    before = time.time_ns()
    told = read_clock(tmp_path / "new")
    assert abs(told - before) < 60 * SECOND
    assert read_clock(tmp_path / "new") >= told


def test_the_clock_goes_on_though_its_file_is_there(tmp_path: Path) -> None:
    read_clock(tmp_path)
    os.utime(tmp_path / "clock", (1000, 1000))
    assert read_clock(tmp_path) > 1_000_000 * SECOND


def test_where_nothing_can_be_written_the_clock_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert read_clock(tmp_path / "file") == 0
    (tmp_path / "folder" / "clock").mkdir(parents=True)
    assert read_clock(tmp_path / "folder") == 0


def edit_unseen(path: Path, old: str, new: str) -> None:
    """Change a file so that its size and the time of its change stay what they were."""
    status = path.stat()
    text = path.read_text("utf-8")
    assert len(old.encode()) == len(new.encode())
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_an_edit_of_the_same_size_with_the_old_time_shows_on_the_next_build(
    site: SiteFolder,
) -> None:
    site.article("a", "Trang hai.").build()
    for old, new in (("hai", "ba."), ("ba.", "sau"), ("sau", "hai")):
        edit_unseen(site.root / "content/a.md", old, new)
        assert site.build().written.written > 0
        assert f"Trang {new}." in site.page("/hoat-dong-cua-co-so/2024/05/a/")
