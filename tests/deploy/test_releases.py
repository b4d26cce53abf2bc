"""The commands of docs/deploy.md for a release, run as they stand there, on one machine.

Only what belongs to another machine is played: ``ssh`` runs the command here, ``sudo`` notes what
it is asked for, and every ``date`` is a second later.
"""

import os
import subprocess
from pathlib import Path

import pytest

from support.site_folder import REPOSITORY

PORTAL = "/srv/portal"
PLAYED = {
    "ssh": 'shift; exec sh -c "$*"',
    "sudo": 'echo "$*" >>"$LOG"',
    "date": 'echo x >>"$LOG.date"; printf "20261127-%06d\\n" "$(wc -l <"$LOG.date")"',
}


class Server:
    """A folder that stands for the server, and beside it an output to be released there."""

    def __init__(self, folder: Path, rsync: str) -> None:
        self.portal = folder / "portal"
        (self.portal / "releases").mkdir(parents=True)
        self.output = folder / "output"
        self.log = folder / "log"
        self.log.touch()
        programs = folder / "bin"
        programs.mkdir()
        for name, text in PLAYED.items():
            (programs / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
            (programs / name).chmod(0o755)
        (programs / "rsync").symlink_to(rsync)
        self._path = f"{programs}:{os.environ['PATH']}"
        text = (REPOSITORY / "docs" / "deploy.md").read_text("utf-8")
        block = text.partition("## Each release")[2].partition("```sh\n")[2].partition("```")[0]
        assert PORTAL in block
        self._commands = block.replace(PORTAL, str(self.portal))

    def write(self, **files: str) -> None:
        self.output.mkdir(exist_ok=True)
        for name, text in files.items():
            (self.output / f"{name}.txt").write_text(text, "utf-8")

    def release(self) -> None:
        environment = os.environ | {"PATH": self._path, "LOG": str(self.log)}
        subprocess.run(
            ["sh", "-eu", "-c", self._commands],
            cwd=self.output.parent,
            env=environment,
            check=True,
            timeout=60,
        )

    def list_releases(self) -> list[str]:
        return sorted(each.name for each in (self.portal / "releases").iterdir())


@pytest.fixture
def server(tmp_path: Path, rsync: str) -> Server:
    return Server(tmp_path, rsync)


def read(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text("utf-8") for each in folder.iterdir()}


def test_a_release_is_a_folder_of_its_own_to_which_a_link_is_turned(server: Server) -> None:
    server.write(aliases="", index="một")
    server.release()
    assert read(server.portal / "current") == read(server.output)
    server.write(index="hai")
    server.release()
    assert len(server.list_releases()) == 2
    assert (server.portal / "current").is_symlink()
    assert read(server.portal / "current") == {"aliases.txt": "", "index.txt": "hai"}
    assert read(server.portal / "previous") == {"aliases.txt": "", "index.txt": "một"}
    assert not (server.portal / "next").exists()


def test_what_did_not_change_is_the_same_file_with_the_same_time(server: Server) -> None:
    server.write(aliases="", index="một", page="trang")
    server.release()
    server.write(index="hai")
    server.release()
    now, before = (server.portal / name for name in ("current", "previous"))
    assert (now / "page.txt").samefile(before / "page.txt")
    assert not (now / "index.txt").samefile(before / "index.txt")


def test_a_page_written_twice_within_a_second_is_not_taken_for_the_same(server: Server) -> None:
    server.write(aliases="", index="mot")
    server.release()
    page = server.output / "index.txt"
    moment = page.stat().st_mtime_ns
    server.write(index="hai")
    os.utime(page, ns=(moment, moment + 1))
    server.release()
    assert read(server.portal / "current")["index.txt"] == "hai"


def test_what_the_output_has_no_more_is_gone(server: Server) -> None:
    server.write(aliases="", page="trang")
    server.release()
    (server.output / "page.txt").unlink()
    server.release()
    assert read(server.portal / "current") == {"aliases.txt": ""}


def test_nginx_reads_the_old_addresses_again_where_they_changed_alone(server: Server) -> None:
    reload = ["nginx -t", "systemctl reload nginx"]
    server.write(aliases="/cu /moi;")
    server.release()
    assert server.log.read_text("utf-8").splitlines() == reload
    server.write(index="một")
    server.release()
    assert server.log.read_text("utf-8").splitlines() == reload
    server.write(aliases="/cu /moi-hon;")
    server.release()
    assert server.log.read_text("utf-8").splitlines() == [*reload, *reload]


def test_five_releases_are_kept_the_newest_among_them(server: Server) -> None:
    for number in range(7):
        server.write(aliases="", index=str(number))
        server.release()
    assert [name[-1] for name in server.list_releases()] == ["3", "4", "5", "6", "7"]
    assert read(server.portal / "current")["index.txt"] == "6"
    assert read(server.portal / "previous")["index.txt"] == "5"
