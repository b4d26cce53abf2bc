from pathlib import Path

import pytest

from sitegen.foundation.cache import remember


class Costly:
    """Counts how often it is computed."""

    def __init__(self, result: bytes = b"result") -> None:
        self.calls = 0
        self._result = result

    def __call__(self) -> bytes:
        self.calls += 1
        return self._result


def test_a_result_is_computed_once(tmp_path: Path) -> None:
    costly = Costly()
    for _ in range(3):
        assert remember(tmp_path / "kept", "key", costly) == b"result"
    assert costly.calls == 1


def test_keys_are_kept_apart(tmp_path: Path) -> None:
    assert remember(tmp_path, "one", Costly(b"1")) == b"1"
    assert remember(tmp_path, "two", Costly(b"2")) == b"2"
    assert remember(tmp_path, "one", Costly(b"3")) == b"1"


def test_an_empty_result_is_a_result(tmp_path: Path) -> None:
    costly = Costly(b"")
    assert remember(tmp_path, "key", costly) == remember(tmp_path, "key", costly) == b""
    assert costly.calls == 1


@pytest.mark.parametrize("damage", [b"", b"x", b"0123456789abcdef", b"0123456789abcdefresult"])
def test_a_damaged_result_is_computed_again(tmp_path: Path, damage: bytes) -> None:
    remember(tmp_path, "key", Costly())
    (tmp_path / "key").write_bytes(damage)
    costly = Costly()
    assert remember(tmp_path, "key", costly) == b"result"
    assert costly.calls == 1
    assert remember(tmp_path, "key", costly) == b"result"
    assert costly.calls == 1


def test_one_changed_bit_is_noticed(tmp_path: Path) -> None:
    remember(tmp_path, "key", Costly())
    kept = bytearray((tmp_path / "key").read_bytes())
    for position in range(len(kept)):
        damaged = bytearray(kept)
        damaged[position] ^= 1
        (tmp_path / "key").write_bytes(damaged)
        assert remember(tmp_path, "key", Costly()) == b"result"


def test_a_cache_that_cannot_be_written_is_only_slow(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert remember(tmp_path / "file", "key", Costly()) == b"result"
    (tmp_path / "key").mkdir()
    assert remember(tmp_path, "key", Costly()) == b"result"


def test_what_fails_is_not_kept(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 (raised right above)
        remember(tmp_path, "key", fail)
    assert remember(tmp_path, "key", Costly()) == b"result"


def test_a_result_is_one_file(tmp_path: Path) -> None:
    remember(tmp_path, "key", Costly())
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
