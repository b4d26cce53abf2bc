"""The form of the old portal's article page, every part of it, on a page of the new one."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from sitegen.content.scalars import quote
from support.html_tree import Element, parse, parse_main
from support.site_folder import SEED, VIETNAMESE, SiteFolder
from support.stored_sites import SITES, copy_site

URL = "/hoat-dong-cua-co-so/2023/03/dua-chat-luong-len-truoc-trong-phat-trien-dang-vien/"
TITLE = "Đưa chất lượng lên trước trong phát triển đảng viên"


@pytest.fixture(scope="module")
def seed_site(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    site = copy_site("seed_form", tmp_path_factory.mktemp("seed"))
    assert site.build().warnings == ()
    return site


@pytest.fixture(scope="module")
def page(seed_site: SiteFolder) -> Element:
    return parse(seed_site.page(URL))


@pytest.fixture(scope="module")
def main(seed_site: SiteFolder) -> Element:
    return parse_main(seed_site.page(URL))


def links(element: Element) -> list[tuple[str, str]]:
    return [(each.text, each.attributes["href"]) for each in element.find_all("a")]


def test_the_masthead_has_the_clock_the_welcome_and_the_search_box(page: Element) -> None:
    head = page.find("header", class_="masthead")
    clock = [each for each in head.walk() if "data-clock" in each.attributes]
    # The clock's place is empty: what time it is, only the reader's machine knows.
    assert [each.text for each in clock] == [""]
    assert head.find(class_="welcome").text == (
        "Chào mừng đồng chí và các bạn đã đến với cổng thông tin điện tử của Đảng bộ Khối!"
    )
    form = head.find("form", role="search")
    assert form.attributes["action"] == "/tim-kiem/"
    assert [each.text for each in form.find_all("button")] == ["Site", "Web"]
    web = form.find_all("button")[1].attributes
    assert web["formaction"] == "https://www.google.com/search"
    assert "name" not in web, "Web searches the whole web, not this site alone"
    assert form.find("input", type="search").attributes["name"] == "q"


def test_the_breadcrumbs_lead_from_the_front_to_the_details(page: Element) -> None:
    steps = page.find("nav", class_="breadcrumbs")
    assert links(steps) == [("Trang chủ", "/"), ("Hoạt động của cơ sở", "/hoat-dong-cua-co-so/")]
    assert steps.find("li", aria_current="page").text == "Chi tiết tin tức"


def test_category_title_date_and_views_stand_over_the_text(main: Element) -> None:
    head = main.find("header")
    assert links(head)[0] == ("Hoạt động của cơ sở", "/hoat-dong-cua-co-so/")
    assert head.find("h1").text == TITLE
    assert "Ngày đăng: 9:34 | 06/03/2023" in head.text
    assert head.find("time").attributes["datetime"] == ("2023-03-06T09:34:00+07:00")
    assert "Lượt xem: 324" in head.text


def test_the_lead_and_the_photo_come_before_the_body(main: Element) -> None:
    lead = main.find(class_="lead")
    assert lead.text.startswith("Giao chỉ tiêu sát với nguồn")
    figure = main.find("figure")
    assert figure.find("img").attributes["src"] == "/media/anh/le-trao-giay-khen.png"
    assert (figure.find("img").attributes["width"], figure.find("img").attributes["height"]) == (
        "320",
        "200",
    )
    caption = figure.find("figcaption")
    assert caption.text.startswith("Lãnh đạo đảng ủy trao giấy khen")
    assert "Ảnh: N.ĐOAN" in caption.text
    order = [each for each in main.walk() if each in {lead, figure, main.find(class_="prose")}]
    assert order == [lead, figure, main.find(class_="prose")]


def test_the_body_has_its_paragraphs_and_subheadings(main: Element) -> None:
    body = main.find(class_="prose")
    assert [each.text for each in body.find_all("h2")] == [
        "Kinh nghiệm tại một chi bộ",
        "Chăm lo từ lúc tạo nguồn",
    ]
    assert [each.tag for each in body.children if isinstance(each, Element)] == [
        *("p", "p", "h2", "p", "p", "h2", "p")
    ]
    assert "đã đạt 92,4% so với" in body.text


def test_the_author_and_the_way_back_follow_the_body(main: Element) -> None:
    foot = main.find("article").find("footer")
    assert "HÀN GIANG" in foot.text
    assert ("[Trở về]", "/hoat-dong-cua-co-so/") in links(foot)


def test_both_lists_name_five_neighbours_nearest_first(main: Element) -> None:
    lists = {
        each.find("h2").text.rstrip(":"): [link.text for link in each.find_all("a")]
        for each in main.find_all("section")
    }
    assert lists["Các tin mới hơn"] == [f"Tin mới thứ {number} của cơ sở" for number in range(1, 6)]
    assert lists["Các tin cũ hơn"] == [
        f"Tin cũ thứ {number} của cơ sở" for number in range(6, 1, -1)
    ]


def test_the_foot_has_the_links_the_visits_and_the_imprint(page: Element) -> None:
    foot = page.find("footer", class_="foot")
    sections = {each.find("h2").text: each for each in foot.find_all("section")}
    assert links(sections["Liên kết web"]) == [
        ("Báo điện tử của ngành", "https://example.com"),
        ("Trang tin của tỉnh", "https://example.net/tin"),
    ]
    assert "3.150.444" in sections["Lượt truy cập"].text
    for line in (
        "Cơ quan chủ quản: Đảng bộ Khối các cơ quan tỉnh Quảng Nam",
        "Giấy phép: Giấy phép số 12/GP-TTĐT",
        "Chịu trách nhiệm: Ban Biên tập cổng thông tin",
        "Địa chỉ: Thành phố Tam Kỳ",
        "Điện thoại: 0235 000 0000",
        "Thư điện tử: vanthu@example.org",
    ):
        assert line in foot.text
    assert ("vanthu@example.org", "mailto:vanthu@example.org") in links(foot)
    assert ("0235 000 0000", "tel:02350000000") in links(foot)


def test_what_is_not_configured_is_absent(tmp_path: Path) -> None:
    site = copy_site("seed_form", tmp_path)
    config = (site.root / "config.yaml").read_text("utf-8")
    bare = re.sub(
        r"^(?:links|imprint):\n(?:  .*\n)+|^visits: .*\n|^  welcome: .*\n",
        "",
        config,
        flags=re.MULTILINE,
    )
    assert bare.count(":") < config.count(":") - 10
    site.write("config.yaml", bare).build()
    page = parse(site.page(URL))
    text = page.text
    for words in ("Lượt truy cập", "Liên kết web", "Chào mừng", "Cơ quan chủ quản", "Giấy phép"):
        assert words not in text
    assert not page.find_all("address")
    assert not page.find_all(class_="welcome")


class OldPage(NamedTuple):
    """An article page of the old portal, as its text shows it."""

    category: str
    title: str
    date: str
    views: str
    lead: str
    caption: str
    credit: str
    body: list[str]
    author: str


SUBHEADINGS = ("Kinh nghiệm tại một đảng bộ", "Làm tốt công tác tạo nguồn")


def read_old_page(text: str) -> OldPage:
    """Return the parts of a page in the order in which the old portal shows them."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    start = lines.index("Chi tiết tin tức") + 1
    end = lines.index("[Trở về]")
    category, title, facts, lead, picture, *rest = lines[start:end]
    found = re.fullmatch(r"Ngày đăng: (\d+:\d\d) \| (\d\d)/(\d\d) Lượt xem: (\d+)", facts)
    assert found
    time, day, month, views = found.groups()
    caption, _, credit = picture.partition(" Ảnh: ")
    # The photo's alternative text says its caption once more.
    body = [line for line in rest[:-1] if line != picture]
    date = f"2023-{month}-{day} {time}"
    return OldPage(category, title, date, views, lead, caption, credit, body, rest[-1])


