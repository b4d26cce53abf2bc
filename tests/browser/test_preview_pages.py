"""The preview in a browser: what stands above a page, and where the tab is after each save."""

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from support.preview_process import PATIENCE, Served, serve
from support.site_folder import CONFIG, SiteFolder

VIETNAMESE = CONFIG.replace("language: en", "language: vi")
NOTES = "sitegen-preview :is(.errors, .warnings, .band)"
LIST = "hoat-dong-cua-co-so"
PAGE = f"{LIST}/2024/05"
SOON = PATIENCE * 1000
LONG = "\n\n".join(f"Đoạn {number} của bài: {'chữ ' * 60}" for number in range(60))


class Desk:
    """An editor: the files, the preview that runs, and one tab."""

    def __init__(self, site: SiteFolder, served: Served, page: Page) -> None:
        self.site, self.served, self.page = site, served, page

    def open(self, path: str = "") -> None:
        # The page that is left may load itself again at the same time.
        while self.page.url != "about:blank":
            with suppress(Error):
                self.page.goto("about:blank")
        self.page.goto(self.served.address + path)

    def wait_for(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for(timeout=SOON)

    def wait_for_address(self, path: str) -> None:
        address = f"{self.served.address}{path}"
        self.page.wait_for_url(address, timeout=SOON)

    @property
    def notes(self) -> str:
        """What stands above the page, as it is read."""
        return "\n".join(self.page.locator(NOTES).all_inner_texts())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 657})
    yield context.new_page()
    context.close()


@pytest.fixture
def newsroom(site: SiteFolder) -> SiteFolder:
    site.write("config.yaml", VIETNAMESE)
    site.article("mot", "Chữ cũ.", title='"Bài một"', slug="mot")
    return site.article("hai", title='"Bài hai"', slug="hai")


@pytest.fixture
def desk(newsroom: SiteFolder, page: Page) -> Iterator[Desk]:
    with serve(newsroom, "--drafts") as served:
        yield Desk(newsroom, served, page)


# What is wrong ---------------------------------------------------------------------------------


def test_problems_stand_over_the_last_good_page_until_they_are_mended(desk: Desk) -> None:
    desk.open(f"{PAGE}/mot/")
    expect(desk.page.locator(NOTES)).to_have_count(0)
    desk.site.article("mot", "Chữ mới.", title='"Bài một"', slug="mot", category="Không có")
    desk.wait_for("category: Không có")
    assert "content/mot.md" in desk.notes
    assert "dòng 4, lỗi: không có chuyên mục `Không có`" in desk.notes
    assert "Bên dưới là trang của lần lưu đúng gần nhất." in desk.notes
    desk.wait_for("Chữ cũ.")
    desk.site.article("mot", "Chữ mới.", title='"Bài một"', slug="mot")
    desk.wait_for("Chữ mới.")
    expect(desk.page.locator(NOTES)).to_have_count(0)


def test_a_page_shows_its_own_problems_first_and_leads_to_the_others(desk: Desk) -> None:
    desk.open(f"{PAGE}/mot/")
    desk.site.article("hai", title='"Bài hai"', slug="hai", category="Không có")
    desk.wait_for("category: Không có")
    desk.site.article("mot", title='"Bài một"', slug="mot", author="")
    desk.wait_for("Ở bài khác: 1 lỗi.")
    assert "category: Không có" not in desk.notes
    desk.page.get_by_text("Ở bài khác").click()
    desk.page.get_by_role("link", name="content/hai.md").click()
    desk.wait_for_address(f"{PAGE}/hai/")
    desk.wait_for("category: Không có")
    # A page that is of no text has all of it open.
    desk.open()
    assert "content/mot.md" in desk.notes
    assert "category: Không có" in desk.notes


def test_what_belongs_to_no_page_is_listed_on_every_page(desk: Desk) -> None:
    desk.open(f"{PAGE}/mot/")
    desk.site.write("content/moi.md", "---\ntitle: Mới\n---\n\nChữ.\n")
    desk.wait_for("content/moi.md")
    desk.open()
    assert "content/moi.md" in desk.notes


