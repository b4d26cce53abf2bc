"""The figures of readers on the pages: put in after the text, and nothing where there are none."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from sitegen.cli.preview import serve_folder
from sitegen.visits.public_files import find_part, write_public_files
from sitegen.visits.sums import Figures, MostRead, ReadArticle, Visits
from support.site_folder import NOW, VIETNAMESE, SiteFolder

pytestmark = pytest.mark.browser

ADDRESS = "/hoat-dong-cua-co-so/2024/05/bai-{}/"
# As long as the news that a committee writes.
BODY = "\n\n".join(["Chi bộ tổ chức sinh hoạt định kỳ, bàn việc của tháng tới. " * 6] * 6)
VISITS = Visits(3_150_999, 12, 34, 56, 789, 12_345, NOW.isoformat())
ROWS = ["Hôm nay 12", "Hôm qua 34", "Tuần này 56", "Tháng này 789", "Năm này 12.345"]


def write_figures(folder: Path, read: int = 6) -> None:
    articles = tuple(
        ReadArticle(ADDRESS.format(number), f"Bài <{number}>", 2000 - number)
        for number in range(read)
    )
    views = {ADDRESS.format(0): 1234, ADDRESS.format(1): 5}
    write_public_files(folder, Figures(VISITS, views, MostRead((), articles[:2], articles)))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a reader."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


class Portal:
    """A portal on which readers are counted, and the address at which it is served."""

    def __init__(self, site: SiteFolder, address: str) -> None:
        self.output = site.output
        self.address = address
        self.asked: list[str] = []
        self.wrong: list[str] = []

    def open(self, page: Page, url: str) -> Page:
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.goto(self.address + url)
        page.wait_for_load_state("networkidle")
        return page

    @property
    def asked_for_figures(self) -> list[str]:
        return [url.removeprefix(self.address) for url in self.asked if "/_stats/" in url]


@pytest.fixture
def make_portal(new_site: Callable[[], SiteFolder]) -> Iterator[Callable[[str], Portal]]:
    with contextlib.ExitStack() as served:

        def make(settings: str) -> Portal:
            site = new_site().write("config.yaml", VIETNAMESE + settings)
            for number in range(12):
                views = "324" if number == 0 else ""
                site.article(f"Bài {number}", BODY, slug=f"bai-{number}", views=views)
            site.build()
            folder = served.enter_context(serve_folder(site.output, 0, "", None))
            return Portal(site, folder.rstrip("/"))

        yield make


@pytest.fixture
def portal(make_portal: Callable[[str], Portal]) -> Portal:
    """Return a portal with figures."""
    made = make_portal("stats: true\nvisits: 3150444\n")
    write_figures(made.output.parent)
    (made.output.parent / "public").rename(made.output / "_stats")
    return made


def test_the_foot_has_all_six_figures(page: Page, portal: Portal) -> None:
    foot = portal.open(page, "/").locator(".visits")
    expect(foot.locator("p")).to_have_text("3.150.999")
    assert [each.inner_text().replace("\n", " ") for each in foot.locator("dl > div").all()] == ROWS
    assert portal.wrong == []


@pytest.mark.parametrize(("number", "shown"), [(0, "1.234"), (1, "5")])
def test_an_article_has_its_views(page: Page, portal: Portal, number: int, shown: str) -> None:
    line = portal.open(page, ADDRESS.format(number)).locator(".views")
    expect(line).to_have_text(f"Lượt xem: {shown}")
    expect(line).to_be_visible()
    assert f"/_stats/views/{find_part(ADDRESS.format(number))}.json" in portal.asked_for_figures


def test_an_article_without_views_says_nothing_of_them(page: Page, portal: Portal) -> None:
    assert portal.open(page, ADDRESS.format(2)).locator(".views").is_hidden()


@pytest.mark.parametrize("url", ["/", ADDRESS.format(0)])
def test_what_is_read_most_is_a_list_of_links(page: Page, portal: Portal, url: str) -> None:
    """A week that has only begun has too few: then the list is that of the month."""
    block = portal.open(page, url).locator(".most-read")
    assert block.get_by_role("heading", name="Đọc nhiều").is_visible()
    links = block.get_by_role("link")
    assert links.count() == 6
    assert links.first.inner_text() == "Bài <0>"
    assert links.first.get_attribute("href") == ADDRESS.format(0)
    expect(block.locator("li").first).to_have_text("Bài <0> 2.000 lượt xem")


@pytest.mark.parametrize("url", ["/", ADDRESS.format(0), ADDRESS.format(1), ADDRESS.format(2)])
@pytest.mark.parametrize("width", [360, 800, 1280])
def test_nothing_jumps_when_the_figures_come(
    page: Page, portal: Portal, url: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => {"
        " for (const entry of list.getEntries()) window.shift += entry.value;"
        "}).observe({type: 'layout-shift', buffered: true})"
    )

    def answer_late(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/_stats/**", answer_late)
    portal.open(page, url)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") == pytest.approx(0, abs=0.005)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("has_visits", [True, False])
def test_without_figures_a_page_says_what_it_says_without_scripts(
    page: Page, make_portal: Callable[[str], Portal], browser: Browser, *, has_visits: bool
) -> None:
    portal = make_portal("stats: true\n" + "visits: 3150444\n" * has_visits)
    portal.open(page, ADDRESS.format(0))
    assert portal.wrong == []
    silent = browser.new_context(java_script_enabled=False)
    bare = silent.new_page()
    for number in range(3):
        bare.goto(portal.address + ADDRESS.format(number))
        page.goto(portal.address + ADDRESS.format(number))
        page.wait_for_load_state("networkidle")
        for selector in (".visits", ".views", ".most-read"):
            texts = [each.locator(selector).inner_text() for each in (page, bare)]
            assert texts[0] == texts[1]
            shown = [each.locator(selector).is_visible() for each in (page, bare)]
            assert shown[0] == shown[1]
    assert page.locator(".visits").is_visible() == has_visits
    assert bare.locator(".most-read").is_hidden()
    silent.close()


def test_a_portal_that_counts_nobody_asks_for_nothing(
    page: Page, make_portal: Callable[[str], Portal]
) -> None:
    portal = make_portal("visits: 3150444\n")
    write_figures(portal.output.parent)
    (portal.output.parent / "public").rename(portal.output / "_stats")
    text = portal.open(page, ADDRESS.format(0)).content()
    assert portal.asked_for_figures == []
    assert not [url for url in portal.asked if "/stats." in url]
    assert "_stats" not in text
    assert "Lượt xem: 324" in text


def test_the_script_finds_the_same_part_as_the_command(page: Page, portal: Portal) -> None:
    portal.open(page, "/")
    module = next(portal.output.glob("assets/js/stats.*.js")).name
    urls = [ADDRESS.format(number) for number in range(200)]
    urls += ["/", "/tin-tức/đại-hội/", "/a%20b/", "/\U0001f600/"]
    found = page.evaluate(
        f"async (urls) => {{ const {{ findPart }} = await import('/assets/js/{module}');"
        " return urls.map(findPart); }",
        urls,
    )
    assert found == [find_part(url) for url in urls]
    assert len(set(found)) > 100


def test_on_paper_there_are_no_lists_of_other_articles(page: Page, portal: Portal) -> None:
    portal.open(page, ADDRESS.format(0)).emulate_media(media="print")
    assert page.locator(".most-read").is_hidden()
    assert page.locator(".visits").is_hidden()
    assert page.locator(".views").is_visible()
