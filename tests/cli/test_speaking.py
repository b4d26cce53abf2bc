"""The help and the errors of usage are in the reader's language, those of click too.

``SITEGEN_UPDATE=1 pytest`` writes ``help/`` anew: read it as a whole.
"""

import ast
import gettext
import os
import re
import shutil
import string
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from sitegen.cli import INTERRUPTED, USAGE, actions
from sitegen.cli.commands import main
from sitegen.content.kinds import RECORDS
from support.catalogs import list_texts, read_catalog
from support.doubles import replace_everywhere
from support.site_folder import CONFIG, REPOSITORY, SiteFolder

HELP = Path(__file__).parent / "help"
COMMANDS = REPOSITORY / "docs" / "commands.md"
# What click says, but not to those who use this program.
UNREACHED = frozenset(
    {
        # Scripts read it.
        "%(prog)s, version %(version)s",
        # These words have a text of our own in their place.
        *("Show the version and exit.", "Confirm the action without prompting."),
        # A command line is declared wrongly, which each start would show.
        "Arguments take exactly one parameter declaration, got {length}: {decls}.",
        "Boolean option {decl!r} cannot use the same flag for true/false.",
        "Could not determine name for option with declarations {decls!r}",
        "Name '{name}' defined twice",
        (
            "No options defined but a name was passed ({name}). Did you mean to declare an argument"
            " instead? Did you mean to pass '--{name}'?"
        ),
        # No command waits for a key, asks twice or shows a progress bar of click, and an editor
        # that fails is told in our own words.
        *("Do you want to continue?", "Error: The two entered values do not match."),
        *("Press any key to continue...", "Repeat for confirmation"),
        *("{editor}: Editing failed", "{editor}: Editing failed: {e}", "d"),
        *("Unknown color {colour!r}", "Unknown standard stream '{name}'"),
        # No option or argument has several values, and none is of these types.
        *("Argument {name!r} takes {nargs} values.", "Value must be an iterable."),
        "Takes {nargs} values but 1 was given.",
        "{len_type} values are required, but {len_value} was given.",
        *("{value!r} is not a valid UUID.", "{value!r} does not match the format {format}."),
        "{value!r} is not a valid boolean. Recognized values: {states}",
        # No file is opened by click, and none must be there, be writable, or not be a folder.
        *("Could not open file {filename!r}: {message}", "unknown error", "file", "path"),
        *("{name} {filename!r} does not exist.", "{name} {filename!r} is a directory."),
        *("{name} {filename!r} is not writable.", "{name} {filename!r} is not executable."),
        # The Vietnamese sentence names the folder itself.
        "directory",
        # Every error belongs to an option or an argument.
        *("Invalid value: {message}", "Missing parameter", "Missing parameter: {param_name}"),
        *("Missing {param_type}", "Invalid start character for option ({option})"),
        # Nothing is deprecated, and no option takes its value from a function or the environment.
        "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
        "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
        *("deprecated", "(dynamic)", "env var: {var}"),
        # For programmers, or of the console of Windows.
        *("Choice({choices})", "Windows error: {error}"),
    }
)
# What click asks gettext for by another name.
COMPUTED = {"extra['required']": "required"}


