"""Reading without a network: what was read is kept; where there is one, nothing stale is shown."""

import functools
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from support.photos import draw
from support.site_folder import REPOSITORY, VIETNAMESE, SiteFolder

pytestmark = pytest.mark.browser

BASE = "/cong"
ADDRESS = f"{BASE}/hoat-dong-cua-co-so/2024/05/bai-{{}}/"
WANTED = VIETNAMESE.replace("https://example.org", f"https://example.org{BASE}") + "offline: true\n"
MOST = 20
PATIENCE_SECONDS = 30
# What the browser keeps, as the offline page lists it.
KEPT = """async () => (await caches.keys()).filter((name) => name.includes(" bai ")).length"""


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site below its own path; browsers ask for each file again, as from nginx."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(BASE))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Portal:
    """A site with as many articles as are kept and two more, which may be out of reach."""

    def __init__(self, site: SiteFolder) -> None:
        self.site = site
        self._server: ThreadingHTTPServer | None = None
        self._port = 0

    def connect(self) -> None:
        # It keeps no connection open: one that was would still be answered later.
        handler = functools.partial(_Handler, directory=str(self.site.output))
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), handler)
        self._port = self._server.server_address[1]
        self.origin = f"http://127.0.0.1:{self._port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def cut_off(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
        self._server = None

    def read(self, page: Page, number: int) -> None:
        """Open an article and stay until it is kept, and nothing else is left to do."""
        page.goto(self.origin + ADDRESS.format(number))
        wait_until(
            page,
            """async ([address, most]) => {
                const names = (await caches.keys()).filter((name) => name.includes(" bai "));
                const own = names.filter((name) => name.endsWith(address));
                if (names.length > most || own.length !== 1) return false;
                const written = Number(own[0].split(" bai ")[1].split(" ")[0]);
                const page = await (await caches.open(own[0])).match(address);
                return Boolean(page) && written >= performance.timeOrigin;
            }""",
            [ADDRESS.format(number), MOST],
        )


