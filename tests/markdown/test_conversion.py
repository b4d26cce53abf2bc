import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.markdown.conversion import summarise, to_html
from sitegen.markdown.limits import MarkupError
from sitegen.markdown.links import Html
from sitegen.views import BodyView, Picture, Target
from support.html_tree import VOID, Element, parse

PICTURE = Target(
    "/media/a.jpg", "picture", "/media/a.jpg", picture=Picture("/media/a.jpg", 800, 600, "")
)
DRAWING = Target(
    "ve.svg", "picture", "/media/tin/ve.svg", picture=Picture("/media/tin/ve.svg", 0, 0, "")
)
DOCUMENT = Target("/media/b.pdf", "file", "/media/b.pdf", size="PDF, 120 KB")
FILM = Target("/media/v.mp4", "file", "/media/v.mp4", size="MP4, 2,0 MB")
ARTICLE = Target("../b.md", "page", "/portal/tin/2024/05/b/")
HIDDEN = Target("h.md", "hidden")
MISSING = Target("m.md", "missing")
VIEW = BodyView(
    "content/tin/a.md",
    0,
    b"",
    (PICTURE, DRAWING, DOCUMENT, FILM, ARTICLE, HIDDEN, MISSING),
    ("www.youtube.com", "youtu.be", "vimeo.com"),
)


def convert(source: str) -> Html:
    return to_html(source, VIEW)


def tree(source: str) -> Element:
    html = convert(source)
    assert html.refused == ()
    return parse(html.text)


def refused(source: str) -> list[tuple[str, str]]:
    return [(each.code, each.reference) for each in convert(source).refused]


def test_a_picture_alone_is_a_figure_with_its_caption() -> None:
    page = tree('![Lễ trao](/media/a.jpg "Quang cảnh buổi lễ")')
    figure = page.find("figure")
    image = figure.find("img").attributes
    assert image == {
        "src": "/media/a.jpg",
        "alt": "Lễ trao",
        "width": "800",
        "height": "600",
        "loading": "lazy",
        "decoding": "async",
    }
    assert figure.find("figcaption").text == "Quang cảnh buổi lễ"
    assert not page.find_all("p")


def test_a_caption_is_text_not_markdown() -> None:
    caption = tree('![x](/media/a.jpg "Năm *2024* & <b>sau</b>")').find("figcaption")
    assert caption.text == "Năm *2024* & <b>sau</b>"


def test_pictures_together_are_a_gallery() -> None:
    page = tree('![A](/media/a.jpg)\n![B](/media/a.jpg "b")\n![C](ve.svg)')
    gallery = page.find("div", class_="gallery")
    assert [each.find("img").attributes["alt"] for each in gallery.find_all("figure")] == [*"ABC"]
    assert [each.text for each in gallery.find_all("figcaption")] == ["b"]


def test_a_picture_in_a_sentence_stays_there() -> None:
    paragraph = tree("Chữ ![A](/media/a.jpg) chữ").find("p")
    assert paragraph.find("img").attributes["width"] == "800"
    assert not tree("Chữ ![A](/media/a.jpg) chữ").find_all("figure")


def test_a_drawing_without_a_size_has_none() -> None:
    assert "width" not in tree("![A](ve.svg)").find("img").attributes


def test_classes_on_pictures_and_paragraphs() -> None:
    assert tree("![A](/media/a.jpg){ .right }").find_all("img", class_="right")
    assert tree("![A](/media/a.jpg)\n{: .wide }").find_all("figure", class_="wide")
    assert tree("![A](/media/a.jpg)\n![B](/media/a.jpg)\n{: .wide }").find("div").attributes[
        "class"
    ].split() == ["gallery", "wide"]
    assert tree("Chữ.\n{: .note #ghi-chu }").find_all("p", class_="note", id="ghi-chu")


def test_a_video_is_a_facade_that_loads_nothing() -> None:
    page = tree("![Phim tài liệu](https://www.youtube.com/watch?v=aB3)")
    link = page.find("figure", class_="video").find("a", class_="video-play")
    assert link.find("span", class_="video-name").text == "Phim tài liệu"
    assert link.find("span", class_="video-host").text == "Phát từ YouTube"
    assert link.attributes["href"] == "https://www.youtube.com/watch?v=aB3"
    assert link.attributes["data-embed"] == "https://www.youtube-nocookie.com/embed/aB3"
    assert not [each for each in page.walk() if "src" in each.attributes]


