import sys
from pathlib import Path
from unittest.mock import Mock

import hyperscan
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.foundation.literals import Kept, _cut, make_finder

# Few words, so that many literals begin alike, end alike, and stand in one another.
_short = st.lists(st.sampled_from(["ở", "xã", "a", "b"]), min_size=1, max_size=4).map(" ".join)
_BEGINNINGS = "tặng quà cho người già neo đơn", "họp mặt đầu xuân với", "thi đua dạy tốt"
_ENDINGS = " của Hội Phụ nữ xã", " của Hội Phụ nữ tỉnh", ""
_beginnings, _endings = st.sampled_from(_BEGINNINGS), st.sampled_from(_ENDINGS)
_titles = st.tuples(_beginnings, _endings).map("".join)
_texts = st.lists(_titles | _short | _endings, max_size=12).map("".join)


_ALL = [beginning + ending for beginning in _BEGINNINGS for ending in _ENDINGS]


@example(_ALL, "".join(_ALL))
@given(st.lists(_titles | _short, min_size=1, max_size=12, unique=True), _texts)
def test_with_and_without_the_library_the_same_is_found(
    tmp_path_factory: pytest.TempPathFactory, titles: list[str], text: str
) -> None:
    literals, data = [each.encode() for each in titles], text.encode()
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
    assert fast(data) == plain(data) == make_finder(lambda: literals)(data) == expected


def test_literals_that_end_alike_are_looked_for_by_other_words() -> None:
    ends = ["khánh thành cầu mới ở xã Bến Gạo", "trao quà tết sớm ở xã Bến Gạo"]
    heads = _cut([each.encode() for each in ends])
    assert [head.decode() for head in heads] == ["khánh thành cầu mới ở", "trao quà tết sớm ở"]


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


def test_a_literal_with_a_zero_byte_is_found_as_a_whole(tmp_path: Path) -> None:
    find = make_finder(lambda: [b"mot", b"mot\0hai ba", b"\0 bon", b"nam"], Kept(tmp_path, "a"))
    assert find(b"mot hai mot\0hai ba \0 bon") == [(0, 3), (0, 11), (1, 18), (2, 24)]


def test_without_literals_nothing_is_found(tmp_path: Path) -> None:
    assert make_finder(tuple, Kept(tmp_path, "a"))(b"ba hai") == []


def test_a_machine_that_cannot_run_the_library_searches_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise hyperscan.error

    monkeypatch.setattr(hyperscan, "loadb", refuse)
    assert make_finder(lambda: [b"mot"], Kept(tmp_path, "a"))(b"mot") == [(0, 3)]
