"""What bad inputs get, as a specification: an error with its place, a normal form, or inert bytes.

Refused (E)
    every problem with its line and column, and no other; the words are in ``invalid_sites/``.
Normalised (N)
    builds, and the page shows what was meant.
Inert (S)
    builds, and nothing in the page acts.
Limited (L)
    an error within five seconds.
"""

import io
import json
import os
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from sitegen.build import check
from sitegen.cli.messages import describe, format_text
from sitegen.output.folder import check_output
from sitegen.problems import Problem, UsageError
from support.active_html import find_actions
from support.bad_inputs import (
    BAI,
    CATEGORY,
    FILE_CASES,
    REFUSED,
    TIN,
    TRANG,
    URL,
    Case,
    FileCase,
    Files,
    article,
    page,
    picture,
)
from support.english import find_english
from support.shared_work import share_templates
from support.site_folder import CONFIG, NOW, REPOSITORY, VIETNAMESE, SiteFolder
from support.told_texts import TOLD_TEXTS, TOLD_VALUES

PATIENCE_SECONDS = 5


def spent() -> float:
    """Return the processor's time that this process and those it has ended took."""
    return sum(os.times()[:4])


def places(problems: list[str]) -> tuple[str, ...]:
    return tuple(" ".join(line.split(" ")[:2]) for line in problems)


@pytest.fixture
def quick(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    share_templates(monkeypatch)
    return site


def write_all(site: SiteFolder, files: Files) -> None:
    for path, text in files.items():
        site.write(path, text)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name[:50])
def test_is_refused_at_its_place(case: Case, quick: SiteFolder) -> None:
    write_all(quick, case.files)
    found = quick.find_problems()
    assert places([format_text(each, "en") for each in found]) == case.problems
    assert not [words for each in found if (words := find_english_in_vietnamese(each))]


def find_english_in_vietnamese(problem: Problem) -> list[str]:
    return find_english(describe(problem.code, problem.arguments, "vi"))


@pytest.mark.parametrize("case", FILE_CASES, ids=lambda case: case.name)
def test_a_file_is_refused(case: FileCase, quick: SiteFolder) -> None:
    quick.write(BAI, article())
    if "content/a.png" in str(case.problems):
        quick.write(BAI, article("![Ảnh](a.png)"))
    case.arrange(quick.root / "content")
    started = spent()
    assert tuple(unicodedata.normalize("NFC", each) for each in places(quick.problems())) == (
        case.problems
    )
    assert spent() - started < PATIENCE_SECONDS