def test_a_pasted_frame_is_a_facade_too() -> None:
    page = tree('<iframe src="https://youtu.be/aB3" title="Phim"></iframe>')
    assert page.find("span", class_="video-name").text == "Phim"
    assert convert('a <iframe src="https://example.net"></iframe> b').text == "<p>a  b</p>"


def test_an_own_film_plays_in_the_page() -> None:
    video = tree("![Phim](/media/v.mp4)").find("figure").find("video")
    assert video.attributes["src"] == "/media/v.mp4"
    assert video.attributes["aria-label"] == "Phim"
    assert {"controls", "preload"} <= video.attributes.keys()


def test_a_document_says_what_it_is() -> None:
    page = tree("[Kế hoạch](/media/b.pdf)")
    assert page.find("a", class_="attachment").attributes["href"] == "/media/b.pdf"
    assert page.find("p").text == "PDF Kế hoạch PDF, 120 KB"
    sentence = tree("Xem [kế hoạch](/media/b.pdf) này.")
    assert sentence.find("p").text == "Xem kế hoạch (PDF, 120 KB) này."


def test_links_to_articles_lead_to_their_pages() -> None:
    page = tree("[một](../b.md) [hai](../b.md#muc-2 'Tựa') [ba][x]\n\n[x]: ../b.md")
    assert [each.attributes["href"] for each in page.find_all("a")] == [
        "/portal/tin/2024/05/b/",
        "/portal/tin/2024/05/b/#muc-2",
        "/portal/tin/2024/05/b/",
    ]
    assert page.find_all("a")[1].attributes["title"] == "Tựa"


def test_a_link_to_what_is_hidden_is_plain_text() -> None:
    page = tree("xem [bài **này**](h.md) nhé")
    assert not page.find_all("a")
    assert page.find("p").text == "xem bài này nhé"


@pytest.mark.parametrize(
    ("source", "code", "reference"),
    [
        ("[x](m.md)", "link-missing", "m.md"),
        ("[x](khong-co.md#a)", "link-missing", "khong-co.md"),
        ('<a href="khong-co.md">x</a>', "link-missing", "khong-co.md"),
        ("![x](khong-co.jpg)", "picture-missing", "khong-co.jpg"),
        ("![x](/media/b.pdf)", "picture-kind", "/media/b.pdf"),
        ("![x](../b.md)", "picture-kind", "../b.md"),
        ("![x](https://example.net/a.jpg)", "picture-external", "https://example.net/a.jpg"),
        ('<img src="//example.net/a.jpg">', "picture-external", "//example.net/a.jpg"),
    ],
)
def test_what_leads_nowhere_is_refused(source: str, code: str, reference: str) -> None:
    assert refused(source) == [(code, reference)]
    assert not [each for each in parse(convert(source).text).walk() if "src" in each.attributes]


def test_links_elsewhere_stay_as_they_are() -> None:
    page = tree("[a](https://example.org/x) <https://example.org> [b](tel:0235) [c](#muc)")
    assert [each.attributes["href"] for each in page.find_all("a")] == [
        "https://example.org/x",
        "https://example.org",
        "tel:0235",
        "#muc",
    ]


def test_tables_can_be_scrolled_and_have_heads_and_alignment() -> None:
    page = tree("| Tên | Số | Giữa |\n|:--|--:|:-:|\n| a | 1 | x |\n| b | 2 | y |")
    frame = page.find("div", class_="table")
    assert (frame.attributes["role"], frame.attributes["tabindex"]) == ("region", "0")
    assert [each.attributes["scope"] for each in frame.find_all("th")] == ["col"] * 3
    row = frame.find("tbody").find("tr")
    assert [each.attributes["class"] for each in row.find_all("td")] == [
        "align-left",
        "align-right",
        "align-center",
    ]
    assert "style" not in convert("| a |\n|--:|\n| b |").text


@pytest.mark.parametrize(("tables", "names"), [(1, ["Bảng"]), (3, ["Bảng 1", "Bảng 2", "Bảng 3"])])
@pytest.mark.parametrize("quoted", ["", "> "])
def test_several_tables_have_names_that_tell_them_apart(
    tables: int, names: list[str], quoted: str
) -> None:
    table = "| Năm | Số |\n| --- | --- |\n| 2025 | 1 |"
    last = table.replace("| Năm", f"{quoted}| Năm").replace("\n", f"\n{quoted}")
    page = tree("\n\nChữ ở giữa.\n\n".join([*[table] * (tables - 1), last]))
    assert [each.attributes["aria-label"] for each in page.find_all(role="region")] == names


