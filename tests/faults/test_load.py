"""Very many readers at once: nginx as it is shipped answers each of them, about as fast as it can.

Measured by wrk on the machine that also serves, so both take from the same processors.
"""

import os
import random
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.forms import FORMS, make_site
from sitegen.build import Request, build
from support.faults import EVERYTHING
from support.site_folder import NOW
from support.trust_report import PAGE, write_part
from support.web_server import find_nginx, serve_plainly, serve_releases

pytestmark = pytest.mark.skipif(not EVERYTHING, reason="only with `make faults`")

ARTICLES = 10_000
SECONDS, THREADS, CONNECTIONS = 20, 2, 64
BEGIN, END = "<!-- load: written by make faults -->", "<!-- /load -->"
# Each thread asks for the paths of a file, in order and again from the beginning.
SCRIPT = """\
local paths, number = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
request = function()
  number = number + 1
  return wrk.format("GET", paths[number %% #paths + 1], {["Accept-Encoding"] = "gzip"})
end
done = function(summary, latency, _)
  local e = summary.errors
  local failed = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format("MEASURED %%d %%d %%d %%d %%d\\n", summary.requests, failed,
    summary.duration, summary.bytes, latency:percentile(99)))
end
"""


class Load(NamedTuple):
    """What wrk counted: answers and failures, and the 99th percentile of the time in ms."""

    answers: int
    failed: int
    seconds: float
    size: int
    slowest: float

    @property
    def rate(self) -> float:
        return self.answers / self.seconds


def press(wrk: str, folder: Path, address: str, paths: list[str]) -> Load:
    """Ask a server for these paths, as fast as it answers."""
    (folder / "paths").write_text("".join(f"{path}\n" for path in paths), "utf-8")
    (folder / "ask.lua").write_text(SCRIPT % (folder / "paths"), "utf-8")
    options = (f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", folder / "ask.lua")
    told = subprocess.run(
        [wrk, *options, address], check=True, capture_output=True, text=True
    ).stdout
    (line,) = (each for each in told.splitlines() if each.startswith("MEASURED "))
    answers, failed, microseconds, received, slowest = map(int, line.split()[1:])
    return Load(answers, failed, microseconds / 1e6, received // max(1, answers), slowest / 1000)


def test_very_many_readers_are_all_answered(tmp_path: Path) -> None:
    nginx, wrk = find_nginx(), os.environ.get("SITEGEN_WRK") or shutil.which("wrk")
    if not nginx or not wrk:
        pytest.skip("nginx or wrk is missing")
    site, releases = tmp_path / "site", tmp_path / "releases"
    make_site(FORMS["sitegen-portal"], site, ARTICLES)
    releases.mkdir()
    build(Request(site, releases / "current", NOW, jobs=os.cpu_count() or 1))
    # What readers ask for: the front page and articles most of all, and what belongs to them.
    chance = random.Random(1)  # noqa: S311 (for tests)
    files = sorted(each for each in (releases / "current").rglob("*") if each.is_file())
    urls = [f"/{each.relative_to(releases / 'current').as_posix()}" for each in files]
    pages = [each.removesuffix("index.html") for each in urls if each.endswith("index.html")]
    assets = [each for each in urls if each.startswith("/assets/") and not each.endswith(".map")]
    feeds = [each for each in urls if each.endswith(("rss.xml", "feed.json"))]
    paths = [*["/"] * 300, *chance.choices(pages, k=1200), *assets * 5, *feeds * 3]
    chance.shuffle(paths)
    for name in ("shipped", "plain", "file"):
        (tmp_path / name).mkdir()
    with serve_releases(nginx, tmp_path / "shipped", releases) as address:
        shipped = press(wrk, tmp_path, address, paths)
    # One file, as large as the answers were in the mean.
    (tmp_path / "file" / "one.bin").write_bytes(random.Random(2).randbytes(shipped.size))  # noqa: S311
    with serve_plainly(nginx, tmp_path / "plain", tmp_path / "file") as address:
        plain = press(wrk, tmp_path, address, ["/one.bin"])
    assert shipped.failed == plain.failed == 0
    write_part(PAGE, BEGIN, END, describe(shipped, plain, len(set(paths))))


def describe(shipped: Load, plain: Load, addresses: int) -> list[str]:
    """Return the lines of the page that say what was measured."""
    rows = {f"`deploy/nginx.conf`, {addresses:,} addresses": shipped, "one file": plain}
    return [
        (
            f"On {datetime.now(tz=UTC):%Y-%m-%d}: {ARTICLES:,} articles, {CONNECTIONS} connections"
            f" for {SECONDS} seconds, one process of nginx, wrk on the same {os.cpu_count()}"
            " processors:"
        ),
        "",
        "| served by nginx | answers | failed | a second | mean size | 99 of 100 within |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {name} | {each.answers:,} | {each.failed} | {each.rate:,.0f} |"
            f" {each.size / 1000:.1f} kB | {each.slowest:.1f} ms |"
            for name, each in rows.items()
        ),
    ]