def test_a_file_without_read_permission_is_refused(
    quick: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.write(BAI, article()).write(TIN, article(title="Tin"))

    # Whoever runs the tests may be allowed to read everything.
    open_file = os.open

    def refuse_to_open(path: Any, *rest: Any, **options: Any) -> Any:
        if str(path).endswith("tin.md"):
            raise PermissionError(13, "Permission denied")
        return open_file(path, *rest, **options)

    monkeypatch.setattr("os.open", refuse_to_open)
    assert places(quick.problems()) == (f"{TIN}:1:1: file-unreadable",)


@pytest.mark.parametrize("folder", ["content", "content/a", "templates", ".sitegen", ".git", "."])
def test_the_output_is_never_inside_what_is_read(folder: str, quick: SiteFolder) -> None:
    with pytest.raises(UsageError) as refused:
        check_output(quick.root, quick.root / folder)
    assert refused.value.code == "output-unsafe"


@pytest.mark.parametrize("folder", [Path("/"), Path.home(), Path.home().parent])
def test_the_output_is_never_the_disk_or_the_home_folder(folder: Path, quick: SiteFolder) -> None:
    with pytest.raises(UsageError):
        check_output(quick.root, folder)


# What is given, and what the page says.
NORMALISED: dict[str, tuple[str | bytes, tuple[str, ...]]] = {
    "byte-order mark": (b"\xef\xbb\xbf" + article("Một").encode(), ("<p>Một</p>",)),
    "CRLF": (article("Một\n\nhai").replace("\n", "\r\n"), ("<p>Một</p>\n<p>hai</p>",)),
    "mixed line ends": (
        article("Một\n\nhai").replace("\n", "\r\n", 3).replace("---\n\n", "---\r\r\n"),
        ("<p>Một</p>\n<p>hai</p>",),
    ),
    "NFD throughout": (
        unicodedata.normalize("NFD", article("Đảng bộ", lead="Tiếng Việt")),
        ("<p>Đảng bộ</p>", '<p class="lead">Tiếng Việt</p>', "<h1", "Thu Hà"),
    ),
    "ETH for Đ": (article("Ðảng và ðoàn"), ("<p>Đảng và đoàn</p>",)),
    "a second document": (article("Một\n\n---\n\nhai: ba"), ("<hr>", "<p>hai: ba</p>")),
    "spaces behind a fence": (article("Một").replace("---\n", "--- \n"), ("<p>Một</p>",)),
    "line breaks of a word processor": (
        article("Một\vhai\u2028ba\fbốn", lead="Một\u2028hai"),
        ("<p>Một hai ba bốn</p>", ">Một hai</p>"),
    ),
    "no-break space and ellipsis": (article("5\xa0km… ½"), ("<p>5&nbsp;km… ½</p>",)),
    "no offset": (article(), ('datetime="2024-05-06T07:08:00+07:00"', "7:08 | 06/05/2024")),
    "offset +14": (
        article(date="2024-05-06 07:08+14:00"),
        ('datetime="2024-05-06T00:08:00+07:00"', "0:08 | 06/05/2024"),
    ),
    "Z": (article(date="2024-05-06T07:08:09Z"), ('datetime="2024-05-06T14:08:09+07:00"',)),
    "a date alone": (article(date="2024-05-06"), ('datetime="2024-05-06T00:00:00+07:00"',)),
    "29 February of a leap year": (article(date="2024-02-29 9:05"), ("9:05 | 29/02/2024",)),
    "two equal headings": (
        article("## Mục\n\na\n\n## Mục"),
        ('<h2 id="muc">Mục</h2>', '<h2 id="muc_1">Mục</h2>'),
    ),
    "ids keep the letter đ": (article("## Đảng"), ('<h2 id="dang">',)),
    "a heading of the first level": (article("# Mục"), ('<h2 id="muc">',)),
    "quoted values": (article(title="\"C# #1: 'một'\""), ("C# #1: &#39;một&#39;</h1>",)),
    "a title on two lines": (article(title="Một\n  hai"), (">Một hai</h1>",)),
    "updated on the day of the article": (article(updated="2024-05-06"), ("Cập nhật",)),
    "suffix in capitals": (article("Một"), ("<p>Một</p>",)),
    "templates in a title": (
        article(title='"{{ 7 * 7 }} {% raw %} {# a #}"'),
        (">{{ 7 * 7 }} {% raw %} {# a #}</h1>",),
    ),
    "templates in a text": (
        article("{{ 7 * 7 }} {% include x %}"),
        ("<p>{{ 7 * 7 }} {% include x %}</p>",),
    ),
    "an allowed video": (
        article("<iframe src='https://www.youtube.com/embed/abc'></iframe>"),
        ('data-embed="https://www.youtube-nocookie.com/embed/abc"',),
    ),
}

# What an editor may paste; the page shows none of it in a form that acts.
INERT = {
    "script": "<script>alert(1)</script>",
    "script not closed": "<script>alert(1)",
    "script in capitals": "<ScRiPt src=//x.vn/a.js></sCrIpT>",
    "script in a footnote": "a[^1]\n\n[^1]: <script>alert(1)</script>",
    "script as text": "`<script>` và\n\n    <script>alert(1)</script>",
    "onerror": "<b onerror=alert(1)>a</b>",
    "onclick": "<p onclick='alert(1)'>a</p>",
    "ontoggle": "<details open ontoggle=alert(1)><summary>a</summary></details>",
    "javascript:": "[a](javascript:alert(1))",
    "javascript: in mixed case": "[a](JaVaScRiPt:alert(1))",
    "javascript: with entities": "[a](java&#115;cript:alert(1)) [b](&#x6A;avascript&colon;x)",
    "javascript: with a line end": "[a](<java\nscript:alert(1)>)",
    "javascript: with a space": "[a]( javascript:alert(1))",
    "javascript: in HTML": "<a href=' &#1;javascript:alert(1)'>a</a>",
    "javascript: without quotes": "<a href=javascript:alert(1)>a</a>",
    "javascript: as address": "<javascript:alert(1)>",
    "javascript: by reference": "[a][1]\n\n[1]: <javascript:alert(1)>",
    "vbscript:": "[a](vbscript:msgbox)",
    "data:": "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "iframe": "<iframe src='https://x.vn/a'></iframe>",
    "iframe of an allowed host over http": "<iframe src='http://www.youtube.com/embed/a'></iframe>",
    "iframe with a page in it": "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "iframe with its own handler": (
        "<iframe src='https://www.youtube.com/embed/abc' onload='alert(1)'></iframe>"
    ),
    "style": "<style>body { display: none }</style>",
    "style attribute": "<p style='position: fixed; background: url(//x.vn)'>a</p>",
    "base": "<base href='https://x.vn/'>",
    "meta refresh": "<meta http-equiv=refresh content='0;url=https://x.vn'>",
    "link": "<link rel=stylesheet href=//x.vn/a.css>",
    "form": "<form action=//x.vn><input name=a><button formaction=javascript:x>b</button></form>",
    "object": "<object data=//x.vn/a></object><embed src=//x.vn/a><applet code=a></applet>",
    "svg": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "math": "<math><mi xlink:href='javascript:alert(1)'>a</mi></math>",
    "confused parsers": "<math><mtext></form><form><mglyph><style></math><b onclick=alert(1)>",
    "noscript": '<noscript><p title="</noscript><script>alert(1)</script>">',
    "textarea": "<textarea><script>alert(1)</script></textarea>",
    "template": "<template><script>alert(1)</script></template>",
    "comment": "<!--[if IE]><script>alert(1)</script><![endif]--> <!--><script>a</script>-->",
    "section": "<![CDATA[<script>alert(1)</script>]]>",
    "attr_list with onclick": '## Mục {: onclick="alert(1)" style="color: red" }',
    "attr_list on a link": "[a](https://x.vn){: onclick=alert(1) href=javascript:alert(1) }",
    "quotes in an address": '[a](https://x.vn/?a="onclick="alert(1))',
    "quotes in a video's label": '![a" onload="alert(1)](https://youtu.be/abc)',
    "quotes in a title": '[a](https://x.vn "t\\" onclick=\\"alert(1)")',
    "player of its own": "<a class=video-play data-embed='javascript:alert(1)' href=#a>a</a>",
    "pings": "<a href='https://x.vn' ping='//y.vn' target=_blank>a</a>",
    "entity-encoded script": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "control picture": "<b\n/onclick=alert(1)>a</b> <b onclick\n=\nalert(1)>b</b>",
}
HOSTILE_TEXT = ']]> </script><script>alert(1)</script> "onload="a" <!-- &amp; {{ site }}'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return one site with an article for each case that builds; the slug is the case's number."""
    root = tmp_path_factory.mktemp("built") / "site"
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    site = SiteFolder(root).write("config.yaml", VIETNAMESE)
    for number, (name, (source, _)) in enumerate(NORMALISED.items()):
        suffix = ".MD" if name == "suffix in capitals" else ".md"
        data = source.encode() if isinstance(source, str) else source
        # The slug is put behind the title, so that the bytes of the case stay as they are.
        with_slug = data.replace(b"\ndate:", f"\nslug: n{number}\ndate:".encode(), 1)
        site.write(f"content/n{number}{suffix}", with_slug)
    for number, text in enumerate(INERT.values()):
        site.write(f"content/s{number}.md", article(text, slug=f"s{number}"))
    site.write("content/plain.md", article("a", slug="plain"))
    hostile = json.dumps(HOSTILE_TEXT)
    site.write(
        "content/hostile.md",
        article("a", slug="hostile", title=hostile, lead=hostile, date="2025-01-01"),
    )
    site.build()
    return site


