"""The preview: a server on this machine, and a build of the site whenever a file is saved."""

import functools
import http.server
import json
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from sitegen.cli.preview_notes import (
    OVERLAY,
    OVERLAY_FOLDER,
    VERSION_URL,
    add_notes,
    make_empty_page,
)
from sitegen.cli.preview_state import Preview
from sitegen.foundation.addresses import DESK
from sitegen.foundation.folders import find_outside
from sitegen.problems import UsageError
from sitegen.theme.templates import ASSETS

HOST = "127.0.0.1"
WATCHED = ("content", "templates", "config.yaml")

# Further changes are awaited for this time: a program may write a file in several steps.
_STEP_MILLISECONDS = 20
_DEBOUNCE_MILLISECONDS = 400
# After this time without a change, every file is examined; by then all files have stamps
# (:mod:`sitegen.foundation.stamps`).
_REST_MILLISECONDS = 2500

_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
# The names of this machine, for itself.
_OWN_HOST = re.compile(r"(?:localhost\.?|127\.0\.0\.1|\[::1\])(?::\d+)?", re.IGNORECASE)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the output below the site's path, with the not-found page.

    Browsers may cache theme files alone, because the names of these contain their digests.
    """

    # Keep connections open, and send small answers at once.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(
        self,
        *arguments: object,
        base: str,
        preview: Preview | None,
        headers: dict[str, str],
        **named: object,
    ) -> None:
        self._base = base
        self._headers = headers
        self._preview = preview
        super().__init__(*arguments, **named)  # type: ignore[arg-type]

    def parse_request(self) -> bool:
        """Refuse requests to another host: a page elsewhere could give its name this address."""
        if not super().parse_request():
            return False
        named = self.headers.get_all("Host", [""])
        if all(_OWN_HOST.fullmatch(each.strip()) for each in named):
            return True
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        if self._preview and self._preview.base is not None:
            self._base = self._preview.base
        try:
            address = urlsplit(self.path)
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        path = address.path
        if path == VERSION_URL and self._preview:
            self._answer(self._preview, address.query)
        elif path in OVERLAY and self._preview:
            data = (OVERLAY_FOLDER / OVERLAY[path]).read_bytes()
            kind = f"{self.guess_type(path)}; charset=utf-8"
            self._send(HTTPStatus.OK, data, {"Content-Type": kind})
        elif path == "/" and self._base:
            self._send(HTTPStatus.FOUND, b"", {"Location": f"{self._base}/"})
        else:
            self._send_page(path)

    def _answer(self, preview: Preview, query: str) -> None:
        """Wait for a newer version, and say where the page is by now that asks for one."""
        asked = parse_qs(query)
        after, page = asked.get("after", [""])[0], asked.get("page", [""])[0]
        version = preview.wait(int(after) if _NUMBER.fullmatch(after) else -1)
        data = json.dumps({"version": version, "url": preview.follow(page)}).encode()
        self._send(HTTPStatus.OK, data, {"Content-Type": "application/json"})

    def _send_page(self, path: str) -> None:
        # Before the page is read: a page older than its version would never load itself again.
        version = self._preview.version if self._preview else 0
        output = Path(self.directory)
        status, found = HTTPStatus.NOT_FOUND, output / "404.html"
        if path.startswith(f"{self._base}/"):
            named = Path(self.translate_path(path.removeprefix(self._base)))
            # No file can have some names that are asked for: they are too long.
            with suppress(OSError):
                if named.is_dir():
                    if not path.endswith("/"):
                        self._send(HTTPStatus.MOVED_PERMANENTLY, b"", {"Location": f"{path}/"})
                        return
                    named /= "index.html"
                if named.is_file() and not find_outside(output, named):
                    status, found = HTTPStatus.OK, named
        kind = self.guess_type(found)
        try:
            data = found.read_bytes()
        except OSError:
            if not (self._preview and self._preview.failure):
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            status, kind = HTTPStatus.SERVICE_UNAVAILABLE, "text/html"
            data = make_empty_page(self._preview)
        # What an editor has begun at the desk would be lost.
        desk = path.startswith(self._base + DESK)
        if kind == "text/html" and self._preview and not desk:
            built = status is not HTTPStatus.SERVICE_UNAVAILABLE
            data = add_notes(data, self._preview, path, version, built=built)
        if kind.startswith("text/") or kind.endswith("json"):
            kind = f"{kind}; charset=utf-8"
        lasting = found.is_relative_to(output / ASSETS)
        keeping = "max-age=31536000, immutable" if lasting else "no-store"
        self._send(status, data, {"Content-Type": kind, "Cache-Control": keeping})

    def _send(self, status: HTTPStatus, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        length = {"Content-Length": str(len(data))}
        every = {"Cache-Control": "no-store"} | self._headers | length | headers
        for name, value in every.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_arguments: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    """A server that prints no error when a browser closes a connection too early."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serve_folder(
    folder: Path,
    port: int,
    base: str,
    preview: Preview | None,
    headers: Iterable[tuple[str, str]] = (),
) -> Iterator[str]:
    """Serve ``folder`` to this machine alone, and yield the address of its front page.

    Port 0 stands for any free port. With a ``preview``, open pages load themselves again when it
    advances; without one, pages are served byte for byte. The ``headers`` are sent with all. Raises
    :class:`~sitegen.problems.UsageError` if the port is in use.
    """
    handler = functools.partial(
        _Handler, directory=str(folder), base=base, preview=preview, headers=dict(headers)
    )
    try:
        server = _Server((HOST, port), handler)
    except OSError as error:
        raise UsageError("port-taken", port=str(port)) from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}{base}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def rebuild_on_change(
    root: Path,
    rebuild: Callable[[frozenset[str] | None], bool],
    stop: threading.Event | None = None,
) -> None:
    """Call ``rebuild`` whenever a file of the site has changed, until interrupted or stopped.

    It is given the changed paths, relative to ``root``. When no further change follows, it is
    called once more with ``None`` and must examine every file: the system may lose events. It
    returns whether all is done; if not, it is called again after a while.
    """
    stop = stop or threading.Event()
    polling = False
    with suppress(KeyboardInterrupt):
        while not stop.is_set():
            try:
                _rebuild_while_watching(root, rebuild, stop, polling=polling)
            except (OSError, RuntimeError):
                # The system watches no more files, or one of them has just gone.
                polling = True
            # What was watched is not there any more, or something else is in its place.
            stop.wait(_REST_MILLISECONDS / 1000 if polling else 0)
            if not stop.is_set():
                rebuild(None)


