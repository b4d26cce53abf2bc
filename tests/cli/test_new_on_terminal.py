"""``sitegen new`` on a terminal asks what it was not told, and opens the editor."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import USAGE, commands
from sitegen.cli.actions import is_terminal
from support.doubles import replace_everywhere
from support.site_folder import SiteFolder

pty = pytest.importorskip("pty")

DATE = ("--now", "2026-11-23 09:05")
WRITTEN = "content/cong-tac-xay-dung-dang/2026/ten-bai.md"
# An editor that appends a line to the file that it is given.
APPEND = "import sys; open(sys.argv[-1], 'a', encoding='utf-8').write('Đã mở.\\n')"


@pytest.fixture
def editor(tmp_path: Path) -> str:
    """Return a command with an argument of its own, as ``code --wait`` has, and a space in it."""
    script = tmp_path / "my editor.py"
    script.write_text(APPEND, "utf-8")
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} --wait"


def run(site: SiteFolder, *words: str, answers: str = "", **environment: str) -> Result:
    environment = {"VISUAL": "", "EDITOR": "", **environment}
    arguments = ["--root", str(site.root), "new", *words, *DATE]
    return CliRunner(env=environment).invoke(commands.main, arguments, input=answers)


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_everywhere(monkeypatch, is_terminal, lambda: True)


def test_a_terminal_chooses_the_category_by_number(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_terminal(monkeypatch)
    ran = run(site, "Tên bài", answers="2\n")
    assert ran.exit_code == 0, ran.output
    assert "  1  Hoạt động của cơ sở\n  2  Công tác xây dựng Đảng\n" in ran.stderr
    text = (site.root / WRITTEN).read_text("utf-8")
    assert 'category: "Công tác xây dựng Đảng"\n' in text


def test_a_wrong_number_is_told_in_the_language_of_the_site(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_terminal(monkeypatch)
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", config.replace("language: en", "language: vi"))
    ran = run(site, answers="Tên bài\n3\nhai\n2\n")
    assert ran.exit_code == 0, ran.output
    assert ran.stderr.startswith("Tiêu đề bài: ")
    assert ran.stderr.count("Lỗi: ") == 2
    assert "Error" not in ran.stderr
    assert (site.root / WRITTEN).exists()


def test_the_only_category_is_not_asked_for(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_terminal(monkeypatch)
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", config.replace("  - name: Hoạt động của cơ sở\n", ""))
    assert run(site, "Tên bài").exit_code == 0
    assert (site.root / WRITTEN).exists()


def test_an_unknown_category_is_refused_before_anything_is_asked(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_terminal(monkeypatch)
    ran = run(site, "--category", "Không có", answers="Tên bài\n")
    assert ran.exit_code == USAGE
    assert "title" not in ran.stderr


@pytest.mark.parametrize("variable", ["VISUAL", "EDITOR"])
def test_a_terminal_opens_the_editor_that_is_set(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch, editor: str, variable: str
) -> None:
    on_terminal(monkeypatch)
    ran = run(site, "Tên bài", answers="2\n", **{variable: editor})
    assert ran.exit_code == 0, ran.output
    assert (site.root / WRITTEN).read_text("utf-8").endswith("Đã mở.\n")


@pytest.mark.parametrize(
    ("terminal", "words", "opened"),
    [
        (True, ("--no-edit",), False),
        (False, (), False),
        (False, ("--edit",), True),
    ],
)
def test_who_says_so_decides(
    site: SiteFolder,
    monkeypatch: pytest.MonkeyPatch,
    editor: str,
    terminal: bool,
    words: tuple[str, ...],
    opened: bool,
) -> None:
    if terminal:
        on_terminal(monkeypatch)
    named = ("Tên bài", "--category", "cong-tac-xay-dung-dang")
    ran = run(site, *named, *words, EDITOR=editor)
    assert ran.exit_code == 0, ran.output
    assert ("Đã mở." in (site.root / WRITTEN).read_text("utf-8")) is opened


@pytest.mark.parametrize("command", ["/khong/co", "false"])
def test_an_editor_that_fails_is_told_and_the_article_stays(site: SiteFolder, command: str) -> None:
    named = ("Tên bài", "--category", "cong-tac-xay-dung-dang", "--edit")
    ran = run(site, *named, VISUAL=command)
    assert ran.exit_code == USAGE
    assert f"{WRITTEN} is written" in ran.stderr
    assert (site.root / WRITTEN).exists()


def test_a_real_terminal(site: SiteFolder, editor: str) -> None:
    """All of it once more in a terminal of the system, with nothing replaced."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "sitegen", "--root", str(site.root), "new", "Tên bài", *DATE]
    environment = {**os.environ, "VISUAL": "", "EDITOR": editor}
    streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    with subprocess.Popen(command, env=environment, **streams) as process:
        os.write(ours, b"2\n")
        assert process.wait(60) == 0
    os.close(ours)
    os.close(theirs)
    assert (site.root / WRITTEN).read_text("utf-8").endswith("Đã mở.\n")
