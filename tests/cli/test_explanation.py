"""The command `why`: where a page comes from, why there is none, and why it was rendered again."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import commands
from sitegen.foundation.generator import fingerprint_generator
from sitegen.output.manifest_file import read_manifest, seal_manifest, write_manifest
from support.doubles import change_result
from support.photos import photo
from support.site_folder import CONFIG, SiteFolder
from support.tiny_theme import SVG, THEME, hasten, make_tiny_site

NOW = "2026-11-23 12:00"
PAGE = "/hoat-dong-cua-co-so/2024/05/a/"
MADE = f"{PAGE} is made of content/a.md by templates/article.html."
BEFORE = "When it was last rendered:"
NEXT = "The next build will render it again:"
OWN = "What it is made of had changed: its own file, its photo, or where its links lead."
AROUND = "An article that it shows beside its own or in a list had changed."
SITE = "What all pages show had changed: config.yaml, the menu, a standing page, or the style."
TEMPLATE = "Its template had changed, or a part of it."
AGAIN = "Everything was to be rendered, or the file was missing in the output."
GENERATOR = "The generator itself had changed."
NEW = "It was new."
NEWEST = [("g", 12), ("f", 11), ("e", 10), ("d", 9), ("c", 8)]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    return make_tiny_site(tmp_path / "site").article("a")


def ask(site: SiteFolder, target: str, *flags: str) -> Result:
    words = ["--root", str(site.root), "why", target, "--now", NOW, *flags]
    return CliRunner(env={"LC_ALL": "C", "LC_MESSAGES": "", "LANG": ""}).invoke(
        commands.main, words
    )


def why(site: SiteFolder, target: str, *flags: str) -> list[str]:
    """Return what is said of ``target`` on standard output, and nothing else is said."""
    result = ask(site, target, *flags)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.splitlines()


def test_a_page_that_was_not_built_yet(site: SiteFolder) -> None:
    assert why(site, "content/a.md") == [MADE, "It has not been built yet."]


def test_a_published_article(site: SiteFolder) -> None:
    site.build()
    assert why(site, "content/a.md") == [MADE, BEFORE, NEW]


def test_asking_changes_nothing(site: SiteFolder) -> None:
    site.article("a", lead="Tóm tắt.").build()
    site.article("a", "Khác.", lead="Tóm tắt.")
    before = site.files()
    why(site, "content/a.md")
    assert site.files() == before
    assert site.build().written.written == 1


@pytest.mark.parametrize(
    "target",
    [
        *("/hoat-dong-cua-co-so/2024/05/a/", "/hoat-dong-cua-co-so/2024/05/a"),
        *("hoat-dong-cua-co-so/2024/05/a/", "/hoat-dong-cua-co-so/2024/05/a/index.html"),
        "https://example.org/hoat-dong-cua-co-so/2024/05/a/",
        "https://example.org/hoat-dong-cua-co-so/2024/05/a?x=1#y",
        "./content/a.md",
        "content\\a.md",
    ],
)
def test_a_page_is_found_however_it_is_named(site: SiteFolder, target: str) -> None:
    site.build()
    assert why(site, target) == [MADE, BEFORE, NEW]


def test_a_file_may_be_named_from_where_one_is(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.root / "content")
    assert why(site, "a.md")[0] == MADE
    assert why(site, str(site.root / "content" / "a.md"))[0] == MADE


def test_a_site_below_a_path(site: SiteFolder) -> None:
    site.write("config.yaml", CONFIG.replace("example.org", "example.org/cong"))
    for target in (PAGE, f"/cong{PAGE}", f"https://example.org/cong{PAGE}", "content/a.md"):
        assert why(site, target)[0] == f"/cong{MADE}"


def test_a_section_whose_name_begins_like_the_path_of_the_site(site: SiteFolder) -> None:
    site.write("config.yaml", CONFIG.replace("example.org", "example.org/hoat"))
    assert why(site, PAGE)[0] == f"/hoat{MADE}"
    assert why(site, "/hoat")[0] == "/hoat/ is made of config.yaml by templates/front.html."


def test_a_list_and_the_front_page(site: SiteFolder) -> None:
    site.build()
    assert why(site, "/")[0] == "/ is made of config.yaml by templates/front.html."
    assert why(site, "https://example.org")[0] == why(site, "/")[0]
    assert why(site, "/tac-gia/thu-ha/")[0].endswith("by templates/list.html.")
    assert why(site, "/rss.xml")[0] == "/rss.xml is made of config.yaml by templates/rss.xml."


def test_a_file_of_the_theme(site: SiteFolder) -> None:
    site.build()
    (asset,) = (path for path in site.files() if path.startswith("assets/"))
    said = why(site, f"/{asset}")
    assert said[:3] == [f"/{asset} is a file of the theme.", BEFORE, NEW]
    every = len(why_pages(site))
    depends = f"Every page may name it, so all {every} pages are made again when it changes."
    assert said[3:] == [depends]
    assert why(site, "templates/assets/site.css") == said


def why_pages(site: SiteFolder) -> list[str]:
    """Return the files of the output that templates make: here all but the style sheet."""
    return [path for path in site.files() if not path.startswith("assets/")]


def test_a_style_sheet_that_another_one_names(site: SiteFolder) -> None:
    site.write("templates/assets/site.css", "@import url(base.css);\n")
    site.write("templates/assets/base.css", "p { color: red }\n")
    said = why(site, "templates/assets/base.css")
    assert said[2] == "templates/assets/site.css refers to it."


def test_a_standing_page(site: SiteFolder) -> None:
    site.write("content/pages/p.md", "---\ntitle: Giới thiệu\n---\n\nTrang.\n")
    made = "/gioi-thieu/ is made of content/pages/p.md by templates/page.html."
    assert why(site, "content/pages/p.md")[0] == why(site, "/gioi-thieu")[0] == made


def test_an_old_address(site: SiteFolder) -> None:
    site.article("a", aliases="[/cu/]").build()
    assert why(site, "/cu") == [
        "/cu/ is made of content/a.md by templates/redirect.html.",
        BEFORE,
        NEW,
    ]
    said = why(site, "content/a.md")
    assert MADE in said
    assert "/cu/ is made of content/a.md by templates/redirect.html." in said


def test_a_draft(site: SiteFolder) -> None:
    site.article("a", draft="true")
    said = "content/a.md makes no page: it is a draft (draft: true)."
    assert why(site, "content/a.md") == [said]
    assert why(site, "content/a.md", "--drafts")[0] == MADE


def test_a_standing_page_that_is_a_draft(site: SiteFolder) -> None:
    site.write("content/pages/p.md", "---\ntitle: Giới thiệu\ndraft: true\n---\n\nTrang.\n")
    said = "content/pages/p.md makes no page: it is a draft (draft: true)."
    assert why(site, "content/pages/p.md") == [said]


def test_a_person_without_a_page(site: SiteFolder) -> None:
    path = "content/people/an.md"
    site.write(path, "---\nname: Lê An\npost: Văn thư\n---\n")
    assert why(site, path) == [f"{path} is shown on /co-cau-to-chuc/#le-an."]


def test_an_embargoed_article(site: SiteFolder) -> None:
    site.article("a", date="2026-11-24 08:30")
    said = "content/a.md makes no page yet: its date is 2026-11-24 08:30+07:00."
    assert why(site, "content/a.md") == [said]


def test_an_expired_article(site: SiteFolder) -> None:
    site.article("a", expires="2026-11-23 12:00")
    said = "content/a.md makes no page any more: it expired at 2026-11-23 12:00+07:00."
    assert why(site, "content/a.md") == [said]


def test_a_broken_article(site: SiteFolder) -> None:
    site.article("a", date="hôm qua")
    said = "content/a.md has errors, so nothing is built. See: sitegen check"
    assert why(site, "content/a.md") == [said]


def test_other_articles_can_be_asked_for_while_one_is_broken(site: SiteFolder) -> None:
    site.article("b", date="hôm qua")
    assert why(site, "content/a.md")[0] == MADE


def test_a_photo_that_is_used_and_one_that_is_not(site: SiteFolder) -> None:
    site.write("content/x.svg", SVG.format(3)).write("content/y.svg", SVG.format(3))
    site.article("a", "![X](x.svg)").build()
    made = "/media/x.svg is made of content/x.svg."
    used = ["It is used here:", "content/a.md: in the body (it is published)"]
    assert why(site, "content/x.svg") == why(site, "/media/x.svg") == [made, BEFORE, NEW, *used]
    unused = "content/y.svg is not published: no published article uses it."
    assert why(site, "content/y.svg") == [unused]


def test_a_photo_that_is_no_picture(site: SiteFolder) -> None:
    site.write("content/x.jpg", b"no picture").article("a", "![X](x.jpg)")
    said = "content/x.jpg has errors, so nothing is built. See: sitegen check"
    used = ["It is used here:", "content/a.md: in the body (it is published)"]
    assert why(site, "content/x.jpg") == [said, *used]


def test_everything_that_shows_a_photo(site: SiteFolder) -> None:
    photo = {"photo": "/media/x.svg", "photo_caption": "X"}
    site.write("content/media/x.svg", SVG.format(3))
    site.article("a", "![X](/media/x.svg)", **photo).article("b", slug="b", **photo)
    site.article("c", "![X](media/x.svg)", slug="c", draft="true")
    site.article("d", "[X](/media/x.svg)", slug="d", date="2026-11-24 08:30")
    site.article("e", slug="e", expires="2026-11-23 12:00", **photo)
    site.article("f", slug="f", views="x", **photo)
    site.write("content/pages/p.md", "---\ntitle: P\n---\n\n![X](/media/x.svg)\n")
    menu = "menu:\n  - title: X\n    url: /media/x.svg\n"
    site.write("config.yaml", f"{CONFIG}{menu}")
    said = why(site, "content/media/x.svg")
    assert said[said.index("It is used here:") + 1 :] == [
        "content/a.md: in `photo` and in the body (it is published)",
        "content/b.md: in `photo` (it is published)",
        "content/c.md: in the body (it is a draft)",
        "content/d.md: in the body (to come at 2026-11-24 08:30+07:00)",
        "content/e.md: in `photo` (expired at 2026-11-23 12:00+07:00)",
        "content/f.md: in `photo` (it has errors)",
        "content/pages/p.md: in the body (it is published)",
        "config.yaml: in the menu or the web links (on every page)",
    ]


def test_a_photo_that_only_a_draft_shows(site: SiteFolder) -> None:
    site.write("content/media/x.svg", SVG.format(3)).article("a", "![](/media/x.svg)", draft="true")
    assert why(site, "content/media/x.svg") == [
        "content/media/x.svg is not published: no published article uses it.",
        "It is used here:",
        "content/a.md: in the body (it is a draft)",
    ]


def test_a_page_comes_first_and_its_companions_after_it(site: SiteFolder) -> None:
    site.write("config.yaml", f"{CONFIG}pictures:\n  cards: true\n")
    site.article("a", aliases="[/cu/]").build()
    card = f"{PAGE}chia-se.jpg is the share card of content/a.md."
    old = "/cu/ is made of content/a.md by templates/redirect.html."
    assert why(site, "content/a.md") == [MADE, BEFORE, NEW, old, card]
    site.article("a", "Khác.", lead="X", aliases="[/cu/]").build()
    site.article("a", "Nữa.", lead="X", aliases="[/cu/]")
    assert why(site, "content/a.md") == [
        *(MADE, BEFORE, OWN, NEXT, OWN),
        *(old, BEFORE, NEW, card, BEFORE, NEW),
    ]


def test_a_photo_and_its_smaller_copies(site: SiteFolder) -> None:
    site.write("content/media/x.jpg", photo((900, 600))).article("a", "![X](/media/x.jpg)").build()
    first, *others = (each for each in why(site, "content/media/x.jpg") if each.startswith("/"))
    assert first == "/media/x.jpg is made of content/media/x.jpg."
    assert others
    assert all(each.endswith("is a smaller copy of content/media/x.jpg.") for each in others)
    assert why(site, others[0].split()[0])[-1].startswith("content/a.md: in the body")


def test_what_depends_on_the_configuration(site: SiteFolder) -> None:
    for name in "bcde":
        site.article(name, slug=name)
    site.build()
    first, *kinds = why(site, "config.yaml")
    assert first == f"Every page depends on config.yaml, {len(why_pages(site))} in all:"
    counts = [int(each.split()[0]) for each in kinds]
    assert sum(counts) == len(why_pages(site))
    assert counts == sorted(counts, reverse=True)
    urls = ", ".join(PAGE.replace("/a/", f"/{name}/") for name in "abc")
    assert f"5 by templates/article.html: {urls}, …" in kinds
    assert "1 by templates/front.html: /" in kinds


def test_what_depends_on_a_template(site: SiteFolder) -> None:
    site.article("b", slug="b")
    urls = f"{PAGE}, {PAGE.replace('/a/', '/b/')}"
    assert why(site, "templates/article.html") == [
        "The pages that are made by templates/article.html, 2 in all:",
        f"2 by templates/article.html: {urls}",
    ]
    part, pages, *kinds = why(site, "templates/menu.html")
    assert part.startswith("templates/menu.html is part of templates/archive.html, ")
    assert "templates/layout.html" in part
    assert pages.startswith("The pages that are made by templates/menu.html, ")
    assert f"2 by templates/article.html: {urls}" in kinds
    assert not any("rss.xml" in each for each in kinds)
    said = ["No page is made by templates/page.html."]
    assert why(site, "templates/page.html") == said


def test_which_articles_a_list_shows(site: SiteFolder) -> None:
    for day, name in enumerate("bcdefg", start=7):
        site.article(name, slug=name, date=f"2024-05-{day:02} 08:00")
    said = why(site, "/tac-gia/thu-ha/")
    assert said[-6] == "The list /tac-gia/thu-ha/ has 7 articles, the newest are:"
    assert said[-5:] == [f"content/{name}.md: {name} ({day} May 2024)" for name, day in NEWEST]
    assert why(site, "/tac-gia/thu-ha/trang/1/")[-6:] == said[-6:]
    assert why(site, "/hoat-dong-cua-co-so/")[-6].startswith("The list /hoat-dong-cua-co-so/ has 7")
    assert why(site, "/hoat-dong-cua-co-so/rss.xml")[-5:] == said[-5:]
    assert why(site, "/")[-1] == "It has not been built yet."
    assert why(site, PAGE)[-1] == "It has not been built yet."
    empty = "The list /cong-tac-xay-dung-dang/ has no articles yet."
    assert why(site, "/cong-tac-xay-dung-dang/")[-1] == empty


def test_names_in_vietnamese_however_they_are_written(site: SiteFolder) -> None:
    site.write("content/ảnh đẹp.svg", SVG.format(3)).article("a", "![X](<ảnh đẹp.svg>)")
    made = "/media/ảnh đẹp.svg is made of content/ảnh đẹp.svg."
    for target in ("content/ảnh đẹp.svg", "/media/%E1%BA%A3nh%20%C4%91%E1%BA%B9p.svg"):
        assert why(site, target)[0] == made


@pytest.mark.parametrize(
    "target",
    [
        *("content/none.md", "content/none.jpg", "/none/", "none", "x:y"),
        *("templates/none.html", "templates/assets/none.css", "templates"),
    ],
)
def test_what_there_is_not_is_wrong_usage(site: SiteFolder, target: str) -> None:
    result = ask(site, target)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"there is neither a file nor a page `{target}`" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_target_that_is_no_address_is_wrong_usage(site: SiteFolder) -> None:
    result = ask(site, "http://[x/")
    assert result.exit_code == 2
    assert "`http://[x/`" in result.stderr


Change = Callable[[SiteFolder, pytest.MonkeyPatch], object]
CHANGES: dict[str, tuple[Change, str]] = {
    OWN: (lambda site, _: site.article("a", "Khác."), "content/a.md"),
    AROUND: (lambda site, _: site.article("b", title='"Khác"', slug="b"), "content/a.md"),
    TEMPLATE: (
        lambda site, _: site.write("templates/menu.html", f"{THEME['menu.html']}!"),
        "content/a.md",
    ),
    SITE: (
        lambda site, _: site.write("config.yaml", CONFIG.replace("Cổng", "Trang")),
        "content/a.md",
    ),
    GENERATOR: (
        lambda _, patch: change_result(patch, fingerprint_generator, lambda own: own[::-1]),
        "content/a.md",
    ),
}


@pytest.mark.parametrize(("reason", "change", "target"), [(k, *v) for k, v in CHANGES.items()])
def test_the_reason_for_the_next_build_is_that_of_the_last_one_afterwards(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch, reason: str, change: Change, target: str
) -> None:
    site.article("b", date="2024-05-07 08:00").build()
    change(site, monkeypatch)
    assert why(site, target) == [MADE, BEFORE, NEW, NEXT, reason]
    site.build()
    assert why(site, target) == [MADE, BEFORE, reason]


def test_what_was_missing_was_rendered_again(site: SiteFolder) -> None:
    site.build()
    (site.output / "index.html").unlink()
    site.build()
    assert why(site, "/")[1:] == [BEFORE, AGAIN]
    assert why(site, "content/a.md") == [MADE, BEFORE, NEW]


def test_a_word_of_a_later_version_is_no_fault(site: SiteFolder) -> None:
    site.build()
    listed = re.sub(r" new\b", " newer", read_manifest(site.output), flags=re.MULTILINE)
    write_manifest(site.output, seal_manifest(listed))
    assert why(site, "content/a.md") == [MADE, BEFORE, AGAIN]


def test_it_is_said_in_the_language_of_the_site(site: SiteFolder) -> None:
    site.write("config.yaml", CONFIG.replace("language: en", "language: vi")).build()
    assert why(site, "content/a.md") == [
        f"{PAGE} được dựng từ content/a.md bằng mẫu templates/article.html.",
        "Lần dựng gần nhất là vì:",
        "Trang mới có.",
    ]
    result = ask(site, "/khong-co/")
    assert result.exit_code == 2
    assert "`/khong-co/`" in result.stderr
    assert "there is" not in result.stderr