def article_page(site: SiteFolder, slug: str) -> str:
    (found,) = site.output.glob(f"{CATEGORY}/*/*/{slug}/index.html")
    return found.read_text("utf-8")


@pytest.mark.parametrize("number", range(len(NORMALISED)), ids=list(NORMALISED))
def test_is_normalised(number: int, built: SiteFolder) -> None:
    shown = article_page(built, f"n{number}")
    for fragment in list(NORMALISED.values())[number][1]:
        assert fragment in shown


@pytest.mark.parametrize("number", range(len(INERT)), ids=list(INERT))
def test_is_inert(number: int, built: SiteFolder) -> None:
    # The theme acts, too: in each page in the same way.
    theme_alone = find_actions(article_page(built, "plain"))
    found = find_actions(article_page(built, f"s{number}"))
    assert [each for each in found if "data-embed" not in each] == theme_alone
    embeds = [value for _, _, value in (each for each in found if "data-embed" in each)]
    assert all(value.startswith("https://www.youtube-nocookie.com/embed/") for value in embeds)


def test_a_hostile_title_and_lead_are_text_in_every_file(built: SiteFolder) -> None:
    theme_alone = find_actions(article_page(built, "plain"))
    shown = article_page(built, "hostile")
    assert find_actions(shown) == theme_alone
    # Meta elements of the page's own data come with the description.
    items = ET.fromstring(built.page("/rss.xml")).findall("./channel/item")  # noqa: S314
    assert (items[0].findtext("title"), items[0].findtext("description")) == (HOSTILE_TEXT,) * 2
    newest = json.loads(built.page("/feed.json"))["items"][0]
    assert (newest["title"], newest["content_text"]) == (HOSTILE_TEXT,) * 2
    for path, data in built.files().items():
        if path.endswith(".html"):
            assert b"<script>alert(1)" not in data


