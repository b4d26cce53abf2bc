"""What belongs to an article: older articles that share its tags, and none that are newer."""

from datetime import datetime, timedelta
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.articles import Article
from sitegen.pages.related import RelatedIndex, digest_related, find_related
from support.articles import write_article
from support.html_tree import parse
from support.photos import draw
from support.site_folder import NOW, ZONE, SiteFolder

START = datetime(2024, 5, 6, 8, 0, tzinfo=ZONE)
FOLDER = "/hoat-dong-cua-co-so/2024/05"


def article(number: int, *tags: str, category: str = "tin", title: str = "Tên") -> Article:
    """Return an article that is newer than those of smaller numbers."""
    moment = START + timedelta(minutes=number)
    return write_article(
        str(number), *tags, date=f"{moment:%Y-%m-%d %H:%M}", category=category, title=title
    )


def number_of(found: Article) -> int:
    return int(PurePosixPath(found.path).stem)


def relate(*oldest_first: Article, most: int = 4, neighbours: int = 1) -> dict[int, list[int]]:
    """Return what belongs to each article, beside those that come before it in its category."""
    related_index = RelatedIndex(oldest_first)
    related = {}
    for position, each in enumerate(oldest_first):
        before = [other for other in oldest_first[:position] if other.category == each.category]
        found = find_related(related_index, each, most, before[-neighbours:])
        related[number_of(each)] = list(map(number_of, found))
    return related


def test_more_shared_tags_are_nearer_then_newer_ones() -> None:
    related = relate(
        article(1, "a", "b", category="khac"),
        article(2, "a", category="khac"),
        article(3, "a", category="khac"),
        article(4, "c", category="khac"),
        article(5, "b", "a"),
    )
    assert related[5] == [1, 3, 2]
    assert related[4] == []


def test_a_rare_tag_says_more_than_a_common_one() -> None:
    common = [article(number, "a", category="khac") for number in range(10)]
    related = relate(article(0, "b", category="khac"), *common[1:], article(101, "a", "b"))
    assert related[101][0] == 0


def test_the_same_category_is_nearer() -> None:
    related = relate(
        article(1, "a"),
        article(2, "c"),
        article(3, "a", category="khac"),
        article(4, "a"),
        neighbours=1,
    )
    assert related[4] == [1, 3]


def test_what_stands_beside_it_anyway_is_passed_over() -> None:
    articles = [article(number, "a") for number in range(6)]
    assert relate(*articles, neighbours=2)[5] == [2, 1, 0]


def test_spellings_of_a_tag_are_one() -> None:
    related = relate(article(1, "Đại hội", category="khac"), article(2, "đại hội", "Đại Hội"))
    assert related == {1: [], 2: [1]}


def test_a_digest_tells_all_that_could_belong_to_an_article() -> None:
    articles = [article(1, "a"), article(2, "a", "b"), article(3, "c"), article(4, "b")]

    def digest(*changed: Article) -> bytes:
        others = {each.path: each for each in (*articles, *changed)}
        index = RelatedIndex(tuple(others.values()))
        return digest_related(index, {})[articles[-1].path]

    same = digest()
    assert digest(article(3, "d")) == same
    assert digest(article(1, "a", category="khac")) == same
    assert digest(article(2, "a", "b", category="khac")) != same
    assert digest(article(2, "a", "b", title="Tên khác")) != same
    assert digest(article(1, "a", "b")) != same


TAGS = st.lists(st.sampled_from("abcd"), max_size=3, unique=True)


@given(st.lists(st.tuples(TAGS, st.sampled_from(["tin", "khac"])), max_size=12), TAGS)
def test_a_new_article_changes_nothing_that_was_there(
    written: list[tuple[list[str], str]], tags: list[str]
) -> None:
    articles = [
        article(number, *own, category=category) for number, (own, category) in enumerate(written)
    ]
    before = relate(*articles)
    after = relate(*articles, article(len(articles), *tags, category="khac"))
    after.pop(len(articles))
    assert after == before
    for number, found in before.items():
        assert all(each < number for each in found)
        assert all({*written[number][0]} & {*written[each][0]} for each in found)


def list_related(site: SiteFolder, url: str) -> list[str]:
    """Return the titles of what an article's page shows of related articles, in their order."""
    page = parse(site.page(url))
    sections = [
        each
        for name in ("doc_tiep", "tin_lien_quan")
        for each in page.find_all("section", aria_labelledby=name)
    ]
    return [link.text for each in sections for link in each.find_all("a")]


