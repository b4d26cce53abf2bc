"""Links to parts of other pages: what is told of them, and what a build after an edit tells."""

from pathlib import Path

import pytest

from sitegen.build import check
from sitegen.content.bodies import read_ids
from sitegen.model import Body
from support.doubles import replace_everywhere
from support.shared_work import share_templates
from support.site_folder import SiteFolder


@pytest.fixture
def quick(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    share_templates(monkeypatch)
    return site


def told(site: SiteFolder) -> list[str]:
    """Return what is told by a build, which is what a check tells that knows nothing before it."""
    warnings = site.build().warnings
    assert check(site.request()) == warnings
    return [each.arguments["value"] for each in warnings if each.code == "anchor-missing"]


def test_a_part_that_another_page_does_not_have_is_told(quick: SiteFolder) -> None:
    quick.article("hai", "## Mục một\n\nChữ.")
    quick.article("bai", "[một](hai.md#muc-mot), [hai](hai.md#muc-mott), [đầu](hai.md#top).")
    (line,) = quick.problems()
    assert line.startswith("content/bai.md:8:30: anchor-missing")
    assert line.endswith("did you mean `hai.md#muc-mot`?")


@pytest.mark.parametrize(
    "part",
    [
        "## Phần",
        "## [Phần](https://example.net/)",
        "Chữ.\n{: #phan}",
        '<a name="phan"></a>Chữ.',
        "<p id='phan'>Chữ.</p>",
    ],
)
def test_a_part_is_whatever_has_an_id(part: str, quick: SiteFolder) -> None:
    quick.article("hai", part).article("bai", "[a](hai.md#phan) [b](hai.md#fn:1)")
    assert told(quick) == ["hai.md#fn:1"]


def test_footnotes_are_parts(quick: SiteFolder) -> None:
    quick.article("hai", "Chữ[^1].\n\n[^1]: Một.").article("bai", "[b](hai.md#fn:1)")
    assert told(quick) == []


def test_pages_are_known_by_their_addresses_too(quick: SiteFolder) -> None:
    quick.write("content/pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n\n## Một\n")
    quick.article("bai", "[a](/gioi-thieu/#mot) [b](/gioi-thieu#hai)")
    quick.article(
        "ba", "[c](https://example.org/gioi-thieu/#ba) [d](/the/#x) [e](/media/a.pdf#page=2)"
    )
    quick.write("content/media/a.pdf", b"%PDF-1.7\n")
    assert told(quick) == ["/gioi-thieu/#ba", "/gioi-thieu#hai"]


def test_what_is_told_follows_the_other_page(quick: SiteFolder) -> None:
    quick.article("hai", "## Mục một").article("bai", "[một](hai.md#muc-mot)").article("ba")
    assert told(quick) == []
    quick.article("hai", "## Mục hai")
    assert told(quick) == ["hai.md#muc-mot"]
    quick.article("ba", "Sửa.")
    assert told(quick) == ["hai.md#muc-mot"]
    quick.article("hai", "## Mục một")
    assert told(quick) == []


@pytest.mark.parametrize("hidden", [{"date": "2099-01-01 08:00"}, {"draft": "true"}])
def test_hidden_texts_are_followed_too(hidden: dict[str, str], quick: SiteFolder) -> None:
    quick.article("hai", "## Mục một", **hidden).article("ba", "## Mục một")
    quick.article("bai", "[a](hai.md#sai) [b](ba.md#sai)", **hidden)
    assert told(quick) == ["hai.md#sai", "ba.md#sai"]


def test_a_text_is_converted_once_for_its_parts(
    quick: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def note_and_read(root: Path, body: Body) -> tuple[str, ...] | None:
        read.append(body.path)
        return read_ids(root, body)

    replace_everywhere(monkeypatch, read_ids, note_and_read)
    quick.article("hai").article("bai", "[a](hai.md#x) [b](hai.md#y)").article("ba")
    quick.build()
    quick.article("ba", "Sửa.")
    quick.build()
    assert read == ["content/hai.md"]
