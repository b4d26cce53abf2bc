"""The index of the search page: its bundles, what is in them, and when they are made again."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from sitegen.build import check
from sitegen.cli.verification import verify
from sitegen.foundation.text import take_first_words
from sitegen.problems import ProblemsFoundError
from sitegen.search import periods
from sitegen.search.entries import describe_articles
from sitegen.search.index_files import make_index
from sitegen.search.periods import split_periods
from support.articles import write_article
from support.doubles import change_arguments, replace_everywhere
from support.search_index import INDEX, list_documents, list_texts, read_bundle, unpack
from support.site_folder import SiteFolder


def write_three(site: SiteFolder) -> SiteFolder:
    site.article("cu", "Chuyện năm cũ.", date="2023-02-03")
    site.article("moi", "Chuyện tháng này.", date="2024-05-06")
    return site.write("content/pages/lien-he.md", "---\ntitle: Liên hệ\n---\nĐường dây nóng.\n")


def bundles(site: SiteFolder) -> set[str]:
    return {path.name for path in (site.output / INDEX).iterdir()}


class Counting:
    """The indexer, with the addresses of the documents that each index was made of."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made: list[list[str]] = []
        replace_everywhere(monkeypatch, make_index, self.make)

    def make(self, passages: Any) -> Any:
        every = list(passages)
        self.made.append([each.url for each in every])
        return make_index(every)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    return Counting(monkeypatch)


