"""What leads to the lists: authors and tags from A to Z, the calendar, the site map."""

import pytest

from sitegen.foundation.text import find_initial
from support.html_tree import Element, parse
from support.site_folder import SiteFolder

CATEGORY = "Công tác xây dựng Đảng"


def links(element: Element) -> list[tuple[str, str]]:
    return [(each.text, each.attributes["href"]) for each in element.find_all("a")]


@pytest.mark.parametrize(
    ("name", "initial"),
    [
        ("An", "A"),
        ("Ánh", "A"),
        ("ẩn", "Â"),
        ("Ẵng", "Ă"),
        ("đảng", "Đ"),
        ("Ợ", "Ơ"),
        ("Ữ", "Ư"),
        ("Ề", "Ê"),
        ("W", "W"),
        ("2026", ""),
        ("«", ""),
        ("Ж", ""),
    ],
)
def test_a_name_is_looked_for_under_its_letter(name: str, initial: str) -> None:
    assert find_initial(name) == initial


def test_names_stand_under_their_letters_in_vietnamese_order(site: SiteFolder) -> None:
    tags = "[Đoàn, An toàn, Ân cần, ánh sáng, Dân vận, ăn mặc, '2030', Ước, Uy tín]"
    site.article("mot", tags=tags).build()
    main = parse(site.page("/the/")).find("main")
    letters = ["#", "A", "Ă", "Â", "D", "Đ", "U", "Ư"]
    jumps = links(main.find("nav"))
    assert [text for text, _ in jumps] == letters
    headings = main.find_all("h2")
    assert [each.text for each in headings] == letters
    assert [url for _, url in jumps] == [f"#{each.attributes['id']}" for each in headings]
    assert len({url for _, url in jumps}) == len(jumps)
    names = [each.find("a").text for each in main.find_all("ul", class_="tag")]
    assert names == ["2030", "An toàn", "ăn mặc", "Ân cần", "Dân vận", "Đoàn", "Uy tín", "Ước"]
    under_a = main.find_all("ul", class_="tag")[1]
    assert links(under_a) == [("An toàn", "/the/an-toan/"), ("ánh sáng", "/the/anh-sang/")]