def test_every_feed_and_sitemap_is_well_formed(built: SiteFolder) -> None:
    read: dict[str, Callable[[bytes], object]] = {".xml": ET.fromstring, ".json": json.loads}
    for suffix, parse in read.items():
        files = [data for path, data in built.files().items() if path.endswith(suffix)]
        assert len(files) > 3
        for data in files:
            parse(data)


# An article, and what there is too much of: the line of the article where it begins.
LIMITED = {
    "alias bomb": (article(tags="[&a [x, x], &b [*a, *a], &c [*b, *b]]"), "6:8: yaml-alias"),
    "3,000 opening brackets in a field": (article(tags="[" * 3000), "6:1: yaml-limit"),
    "3,000 opening brackets in a title": (article(title="[" * 3000), "2:1: yaml-limit"),
    "3,000 list signs in a field": (article(more="tags:\n  " + "- " * 3000), "7:1: yaml-limit"),
    "a field of 100,000 letters": (article(lead="a" * 100_000), "6:1: yaml-limit"),
    "5,000-digit number": (article(views="9" * 5000), "6:8: field-number"),
    "5,000-digit title": (article(title="9" * 5000), "2:8: field-ambiguous"),
    "3,000 opened pictures": (article("![" * 3000), "8:1: markdown-limit"),
    "3,000 opened links": (article("[a(" * 3000), "8:1: markdown-limit"),
    "20,000 opened elements": (article("Một\n\n" + "<a " * 20_000), "10:1: markdown-limit"),
    "5,000 opened frames": (article("<iframe a=" * 5000), "8:1: markdown-limit"),
    "3,000 opened sections": (article("<![CDATA[" * 3000), "8:1: markdown-limit"),
    "2,000 backticks": (article("Một\n\n" + "`" * 2000), "10:1: markdown-limit"),
    "1,500 nested quotes": (article("Một\n\n" + ">" * 1500 + " a"), "10:1: markdown-limit"),
    "1,500 nested quotes with spaces": (article("> " * 1500 + "a"), "8:1: markdown-limit"),
    "300 nested lists": (
        article("\n".join("    " * depth + "- a" for depth in range(300))),
        "23:1: markdown-limit",
    ),
    "300 nested lists on a line": (article("- " * 300 + "a"), "8:1: markdown-limit"),
    "a table of 100,000 rows": (
        article("a | b\n- | -\n" + "|||\n" * 100_000),
        "2008:1: markdown-limit",
    ),
    "20,000 opened <b>, 20,000 closed <i>": (
        article("<b>\n" * 20_000 + "</i>\n" * 20_000), "208:1: markdown-limit"
    ),
    "6,000 times one footnote": (
        article("Một\n\n" + "[^a]" * 6000 + "\n\n[^a]: x"), "10:1: markdown-limit"
    ),
    "8,000 footnotes": (
        article("".join(f"a[^{each}]\n\n[^{each}]: b\n\n" for each in range(8000))),
        "8:1: markdown-limit",
    ),
    "8,000 headings without a blank line": (article("a\n===\n" * 8000), "8:1: markdown-limit"),
    "40,000 rules": (article("---\n\n" * 40_000), "12008:1: markdown-limit"),
    "90,000 quotation marks": (article("\"'" * 45_000), "8:1: markdown-limit"),
    "15,000 definitions": (article("a\n: b\n\n" * 15_000), "18008:1: markdown-limit"),
    "20,000 comments": (article("Một\n\n" + "<!-- a -->\n" * 20_000), "10:1: markdown-limit"),
    "20,000 attribute lists": (article("x\n{: .a }\n\n" * 20_000), "18008:1: markdown-limit"),
    "20,000 headings": (article("## a\n\n" * 20_000), "12008:1: markdown-limit"),
    "25,000 items": (article("1. a\n" * 25_000), "8:1: markdown-limit"),
    "20,000 hard line breaks": (article("a  \n" * 20_000), "8:1: markdown-limit"),
    "20,000 rules without a blank line": (article("***\n" * 20_000), "8:1: markdown-limit"),
    "20,000 words in emphasis": (article(("_a_ " * 100 + "\n") * 260), "8:1: markdown-limit"),
    "20,000 pieces of code": (article(("`a` " * 100 + "\n") * 260), "8:1: markdown-limit"),
    "30,000 escaped signs": (article("\\* " * 30_000), "8:1: markdown-limit"),
    "72,000 opened marks": (article(("<b><i>" * 30 + "a\n") * 1200), "14:1: markdown-limit"),
    "20,000 opened elements of no emphasis": (article("<div>\n" * 20_000), "8:1: markdown-limit"),
    "half a merge conflict": (article("<<<<<<< a >>>>>>>\n" * 20_000), "8:1: file-conflict"),
    "a line of 200,000 letters": (article("a" * 200_000), "8:1: markdown-limit"),
}  # fmt: skip
# What looks like one of them and is only long: it builds, and as fast.
LONG = {
    "59 opening brackets": "[" * 59 + "a",
    "59 opened pictures": "![" * 59 + "a",
    "a broken list of 19": "-   " * 19 + "a",
    "a table of 1,900 rows": "a | b\n- | -\n" + "1 | 2\n" * 1900,
    "tables of 1,000 rows": ("a | b\n- | -\n" + "1 | 2\n" * 1000 + "\n") * 5,
    "lines of 90,000 letters": ("é" + "a" * 90_000 + "\n") * 5,
    "a sign of old fonts before them": "©" + ("a" * 90_000 + "\n") * 5,
    "backticks of every number": " ".join("`" * each for each in range(1, 60)),
    "unclosed emphasis": "**a *b " * 3000,
    "unclosed comments": "<!-- >" * 5000,
    "1,000 footnotes": "".join(f"a[^{each}]\n\n[^{each}]: b\n\n" for each in range(1000)),
    "100,000 empty lines": "a" + "\n" * 100_000,
    "12,000 elements": "<div>a</div>\n" * 12_000,
    "15,000 ends of links": "](#a)" * 15_000,
    "stars and spaces": "** " + " " * 90_000 + "\n\n**a" + " " * 90_000,
    "a rule of spaces": "a|b\n-" + " " * 90_000 + "x",
    "9,000 opened strokes": "~~a " * 9000,
    "6,000 links": "[a](http://b.vn)\n" * 4_000,
    "a book with footnotes": "Một đoạn[^1] văn.\n\n" * 450 + "[^1]: b",
    "a whole book": "Một đoạn văn có dấu, dài như trong báo, không có gì khác.\n\n" * 5000,
}


