"""What an article's page shows."""

import json

import pytest

from support.html_tree import parse
from support.site_folder import SiteFolder

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
