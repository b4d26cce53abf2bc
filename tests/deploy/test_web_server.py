"""A real nginx with the configuration that is shipped, as readers and their browsers meet it."""

import gzip
import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from sitegen.content.config import parse_config
from sitegen.markdown.videos import find_embed
from sitegen.media.formats import PUBLISHED
from sitegen.releases.description import DESCRIPTION
from support.site_folder import REPOSITORY
from support.web_server import SHIPPED, serve_releases

FOREVER = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = "no-cache"
FOR_AN_HOUR = "public, max-age=3600, stale-while-revalidate=86400"
# One address of each kind, as a pattern of the files, with its type.
KINDS = {
    "index.html": "text/html; charset=utf-8",
    "assets/css/site.*.css": "text/css; charset=utf-8",
    "assets/js/main.*.js": "text/javascript; charset=utf-8",
    "assets/fonts/BeVietnamPro-Regular.*.woff2": "font/woff2",
    "assets/icons/mark.*.svg": "image/svg+xml",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "doan-the/rss.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    "sitemap.xml": "application/xml; charset=utf-8",
    "sitemap/1.xml": "application/xml; charset=utf-8",
    "robots.txt": "text/plain; charset=utf-8",
    "manifest.json": "application/manifest+json",
    "opensearch.xml": "application/opensearchdescription+xml; charset=utf-8",
    "aliases.json": "application/json",
    "media/anh/2023/*.jpg": "image/jpeg",
    "media/anh/2023/*.webp": "image/webp",
    "media/anh/2023/*.png": "image/png",
    "media/tai-lieu/*.pdf": "application/pdf",
    "tim-kiem/chi-muc/2023/bundle.json": "application/json",
    "tim-kiem/chi-muc/2023/fragment/*.bin": "application/octet-stream",
}
COMPRESSED = ("text/", "application/json", "application/xml", "image/svg+xml")