@pytest.mark.parametrize("name", LIMITED)
def test_is_refused_in_time(name: str, quick: SiteFolder) -> None:
    source, found = LIMITED[name]
    quick.write(BAI, source)
    started = spent()
    assert places(quick.problems()) == (f"{BAI}:{found}",)
    assert spent() - started < PATIENCE_SECONDS


@pytest.mark.parametrize("name", LONG)
def test_is_only_long_and_builds_in_time(name: str, quick: SiteFolder) -> None:
    quick.write(BAI, article(LONG[name]))
    started = spent()
    assert all(each.warning for each in check(quick.request()))
    assert spent() - started < PATIENCE_SECONDS


def test_one_second_before_its_date_an_article_is_hidden_and_that_is_said(
    quick: SiteFolder,
) -> None:
    quick.write(BAI, article(date="2026-11-23 12:00:01"))
    report = quick.build()
    assert [each.code for each in report.warnings] == ["article-embargoed"]
    assert (report.warnings[0].place.line, report.warnings[0].place.column) == (3, 1)
    assert not any("bai-thu" in path for path in quick.files())


def test_text_of_an_old_font_builds_with_a_warning_at_its_place(quick: SiteFolder) -> None:
    quick.write(BAI, article("Một\n\nNghị quyết ®¶ng"))
    assert [(each.code, each.place.line, each.place.column) for each in quick.build().warnings] == [
        ("legacy-encoding", 10, 12)
    ]


