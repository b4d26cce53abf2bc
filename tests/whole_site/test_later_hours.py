"""What is clean today is clean at every later hour: errors do not wait for the clock.

``make prove`` tries more sites than ``make test``.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.build import build, check
from sitegen.cli.messages import format_text
from sitegen.hidden_texts import plan_hidden_texts
from sitegen.model import Record
from sitegen.problems import Problem, ProblemsFoundError
from support.doubles import replace_everywhere
from support.photos import photo
from support.site_folder import CONFIG, NOW, SiteFolder
from support.tiny_theme import hasten, make_tiny_site

FILE = re.compile(r"content/[^ :;`)]+")
DAY = timedelta(days=1)
EXAMPLES = 60 if os.environ.get("SITEGEN_PROVE") else 15
SECTION = "/hoat-dong-cua-co-so"
# Where an article may lead, be found before, or lie: pages that come and go with the time.
ADDRESSES = (
    f"{SECTION}/2026/11/a/",
    f"{SECTION}/2026/12/b/",
    f"{SECTION}/trang/2/",
    "/the/hoi-nghi/",
    "/tac-gia/thu-ha/",
    "/luu-tru/2026/12/",
    "/luu-tru/2027/",
    "/cu/",
    "/trang-moi/",
)


class Text(Record, frozen=True):
    """An article: when it is published, in days from now, and what it says."""

    slug: str
    since: float
    until: float | None
    draft: bool
    author: str
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    photo: str
    body: str


def often(usual: str, *others: str) -> st.SearchStrategy[str]:
    """Return mostly what is ``usual``, so that many sites have no error."""
    return st.sampled_from([*[usual] * 2 * len(others), *others])


LINKS = st.sampled_from(
    [
        *(
            "0.md",
            "1.md",
            "2.md",
            "/media/x.pdf",
            "x.jpg",
            "pages/trang.md",
            "/sitemap/tin-moi.xml",
        ),
        *("khong-co.md", "/khong-co/", *ADDRESSES),
    ]
)
BODIES = st.one_of(
    st.just("Nội dung."),
    LINKS.map(lambda to: f"Xem [bài]({to})."),
    st.sampled_from(["![](x.jpg)", "![](hong.jpg)", "![](/media/x.pdf)", "x.pdf", "<i></b>"]),
)
TEXTS = st.builds(
    Text,
    slug=st.sampled_from("abcd"),
    since=st.sampled_from([-40, -1, -0.5, 0.1, 1, 3, 40]),
    until=st.sampled_from([None, None, 0.2, 2, 5]),
    draft=st.sampled_from([False, False, False, True]),
    author=often("Thu Hà", "THU HÀ", "Thu Ha", "!!!"),
    tags=st.lists(often("hội nghị", "hoi nghi", "bão"), max_size=2, unique=True).map(tuple),
    aliases=st.lists(st.sampled_from(ADDRESSES), max_size=1).map(tuple),
    photo=often("", "x.jpg", "hong.jpg", "khong-co.jpg"),
    body=BODIES,
)
PAGES = ("", "draft: true\n", "aliases: [/the/hoi-nghi/]\n")
SITES = st.lists(TEXTS, min_size=1, max_size=5)


def write(root: Path, texts: list[Text], *, page: str) -> SiteFolder:
    """Write a site of these articles; ``page`` is what the front matter of its page says."""
    shutil.rmtree(root, ignore_errors=True)
    site = make_tiny_site(root).write("config.yaml", f"{CONFIG}lists:\n  page_size: 1\n")
    site.write("content/media/x.pdf", b"%PDF-1.4").write("content/x.jpg", photo())
    site.write("content/hong.jpg", b"hong")
    site.write("content/pages/trang.md", f"---\ntitle: Giới thiệu\n{page}---\n\n[Bài](../0.md)\n")
    for number, text in enumerate(texts):
        fields = {"draft": "true"} if text.draft else {}
        if text.until is not None and text.until > text.since:
            fields["expires"] = moment(text.until)
        if text.photo:
            fields |= {"photo": text.photo, "photo_caption": "Ảnh"}
        site.article(
            str(number),
            text.body,
            title=f"Bài {number}",
            slug=text.slug,
            date=moment(text.since),
            author=f'"{text.author}"',
            tags=str(list(text.tags)),
            aliases=str(list(text.aliases)),
            **fields,
        )
    return site


def moment(days: float) -> str:
    return (NOW + days * DAY).strftime("%Y-%m-%d %H:%M:%S")


def list_hours(texts: list[Text]) -> Iterator[datetime]:
    """Yield every later moment at which something changes, and the seconds around it."""
    changes = {each.since for each in texts} | {each.until or 0 for each in texts}
    changes |= {each + 2 for each in changes} | {4000}
    for days in sorted(each for each in changes if each > 0):
        yield from (NOW + days * DAY + timedelta(seconds=seconds) for seconds in (-1, 0, 1))


def list_errors(problems: Iterable[Problem]) -> list[str]:
    return [format_text(each, "en") for each in problems if not each.warning]


def list_errors_of_build(site: SiteFolder, now: datetime) -> list[str]:
    try:
        build(site.request(now))
    except ProblemsFoundError as error:
        return list_errors(error.problems)
    return []


@given(texts=SITES, page=st.sampled_from(PAGES))
@settings(max_examples=EXAMPLES)
def test_a_site_without_errors_has_none_at_any_later_hour(
    tmp_path_factory: pytest.TempPathFactory, texts: list[Text], page: str
) -> None:
    root = tmp_path_factory.getbasetemp() / "later"
    with pytest.MonkeyPatch.context() as patch:
        hasten(patch)
        site = write(root, texts, page=page)
        found = list_errors(check(site.request(NOW)))
        assert list_errors_of_build(site, NOW) == found
        if not found:
            for hour in list_hours(texts):
                assert list_errors_of_build(site, hour) == [], hour


@given(texts=SITES, page=st.sampled_from(PAGES))
@settings(max_examples=EXAMPLES)
def test_what_later_hours_would_find_is_found_now(
    tmp_path_factory: pytest.TempPathFactory, texts: list[Text], page: str
) -> None:
    root = tmp_path_factory.getbasetemp() / "later"
    with pytest.MonkeyPatch.context() as patch:
        hasten(patch)
        site = write(root, texts, page=page)
        found = list_errors(check(site.request(NOW)))
        replace_everywhere(patch, plan_hidden_texts, lambda *_: ())
        hours = [NOW, *list_hours(texts)]
        later = {each for hour in hours for each in list_errors_of_build(site, hour)}
    assert [each for each in later if not is_among(each, found)] == []
    # Nothing else is found but names and addresses that two texts have at different times.
    others = [each for each in found if not is_among(each, later)]
    assert {find_code(each) for each in others} <= {"name-spelling", "alias-taken"}


def is_among(line: str, lines: Iterable[str]) -> bool:
    """Tell whether one of ``lines`` tells the same, perhaps at the other file of two.

    What is wrong with a name is told at one of the texts that have it.
    """
    files = set(FILE.findall(line))
    return any(
        each.partition(" ")[2] == line.partition(" ")[2]
        or (find_code(each) == find_code(line) and files & {*FILE.findall(each)})
        for each in lines
    )


def find_code(line: str) -> str:
    return line.split(" ")[1]