class Answer:
    """What the server said to one question."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def __getitem__(self, header: str) -> str:
        return self.headers.get(header, "")


def ask(address: str, path: str, **headers: str) -> Answer:
    """Ask for a path as it stands: no redirect is followed."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    try:
        connection.putrequest("GET", path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        return Answer(connection.getresponse())
    finally:
        connection.close()


def pick(sample: Path, pattern: str) -> str:
    """Return the path of a file that is called like ``pattern``."""
    return f"/{min(sample.glob(pattern)).relative_to(sample).as_posix()}"


def urls(sample: Path, pattern: str) -> list[str]:
    found = [
        quote(f"/{path.relative_to(sample).as_posix()}")
        for path in sorted(sample.rglob(pattern))
        if path.is_file()
    ]
    assert found
    return found


@pytest.mark.parametrize(("pattern", "kind"), KINDS.items())
def test_a_file_has_its_type(portal: str, sample: Path, pattern: str, kind: str) -> None:
    answer = ask(portal, pick(sample, pattern))
    assert (answer.status, answer["Content-Type"]) == (200, kind)


def test_every_kind_of_file_that_can_be_published_has_a_type() -> None:
    table = re.search(r"\n    types \{\n(.*?)\n    \}\n", SHIPPED.read_text("utf-8"), re.DOTALL)
    assert table
    typed = {f".{suffix}" for line in table[1].split(";") for suffix in line.split()[1:]}
    own = {".html", ".htm", ".css", ".js", ".json", ".xml", ".wasm", ".woff2"}
    assert typed == own | PUBLISHED


@pytest.mark.parametrize("pattern", KINDS)
def test_text_is_compressed_and_nothing_else(portal: str, sample: Path, pattern: str) -> None:
    path = pick(sample, pattern)
    answer = ask(portal, path, Accept_Encoding="gzip, deflate, br")
    source = (sample / path[1:]).read_bytes()
    # A few bytes gain nothing.
    is_compressed = (
        answer["Content-Type"].startswith(COMPRESSED)
        or "+xml" in answer["Content-Type"]
        or "+json" in answer["Content-Type"]
    ) and len(source) >= 256
    assert answer["Content-Encoding"] == ("gzip" if is_compressed else "")
    assert (gzip.decompress(answer.body) if is_compressed else answer.body) == source
    if is_compressed:
        assert answer["Vary"] == "Accept-Encoding"
        assert ask(portal, path).body == source


def test_what_has_a_hash_in_its_name_is_kept_forever(portal: str, sample: Path) -> None:
    hashed = [
        *urls(sample, "assets/**/*.*"),
        *urls(sample, "tim-kiem/chi-muc/*/fragment/*"),
        *urls(sample, "tim-kiem/chi-muc/*/index/*"),
    ]
    assert {ask(portal, path)["Cache-Control"] for path in hashed} == {FOREVER}


def test_what_has_none_is_asked_for_again(portal: str, sample: Path) -> None:
    asked = [
        *("/", "/tim-kiem/", "/rss.xml", "/feed.json", "/aliases.json", "/manifest.json"),
        *urls(sample, "tim-kiem/chi-muc/*/*.json"),
    ]
    assert {ask(portal, path)["Cache-Control"] for path in asked} == {ASKED_EACH_TIME}
    assert ask(portal, pick(sample, "media/tai-lieu/*"))["Cache-Control"] == FOR_AN_HOUR


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_page_that_did_not_change_is_not_sent_again(portal: str, encoding: str) -> None:
    first = ask(portal, "/", Accept_Encoding=encoding)
    again = ask(portal, "/", Accept_Encoding=encoding, If_None_Match=first["ETag"])
    assert first["ETag"]
    assert (again.status, again.body) == (304, b"")
    assert again["Cache-Control"] == ASKED_EACH_TIME


@pytest.mark.parametrize(
    "path",
    [
        "/khong-co-trang-nay/",
        "/assets/css/site.0123456789.css",
        "/Default.aspx?tabid=1",
        # A folder of years has no page, and the not-found page is no address.
        "/doan-the/2024/",
        "/404.html",
        "/.git/config",
    ],
)
def test_what_is_not_there_is_answered_by_the_page_that_says_so(
    portal: str, sample: Path, path: str
) -> None:
    answer = ask(portal, path)
    assert answer.status == 404
    assert answer.body == (sample / "404.html").read_bytes()
    assert answer["Cache-Control"] == ASKED_EACH_TIME
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_folder_is_asked_for_with_its_slash(portal: str) -> None:
    answer = ask(portal, "/doan-the")
    assert (answer.status, answer["Location"]) == (301, "/doan-the/")


def test_every_old_address_leads_to_the_new_one(portal: str, sample: Path) -> None:
    page = (sample / "aliases.txt").read_text("utf-8")
    moved = re.findall(r'^"(.+)" "(.+)";$', page, re.MULTILINE)
    assert len(moved) > 3
    for old, new in moved:
        # Those of ASP.NET were written in any case.
        for spelling in (old, old.upper(), old.lower()):
            answer = ask(portal, spelling)
            assert (answer.status, answer["Location"]) == (301, new)
            assert answer["Cache-Control"] == ASKED_EACH_TIME
        assert ask(portal, new).status == 200
    static = [old for old, _ in moved if "?" not in old]
    assert [ask(portal, f"{old}?fbclid=1").status for old in static] == [200] * len(static)


def test_a_published_release_takes_over_at_once_and_the_last_one_still_helps(
    nginx: str, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    for name in ("1", "2"):
        for path, text in {
            "index.html": f"Bản {name}",
            "404.html": "Không có",
            "aliases.txt": "",
            f"assets/a.000000000{name}.css": name,
            f"tim-kiem/chi-muc/2026/fragment/{name}.bin": name,
            f"tin-{name}/index.html": name,
            DESCRIPTION: f"Ban {name}",
        }.items():
            file = releases / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    (releases / "current").symlink_to("1")
    with serve_releases(nginx, tmp_path, releases) as address:
        assert ask(address, "/").body.decode() == "Bản 1"
        (releases / "next").symlink_to("2")
        (releases / "next").replace(releases / "current")
        (releases / "previous").symlink_to("1")
        assert ask(address, "/").body.decode() == "Bản 2"
        for path in ("/assets/a.0000000001.css", "/tim-kiem/chi-muc/2026/fragment/1.bin"):
            answer = ask(address, path)
            assert (answer.status, answer.body, answer["Cache-Control"]) == (200, b"1", FOREVER)
        said = ask(address, f"/{DESCRIPTION}")
        assert (said.body, said["Content-Type"]) == (b"Ban 2", "application/json")
        assert ask(address, "/tin-1/").status == 404
        assert ask(address, "/assets/a.0000000003.css").status == 404


def test_figures_of_readers_lie_beside_the_releases(nginx: str, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    for path, text in {
        "current/404.html": "Không có",
        "current/aliases.txt": "",
        "stats/public/site.json": '{"total": 1}',
        "stats/days/2026-11-30.json": "{}",
    }.items():
        file = releases / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    with serve_releases(nginx, tmp_path, releases) as address:
        answer = ask(address, "/_stats/site.json")
        assert (answer.status, answer.body) == (200, b'{"total": 1}')
        assert answer["Content-Type"] == "application/json"
        assert answer["Cache-Control"] == "public, max-age=60"
        assert answer["X-Content-Type-Options"] == "nosniff"
        for path in ("/_stats/../days/2026-11-30.json", "/_stats../days/2026-11-30.json"):
            assert ask(address, path).status == 404
        assert ask(address, "/_stats/").status == 404
        (releases / "stats/public/site.json").write_text('{"total": 2}')
        assert ask(address, "/_stats/site.json").body == b'{"total": 2}'


def read_policy(answer: Answer) -> dict[str, set[str]]:
    """Return the directives of the Content-Security-Policy with their values."""
    directives = (each.split() for each in answer["Content-Security-Policy"].split(";"))
    return {name: set(values) for name, *values in directives}


def test_the_policy_allows_what_the_configuration_names_and_no_more(portal: str) -> None:
    config = parse_config((REPOSITORY / "config.yaml").read_bytes())
    policy = read_policy(ask(portal, "/"))
    engine = urlsplit(config.search.url)
    assert policy["form-action"] == {"'self'", f"{engine.scheme}://{engine.netloc}"}
    videos = [f"https://{host}/{path}" for host in config.video_hosts for path in ("123", "v/123")]
    players = {find_embed(video, config.video_hosts) for video in videos} - {""}
    origins = {f"https://{urlsplit(player).netloc}" for player in players}
    assert policy["frame-src"] == origins
    assert policy["script-src"] == {"'self'"}
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == {"'none'"}
    others = policy.keys() - {"form-action", "frame-src", "script-src", "default-src", "base-uri"}
    assert {value for name in others for value in policy[name]} == {"'self'", "'none'"}


@pytest.mark.parametrize("path", ["/", "/khong-co/", "/doan-the", "/rss.xml", "/media/tai-lieu/"])
def test_every_answer_says_how_it_may_be_used(portal: str, path: str) -> None:
    answer = ask(portal, path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    is_page = answer["Content-Type"].startswith("text/html")
    for name in ("Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"):
        assert bool(answer[name]) == is_page
    assert answer["Server"] == "nginx"


def test_a_drawing_may_run_nothing(portal: str, sample: Path) -> None:
    policy = read_policy(ask(portal, pick(sample, "assets/icons/*.svg")))
    assert policy["script-src"] == {"'none'"}


# In the browser ----------------------------------------------------------------------------------


class Watched:
    """A page with all that went wrong on it, and all that it asked other hosts for."""

    def __init__(self, context: BrowserContext, portal: str) -> None:
        self.page = context.new_page()
        self.portal = portal
        self.wrong: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", lambda said: self.wrong.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith((f"{self.portal}/", "data:")):
            self.elsewhere.append(request.url)

    def open(self, path: str) -> Page:
        self.page.goto(self.portal + path)
        self.page.wait_for_load_state("networkidle")
        return self.page


@pytest.fixture
def reader(browser: Browser, portal: str) -> Iterator[Watched]:
    """Return a page of a reader; other hosts answer with an empty page."""
    context = browser.new_context()
    context.set_default_timeout(15_000)
    context.route(
        lambda url: not url.startswith(f"{portal}/"),
        lambda route: route.fulfill(content_type="text/html", body="<title>elsewhere</title>"),
    )
    watched = Watched(context, portal)
    yield watched
    context.close()


def find_story(sample: Path, part: str) -> str:
    """Return the address of the article that holds ``part`` in its HTML."""
    for path in sorted(sample.glob("*/20*/*/*/index.html")):
        if part in path.read_text("utf-8"):
            return f"/{path.parent.relative_to(sample).as_posix()}/"
    raise AssertionError(part)


@pytest.mark.browser
def test_no_page_breaks_the_policy_or_asks_another_host(reader: Watched, sample: Path) -> None:
    pages = [
        *("/", "/doan-the/", "/doan-the/trang/1/", "/gioi-thieu/", "/tac-gia/", "/the/"),
        *("/luu-tru/", "/luu-tru/2026/", "/so-do-trang/", "/tim-kiem/"),
        *(find_story(sample, part) for part in ("data-embed", 'class="gallery"', "<table>")),
    ]
    for path in pages:
        reader.open(path).evaluate("window.scrollTo(0, document.body.scrollHeight)")
        reader.page.wait_for_load_state("networkidle")
        assert (path, reader.wrong, reader.elsewhere) == (path, [], [])


@pytest.mark.browser
def test_the_buttons_of_an_article_work_under_the_policy(reader: Watched, sample: Path) -> None:
    reader.page.add_init_script("window.print = () => { window.printed = true; };")
    page = reader.open(find_story(sample, 'class="share"'))
    page.get_by_role("button", name="Chữ lớn hơn").click()
    expect(page.locator("html")).to_have_attribute("data-text", "1")
    page.get_by_role("button", name="In bài").click()
    page.wait_for_function("window.printed")
    page.evaluate(
        "speechSynthesis.speak(new SpeechSynthesisUtterance('xin chào')); speechSynthesis.cancel()"
    )
    assert page.get_by_role("group", name="Chia sẻ").get_by_role("link").count() == 3
    assert (reader.wrong, reader.elsewhere) == ([], [])


@pytest.mark.browser
def test_the_search_finds_something_under_the_policy(reader: Watched) -> None:
    page = reader.open("/tim-kiem/?q=chuyen+doi+so")
    expect(page.locator("[data-status]")).to_have_text(re.compile(r"Tìm thấy \d+ bài"))
    assert page.locator("[data-found] a").count() == 10
    page.get_by_label("Năm").select_option("2026")
    expect(page.locator("[data-search]")).to_have_attribute("data-search", "ready")
    assert page.locator("[data-found] a").count() > 0
    assert (reader.wrong, reader.elsewhere) == ([], [])


@pytest.mark.browser
def test_a_video_plays_under_the_policy(reader: Watched, sample: Path) -> None:
    page = reader.open(find_story(sample, "data-embed"))
    page.locator("a.video-play").first.click()
    page.frame_locator("figure.video iframe").locator("title").wait_for(state="attached")
    assert reader.wrong == []
    assert [urlsplit(url).netloc for url in reader.elsewhere] == ["www.youtube-nocookie.com"]


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_the_web_is_searched_under_the_policy(
    browser: Browser, portal: str, *, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    context.route(
        re.compile("^https:"), lambda route: route.fulfill(content_type="text/html", body="")
    )
    page = context.new_page()
    page.goto(f"{portal}/")
    page.get_by_label("Tìm kiếm").first.fill("đảng viên")
    page.get_by_role("button", name="Web").first.click()
    page.wait_for_url("https://www.google.com/search?**")
    context.close()


@pytest.mark.browser
def test_what_breaks_the_policy_is_seen(reader: Watched) -> None:
    page = reader.open("/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " { textContent: 'window.broken = true' }))"
    )
    page.evaluate("new Image().src = 'https://example.net/a.png'")
    page.wait_for_function("!window.broken")
    assert [each for each in reader.wrong if "Content Security Policy" in each] == reader.wrong
    assert len(reader.wrong) == 2
