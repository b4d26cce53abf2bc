"""How long an editor waits: from saving a file until the open page shows the new text."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measure import RunFailedError, end_session
from benchmarks.results import LIVE, Measurement
from benchmarks.scenarios import Site, choose_edit, edit_article

_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
# The page itself notes the frame in which it shows the sentence: whoever asks from outside asks at
# intervals, and not while a page is being replaced.
_WATCH = """
const look = () => {
  if (document.body?.innerText.includes(%s)) window.shown = Date.now();
  else requestAnimationFrame(look);
};
look();
"""
# The page is open for a moment before it is edited, so that its script has connected.
_PAUSE = 2.0


def measure_live(site: Site, runs: int, limit: float) -> Measurement:
    """Serve a site, and save an open article ``runs`` times, each time another one."""
    with open_browser() as browser, serve_site(site, limit) as address:
        # The first edit is the warm-up.
        seconds = [
            _edit_open_page(browser, site, address, number, limit) for number in range(runs + 1)
        ]
    return Measurement(len(site.heads), LIVE, site.generator.name, tuple(seconds[1:]))


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Yield Chromium: the one that SITEGEN_CHROMIUM names, or that of the system."""
    path = os.environ.get("SITEGEN_CHROMIUM") or shutil.which("chromium")
    if not path:
        raise RunFailedError("no Chromium: set SITEGEN_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def serve_site(site: Site, limit: float) -> Iterator[str]:
    """Start a generator's server, and yield its address when it answers."""
    port = find_port()
    command = [part.format(port=port) for part in site.generator.serve]
    log = site.folder.with_name(f"{site.folder.name}.serve.log")
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            cwd=site.folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}{site.heads[-1].url}", process, log, limit)
            yield address
        finally:
            end_session(process)


def find_port() -> int:
    """Return a port that is free at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path, limit: float) -> None:
    deadline = time.perf_counter() + limit
    while time.perf_counter() < deadline:
        if process.poll() is not None:
            raise RunFailedError(f"the server ended: {log.read_text('utf-8', 'replace')[-2_000:]}")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 (our own server)
                if answer.status == 200:  # noqa: PLR2004
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RunFailedError(f"no answer from {url} within {limit:.0f} s")


def _edit_open_page(browser: Browser, site: Site, address: str, number: int, limit: float) -> float:
    """Open an article, save it with one more sentence, and wait until the page shows it."""
    head, sentence = choose_edit(site, number)
    page = browser.new_page()
    page.add_init_script(_WATCH % json.dumps(sentence))
    page.goto(f"{address}{head.url}", wait_until="load", timeout=limit * 1000)
    page.get_by_role("heading", name=head.title).first.wait_for()
    page.wait_for_timeout(_PAUSE * 1000)
    start = time.time()
    edit_article(site, number)
    shown = page.wait_for_function("window.shown", timeout=limit * 1000).json_value()
    seconds = float(shown) / 1000 - start
    page.close()
    return round(seconds, 4)