def _rebuild_while_watching(
    root: Path,
    rebuild: Callable[[frozenset[str] | None], bool],
    stop: threading.Event,
    *,
    polling: bool,
) -> None:
    """Rebuild at each change, until another folder or file is where one was watched."""
    import watchfiles

    before = _identify(root)
    watched = [root / name for name, known in before.items() if known]
    if not watched:
        stop.wait(_REST_MILLISECONDS / 1000)
        return
    rounds = watchfiles.watch(
        *watched,
        step=_STEP_MILLISECONDS,
        debounce=_DEBOUNCE_MILLISECONDS,
        rust_timeout=_REST_MILLISECONDS,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=True,
        force_polling=polling or None,
    )
    done = False
    for changes in rounds:
        if changes:
            rebuild(frozenset(Path(path).relative_to(root).as_posix() for _, path in changes))
            done = False
        elif not done:
            done = rebuild(None)
        if _identify(root) != before:
            return


def _identify(root: Path) -> dict[str, tuple[int, int] | None]:
    """Return what is where something is watched: its device and its number there."""
    found: dict[str, tuple[int, int] | None] = {}
    for name in WATCHED:
        found[name] = None
        with suppress(OSError):
            status = (root / name).stat()
            found[name] = status.st_dev, status.st_ino
    return found
