"""The viewer of photos: with a mouse, keys, fingers, and without scripts."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, expect

from support.sample_site import find_article

pytestmark = pytest.mark.browser

TITLE = "Một vòng xứ Quảng"
SIZES = [(320, 640), (390, 844), (768, 1024), (1280, 800), (1366, 657), (1920, 1080)]
# Longer than the fastest two taps that are two, shorter than a test that waits.
PAUSE = 350


@pytest.fixture(scope="module")
def gallery(sample: Path) -> str:
    return find_article(sample, TITLE)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


def open_photo(page: Page, url: str, number: int = 1) -> None:
    page.goto(url)
    page.locator("a.enlarge").nth(number - 1).click()
    page.locator(".viewer[open]").wait_for()
    page.wait_for_function("document.querySelector('.viewer-slide:not([inert]) img').complete")


def shown(page: Page) -> str:
    return page.locator(".viewer-number").inner_text()


def photo_in(page: Page) -> Locator:
    return page.locator(".viewer-slide:not([inert]) img")


def box_of(element: Locator) -> Any:
    return element.bounding_box()


def style_of(element: Locator, name: str) -> str:
    found = element.evaluate("(each, name) => getComputedStyle(each).getPropertyValue(name)", name)
    return str(found).strip()


def is_open(page: Page) -> bool:
    return page.locator(".viewer[open]").count() == 1


def test_nothing_of_the_viewer_is_loaded_before_a_photo_is_opened(
    page: Page, address: str, gallery: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + gallery)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "viewer" in url]
    page.locator("a.enlarge").first.click()
    page.locator(".viewer[open]").wait_for()
    names = {url.rpartition("/")[2].split(".")[0] for url in asked if "viewer" in url}
    assert names == {"viewer", "viewer-fingers"}
    assert any(url.endswith(".css") for url in asked if "viewer" in url)


def test_a_photo_is_shown_with_its_number_caption_and_credit(
    page: Page, address: str, gallery: str
) -> None:
    open_photo(page, address + gallery)
    assert shown(page) == "1/8"
    text = page.locator(".viewer-text")
    assert "Thuyền thúng trên bãi biển Tam Thanh." in text.inner_text()
    assert text.locator(".credit").inner_text() == "Ảnh: B. KHANH"
    expect(photo_in(page)).to_have_attribute("alt", re.compile("^Bốn chiếc thuyền thúng"))
    for number in range(2, 9):
        page.keyboard.press("ArrowRight")
        assert shown(page) == f"{number}/8"
    page.keyboard.press("ArrowRight")
    assert shown(page) == "8/8"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert shown(page) == "1/8"
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert shown(page) == "7/8"
    page.get_by_role("button", name="Ảnh sau").click()
    assert shown(page) == "8/8"
    page.get_by_role("button", name="Ảnh trước").click()
    assert shown(page) == "7/8"


def test_back_closes_the_viewer_and_the_reader_is_where_the_photo_is(
    page: Page, address: str, gallery: str
) -> None:
    page.goto(f"{address}/thu-vien-anh/")
    open_photo(page, address + gallery, 3)
    page.keyboard.press("ArrowRight")
    page.go_back()
    page.wait_for_function("!document.querySelector('.viewer').open")
    assert page.url == address + gallery
    fourth = page.locator("a.enlarge").nth(3)
    expect(fourth).to_be_focused()
    expect(fourth).to_be_in_viewport()
    page.go_forward()
    page.locator(".viewer[open]").wait_for()
    assert shown(page) == "4/8"
    page.go_back()
    page.go_back()
    page.wait_for_url("**/thu-vien-anh/")


@pytest.mark.parametrize("way", ["escape", "button"])
def test_escape_and_the_button_close_it_and_leave_no_step_behind(
    page: Page, address: str, gallery: str, way: str
) -> None:
    page.goto(f"{address}/thu-vien-anh/")
    open_photo(page, address + gallery, 2)
    if way == "escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="Đóng").click()
    page.wait_for_function("!document.querySelector('.viewer').open && !history.state?.photo")
    expect(page.locator("a.enlarge").nth(1)).to_be_focused()
    page.go_back()
    page.wait_for_url("**/thu-vien-anh/")


def test_a_page_that_is_loaded_again_shows_the_photo_again(
    page: Page, address: str, gallery: str
) -> None:
    open_photo(page, address + gallery, 2)
    page.keyboard.press("ArrowRight")
    page.reload()
    page.locator(".viewer[open]").wait_for()
    assert shown(page) == "3/8"
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.viewer').open && !history.state?.photo")
    assert page.url == address + gallery


def test_what_a_page_has_no_more_is_not_shown_again(page: Page, address: str, gallery: str) -> None:
    for url, number in ((gallery, "8/8"), ("/lien-he/", "")):
        page.goto(address + url)
        page.evaluate("history.replaceState({ photo: 20 }, '')")
        page.reload()
        if number:
            page.locator(".viewer[open]").wait_for()
            assert shown(page) == number
        else:
            page.locator(".viewer").wait_for(state="attached")
            assert not is_open(page)


def test_keys_enlarge_a_photo_and_move_it(page: Page, address: str, gallery: str) -> None:
    open_photo(page, address + gallery)
    zoom = page.get_by_role("button", name="Phóng to")
    zoom.click()
    expect(zoom).to_have_attribute("aria-pressed", "true")
    before = box_of(photo_in(page))
    page.keyboard.press("ArrowRight")
    after = box_of(photo_in(page))
    assert shown(page) == "1/8"
    assert after["x"] < before["x"]
    # Looked at closely, it is the file that the link leads to.
    page.wait_for_function(
        "document.querySelector('.viewer-slide:not([inert]) img').currentSrc.endsWith('.jpg')"
    )
    page.keyboard.press("-")
    page.keyboard.press("-")
    page.keyboard.press("-")
    expect(zoom).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("ArrowRight")
    assert shown(page) == "2/8"


def test_keys_of_the_page_below_do_nothing(page: Page, address: str, gallery: str) -> None:
    open_photo(page, address + gallery)
    page.keyboard.press("Alt+PageDown")
    page.wait_for_timeout(PAUSE)
    assert is_open(page)
    assert page.url == address + gallery


def test_with_a_key_held_the_link_is_a_plain_one(
    context: BrowserContext, page: Page, address: str, gallery: str
) -> None:
    page.goto(address + gallery)
    with context.expect_page() as opened:
        page.locator("a.enlarge").first.click(modifiers=["Control"])
    assert opened.value.url.endswith(".jpg")
    assert page.locator(".viewer").count() == 0


def test_without_scripts_the_link_shows_the_photo(
    browser: Browser, address: str, gallery: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + gallery)
    page.locator("a.enlarge").nth(2).click()
    page.wait_for_url("**/media/anh/**.jpg")
    context.close()


def test_where_the_viewer_cannot_be_loaded_the_link_shows_the_photo(
    page: Page, address: str, gallery: str
) -> None:
    page.route("**/viewer.*.css", lambda route: route.abort())
    page.goto(address + gallery)
    page.locator("a.enlarge").first.click()
    page.wait_for_url("**/media/anh/**.jpg")


Point = tuple[float, float]
Touch = Callable[..., None]


@pytest.fixture
def touch(phone: BrowserContext) -> tuple[Page, Touch]:
    """Return a page, and what moves fingers over it along straight lines."""
    page = phone.new_page()
    session: CDPSession = phone.new_cdp_session(page)

    def move(*lines: tuple[Point, Point], steps: int = 6) -> None:
        def send(kind: str, at: float) -> None:
            points = [
                {"x": a[0] + (b[0] - a[0]) * at, "y": a[1] + (b[1] - a[1]) * at, "id": number}
                for number, (a, b) in enumerate(lines)
            ]
            given = {"type": kind, "touchPoints": points if kind != "touchEnd" else []}
            session.send("Input.dispatchTouchEvent", given)

        send("touchStart", 0)
        for step in range(1, steps + 1):
            send("touchMove", step / steps)
        send("touchEnd", 1)

    return page, move


def test_a_swipe_turns_to_the_next_photo_and_back(
    touch: tuple[Page, Touch], address: str, gallery: str
) -> None:
    page, swipe = touch
    open_photo(page, address + gallery)
    swipe(((300, 400), (100, 410)))
    expect(page.locator(".viewer-number")).to_have_text("2/8")
    swipe(((300, 400), (100, 390)))
    expect(page.locator(".viewer-number")).to_have_text("3/8")
    swipe(((100, 400), (300, 400)))
    expect(page.locator(".viewer-number")).to_have_text("2/8")
    # A finger that hardly moves turns to nothing, and neither does one that goes beyond the first.
    page.wait_for_timeout(PAUSE)
    swipe(((200, 400), (196, 400)))
    swipe(((100, 400), (300, 400)))
    swipe(((100, 400), (300, 400)))
    expect(page.locator(".viewer-number")).to_have_text("1/8")
    assert style_of(page.locator(".viewer-track"), "--drag") == "0px"


def test_a_swipe_downwards_closes_it(touch: tuple[Page, Touch], address: str, gallery: str) -> None:
    page, swipe = touch
    open_photo(page, address + gallery)
    swipe(((200, 300), (210, 560)))
    page.wait_for_function("!document.querySelector('.viewer').open && !history.state?.photo")
    assert page.url == address + gallery


def test_two_fingers_enlarge_the_photo_and_not_the_page(
    touch: tuple[Page, Touch], address: str, gallery: str
) -> None:
    page, pinch = touch
    open_photo(page, address + gallery)
    before = box_of(photo_in(page))
    pinch(((180, 420), (80, 420)), ((210, 420), (310, 420)))
    after = box_of(photo_in(page))
    assert after["width"] > 2 * before["width"]
    assert page.evaluate("visualViewport.scale") == 1
    # Now one finger moves it, no further than to its edge.
    pinch(((300, 420), (100, 420)))
    moved = box_of(photo_in(page))
    assert moved["x"] < after["x"]
    assert shown(page) == "1/8"
    for _ in range(3):
        pinch(((300, 420), (20, 420)))
    edge = box_of(photo_in(page))
    assert edge["x"] + edge["width"] >= 390 - 1
    pinch(((80, 420), (190, 420)), ((310, 420), (200, 420)))
    assert box_of(photo_in(page))["width"] == pytest.approx(before["width"], abs=1)
    pinch(((300, 400), (100, 400)))
    expect(page.locator(".viewer-number")).to_have_text("2/8")


def test_two_taps_enlarge_the_photo_and_one_does_nothing(
    touch: tuple[Page, Touch], address: str, gallery: str
) -> None:
    page, tap = touch
    open_photo(page, address + gallery)
    before = box_of(photo_in(page))
    tap(((200, 420), (200, 420)), steps=1)
    page.wait_for_timeout(PAUSE)
    assert box_of(photo_in(page)) == before
    tap(((120, 420), (120, 420)), steps=1)
    tap(((120, 420), (120, 420)), steps=1)
    enlarged = box_of(photo_in(page))
    assert enlarged["width"] > 2 * before["width"]
    # What was under the finger still is.
    part = (120 - before["x"]) / before["width"]
    assert (120 - enlarged["x"]) / enlarged["width"] == pytest.approx(part, abs=0.01)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_photo_fits_the_window_and_nothing_covers_it(
    page: Page, address: str, gallery: str, width: int, height: int, scheme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    open_photo(page, address + gallery)
    photo, text = box_of(photo_in(page)), box_of(page.locator(".viewer-text"))
    bar = box_of(page.locator(".viewer-bar"))
    assert photo["x"] >= 0
    assert photo["x"] + photo["width"] <= width
    assert photo["y"] >= bar["y"] + bar["height"] - 1
    assert photo["y"] + photo["height"] <= text["y"] + 1
    assert text["y"] + text["height"] <= height
    assert photo["width"] / photo["height"] == pytest.approx(1.5, abs=0.02)
    for each in page.locator(".viewer [data-do]").all():
        box = box_of(each)
        assert min(box["width"], box["height"]) >= 44
        apart = box["x"] + box["width"] <= photo["x"] or box["x"] >= photo["x"] + photo["width"]
        assert apart or box["y"] + box["height"] <= photo["y"] + 1


def test_nothing_slides_where_the_reader_wants_it_so(
    page: Page, address: str, gallery: str
) -> None:
    motions: dict[Any, str] = {"reduce": "0s", "no-preference": "0.25s"}
    for motion, lasting in motions.items():
        page.emulate_media(reduced_motion=motion)
        open_photo(page, address + gallery)
        page.wait_for_timeout(100)
        found = style_of(page.locator(".viewer-track"), "transition-duration")
        assert found == lasting
        page.keyboard.press("Escape")
        page.wait_for_function("!history.state?.photo")


def test_with_the_colours_of_the_system_every_button_has_an_edge(
    page: Page, address: str, gallery: str
) -> None:
    page.emulate_media(forced_colors="active")
    open_photo(page, address + gallery)
    for each in page.locator(".viewer [data-do]").all():
        assert style_of(each, "border-top-width") == "1px"
        assert style_of(each.locator("svg"), "stroke") != "none"


def test_on_paper_there_is_the_page_and_no_viewer(page: Page, address: str, gallery: str) -> None:
    open_photo(page, address + gallery)
    page.emulate_media(media="print")
    assert not page.locator(".viewer").is_visible()


def test_the_keyboard_stays_within_the_viewer(page: Page, address: str, gallery: str) -> None:
    open_photo(page, address + gallery)
    expect(page.get_by_role("button", name="Đóng")).to_be_focused()
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "document.activeElement.closest('.viewer') ?"
                " document.activeElement.textContent.trim() : document.activeElement.tagName"
            )
        )
    # Between the last and the first there is the browser's own bar.
    assert seen - {"BODY", "HTML"} == {"Ảnh trước", "Ảnh sau", "Phóng to", "Đóng"}


def test_one_photo_alone_has_no_number(page: Page, address: str, article: str) -> None:
    page.goto(address + article)
    if page.locator("a.enlarge").count() != 1:
        page.evaluate("document.querySelectorAll('.prose .enlarge').forEach(e => e.remove())")
    page.locator("a.enlarge").click()
    page.locator(".viewer[open]").wait_for()
    assert not page.locator(".viewer-number").is_visible()
    assert not page.get_by_role("button", name="Ảnh sau").is_visible()
    page.keyboard.press("ArrowRight")
    assert is_open(page)
