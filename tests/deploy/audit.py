"""docs/deploy.md and docs/visits.md step by step, as they are written, on a whole Debian.

Everything is real: sudo, systemd with its timers, cron, ssh, nginx, logrotate. ``make audit`` runs
this file. It is no part of ``make test``, because it needs root, the network for Debian's packages,
and minutes. What belongs to another machine is on the same one: the editor is another user.
"""

import json
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from support.deploy_guide import read_commands
from support.site_folder import REPOSITORY, ZONE
from support.whole_machine import REPOSITORY_THERE, Machine, find_obstacle

INSTALL, BEGIN, SITE, RELEASE, HOOKS, CRON, EDIT = read_commands("On your own server")
COUNT, COUNT_BY_CRON = read_commands("On the server", "visits.md")
PACKAGE = "sitegen[documents] @ git+https://git.example.org/sitegen"
SOURCE = "/opt/sitegen"
PROGRAM = '#!/bin/sh\\nexec /opt/venv/bin/python -m sitegen "$@"'
GUIDE = (REPOSITORY / "docs/deploy.md").read_text("utf-8")
LOGIN = next(line for line in GUIDE.splitlines() if line.startswith("restrict,command="))
HOST = "cong.example.org"
CONFIG = f"""\
site:
  title: Cổng thử nghiệm
  url: https://{HOST}
categories:
  - name: Tin tức
stats: true
"""
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDITOR = "ha"
CLONE = "~/portal"
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Yield a machine on which all steps were followed."""
    if reason := find_obstacle():
        pytest.skip(reason)
    made = Machine(tmp_path_factory.mktemp("machine"), REPOSITORY)
    try:
        follow_steps(made)
        yield made
    finally:
        made.throw_away()


def follow_steps(machine: Machine) -> None:
    """Do what the page says, in its order."""
    # What a server has.
    machine.run(
        "apt-get -qq update && apt-get -qq install sudo cron openssh-server curl >/dev/null"
    )
    machine.boot()
    # The package index has not got this version.
    machine.run(
        f"mkdir {SOURCE} && cd {REPOSITORY_THERE} && tar -c --exclude-vcs --exclude=.venv"
        f" --exclude=./output --exclude=./build --exclude=.sitegen . | tar -x -C {SOURCE}"
        f" && chmod -R a+rX {SOURCE}"
    )
    machine.run(INSTALL.replace("apt-get", "apt-get -y").replace(PACKAGE, f"{SOURCE}[documents]"))
    machine.run(
        f"useradd --create-home {EDITOR}; echo 127.0.0.1 server >>/etc/hosts\n"
        "cp -R /home/portal/venv /opt/venv\n"
        f"printf '{PROGRAM}' >/usr/local/bin/sitegen\n"
        "chmod -R a+rX /opt/venv; chmod 755 /usr/local/bin/sitegen"
    )
    edit(
        machine,
        "ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519; git config --global user.name Hà\n"
        "git config --global user.email ha@example.org; git config --global pull.rebase true\n"
        "printf 'StrictHostKeyChecking accept-new\\n' >.ssh/config",
        "~",
        before="mkdir -m 700 .ssh",
    )
    key = machine.run(f"cat /home/{EDITOR}/.ssh/id_ed25519.pub")
    line = f"{LOGIN.partition('ssh-ed25519')[0]}{key}"
    machine.run(
        "sudo -iu portal mkdir -m 700 .ssh\n"
        f"cat >/home/portal/.ssh/authorized_keys <<'END'\n{line}END\n"
        "chown portal /home/portal/.ssh/authorized_keys"
    )
    edit(machine, BEGIN, "~")
    write(machine, "config.yaml", CONFIG)
    edit(machine, "rm -r content/tin-tuc-su-kien")
    write_article(machine, "bai-dau")
    edit(machine, SITE, "~")
    machine.run(RELEASE)
    machine.run(HOOKS)
    edit(machine, "rm -r portal; git clone -q portal@server:portal.git", "~")


def edit(machine: Machine, commands: str, folder: str = CLONE, *, before: str = "") -> str:
    """Run commands as the editor."""
    return machine.run(f"{before}\n{commands}", user=EDITOR, folder=folder)


def write(machine: Machine, path: str, text: str) -> None:
    edit(machine, f"cat >{path} <<'END'\n{text}END")


def write_article(machine: Machine, name: str, body: str = "Nội dung.", **fields: str) -> str:
    """Write an article as the editor, and return the address of its page."""
    date = fields.pop("date", "2026-01-02 03:04")
    more = "".join(f"{key}: {value}\n" for key, value in fields.items())
    head = f'title: "{name}"\ndate: {date}\ncategory: Tin tức\nauthor: Thu Hà\n{more}'
    write(machine, f"content/{name}.md", f"---\n{head}---\n\n{body}\n")
    year, month = date.split("-")[:2]
    return f"/tin-tuc/{year}/{month}/{name}/"


def read_time(machine: Machine) -> datetime:
    """Return the time of the portal on the machine, without its offset."""
    return datetime.fromisoformat(machine.run("TZ=Asia/Ho_Chi_Minh date +%FT%T").strip())


def ask(machine: Machine, url: str) -> str:
    """Return the status and the text with which nginx answers a reader."""
    return machine.run(f"curl -s -A '{BROWSER}' -i -H 'Host: {HOST}' 'http://127.0.0.1{url}'")


def read_figures(machine: Machine) -> dict[str, int]:
    """Return the figures that readers are shown."""
    _, _, text = ask(machine, "/_stats/site.json").partition("\n\n")
    figures: dict[str, int] = json.loads(text)
    return figures


def sees(machine: Machine, url: str) -> bool:
    return ask(machine, url).startswith("HTTP/1.1 200")


def wait_for(machine: Machine, url: str) -> datetime:
    """Wait until readers see a page, and return when they do."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not sees(machine, url):
        assert time.monotonic() < end, machine.run("cat /home/portal/state/publish.log")
        time.sleep(0.2)
    return read_time(machine)


