import textwrap
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.content.config import parse_config
from sitegen.content.declarations import Date, Field, Flag, Number, Slug, Text, list_fields
from sitegen.content.fields import Fields, read_fields
from sitegen.content.kinds import KINDS, read_text
from sitegen.content.scalars import quote
from sitegen.content.settings import Category, Config, MenuEntry
from sitegen.foundation.text import find_nearest
from sitegen.problems import ConfigError, Place, Problem, ProblemsFoundError

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CATEGORY = Category("Tin", "tin", "tin")
CONFIG = Config("Cổng", "https://example.org", (CATEGORY,))
PLACE = Place("a.md")
TEXT = Text("Chữ")
REQUIRED = Text("Chữ", required=True)
TEXTS = Text("Danh sách", many=True)
# What YAML is made of, so that arbitrary text is not all refused at its first character.
YAMLISH = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab:đ- \n\t\"'#[]{},&*!|>%@`?~0123456789.\0"), st.characters(codec="utf-8")
    ),
    max_size=80,
)


def read(text: str) -> tuple[Fields, list[Problem]]:
    problems: list[Problem] = []
    return read_fields(textwrap.dedent(text), PLACE, problems, ZONE), problems


def take(fields: Fields, name: str, field: Field, default: object = None, **above: str) -> object:
    return field.read(fields, name, default, above)


def codes(problems: list[Problem]) -> list[str]:
    return [each.code for each in problems]


def only(problems: list[Problem]) -> Problem:
    (problem,) = problems
    return problem


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Nghị quyết", "Nghị quyết"),
        ("'9:34'", "9:34"),
        ('"2026"', "2026"),
        ('"no"', "no"),
        ("Số 03", "Số 03"),
        ("9 giờ 34", "9 giờ 34"),
        ("a#b", "a#b"),
        ("|\n  một\n  hai", "một hai"),
        (">\n  một\n  hai", "một hai"),
        ('"  một   hai "', "một hai"),
        ("một\n  hai", "một hai"),
    ],
)
def test_text(written: str, read_as: str) -> None:
    fields, problems = read(f"title: {written}")
    assert take(fields, "title", TEXT) == read_as
    assert not problems


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "Yes",
        "on",
        "2026",
        "1:10",
        "0123",
        "3.14",
        "2026-01-01",
        "0x1F",
        ".inf",
        "true",
    ],
)
def test_text_that_yaml_reads_as_something_else_is_refused(written: str) -> None:
    fields, problems = read(f"title: {written}")
    assert take(fields, "title", TEXT, "?") == "?"
    problem = only(problems)
    assert problem.code == "field-ambiguous"
    assert problem.arguments["quoted"] == f'title: "{written}"'
    assert (problem.place.line, problem.place.column) == (1, 8)


def test_a_null_is_an_empty_field() -> None:
    for written in ("", "~", "null", '""', "'  '"):
        fields, problems = read(f"title: {written}\n")
        assert take(fields, "title", TEXT, "") == ""
        assert codes(problems) in (["field-empty"], ["field-ambiguous"]), written


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("- một\n- hai", "front-matter-form"),
        ("chỉ là chữ", "front-matter-form"),
        ("title: " + "[" * 3000, "yaml-limit"),
        ("title: " + "- " * 3000, "yaml-limit"),
        ("a: " + "x" * 70_000, "yaml-limit"),
    ],
)
def test_what_cannot_be_read_as_a_whole(line: str, code: str) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        read_raw(line)
    assert only(list(caught.value.problems)).code == code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("title: Nghị quyết 03: kết quả", "yaml-quote"),
        ('title: "Đảng" nói', "yaml-quote"),
        ("title: *HÀN GIANG", "yaml-quote"),
        ("title: &neo Tin", "yaml-quote"),
        ("title: !!python/object:os.system x", "yaml-quote"),
        ("title: @tin", "yaml-quote"),
        ("title:Tin", "yaml-space"),
    ],
)
def test_a_fault_hides_no_other_field_and_its_remedy_is_read(line: str, code: str) -> None:
    fields, problems = read(f"date: 2024-01-01\n{line}\nauthor: Hà\n")
    found = only(problems)
    assert (found.code, found.place.line) == (code, 2)
    assert list(fields.written) == ["date", "title", "author"]
    assert yaml.safe_load(found.arguments["quoted"])["title"]


def test_text_cut_off_by_a_comment_is_refused() -> None:
    fields, problems = read("title: C# #1 của tỉnh\n")
    assert take(fields, "title", TEXT, "") == ""
    assert only(problems).code == "yaml-comment"
    assert only(problems).arguments["quoted"] == 'title: "C# #1 của tỉnh"'
    fields, problems = read("# một ghi chú\ntitle: Tin\n# hết\n")
    assert take(fields, "title", TEXT) == "Tin"
    assert not problems


