"""The page of what a proposal changes: its pictures, and how it is read."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from sitegen.cli import DONE, commands
from sitegen.cli.page_pictures import _find_differences
from support.site_folder import SiteFolder

PAGE = "/hoat-dong-cua-co-so/2024/05"


@pytest.fixture
def report(site: SiteFolder, tmp_path: Path) -> Path:
    """Return the page of a proposal that edits an article, adds one, and withdraws one."""
    git = ["git", "-C", str(site.root), "-c", "user.name=a", "-c", "user.email=a@b.vn"]
    for name in ("sua", "bo", "yen"):
        site.article(name, "Chữ đầu.\n\nChữ sau.")
    for words in (["init", "-qb", "main"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], check=True)
    site.article("sua", "Chữ đầu.\n\nMột đoạn mới hẳn ở giữa.\n\nChữ sau.").article("moi")
    (site.root / "content/bo.md").unlink()
    file = tmp_path / "changes.html"
    words = ["changes", "--against", "main", "--html", str(file), "--now", "2026-11-23"]
    result = CliRunner().invoke(commands.main, ["--root", str(site.root), *words])
    assert result.exit_code == DONE, result.output
    return file


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def test_a_page_is_shown_before_and_after(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    articles = page.locator("article")
    assert [each.split("\n")[0] for each in articles.all_inner_texts()] == ["moi", "sua", "bo"]
    pictures = [articles.nth(number).locator("img").count() for number in range(3)]
    assert pictures == [1, 2, 1]
    # All of them are there, and are pictures.
    widths = page.locator("img").evaluate_all("every => every.map(each => each.naturalWidth)")
    assert set(widths) == {800}
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # What only moved down is not marked: the new paragraph is.
    caption = articles.nth(1).locator("figcaption").nth(1).inner_text()
    share = caption.rpartition(" ")[0].split(", ")[-1].split("%")[0]
    assert 0 < float(share.replace(",", ".")) < 3


def test_what_moved_is_the_same_and_what_is_new_is_not() -> None:
    before = Image.new("RGB", (1366, 400), "white")
    ImageDraw.Draw(before).text((40, 100), "This line moves down.", "black")
    after = Image.new("RGB", (1366, 500), "white")
    ImageDraw.Draw(after).text((40, 180), "This line moves down.", "black")
    assert [each.getbbox() for each in _find_differences(before, after)] == [None, None]
    ImageDraw.Draw(after).text((40, 100), "And this one is new.", "black")
    old, new = (each.getbbox() for each in _find_differences(before, after))
    assert old is None
    assert new
    assert 95 < new[1] < new[3] < 125
