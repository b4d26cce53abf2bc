"""An address that readers know does not go in silence: it is told once, with the line to write."""

from datetime import timedelta

import pytest

from sitegen.build import check
from sitegen.problems import Problem
from support.bad_inputs import BAI, TIN, article
from support.shared_work import share_templates
from support.site_folder import CONFIG, NOW, SiteFolder

OLD = "/hoat-dong-cua-co-so/2026/11/bai-mot/"


@pytest.fixture
def quick(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """Return a site that is published, with two articles, a page and a person."""
    share_templates(monkeypatch)
    site.write(BAI, article(title="Bài một", date="2026-11-02"))
    site.write(TIN, article(title="Bài hai", date="2026-11-03"))
    site.write("content/pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\nChữ.\n")
    site.write("content/people/an.md", "---\nname: Lê An\npost: Trưởng ban\n---\nTiểu sử.\n")
    site.build()
    return site


def tell(site: SiteFolder) -> list[Problem]:
    """Return what check and build tell of addresses; a second build tells nothing."""
    found = [each for each in check(site.request()) if each.code.startswith("address-")]
    warnings = site.build().warnings
    assert [each for each in warnings if each.code.startswith("address-")] == found
    assert not [each for each in site.build().warnings if each.code.startswith("address-")]
    return found


def obey(site: SiteFolder, found: Problem) -> None:
    """Write the line that a problem shows below the fence, or below the line it is told at."""
    path, line = site.root / found.place.path, found.arguments["line"]
    lines = path.read_text("utf-8").split("\n")
    if path.suffix == ".md":
        lines = [each for each in lines if not each.startswith("aliases:")]
        lines.insert(1, line)
    else:
        lines.insert(found.place.line, f"    {line}")
    path.write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (BAI, {"title": "Tên khác", "date": "2026-11-02"}),
        (BAI, {"title": "Bài một", "date": "2026-11-02", "slug": "ten-ngan"}),
        (BAI, {"title": "Bài một", "date": "2026-10-31"}),
        (BAI, {"title": "Bài một", "date": "2026-11-02", "category": "Đoàn thể"}),
        ("content/cho-khac.md", {"title": "Bài một", "date": "2026-10-02"}),
    ],
)
def test_a_text_has_another_address(path: str, fields: dict[str, str], quick: SiteFolder) -> None:
    (quick.root / BAI).unlink()
    quick.write("config.yaml", CONFIG.replace("categories:", "categories:\n  - name: Đoàn thể"))
    quick.write(path, article(**fields))
    (found,) = tell(quick)
    assert (found.code, found.place.path, found.arguments["url"]) == ("address-changed", path, OLD)
    assert found.arguments["line"] == f"aliases: [{OLD}]"
    obey(quick, found)
    assert tell(quick) == []
    assert found.arguments["other"] in quick.page(OLD)


def test_one_alias_after_the_other(quick: SiteFolder) -> None:
    quick.write(BAI, article(title="Tên khác", date="2026-11-02"))
    (found,) = tell(quick)
    obey(quick, found)
    assert tell(quick) == []
    text = (quick.root / BAI).read_text("utf-8")
    quick.write(BAI, text.replace("Tên khác", "Tên mới"))
    (found,) = tell(quick)
    second = OLD.replace("bai-mot", "ten-khac")
    assert found.arguments["line"] == f"aliases: [{OLD}, {second}]"
    obey(quick, found)
    assert tell(quick) == []
    assert "ten-moi" in quick.page(OLD)
    assert "ten-moi" in quick.page(second)


@pytest.mark.parametrize(
    ("path", "old"),
    [("content/pages/gioi-thieu.md", "/gioi-thieu/"), ("content/people/an.md", None)],
)
def test_pages_and_people(path: str, old: str | None, quick: SiteFolder) -> None:
    text = (quick.root / path).read_text("utf-8")
    quick.write(path, text.replace("---\n", "---\nslug: moi\n", 1))
    (found,) = tell(quick)
    assert (found.code, found.place.path) == ("address-changed", path)
    assert old in {None, found.arguments["url"]}
    obey(quick, found)
    assert tell(quick) == []
    assert found.arguments["other"] in quick.page(found.arguments["url"])


