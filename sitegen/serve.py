"""A preview for the editor: the site on this machine, rebuilt when a file is saved."""

import functools
import http.server
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sitegen.errors import UsageError

HOST = "127.0.0.1"
VERSION_URL = "/.sitegen/version"
WATCHED = ("content", "templates", "config.yaml")

# Asks for the version once a second; a page is loaded again when a build has changed the site.
_RELOAD = b"""<script>
(() => {
  let version;
  setInterval(async () => {
    try {
      const now = await (await fetch("%s")).text();
      if (version !== undefined && now !== version) location.reload();
      version = now;
    } catch {}
  }, 1000);
})();
</script>""" % VERSION_URL.encode()


class Preview:
    """The number of builds that changed the site so far; browsers watch it."""

    def __init__(self) -> None:
        self._version = 0

    def advance(self) -> None:
        """Tell every open page to load itself again."""
        self._version += 1

    def __str__(self) -> str:
        return str(self._version)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the output below the site's path, with the not-found page, and without caching."""

    def __init__(
        self, *arguments: object, base: str, preview: Preview | None, **named: object
    ) -> None:
        self._base = base
        self._preview = preview
        super().__init__(*arguments, **named)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == VERSION_URL and self._preview:
            self._send(HTTPStatus.OK, "text/plain", str(self._preview).encode())
        elif path == "/" and self._base:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"{self._base}/")
            self.end_headers()
        else:
            self._send_page(path)

    def _send_page(self, path: str) -> None:
        found = self._find(path)
        if found and found.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{path}/")
            self.end_headers()
            return
        if found and found.is_dir():
            found /= "index.html"
        status = HTTPStatus.OK
        if found is None or not found.is_file():
            status, found = HTTPStatus.NOT_FOUND, Path(self.directory) / "404.html"
        try:
            data = found.read_bytes()
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        kind = self.guess_type(str(found))
        if kind == "text/html" and self._preview:
            data = data.replace(b"</body>", _RELOAD + b"</body>")
        self._send(status, kind, data)

    def _find(self, path: str) -> Path | None:
        """Return the file for an address, or nothing where it leads out of the output."""
        if not path.startswith(f"{self._base}/"):
            return None
        folder = Path(self.directory).resolve()
        found = (folder / unquote(path[len(self._base) + 1 :])).resolve()
        return found if found == folder or folder in found.parents else None

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        charset = "; charset=utf-8" if kind.startswith("text/") or kind.endswith("json") else ""
        self.send_response(status)
        self.send_header("Content-Type", kind + charset)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_arguments: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    """A server that says nothing when a browser goes away in the middle of an answer."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serve_folder(folder: Path, port: int, base: str, preview: Preview | None) -> Iterator[str]:
    """Serve ``folder`` on this machine alone, and yield the address of its front page.

    Port 0 takes any free one. With a ``preview``, open pages load themselves again when it
    advances; without, they are served byte for byte. Raises
    :class:`~sitegen.errors.UsageError` where the port is in use.
    """
    handler = functools.partial(_Handler, directory=str(folder), base=base, preview=preview)
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
    root: Path, rebuild: Callable[[], None], stop: threading.Event | None = None
) -> None:
    """Call ``rebuild`` whenever a file of the site has changed, until interrupted or stopped."""
    import watchfiles

    watched = [root / name for name in WATCHED if (root / name).exists()]
    for _changes in watchfiles.watch(*watched, stop_event=stop, raise_interrupt=False):
        rebuild()
