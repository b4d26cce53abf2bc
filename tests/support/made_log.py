"""Made logs of a web server, with the figures that are true of them.

The figures are counted while the lines are made, from what readers did, and not from the lines.
"""

import gzip
import json
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import quote

from support.site_folder import ZONE, SiteFolder

FIRST = datetime(2026, 12, 27, 9, 0, tzinfo=ZONE)
NOW = datetime(2027, 1, 2, 12, 0, tzinfo=ZONE)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{0}.0.0.0 Safari/537.36",  # noqa: E501
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/{0}.0 Chrome/{0}.0.0.0 Safari/537.36",  # noqa: E501
    "Mozilla/5.0 (X11; Linux x86_64; rv:{0}.0) Gecko/20100101 Firefox/{0}.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.{0} Mobile/15E148 Safari/604.1",  # noqa: E501
    "Mozilla/5.0 (Linux; Android 14; CUBOT X{0}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",  # noqa: E501
    "Mozilla/5.0 (Linux; Android 14; SM-A{0}) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 Zalo android/24100{0}",  # noqa: E501
    "Mozilla/5.0 (Linux; Android 13; vivo {0}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/490.0.0.{0};]",  # noqa: E501
    'Mozilla/5.0 (Linux; Android 12; "My phone" {0}\\) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36',  # noqa: E501
)
ROBOTS = (
    *("-", "curl/8.5.0", "python-requests/2.32.3", "Go-http-client/2.0", "Wget/1.21.4"),
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
    "Mozilla/5.0 AppleWebKit/537.36 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36",  # noqa: E501
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    *("WhatsApp/2.24.20 A", "UptimeRobot/2.0", "Mozilla/5.0 (compatible; Nmap Scripting Engine)"),
    # This one only GoAccess knows.
    "Mozilla/5.0 (compatible; ltx71 - (http://ltx71.com/))",
)
OPENING = 3_150_444


def write_portal(site: SiteFolder, articles: int = 40) -> "Portal":
    """Write a site with articles that have former addresses and figures of an earlier portal."""
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", f"{config}visits: {OPENING}\nstats: true\n")
    portal = Portal(site)
    for number in range(articles):
        name, fields, former = f"bai-{number}", {"date": "2026-11-05 07:08"}, []
        if number % 4 == 1:
            former = [f"/Default.aspx?tabid=107&NewsViewID={2000 + number}"]
        elif number % 4 == 2:
            former = [f"/Tin-Tức/Đại-hội-{number}.aspx?id=Ô{number}"]
        elif number % 8 == 3:
            former = [f"/cu/bai-{number}.html"]
        if former:
            fields["aliases"] = json.dumps(former, ensure_ascii=False)
        if number % 3 == 0:
            fields["views"] = str(100 + number)
        site.article(name, **fields)
        portal.articles.append(Told(f"/hoat-dong-cua-co-so/2026/11/{name}/", name, former))
        portal.opening[portal.articles[-1].url] = 100 + number if number % 3 == 0 else 0
    site.article("ban-nhap", date="2026-11-05", draft="true")
    site.article("da-go", date="2026-11-05", expires="2026-12-01")
    site.write("content/pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n\nChữ.\n")
    return portal


@dataclass(frozen=True)
class Told:
    """An article: its address, its title, and its former addresses as its file writes them."""

    url: str
    title: str
    former: list[str]

    @property
    def asked(self) -> list[str]:
        """All addresses under which it is counted."""
        return [self.url, *(quote(each, safe="/?=&.") for each in self.former)]


@dataclass
class Portal:
    """A site and its articles; ``opening`` has the views of an earlier portal by address."""

    site: SiteFolder
    articles: list[Told] = field(default_factory=list)
    opening: dict[str, int] = field(default_factory=dict)


@dataclass
class Truth:
    """What readers did: who came on which day, and how often each article was read on it."""

    readers: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    views: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def note(self, moment: datetime, reader: str, agent: str, article: str) -> None:
        """Note that a reader opened a page, which is an article's or no article's."""
        day = moment.astimezone(ZONE).date().isoformat()
        self.readers[day].add((reader, agent))
        if article:
            self.views[day][article] += 1

    def count_visits(self, since: str, until: str) -> int:
        """Return the visits from one day to another, both included."""
        return sum(len(own) for day, own in self.readers.items() if since <= day <= until)

    def count_views(self, since: str, until: str) -> Counter[str]:
        """Return the views of each article from one day to another, both included."""
        found: Counter[str] = Counter()
        for day, own in self.views.items():
            if since <= day <= until:
                found.update(own)
        return found


