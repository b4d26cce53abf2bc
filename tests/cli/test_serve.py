"""The preview as an editor meets it: the command, its server, and whatever may go wrong."""

import errno
import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import watchfiles
from click.testing import CliRunner

from sitegen.build import build
from sitegen.cli import DONE, INTERRUPTED, actions, preview_state
from sitegen.cli import preview as previews
from sitegen.cli.commands import main
from sitegen.cli.preview import serve_folder
from sitegen.output.publishing import open_output
from sitegen.problems import UsageError
from support.doubles import replace_everywhere
from support.preview_process import NOW, PATIENCE, serve
from support.site_folder import CONFIG, SiteFolder

VIETNAMESE = CONFIG.replace("language: en", "language: vi")
NOTHING_YET = "Trang chưa hiện ra được"
HEADING = "Lần lưu vừa rồi chưa hiện ra được"


@pytest.fixture
def newsroom(site: SiteFolder) -> SiteFolder:
    site.write("config.yaml", VIETNAMESE)
    return site.article("mot", title='"Bài một đây"').article("nhap", draft="true")


def run(site: SiteFolder, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["--root", str(site.root), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_previews_have_an_output_of_their_own(newsroom: SiteFolder) -> None:
    run(newsroom, "build", "--now", NOW)
    published = newsroom.files()
    assert ".sitegen/preview/output" in run(newsroom, "build", "--drafts", "--now", NOW)
    drafts = newsroom.root / ".sitegen/preview/output/hoat-dong-cua-co-so/2024/05/nhap/index.html"
    assert "noindex" in drafts.read_text("utf-8")
    with serve(newsroom, "--drafts") as served:
        served.wait_for_page("Bài một đây")
    assert newsroom.files() == published
    # Neither of the two takes the other's files for its own.
    assert "Đã ghi 0 tệp" in run(newsroom, "build", "--now", NOW)
    run(newsroom, "build", "--clean", "--now", NOW)
    assert newsroom.files() == published
    assert drafts.is_file()
    assert "Đã ghi 0 tệp" in run(newsroom, "build", "--drafts", "--no-search", "--now", NOW)
    elsewhere = newsroom.root / "khac"
    run(newsroom, "build", "--drafts", "--now", NOW, "--output", str(elsewhere))
    assert (elsewhere / "index.html").is_file()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *[(name, 200) for name in ("localhost", "LOCALHOST:80", "127.0.0.1:8000", "[::1]:8000")],
        *[
            (name, 421)
            for name in ("evil.org", "127.0.0.1.evil.org", "localhost.evil", "", "[::2]")
        ],
    ],
)
def test_only_requests_to_this_machine_are_answered(
    host: str, status: int, site: SiteFolder
) -> None:
    site.write("output/index.html", "<body></body>")
    with serve_folder(site.output, 0, "", None) as address:
        for method in ("GET", "HEAD"):
            connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
            connection.request(method, "/", headers={"Host": host})
            assert connection.getresponse().status == status
            connection.close()


def test_a_faulty_save_is_shown_on_the_page_until_it_is_mended(newsroom: SiteFolder) -> None:
    with serve(newsroom) as served:
        served.wait_for_page("Bài một đây", without=HEADING)
        newsroom.article("mot", title='"Bài một đây"', category="Không có")
        page = served.wait_for_page(HEADING)
        assert "Bài một đây" in page
        assert re.search(r"content/mot\.md.*dòng 4.*category-none.*category: Không có", page)
        assert HEADING in served.ask("/khong-co/")[1]
        newsroom.article("mot", title='"Bài hai đây"')
        served.wait_for_page("Bài hai đây", without=HEADING)
        # What goes wrong in a template goes by in the same way.
        layout = newsroom.root / "templates/layout.html"
        sound = layout.read_text("utf-8")
        layout.write_text(sound + "{% if %}", "utf-8")
        assert "template-syntax" in served.wait_for_page(HEADING)
        layout.write_text(sound, "utf-8")
        served.wait_for_page("Bài hai đây", without=HEADING)


def test_a_configuration_that_is_broken_at_the_start_is_waited_for(newsroom: SiteFolder) -> None:
    newsroom.write("config.yaml", VIETNAMESE.replace("title: Cổng thử nghiệm", "titel: <b>x</b>"))
    with serve(newsroom) as served:
        status, page = served.ask()
        assert (status, NOTHING_YET in page) == (503, True)
        assert "titel: &lt;b&gt;x&lt;/b&gt;" in page
        (newsroom.root / "config.yaml").unlink()
        assert "config-missing" in served.wait_for_page("config-missing")
        newsroom.write("config.yaml", VIETNAMESE.replace("example.org", "example.org/cong"))
        served.wait_for_page("Bài một đây", path="/cong/", without=HEADING)
        assert served.ask("/")[0] == 302


