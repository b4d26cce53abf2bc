"""Categories of photos: the mosaic, the number of photos on each, and what machines are told."""

import json
from typing import Any

import pytest

from support.html_tree import parse
from support.photos import photo
from support.site_folder import NOW, VIETNAMESE, SiteFolder

GALLERY = "Thư viện ảnh"
LIST = "/thu-vien-anh/"
CATEGORIES = VIETNAMESE + f"  - name: {GALLERY}\n    kind: gallery\n"
ARTICLE = f"{LIST}2024/05/bai/"


@pytest.fixture
def gallery(site: SiteFolder) -> SiteFolder:
    site.write("config.yaml", CATEGORIES)
    for name in "abc":
        site.write(f"content/media/{name}.jpg", photo((900, 600)))
    return site


def write(site: SiteFolder, *names: str, **fields: str) -> SiteFolder:
    body = "\n".join(f"![Ảnh]({name})" for name in names)
    return site.article("bai", f"Chữ.\n\n{body}\n", **{"category": GALLERY} | fields)


def counted(site: SiteFolder, url: str = LIST) -> list[str]:
    site.build()
    cards = parse(site.page(url)).find("main").find_all("article")
    return ["".join(each.text for each in card.find_all("p", class_="count")) for card in cards]


def graph(page: str) -> dict[str, dict[str, Any]]:
    (source,) = parse(page).find("script", type="application/ld+json").children
    return {node["@type"]: node for node in json.loads(str(source))["@graph"]}


def test_each_photo_of_an_article_is_counted_once(gallery: SiteFolder) -> None:
    opening = {"photo": "/media/a.jpg", "photo_caption": "Một"}
    write(gallery, "/media/b.jpg", "media/c.jpg", "/media/a.jpg", "/media/b.jpg", **opening)
    assert counted(gallery) == ["3 ảnh"]
    write(gallery, "/media/b.jpg", "/media/c.jpg")
    assert counted(gallery) == ["2 ảnh"]
    write(gallery)
    assert counted(gallery) == [""]


def test_documents_and_links_to_pages_are_no_photos(gallery: SiteFolder) -> None:
    gallery.write("content/media/d.pdf", b"%PDF-1.4")
    write(gallery, "/media/a.jpg")
    gallery.article("hai", "[Tệp](/media/d.pdf) [bài](bai.md) [xa](https://example.com/a.jpg)")
    gallery.article("ba", "[Tệp](/media/d.pdf) [hai](hai.md) ![](/media/b.jpg)", category=GALLERY)
    assert sorted(counted(gallery)) == ["1 ảnh", "1 ảnh"]


def test_the_number_follows_the_text_and_the_files(gallery: SiteFolder) -> None:
    write(gallery, "/media/a.jpg")
    assert counted(gallery) == ["1 ảnh"]
    write(gallery, "/media/a.jpg", "/media/b.jpg")
    assert counted(gallery) == ["2 ảnh"]
    # A film is no photo.
    gallery.write("content/media/c.mp4", b"film")
    write(gallery, "/media/a.jpg", "/media/c.mp4")
    assert counted(gallery) == ["1 ảnh"]


def test_every_page_of_the_archive_is_a_mosaic(gallery: SiteFolder) -> None:
    gallery.write("config.yaml", CATEGORIES + "lists: {page_size: 2}\n")
    for number in range(3):
        gallery.article(f"bo {number}", "![Ảnh](/media/a.jpg)", category=GALLERY)
    assert counted(gallery) == ["1 ảnh", "1 ảnh"]
    for page in (LIST, f"{LIST}trang/1/", f"{LIST}trang/2/"):
        main = parse(gallery.page(page)).find("main")
        assert main.find("div", class_="mosaic").find_all("article")
    assert len(counted(gallery, f"{LIST}trang/2/")) == 1


def test_a_gallery_without_articles_says_so(gallery: SiteFolder) -> None:
    gallery.build()
    assert parse(gallery.page(LIST)).find("p", class_="empty").text


def test_categories_below_a_gallery_are_galleries(site: SiteFolder) -> None:
    children = "    children:\n      - name: Quê hương\n"
    site.write("config.yaml", CATEGORIES + children)
    site.write("content/media/a.jpg", photo((900, 600)))
    site.article("bai", "![Ảnh](/media/a.jpg)", category="Quê hương")
    for url in (LIST, f"{LIST}que-huong/"):
        assert counted(site, url) == ["1 ảnh"]
    assert "ImageGallery" in graph(site.page(f"{LIST}que-huong/2024/05/bai/"))


def test_other_lists_show_no_numbers(gallery: SiteFolder) -> None:
    write(gallery, "/media/a.jpg", tags="[đẹp]")
    gallery.article("hai", "![Ảnh](/media/a.jpg)").build()
    for url in ("/hoat-dong-cua-co-so/", "/the/dep/", "/luu-tru/2024/05/"):
        assert counted(gallery, url)
        assert set(counted(gallery, url)) == {""}
        assert "mosaic" not in gallery.page(url)


def test_the_band_of_photos_on_the_front_page_shows_numbers(gallery: SiteFolder) -> None:
    opening = {"photo": "/media/a.jpg", "photo_caption": "Một"}
    write(gallery, "/media/b.jpg", "/media/c.jpg", **opening)
    # So many that the head of the page needs none of the gallery.
    for number in range(15):
        gallery.article(f"tin {number}")
    gallery.article("hai", **opening)
    shown = [each for each in counted(gallery, "/") if each]
    assert shown == ["3 ảnh"]
    write(gallery, "/media/b.jpg", **opening)
    assert "2 ảnh" in counted(gallery, "/")


def test_machines_are_told_of_a_gallery(gallery: SiteFolder) -> None:
    opening = {"photo": "/media/a.jpg", "photo_caption": "Một & hai"}
    write(gallery, "/media/b.jpg", "/media/a.jpg", **opening).build()
    node = graph(gallery.page(ARTICLE))["ImageGallery"]
    assert node["url"] == f"https://example.org{ARTICLE}"
    assert [
        (each["contentUrl"], each["width"], each.get("caption")) for each in node["associatedMedia"]
    ] == [
        ("https://example.org/media/a.jpg", 900, "Một & hai"),
        ("https://example.org/media/b.jpg", 900, None),
    ]
    listed = graph(gallery.page(LIST))["CollectionPage"]["hasPart"]
    assert [(each["@type"], each["url"]) for each in listed] == [
        ("ImageGallery", f"https://example.org{ARTICLE}")
    ]
    gallery.article("hai", "![Ảnh](/media/a.jpg)").build()
    assert "ImageGallery" not in graph(gallery.page("/hoat-dong-cua-co-so/2024/05/hai/"))


def test_a_new_kind_shows_at_once(gallery: SiteFolder) -> None:
    write(gallery, "/media/a.jpg").build()
    gallery.write("config.yaml", CATEGORIES.replace("    kind: gallery\n", "")).build(NOW)
    assert "mosaic" not in gallery.page(LIST)
    assert "ImageGallery" not in graph(gallery.page(ARTICLE))
    gallery.write("config.yaml", CATEGORIES)
    assert counted(gallery) == ["1 ảnh"]
    assert "ImageGallery" in graph(gallery.page(ARTICLE))
