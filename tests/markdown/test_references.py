import sysconfig
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.reference_paths import resolve_path, write_reference
from sitegen.markdown.conversion import find_references, to_html
from sitegen.markdown.limits import MarkupError
from sitegen.markdown.references import canonical_reference, locate_reference
from sitegen.views import BodyView

SITE = "https://tinh.example/portal"
NOWHERE = BodyView("content/a.md", 0, b"", (), (), site=SITE)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("[chữ](b.md)", ["b.md"]),
        ("[chữ](<b c.md>)", ["b c.md"]),
        ('[chữ](b.md "tựa")', ["b.md"]),
        ("[chữ](../2023/b%C3%A0i.md#muc-2)", ["../2023/bài.md"]),
        ("[chữ](/tin/?trang=2)", ["/tin/"]),
        ("[a](b(1).pdf)", ["b(1).pdf"]),
        ("![ảnh](/media/a.jpg)", ["/media/a.jpg"]),
        ("[![ảnh](a.jpg)](b.md)", ["a.jpg", "b.md"]),
        ("[chữ][1]\n\n[1]: b.md", ["b.md"]),
        ("[chữ][1]\n\n  [1]: <b.md> 'tựa'", ["b.md"]),
        ('<a href="b.md">chữ</a>', ["b.md"]),
        ("<img alt='' src='a.jpg'>", ["a.jpg"]),
        ('<a href="b.md?x=1&amp;y=2">chữ</a>', ["b.md"]),
        ("[a](b.md) và [c](d.md) và [a](b.md)", ["b.md", "d.md"]),
        ("[Từ đ](đảng.md)", ["đảng.md"]),
        ("[Tải](/media/tai-lieu/De an nhan su.pdf)", ["/media/tai-lieu/De an nhan su.pdf"]),
        ("![](/media/anh/mat (1).jpg)", ["/media/anh/mat (1).jpg"]),
        ('[a](b (c (d)).md "tựa (1)")', ["b (c (d)).md"]),
        (r"[a](mat\_1.md)", ["mat_1.md"]),
        ("[a](\nb.md\n)", ["b.md"]),
        ("[a](https://tinh.example/portal/tin/?x=1#y)", ["/tin/"]),
        ("[a](http://www.tinh.example/portal)", ["/"]),
        ("Xem https://tinh.example/portal/tin/.", ["/tin/"]),
        ("Xem <https://tinh.example/portal/tin/>", ["/tin/"]),
        ("[https://tinh.example/portal/a/](https://tinh.example/portal/b/)", ["/b/"]),
        ("![](https://tinh.example/portal/media/a.jpg)", ["/media/a.jpg"]),
        ('<a href="//x.vn">a</a> <a href="https://tinh.example/portal/a/">b</a>', ["/a/"]),
        ("[a][1]\n\n[1]:\n  b.md", ["b.md"]),
        ("<a href=/media/x.pdf>chữ</a>", ["/media/x.pdf"]),
        ("<a class=x href = b.md title='x'>chữ</a>", ["b.md"]),
        ("giá `10 nghìn\n\n[a](b.md)\n\nvà 20` nghìn", ["b.md"]),
        ("\\`[a](b.md)\\`", ["b.md"]),
        ("[Từ đ](\N{LATIN SMALL LETTER A}\N{COMBINING ACUTE ACCENT}.md)", ["á.md"]),
    ],
)
def test_finds_relative_links(source: str, found: list[str]) -> None:
    assert list(find_references(source, SITE).references) == sorted(found)
    assert {each.reference for each in to_html(source, NOWHERE).refused} == set(found)


@pytest.mark.parametrize(
    "source",
    [
        "chữ thường",
        "[chữ](https://example.org/b)",
        "[chữ](HTTP://example.org/b)",
        "[chữ](//example.org/b)",
        "[chữ](mailto:a@example.org)",
        "[chữ](#muc-2)",
        "[chữ](?trang=2)",
        "[chữ]()",
        "`[chữ](b.md)`",
        "``[chữ](b.md) ` ``",
        "<!-- [chữ](b.md) -->",
        r"[chữ\](b.md)",
        "[^1]: b.md",
        "năm = 'b.md'",
        "[chữ](www.example.org/b)",
        "[chữ](ten@example.org)",
        "[chữ](0235 3852 485)",
        "[chữ](https:/example.org/b)",
        "[chữ](https://tinh.example/khac/)",
        "[chữ](https://tinh.example/portal//b)",
        "[chữ](https://tinh.example.net/portal/b)",
        "`https://tinh.example/portal/tin/`",
    ],
)
def test_leaves_everything_else(source: str) -> None:
    assert find_references(source, SITE).references == ()


