"""The command ``serve``, as a process of its own: what it prints, and what its server answers."""

import http.client
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from support.site_folder import SiteFolder

NOW = "2026-11-23 12:00"
# A machine with much else to do takes its time.
PATIENCE = 300
_ADDRESS = re.compile(r"http://\S+")


class Served:
    """A preview that runs, and what it printed so far."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.printed: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.address = self.wait_for(self._find_address)

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.printed.append(line)

    def _find_address(self) -> str:
        assert self.process.poll() is None, self.printed
        return next((each[0] for each in map(_ADDRESS.search, self.printed) if each), "")

    def ask(self, path: str = "/", **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=10)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        status, text = response.status, response.read().decode()
        connection.close()
        return status, text

    def wait_for(self, look: Callable[[], Any]) -> Any:
        """Return what ``look`` finds, as soon as it finds something."""
        end = time.monotonic() + PATIENCE
        while not (found := look()):
            assert time.monotonic() < end, self.printed
            time.sleep(0.1)
        return found

    def wait_for_page(self, text: str, *, path: str = "/", without: str = "\0") -> str:
        def look() -> str:
            assert self.process.poll() is None, self.printed
            _, page = self.ask(path)
            return page if text in page and without not in page else ""

        page: str = self.wait_for(look)
        return page


@contextmanager
def serve(site: SiteFolder, *options: str) -> Iterator[Served]:
    command = [sys.executable, "-m", "sitegen", "--root", str(site.root), "serve"]
    process = subprocess.Popen(
        [*command, "--port", "0", "--now", NOW, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Ctrl+C in a terminal reaches the command with all that it started.
        start_new_session=True,
    )
    try:
        yield Served(process)
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
