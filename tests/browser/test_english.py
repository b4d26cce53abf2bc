"""What scripts say on an English site, in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sitegen.cli.preview import serve_folder
from support.english_site import write_english
from support.site_folder import SiteFolder


@pytest.fixture
def page(browser: Browser, site: SiteFolder) -> Iterator[Page]:
    """Yield the front page of an English site, which has its own path."""
    write_english(site).build(search=True)
    with serve_folder(Path(site.output), 0, "/en", None) as address:
        opened = browser.new_page(base_url=address)
        opened.goto("")
        yield opened
        opened.close()


def test_the_clock_and_the_choice_of_colours(page: Page) -> None:
    form = re.compile(r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4}, \d\d:\d\d:\d\d$")
    expect(page.locator("[data-clock]")).to_have_text(form)
    expect(page.locator(".clock button")).to_have_attribute("title", "Stop the clock")
    expect(page.get_by_role("button", name="Dark")).to_be_visible()


def test_the_search_says_what_it_found(page: Page) -> None:
    page.goto("tim-kiem/?q=note")
    said = page.locator("[data-status]")
    expect(said).to_have_text("Found 7 articles and 1 other page.")
    expect(page.locator("[data-found] .when").filter(has_text="2023")).to_have_text(
        "2 December 2023 · Youth"
    )
    page.goto("tim-kiem/?q=nothing-of-this")
    expect(said).to_have_text("Nothing was found for “nothing-of-this”. Try fewer or other words.")


def test_the_viewer_names_its_buttons(page: Page) -> None:
    page.goto("news/2026/11/first/")
    page.locator("main a.enlarge").first.click()
    viewer = page.get_by_role("dialog", name="Photos")
    for name in ("Zoom in", "Close"):
        expect(viewer.get_by_role("button", name=name)).to_be_visible()