@pytest.mark.parametrize(
    ("source", "anchors"),
    [
        ("[a](b.md#mu%E1%BB%A5c) [c](#d) [e](f.md)", ["b.md#muục"]),
        ("[a](https://tinh.example/portal/tin/#x)", ["/tin/#x"]),
        ('<a href="b.md#c">d</a>\n\n[e][1]\n\n[1]: f.md#g', ["b.md#c", "f.md#g"]),
        ("[a](https://example.org/#b) `[a](b.md#c)`", []),
    ],
)
def test_finds_links_to_parts_of_other_pages(source: str, anchors: list[str]) -> None:
    assert list(find_references(source, SITE).anchors) == anchors


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("b.md", "b.md"),
        (" b.md ", "b.md"),
        ("a%20b.md", "a b.md"),
        ("b.md?x#y", "b.md"),
        ("", ""),
        ("#x", ""),
        ("tel:0235", ""),
        ("data:text/html,x", ""),
        ("/media/a.jpg", "/media/a.jpg"),
        ("C:\\a.md", ""),
    ],
)
def test_canonical_form(written: str, reference: str) -> None:
    assert canonical_reference(written) == reference


@given(st.text(max_size=40))
def test_the_canonical_form_is_never_an_address_elsewhere(written: str) -> None:
    reference = canonical_reference(written)
    assert "#" not in written or "#" not in reference or "%23" in written
    assert not reference.startswith("//")


@pytest.mark.parametrize(
    ("owner", "reference", "path"),
    [
        ("content/tin/2024/a.md", "b.md", "content/tin/2024/b.md"),
        ("content/tin/2024/a.md", "../b.md", "content/tin/b.md"),
        ("content/tin/2024/a.md", "./anh/../a.jpg", "content/tin/2024/a.jpg"),
        ("content/tin/2024/a.md", "/media/a.jpg", "content/media/a.jpg"),
        ("content/tin/2024/a.md", "/media/../x.jpg", ""),
        ("content/tin/2024/a.md", "../../../config.yaml", ""),
        ("content/tin/2024/a.md", "../../../content/x.md", "content/x.md"),
        ("content/tin/2024/a.md", "/etc/passwd", ""),
        ("content/tin/2024/a.md", "../../../../etc/passwd", ""),
        ("content/a.md", "..", ""),
        ("content/tin/đ.md", "đ2.md", "content/tin/đ2.md"),
    ],
)
def test_paths(owner: str, reference: str, path: str) -> None:
    assert resolve_path(owner, reference) == path


@pytest.mark.parametrize("owner", ["content/a.md", "content/tin/2024/a.md", "content/media/a.md"])
@pytest.mark.parametrize("path", ["content/b.md", "content/tin/b.md", "content/media/anh/a.jpg"])
def test_a_file_is_named_so_that_it_is_found(owner: str, path: str) -> None:
    assert resolve_path(owner, write_reference(owner, path)) == path


@given(st.text(alphabet="./ab%\\đ ", max_size=30))
def test_no_reference_leads_out_of_the_content(reference: str) -> None:
    path = resolve_path("content/tin/a.md", reference)
    assert not path or (path.startswith("content/") and ".." not in path.split("/"))


def test_locates_a_reference_by_line_and_column() -> None:
    source = "Một dòng.\n\nChữ [a](b.md) và `[c](d.md)`\n[c](d.md#x)\n"
    assert locate_reference(source, "b.md") == (3, 9)
    assert locate_reference(source, "d.md") == (4, 5)
    assert locate_reference(source, "e.md") == (1, 1)


