"""A publication over ssh: the other side runs under dash, in a connection that is played here."""

import contextlib
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import DONE, USAGE, commands
from sitegen.releases.description import DESCRIPTION
from sitegen.releases.place import hold_place
from sitegen.releases.remote import Server, find_server
from support.faults import list_files
from support.tiny_theme import hasten, make_tiny_site

# ssh joins its words with blanks and gives them to a shell there; rsync calls it with options.
SSH = """\
#!/bin/sh
while :; do
    case $1 in
        -l) shift 2 ;;
        -*) shift ;;
        *) break ;;
    esac
done
echo "$1" >>"$SSH_LOG"
shift
cd "$SSH_HOME"
exec dash -c "$*"
"""
SSHD = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/server
AuthorizedKeysFile {folder}/client.pub
PidFile {folder}/sshd.pid
StrictModes no
UsePAM no
PermitRootLogin yes
"""
CLIENT = """\
Host host
    HostName 127.0.0.1
    Port {port}
    IdentityFile {folder}/client
    StrictHostKeyChecking no
    UserKnownHostsFile {folder}/known
    LogLevel ERROR
"""
PAGE = "hoat-dong-cua-co-so/2024/05/a/index.html"


@pytest.mark.parametrize(
    ("target", "server"),
    [
        ("host:portal", Server("host", "portal")),
        (
            "ban-bien-tap@host.vn:/srv/cổng thông tin",
            Server("ban-bien-tap@host.vn", "/srv/cổng thông tin"),
        ),
        ("/srv/a:b", None),
        ("./a:b", None),
        ("portal", None),
        ("-oProxyCommand=x:y", None),
        ("host:", None),
    ],
)
def test_a_server_is_told_from_a_folder(target: str, server: Server | None) -> None:
    assert find_server(target) == server


class Far:
    """A site, and a server that is a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self.site = make_tiny_site(folder / "site").article("a", "Một.", lead="Tóm tắt.")
        self.site.article("b").build()
        self.home = folder / "home"
        self.home.mkdir()
        self.place = self.home / "cổng 'thông tin'"
        self.target = f"web@host:{self.place.name}"
        self.hour = 12

    def publish(self, *flags: str) -> Result:
        """Run the command, an hour after the last time."""
        self.hour += 1
        words = ["--root", str(self.site.root), "publish", self.target, *flags]
        now = ["--now", f"2026-11-23 {self.hour}:00"]
        return CliRunner(env={"LC_ALL": "en"}).invoke(commands.main, [*words, *now])

    def change(self, body: str) -> None:
        self.site.article("a", body, lead="Tóm tắt.").build()

    def see(self, link: str = "current") -> dict[str, bytes]:
        """Return what readers see, without the description."""
        files = list_files(self.place / link)
        del files[DESCRIPTION]
        return files

    def names(self) -> list[str]:
        found = (each.name for each in (self.place / "releases").iterdir())
        return sorted(name for name in found if not name.startswith("."))


@pytest.fixture
def far(tmp_path: Path, rsync: str, dash: str, monkeypatch: pytest.MonkeyPatch) -> Far:
    hasten(monkeypatch)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "ssh").write_text(SSH.replace("dash", dash), "utf-8")
    (programs / "ssh").chmod(0o755)
    (programs / "rsync").symlink_to(rsync)
    far = Far(tmp_path)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("SSH_LOG", str(tmp_path / "log"))
    monkeypatch.setenv("SSH_HOME", str(far.home))
    return far


def test_readers_see_what_was_built(far: Far) -> None:
    result = far.publish()
    assert result.exit_code == DONE, result.stderr
    assert result.stderr.startswith("Readers see the release 20261123-060000: ")
    assert far.see() == far.site.files()
    assert (far.place / "current").readlink() == Path("releases/20261123-060000")


def test_unchanged_files_are_those_of_the_release_before(far: Far) -> None:
    far.publish()
    far.change("Hai.")
    far.publish()
    now, before = (far.place / link for link in ("current", "previous"))
    assert far.see() == far.site.files()
    same = {path for path in far.see() if (now / path).samefile(before / path)}
    assert far.see().keys() - same == {PAGE}


def test_the_last_are_kept_and_one_tree_is_used_again(far: Far) -> None:
    for number in range(6):
        far.change(f"Lần {number}.")
        assert far.publish("--keep", "3").exit_code == DONE
        assert far.see() == far.site.files()
    assert far.names() == [f"20261123-{hour}0000" for hour in ("09", "10", "11")]
    assert (far.place / "releases/.sitegen-next").is_dir()


