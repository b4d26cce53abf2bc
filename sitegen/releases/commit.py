"""The commit from which a site is built, if git keeps it."""

import subprocess
from pathlib import Path


def find_commit(root: Path) -> str:
    """Return the commit that is checked out at ``root``: nothing, if none is, or git is missing."""
    command = ["git", "-C", str(root), "rev-parse", "--verify", "--quiet", "HEAD"]
    try:
        found = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 (no shell reads it)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return found.stdout.strip()
