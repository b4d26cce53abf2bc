"""Where nothing changed at all, nothing is read, arranged or planned; where anything did, it is."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sitegen import build as story
from sitegen.foundation.stamps import read_clock
from sitegen.incremental.manifest import parse_manifest
from sitegen.output.manifest_file import read_manifest
from sitegen.plan import make_plan
from sitegen.theme.rendering import render
from support.doubles import change_result, forbid, note_calls
from support.site_folder import NOW, SiteFolder
from support.tiny_theme import hasten, make_tiny_site

TEN_SECONDS = 10_000_000_000


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """Return a site whose files have been at rest for long, and which was built."""
    hasten(monkeypatch)
    change_result(monkeypatch, read_clock, lambda moment: moment + TEN_SECONDS)
    made = make_tiny_site(tmp_path / "site").article("một").article("hai")
    made.build()
    return made


@pytest.fixture
def nothing_is_planned(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes any planning from then on a failure."""
    return lambda: forbid(monkeypatch, make_plan)


def test_a_site_at_rest_is_not_planned(
    site: SiteFolder, nothing_is_planned: Callable[[], None]
) -> None:
    before = site.files()
    listed = (site.root / ".output.list").stat()
    nothing_is_planned()
    report = site.build()
    assert (report.written.written, report.written.removed) == (0, 0)
    assert report.written.unchanged == len(before)
    assert site.files() == before
    assert (site.root / ".output.list").stat().st_mtime_ns == listed.st_mtime_ns


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/layout.html", "{% block main %}{% endblock %} mới\n"),
        ("templates/assets/site.css", "p { color: blue }\n"),
        ("content/media/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
        ("content/pages/trang.md", "---\ntitle: Giới thiệu\n---\nNội dung.\n"),
    ],
)
def test_a_new_or_changed_file_is_seen(site: SiteFolder, path: str, text: str) -> None:
    before = site.files()
    site.write(path, text).build()
    assert site.files() != before


def test_a_deleted_article_is_seen(site: SiteFolder) -> None:
    (site.root / "content" / "hai.md").unlink()
    assert site.build().written.removed > 0


def test_another_configuration_is_seen(site: SiteFolder) -> None:
    config = (site.root / "config.yaml").read_text("utf-8")
    site.write("config.yaml", config.replace("Cổng thử nghiệm", "Cổng mới")).build()
    assert "Cổng mới" in site.page("/")


@pytest.mark.parametrize("path", [".", "index.html", "hoat-dong-cua-co-so"])
def test_an_output_that_was_deleted_is_made_anew(site: SiteFolder, path: str) -> None:
    before = site.files()
    target = site.output / path
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    site.build()
    assert site.files() == before


def test_a_list_that_was_deleted_is_made_anew(site: SiteFolder) -> None:
    listed = read_manifest(site.output)
    (site.root / ".output.list").unlink()
    assert site.build().written.written == 0
    paths = {line.partition("\t")[0] for line in listed.splitlines()}
    again = read_manifest(site.output)
    assert {line.partition("\t")[0] for line in again.splitlines()} == paths


def test_time_is_an_input(site: SiteFolder, nothing_is_planned: Callable[[], None]) -> None:
    site.article("ba", expires=f"{NOW + timedelta(days=2):%Y-%m-%d %H:%M}").build()
    assert "ba" in site.page("/")
    site.build(NOW + timedelta(days=3))
    assert "ba" not in site.page("/")
    site.build()
    assert "ba" in site.page("/")
    nothing_is_planned()
    site.build(NOW + timedelta(days=1))


def test_news_grow_old(site: SiteFolder, nothing_is_planned: Callable[[], None]) -> None:
    site.article("ba", date=f"{NOW - timedelta(hours=1):%Y-%m-%d %H:%M}").build()
    news = "sitemap/tin-moi.xml"
    assert news in site.files()
    site.build(NOW + timedelta(hours=47))
    assert news not in site.files()
    site.build()
    assert news in site.files()
    nothing_is_planned()
    site.build(NOW + timedelta(hours=46, minutes=59))


def test_a_warning_is_told_each_time_for_as_long_as_it_is_true(
    site: SiteFolder, nothing_is_planned: Callable[[], None]
) -> None:
    told = site.article("sau", date=f"{NOW + timedelta(days=2):%Y-%m-%d %H:%M}").build().warnings
    assert [each.code for each in told] == ["article-embargoed"]
    assert site.build(NOW + timedelta(days=3)).warnings == ()
    site.build()
    nothing_is_planned()
    for day in range(2):
        assert site.build(NOW + timedelta(days=day)).warnings == told


def test_a_preview_with_drafts_is_another_site(site: SiteFolder) -> None:
    site.article("nháp", draft="true").build()
    site.build(drafts=True)
    assert "nháp" in site.page("/")
    site.build()
    assert "nháp" not in site.page("/")


def test_a_clean_build_renders_everything(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = note_calls(monkeypatch, render)
    story.build(story.Request(site.root, site.output, NOW, clean=True))
    pages = {path for path in site.files() if path.endswith(".html")}
    assert len(rendered) >= len(pages) > 5


def test_a_file_that_could_change_unseen_leaves_the_site_without_a_key(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    site.article("một", "Một hai.").build()
    noted = parse_manifest(read_manifest(site.output)).site
    assert noted
    assert noted.inputs == ""