def test_a_text_is_gone(quick: SiteFolder) -> None:
    (quick.root / BAI).unlink()
    (found,) = tell(quick)
    assert (found.code, found.arguments["url"]) == ("address-gone", OLD)


@pytest.mark.parametrize(
    "fields",
    [{"draft": "true"}, {"expires": "2026-11-03"}, {}],
    ids=["draft", "expired", "unchanged"],
)
def test_what_is_hidden_keeps_its_address(fields: dict[str, str], quick: SiteFolder) -> None:
    quick.write(BAI, article("Chữ khác.", title="Bài một", date="2026-11-02", **fields))
    assert tell(quick) == []


def test_a_text_is_put_off_and_moves(quick: SiteFolder) -> None:
    quick.write(BAI, article(title="Bài một", date="2027-01-02"))
    (found,) = tell(quick)
    obey(quick, found)
    later = NOW + timedelta(days=90)
    quick.build(later)
    assert "/2027/01/bai-mot/" in quick.page(OLD)


def test_an_alias_is_lost(quick: SiteFolder) -> None:
    quick.write(BAI, article(title="Bài một", date="2026-11-02", aliases="[/cu/]"))
    assert tell(quick) == []
    quick.write(BAI, article(title="Bài một", date="2026-11-02"))
    (found,) = tell(quick)
    assert (found.code, found.arguments["line"]) == ("address-changed", "aliases: [/cu/]")


def test_a_category_moves_with_all_that_is_in_it(quick: SiteFolder) -> None:
    config = CONFIG.replace("name: Hoạt động của cơ sở", "name: Tin cơ sở", 1)
    assert config != CONFIG
    quick.write("config.yaml", config)
    for path in (BAI, TIN):
        text = (quick.root / path).read_text("utf-8")
        quick.write(path, text.replace("Hoạt động của cơ sở", "Tin cơ sở"))
    (found,) = tell(quick)
    assert (found.place.path, found.arguments["url"]) == ("config.yaml", "/hoat-dong-cua-co-so/")
    obey(quick, found)
    assert tell(quick) == []
    assert "/tin-co-so/2026/11/bai-mot/" in quick.page(OLD)
    assert "/tin-co-so/" in quick.page("/hoat-dong-cua-co-so/")
    assert f'"{OLD}" "/tin-co-so/2026/11/bai-mot/";' in quick.page("/aliases.txt")


def test_a_preview_has_no_readers(quick: SiteFolder) -> None:
    quick.build(drafts=True)
    quick.write(BAI, article(title="Tên khác", date="2026-11-02"))
    assert not [each for each in quick.build(drafts=True).warnings if "address" in each.code]


@pytest.mark.parametrize(
    ("aliases", "code"),
    [
        (("[/muc-cu/]", "[/muc-cu/]"), "alias-taken"),
        (("[/hoat-dong-cua-co-so/]", "[]"), "alias-self"),
        (("[/doan-the/]", "[/b/]"), "alias-taken"),
        (("[/muc-cu/, /muc-cu]", "[/b/]"), ""),
    ],
)
def test_an_old_address_of_a_category_is_its_own(
    aliases: tuple[str, str], code: str, quick: SiteFolder
) -> None:
    first, second = aliases
    categories = f"  - name: Đoàn thể\n    aliases: {second}\n" if second != "[]" else ""
    config = CONFIG.replace(
        "  - name: Hoạt động của cơ sở\n",
        f"  - name: Hoạt động của cơ sở\n    aliases: {first}\n{categories}",
    )
    quick.write("config.yaml", config)
    assert [each.partition(": ")[2].partition(" ")[0] for each in quick.problems()] == [code][
        : bool(code)
    ]