@pytest.fixture
def tagged(site: SiteFolder) -> SiteFolder:
    other = "Công tác xây dựng Đảng"
    site.article("cu", date="2024-05-01", category=other, tags="[bầu cử]")
    site.article("nhap", date="2024-05-02", category=other, tags="[bầu cử]", draft="true")
    site.article(
        "het", date="2024-05-03", category=other, tags="[bầu cử]", expires=f"{NOW:%Y-%m-%d %H:%M}"
    )
    return site.article("moi", date="2024-05-04", tags="[bầu cử]")


def test_only_what_is_published_belongs_to_an_article(tagged: SiteFolder) -> None:
    tagged.build()
    assert list_related(tagged, f"{FOLDER}/moi/") == ["cu"]
    assert list_related(tagged, "/cong-tac-xay-dung-dang/2024/05/cu/") == []


def test_another_headline_of_a_relative_makes_the_page_again(tagged: SiteFolder) -> None:
    tagged.build()
    tagged.article(
        "cu",
        title="Tên mới",
        slug="cu",
        date="2024-05-01",
        category="Công tác xây dựng Đảng",
        tags="[bầu cử]",
    ).build()
    assert list_related(tagged, f"{FOLDER}/moi/") == ["Tên mới"]


def test_another_photo_of_a_relative_makes_the_page_again(site: SiteFolder) -> None:
    """A relative in another category is no neighbour: only its cards tell that it changed."""
    other = "Công tác xây dựng Đảng"
    photo = {"photo": "/media/a.png", "photo_caption": "Ảnh"}
    (site.root / "content/media").mkdir()
    draw((600, 400)).save(site.root / "content/media/a.png")
    site.article("moi", date="2024-05-04", tags="[bầu cử]")
    site.article("cu", date="2024-05-01", category=other, tags="[bầu cử]").build()
    assert "<img" not in find_onward(site)
    site.article("cu", date="2024-05-01", category=other, tags="[bầu cử]", **photo).build()
    before = find_onward(site)
    assert 'src="/media/a.png"' in before
    assert 'width="600" height="400"' in before
    draw((500, 400)).save(site.root / "content/media/a.png")
    site.build()
    assert 'width="500" height="400"' in find_onward(site)


def find_onward(site: SiteFolder) -> str:
    return site.page(f"{FOLDER}/moi/").partition('class="onward"')[2]


def test_three_related_articles_are_next_and_the_others_beside(site: SiteFolder) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", f"{config}lists: {{related: 5, neighbours: 1}}\n")
    for day in range(1, 8):
        site.article(f"bai-{day}", date=f"2024-05-0{day}", tags="[Đại hội]")
    site.build()
    page = parse(site.page(f"{FOLDER}/bai-7/"))
    named = {
        name: [link.text for link in section.find_all("a")]
        for name in ("doc_tiep", "tin_lien_quan", "tin_cu_hon")
        for section in page.find_all("section", aria_labelledby=name)
    }
    assert named == {
        "doc_tiep": ["bai-5", "bai-4", "bai-3"],
        "tin_lien_quan": ["bai-2", "bai-1"],
        "tin_cu_hon": ["bai-6"],
    }


def test_where_few_are_related_older_ones_follow_that_are_not_beside(site: SiteFolder) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", f"{config}lists: {{neighbours: 2}}\n")
    for day in range(1, 8):
        tags = "[Đại hội]" if day in {3, 7} else "[]"
        site.article(f"bai-{day}", date=f"2024-05-0{day}", tags=tags)
    site.build()
    assert list_related(site, f"{FOLDER}/bai-7/") == ["bai-3", "bai-4", "bai-2"]
    site.article("bai-2", date="2024-05-02", title="Tên mới", slug="bai-2").build()
    assert list_related(site, f"{FOLDER}/bai-7/") == ["bai-3", "bai-4", "Tên mới"]
    assert list_related(site, f"{FOLDER}/bai-4/") == ["bai-1"]


@pytest.mark.parametrize("most", [0, 1, 2])
def test_the_configuration_says_how_many(site: SiteFolder, most: int) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", f"{config}lists: {{related: {most}, neighbours: 1}}\n")
    for day in range(1, 6):
        site.article(f"bai-{day}", date=f"2024-05-0{day}", tags="[Đại hội]")
    site.build()
    # The neighbour, bai-4, stands beside it anyway. Older ones take the places that are left.
    assert list_related(site, f"{FOLDER}/bai-5/") == ["bai-3", "bai-2", "bai-1"]
    site.article("bai-2", date="2024-05-02", category="Công tác xây dựng Đảng", tags="[Đại hội]")
    site.article("bai-1", date="2024-05-01").build()
    expected = {0: ["bai-3", "bai-1"], 1: ["bai-3", "bai-1"], 2: ["bai-3", "bai-2", "bai-1"]}
    assert list_related(site, f"{FOLDER}/bai-5/") == expected[most]
