"""What an article's page shows."""

import json

import pytest

from support.html_tree import parse
from support.site_folder import CONFIG, SiteFolder

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
    site.write("config.yaml", CONFIG + "elsewhere: [/thu/]\n")
    (left,) = site.problems()
    assert "`/thu-moi/`" in left
    site.article("mot", body.replace("/thu-moi/", "/thu/moi/"), slug="mot").build()
    addresses = [each.attributes["href"] for each in parse(site.page(PAGE)).find_all("a")]
    assert [each for each in addresses if each.startswith("/thu")] == [
        *("/thu/", "/thu/hop?id=1#x", "/thu", "/thu/moi/")
    ]
