"""The prose converter gives what Python-Markdown gives, to the letter."""

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.markdown import conversion, prose
from sitegen.markdown.conversion import summarise, to_html, to_html_with_library
from sitegen.markdown.dialect import understand
from sitegen.markdown.limits import MarkupError
from sitegen.markdown.links import Html, Refusal
from sitegen.markdown.prose import convert_prose
from sitegen.markdown.signs import encode, list_signs
from sitegen.views import BodyView, Picture, Target
from support.doubles import replace_everywhere
from support.site_folder import REPOSITORY

VIEW = BodyView(
    "content/tin/a.md",
    0,
    b"",
    (
        Target("/media/a.jpg", "picture", picture=Picture("/media/a.jpg", 800, 600, "")),
        Target("ve.svg", "picture", picture=Picture("/media/tin/ve.svg", 0, 0, "")),
        Target("/media/v.mp4", "file", "/media/v.mp4", size="MP4, 2,0 MB"),
        Target("b.pdf", "file", "/media/tin/b.pdf", size="PDF, 120 KB"),
        Target("../b.md", "page", "/portal/tin/2024/05/b/"),
        Target("bài.md", "page", "/portal/tin/2024/05/bai/"),
        Target("h.md", "hidden"),
        Target("m.md", "missing"),
        Target("/gioi-thieu/", "page", "/portal/gioi-thieu/"),
    ),
    ("www.youtube.com", "youtu.be", "vimeo.com"),
    site="https://tinh.example/portal",
)


