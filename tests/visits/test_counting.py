"""Logs whose true figures are known, counted by the real GoAccess."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sitegen.cli.commands import main
from sitegen.visits.public_files import find_part
from support.made_log import NOW, OPENING, LogMaker, Portal, write_logs, write_portal
from support.site_folder import CONFIG, REPOSITORY, SiteFolder

LINES = 200_000


class Counted:
    """A portal, its logs and what is true of them, and the figures that were counted."""

    def __init__(self, portal: Portal, maker: LogMaker, logs: list[Path]) -> None:
        self.portal = portal
        self.truth = maker.truth
        self.logs = logs
        self.lines = [line for log in logs for line in read_log(log)]
        self.cut = sum(line in maker.cut for line in self.lines)
        self.said = ""

    @property
    def folder(self) -> Path:
        return self.portal.site.root / "stats"

    def run(self, *logs: Path, now: datetime = NOW) -> Result:
        """Run the command as a timer does."""
        root = str(self.portal.site.root)
        arguments = ["--root", root, "stats", *map(str, logs), "--now", now.isoformat()]
        return CliRunner().invoke(main, arguments)

    def count(self, *logs: Path, now: datetime = NOW) -> "Counted":
        done = self.run(*logs, now=now)
        assert done.exit_code == 0, done.output
        self.said = done.output
        return self

    def read(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text("utf-8"))

    def read_all(self) -> dict[str, bytes]:
        found = sorted(self.folder.rglob("*.json"))
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    def read_days(self) -> dict[str, Any]:
        return {path.stem: self.read(f"days/{path.name}") for path in self.folder.glob("days/*")}


def read_log(log: Path) -> list[str]:
    data = log.read_bytes()
    return (gzip.decompress(data) if log.suffix == ".gz" else data).decode().splitlines()


def make_counted(root: Path, lines: int, seed: int = 1) -> Counted:
    """Build a portal below ``root``, and make logs of it."""
    shutil.copytree(REPOSITORY / "templates", root / "site" / "templates")
    site = SiteFolder(root / "site").write("config.yaml", CONFIG)
    portal = write_portal(site)
    site.build(NOW)
    maker = LogMaker(portal, seed)
    return Counted(portal, maker, write_logs(maker, root / "logs", lines))


@pytest.fixture(scope="module")
def counted(goaccess: str, tmp_path_factory: pytest.TempPathFactory) -> Counted:
    """Return the figures of a large log: nobody counts them again."""
    assert goaccess
    made = make_counted(tmp_path_factory.mktemp("visits"), LINES)
    return made.count(*made.logs)


@pytest.fixture
def small(goaccess: str, tmp_path: Path) -> Counted:
    assert goaccess
    return make_counted(tmp_path, 4_000)


@pytest.mark.slow
class TestLargeLog:
    def test_the_log_has_all_that_makes_counting_hard(self, counted: Counted) -> None:
        assert len(counted.lines) > LINES
        assert counted.cut > 1000
        days = counted.truth.readers
        assert len(days) == 7
        assert all(len(own) > 1000 for own in days.values())

    def test_every_day_is_exact(self, counted: Counted) -> None:
        days = counted.read_days()
        assert {day: own["visits"] for day, own in days.items()} == {
            day: len(own) for day, own in counted.truth.readers.items()
        }
        articles = {former: each.url for each in counted.portal.articles for former in each.asked}
        for day, own in days.items():
            views: Counter[str] = Counter()
            for url in own["views"].keys() & articles.keys():
                views[articles[url]] += own["views"][url]
            assert views == counted.truth.views[day], day

    def test_the_sums_are_exact(self, counted: Counted) -> None:
        visits = counted.truth.count_visits
        assert counted.read("public/site.json") == {
            "total": OPENING + visits("2026", "2028"),
            "today": visits("2027-01-02", "2027-01-02"),
            "yesterday": visits("2027-01-01", "2027-01-01"),
            # 2027-01-02 is a Saturday.
            "week": visits("2026-12-28", "2027-01-02"),
            "month": visits("2027-01-01", "2027-01-02"),
            "year": visits("2027-01-01", "2027-01-02"),
            "at": "2027-01-02T12:00:00+07:00",
        }

    def test_the_views_of_each_article_are_exact(self, counted: Counted) -> None:
        views = counted.truth.count_views("2026", "2028")
        opening = counted.portal.opening
        for each in counted.portal.articles:
            part = counted.read(f"public/views/{find_part(each.url)}.json")
            assert part[each.url] == opening[each.url] + views[each.url]

    def test_the_articles_that_are_most_read_are_exact(self, counted: Counted) -> None:
        top = counted.read("public/top.json")
        since = {"day": "2027-01-02", "week": "2026-12-28", "month": "2027-01-01"}
        titles = {each.url: each.title for each in counted.portal.articles}
        assert top.keys() == since.keys()
        for span, first in since.items():
            views = counted.truth.count_views(first, "2027-01-02")
            assert [each["views"] for each in top[span]] == sorted(views.values())[:-11:-1]
            for each in top[span]:
                assert (views[each["url"]], titles[each["url"]]) == (each["views"], each["title"])

    def test_lines_that_are_cut_off_are_told(self, counted: Counted) -> None:
        assert f" {counted.cut} not understood." in counted.said

    def test_no_address_of_a_reader_and_no_browser_is_kept(self, counted: Counted) -> None:
        readers = {each for own in counted.truth.readers.values() for pair in own for each in pair}
        for name, data in counted.read_all().items():
            text = data.decode()
            assert not [each for each in readers if each in text], name
        assert {path.name for path in counted.folder.iterdir()} == {"days", "public"}


def test_to_count_again_changes_nothing(small: Counted) -> None:
    first = small.count(*small.logs).read_all()
    assert small.count(*small.logs).read_all() == first
    # In another order, and with each log named twice.
    assert small.count(*small.logs[::-1], *small.logs).read_all() == first


def test_a_file_that_says_the_same_stays_as_it_is(small: Counted) -> None:
    small.count(*small.logs)
    times = {path: path.stat().st_mtime_ns for path in small.folder.rglob("*.json")}
    small.count(*small.logs, now=NOW + timedelta(minutes=10))
    changed = {path.name for path, time in times.items() if path.stat().st_mtime_ns != time}
    assert changed == {"site.json"}


def test_a_day_whose_first_lines_are_gone_is_not_counted_lower(small: Counted) -> None:
    first = small.count(*small.logs).read_all()
    log = next(each for each in small.logs if each.name == "access.log")
    lines = log.read_text("utf-8").splitlines(keepends=True)
    log.write_text("".join(lines[len(lines) // 2 :]), "utf-8")
    assert small.count(log).read_all() == first


def test_logs_that_were_counted_one_after_another_give_the_same(small: Counted) -> None:
    """A timer names the log of today and the one before it, at each moment of the day."""
    log = next(each for each in small.logs if each.name == "access.log")
    lines = log.read_text("utf-8").splitlines(keepends=True)
    small.count(log)
    whole = small.read_days()
    shutil.rmtree(small.folder)
    growing = log.with_name("growing.log")
    for end in range(0, len(lines) + 200, 200):
        growing.write_text("".join(lines[:end]), "utf-8")
        small.count(growing)
    assert small.read_days() == whole


def test_nothing_is_read_yet(small: Counted, tmp_path: Path) -> None:
    (tmp_path / "empty.log").touch()
    small.count(tmp_path / "empty.log")
    site = small.read("public/site.json")
    assert (site["total"], site["today"]) == (OPENING, 0)
    assert small.read("public/top.json") == {"day": [], "week": [], "month": []}


def test_an_article_that_expired_or_was_withdrawn_is_not_among_the_most_read(
    small: Counted,
) -> None:
    small.count(*small.logs)
    first, second, *_ = [each["url"] for each in small.read("public/top.json")["week"]]
    names = {each.url: each.title for each in small.portal.articles}
    site = small.portal.site
    site.article(names[first], date="2026-11-05 07:08", expires="2027-01-01")
    site.article(names[second], date="2026-11-05 07:08", draft="true")
    small.count(*small.logs)
    public = b"".join(
        data for name, data in small.read_all().items() if name.startswith("public/")
    ).decode()
    assert f'"{first}"' not in public
    assert f'"{second}"' not in public


def test_a_text_that_is_broken_at_the_moment_loses_nothing(small: Counted) -> None:
    """Its page is still there, and its figures come back when it is mended."""
    whole = small.count(*small.logs).read_all()
    shutil.rmtree(small.folder)
    site, broken = small.portal.site, small.portal.articles[0]
    path = f"content/{broken.title}.md"
    text = (site.root / path).read_text("utf-8")
    site.write(path, text.replace("date:", "dat:"))
    days = {name: data for name, data in whole.items() if name.startswith("days/")}
    assert days.items() <= small.count(*small.logs).read_all().items()
    site.write(path, text)
    assert small.count(*small.logs).read_all() == whole


def test_views_of_a_former_address_are_those_of_the_article(small: Counted) -> None:
    """An article that moves keeps its views, and a log of before is counted once."""
    small.count(*small.logs)
    moved = small.portal.articles[4]
    before = small.read(f"public/views/{find_part(moved.url)}.json")[moved.url]
    site = small.portal.site
    fields = {"date": "2026-11-05 07:08", "slug": "cho-moi", "aliases": f'["{moved.url}"]'}
    site.article(moved.title, **fields).build(NOW)
    small.count(*small.logs)
    url = "/hoat-dong-cua-co-so/2026/11/cho-moi/"
    assert small.read(f"public/views/{find_part(url)}.json")[url] == before


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("access.log", b"Nhat ky\nkhac\n", 2, "no line of"),
        ("access.log.gz", gzip.compress(b"a" * 10_000, mtime=0)[:-20], 2, "cut off or damaged"),
        ("missing.log", None, 2, "cannot be read"),
    ],
)
def test_a_log_that_cannot_be_read_is_refused(
    small: Counted, tmp_path: Path, name: str, content: bytes | None, code: int, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = small.run(tmp_path / name)
    assert done.exit_code == code
    assert said in done.output
    assert not small.folder.exists()


def test_a_command_that_is_killed_leaves_no_address_of_a_reader(
    small: Counted, tmp_path: Path
) -> None:
    small.count(*small.logs)
    before = small.read_all()
    own = tmp_path / "tmp"
    own.mkdir()
    arguments = ["--root", str(small.portal.site.root), "stats", "-"]
    process = subprocess.Popen(
        [sys.executable, "-m", "sitegen", *arguments],
        stdin=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(own)},
    )
    assert process.stdin
    for log in small.logs:
        if log.suffix != ".gz":
            process.stdin.write(log.read_bytes())
    process.stdin.flush()
    assert process.poll() is None
    assert list(own.iterdir()) == []
    process.kill()
    process.wait()
    process.stdin.close()
    assert list(own.iterdir()) == []
    assert small.read_all() == before


def test_damaged_figures_are_not_written_over(small: Counted) -> None:
    small.count(*small.logs)
    day = small.folder / "days" / "2027-01-01.json"
    day.write_bytes(b'{"visits": 1')
    done = small.run(*small.logs)
    assert (done.exit_code, day.read_bytes()) == (2, b'{"visits": 1')
    assert "2027-01-01.json cannot be understood" in done.output


def test_without_goaccess_the_message_says_how_to_get_it(
    small: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    done = small.run(*small.logs)
    assert done.exit_code == 2
    assert "apt-get install goaccess" in done.output


def test_a_goaccess_that_fails_changes_nothing(
    small: Counted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = small.count(*small.logs).read_all()
    program = tmp_path / "bin" / "goaccess"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'unknown option' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    done = small.run(*small.logs)
    assert done.exit_code == 2
    assert "unknown option" in done.output
    assert small.read_all() == before


def test_before_the_first_build_nothing_can_be_counted(small: Counted) -> None:
    (small.portal.site.root / ".output.list").unlink()
    done = small.run(*small.logs)
    assert done.exit_code == 2
    assert "holds no built site" in done.output
