"""The manifest is read as it was written; a damaged one never leads out of the output."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.incremental.manifest import (
    FileNote,
    GroupNote,
    Key,
    Manifest,
    SiteNote,
    format_key,
    format_manifest,
    list_files,
    note_group,
    parse_key,
    parse_manifest,
    parse_pieces,
)
from sitegen.output.manifest_file import manifest_path, read_manifest, seal_manifest, write_manifest
from sitegen.problems import Place, Problem
from support.site_folder import SiteFolder
from support.tiny_theme import hasten, make_tiny_site

# What names of files can hold: those that cannot be printed are refused when they are discovered.
_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="/")
_part = st.text(_LETTERS, min_size=1, max_size=8).filter(lambda text: text not in {".", ".."})
_path = st.lists(_part, min_size=1, max_size=3).map("/".join)
_word = st.text("abc/+=019", max_size=12)
_files = st.lists(st.builds(FileNote, _path, _word, _word), unique_by=lambda note: note.path)
_groups = st.dictionaries(
    _path.map("list /{}/".format), st.builds(note_group, _word, _files), max_size=4
)
_text = st.text(st.characters(codec="utf-8"))
_warning = st.builds(
    Problem,
    st.builds(Place, _path, st.integers(1, 99), st.integers(1, 99)),
    _word,
    st.dictionaries(_word, _text),
    st.just(value=True),
)
_moment = st.floats(allow_nan=False)
_site = st.builds(
    SiteNote,
    inputs=st.text("0123456789abcdef", max_size=32),
    since=_moment,
    until=_moment,
    files=st.integers(min_value=0),
    folders=st.lists(_part, max_size=3).map(tuple),
    warnings=st.lists(_warning, max_size=3).map(tuple),
    drafts=st.booleans(),
    provisional=st.booleans(),
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    return make_tiny_site(tmp_path / "site")


@given(st.none() | _site, _groups)
def test_what_was_written_is_read(noted: SiteNote | None, groups: dict[str, GroupNote]) -> None:
    said = {name: group for name, group in groups.items() if group.key or group.lines}
    assert parse_manifest("".join(format_manifest(Manifest(noted, groups)))) == Manifest(
        noted, said
    )


@given(_site, _groups)
def test_the_first_line_alone_says_the_note_of_the_site(
    noted: SiteNote, groups: dict[str, GroupNote]
) -> None:
    first, *_ = format_manifest(Manifest(noted, groups))
    assert parse_manifest(first).site == noted


@given(_files)
def test_every_file_comes_back_with_its_note(notes: list[FileNote]) -> None:
    group = note_group("key", notes)
    assert list(list_files(group).values()) == notes
    assert set(group.folders) == {note.path.partition("/")[0] for note in notes}


@given(st.builds(Key, *[st.binary(min_size=1, max_size=16)] * 5))
def test_a_key_comes_back_as_it_was(key: Key) -> None:
    assert parse_key(format_key(key)) == key


@pytest.mark.parametrize("text", ["", "abcd", "AAAA.AAAA", "AAAA.AAAA.AAAA.AAAA.AAA", "....", "é"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert parse_key(text) is None


def test_a_group_without_files_keeps_its_key() -> None:
    empty = {"pages": note_group("key", []), "front": note_group("", [])}
    assert "".join(format_manifest(Manifest(groups=empty))) == "\tpages\tkey\t\n"


def test_a_list_of_paths_alone_is_understood() -> None:
    groups = parse_manifest("index.html\ntin/a/index.html\n").groups
    assert [list(list_files(each)) for each in groups.values()] == [
        ["index.html", "tin/a/index.html"]
    ]


def test_what_stands_before_the_first_group_counts() -> None:
    groups = parse_manifest("old.html\n\tfront\tkey\tindex.html\nindex.html\tkey new\n").groups
    assert {path for each in groups.values() for path in list_files(each)} == {
        *("old.html", "index.html")
    }
    assert groups["front"] == note_group("key", [FileNote("index.html", "key", "new")])


@pytest.mark.parametrize(
    "path", ["/x", "/", "../x", "..", "a/..", "a/../b", "a/../../b", "//x", "../", "/../x"]
)
def test_a_path_that_leads_elsewhere_is_not_believed(path: str) -> None:
    assert list(list_files(GroupNote("", (), f"{path}\tkey new\nb\tkey new\n"))) == ["b"]


@pytest.mark.parametrize("path", ["..a", "a..b", "a../b", "...", "a/...", "a/..b/c"])
def test_two_points_in_a_name_are_no_way_out(path: str) -> None:
    assert list(list_files(GroupNote("", (), f"{path}\tkey new"))) == [path]


@given(st.text(st.sampled_from("\t\n /.ab*\r\ufeff\u2028\0"), max_size=60))
def test_rubbish_is_read_without_a_fault_and_leads_nowhere(text: str) -> None:
    manifest = parse_manifest(text)
    for group in manifest.groups.values():
        for path in list_files(group):
            assert not path.startswith("/")
            assert ".." not in path.split("/")
    again = parse_manifest("".join(format_manifest(manifest)))
    assert again.groups.keys() <= manifest.groups.keys()


@given(st.text(), st.lists(st.text(max_size=9)))
def test_a_seal_is_that_of_all_pieces_in_a_row(first: str, pieces: list[str]) -> None:
    sealed = seal_manifest(f"{first}\n", *pieces)
    joined = seal_manifest("".join((f"{first}\n", *pieces)))
    assert b"".join(sealed.encode()) == b"".join(joined.encode())


@given(st.text(st.sampled_from("\t\n ab*"), max_size=60), st.lists(st.integers(0, 60)))
def test_pieces_may_end_wherever(text: str, places: list[int]) -> None:
    ends = [0, *sorted(places), len(text)]
    pieces = [text[start:end] for start, end in pairwise(ends)]
    assert parse_pieces(pieces) == parse_manifest(text)


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
    whole = read_manifest(site.output)
    manifest_path(site.output).write_bytes(rubbish)
    report = site.build()
    assert [each.code for each in report.warnings] == ["list-damaged"]
    assert (report.written.written, report.written.removed) == (0, 0)
    assert site.files() == expected
    assert (site.root / "content/a.md").exists()
    again = read_manifest(site.output)
    groups = parse_manifest(again).groups
    assert {path for each in groups.values() for path in list_files(each)} == set(expected)
    assert len(whole.split("\n")) == len(again.split("\n"))
    assert site.build().warnings == ()


def test_a_page_whose_line_was_changed_by_hand_is_made_again(site: SiteFolder) -> None:
    site.article("a").build()
    expected = site.files()
    listed = read_manifest(site.output).replace("\tarticles ", "\tartikel ")
    write_manifest(site.output, seal_manifest(listed))
    assert site.build().written.written == 0
    assert site.files() == expected


def test_a_page_that_is_named_twice_is_not_lost(site: SiteFolder) -> None:
    site.article("a").build()
    expected = site.files()
    page = "hoat-dong-cua-co-so/2024/05/a/index.html"
    listed = f"{page}\n{read_manifest(site.output)}"
    write_manifest(site.output, seal_manifest(listed))
    site.build()
    assert site.files() == expected


def test_what_an_older_list_names_is_deleted_when_it_is_gone(site: SiteFolder) -> None:
    site.article("a").article("b").build()
    paths = "".join(f"{path}\n" for path in site.files())
    write_manifest(site.output, seal_manifest(paths))
    (site.root / "content/b.md").unlink()
    assert site.build().written.removed == 1
    assert "hoat-dong-cua-co-so/2024/05/b/index.html" not in site.files()


def test_a_note_whose_flags_nobody_knows_says_nothing_of_the_site() -> None:
    """Those of an earlier version were two digits: what shows drafts must not pass for the site."""
    site = SiteNote("ab", 1.0, 2.0, 1, (), drafts=True)
    written = "".join(format_manifest(Manifest(site, {})))
    assert parse_manifest(written).site == site
    assert parse_manifest(written.replace(" drafts ", " 10 ")).site is None
