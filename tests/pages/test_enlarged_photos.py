"""Every photo leads to its largest file, by a plain link."""

from sitegen.markdown.conversion import to_html, to_html_with_library
from sitegen.views import BodyView, Picture, Target
from support.html_tree import Element, parse
from support.photos import photo
from support.site_folder import VIETNAMESE, SiteFolder

ARTICLE = "/hoat-dong-cua-co-so/2024/05/bai/"


def enlarged(site: SiteFolder, url: str = ARTICLE) -> list[tuple[str, str, str]]:
    """Return where each photo of a page leads, its words, and those of its link."""
    site.build()
    links = parse(site.page(url)).find("main").find_all("a", class_="enlarge")
    return [
        (
            each.attributes["href"],
            each.find("img").attributes["alt"],
            each.attributes.get("aria-label", ""),
        )
        for each in links
    ]


def test_the_photo_of_an_article_and_those_of_its_text_lead_to_their_files(
    site: SiteFolder,
) -> None:
    site.write("content/media/a.jpg", photo((1400, 900)))
    site.write("content/media/b.jpg", photo((900, 600)))
    site.article(
        "bai",
        '![Hai](/media/b.jpg "Chú thích")\n\n![](/media/b.jpg)\n![Ba](/media/a.jpg)\n',
        photo="/media/a.jpg",
        photo_caption="Một",
    )
    assert enlarged(site) == [
        # Its text would repeat the caption.
        ("/media/a.jpg", "", "Xem ảnh lớn"),
        ("/media/b.jpg", "Hai", ""),
        # A link needs a name (WCAG 2.2, 2.4.4), and a photo may have no words.
        ("/media/b.jpg", "", "Xem ảnh lớn"),
        ("/media/a.jpg", "Ba", ""),
    ]


def test_below_a_path_the_link_has_it_too(site: SiteFolder) -> None:
    site.write("config.yaml", VIETNAMESE.replace("example.org", "example.org/cong"))
    site.write("content/media/anh dep.jpg", photo((900, 600)))
    site.write("content/pages/a.md", "---\ntitle: A\n---\n\n![Hai](</media/anh dep.jpg>)\n")
    assert [url for url, *_ in enlarged(site, "/a/")] == ["/cong/media/anh%20dep.jpg"]


VIEW = BodyView(
    "bai.md",
    0,
    b"",
    (
        Target(
            "/media/a.jpg", "picture", "/media/a.jpg", "JPG", Picture("/media/a.jpg", 900, 600, "")
        ),
        Target(
            "/media/b.jpg", "picture", "/media/b.jpg", "JPG", Picture("/media/b.jpg", 90, 60, "")
        ),
        Target("/media/c.svg", "picture", "/media/c.svg", "SVG", Picture("/media/c.svg", 0, 0, "")),
        Target("x.md", "page", "/x/"),
    ),
    (),
)


def convert(source: str, view: BodyView = VIEW) -> Element:
    return parse(to_html(source, view).text)


def hrefs(tree: Element) -> list[str]:
    return [each.attributes["href"] for each in tree.find_all("a")]


def test_inside_a_link_there_is_no_other_link() -> None:
    tree = convert("[![Một](/media/a.jpg)](x.md)")
    assert hrefs(tree) == ["/x/"]
    assert tree.find("a").find("img").attributes["alt"] == "Một"
    outside = convert("[![Một](/media/a.jpg)](https://example.com/)")
    assert hrefs(outside) == ["https://example.com/"]


def test_a_small_photo_that_leads_to_the_large_one_opens_it() -> None:
    tree = convert("[![Một](/media/b.jpg)](/media/a.jpg)")
    (link,) = tree.find_all("a", class_="enlarge")
    assert link.attributes["href"] == "/media/a.jpg"
    assert "JPG" not in tree.text
    words = convert("[Một](/media/a.jpg)")
    assert not words.find_all("a", class_="enlarge")
    assert "JPG" in words.text


def test_a_sign_in_the_midst_of_a_text_is_no_photo() -> None:
    assert hrefs(convert("Chữ ![dấu](/media/b.jpg) và chữ.")) == []
    assert hrefs(convert("Chữ ![hình](/media/c.svg) và chữ.")) == []
    assert hrefs(convert("Chữ ![ảnh](/media/a.jpg) và chữ.")) == ["/media/a.jpg"]
    # Alone it is what the reader is to look at.
    assert hrefs(convert("![ảnh](/media/b.jpg)")) == ["/media/b.jpg"]
    assert hrefs(convert("![hình](/media/c.svg)")) == ["/media/c.svg"]


def test_photos_in_tables_and_lists_lead_to_their_files() -> None:
    table = "| Ảnh | Tên |\n| --- | --- |\n| ![An](/media/a.jpg) | An |\n"
    assert hrefs(convert(table)) == ["/media/a.jpg"]
    assert hrefs(convert("- ![An](/media/a.jpg)\n- Bình\n")) == ["/media/a.jpg"]


def test_both_converters_write_the_same_link() -> None:
    source = '![Một](/media/a.jpg "Chú thích")\n![](/media/b.jpg)\n'
    assert to_html(source, VIEW).text == to_html_with_library(source, VIEW).text
    assert hrefs(convert(source)) == ["/media/a.jpg", "/media/b.jpg"]


def test_feeds_have_photos_without_links(site: SiteFolder) -> None:
    site.write("config.yaml", VIETNAMESE + "lists: {feed_full: true}\n")
    site.write("content/media/a.jpg", photo((900, 600)))
    site.article("bai", "![Một](/media/a.jpg)").build()
    feed = site.page("/rss.xml")
    assert "https://example.org/media/a.jpg" in feed
    assert "enlarge" not in feed
