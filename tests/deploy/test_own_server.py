"""A server of one's own: set up as docs/deploy.md says, with real git, from a push to the page."""

import fcntl
import filecmp
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sitegen.releases.place import list_names
from support.own_server import CRON, EDIT, OwnServer
from support.search_index import list_documents
from support.site_folder import REPOSITORY, ZONE, SiteFolder
from support.web_server import serve_releases

SCRIPTS = [
    "server.sh",
    "publish.sh",
    "tell.sh",
    "stats.sh",
    "hooks/pre-receive",
    "hooks/post-receive",
]
RELOAD = "sudo -n systemctl reload nginx"
CONFIG = """\
site:
  title: Cổng thử nghiệm
  url: https://cong.example.org
categories:
  - name: Tin tức
"""
RETRY_SECONDS = 60
REFUSED = "CHƯA ĐĂNG: xin sửa các lỗi trên"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> OwnServer:
    folder = tmp_path_factory.mktemp("server")
    site = SiteFolder(folder / "written").write("config.yaml", CONFIG)
    site.article("bai-dau", category="Tin tức")
    shutil.copytree(REPOSITORY / "templates", site.root / "templates")
    made = OwnServer(folder)
    made.set_up(site.root)
    return made


@pytest.fixture
def server(installed: OwnServer) -> Iterator[OwnServer]:
    """Return the server, which several tests push to: each writes texts of its own."""
    installed.told()
    yield installed
    # What was refused is no part of the next test.
    installed.run("git fetch -q; git reset -q --hard origin/main; git clean -qfd", installed.clone)


def write(server: OwnServer, name: str, body: str = "Nội dung.", **fields: str) -> str:
    """Write an article into the editor's clone, and return its page."""
    date = fields.pop("date", "2026-01-02 03:04")
    SiteFolder(server.clone).article(name, body, category="Tin tức", date=date, **fields)
    year, month = date.split("-")[:2]
    return f"tin-tuc/{year}/{month}/{name}/index.html"


def find_head(server: OwnServer) -> str:
    return server.run("git rev-parse main", server.home / "portal.git").stdout.strip()


def read_due(server: OwnServer) -> int:
    """Return when the script is called again, in seconds since 1970: 0, if never."""
    return int((server.state / "due").read_text("utf-8").replace("never", "0"))


def find_release(server: OwnServer) -> str:
    return (server.public / "current").readlink().name


def list_releases(server: OwnServer) -> list[str]:
    return list_names(server.public)


def test_the_steps_lead_to_a_site_that_readers_see(server: OwnServer) -> None:
    assert server.see("tin-tuc/2024/05/bai-dau/index.html")
    written = (server.clone / "deploy/nginx.conf").read_text("utf-8")
    assert "server_name cong.example.org;" in written


def test_a_push_is_seen_by_readers(server: OwnServer, nginx: str, tmp_path: Path) -> None:
    page = write(server, "moi", "Câu thứ nhất.").removesuffix("index.html")
    with serve_releases(nginx, tmp_path, server.public) as address:
        told = server.run(EDIT, server.clone).stdout
        assert re.search(r"^remote: Người đọc đã thấy bản \d{8}-\d{6}", told, re.MULTILINE)
        with urllib.request.urlopen(f"{address}/{page}") as answer:
            assert "Câu thứ nhất." in answer.read().decode()
        write(server, "moi", "Câu thứ hai.")
        server.push()
        with urllib.request.urlopen(f"{address}/{page}") as answer:
            assert "Câu thứ hai." in answer.read().decode()
    said = server.see(".well-known/sitegen-release.json")
    assert said
    assert find_head(server) in said


