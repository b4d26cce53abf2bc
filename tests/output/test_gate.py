"""The gate: whatever lets a hidden text be seen stops the build, whichever code is to blame."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import msgspec
import pytest

from sitegen.cli.messages import format_text
from sitegen.content import published_media, selection
from sitegen.content.articles import Article, open_article
from sitegen.content.secrets import Secret, list_forms
from sitegen.foundation.parts import unseal
from sitegen.media import share_cards
from sitegen.media.pictures import MediaFile, make_media
from sitegen.media.renditions import make_rendition
from sitegen.model import Body
from sitegen.output.gate import _describe
from sitegen.pages import (
    articles,
    feeds,
    front_page,
    lists,
    media_files,
    people,
    pictures,
    redirects,
    related,
    sitemaps,
    standing_pages,
)
from sitegen.pages import context as contexts
from sitegen.problems import ProblemsFoundError
from sitegen.search import bundles
from sitegen.theme import filters, rendering
from sitegen.views import Target
from support import photos
from support.doubles import change_arguments, change_result, replace_everywhere
from support.site_folder import CONFIG, NOW, SiteFolder

HIDDEN = "content/mat.md"
TITLE = "Đề án nhân sự 'khóa' mới & \"cơ cấu\" <2027>"
LEAD = "Ba phương án bố trí cán bộ chủ chốt được trình vào quý tới."
ADDRESS = "/hoat-dong-cua-co-so/2026/11/de-an/"
ON_TOMORROW = "2026-11-24 06:00"
CARDS = "pictures: {cards: true}\n"


@pytest.fixture
def newsroom(site: SiteFolder) -> SiteFolder:
    """Return a site with a published article, and with a hidden text of each kind."""
    site.write("config.yaml", CONFIG + CARDS)
    site.article(
        "cong-khai", date="2026-11-22", tags="[chung]", author="Thu Hà", lead="Tin thường."
    )
    site.write("content/mat.jpg", photos.photo((900, 600)))
    hide(site)
    page = "---\ntitle: Trang tạm giấu đi\nmenu: true\ndraft: true\n---\nChữ của trang.\n"
    site.write("content/pages/tam.md", page)
    person = "name: Nguyễn Thị Chưa Bổ Nhiệm\npost: Phó trưởng ban tổ chức mới\ndraft: true"
    return site.write("content/people/moi.md", f"---\n{person}\n---\nTiểu sử.\n")


def hide(site: SiteFolder, **fields: str) -> None:
    """Write the hidden article; ``fields`` are other ones than those of an embargo."""
    written = {
        "title": "'" + TITLE.replace("'", "''") + "'",
        "lead": LEAD,
        "date": ON_TOMORROW,
        "slug": "de-an",
        "tags": "[chung]",
        "photo": "mat.jpg",
        "photo_caption": "Chú thích",
        "aliases": "[/cu/mat.html, '/cu.aspx?id=7']",
        **fields,
    }
    site.article("mat", "Thân bài.", **written)


def stopped(site: SiteFolder, *, search: bool = False, now: Any = NOW) -> list[str]:
    """Return what stopped a build, as it is printed; nothing may be published."""
    before = site.files()
    try:
        site.build(now, search=search)
    except ProblemsFoundError as error:
        assert site.files() == before
        return [format_text(each, "en") for each in error.problems if not each.warning]
    return []


def show_all(patch: pytest.MonkeyPatch, *functions: Callable[..., Any]) -> None:
    """Plant a bug: ``functions`` are given the site with all that is hidden."""
    arrange = selection.arrange
    whole: list[selection.Site] = []

    def arrange_both(config: Any, content: Any, now: Any, *, drafts: bool) -> Any:
        whole.append(arrange(config, content, now, drafts=True)[0])
        return arrange(config, content, now, drafts=drafts)

    def spoil(given: Any) -> Any:
        if isinstance(given, selection.Site):
            return whole[-1]
        return msgspec.structs.replace(given, site=whole[-1])

    replace_everywhere(patch, arrange, arrange_both)
    for function in functions:
        named = "site" if function in (published_media.choose_media, contexts.make_context) else ""
        change_arguments(patch, function, **{named or "context": spoil})


def forget(patch: pytest.MonkeyPatch, **fields: object) -> None:
    """Plant a bug: the selection takes every article for one with these ``fields``."""

    def ignore(content: Any) -> Any:
        articles = tuple(msgspec.structs.replace(each, **fields) for each in content.articles)
        return msgspec.structs.replace(content, articles=articles)

    change_arguments(patch, selection.arrange, content=ignore)


def note_hidden_article(patch: pytest.MonkeyPatch) -> list[Article]:
    """Return a list that will hold the hidden article as soon as a build has read it."""
    hidden: list[Article] = []
    arrange = selection.arrange

    def arrange_noting(config: Any, content: Any, now: Any, *, drafts: bool) -> Any:
        hidden[:] = [each for each in content.articles if each.path == HIDDEN]
        return arrange(config, content, now, drafts=drafts)

    replace_everywhere(patch, arrange, arrange_noting)
    return hidden


PLANNERS: dict[str, Callable[..., Any]] = {
    "a list": lists.plan_lists,
    "the front page": front_page.plan_front_page,
    "a feed": feeds.plan_feeds,
    "the sitemap": sitemaps.plan_sitemaps,
    "the sitemap of news": sitemaps.plan_sitemap_index,
    "redirects": redirects.plan_redirects,
    "a share card": media_files.plan_share_cards,
    "a standing page": standing_pages.plan_standing_pages,
    "people": people.plan_people,
    "the list of people": people.plan_people_list,
    "the menu": contexts.make_context,
    "media": published_media.choose_media,
}


@pytest.mark.parametrize("name", PLANNERS)
def test_a_planner_that_forgets_the_filter_is_stopped(
    name: str, newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.build()
    show_all(monkeypatch, PLANNERS[name])
    found = stopped(newsroom)
    assert found
    assert any(": hidden-published " in each for each in found), found


def test_the_search_index_is_unpacked(
    newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_all(monkeypatch, bundles.plan_bundles)
    found = stopped(newsroom, search=True)
    assert [each for each in found if "the title" in each and "/fragment/" in each]


def test_related_articles_are_searched(
    newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def relate(index: Any, article: Article, *others: Any) -> tuple[Article, ...]:
        return (*find_related(index, article, *others), *hidden)

    hidden = note_hidden_article(monkeypatch)
    find_related = related.find_related
    replace_everywhere(monkeypatch, find_related, relate)
    assert any("the title" in each and "cong-khai" in each for each in stopped(newsroom))


@pytest.mark.parametrize(
    ("name", "fields", "planted"),
    [
        ("an embargo", {}, {"date": 0}),
        ("a draft", {"date": "2026-11-20", "draft": "true"}, {"draft": False}),
        ("an expired article", {"date": "2026-11-01", "expires": "2026-11-02"}, {"expires": None}),
    ],
)
def test_a_selection_that_forgets_a_rule_is_stopped(
    name: str,
    fields: dict[str, str],
    planted: dict[str, object],
    newsroom: SiteFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hide(newsroom, **fields)
    assert stopped(newsroom) == [], name
    forget(monkeypatch, **planted)
    found = "\n".join(stopped(newsroom))
    assert all(each in found for each in ("the title", "the lead", "the address", "a photo")), name


def test_a_neighbour_is_searched(newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.write("config.yaml", f"{CONFIG}lists: {{related: 0}}\n")
    hidden = note_hidden_article(monkeypatch)

    def spoil(given: tuple[Article, ...]) -> tuple[Article, ...]:
        return (*given, *hidden)

    change_arguments(monkeypatch, articles._plan_pages, articles=spoil)
    assert any("the title" in each and "cong-khai" in each for each in stopped(newsroom))


def test_the_body_of_a_hidden_text_is_found_on_the_page_of_another(
    newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without a lead, lists show the first paragraph in its place.
    newsroom.article("mat", LEAD, date=ON_TOMORROW, slug="de-an")
    hidden = note_hidden_article(monkeypatch)
    change_arguments(
        monkeypatch,
        pictures.view_body,
        body=lambda _: unseal(open_article(hidden[0]).body, Body),
    )
    assert any("the lead" in each and "cong-khai" in each for each in stopped(newsroom))


@pytest.mark.parametrize(
    "written", ["[Đọc](mat.md)", '<a href="./mat.md">Đọc</a>', "[Đọc][1]\n\n[1]: mat.md"]
)
@pytest.mark.parametrize(
    "address", [ADDRESS, f"https://example.org{ADDRESS}", f"/x?u={quote(ADDRESS, safe='')}"]
)
def test_a_link_of_a_body_to_a_hidden_page_is_found(
    written: str, address: str, newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.article("cong-khai", written, date="2026-11-22", lead="Tin thường.")

    def lead_there(target: Target) -> Target:
        return Target(target.reference, "page", address)

    change_result(monkeypatch, pictures._aim, lead_there)
    assert any("the address" in each and "cong-khai" in each for each in stopped(newsroom))


@pytest.mark.parametrize("form", [str, lambda text: f"{text} - Cổng", lambda text: f"x{text}"])
def test_what_a_filter_or_json_prints_is_searched(
    form: Callable[[str], str], newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = f"https://example.org{ADDRESS}"
    change_arguments(monkeypatch, filters.list_share_links, address=lambda _: shared)
    assert any("the address" in each and "cong-khai" in each for each in stopped(newsroom))
    monkeypatch.undo()
    assert stopped(newsroom) == []
    newsroom.article("hai", date="2026-11-21")
    change_arguments(
        monkeypatch,
        rendering._write_json,
        value=lambda value: form(TITLE) if value == "hai" else value,
    )
    assert any("the title" in each and " feed.json " in each for each in stopped(newsroom))


@pytest.mark.parametrize("made", [make_media, make_rendition])
def test_the_bytes_of_a_hidden_photo_are_found_under_any_name(
    made: Callable[..., bytes], newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.write("content/media/khac.jpg", photos.photo((800, 600)))
    secret = (newsroom.root / "content/mat.jpg").read_bytes()
    change_result(monkeypatch, made, lambda _: secret)
    assert any("a photo" in each and "khac.jpg" in each for each in stopped(newsroom))


def test_a_share_card_of_a_hidden_photo_is_found(
    newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    background = MediaFile("media/mat.jpg", "content/mat.jpg", b"", 900)

    def spoil(planned: Any) -> Any:
        for card in planned:
            yield msgspec.structs.replace(card, photo=background)

    change_result(monkeypatch, media_files._plan_cards, spoil)
    change_result(monkeypatch, share_cards.make_share_card, lambda _: b"")
    assert any("a photo" in each and "chia-se.jpg" in each for each in stopped(newsroom))


# What counts as one ---------------------------------------------------------------------------


def test_what_published_texts_say_themselves_is_none(newsroom: SiteFolder) -> None:
    hide(newsroom, title="Thông báo tuyển dụng viên chức", lead="Sẽ có vào sáng mai nhé.")
    newsroom.article(
        "hai", "Ra **Thông báo tuyển dụng** viên chức.", title="Thông báo tuyển dụng viên chức"
    )
    newsroom.article("ba", "Sẽ *có vào*\nsáng mai nhé.")
    assert stopped(newsroom) == []


def test_the_photo_of_a_published_text_is_none(newsroom: SiteFolder) -> None:
    newsroom.write("content/media/ban-sao.jpg", (newsroom.root / "content/mat.jpg").read_bytes())
    newsroom.article("hai", "![](/media/ban-sao.jpg)")
    newsroom.article("ba", photo="mat.jpg", photo_caption="Chú thích")
    assert stopped(newsroom) == []


@pytest.mark.parametrize("title", ["Thông báo", "2026", "Tin mới", "Trang chủ", "A"])
def test_a_short_title_is_none(title: str, newsroom: SiteFolder) -> None:
    hide(newsroom, title=f'"{title}"', slug="ngan")
    assert stopped(newsroom) == []


def test_an_address_is_whole(newsroom: SiteFolder) -> None:
    newsroom.write(
        "content/pages/tin.md", "---\ntitle: Một trang\nslug: tin\ndraft: true\n---\nx\n"
    )
    newsroom.article("hai", "<https://khac.vn/tin/> <https://khac.vn/a/tin/> /a/tin/b /tin/b")
    assert stopped(newsroom) == []


def test_one_hit_can_be_allowed_as_the_message_says(
    newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_all(monkeypatch, sitemaps.plan_sitemap_index)
    (found, *more) = stopped(newsroom)
    while found:
        written = re.findall(r"`allowed_findings: \[(.*)\]`", "\n".join([found, *more]))
        newsroom.write("config.yaml", f"{CONFIG}{CARDS}allowed_findings: [{', '.join(written)}]\n")
        found, *more = stopped(newsroom) or [""]
    assert "de-an" in newsroom.page("/sitemap/tin-moi.xml")


# What is kept from an earlier build -----------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "now"),
    [({"draft": "true"}, NOW), ({"expires": '"2026-11-23 13:00"'}, NOW + timedelta(hours=2))],
)
def test_pages_that_stay_are_searched_for_what_becomes_hidden(
    fields: dict[str, str], now: Any, newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = {"date": "2026-11-20", "photo": "", "photo_caption": ""}
    hide(newsroom, **without, expires='"2026-11-23 13:00"')
    newsroom.build()
    assert "de-an" in newsroom.page("/")
    show_all(monkeypatch, front_page.plan_front_page)
    made: list[str] = []

    def note(file: Any) -> Any:
        made.append(file.path)
        return file

    change_arguments(monkeypatch, _describe, file=note)
    hide(newsroom, **without, **fields)
    found = stopped(newsroom, now=now)
    assert "index.html" not in made
    assert [each for each in found if "the title" in each and " index.html " in each]


def test_a_person_without_a_page_is_searched_for_too(
    newsroom: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = "name: Nguyễn Thị Chưa Bổ Nhiệm\npost: Phó trưởng ban tổ chức mới\n"
    newsroom.write("content/people/moi.md", f"---\n{person}---\n").build()
    show_all(monkeypatch, people.plan_people_list)
    newsroom.write("content/people/moi.md", f"---\n{person}draft: true\n---\n")
    assert any("the title" in each for each in stopped(newsroom))


def test_forms_are_those_that_pages_hold() -> None:
    forms = list_forms(Secret("", "the title", "a 'b' \"c\" & <d>"))
    assert {
        b"a 'b' \"c\" & <d>",
        b"a &#39;b&#39; &#34;c&#34; &amp; &lt;d&gt;",
        b"a 'b' \\\"c\\\" & <d>",
        b'a \\u0027b\\u0027 \\"c\\" \\u0026 \\u003cd\\u003e',
    } <= forms
    assert b"%2Ftin%2Fa%2F" in list_forms(Secret("", "the address", "/tin/a/"))
