"""The sample site, in a browser that cannot reach any other host."""

import functools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from sitegen.cli.preview import serve_folder
from support.sample_site import find_article
from support.site_folder import REPOSITORY

VIDEO_PAGE = "content/chuyen-doi-so/2026/phong-hop-khong-giay-sau-mot-nam.md"


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


@pytest.fixture(scope="module")
def find(sample: Path) -> Callable[[str], str]:
    """Return what finds the address of an article by its title."""
    return functools.partial(find_article, sample)


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
        "/co-cau-to-chuc/",
        "/co-cau-to-chuc/le-quang-minh-triet/",
        "/hoat-dong-cua-co-so/",
        "/hoat-dong-cua-co-so/trang/1/",
        "/cong-tac-xay-dung-dang/",
        "/thu-vien-anh/",
        "/the/",
        "/tac-gia/",
        "/luu-tru/",
        "/luu-tru/2026/",
        "/so-do-trang/",
        "/rss/",
        "/tim-kiem/",
        "/khong-co-trang-nay/",
    ]