# Documents as editors write them: what the scan finds must cover all that the conversion meets.
ADDRESS = st.one_of(
    st.from_regex(
        r"\A(?:\.\./|/media/)?[a-zđ]{1,5}(?:-[a-z0-9]{1,3}|%20|\([0-9]\))?\.(?:md|jpg)\Z"
    ),
    st.from_regex(r"\A[a-z]{1,5}\.md#[a-z]{1,3}\Z"),
    st.sampled_from(["/tin/2024/05/bai/", "https://example.org/a", "#muc", "mailto:a@example.org"]),
    st.sampled_from([f"{SITE}/tin/", "http://www.tinh.example/portal/media/a.jpg", f"{SITE}s/"]),
    st.sampled_from(["www.a.vn/x", "www.tinh.example/portal/x", "ten@a.vn", "0235852485"]),
)
WORDS = st.text(alphabet="abcđêộ ,.-–…\"'&*_0123456789()!:", max_size=12)
TITLE = st.sampled_from(["", ' "Chú thích"', " 'Chú thích (1)'"])
INLINE = st.one_of(
    WORDS,
    st.builds("[{}]({}{})".format, WORDS, ADDRESS, TITLE),
    st.builds("![{}]({}{})".format, WORDS, ADDRESS, TITLE),
    st.builds("[{}](<{}>)".format, WORDS, ADDRESS),
    st.builds("[![{}]({})]({})".format, WORDS, ADDRESS, ADDRESS),
    st.builds("**[{}]({})**".format, WORDS, ADDRESS),
    st.builds("`[{}]({})`".format, WORDS, ADDRESS),
    st.builds('<a href="{}">{}</a>'.format, ADDRESS, WORDS),
    st.builds("<img src='{}' alt='{}'>".format, ADDRESS, st.just("x")),
    st.builds("[{}]({}){{ .right }}".format, WORDS, ADDRESS),
    st.builds("[{}]({} {})".format, WORDS, ADDRESS, ADDRESS),
    st.builds("![{}]( {} ({}){})".format, WORDS, ADDRESS, WORDS, TITLE),
    st.builds("[{}]({}\\_{})".format, WORDS, ADDRESS, ADDRESS),
    st.builds("<a href={} class=x>{}</a>".format, ADDRESS, WORDS),
    st.sampled_from(
        ["[chú thích][x]", "[x][]", "[x]", "ghi chú[^1]", "<br>", "`", "``", "\\`", "<!--", "-->"]
    ),
)
LINE = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
BLOCK = st.one_of(
    LINE,
    LINE.map("## {}".format),
    LINE.map("> {}".format),
    st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {x}" for x in lines)),
    st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"1. {x}" for x in lines)),
    st.builds("| a | b |\n|---|---|\n| {} | {} |".format, LINE, LINE),
    LINE.map("Từ\n: {}".format),
    LINE.map("[^1]: {}".format),
    st.builds("[x]: {}{}".format, ADDRESS, TITLE),
    st.builds("[x]:\n    {}{}".format, ADDRESS, TITLE),
    LINE.map("<div>{}</div>".format),
    LINE.map("    {}".format),
)
DOCUMENT = st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join)


# What links and code are made of, in any order.
SIGNS = (
    *("](", "](b.md)", "[a", "[a]: b.md", "[a](b.md", "]:", '[x](a.md "t")', "[x]", "![", "[^1]: "),
    *("<a href=", "<img ", "href=", "HREF = ", " \u017frc='", " src='", "=", '"', "'", "<", ">"),
    *("https://tinh.example/portal/b", "www.tinh.example/portal/c", "www.a.vn"),
    *("a.md", "/media/a b.jpg", "(", ")", "`", "``", "\\", "<!--", "-->", "<div>", "</div>"),
    *(" ", "x", "đ", "*", "_", "&amp;", "{", "}", "|", "\n|---|\n"),
    *("\n", "\n\n", "\n  [", "- ", "1. ", "> ", "# ", "    "),
)
SOUP = st.lists(st.sampled_from(SIGNS), max_size=14).map("".join)


def list_met(source: str) -> set[str]:
    """Return the references that the conversion asks for."""
    refused = to_html(source, NOWHERE).refused
    return {each.reference for each in refused if canonical_reference(each.reference)}


@given(st.one_of(DOCUMENT, SOUP))
def test_what_is_found_is_all_that_the_conversion_meets(source: str) -> None:
    try:
        met = list_met(source)
    except MarkupError:
        return
    assert met <= set(find_references(source, SITE).references)


# Documents that none of us wrote: those that come with the packages in use.
DOCUMENTS = sorted(
    path for path in Path(sysconfig.get_path("purelib")).rglob("*.md") if path.stat().st_size
)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_found_in_the_documents_of_packages_is_all_that_the_conversion_meets(
    path: Path,
) -> None:
    source = path.read_text("utf-8", "replace").replace("\r\n", "\n")
    try:
        met = list_met(source)
    except MarkupError:
        pytest.skip("beyond the limits of a text")
    assert met <= set(find_references(source, SITE).references)
