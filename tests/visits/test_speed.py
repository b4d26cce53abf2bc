"""A million lines, as docs/visits.md has them."""

import os
import sys
from pathlib import Path

import pytest

from support.made_log import NOW, LogMaker, write_combined, write_portal
from support.site_folder import SiteFolder

MOST_SECONDS = 30
# Of either program: Python reads the logs, GoAccess counts.
MOST_KILOBYTES = 250 * 1024
COPIES = 20
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
    program = [sys.executable, "-m", "sitegen", "--root", str(site.root), "stats", str(log)]
    process = os.posix_spawn(sys.executable, [*program, "--now", NOW.isoformat()], os.environ)
    _, status, used = os.wait4(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert (site.root / "stats" / "public" / "site.json").exists()
    assert used.ru_utime + used.ru_stime < MOST_SECONDS
    assert used.ru_maxrss < MOST_KILOBYTES