def wait_until(page: Page, promise: str, argument: object = None) -> None:
    """Wait until what a function promises is true: the library would not wait for the promise."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not page.evaluate(promise, argument):
        assert time.monotonic() < end, promise
        page.wait_for_timeout(50)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    root = tmp_path_factory.mktemp("offline")
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    site = SiteFolder(root).write("config.yaml", WANTED)
    (root / "content/media").mkdir(parents=True)
    draw((1400, 900)).save(root / "content/media/anh.jpg")
    for number in range(MOST + 2):
        photo = {"photo": "/media/anh.jpg", "photo_caption": "Ảnh"} if not number else {}
        site.article(
            f"bai-{number}", f"Thân bài số {number}.", date=f"2024-05-{number + 1:02}", **photo
        )
    site.build()
    return site


@pytest.fixture
def portal(built: SiteFolder) -> Iterator[Portal]:
    served = Portal(built)
    served.connect()
    yield served
    served.cut_off()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.set_default_navigation_timeout(20_000)
    yield opened
    context.close()


def wait_for_the_worker(page: Page) -> None:
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")


def test_an_article_that_was_read_is_read_again_without_a_network(
    portal: Portal, page: Page
) -> None:
    portal.read(page, 0)
    wait_for_the_worker(page)
    portal.cut_off()
    page.goto(f"{portal.origin}{ADDRESS.format(0)}?utm=1")
    expect(page.locator(".prose")).to_contain_text("Thân bài số 0.")
    # With its style, its font and a small copy of its photo.
    assert page.evaluate("getComputedStyle(document.querySelector('.facts')).display") == "flex"
    page.wait_for_function("() => document.querySelector('.opening img').naturalWidth > 0")
    assert page.evaluate("document.querySelector('.opening img').naturalWidth") <= 400
    page.wait_for_function("() => document.fonts.check('16px \"Be Vietnam Pro\"')")


def test_any_other_page_lists_what_is_kept(portal: Portal, page: Page) -> None:
    portal.read(page, 1)
    wait_for_the_worker(page)
    portal.read(page, 2)
    portal.cut_off()
    page.goto(f"{portal.origin}{BASE}/the/")
    expect(page.locator("main h1")).to_have_text("Đang không có mạng")
    links = page.locator("[data-kept] a")
    expect(links).to_have_text(["bai-2", "bai-1"])
    links.first.click()
    expect(page.locator(".prose")).to_contain_text("Thân bài số 2.")
    page.goto(f"{portal.origin}{BASE}/")
    portal.connect()
    page.get_by_role("link", name="Thử lại").click()
    expect(page.locator("h1.name")).to_be_visible()


def test_with_a_network_the_newest_page_is_shown(portal: Portal, page: Page) -> None:
    portal.read(page, 3)
    wait_for_the_worker(page)
    path = portal.site.output / ADDRESS.format(3).removeprefix(f"{BASE}/") / "index.html"
    before = path.read_text("utf-8")
    try:
        path.write_text(before.replace("Thân bài số 3.", "Thân bài đã sửa."), "utf-8")
        page.goto(portal.origin + ADDRESS.format(3))
        expect(page.locator(".prose")).to_contain_text("Thân bài đã sửa.")
        path.unlink()
        page.goto(portal.origin + ADDRESS.format(3))
        expect(page.locator(".prose")).to_have_count(0)
    finally:
        path.write_text(before, "utf-8")


def test_the_last_articles_are_kept_and_no_more(portal: Portal, page: Page) -> None:
    for number in range(MOST + 2):
        portal.read(page, number)
    portal.read(page, 5)
    assert page.evaluate(KEPT) == MOST
    wait_for_the_worker(page)
    portal.cut_off()
    page.goto(portal.origin + ADDRESS.format(0))
    expect(page.locator("main h1")).to_have_text("Đang không có mạng")
    expect(page.locator("[data-kept] a")).to_have_count(MOST)
    expect(page.locator("[data-kept] a").first).to_have_text("bai-5")


def test_a_site_that_no_longer_wants_it_takes_the_worker_away(
    portal: Portal, page: Page, new_site: Callable[[], SiteFolder]
) -> None:
    portal.read(page, 0)
    wait_for_the_worker(page)
    page.evaluate("caches.open('of another program')")
    portal.cut_off()
    # Another build of the same site, at the same address.
    other = new_site().write("config.yaml", WANTED.replace("offline: true", "offline: false"))
    other.article("bai-0", "Thân bài số 0.", date="2024-05-01").build()
    assert not (other.output / "ngoai-tuyen.js").exists()
    assert not (other.output / "ngoai-tuyen").exists()
    portal.site = other
    portal.connect()
    page.goto(portal.origin + ADDRESS.format(0))
    wait_until(
        page,
        """async () => !(await navigator.serviceWorker.getRegistrations()).length
            && (await caches.keys()).join() === 'of another program'""",
    )


def test_a_reader_who_saves_data_keeps_nothing(portal: Portal, page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    page.goto(portal.origin + ADDRESS.format(0))
    wait_for_the_worker(page)
    page.wait_for_timeout(500)
    assert page.evaluate(KEPT) == 0


def test_a_later_build_without_it_removes_both_files(new_site: Callable[[], SiteFolder]) -> None:
    site = new_site().write("config.yaml", WANTED).article("a")
    site.build()
    names = ("ngoai-tuyen.js", "ngoai-tuyen/index.html")
    assert all((site.output / name).is_file() for name in names)
    assert "ngoai-tuyen" not in site.page("/sitemap/trang.xml")
    site.write("config.yaml", WANTED.replace("offline: true", "offline: false")).build()
    assert not any((site.output / name).exists() for name in names)
    assert all(
        "data-offline" not in path.read_text("utf-8") for path in site.output.rglob("*.html")
    )
