"""Pages of the old portal: what on them is what, on fifty of them and in what is awkward."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from sitegen.importing.old_pages import Surroundings, read_old_page
from sitegen.importing.old_texts import OldText
from support.imports import import_into, read_all
from support.old_portal import COUNT, OldPage, make_pages, save_page
from support.site_folder import NOW, SEED, ZONE
from support.tiny_theme import make_tiny_site

PAGES = make_pages()


def read(path: Path, year: int | None = None) -> OldText:
    return read_old_page(path, path.name, Surroundings(ZONE, NOW, year))


def read_lines(folder: Path, *lines: str, year: int | None = None) -> OldText:
    path = folder / "bai.txt"
    path.write_text("\n".join(lines), "utf-8")
    return read(path, year)


def tell(text: OldText) -> list[str]:
    return [each.text for each in text.notes if not each.certain]


def test_there_are_fifty() -> None:
    assert len(PAGES) == COUNT
    assert len({each.source for each in PAGES}) == COUNT


@pytest.mark.parametrize("page", PAGES, ids=[each.name for each in PAGES])
def test_each_says_what_it_says(page: OldPage, tmp_path: Path) -> None:
    text = read(save_page(page, tmp_path), page.year)
    form = "%Y-%m-%d %H:%M" if text.has_time else "%Y-%m-%d"
    found = {
        "title": text.title,
        "category": text.categories[0],
        "date": text.date and text.date.strftime(form),
        "views": text.views,
        "lead": text.lead,
        "author": text.authors,
        "caption": text.photo.caption if text.photo else "",
        "credit": text.photo.credit if text.photo else "",
        "headings": [each.text for each in text.blocks if each.kind == "heading"],
    }
    if "alias" in page.fields:
        found["alias"] = text.aliases[0]
    assert found == page.fields
    said = " ".join(each.text for each in text.blocks)
    for words in page.words[1:]:
        assert words in said
    assert "Lượt truy cập" not in said


def test_all_of_them_become_articles_of_a_site_that_passes_its_check(tmp_path: Path) -> None:
    site = make_tiny_site(tmp_path / "site")
    for each in PAGES:
        save_page(each, tmp_path / "old")
    done = import_into(site, tmp_path / "old", "--year", "2023")
    texts = read_all(site)
    assert len(texts) == COUNT
    missing = {"Tin trong khối", "Gương sáng"}
    for path, text in texts.items():
        category = re.search(r'^category: "(.*)"$', text, re.MULTILINE)
        assert category
        # A category that the site lacks stands as it stood, in a draft.
        assert category[1] not in missing or "\ndraft: true\n" in text, path
    for name in missing:
        assert f'- name: "{name}"' in done.stderr
    told = {each.code for each in site.find_problems()}
    assert told <= {"category-none", "category-lost"}
    # A page of which everything is certain is published.
    certain = [text for text in texts.values() if "\ndraft: true\n" not in text]
    assert certain
    assert all("# - " not in each for each in certain)

    before = {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}
    import_into(site, tmp_path / "old", "--year", "2023")
    assert {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()} == before


HEAD = ("Chi tiết tin tức", "Tin tức", "Chi bộ họp")
BODY = "Chiều qua chi bộ họp bàn việc của quý sau, có đủ mặt các đồng chí trong cấp ủy."


def test_a_day_without_a_year_takes_the_year_of_the_text(tmp_path: Path) -> None:
    said = "Đến tháng 12/2021, chi bộ có 12 đảng viên; nhiệm kỳ 2020 - 2025 sẽ kết nạp thêm."
    text = read_lines(tmp_path, *HEAD, "Ngày đăng: 9:34 | 06/03", BODY, said, "[Trở về]")
    # What is said of December cannot be written in March of that year.
    assert text.date == datetime(2022, 3, 6, 9, 34, tzinfo=ZONE)
    assert any("has no year" in each for each in tell(text))


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("Họp ngày 2/3/2019 tại trụ sở.", 2019),
        ("Họp ngày 20/3/2019 tại trụ sở.", 2020),
        ("Trong tháng 3 năm 2018 có ba buổi họp.", 2018),
        ("Năm 2016 là năm đầu nhiệm kỳ.", 2016),
        ("Phấn đấu đến năm 2025 có 30 đảng viên.", None),
        ("Cách mạng Tháng Tám năm 1945 thành công.", None),
        ("Giai đoạn 2021 - 2025 có nhiều việc.", None),
        ("Mục tiêu ghi cho tháng 5/2045.", None),
        ("Không nói năm nào.", None),
    ],
)
def test_what_tells_the_year(said: str, year: int | None, tmp_path: Path) -> None:
    text = read_lines(tmp_path, *HEAD, "Ngày đăng: 9:34 | 06/03", BODY, said, "[Trở về]")
    assert (text.date.year if text.date else None) == year


def test_a_year_that_is_said_is_certain(tmp_path: Path) -> None:
    said = "Đến tháng 12/2021, chi bộ có 12 đảng viên."
    lines = (*HEAD, "Ngày đăng: 9:34 | 06/03", BODY, said, "HẢI YẾN", "[Trở về]")
    text = read_lines(tmp_path, *lines, year=2024)
    assert text.date
    assert text.date.year == 2024
    assert tell(text) == []


@pytest.mark.parametrize("day", ["31/02", "00/05", "06/13"])
def test_no_day_is_invented(day: str, tmp_path: Path) -> None:
    stamp = f"Ngày đăng: 9:34 | {day}"
    text = read_lines(tmp_path, *HEAD, stamp, BODY, "[Trở về]", year=2023)
    assert text.date is None
    assert any("There is no such day" in each for each in tell(text))


def test_a_text_without_anything_is_a_draft_with_notes(tmp_path: Path) -> None:
    site = make_tiny_site(tmp_path / "site")
    (tmp_path / "tin.txt").write_text("Chi bộ họp\n\nHọp xong lúc năm giờ chiều.\n", "utf-8")
    import_into(site, tmp_path / "tin.txt")
    (text,) = read_all(site).values()
    assert "\ndraft: true\n" in text
    assert "# - " in text
    assert "Họp xong lúc năm giờ chiều." in text


def test_a_caption_without_its_photo_waits_in_comments(tmp_path: Path) -> None:
    site = make_tiny_site(tmp_path / "site")
    caption = "Đại biểu dự lễ. Ảnh: MINH QUÂN"
    lines = (*HEAD, "Ngày đăng: 06/03/2023", BODY, caption, caption, BODY, "[Trở về]")
    (tmp_path / "tin.txt").write_text("\n".join(lines), "utf-8")
    import_into(site, tmp_path / "tin.txt")
    (text,) = read_all(site).values()
    assert '# photo_caption: "Đại biểu dự lễ."\n# photo_credit: "MINH QUÂN"\n' in text
    assert f'lead: "{BODY}"' in text
    # With its photo beside it, it is no comment.
    from support.photos import photo

    site = make_tiny_site(tmp_path / "other")
    (tmp_path / "tin.jpg").write_bytes(photo())
    import_into(site, tmp_path / "tin.txt")
    (text,) = read_all(site).values()
    assert '\nphoto_caption: "Đại biểu dự lễ."\nphoto_credit: "MINH QUÂN"\n' in text
    assert "\nphoto: /media/anh/2023/" in text


def test_an_old_encoding_is_converted_and_told(tmp_path: Path) -> None:
    lines = (
        "Chi tiÕt tin tøc",
        "Ho¹t ®éng cña c¬ së",
        "Chi bé tæ chøc häp mÆt",
        "Ngµy ®¨ng: 06/03/2003 9:34 L­ît xem: 12",
        "S¸ng nay chi bé tæ chøc häp mÆt c¸n bé vµ ®¶ng viªn.",
        "[Trë vÒ]",
    )
    text = read_lines(tmp_path, *lines)
    assert text.title == "Chi bộ tổ chức họp mặt"
    assert text.views == 12
    assert any("was typed in" in each for each in tell(text))


NEWS = """
<html><head><title>Báo</title><meta property="og:title" content="Lễ trao cờ thi đua">
<link rel="canonical" href="https://bao.example.vn/le-trao-co.html">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Lễ trao cờ thi đua",
 "datePublished": "2022-07-01T08:00:00+07:00", "author": {"@type": "Person", "name": "Thu Hà"}}
