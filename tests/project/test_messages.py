import ast
import io
import json
import string
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from sitegen.cli.messages import (
    LOCALE,
    choose_translation,
    describe,
    format_github,
    format_json,
    format_text,
)
from sitegen.cli.wordings import WORDINGS
from sitegen.problems import Place, problem, warning
from support.site_folder import REPOSITORY

PACKAGE = REPOSITORY / "sitegen"
FOLDER = LOCALE / "vi" / "LC_MESSAGES"
AFTER_A_CHANGE = "run `make messages`, then translate what is new"
PLACE = Place("content/bai.md", 3, 7)


def read_catalogue() -> Catalog:
    with (FOLDER / "sitegen.po").open("rb") as file:
        return read_po(file, locale="vi", domain="sitegen")


def extract_marked(folder: Path) -> set[str]:
    found = extract_from_dir(folder, keywords={**DEFAULT_KEYWORDS, "mark": None})
    return {message for _, _, message, *_ in found if isinstance(message, str)}


def list_pairs(catalogue: Catalog) -> list[tuple[str, str]]:
    return [(str(each.id), str(each.string)) for each in catalogue if each.id]


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def find_faults(catalogue: Catalog, marked: set[str]) -> list[str]:
    pairs = list_pairs(catalogue)
    faults = [f"missing: {each}" for each in sorted(marked - {msgid for msgid, _ in pairs})]
    faults += [f"obsolete: {msgid}" for msgid, _ in pairs if msgid not in marked]
    faults += [f"obsolete: {msgid}" for msgid in catalogue.obsolete]
    faults += [f"fuzzy: {each.id}" for each in catalogue if each.id and each.fuzzy]
    faults += [f"untranslated: {msgid}" for msgid, text in pairs if not text.strip()]
    faults += [
        f"placeholders: {msgid}"
        for msgid, text in pairs
        if text and placeholders(msgid) != placeholders(text)
    ]
    return faults


def used_codes() -> set[str]:
    """Return every code that the package names outside the table, and all that it reports."""
    calls = {"problem", "warning", "UsageError", "report", "report_at"}
    codes = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and path.name != "wordings.py":
                codes |= {str(node.value)} & WORDINGS.keys()
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
                first = node.args[1 if name == "report_at" else 0] if node.args else None
                if name in calls and isinstance(first, ast.Constant):
                    codes.add(str(first.value))
    return codes


def test_the_catalogue_holds_every_message_and_no_other() -> None:
    assert find_faults(read_catalogue(), extract_marked(PACKAGE)) == [], AFTER_A_CHANGE


def test_the_compiled_catalogue_is_that_of_the_translations() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue())
    assert (FOLDER / "sitegen.mo").read_bytes() == compiled.getvalue(), AFTER_A_CHANGE


def test_every_fault_of_a_catalogue_would_be_found() -> None:
    catalogue = Catalog(locale="vi")
    catalogue.add("none", "")
    catalogue.add("{a} and {b}", "{a} và {a}")
    catalogue.add("old", "cũ")
    catalogue.add("doubtful", "ngờ", flags={"fuzzy"})
    marked = {"none", "{a} and {b}", "doubtful", "new"}
    assert find_faults(catalogue, marked) == [
        "missing: new",
        "obsolete: old",
        "fuzzy: doubtful",
        "untranslated: none",
        "placeholders: {a} and {b}",
    ]


def test_every_code_has_words_and_every_wording_is_used() -> None:
    assert used_codes() == WORDINGS.keys()


@pytest.mark.parametrize("code", WORDINGS)
def test_every_wording_can_be_said_in_both_languages(code: str) -> None:
    wording = WORDINGS[code]
    arguments = {name: f"<{name}>" for name in placeholders(wording.text + wording.hint)}
    for language in ("vi", "en"):
        said = describe(code, arguments, choose_translation(language))
        assert all(value in said for value in arguments.values())
        assert "\n" not in said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "thiếu trường `title`; hãy thêm dòng `title: …`"),
        ("vi-VN", "thiếu trường `title`; hãy thêm dòng `title: …`"),
        ("vi_VN.UTF-8", "thiếu trường `title`; hãy thêm dòng `title: …`"),
        ("en", "the field `title` is missing; add a line `title: …`"),
        ("fr", "the field `title` is missing; add a line `title: …`"),
    ],
)
def test_the_language_is_chosen_by_its_first_part(language: str, said: str) -> None:
    assert describe("field-missing", {"field": "title"}, choose_translation(language)) == said


def test_a_hint_without_its_argument_is_left_out() -> None:
    english = choose_translation("en")
    arguments = {"field": "drfat", "nearest": ""}
    assert describe("field-unknown", arguments, english) == "there is no field `drfat`"
    arguments["nearest"] = "draft"
    assert describe("field-unknown", arguments, english).endswith("; did you mean `draft`?")


def test_words_given_as_arguments_are_translated() -> None:
    said = describe("markdown-limit", {"reason": "a long table"}, choose_translation("vi"))
    assert "bảng quá dài" in said


def test_a_problem_is_one_line_whatever_it_quotes() -> None:
    found = problem("yaml-syntax", PLACE, line="a\nb\u2028c")
    assert format_text(found, choose_translation("en")) == (
        "content/bai.md:3:7: yaml-syntax this line cannot be read: a b c; write each field as"
        " `name: value`, and put quotes around a value with : or #"
    )


def test_a_workflow_command_is_escaped() -> None:
    found = problem("picture-missing", Place("content/a,b:c.md"), value="100%.jpg", nearest="")
    assert format_github(found, choose_translation("en")) == (
        "::error file=content/a%2Cb%3Ac.md,line=1,col=1,title=picture-missing"
        "::the picture `100%25.jpg` does not exist"
    )


def test_json_tells_all_that_the_line_does() -> None:
    found = [problem("file-empty", PLACE), warning("link-hidden", PLACE, value="../bản.md")]
    first, second = json.loads(format_json(found, choose_translation("vi")))
    assert first["message"].startswith("tệp không có nội dung")
    assert second == {
        "path": "content/bai.md",
        "line": 3,
        "column": 7,
        "severity": "warning",
        "code": "link-hidden",
        "message": "liên kết dẫn tới `../bản.md` là bài chưa đăng hoặc đã hết hạn, nên chỉ hiện"
        " thành chữ thường",
    }
