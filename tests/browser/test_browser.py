"""The sample site in a real browser, as readers and an editor meet it."""

import base64
import io
import json
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sitegen.cli.preview import rebuild_on_change, serve_folder
from sitegen.cli.preview_state import Preview
from sitegen.media.placeholders import PLACEHOLDERS
from support.site_folder import SiteFolder

pytestmark = pytest.mark.browser

CLOCK = re.compile(r"(Thứ (hai|ba|tư|năm|sáu|bảy)|Chủ nhật), \d\d/\d\d/\d{4}, \d\d:\d\d:\d\d")
WIDTHS = (320, 360, 768, 1280)
# The headlines of a page, each with the places of the spaces at which its lines end.
FIND_BREAKS = """plain => [...document.querySelectorAll(
  "h1, .headline a, .neighbours :is(a, span)")]
  .filter((element) => element.firstChild?.nodeType === Node.TEXT_NODE)
  .map((element) => {
    if (plain) element.textContent = element.textContent.replaceAll("\\u00a0", " ");
    const text = element.firstChild;
    const top = (place) => {
      const range = document.createRange();
      range.setStart(text, place);
      range.setEnd(text, place + 1);
      return range.getClientRects()[0]?.top;
    };
    const spaces = [...text.data.matchAll(/[ \\u00a0]/g)].map((found) => found.index);
    const ends = spaces.filter((place) => top(place + 1) > top(place - 1) + 4);
    return [text.data.replaceAll("\\u00a0", " "), ends];
  })"""


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
    red, green, blue = PLACEHOLDERS[name.removeprefix("tone-")]
    assert colour == f"rgb({red}, {green}, {blue})"


def test_the_clock_runs_and_nothing_jumps(page: Page, address: str, article: str) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => {"
        " for (const entry of list.getEntries()) window.shift += entry.value;"
        "}).observe({type: 'layout-shift', buffered: true})"
    )
    for url in ("/", article, "/tim-kiem/?q=chuyen+doi+so"):
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


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2015-05-14T03:06:10Z", "Thứ năm, 14/05/2015, 10:06:10"),
        ("2026-12-31T16:59:59Z", "Thứ năm, 31/12/2026, 23:59:59"),
        ("2026-12-31T17:00:00Z", "Thứ sáu, 01/01/2027, 00:00:00"),
        ("2028-02-28T20:00:00Z", "Thứ ba, 29/02/2028, 03:00:00"),
        ("2026-11-29T05:00:00Z", "Chủ nhật, 29/11/2026, 12:00:00"),
    ],
)
def test_the_clock_tells_vietnams_time_wherever_the_reader_is(
    browser: Browser, address: str, moment: str, text: str
) -> None:
    context = browser.new_context(timezone_id="America/New_York")
    page = context.new_page()
    page.clock.set_fixed_time(moment)
    page.goto(address + "/lien-he/")
    page.wait_for_function("document.querySelector('[data-clock]').textContent.length > 20")
    assert page.locator("[data-clock]").inner_text() == text
    context.close()


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
    opener = page.locator(".menu details:visible summary").first
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


def test_a_telephone_reads_the_address_from_paper(page: Page, address: str, article: str) -> None:
    page.goto(address + article)
    code = page.locator("svg.code")
    assert not code.is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    picture = Image.open(io.BytesIO(code.screenshot(scale="css")))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == f"https://example.org{article}"


def test_the_reader_chooses_the_size_of_the_text(page: Page, address: str, article: str) -> None:
    def measure() -> float:
        size = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
        return float(page.evaluate(size))

    page.goto(address + article)
    page.wait_for_load_state("networkidle")
    first = measure()
    larger, smaller = (page.get_by_role("button", name=f"Chữ {how} hơn") for how in ("lớn", "nhỏ"))
    larger.click()
    larger.click()
    assert measure() == pytest.approx(1.3 * first)
    page.reload()
    page.wait_for_function("document.documentElement.dataset.text === '2'")
    assert measure() == pytest.approx(1.3 * first)
    for _ in range(3):
        larger.click(force=True)
    assert measure() == pytest.approx(1.75 * first)
    expect(larger).to_have_attribute("aria-disabled", "true")
    # As much as a window of 1280 pixels shows at 200 %, and a telephone.
    for width in (640, 360):
        page.set_viewport_size({"width": width, "height": 600})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for _ in range(6):
        smaller.click(force=True)
    assert measure() < first
    expect(smaller).to_have_attribute("aria-disabled", "true")