class TestCalendar:
    def days(self, site: SiteFolder, url: str = "/luu-tru/2024/") -> dict[str, dict[str, str]]:
        """Return the days with articles by the caption of their month."""
        found = {}
        for table in parse(site.page(url)).find_all("table"):
            busy = table.find_all("td", class_="busy")
            month = table.find("caption").find("a").text
            texts = (each.text.removeprefix("Ngày ") for each in busy)
            found[month] = dict(each.split(" ", 1) for each in texts)
        return found

    def places(self, site: SiteFolder, url: str = "/luu-tru/2024/") -> list[str]:
        """Return where the days lead, each to a part that is there and names its articles."""
        found = [
            link.attributes["href"]
            for cell in parse(site.page(url)).find_all("td", class_="busy")
            for link in cell.find_all("a")
        ]
        for each in found:
            page, _, anchor = each.partition("#")
            (day,) = parse(site.page(page)).find_all("section", aria_labelledby=anchor)
            assert day.find("h2").attributes["id"] == anchor
            assert day.find_all("article")
        return found

    def test_a_day_leads_to_its_articles(self, site: SiteFolder) -> None:
        site.article("a", date="2024-02-29 23:59").article("b", date="2024-02-29")
        site.article("c", date="2024-02-28T20:00+00:00").article("d", date="2024-02-03").build()
        month = "/luu-tru/2024/02/"
        assert self.places(site) == [f"{month}#ngay_3", f"{month}#ngay_29"]
        days = parse(site.page(month)).find_all("section", class_="day")
        assert [each.find("h2").text for each in days] == [
            "Thứ năm, 29/02/2024",
            "Thứ bảy, 03/02/2024",
        ]
        titles = [[one.text for one in each.find_all("h3")] for each in days]
        assert titles == [["a", "c", "b"], ["d"]]

    def test_a_day_leads_to_the_page_of_the_archive_that_keeps_its_articles(
        self, site: SiteFolder
    ) -> None:
        config = (site.root / "config.yaml").read_text("utf-8")
        site.write("config.yaml", f"{config}lists: {{page_size: 3}}\n")
        for day in (1, 2, 3, 3, 4, 5, 6):
            number = len(list((site.root / "content").rglob("*.md")))
            site.article(f"bai-{number}", date=f"2024-02-0{day} 0{number}:00")
        site.build()
        month = "/luu-tru/2024/02/"
        before = self.places(site)
        assert before == [
            f"{month}trang/1/#ngay_1",
            f"{month}trang/1/#ngay_2",
            # The newer one of its two articles is on this page.
            f"{month}trang/2/#ngay_3",
            f"{month}#ngay_4",
            f"{month}#ngay_5",
            f"{month}#ngay_6",
        ]
        site.article("moi", date="2024-02-07").build()
        after = self.places(site)
        assert after[:3] == before[:3]
        assert after[3:] == [f"{month}trang/2/#ngay_4", *before[4:], f"{month}#ngay_7"]

    def test_with_shorter_pages_the_days_lead_elsewhere(self, site: SiteFolder) -> None:
        site.article("a", date="2024-02-01").article("b", date="2024-02-02").build()
        assert self.places(site)[0] == "/luu-tru/2024/02/#ngay_1"
        config = (site.root / "config.yaml").read_text("utf-8")
        site.write("config.yaml", f"{config}lists: {{page_size: 1}}\n").build()
        assert self.places(site)[0] == "/luu-tru/2024/02/trang/1/#ngay_1"

    def test_every_day_has_its_count(self, site: SiteFolder) -> None:
        site.article("a", date="2024-02-29 23:59").article("b", date="2024-02-29")
        site.article("c", date="2024-02-28T20:00+00:00").article("d", date="2024-12-01").build()
        assert self.days(site) == {"Tháng 2": {"29": "3 bài"}, "Tháng 12": {"1": "1 bài"}}
        page = parse(site.page("/luu-tru/2024/"))
        weeks = page.find("table").find("tbody").find_all("tr")
        # 2024-02-01 is a Thursday.
        assert [each.text for each in weeks[0].find_all("td")][:5] == ["", "", "", "1", "2"]
        assert all(len(week.find_all("td")) == 7 for week in weeks)
        assert links(page.find("caption")) == [("Tháng 2", "/luu-tru/2024/02/")]

    def test_a_calendar_follows_its_articles(self, site: SiteFolder) -> None:
        site.article("a", date="2024-02-10").build()
        site.article("a", date="2024-02-11").build()
        assert self.days(site) == {"Tháng 2": {"11": "1 bài"}}
        config = (site.root / "config.yaml").read_text("utf-8")
        site.article("a", date="2024-02-11T20:00+07:00")
        site.write(
            "config.yaml", config.replace("  language", "  timezone: Asia/Tokyo\n  language")
        )
        site.build()
        assert self.days(site) == {"Tháng 2": {"11": "1 bài"}}
        site.article("a", date="2024-02-11T23:00+07:00").build()
        assert self.days(site) == {"Tháng 2": {"12": "1 bài"}}

    def test_years_lead_to_each_other(self, site: SiteFolder) -> None:
        for year in (2021, 2023, 2024):
            site.article(f"bai-{year}", date=f"{year}-01-01")
        site.build()
        pager = parse(site.page("/luu-tru/2023/")).find("nav", class_="pager")
        assert links(pager) == [
            ("Năm mới hơn", "/luu-tru/2024/"),
            ("Năm cũ hơn", "/luu-tru/2021/"),
        ]
        old = site.page("/luu-tru/2021/")
        site.article("moi", date="2024-03-01").build()
        assert site.page("/luu-tru/2021/") == old

    def test_the_archive_has_all_months_of_its_years(self, site: SiteFolder) -> None:
        site.article("a", date="2024-02-10").article("b", date="2024-02-11").build()
        year = parse(site.page("/luu-tru/")).find("section", class_="year")
        assert links(year) == [("Năm 2024", "/luu-tru/2024/"), ("Tháng 2", "/luu-tru/2024/02/")]
        months = [each.text for each in year.find_all("li")]
        assert months[:3] == ["Tháng 1", "Tháng 2 2 bài", "Tháng 3"]
        assert len(months) == 12

    def test_without_lists_of_months_there_is_none(self, site: SiteFolder) -> None:
        config = (site.root / "config.yaml").read_text("utf-8")
        site.write("config.yaml", f"{config}lists: {{months: false}}\n").article("a").build()
        assert not (site.output / "luu-tru").exists()


def test_the_site_map_names_everything(site: SiteFolder) -> None:
    site.write("content/pages/lien-he.md", "---\ntitle: Liên hệ\n---\n")
    site.article("a", date="2024-02-10").article("b", category=CATEGORY).build()
    page = parse(site.page("/so-do-trang/"))
    named = dict(links(page.find("main")))
    assert named == {
        "Hoạt động của cơ sở": "/hoat-dong-cua-co-so/",
        CATEGORY: "/cong-tac-xay-dung-dang/",
        "Năm 2024": "/luu-tru/2024/",
        "Trang chủ": "/",
        "Liên hệ": "/lien-he/",
        "Lưu trữ theo tháng": "/luu-tru/",
        "Thẻ": "/the/",
        "Tác giả": "/tac-gia/",
        "Tìm kiếm": "/tim-kiem/",
        "Tin RSS": "/rss/",
    }
    assert ("Tin RSS", "/rss/") in links(page.find("footer"))
    assert ("Sơ đồ trang", "/so-do-trang/") in links(parse(site.page("/")).find("footer"))
