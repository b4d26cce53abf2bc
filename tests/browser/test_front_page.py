"""The masthead and the front page, in the windows of telephones and desks."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

PHONES = (320, 360, 390, 430)
DESKS = (960, 1024, 1152, 1231, 1232, 1280, 1366, 1920)
# Words of two syllables in the name of the sample site.
COMPOUNDS = ("Đảng bộ", "cơ quan", "Quảng Nam")
MENU = "[...document.querySelectorAll('.menu > ul > li')].filter(each => each.offsetParent)"
LINES = """
(name) => {
  const node = [...name.childNodes].filter((each) => each.nodeType === 3)
    .sort((one, other) => other.length - one.length)[0];
  const lines = [];
  for (let at = 0; at < node.length; at += 1) {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    if (node.data[at].trim() === "" || !box.width) { continue; }
    const line = Math.round(box.bottom);
    if (lines.at(-1)?.line !== line) { lines.push({ line, text: "" }); }
    lines.at(-1).text += node.data[at];
  }
  return lines.map((each) => each.text);
}
"""
LONG = "Hội nghị đánh giá kết quả công tác xây dựng Đảng và triển khai nhiệm vụ trọng tâm "


def height(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["height"]


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["y"] + box["height"]


@pytest.mark.parametrize("width", PHONES)
def test_a_telephone_has_one_row_with_everything(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for url in ("/", "/lien-he/"):
        page.goto(address + url)
        assert height(page, ".banner") == 56
        row = page.locator(".banner").bounding_box()
        assert row
        for name in ("img", ".name span", ".opener >> nth=0", ".opener >> nth=1"):
            box = page.locator(f".banner {name}").first.bounding_box()
            assert box
            assert row["y"] <= box["y"]
            assert box["y"] + box["height"] <= row["y"] + row["height"]
        for name in ("Tìm kiếm", "Danh mục"):
            opener = page.get_by_role("button", name=name).bounding_box()
            assert opener
            assert min(opener["width"], opener["height"]) >= 44
        strip = page.locator(".strip").bounding_box()
        assert strip
        assert strip["y"] == row["y"] + row["height"]
        assert strip["height"] < 72


@pytest.mark.parametrize("width", DESKS)
def test_a_desk_has_one_row_of_the_menu(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/lien-he/")
    page.evaluate("document.fonts.ready")
    assert height(page, ".masthead") <= 150
    tops = page.evaluate(f"{MENU}.map(each => each.offsetTop)")
    assert len(set(tops)) == 1
    assert (6 if width >= 1280 else 4) <= len(tops) - 1 <= 8
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1024, 1366])
@pytest.mark.parametrize("scripts", [True, False])
def test_every_entry_of_the_menu_can_be_reached(
    browser: Browser, address: str, width: int, scripts: bool
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"{address}/")
    if width < 960:
        page.get_by_role("button", name="Danh mục").click()
    else:
        page.locator(".menu .more > details > summary").click()
    links = page.locator(".menu > ul > li > a:visible, .menu .more li > a:visible")
    found = [each.get_attribute("href") or "" for each in links.all()]
    assert len(found) == len(set(found))
    sections = page.locator("footer .sections a").all()
    assert {each.get_attribute("href") for each in sections} | {"/"} <= set(found)
    context.close()


def test_the_rest_of_the_menu_shows_where_the_reader_is(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 657})
    red = page.evaluate
    colour = "getComputedStyle(document.querySelector('.more summary')).color"
    for url, is_marked in (("/thong-bao/", True), ("/chuyen-doi-so/", False), ("/", False)):
        page.goto(address + url)
        ink = red("getComputedStyle(document.body).color")
        assert (red(colour) != ink) is is_marked, url


def test_the_name_never_breaks_inside_a_word(page: Page, address: str) -> None:
    page.goto(f"{address}/lien-he/")
    page.evaluate("document.fonts.ready")
    for width in (*range(320, 1000, 20), *DESKS):
        page.set_viewport_size({"width": width, "height": 800})
        lines = page.locator(".name span").evaluate(LINES)
        assert len(lines) <= 2, (width, lines)
        for compound in COMPOUNDS:
            whole = compound.replace(" ", "")
            assert any(whole in line.replace("\u00a0", "") for line in lines), (width, lines)


@pytest.mark.parametrize("size", [(1366, 657), (1280, 720), (1024, 768), (1920, 940)])
def test_the_first_headline_ends_on_the_first_screen(
    page: Page, address: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}/")
    assert bottom(page, ".leading .headline") <= 600
    # Titles as long as the template knows; longer ones are smaller.
    page.evaluate(
        "title => document.querySelector('.leading .headline a').textContent = title",
        (LONG * 2)[:110],
    )
    assert bottom(page, ".leading .headline") <= 600 or size[0] < 1200
    page.evaluate(
        "title => { document.querySelector('.leading .headline a').textContent = title;"
        " document.querySelector('.leading > div').className = 'long' }",
        (LONG * 3)[:200],
    )
    assert bottom(page, ".leading .headline") <= 600


def test_every_article_shows_its_first_paragraph(page: Page, address: str, sample: Path) -> None:
    page.set_viewport_size({"width": 1366, "height": 657})
    page.route("**/media/**", lambda route: route.abort())
    begin = []
    for path in sorted(sample.glob("*/20*/*/*/index.html")):
        page.goto(f"{address}/{path.parent.relative_to(sample).as_posix()}/")
        first = page.locator(".prose > p").first
        box = first.bounding_box() if first.count() else None
        if box:
            begin.append(box["y"])
            # Two lines of it, whatever stands above.
            assert box["y"] + 58 <= 657, path
    assert len(begin) > 50


@pytest.mark.parametrize(("width", "window"), [(390, 844), (360, 800)])
def test_a_telephone_has_at_most_nine_screens(
    page: Page, address: str, width: int, window: int
) -> None:
    page.set_viewport_size({"width": width, "height": window})
    page.goto(f"{address}/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.documentElement.scrollHeight") <= 9 * window


def test_no_story_is_shown_twice_and_all_four_kinds_are_there(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    links = page.locator("main .headline a").all()
    found = [each.get_attribute("href") for each in links]
    assert len(found) == len(set(found)) > 30
    kinds = {each.get_attribute("class") for each in page.locator(".blocks > section").all()}
    assert kinds == {"block large", "block columns", "block dated", "block photos"}


def test_headlines_have_three_sizes(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 657})
    page.goto(f"{address}/")
    sizes = page.evaluate(
        "[...document.querySelectorAll('main .headline')]"
        ".map(each => getComputedStyle(each).fontSize)"
    )
    assert set(sizes) == {"44px", "22px", "16px"}
    assert sizes.count("44px") == 1


def test_columns_stand_in_rows_of_three_and_lists_side_by_side(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 657})
    page.goto(f"{address}/")
    page.wait_for_load_state("networkidle")

    def rows(kind: str) -> list[int]:
        tops = page.evaluate(
            "kind => [...document.querySelectorAll(`.block.${kind}`)]"
            ".map(each => Math.round(each.getBoundingClientRect().top))",
            kind,
        )
        return [tops.count(top) for top in dict.fromkeys(tops)]

    assert rows("columns") == [3, 3]
    assert rows("dated") == [2]
    assert set(rows("large")) == {1}
    assert page.locator(".dated img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_band_of_photos_is_dark_and_as_wide_as_the_window(
    page: Page, address: str, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto(f"{address}/")
    page.locator(".photos").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    band = page.locator(".photos").evaluate("each => getComputedStyle(each).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", band)) < 60
    box = page.locator(".photos").bounding_box()
    assert box
    left = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('.photos') === null",
        [10, box["y"] + 50],
    )
    # The colour beside it is a shadow, which takes no room.
    assert left
    assert page.evaluate("document.documentElement.scrollWidth") == 1600


def is_dark(page: Page) -> bool:
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return max(int(part) for part in re.findall(r"\d+", paper)[:3]) < 60


def test_the_reader_chooses_light_dark_or_as_the_system(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}/")
    group = page.get_by_role("group", name="Màu nền")
    light, dark, system = (
        group.get_by_role("button", name=name) for name in ("Nền sáng", "Nền tối", "Theo máy")
    )
    expect(system).to_have_attribute("aria-pressed", "true")
    dark.click()
    assert is_dark(page)
    expect(dark).to_have_attribute("aria-pressed", "true")
    expect(system).to_have_attribute("aria-pressed", "false")
    bars = "[...document.querySelectorAll('meta[name=theme-color]')].map(each => each.content)"
    assert set(page.evaluate(bars)) == {"#171311"}
    # Paper is light.
    page.emulate_media(media="print")
    assert not is_dark(page)
    page.emulate_media(media="screen", color_scheme="dark")
    page.goto(f"{address}/lien-he/")
    assert is_dark(page)
    light.click()
    assert not is_dark(page)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    page.reload()
    assert not is_dark(page)
    system.click()
    assert is_dark(page)
    assert page.evaluate(bars) == ["#b3141b", "#171311"]
    page.emulate_media(color_scheme="light")
    assert not is_dark(page)
    page.reload()
    expect(system).to_have_attribute("aria-pressed", "true")


def test_no_page_flashes_before_the_scripts_run(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_role("button", name="Nền tối").click()
    page.route("**/assets/js/main.*", lambda route: route.abort())
    page.goto(f"{address}/lien-he/", wait_until="commit")
    page.wait_for_selector(".foot")
    assert is_dark(page)


def test_another_tab_follows_the_choice(context: BrowserContext, address: str) -> None:
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}/lien-he/")
        page.wait_for_load_state("networkidle")
    one.get_by_role("button", name="Nền tối").click()
    other.wait_for_function("document.documentElement.dataset.colours === 'dark'")
    assert is_dark(other)


def test_the_clock_can_be_stopped(page: Page, address: str) -> None:
    page.goto(f"{address}/lien-he/")
    stop = page.get_by_role("button", name="Dừng đồng hồ")
    stop.click()
    clock = page.locator("[data-clock]")
    shown = clock.inner_text()
    page.wait_for_timeout(1600)
    assert clock.inner_text() == shown
    page.reload()
    start = page.get_by_role("button", name="Cho đồng hồ chạy")
    shown = clock.inner_text()
    assert len(shown) > 20
    page.wait_for_timeout(1600)
    assert clock.inner_text() == shown
    start.click()
    page.wait_for_function(
        "shown => document.querySelector('[data-clock]').textContent !== shown", arg=shown
    )
    first = clock.inner_text()
    page.wait_for_function(
        "shown => document.querySelector('[data-clock]').textContent !== shown", arg=first
    )


def test_without_scripts_nothing_waits_for_them(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    assert page.get_by_role("button", name="Nền tối").count() == 0
    assert page.get_by_role("button", name="Dừng đồng hồ").count() == 0
    assert page.locator("main .headline").count() > 30
    context.close()
