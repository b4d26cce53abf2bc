import sys
from pathlib import Path

import hyperscan
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.foundation.literals import make_finder

_texts = st.text("abđề ", min_size=1, max_size=4).map(str.encode)


@given(st.lists(_texts, min_size=1, max_size=8, unique=True), st.text("abđề \0").map(str.encode))
def test_with_and_without_the_library_the_same_is_found(
    tmp_path_factory: pytest.TempPathFactory, literals: list[bytes], data: bytes
) -> None:
    kept = tmp_path_factory.mktemp("kept")
    fast = make_finder(literals, kept)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "hyperscan", None)
        plain = make_finder(literals, kept)
    expected = [
        (number, end)
        for number, literal in enumerate(literals)
        for end in range(len(data) + 1)
        if data[:end].endswith(literal)
    ]
    assert fast(data) == plain(data) == expected


def test_compiled_literals_are_kept_and_damaged_ones_compiled_again(tmp_path: Path) -> None:
    assert make_finder([b"mot", b"hai"], tmp_path)(b"ba hai") == [(1, 6)]
    (kept,) = tmp_path.iterdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hyperscan, "Database", None)
        assert make_finder([b"mot", b"hai"], tmp_path)(b"ba hai") == [(1, 6)]
    kept.write_bytes(b"x")
    assert make_finder([b"mot", b"hai"], tmp_path)(b"ba hai") == [(1, 6)]
    # Other literals take the place of those before.
    make_finder([b"ba"], tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_machine_that_cannot_run_the_library_searches_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise hyperscan.error

    monkeypatch.setattr(hyperscan, "loadb", refuse)
    assert make_finder([b"mot"], tmp_path)(b"mot") == [(0, 3)]
