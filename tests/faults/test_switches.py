"""Readers while releases are switched: each gets a whole answer of one release.

Measured by wrk, with nginx as it is shipped, on the machine that also switches.
"""

import os
import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sitegen.releases.place import hold_place
from sitegen.releases.publication import Publication, list_releases, publish, roll_back
from support.faults import EVERYTHING
from support.site_folder import CONFIG, NOW, SiteFolder
from support.trust_report import PAGE, write_part
from support.web_server import find_nginx, serve_releases

pytestmark = pytest.mark.skipif(not EVERYTHING, reason="only with `make faults`")

SWITCHES, SECONDS, CONNECTIONS = 100, 12, 32
TITLES = ("Cổng thông tin Một", "Cổng thông tin Hai")
BEGIN, END = "<!-- switches: written by make faults -->", "<!-- /switches -->"
# Whatever is not a whole page of one release is counted as mixed.
SCRIPT = """\
local paths, number, threads = {}, 0, {}
answers, mixed, first, second = 0, 0, 0, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
setup = function(thread) table.insert(threads, thread) end
request = function()
  number = number + 1
  return wrk.format("GET", paths[number %% #paths + 1])
end
response = function(status, _, body)
  answers = answers + 1
  local one, two = body:find("%s", 1, true), body:find("%s", 1, true)
  if status == 200 and body:find("</html>", -20, true) and (one == nil) ~= (two == nil) then
    if one then first = first + 1 else second = second + 1 end
  else
    mixed = mixed + 1
  end
end
done = function(summary, _, _)
  local e, sums = summary.errors, {0, 0, 0, 0}
  for _, thread in ipairs(threads) do
    for place, name in ipairs({"answers", "mixed", "first", "second"}) do
      sums[place] = sums[place] + thread:get(name)
    end
  end
  local failed = e.connect + e.read + e.write + e.status + e.timeout
  io.write("MEASURED ", table.concat(sums, " "), " ", failed, "\\n")
end
"""


def test_no_answer_fails_and_none_is_mixed(site: SiteFolder, tmp_path: Path) -> None:
    nginx, wrk = find_nginx(), os.environ.get("SITEGEN_WRK") or shutil.which("wrk")
    if not nginx or not wrk:
        pytest.skip("nginx or wrk is missing")
    place = tmp_path / "portal"
    (place / "releases").mkdir(parents=True)
    for number in range(40):
        site.article(f"bai-{number}", f"Nội dung {number}. " * 50, lead="Tóm tắt.")
    for hours, title in enumerate(TITLES, 1):
        site.write("config.yaml", CONFIG.replace("Cổng thử nghiệm", title)).build()
        now = NOW + hours * timedelta(hours=1)
        with hold_place(place, lambda: None):
            publish(Publication(site.output, place, now, 5, "", jobs=1))
    names = [each.name for each in list_releases(place)]
    pages = sorted(site.output.rglob("index.html"))
    urls = [
        f"/{each.parent.relative_to(site.output).as_posix()}/".replace("/./", "/") for each in pages
    ]
    (tmp_path / "paths").write_text("".join(f"{url}\n" for url in urls), "utf-8")
    (tmp_path / "ask.lua").write_text(SCRIPT % (tmp_path / "paths", *TITLES), "utf-8")
    (tmp_path / "nginx").mkdir()
    with serve_releases(nginx, tmp_path / "nginx", place) as address:
        options = ["-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(tmp_path / "ask.lua")]
        with subprocess.Popen([wrk, *options, address], stdout=subprocess.PIPE, text=True) as load:
            for number in range(SWITCHES):
                time.sleep(SECONDS * 0.8 / SWITCHES)
                with hold_place(place, lambda: None):
                    roll_back(place, names[number % 2])
            assert load.poll() is None, "the switches took longer than the load"
            told, _ = load.communicate()
    (line,) = (each for each in told.splitlines() if each.startswith("MEASURED "))
    answers, mixed, first, second, failed = map(int, line.split()[1:])
    assert (mixed, failed) == (0, 0), told
    # Readers were there before and after switches.
    assert min(first, second) > answers / 10
    assert answers > 10 * SWITCHES
    write_part(PAGE, BEGIN, END, describe(answers, failed, mixed))


def describe(answers: int, failed: int, mixed: int) -> list[str]:
    """Return the lines of the page that say what was measured."""
    seconds, processors = SECONDS * 0.8, os.cpu_count()
    begin = f"On {datetime.now(tz=UTC):%Y-%m-%d}: {SWITCHES} switches between two releases"
    load = f"in {seconds:.0f} seconds, {CONNECTIONS} connections of wrk to nginx"
    end = f"on the same {processors} processors:"
    return [f"{begin} {load} {end} {answers:,} answers, {failed} failed, {mixed} mixed."]
