"""A server of one's own, set up by the commands of docs/deploy.md, and an editor who pushes to it.

Everything is real but what belongs to another machine or to the system: ``ssh`` runs its command in
the home folder of the server's user, and ``sudo`` what is for this user. Whatever else ``sudo`` and
the programs of systemd are asked for is noted.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from support.deploy_guide import read_commands

INSTALL, BEGIN, SITE, RELEASE, HOOKS, CRON, EDIT = read_commands("On your own server")
_HOME, _PUBLIC = "/home/portal", "/srv/portal"
_NOTE = 'echo "{} $*" >>"$LOG"'
_PLAYED = {
    "ssh": 'until [ "${1%server}" != "$1" ]; do shift; done; shift\n'
    'cd "$SERVER" && HOME=$SERVER exec sh -c "$*"',
    "sudo": 'if [ "$1" = -iu ]; then shift 2; cd "$SERVER"; HOME=$SERVER exec "$@"; fi\n'
    + _NOTE.format("sudo"),
    "systemctl": _NOTE.format("systemctl"),
    "systemd-run": _NOTE.format("systemd-run"),
    "crontab": _NOTE.format("crontab"),
}
_SITEGEN = f"exec {sys.executable} -m sitegen"
_TIMEOUT_SECONDS = 600


class OwnServer:
    """The home folder of the server's user, the web server's folder, and an editor's clone.

    ``program`` is the command that is called as sitegen.
    """

    def __init__(self, folder: Path, program: str = _SITEGEN) -> None:
        self.home, self.public, self.log = folder / "home", folder / "srv", folder / "log"
        self.state = self.home / "state"
        self.editors = folder / "editors"
        self.clone = self.editors / "portal"
        self._programs = folder / "bin"
        for each in (self.home, self.public, self.editors, self._programs):
            each.mkdir(parents=True)
        self.log.touch()
        for name, text in _PLAYED.items():
            self._add(self._programs / name, f"#!/bin/sh\n{text}\n")
        for path in (self._programs / "sitegen", self.home / "venv/bin/sitegen"):
            self._add(path, f'#!/bin/sh\n{program} "$@"\n')

    def run(self, commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run commands of the page in a folder; what they print is kept."""
        return self.start(commands, folder, check=True)

    def push(self, message: str = "Tin mới") -> subprocess.CompletedProcess[str]:
        """Commit everything in the clone and push it, whether or not it is refused."""
        commands = f"git add .; git commit --quiet -m '{message}'; git push"
        return self.start(commands, self.clone, check=False)

    def start(
        self, commands: str, folder: Path, *, check: bool
    ) -> subprocess.CompletedProcess[str]:
        """Run commands as an administrator or editor would; both outputs become one."""
        return subprocess.run(
            ["sh", "-eu", "-c", self.place(commands)],
            cwd=folder,
            env=self.environment,
            check=check,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_TIMEOUT_SECONDS,
        )

    @property
    def environment(self) -> dict[str, str]:
        """The environment of all commands; nothing in it is of whoever runs the tests."""
        name = {"NAME": "Thu Hà", "EMAIL": "thu.ha@example.org"}
        people = ("AUTHOR", "COMMITTER")
        return {
            "PATH": f"{self._programs}:{os.environ['PATH']}",
            "HOME": str(self.editors),
            "SERVER": str(self.home),
            "LOG": str(self.log),
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_{what}": value for who in people for what, value in name.items()},
        }

    def place(self, text: str) -> str:
        """Return commands or a file with the folders of this server."""
        return text.replace(_HOME, str(self.home)).replace(_PUBLIC, str(self.public))

    def set_up(self, site: Path | None = None) -> None:
        """Follow the page; ``site`` is taken for the site that somebody has written already."""
        self.run(INSTALL.splitlines()[-1], self.editors)
        self.run(BEGIN, self.editors)
        if site:
            for each in site.iterdir():
                target = self.clone / each.name
                shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
                shutil.copytree(each, target) if each.is_dir() else shutil.copy2(each, target)
        for path in (self.clone / "deploy").glob("*.sh"):
            path.write_text(self.place(path.read_text("utf-8")), "utf-8")
        self.run(SITE, self.editors)
        self.run(RELEASE, self.home)
        self.run(HOOKS, self.home)
        shutil.rmtree(self.clone)
        self.run("git clone --quiet portal@server:portal.git", self.editors)

    def told(self) -> list[str]:
        """Return what the system was asked for since this was asked last."""
        lines = self.log.read_text("utf-8").splitlines()
        self.log.write_text("", "utf-8")
        return lines

    def see(self, path: str) -> str | None:
        """Return a file that readers see."""
        file = self.public / "current" / path
        return file.read_text("utf-8") if file.exists() else None

    @staticmethod
    def _add(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        path.chmod(0o755)
