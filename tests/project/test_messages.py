import ast
import io
import json
import re
import string
from collections import Counter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from sitegen.cli.commands import main
from sitegen.cli.messages import LOCALE, describe, format_github, format_json, format_text
from sitegen.cli.speaking import find_texts
from sitegen.problems import Place, problem, warning
from support.catalogs import CATALOGS, list_codes, list_texts, read_catalog
from support.english import find_english
from support.site_folder import REPOSITORY

PACKAGE = REPOSITORY / "sitegen"
COLLECTED = {"count_words", "mark", "say", "Sentence"}
AFTER_A_CHANGE = "run `make messages`, then translate what is new"
# Three lines of a terminal, with the place in front.
LONGEST = 240
# For each of these, messages have another word: tệp, thư mục, ảnh, bài, menu, lối tắt, hãy.
OTHER_WORDS = (
    *("tập tin", "file ", "folder", "hình ảnh", "bài báo", "thực đơn", "liên kết tượng trưng"),
    *("vui lòng", "xin ", "bạn nên", "nội dung không hợp lệ"),
)
PLACE = Place("content/bai.md", 3, 7)


def find_marked(source: str) -> set[str]:
    """Return the texts that `make messages` is to collect."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in COLLECTED
        if isinstance(node.args[0].value, str)
    }


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def find_faults(catalog: Catalog, wanted: dict[str, str]) -> list[str]:
    """Compare a catalog with the keys it must have, each with a text of the same placeholders."""
    texts = dict(list_texts(catalog))
    faults = [f"missing: {key}" for key in sorted(wanted.keys() - texts)]
    faults += [f"obsolete: {key}" for key in texts if key not in wanted]
    faults += [f"obsolete: {key}" for key in catalog.obsolete]
    faults += [f"fuzzy: {each.id}" for each in catalog if each.id and each.fuzzy]
    faults += [f"untranslated: {key}" for key, text in texts.items() if not text.strip()]
    faults += [
        f"placeholders: {key}"
        for key, text in texts.items()
        if text and placeholders(wanted.get(key, text)) != placeholders(text)
    ]
    return faults


def find_codes(source: str, known: set[str]) -> set[str]:
    """Return the known codes that a source names anywhere, and every code that it reports."""
    calls = {"problem", "warning", "UsageError", "report", "report_at", "describe"}
    codes = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant):
            codes |= {str(node.value)} & known
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            first = node.args[1 if name == "report_at" else 0] if node.args else None
            if name in calls and isinstance(first, ast.Constant):
                codes.add(str(first.value))
    return codes


def test_the_catalog_holds_every_marked_text_and_no_other() -> None:
    sources = [path.read_text("utf-8") for path in PACKAGE.rglob("*.py")]
    marked = {text: text for source in sources for text in find_marked(source)}
    marked |= {text: text for _, _, text in find_texts(main)}
    assert find_faults(read_catalog("vi", "sitegen"), marked) == [], AFTER_A_CHANGE


def test_a_text_is_found_wherever_it_is_marked() -> None:
    source = "self.say('a' 'b', c=mark('c')), Sentence('d', {}), say(text), say(), print('e')"
    assert find_marked(source) == {"ab", "c", "d"}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_problems_have_the_same_keys_and_placeholders_in_every_language(language: str) -> None:
    wanted = dict(list_texts(read_catalog("en", "problems")))
    assert find_faults(read_catalog(language, "problems"), wanted) == []


def test_every_code_has_words_and_every_entry_is_used() -> None:
    keys = dict(list_texts(read_catalog("en", "problems"))).keys()
    codes = list_codes()
    used = [find_codes(path.read_text("utf-8"), codes) for path in PACKAGE.rglob("*.py")]
    assert set().union(*used) == codes
    assert codes <= keys, "this hint has no text"


def test_a_code_is_found_where_it_is_reported_and_where_it_is_named() -> None:
    source = "problem('new', place), fields.report_at('url', 'newer'), 'known' or 'text'"
    assert find_codes(source, {"known", "unused"}) == {"new", "newer", "known"}


@pytest.mark.parametrize(("language", "domain"), CATALOGS)
def test_the_compiled_catalog_is_that_of_the_texts(language: str, domain: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read_catalog(language, domain))
    path = LOCALE / language / "LC_MESSAGES" / f"{domain}.mo"
    assert path.read_bytes() == compiled.getvalue(), AFTER_A_CHANGE


def test_there_is_no_other_catalog() -> None:
    found = sorted((path.parts[-3], path.stem) for path in LOCALE.rglob("*.[mp]o"))
    assert found == sorted([*CATALOGS, *CATALOGS])


def test_every_fault_of_a_catalog_would_be_found() -> None:
    catalog = Catalog(locale="vi")
    catalog.add("none", "")
    catalog.add("{a} and {b}", "{a} và {a}")
    catalog.add("a-code", "{a} và {b}")
    catalog.add("old", "cũ")
    catalog.add("doubtful", "ngờ", flags={"fuzzy"})
    wanted = {each: each for each in ("none", "{a} and {b}", "doubtful", "new")}
    assert find_faults(catalog, wanted | {"a-code": "{a}"}) == [
        "missing: new",
        "obsolete: old",
        "fuzzy: doubtful",
        "untranslated: none",
        "placeholders: {a} and {b}",
        "placeholders: a-code",
    ]


def test_messages_for_editors_are_short_and_have_one_word_for_one_thing() -> None:
    texts = dict(list_texts(read_catalog("vi", "problems")))
    for code in list_codes():
        said = re.sub(r"\{\w+\}", "…", f"{texts[code]}; {texts.get(f'{code}.hint', '')}")
        assert len(said) <= LONGEST, code
        assert not find_english(said), code
        assert not [word for word in OTHER_WORDS if word in said.lower()], code
        assert not said.rstrip("; ").endswith("."), code


@pytest.mark.parametrize("code", sorted(list_codes()))
def test_every_problem_can_be_described_in_both_languages(code: str) -> None:
    for language in ("vi", "en"):
        texts = dict(list_texts(read_catalog(language, "problems")))
        names = placeholders(texts[code] + texts.get(f"{code}.hint", ""))
        arguments = {name: f"<{name}>" for name in names}
        said = describe(code, arguments, language)
        assert all(value in said for value in arguments.values())
        assert "\n" not in said
        assert code not in said.split(" ")


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
    assert describe("field-missing", {"field": "title"}, language) == said


def test_a_hint_without_its_argument_is_left_out() -> None:
    arguments = {"field": "drfat", "nearest": ""}
    assert describe("field-unknown", arguments, "en") == "there is no field `drfat`"
    arguments["nearest"] = "draft"
    assert describe("field-unknown", arguments, "en").endswith("; did you mean `draft`?")


def test_words_given_as_arguments_are_translated() -> None:
    said = describe("markdown-limit", {"reason": "a long table"}, "vi")
    assert "bảng quá dài" in said


def test_a_problem_is_one_line_whatever_it_quotes() -> None:
    found = problem("yaml-syntax", PLACE, line="a\nb\u2028c")
    assert format_text(found, "en") == (
        "content/bai.md:3:7: yaml-syntax this line cannot be read: a b c; write it as"
        " `name: value`; if it continues the line above, write it on that line"
    )


def test_a_workflow_command_is_escaped() -> None:
    found = problem("picture-missing", Place("content/a,b:c.md"), value="100%.jpg", nearest="")
    assert format_github(found, "en") == (
        "::error file=content/a%2Cb%3Ac.md,line=1,col=1,title=picture-missing"
        "::the picture `100%25.jpg` does not exist"
    )


def test_json_tells_all_that_the_line_does() -> None:
    found = [problem("file-empty", PLACE), warning("link-hidden", PLACE, value="../bản.md")]
    first, second = json.loads(format_json(found, "vi"))
    assert first["message"].startswith("tệp không có nội dung")
    assert second == {
        "path": "content/bai.md",
        "line": 3,
        "column": 7,
        "severity": "warning",
        "code": "link-hidden",
        "message": "liên kết dẫn tới `../bản.md`, là bài chưa đăng hoặc đã hết hạn, nên chỉ hiện"
        " thành chữ thường",
    }