def test_a_field_written_twice_names_both_lines() -> None:
    fields, problems = read("title: a\ndate: 2024-01-01\ntitle: b\n")
    assert take(fields, "title", TEXT) == "a"
    assert only(problems).code == "field-repeated"
    assert only(problems).place == Place("a.md", 3, 1)
    assert only(problems).arguments["first"] == "1"


def test_an_unknown_field_has_the_nearest_name_as_a_hint() -> None:
    fields, problems = read("titel: a\nbaz: 1\n")
    fields.finish(["title", "date"])
    assert codes(problems) == ["field-unknown", "field-unknown"]
    assert [each.arguments["nearest"] for each in problems] == ["title", ""]
    assert [each.place.line for each in problems] == [1, 2]


def test_a_missing_field() -> None:
    fields, problems = read("a: b\n")
    assert take(fields, "title", REQUIRED, "") == ""
    fields.finish(["title", "a"])
    assert only(problems).code == "field-missing"


def test_a_field_that_is_missing_because_its_name_is_misspelt_is_one_problem() -> None:
    fields, problems = read("titel: a\n")
    take(fields, "title", REQUIRED)
    take(fields, "date", REQUIRED)
    fields.finish(["title", "date"])
    assert codes(problems) == ["field-unknown", "field-missing"]
    assert [each.arguments["field"] for each in problems] == ["titel", "date"]


@pytest.mark.parametrize(
    "written", ["a\N{RIGHT-TO-LEFT OVERRIDE}b", "\N{POP DIRECTIONAL ISOLATE}x"]
)
def test_characters_that_turn_text_around_are_refused(written: str) -> None:
    fields, problems = read(f"title: x{written}")
    assert take(fields, "title", TEXT, "") == ""
    assert only(problems).code == "hidden-character"


def test_lists_of_texts() -> None:
    fields, problems = read("tags: [một, hai, một]\nauthor: Thu Hà\nmore:\n  - a\n  - b\n")
    assert take(fields, "tags", TEXTS) == ("một", "hai")
    assert take(fields, "author", Text("Tác giả", many=True, single=True)) == ("Thu Hà",)
    assert take(fields, "more", TEXTS) == ("a", "b")
    assert take(fields, "nothing", TEXTS, ()) == ()
    assert not problems


def test_what_is_wrong_in_lists() -> None:
    fields, problems = read('tags: một, hai\nauthor: [2026, "", Hà]\ngroups: {a: b}\n')
    assert take(fields, "tags", TEXTS, ()) == ()
    assert take(fields, "author", Text("Tác giả", many=True, single=True)) == ("Hà",)
    assert take(fields, "groups", TEXTS, ()) == ()
    assert codes(problems) == ["field-list", "field-empty", "field-ambiguous", "field-list"]
    assert problems[0].arguments["example"] == "tags: [một, hai]"


@pytest.mark.parametrize(("written", "value"), [("true", True), ("false", False), ("True", True)])
def test_flags(written: str, value: bool) -> None:
    fields, problems = read(f"draft: {written}")
    assert take(fields, "draft", Flag("Cờ"), not value) is value
    assert not problems


@pytest.mark.parametrize("written", ["yes", "1", '"true"', "có", "[true]", "TRUE "])
def test_what_is_no_flag(written: str) -> None:
    fields, problems = read(f"draft: {written}")
    assert take(fields, "draft", Flag("Cờ"), default=False) is False
    assert only(problems).code == "field-flag"


@pytest.mark.parametrize(("written", "value"), [("0", 0), ("324", 324), ("3150444", 3_150_444)])
def test_numbers(written: str, value: int) -> None:
    fields, problems = read(f"views: {written}")
    assert take(fields, "views", Number("Số")) == value
    assert not problems


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *((each, "field-number") for each in ("03", "-1", "1.5", '"3"', "1e3", "1_000", "٣", "ba")),
        ("0", "field-range"),
        ("11", "field-range"),
    ],
)
def test_what_is_no_number(written: str, code: str) -> None:
    fields, problems = read(f"views: {written}")
    assert take(fields, "views", Number("Số", least=1, most=10)) is None
    assert only(problems).code == code


def test_dates_have_the_same_meaning_in_quotes_and_without() -> None:
    fields, problems = read('date: 2023-03-06 9:34\nupdated: "2023-03-06 9:34"\n')
    expected = datetime(2023, 3, 6, 9, 34, tzinfo=ZONE)
    assert take(fields, "date", Date("Ngày")) == expected
    assert take(fields, "updated", Date("Ngày")) == expected
    assert not problems


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("06/03/2023", "date-form"),
        ("[2023]", "date-form"),
        ("2023-02-30", "date-impossible"),
        ("30/02/2023", "date-impossible"),
        ("31-11-2026, 9h05", "date-impossible"),
    ],
)
def test_what_is_no_date(written: str, code: str) -> None:
    fields, problems = read(f"date: {written}")
    assert take(fields, "date", Date("Ngày")) is None
    assert only(problems).code == code