def test_footnotes_lead_there_and_back() -> None:
    page = tree("Chữ[^1] và chữ[^ghi].\n\n[^1]: Một.\n[^ghi]: Hai.")
    references = page.find_all("a", class_="footnote-ref")
    backs = page.find_all("a", class_="footnote-backref")
    ids = {each.attributes["id"] for each in page.walk() if "id" in each.attributes}
    assert len(references) == len(backs) == 2
    assert {each.attributes["href"][1:] for each in (*references, *backs)} <= ids
    assert backs[0].attributes["title"].startswith("Quay lại")


def test_a_footnote_that_is_defined_in_another_is_one_of_its_own() -> None:
    page = tree("Một[^1], hai[^2].\n\n[^1]: [^2]: thứ hai\n\n[^3]: Xem[^1].\n\n    [^4]: cuối\n")
    assert "thứ hai" in page.text
    assert "cuối" in page.text
    assert [each.text for each in page.find_all("a", class_="footnote-ref")] == ["1", "3", "1"]


def test_two_bodies_do_not_share_footnotes_or_headings() -> None:
    source = "## Mục\n\nChữ[^1].\n\n[^1]: Một."
    assert convert(source) == convert(source)


def test_definitions_lists_and_quotes() -> None:
    page = tree("Đảng bộ\n: Tổ chức đảng\n\n- a\n- b\n\n3. c\n4. d\n\n> trích")
    assert (page.find("dt").text, page.find("dd").text) == ("Đảng bộ", "Tổ chức đảng")
    assert len(page.find("ul").find_all("li")) == len(page.find("ol").find_all("li")) == 2
    assert page.find("ol").attributes["start"] == "3"
    assert page.find("blockquote").text == "trích"


def test_headings_have_ids_that_keep_their_letters() -> None:
    page = tree("# Đảng\n\n## Đảng\n\n### Ưu điểm, 92,4%\n\n## …\n\n##### Sâu")
    assert [(each.tag, each.attributes["id"]) for each in page.walk()] == [
        ("h2", "dang"),
        ("h2", "dang_1"),
        ("h3", "uu-diem-924"),
        ("h2", "muc"),
        ("h5", "sau"),
    ]


def test_typography() -> None:
    text = tree("\"Đảng\" nói 'vậy' -- năm 2020 -- 2025...").text
    assert text == "“Đảng” nói ‘vậy’ – năm 2020 – 2025…"
    assert tree('`"mã" --`').find("code").text == '"mã" --'


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>chữ",
        "<style>p{}</style>chữ",
        "<p onclick='x()'>chữ</p>",
        "<a href='javascript:x()'>chữ</a>",
        "[chữ](javascript:x)",
        "[chữ](JaVaScRiPt&colon;x)",
        "<a href='java\tscript:x()'>chữ</a>",
        "<a href='java&Tab;script:x()'>chữ</a>",
        "<a href='java\nscript:x()'>chữ</a>",
        "<a href='java&NewLine;script:x()'>chữ</a>",
        "<a href='&#1;javascript:x()'>chữ</a>",
        "<a href=' javascript:x()'>chữ</a>",
        "[chữ](java&Tab;script:x)",
        "[chữ](<java\tscript:x>)",
        "<svg onload=x()>chữ</svg>",
        "<form action=x><input>chữ</form>",
        "<object data=x>chữ</object>",
        "<base href='https://example.net/'>chữ",
        "<meta http-equiv=refresh content=0>chữ",
        "<link rel=stylesheet href=//example.net>chữ",
        "<p style='position:fixed'>chữ</p>",
        "![chữ](javascript:x)",
        '<a data-embed="https://example.net" class="video-play" href="#x">chữ</a>',
        "<math><mtext><table><mglyph><style><img src=x onerror=y>chữ",
        "<noscript><p title='</noscript><img src=x onerror=y>'>chữ",
        "chữ <img src='/media/a.jpg' onerror='x()'>",
        "chữ\n{: onclick='x()' style='color:red' }",
        "![chữ](/media/a.jpg){ onload=x() }",
        "## chữ { #a onclick=x }",
    ],
)
def test_what_a_page_must_not_hold_is_gone(source: str) -> None:
    assert find_dangers(convert(source).text) == []


