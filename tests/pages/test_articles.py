"""What an article's page shows."""

import json

import pytest

from support.html_tree import parse
from support.site_folder import VIETNAMESE, SiteFolder

PAGE = "/hoat-dong-cua-co-so/2024/05/mot/"


@pytest.mark.parametrize(
    ("lead", "body", "shown"),
    [
        ("Sáng 5/2, lễ phát động.", "Thân bài.", "Tam Kỳ – Sáng 5/2, lễ phát động."),
        ("", "Sáng 5/2, **lễ** phát động.\n\nĐoạn hai.", "Tam Kỳ – Sáng 5/2, lễ phát động."),
        ("", "## Mục một\n\nSáng 5/2.", "Tam Kỳ –"),
    ],
)
def test_the_dateline_stands_before_the_first_words_once(
    site: SiteFolder, lead: str, body: str, shown: str
) -> None:
    site.article("mot", body, slug="mot", lead=lead, dateline="Tam Kỳ").build()
    page = parse(site.page(PAGE))
    (dateline,) = page.find_all("span", class_="dateline")
    (paragraph,) = [each for each in page.find_all("p") if dateline in each.children]
    assert paragraph.text == shown
    assert paragraph.children[0] is dateline
    data = json.loads(str(page.find("script", type="application/ld+json").children[0]))
    article = next(each for each in data["@graph"] if each["@type"] == "NewsArticle")
    assert article["dateline"] == "Tam Kỳ"


def test_without_a_dateline_nothing_stands_there(site: SiteFolder) -> None:
    site.article("mot", slug="mot").build()
    assert "dateline" not in site.page(PAGE)


def test_what_another_program_answers_is_not_checked(site: SiteFolder) -> None:
    body = "[a](/thu/) [b](/thu/hop?id=1#x) [c](https://example.org/thu) [d](/thu-moi/)"
    site.article("mot", body, slug="mot")
    missing = [each for each in site.problems() if "link-missing" in each]
    assert len(missing) == 4
    site.write("config.yaml", VIETNAMESE + "elsewhere: [/thu/]\n")
    (left,) = site.problems()
    assert "`/thu-moi/`" in left
    site.article("mot", body.replace("/thu-moi/", "/thu/moi/"), slug="mot").build()
    addresses = [each.attributes["href"] for each in parse(site.page(PAGE)).find_all("a")]
    assert [each for each in addresses if each.startswith("/thu")] == [
        *("/thu/", "/thu/hop?id=1#x", "/thu", "/thu/moi/")
    ]


class TestContents:
    """The table of contents of an article, before the text and in the rail."""

    def contents(self, site: SiteFolder, body: str) -> list[tuple[str, str]]:
        """Return what the rail shows, which is what stands before the text."""
        site.article("mot", body, slug="mot").build()
        page = parse(site.page(PAGE))
        found = [
            [(link.text, link.attributes["href"]) for link in each.find_all("a")]
            for kind, name in (("details", "contents"), ("nav", "contents"))
            for each in page.find_all(kind, class_=name)
        ]
        assert all(each == found[0] for each in found)
        assert len(found) in {0, 2}
        ids = {each.attributes["id"] for each in page.find_all() if "id" in each.attributes}
        assert all(url.removeprefix("#") in ids for each in found for _, url in each)
        return found[0] if found else []

    def test_three_headings_make_contents(self, site: SiteFolder) -> None:
        body = "Đầu.\n\n## Một\n\nA.\n\n## Hai\n\nB.\n\n## Ba\n\nC."
        assert self.contents(site, body) == [("Một", "#mot"), ("Hai", "#hai"), ("Ba", "#ba")]
        assert self.contents(site, body.rpartition("\n\n##")[0]) == []

    def test_they_have_two_levels(self, site: SiteFolder) -> None:
        body = "### Trước\n\n## Một\n\n### Nhỏ\n\n#### Nhỏ nữa\n\n## Hai"
        site.article("mot", body, slug="mot").build()
        (rail,) = parse(site.page(PAGE)).find_all("nav", class_="contents")
        outer, inner = rail.find_all("ol")
        assert [each.text for each in inner.find_all("a")] == ["Nhỏ"]
        assert [each.text for each in outer.find_all("a")] == ["Trước", "Một", "Nhỏ", "Hai"]

    @pytest.mark.parametrize(
        ("heading", "title"),
        [
            ("**Đậm** và *nghiêng*", "Đậm và nghiêng"),
            ("5 > 3 & “A”", "5 > 3 & “A”"),
            ("Có chú thích[^1]", "Có chú thích"),
            ("[Liên kết](https://example.com/)", "Liên kết"),
            ("Một", "Một"),
        ],
    )
    def test_a_heading_is_named_by_its_words(
        self, site: SiteFolder, heading: str, title: str
    ) -> None:
        body = f"## {heading}\n\nA.\n\n## Một\n\nB.\n\n## Ba\n\nC.\n\n[^1]: Ghi chú."
        assert [name for name, _ in self.contents(site, body)] == [title, "Một", "Ba"]
