"""The quick question whether any address is claimed twice is the long answer's."""

import functools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.build import CACHE, Prepared, prepare
from sitegen.content.reading import locate
from sitegen.media.pictures import MediaFile
from sitegen.pages.collisions import (
    Claimants,
    _claim_others,
    describe_collisions,
    find_collisions,
    find_suspects,
    list_claimed,
)
from sitegen.pages.planned import PlannedGroup, make_group
from sitegen.problems import Place, Problem
from support.documents import make_pdf
from support.site_folder import SiteFolder
from support.tiny_theme import hasten, make_tiny_site

Paths = tuple[str, ...]
# Parts of paths, many of which are one name on some disk: case, normal form, spaces.
PARTS = ("a", "A", "b", "ả", "ả", "Ả", "ß", "ss", "a b", "a  b", "index.html", "đ", "Đ")
_path = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map("/".join)
ALIASES = ("/a/", "/A/", "/a", "/a/b/", "/a.html", "/a?x=1", "/a?X=1", "/c?x=%0Ay", "/tac-gia/")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    site = make_tiny_site(tmp_path_factory.mktemp("plan") / "site")
    return prepare(site.request(), site.root / CACHE)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    return make_tiny_site(tmp_path / "site")


def publish(*paths: str) -> PlannedGroup:
    """Return a group of files, each of its own in the content."""
    files = [MediaFile(path, f"content/{number}", b"digest") for number, path in enumerate(paths)]
    return make_group("files", files)


def find(empty: Prepared, *paths: str) -> tuple[bool, list[Problem]]:
    """Return the quick answer and the long one."""
    every = [Claimants(empty.context, (publish(*paths),))]
    suspects = find_suspects(list_claimed(every))
    collisions = find_collisions(every, suspects)
    return bool(suspects), list(describe_collisions(collisions, lambda path, _: Place(path)))


@pytest.mark.parametrize(
    "paths",
    [
        ("a", "a"),
        ("a", "A"),
        ("a/b", "A/B"),
        ("ả/x", "ả/X"),
        ("a", "a/b"),
        ("a", "A/b/c"),
        ("a/b", "a/b/c/d"),
        ("đ", "Đ/x"),
        ("a b", "a  B"),
    ],
)
def test_one_address_for_two_is_found(empty: Prepared, paths: Paths) -> None:
    quick, found = find(empty, *paths)
    assert quick
    assert len(found) == 1


@pytest.mark.parametrize(
    "paths", [(), ("a",), ("a", "b"), ("a/x", "a/y"), ("a", "a.html"), ("a", "b/a"), ("a", "ả")]
)
def test_addresses_of_their_own_are_fine(empty: Prepared, paths: Paths) -> None:
    assert find(empty, *paths) == (False, [])


@given(st.lists(_path, max_size=6))
def test_the_quick_answer_is_the_long_one(empty: Prepared, paths: list[str]) -> None:
    quick, found = find(empty, *paths)
    assert quick == bool(found), paths


@given(st.permutations(("a", "a/b", "c", "C", "d/e", "d/f")))
def test_the_order_does_not_matter(empty: Prepared, paths: list[str]) -> None:
    quick, found = find(empty, *paths)
    assert (quick, len(found)) == (True, 2)


@given(st.lists(st.lists(st.sampled_from(ALIASES[:-2]), max_size=2, unique=True), max_size=4))
def test_it_is_so_for_old_addresses_too(
    tmp_path_factory: pytest.TempPathFactory, every: list[list[str]]
) -> None:
    site = make_tiny_site(tmp_path_factory.mktemp("aliases") / "site")
    for number, aliases in enumerate(every):
        site.article(f"bai-{number}", aliases=str(aliases).replace("'", '"'))
    prepared = prepare(site.request(), site.root / CACHE)
    claims = list(_claim_others(prepared.context))
    find_place = functools.partial(locate, site.root)
    all_claimants = [Claimants(prepared.context, prepared.groups)]
    quick = find_suspects(list_claimed(all_claimants))
    found = list(describe_collisions(find_collisions(all_claimants, quick), find_place))
    # An article that names one old address in two spellings is asked about, and answered for.
    assert quick or not found
    folded = [claim.path.casefold() for claim in claims]
    if len({(claim.owner, claim.path.casefold()) for claim in claims}) == len(folded):
        assert bool(quick) == bool(found)


def codes(site: SiteFolder) -> list[str]:
    return [line.split(": ")[1].split()[0] for line in site.problems()]


def test_an_article_and_an_old_address(site: SiteFolder) -> None:
    site.article("a").article("b", aliases="[/hoat-dong-cua-co-so/2024/05/A/]")
    assert codes(site) == ["alias-taken"]


def test_an_old_address_that_only_a_server_can_answer(site: SiteFolder) -> None:
    site.article("a", aliases='["/x?a=1"]').article("b", aliases='["/x?A=1"]')
    assert codes(site) == ["alias-taken"]


@pytest.mark.parametrize("sign", ["%0A", "%09", "%5C", "%7F"])
def test_a_sign_in_an_old_address_hides_nothing(site: SiteFolder, sign: str) -> None:
    site.article("a", aliases=f'["/x?a={sign}y"]')
    site.article("b", aliases='["/z?b=1"]').article("c", aliases='["/z?b=1"]')
    assert codes(site) == ["alias-form", "alias-taken"]


def test_a_standing_page_in_the_place_of_a_section(site: SiteFolder) -> None:
    slug = "hoat-dong-cua-co-so"
    site.write("content/pages/p.md", f"---\ntitle: Trang\nslug: {slug}\n---\n\nTrang.\n")
    assert codes(site) == ["url-taken"]


def test_two_photos_that_differ_by_case(site: SiteFolder) -> None:
    site.write("content/media/a.pdf", make_pdf(["a"])).write("content/media/A.pdf", make_pdf(["b"]))
    assert codes(site) == ["file-name-same"]
