"""Documents in articles: their boxes, what changes them, and how they are searched."""

import pytest

from sitegen.media.documents import can_read
from support.documents import lock_pdf, make_pdf
from support.doubles import replace_everywhere
from support.html_tree import Element, parse
from support.site_folder import SiteFolder

PAGE = "/hoat-dong-cua-co-so/2024/05/mot/"


@pytest.fixture
def documented(site: SiteFolder) -> SiteFolder:
    site.write("content/media/Kế hoạch 12.pdf", make_pdf(["Ke hoach so muoi hai"] * 12))
    return site.article("mot", "[Toàn văn *kế hoạch*](</media/Kế hoạch 12.pdf>)")


def read_prose(site: SiteFolder) -> Element:
    return parse(site.page(PAGE)).find("div", class_="prose")


def test_a_link_alone_is_a_box(documented: SiteFolder) -> None:
    assert documented.problems() == []
    documented.build()
    box = read_prose(documented).find("p", class_="document")
    link = box.find("a", class_="attachment")
    address = "/media/K%E1%BA%BF%20ho%E1%BA%A1ch%2012.pdf"
    assert link.attributes["href"] == address
    image = link.find("img")
    assert image.attributes["src"] == f"{address}.240.webp"
    assert (image.attributes["width"], image.attributes["height"]) == ("240", "340")
    assert image.attributes["alt"] == ""
    assert image.attributes["loading"] == "lazy"
    assert link.find("span", class_="document-name").text == "Toàn văn kế hoạch"
    assert link.find("span", class_="attachment-size").text == "PDF, 12 trang, 3 KB"
    picture = documented.output / "media/Kế hoạch 12.pdf.240.webp"
    assert picture.read_bytes()[8:12] == b"WEBP"


@pytest.mark.parametrize(
    ("body", "boxes"),
    [
        ("- [Một](/media/a.pdf)\n- [Hai](/media/b.pdf)", ["Một", "Hai"]),
        ("- [Một](/media/a.pdf)\n\n- [Hai](/media/b.pdf)", ["Một", "Hai"]),
        ("1. [Một](/media/a.pdf)", ["Một"]),
        ("**[Một](/media/a.pdf)**", ["Một"]),
        ('[Một](/media/a.pdf "Tựa")', ["Một"]),
        ("[Trang 2](/media/a.pdf#page=2)", ["Trang 2"]),
        ('<p><a href="/media/a.pdf">Một</a></p>', ["Một"]),
        ("[Một][x]\n\n[x]: /media/a.pdf", ["Một"]),
        # What is named in a sentence has its box behind the text, once.
        ("Xem [kế hoạch](/media/a.pdf), [phụ lục](/media/b.pdf).", ["kế hoạch", "phụ lục"]),
        ("Xem [kế hoạch](/media/a.pdf) và [kế hoạch này](/media/a.pdf#page=2).", ["kế hoạch"]),
        ("Xem [kế hoạch](/media/a.pdf).\n\n[Một](/media/a.pdf)", ["Một"]),
        ("| Tên | Tệp |\n| --- | --- |\n| Một | [Tải](/media/a.pdf) |", ["Tải"]),
        ("> [Một](/media/a.pdf)", ["Một"]),
        ("Chữ.", []),
    ],
)
def test_every_document_of_a_text_has_one_box(
    site: SiteFolder, body: str, boxes: list[str]
) -> None:
    site.write("content/media/a.pdf", make_pdf()).write("content/media/b.pdf", make_pdf(["b"]))
    site.article("mot", body)
    assert site.problems() == []
    site.build()
    prose = read_prose(site)
    classes = [each.attributes.get("class", "").split() for each in prose.walk()]
    assert sum("document" in each for each in classes) == len(boxes)
    assert [each.text for each in prose.find_all("span", class_="document-name")] == boxes
    assert len(prose.find_all("img")) == len(boxes)


def test_other_files_alone_have_a_box_without_a_picture(site: SiteFolder) -> None:
    site.write("content/media/a.docx", b"PK").write("content/media/b.docx", b"PK")
    site.article("mot", "[Mẫu đơn](/media/a.docx)\n\nXem [mẫu](/media/b.docx).").build()
    (box,) = read_prose(site).find_all("p", class_="document")
    assert box.find("span", class_="document-kind").text == "DOCX"
    assert box.text.split() == ["DOCX", "Mẫu", "đơn", "DOCX,", "2", "byte"]


@pytest.mark.parametrize("source", [lock_pdf(), b"%PDF-1.4\n"])
def test_a_document_that_cannot_be_read_has_a_box_and_a_warning(
    site: SiteFolder, source: bytes
) -> None:
    site.write("content/media/a.pdf", source).article("mot", "[Một](/media/a.pdf)")
    (found,) = site.problems()
    assert found.startswith("content/media/a.pdf:1:1: document-flawed")
    site.build()
    assert read_prose(site).find("span", class_="document-kind").text == "PDF"
    # It is told by each build, as long as it is so.
    (warned,) = site.article("hai").build().warnings
    assert warned.code == "document-flawed"
    site.write("content/media/a.pdf", make_pdf()).build()
    assert site.problems() == []
    assert read_prose(site).find_all("img")


def test_without_the_library_a_box_has_name_and_size(
    documented: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_everywhere(monkeypatch, can_read, lambda: False)
    documented.build()
    box = read_prose(documented).find("p", class_="document")
    assert box.find("span", class_="attachment-size").text == "PDF, 3 KB"
    assert box.find("span", class_="document-kind").text == "PDF"
    assert not list(documented.output.rglob("*.webp"))


def test_another_document_is_another_box(documented: SiteFolder) -> None:
    documented.build()
    documented.write("content/media/Kế hoạch 12.pdf", make_pdf(["x"], box="0 0 842 595")).build()
    prose = read_prose(documented)
    assert "PDF, 1 trang" in prose.text
    assert prose.find("img").attributes["height"] == "170"
    (documented.root / "content/media/Kế hoạch 12.pdf").unlink()
    documented.article("mot").build()
    assert not list(documented.output.rglob("*.pdf*"))


def test_the_document_of_a_draft_is_not_published(documented: SiteFolder) -> None:
    body = "[Một](</media/Kế hoạch 12.pdf>)"
    documented.article("mot", body, draft="true").article("hai").build()
    assert not list(documented.output.rglob("*.pdf*"))


def test_a_box_in_a_feed_has_whole_addresses(documented: SiteFolder) -> None:
    config = (documented.root / "config.yaml").read_text("utf-8")
    documented.write("config.yaml", f"{config}lists: {{feed_full: true}}\n").build()
    address = "https://example.org/media/K%E1%BA%BF%20ho%E1%BA%A1ch%2012.pdf"
    feed = documented.page("/feed.json")
    assert f'href=\\"{address}\\"' in feed
    assert f'src=\\"{address}.240.webp\\"' in feed
