"""`sitegen move` and `sitegen rename-tag`: the edit, the old address, and every link."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.cli import commands
from support.site_folder import CONFIG, SiteFolder
from support.tiny_theme import make_tiny_site

NOW = ("--now", "2026-11-20 08:00")
FIRST = "content/hoat-dong-cua-co-so/2024/ket-nap.md"


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """Return a site with an article where `sitegen new` puts it, and one that links to it."""
    site = make_tiny_site(tmp_path)
    body = "Xem [bảng](bang%20so.pdf) và [bài khác](../../khac.md)."
    site.article(FIRST[8:-3], body, slug="ket-nap", photo="hoa.svg", photo_caption="Hoa")
    site.write("content/hoat-dong-cua-co-so/2024/bang so.pdf", b"%PDF-1.4")
    site.write(
        "content/hoat-dong-cua-co-so/2024/hoa.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"
    )
    return site.article("khac", f"Đọc [bài kia]({FIRST[8:]}#muc 'Bài').")


def run(site: SiteFolder, *words: str, code: int = 0) -> str:
    command = ["--root", str(site.root), *words]
    ran = CliRunner(env={"LC_ALL": "C"}).invoke(commands.main, command)
    assert ran.exit_code == code, ran.output
    return ran.output


def move(site: SiteFolder, *words: str, code: int = 0) -> str:
    return run(site, "move", FIRST, *NOW, *words, code=code)


def read(site: SiteFolder, path: str) -> str:
    return (site.root / path).read_text("utf-8")


def test_an_article_in_another_category_keeps_its_readers(site: SiteFolder) -> None:
    site.build()
    said = move(site, "--category", "cong-tac-xay-dung-dang")
    target = "content/cong-tac-xay-dung-dang/2024/ket-nap.md"
    assert said.splitlines() == [
        f"{FIRST} is now {target}",
        "Its address is now /cong-tac-xay-dung-dang/2024/05/ket-nap/",
        "The old address leads there: /hoat-dong-cua-co-so/2024/05/ket-nap/",
        "Its links were mended: content/khac.md",
    ]
    text = read(site, target)
    assert 'category: "Công tác xây dựng Đảng"\n' in text
    assert "aliases: [/hoat-dong-cua-co-so/2024/05/ket-nap/]\n" in text
    assert not (site.root / FIRST).exists()
    report = site.build()
    assert not [each for each in report.warnings if each.code.startswith("address-")]
    page = read(site, "output/cong-tac-xay-dung-dang/2024/05/ket-nap/index.html")
    assert re.search(r"bang%20so\.pdf.*/khac/", page)
    assert ".svg" in page
    assert "/cong-tac-xay-dung-dang/2024/05/ket-nap/#muc" in read(
        site, "output/hoat-dong-cua-co-so/2024/05/khac/index.html"
    )
    assert "/cong-tac-xay-dung-dang/2024/05/ket-nap/" in read(
        site, "output/hoat-dong-cua-co-so/2024/05/ket-nap/index.html"
    )


def test_a_move_and_back_leaves_the_text_as_it_was_but_for_an_alias(
    site: SiteFolder,
) -> None:
    before = read(site, FIRST), read(site, "content/khac.md")
    move(site, "--slug", "ket-nap-dang")
    run(site, "move", FIRST.replace("nap", "nap-dang"), *NOW, "--slug", "ket-nap")
    alias = "aliases: [/hoat-dong-cua-co-so/2024/05/ket-nap-dang/]\n"
    assert alias in read(site, FIRST)
    assert read(site, FIRST).replace(alias, "").replace('"ket-nap"', "ket-nap") == before[0]
    assert read(site, "content/khac.md") == before[1]
    site.build()


def test_another_date_and_another_folder(site: SiteFolder) -> None:
    move(site, "--date", "2023-03-06 09:34", "--folder", "luu/cu")
    text = read(site, "content/luu/cu/ket-nap.md")
    assert "date: 2023-03-06 09:34\n" in text
    assert "(../../hoat-dong-cua-co-so/2024/bang%20so.pdf)" in text
    assert 'photo: "../../hoat-dong-cua-co-so/2024/hoa.svg"' in text
    site.build()


@pytest.mark.parametrize("fields", [{"draft": "true"}, {"date": "2027-01-01"}])
def test_nobody_is_led_from_an_address_that_nobody_knows(
    site: SiteFolder, fields: dict[str, str]
) -> None:
    site.article(FIRST[8:-3], slug="ket-nap", **fields)
    assert "old address" not in move(site, "--slug", "ket-nap-dang")


def test_what_cannot_be_moved_is_told_and_nothing_is_written(site: SiteFolder) -> None:
    site.article("hoat-dong-cua-co-so/2024/da-co", slug="da-co")
    before = site.files()
    for words, told in [
        ((), "nothing says what is to be different"),
        (("--category", "Cong tac xay dung dang ta"), "Công tác xây dựng Đảng"),
        (("--slug", "da-co"), "da-co"),
        (("--folder", "../../tmp"), "content"),
        (("--folder", "pages"), "pages or people"),
    ]:
        assert told in move(site, *words, code=2), words
        assert site.files() == before
    assert "slug" in move(site, "--slug", "Kết nạp", code=1)
    assert "2026-13-40" in move(site, "--date", "2026-13-40", code=1)
    assert "neither a file" in run(site, "move", "content/khong-co.md", "--slug", "x", code=2)
    assert site.files() == before


def test_a_tag_has_another_name_everywhere(site: SiteFolder) -> None:
    site.article("mot", tags="[Xây dựng đảng, Đoàn]").article("hai", tags="[xây dựng đảng]")
    site.article("ba", tags="[Xây dựng Đảng ta, xây dựng đảng]", draft="true").build()
    said = run(site, "rename-tag", "xây dựng đảng", "Xây dựng Đảng ta")
    assert "The old address leads there: /the/xay-dung-dang/" in said
    assert "tags: [Xây dựng Đảng ta, Đoàn]\n" in read(site, "content/mot.md")
    assert "tags: [Xây dựng Đảng ta]\n" in read(site, "content/hai.md")
    assert "tags: [Xây dựng Đảng ta]\n" in read(site, "content/ba.md")
    site.build()
    assert "/the/xay-dung-dang-ta/" in read(site, "output/the/xay-dung-dang/index.html")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("", "tags:\n  - name: Mới\n    aliases: [/the/cu/]\n"),
        (
            "tags:\n- name: Khác\n  slug: khac\n\n# hết\n",
            "tags:\n- name: Khác\n  slug: khac\n- name: Mới\n  aliases: [/the/cu/]\n\n# hết\n",
        ),
        (
            "tags:\n  - slug: moi-hon\n    name: Mới\n",
            "tags:\n  - slug: moi-hon\n    name: Mới\n    aliases: [/the/cu/]\n",
        ),
        (
            "tags:\n  - {name: Mới, aliases: [/the/xua/]}\n",
            "tags:\n  - {name: Mới, aliases: [/the/xua/, /the/cu/]}\n",
        ),
        ("tags:\n  - {name: Mới}\n", "tags:\n  - {name: Mới, aliases: [/the/cu/]}\n"),
        (
            "tags:\n  - name: Mới\n    aliases:\n      - /the/xua/\n",
            "tags:\n  - name: Mới\n    aliases:\n      - /the/xua/\n      - /the/cu/\n",
        ),
        ("tags:\n  - name: Cũ\n    slug: rieng\n", "tags:\n  - name: Mới\n    slug: rieng\n"),
        (
            "tags:\n  - name: Cũ\n    aliases: [/the/xua/]\n",
            "tags:\n  - name: Mới\n    aliases: [/the/xua/, /the/cu/]\n",
        ),
    ],
)
def test_the_configuration_leads_from_the_old_list_to_the_new(
    site: SiteFolder, tags: str, expected: str
) -> None:
    site.write("config.yaml", CONFIG + tags).article("mot", tags="[cũ]").build()
    run(site, "rename-tag", "Cũ", "Mới")
    assert read(site, "config.yaml") == CONFIG + expected
    site.build()
    where = re.findall(r"/the/[\w-]+/", expected) or ["/the/rieng/"]
    for url in where:
        assert (site.root / f"output{url}index.html").exists()


def test_tags_that_cannot_be_renamed(site: SiteFolder) -> None:
    site.write("config.yaml", f"{CONFIG}tags:\n  - name: Cũ\n  - name: Mới\n")
    site.article("mot", tags="[cũ]")
    before = site.files()
    assert "no article has" in run(site, "rename-tag", "Lạ", "Mới", code=2)
    assert "both" in run(site, "rename-tag", "Cũ", "Mới", code=2)
    assert "letters" in run(site, "rename-tag", "Cũ", "…", code=2)
    assert site.files() == before