def write_article(site: SiteFolder, old: OldPage) -> None:
    picture = copy_picture(site)
    body = [f"## {line}" if line in SUBHEADINGS else line for line in old.body]
    site.article(
        "bai-cu",
        "\n\n".join(body),
        title=quote(old.title),
        date=old.date,
        category=quote(old.category),
        author=quote(old.author),
        lead=quote(old.lead),
        photo=picture,
        photo_caption=quote(old.caption),
        photo_credit=quote(old.credit),
        views=old.views,
    )


def copy_picture(site: SiteFolder) -> str:
    source = SITES / "seed_form/content/media/anh/le-trao-giay-khen.png"
    site.write("content/media/anh.png", source.read_bytes())
    return "/media/anh.png"


def plain_quotes(text: str) -> str:
    return " ".join(text.translate({ord(each): '"' for each in "“”"}).split())


@pytest.mark.skipif(
    not SEED.is_dir(), reason="the old portal's pages are not beside the repository"
)
def test_every_paragraph_of_the_old_page_is_on_the_new_one(site: SiteFolder) -> None:
    sources = sorted(SEED.glob("*.txt"))
    assert sources
    for source in sources:
        old = read_old_page(source.read_text("utf-8"))
        assert len(old.body) > 5
        assert set(SUBHEADINGS) <= set(old.body)
        write_article(site.write("config.yaml", VIETNAMESE), old)
        site.build()
        (path,) = (each for each in site.files() if each.startswith("hoat-dong-cua-co-so/2023/"))
        main = parse_main(site.page(f"/{path.removesuffix('index.html')}"))
        paragraphs = [plain_quotes(each.text) for each in main.find(class_="prose").find_all()]
        assert paragraphs == [plain_quotes(line) for line in old.body]
        assert [each.text for each in main.find(class_="prose").find_all("h2")] == [*SUBHEADINGS]
        shown = plain_quotes(main.text)
        for part in (old.category, old.title, old.lead, old.caption, old.author):
            assert plain_quotes(part) in shown
        assert f"Ảnh: {old.credit}" in shown
        assert f"Lượt xem: {old.views}" in shown
        assert "Ngày đăng: 9:34 | 06/03/2023" in shown
