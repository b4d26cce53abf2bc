"""The front page: which articles it shows, in which blocks, and for how long."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sitegen.problems import ConfigError
from support.photos import photo
from support.site_folder import NOW, VIETNAMESE, SiteFolder
from support.tiny_theme import SVG, hasten, make_tiny_site

DAY = timedelta(days=1)
FRONT = """\
{% macro names(cards) %}{% for each in cards %} {{ each.title }}{% endfor %}{% endmacro %}
lead:{% if lead %} {{ lead.title }}{% endif %}

featured:{{ names(featured) }}
latest:{{ names(latest) }}
{% for block in blocks %}
{{ block.kind }} {{ block.url }}:{{ names(block.cards) }}
{% endfor %}
"""
CATEGORIES = """\
site:
  title: Cổng thử nghiệm
  url: https://example.org
  language: en
lists:
  front_featured: 1
  front_latest: 1
categories:
"""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    site = make_tiny_site(tmp_path / "site").write("templates/front.html", FRONT)
    return site.write("content/media/anh.svg", SVG.format(9))


def configure(site: SiteFolder, *names: str, more: str = "") -> None:
    lines = "".join(f"  - name: {name}\n" for name in names)
    site.write("config.yaml", f"{CATEGORIES}{lines}{more}")


def write(site: SiteFolder, name: str, *, old: float, photo: bool = False, **fields: str) -> None:
    """Write an article that is so many days old."""
    if photo:
        fields |= {"photo": "/media/anh.svg", "photo_caption": "Ảnh"}
    site.article(name, date=f"{NOW - old * DAY:%Y-%m-%d %H:%M:%S}", **fields)


def show(site: SiteFolder, now: datetime = NOW) -> dict[str, list[str]]:
    """Build the site, and return the titles in each part of the front page."""
    site.build(now)
    lines = (line.rpartition(":") for line in site.page("/").splitlines() if line)
    return {name: titles.split() for name, _, titles in lines}


def test_no_story_is_on_the_page_twice(tiny: SiteFolder) -> None:
    more = "front:\n"
    for kind, category in (
        ("large", "Một"),
        ("columns", "Một"),
        ("photos", "Hai"),
        ("dated", "mot/con"),
        ("dated", "Một"),
    ):
        more += f"  - kind: {kind}\n    category: {category}\n"
    children = "    children:\n      - name: Con\n"
    tiny.write("config.yaml", f"{CATEGORIES}  - name: Một\n{children}  - name: Hai\n{more}")
    for number in range(30):
        category = ("Một", "Hai", "mot/con")[number % 3]
        featured = {"featured": "true"} if number in {3, 4} else {}
        write(tiny, f"b{number}", old=number, photo=number % 2 == 0, category=category, **featured)
    shown = show(tiny)
    titles = [title for part in shown.values() for title in part]
    assert len(titles) == len(set(titles)) > 15
    assert shown["lead"] == ["b3"]
    assert shown["featured"] == ["b4"]
    assert shown["latest"] == ["b0"]
    assert list(shown)[3:] == [
        "large /mot/",
        "columns /mot/",
        "photos /hai/",
        "dated /mot/con/",
        "dated /mot/",
    ]


def test_a_block_has_as_many_stories_as_its_kind_has_room_for(tiny: SiteFolder) -> None:
    kinds = {"large": 4, "columns": 3, "dated": 5, "photos": 4}
    more = "front:\n" + "".join(
        f"  - kind: {kind}\n    category: {name}\n"
        for kind, name in zip(kinds, "abcd", strict=True)
    )
    configure(tiny, *"abcd", more=more)
    for number in range(40):
        write(tiny, f"b{number}", old=number, photo=True, category="abcd"[number % 4])
    shown = show(tiny)
    assert [len(shown[f"{kind} /{name}/"]) for kind, name in zip(kinds, "abcd", strict=True)] == [
        *kinds.values()
    ]
    tiny.write(
        "config.yaml",
        (tiny.root / "config.yaml")
        .read_text("utf-8")
        .replace("front_latest: 1", "front_latest: 1\n  front_block: 2"),
    )
    assert {len(titles) for name, titles in show(tiny).items() if "/" in name} == {2}


def test_without_configuration_each_category_has_a_block_that_suits_it(tiny: SiteFolder) -> None:
    configure(tiny, *"abcdefgh", "Trống")
    for place, category in enumerate("abcdefgh"):
        for number in range(8):
            name = f"{category}{number}"
            # Of `b`, one article in eight has a photo; of `c`, one in four.
            pictured = {"b": number == 5, "c": number in {0, 1}}.get(category, True)
            write(tiny, name, old=10 * number + place, photo=pictured, category=category)
    assert [name for name in show(tiny) if "/" in name] == [
        "large /a/",
        "dated /b/",
        *("columns /c/", "columns /d/", "columns /e/"),
        "large /f/",
        *("columns /g/", "columns /h/"),
    ]


def test_a_block_begins_with_a_photo_if_it_has_one(tiny: SiteFolder) -> None:
    more = "front:\n  - {kind: large, category: b}\n  - {kind: dated, category: c}\n"
    more += "  - {kind: photos, category: d}\n"
    configure(tiny, *"abcd", more=more)
    for number in range(3):
        write(tiny, f"a{number}", old=number, category="a")
        for category in "bcd":
            name = f"{category}{number}"
            write(tiny, name, old=5 + number, photo=number == 2, category=category)
    shown = show(tiny)
    assert shown["large /b/"] == ["b2", "b0", "b1"]
    assert shown["dated /c/"] == ["c0", "c1", "c2"]
    # In a band there is nothing but photos.
    assert shown["photos /d/"] == ["d2"]


def test_what_a_band_of_photos_shows_is_not_among_the_newest(tiny: SiteFolder) -> None:
    configure(tiny, "a", "b", more="front:\n  - {kind: photos, category: b}\n")
    write(tiny, "b0", old=0, photo=True, category="b")
    for number in range(4):
        write(tiny, f"a{number}", old=1 + number, category="a")
    shown = show(tiny)
    assert (shown["lead"], shown["latest"]) == (["a0"], ["a2"])
    assert shown["photos /b/"] == ["b0"]


def test_a_site_of_photos_alone_has_a_front_page(tiny: SiteFolder) -> None:
    configure(tiny, "b", more="front:\n  - {kind: photos, category: b}\n")
    for number in range(4):
        write(tiny, f"b{number}", old=number, photo=True, category="b")
    shown = show(tiny)
    assert shown["lead"] == ["b0"]
    assert shown["featured"] == ["b1"]
    assert shown["photos /b/"] == ["b2", "b3"]


def test_photos_are_preferred_beside_the_first_story(tiny: SiteFolder) -> None:
    configure(tiny, "a")
    for number in range(4):
        write(tiny, f"a{number}", old=number, photo=number == 2, category="a")
    shown = show(tiny)
    assert shown["lead"] == ["a0"]
    assert shown["featured"] == ["a2"]
    assert shown["latest"] == ["a1"]


@pytest.mark.parametrize(("line", "days"), [("", 30), ("  featured_days: 3\n", 3)])
def test_what_is_featured_lapses_at_its_second(tiny: SiteFolder, line: str, days: int) -> None:
    configure(tiny, "a")
    text = (tiny.root / "config.yaml").read_text("utf-8")
    tiny.write("config.yaml", text.replace("lists:\n", f"lists:\n{line}"))
    write(tiny, "noi", old=0, category="a", featured="true")
    write(tiny, "cu", old=-1, category="a")
    write(tiny, "moi", old=-2, category="a")
    lapse = NOW + days * DAY
    assert show(tiny, lapse - timedelta(seconds=1))["lead"] == ["noi"]
    # Nothing was edited: what earlier builds left must not hide that time went on.
    assert show(tiny, lapse)["lead"] == ["moi"]
    assert show(tiny, lapse - timedelta(seconds=1))["lead"] == ["noi"]


def test_what_is_featured_may_never_lapse(tiny: SiteFolder) -> None:
    configure(tiny, "a")
    text = (tiny.root / "config.yaml").read_text("utf-8")
    tiny.write("config.yaml", text.replace("lists:\n", "lists:\n  featured_days: 0\n"))
    write(tiny, "noi", old=4000, category="a", featured="true")
    write(tiny, "moi", old=1, category="a")
    assert show(tiny)["lead"] == ["noi"]


def test_the_category_of_a_block_is_named_as_articles_name_theirs(tiny: SiteFolder) -> None:
    children = "    children:\n      - name: Con Một\n"
    write(tiny, "a", old=1, category="con-mot")
    write(tiny, "b", old=2, category="Một")
    write(tiny, "c", old=3, category="Một")
    for name in ("con một", "con-mot", "mot/con-mot", "CON MỘT"):
        more = f"front:\n  - kind: dated\n    category: {name}\n"
        tiny.write("config.yaml", f"{CATEGORIES}  - name: Một\n{children}{more}")
        tiny.write(
            "config.yaml",
            (tiny.root / "config.yaml")
            .read_text("utf-8")
            .replace("front_featured: 1", "front_featured: 1\n  featured_days: 1"),
        )
        write(tiny, "d", old=4, category="mot/con-mot")
        assert show(tiny)["dated /mot/con-mot/"] == ["d"]


def test_all_that_is_wrong_with_blocks_is_told(tiny: SiteFolder) -> None:
    more = "front:\n  - kind: slider\n    category: Mott\n  - kind: large\n  - category: Một\n"
    configure(tiny, "Một", more=f"{more}visits: nhiều\n")
    with pytest.raises(ConfigError) as caught:
        tiny.build()
    found = [(each.place.line, each.code) for each in caught.value.problems]
    assert sorted(found) == [
        (11, "config-front"),
        (12, "category-unknown"),
        (13, "setting-missing"),
        (14, "setting-missing"),
        (15, "field-number"),
    ]


def test_a_name_that_two_categories_have_is_ambiguous(tiny: SiteFolder) -> None:
    children = "    children:\n      - name: Con\n"
    lines = f"  - name: Một\n{children}  - name: Hai\n{children}"
    tiny.write("config.yaml", f"{CATEGORIES}{lines}front:\n  - kind: large\n    category: Con\n")
    with pytest.raises(ConfigError) as caught:
        tiny.build()
    (problem,) = caught.value.problems
    assert problem.code == "category-ambiguous"
    assert problem.arguments["addresses"] == "mot/con, hai/con"


def test_the_theme_shows_each_kind_of_block(site: SiteFolder) -> None:
    kinds = ("large", "columns", "dated", "photos")
    more = "".join(f"  - kind: {kind}\n    category: c-{kind}\n" for kind in kinds)
    names = "".join(f"  - name: C {kind}\n" for kind in kinds)
    config = VIETNAMESE.partition("categories:")[0]
    site.write("config.yaml", f"{config}categories:\n{names}  - name: Tin\nfront:\n{more}")
    site.write("content/media/anh.jpg", photo((900, 600)))
    fields = {"photo": "/media/anh.jpg", "photo_caption": "Ảnh"}
    for number in range(20):
        site.article(f"t{number}", category="Tin")
    for kind in kinds:
        for number in range(5):
            date = f"2023-05-{20 - number:02}"
            site.article(f"{kind}-{number}", category=f"c-{kind}", date=date, **fields)
    site.build()
    blocks = re.split(r'<section class="block ', site.page("/"))[1:]
    assert [each.split('"')[0] for each in blocks] == list(kinds)
    assert [each.count("<img") for each in blocks] == [4, 1, 0, 4]
    assert [each.count('class="headline"') for each in blocks] == [4, 3, 5, 4]
