"""Search engines and hubs are told what changed, by the commands of docs/deploy.md as they stand.

Another machine is played by a server here, which takes what its documentation allows and no more:
https://www.indexnow.org/documentation, https://www.w3.org/TR/websub/ and
https://pubsubhubbub.appspot.com/.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

import feedparser
import pytest

from support.deploy_guide import read_commands
from support.own_server import EDIT, OwnServer
from support.site_folder import REPOSITORY, SiteFolder
from support.tiny_theme import make_tiny_site

LISTED, INDEXNOW, WEBSUB = read_commands("Telling others what changed")
KEY, HUB = "3f8a52c1-portal", "https://pubsubhubbub.appspot.com/"
HOST = "https://example.org/portal"
PAGE = f"{HOST}/hoat-dong-cua-co-so/2024/05"
CONFIG = f"""\
site:
  title: Cổng thử nghiệm
  url: {HOST}
categories:
  - name: Hoạt động của cơ sở
indexnow: {KEY}
websub: {HUB}
"""
SAFE = re.compile(r"https?://[A-Za-z0-9.-]+(/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*")


class Told(NamedTuple):
    """A request that was taken: whom it was for, and the addresses that it names."""

    whom: str
    urls: list[str]


class Others:
    """Search engines and hubs; ``public`` is the folder in which they look for the key."""

    def __init__(self, public: Path) -> None:
        self.public = public
        self.told: list[Told] = []
        self.refused: list[str] = []
        self.awake = True

    def take(self, path: str, kind: str, body: bytes) -> int:
        """Return the status with which a request is answered."""
        if not self.awake:
            return 503
        try:
            if path == "/indexnow":
                assert kind == "application/json; charset=utf-8"
                self._take_addresses(json.loads(body))
            else:
                assert kind == "application/x-www-form-urlencoded"
                self._take_topics(parse_qsl(body.decode(), strict_parsing=True))
        except (AssertionError, ValueError, KeyError, OSError) as error:
            self.refused.append(f"{path}: {error!r}")
            return 400
        return 202 if path == "/indexnow" else 204

    def _take_addresses(self, said: dict[str, str | list[str]]) -> None:
        assert said.keys() == {"host", "key", "keyLocation", "urlList"}
        key, location, urls = str(said["key"]), str(said["keyLocation"]), list(said["urlList"])
        assert re.fullmatch("[a-zA-Z0-9-]{8,128}", key)
        assert urlsplit(location).netloc == said["host"]
        file = self.public / location.removeprefix(f"{HOST}/")
        assert file.read_bytes() == key.encode()
        # A key vouches for what is below its folder.
        folder = location.removesuffix(f"{key}.txt")
        assert 0 < len(urls) <= 10_000
        assert all(SAFE.fullmatch(url) and url.startswith(folder) for url in urls)
        self.told.append(Told("search engines", urls))

    def _take_topics(self, fields: list[tuple[str, str]]) -> None:
        (mode, *topics) = fields
        assert mode == ("hub.mode", "publish")
        assert topics
        assert {name for name, _ in topics} == {"hub.url"}
        for _, url in topics:
            text = (self.public / url.removeprefix(f"{HOST}/")).read_text("utf-8")
            assert name_hub(text) == (HUB, url)
        self.told.append(Told("hub", [url for _, url in topics]))


def name_hub(feed: str) -> tuple[str, str]:
    """Return the hub that a feed names, and the topic, as a subscriber finds them."""
    if feed.startswith("{"):
        read = json.loads(feed)
        (hub,) = read["hubs"]
        assert hub.keys() == {"type", "url"}
        return hub["url"], read["feed_url"]
    links = {each["rel"]: each["href"] for each in feedparser.parse(feed.encode()).feed.links}
    return links["hub"], links["self"]


@pytest.fixture
def others(tmp_path: Path, curl: str) -> Iterator[tuple[Others, str]]:
    """Yield the others, and the address at which curl reaches them."""
    assert curl
    made = Others(tmp_path / "srv" / "current")

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(made.take(self.path, self.headers["Content-Type"], body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
    assert made.refused == []


def write_site(site: SiteFolder) -> SiteFolder:
    shutil.copytree(REPOSITORY / "templates", site.root / "templates", dirs_exist_ok=True)
    return site.write("config.yaml", CONFIG).article("a", "Một.").article("b", "Hai.")


def test_the_commands_of_the_guide_tell_what_changed(
    others: tuple[Others, str], curl: str, tmp_path: Path
) -> None:
    made, address = others
    site = write_site(make_tiny_site(tmp_path / "site"))
    programs = tmp_path / "bin"
    programs.mkdir()
    played = {
        "sitegen": f'exec {sys.executable} -m sitegen "$@"',
        # All other machines are here.
        "curl": "for each; do shift; case $each in"
        f' https://*) each={address}/${{each#https://*/}} ;; esac; set -- "$@" "$each"; done\n'
        f'exec {curl} "$@"',
    }
    for name, text in played.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        (programs / name).chmod(0o755)
    portal = tmp_path / "srv"

    def run(commands: str) -> str:
        path = {"PATH": f"{programs}:{os.environ['PATH']}"}
        return subprocess.run(
            ["sh", "-eu", "-c", commands.replace("/srv/portal", str(portal))],
            cwd=site.root,
            env=os.environ | path,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    publish = "sitegen build; sitegen publish /srv/portal"
    run(publish)
    site.article("a", "Một, đã sửa.").article("c", aliases="[/cũ/]")
    (site.root / "content/b.md").unlink()
    run(publish)
    pages = [f"{HOST}/c%C5%A9/", f"{PAGE}/a/", f"{PAGE}/b/", f"{PAGE}/c/"]
    assert run(LISTED).splitlines() == [
        f"mới: {pages[0]}",
        f"đã sửa: {pages[1]}",
        f"không còn: {pages[2]}",
        f"mới: {pages[3]}",
    ]
    run(INDEXNOW)
    run(WEBSUB)
    folders = (HOST, f"{HOST}/hoat-dong-cua-co-so")
    feeds = sorted(f"{folder}/{name}" for folder in folders for name in ("feed.json", "rss.xml"))
    assert [(whom, sorted(urls)) for whom, urls in made.told] == [
        ("search engines", sorted(pages)),
        ("hub", feeds),
    ]


@pytest.fixture
def server(others: tuple[Others, str], tmp_path: Path) -> OwnServer:
    """Return a server that tells the others."""
    site = write_site(make_tiny_site(tmp_path / "written"))
    made = OwnServer(tmp_path)
    made.set_up(site.root)
    script = made.home / "deploy/server.sh"
    text = script.read_text("utf-8")
    address = others[1]
    for name, value in (("indexnow", f"{address}/indexnow"), ("hub", f"{address}/")):
        assert f"\n{name}=\n" in text
        text = text.replace(f"\n{name}=\n", f"\n{name}={value}\n")
    script.write_text(text, "utf-8")
    # From here on the others are told: what there was before is not sent.
    made.run("HOME=$SERVER deploy/tell.sh", made.home)
    return made


def push(server: OwnServer, name: str, body: str = "Nội dung.") -> str:
    SiteFolder(server.clone).article(name, body)
    server.run(EDIT, server.clone)
    return f"{PAGE}/{name}/"


def list_told(others: Others) -> list[str]:
    """Return what search engines were told of since this was asked last."""
    told = [url for whom, urls in others.told if whom == "search engines" for url in urls]
    others.told.clear()
    return told


def test_a_push_is_told_when_readers_see_it(others: tuple[Others, str], server: OwnServer) -> None:
    made, _ = others
    assert made.told == []
    page = push(server, "c")
    assert [each.whom for each in made.told] == ["search engines", "hub"]
    assert list_told(made) == [page]
    server.run("HOME=$SERVER deploy/publish.sh", server.home)
    assert made.told == []


def test_what_nobody_took_is_sent_the_next_time(
    others: tuple[Others, str], server: OwnServer
) -> None:
    made, _ = others
    made.awake = False
    first = push(server, "c")
    assert server.see("hoat-dong-cua-co-so/2024/05/c/index.html")
    assert "503" in (server.state / "publish.log").read_text("utf-8")
    second = push(server, "d")
    made.awake = True
    third = push(server, "e")
    assert list_told(made) == [first, second, third]
    assert list((server.state / "waiting").iterdir()) == []


def test_what_was_published_without_being_told_is_told_later(
    others: tuple[Others, str], server: OwnServer
) -> None:
    made, _ = others
    script = server.home / "deploy/tell.sh"
    text = script.read_text("utf-8")
    script.write_text("#!/bin/sh\nkill -9 $$\n", "utf-8")
    first = push(server, "c")
    assert server.see("hoat-dong-cua-co-so/2024/05/c/index.html")
    script.write_text(text, "utf-8")
    second = push(server, "d")
    assert list_told(made) == [first, second]


def test_without_an_address_nobody_is_told(others: tuple[Others, str], server: OwnServer) -> None:
    shutil.copy2(REPOSITORY / "deploy/server.sh", server.home / "deploy/server.sh")
    script = server.home / "deploy/server.sh"
    script.write_text(server.place(script.read_text("utf-8")), "utf-8")
    told = (server.state / "told").read_text("utf-8")
    push(server, "c")
    assert others[0].told == []
    assert (server.state / "told").read_text("utf-8") == told
