"""A line of two logs is one request; two lines of one log are two."""

from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sitegen.visits.kept_requests import KeptRequests

lines = st.lists(st.sampled_from([b"a", b"b", b"c"]), max_size=12)


@given(st.lists(lines, max_size=4))
def test_a_line_counts_as_often_as_the_log_that_has_it_most_often(logs: list[list[bytes]]) -> None:
    """The union of multisets: the greatest count in any one log."""
    expected: Counter[bytes] = Counter()
    with KeptRequests() as kept:
        for log in logs:
            expected |= Counter(log)
            for line in log:
                kept.keep("2026-11-30", line, line)
            kept.end_log()
        found = Counter(kept.list_lines("2026-11-30") if any(logs) else ())
    assert found == Counter({line + b"\n": count for line, count in expected.items()})


def test_the_days_are_apart_and_more_than_a_block_is_kept() -> None:
    with KeptRequests() as kept:
        for number in range(40_000):
            day = f"2026-11-{number % 2 + 1:02}"
            kept.keep(day, b"%d" % number, b"%d" % number)
        kept.end_log()
        assert kept.list_days() == ["2026-11-01", "2026-11-02"]
        odd = list(kept.list_lines("2026-11-02"))
    assert odd == [b"%d\n" % number for number in range(1, 40_000, 2)]


def test_what_is_kept_is_in_no_file_that_has_a_name(tmp_path: Path) -> None:
    with KeptRequests() as kept:
        kept.keep("2026-11-30", b"x", b"x")
        kept.end_log()
        assert kept._file.name.__class__ is int
    assert list(tmp_path.iterdir()) == []
