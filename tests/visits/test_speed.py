"""A million lines, as docs/visits.md has them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.made_log import NOW, LogMaker, write_combined, write_portal
from support.site_folder import SiteFolder

MOST_SECONDS = 30
# Of either program: Python reads the logs, GoAccess counts.
MOST_KILOBYTES = 250 * 1024
COPIES = 20
# A program's greatest memory counts from that of the program that starts it, so a small one does.
MEASURE = """
import json, os, sys
process = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ)
_, status, used = os.wait4(process, 0)
code = os.waitstatus_to_exitcode(status)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
LINES = 1_000_000


@pytest.mark.slow
def test_a_million_lines(goaccess: str, site: SiteFolder, tmp_path: Path) -> None:
    """The time is that of the processors: others may keep them busy."""
    assert goaccess
    portal = write_portal(site)
    site.build(NOW)
    lines = LogMaker(portal).make(LINES // COPIES, write_combined)
    log = tmp_path / "access.log"
    with log.open("w", encoding="utf-8") as file:
        for number in range(COPIES):
            mark = f'"https://example.org/{number}'
            file.writelines(line.replace('"https://example.org/', mark) + "\n" for line in lines)
    command = ["-m", "sitegen", "--root", site.root, "stats", log, "--now", NOW.isoformat()]
    program = [sys.executable, "-c", MEASURE, *map(str, command)]
    measured = subprocess.run(program, capture_output=True, check=True)
    code, seconds, kilobytes = json.loads(measured.stdout.splitlines()[-1])
    assert code == 0, measured.stderr
    assert (site.root / "stats" / "public" / "site.json").exists()
    assert seconds < MOST_SECONDS
    assert kilobytes < MOST_KILOBYTES