class LogMaker:
    """Makes lines of logs of a portal, and notes what of them is true."""

    def __init__(self, portal: Portal, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 (nothing here is secret)
        self.portal = portal
        self.truth = Truth()
        self.cut: set[str] = set()
        self._written: set[str] = set()
        self._notes: dict[str, tuple[datetime, str, str, str]] = {}
        pick = self.random.randrange
        self.readers = [
            f"2001:db8:{pick(9)}::{number:x}"
            if number % 5 == 0
            else f"{pick(1, 223)}.{pick(256)}.{number // 256}.{number % 256}"
            for number in range(3000)
        ]

    def make(self, count: int, write: Callable[..., str]) -> list[str]:
        """Return ``count`` lines in a form, in the order in which a server would write them."""
        lines: list[str] = []
        span = (NOW - FIRST).total_seconds()
        while len(lines) < count:
            # Once, the clock goes back by some hours.
            progress = len(lines) / count
            progress -= 0.04 if 0.5 < progress < 0.6 else 0
            moment = FIRST + timedelta(seconds=int(progress * span))
            lines += self._make_one(moment, write)
        return lines

    def _make_one(self, moment: datetime, write: Callable[..., str]) -> list[str]:
        pick = self.random
        reader = pick.choice(self.readers)
        agent = pick.choice(BROWSERS).format(pick.randrange(90, 99))
        method, status = "GET", 200 if pick.random() < 0.8 else 304
        target, article, counts = self._choose_page()
        kind = pick.random()
        if kind < 0.25:
            counts, target = False, pick.choice(_OTHER_FILES)
        elif kind < 0.35:
            counts, agent = False, pick.choice(ROBOTS)
        elif kind < 0.42:
            counts, status = False, pick.choice([301, 302, 400, 403, 404, 206, 500, 499])
        elif kind < 0.46:
            counts, method = False, pick.choice(["HEAD", "POST", "OPTIONS", "PUT"])
        elif kind < 0.50:
            counts, target, status = False, *pick.choice(_SCANS)
        zone = pick.choice([UTC, ZONE, timezone(timedelta(hours=-5))])
        line = write(moment.astimezone(zone), reader, method, target, status, agent, pick)
        if line in self._written:
            return []
        self._written.add(line)
        if kind > 0.98:
            # A line that the server did not finish.
            part = line[: pick.randrange(5, line.rindex('"'))]
            self.cut.add(part)
            return [part]
        if counts:
            self._notes[line] = (moment, reader, agent, article)
            self.truth.note(*self._notes[line])
        return [line]

    def note_again(self, line: str) -> None:
        """Note that the request of a line was made once more."""
        if line in self._notes:
            self.truth.note(*self._notes[line])

    def _choose_page(self) -> tuple[str, str, bool]:
        """Return an address, the article whose page it is, and whether it counts."""
        pick = self.random
        if pick.random() < 0.2:
            return (*pick.choice(_OTHER_PAGES), True)
        # Some articles are read more than others.
        told = self.portal.articles[int(len(self.portal.articles) * pick.random() ** 2)]
        if told.former and pick.random() < 0.3:
            (former,) = told.former
            if former.startswith("/cu/"):
                # With a query it is the page that leads on, whose reader comes again.
                if pick.random() < 0.5:
                    return f"{former}?fbclid=abc", "", False
                return former, told.url, True
            spelled = unicodedata.normalize("NFD" if pick.random() < 0.5 else "NFC", former)
            spelled = pick.choice([spelled, spelled.upper(), spelled.lower()])
            return quote(spelled, safe="/?=&."), told.url, True
        spell = pick.choice(_SPELLINGS)
        return spell(told.url), told.url, True


_OTHER_PAGES = (
    *(("/", ""), ("/hoat-dong-cua-co-so/", ""), ("/gioi-thieu/", ""), ("/tim-kiem/?q=tin", "")),
    *(("//gioi-thieu/", ""), ("/index.html", "")),
)
_OTHER_FILES = (
    *("/assets/css/site.0123456789.css", "/rss.xml", "/feed.json", "/favicon.ico", "/sitemap.xml"),
    *("/404.html", "/hoat-dong-cua-co-so/2026/11/da-go/", "/hoat-dong-cua-co-so/2026/11/ban-nhap/"),
    *("/_stats/site.json", "/robots.txt", "/%ff%fe/", "/gioi-thieu/%zz", "/gioi-thieu"),
    *(
        "http://example.net/",
        "/hoat-dong-cua-co-so/2026/11/BAI-1/",
        "*",
        "/--output=/etc/passwd",
        "/$(reboot)",
    ),
)
_SCANS = (
    *(("/wp-login.php", 404), ("/.env", 404), ("/../../etc/passwd", 400), ("/?author=1", 404)),
    *(("/cgi-bin/luci/;stok=/locale?form=country", 404), (r"/\x16\x03\x01", 400)),
)
_SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    str,
    lambda url: f"{url}?utm_source=zalo&utm_medium=x",
    lambda url: f"{url}?fbclid=%C3%A1",
    lambda url: f"{url}index.html",
    lambda url: url.replace("a", "%61"),
    lambda url: url.replace("/bai", "//bai"),
    lambda url: f"http://example.org{url}",
)


