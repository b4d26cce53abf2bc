"""An article in a browser: where its text begins, what is beside it, its tables on telephones."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FloatRect, Page, ViewportSize

pytestmark = pytest.mark.browser

# The window of a browser on most computers of offices.
OFFICE: ViewportSize = {"width": 1366, "height": 657}
DESK: ViewportSize = {"width": 1280, "height": 900}
TELEPHONE: ViewportSize = {"width": 320, "height": 640}
LINES = 3
Open = Callable[..., Page]


@pytest.fixture
def open_article(browser: Browser, address: str, article: str) -> Iterator[Open]:
    """Return what opens an article with contents, a photo and a table in a window of this size."""
    contexts = []

    def open_it(size: ViewportSize, *, scripts: bool = True) -> Page:
        context = browser.new_context(viewport=size, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.goto(address + article)
        page.wait_for_load_state("networkidle")
        return page

    yield open_it
    for context in contexts:
        context.close()


def test_the_text_begins_on_the_first_screen_of_an_office(open_article: Open) -> None:
    page = open_article(OFFICE)
    first = page.locator(".prose > p").first.bounding_box()
    line = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.prose')).lineHeight)"
    )
    assert first
    assert first["y"] + LINES * line <= OFFICE["height"]


@pytest.mark.parametrize("size", [OFFICE, DESK])
def test_the_contents_go_along_with_the_text(open_article: Open, size: ViewportSize) -> None:
    page = open_article(size)
    contents = page.locator(".rail .contents")
    assert not page.locator("details.contents").is_visible()
    page.locator(".prose h2").last.scroll_into_view_if_needed()
    box = contents.bounding_box()
    assert box
    assert 0 <= box["y"] < size["height"] / 2
    # Whatever is below them goes under them.
    page.mouse.wheel(0, -10_000)
    contents.get_by_role("link").last.click()
    heading = page.locator(".prose h2").last.bounding_box()
    assert heading
    assert 0 <= heading["y"] < size["height"]


def test_a_rail_without_contents_goes_along_as_well(open_article: Open) -> None:
    page = open_article(OFFICE)
    page.evaluate("document.querySelector('.rail .contents').remove()")
    page.evaluate("document.querySelector('.column').style.minHeight = '4000px'")
    page.evaluate("window.scrollTo(0, 2000)")
    page.wait_for_timeout(100)
    box = page.locator(".rail").bounding_box()
    assert box
    assert box["y"] + box["height"] == pytest.approx(OFFICE["height"], abs=1)


def test_on_a_telephone_the_contents_stand_before_the_text(open_article: Open) -> None:
    page = open_article(TELEPHONE)
    before = page.locator("details.contents")
    assert before.is_visible()
    assert not page.locator(".rail .contents").is_visible()
    assert not before.get_by_role("link").first.is_visible()
    before.locator("summary").click()
    assert before.get_by_role("link").first.is_visible()
    box, text = before.bounding_box(), page.locator(".prose").bounding_box()
    assert box
    assert text
    assert box["y"] + box["height"] <= text["y"]


def test_a_wide_table_is_read_row_by_row_on_a_telephone(open_article: Open) -> None:
    page = open_article(TELEPHONE)
    table = page.locator(".prose .table").first
    names = table.locator("thead th").all_text_contents()
    page.wait_for_selector(".prose .table.stacked")
    assert table.evaluate("box => box.scrollWidth <= box.clientWidth")
    shown = (
        table.locator("tbody tr")
        .first.locator("td")
        .evaluate_all("cells => cells.map((cell) => getComputedStyle(cell, '::before').content)")
    )
    assert [each.partition(" / ")[0].strip('"') for each in shown] == names
    # It is still a table to those who hear it.
    assert page.get_by_role("cell").count() == table.locator("tbody td").count()
    page.set_viewport_size(DESK)
    page.wait_for_selector(".prose .table:not(.stacked)")


def test_without_scripts_a_shade_says_that_a_table_goes_on(open_article: Open) -> None:
    page = open_article(TELEPHONE, scripts=False)
    table = page.locator(".prose .table").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    edge: FloatRect = {
        "x": box["x"] + box["width"] - 8,
        "y": box["y"] + 4,
        "width": 8,
        "height": 30,
    }
    hidden = page.screenshot(clip=edge)
    table.evaluate("box => box.scrollTo(box.scrollWidth, 0)")
    assert page.screenshot(clip=edge) != hidden
    paper = page.screenshot(clip={"x": 2, "y": edge["y"], "width": 8, "height": 30})
    assert hidden != paper
