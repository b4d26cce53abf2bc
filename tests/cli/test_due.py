"""The command `due`: every moment at which the site changes although nobody edits it."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.cli import DONE, PROBLEMS, commands
from sitegen.cli.agenda import make_agenda
from sitegen.content.due import RECENT, Event
from support.site_folder import CONFIG, NOW, SiteFolder
from support.tiny_theme import hasten, make_tiny_site

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
FRONT = "/hoat-dong-cua-co-so"


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


@pytest.fixture
def tiny(tmp_path: Path) -> SiteFolder:
    return make_tiny_site(tmp_path / "site")


def due(site: SiteFolder, *flags: str, now: str = "2026-11-23 12:00") -> Result:
    words = ["--root", str(site.root), "due", "--now", now, *flags]
    return CliRunner(env={"LC_ALL": "en"}).invoke(commands.main, words)


def test_a_text_appears_leaves_the_news_and_expires(tiny: SiteFolder) -> None:
    tiny.article("a", date="2026-11-30 06:15", expires="2027-01-05 00:00:30")
    url = f"{FRONT}/2026/11/a/"
    assert due(tiny).stdout.splitlines() == [
        f"2026-11-30 06:15: content/a.md is published at {url}.",
        f"2026-12-02 06:15: content/a.md leaves the sitemap of news after two days ({url}).",
        f"2027-01-05 00:00:30: content/a.md expires and is no longer at {url}.",
    ]


def test_what_is_featured_lapses(tiny: SiteFolder) -> None:
    lists = "lists:\n  featured_days: 3\ncategories:"
    tiny.write("config.yaml", CONFIG.replace("categories:", lists))
    tiny.article("a", date="2026-11-30 06:15", featured="true")
    # It has lapsed, or it expires before.
    tiny.article("b", date="2026-11-20 11:00", featured="true")
    tiny.article("c", date="2026-11-21", featured="true", expires="2026-11-24")
    found = json.loads(due(tiny, "--json").stdout)
    assert [each["at"] for each in found if each["what"] == "lapses"] == [
        "2026-12-03T06:15:00+07:00"
    ]
    url = f"{FRONT}/2026/11/a/"
    assert due(tiny).stdout.splitlines()[-1] == (
        f"2026-12-03 06:15: content/a.md is no longer featured on the front page ({url})."
    )


def test_other_programs_get_a_list_with_offsets(tiny: SiteFolder) -> None:
    below = CONFIG.replace("https://example.org", "https://example.org/portal")
    tiny.write("config.yaml", below).article("a", date="2026-11-30T08:15+09:00")
    first, _ = json.loads(due(tiny, "--json").stdout)
    assert first == {
        "at": "2026-11-30T06:15:00+07:00",
        "what": "appears",
        "file": "content/a.md",
        "url": f"/portal{FRONT}/2026/11/a/",
    }


def test_a_timer_gets_seconds(tiny: SiteFolder) -> None:
    tiny.article("a", date="2026-11-23 12:01")
    result = due(tiny, "--seconds")
    assert (result.exit_code, result.stdout, result.stderr) == (DONE, "60\n", "")


@pytest.mark.parametrize("flags", [[], ["--seconds"]])
def test_where_nothing_is_due_nothing_is_printed_for_programs(
    tiny: SiteFolder, flags: list[str]
) -> None:
    tiny.article("a").article("nhap", date="2026-12-01 06:00", draft="true")
    result = due(tiny, *flags)
    assert (result.exit_code, result.stdout) == (DONE, "")
    assert result.stderr == "Nothing will change until somebody edits the site.\n"
    assert json.loads(due(tiny, "--json").stdout) == []


def test_a_site_with_errors_would_not_be_built(tiny: SiteFolder) -> None:
    tiny.article("a", date="2026-12-01 06:00").article("hong", category="Không có")
    result = due(tiny, "--seconds")
    assert (result.exit_code, result.stdout) == (PROBLEMS, "")
    assert "content/hong.md" in result.stderr


HOURS = st.sampled_from([-80, -48, -47.5, -1, 0, 0.5, 1, 20, 47, 48, 49])
TEXTS = st.lists(
    st.tuples(
        HOURS,
        st.none() | st.sampled_from([0.25, 3, 48, 60]),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12)
@given(TEXTS)
def test_the_site_changes_at_each_of_these_moments_and_at_no_other(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[float, float | None, bool, bool]]
) -> None:
    """Each build knows the ones before; one from nothing at the end has the same bytes."""
    site = make_tiny_site(tmp_path_factory.mktemp("due"))
    # What is featured lapses a day after it leaves the news.
    lists = "lists:\n  front_featured: 1\n  featured_days: 3\ncategories:"
    site.write("config.yaml", CONFIG.replace("categories:", lists))
    for number, (since, lasting, draft, featured) in enumerate(texts):
        fields = {"draft": "true"} if draft else {}
        fields |= {"featured": "true"} if featured else {}
        begin = NOW + since * HOUR
        if lasting:
            fields["expires"] = f"{begin + lasting * HOUR:%Y-%m-%d %H:%M:%S}"
        site.article(str(number), date=f"{begin:%Y-%m-%d %H:%M:%S}", **fields)
    events = make_agenda(site.request(NOW)).due
    moments = sorted({each.at for each in events})
    # Where nothing else is on the front page, it is the same when an article is no longer featured.
    lapses = {each.at for each in events} - {
        each.at for each in events if each.what is not Event.LAPSES
    }
    site.build(NOW)
    shown = site.files()
    for at, after in (
        zip(moments, [*moments[1:], moments[-1] + RECENT], strict=True) if moments else ()
    ):
        moment = datetime.fromtimestamp(at, NOW.tzinfo)
        site.build(moment - SECOND)
        assert site.files() == shown
        site.build(moment)
        assert site.files() != shown or at in lapses
        shown = site.files()
        site.build(moment + (after - at) * SECOND / 2)
        assert site.files() == shown
        agenda = make_agenda(site.request(moment))
        assert [each.at for each in agenda.due if each.at == at] == []
    site.build(NOW + 1000 * HOUR)
    assert site.files() == shown