def test_readers_find_what_was_pushed(server: OwnServer) -> None:
    """Pages come first, the index of their words right after, and both are one release."""
    before = find_release(server)
    page = write(server, "tim-thay", "Câu này tìm được.")
    assert server.push().returncode == 0
    texts = list_documents(server.public / "current").values()
    assert any("Câu này tìm được." in each["content"] for each in texts)
    assert server.see(page)
    assert (server.public / "previous").readlink().name == before
    said = server.see(".well-known/sitegen-release.json")
    assert said
    assert "provisional" not in said
    write(server, "tim-thay", "Câu này thay câu kia.")
    server.push()
    log = (server.state / "publish.log").read_text("utf-8")
    assert len(set(re.findall(r"bản (\d{8}-\d{6}\S*):", log)) - set(list_releases(server))) > 0


def test_a_push_with_an_error_is_refused_and_nothing_changes(server: OwnServer) -> None:
    head, release = find_head(server), find_release(server)
    page = write(server, "hong", updated="hôm qua")
    refused = server.push()
    assert refused.returncode != 0
    assert re.search(
        r"^remote: content/hong.md:\d+:\d+: date-\w+ lỗi: ", refused.stdout, re.MULTILINE
    )
    assert REFUSED in refused.stdout
    assert (find_head(server), find_release(server)) == (head, release)
    assert not (server.home / "site/content/hong.md").exists()
    write(server, "hong")
    assert server.push().returncode == 0
    assert server.see(page)


def test_a_push_whose_configuration_is_wrong_is_refused(server: OwnServer) -> None:
    SiteFolder(server.clone).write("config.yaml", CONFIG.replace("title", "titel"))
    refused = server.push()
    assert refused.returncode != 0
    assert REFUSED in refused.stdout


def test_the_warnings_of_the_files_that_are_pushed_are_told(server: OwnServer) -> None:
    write(server, "nhac-mot", "")
    assert "content/nhac-mot.md:" in server.push().stdout
    write(server, "nhac-hai", "")
    told = server.push().stdout
    assert "content/nhac-hai.md:" in told
    assert "nhac-mot" not in told


def test_what_the_machine_makes_is_no_part_of_a_push(server: OwnServer) -> None:
    SiteFolder(server.clone).write("output/index.html", "<p>Tôi tự viết</p>")
    server.run("git add --force output", server.clone)
    refused = server.push()
    assert refused.returncode != 0
    assert "git rm -r --cached" in refused.stdout


def test_other_branches_pass_and_are_not_published(server: OwnServer) -> None:
    release = find_release(server)
    write(server, "nhap", updated="hôm qua")
    branch = "git checkout -q -b thu; git add .; git commit -qm Thử; git push -q origin thu"
    server.run(branch, server.clone)
    server.run("git push -q origin :thu; git checkout -q main", server.clone)
    assert find_release(server) == release


def test_the_timer_is_set_to_the_second_at_which_something_is_due(server: OwnServer) -> None:
    soon = (datetime.now(ZONE) + timedelta(hours=3)).replace(microsecond=0)
    page = write(server, "hen-gio", date=f"{soon:%Y-%m-%d %H:%M:%S}")
    assert server.push().returncode == 0
    assert server.see(page) is None
    told = server.told()
    stopped, first, *_ = told
    assert stopped == "systemctl --user stop portal-due-*.timer"
    # At first it is set for the case that the run ends early.
    retry = re.search(r"--on-calendar=@(\d+)", first)
    assert retry
    assert int(retry[1]) - time.time() <= RETRY_SECONDS
    assert read_due(server) == soon.timestamp()
    assert f"--on-calendar=@{read_due(server)}" in told[-1]
    assert told[-1].endswith("systemctl --user --no-block start portal.service")


def test_an_article_appears_when_it_is_due(server: OwnServer) -> None:
    soon = datetime.now(ZONE).replace(microsecond=0) + timedelta(seconds=4)
    page = write(server, "sap-dang", date=f"{soon:%Y-%m-%d %H:%M:%S}")
    assert server.push().returncode == 0
    publish = "deploy/publish.sh --if-due"
    while datetime.now(ZONE) < soon:
        server.run(f"HOME=$SERVER {publish}", server.home)
        time.sleep(0.2)
    server.run(f"HOME=$SERVER {publish}", server.home)
    assert server.see(page)