def write_combined(
    moment: datetime,
    reader: str,
    method: str,
    target: str,
    status: int,
    agent: str,
    pick: random.Random,
) -> str:
    """Return a line as nginx writes it."""
    user = pick.choice(["-", "-", "-", "Nguyen Van A", "[x]"])
    offset = moment.strftime("%z")
    written = f"{moment.day:02}/{MONTHS[moment.month - 1]}/{moment:%Y:%H:%M:%S} {offset}"
    escaped = agent.replace("\\", r"\x5C").replace('"', r"\x22")
    return (
        f'{reader} - {user} [{written}] "{method} {target} HTTP/1.1" {status}'
        f' {pick.randrange(100_000)} "https://example.org/?q=\\x22a\\x22" "{escaped}"'
    )


def write_vhost(
    moment: datetime,
    reader: str,
    method: str,
    target: str,
    status: int,
    agent: str,
    pick: random.Random,
) -> str:
    """Return a line as Apache writes it for several hosts."""
    line = write_combined(moment, reader, method, target, status, agent, pick)
    host = pick.choice(["example.org:443", "www.example.org:80", "EXAMPLE.org"])
    return f"{host} " + line.replace(r"\x22", r"\"").replace(r"\x5C", r"\\")


def write_caddy(
    moment: datetime,
    reader: str,
    method: str,
    target: str,
    status: int,
    agent: str,
    pick: random.Random,
) -> str:
    """Return a line as Caddy writes it."""
    stamp: object = moment.timestamp() + pick.randrange(1000) / 1000
    if pick.random() < 0.3:
        stamp = moment.isoformat(timespec="milliseconds")
    request = {
        "remote_ip": "10.0.0.1" if pick.random() < 0.5 else reader,
        "client_ip": reader,
        "proto": "HTTP/2.0",
        "method": method,
        "host": "example.org",
        "uri": target,
        "headers": {"User-Agent": [agent], "Accept": ["*/*"]} if agent != "-" else {},
    }
    line = {"level": "info", "ts": stamp, "logger": "http.log.access", "msg": "handled request"}
    line |= {"request": request, "status": status, "size": pick.randrange(100_000)}
    return json.dumps(line | {"resp_headers": {}}, ensure_ascii=False)


def write_logs(maker: LogMaker, folder: Path, count: int) -> list[Path]:
    """Write logs of about ``count`` lines: copies and overlaps among them come on top."""
    folder.mkdir()
    lines = maker.make(count * 8 // 10, write_combined)
    whole: list[str] = []
    for line in lines:
        whole.append(line)
        if maker.random.random() < 0.01 and line.endswith('"'):
            # A reader reloads the page within the same second.
            whole.append(line)
            maker.note_again(line)
    half, overlap = len(whole) // 2, len(whole) // 20
    while whole[half] == whole[half - 1] or whole[half - overlap] == whole[half - overlap - 1]:
        half += 1
    parts = {
        "access.log.1": whole[:half],
        "access.log": whole[half - overlap :],
        "vhosts.log": maker.make(count // 10, write_vhost),
        "caddy.log": maker.make(count // 10, write_caddy),
    }
    for name, own in parts.items():
        (folder / name).write_text("\n".join(own) + "\n", "utf-8")
    packed = gzip.compress(("\n".join(whole[half // 3 : half // 2]) + "\n").encode())
    (folder / "copy.gz").write_bytes(packed)
    return [folder / "copy.gz", *(folder / name for name in parts)]