def test_a_first_build_with_errors_becomes_the_site_by_itself(
    newsroom: SiteFolder, page: Page
) -> None:
    newsroom.article("mot", title='"Bài một"', slug="mot", category="Không có")
    with serve(newsroom) as served:
        desk = Desk(newsroom, served, page)
        desk.open(f"{PAGE}/mot/")
        assert page.locator("html").get_attribute("lang") == "vi"
        assert page.title() == "Xem thử"
        assert desk.notes.startswith("Trang chưa hiện ra được, vì có chỗ sai:")
        assert "content/mot.md" in desk.notes
        newsroom.article("mot", "Nay đã đúng.", title='"Bài một"', slug="mot")
        desk.wait_for("Nay đã đúng.")
        assert page.title().startswith("Bài một")


def test_an_earlier_preview_is_shown_below_the_errors_of_the_first_build(
    newsroom: SiteFolder, page: Page
) -> None:
    with serve(newsroom) as served:
        served.wait_for_page("Bài một")
    newsroom.article("mot", title='"Bài một"', slug="mot", category="Không có")
    with serve(newsroom) as served:
        desk = Desk(newsroom, served, page)
        desk.open(f"{PAGE}/mot/")
        assert "category: Không có" in desk.notes
        assert "Bên dưới là trang của lần lưu đúng gần nhất." in desk.notes
        desk.wait_for("Chữ cũ.")


def test_an_open_page_outlives_the_preview(newsroom: SiteFolder, page: Page) -> None:
    with serve(newsroom) as served:
        desk = Desk(newsroom, served, page)
        desk.open(f"{PAGE}/mot/")
        desk.wait_for("Chữ cũ.")
        port = str(urlsplit(served.address).port)
    newsroom.article("mot", "Chữ của lần chạy sau.", title='"Bài một"', slug="mot")
    with serve(newsroom, "--port", port):
        desk.wait_for("Chữ của lần chạy sau.")


def test_warnings_wait_to_be_opened(desk: Desk) -> None:
    desk.open(f"{PAGE}/mot/")
    desk.site.article("mot", "Chữ.\n\n[^9]: Không ai nhắc tới.", title='"Bài một"', slug="mot")
    desk.wait_for("Trong bài này: 1 nhắc.")
    assert "dòng" not in desk.notes
    desk.page.get_by_text("Trong bài này").click()
    assert "dòng 11, nhắc:" in desk.notes
    desk.open(f"{PAGE}/hai/")
    assert desk.notes == ""
    desk.open()
    assert desk.notes == "Toàn trang: 1 nhắc."


# What the text is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "address", "shown"),
    [
        ({"draft": "true"}, "2024/05", "BẢN NHÁP"),
        ({"date": "2026-11-24 07:00"}, "2026/11", "HẸN GIỜ 07:00 24/11"),
        ({"date": "2027-01-02 7:05"}, "2027/01", "HẸN GIỜ 07:05 02/01/2027"),
        ({"expires": "2026-11-22 17:30"}, "2024/05", "HẾT HẠN 17:30 22/11"),
    ],
)
def test_a_band_says_what_readers_do_not_see(
    fields: dict[str, str], address: str, shown: str, newsroom: SiteFolder, page: Page
) -> None:
    newsroom.article("mot", "Chữ cũ.", **fields)
    with serve(newsroom, "--drafts") as served:
        desk = Desk(newsroom, served, page)
        desk.open(f"{LIST}/{address}/mot/")
        expect(page.locator("sitegen-preview .band strong")).to_have_text([shown])
        box = page.locator("sitegen-preview").bounding_box()
        assert box
        assert (box["x"], box["y"], box["width"]) == (0, 0, 1366)
        desk.open(f"{PAGE}/hai/")
        assert desk.notes == ""
    # What is shown is never in the files.
    folder = newsroom.root / ".sitegen/preview/output"
    for path in folder.rglob("*.html"):
        assert "sitegen-preview" not in path.read_text("utf-8")
    # Without drafts there is no page, and the not-found page says why.
    with serve(newsroom) as served:
        desk = Desk(newsroom, served, page)
        desk.open(f"{LIST}/{address}/mot/")
        assert shown in desk.notes
        assert "sitegen serve --drafts" in desk.notes
        assert "Chữ cũ." not in page.content()


def test_a_draft_of_the_future_is_both(newsroom: SiteFolder, page: Page) -> None:
    newsroom.article("mot", draft="true", date="2026-11-24 07:00")
    with serve(newsroom, "--drafts") as served:
        Desk(newsroom, served, page).open(f"{LIST}/2026/11/mot/")
        bands = page.locator("sitegen-preview .band strong")
        expect(bands).to_have_text(["BẢN NHÁP", "HẸN GIỜ 07:00 24/11"])