@pytest.mark.parametrize("name", ["bai.md.txt", "bai.markdown", "bai.docx", "anh.jpg"])
def test_a_file_that_nothing_uses_is_named(name: str, quick: SiteFolder) -> None:
    quick.write(f"content/{name}", picture("JPEG"))
    assert places(quick.problems()) == (f"content/{name}:1:1: file-unused",)


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "Desktop.ini", "~$bai.docx", "bai.md~"])
def test_what_programs_leave_behind_is_passed_over(name: str, quick: SiteFolder) -> None:
    assert quick.write(f"content/media/{name}", "a").problems() == []


def location_of(data: bytes) -> object:
    """Return what a picture says of where and when it was taken."""
    opened = Image.open(io.BytesIO(data))
    return dict(opened.getexif()) or opened.info.get("exif") or opened.info.get("xmp")


def pictures_with_location() -> Iterator[tuple[str, bytes]]:
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh"
    exif.get_ifd(0x8825)[1] = "N"
    for suffix, kind in (("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP"), ("avif", "AVIF")):
        yield f"anh.{suffix}", picture(kind, exif=exif)


def test_no_published_picture_says_where_it_was_taken(quick: SiteFolder) -> None:
    for name, data in pictures_with_location():
        assert location_of(data)
        quick.write(f"content/media/{name}", data)
        quick.write(f"content/canh-bai-{name}", data)
    used = "\n\n".join(f"![Ảnh](canh-bai-{name})" for name, _ in pictures_with_location())
    quick.write(BAI, article(used, photo="/media/anh.jpg", photo_caption="Ảnh"))
    quick.build()
    published = {path: data for path, data in quick.files().items() if path.startswith("media/")}
    # Each of four, twice, and a smaller copy of most.
    assert len(published) > 8
    assert not any(map(location_of, published.values()))


