"""The Tab key, in each shell that docs/commands.md names: the lines there are run as they stand."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.site_folder import REPOSITORY, SiteFolder

# What a shell does when the Tab key is pressed behind these words, and prints what it finds.
PRESS = {
    "bash": "COMP_WORDS=({words}); COMP_CWORD={place}; _sitegen_completion sitegen 2>/dev/null; "
    'printf "%s\\n" "${{COMPREPLY[@]}}"',
    "zsh": 'compadd() {{ local name=$@[-1]; print -l -- "${{(@P)name}}" }}; '
    '_describe() {{ print -l -- "${{(@P)3}}" }}; '
    "words=({words}); CURRENT={place}; (( CURRENT++ )); _sitegen_completion",
    "fish": 'complete -C "{line}"',
}
BEGINNING = {"bash": "", "zsh": "compdef() { : }; ", "fish": ""}
SAID = [
    (("new", "--category", "cong"), "cong-tac-xay-dung-dang"),
    (("publ",), "publish"),
    (("build", "--cle"), "--clean"),
    (("check", "--format", "g"), "gitlab"),
    (("theme", "u"), "update"),
]


def find_line(shell: str) -> str:
    """Return what commands.md lets the reader write for a shell."""
    table = (REPOSITORY / "docs" / "commands.md").read_text("utf-8")
    (line,) = re.findall(rf"^\| {shell}\b.*\| `([^`]*_source.*)` \|$", table, re.MULTILINE)
    return str(line).replace("\\|", "|")


def press_tab(shell: str, site: SiteFolder, words: tuple[str, ...]) -> str:
    program = shutil.which(shell)
    if not program:
        pytest.skip(f"no {shell}")
    typed = ("sitegen", *words)
    pressed = PRESS[shell].format(words=" ".join(typed), line=" ".join(typed), place=len(typed) - 1)
    script = f"{BEGINNING[shell]}{find_line(shell)}\n{pressed}\n"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "HOME": str(site.root), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [program, "-c", script],
        cwd=site.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("shell", PRESS)
@pytest.mark.parametrize(("words", "expected"), SAID)
def test_a_shell_goes_on_with_a_word(
    site: SiteFolder, shell: str, words: tuple[str, ...], expected: str
) -> None:
    said = press_tab(shell, site, words)
    assert re.search(rf"(?m)^{re.escape(expected)}\b", said), said


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_explanations_are_in_the_language_of_the_site(site: SiteFolder, shell: str) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", config.replace("language: en", "language: vi"))
    assert "Đưa trang đã dựng đến người đọc" in press_tab(shell, site, ("publ",))
