"""A server that answers as the documentation of GoatCounter's API says."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

from sitegen.cli.commands import main
from sitegen.visits.public_files import find_part
from support.site_folder import SiteFolder

ARTICLE = "/hoat-dong-cua-co-so/2024/05/bai-{}/"
NOW = "2026-11-30 12:00"
TOKEN = "mot-ma-bi-mat"  # noqa: S105 (of the stub alone)
LIMIT = 100


class Account:
    """What an account knows: the views of each path in each span of time that it is asked for."""

    def __init__(self) -> None:
        self.days: dict[str, dict[str, int]] = {}
        self.asked: list[str] = []
        self.address = ""

    def answer(self, name: str, asked: dict[str, str]) -> dict[str, Any]:
        paths = list(self.days.get(asked["start"], {}).items())
        if name == "total":
            total = sum(count for _, count in paths)
            return {"total": total + 7, "total_events": 7, "total_utc": total, "stats": []}
        gone = set(asked.get("exclude_paths", "").split(","))
        numbered = [(str(number), *each) for number, each in enumerate(paths, start=1)]
        left = [each for each in numbered if each[0] not in gone]
        hits = [
            {"path_id": int(number), "path": path, "count": count, "title": "", "stats": []}
            for number, path, count in left[:LIMIT]
        ]
        event = {"path_id": 0, "path": "click", "count": 7, "event": True}
        return {"hits": [*hits, event], "more": len(left) > LIMIT, "total": 0}


@pytest.fixture
def account() -> Iterator[Account]:
    made = Account()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            made.asked.append(self.path)
            allowed = self.headers["Authorization"] == f"Bearer {TOKEN}"
            asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
            found = (
                made.answer(parts.path.rpartition("/")[2], asked) if allowed else {"error": "no"}
            )
            data = json.dumps(found).encode()
            self.send_response(200 if allowed else 401)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("X-Rate-Limit-Remaining", "0" if len(made.asked) == 1 else "3")
            self.send_header("X-Rate-Limit-Reset", "0")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_arguments: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever).start()
        yield made
        server.shutdown()


def fetch(site: SiteFolder, account: Account, now: str = NOW, token: str = TOKEN) -> Result:
    arguments = ["--root", str(site.root), "stats", "--goatcounter", account.address, "--now", now]
    return CliRunner(env={"GOATCOUNTER_TOKEN": token}).invoke(main, arguments)


@pytest.fixture
def portal(site: SiteFolder) -> SiteFolder:
    for number in range(120):
        views = "324" if number == 0 else ""
        aliases = "[/Default.aspx?id=7]" if number == 0 else ""
        site.article(f"Bài {number}", slug=f"bai-{number}", views=views, aliases=aliases)
    site.build(datetime.fromisoformat("2026-11-30T12:00:00+07:00"))
    return site


def read(site: SiteFolder, name: str) -> Any:
    return json.loads((site.root / "stats" / name).read_text("utf-8"))


def test_the_same_files_come_from_its_figures(portal: SiteFolder, account: Account) -> None:
    """A day of Vietnam begins at five in the afternoon of UTC."""
    account.days["2026-11-28T17:00:00Z"] = {ARTICLE.format(0): 5, "/": 10}
    account.days["2026-11-29T17:00:00Z"] = {
        "/Default.aspx?id=7": 2,
        "/khong-co/": 3,
        **{ARTICLE.format(number): number for number in range(1, 120)},
    }
    done = fetch(portal, account)
    assert done.exit_code == 0, done.output
    today = 2 + 3 + sum(range(120))
    # 2026-11-30 is a Monday.
    assert read(portal, "public/site.json") == {
        "total": today + 15,
        "today": today,
        "yesterday": 15,
        "week": today,
        "month": today + 15,
        "year": today + 15,
        "at": "2026-11-30T12:00:00+07:00",
    }
    for number, views in ((0, 324 + 5 + 2), (1, 1), (119, 119)):
        url = ARTICLE.format(number)
        assert read(portal, f"public/views/{find_part(url)}.json")[url] == views
    assert read(portal, "public/top.json")["day"][0]["url"] == ARTICLE.format(119)


def test_each_run_fetches_the_days_since_the_last(portal: SiteFolder, account: Account) -> None:
    fetch(portal, account)
    account.asked.clear()
    fetch(portal, account, "2026-12-03 08:00")
    starts = {parse_qs(urlsplit(each).query)["start"][0] for each in account.asked}
    days = ("2026-11-29", "2026-11-30", "2026-12-01", "2026-12-02")
    assert starts == {f"{day}T17:00:00Z" for day in days}


def test_a_wrong_token_changes_nothing(portal: SiteFolder, account: Account) -> None:
    done = fetch(portal, account, token="khac")  # noqa: S106 (of the stub alone)
    assert done.exit_code == 2
    assert "GOATCOUNTER_TOKEN" in done.output
    assert TOKEN not in done.output
    assert not (portal.root / "stats").exists()


def test_what_is_not_goatcounter_is_refused(portal: SiteFolder, account: Account) -> None:
    account.address = "http://127.0.0.1:1"
    assert "does not answer as GoatCounter" in fetch(portal, account).output


def test_logs_or_goatcounter(portal: SiteFolder, account: Account) -> None:
    arguments = ["--root", str(portal.root), "stats"]
    assert CliRunner().invoke(main, arguments).exit_code == 2
    both = [*arguments, "access.log", "--goatcounter", account.address]
    assert CliRunner().invoke(main, both).exit_code == 2
