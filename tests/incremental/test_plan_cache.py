"""What a plan found out it is not asked again, and what changed is asked anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.build import prepare
from sitegen.foundation.generator import fingerprint_generator
from sitegen.pages import link_index
from sitegen.pages.collisions import find_suspects
from sitegen.problems import ProblemsFoundError
from support.doubles import Calls, note_calls
from support.kept_content import load_cache
from support.site_folder import SiteFolder
from support.tiny_theme import hasten, make_tiny_site

YEARS = (2019, 2021, 2023)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """Return a site that was built: an article a year, each with a link to the one before."""
    hasten(monkeypatch)
    site = make_tiny_site(tmp_path / "site")
    for year in YEARS:
        body = f"Xem [bài trước]({year - 2}.md)." if year > YEARS[0] else "Bài đầu."
        site.article(
            str(year), body, date=f"{year}-05-06 08:00", title=f'"Bài {year}"', lead="Tóm tắt."
        )
    site.build()
    return site


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str]]:
    """Return what tells the paths of the articles whose links were followed."""
    calls = note_calls(monkeypatch, link_index.find_destinations)
    return lambda: {each["document"].path for each in calls}


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Return the addresses that are compared with each other from then on."""
    return note_calls(monkeypatch, find_suspects)


def edit(site: SiteFolder, year: int, **fields: str) -> SiteFolder:
    return site.article(
        str(year),
        "Câu khác.",
        date=f"{year}-05-06 08:00",
        title=f'"Bài {year}"',
        **{"lead": "Tóm tắt.", **fields},
    )


def test_links_are_followed_in_the_year_that_changed_alone(
    site: SiteFolder, followed: Callable[[], set[str]]
) -> None:
    edit(site, 2021).build()
    assert followed() == {"content/2021.md"}


def test_where_nothing_changed_no_link_is_followed(
    site: SiteFolder, followed: Callable[[], set[str]]
) -> None:
    site.build()
    assert followed() == set()


def test_a_new_address_has_every_link_followed(
    site: SiteFolder, followed: Callable[[], set[str]]
) -> None:
    edit(site, 2021, slug="ten-khac").build()
    assert followed() == {f"content/{year}.md" for year in YEARS}
    assert "/2021/05/ten-khac/" in site.page("/hoat-dong-cua-co-so/2023/05/bai-2023/")


def test_a_link_that_leads_nowhere_any_more_is_found(site: SiteFolder) -> None:
    (site.root / "content/2019.md").unlink()
    for _ in range(2):
        with pytest.raises(ProblemsFoundError) as caught:
            site.build()
        assert [each.code for each in caught.value.problems] == ["link-missing"]


def test_a_link_to_what_is_hidden_is_told_each_time(site: SiteFolder) -> None:
    edit(site, 2019, draft="true")
    for _ in range(3):
        assert [each.code for each in site.build().warnings] == ["link-hidden"]


def test_addresses_are_compared_only_where_there_are_others(
    site: SiteFolder, compared: Calls
) -> None:
    edit(site, 2021).build()
    assert compared == []
    edit(site, 2021, slug="ten-khac").build()
    assert len(compared) == 1


def test_an_address_of_two_owners_is_found_each_time(site: SiteFolder) -> None:
    site.article("khac", date="2021-05-07 08:00", title='"Bài 2021"')
    for _ in range(2):
        assert [line.split(": ")[1].split()[0] for line in site.problems()] == ["url-taken"]


@pytest.mark.parametrize("year", YEARS)
def test_neighbours_are_shown_across_the_years(site: SiteFolder, year: int) -> None:
    edit(site, year, slug=f"ten-khac-{year}", lead="Khác.").build()
    for other in YEARS:
        slug = f"ten-khac-{year}" if other == year else f"bai-{other}"
        shown = site.page(f"/hoat-dong-cua-co-so/{other}/05/{slug}/")
        assert [each for each in YEARS if each != other] == [
            each for each in YEARS if f"er: Bài {each}" in shown
        ]


def test_answers_to_what_is_asked_no_longer_are_forgotten(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitegen.incremental.content_cache._MOST_SEGMENTS", 3)

    def count() -> int:
        config = prepare(site.request(), site.root / ".sitegen").keys.config
        known, _ = load_cache(site.root / ".sitegen", fingerprint_generator(), config)
        return len(known.content.plan.links)

    first = count()
    assert first == len(YEARS)
    for number in range(8):
        edit(site, 2021, lead=f"Tóm tắt {number}.").build()
    assert count() <= 2 * first


def test_articles_of_before_1970_have_their_years_too(site: SiteFolder) -> None:
    for year in (1948, 1969, 1970):
        site.article(str(year), date=f"{year}-01-01 08:00", title=f'"Bài {year}"')
    site.build()
    assert "older: Bài 1948" in site.page("/hoat-dong-cua-co-so/1969/01/bai-1969/")
