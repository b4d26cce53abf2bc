"""A whole Debian that is thrown away: this machine with another layer of files, and own services.

Its files are those of this machine until it writes others, which lie in memory. It has its own
processes and services, and the network of this machine. Only root can make one, on Linux.
"""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

_SYSTEMD = "/lib/systemd/systemd"
_TIMEOUT_SECONDS = 600
_PATIENCE_SECONDS = 180
# Where the repository is seen.
REPOSITORY_THERE = "/mnt/repository"
# What a machine of one's own has and a container may lack.
_MOUNT = """\
set -eu
mount -t tmpfs tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
cd "$1/root"
mount -t sysfs sysfs sys
mount -t tmpfs tmpfs sys/fs/cgroup
mkdir sys/fs/cgroup/systemd
mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd
mount -t tmpfs -o mode=755 tmpfs dev
for each in null zero full random urandom tty; do
    touch "dev/$each"
    mount --bind "/dev/$each" "dev/$each"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
# The network, the clock and the kernel are those of this machine.
for each in networking systemd-networkd NetworkManager nftables ufw systemd-timesyncd chrony \
    systemd-sysctl systemd-modules-load systemd-udevd; do
    ln -sf /dev/null "etc/systemd/system/$each.service"
done
# What lies here is not this machine's, and a start would delete it.
mount -t tmpfs -o mode=1777 tmpfs tmp
mkdir mnt/repository
mount --bind "$2" mnt/repository
echo ready
exec sleep infinity
"""
_BOOT = """\
cd "$1"
mount -t proc proc proc
mount -t tmpfs -o mode=755 tmpfs run
exec chroot . env -i container=other PATH=/usr/sbin:/usr/bin "$2" --unit=multi-user.target
"""


_APART = ("unshare", "--mount", "--propagation", "private")
# Where the servers of both machines listen.
_PORTS = (22, 80)


def find_obstacle() -> str:
    """Return why no such machine can be made here: nothing, if one can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "only root can make a whole machine"
    if not Path(_SYSTEMD).exists() or not shutil.which("apt-get"):
        return "this is no Debian with systemd"
    for port in _PORTS:
        with socket.socket() as connection:
            if connection.connect_ex(("127.0.0.1", port)) == 0:
                return f"another server listens at port {port}"
    probe = [*_APART, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    if subprocess.run(probe, check=False, capture_output=True).returncode:
        return "nothing may be mounted here"
    return ""


class Machine:
    """A machine whose files lie in ``folder``; it runs between :meth:`boot` and :meth:`cut_off`.

    It sees the ``repository``.
    """

    def __init__(self, folder: Path, repository: Path) -> None:
        self.root = folder / "root"
        self._init = 0
        self._booting: subprocess.Popen[bytes] | None = None
        self._holder = subprocess.Popen(
            [*_APART, "sh", "-c", _MOUNT, "sh", str(folder), str(repository)],
            stdout=subprocess.PIPE,
        )
        assert self._holder.stdout
        assert self._holder.stdout.readline() == b"ready\n"

    def boot(self) -> None:
        """Start the machine, and wait until its services run."""
        enter = ["nsenter", "--target", str(self._holder.pid), "--mount"]
        apart = ["unshare", "--mount", "--pid", "--uts", "--ipc", "--fork", "--kill-child"]
        self._booting = subprocess.Popen(
            [*enter, *apart, "sh", "-eu", "-c", _BOOT, "sh", str(self.root), _SYSTEMD],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end:
            self._init = self._find_init()
            if self._init and not self.try_run("systemctl is-active multi-user.target").returncode:
                return
            time.sleep(0.2)
        raise TimeoutError(self.try_run("systemctl list-jobs; systemctl --failed").stdout)

    def cut_off(self) -> None:
        """Take the power away: all processes end at once, the files stay."""
        if self._booting:
            # Its first process ends with it, and all others with that.
            self._booting.kill()
            self._booting.wait()
            self._booting, self._init = None, 0

    def throw_away(self) -> None:
        """End all of it."""
        self.cut_off()
        self._holder.kill()
        # This closes what it printed to as well.
        self._holder.communicate()

    def run(self, commands: str, *, user: str = "root", folder: str = "~") -> str:
        """Run commands as somebody, and return what they print."""
        done = self.try_run(commands, user=user, folder=folder)
        assert done.returncode == 0, f"{commands}\n{done.stdout}"
        return done.stdout

    def try_run(
        self, commands: str, *, user: str = "root", folder: str = "~"
    ) -> "subprocess.CompletedProcess[str]":
        """Run commands whether or not they fail; both outputs become one."""
        script = f"cd {folder}\n{commands}"
        named = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]
        home = "/root" if user == "root" else f"/home/{user}"
        clean = ["env", "-i", f"HOME={home}", "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
        clean += ["LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"]
        return subprocess.run(
            [*self._enter(), *(named if user != "root" else []), *clean, "sh", "-eu", "-c", script],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_TIMEOUT_SECONDS,
        )

    def _enter(self) -> list[str]:
        if not self._init:
            inside = ["nsenter", "--target", str(self._holder.pid), "--mount"]
            return [*inside, "chroot", str(self.root)]
        spaces = ["--mount", "--pid", "--uts", "--ipc"]
        root = f"/proc/{self._init}/root"
        return ["nsenter", "--target", str(self._init), *spaces, f"--root={root}", f"--wd={root}"]

    def _find_init(self) -> int:
        """Return the process that is the first one of the machine: nothing, if none is."""
        if not self._booting:
            return 0
        for path in Path("/proc").glob("[0-9]*/status"):
            try:
                lines = path.read_text("utf-8").splitlines()
            except OSError:
                continue
            facts = dict(line.partition(":\t")[::2] for line in lines)
            if facts["Name"] == "systemd" and facts["PPid"] == str(self._booting.pid):
                return int(facts["Pid"])
        return 0
