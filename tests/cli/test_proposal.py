"""The command `changes --against`: what a proposal changes, page by page, and why."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import DONE, PROBLEMS, USAGE, commands
from sitegen.cli.proposal import PAGE as PAGE_KIND
from sitegen.cli.proposal import ChangedPage, Group, Proposal
from sitegen.cli.proposal_text import describe_proposal
from sitegen.releases.comparison import Change
from support.photos import photo
from support.site_folder import CONFIG, SiteFolder
from support.tiny_theme import hasten, make_tiny_site

NOW = "2026-11-23 12:00"
FRONT = "https://example.org/hoat-dong-cua-co-so/2024/05"
PAGE = "/hoat-dong-cua-co-so/2024/05"


class Branch:
    """A site in git, with a branch that proposes something."""

    def __init__(self, root: Path) -> None:
        self.site = make_tiny_site(root)
        self.site.write(".gitignore", ".sitegen/\noutput/\n.output.*\n")

    def git(self, *words: str) -> str:
        git = ["git", "-C", str(self.site.root), "-c", "user.name=a", "-c", "user.email=a@b.vn"]
        return subprocess.run(
            [*git, *words], check=True, capture_output=True, text=True
        ).stdout.strip()

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-qm", "x", "--allow-empty")
        return self.git("rev-parse", "HEAD")

    def run(self, *flags: str) -> Result:
        words = ["--root", str(self.site.root), "changes", *flags, "--now", NOW]
        return CliRunner(env={"LC_ALL": "en"}).invoke(commands.main, words)

    def list_entries(self, *flags: str, against: str = "main") -> list[dict[str, Any]]:
        result = self.run("--against", against, "--json", *flags)
        assert result.exit_code == DONE, result.output
        entries: list[dict[str, Any]] = json.loads(result.stdout)
        return entries

    def list_subjects(self, *flags: str) -> dict[str, str]:
        entries = self.list_entries(*flags)
        return {each["url"]: each["what"] for each in entries if each["subject"]}

    def list_lines(self) -> list[str]:
        return self.run("--against", "main").stdout.splitlines()[1:]


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Branch:
    hasten(monkeypatch)
    made = Branch(tmp_path / "site")
    made.site.article("a", "Một.").article("b", "Hai.").article("c", "Ba.", date="2023-01-02 03:04")
    made.git("init", "-qb", "main")
    made.commit()
    made.git("checkout", "-qb", "de-xuat")
    return made


def test_an_edited_article_comes_first_with_its_reason(branch: Branch) -> None:
    branch.site.article("a", "Một, đã sửa.", title='"Tên khác"', slug="a")
    branch.commit()
    first, reason, *rest = branch.list_lines()
    assert first == f"changed: {PAGE}/a/  Tên khác"
    assert reason == "    because of content/a.md"
    # What changes with it is a line for each kind.
    assert len(rest) == 2
    assert re.fullmatch(r"\d+ pages changed, because of content/a\.md: /, .*, …", rest[0])
    assert rest[1].endswith(
        "because of content/a.md: /feed.json, /hoat-dong-cua-co-so/feed.json, "
        "/hoat-dong-cua-co-so/rss.xml, /rss.xml"
    )


def test_programs_get_all_of_it(branch: Branch) -> None:
    branch.site.article("a", "Một, đã sửa.")
    branch.commit()
    first = branch.list_entries()[0]
    assert first == {
        "url": f"{FRONT}/a/",
        "what": "changes",
        "from": None,
        "kind": "page",
        "subject": True,
        "file": "content/a.md",
        "title": "a",
        "reasons": ["own"],
        "because": ["content/a.md"],
    }
    others = branch.list_entries()[1:]
    assert {each["subject"] for each in others} == {False}
    wanted = {"https://example.org/hoat-dong-cua-co-so/", "https://example.org/rss.xml"}
    assert wanted <= {each["url"] for each in others}


def test_what_is_not_committed_counts_too(branch: Branch) -> None:
    branch.site.article("a", "Một, đã sửa.").article("moi")
    assert branch.list_subjects() == {f"{FRONT}/moi/": "appears", f"{FRONT}/a/": "changes"}


def test_a_text_that_vanishes_or_becomes_a_draft_is_told(branch: Branch) -> None:
    (branch.site.root / "content/a.md").unlink()
    branch.site.article("b", "Hai.", draft="true")
    assert branch.list_subjects() == {f"{FRONT}/a/": "vanishes", f"{FRONT}/b/": "vanishes"}
    assert branch.list_lines()[:2] == [
        f"gone: {PAGE}/a/  a",
        "    because of content/a.md",
    ]


@pytest.mark.parametrize("is_led_on", [False, True])
def test_a_move_is_one_entry(branch: Branch, *, is_led_on: bool) -> None:
    aliases = {"aliases": f"[{PAGE}/a/]"} if is_led_on else {}
    branch.site.article("a", "Một.", slug="khac", **aliases)
    branch.commit()
    assert branch.list_subjects() == {f"{FRONT}/khac/": "moves"}
    assert branch.list_entries()[0]["from"] == f"{FRONT}/a/"
    lines = branch.list_lines()
    assert lines[0] == f"moved: {PAGE}/a/ → {PAGE}/khac/  a"
    assert ("the old address leads to the new one" in lines[2]) == is_led_on
    assert ("`aliases` is missing" in lines[2]) != is_led_on


def test_a_renamed_file_is_a_move_or_nothing(branch: Branch) -> None:
    old, new = (branch.site.root / f"content/{name}.md" for name in ("a", "tin/a-moi"))
    new.parent.mkdir()
    old.rename(new)
    branch.commit()
    # The address depends on the title alone, and the page is the same.
    assert branch.list_subjects() == {}
    new.write_text(new.read_text("utf-8").replace('title: "a"', 'title: "Tên mới"'), "utf-8")
    branch.commit()
    assert branch.list_subjects() == {f"{FRONT}/ten-moi/": "moves"}
    (entry,) = [each for each in branch.list_entries() if each["subject"]]
    assert entry["because"] == ["content/tin/a-moi.md"]


def test_a_template_changes_many_pages_in_one_line(branch: Branch) -> None:
    template = branch.site.root / "templates/article.html"
    template.write_text(
        template.read_text("utf-8").replace("{{ body }}", "{{ body }}<hr>"), "utf-8"
    )
    branch.commit()
    (line,) = branch.list_lines()
    assert line.startswith("3 pages changed, because of templates/article.html: ")


def test_the_menu_and_the_configuration_are_named(branch: Branch) -> None:
    branch.site.write("config.yaml", CONFIG.replace("Cổng thử nghiệm", "Cổng khác"))
    branch.commit()
    lines = branch.list_lines()
    assert lines[0].split(":")[0].endswith("pages changed, because of config.yaml")


def test_a_photo_that_is_replaced_changes_the_text_that_shows_it(branch: Branch) -> None:
    branch.site.write("content/anh.jpg", photo((400, 300)))
    fields = {"photo": "anh.jpg", "photo_caption": "Ảnh"}
    branch.site.article("a", "Một.", **fields)
    branch.commit()
    branch.git("branch", "-f", "main")
    branch.site.write("content/anh.jpg", photo((600, 300)))
    branch.commit()
    entry = branch.list_entries()[0]
    assert (entry["url"], entry["because"]) == (f"{FRONT}/a/", ["content/anh.jpg"])
    media = [each for each in branch.list_entries() if each["kind"] == "media"]
    assert [each["because"] for each in media] == [["content/anh.jpg"]]


def test_what_came_to_the_other_branch_meanwhile_is_not_told(branch: Branch) -> None:
    branch.site.article("a", "Một, đã sửa.")
    branch.commit()
    branch.git("checkout", "-q", "main")
    branch.site.article("khac")
    branch.commit()
    branch.git("checkout", "-q", "de-xuat")
    assert branch.list_subjects() == {f"{FRONT}/a/": "changes"}


def test_nothing_that_readers_see_changes(branch: Branch) -> None:
    branch.site.article("nhap", draft="true")
    branch.commit()
    assert branch.list_lines() == ["No page has changed."]
    assert branch.list_entries() == []
    assert branch.list_subjects("--drafts") == {f"{FRONT}/nhap/": "appears"}


def test_many_articles_are_few_lines(branch: Branch) -> None:
    for number in range(12):
        branch.site.article(f"bai-{number}", date=f"2024-06-{number + 1:02} 08:00")
    branch.commit()
    lines = [line for line in branch.list_lines() if not line.startswith(("new:", "    "))]
    assert len(lines) <= 6
    assert len(branch.list_subjects()) == 12


def test_no_name_begins_a_line() -> None:
    """In the log of a host, a line that begins with `::` would be a command."""
    page = ChangedPage(
        "/a/", Change.APPEARS, PAGE_KIND, title="a\n::x", because=("b\n::y.md",), is_subject=True
    )
    group = Group(Change.APPEARS, PAGE_KIND, ("b\r::y.md",), (), (page,))
    lines = [*describe_proposal(Proposal((page,), (group,)), "", "en")]
    assert [line for line in lines if len(line.splitlines()) != 1] == []
    assert len(lines) == 3


def test_nothing_of_the_site_or_its_repository_is_touched(branch: Branch) -> None:
    branch.site.build()
    branch.site.article("a", "Một, đã sửa.").article("moi")
    branch.git("add", "content/moi.md")

    def look() -> dict[str, tuple[bytes, int]]:
        return {
            path.relative_to(branch.site.root).as_posix(): (
                path.read_bytes(),
                path.stat().st_mtime_ns,
            )
            for path in sorted(branch.site.root.rglob("*"))
            if path.is_file()
        }

    before = look()
    assert branch.list_subjects()
    assert look() == before


def test_a_site_may_lie_in_a_folder_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasten(monkeypatch)
    made = Branch(tmp_path / "kho" / "trang")
    top = ["git", "-C", str(tmp_path / "kho")]
    subprocess.run([*top, "init", "-qb", "main"], check=True)
    (tmp_path / "kho" / "content").mkdir()
    made.site.article("a", "Một.")
    made.commit()
    made.site.article("a", "Một, đã sửa.")
    assert made.list_subjects() == {f"{FRONT}/a/": "changes"}


def test_a_published_release_is_its_commit(branch: Branch, tmp_path: Path) -> None:
    portal = tmp_path / "portal"
    branch.site.build()
    publish = ["--root", str(branch.site.root), "publish", str(portal), "--now", NOW]
    assert CliRunner().invoke(commands.main, publish).exit_code == DONE
    branch.site.article("a", "Một, đã sửa.")
    branch.commit()
    entries = branch.list_entries(against=str(portal))
    assert [each["url"] for each in entries if each["subject"]] == [f"{FRONT}/a/"]
    description = portal / "current/.well-known/sitegen-release.json"
    told = json.loads(description.read_text("utf-8")) | {"commit": None}
    description.write_text(json.dumps(told), "utf-8")
    refused = branch.run("--against", str(portal))
    assert (refused.exit_code, "not made of a commit" in refused.stderr) == (USAGE, True)


def test_what_cannot_be_compared_is_told(branch: Branch, tmp_path: Path) -> None:
    unknown = branch.run("--against", "khong-co")
    assert (unknown.exit_code, "`khong-co`" in unknown.stderr) == (USAGE, True)
    assert branch.run("--against", "--help-me").exit_code == USAGE
    # The site as it is has errors: they are listed, as by a build.
    branch.site.article("a", author="")
    broken = branch.run("--against", "main")
    assert (broken.exit_code, "content/a.md:2:1: author-missing" in broken.stderr) == (
        PROBLEMS,
        True,
    )
    branch.commit()
    branch.git("branch", "-f", "main")
    branch.site.article("a", "Một.")
    mended = branch.run("--against", "main")
    assert (mended.exit_code, "the site of `main` has errors" in mended.stderr) == (USAGE, True)
    alone = SiteFolder(make_tiny_site(tmp_path / "khac").root)
    words = ["--root", str(alone.root), "changes", "--against", "main"]
    told = CliRunner(env={"LC_ALL": "en"}).invoke(commands.main, words)
    assert (told.exit_code, "is not kept by git" in told.stderr) == (USAGE, True)


@pytest.mark.parametrize(
    "flags",
    [
        (),
        ("portal", "--against", "main"),
        ("portal", "--html", "x.html"),
        ("portal", "--drafts"),
        ("--against", "main", "--indexnow"),
        ("--against", "main", "--since"),
        ("--against", "main", "--all"),
    ],
)
def test_options_that_do_not_go_together_are_refused(branch: Branch, flags: tuple[str]) -> None:
    refused = branch.run(*flags)
    assert (refused.exit_code, "do not go together" in refused.stderr) == (USAGE, True)


def test_without_a_browser_the_page_has_all_but_pictures(
    branch: Branch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITEGEN_CHROMIUM", str(tmp_path / "none"))
    branch.site.article("a", "Một, đã sửa.", title='"<i>Tên"', slug="a")
    branch.commit()
    file = tmp_path / "changes.html"
    result = branch.run("--against", "main", "--html", str(file))
    assert (result.exit_code, "no Chromium" in result.stderr) == (DONE, True)
    page = file.read_text("utf-8")
    assert "<h3>&lt;i&gt;Tên</h3>" in page
    assert f"changed: {PAGE}/a/" in page
    assert "<img" not in page
    assert not re.search(r"<script|https?://(?!example\.org)", page)
