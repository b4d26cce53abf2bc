"""A warning can be suppressed: one kind, at one place, with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.build import check
from sitegen.problems import SUPPRESSION, Place, Problem, in_order, problem, suppress, warning
from support.bad_inputs import BAI, article
from support.shared_work import share_templates
from support.site_folder import SiteFolder

NAME = "Đồng chí <Nguyễn Văn A> nói."


@pytest.fixture
def quick(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    share_templates(monkeypatch)
    return site


def told(site: SiteFolder, body: str, **fields: str) -> list[str]:
    site.write(BAI, article(body, **fields))
    found = [f"{each.place.line}: {each.code}" for each in check(site.request())]
    assert [f"{each.place.line}: {each.code}" for each in site.build().warnings] == found
    assert [f"{each.place.line}: {each.code}" for each in site.build().warnings] == found
    return found


@pytest.mark.parametrize(
    "body",
    [
        f"<!-- bỏ qua: html-unknown: tên tạm -->\n{NAME}",
        f"<!-- bỏ qua: html-unknown: tên tạm -->\n\n{NAME}\n{NAME}",
        f"{NAME} <!-- bỏ qua: html-unknown: tên tạm -->",
        f"<!--Bỏ qua : html-unknown : tên tạm, chưa công bố-->\n{NAME}",
        f"- {NAME} <!-- bỏ qua: html-unknown: tên tạm -->\n- Hai.",
        "<!-- bỏ qua: lines-joined: như bản gốc -->\nBAN BIÊN TẬP\nTRƯỞNG BAN\nTrần Văn Hòa",
    ],
)
def test_what_is_suppressed_is_not_told(body: str, quick: SiteFolder) -> None:
    assert told(quick, body) == []
    assert not any("ỏ qua".encode() in data for data in quick.files().values())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<!-- bỏ qua: html-unknown: tên -->\n{NAME}\n\n{NAME}", ["11: html-unknown"]),
        (
            f"Một. <!-- bỏ qua: html-unknown: tên -->\n\n{NAME}",
            ["8: suppression-unused", "10: html-unknown"],
        ),
        (f"`<!-- bỏ qua: html-unknown: tên -->` {NAME}", ["8: html-unknown"]),
        (f"<!-- bỏ qua: words-lost: tên -->\n{NAME}", ["8: suppression-unused", "9: html-unknown"]),
        (f"<!-- bỏ qua: * : tên -->\n{NAME}", ["9: html-unknown"]),
        (f"<!-- bỏ qua: html-unknown: -->\n{NAME}", ["8: suppression-reason", "9: html-unknown"]),
        ("<!-- bỏ qua: url-taken: tên -->\nChữ.", ["8: suppression-unused"]),
    ],
)
def test_nothing_else_is_suppressed(body: str, expected: list[str], quick: SiteFolder) -> None:
    assert told(quick, body) == expected


def test_front_matter_has_its_own_comments(quick: SiteFolder) -> None:
    old = "C«ng t\xb8c x©y dùng §¶ng"
    assert told(quick, "Chữ.", dateline=old) == ["6: legacy-encoding"]
    known = "# bỏ qua: legacy-encoding: tên bản cũ"
    assert told(quick, "Chữ.", author=f"THU HÀ\n{known}", dateline=old) == []
    assert told(quick, "Chữ.", author=f"THU HÀ\n{known}", dateline="Huế") == [
        "6: suppression-unused"
    ]
    assert told(quick, "Chữ.", dateline='"Huế # bỏ qua: a: b"') == []


def test_an_error_is_never_suppressed() -> None:
    wish = suppress(Place("a.md", 3), "link-missing", 9)
    error = problem("link-missing", Place("a.md", 4))
    assert in_order([error, wish]) == (error,)


def test_what_suppresses_nothing_is_told_once_there_is_no_error() -> None:
    wish, error = suppress(Place("a.md", 3), "words-lost", 9), problem("file-empty", Place("b.md"))
    assert in_order([error, wish]) == (error,)
    assert in_order([wish]) == (wish,)


PROBLEMS = st.builds(
    warning, st.sampled_from(["a", "b"]), st.builds(Place, st.sampled_from("xy"), st.integers(1, 9))
)
WISHES = st.builds(
    lambda path, code, line, more: suppress(Place(path, line), code, line + more),
    *(st.sampled_from("xy"), st.sampled_from(["a", "b"]), st.integers(1, 9), st.integers(0, 3)),
)


@given(st.lists(st.one_of(PROBLEMS, WISHES), unique_by=lambda each: (each.place, each.code)))
def test_a_suppression_goes_with_what_it_suppresses(problems: list[Problem]) -> None:
    left = in_order(problems)
    assert in_order(left) == left
    wishes = [each for each in problems if each.code == SUPPRESSION]

    def covers(wish: Problem, each: Problem) -> bool:
        same = (wish.place.path, wish.arguments["value"]) == (each.place.path, each.code)
        return same and wish.place.line <= each.place.line <= int(wish.arguments["until"])

    for each in problems:
        if each in wishes:
            assert (each in left) == (not any(covers(each, other) for other in problems))
        else:
            assert (each in left) == (not any(covers(wish, each) for wish in wishes))