@pytest.mark.parametrize(
    ("slug", "title", "expected", "code"),
    [
        ("", "Đảng bộ", "dang-bo", ""),
        ("mot-hai", "Đảng bộ", "mot-hai", ""),
        ("Một-hai", "x", "Một-hai", "slug-form"),
        ("a/b", "x", "a/b", "slug-form"),
        ("../x", "x", "../x", "slug-form"),
        ("index", "x", "index", "slug-reserved"),
        ("trang", "x", "trang", "slug-reserved"),
        ("a" * 121, "x", "a" * 121, "slug-long"),
        ("", "…", "", "slug-empty"),
    ],
)
def test_slugs(slug: str, title: str, expected: str, code: str) -> None:
    fields, problems = read(f"title: x\n{f'slug: {slug}' if slug else ''}\n")
    assert take(fields, "slug", Slug("Địa chỉ"), "", title=title) == expected
    assert codes(problems) == ([code] if code else [])


def test_what_to_write_for_a_flag_is_what_stands_in_its_group() -> None:
    fields, problems = read("lists:\n  months: có\n")
    take(fields.group("lists"), "months", Flag("Cờ"))
    assert only(problems).arguments == {"field": "months"}


def test_groups_have_their_own_places_and_names() -> None:
    fields, problems = read("site:\n  titel: x\nlinks:\n  - {title: Một, url: /a/}\n  - một\n")
    site = fields.group("site")
    assert take(site, "title", REQUIRED, "") == ""
    site.finish(["title"])
    menu = next(each.field for each in list_fields(Config).slots if each.name == "menu")
    assert take(fields, "links", menu) == (MenuEntry("Một", "/a/"),)
    places = [(each.place.line, each.place.column) for each in problems]
    assert places == [(2, 3), (5, 5)]
    assert codes(problems) == ["field-unknown", "field-mapping"]
    assert problems[0].arguments == {"field": "site.titel", "nearest": "title"}


@given(st.text(max_size=60))
@example("")
@example("a\\b")
@example("'\"")
@example("*HÀN GIANG: #1")
def test_what_is_quoted_is_read_back(value: str) -> None:
    flat = " ".join(char for char in value if char.isprintable())
    assert yaml.safe_load(f"title: {quote(flat)}\n") == {"title": flat}


@given(st.text(alphabet="abcđ'\"\\:# -[]{}*&!%@`,?|>9", min_size=1, max_size=40))
def test_a_quoted_field_is_what_the_editor_meant(value: str) -> None:
    fields, problems = read_raw(f"title: {quote(value)}\n")
    assert take(fields, "title", TEXT) == " ".join(value.split())
    assert codes(problems) in ([], ["field-empty"])


def read_raw(text: str) -> tuple[Fields, list[Problem]]:
    problems: list[Problem] = []
    return read_fields(text, PLACE, problems, ZONE), problems


@given(YAMLISH)
def test_any_text_is_fields_or_a_problem(text: str) -> None:
    try:
        fields, problems = read_raw(text)
    except ProblemsFoundError as error:
        problems = list(error.problems)
        assert problems
    else:
        for name in ("a", "b", "đ"):
            for field in (TEXT, TEXTS, Number("Số"), Flag("Cờ"), Date("Ngày")):
                take(fields, name, field)
            fields.group(name)
            list(fields.open_groups(name))
        fields.finish(["a", "b", "đ"])
    lines = text.count("\n") + 2
    assert all(1 <= each.place.line <= lines and each.place.column >= 1 for each in problems)


@given(st.one_of(st.binary(max_size=80), YAMLISH.map(str.encode)))
def test_any_file_is_a_text_or_has_problems(source: bytes) -> None:
    for content in (source, b"---\n" + source + b"\n---\ntext\n"):
        for kind in KINDS:
            path = f"{kind.folder}a.md"
            found, problems = read_text(content, path, CONFIG)
            errors = [each for each in problems if not each.warning]
            assert errors or (found and found.path == path)


@given(st.one_of(st.binary(max_size=80), YAMLISH.map(str.encode)))
def test_any_configuration_is_read_or_has_problems(source: bytes) -> None:
    for content in (source, b"site:\n" + source):
        with pytest.raises(ConfigError) as caught:
            parse_config(content)
        assert caught.value.problems


def test_the_nearest_name() -> None:
    assert find_nearest("titel", ["date", "title"]) == "title"
    assert find_nearest("xyz", ["date", "title"]) == ""