def test_a_provisional_release_is_replaced_by_the_next(far: Far) -> None:
    far.publish()
    for number in range(4):
        before = far.see()
        far.change(f"Lần {number}.")
        far.site.mark_provisional()
        far.publish("--keep", "3")
        assert b'"provisional": true' in (far.place / "current" / DESCRIPTION).read_bytes()
        assert far.see("previous") == before
        far.change(f"Lần {number}, xong.")
        assert far.publish("--keep", "3").exit_code == DONE
        assert far.see("previous") == before
        assert far.see() == far.site.files()
    assert far.names() == [f"20261123-{hour}0000" for hour in ("10", "12", "14")]


def test_nothing_new_is_no_new_release(far: Far) -> None:
    far.publish()
    assert "nothing has changed since" in far.publish().stderr
    assert far.names() == ["20261123-060000"]


def test_readers_are_led_back_and_forth(far: Far) -> None:
    far.publish()
    before = far.see()
    far.change("Hai.")
    far.publish()
    assert far.publish("--rollback").exit_code == DONE
    assert far.see() == before
    assert "20261123-060000: 2026-11-23 13:00:00" in far.publish("--list").stdout.splitlines()[1]
    # What was built last is there already.
    assert far.publish().exit_code == DONE
    assert far.see() == far.site.files()
    assert len(far.names()) == 2


def test_what_is_not_ours_stays(far: Far) -> None:
    theirs = far.place / "releases/20200101-000000/index.html"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("làm bằng tay", "utf-8")
    for number in range(4):
        far.change(f"Lần {number}.")
        far.publish("--keep", "2")
    assert theirs.read_text("utf-8") == "làm bằng tay"


def test_a_folder_in_the_place_of_a_link_is_refused(far: Far) -> None:
    (far.place / "current").mkdir(parents=True)
    result = far.publish()
    assert (result.exit_code, "current is no link" in result.stderr) == (USAGE, True)


def test_to_look_makes_nothing(far: Far) -> None:
    assert far.publish("--list").exit_code == USAGE
    assert not far.place.exists()


@pytest.mark.parametrize("program", ["rsync", "ssh"])
def test_a_connection_that_breaks_leaves_readers_what_they_see(
    far: Far, tmp_path: Path, program: str
) -> None:
    far.publish()
    before = far.see()
    far.change("Hai.")
    broken = tmp_path / "bin" / program
    kept = broken.rename(tmp_path / "kept")
    broken.write_text("#!/bin/sh\nexit 12\n", "utf-8")
    broken.chmod(0o755)
    result = far.publish()
    assert (result.exit_code, "did not take the release" in result.stderr) == (USAGE, True)
    assert far.see() == before
    kept.replace(broken)
    assert far.publish().exit_code == DONE
    assert far.see() == far.site.files()


def test_what_rsync_lost_is_not_shown(far: Far, tmp_path: Path, rsync: str) -> None:
    far.publish()
    before = far.see()
    far.change("Hai.")
    losing = tmp_path / "bin" / "rsync"
    losing.unlink()
    losing.write_text(f'#!/bin/sh\nexec {rsync} --exclude=404.html "$@"\n', "utf-8")
    losing.chmod(0o755)
    result = far.publish()
    assert (result.exit_code, "others came" in result.stderr) == (USAGE, True)
    assert far.see() == before


def test_the_second_waits_for_the_first(far: Far) -> None:
    far.publish()
    far.change("Hai.")
    with hold_place(far.place, lambda: None):
        results: list[Result] = []
        second = threading.Thread(target=lambda: results.append(far.publish()))
        second.start()
        second.join(1)
        assert second.is_alive()
    second.join(60)
    assert "Another publication is at work" in results[0].stderr
    assert far.see() == far.site.files()


@pytest.fixture
def served(far: Far, tmp_path: Path, sshd: str) -> Iterator[Far]:
    """Yield a server that is reached by a real ssh, over loopback."""
    ssh = shutil.which("ssh", path=os.environ["PATH"].partition(":")[2])
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    for name in ("server", "client"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)]
        subprocess.run(command, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = SSHD.format(port=port, folder=tmp_path)
    (tmp_path / "sshd_config").write_text(settings, "utf-8")
    (tmp_path / "ssh_config").write_text(CLIENT.format(port=port, folder=tmp_path), "utf-8")
    played = tmp_path / "bin" / "ssh"
    played.write_text(f'#!/bin/sh\nexec {ssh} -F {tmp_path}/ssh_config "$@"\n', "utf-8")
    far.target = f"host:{far.place}"
    with subprocess.Popen(
        [sshd, "-D", "-e", "-f", str(tmp_path / "sshd_config")], stderr=subprocess.DEVNULL
    ) as server:
        for _ in range(200):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            time.sleep(0.02)
        yield far
        server.terminate()


def test_over_a_real_connection(served: Far) -> None:
    for number in range(4):
        served.change(f"Lần {number}.")
        result = served.publish("--keep", "2")
        assert result.exit_code == DONE, result.stderr
        assert served.see() == served.site.files()
    assert served.publish("--rollback").exit_code == DONE
    assert served.see() != served.site.files()