def read_title(page: Page) -> str:
    """Return the words of the title, without the spaces that only hold them on one line."""
    return " ".join(page.locator("h1").inner_text().split())


# As browsers do it: one utterance at a time, none while it is paused, and cancelling does not end
# the pause. What is cancelled tells so as an error.
SPEECH = """
window.spoken = [];
const voices = [];
const queue = [];
const silent = {
  paused: false,
  getVoices: () => voices,
  addEventListener: (_, listen) => { window.offerVoices = (...names) => {
    voices.splice(0, voices.length, ...names.map((lang) => ({ lang, localService: true })));
    listen();
  }; },
  speak: (utterance) => { window.spoken.push(utterance); queue.push(utterance); },
  cancel: () => {
    window.spoken.push("cancel");
    queue.splice(0).forEach((each) => setTimeout(() => each.dispatchEvent(new Event("error"))));
  },
  pause: () => { window.spoken.push("pause"); silent.paused = true; },
  resume: () => { window.spoken.push("resume"); silent.paused = false; },
};
window.isHeard = () => queue.length > 0 && !silent.paused;
window.failNow = () => queue.shift().dispatchEvent(new Event("error"));
Object.defineProperty(window, "speechSynthesis", { value: silent });
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
"""


def test_the_article_is_read_aloud_by_a_vietnamese_voice(
    page: Page, address: str, article: str
) -> None:
    page.add_init_script(SPEECH)
    page.goto(address + article)
    page.wait_for_load_state("networkidle")
    group = page.get_by_role("group", name="Đọc thành tiếng")
    assert group.count() == 0
    play, stop = group.locator("button").nth(0), group.locator("button").nth(1)
    page.evaluate("offerVoices('en-US')")
    expect(group).to_have_count(0)
    expect(page.locator("[data-speech]")).to_be_hidden()
    page.evaluate("offerVoices('vi-VN')")
    expect(play).to_have_text("Nghe bài")
    expect(stop).not_to_be_visible()
    play.click()
    spoken = page.evaluate("spoken.filter((each) => each.text).map(({text, lang}) => [text, lang])")
    assert {lang for _, lang in spoken} == {"vi-VN"}
    assert spoken[0][0] == read_title(page)
    assert max(len(text) for text, _ in spoken) < 400
    read = " ".join(text for text, _ in spoken)
    # The numbers of footnotes are not read.
    page.evaluate("document.querySelectorAll('.footnote-ref').forEach((each) => each.remove())")
    for paragraph in page.locator(".prose > p").all_inner_texts():
        assert " ".join(paragraph.split()) in read
    expect(play).to_have_text("Tạm dừng")
    play.click()
    expect(play).to_have_text("Nghe tiếp")
    play.click()
    assert page.evaluate("spoken.slice(-2)") == ["pause", "resume"]
    stop.click()
    assert page.evaluate("spoken.at(-1)") == "cancel"
    expect(play).to_have_text("Nghe bài")
    expect(play).to_be_focused()
    play.click()
    page.evaluate("spoken.at(-1).dispatchEvent(new Event('end'))")
    expect(play).to_have_text("Nghe bài")
    expect(stop).not_to_be_visible()


@pytest.fixture
def reading(page: Page, address: str, article: str) -> Page:
    """Return an article's page that is being read aloud."""
    page.add_init_script(SPEECH)
    page.goto(address + article)
    page.wait_for_load_state("networkidle")
    page.evaluate("offerVoices('vi-VN')")
    page.get_by_role("button", name="Nghe bài").click()
    assert page.evaluate("isHeard()")
    return page


def test_what_was_paused_and_stopped_is_heard_again(reading: Page) -> None:
    reading.get_by_role("button", name="Tạm dừng").click()
    assert not reading.evaluate("isHeard()")
    reading.get_by_role("button", name="Dừng", exact=True).click()
    assert not reading.evaluate("isHeard()")
    # What was taken back tells of an error after the next reading has begun.
    reading.get_by_role("button", name="Nghe bài").click()
    reading.wait_for_timeout(50)
    assert reading.evaluate("isHeard()")
    expect(reading.get_by_role("button", name="Tạm dừng")).to_be_visible()


