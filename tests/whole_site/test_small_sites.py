"""Small sites, each for one behaviour; their content lies in ``sites/<behaviour>/``."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from support.html_tree import Element, parse, parse_main
from support.site_folder import NOW, ZONE, SiteFolder
from support.stored_sites import SITES, copy_site

Open = Callable[[str], SiteFolder]


@pytest.fixture
def stored(tmp_path: Path) -> Open:
    return lambda name: copy_site(name, tmp_path)


def main(site: SiteFolder, url: str) -> Element:
    return parse_main(site.page(url))


def links(element: Element) -> list[str]:
    return [each.attributes["href"] for each in element.find_all("a")]


def headlines(site: SiteFolder, url: str) -> list[str]:
    return [each.text for each in main(site, url).find_all(class_="headline")]


def articles(site: SiteFolder) -> list[str]:
    """Return the slugs of all articles that have a page."""
    pages = (re.fullmatch(r".+/\d{4}/\d\d/([^/]+)/index\.html", path) for path in site.files())
    return sorted(each[1] for each in pages if each)


def everything(site: SiteFolder) -> str:
    """Return all that readers and machines can see, addresses included."""
    texts = (f"{path}\n{read(path, data)}" for path, data in site.files().items() if is_text(path))
    return "\n".join(texts)


def read(path: str, data: bytes) -> str:
    """Return the text of a file; a JSON file may write its letters as escapes."""
    text = data.decode()
    return json.dumps(json.loads(text), ensure_ascii=False) if path.endswith(".json") else text


def is_text(path: str) -> bool:
    return path.endswith((".html", ".xml", ".json", ".txt", ".svg")) and "assets/" not in path


@pytest.mark.parametrize("name", sorted(path.name for path in SITES.iterdir()))
def test_every_stored_site_has_no_errors(stored: Open, name: str) -> None:
    site = stored(name)
    assert all(each.warning for each in site.build().warnings)
    assert site.build().written.written == 0


def test_drafts_and_embargo(stored: Open) -> None:
    site = stored("drafts_and_embargo")
    assert ["article-embargoed" in each for each in site.problems()] == [True]
    site.build()
    assert articles(site) == ["bai-cong-khai", "bai-dung-gio", "bai-mui-gio-khac"]
    text = everything(site)
    for hidden in ("nháp", "nhap", "Bài một phút nữa", "Người Mai", "riêng mai", "rieng-mai"):
        assert hidden not in text
    site.build(datetime(2026, 11, 23, 12, 1, tzinfo=ZONE))
    assert "bai-mot-phut-nua" in articles(site)
    site.build(datetime(2026, 11, 23, 11, 59, tzinfo=ZONE))
    assert articles(site) == ["bai-cong-khai"]
    site.build(drafts=True)
    assert len(articles(site)) == 5
    assert "trang-nhap/index.html" in site.files()
    assert 'content="noindex"' in site.page("/tin/2026/11/bai-cong-khai/")


def test_expired(stored: Open) -> None:
    site = stored("expired")
    site.build()
    assert articles(site) == ["con-han", "khong-co-han"]
    assert "Vừa hết hạn" not in everything(site)
    # A link to it is plain text, and said so in a warning.
    body = main(site, "/tin/2026/11/khong-co-han/").find(class_="prose")
    assert (body.text, links(body)) == ("Xem bài cũ và bài kia.", ["/tin/2026/11/con-han/"])
    assert ["link-hidden" in each for each in site.problems()] == [True]
    site.build(datetime(2026, 11, 23, 12, 1, tzinfo=ZONE))
    assert articles(site) == ["khong-co-han"]


def test_aliases(stored: Open) -> None:
    site = stored("aliases")
    site.build()
    new = "/tin/2024/05/bai-co-dia-chi-cu/"
    for old in ("/tin/123.html", "/cu/bai-a/", "/anh/cũ.htm"):
        page = parse(site.page(old))
        assert page.find("meta", http_equiv="refresh").attributes["content"] == f"0; url={new}"
        assert page.find("link", rel="canonical").attributes["href"] == f"https://example.org{new}"
        assert links(page) == [new]
    assert "/gioi-thieu/" in site.page("/gioithieu/")
    # What a file cannot answer, the not-found page's script looks up in a list.
    assert json.loads(site.page("/aliases.json")) == {
        "/Default.aspx?tabid=2&id=7": new,
        "/Default.aspx?tabid=2&id=8": "/tin/2024/05/bai-khac/",
    }
    # A web server is told of all of them.
    redirects = site.page("/aliases.txt")
    for old in ("/tin/123.html", "/cu/bai-a/", "/anh/c%C5%A9.htm", "/Default.aspx?tabid=2&id=7"):
        assert f'"{old}" "{new}";' in redirects
    assert len(re.findall(r'^"/\S+" "/\S+";$', redirects, re.MULTILINE)) == 6
    missing = parse(site.page("/404.html"))
    (looking,) = (each for each in missing.walk() if "data-aliases" in each.attributes)
    assert looking.attributes["data-aliases"] == "/aliases.json"
    assert "123.html" not in site.page("/sitemap/1.xml")


def test_base_path(stored: Open) -> None:
    site = stored("base_path")
    site.build()
    base, host = "/portal/tin", "https://example.org"
    for path, data in site.files().items():
        if not path.endswith(".html"):
            continue
        for element in parse(data.decode()).walk():
            for name in ("href", "src", "action", "data-aliases"):
                address = element.attributes.get(name, "")
                if address.startswith("/"):
                    assert address.startswith(f"{base}/"), (path, address)
                    # Without the base, it is a file of the output.
                    target = address[len(base) + 1 :].partition("#")[0]
                    assert (site.output / target).exists(), (path, address)
    page = main(site, "/tin/2024/05/bai-mot/")
    assert links(page.find(class_="prose")) == [
        f"{base}/xay-dung/to-chuc/2024/05/bai-hai/#muc",
        f"{base}/gioi-thieu/",
        f"{base}/tin/",
        f"{base}/media/hoa.svg",
    ]
    whole = parse(site.page("/tin/2024/05/bai-mot/"))
    canonical = f"{host}{base}/tin/2024/05/bai-mot/"
    assert whole.find("link", rel="canonical").attributes["href"] == canonical
    assert canonical in site.page("/rss.xml")
    assert f"{host}{base}/media/hoa.svg" in site.page("/feed.json")
    assert f"<loc>{host}{base}/sitemap/1.xml</loc>" in site.page("/sitemap.xml")
    assert f"Sitemap: {host}{base}/sitemap.xml" in site.page("/robots.txt")
    assert json.loads(site.page("/aliases.json")) == {
        f"{base}/cu.aspx?id=1": f"{base}/tin/2024/05/bai-mot/"
    }
    assert f"0; url={base}/tin/" in site.page("/cu.html")
    assert f"{base}/gioi-thieu/" in links(parse(site.page("/")).find("footer"))


def test_child_categories(stored: Open) -> None:
    site = stored("child_categories")
    site.build()
    assert headlines(site, "/dang/") == ["Bài tổ chức hai", "Bài tuyên giáo"]
    assert headlines(site, "/dang/trang/1/") == ["Bài tổ chức một", "Bài của mục trên"]
    assert headlines(site, "/dang/trang/2/") == ["Bài tổ chức hai", "Bài tuyên giáo"]
    assert headlines(site, "/dang/to-chuc/") == ["Bài tổ chức hai", "Bài tổ chức một"]
    assert headlines(site, "/dang/tg/") == ["Bài tuyên giáo"]
    assert headlines(site, "/to-chuc/") == ["Bài của mục cùng tên"]
    assert {"/dang/to-chuc/", "/dang/tg/"} <= set(links(main(site, "/dang/").find("header")))
    url = "/dang/to-chuc/2024/05/bai-to-chuc-hai/"
    crumbs = parse(site.page(url)).find("nav", class_="breadcrumbs")
    assert links(crumbs) == ["/", "/dang/", "/dang/to-chuc/"]
    # Neighbours are those of the same category, not of its parent.
    assert "Bài tổ chức một" in main(site, url).text
    assert "Bài tuyên giáo" not in main(site, url).text
    for path in ("/dang/rss.xml", "/dang/to-chuc/feed.json", "/dang/tg/rss.xml"):
        assert "/2024/05/bai-" in site.page(path)


def test_lists_switched_off(stored: Open) -> None:
    site = stored("lists_switched_off")
    site.build()
    assert not [each for each in site.files() if each.startswith(("tac-gia", "the/", "luu-tru"))]
    text = everything(site)
    for address in ("/tac-gia/", "/the/", "/luu-tru/"):
        assert address not in text
    page = main(site, "/tin/2024/05/bai-mot/")
    assert "Thu Hà" in page.text
    assert "thẻ một" in page.text
    assert not [each for each in links(page) if not each]


def test_empty_category(stored: Open) -> None:
    site = stored("empty_category")
    site.build()
    page = main(site, "/xay-dung/")
    assert page.find("h1").text == "Xây dựng"
    assert "chưa có bài viết" in page.text
    assert "xay-dung/trang/1/index.html" not in site.files()
    assert json.loads(site.page("/xay-dung/feed.json"))["items"] == []
    assert "<item>" not in site.page("/xay-dung/rss.xml")
    assert "/xay-dung/" in site.page("/sitemap/danh-sach-1.xml")


def test_a_site_without_articles(site: SiteFolder) -> None:
    assert site.build().written.written > 10
    assert "There are no articles" in main(site, "/").text


def test_media_beside_article(stored: Open) -> None:
    site = stored("media_beside_article")
    site.build()
    media = {path for path in site.files() if path.startswith("media/")}
    assert media == {
        "media/tin/2024/hoa.svg",
        "media/tin/2024/anh/so-do.svg",
        "media/tin/2024/van-ban.txt",
    }
    page = main(site, "/tin/2024/05/bai-co-anh-ben-canh/")
    assert [each.attributes["src"] for each in page.find_all("img")] == [
        "/media/tin/2024/hoa.svg",
        "/media/tin/2024/anh/so-do.svg",
    ]
    attachment = page.find("a", class_="attachment")
    assert attachment.attributes["href"] == "/media/tin/2024/van-ban.txt"
    assert re.search(r"\(TXT, \d+ byte\)", page.text)
    assert "Ảnh: T.H" in page.find("figcaption").text


def test_hidden_media(stored: Open) -> None:
    site = stored("hidden_media")

    def media() -> set[str]:
        return {path[6:] for path in site.files() if path.startswith("media/")}

    site.build()
    assert media() == {"chung.svg", "tu-do.svg"}
    site.build(datetime(2027, 5, 7, 8, 0, tzinfo=ZONE))
    assert media() == {"chung.svg", "tu-do.svg", "canh.svg"}
    site.build(drafts=True)
    assert media() == {
        *("chung.svg", "tu-do.svg", "canh.svg", "rieng.svg", "anh-nhap.svg", "mat.txt")
    }
    site.build()
    assert media() == {"chung.svg", "tu-do.svg"}


def test_links_between_articles(stored: Open) -> None:
    site = stored("links_between_articles")
    site.build()
    body = main(site, "/tin/2024/05/bai-goc/").find(class_="prose")
    assert links(body) == [
        "/tin/2024/05/bai-b/",
        "/xay-dung/2024/05/bai-c/#ket-luan",
        "/gioi-thieu/",
        "/tin/2024/05/bai-b/",
        "/xay-dung/",
        "/the/",
        "https://example.com/",
    ]
    assert "nháp" in body.text
    assert links(main(site, "/gioi-thieu/").find(class_="prose")) == ["/tin/2024/05/bai-b/"]
    # An article that moves takes the links to it along.
    path = site.root / "content/tin/b.md"
    path.write_text(path.read_text("utf-8").replace("2024-05-07", "2025-01-07"), "utf-8")
    assert any("link-missing" in each and "/tin/2024/05/bai-b/" in each for each in site.problems())


def test_name_spellings(stored: Open) -> None:
    site = stored("name_spellings")
    site.build()
    lists = main(site, "/tac-gia/").find_all("ul", class_="author")
    names = [each.text for own in lists for each in own.find_all("a")]
    assert names == ["An Bình", "Ân Tình", "Đức", "HÀN GIANG", "Hân Giang", "Thu Hà"]
    assert headlines(site, "/tac-gia/thu-ha/") == ["Bài ba", "Bài hai", "Bài một"]
    assert headlines(site, "/tac-gia/han-giang/") == ["Bài ba"]
    assert headlines(site, "/tac-gia/han-giang-2/") == ["Bài bốn"]
    assert headlines(site, "/the/dang-vien/") == ["Bài ba", "Bài hai", "Bài một"]
    assert headlines(site, "/the/hoc-va-lam-theo/") == ["Bài ba", "Bài một"]
    assert "/tac-gia/thu-ha/" in links(main(site, "/tin/2024/05/bai-hai/"))
    site.article("x", author="Thu Hạ", category="Tin")
    (problem,) = site.problems()
    assert "name-spelling" in problem
    assert "/tac-gia/thu-ha/" in problem


def test_date_only(stored: Open) -> None:
    site = stored("date_only")
    site.build()
    page = main(site, "/tin/2024/05/bai-chi-co-ngay/")
    time = page.find("p", class_="facts").find("time")
    assert time.attributes["datetime"] == "2024-05-06T00:00:00+07:00"
    assert "0:00" not in page.text
    assert "06/05/2024" in time.text
    assert headlines(site, "/tin/") == [
        "Bài cùng ngày có giờ",
        "Bài cũng chỉ có ngày",
        "Bài chỉ có ngày",
    ]


def test_standing_pages(stored: Open) -> None:
    site = stored("standing_pages")
    site.build()
    page = main(site, "/gioi-thieu/")
    assert page.find("h1").text == "Giới thiệu"
    assert "Đôi lời về cổng." in page.text
    assert page.find("figcaption").text == "Trụ sở"
    assert page.find("h2").text == "Lịch sử"
    assert "06/05/2024" in page.text
    assert main(site, "/lh/").find("h1").text == "Liên hệ"
    front = parse(site.page("/"))
    assert "/gioi-thieu/" in links(front.find("nav", class_="menu"))
    assert "/lh/" not in links(front.find("nav", class_="menu"))
    assert {"/gioi-thieu/", "/lh/"} <= set(links(front.find("footer", class_="foot")))
    assert {"https://example.org/gioi-thieu/", "https://example.org/lh/"} <= set(
        re.findall(r"<loc>([^<]+)</loc>", site.page("/sitemap/trang.xml"))
    )
    assert "Giới thiệu" not in site.page("/rss.xml")
    assert "gioi-thieu" not in "".join(articles(site))


def test_the_front_page_shows_each_article_once_and_featured_ones_first(site: SiteFolder) -> None:
    for number in range(1, 21):
        site.article(
            f"bai-{number:02}",
            date=f"2026-11-{number:02} 08:00",
            featured="true" if number in {2, 3} else "",
        )
    site.build()
    shown = headlines(site, "/")
    assert shown[:5] == ["bai-03", "bai-02", "bai-20", "bai-19", "bai-18"]
    assert shown[5:13] == [f"bai-{number}" for number in range(17, 9, -1)]


def test_articles_of_one_minute_stand_in_the_order_of_their_addresses(site: SiteFolder) -> None:
    for name in ("c", "a", "b"):
        site.article(f"x{name}", title=f'"{name}"', slug=f"s-{name}")
    site.build()
    assert headlines(site, "/hoat-dong-cua-co-so/") == ["c", "b", "a"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_article_leaves_the_site_as_it_was(site: SiteFolder, jobs: int) -> None:
    site.article("a").build()
    before = site.files()
    site.article("b", "[x](khong-co.md)").article("c", "![x](https://example.net/x.jpg)")
    assert len(site.problems()) == 2
    with pytest.raises(Exception, match="2 problems"):
        site.build(jobs=jobs)
    assert site.files() == before


def test_collisions_name_both_files(site: SiteFolder) -> None:
    site.article("a", slug="cung-dia-chi").article("b", slug="cung-dia-chi")
    site.write("content/pages/p.md", "---\ntitle: x\nslug: tim-kiem\n---\nx\n")
    problems = [each for each in site.problems() if "url-taken" in each]
    assert len(problems) == 2
    assert "content/a.md" in problems[0] + problems[1]
    assert "content/b.md" in problems[0] + problems[1]
    assert any("content/pages/p.md" in each and "/tim-kiem/" in each for each in problems)


def test_what_lies_beside_the_output_is_all_that_is_written(site: SiteFolder) -> None:
    site.article("a")
    before = {path for path in site.root.rglob("*") if path.is_file()}
    site.build()
    after = {path for path in site.root.rglob("*") if path.is_file()} - before
    own = {".output.list", ".output.lock"}
    for path in after:
        relative = path.relative_to(site.root)
        assert relative.parts[0] in {"output", ".sitegen", *own}
    assert NOW.isoformat()[:10] not in everything(site)