def test_a_drawing_of_the_usual_programs_is_published(quick: SiteFolder) -> None:
    drawing = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="40" height="30"'
        ' inkscape:export-filename="C:\\ve\\sen.png">\n'
        "<style>.a { fill: url(#mau) }</style>\n"
        '<linearGradient id="mau"/><use xlink:href="#sen"/>'
        '<image href="data:image/png;base64,iVBORw0KGgo="/>\n'
        '<path id="sen" class="a" d="M0 0" style="fill: url(#mau)"/></svg>\n'
    )
    quick.write("content/media/sen.svg", drawing).write(BAI, article("![Sen](/media/sen.svg)"))
    quick.build()
    assert '<img src="/media/sen.svg" alt="Sen" width="40" height="30"' in quick.page(URL)
    assert (quick.output / "media/sen.svg").read_text("utf-8") == drawing


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.name for case in REFUSED] + [case.name for case in FILE_CASES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", TOLD_TEXTS, ids=lambda case: case.name)
def test_is_told_at_its_place_and_published(case: Case, quick: SiteFolder) -> None:
    for path, text in case.files.items():
        quick.write(path, text)
    assert places(quick.problems()) == case.problems
    assert all(each.warning for each in quick.build().warnings)
    assert quick.page(URL)


@pytest.mark.parametrize("case", TOLD_VALUES, ids=lambda case: case.name)
def test_a_value_is_told_at_its_place(case: Case, quick: SiteFolder) -> None:
    write_all(quick, case.files)
    assert places(quick.problems()) == case.problems
    assert all(each.warning for each in quick.build().warnings)


@pytest.mark.parametrize(
    "fields",
    [
        *(
            {"author": author}
            for author in (
                *("Thu Hà (tổng hợp)", "TTXVN", "TTXVN - VOV", "Ban Tuyên giáo, Huyện ủy"),
                *("BAN TUYÊN GIÁO, HUYỆN ỦY", "Thu Hà - TTXVN", "Báo Nhân Dân và Đài Truyền hình"),
                *("Thu Hà, phóng viên", "Trần Thị B - Phó Bí thư", "Hội Nông dân - Hội Phụ nữ"),
                *("NGUYỄN VĂN A, BÍ THƯ ĐẢNG ỦY", "PV - CTV", "Nguyễn Thị Minh-Khai"),
                "Ban Biên tập & cộng tác viên",
            )
        ),
        {"title": "HỘI NGHỊ TOÀN QUỐC"},
        {"title": "“Chúng tôi luôn sẵn sàng”"},
        {"title": '"2 * 3 * 4 = 24, a < b và c > d, R&D, A&B; x_y_z"'},
        {"title": '"Đồng chí <Nguyễn Văn A>"'},
        {"lead": "“Dân vận khéo” ở cơ sở, “nhiều cách làm”"},
        {"tags": '["Nghị quyết 18"]'},
        {"date": "1990-01-01"},
        {"date": "2024-05-06", "updated": "2024-05-06"},
        {"updated": "2024-05-06"},
        {"updated": "2024-05-06 07:08"},
        {"draft": "true", "lead": "Viết một, hai câu tóm tắt bài ở đây.", "tags": "[thẻ thứ nhất]"},
    ],
    ids=str,
)
def test_a_value_that_may_well_be_meant_is_not_told(
    fields: dict[str, str], quick: SiteFolder
) -> None:
    quick.write(BAI, article(**fields))
    assert quick.problems() == []


@pytest.mark.parametrize("body", ["", "Viết nội dung bài ở đây."])
def test_a_draft_may_have_no_body_yet(body: str, quick: SiteFolder) -> None:
    quick.write(BAI, article(body, draft="true"))
    assert quick.problems() == []


def test_what_the_configuration_knows_as_one_name_is_one(quick: SiteFolder) -> None:
    quick.write("config.yaml", f"{CONFIG}authors:\n  - name: Thu Hà, Tam Kỳ\n    slug: thu-ha\n")
    quick.write(BAI, article(author="Thu Hà, Tam Kỳ"))
    assert quick.problems() == []
    quick.write(BAI, article(author="Thu Hà, Quế Sơn"))
    assert [each.split(" ")[1] for each in quick.problems()] == ["names-joined"]


def test_a_warning_of_a_value_is_suppressed_with_a_reason(quick: SiteFolder) -> None:
    more = "# bỏ qua: lead-repeated: đúng ý tòa soạn\nlead: Bài thử"
    quick.write(BAI, article(more=more))
    assert quick.problems() == []


def write_menu(site: SiteFolder, *urls: str) -> None:
    entries = "".join(f"  - title: a\n    url: {url}\n" for url in urls)
    site.write("config.yaml", f"{CONFIG}menu:\n{entries}links:\n{entries}")


def test_a_menu_leads_to_all_that_the_site_has(quick: SiteFolder) -> None:
    write_menu(
        quick,
        *("/", f"/{CATEGORY}/", URL, "/gioi-thieu/", "/gioi-thieu/#muc", "/cu/", "/media/a.txt"),
        *("/tim-kiem/", "/tim-kiem/?q=a", "/so-do-trang/", "/rss.xml", "https://example.org/a/"),
    )
    quick.write(TRANG, page(title="Giới thiệu", aliases="[/cu/]"))
    quick.write("content/media/a.txt", "a").write(BAI, article())
    assert quick.problems() == []


def test_a_menu_that_leads_to_what_is_hidden_is_no_error(quick: SiteFolder) -> None:
    write_menu(quick, URL.replace("2024/05", "2027/01"))
    quick.write(BAI, article(date="2027-01-01"))
    assert places(quick.problems()) == (
        "config.yaml:10:10: link-hidden",
        f"{BAI}:3:1: article-embargoed",
    )


def test_a_menu_to_a_broken_text_is_not_told_beside_it(quick: SiteFolder) -> None:
    write_menu(quick, URL)
    quick.write(BAI, article(views="x"))
    assert places(quick.problems()) == (f"{BAI}:6:8: field-number",)


def test_what_is_to_come_is_told_until_it_comes(quick: SiteFolder) -> None:
    quick.write(BAI, article(updated="2026-11-24"))
    assert [each.code for each in quick.build().warnings] == ["updated-future"]
    assert [each.code for each in quick.build().warnings] == ["updated-future"]
    assert quick.build(NOW + timedelta(days=2)).warnings == ()