def test_cron_does_nothing_while_nothing_is_due(server: OwnServer) -> None:
    command = next(line for line in CRON.splitlines() if line)
    server.run(command, server.home)
    assert server.told() == [f"crontab {command.split()[-1]}"]
    (line,) = [
        each
        for each in (server.home / "deploy/portal.cron").read_text("utf-8").splitlines()
        if not each.startswith("#")
    ]
    call = "HOME=$SERVER; " + line.removeprefix("* * * * * ")
    server.run("HOME=$SERVER deploy/publish.sh", server.home)
    server.told()
    server.run(call, server.home)
    assert server.told() == []
    (server.state / "due").write_text("0\n", "utf-8")
    server.run(call, server.home)
    assert server.told()


def test_what_failed_is_told_and_tried_again(server: OwnServer) -> None:
    page = write(server, "thu-lai")
    blocked = server.public / "current"
    target = blocked.readlink()
    blocked.unlink()
    blocked.mkdir()
    pushed = server.push()
    assert pushed.returncode == 0
    assert "Chưa đăng được, người đọc vẫn thấy trang trước đó." in pushed.stdout
    assert read_due(server) - time.time() <= RETRY_SECONDS
    blocked.rmdir()
    blocked.symlink_to(target)
    (server.state / "due").write_text("0\n", "utf-8")
    server.run("HOME=$SERVER deploy/publish.sh --if-due", server.home)
    assert server.see(page)


def test_what_is_refused_and_left_behind_is_never_published(server: OwnServer) -> None:
    """A run of pre-receive that was killed leaves its files, and git drops what was pushed."""
    site = SiteFolder(server.home / "site").article("bo-lai", category="Tin tức")
    site.write("config.yaml", "hỏng")
    dropped = "0123456789" * 4
    server.run(f"git update-index --add --cacheinfo 100644,{dropped},content/bo-lai.md", site.root)
    server.run("HOME=$SERVER deploy/publish.sh", server.home)
    assert server.see("tin-tuc/2024/05/bo-lai/index.html") is None
    assert not (site.root / "content/bo-lai.md").exists()
    assert (site.root / "config.yaml").read_text("utf-8") == CONFIG
    page = write(server, "sau-do")
    assert server.push().returncode == 0
    assert server.see(page)


def test_readers_see_a_push_whose_editor_is_gone(server: OwnServer) -> None:
    page = write(server, "di-roi")
    server.run("git -C portal.git config core.hooksPath /nowhere", server.home)
    server.push()
    server.run("git -C portal.git config core.hooksPath ../deploy/hooks", server.home)
    server.run("HOME=$SERVER deploy/publish.sh | true", server.home)
    assert server.see(page)
    # All was done: the run that comes after a failure is not waited for.
    assert not 0 < read_due(server) - time.time() <= RETRY_SECONDS


def test_a_push_that_is_killed_while_it_is_checked_leaves_nothing(server: OwnServer) -> None:
    head, release = find_head(server), find_release(server)
    page = write(server, "giua-chung")
    checked = server.state / "checked"
    checked.unlink()
    command = ["sh", "-c", "git add .; git commit -qm Dở; exec git push"]
    pushing = subprocess.Popen(
        command, cwd=server.clone, env=server.environment, start_new_session=True
    )
    while not checked.exists():
        time.sleep(0.01)
    os.killpg(pushing.pid, signal.SIGKILL)
    pushing.wait()
    assert (find_head(server), find_release(server)) == (head, release)
    server.run("git push", server.clone)
    assert server.see(page)


def test_a_push_without_an_end_is_published_by_the_timer(server: OwnServer) -> None:
    page = write(server, "khong-ket")
    script = server.home / "deploy/hooks/post-receive"
    text = script.read_text("utf-8")
    script.write_text("#!/bin/sh\nkill -9 $$\n", "utf-8")
    server.push()
    script.write_text(text, "utf-8")
    assert server.see(page) is None
    assert 0 < read_due(server) - time.time() <= RETRY_SECONDS
    (server.state / "due").write_text("0\n", "utf-8")
    server.run("HOME=$SERVER deploy/publish.sh --if-due", server.home)
    assert server.see(page)