def find_dangers(html: str) -> list[str]:
    """Return what a browser would run, load or send that no body may."""
    dangers = []
    forbidden = "script style iframe object embed form input base meta link svg math template"
    for element in parse(html).walk():
        if element.tag in forbidden.split():
            dangers.append(element.tag)
        for name, value in element.attributes.items():
            # As browsers read an address: without tabs and line ends, and controls around it.
            plain = re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(33)))).lower()
            if name.startswith("on") or name in {"style", "srcset", "srcdoc", "action"}:
                dangers.append(f"{element.tag} {name}")
            if name in {"href", "src"} and re.match(r"(?!https?:|mailto:|tel:)[a-z]+:", plain):
                dangers.append(f"{element.tag} {name}={value}")
            if name == "src" and not re.match(r"/(?!/)", value):
                dangers.append(f"{element.tag} {name}={value}")
            if name == "data-embed" and not value.startswith(
                ("https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/")
            ):
                dangers.append(f"{element.tag} {name}={value}")
    return dangers


FRAGMENT = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            *(
                "\n",
                "\n\n",
                "    ",
                "- ",
                "1. ",
                "> ",
                "# ",
                "|",
                "|-|\n",
                "**",
                "_",
                "`",
                '"',
                "'",
            ),
            *("[", "](", ")", "![", "](/media/a.jpg)", "[^1]", "[^1]: ", "{: ", "}", " }", ".x "),
            *(
                "<",
                ">",
                "</",
                "/>",
                "=",
                "&",
                "&lt;",
                "&#x6a;",
                "\\",
                "\x02",
                "\x03",
                "klzzwxh:0001",
            ),
            *("<script>", "</script>", "<img src=x onerror=y>", " onclick=x ", "javascript:x"),
            *("<a href='", "<p ", "<table>", "<svg>", "<style>", "<!--", "-->", "<![CDATA[", "<?"),
            *("<iframe src='https://youtu.be/a'", "></iframe>", "https://youtu.be/a", "<figure>"),
            *(
                '<a class="video-play" data-embed="x" href="y">',
                "<img ",
                'src="/media/a.jpg"',
                "</a>",
            ),
        ]
    ),
)


@settings(max_examples=300)
@given(st.lists(FRAGMENT, max_size=25).map("".join))
@example('![" onload=x ](/media/a.jpg)')
@example('![<script>](https://youtu.be/a "<script>")')
@example('<img alt="<script>x</script>" src="/media/a.jpg">')
@example("[<img src=x onerror=y>](../b.md)")
def test_whatever_is_written_a_page_never_runs_it(source: str) -> None:
    try:
        html = convert(source).text
    except MarkupError:
        return
    assert find_dangers(html) == []
    # Every element that is opened is closed in order: a body never spills into its page.
    assert is_balanced(html)


def is_balanced(html: str) -> bool:
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?>", html):
        if closing:
            if not opened or opened.pop() != name:
                return False
        elif name not in VOID:
            opened.append(name)
    return not opened


@given(st.lists(FRAGMENT, max_size=15).map("".join))
def test_converting_is_a_function_of_the_text(source: str) -> None:
    def attempt() -> Html | tuple[str, int]:
        try:
            return convert(source)
        except MarkupError as error:
            return error.reason, error.line

    assert attempt() == attempt()


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a\n\n" + "> " * 100 + "b", 3),
        ("- " * 100 + "a", 1),
        ("\n".join("  " * depth + "- a" for depth in range(100)), None),
        ("a\n\n" + "[" * 5000, 3),
        ("a\n" + "*" * 5000, 2),
        ("<" * 5000, 1),
        ("x" * 100_001, 1),
        ("| a |\n" * 3000, None),
    ],
)
def test_what_would_take_forever_is_refused(source: str, line: int | None) -> None:
    with pytest.raises(MarkupError) as caught:
        convert(source)
    assert caught.value.reason
    assert line in {None, caught.value.line}


@pytest.mark.parametrize(
    ("source", "summary"),
    [
        ("Một đoạn.\n\nHai.", "Một đoạn."),
        (
            "## Mục\n\n![x](a.jpg)\n\n> trích\n\n- a\n\nĐoạn **đầu** [tiên](x.md)[^1].",
            "Đoạn đầu tiên.",
        ),
        ("", ""),
        ("![x](a.jpg)", ""),
        ("<div>x</div>", ""),
        ("a & b < c", "a & b < c"),
        ("từ " * 60, "từ " * 44 + "từ…"),
    ],
)
def test_the_summary_is_the_first_paragraph_as_plain_text(source: str, summary: str) -> None:
    assert summarise(source) == summary


@given(st.lists(FRAGMENT, max_size=20).map("".join))
def test_a_summary_is_one_line_of_at_most_45_words(source: str) -> None:
    summary = summarise(source)
    assert "\n" not in summary
    assert len(summary.split()) <= 45
