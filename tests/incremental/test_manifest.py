"""The list beside an output is read as it was written, and never believed more than it says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.incremental.manifest import (
    Section,
    format_listing,
    make_section,
    parse_listing,
    parse_notes,
)
from sitegen.output.folder import manifest_path
from support.site_folder import SiteFolder
from support.tiny_theme import hasten, make_tiny_site

# What names of files can hold once `load` has refused those that cannot be printed.
_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="/")
_part = st.text(_LETTERS, min_size=1, max_size=8).filter(lambda text: text not in {".", ".."})
_path = st.lists(_part, min_size=1, max_size=3).map("/".join)
_word = st.text("abc/+= 019", max_size=12)
_sections = st.dictionaries(
    st.one_of(_path, _path.map("list /{}/".format)),
    st.builds(
        make_section, _word, st.dictionaries(_path, _word, min_size=1).map(lambda x: x.items())
    ),
    max_size=4,
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    return make_tiny_site(tmp_path / "site")


@given(_sections)
def test_what_was_written_is_read(sections: dict[str, Section]) -> None:
    text = format_listing(sections)
    read = parse_listing(text)
    assert list(read) == list(sections)
    for name, section in sections.items():
        assert (read[name].key, read[name].folders) == (section.key, section.folders)
        assert parse_notes(read[name]) == parse_notes(section)
    assert format_listing(read) == text


@given(st.dictionaries(_path, _word, min_size=1))
def test_every_file_comes_back_with_its_note(notes: dict[str, str]) -> None:
    section = make_section("key", notes.items())
    assert parse_notes(section) == notes
    assert set(section.folders) == {path.partition("/")[0] for path in notes}


def test_a_section_without_files_keeps_its_key() -> None:
    assert format_listing({"site": make_section("key", [])}) == "\tsite\tkey\t\n"
    assert format_listing({"pages": make_section("", [])}) == ""


def test_a_list_of_paths_alone_is_understood() -> None:
    sections = parse_listing("index.html\ntin/a/index.html\n")
    assert [parse_notes(each) for each in sections.values()] == [
        {"index.html": "", "tin/a/index.html": ""}
    ]


def test_what_stands_before_the_first_section_counts() -> None:
    sections = parse_listing("old.html\n\tfront\tkey\tindex.html\nindex.html\tnote\n")
    notes = {path for each in sections.values() for path in parse_notes(each)}
    assert notes == {"old.html", "index.html"}
    assert sections["front"] == Section("key", ("index.html",), "index.html\tnote\n")


@pytest.mark.parametrize(
    "path", ["/x", "/", "../x", "..", "a/..", "a/../b", "a/../../b", "//x", "../", "/../x"]
)
def test_a_path_that_leads_elsewhere_is_not_believed(path: str) -> None:
    assert parse_notes(Section("", (), f"{path}\tnote\nb\tnote\n")) == {"b": "note"}


@pytest.mark.parametrize("path", ["..a", "a..b", "a../b", "...", "a/...", "a/..b/c"])
def test_two_points_in_a_name_are_no_way_out(path: str) -> None:
    assert parse_notes(Section("", (), f"{path}\tnote")) == {path: "note"}


@given(st.text(st.sampled_from("\t\n /.ab\r\ufeff\u2028\0"), max_size=60))
def test_rubbish_is_read_without_a_fault_and_leads_nowhere(text: str) -> None:
    for section in parse_listing(text).values():
        for path in parse_notes(section):
            assert not path.startswith("/")
            assert ".." not in path.split("/")
    again = parse_listing(format_listing(parse_listing(text)))
    assert again.keys() <= parse_listing(text).keys()


RUBBISH = {
    "nothing": b"",
    "letters": b"\xff\xfe\x00rubbish",
    "tabs": b"\t\t\t\n\t\n\t\n\t\t",
    "a way out": b"\tfront\tkey\t..\n../../config.yaml\tnote new\n/etc/passwd\n",
    "the content": b"../content/a.md\n../templates/article.html\n",
    "half a section": b"\tfront\tabc\nindex.html",
}


@pytest.mark.parametrize("rubbish", RUBBISH.values(), ids=RUBBISH)
def test_a_list_that_was_edited_by_hand_harms_nothing(site: SiteFolder, rubbish: bytes) -> None:
    site.article("a").build()
    expected = site.files()
    whole = manifest_path(site.output).read_text("utf-8")
    manifest_path(site.output).write_bytes(rubbish)
    report = site.build()
    assert (report.written.written, report.written.removed) == (0, 0)
    assert site.files() == expected
    assert (site.root / "content/a.md").exists()
    notes = parse_listing(manifest_path(site.output).read_text("utf-8"))
    assert {path for each in notes.values() for path in parse_notes(each)} == set(expected)
    assert len(whole.split("\n")) == len(manifest_path(site.output).read_text("utf-8").split("\n"))


def test_a_page_whose_line_was_changed_by_hand_is_made_again(site: SiteFolder) -> None:
    site.article("a").build()
    expected = site.files()
    path = manifest_path(site.output)
    path.write_text(path.read_text("utf-8").replace("\tarticles ", "\tartikel "), "utf-8")
    assert site.build().written.written == 0
    assert site.files() == expected


def test_a_page_that_is_named_twice_is_not_lost(site: SiteFolder) -> None:
    site.article("a").build()
    expected = site.files()
    path = manifest_path(site.output)
    page = "hoat-dong-cua-co-so/2024/05/a/index.html"
    path.write_text(f"{page}\n{path.read_text('utf-8')}", "utf-8")
    site.build()
    assert site.files() == expected


def test_what_an_older_list_names_is_deleted_when_it_is_gone(site: SiteFolder) -> None:
    site.article("a").article("b").build()
    paths = "".join(f"{path}\n" for path in site.files())
    manifest_path(site.output).write_text(paths, "utf-8")
    (site.root / "content/b.md").unlink()
    assert site.build().written.removed == 1
    assert "hoat-dong-cua-co-so/2024/05/b/index.html" not in site.files()
