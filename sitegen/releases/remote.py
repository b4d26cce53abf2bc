"""A publication on another machine, over ssh and rsync.

A copy of what is there is kept here: a place of its own, in the cache. The next release is made in
it, so that unchanged files have the times that they have there. Then rsync makes the same tree
there, beside the release before. ``remote.sh`` is the other side: it holds the lock while this
connection lasts, and replaces the link.
"""

import contextlib
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from sitegen.foundation.parts import digest_bytes
from sitegen.model import Record
from sitegen.output.folder import PUBLISHED
from sitegen.problems import UsageError
from sitegen.releases.description import Release, parse_description
from sitegen.releases.place import NEXT, RELEASES, find_release, hold_place
from sitegen.releases.publication import (
    Publication,
    Published,
    State,
    choose_release,
    publish,
)

_SCRIPT = Path(__file__).with_name("remote.sh")
# As rsync reads it: what stands before the first colon is a host, unless there is a slash in it.
_REMOTE = re.compile(r"(?P<host>[^/:\[\]-][^/:\[\]]+):(?P<folder>.+)", re.DOTALL)
_END = "."
# The copy is one release and the one before, so that there is a spare tree.
_KEPT_HERE = 2


class Server(Record, frozen=True):
    """A folder of another machine; ``host`` is as ssh reads it, perhaps with a user."""

    host: str
    folder: str

    def __str__(self) -> str:
        return f"{self.host}:{self.folder}"


class Connection:
    """A connection to a server, which holds its lock."""

    def __init__(self, server: Server, process: "subprocess.Popen[bytes]") -> None:
        self.server = server
        self._process = process

    def send(self, text: str) -> None:
        """Send a text to the other side."""
        try:
            if self._process.stdin:
                self._process.stdin.write(text.encode())
        except BrokenPipeError as error:
            raise self._fail("") from error

    def read_answer(self, tell_waiting: Callable[[], None] = lambda: None) -> list[str]:
        """Return the lines of an answer; call ``tell_waiting`` if it will take a while."""
        lines: list[str] = []
        for line in self._process.stdout or ():
            text = line.decode(errors="replace").removesuffix("\n")
            if text == _END:
                return lines
            if text.startswith("error "):
                raise self._fail(text.removeprefix("error "))
            if text == "waiting":
                tell_waiting()
            else:
                lines.append(text)
        raise self._fail("")

    def ask(self, *words: object) -> list[str]:
        """Let the other side do something, and return its answer."""
        self.send(" ".join(map(str, words)) + "\n")
        return self.read_answer()

    def _fail(self, reason: str) -> UsageError:
        reason = reason or f"ssh {self.server.host}"
        return UsageError("release-remote", path=str(self.server), reason=reason)


def find_server(target: str) -> Server | None:
    """Return the server that ``user@host:DIR`` names: nothing, if that is a folder here."""
    found = _REMOTE.fullmatch(target)
    return Server(found["host"], found["folder"]) if found else None


def find_copy(cache: Path, server: Server) -> Path:
    """Return where the copy of what is on a server is kept."""
    return cache / PUBLISHED / digest_bytes(str(server).encode()).hex()


@contextlib.contextmanager
def connect(
    server: Server, tell_waiting: Callable[[], None], *, making: bool
) -> Iterator[tuple[Connection, State]]:
    """Connect to a server, lock its folder, and yield the connection and what is there.

    Where ``making``, the folder may be new.

    Raises :class:`~sitegen.problems.UsageError` where the server refuses something.
    """
    script = _SCRIPT.read_text("utf-8")
    # A shell may read more than it needs of what comes next; this reads so many bytes and no more.
    size = len(script.encode())
    begin = f'eval "$(dd bs=1 count={size} 2>/dev/null)"'
    command = (
        f"sh -c {shlex.quote(begin)} {'make' if making else 'look'} {shlex.quote(server.folder)}"
    )
    with subprocess.Popen(  # noqa: S603 (no shell of this machine reads it)
        ["ssh", server.host, command],  # noqa: S607 (the user's own)
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Nothing waits to be sent when the connection breaks.
        bufsize=0,
    ) as process:
        connection = Connection(server, process)
        connection.send(script)
        yield connection, _read_state(connection.read_answer(tell_waiting))
        if process.stdin:
            process.stdin.close()
        for _ in process.stdout or ():
            pass


def publish_there(connection: Connection, state: State, publication: Publication) -> Published:
    """Publish an output on a server; the place of the publication is the copy that is kept here.

    Raises :class:`~sitegen.problems.UsageError` or
    :class:`~sitegen.problems.ProblemsFoundError` where the output must not be published.
    """
    own = msgspec.structs.replace(publication, keep=_KEPT_HERE, taken=state.names)
    (own.place / RELEASES).mkdir(parents=True, exist_ok=True)
    with hold_place(own.place, lambda: None):
        published = publish(own)
        release = published.release
        if release in state.releases and release.name == state.current:
            return Published(release, None)
        if release in state.releases:
            connection.ask("switch", release.name)
        else:
            tree = find_release(own.place, release.name)
            _transfer(connection, state, tree)
            # The description is a file too.
            connection.ask("take", release.name, release.files + 1, publication.keep)
    return Published(release, published.fresh or 0)


def roll_back_there(connection: Connection, state: State, name: str) -> Release:
    """Lead the readers of a server to an earlier release: that with the name, or the one before.

    Raises :class:`~sitegen.problems.UsageError` where there is no such release.
    """
    release = choose_release(str(connection.server), state, name)
    connection.ask("switch", release.name)
    return release


def _transfer(connection: Connection, state: State, tree: Path) -> None:
    """Make the next release of the server equal to ``tree``."""
    server = connection.server
    linked = [f"--link-dest=../{state.current}/"] if state.current in state.names else []
    # With --modify-window=-1 times are compared to the nanosecond.
    options = ["--recursive", "--times", "--perms", "--delete", "--modify-window=-1", *linked]
    target = f"{server.host}:{server.folder}/{RELEASES}/{NEXT}/"
    command = ["rsync", "--protect-args", *options, f"{tree}/", target]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode:
        reason = f"rsync ({done.returncode})"
        raise UsageError("release-remote", path=str(server), reason=reason)


def _read_state(lines: list[str]) -> State:
    found: dict[str, list[str]] = {"name": [], "release": [], "current": [], "previous": []}
    for line in lines:
        what, _, value = line.partition(" ")
        found.setdefault(what, []).append(value)
    releases = tuple(filter(None, map(parse_description, found["release"])))
    current, previous = ("".join(found[link]) for link in ("current", "previous"))
    return State(tuple(found["name"]), releases, current, previous)
