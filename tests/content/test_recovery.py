"""One fault in the fields of a text is told where it is, hides no other, and its remedy helps."""

import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.content.config import parse_config
from sitegen.content.fields import read_fields
from sitegen.content.kinds import read_text
from sitegen.problems import Place, Problem
from support.bad_inputs import BAI, article
from support.remedies import REMEDIES
from support.site_folder import CONFIG

GOOD = article(more="tags:\n  - chi bộ\n  - đảng viên\nlead: 'Sa-pô của \"bài\".'\nviews: 12")
# What people type by mistake, or what their programs put in its place.
WRONG = (
    ":",
    "\uff1a",
    '"',
    "'",
    "“",
    "[",
    "]",
    ",",
    "-",
    "—",
    " ",
    "\u00a0",
    "\t",
    "#",
    "@",
    "*",
    "&",
)
ROUNDS = 3
# Its message has no line to copy: only who wrote the text knows what was there.
UNKNOWN = "yaml-syntax"


def find_problems(source: bytes) -> list[Problem]:
    return [
        each
        for each in read_text(source, BAI, parse_config(CONFIG.encode()))[1]
        if not each.warning
    ]


def obey(root: Path, rounds: int) -> list[Problem]:
    """Follow every message of each round, from the last line to the first; return what is left."""
    path = root / BAI
    found = find_problems(path.read_bytes())
    for _ in range(rounds):
        for each in sorted(found, key=lambda found: found.place, reverse=True):
            if each.code == UNKNOWN:
                path.write_text(GOOD, "utf-8")
            else:
                REMEDIES[each.code](root, each)
        found = find_problems(path.read_bytes())
    return found


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("title:Hội nghị", "title: Hội nghị"),
        ("title\uff1aHội nghị", "title: Hội nghị"),
        ("title:\u00a0Hội nghị", "title: Hội nghị"),
        ('title: "Hội nghị', 'title: "Hội nghị"'),
        ('title: "Phong trào "ba nhất""', "title: 'Phong trào \"ba nhất\"'"),
        ("tags: [a, , b]", "tags: [a, b]"),
        ('tags: ["a, b", c', 'tags: ["a, b", c]'),
        ("tags: ['a', b: c: d]", 'tags: [a, "b: c: d"]'),
        ("title: @bạn", 'title: "@bạn"'),
        ("dateline = 'Hội nghị'", "dateline: 'Hội nghị'"),
    ],
)
def test_the_line_to_write_says_what_was_meant(line: str, meant: str) -> None:
    problems: list[Problem] = []
    read_fields(f"date: 2026-01-01\n{line}\nviews: 1\n", Place(BAI, 2), problems)
    (found,) = problems
    assert (found.place.line, found.arguments["quoted"]) == (3, meant)
    assert yaml.safe_load(found.arguments["quoted"])


def test_the_other_fields_are_read_at_their_places() -> None:
    problems: list[Problem] = []
    text = (
        "title: Hội nghị: tổng kết\nlead: một\n  hai\ntags:\n  - a\n  - b\nauthor: [x\nviews: 12\n"
    )
    fields = read_fields(text, Place(BAI, 2), problems)
    assert [(each.code, each.place.line) for each in problems] == [
        ("yaml-quote", 2),
        ("yaml-list", 8),
    ]
    assert {name: fields.place_of(name).line for name in fields.written} == {
        "title": 2,
        "lead": 3,
        "tags": 6,
        "author": 8,
        "views": 9,
    }


def test_what_cannot_be_read_is_not_missing_too() -> None:
    found = find_problems(article(title="@bạn", author="*Thu Hà").encode())
    assert [each.code for each in found] == ["yaml-quote", "yaml-quote"]


@settings(deadline=None, max_examples=150)
@given(
    st.integers(4, GOOD.rindex("---") - 1),
    st.sampled_from(WRONG),
    st.sampled_from(["put", "swap", "cut"]),
)
def test_who_obeys_has_a_good_text_soon(place: int, sign: str, what: str) -> None:
    """A sign too many, too few, or in the place of another: no message leads in a circle."""
    after = place if what == "put" else place + 1
    spoilt = GOOD[:place] + ("" if what == "cut" else sign) + GOOD[after:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, BAI)
        path.parent.mkdir()
        path.write_text(spoilt, "utf-8")
        left = [each for each in obey(Path(folder), ROUNDS) if each.code in REMEDIES]
        assert not left, (path.read_text("utf-8"), left)


@pytest.mark.parametrize(
    "text", ["\n---\n\t\n\n%\n---\n", "\n---\n\t\n\n\u02f1\t#n\n;\nO\n\nn:&*\n--F;"]
)
def test_fields_of_blank_lines_alone_are_refused(text: str) -> None:
    assert find_problems(text.encode())
