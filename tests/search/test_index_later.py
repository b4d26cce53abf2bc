"""Pages first, and the index of their words a little later, where readers cannot notice."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.incremental.manifest import SiteNote, parse_manifest
from sitegen.output.manifest_file import read_manifest
from support.search_index import list_texts
from support.site_folder import SiteFolder
from support.tiny_theme import hasten, make_tiny_site

INDEX = "tim-kiem/chi-muc/"
FRONT = "/hoat-dong-cua-co-so/2024/05"
PERSON = "---\nname: Lê An\npost: Văn thư\n---\n"


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


@pytest.fixture
def tiny(tmp_path: Path) -> SiteFolder:
    return make_searched_site(tmp_path / "site")


def make_searched_site(folder: Path) -> SiteFolder:
    """Return a site of two articles and two people without a page, with its index."""
    site = make_tiny_site(folder)
    site.write("templates/search.html", "{{ bundles }} {{ site.title }} {{ site.assets }}")
    site.write("templates/people.html", "{{ title }}")
    site.article("a", "Chuyện thứ nhất.").article("b", "Chuyện thứ hai.")
    site.write("content/people/an.md", PERSON)
    site.write("content/people/binh.md", PERSON.replace("An", "Bình"))
    site.build(search=True)
    return site


def list_index(site: SiteFolder) -> dict[str, bytes]:
    return {path: data for path, data in site.files().items() if path.startswith(INDEX)}


def read_index(site: SiteFolder) -> dict[str, str]:
    """Return what the index says of each document, by its address."""
    return {url: each["content"] for url, each in list_texts(site.output).items()}


def note(site: SiteFolder) -> SiteNote:
    noted = parse_manifest(read_manifest(site.output)).site
    assert noted
    return noted


def test_pages_do_not_wait_for_the_index(tiny: SiteFolder) -> None:
    before = list_index(tiny)
    tiny.article("a", "Chuyện đã sửa.").article("c", "Chuyện mới.")
    tiny.build(search=True, later=True)
    assert "Chuyện đã sửa." in tiny.page(f"{FRONT}/a/")
    assert tiny.page(f"{FRONT}/c/")
    assert list_index(tiny) == before
    assert note(tiny).provisional


def test_the_next_build_makes_the_index(tiny: SiteFolder, tmp_path: Path) -> None:
    tiny.article("c", "Chuyện mới.")
    tiny.build(search=True, later=True)
    tiny.build(search=True)
    assert "Chuyện mới." in read_index(tiny)[f"{FRONT}/c/"]
    assert not note(tiny).provisional
    whole = tiny.files()
    tiny.output = tmp_path / "anew"
    tiny.build(search=True)
    assert tiny.files() == whole


def test_nothing_is_done_twice(tiny: SiteFolder) -> None:
    tiny.article("c")
    assert tiny.build(search=True, later=True).written.written
    assert tiny.build(search=True, later=True).written.written == 0
    tiny.build(search=True)
    for later in (True, False):
        assert tiny.build(search=True, later=later).written.written == 0
        assert not note(tiny).provisional


@pytest.mark.parametrize(
    "fields", [{"draft": "true"}, {"expires": "2025-01-02"}, {"date": "2027-01-02"}]
)
def test_a_text_that_is_withdrawn_is_in_no_index_that_is_published(
    tiny: SiteFolder, fields: dict[str, str]
) -> None:
    tiny.article("a", "Chuyện thứ nhất.", **fields).article("b", "Chuyện đã sửa.")
    tiny.build(search=True, later=True)
    found = read_index(tiny)
    assert f"{FRONT}/a/" not in found
    assert "Chuyện đã sửa." in found[f"{FRONT}/b/"]
    assert not note(tiny).provisional


def test_a_text_that_is_gone_or_has_moved_is_not_found_any_more(tiny: SiteFolder) -> None:
    (tiny.root / "content/a.md").rename(tiny.root / "content/moi.md")
    tiny.article("moi", "Chuyện thứ nhất.", slug="moi", aliases=f"[{FRONT}/a/]")
    tiny.build(search=True, later=True)
    assert f"{FRONT}/a/" not in read_index(tiny)


def test_a_text_whose_address_another_one_has_is_not_found_any_more(tiny: SiteFolder) -> None:
    tiny.article("a", "Chuyện thứ nhất.", draft="true", slug="khac")
    tiny.article("khac", "Chuyện khác.", slug="a")
    tiny.build(search=True, later=True)
    assert "Chuyện khác." in read_index(tiny)[f"{FRONT}/a/"]


def test_a_person_without_a_page_is_not_found_any_more(tiny: SiteFolder) -> None:
    tiny.write("content/people/an.md", PERSON.replace("---\n", "---\ndraft: true\n", 1))
    tiny.build(search=True, later=True)
    assert [url for url in read_index(tiny) if "#" in url] == ["/co-cau-to-chuc/#le-binh"]


def test_what_the_search_page_needs_is_of_its_own_release(tiny: SiteFolder) -> None:
    """With a new bundle, or another style, the search page is another one."""
    tiny.article("moi", "Chuyện tháng sau.", date="2024-06-07")
    tiny.build(search=True, later=True)
    assert "/hoat-dong-cua-co-so/2024/06/moi/" in read_index(tiny)
    tiny.write("templates/assets/site.css", "p { color: blue }\n").article("a", "Đã sửa.")
    tiny.build(search=True, later=True)
    assert "Đã sửa." in read_index(tiny)[f"{FRONT}/a/"]


def test_a_first_build_makes_all_of_it(tiny: SiteFolder, tmp_path: Path) -> None:
    tiny.output = tmp_path / "first"
    tiny.build(search=True, later=True)
    assert len(read_index(tiny)) == 4
    assert not note(tiny).provisional


NAMES = st.sampled_from(["a", "b", "c"])
FIELDS = st.sampled_from([{}, {}, {"draft": "true"}, {"date": "2024-06-07"}])
# An article is deleted, or written with a slug and fields; then the whole index is made, or not.
EDITS = st.lists(
    st.tuples(NAMES, st.none() | st.tuples(st.none() | NAMES, FIELDS), st.booleans()),
    min_size=1,
    max_size=6,
)


@settings(max_examples=15)
@given(EDITS)
def test_after_any_edits_each_result_leads_to_the_page_of_its_text(
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[tuple[str, tuple[str | None, dict[str, str]] | None, bool]],
) -> None:
    site = make_searched_site(tmp_path_factory.mktemp("edits"))
    for number, (name, written, is_whole) in enumerate(edits):
        if written is None:
            (site.root / f"content/{name}.md").unlink(missing_ok=True)
        else:
            slug, fields = written
            words = f"Bài {name}, lần {number}."
            site.article(name, words, title=f"Tin của {name}", slug=slug or name, **fields)
        if site.problems():
            continue
        site.build(search=True, later=not is_whole)
        assert not (is_whole and note(site).provisional)
        for url, text in read_index(site).items():
            # What a text said before may still be found; what another one said may not.
            if text.startswith("Bài"):
                assert text.split(",")[0] in site.page(url)
            elif "#" not in url:
                assert site.page(url)