def summarise_plainly(source: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        replace_everywhere(patch, convert_prose, lambda *_: None)
        return summarise(source)


def attempt(
    convert: Callable[[str, BodyView], Html], source: str
) -> tuple[str, tuple[Refusal, ...]] | tuple[str, int]:
    try:
        converted = convert(source, VIEW)
    except MarkupError as error:
        return error.reason, error.line
    return converted.text, converted.refused


def assert_the_same(source: str) -> None:
    assert attempt(to_html, source) == attempt(to_html_with_library, source)
    assert summarise(source) == summarise_plainly(source)


def left_over(source: str) -> list[str] | None:
    """Return the blocks of ``source`` that are left to Python-Markdown, or ``None`` for all."""
    source = understand(source, VIEW.video_hosts)
    left: list[str] = []

    def note(block: str) -> Html | None:
        left.append(block)
        return conversion._convert_block(block, VIEW)

    encoded = source.encode()
    return left if convert_prose(source, encoded, list_signs(encoded), VIEW, note) else None


# What news is made of. Words, and the signs between them.
WORDS = st.sampled_from(
    [
        *(
            "Đảng",
            "chi bộ",
            "ủy",
            "tin",
            "a",
            "2023",
            "12,5%",
            "(xã)",
            "Tam Kỳ,",
            "“khéo”",
            "e\u0301",
        ),
        *(
            '"chi bộ"',
            '"Đảng',
            'ủy"',
            '("a")',
            '"a",',
            '"a".',
            "--",
            "...",
            "a...",
            "...a",
            "–",
            "-",
        ),
        *("**đậm**", "*nghiêng*", "**đậm**,", "(*a*)", '**"a"**', '"**a**"', "**a b**", "a**b**c"),
        *("[liên kết](https://example.org/x)", "[b](../b.md#muc)", '["tên"](bài.md)', "[c](b.pdf)"),
        *("[mất](m.md)", "[không có](x.md)", "[ẩn](h.md)", "**[a](../b.md)**", "[a](#muc),"),
        *("[a](https://example.org/a_b?c=d#e)", "[a](https://example.org)", "1.", "R & D", "a > b"),
    ]
)
BORDERS = st.sampled_from(
    [
        *("[a](https://tinh.example/portal/gioi-thieu/#x)", "[a](https://tinh.example/portal/k/)"),
        *("[a](https://tinh.example/khac/)", "[a](http://www.tinh.example/portal?x=1)"),
        *(
            "[a](www.a.vn)",
            "[a](ten@a.vn)",
            "[a](0235852485)",
            "[a](https//a.vn)",
            "[a](http:/a.vn)",
        ),
        *("[a](http:/a.vn)", "[a](htp://a.vn)", "https://tinh.example/portal/gioi-thieu/"),
        *("*", "**", "***", "_", "_a_", "__a__", "`", "`a`", "~", "\\", "\\*", "<", "<b>", "&amp;"),
        *("&", "'", "'a'", '"', '""', "\"'", "---", "----", "-- --", "....", "  ", "|", "a | b"),
        *("[", "]", "](", ")", "!", "![a](/media/a.jpg)", "[^1]", "[x][y]", "[x]", "{", "{: .c}"),
        *('[a](b "c")', "[a](<b>)", "[a]( b)", "[a](b(c))", "[*a*](b)", "[a](//b.c)", "[a](x:y)"),
        *("[a](https://1.2.3.4/)", "[a](https://xn--a.b/)", "[a](https://a.b:99999/)", "[](a)"),
        *("\xa0", "\u200b", "\u2028", "\x02", "\x03", "\ufeff", "\t", "**a*", "*a **b** c*", "a_b"),
        *("a\xa0b", '\xa0"', '"\xa0', "[a\nb](b.pdf)", "`[a](x.md)`", "\\[a](x.md)"),
        *("—", '—"', '--"', '"--', '"(', '("', "https://a.b/c_d", "#", "+", ":", "=", "1)", "¾"),
        *(
            "T/M ĐẢNG",
            "**KT. BÍ",
            "1-",
            "a-",
            "I-",
            "8g00 -",
            "9 giờ:",
            "Khoản 2.",
            "2.Hai",
            "1.Một",
        ),
        *("**a **b", "** a**", "| a | b", "https://www.youtube.com/watch?v=aB3dE5gH7jK", "{{ a }}"),
    ]
)
SPACES = st.sampled_from([" ", " ", " ", " ", "", "\n"])


def lines(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.lists(st.tuples(parts, SPACES), min_size=1, max_size=8)
    return pairs.map(lambda each: "".join(part + space for part, space in each).strip(" "))


def blocks(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    line = lines(parts)
    one = line.map(lambda text: text.replace("\n", " "))
    picture = st.sampled_from(
        [
            '![Lễ trao](/media/a.jpg "Quang cảnh (2024)")',
            "![](ve.svg)",
            '![A "b"](/media/a.jpg " c & d ")',
            "![A](/media/v.mp4)",
            "![A](https://youtu.be/aB3)",
            '![A](https://example.org/a.jpg "x")',
            "![A](x.jpg)",
            "![A](b.pdf)",
            '![a**b](/media/a.jpg "--")',
        ]
    )
    return st.one_of(
        line,
        line,
        st.builds("{} {}".format, st.sampled_from(["#", "##", "###", "######"]), one),
        st.lists(one, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {x}" for x in items)),
        st.lists(one, min_size=1, max_size=3).map(lambda items: "\n".join(f"* {x}" for x in items)),
        st.builds(
            lambda start, items: "\n".join(f"{start + n}. {x}" for n, x in enumerate(items)),
            st.integers(1, 12),
            st.lists(one, min_size=1, max_size=3),
        ),
        st.builds("Chi bộ\n:   Tin {}\n: Tin {}".format, one, one),
        line.map(lambda text: "\n".join(f"> {x}" for x in text.split("\n"))),
        st.lists(picture, min_size=1, max_size=3).map("\n".join),
        st.builds(
            "| {} | {} |\n|{}|{}|\n| {} |{}|\n|{} | {} |".format,
            *(one, one),
            *[st.sampled_from(["---", ":--", "--:", ":-:", " - "])] * 2,
            *(one, one, one, one),
        ),
    )


def documents(
    parts: st.SearchStrategy[str], breaks: tuple[str, ...] = ("\n\n",)
) -> st.SearchStrategy[str]:
    pieces = st.lists(st.tuples(blocks(parts), st.sampled_from(breaks)), min_size=1, max_size=6)
    return pieces.map(lambda each: "".join(block + end for block, end in each))


NEWS = documents(WORDS, ("\n\n", "\n\n", "\n\n", "\n\n\n"))
MIXED_WORDS = st.one_of(WORDS, WORDS, BORDERS)
ODD_BLOCKS = st.sampled_from(
    [
        *(
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "|a|\n|-|\n|b|",
            "| a |\n|:|\n| b |",
            "|a|b\n|-|-\n|c|d",
        ),
        *(
            "a | b\n- | -\nc | d",
            "| a | b |\n|---|---|\n| 1 |",
            "| a |\n| - |",
            "a\n: b",
            "a\nb\n: c\nd",
            "a\n: 1. b\n: c",
            "a \n:  b \n:    c",
            "a\n: b\n:- c",
            ": c",
            "    code",
            "  x",
            "---",
            "- - -",
        ),
        *(
            "Tựa\n===",
            "Tựa\n---",
            "* * *",
            "- a\n  b",
            "- a\n\n  b",
            "> a\nb",
            "> > a",
            ">",
            "> - a",
        ),
        *(
            "<div>\nx\n</div>",
            "<!-- x -->",
            "[^1]: x",
            "[x]: y",
            "[a\nb]: c",
            "#",
            "##a",
            "## a ##",
        ),
        *("1) a", "01. a", "- # a", "- 1. a", "- ", "-a", "+ a\n- b", "```\na\n```", "####### a"),
        *(
            "a\n## b",
            "## a\nb",
            "> a\n## b",
            "- a\n## b\n- c",
            "{: .c}",
            "a\n{: .c}",
            "\n \n",
            "-- a",
        ),
        *("![a](/media/a.jpg){: .right}", "![a](ve.svg)\n{: .wide}", "~~~\na\n~~~", "Chú thích:"),
        *(">  a", ">a\n>\n> b", "a\n- b\n- c", "a\n1. b", "٣. a", "a  \nb", "## [a](../b.md)"),
    ]
)


@given(source=NEWS)
@example('"a" "b" (" "c")')
@example('"& a')
@example('"----')
@example('"**a**"')
def test_news_is_the_same(source: str) -> None:
    assert_the_same(source)


@given(
    source=st.lists(
        st.one_of(blocks(WORDS), blocks(MIXED_WORDS), ODD_BLOCKS).flatmap(
            lambda block: st.sampled_from([f"{block}\n\n"] * 3 + [f"{block}\n", f"{block} \n\n"])
        ),
        max_size=6,
    ).map("".join)
)
@example("> a b\n> c \n")
@example("a\n\n- b\n\n- c\n- d\n\ne")
@example("1. a\n\n1. b\n\n- c\n\n> d\n\n> e")
@example("[`a](x.md) [b`](y.md)")
def test_what_borders_on_news_is_the_same(source: str) -> None:
    assert_the_same(source)


PIECES = [
    *("Đảng", "chi bộ ", "tin. ", "a", "\n", "\n\n", "    ", "  \n", "\t"),
    *("*", "**", "_", "`", "~", "\\", "<", "<b>", "</b>", ">", "&amp;", "&", '"', "'", "--", "..."),
    *("- ", "* ", "1. ", "# ", "## ", "> ", ":   ", "\n:   ", "|", "|---|\n", "\n===\n", "\n---\n"),
    *("[x](y)", "[", "](", ")", "!", "![a](b)", "[^1]", "[^1]: ", "[x]: y", "{: .c}", "{", "}"),
    *(
        "T/M ĐẢNG\n",
        "1- ",
        "a- ",
        "8g00: ",
        "Câu 1: ",
        "1.a\n2.b",
        "**a **b",
        "|a|b|\n",
        "a | b | c\n",
    ),
    *("http://a.b", "<!-- x -->", "<div>\n", "</div>\n", "\x02", "\x03"),
]


@given(source=st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_document_is_the_same(source: str) -> None:
    assert_the_same(source)


@given(source=st.text())
def test_any_text_is_the_same(source: str) -> None:
    assert_the_same(source)


@given(source=st.text(alphabet='ab đ1"*.,-()[]\n!:\xa0&', max_size=60))
def test_any_text_of_few_signs_is_the_same(source: str) -> None:
    assert_the_same(source)


def test_most_news_is_prose() -> None:
    ways: list[list[str] | None] = []

    @given(source=NEWS)
    def note(source: str) -> None:
        ways.append(left_over(source))

    note()
    assert len(ways) >= 50
    assert ways.count([]) / len(ways) > 0.4


def test_the_sample_content_is_the_same_and_is_prose() -> None:
    articles = sorted((REPOSITORY / "content").rglob("*.md"))
    assert len(articles) > 40
    short = 0
    for path in articles:
        source = path.read_text("utf-8").split("---", 2)[2]
        assert_the_same(source)
        short += left_over(source) == []
    # Some show a film, a sound or a document.
    assert short / len(articles) > 0.9


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\n\n",
        "Một dòng.",
        "Hai\ndòng.\n\n\nĐoạn khác.\n",
        "Tiếng Việt ở dạng tách rời: e\u0302\u0301.",
        'Năm\xa02020 và "ba\xa0"',
        # Typography.
        'Ông nói: "Tốt", rồi "Vâng".',
        '"Mở đầu" và ("trong ngoặc") và "cuối"',
        "Năm 2020--2025 -- hết --- và...",
        "-- Lời thoại.",
        "R & D, a > b",
        # Emphasis and links.
        "**Đậm**, *nghiêng*, a**b**c",
        '**"Đậm"** và "**đậm**" nữa',
        "[ngoài](https://example.org/a_b?c=d#e) [trong](../b.md#muc) [tệp](b.pdf) [ẩn](h.md)",
        "[mất](m.md) [chưa có](x.md) [mục](#muc)",
        '**[đậm](../b.md)** ["Tên bài"](bài.md)',
        # Headings.
        "## Mục\n\n### Mục\n\n# Mục **lớn**\n\n## …",
        "## Mục\nĐoạn ngay dưới\n## Mục\nnữa",
        # Lists.
        "- a\n- b",
        "* a\n* **b**",
        "1. a\n2. b",
        "3. a\n4. b\n\n- c\n\nd\n\n- e",
        # Definitions.
        "Chi bộ ghép\n:   Chi bộ của **hai** phòng.\n\nNghỉ\n: a\n: b\n\n- c\n\nd\n:  e",
        "- a\n\n- b\n\n- c\n- d",
        "- a\n1. b",
        "1. a\n- b",
        "Gồm:\n- một\n- hai",
        "1) một\n2) hai",
        "](/media/a.pdf",
        "•\tmột\n•\thai",
        "  a",
        "    a",
        "2023 là năm thứ nhất. 12.500 người",
        # Quotations.
        "> trích",
        "> trích\n> tiếp\n>\n> đoạn hai\n\n> đoạn ba",
        # Tables.
        "| Tên | Số |\n|:---|---:|\n| **a** | 1 |\n| [b](../b.md) |  |",
        # Pictures.
        '![Lễ](/media/a.jpg "Quang cảnh (2024)")',
        '![A](/media/a.jpg)\n![B](ve.svg "b")',
        "![A](/media/v.mp4)",
        "![A](https://youtu.be/aB3)",
        "![A](khong-co.jpg)",
        "![A](https://example.org/a.jpg)",
    ],
)
def test_what_is_prose(source: str) -> None:
    assert left_over(source) == []
    assert_the_same(source)


@pytest.mark.parametrize(
    "block",
    [
        *("'nháy đơn'", "mã `x`", "gạch\\*chéo", "snake_case", '""', "2 * 3", "[lạ", "**hở"),
        *("***cả hai***", "**a *b* c**", '[a](b.md "tên")', "[a][b]", "[a](x:y)"),
        *("xuống  \ndòng", "chữ ![A](/media/a.jpg)", "a | b", "a | b\n--|--\n1 | 2"),
        *("![a](ve.svg) chữ", "![a](https://youtu.be/aB3 'b')"),
    ],
)
def test_one_paragraph_or_table_is_left_to_python_markdown(block: str) -> None:
    source = f"Đoạn.\n\n{block}\n\nĐoạn."
    assert left_over(source) == [block]
    assert_the_same(source)


@pytest.mark.parametrize(
    "source",
    [
        *(
            "<b>a</b>",
            "a < b",
            "[a](<b.md>)",
            "&amp;",
            "a\n{: .c}",
            "a\tb",
            "a \xa0b",
            "a\x02b",
            "a\rb",
            "\ufeffa",
        ),
        *("[^1]\n\n[^1]: a", "[x]\n\n[x]: y", "a\n:    b", "a\nb\n: c", "a\n\n: b"),
        *("Tựa\n===", "Tựa\n---", "## [a](b.md)", "## 'a'", "## a ##", "####### a", "#"),
        *("---", "* * *", "a\n--", "- a\n  b", "- a\nb", "- - a", "- # a", "- 1. a"),
        *("01. a", "0. a", "- _a_", "> a\nb", "> > a", "> - a", "> # a", ">", "> 'a'"),
        "\n\n".join(["'a'"] * 5),
    ],
)
def test_a_document_that_is_left_to_python_markdown(source: str) -> None:
    assert left_over(source) is None
    assert_the_same(source)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 501,
        "\n\n".join(["[abcd " * 150] * 4),
        "a\n" + "- " * 100,
        "a\n" + "1. " * 100,
        "![" + "*" * 100 + "](/media/a.jpg)",
        "[a](https://example.org/" + "_" * 100 + ")",
        "[a](https://example.org/" + "~" * 100 + ")",
        "\n\n".join(["|" * 7_501] * 4),
        "a" * 100_001,
    ],
)
def test_what_is_refused_is_refused_all_the_same(source: str) -> None:
    with pytest.raises(MarkupError):
        to_html(source, VIEW)
    assert_the_same(source)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            '"',
            '" ',
            ' "',
            "*",
            "* ",
            "*a",
            "**a ",
            "[",
            "[a](",
            "[a](b",
            "![",
            "![a](b ",
            "--",
            "-",
        ),
        *(".", "a.", "\n-", "\n- ", "\n1.", "> ", ">", "#", "\n#", "\n# ", "&", " ", "a ", "\n "),
        *("1. ", "- ", "- a\n\n", "1. a\n\n", "> a\n\n", "# a\n\n", "'\n\n", "https://a.a.", "a\n"),
    ],
)
def test_prose_takes_time_in_proportion(piece: str) -> None:
    longest = conversion.LONGEST_LINE // len(piece) * piece
    began = time.perf_counter()
    for source in (f"a {longest}", longest):
        encoded = source.encode()
        convert_prose(source, encoded, list_signs(encoded), VIEW, lambda _: None)
    assert time.perf_counter() - began < 2


SPECIFICATION = REPOSITORY / "build/npm/node_modules/commonmark-spec/spec.txt"


@pytest.mark.skipif(not SPECIFICATION.exists(), reason="make prove installs the specification")
def test_the_examples_of_the_commonmark_specification_are_the_same() -> None:
    text = SPECIFICATION.read_text("utf-8").replace("→", "\t")
    examples = re.findall(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", text, re.DOTALL | re.MULTILINE)
    assert len(examples) > 600
    for source in examples:
        assert_the_same(source)


@given(source=st.text(st.characters(codec=None), max_size=40))
@example(source="\xa0")
@example(source="\u2028")
@example(source="“Đảng”")
def test_what_is_unusual_is_found_in_signs_as_in_characters(source: str) -> None:
    signs = list_signs(encode(source))
    assert prose._is_unusual(source, signs) == (prose._UNUSUAL.search(source) is not None)
