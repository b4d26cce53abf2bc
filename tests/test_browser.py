"""The sample site in a real browser, as readers and an editor meet it."""

import os
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, REPOSITORY, SiteFolder
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from sitegen.build import Request, build
from sitegen.serve import Preview, rebuild_on_change, serve_folder
from sitegen.tones import TONES

pytestmark = pytest.mark.browser

VIDEO_PAGE = "content/chuyen-doi-so/2026/phong-hop-khong-giay-sau-mot-nam.md"
CLOCK = re.compile(r"(Thứ (hai|ba|tư|năm|sáu|bảy)|Chủ nhật), \d\d/\d\d/\d{4}, \d\d:\d\d:\d\d")
WIDTHS = (320, 360, 768, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("SITEGEN_CHROMIUM") or shutil.which("chromium")
    if not path:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: in CI no test is skipped")
        pytest.skip("no Chromium (make test installs Debian's where it may)")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built sample site."""
    root = tmp_path_factory.mktemp("sample")
    for name in ("content", "templates", "config.yaml"):
        source = REPOSITORY / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, root / name)
    build(Request(root=root, output=root / "output", now=NOW, jobs=2))
    return root / "output"


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    with serve_folder(sample, 0, "", None) as served:
        yield served.rstrip("/")


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Return a fresh reader, whose browser cannot reach any other host."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(15_000)

    def keep_inside(route: Route) -> None:
        if route.request.url.startswith((f"{address}/", "data:")):
            route.continue_()
        else:
            route.fulfill(status=200, content_type="text/html", body="<title>elsewhere</title>")

    opened.route("**/*", keep_inside)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def find_article(sample: Path, title: str) -> str:
    """Return the address of the article whose page has ``title`` in its heading."""
    for path in sorted(sample.rglob("index.html")):
        if re.search(rf"<h1[^>]*>[^<]*{re.escape(title)}", path.read_text("utf-8")):
            return f"/{path.parent.relative_to(sample).as_posix()}/"
    raise AssertionError(title)


@pytest.fixture(scope="module")
def article(sample: Path) -> str:
    return find_article(sample, "Số hóa hồ sơ đảng viên")


@pytest.fixture(scope="module")
def video_article(sample: Path) -> str:
    title = re.search(
        r'^title: "?([^":,]+)', (REPOSITORY / VIDEO_PAGE).read_text("utf-8"), re.MULTILINE
    )
    assert title
    return find_article(sample, title[1].strip())


@pytest.fixture(scope="module")
def one_of_each(article: str) -> list[str]:
    """Return an address for each template."""
    return [
        "/",
        article,
        "/gioi-thieu/",
        "/hoat-dong-cua-co-so/",
        "/hoat-dong-cua-co-so/trang/1/",
        "/cong-tac-xay-dung-dang/",
        "/the/",
        "/tac-gia/",
        "/luu-tru/",
        "/tim-kiem/",
        "/khong-co-trang-nay/",
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_the_window(
    page: Page, address: str, one_of_each: list[str], width: int, scheme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for url in one_of_each:
        page.goto(address + url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url


def test_a_page_asks_no_other_host_and_logs_no_error(
    page: Page, address: str, one_of_each: list[str]
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for url in one_of_each:
        page.goto(address + url)
        page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_photo_is_loaded_about_as_large_as_it_is_shown(
    page: Page, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for url in ("/", "/hoat-dong-cua-co-so/", "/thu-vien-anh/"):
        page.goto(address + url)
        page.wait_for_load_state("networkidle")
        loaded = page.evaluate(
            "[...document.querySelectorAll('picture img')].filter(each => each.currentSrc)"
            ".map(each => [each.currentSrc, each.clientWidth])"
        )
        assert loaded, url
        for source, shown in loaded:
            found = re.search(r"\.(\d+)\.webp$", source)
            assert found, source
            assert shown * 0.9 <= int(found[1]) <= max(400, 2.5 * shown), (url, source, shown)


def test_until_a_photo_is_there_its_tone_stands_in(page: Page, address: str) -> None:
    page.route("**/media/**", lambda route: route.abort())
    page.goto(f"{address}/")
    name, colour = page.evaluate(
        "(each => [each.className, getComputedStyle(each).backgroundColor])"
        "(document.querySelector('.leading img'))"
    )
    red, green, blue = TONES[name.removeprefix("tone-")]
    assert colour == f"rgb({red}, {green}, {blue})"


def test_the_clock_runs_and_nothing_jumps(page: Page, address: str, article: str) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => {"
        " for (const entry of list.getEntries()) window.shift += entry.value;"
        "}).observe({type: 'layout-shift', buffered: true})"
    )
    for url in ("/", article):
        page.goto(address + url)
        clock = page.locator("[data-clock]")
        page.wait_for_function("document.querySelector('[data-clock]').textContent.length > 20")
        first = clock.inner_text()
        assert CLOCK.fullmatch(first)
        page.wait_for_function(
            "first => document.querySelector('[data-clock]').textContent !== first", arg=first
        )
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shift") == pytest.approx(0, abs=0.005), url


def test_without_scripts_the_page_reads_and_the_clock_is_absent(
    browser: Browser, address: str, article: str, video_article: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + article)
    assert page.locator("h1").is_visible()
    assert page.locator(".prose p").count() > 3
    assert page.locator("[data-clock]").inner_text() == ""
    page.goto(address + "/")
    page.locator("form.search input[type=search]").first.fill("đảng viên")
    page.get_by_role("button", name="Site").first.click()
    page.wait_for_url("**/tim-kiem/?q=*")
    page.goto(address + video_article)
    assert page.locator("a.video-play").get_attribute("href", timeout=5000) is not None
    context.close()


def test_site_and_web_lead_to_the_search_page_and_to_the_engine(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.locator("form.search input[type=search]").first.fill("phát triển đảng viên")
    page.get_by_role("button", name="Site").first.click()
    page.wait_for_url("**/tim-kiem/?q=*")
    expect(page.locator("main input[type=search]")).to_have_value("phát triển đảng viên")
    page.goto(f"{address}/")
    page.locator("form.search input[type=search]").first.fill("đảng viên")
    page.get_by_role("button", name="Web").first.click()
    page.wait_for_url("https://www.google.com/search?**")
    assert "q=%C4%91" in page.url


def test_a_video_is_asked_for_only_when_the_reader_plays_it(
    page: Page, address: str, video_article: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + video_article)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "youtube" in url]
    page.locator("a.video-play").click()
    frame = page.locator("figure.video iframe")
    frame.wait_for()
    source = frame.get_attribute("src") or ""
    assert source.startswith("https://www.youtube-nocookie.com/embed/")
    assert frame.get_attribute("title")


def test_return_leads_back_to_where_the_reader_came_from(
    page: Page, address: str, article: str
) -> None:
    page.goto(f"{address}/chuyen-doi-so/")
    page.locator(f'a[href="{article}"]').first.click()
    page.wait_for_url(f"**{article}")
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="[Trở về]").click()
    page.wait_for_url("**/chuyen-doi-so/")


def test_return_leads_to_the_category_from_anywhere_else(
    page: Page, address: str, article: str
) -> None:
    page.goto(address + article)
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="[Trở về]").click()
    page.wait_for_url("**/chuyen-doi-so/")


def test_an_old_address_with_a_query_leads_to_the_article(page: Page, address: str) -> None:
    aliases = page.request.get(f"{address}/aliases.json").json()
    old, new = next(iter(aliases.items()))
    assert "?" in old
    page.goto(address + old)
    page.wait_for_url(f"**{new}")


def test_an_old_address_of_a_page_leads_to_the_article(page: Page, address: str) -> None:
    page.goto(f"{address}/su-kien-cu/")
    page.wait_for_url("**/nguoi-tot-viec-tot/**")


def test_the_first_tab_stop_skips_to_the_article(page: Page, address: str, article: str) -> None:
    page.goto(address + article)
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused.startswith("#")
    target = page.locator(focused)
    assert target.evaluate("element => element.matches('main')")
    page.wait_for_function("document.activeElement.getBoundingClientRect().top >= 0")


def test_the_menu_opens_by_keyboard_and_closes_on_escape(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.wait_for_load_state("networkidle")
    opener = page.locator(".menu details:visible summary").last
    opener.focus()
    page.keyboard.press("Enter")
    child = page.locator(".menu a", has_text="Kiểm tra - Giám sát").first
    expect(child).to_be_visible()
    page.keyboard.press("Escape")
    expect(child).not_to_be_visible()


def test_dark_mode_is_dark(page: Page, address: str, article: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(address + article)
    shades = page.evaluate(
        "[getComputedStyle(document.documentElement), getComputedStyle(document.body)]"
        ".map((style) => style.backgroundColor)"
    )
    painted = next(shade for shade in reversed(shades) if shade != "rgba(0, 0, 0, 0)")
    assert max(int(part) for part in re.findall(r"\d+", painted)[:3]) < 60


def test_paper_has_the_article_and_its_address_but_no_navigation(
    page: Page, address: str, article: str
) -> None:
    page.goto(address + article)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator(".prose").is_visible()
    assert not page.locator("nav >> visible=true").count()
    assert not page.locator("form >> visible=true").count()
    assert page.get_by_text(f"https://example.org{article}").is_visible()


def test_a_saved_file_reaches_the_open_page(browser: Browser, site: SiteFolder) -> None:
    site.article("mot", "Chữ cũ.")
    site.build()
    preview = Preview()
    stop = threading.Event()

    def rebuild() -> None:
        site.build()
        preview.advance()

    with serve_folder(site.output, 0, "", preview) as served:
        watcher = threading.Thread(
            target=rebuild_on_change, args=(site.root, rebuild), kwargs={"stop": stop}
        )
        watcher.start()
        try:
            page = browser.new_page()
            page.goto(f"{served}hoat-dong-cua-co-so/2024/05/mot/")
            page.get_by_text("Chữ cũ.").wait_for()
            page.wait_for_timeout(1500)
            site.article("mot", "Chữ mới.")
            page.get_by_text("Chữ mới.").wait_for(timeout=15_000)
            page.close()
        finally:
            stop.set()
            watcher.join()
