"""One fault is told once, at its place: nothing that follows from it is told as well."""

from pathlib import Path

import pytest

from support.site_folder import CONFIG, SiteFolder
from support.tiny_theme import SVG, hasten, make_tiny_site

PAGE = "/hoat-dong-cua-co-so/2024/05/b/"
# Two ways in which an article has no page: its fields are wrong, or it cannot be read at all.
FAULTY = {
    "a wrong field": "---\ntitle: b\ndate: hôm qua\ncategory: Hoạt động của cơ sở\nauthor: LÊ AN\n",
    "no title": "---\ndate: 2024-05-06\ncategory: Hoạt động của cơ sở\nslug: b\nauthor: LÊ AN\n",
    "a fault of form": "---\ntitle: b\ndate: 2024-05-06\ncategory: [\nauthor: LÊ AN\n",
    "no end": "---\ntitle: b\ndate: 2024-05-06\ncategory: Hoạt động của cơ sở\nauthor: LÊ AN",
    "a wrong encoding": "---\ntitle: b\n\udcff\ndate: 2024-05-06\nauthor: LÊ AN\n",
}

TARGETS = (
    *("b.md", "b.md#muc-1", PAGE, PAGE.rstrip("/"), f"{PAGE}#muc-1", f"https://example.org{PAGE}"),
    *("/cu/trang.aspx", "/cu/", "/cu", "/tac-gia/le-an/", "/the/hoi-lang/", "/the/", "/luu-tru/"),
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    return make_tiny_site(tmp_path / "site").article("a")


@pytest.fixture(params=FAULTY)
def faulty(request: pytest.FixtureRequest, site: SiteFolder) -> SiteFolder:
    """Return a site with one faulty article, ``content/b.md``."""
    head = FAULTY[request.param]
    end = "" if request.param == "no end" else "---\n\n![X](y.svg)\n"
    more = "aliases: [/cu/trang.aspx, /cu/]\nphoto: x.svg\nphoto_caption: X\ntags: [hội làng, xã]\n"
    text = f"{head}\n{more}" if request.param == "no end" else f"{head}{more}"
    source = f"{text}{end}".encode("utf-8", "surrogateescape")
    return site.write("content/b.md", source)


def told(site: SiteFolder) -> set[str]:
    """Return the files of which anything is told."""
    return {each.partition(":")[0] for each in site.problems()}


def codes(site: SiteFolder) -> list[str]:
    return [each.split()[1] for each in site.problems()]


def test_links_to_a_faulty_article(faulty: SiteFolder) -> None:
    links = "\n\n".join(f"[X]({each})" for each in TARGETS)
    faulty.article("a", links)
    faulty.article("c", links, slug="c", draft="true")
    faulty.article("d", links, slug="d", date="2026-11-24 08:00")
    faulty.write("content/pages/p.md", f"---\ntitle: P\n---\n\n{links.replace('(b', '(../b')}\n")
    others = [each for each in faulty.problems() if not each.startswith("content/b.md")]
    assert [each.split()[1] for each in others] == ["article-embargoed"]


def test_links_that_are_wrong_are_told_beside_a_faulty_article(faulty: SiteFolder) -> None:
    faulty.article("a", "[X](/khong-co/) [X](c.md) ![X](/media/z.svg)")
    wrong = [each for each in faulty.problems() if each.startswith("content/a.md")]
    assert [each.split()[1] for each in wrong] == [
        "link-missing",
        "link-missing",
        "picture-missing",
    ]


def test_files_that_only_a_faulty_article_uses(faulty: SiteFolder) -> None:
    faulty.write("content/x.svg", SVG.format(3))
    assert told(faulty) == {"content/b.md"}
    faulty.write("content/z.svg", SVG.format(3))
    assert "content/z.svg:1:1: file-unused" in " ".join(faulty.problems())


def test_a_photo_field_that_is_wrong(site: SiteFolder) -> None:
    site.write("content/x.svg", SVG.format(3)).article("b", photo="[x.svg]", slug="b")
    assert told(site) == {"content/b.md"}


def test_a_menu_that_leads_to_what_is_faulty(site: SiteFolder) -> None:
    urls = ("/p/", "/co-cau-to-chuc/", "/media/x.svg", "/khong-co/")
    menu = "".join(f"  - title: X\n    url: {each}\n" for each in urls)
    site.write("config.yaml", f"{CONFIG}menu:\n{menu}")
    site.write("content/pages/p.md", "---\ntitle: P\nmenu: x\n---\n\nX\n")
    site.write("content/people/an.md", "---\nname: Lê An\n---\n")
    site.write("content/media/x.svg", "<svg")
    found = [each for each in site.problems() if each.startswith("config.yaml")]
    assert len(found) == 1
    assert "`/khong-co/`" in found[0]


def test_an_article_that_was_published_and_is_faulty_now(site: SiteFolder) -> None:
    site.article("b", slug="b", tags="[x, y]", author="Lê An").build()
    site.article("b", slug="b", tags="[x, y]", author="Lê An", date="hôm qua")
    assert told(site) == {"content/b.md"}


def test_articles_that_would_have_one_address(site: SiteFolder) -> None:
    site.article("b", title='"a"', slug="a", views="x", aliases=f"[{PAGE}]")
    site.article("c", title='"a"', slug="a", views="x", aliases=f"[{PAGE}]")
    assert {each.split()[1] for each in site.problems()} == {"field-number"}


def test_a_folder_and_links_that_cannot_be_read(site: SiteFolder) -> None:
    (site.root / "content" / "x.svg").symlink_to("/none/at/all")
    (site.root / "content" / "loop").symlink_to("..")
    (site.root / "content" / "c.md").symlink_to("/none/at/all.md")
    site.article("a", "![X](x.svg) [X](c.md) ![X](loop/y.svg)", photo="x.svg", photo_caption="X")
    assert "content/a.md" not in told(site)
    assert len(site.problems()) == 3


def test_the_body_of_a_faulty_article_is_looked_at_in_the_same_run(site: SiteFolder) -> None:
    site.article("b", "Đồng chí <Nguyễn Văn A> nói\n\n[báo](htp://x.vn) và **đậm", views="x")
    first = {each.split()[1] for each in site.problems()}
    assert first == {"field-number", "html-unknown", "link-address", "emphasis-open"}
    site.article("b", "Đồng chí <Nguyễn Văn A> nói\n\n[báo](htp://x.vn) và **đậm", views="3")
    assert {each.split()[1] for each in site.problems()} == first - {"field-number"}


def test_what_suppresses_a_warning_of_a_faulty_article(site: SiteFolder) -> None:
    body = "Đồng chí <Nguyễn Văn A> nói <!-- bỏ qua: html-unknown: tên người -->"
    assert codes(site.article("b", body, views="x")) == ["field-number"]
    suppression = "# bỏ qua: article-embargoed: hẹn\ndate"
    fields = {"date": "", suppression: "2026-11-24 08:00"}
    assert codes(site.article("b", **fields)) == []
    assert codes(site.article("b", **fields, views="x")) == ["field-number"]


def test_a_category_that_was_taken_out_of_the_configuration(site: SiteFolder) -> None:
    for number in range(12):
        site.article(f"c{number}", slug=f"c{number}", category="Đoàn thể")
    site.article("d", slug="d", category="Đoàn the", views="x")
    assert codes(site) == ["category-lost", "category-none", "field-number"]
    site.write("config.yaml", f"{CONFIG}  - name: Đoàn thể\n").write("content/d.md", "X")
    assert told(site) == {"content/d.md"}


def test_a_file_of_the_theme_that_is_broken(site: SiteFolder) -> None:
    main = "{{ site.assets['site.css'] }} {{ site.assets['new.css'] }}"
    site.write("templates/page.html", main).write("templates/article.html", main)
    site.write("content/pages/p.md", "---\ntitle: P\n---\n\nX\n")
    site.write("templates/assets/new.css", b"p { content: '\xe9' }\n")
    site.write("templates/assets/site.css", "@import url(new.css);\n")
    assert told(site) == {"templates/assets/new.css"}


def test_a_template_that_lies_elsewhere(site: SiteFolder) -> None:
    (site.root / "elsewhere.html").write_text("X", "utf-8")
    (site.root / "templates" / "menu.html").unlink()
    (site.root / "templates" / "menu.html").symlink_to("../elsewhere.html")
    assert codes(site) == ["file-outside"]
