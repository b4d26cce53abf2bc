"""The search page in a real browser: what readers type, and what they must find."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from sitegen.cli.preview import serve_folder
from sitegen.search.pagefind import find_indexer
from support.site_folder import REPOSITORY, SiteFolder

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not find_indexer(), reason="sitegen[search] is not installed"),
]

CONFIG = """\
site:
  title: Cổng thử nghiệm
  url: https://example.org
categories:
  - name: Tin tức
  - name: Công tác Đảng
    slug: dang
    children:
      - name: Tổ chức
"""
# Title, date, category, author, text. Each word that a query is about is in the articles that the
# table below names, and those that must not come first are near misses.
ARTICLES = {
    "phat-trien": (
        "Nâng cao chất lượng phát triển đảng viên",
        ("2022-03-01", "Tổ chức", "Thu Hà", "Chi bộ bồi dưỡng quần chúng."),
    ),
    "ket-nap": (
        "Lễ kết nạp ở chi bộ thôn",
        ("2023-04-02", "Tổ chức", "Văn Bình", "Công tác phát triển đảng viên được chú trọng."),
    ),
    "dan-vien": (
        "Dân vận khéo ở viện nghiên cứu",
        ("2023-05-02", "Tin tức", "Văn Bình", "Việc phát động phong trào triển khai sớm."),
    ),
    "le-dinh-duc": (
        "Gương sáng nơi biên giới",
        ("2024-01-05", "Tin tức", "Thu Hà", "Đồng chí Lê Đình Đức là bí thư chi bộ."),
    ),
    "duong-day-nong": (
        "Công bố đường dây nóng tiếp nhận phản ánh",
        ("2024-02-06", "Tin tức", "Đỗ An", "Mọi ý kiến được tiếp nhận trong ngày."),
    ),
    "con-duong": (
        "Con đường hoa",
        ("2024-03-07", "Tin tức", "Đỗ An", "Dây leo phủ đường, những ngày nóng vẫn mát."),
    ),
    "da-nang": (
        "Đoàn công tác thăm Đà Nẵng",
        ("2025-01-08", "Tin tức", "Thu Hà", "Thành phố đón đoàn."),
    ),
    "da-nang-2": (
        "Học kinh nghiệm cải cách hành chính",
        ("2025-02-08", "Tin tức", "Thu Hà", "Đoàn đã đến Đà Nẵng học tập."),
    ),
    "da-nang-cao": (
        "Đã nâng cao ý thức, đã nâng chất lượng",
        ("2026-11-09", "Công tác Đảng", "Đỗ An", "Cấp ủy đã nâng chuẩn, đã nâng mức, đã nâng tầm."),
    ),
    "tuyen-dung": (
        "Thông báo tuyển dụng công chức",
        ("2026-11-10", "Tin tức", "Văn Bình", "Hồ sơ nộp tại văn phòng."),
    ),
    "can-bo": (
        "Hội nghị cán bộ",
        (
            *("2026-10-11", "Công tác Đảng", "Văn Bình"),
            "Bàn việc tuyển dụng, tuyển dụng bổ sung, tuyển dụng đặc cách.",
        ),
    ),
    "dau-nho-hon": (
        "So sánh a < b & c",
        (
            "2026-09-12",
            "Tin tức",
            "Đỗ An",
            "Mã nguồn mẫu: a &lt;mark&gt; b, nếu &amp;lt; thì thôi.",
        ),
    ),
}
# What is typed; what comes first, in this order; what comes as well; what must not be found.
QUERIES: list[tuple[str, list[str], set[str], set[str]]] = [
    ("phat trien dang vien", ["phat-trien", "ket-nap"], set(), {"dan-vien"}),
    ("phát triển đảng viên", ["phat-trien", "ket-nap"], set(), set()),
    ("PHÁT TRIỂN ĐẢNG VIÊN", ["phat-trien", "ket-nap"], set(), set()),
    ("le dinh duc", ["le-dinh-duc"], set(), {"phat-trien"}),
    ("Lê Đình Đức", ["le-dinh-duc"], set(), set()),
    ("lê đình đức", ["le-dinh-duc"], set(), set()),
    ("duong day nong", ["duong-day-nong", "con-duong"], set(), set()),
    ("đường dây nóng", ["duong-day-nong", "con-duong"], set(), set()),
    ('"duong day nong"', ["duong-day-nong"], set(), {"con-duong"}),
    ("“đường dây nóng”", ["duong-day-nong"], set(), {"con-duong"}),
    ('"đường dây nóng" phản ánh', ["duong-day-nong"], set(), {"con-duong"}),
    ('"phát triển đảng viên" chi bộ', [], {"phat-trien", "ket-nap"}, {"dan-vien", "le-dinh-duc"}),
    ("đảng viên", ["phat-trien", "ket-nap"], set(), set()),
    ("dang vien", ["phat-trien", "ket-nap"], set(), set()),
    ("Đà Nẵng", ["da-nang", "da-nang-2", "da-nang-cao"], set(), set()),
    ("da nang", [], {"da-nang", "da-nang-2", "da-nang-cao"}, set()),
    ("đã nâng", ["da-nang-cao"], {"da-nang"}, set()),
    ("tuyển dụng", ["tuyen-dung", "can-bo"], set(), set()),
    ("tuyen dung", ["tuyen-dung", "can-bo"], set(), set()),
    ("Ðảng viên", ["phat-trien", "ket-nap"], set(), set()),
    ("dan van", ["dan-vien"], set(), {"phat-trien"}),
    ("phát triển đảng vi", ["phat-trien", "ket-nap"], set(), {"dan-vien"}),
    ("tuy", ["tuyen-dung", "can-bo"], set(), set()),
    ("phản ánh, kiến nghị?", [], set(), {"con-duong"}),
    ("Thu Hà", [], {"phat-trien", "le-dinh-duc", "da-nang"}, set()),
    ("không có từ này đâu", [], set(), set(ARTICLES)),
    ("giờ làm việc", ["lien-he"], set(), set()),
]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site of the table."""
    root = tmp_path_factory.mktemp("search")
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    site = SiteFolder(root).write("config.yaml", CONFIG)
    for slug, (title, (date, category, author, text)) in ARTICLES.items():
        fields = {"title": f'"{title}"', "date": date, "category": category, "author": author}
        site.article(slug, text, slug=slug, **fields)
    for number in range(14):
        text = f"Hoạt động hè lần thứ {number}."
        site.article(f"he-{number}", text, category="Tin tức", author="Lý Ba")
    site.write("content/pages/lien-he.md", "---\ntitle: Liên hệ\n---\nGiờ làm việc: 8 giờ.\n")
    site.build(search=True)
    return site.output


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    with serve_folder(output, 0, "", None) as served:
        yield served.rstrip("/")


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[Page]:
    """Return the search page, ready, for those who only type."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/tim-kiem/")
        expect(page.locator("[data-search=ready]")).to_be_visible()
        yield page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        context.set_default_timeout(15_000)
        yield context.new_page()


def wait_for_results(page: Page) -> None:
    expect(page.locator("[data-search]")).to_have_attribute("data-search", "ready")


def find(page: Page, text: str) -> list[str]:
    """Return the slugs of what is found for ``text``, in the order on the page."""
    page.locator("main input[type=search]").fill(text)
    page.keyboard.press("Enter")
    wait_for_results(page)
    return slugs(page)


def slugs(page: Page) -> list[str]:
    links = page.locator("[data-found] a").evaluate_all("all => all.map(each => each.pathname)")
    return [link.rstrip("/").rpartition("/")[2] for link in links]


@pytest.mark.parametrize(
    ("text", "first", "others", "absent"), QUERIES, ids=[query for query, *_ in QUERIES]
)
def test_what_is_typed_finds_what_it_should(
    desk: Page, text: str, first: list[str], others: set[str], absent: set[str]
) -> None:
    found = find(desk, text)
    assert found[: len(first)] == first
    assert others <= {*found}
    assert not absent & {*found}


def test_text_that_was_typed_as_letters_and_marks_is_the_same(desk: Page) -> None:
    decomposed = "đa\N{COMBINING HOOK ABOVE}ng vie\N{COMBINING CIRCUMFLEX ACCENT}n"
    assert find(desk, decomposed) == find(desk, "đảng viên")


def test_finds_are_marked_in_an_excerpt_that_is_never_read_as_html(desk: Page) -> None:
    find(desk, "phat trien dang vien")
    excerpt = desk.locator("[data-found] li").nth(1).locator(".excerpt")
    assert excerpt.locator("mark").all_inner_texts() == ["phát", "triển", "đảng", "viên"]
    find(desk, "mã nguồn mẫu")
    excerpt = desk.locator("[data-found] .excerpt").first
    assert excerpt.locator("mark").all_inner_texts() == ["Mã", "nguồn", "mẫu:"]
    assert "a <mark> b, nếu &lt; thì thôi." in excerpt.inner_text()
    assert desk.locator("[data-found] a").first.inner_text() == "So sánh a < b & c"


def test_results_come_as_one_types_and_the_address_says_what_was_asked(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/tim-kiem/")
    wait_for_results(page)
    page.locator("main input[type=search]").press_sequentially("tuyen dung")
    expect(page.locator("[data-found] li")).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text("Tìm thấy 2 bài.")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["tuyen dung"]}
    page.reload()
    expect(page.locator("main input[type=search]")).to_have_value("tuyen dung")
    expect(page.locator("[data-found] li")).to_have_count(2)
    page.locator("main input[type=search]").fill("")
    expect(page.locator("[data-found] li")).to_have_count(0)
    assert urlsplit(page.url).query == ""


def test_results_are_filtered_and_sorted(page: Page, address: str) -> None:
    page.goto(f"{address}/tim-kiem/?q=công")
    wait_for_results(page)
    filters = page.get_by_role("group", name="Lọc và sắp xếp")
    everything = set(slugs(page))
    assert {"tuyen-dung", "duong-day-nong", "ket-nap"} <= everything
    filters.get_by_label("Chuyên mục").select_option("– Tổ chức")
    wait_for_results(page)
    assert slugs(page) == ["ket-nap"]
    filters.get_by_label("Chuyên mục").select_option("Công tác Đảng")
    wait_for_results(page)
    assert "ket-nap" in slugs(page)
    filters.get_by_label("Chuyên mục").select_option("Tất cả")
    filters.get_by_label("Năm").select_option("2026")
    wait_for_results(page)
    assert slugs(page)
    assert {*slugs(page)} <= {"tuyen-dung", "can-bo", "da-nang-cao", "dau-nho-hon"}
    filters.get_by_label("Năm").select_option("Tất cả")
    filters.get_by_label("Tác giả").focus()
    filters.get_by_label("Tác giả").select_option("Văn Bình")
    wait_for_results(page)
    assert {*slugs(page)} == everything & {"ket-nap", "tuyen-dung", "can-bo", "dan-vien"}
    filters.get_by_label("Sắp xếp").select_option("Mới nhất")
    wait_for_results(page)
    dates = page.locator("[data-found] time").evaluate_all("all => all.map(each => each.dateTime)")
    assert dates == sorted(dates, reverse=True)
    assert len(dates) > 1
    asked = parse_qs(urlsplit(page.url).query)
    assert asked == {"q": ["công"], "tac_gia": ["Văn Bình"], "xep": ["moi"]}
    before = slugs(page)
    page.reload()
    wait_for_results(page)
    assert slugs(page) == before
    authors = filters.get_by_label("Tác giả").locator("option").all_inner_texts()
    assert authors == ["Tất cả", "Văn Bình"]
    filters.get_by_label("Tác giả").focus()
    expect(filters.get_by_label("Tác giả").locator("option")).to_have_count(5)


def test_the_keyboard_is_enough(page: Page, address: str) -> None:
    page.goto(f"{address}/tim-kiem/?q=dang+vien")
    wait_for_results(page)
    field = page.locator("main input[type=search]")
    field.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-found] a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/phat-trien/")


def test_the_box_of_the_masthead_leads_to_the_results(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.locator(".masthead input[type=search]").fill("le dinh duc")
    page.get_by_role("button", name="Site").click()
    expect(page.locator("[data-found] a").first).to_have_text("Gương sáng nơi biên giới")


def test_more_results_are_shown_when_they_are_asked_for(page: Page, address: str) -> None:
    page.goto(f"{address}/tim-kiem/?q=hoạt+động")
    wait_for_results(page)
    expect(page.locator("[data-found] li")).to_have_count(10)
    more = page.get_by_role("button", name="Xem thêm kết quả")
    more.click()
    expect(page.locator("[data-found] a").nth(10)).to_be_focused()
    expect(page.locator("[data-found] li")).to_have_count(14)
    assert len({*slugs(page)}) == 14
    expect(more).to_be_hidden()


def test_nothing_found_says_so(desk: Page) -> None:
    assert find(desk, "xyzxyz") == []
    expect(desk.get_by_role("status")).to_contain_text("Không tìm thấy bài nào cho “xyzxyz”")


def test_a_reader_without_scripts_is_led_to_the_engine(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.route("https://www.google.com/**", lambda route: route.fulfill(body="found"))
        page.goto(f"{address}/tim-kiem/")
        assert not page.locator("[data-filters]").is_visible()
        page.locator("main input[type=search]").fill("đảng viên")
        page.get_by_role("button", name="Tìm", exact=True).click()
        page.wait_for_url("https://www.google.com/search?**")
        asked = parse_qs(urlsplit(page.url).query)
        assert asked == {"q": ["đảng viên"], "as_sitesearch": ["example.org"]}


def test_an_index_that_does_not_load_leaves_the_form_to_the_engine(
    page: Page, address: str
) -> None:
    page.route("**/pagefind.js*", lambda route: route.abort())
    page.route("https://www.google.com/**", lambda route: route.fulfill(body="found"))
    page.goto(f"{address}/tim-kiem/")
    page.wait_for_load_state("networkidle")
    page.locator("main input[type=search]").fill("đảng viên")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.wait_for_url("https://www.google.com/search?**")


def test_readers_of_a_page_that_is_out_of_date_are_told(page: Page, address: str) -> None:
    page.goto(f"{address}/tim-kiem/")
    wait_for_results(page)
    page.route("**/*.pf_fragment", lambda route: route.fulfill(status=404, body="gone"))
    page.locator("main input[type=search]").fill("dang vien")
    expect(page.get_by_role("status")).to_contain_text("Mời tải lại trang")


def test_what_the_page_fetches_at_once_is_what_it_imports(page: Page, address: str) -> None:
    """An address that no module imports would be fetched in vain, besides the one that is."""
    page.goto(f"{address}/tim-kiem/")
    wait_for_results(page)
    preloaded, scripts = page.evaluate(
        "[[...document.querySelectorAll('link[rel=modulepreload]')].map((each) => each.href),"
        " performance.getEntriesByType('resource').map((each) => each.name)]"
    )
    names = [urlsplit(each).path.rpartition("/")[2].split(".")[0] for each in preloaded]
    assert names == ["search", "search-index", "search-words", "numbers", "pagefind"]
    for address_of_script, name in zip(preloaded, names, strict=True):
        same = [each for each in scripts if re.search(rf"/{name}(\.\w+)?\.js", each)]
        assert same == [address_of_script]


def test_the_page_holds_under_a_strict_policy(page: Page, address: str) -> None:
    """No script or style is inline; the index is a program of its own, and needs leave to run."""
    policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    def answer(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        headers = {**response.headers, "content-security-policy": policy}
        route.fulfill(response=response, headers=headers)  # type: ignore[attr-defined]

    page.route(f"{address}/**", answer)
    page.goto(f"{address}/tim-kiem/?q=dang+vien")
    expect(page.locator("[data-found] li").first).to_be_visible()
    assert complaints == []