# Where the tab is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"slug": "ten-moi"}, f"{PAGE}/ten-moi/"),
        ({"date": "2025-06-07 08:00", "slug": "mot"}, f"{LIST}/2025/06/mot/"),
        (
            {"category": "Công tác xây dựng Đảng", "slug": "mot"},
            "cong-tac-xay-dung-dang/2024/05/mot/",
        ),
        ({"title": '"Tên khác hẳn"', "draft": "true"}, f"{PAGE}/ten-khac-han/"),
        ({"slug": "ten-moi", "aliases": f"[/{PAGE}/mot/]"}, f"{PAGE}/ten-moi/"),
    ],
)
def test_the_tab_follows_a_page_whose_address_changed(
    fields: dict[str, str], address: str, desk: Desk
) -> None:
    desk.site.article("mot", "Chữ cũ.", title='"Một"', slug="mot")
    desk.open(f"{PAGE}/mot/")
    desk.served.wait_for_page("<h1", path=f"/{PAGE}/mot/")
    desk.open(f"{PAGE}/mot/")
    desk.site.article("mot", "Chữ mới.", **{"title": '"Một"', **fields})
    desk.wait_for_address(address)
    desk.wait_for("Chữ mới.")
    # To readers who come to the old address, the preview is as honest as the site.
    if "aliases" not in fields:
        desk.open(f"{PAGE}/mot/")
        assert "ĐÃ ĐỔI ĐỊA CHỈ" in desk.notes
        desk.page.get_by_role("link", name=address).click()
        desk.wait_for_address(address)


def test_the_tab_follows_a_file_that_was_renamed(desk: Desk) -> None:
    old, new = (desk.site.root / f"content/{name}.md" for name in ("mot", "khac/ten-moi"))
    desk.open(f"{PAGE}/mot/")
    new.parent.mkdir()
    text = old.read_text("utf-8").replace("slug: mot", "slug: ten-moi")
    old.unlink()
    desk.wait_for("Không tìm thấy")
    new.write_text(text, "utf-8")
    desk.wait_for_address(f"{PAGE}/ten-moi/")


def test_the_reader_keeps_the_place(desk: Desk) -> None:
    desk.site.article("mot", LONG)
    desk.served.wait_for_page("Đoạn 40", path=f"/{PAGE}/mot/")
    desk.open(f"{PAGE}/mot/")
    spot = desk.page.get_by_text("Đoạn 40 của bài")
    spot.evaluate("each => scrollTo(0, scrollY + each.getBoundingClientRect().top - 200)")

    def find_top() -> float:
        box = spot.bounding_box()
        assert box
        return round(box["y"])

    assert find_top() == 200
    # Above it the text becomes longer, and the page moves to another address.
    more = "\n\n".join(f"Thêm {number}. {'chữ ' * 60}" for number in range(9))
    desk.site.article("mot", f"{more}\n\n{LONG}", slug="mot-dai")
    desk.wait_for_address(f"{PAGE}/mot-dai/")
    desk.page.wait_for_load_state("load")
    desk.page.wait_for_function("scrollY > 0", timeout=SOON)
    assert abs(find_top() - 200) <= 2
    # The paragraph itself is edited: what stands around it is found.
    edited = LONG.replace("Đoạn 39 của bài", "Đoạn đã sửa").replace("Đoạn 38", "Sửa nữa")
    desk.site.article("mot", f"{more}\n\n{edited}", slug="mot-dai")
    desk.page.get_by_text("Đoạn đã sửa").wait_for(timeout=SOON)
    desk.page.wait_for_load_state("load")
    assert abs(find_top() - 200) <= 2


def test_notes_fit_a_telephone_and_print(newsroom: SiteFolder, browser: Browser) -> None:
    newsroom.article("mot", "Chữ cũ.", draft="true")
    with serve(newsroom, "--drafts") as served:
        page = browser.new_page(viewport={"width": 320, "height": 640})
        page.goto(f"{served.address}{PAGE}/mot/")
        newsroom.article("hai", author="", title=f'"{"x" * 90}"')
        page.get_by_text("author-missing").wait_for(timeout=SOON)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        box = page.locator("sitegen-preview").bounding_box()
        assert box
        assert box["height"] < 640 * 0.75
        page.emulate_media(media="print")
        expect(page.locator("sitegen-preview .band")).to_be_visible()
        expect(page.locator("sitegen-preview .errors")).to_be_hidden()
        page.close()
