"""A media file is published because something published names it, in whatever spelling."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.mentions import choose_mentioned, find_mentions
from support.photos import photo
from support.site_folder import NOW, SiteFolder
from support.tiny_theme import make_tiny_site

STUDY = "tai-lieu/De an nhan su.pdf"
PICTURE = "anh/mat (1).jpg"

# Each names the file that stands behind it, as people and programs write it.
SPELLINGS = {
    "spaces": ("[Tải](/media/tai-lieu/De an nhan su.pdf)", STUDY),
    "encoded": ("[Tải](/media/tai-lieu/De%20an%20nhan%20su.pdf)", STUDY),
    "encoded twice": ("[Tải](/media/tai-lieu/De%2520an%2520nhan%2520su.pdf)", STUDY),
    "pointed brackets": ("[Tải](</media/tai-lieu/De an nhan su.pdf>)", STUDY),
    "definition": ("[Tải][1]\n\n[1]: /media/tai-lieu/De%20an%20nhan%20su.pdf", STUDY),
    "definition on two lines": ("[Tải][1]\n\n[1]:\n  </media/anh/mat%20(1).jpg>", PICTURE),
    "brackets": ("![](/media/anh/mat (1).jpg)", PICTURE),
    "escaped": (r"![](/media/anh/mat\_2.jpg)", "anh/mat_2.jpg"),
    "HTML": ('<a href="/media/tai-lieu/De an nhan su.pdf">Tải</a>', STUDY),
    "HTML without quotes": ("<a href=/media/x.pdf>Tải</a>", "x.pdf"),
    "entities": ('<a href="&#47;media&#47;x&#46;pdf">Tải</a>', "x.pdf"),
    "poster": ('<video poster="/media/anh/mat (1).jpg"></video>', PICTURE),
    "srcset": ('<img srcset="/media/x.jpg 2x, /media/y.jpg 1x">', "x.jpg"),
    "own address": ("[Tải](https://example.org/media/x.pdf)", "x.pdf"),
    "bare own address": ("Xem https://example.org/media/x.pdf nhé.", "x.pdf"),
    "own address without a scheme": ("[Tải](//example.org/media/x.pdf)", "x.pdf"),
    "Windows": (r"Tệp nằm ở \media\anh\mat (1).jpg", PICTURE),
    "capitals": ("[Tải](/MEDIA/X.PDF)", "x.pdf"),
    "comment": ("<!-- [Tải](/media/x.pdf) -->", "x.pdf"),
    "code": ("`/media/x.pdf`", "x.pdf"),
    "Vietnamese": ("[Tải](/media/%C4%91%E1%BB%81-%C3%A1n.pdf)", "đề-án.pdf"),
    "Vietnamese, decomposed": ("[Tải](/media/đe\u0302\u0300-a\u0301n.pdf)", "đề-án.pdf"),
    "name alone": ("Đính kèm: mat (1).jpg", PICTURE),
}


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    return make_tiny_site(tmp_path).article("Bài đã đăng")


def put(site: SiteFolder, name: str) -> None:
    site.write(
        f"content/media/{name}", (photo() if name.endswith("jpg") else b"%PDF-1.4 ") + name.encode()
    )


def published(site: SiteFolder, name: str) -> bool:
    return f"media/{name}" in site.files()


HIDDEN: dict[str, dict[str, str]] = {
    "draft": {"draft": "true"},
    "embargoed": {"date": (NOW + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")},
    "expired": {"expires": (NOW - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")},
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_what_a_hidden_text_alone_mentions_is_not_published(
    site: SiteFolder, spelling: str
) -> None:
    body, name = SPELLINGS[spelling]
    put(site, name)
    site.article("Bài nháp", body, draft="true")
    site.build()
    assert not published(site, name)
    assert not [path for path in site.files() if "nhan" in path or "mat" in path]


@pytest.mark.parametrize("kind", HIDDEN)
def test_every_kind_of_hidden_text_withholds_its_files(site: SiteFolder, kind: str) -> None:
    put(site, STUDY)
    site.article("Bài chưa đăng", SPELLINGS["spaces"][0], **HIDDEN[kind])
    site.build()
    assert not published(site, STUDY)


@pytest.mark.parametrize(
    "spelling",
    ["spaces", "brackets", "definition", "HTML without quotes", "own address", "escaped"],
)
def test_what_a_published_text_names_too_is_published(site: SiteFolder, spelling: str) -> None:
    body, name = SPELLINGS[spelling]
    put(site, name)
    site.article("Bài nháp", body, draft="true").article("Bài khác", body)
    site.build()
    assert published(site, name)


def test_what_nothing_mentions_is_published(site: SiteFolder) -> None:
    put(site, "x.pdf")
    put(site, "2025/a.jpg")
    site.article("Bài nháp", "[Tải](/media/xx.pdf) và ![](/media/2026/a.jpg)", draft="true")
    put(site, "xx.pdf")
    put(site, "2026/a.jpg")
    site.build()
    assert published(site, "x.pdf")
    assert published(site, "2025/a.jpg")
    assert not published(site, "xx.pdf")
    assert not published(site, "2026/a.jpg")


CHANGES: dict[str, Callable[[SiteFolder], object]] = {
    "the file comes later": lambda site: put(site, STUDY),
    "the draft is published": lambda site: site.article("Bài nháp", SPELLINGS["spaces"][0]),
    "the draft is another one": lambda site: site.article("Bài nháp", "Khác.", draft="true"),
    "another text names it": lambda site: site.article("Bài khác", SPELLINGS["spaces"][0]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_gives_what_a_build_from_nothing_gives(
    site: SiteFolder, tmp_path_factory: pytest.TempPathFactory, change: str
) -> None:
    if change != "the file comes later":
        put(site, STUDY)
    site.article("Bài nháp", SPELLINGS["spaces"][0], draft="true")
    site.build()
    CHANGES[change](site)
    site.build()
    built = site.files()
    site.output = tmp_path_factory.mktemp("fresh") / "output"
    site.build()
    assert built == site.files()


WORDS = st.text(alphabet="abcđêộ ,.-–…\"'&*_0123456789()!:/\\%[]<>=\n", max_size=30)


@given(WORDS, st.sampled_from(["/media/", "media/", "../media/", ""]), WORDS)
def test_a_name_is_found_wherever_it_stands(before: str, folder: str, after: str) -> None:
    text = f"{before} {folder}tai-lieu/De an.pdf {after}"
    path = "content/media/tai-lieu/De an.pdf"
    assert choose_mentioned({b"": find_mentions(text.encode())}, [path]) == {b"": (path,)}