@pytest.fixture(autouse=True)
def outside_of_sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin where no site tells a language."""
    monkeypatch.chdir(tmp_path)


def run(*words: str | Path, lang: str = "vi_VN.UTF-8") -> Result:
    environment = {"LC_ALL": lang, "LC_MESSAGES": "", "LANG": "", "COLUMNS": "80"}
    arguments = [str(each) for each in words]
    return CliRunner(env=environment).invoke(main, arguments, prog_name="sitegen")


def find_words_of_click() -> Iterator[str]:
    """Yield each text for which click asks gettext; of what can be counted, the first form."""
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "ngettext"}:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield str(first.value)
                else:
                    written = ast.unparse(first)
                    yield COMPUTED.get(written, written)


def test_every_sentence_of_click_that_can_be_read_is_translated() -> None:
    said = set(find_words_of_click())
    translated = dict(list_texts(read_catalog("vi", "click"))).keys()
    assert said - UNREACHED - translated == set(), "click says something new"
    assert (UNREACHED | translated) - said == set(), "click does not say it any more"
    assert UNREACHED & translated == set()


def test_a_translation_names_nothing_that_its_sentence_does_not() -> None:
    def names(text: object) -> set[str]:
        forms = text if isinstance(text, list | tuple) else [text]
        parsed = (part for each in forms for part in string.Formatter().parse(str(each)))
        return {name for _, name, _, _ in parsed if name is not None}

    for message in read_catalog("vi", "click"):
        assert message.string or not message.id, message.id
        assert names(message.string) <= names(message.id), message.id


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_help(language: str) -> None:
    helps = [
        run(*words, "--help", lang=language) for words in ((), *([each] for each in main.commands))
    ]
    assert {each.exit_code for each in helps} == {0}
    shown = "\n\n".join(each.stdout for each in helps)
    golden = HELP / f"{language}.txt"
    if os.environ.get("SITEGEN_UPDATE") == "1":
        golden.write_text(shown, "utf-8", newline="\n")
    assert shown == golden.read_text("utf-8")
    # Columns are aligned by counting characters, so each letter must be one.
    assert unicodedata.is_normalized("NFC", shown)
    assert max(map(len, shown.splitlines())) <= 80


def test_who_says_nothing_gets_the_help() -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (USAGE, "")
    assert result.stderr == run("--help").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--root .", "Thiếu tên lệnh."),
        ("xây", "Không có lệnh 'xây'."),
        ("biuld", "Không có lệnh 'biuld'. Có phải định viết 'build'?"),
        ("build --draft", "Không có tùy chọn '--draft'. Có phải định viết '--drafts'?"),
        ("build --clean=yes", "Tùy chọn '--clean' không có giá trị đi kèm."),
        ("build --now", "Tùy chọn '--now' cần một giá trị đi sau."),
        (
            "build --now 2023-03-06 09:34",
            "Thừa phần này: 09:34. Cụm có dấu cách phải đặt trong dấu ngoặc kép.",
        ),
        (
            "new Chi bộ họp --category x",
            "Thừa phần này: bộ họp. Cụm có dấu cách phải đặt trong dấu ngoặc kép.",
        ),
        ("build --jobs 65", "Giá trị của '--jobs' không dùng được: 65 nằm ngoài khoảng 1<=x<=64."),
        ("serve --port x", "Giá trị của '--port' không dùng được: 'x' không phải là số nguyên."),
        (
            "check --format xml",
            (
                "Giá trị của '--format' không dùng được: 'xml'. "
                "Hãy chọn 'text', 'json', 'github', 'gitlab'."
            ),
        ),
        (
            "deploy",
            "Thiếu tham số '{nginx}'. Hãy chọn một trong các giá trị:\n\tnginx",
        ),
        ("deploy apache", "Giá trị của '{nginx}' không dùng được: 'apache'. Hãy chọn 'nginx'."),
        ("new", "Thiếu tham số 'TIÊU_ĐỀ'."),
        ("new Tên", "Thiếu tùy chọn '--category'."),
        (
            f"--root {__file__} build",
            f"Giá trị của '--root' không dùng được: '{__file__}' là một tệp, không phải thư mục.",
        ),
    ],
)
def test_an_error_of_usage(words: str, said: str) -> None:
    result = run(*words.split())
    assert (result.exit_code, result.stdout) == (USAGE, "")
    usage, _, error = result.stderr.rpartition("Lỗi: ")
    assert error == f"{said}\n"
    if usage:
        first, hint, empty = usage.splitlines()
        assert first.startswith("Cách dùng: sitegen")
        assert hint.startswith("Xem hướng dẫn: sitegen")
        assert hint.endswith("--help")
        assert empty == ""


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = run("--root", tmp_path, "build")
    assert result.exit_code == USAGE
    assert f"không có quyền đọc '{tmp_path}'" in result.stderr


class TestTheLanguage:
    """It is that of the site, or of the system if no site tells one, or Vietnamese."""

    ENGLISH, VIETNAMESE = "Error: No such option", "Lỗi: Không có tùy chọn"

    def test_is_that_of_the_site(self, site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.ENGLISH in run("--root", site.root, "build", "--x", lang="vi").stderr
        site.write("config.yaml", CONFIG.replace("language: en", "language: vi"))
        assert self.VIETNAMESE in run("--root", site.root, "build", "--x", lang="en").stderr
        monkeypatch.chdir(site.root)
        assert self.VIETNAMESE in run("build", "--x", lang="en").stderr

    def test_is_that_of_the_site_whatever_is_wrong(self, site: SiteFolder) -> None:
        site.write("config.yaml", "site: { titel: x, language: vi }\nmenu: 5\n")
        for words in (["--x"], ["--x", "build"], ["build", "--jobs", "x", "--x"]):
            assert "Lỗi: " in run("--root", site.root, *words, lang="en").stderr
        assert self.VIETNAMESE in run("--x", "--root", site.root, "build", lang="en").stderr

    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            ("en_US.UTF-8", ENGLISH),
            ("vi_VN.UTF-8", VIETNAMESE),
            ("C.UTF-8", VIETNAMESE),
            ("", VIETNAMESE),
            # Nobody has translated it.
            ("fr_FR.UTF-8", ENGLISH),
        ],
    )
    def test_is_else_that_of_the_system(self, tmp_path: Path, lang: str, said: str) -> None:
        assert said in run("--root", tmp_path, "build", "--x", lang=lang).stderr
        (tmp_path / "config.yaml").write_text("xây", "utf-16")
        assert said in run("--root", tmp_path, "build", "--x", lang=lang).stderr

    def test_is_nobody_elses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LANGUAGE", "de")
        before = gettext.textdomain()
        assert self.VIETNAMESE in run("build", "--x").stderr
        assert self.ENGLISH in run("build", "--x", lang="en").stderr
        assert (os.environ["LANGUAGE"], gettext.textdomain()) == ("de", before)


def test_a_schema_of_every_kind_can_be_asked_for() -> None:
    kind = main.commands["schema"].params[0].type
    assert isinstance(kind, click.Choice)
    assert set(kind.choices) == RECORDS.keys()


def test_every_value_has_a_name_that_is_translated() -> None:
    """Otherwise click names it after its type, in English."""
    for command in (main, *main.commands.values()):
        for each in command.params:
            flag = isinstance(each, click.Option) and each.is_flag
            assert flag or each.metavar or isinstance(each.type, click.Choice), each.name


def test_who_interrupts_the_start_sees_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_root: Path) -> None:
        raise KeyboardInterrupt

    replace_everywhere(monkeypatch, actions.open_session, interrupt)
    assert run("build").exit_code == INTERRUPTED


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("sitegen bu", "build"),
        ("sitegen build --he", "--help"),
        ("sitegen check --format j", "json"),
        ("sitegen schema p", "page people"),
        ("sitegen new x --category h", "hoat-dong-cua-co-so"),
        ("sitegen --root config.yaml new x --category c", "cong-tac-xay-dung-dang"),
        ("sitegen --root nowhere new x --category h", ""),
    ],
)
def test_bash_completes_a_word(line: str, words: str) -> None:
    Path("config.yaml").write_text(CONFIG, "utf-8")
    table = COMMANDS.read_text("utf-8")
    (source,) = re.findall(r"^\| bash\b.*\| `(eval .*)` \|$", table, re.MULTILINE)
    asked = f"COMP_WORDS=({line}); COMP_CWORD={line.count(' ')}; _sitegen_completion sitegen"
    script = f'{source}; {asked}; echo "${{COMPREPLY[*]}}"'
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == (f"{words}\n", "")
