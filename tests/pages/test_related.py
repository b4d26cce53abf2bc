"""What belongs to an article: older articles that share its tags, and none that are newer."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.articles import Article, Names, list_names
from sitegen.foundation.parts import digest_bytes
from sitegen.pages.related import digest_related, find_related, index_related
from support.html_tree import parse
from support.site_folder import NOW, SiteFolder

FOLDER = "/hoat-dong-cua-co-so/2024/05"


def entry(number: int, *tags: str, category: str = "tin") -> Article:
    return Article(
        path=f"{number}",
        url=f"/{number}/",
        date=number,
        expires=None,
        month="2024/05",
        draft=False,
        featured=False,
        category=category,
        photo=None,
        aliases=(),
        headline_digest=digest_bytes(b"%d" % number),
        card_digest=b"",
        story_digest=b"",
        digest=b"",
        names=msgspec.Raw(msgspec.msgpack.encode(Names((), tags))),
        references=msgspec.Raw(msgspec.msgpack.encode(())),
        parts=msgspec.Raw(b""),
    )


def find(*oldest_first: Article, most: int = 4, neighbours: int = 1) -> dict[str, list[str]]:
    """Return what belongs to each article, beside those that come before it in its category."""
    related_index = index_related(oldest_first[::-1])
    kin = {}
    for number, each in enumerate(oldest_first):
        before = [other for other in oldest_first[:number] if other.category == each.category]
        found = find_related(related_index, each, most, before[-neighbours:])
        kin[each.path] = [other.path for other in found]
    return kin


def test_more_shared_tags_are_nearer_then_newer_ones() -> None:
    kin = find(
        entry(1, "a", "b", category="x"),
        entry(2, "a", category="x"),
        entry(3, "a", category="x"),
        entry(4, "c", category="x"),
        entry(5, "b", "a"),
    )
    assert kin["5"] == ["1", "3", "2"]
    assert kin["4"] == []


def test_a_rare_tag_says_more_than_a_common_one() -> None:
    common = [entry(number, "a", category=f"x{number}") for number in range(10)]
    kin = find(entry(100, "b", category="y"), *common, entry(101, "a", "b"))
    assert kin["101"][0] == "100"


def test_the_same_category_is_nearer() -> None:
    kin = find(
        entry(1, "a"), entry(2, "c"), entry(3, "a", category="x"), entry(4, "a"), neighbours=1
    )
    assert kin["4"] == ["1", "3"]


def test_what_stands_beside_it_anyway_is_passed_over() -> None:
    articles = [entry(number, "a") for number in range(6)]
    assert find(*articles, neighbours=2)["5"] == ["2", "1", "0"]


def test_spellings_of_a_tag_are_one() -> None:
    kin = find(entry(1, "Đại hội", category="x"), entry(2, "đại hội", "Đại Hội"))
    assert kin == {"1": [], "2": ["1"]}


def test_none_are_wanted(site: SiteFolder) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", f"{config}lists: {{related: 0}}\n")
    for day in range(1, 9):
        site.article(f"bai-{day}", date=f"2024-05-0{day}", tags="[Đại hội]")
    site.build()
    assert related(site, f"{FOLDER}/bai-8/") == []


def test_a_digest_tells_all_that_could_belong_to_an_article() -> None:
    articles = [entry(1, "a"), entry(2, "a", "b"), entry(3, "c"), entry(4, "b")]

    def digest(*changed: Article) -> bytes:
        others = {each.path: each for each in (*articles, *changed)}
        return digest_related(index_related(tuple(others.values())[::-1]))["4"]

    same = digest()
    assert digest(entry(3, "d")) == same
    assert digest(entry(1, "a", category="x")) == same
    assert digest(entry(2, "a", "b", category="x")) != same
    renamed = msgspec.structs.replace(articles[1], headline_digest=digest_bytes(b"new"))
    assert digest(renamed) != same
    assert digest(entry(1, "a", "b")) != same


TAGS = st.lists(st.sampled_from("abcd"), max_size=3, unique=True)


@given(st.lists(st.tuples(TAGS, st.sampled_from("xy")), max_size=12), TAGS)
def test_a_new_article_changes_nothing_that_was_there(
    written: list[tuple[list[str], str]], tags: list[str]
) -> None:
    articles = [
        entry(number, *own, category=category) for number, (own, category) in enumerate(written)
    ]
    before = find(*articles)
    after = find(*articles, entry(len(articles), *tags, category="x"))
    after.pop(str(len(articles)), None)
    assert after == before
    for path, found in before.items():
        assert all(int(each) < int(path) for each in found)
        own = set(list_names(articles[int(path)]).tags)
        assert all(own & set(list_names(articles[int(each)]).tags) for each in found)


def related(site: SiteFolder, url: str) -> list[str]:
    lists = parse(site.page(url)).find_all("section", aria_labelledby="tin_lien_quan")
    return [link.text for each in lists for link in each.find_all("a")]


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
    assert related(tagged, f"{FOLDER}/moi/") == ["cu"]
    assert related(tagged, "/cong-tac-xay-dung-dang/2024/05/cu/") == []


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
    assert related(tagged, f"{FOLDER}/moi/") == ["Tên mới"]


def test_the_configuration_says_how_many(tagged: SiteFolder) -> None:
    config = (tagged.root / "config.yaml").read_text("utf-8")
    tagged.write("config.yaml", f"{config}lists: {{related: 0}}\n").build()
    assert related(tagged, f"{FOLDER}/moi/") == []
