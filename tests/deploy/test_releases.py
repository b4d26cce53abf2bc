"""The commands of docs/deploy.md for releases, run as they stand there, on one machine.

Only what belongs to another machine or to the system is played: ``ssh`` runs the command here, and
``sudo`` and ``systemctl`` note what they are asked for.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.cli.actions import OUTPUT
from support.deploy_guide import read_commands
from support.faults import list_files
from support.tiny_theme import make_tiny_site

PORTAL = "/srv/portal"
PLAYED = {
    # rsync gives it options before the host.
    "ssh": 'until [ "${1%server}" != "$1" ]; do shift; done; shift; exec sh -c "$*"',
    "sudo": 'echo "$*" >>"$LOG"',
    "systemctl": 'echo "systemctl $*" >>"$LOG"',
    "sitegen": f'exec {sys.executable} -m sitegen "$@"',
}


HERE, THERE, RELOAD, ROLLBACK = read_commands("Each release")


class Server:
    """A home folder with a site in it, and a folder that stands for the server's."""

    def __init__(self, folder: Path) -> None:
        self.home, self.portal, self.log = folder, folder / "srv", folder / "log"
        self.portal.mkdir()
        self.log.touch()
        self.site = make_tiny_site(folder / "portal").article("a")
        self._programs = folder / "bin"
        self._programs.mkdir()
        for name, text in PLAYED.items():
            (self._programs / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
            (self._programs / name).chmod(0o755)

    def add(self, name: str, path: str) -> None:
        """Let there be a program."""
        (self._programs / name).symlink_to(path)

    def run(self, commands: str) -> str:
        """Run commands of the page, and return what they print."""
        environment = os.environ | {
            "PATH": f"{self._programs}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "LOG": str(self.log),
            "LC_ALL": "en",
        }
        return subprocess.run(
            ["sh", "-eu", "-c", commands.replace(PORTAL, str(self.portal))],
            cwd=self.site.root,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            timeout=120,
        ).stdout

    def see(self) -> dict[str, bytes]:
        """Return what readers see, without hidden folders."""
        found = list_files(self.portal / "current")
        return {path: data for path, data in found.items() if not path.startswith(".")}

    def told(self) -> list[str]:
        """Return what the system was asked for."""
        return self.log.read_text("utf-8").splitlines()


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


def test_a_release_on_the_server_itself(server: Server) -> None:
    server.run(HERE)
    assert server.see() == list_files(server.site.root / OUTPUT)
    server.site.article("b")
    server.run(HERE)
    assert server.see() == list_files(server.site.root / OUTPUT)
    assert (server.portal / "previous/index.html").exists()


def test_a_release_from_another_machine(server: Server, rsync: str) -> None:
    server.add("rsync", rsync)
    for name in ("b", "c"):
        server.site.article(name)
        server.run(THERE)
        assert server.see() == list_files(server.site.root / OUTPUT)
    now, before = (server.portal / link / "404.html" for link in ("current", "previous"))
    assert now.samefile(before)


def test_nginx_reads_the_old_addresses_again_where_they_changed_alone(server: Server) -> None:
    reload = ["nginx -t", "systemctl reload nginx"]
    server.run(HERE + RELOAD)
    assert server.told() == reload
    server.site.article("b")
    server.run(HERE + RELOAD)
    assert server.told() == reload
    server.site.article("c", aliases="[/cu/]")
    server.run(HERE + RELOAD)
    assert server.told() == [*reload, *reload]


def test_readers_are_led_back(server: Server) -> None:
    server.run(HERE)
    before = server.see()
    name = (server.portal / "current").readlink().name
    server.site.article("b")
    server.run(HERE)
    back, there, listed = ROLLBACK.splitlines()
    server.run(back)
    assert server.see() == before
    server.run(HERE)
    server.run(there.replace("20261130-061500", name))
    assert server.see() == before
    assert f"{name}: " in server.run(listed)