</script></head><body><nav><ol class="breadcrumb"><li><a>Trang chủ</a></li><li><a>Thi đua</a></li>
</ol></nav><article><h1>Lễ trao cờ thi đua</h1><p>Sáng 1/7, huyện ủy trao cờ cho ba chi bộ.</p>
<p><iframe src="//www.youtube.com/embed/dQw4w9WgXcQ?rel=0"></iframe></p>
<p>Xem <a href="tin-cu.html">tin cũ</a>.</p></article><footer>Bản quyền</footer></body></html>
"""


def test_a_page_of_another_portal_says_itself_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "bao.html"
    path.write_text(NEWS, "utf-8")
    text = read(path)
    assert text.title == "Lễ trao cờ thi đua"
    assert text.date == datetime(2022, 7, 1, 8, tzinfo=ZONE)
    assert text.categories == ("Thi đua",)
    assert text.authors == ("Thu Hà",)
    assert text.aliases == ("/le-trao-co.html",)
    said = [each.text for each in text.blocks]
    assert said[0] == "Sáng 1/7, huyện ủy trao cờ cho ba chi bộ."
    assert "https://www.youtube.com/watch?v=dQw4w9WgXcQ" in said
    assert not any("Bản quyền" in each for each in said)


@pytest.mark.skipif(not SEED.exists(), reason="the page of the old portal is not beside this")
def test_the_page_of_the_old_portal_itself(tmp_path: Path) -> None:
    site = make_tiny_site(tmp_path / "site")
    import_into(site, SEED, "--year", "2023")
    (text,) = read_all(site).values()
    for line in (
        "date: 2023-03-06 09:34",
        "views: 324",
        'category: "Hoạt động của cơ sở"',
        'author: "HÀN GIANG"',
        '# photo_credit: "N.ĐOAN"',
    ):
        assert f"\n{line}\n" in text
    assert len(re.findall("^## ", text, re.MULTILINE)) == 2
    assert site.find_problems() == ()