class TestPeriods:
    def name(self, *months: str) -> list[str]:
        articles = (
            write_article(str(number), date=f"{month.replace('/', '-')}-01")
            for number, month in enumerate(months)
        )
        return [period.name for period in split_periods(tuple(articles))]

    def test_a_year_is_one_and_the_newest_month_stands_alone(self) -> None:
        assert self.name("2022/01", "2022/12", "2023/05", "2024/01", "2024/06") == [
            *("2022", "2023", "2024-quy-1", "2024-06")
        ]

    def test_a_new_article_divides_its_own_year_alone(self) -> None:
        months = ["2023/11", "2024/02", "2024/08", "2024/10", "2024/11"]
        assert self.name(*months) == ["2023", "2024-nua-1", "2024-quy-3", "2024-10", "2024-11"]
        assert self.name(*months, "2024/12") == [*self.name(*months), "2024-12"]
        assert self.name(*months, "2025/01") == ["2023", "2024", "2025-01"]

    def test_large_periods_are_divided(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(periods, "MOST_ARTICLES", 2)
        months = ["2022/01", "2022/02", "2022/07", "2023/01", "2024/01"]
        assert self.name(*months) == ["2022-nua-1", "2022-nua-2", "2023", "2024-01"]

    def test_every_article_is_in_one(self) -> None:
        assert self.name() == []
        every = [f"{year}/{month:02}" for year in (2021, 2022) for month in range(1, 13)]
        assert self.name(*every) == [
            *("2021", "2022-nua-1", "2022-quy-3", "2022-10", "2022-11", "2022-12")
        ]


def test_published_documents_are_in_the_index_and_no_others(site: SiteFolder) -> None:
    write_three(site).article("nhap", draft="true").article("mai", date="2027-01-01")
    site.build(search=True)
    assert sorted(list_texts(site.output)) == [
        "/hoat-dong-cua-co-so/2023/02/cu/",
        "/hoat-dong-cua-co-so/2024/05/moi/",
        "/lien-he/",
    ]
    assert bundles(site) == {"trang", "2023", "2024-05"}


def test_people_are_found_by_name_post_and_unit(site: SiteFolder) -> None:
    person = "---\nname: Lê {}\npost: Văn thư\nunit: Văn phòng\n---\n{}"
    site.write("content/people/an.md", person.format("An", ""))
    site.write("content/people/binh.md", person.format("Bình", "\nTiểu sử.\n"))
    site.build(search=True)
    found = list_texts(site.output)
    assert sorted(found) == ["/co-cau-to-chuc/#le-an", "/co-cau-to-chuc/le-binh/"]
    assert "Văn thư, Văn phòng" in found["/co-cau-to-chuc/#le-an"]["content"]
    assert found["/co-cau-to-chuc/le-binh/"]["title"] == "Lê Bình"


def test_all_that_is_read_of_an_article_is_found(site: SiteFolder) -> None:
    site.write("content/media/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    site.article(
        "bai",
        '## Mục\n\nMột **đ**ảng & "hai" <b>ba</b>.\n\n| A | B |\n|---|---|\n| C | D |\n'
        "\n[Tệp](cu.md)\n\n<script>x</script>\n",
        lead="Sa-pô.",
        photo="/media/a.svg",
        photo_caption="Chú thích",
        tags="[Bầu cử]",
    ).article("cu")
    site.build(search=True)
    document = list_texts(site.output)["/hoat-dong-cua-co-so/2024/05/bai/"]
    words = document["content"].split()
    assert words[:4] == ["Sa-pô.", "Mục", "Một", "đảng"]
    assert {"&", "ba.", "C", "D", "Tệp", "Chú", "thích", "Thu", "Hà", "Bầu", "cử"} <= {*words}
    assert not {"x", "<script>", "CD"} & {*words}
    del document["content"]
    assert document == {
        "url": "/hoat-dong-cua-co-so/2024/05/bai/",
        "title": "bai",
        "category": "Hoạt động của cơ sở",
        "day": "06/05/2024",
        "iso": "2024-05-06T07:08:00+07:00",
    }


def test_results_can_be_filtered_and_sorted_by_what_is_beside_the_index(site: SiteFolder) -> None:
    site.article("bai", author="[Thu Hà, Văn Bình]")
    site.build(search=True)
    name = read_bundle(site.output, "2024-05")["facets"]
    facets = unpack(site.output / INDEX / f"2024-05/index/{name}.bin")
    assert facets == [[202405060708, "/hoat-dong-cua-co-so/", ["Thu Hà", "Văn Bình"]]]


def test_what_has_a_name_is_in_the_index(site: SiteFolder) -> None:
    site.write("content/media/ke-hoach_so-2.pdf", "%PDF-1.4")
    site.article("bai", "[Kế hoạch](/media/ke-hoach_so-2.pdf)", author="Thu Hà", tags="[Bầu cử]")
    site.write("content/people/an.md", "---\nname: Lê An\npost: Văn thư\n---\n")
    site.build(search=True)
    named = {
        (each["kind"], each["title"]): url
        for url, each in list_documents(site.output).items()
        if "kind" in each
    }
    assert named == {
        ("Chuyên mục", "Hoạt động của cơ sở"): "/hoat-dong-cua-co-so/",
        ("Chuyên mục", "Công tác xây dựng Đảng"): "/cong-tac-xay-dung-dang/",
        ("Thẻ", "Bầu cử"): "/the/bau-cu/",
        ("Tác giả", "Thu Hà"): "/tac-gia/thu-ha/",
        ("Lưu trữ", "Tháng 5/2024"): "/luu-tru/2024/05/",
        ("Tài liệu", "ke hoach so 2"): "/media/ke-hoach_so-2.pdf",
        ("Cán bộ", "Lê An"): "/co-cau-to-chuc/#le-an",
        ("Trang", "Cơ cấu tổ chức"): "/co-cau-to-chuc/",
        ("Trang", "Lưu trữ theo tháng"): "/luu-tru/",
        ("Trang", "Sơ đồ trang"): "/so-do-trang/",
        ("Trang", "Thẻ"): "/the/",
        ("Trang", "Tác giả"): "/tac-gia/",
        ("Trang", "Tin RSS"): "/rss/",
    }


def test_names_are_told_in_few_files(site: SiteFolder) -> None:
    site.article("bai", tags=f"[{', '.join(f'Thẻ số {number}' for number in range(150))}]")
    site.build(search=True)
    assert len(list((site.output / INDEX / "trang/fragment").iterdir())) <= 4
    assert "/the/the-so-149/" in list_documents(site.output)


def test_another_tag_changes_the_bundle_of_names(site: SiteFolder, counting: Counting) -> None:
    write_three(site).build(search=True)
    counting.made.clear()
    site.article("moi", "Chuyện tháng này.", date="2024-05-06", tags="[Bầu cử]").build(search=True)
    assert len(counting.made) == 2
    assert "/the/bau-cu/" in list_documents(site.output)


def test_a_new_article_makes_its_own_bundle_anew_and_no_other(
    site: SiteFolder, counting: Counting
) -> None:
    write_three(site)
    site.build(search=True)
    before = site.files()
    counting.made.clear()
    site.article("nua", "Thêm một bài.", date="2024-05-07")
    site.build(search=True)
    assert [len(urls) for urls in counting.made] == [2]
    after = site.files()
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    touched = {path.split("/")[2] for path in changed if path.startswith(INDEX)}
    assert touched == {"2024-05"}
    assert verify(site.request(search=True)) == ()


def test_what_no_reader_finds_costs_nothing(site: SiteFolder, counting: Counting) -> None:
    write_three(site).build(search=True)
    counting.made.clear()
    style = site.root / "templates/assets/css/site.css"
    style.write_text(style.read_text("utf-8") + "b { color: red }\n", "utf-8")
    assert site.build(search=True).written.written > 0
    site.output.rename(site.root / "elsewhere")
    site.build(search=True)
    assert bundles(site) == {"trang", "2023", "2024-05"}
    assert counting.made == []


def test_of_each_bundle_one_state_is_kept(site: SiteFolder) -> None:
    write_three(site)
    for text in ("Một.", "Hai.", "Ba."):
        site.article("moi", text, date="2024-05-06")
        site.build(search=True)
    kept = [
        path.parent.name for path in (site.root / ".sitegen/search").rglob("*") if path.is_file()
    ]
    assert sorted(kept) == ["2023", "2024-05", "trang"]
    site.article("sau", date="2025-01-02").build(search=True)
    assert {path.name for path in (site.root / ".sitegen/search").iterdir()} == {
        *("2023", "2024", "2025-01", "trang")
    }


def test_a_deleted_article_leaves_nothing(site: SiteFolder) -> None:
    write_three(site).build(search=True)
    (site.root / "content/cu.md").unlink()
    site.build(search=True)
    assert bundles(site) == {"trang", "2024-05"}
    (site.root / "content/moi.md").unlink()
    (site.root / "content/pages/lien-he.md").unlink()
    site.build(search=True)
    assert bundles(site) == {"trang"}
    assert list_texts(site.output) == {}


def test_without_search_there_is_no_index_and_the_form_leads_to_the_engine(
    site: SiteFolder,
) -> None:
    write_three(site).build(search=True)
    total = len(site.files())
    report = site.build(search=True)
    assert (report.written.written, report.written.unchanged) == (0, total)
    site.build()
    assert not (site.output / INDEX).exists()
    page = site.page("/tim-kiem/")
    assert 'action="https://www.google.com/search"' in page
    assert "data-bundles" not in page
    site.build(search=True)
    assert bundles(site) == {"trang", "2023", "2024-05"}
    assert verify(site.request(search=True)) == ()


def test_a_draft_is_found_in_a_preview_alone(site: SiteFolder) -> None:
    site.article("nhap", draft="true")
    site.build(search=True, drafts=True)
    assert list(list_texts(site.output)) == ["/hoat-dong-cua-co-so/2024/05/nhap/"]
    site.build(search=True)
    assert list_texts(site.output) == {}


def test_the_same_articles_make_the_same_bytes(site: SiteFolder) -> None:
    for number in range(60):
        author = f"[Tác giả {number}, Văn Bình]"
        site.article(f"bai-{number}", f"Bài số {number} về đảng viên.", author=author)
    site.build(search=True, jobs=2)
    assert verify(site.request(search=True)) == ()


def test_a_bundle_that_was_damaged_in_the_cache_is_made_anew(site: SiteFolder) -> None:
    write_three(site).build(search=True)
    good = site.files()
    for path in (site.root / ".sitegen/search").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    site.output.rename(site.root / "elsewhere")
    site.build(search=True)
    assert site.files() == good


def test_a_file_that_changes_while_it_is_indexed_stops_the_build(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_three(site)

    def save_another(articles: Any) -> Any:
        site.article("moi", "Chữ khác.", date="2024-05-06")
        return articles

    change_arguments(monkeypatch, describe_articles, articles=save_another)
    with pytest.raises(ProblemsFoundError) as caught:
        site.build(search=True)
    assert {each.code for each in caught.value.problems} == {"file-changing"}
    assert not site.output.exists() or site.files() == {}


def test_nothing_else_may_lie_where_the_index_is(site: SiteFolder) -> None:
    entry = f"/{INDEX}/2024-05/bundle.json"
    site.article("bai", aliases=f"[{entry}]")
    with pytest.raises(ProblemsFoundError) as caught:
        site.build(search=True)
    assert {each.code for each in caught.value.problems} == {"alias-form"}


def test_checking_makes_no_index(site: SiteFolder, counting: Counting) -> None:
    check(write_three(site).request(search=True))
    assert counting.made == []


def test_browsers_are_told_how_to_search(site: SiteFolder) -> None:
    site.write(
        "config.yaml",
        (site.root / "config.yaml").read_text("utf-8").replace("example.org", "example.org/cong"),
    )
    site.article("bai").build()
    space = {"os": "http://a9.com/-/spec/opensearch/1.1/"}
    root = ET.fromstring(site.page("/opensearch.xml"))  # noqa: S314 (our own file)
    name = root.findtext("os:ShortName", "", space)
    assert name == "Cổng thử nghiệm"
    assert len(name) <= 16
    url = root.find("os:Url", space)
    assert url is not None
    assert url.get("template") == "https://example.org/cong/tim-kiem/?q={searchTerms}"
    assert 'href="/cong/opensearch.xml"' in site.page("/")


def test_a_long_title_has_a_short_name() -> None:
    assert take_first_words("Cổng thông tin điện tử Đảng bộ Khối", 16) == "Cổng thông tin"
    assert take_first_words("A" * 20, 16) == "A" * 16
