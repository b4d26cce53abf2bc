"""The site as a commit has it: git writes it into a folder and leaves its repository alone."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sitegen.content.discovery import CONTENT
from sitegen.foundation.files import read_file
from sitegen.model import CONFIG_FILE, Record
from sitegen.problems import UsageError
from sitegen.releases.description import DESCRIPTION, parse_description
from sitegen.releases.place import CURRENT
from sitegen.theme.templates import TEMPLATES

_WANTED = (CONTENT, TEMPLATES, CONFIG_FILE)
_SHORT = 12


class Differences(Record, frozen=True):
    """The files that differ from a commit, and the earlier names of those that were renamed."""

    changed: frozenset[str]
    renamed: dict[str, str]


class Repository:
    """The repository that a site is kept in.

    ``root`` is the site's folder, ``environment`` that of this process, with which git runs.
    """

    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self._root, self._environment = root, environment

    def find_commit(self, reference: str) -> str:
        """Return the commit that ``reference`` names, or that of the release in this folder.

        Of a branch, it is the one at which the work on this one began, as hosts show a proposal.

        Raises :class:`~sitegen.problems.UsageError` where there is none.
        """
        place = Path(reference)
        if release := self._read_release(place):
            return self._resolve(release, reference)
        commit = self._resolve(reference, reference)
        try:
            return self._ask("merge-base", "HEAD", commit).strip()
        except subprocess.CalledProcessError:
            return commit  # of a shallow clone, git does not know where they part

    def write_tree(self, commit: str, folder: Path) -> None:
        """Write what ``commit`` has of the site below ``folder``."""
        prefix = self._ask("rev-parse", "--show-prefix").strip("\n")
        top = Path(self._ask("rev-parse", "--show-toplevel").strip("\n"))
        # The index of the repository stays as it is.
        own = {"GIT_INDEX_FILE": str(folder.with_name(f"{folder.name}.index"))}
        tree = f"{commit}:{prefix}" if prefix else commit
        self._run(top, own, "read-tree", tree)
        names = self._run(top, own, "ls-files", "-z", "--", *_WANTED)
        folder.mkdir()
        into = ("checkout-index", "-z", "--stdin", f"--prefix={folder.as_posix()}/")
        self._run(top, own, *into, given=names)

    def find_differences(self, commit: str) -> Differences:
        """Return which files of the site differ from ``commit``, those that git ignores left out.

        Their paths are relative to the site.
        """
        flags = ("--relative", "--name-status", "--find-renames", "-z")
        fields = iter(self._ask("diff", *flags, commit, "--", *_WANTED).split("\0"))
        changed: set[str] = set()
        renamed: dict[str, str] = {}
        for status in fields:
            if not status:
                break
            path = next(fields)
            if status.startswith(("R", "C")):
                now = next(fields)
                if status.startswith("R"):
                    renamed[now] = path
                changed.add(now)
            changed.add(path)
        others = self._ask("ls-files", "-z", "--others", "--exclude-standard", "--", *_WANTED)
        changed.update(filter(None, others.split("\0")))
        return Differences(frozenset(changed), renamed)

    def _read_release(self, place: Path) -> str:
        """Return the commit of the release that readers see in a web server's folder."""
        for folder in (place / CURRENT, place):
            try:
                release = parse_description(read_file(folder / DESCRIPTION))
            except (OSError, ValueError):
                continue
            if release:
                if not release.commit:
                    raise UsageError("against-commitless", path=str(place))
                return release.commit
        return ""

    def _resolve(self, name: str, reference: str) -> str:
        try:
            self._ask("rev-parse", "--git-dir")
        except (OSError, subprocess.CalledProcessError) as error:
            raise UsageError("against-no-git", path=str(self._root)) from error
        command = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        try:
            return self._ask(*command).strip()
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise UsageError("against-unknown", value=reference) from error

    def _ask(self, *words: str) -> str:
        return os.fsdecode(self._run(self._root, {}, *words))

    def _run(self, folder: Path, more: dict[str, str], *words: str, given: bytes = b"") -> bytes:
        return subprocess.run(  # noqa: S603 (no shell reads it)
            ["git", "-C", str(folder), *words],  # noqa: S607 (the system knows where git is)
            input=given,
            capture_output=True,
            check=True,
            env={**self._environment, **more},
        ).stdout


def shorten(commit: str) -> str:
    """Return a commit as people are told it."""
    return commit[:_SHORT]