def test_an_error_ends_the_reading(reading: Page) -> None:
    reading.evaluate("failNow()")
    expect(reading.get_by_role("button", name="Nghe bài")).to_be_visible()
    expect(reading.get_by_role("button", name="Dừng", exact=True)).not_to_be_visible()
    assert not reading.evaluate("isHeard()")
    reading.get_by_role("button", name="Nghe bài").click()
    assert reading.evaluate("isHeard()")


def test_a_page_that_is_left_falls_silent(reading: Page) -> None:
    reading.evaluate("dispatchEvent(new Event('pagehide'))")
    assert not reading.evaluate("isHeard()")
    expect(reading.get_by_role("button", name="Nghe bài")).to_be_visible()


def test_an_article_is_not_read_without_a_voice(page: Page, address: str, article: str) -> None:
    page.add_init_script(SPEECH)
    page.goto(address + article)
    page.wait_for_load_state("networkidle")
    for names in ("'en-US'", "'vi-VN'", "'fr-FR', 'en-US'"):
        page.evaluate(f"offerVoices({names})")
        heard = int("vi" in names)
        expect(page.get_by_role("group", name="Đọc thành tiếng")).to_have_count(heard)


def test_an_address_is_copied(
    context: BrowserContext, page: Page, address: str, article: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address + article)
    page.get_by_role("button", name="Sao chép địa chỉ").click()
    expect(page.get_by_role("status")).to_have_text("Đã sao chép địa chỉ.")
    assert page.evaluate("navigator.clipboard.readText()") == f"https://example.org{article}"


def test_an_article_is_handed_to_the_apps_of_the_device(
    page: Page, address: str, article: str
) -> None:
    page.add_init_script(
        "navigator.canShare = () => true;"
        "navigator.share = async (given) => { window.shared = given; throw new Error('closed'); }"
    )
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address + article)
    page.get_by_role("button", name="Ứng dụng khác").click()
    assert page.evaluate("window.shared.url") == f"https://example.org{article}"
    assert page.evaluate("window.shared.title") == read_title(page)
    assert complaints == []


def test_an_article_is_shared_by_plain_links(page: Page, address: str, article: str) -> None:
    page.goto(address + article)
    group = page.get_by_role("group", name="Chia sẻ")
    found = {
        each.inner_text(): each.get_attribute("href") or "" for each in group.locator("a").all()
    }
    assert found.keys() == {"Zalo", "Facebook", "Thư điện tử"}
    page_address = f"https://example.org{article}"
    packed = parse_qs(urlsplit(found["Zalo"]).query)["d"][0]
    assert json.loads(base64.b64decode(packed)) == {"url": page_address}
    assert parse_qs(urlsplit(found["Facebook"]).query)["u"] == [page_address]
    letter = parse_qs(urlsplit(found["Thư điện tử"]).query)
    assert letter == {"subject": [read_title(page)], "body": [page_address]}


def test_keys_lead_to_the_next_article_of_the_category(
    page: Page, address: str, article: str
) -> None:
    page.goto(address + article)
    page.wait_for_load_state("networkidle")
    older = page.locator("#tin_cu_hon ~ ul a").first
    expect(older).to_have_attribute("aria-keyshortcuts", "Alt+PageDown")
    wanted = older.get_attribute("href")
    # Keys of the browser, and keys in a field, are left alone.
    page.keyboard.press("PageDown")
    page.locator("#tu_khoa").focus()
    page.keyboard.press("Alt+PageDown")
    assert page.url == address + article
    page.locator("main").focus()
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url(f"**{wanted}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Alt+PageUp")
    page.wait_for_url(f"**{article}")


def test_the_foot_leads_back_to_the_top(page: Page, address: str, article: str) -> None:
    page.goto(address + article)
    page.get_by_role("link", name="Trở về đầu trang").click()
    page.wait_for_function("window.scrollY === 0")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_a_saved_file_reaches_the_open_page(browser: Browser, site: SiteFolder) -> None:
    site.article("mot", "Chữ cũ.")
    site.build()
    preview = Preview()
    stop = threading.Event()
    told: list[frozenset[str] | None] = []

    def rebuild(named: frozenset[str] | None) -> None:
        told.append(named)
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
            # What was saved is named; once there is rest, everything is looked at.
            page.wait_for_timeout(4000)
            assert frozenset({"content/mot.md"}) in told
            assert told[-1] is None
            page.close()
        finally:
            stop.set()
            watcher.join()