def test_the_steps_lead_to_a_site_that_readers_see(machine: Machine) -> None:
    assert sees(machine, "/tin-tuc/2026/01/bai-dau/")
    machine.run("sudo nginx -t; sudo visudo -c")


def test_a_push_is_seen_by_readers(machine: Machine) -> None:
    page = write_article(machine, "moi", "Câu thứ nhất.")
    assert re.search(r"remote: Người đọc đã thấy bản \d{8}-\d{6}", edit(machine, EDIT))
    assert "Câu thứ nhất." in ask(machine, page)


def test_a_push_with_an_error_is_refused(machine: Machine) -> None:
    write_article(machine, "hong", updated="hôm qua")
    commands = EDIT.replace("git push", "! git push")
    assert "CHƯA ĐĂNG: xin sửa các lỗi trên" in edit(machine, commands)
    edit(machine, "git reset -q --hard origin/main")


def test_editors_log_in_for_git_and_nothing_else(machine: Machine) -> None:
    for command in ("ls", "", "sh -c id"):
        refused = machine.try_run(f"ssh portal@server {command}", user=EDITOR)
        assert refused.returncode != 0
        assert "uid=" not in refused.stdout


def test_the_user_of_the_portal_may_reload_nginx_and_no_more(machine: Machine) -> None:
    assert machine.try_run("sudo -n id", user="portal").returncode != 0
    assert machine.try_run("sudo -n systemctl stop nginx", user="portal").returncode != 0
    page = write_article(machine, "co-dia-chi-cu", aliases="[/cu.aspx]")
    edit(machine, EDIT)
    assert f"Location: {page}" in ask(machine, "/cu.aspx")


def test_a_timer_of_systemd_shows_an_article_at_its_second(machine: Machine) -> None:
    due = read_time(machine) + timedelta(seconds=30)
    page = write_article(machine, "hen-gio", date=f"{due:%Y-%m-%d %H:%M:%S}")
    edit(machine, EDIT)
    assert not sees(machine, page)
    seen = wait_for(machine, page)
    assert timedelta(0) <= seen - due <= timedelta(seconds=15)


def test_what_was_due_while_the_power_was_off_is_shown_after_the_start(machine: Machine) -> None:
    due = read_time(machine) + timedelta(seconds=25)
    page = write_article(machine, "mat-dien", date=f"{due:%Y-%m-%d %H:%M:%S}")
    edit(machine, EDIT)
    machine.cut_off()
    while datetime.now(ZONE).replace(tzinfo=None) < due:
        time.sleep(1)
    machine.boot()
    wait_for(machine, page)


def test_the_log_is_rotated(machine: Machine) -> None:
    machine.run("logrotate --force /etc/logrotate.d/portal; ls /home/portal/state/publish.log.1*")
    assert edit(machine, "date >>content/moi.md\n" + EDIT)
    assert machine.run("cat /home/portal/state/publish.log")


def test_readers_are_counted_by_a_timer(machine: Machine) -> None:
    machine.run(COUNT.replace("apt-get", "apt-get -y"))
    assert "portal-stats.timer" in machine.run("systemctl list-timers --no-pager")
    machine.run("sudo systemctl start portal-stats")
    figures = read_figures(machine)
    assert (figures["today"], figures["total"]) == (1, 1)


def test_cron_does_the_same_without_systemd(machine: Machine) -> None:
    machine.run(
        "sed -i s/timer=systemd/timer=cron/ /home/portal/deploy/server.sh\n"
        "sudo systemctl --user -M portal@ disable portal.service\n"
        "sudo systemctl --user -M portal@ stop 'portal-due-*.timer'\n"
        "sudo systemctl disable --now portal-stats.timer"
    )
    machine.run(CRON)
    machine.run(COUNT_BY_CRON)
    lines = machine.run("sudo -iu portal crontab -l").splitlines()
    assert [line.split()[0] for line in lines if not line.startswith("#")] == ["*", "*/10"]
    due = read_time(machine) + timedelta(seconds=20)
    page = write_article(machine, "cron", date=f"{due:%Y-%m-%d %H:%M:%S}")
    edit(machine, EDIT)
    assert wait_for(machine, page) - due <= timedelta(seconds=75)
    # What it runs each ten minutes, as cron runs it.
    machine.run(
        "rm -r /srv/portal/stats; cd /; env -i HOME=/home/portal setpriv --reuid=portal"
        " --regid=portal --init-groups /bin/sh -c '\"$HOME/deploy/stats.sh\"'"
    )
    assert read_figures(machine)["today"] == 1
