"""Logs as they lie about: packed, piped, without an end."""

import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import UsageError
from sitegen.visits import log_files
from sitegen.visits.log_files import read_lines


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("piece", [1, 3, 1 << 20])
def test_the_lines_of_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: type[bytes], piece: int
) -> None:
    monkeypatch.setattr(log_files, "_CHUNK", piece)
    log = tmp_path / "access.log"
    for data in (b"", b"a", b"a\n", b"a\nbc\n\nd", b"\n\n"):
        log.write_bytes(pack(data))
        lines = list(read_lines(str(log)))
        assert lines == data.removesuffix(b"\n").split(b"\n") * bool(data)


def test_a_packed_log_may_have_several_parts(tmp_path: Path) -> None:
    log = tmp_path / "access.log.2.gz"
    log.write_bytes(gzip.compress(b"a\n") + gzip.compress(b"b\n"))
    assert list(read_lines(str(log))) == [b"a", b"b"]


def test_a_line_without_end_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_files, "_CHUNK", 10)
    monkeypatch.setattr(log_files, "_LONGEST", 25)
    log = tmp_path / "access.log"
    log.write_bytes(b"a\n" + b"x" * 1000 + b"\nb\n" + b"y" * 1000)
    assert list(read_lines(str(log))) == [b"a", b"", b"b", b""]


def test_a_log_may_come_through_a_pipe() -> None:
    """The shell gives ``<(zcat access.log.*.gz)`` as such a path."""
    reader, writer = os.pipe()
    os.write(writer, b"a\nb\n")
    os.close(writer)
    assert list(read_lines(f"/dev/fd/{reader}")) == [b"a", b"b"]
    os.close(reader)


@given(st.integers(1, 60))
def test_a_packed_log_that_is_cut_off_is_told(cut: int) -> None:
    packed = gzip.compress(b"dong\n" * 1000)
    path = Path(f"/dev/fd/{os.memfd_create('log')}")
    path.write_bytes(packed[: max(20, len(packed) - cut)])
    with pytest.raises(UsageError):
        list(read_lines(str(path)))
    os.close(int(path.name))
