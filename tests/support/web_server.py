"""nginx with the configuration that is shipped, ``deploy/nginx.conf``, while a test lasts."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.site_folder import REPOSITORY

SHIPPED = REPOSITORY / "deploy" / "nginx.conf"
PATIENCE_SECONDS = 10
# What belongs to a machine and not to a site; one process, which reads what the tests may read.
_MACHINE = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi;
    proxy_temp_path {folder}/proxy;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    include {folder}/site.conf;
}}
"""


def find_nginx() -> str | None:
    """Return the path of nginx: that of SITEGEN_NGINX, or that of the system."""
    named = os.environ.get("SITEGEN_NGINX")
    return named or shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def serve_releases(nginx: str, folder: Path, releases: Path) -> Iterator[str]:
    """Serve ``releases/current`` by ``nginx`` and yield the address of the site, without a slash.

    ``folder`` is for nginx's own files. The shipped configuration is changed in two points alone:
    where the releases are, and at which port it listens.
    """
    port = _find_port()
    shipped = SHIPPED.read_text("utf-8")
    for old, new in (
        ("/srv/portal", str(releases)),
        ("    listen 80;\n    listen [::]:80;\n", f"    listen 127.0.0.1:{port};\n"),
    ):
        assert old in shipped
        shipped = shipped.replace(old, new)
    with _serve(nginx, folder, port, shipped) as address:
        yield address


@contextmanager
def serve_plainly(nginx: str, folder: Path, files: Path) -> Iterator[str]:
    """Serve the folder ``files`` by ``nginx`` with nothing configured but where it is."""
    port = _find_port()
    with _serve(
        nginx, folder, port, f"server {{ listen 127.0.0.1:{port}; root {files}; }}\n"
    ) as address:
        yield address


@contextmanager
def _serve(nginx: str, folder: Path, port: int, configuration: str) -> Iterator[str]:
    (folder / "site.conf").write_text(configuration, "utf-8")
    (folder / "nginx.conf").write_text(_MACHINE.format(folder=folder), "utf-8")
    # Whatever it warns of is printed where a test fails.
    command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    with subprocess.Popen(command) as server:
        try:
            _wait(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _find_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    """Return when ``server`` answers at ``port``."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert server.poll() is None, f"nginx ended with {server.returncode}"
            assert time.monotonic() < end, "nginx does not answer"
            time.sleep(0.02)
        else:
            return
