import sys
from pathlib import Path
from unittest.mock import Mock

import hyperscan
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.foundation.literals import Kept, make_finder

_texts = st.text("abđề ", min_size=1, max_size=4).map(str.encode)


@given(st.lists(_texts, min_size=1, max_size=8, unique=True), st.text("abđề \0").map(str.encode))
def test_with_and_without_the_library_the_same_is_found(
    tmp_path_factory: pytest.TempPathFactory, literals: list[bytes], data: bytes
) -> None:
    kept = tmp_path_factory.mktemp("kept")
    fast = make_finder(lambda: literals, Kept(kept, "a"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "hyperscan", None)
        plain = make_finder(lambda: literals, Kept(kept, "a"))
    expected = [
        (number, end)
        for number, literal in enumerate(literals)
        for end in range(len(data) + 1)
        if data[:end].endswith(literal)
    ]
    assert fast(data) == plain(data) == expected


def test_compiled_literals_are_kept_and_damaged_ones_compiled_again(tmp_path: Path) -> None:
    kept, listed = Kept(tmp_path, "a"), Mock(return_value=[b"mot", b"hai"])
    for _ in range(2):
        assert make_finder(listed, kept)(b"ba hai") == [(1, 6)]
        assert listed.call_count == 1
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"x")
    assert make_finder(listed, kept)(b"ba hai") == [(1, 6)]
    assert listed.call_count == 2
    # Other literals take the place of those before.
    assert make_finder(lambda: [b"ba"], Kept(tmp_path, "b"))(b"ba hai") == [(0, 2)]
    assert len(list(tmp_path.iterdir())) == 1


def test_without_literals_nothing_is_found(tmp_path: Path) -> None:
    assert make_finder(tuple, Kept(tmp_path, "a"))(b"ba hai") == []


def test_a_machine_that_cannot_run_the_library_searches_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise hyperscan.error

    monkeypatch.setattr(hyperscan, "loadb", refuse)
    assert make_finder(lambda: [b"mot"], Kept(tmp_path, "a"))(b"mot") == [(0, 3)]