def test_a_second_push_waits_and_says_so(server: OwnServer) -> None:
    page = write(server, "cho-nhau")
    with (server.state / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pushing = subprocess.Popen(
            ["sh", "-c", "git add .; git commit -qm Chờ; git push"],
            cwd=server.clone,
            env=server.environment,
            stderr=subprocess.PIPE,
        )
        assert pushing.stderr
        assert "Có lần đăng khác đang chạy, xin chờ…" in pushing.stderr.readline().decode()
        assert server.see(page) is None
    pushing.communicate(timeout=60)
    assert server.see(page)


def test_nginx_reads_the_old_addresses_again_where_they_changed_alone(server: OwnServer) -> None:
    write(server, "chua-doi")
    server.push()
    assert RELOAD not in server.told()
    write(server, "da-doi", aliases="[/cu/]")
    server.push()
    assert RELOAD in server.told()


# The files ---------------------------------------------------------------------------------------


def test_a_new_site_has_the_files_of_this_repository(tmp_path: Path, server: OwnServer) -> None:
    server.run("sitegen init moi --host server; sitegen init khong", tmp_path)
    assert not (tmp_path / "khong/deploy").exists()
    compared = filecmp.dircmp(REPOSITORY / "deploy", tmp_path / "moi/deploy")
    assert (compared.left_only, compared.right_only) == ([], [])
    assert compared.diff_files == ["nginx.conf"]
    assert compared.subdirs["hooks"].same_files == ["post-receive", "pre-receive"]
    named = (tmp_path / "moi/deploy/nginx.conf").read_text("utf-8")
    shipped = (REPOSITORY / "deploy/nginx.conf").read_text("utf-8")
    assert named == shipped.replace("server_name example.org;", "server_name ten-mien.example;")
    assert "ten-mien.example" in named
    for script in SCRIPTS[1:]:
        assert os.access(tmp_path / "moi/deploy" / script, os.X_OK)


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_scripts_are_posix(dash: str, script: str) -> None:
    subprocess.run([dash, "-n", str(REPOSITORY / "deploy" / script)], check=True)


def test_the_script_runs_under_dash(server: OwnServer, dash: str) -> None:
    page = write(server, "dash")
    assert server.push().returncode == 0
    server.run(f"HOME=$SERVER {dash} deploy/publish.sh", server.home)
    assert server.see(page)


def test_systemd_understands_the_unit_and_the_moment(server: OwnServer, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("no systemd")
    unit = tmp_path / "portal.service"
    text = (REPOSITORY / "deploy/portal.service").read_text("utf-8")
    unit.write_text(text.replace("%h", str(server.home)), "utf-8")
    environment = server.environment | {"XDG_RUNTIME_DIR": str(tmp_path)}
    verified = subprocess.run(
        [analyze, "--user", "verify", str(unit)],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    moment = datetime(2099, 11, 30, 6, 15, 7, tzinfo=UTC)
    command = [analyze, "calendar", f"@{moment.timestamp():.0f}"]
    told = subprocess.run(
        command, env=os.environ | {"TZ": "UTC"}, check=True, capture_output=True, text=True
    )
    assert re.search(r"Next elapse: \w+ 2099-11-30 06:15:07 UTC", told.stdout)


def test_logrotate_understands_its_file(server: OwnServer, tmp_path: Path) -> None:
    logrotate = shutil.which("logrotate", path=f"{os.environ['PATH']}:/usr/sbin")
    if not logrotate:
        pytest.skip("no logrotate")
    configuration = tmp_path / "portal"
    text = (REPOSITORY / "deploy/portal.logrotate").read_text("utf-8")
    # There is no such user here.
    configuration.write_text(server.place(text).replace("    su portal portal\n", ""), "utf-8")
    command = [logrotate, "--force", "--state", str(tmp_path / "state"), str(configuration)]
    log = server.state / "publish.log"
    before = log.read_bytes()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert not log.exists()
    assert len(list(server.state.glob("publish.log.1*"))) == 1
    assert before
