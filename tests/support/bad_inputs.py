"""What is refused: files as editors, old programs and attackers leave them."""

import io
import os
import re
import shutil
import struct
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from support.site_folder import CONFIG

BAI = "content/bai.md"
TIN = "content/tin.md"
TRANG = "content/pages/trang.md"
AN = "content/people/an.md"
CATEGORY = "hoat-dong-cua-co-so"
URL = f"/{CATEGORY}/2024/05/bai-thu/"
FIELDS = {
    "title": "Bài thử",
    "date": "2024-05-06 07:08",
    "category": "Hoạt động của cơ sở",
    "author": "Thu Hà",
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0"/></svg>'
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


def article(body: str = "Nội dung.", *, more: str = "", **fields: str | None) -> str:
    """Return an article: title to author on lines 2 to 5, then ``fields`` and the lines ``more``.

    The body begins two lines below the closing fence: on line 8 where nothing is added. A field
    given as ``None`` is left out.
    """
    written = {**FIELDS, **fields}
    lines = [f"{key}: {value}" for key, value in written.items() if value is not None]
    return "\n".join(["---", *lines, *([more] if more else []), "---", "", body, ""])


def page(**fields: str) -> str:
    """Return a standing page; its fields begin on line 2."""
    lines = [f"{key}: {value}" for key, value in fields.items()]
    return "\n".join(["---", *lines, "---", "", "Nội dung.", ""])


def person(**fields: str) -> str:
    """Return a person; further fields begin on line 4."""
    return page(name="Lê Văn An", post="Trưởng ban", **fields)


def picture(kind: str, size: tuple[int, int] = (8, 6), **options: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "red").save(written, kind, **options)
    return written.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """Return a PNG whose head promises more than its body holds."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def many_scans(number: int) -> bytes:
    """Return a JPEG that says everything again and again."""
    data = picture("JPEG", (64, 64), progressive=True)
    start = data.index(b"\xff\xda")
    return data[:start] + (data[start:-2] * number)[: 400 * number] + data[-2:]


Files = dict[str, str | bytes]


class Case(NamedTuple):
    name: str
    files: Files
    problems: tuple[str, ...]


def refuse(name: str, files: str | bytes | Files, *problems: str) -> Case:
    """Return a case of files, or of one article, and all problems: ``path:line:column: CODE``.

    The path is left out for the article.
    """
    places = (each if "/" in each or "config" in each else f"{BAI}:{each}" for each in problems)
    return Case(name, files if isinstance(files, dict) else {BAI: files}, tuple(places))


def config(old: str, new: str) -> Files:
    assert old in CONFIG
    return {"config.yaml": CONFIG.replace(old, new)}


def theme(path: str, text: str | bytes) -> Files:
    return {BAI: article(), f"templates/{path}": text}


BYTES = [
    refuse("UTF-16", article().encode("utf-16"), "1:1: file-encoding"),
    refuse("UTF-16 without a mark", article().encode("utf-16-le"), "1:1: file-encoding"),
    refuse("Latin-1", article(author="Ren\xe9", title="Bai thu").encode("latin-1", "replace"),
           "5:12: file-encoding"),
    refuse("Windows-1258", b"---\ntitle: \xd0a\xf2ng b\xf4\n", "2:8: file-encoding"),
    refuse("truncated UTF-8", article("Đảng bộ").encode()[:-2], "8:7: file-cut-off"),
    refuse("broken UTF-8 in the middle", "Đảng ".encode() + b"\xe1\xba \n", "1:6: file-encoding"),
    refuse("NUL", article("Một\n\nhai\0"), "10:4: file-nul"),
    refuse("a picture named as an article", picture("PNG"), "3:1: file-nul"),
    refuse("control character in a title", article(title="Bài\x07"), "2:11: control-character"),
    refuse("control character in a text", article("Một\n\nhai\x1b[31m"),
           "10:4: control-character"),
    refuse("a code that is no character", article("Một\n\nhai\uffff"), "10:4: control-character"),
    refuse("control character of C1 in a title", article(title="Bài\x92s"),
           "2:11: control-character"),
    refuse("empty file", "", "1:1: file-empty"),
    refuse("only white space", " \n\t\n\xa0", "1:1: file-empty"),
    refuse("only a byte-order mark", b"\xef\xbb\xbf", "1:1: file-empty"),
    refuse("Git LFS pointer", LFS, "1:1: file-lfs"),
    refuse("Git LFS pointer of a document", {"content/media/a.pdf": LFS},
           "content/media/a.pdf:1:1: file-lfs"),
    refuse("Git LFS pointer of a picture in use",
           {BAI: article(photo="/media/a.jpg", photo_caption="Ảnh"), "content/media/a.jpg": LFS},
           "content/media/a.jpg:1:1: file-lfs"),
    refuse("merge conflict in the fields",
           article(more="<<<<<<< HEAD\nlead: a\n=======\nlead: b\n>>>>>>> khac"),
           "6:1: file-conflict"),
    refuse("merge conflict in the text",
           article("Một\n\n<<<<<<< HEAD\na\n||||||| goc\nb\n=======\nc\n>>>>>>> khac"),
           "10:1: file-conflict"),
    refuse("merge conflict with CRLF",
           article("<<<<<<<\na\n=======\nc\n>>>>>>>").replace("\n", "\r\n"), "8:1: file-conflict"),
    refuse("bidi override in a title", article(title="Bài \u202e thử"), "2:8: hidden-character"),
    refuse("bidi isolate in a list", article(tags="[một, \u2067hai]"), "6:13: hidden-character"),
]  # fmt: skip

YAML = [
    refuse("duplicate key", article(more="title: Hai"), "6:1: field-repeated"),
    refuse("tab indent", article(more="tags:\n\t- chi bộ"), "7:1: yaml-tab"),
    refuse("no closing fence", article().replace("\n---\n\n", "\n\n"),
           "7:1: front-matter-unclosed"),
    refuse("no front matter", "# Bài\n\nNội dung.\n", "1:1: front-matter-missing"),
    refuse("an empty line above it", "\n" + article(), "1:1: front-matter-missing"),
    *(
        refuse(f"{fence} for ---", article().replace("---", fence),
               "1:1: front-matter-fence", "6:1: front-matter-fence")
        for fence in ("----", "—", "—-", "–--", "--", "-- -", "***", "___", "\u2212" * 3,
                      "\xa0---")
    ),
    *(
        refuse(f"{fence} for the closing ---", article().replace("\n---\n", f"\n{fence}\n")
               + "\n---\n\nHai.\n", "6:1: front-matter-fence")
        for fence in ("—-", "...", "--", " ---")
    ),
    refuse("no opening ---", article().removeprefix("---\n"), "1:1: front-matter-missing"),
    refuse("no closing --- but a rule in the text",
           article("Một.\n\n---\n\nHai.").replace("\n---\n\nMột", "\n\nMột"),
           "7:1: front-matter-unclosed"),
    refuse("TOML", '+++\ntitle = "Bài"\n+++\n\nNội dung.\n', "1:1: front-matter-other"),
    refuse("JSON", '{\n  "title": "Bài"\n}\n\nNội dung.\n', "1:1: front-matter-other"),
    refuse("a list at the top", "---\n- title: Bài\n---\n", "2:1: front-matter-form"),
    refuse("a text at the top", "---\nBài\n---\n", "2:1: front-matter-form"),
    refuse("no fields at all", "---\n---\n\nNội dung.\n", "2:1: author-missing",
           "2:1: field-missing", "2:1: field-missing", "2:1: field-missing"),
    *(
        refuse(f"title: {value}", article(title=value), "2:8: field-ambiguous")
        for value in ("no", "Off", "true", "2026", "0123", "1:10", "1_000", "0x1F", ".5", "~",
                      "null", "2024-05-06", "=", "<<")
    ),
    refuse("title null", article(title=""), "2:1: field-empty"),
    refuse("title of spaces", article(title='"  "'), "2:1: field-empty"),
    refuse("title: C# #1", article(title="C# #1"), "2:8: yaml-comment"),
    refuse("title: #1", article(title="#1"), "2:1: yaml-comment"),
    refuse("unquoted colon", article(title="Nghị quyết 03: học tập"), "2:8: yaml-quote"),
    *(
        refuse(f"title: {value}", article(title=value), "2:8: yaml-quote")
        for value in ('"Đảng" nói', '"Chưa đóng', "'Chưa đóng", "@bạn", "`a`", "%2e", "- a", "? a",
                      "*HÀN GIANG*", "&a b", "!b", "!!python/object:os.system rm", "> a",
                      "[Ảnh] Đảng bộ", "[Ảnh] Đảng bộ [video]", '"Phong trào "ba nhất""',
                      '"Đảng" và "Dân"', "'Đ'ăng'", "“Tin: mới”", '“Chưa: đóng"')
    ),
    refuse("a list as the title", article(title="[Ảnh]"), "2:8: field-text"),
    refuse("a group as the title", article(title="{a: b}"), "2:8: field-text"),
    refuse("anchor to itself", article(tags="&a [*a]"), "6:7: yaml-quote"),
    refuse("null as key", article(more="~: x"), "6:1: front-matter-form"),
    refuse("no key", article(more=": x"), "6:1: yaml-syntax"),
    refuse("a list as key", article(more="[a, b]: x"), "6:1: front-matter-form"),
    refuse("no colon", article(more="draft true"), "6:1: yaml-colon"),
    refuse("colon without space", article(more="draft:true"), "6:7: yaml-space"),
    refuse("colon without space in the first field",
           article().replace("title: ", "title:"), "2:7: yaml-space"),
    refuse("colon without space in every field",
           re.sub(r"(?m)^(\w+): ", r"\1:", article()), "2:7: yaml-space", "3:6: yaml-space",
           "4:10: yaml-space", "5:8: yaml-space"),
    *(
        refuse(f"U+{ord(colon):04X} for the colon", article(more=f"draft{colon} true"),
               "6:6: yaml-character")
        for colon in "：﹕︓ː˸∶꞉=;"  # noqa: RUF001
    ),
    *(
        refuse(f"U+{ord(space):04X} behind the colon", article().replace("e: ", f"e:{space}", 1),
               "2:7: yaml-character")
        for space in "\xa0\u3000\u2003\u202f\u200e"
    ),
    refuse("a tab before the colon and no space", article(more="draft\t:true"),
           "6:6: yaml-character"),
    refuse("a semicolon in every field", article().replace(": ", "; "), "2:6: yaml-character",
           "3:5: yaml-character", "4:9: yaml-character", "5:7: yaml-character"),
    refuse("a colon further behind", article(title=None, more="title Hội nghị năm 2026: tổng kết"),
           "5:1: yaml-colon"),
    refuse("a dash for a colon", article(author=None, more="author – Thu Hà"), "5:1: yaml-colon"),
    refuse("a flag without its value", article(more="featured"), "6:1: yaml-colon"),
    refuse("a space before a colon, beside another fault", article(more='lead : Chữ\nsource: "Báo'),
           "7:9: yaml-quote"),
    refuse("fields without a colon", "---\ntitle Bài thử\nDate 2024-05-06\n"
           "category Hoạt động của cơ sở\nauthor\tThu Hà\n---\n\nMột\n",
           "2:1: yaml-colon", "3:1: yaml-colon", "4:1: yaml-colon", "5:1: yaml-colon"),
    refuse("hyphens without space", article(more="tags:\n  -xây dựng\n  -chi bộ\nlead: @x"),
           "7:3: yaml-space", "8:3: yaml-space", "9:7: yaml-quote"),
    refuse("bullets of a word processor", article(more="tags:\n  • xây dựng\n  – chi bộ"),
           "7:3: yaml-space", "8:3: yaml-space"),
    refuse("a hyphen without space among others", article(more="tags:\n  - một\n  -hai"),
           "8:3: yaml-space"),
    refuse("a colon in an item", article(more="tags:\n- một\n- @hai"), "8:3: yaml-quote"),
    refuse("a title on two lines", article(title="Bài thử\nnăm 2026"), "3:1: yaml-syntax"),
    refuse("an item without text in a list", article(tags="[một, , hai]"), "6:7: yaml-list"),
    refuse("a text in quotes not closed, above others",
           article(title='"Bài thử', lead='"Một"'), "2:8: yaml-quote"),
    refuse("a path of Windows in quotes", article(lead='"C:\\Users"'), "6:7: yaml-quote"),
    refuse("four faults in one file",
           article(title="Bài: thử", date="23/11/2026", tags="[a, b", more="drfat: true"),
           "2:8: yaml-quote", "3:7: date-form", "6:7: yaml-list", "7:1: field-unknown"),
    refuse("a fault in a field and one in the text", article("[a](hai.md)", title="Bài: thử"),
           "2:8: yaml-quote", "8:5: link-missing"),
    refuse("two categories", article(category="[Hoạt động của cơ sở, Tin]"), "4:11: field-one"),
    refuse("a file in the network of an office", article(r"[x](\\may\chung\x.pdf)"),
           "8:5: link-own-computer"),
    refuse("a picture in the network of an office", article(r"![x](\\may\x.jpg)"),
           "8:6: link-own-computer"),
    refuse("a category like no other", article(category="Xyz"), "4:11: category-none"),
    refuse("a category of ten articles",
           {f"content/{n}.md": article(category="Xyz", title=f"Bài {n}") for n in range(10)},
           "config.yaml:5:1: category-lost"),
    *(
        refuse(f"{name} for {field}",
               article(more=f"{name}: {FIELDS[field]}", **{field: None}),  # type: ignore[arg-type]
               "6:1: field-unknown" if field == "x" else "5:1: field-unknown")
        for name, field in (
            ("Tiêu đề", "title"), ("tieu_de", "title"), ("Title", "title"), ("TÊN BÀI", "title"),
            ("Ngày", "date"), ("Ngày đăng", "date"), ("Chuyên mục", "category"),
            ("categories", "category"), ("Tác giả", "author"), ("auther", "author"),
        )
    ),
    *(
        refuse(f"photo {photo}", article(photo=photo, photo_caption="Ảnh"), f"6:8: {code}")
        for photo, code in (
            (r"C:\Users\An\anh.jpg", "photo-own-computer"), ("/sdcard/a.jpg", "photo-own-computer"),
            ("file:///home/an/a.jpg", "photo-own-computer"), (r"..\media\a.jpg", "photo-backslash"),
            ("anh.heic", "photo-heic"), ("/media/anh.HEIF", "photo-heic"),
        )
    ),
    refuse("indented field", article(more="  draft: true"), "6:1: yaml-indent"),
    refuse("comment in a list", article(tags="[#a, b]"), "6:7: yaml-list"),
    refuse("list not closed", article(tags="[a, b"), "6:7: yaml-list"),
    refuse("unknown field", article(drfat="true"), "6:1: field-unknown"),
    refuse("unknown field in capitals", article(DRAFT="true"), "6:1: field-unknown"),
    refuse("field in Vietnamese", article(more="tác giả: Thu Hà"), "6:1: field-unknown"),
    refuse('draft: "false"', article(draft='"false"'), "6:8: field-flag"),
    refuse("draft: yes", article(draft="yes"), "6:8: field-flag"),
    refuse("draft: [true]", article(draft="[true]"), "6:8: field-flag"),
    refuse("tags as text", article(tags="chi bộ, đảng viên"), "6:7: field-list"),
    refuse("tags as groups", article(more="tags:\n  - Chủ đề: chi bộ"), "7:5: field-text"),
    refuse("a year as tag", article(tags="[2026]"), "6:8: field-ambiguous"),
    refuse("an empty tag", article(more="tags:\n  -\n  - chi bộ"), "7:4: field-empty"),
    *(
        refuse(f"views: {value}", article(views=value), "6:8: field-number")
        for value in ("-1", "1.5", "007", '"12"', "3.150.444", "[1]", "9" * 13)
    ),
    refuse("neither author nor source", article(author=None), "2:1: author-missing"),
    refuse("author and source without value", article(author="", source=""),
           "5:1: field-empty", "6:1: field-empty"),
    refuse("an empty list of authors", article(author="[]"), "5:1: field-empty"),
    refuse("the lead of a new article", article(lead="Viết một, hai câu tóm tắt bài ở đây."),
           "6:7: sample-left"),
    refuse("the body of a new article", article("Một.\n\n Viết nội dung bài ở đây."),
           "10:2: sample-left"),
    refuse("the tags of a new article", article(tags="[chi bộ, thẻ thứ hai]"),
           "6:16: sample-left"),
    refuse("the caption of a new article",
           {BAI: article(photo="a.svg", photo_caption="…"), "content/a.svg": SVG},
           "7:16: sample-left"),
    refuse("no title", article(title=None), "2:1: field-missing"),
    refuse("no category", article(category=None), "2:1: field-missing"),
    refuse("an author without letters", article(author="★"), "5:9: name-slug"),
    refuse("a field of standing pages", article(menu="true"), "6:1: field-elsewhere"),
    refuse("a name after an asterisk in a list", article(tags="[*a]"), "6:7: yaml-list"),
    refuse("a list in a list after an ampersand", article(tags="[&a [x], y]"), "6:8: yaml-alias"),
    refuse("lists in lists", article(tags="[" * 401 + "]" * 401), "6:1: yaml-limit"),
    refuse("a translation without its address",
           article(more="translations:\n  - language: en\n    title: News\n    url: /en/"),
           "9:10: translation-form"),
    refuse("unknown category", article(category="Hoạt đông cơ sở"), "4:11: category-unknown"),
]  # fmt: skip

DATES = [
    *(
        refuse(f"date: {value}", article(date=value), "3:7: date-impossible")
        for value in ("2023-02-30", "2023-02-29", "2024-13-01", "2024-05-06 24:00",
                      "2024-05-06 07:60", "2024-05-06 07:08:60", "0000-01-01", "0001-01-01",
                      "2024-05-06 07:08+15:00", "9999-12-31 23:59-14:00",
                      "31-11-2026", "30/2/2024 9h", "2026.13.13", "20261131", "6/3/2024 14:70")
    ),
    *(
        refuse(f"date: {value}", article(date=value), "3:7: date-form")
        for value in ("2026-1-5", "06/05/2024", "hôm nay", "2024-05-06T", "2024-05-06 7:8",
                      "2024-05-06 9h30", "[2024-05-06]", "20240506", "23/11/2026",
                      "23-11-2026 08:00", "23.11.2026 8h30", "ngày 23 tháng 11 năm 2026",
                      "2026/11/23", "11/23/2026", "08h30 ngày 5/6/2026", "5/6/26 8:30 PM")
    ),
    refuse("no date", article(date=None), "2:1: field-missing"),
    refuse("date null", article(date=""), "3:1: field-empty"),
    refuse("expires before date", article(expires="2024-05-06 07:00"), "6:10: date-order"),
    refuse("expires with date", article(expires="2024-05-06 07:08"), "6:10: date-order"),
    refuse("updated before date", article(updated="2024-05-05"), "6:10: date-order"),
    refuse("updated before date on the same day", article(updated="2024-05-06 07:00"),
           "6:10: date-order"),
    refuse("updated at midnight of the same day", article(updated="2024-05-06 0:00"),
           "6:10: date-order"),
    *(
        refuse(f"date: {value}", article(date=value), "3:7: year-wrong")
        for value in ("0206-05-06", "0024-05-06 07:08", "1026-05-06", "1899-12-31")
    ),
    refuse("a year of five digits", article(date="20026-05-06"), "3:7: date-form"),
    refuse("updated in another age", article(updated="0202-05-06"), "6:10: year-wrong"),
    refuse("updated never", article(updated="hôm qua"), "6:10: date-form"),
]  # fmt: skip


def with_alias(alias: str) -> str:
    return article(more=f"aliases:\n  - /tin/1/\n  - {alias}")


SLUGS = [
    refuse("empty slug", article(slug=""), "6:1: field-empty"),
    *(
        refuse(f"title: {value}", article(title=value), "2:8: slug-empty")
        for value in ("…", "😀", '"!!!"')
    ),
    *(
        refuse(f"slug: {value}", article(slug=value), "6:7: slug-form")
        for value in ("../x", "a/b", '"%2e%2e"', "/x", "..", "feed.json", "rss.xml", "đảng",
                      "Bài thử", "BAI", "-x", "x--y", r"a\b")
    ),
    *(refuse(f"slug: {value}", article(slug=value), "6:7: slug-reserved")
      for value in ("index", "trang")),
    refuse("slug of 300 bytes", article(slug="a" * 300), "6:7: slug-long"),
    refuse("same URL twice", {BAI: article(), TIN: article()}, f"{TIN}:2:8: url-taken"),
    refuse("same slug twice", {BAI: article(slug="x"), TIN: article(title="Tin", slug="x")},
           f"{TIN}:6:7: url-taken"),
    refuse("old addresses that differ in case alone",
           {BAI: article(aliases="[/Cu/]"), TIN: article(title="Tin", aliases="[/cu/]")},
           "6:11: alias-taken"),
    refuse("old addresses in NFC and NFD",
           {BAI: article(aliases="[/c%C5%A9/]"),
            TIN: article(title="Tin", aliases="[/cu%CC%83/]")},
           "6:11: alias-taken"),
    refuse("alias equal to a page", {BAI: article(), TIN: article(title="Tin", aliases=f"[{URL}]")},
           f"{TIN}:6:11: alias-taken"),
    refuse("alias equal to a page but for case",
           {BAI: article(), TIN: article(title="Tin", aliases=f"[{URL.title()}]")},
           f"{TIN}:6:11: alias-taken"),
    refuse("alias equal to the front page", article(aliases="[/]"), "6:11: alias-taken"),
    refuse("alias equal to a feed", article(aliases="[/rss.xml]"), "6:11: alias-taken"),
    refuse("alias equal to a media file",
           {BAI: article(aliases="[/media/a.txt]"), "content/media/a.txt": "a"},
           "6:11: alias-taken"),
    refuse("alias below a media file",
           {BAI: article(aliases="[/media/a.txt/]"), "content/media/a.txt": "a"},
           "6:11: alias-taken"),
    refuse("alias of two articles that no file can answer",
           {BAI: article(aliases="[/tin.aspx]"), TIN: article(title="Tin", aliases="[/tin.aspx]")},
           "6:11: alias-taken"),
    refuse("alias loop",
           {BAI: article(aliases=f"[/{CATEGORY}/2024/05/tin/]"),
            TIN: article(title="Tin", aliases=f"[{URL}]")},
           "6:11: alias-taken", f"{TIN}:6:11: alias-taken"),
    refuse("alias to itself", article(aliases=f"[{URL.rstrip('/')}]"), "6:11: alias-self"),
    refuse("category equal to a page", {TRANG: page(title="Hoạt động của cơ sở")},
           f"{TRANG}:2:8: url-taken"),
    refuse("page equal to a list", {TRANG: page(title="Tác giả")}, f"{TRANG}:2:8: url-taken"),
    *(
        refuse(f"alias {alias}", with_alias(alias), "8:5: alias-form")
        for alias in ("/../x", "/a/../b", "../x", "/%2e%2e/x", "/a/%2E./b", "/a/./b", "//x.vn/a",
                      "https://cu.vn/x", "tin/1", "/a b", "/a\\b", "/%5c..%5cx", "/%00", "/%0a",
                      "/" + "a" * 300)
    ),
    *(
        refuse(f"photo {photo}", article(photo=photo, photo_caption="Ảnh"), f"6:{column}: {code}")
        for photo, code, column in (
            ("../x.jpg", "path-outside", 8), ("../../etc/passwd", "path-outside", 8),
            ("/media/../../x.jpg", "path-outside", 8), ("/etc/passwd", "picture-missing", 8),
            ("C:/anh/x.jpg", "photo-own-computer", 8),
            ("https://x.vn/a.jpg", "picture-external", 8),
            ('"%2e%2e/%2e%2e/x.jpg"', "picture-missing", 9), (r"..\..\x.jpg", "photo-backslash", 8),
        )
    ),
]  # fmt: skip

TEXTS = [
    refuse("link to an article that does not exist",
           article("Một [hai](hai.md).\n\nBa [bốn](/bon/)."),
           "8:11: link-missing", "10:10: link-missing"),
    refuse("link to this site", article("[a](https://example.org/bon/), [b](http://www.example.org/c/)"),
           "8:5: link-missing", "8:36: link-missing"),
    refuse("address of this site", article("Xem https://example.org/bon/."), "8:5: link-missing"),
    refuse("host without its scheme", article("Một [hai](tinhuy.vn/tin/)."), "8:11: link-missing"),
    refuse("path without its first slash", article("[a](thong-bao)"), "8:5: link-missing"),
    refuse("channel of videos", article("![Kênh](https://www.youtube.com/@kenh)"),
           "8:9: video-unknown"),
    refuse("link out of the site", article("[a](../../../etc/passwd)"), "8:5: path-outside"),
    refuse("link out of the site, encoded", article("[a](%2e%2e/%2e%2e/x)"), "8:5: path-outside"),
    refuse("missing picture", article("Một\n\n![Ảnh](/media/khong-co.png)"),
           "10:8: picture-missing"),
    refuse("picture with a handler", article("<img src=x onerror=alert(1)>"),
           "8:10: link-missing"),
    refuse("picture of another site", article("Một ![Ảnh](https://x.vn/a.png)"),
           "8:12: picture-external"),
    refuse("pasted picture", article("Một\n\n![](data:image/png;base64,iVBORw0)"),
           "10:5: picture-inline"),
    refuse("picture on the editor's disk", article("![](file:///C:/Users/anh.png)"),
           "8:5: picture-inline"),
    refuse("quotes in quotes", article(">" * 25 + " a"), "8:1: markdown-limit"),
    refuse("document as picture", {BAI: article("![a](/media/a.txt)"), "content/media/a.txt": "a"},
           "8:6: picture-kind"),
]  # fmt: skip

DRAWINGS = {
    "script": SVG.replace("<path", "<script>alert(1)</script><path"),
    "script by another name": SVG.replace("<svg", '<svg xmlns:x="http://www.w3.org/2000/svg"')
    .replace("<path", "<x:script>alert(1)</x:script><path"),
    "script between sections": SVG.replace(
        "<path", "<![CDATA[<!--]]><script>alert(1)</script><![CDATA[-->]]><path"
    ),
    "script in UTF-16": SVG.replace("<path", "<script/><path"),
    "handler": SVG.replace("<path", "<path onload='alert(1)'"),
    "javascript: link": SVG.replace("<path", "<a href='java&#115;cript:alert(1)'/><path"),
    "animated link": SVG.replace(
        "<path", "<a><set attributeName='href' to='javascript:alert(1)'/></a><path"
    ),
    "page inside": SVG.replace("<path", "<foreignObject/><path"),
    "picture from elsewhere": SVG.replace("<path", "<image href='//x.vn/a.png'/><path"),
    "style from elsewhere": SVG.replace("<path", "<style>@import '//x.vn/a.css'</style><path"),
    "escaped style": SVG.replace("<path", r"<path style='fill:\75rl(//x.vn/a)'"),
    "style sheet": f"<?xml-stylesheet href='//x.vn/a.css'?>{SVG}",
    "entity": f"<!DOCTYPE svg [<!ENTITY a 'b'>]>{SVG}",
}  # fmt: skip

MEDIA = [
    refuse("a sound that browsers cannot play", article(audio="/media/ban-tin.wav"),
           "6:8: audio-kind"),
    refuse("a place in a photo that is none",
           {BAI: article(photo="/media/ve.svg", photo_caption="Vẽ", photo_focus="mặt người"),
            "content/media/ve.svg": SVG},
           "8:14: photo-focus-form"),
    refuse("captions of another kind",
           {BAI: article("![Phim](/media/phim.mp4)"),
            "content/media/phim.mp4": b"\0\0\0\x18ftypmp42",
            "content/media/phim.vtt": "WEBVTT\n\n1\n00:00:01,000 --> 00:00:04,000\nKính chào.\n"},
           "content/media/phim.vtt:4:1: captions-form"),
    refuse("truncated JPEG", {"content/media/a.jpg": picture("JPEG", (400, 400))[:-300]},
           "content/media/a.jpg:1:1: picture-broken"),
    refuse("truncated PNG", {"content/media/a.png": huge_png(900, 900)},
           "content/media/a.png:1:1: picture-broken"),
    refuse("truncated drawing", {"content/media/a.svg": SVG[:-8]},
           "content/media/a.svg:1:1: picture-broken"),
    refuse("drawing in an encoding of its own",
           {"content/media/a.svg": f'<?xml version="1.0" encoding="gb2312"?>{SVG}'},
           "content/media/a.svg:1:1: picture-broken"),
    refuse("drawing in no encoding",
           {"content/media/a.svg": f'<?xml version="1.0" encoding="khong-co"?>{SVG}'},
           "content/media/a.svg:1:1: picture-broken"),
    refuse("JPEG of 2,000 scans", {"content/media/a.jpg": many_scans(2000)},
           "content/media/a.jpg:1:1: picture-broken"),
    refuse("PNG of 1 × 90,000,000", {"content/media/a.png": huge_png(1, 90_000_000)},
           "content/media/a.png:1:1: picture-long"),
    refuse("PNG of 20,001 × 1", {"content/media/a.png": huge_png(20_001, 1)},
           "content/media/a.png:1:1: picture-long"),
    refuse("PNG of no width", {"content/media/a.png": huge_png(0, 5)},
           "content/media/a.png:1:1: picture-kind"),
    refuse("photo named with 250 bytes", {f"content/media/{'a' * 246}.jpg": picture("JPEG")},
           f"content/media/{'a' * 246}.jpg:1:1: file-name-long"),
    refuse("document named with 80 letters of three bytes",
           {f"content/media/{'ộ' * 80}.txt": "a"},
           f"content/media/{'ộ' * 80}.txt:1:1: file-name-long"),
    refuse("PNG named .jpg", {"content/media/a.jpg": picture("PNG")},
           "content/media/a.jpg:1:1: picture-type"),
    refuse("BMP named .png", {"content/media/a.png": picture("BMP")},
           "content/media/a.png:1:1: picture-kind"),
    refuse("web page named .jpg", {"content/media/a.jpg": "<html>"},
           "content/media/a.jpg:1:1: picture-kind"),
    refuse("web page named .svg", {"content/media/a.svg": "<html></html>"},
           "content/media/a.svg:1:1: picture-kind"),
    refuse("empty picture in use",
           {BAI: article("![a](a.jpg)", photo="a.jpg", photo_caption="Ảnh"), "content/a.jpg": b""},
           "content/a.jpg:1:1: media-empty"),
    refuse("empty document", {"content/media/a.pdf": b""}, "content/media/a.pdf:1:1: media-empty"),
    refuse("program", {"content/media/a.exe": "MZ"}, "content/media/a.exe:1:1: media-kind"),
    refuse("web page", {"content/media/a.html": "<p>"}, "content/media/a.html:1:1: media-kind"),
    refuse("no suffix", {"content/media/a": "a"}, "content/media/a:1:1: media-kind"),
    refuse("photo of a telephone", {"content/media/a.HEIC": "a"},
           "content/media/a.HEIC:1:1: media-kind"),
    refuse("names that differ in case alone",
           {"content/media/A.txt": "a", "content/media/a.txt": "a"},
           "content/media/a.txt:1:1: file-name-same"),
    refuse("caption without photo", article(photo_caption="Ảnh", photo_credit="Thu Hà"),
           "6:1: photo-unnamed"),
    refuse("description of a person without photo", {AN: person(photo_alt="Ảnh")},
           f"{AN}:4:1: photo-unnamed"),
    refuse("photo without caption", {BAI: article(photo="a.svg"), "content/a.svg": SVG},
           "6:8: caption-missing"),
    *(
        refuse(f"drawing: {name}",
               {"content/media/a.svg": drawing.encode("utf-16" if "UTF-16" in name else "utf-8")},
               "content/media/a.svg:1:1: picture-script")
        for name, drawing in DRAWINGS.items()
    ),
]  # fmt: skip

SITE = [
    refuse("template syntax error", theme("article.html", "{{ title }}\n{{ a b }}\n"),
           "templates/article.html:2:1: template-syntax"),
    refuse("unknown variable in a template", theme("article.html", "{{ title }}\n\n{{ titel }}"),
           "templates/article.html:3:1: template-name"),
    refuse("unknown attribute in a template", theme("article.html", "{{ site.titel }}"),
           "templates/article.html:1:1: template-name"),
    refuse("unknown file in a template", theme("article.html", "{{ site.assets['a.css'] }}"),
           "templates/article.html:1:1: template-name"),
    refuse("unknown filter in a template", theme("article.html", "{{ title | tieude }}"),
           "templates/article.html:1:1: template-name"),
    refuse("division by zero in a template", theme("article.html", "\n{{ 1 / 0 }}"),
           "templates/article.html:2:1: template-error"),
    refuse("a template that includes itself", theme("article.html", "{% include 'article.html' %}"),
           "templates/article.html:1:1: template-circle"),
    refuse("a template that extends itself", theme("article.html", "{% extends 'article.html' %}"),
           "templates/article.html:1:1: template-circle"),
    refuse("a template that is not there", theme("article.html", "\n{% include 'a.html' %}"),
           "templates/article.html:2:1: template-missing"),
    refuse("a template outside", theme("article.html", "\n{% include '../config.yaml' %}"),
           "templates/article.html:2:1: template-missing"),
    refuse("a template in Latin-1", theme("article.html", b"{{ title }}\n<p>\xe9</p>\n"),
           "templates/article.html:2:4: file-encoding"),
    refuse("a style sheet with 500 open brackets", theme("assets/css/sau.css", "a{b:" + "(" * 500),
           "templates/assets/css/sau.css:1:1: file-failed"),
    refuse("a style sheet in Latin-1", theme("assets/css/cu.css", b"/* \xe9 */"),
           "templates/assets/css/cu.css:1:1: file-encoding"),
    refuse("a script in UTF-16", theme("assets/js/cu.js", "'đ'".encode("utf-16")),
           "templates/assets/js/cu.js:1:1: file-encoding"),
    refuse("one mistake on every page is one problem", theme("layout.html", "\n{{ titel }}"),
           "templates/layout.html:2:1: template-name"),
    refuse("output of two authors", {BAI: article(author="Đặng Hà"),
                                     TIN: article(title="Tin", author="Đăng Hà")},
           f"{TIN}:5:9: name-spelling"),
    refuse("two categories with one slug", config("Công tác xây dựng Đảng", "Hoạt động của Cơ Sở"),
           "config.yaml:7:5: config-categories-same"),
    *(
        refuse(f"a category where {what}", config("Công tác xây dựng Đảng", name),
               "config.yaml:7:11: slug-reserved")
        for what, name in (("tags are", "Thẻ"), ("authors are", "Tác giả"), ("media are", "Media"),
                           ("the search is", "Tìm kiếm"))
    ),
    refuse("a category of two names",
           {BAI: article(category="Tin"),
            **config("  - name: Công tác xây dựng Đảng\n",
                     "    children: [{name: Tin}]\n  - name: Công tác xây dựng Đảng\n"
                     "    children: [{name: Tin}]\n")},
           "4:11: category-ambiguous"),
    refuse("a language in words", config("language: en", "language: tiếng Việt"),
           "config.yaml:4:13: config-language"),
    *(
        refuse(f"language: {language}", config("language: en", f"language: {language}"),
               "config.yaml:4:13: config-language")
        for language in ("vn", "vie", "Vi", "vi_VN", "xx", "cn")
    ),
    refuse("a translation into the language of a country",
           article(more="translations:\n  - language: jp\n    title: News\n"
                        "    url: https://example.org/ja/"),
           "7:15: translation-form"),
    *(
        refuse(f"{key} to {url}",
               config("categories:", f"{key}:\n  - title: a\n    url: {url}\ncategories:"),
               "config.yaml:7:10: link-missing")
        for key, url in (("menu", "/khong-co/"), ("links", "/hoat-dong-cua-co-soo/"))
    ),
    refuse("what another program answers, without its slashes",
           config("categories:", "elsewhere: [webmail, /a b/]\ncategories:"),
           "config.yaml:5:13: config-elsewhere", "config.yaml:5:22: config-elsewhere"),
    refuse("a key of IndexNow with spaces",
           config("categories:", "indexnow: khoa cua toi\ncategories:"),
           "config.yaml:5:11: config-indexnow"),
    refuse("another kind of category",
           config("  - name: Hoạt động của cơ sở", "  - name: Hoạt động của cơ sở\n    kind: ảnh"),
           "config.yaml:7:11: config-category-kind"),
    refuse("another way of reading Markdown", config("categories:", "markdown: gfm\ncategories:"),
           "config.yaml:5:11: config-markdown"),
    refuse("a block of the front page of another kind",
           config("categories:", "front:\n  - kind: slider\n    category: Đoàn thể\ncategories:"),
           "config.yaml:6:11: config-front", "config.yaml:7:15: category-none"),
    refuse("a host that needs no files", config("categories:", "host: apache\ncategories:"),
           "config.yaml:5:7: config-host"),
    refuse("a host that the desk does not know",
           config("categories:", "desk:\n  host: bitbucket\n  repository: a/b\ncategories:"),
           "config.yaml:6:9: config-desk-host"),
    refuse("a repository without its owner",
           config("categories:", "desk:\n  host: gitlab\n  repository: trang\ncategories:"),
           "config.yaml:7:15: config-desk-repository"),
    refuse("a review that the host has not",
           config("categories:",
                  "desk:\n  host: gitea\n  repository: a/b\n  review: true\ncategories:"),
           "config.yaml:8:11: config-desk-review"),
    refuse("a permalink without a name", config("categories:", "permalink: /tin/\ncategories:"),
           "config.yaml:5:12: config-permalink"),
    refuse("a group as a word", config("categories:", "imprint: Đảng bộ\ncategories:"),
           "config.yaml:5:10: field-mapping"),
    refuse("a telephone number in words", {AN: person(telephone="chưa có")},
           f"{AN}:4:12: telephone-form"),
    refuse("a mail address without a host", {AN: person(mail="an@")}, f"{AN}:4:7: mail-form"),
    refuse("unknown key in config.yaml", config("  language", "  lang: vi\n  language"),
           "config.yaml:4:3: field-unknown"),
    *(
        refuse(f"bad time zone: {zone}", config("  language", f"  timezone: {zone}\n  language"),
               "config.yaml:4:13: config-timezone")
        for zone in ("Asia/Hanoi", "Asia/Ha_Noi", "../../etc/passwd", "Asia", "GMT+7:00",
                     "Việt Nam")
    ),
    *(
        refuse(f"bad URL: {url}", config("https://example.org", url),
               "config.yaml:3:8: config-url")
        for url in ("example.org", "ftp://example.org", "https://", "https://a b",
                    "https://example.org/?q=1", "https://a:b@example.org", "javascript:alert(1)",
                    "https://example.org:99999", "https://[::1", "https://example.org/../a",
                    "https://example..org", "https://-example.org", "https://example-.org",
                    "https://256.1.1.1", "https://https://example.org", "https://example.org:0")
    ),
    refuse("bad link in the menu",
           config("categories:", "menu:\n  - title: a\n    url: javascript:alert(1)\ncategories:"),
           "config.yaml:7:10: config-link"),
    refuse("a web link that cannot be one",
           config("categories:", "links:\n  - title: a\n    url: https://báo..vn/\ncategories:"),
           "config.yaml:7:10: config-link"),
    refuse("mail of the imprint without a host",
           config("categories:", "imprint:\n  mail: vanthu\ncategories:"),
           "config.yaml:6:9: mail-form"),
    refuse("merge conflict in config.yaml",
           config("categories:", "<<<<<<< a\n=======\n>>>>>>> b\ncategories:"),
           "config.yaml:5:1: file-conflict"),
    refuse("config.yaml in UTF-16", {"config.yaml": CONFIG.encode("utf-16")},
           "config.yaml:1:1: file-encoding"),
    refuse("empty config.yaml", {"config.yaml": ""}, "config.yaml:1:1: field-missing",
           "config.yaml:1:1: setting-missing", "config.yaml:1:1: setting-missing"),
]  # fmt: skip

REFUSED = [*BYTES, *YAML, *DATES, *SLUGS, *TEXTS, *MEDIA, *SITE]


class FileCase(NamedTuple):
    name: str
    arrange: Callable[[Path], object]
    problems: tuple[str, ...]


def link(name: Path, target: str) -> None:
    name.symlink_to(target)


def link_to_each_other(first: Path, second: Path) -> None:
    first.symlink_to(second)
    second.symlink_to(first)


def empty(folder: Path) -> Path:
    shutil.rmtree(folder)
    return folder


def make_deep(folder: Path, depth: int) -> None:
    for _ in range(depth):
        folder /= "a"
        folder.mkdir()


def make_sparse(path: Path, size: int) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)


FILE_CASES = [
    FileCase(
        "symlink out of the root",
        lambda content: link(content / "ra.md", "/etc/passwd"),
        ("content/ra.md:1:1: file-outside",),
    ),
    FileCase(
        "symlink of a folder out of the root",
        lambda content: link(content / "ra", "/etc"),
        ("content/ra:1:1: file-outside",),
    ),
    FileCase(
        "symlink loop",
        lambda content: link(content / "vong", "."),
        ("content/vong:1:1: file-outside",),
    ),
    FileCase(
        "symlink loop of two",
        lambda content: link_to_each_other(content / "a", content / "b"),
        ("content/a:1:1: file-outside", "content/b:1:1: file-outside"),
    ),
    FileCase(
        "dangling symlink",
        lambda content: link(content / "dut.md", "khong-co.md"),
        ("content/dut.md:1:1: file-dangling",),
    ),
    FileCase(
        "content itself elsewhere",
        lambda content: link(empty(content), "/etc"),
        ("content:1:1: file-outside",),
    ),
    FileCase(
        "a FIFO",
        lambda content: os.mkfifo(content / "ong.md"),
        ("content/ong.md:1:1: file-not-regular",),
    ),
    FileCase(
        "newline in a file name",
        lambda content: (content / "a\nb.md").write_text(""),
        ("content/a\ufffdb.md:1:1: file-name",),
    ),
    FileCase(
        "bidi override in a file name",
        lambda content: (content / "a\u202eb.md").write_text(""),
        ("content/a\ufffdb.md:1:1: file-name",),
    ),
    FileCase(
        "file name that is no text",
        lambda content: Path(os.fsdecode(bytes(content) + b"/\xff.md")).write_text(""),
        ("content/\ufffd.md:1:1: file-name",),
    ),
    FileCase(
        "file names in NFC and NFD",
        lambda content: [
            (content / unicodedata.normalize(form, "ảnh.txt")).write_text("a")
            for form in ("NFC", "NFD")
        ],
        (
            "content/ảnh.txt:1:1: file-name-same",
            "content/ảnh.txt:1:1: file-unused",
        ),
    ),
    FileCase(
        "200 MB of Markdown",
        lambda content: make_sparse(content / "dai.md", 200_000_000),
        ("content/dai.md:1:1: file-too-large",),
    ),
    FileCase(
        "a JPEG with a lot of nothing behind it",
        lambda content: make_sparse(content / "media" / "a.jpg", 1_000_000_000),
        ("content/media/a.jpg:1:1: picture-heavy",),
    ),
    FileCase(
        "200 folders deep",
        lambda content: make_deep(content, 200),
        (f"content/{'/'.join('a' * 50)}:1:1: folder-deep",),
    ),
    FileCase(
        "a file in the place of content",
        lambda content: empty(content).write_text(""),
        ("content:1:1: content-missing",),
    ),
    FileCase(
        "no config.yaml",
        lambda content: (content.parent / "config.yaml").unlink(),
        ("config.yaml:1:1: config-missing",),
    ),
    FileCase("no content", shutil.rmtree, ("content:1:1: content-missing",)),
    FileCase(
        "a PNG of 50,000 x 50,000",
        lambda content: (content / "a.png").write_bytes(huge_png(50_000, 50_000)),
        ("content/a.png:1:1: picture-long",),
    ),
    FileCase(
        "a PNG of 15,000 x 15,000",
        lambda content: (content / "a.png").write_bytes(huge_png(15_000, 15_000)),
        ("content/a.png:1:1: picture-large",),
    ),
]