MUSEUM, RUN = "Bảo tàng lên núi", "Chạy bộ nhặt rác"
PLAN = "Kế hoạch nâng cao chất lượng sinh hoạt chi bộ"


def test_a_video_says_where_it_comes_from_before_it_opens(
    page: Page, address: str, video_article: str
) -> None:
    page.goto(address + video_article)
    link = page.locator("a.video-play")
    link.scroll_into_view_if_needed()
    expect(link).to_contain_text("Phát từ YouTube")
    expect(link.locator("img")).to_be_visible()
    # The sign for playing stands in front of the still.
    box = link.bounding_box()
    assert box
    link.focus()
    page.keyboard.press("Enter")
    frame = page.locator("figure.video iframe")
    source = urlsplit(frame.get_attribute("src") or "")
    assert parse_qs(source.query) == {"start": ["90"], "autoplay": ["1"]}
    expect(frame).to_have_attribute(
        "title", "Video minh họa: hướng dẫn biểu quyết trên máy tính bảng"
    )
    player = frame.bounding_box()
    assert player
    assert (round(player["width"]), round(player["height"])) == (
        round(box["width"]),
        round(box["height"]),
    )


def test_a_film_has_captions_and_loads_nothing_before_it_plays(
    page: Page, address: str, find: Callable[[str], str]
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + find(RUN))
    film = page.locator(".prose video")
    film.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith((".webm", ".vtt"))]
    tracks = film.evaluate("each => [...each.textTracks].map((one) => [one.kind, one.language])")
    assert tracks == [["captions", "vi"]]
    size = film.evaluate("each => each.clientWidth / each.clientHeight")
    assert size == pytest.approx(480 / 270, rel=0.02)
    film.evaluate("each => { each.textTracks[0].mode = 'showing'; }")
    page.wait_for_function("document.querySelector('video').textTracks[0].cues?.length === 3")


def test_a_sound_plays_under_the_lead(page: Page, address: str, find: Callable[[str], str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + find(MUSEUM))
    player = page.locator(".sound audio")
    expect(player).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith(".mp3")]
    lead, picture = page.locator(".lead").bounding_box(), page.locator("figure.opening")
    own, opening = player.bounding_box(), picture.bounding_box()
    assert lead
    assert own
    assert opening
    assert lead["y"] < own["y"] < opening["y"]
    player.evaluate("async (each) => { each.muted = true; await each.play(); }")
    page.wait_for_function("document.querySelector('audio').duration > 5")


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1366])
def test_a_document_is_a_box_of_one_link(
    page: Page, address: str, find: Callable[[str], str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 657})
    page.goto(address + find(PLAN))
    link = page.locator(".document a")
    link.scroll_into_view_if_needed()
    expect(link).to_have_accessible_name("Tải toàn văn kế hoạch PDF, 2 trang, 116 KB")
    image = link.locator("img")
    page.wait_for_function("document.querySelector('.document img').complete")
    assert image.evaluate("each => each.naturalWidth") == 240
    box, column = link.bounding_box(), page.locator(".prose").bounding_box()
    assert box
    assert column
    assert box["height"] < 200
    assert box["x"] + box["width"] <= column["x"] + column["width"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1366])
def test_headlines_break_between_words(page: Page, address: str, article: str, width: int) -> None:
    marked = (Path(__file__).parents[1] / "foundation/headlines.txt").read_text("utf-8").split("\n")
    inside = {
        line.replace("_", " "): {place for place, sign in enumerate(line) if sign == "_"}
        for line in marked
    }
    page.set_viewport_size({"width": width, "height": 900})
    cuts = []
    # Then the same headlines with plain spaces: so the test would see a cut.
    for plain in (False, True):
        seen = 0
        for url in ("/", "/tin-tuc-su-kien/", article):
            page.goto(address + url)
            for title, breaks in page.evaluate(FIND_BREAKS, plain):
                seen += len(inside.get(title, set()) & set(breaks))
        cuts.append(seen)
    # A wide column has few lines that end at all.
    assert cuts[1] > 0
    assert cuts[0] <= cuts[1] * 0.05


def test_a_copied_headline_has_plain_spaces(page: Page, address: str, article: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page.goto(address + article)
    assert "\N{NO-BREAK SPACE}" in page.locator("h1").inner_text()
    page.locator("h1").click(click_count=3)
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip()
    assert "\N{NO-BREAK SPACE}" not in copied
    assert "\N{NO-BREAK SPACE}" not in page.title()
