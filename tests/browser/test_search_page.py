"""The search page in a real browser: what readers type, and what they must find."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from sitegen.cli.preview import serve_folder
from support.site_folder import REPOSITORY, SiteFolder

pytestmark = pytest.mark.browser

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
  - name: Chuyện ở cơ sở
search:
  synonyms:
    SHCB: sinh hoạt chi bộ
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
FAILED = "Mất kết nối, thử lại."
# So many articles are about nothing but summer.
SUMMERS = 34
# What numbers, dates, phrases, spellings and marks are about, each in an article of 2021.
DETAILS = {
    "huy-hieu": "Trao Huy hiệu nhân 19/5 cho 86 người.",
    "ngay-sinh": "Kỷ niệm ngày 19 tháng 5 năm 1890.",
    "cay-xanh": "Trồng 8.400 cây, đạt 98,5 phần trăm.",
    "cay-dai": "Trồng 8400 gốc ở bãi 195.",
    "hen-ngay": "Hẹn ngày 12-9-2026 sẽ xong.",
    "hen-thang": "Hẹn tháng 11 năm 2026 sẽ xong.",
    "trung-uong": "Văn phòng T.Ư và N.ĐOAN nhắc đến COVID-19.",
    "chi-thi-so": "Ban hành Chỉ thị số 12-CT/TW mới.",
    "chi-thi": "Ban hành chỉ thị về rừng.",
    "thu-gui": "Lời bí thư gửi bà con hôm thứ hai.",
    "thu-hai": "Hôm thứ hai, bí thư trẻ gửi lời chào; bị thử gửi lại.",
    "hoa-binh": "Giữ hoà bình, thuỷ lợi, kỉ luật.",
    "hoa-binh-2": "Giữ hòa bình, thủy lợi, kỷ luật.",
    "tach-chu": "Bản in có chữ nông\u00adnghiệp và lâm\u200bnghiệp.",
    "dang-uy": "Dạng bài mới: đảng ủy dạng rút gọn.",
    "hop-thang": "Buổi sinh hoạt chi bộ đầu tháng.",
    "benh-vien": "Ở bệnh viện tỉnh, bệnh viện huyện.",
    "benh-vien-2": "Bệnh viện có bến bãi; đoàn viên đến.",
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
    # Numbers and dates: as they are written, joined and parted.
    ("19/5", ["huy-hieu", "ngay-sinh"], set(), {"cay-dai"}),
    ("ngày 19/05", [], {"huy-hieu", "ngay-sinh"}, {"cay-dai"}),
    ("19 tháng 5", [], {"huy-hieu", "ngay-sinh"}, {"cay-dai"}),
    ("19/5/1890", ["ngay-sinh"], set(), {"huy-hieu"}),
    ("195", ["cay-dai", "huy-hieu"], set(), set()),
    ("19 5", [], {"huy-hieu", "ngay-sinh"}, set()),
    ("8.400", ["cay-xanh", "cay-dai"], set(), set()),
    ("8400", ["cay-dai", "cay-xanh"], set(), set()),
    ("8 400", ["cay-xanh"], set(), {"cay-dai"}),
    ("98,5", ["cay-xanh"], set(), set()),
    ("98.5", ["cay-xanh"], set(), set()),
    ("985", ["cay-xanh"], set(), set()),
    ("12/09/2026", ["hen-ngay"], set(), {"hen-thang"}),
    ("12 tháng 9 năm 2026", ["hen-ngay"], set(), set()),
    ("tháng 9/2026", ["09", "hen-ngay", "dau-nho-hon"], set(), {"hen-thang"}),
    ("thang 11/2026", ["11", "hen-thang", "tuyen-dung", "da-nang-cao"], set(), {"can-bo"}),
    ("10/11/2026", ["tuyen-dung"], set(), {"da-nang-cao"}),
    # What has signs in it.
    ("T.Ư", ["trung-uong"], set(), set()),
    ("N.ĐOAN", ["trung-uong"], set(), set()),
    ("nđoan", ["trung-uong"], set(), set()),
    ('"COVID-19"', ["trung-uong"], set(), set()),
    ("covid 19", ["trung-uong"], set(), set()),
    ("Covid19", ["trung-uong"], set(), set()),
    ("12-CT/TW", ["chi-thi-so"], set(), set()),
    ("CT/TW", ["chi-thi-so"], set(), set()),
    # A phrase is what stands in the text, and no category.
    ('"chỉ thị số"', ["chi-thi-so"], set(), {"chi-thi"}),
    ('"chi thi so"', ["chi-thi-so"], set(), {"chi-thi"}),
    ('"số chỉ thị"', [], set(), {"chi-thi-so", "chi-thi"}),
    ('"bí thư gửi"', ["thu-gui"], set(), {"thu-hai"}),
    ("«thị số 12-CT/TW»", ["chi-thi-so"], set(), set()),
    # Spellings.
    ("hòa bình", [], {"hoa-binh", "hoa-binh-2"}, set()),
    ("thuỷ lợi", [], {"hoa-binh", "hoa-binh-2"}, set()),
    ('"kỷ luật"', [], {"hoa-binh", "hoa-binh-2"}, set()),
    ('"kỉ luật"', [], {"hoa-binh", "hoa-binh-2"}, set()),
    ("nôngnghiệp", ["tach-chu"], set(), set()),
    ("lâmnghiệp", ["tach-chu"], set(), set()),
    ("SHCB", ["hop-thang"], set(), set()),
    ("shcb đầu tháng", ["hop-thang"], set(), set()),
    # Names are results of their own.
    ("thu ha", ["thu-ha"], {"phat-trien"}, set()),
    ("Tổ chức", ["to-chuc"], set(), set()),
    ("cong tac dang", ["dang"], set(), set()),
    ("liên hệ", ["lien-he"], set(), set()),
    ("bieu mau 03", ["bieu-mau-03.pdf"], set(), set()),
    ("sơ đồ trang", ["so-do-trang"], set(), set()),
    ("rừng núi", ["rung-nui"], {"chi-thi"}, set()),
    # Fewer words.
    ("tuyển dụng phi hành gia", [], set(), {"le-dinh-duc"}),
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
    for slug, text in DETAILS.items():
        fields = {"category": "Chuyện ở cơ sở", "author": "Lý Ba", "date": "2021-06-01"}
        fields |= {"tags": "[Rừng núi]"} if slug == "chi-thi" else {}
        site.article(slug, text, title=f"Chuyện nhỏ {slug[0]}", slug=slug, **fields)
    for number in range(SUMMERS):
        text = f"Hoạt động hè lần thứ {number}."
        site.article(f"he-{number}", text, category="Tin tức", author="Lý Ba")
    site.write("content/media/bieu-mau-03.pdf", "%PDF-1.4")
    site.article("tep", "[Mẫu](/media/bieu-mau-03.pdf)", category="Tin tức", author="Lý Ba")
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
    assert excerpt.locator("mark").all_inner_texts() == ["Mã", "nguồn", "mẫu"]
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
    expect(page.locator("[data-found] li")).to_have_count(20)
    expect(more).to_be_visible()
    for _ in range(2):
        more.click()
    expect(page.locator("[data-found] li")).to_have_count(SUMMERS)
    assert len({*slugs(page)}) == SUMMERS
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
    page.route("**/bundle.json", lambda route: route.abort())
    page.route("https://www.google.com/**", lambda route: route.fulfill(body="found"))
    page.goto(f"{address}/tim-kiem/")
    expect(page.get_by_role("status")).to_have_text(FAILED)
    page.locator("main input[type=search]").fill("đảng viên")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.wait_for_url("https://www.google.com/search?**")


def fail_with(route: Route, how: str) -> None:
    """Answer as a network does that is gone, a server without the file, or a portal before it."""
    if how == "gone":
        route.fulfill(status=404, body="gone")
    elif how == "another":
        route.fulfill(status=200, content_type="text/html", body="<title>Đăng nhập Wi-Fi</title>")
    else:
        route.abort()


@pytest.mark.parametrize("how", ["cut", "gone", "another"])
@pytest.mark.parametrize("what", ["index", "fragment"])
def test_what_cannot_be_fetched_is_never_told_as_nothing(
    page: Page, address: str, what: str, how: str
) -> None:
    page.goto(f"{address}/tim-kiem/")
    wait_for_results(page)
    page.route(f"**/{what}/*.bin", lambda route: fail_with(route, how))
    page.locator("main input[type=search]").fill("dang vien")
    status = page.get_by_role("status")
    expect(status).to_have_text(FAILED)
    expect(page.locator("[data-found] li")).to_have_count(0)
    page.unroute(f"**/{what}/*.bin")
    page.get_by_role("button", name="Thử lại").click()
    expect(status).to_have_text("Tìm thấy 2 bài.")
    expect(page.get_by_role("button", name="Thử lại")).to_be_hidden()


@pytest.mark.parametrize("how", ["cut", "gone", "another", "version"])
def test_an_index_that_cannot_be_opened_is_opened_again(page: Page, address: str, how: str) -> None:
    def fail(route: Route) -> None:
        if how == "version":
            route.fulfill(json={"version": 0})
        else:
            fail_with(route, how)

    page.route("**/bundle.json", fail)
    page.goto(f"{address}/tim-kiem/?q=dang+vien")
    expect(page.get_by_role("status")).to_have_text(FAILED)
    page.unroute("**/bundle.json")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_role("status")).to_have_text("Tìm thấy 2 bài.")


def test_another_release_is_read_without_a_word(page: Page, address: str) -> None:
    """The files of the index that the page knows are gone, and others are there."""
    page.goto(f"{address}/tim-kiem/")
    wait_for_results(page)
    gone: list[str] = []

    def lose(route: Route) -> None:
        if route.request.url in gone or len(gone) < 3:
            gone.append(route.request.url)
            fail_with(route, "gone")
        else:
            route.continue_()

    page.route("**/index/*.bin", lambda route: lose(route) if not gone else route.continue_())
    page.locator("main input[type=search]").fill("dang vien")
    expect(page.get_by_role("status")).to_have_text("Tìm thấy 2 bài.")
    assert gone


def test_typing_never_mixes_the_answers(page: Page, address: str) -> None:
    page.goto(f"{address}/tim-kiem/")
    wait_for_results(page)
    page.locator("main input[type=search]").press_sequentially("tuyển dụng", delay=60)
    page.locator("main input[type=search]").fill("lê đình đức")
    expect(page.locator("[data-found] a").first).to_have_text("Gương sáng nơi biên giới")
    expect(page.locator("[data-found] li")).to_have_count(1)


def test_totals_are_true(desk: Page) -> None:
    find(desk, "hoạt động hè")
    expect(desk.get_by_role("status")).to_have_text(f"Tìm thấy {SUMMERS} bài.")
    find(desk, "hè hoạt độ")
    expect(desk.get_by_role("status")).to_have_text(
        f"Tìm thấy {SUMMERS} bài có từ bắt đầu bằng “độ”."
    )
    find(desk, "thu hà")
    expect(desk.get_by_role("status")).to_contain_text("bài và 1 trang khác.")


def test_the_best_with_fewer_words_are_shown_and_it_is_said(desk: Page) -> None:
    assert find(desk, "tuyển dụng đặc cách phi công") == ["can-bo"]
    status = desk.get_by_role("status")
    expect(status).to_have_text("Không bài nào có đủ các từ. 1 bài sau đây có nhiều từ nhất.")
    expect(desk.locator("[data-found] .missing")).to_have_text("Không có: “phi”, “công”")
    find(desk, " ".join(f"từ{number}" for number in range(15)))
    expect(status).to_contain_text("Chỉ tìm theo 12 từ đầu.")


def test_what_was_meant_is_offered(page: Page, address: str) -> None:
    page.goto(f"{address}/tim-kiem/?q=bện viện")
    wait_for_results(page)
    advice = page.get_by_text("Ý bạn là: ")
    expect(advice).to_have_text("Ý bạn là: bệnh viện?")
    advice.get_by_role("link").click()
    wait_for_results(page)
    assert {*slugs(page)[:2]} == {"benh-vien", "benh-vien-2"}
    assert parse_qs(urlsplit(page.url).query) == {"q": ["bệnh viện"]}
    expect(advice).to_be_hidden()


@pytest.mark.parametrize("text", ["bệnh viện", "benh vien", "tuyển dụng", "Thu Hà", "19/5"])
def test_what_is_right_is_not_corrected(desk: Page, text: str) -> None:
    find(desk, text)
    desk.wait_for_timeout(300)
    expect(desk.locator("[data-advice]")).to_be_hidden()


def test_marks_are_where_the_words_are(desk: Page) -> None:
    find(desk, "đảng ủy")
    excerpt = desk.locator("[data-found] .excerpt").first
    assert excerpt.locator("mark").all_inner_texts() == ["đảng", "ủy"]
    find(desk, "tuyển dụng")
    title = desk.locator("[data-found] h2").first
    assert title.locator("mark").all_inner_texts() == ["tuyển", "dụng"]
    find(desk, "19/5")
    excerpts = desk.locator("[data-found] .excerpt")
    assert excerpts.nth(0).locator("mark").all_inner_texts() == ["19/5"]
    assert excerpts.nth(1).locator("mark").all_inner_texts() == ["19", "tháng", "5", "năm", "1890"]


def test_names_say_what_they_are(desk: Page) -> None:
    find(desk, "bieu mau 03")
    expect(desk.locator("[data-found] .when").first).to_contain_text("Tài liệu · PDF, ")
    for text, kind in {"Tổ chức": "Chuyên mục", "Rừng núi": "Thẻ", "Đỗ An": "Tác giả"}.items():
        find(desk, text)
        expect(desk.locator("[data-found] .when").first).to_have_text(kind)


def test_sending_is_a_step_of_history_and_typing_is_none(page: Page, address: str) -> None:
    page.goto(f"{address}/tim-kiem/")
    wait_for_results(page)
    field = page.locator("main input[type=search]")
    steps = page.evaluate("history.length")
    field.press_sequentially("tuyen dung")
    expect(page.locator("[data-found] li")).to_have_count(2)
    assert page.evaluate("history.length") == steps
    page.keyboard.press("Enter")
    wait_for_results(page)
    field.fill("dang")
    field.fill("le dinh duc")
    expect(page.locator("[data-found] li")).to_have_count(1)
    page.keyboard.press("Enter")
    wait_for_results(page)
    assert page.evaluate("history.length") == steps + 2
    page.go_back()
    expect(field).to_have_value("tuyen dung")
    expect(page.locator("[data-found] li")).to_have_count(2)
    page.go_back()
    expect(field).to_have_value("")
    page.go_forward()
    page.go_forward()
    expect(field).to_have_value("le dinh duc")
    expect(page.locator("[data-found] li")).to_have_count(1)


def test_who_comes_back_finds_the_place_and_all_results(page: Page, address: str) -> None:
    page.goto(f"{address}/tim-kiem/?q=hoạt+động")
    wait_for_results(page)
    for count in (20, 30):
        page.get_by_role("button", name="Xem thêm kết quả").click()
        expect(page.locator("[data-found] li")).to_have_count(count)
    link = page.locator("[data-found] a").nth(24)
    link.scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    top = page.evaluate("scrollY")
    assert top > 500
    link.click()
    page.wait_for_url("**/he-*/")
    page.go_back()
    wait_for_results(page)
    expect(page.locator("[data-found] li")).to_have_count(30)
    expect(page.locator("[data-found] a").nth(24)).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - top) < 5


def test_on_a_phone_the_first_result_is_on_the_first_screen(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        page.goto(f"{address}/tim-kiem/?q=tuyển dụng")
        wait_for_results(page)
        box = page.locator("[data-found] a").first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 640
        category = page.get_by_role("combobox", name="Chuyên mục")
        expect(category).to_be_hidden()
        button = page.get_by_role("button", name="Lọc")
        expect(button).to_have_attribute("aria-expanded", "false")
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
        category.select_option("Công tác Đảng")
        wait_for_results(page)
        assert slugs(page) == ["can-bo"]
        expect(button).to_have_text("Lọc (1)")


def test_a_filter_that_leaves_nothing_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/tim-kiem/?q=tuyển dụng&nam=2021")
    wait_for_results(page)
    expect(page.get_by_role("status")).to_have_text(
        "Không có kết quả nào khớp bộ lọc; bỏ bộ lọc thì có 2."
    )


def test_found_words_are_seen_in_forced_colours(browser: Browser, address: str) -> None:
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.goto(f"{address}/tim-kiem/?q=tuyển dụng")
        wait_for_results(page)
        for mark in ("h2 mark", ".excerpt mark"):
            style = page.locator(f"[data-found] {mark}").first.evaluate(
                "(each) => [getComputedStyle(each).backgroundColor,"
                " getComputedStyle(each.parentElement).backgroundColor]"
            )
            assert style[0] != style[1]
            assert style[0] != "rgba(0, 0, 0, 0)"


def test_what_the_page_fetches_at_once_is_what_it_imports(page: Page, address: str) -> None:
    """An address that no module imports would be fetched in vain, besides the one that is."""
    page.goto(f"{address}/tim-kiem/")
    wait_for_results(page)
    preloaded, scripts = page.evaluate(
        "[[...document.querySelectorAll('link[rel=modulepreload]')].map((each) => each.href),"
        " performance.getEntriesByType('resource').map((each) => each.name)]"
    )
    names = [urlsplit(each).path.rpartition("/")[2].split(".")[0] for each in preloaded]
    assert names == [
        *("search", "search-bundle", "search-letters", "search-form", "search-index"),
        *("search-match", "search-words", "search-dates", "search-results"),
        *("numbers", "search-excerpt"),
    ]
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