def test_folders_may_vanish_and_come_back(newsroom: SiteFolder) -> None:
    with serve(newsroom) as served:
        served.wait_for_page("Bài một đây", without=HEADING)
        (newsroom.root / "content").rename(newsroom.root / "elsewhere")
        served.wait_for_page(HEADING)
        (newsroom.root / "elsewhere").rename(newsroom.root / "content")
        served.wait_for_page("Bài một đây", without=HEADING)
        # The folder that came back is watched.
        newsroom.article("mot", title='"Bài ba đây"')
        served.wait_for_page("Bài ba đây", without=HEADING)


def test_another_build_is_waited_for(newsroom: SiteFolder) -> None:
    with serve(newsroom) as served:
        served.wait_for_page("Bài một đây", without=HEADING)
        with open_output(newsroom.root / ".sitegen/preview/output"):
            newsroom.article("mot", title='"Bài bốn đây"')
            served.wait_for_page(HEADING)
        # Nothing is saved meanwhile.
        served.wait_for_page("Bài bốn đây", without=HEADING)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "tệp"),
        UsageError("locked", path="x"),
        MemoryError(),
        RecursionError("too deep"),
        RuntimeError("a worker failed"),
        KeyError("x"),
    ],
    ids=repr,
)
def test_whatever_goes_wrong_in_a_build_goes_by(
    error: Exception, newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[preview_state.Failure | None] = []
    broken = False

    def build_or_fail(*arguments: Any) -> Any:
        if broken:
            raise error
        return build(*arguments)

    def save(_: object, rebuild: Callable[[frozenset[str] | None], bool]) -> None:
        nonlocal broken
        for broken in (False, True, False):
            newsroom.article("mot", title=f'"Bài {broken}"')
            settled = rebuild(frozenset({"content/mot.md"}))
            shown.append(preview[-1].failure)
            assert settled is not broken

    preview: list[preview_state.Preview] = []

    class Known(preview_state.Preview):
        def __init__(self, language: str, version: int) -> None:
            super().__init__(language, version)
            preview.append(self)

    replace_everywhere(monkeypatch, preview_state.Preview, Known)
    replace_everywhere(monkeypatch, previews.rebuild_on_change, save)
    replace_everywhere(monkeypatch, build, build_or_fail)
    session = actions.Session(newsroom.root)
    actions.preview_site(session, 0, NOW, drafts=False)
    before, failed, after = shown
    assert (before, after) == (None, None)
    assert failed
    assert all(failed.lines)


def test_where_the_system_watches_no_more_files_they_are_looked_at(
    newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, stop = watchfiles.watch, threading.Event()
    told: list[frozenset[str] | None] = []

    def refuse(*paths: Any, force_polling: bool | None, **named: Any) -> Any:
        if not force_polling:
            raise OSError(errno.ENOSPC, "OS file watch limit reached")
        return watch(*paths, force_polling=True, **named)

    def note(named: frozenset[str] | None) -> bool:
        told.append(named)
        if named:
            stop.set()
        else:
            newsroom.article("mot", title=f'"Bài {len(told)}"')
        return False

    monkeypatch.setattr(watchfiles, "watch", refuse)
    late = threading.Timer(PATIENCE, stop.set)
    late.start()
    previews.rebuild_on_change(newsroom.root, note, stop)
    late.cancel()
    assert frozenset({"content/mot.md"}) in told


@pytest.mark.parametrize("while_building", [False, True])
def test_to_interrupt_the_preview_prints_nothing(
    newsroom: SiteFolder, *, while_building: bool
) -> None:
    with serve(newsroom) as served:
        served.wait_for_page("Bài một đây")
        printed = len(served.printed)
        if while_building:
            layout = newsroom.root / "templates/layout.html"
            layout.write_text(f"{layout.read_text('utf-8')}<!-- x -->", "utf-8")
            time.sleep(0.6)
        # A terminal tells all processes of the command.
        os.killpg(served.process.pid, signal.SIGINT)
        assert served.process.wait(PATIENCE) == DONE
        assert [line for line in served.printed[printed:] if "Đã ghi" not in line] == []


def test_to_interrupt_the_first_build_prints_nothing(newsroom: SiteFolder) -> None:
    for number in range(40):
        newsroom.article(f"bai-{number}")
    command = [sys.executable, "-m", "sitegen", "--root", str(newsroom.root), "serve"]
    process = subprocess.Popen(
        [*command, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    end = time.monotonic() + PATIENCE
    while not (newsroom.root / ".sitegen").exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    printed, _ = process.communicate(timeout=PATIENCE)
    assert (printed, process.returncode) == (b"", INTERRUPTED)
