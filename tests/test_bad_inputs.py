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
import struct
import time
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from conftest import CONFIG, REPOSITORY, SiteFolder
from PIL import Image
from shared_work import share_templates

from sitegen.content import reading as load
from sitegen.output.files import check_output
from sitegen.problems import UsageError

BAI = "content/bai.md"
TIN = "content/tin.md"
TRANG = "content/pages/trang.md"
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
PATIENCE_SECONDS = 5


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
    refuse("no closing fence", "---\ntitle: Bài\n\nNội dung.\n", "1:1: front-matter-unclosed"),
    refuse("no front matter", "# Bài\n\nNội dung.\n", "1:1: front-matter-missing"),
    refuse("an empty line above it", "\n" + article(), "1:1: front-matter-missing"),
    refuse("four hyphens", article().replace("---", "----"), "1:1: front-matter-missing"),
    refuse("dashes of a word processor", article().replace("---", "—"),
           "1:1: front-matter-missing"),
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
    refuse("unquoted colon", article(title="Nghị quyết 03: học tập"), "2:21: yaml-quote"),
    *(
        refuse(f"title: {value}", article(title=value), f"2:{column}: yaml-quote")
        for value, column in (
            ('"Đảng" nói', 15), ('"Chưa đóng', 8), ("'Chưa đóng", 8), ("@bạn", 8), ("`a`", 8),
            ("%2e", 8), ("- a", 8), ("? a", 8), ("*HÀN GIANG*", 10), ("&a b", 8), ("!b", 8),
            ("!!python/object:os.system rm", 8), ("> a", 10), ("[Ảnh] Đảng bộ", 14),
        )
    ),
    refuse("a list as the title", article(title="[Ảnh]"), "2:8: field-text"),
    refuse("a group as the title", article(title="{a: b}"), "2:8: field-text"),
    refuse("anchor to itself", article(tags="&a [*a]"), "6:7: yaml-quote"),
    refuse("null as key", article(more="~: x"), "6:1: front-matter-form"),
    refuse("no key", article(more=": x"), "6:1: yaml-syntax"),
    refuse("a list as key", article(more="[a, b]: x"), "6:1: front-matter-form"),
    refuse("no colon", article(more="draft true"), "6:1: yaml-syntax"),
    refuse("colon without space", article(more="draft:true"), "6:1: yaml-syntax"),
    refuse("full-width colon", article(more="draft\N{FULLWIDTH COLON} true"), "6:1: yaml-syntax"),
    refuse("indented field", article(more="  draft: true"), "6:1: yaml-indent"),
    refuse("comment in a list", article(tags="[#a, b]"), "6:1: yaml-syntax"),
    refuse("list not closed", article(tags="[a, b"), "6:7: yaml-syntax"),
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
    refuse("no title", article(title=None), "2:1: field-missing"),
    refuse("no category", article(category=None), "2:1: field-missing"),
    refuse("an author without letters", article(author="★"), "5:9: name-slug"),
    refuse("unknown category", article(category="Hoạt đông cơ sở"), "4:11: category-unknown"),
]  # fmt: skip

DATES = [
    *(
        refuse(f"date: {value}", article(date=value), "3:7: date-impossible")
        for value in ("2023-02-30", "2023-02-29", "2024-13-01", "2024-05-06 24:00",
                      "2024-05-06 07:60", "2024-05-06 07:08:60", "0000-01-01",
                      "2024-05-06 07:08+15:00", "9999-12-31 23:59-14:00")
    ),
    *(
        refuse(f"date: {value}", article(date=value), "3:7: date-form")
        for value in ("2026-1-5", "06/05/2024", "hôm nay", "2024-05-06T", "2024-05-06 7:8",
                      "2024-05-06 9h30", "[2024-05-06]", "20240506")
    ),
    refuse("no date", article(date=None), "2:1: field-missing"),
    refuse("date null", article(date=""), "3:1: field-empty"),
    refuse("expires before date", article(expires="2024-05-06 07:00"), "6:10: date-order"),
    refuse("expires with date", article(expires="2024-05-06 07:08"), "6:10: date-order"),
    refuse("updated before date", article(updated="2024-05-05"), "6:10: date-order"),
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
            ("C:/anh/x.jpg", "picture-external", 8), ("https://x.vn/a.jpg", "picture-external", 8),
            ('"%2e%2e/%2e%2e/x.jpg"', "picture-missing", 9), (r"..\..\x.jpg", "picture-missing", 8),
        )
    ),
]  # fmt: skip

TEXTS = [
    refuse("link to an article that does not exist",
           article("Một [hai](hai.md).\n\nBa [bốn](/bon/)."),
           "8:11: link-missing", "10:10: link-missing"),
    refuse("link out of the site", article("[a](../../../etc/passwd)"), "8:5: path-outside"),
    refuse("link out of the site, encoded", article("[a](%2e%2e/%2e%2e/x)"), "8:5: path-outside"),
    refuse("missing picture", article("Một\n\n![Ảnh](/media/khong-co.png)"),
           "10:8: picture-missing"),
    refuse("picture with a handler", article("<img src=x onerror=alert(1)>"),
           "8:10: picture-missing"),
    refuse("picture of another site", article("Một ![Ảnh](https://x.vn/a.png)"),
           "8:12: picture-external"),
    refuse("pasted picture", article("Một\n\n![](data:image/png;base64,iVBORw0)"),
           "10:5: picture-inline"),
    refuse("picture on the editor's disk", article("![](file:///C:/Users/anh.png)"),
           "8:5: picture-inline"),
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
    refuse("truncated JPEG", {"content/media/a.jpg": picture("JPEG", (400, 400))[:-300]},
           "content/media/a.jpg:1:1: picture-broken"),
    refuse("truncated PNG", {"content/media/a.png": huge_png(900, 900)},
           "content/media/a.png:1:1: picture-broken"),
    refuse("truncated drawing", {"content/media/a.svg": SVG[:-8]},
           "content/media/a.svg:1:1: picture-broken"),
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
    refuse("names that differ in case alone",
           {"content/media/A.txt": "a", "content/media/a.txt": "a"},
           "content/media/a.txt:1:1: file-name-same"),
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
           "templates/article.html:3:1: template-error"),
    refuse("division by zero in a template", theme("article.html", "\n{{ 1 / 0 }}"),
           "templates/article.html:2:1: template-error"),
    refuse("a template that includes itself", theme("article.html", "{% include 'article.html' %}"),
           "templates/article.html:1:1: template-error"),
    refuse("a template that extends itself", theme("article.html", "{% extends 'article.html' %}"),
           "templates/article.html:1:1: template-error"),
    refuse("a template that is not there", theme("article.html", "\n{% include 'a.html' %}"),
           "templates/article.html:2:1: template-missing"),
    refuse("a template outside", theme("article.html", "\n{% include '../config.yaml' %}"),
           "templates/article.html:2:1: template-missing"),
    refuse("a template in Latin-1", theme("article.html", b"{{ title }}\n<p>\xe9</p>\n"),
           "templates/article.html:2:4: file-encoding"),
    refuse("one mistake on every page is one problem", theme("layout.html", "\n{{ titel }}"),
           "templates/layout.html:2:1: template-error"),
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
    refuse("unknown key in config.yaml", config("  language", "  lang: vi\n  language"),
           "config.yaml:4:3: field-unknown"),
    *(
        refuse(f"bad time zone: {zone}", config("  language", f"  timezone: {zone}\n  language"),
               "config.yaml:4:13: config-timezone")
        for zone in ("Asia/Hanoi", "../../etc/passwd", "Asia", "GMT+7:00")
    ),
    *(
        refuse(f"bad URL: {url}", config("https://example.org", url),
               "config.yaml:3:8: config-url")
        for url in ("example.org", "ftp://example.org", "https://", "https://a b",
                    "https://example.org/?q=1", "https://a:b@example.org", "javascript:alert(1)",
                    "https://example.org:99999", "https://[::1", "https://example.org/../a")
    ),
    refuse("bad link in the menu",
           config("categories:", "menu:\n  - title: a\n    url: javascript:alert(1)\ncategories:"),
           "config.yaml:7:10: config-link"),
    refuse("merge conflict in config.yaml",
           config("categories:", "<<<<<<< a\n=======\n>>>>>>> b\ncategories:"),
           "config.yaml:5:1: file-conflict"),
    refuse("config.yaml in UTF-16", {"config.yaml": CONFIG.encode("utf-16")},
           "config.yaml:1:1: file-encoding"),
    refuse("empty config.yaml", {"config.yaml": ""}, "config.yaml:1:1: field-missing",
           "config.yaml:1:1: setting-missing", "config.yaml:1:1: setting-missing"),
]  # fmt: skip

REFUSED = [*BYTES, *YAML, *DATES, *SLUGS, *TEXTS, *MEDIA, *SITE]


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
    assert places(quick.problems()) == case.problems


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


def make_sparse(path: Path, size: int) -> None:
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
        "a file in the place of content",
        lambda content: empty(content).write_text(""),
        ("content:1:1: file-unreadable",),
    ),
    FileCase(
        "no config.yaml",
        lambda content: (content.parent / "config.yaml").unlink(),
        ("config.yaml:1:1: config-missing",),
    ),
    FileCase("no content", shutil.rmtree, ("content:1:1: content-missing",)),
    FileCase(
        "no templates",
        lambda content: (content.parent / "templates" / "article.html").unlink(),
        ("templates/article.html:1:1: template-missing",),
    ),
    FileCase(
        "a PNG of 50,000 x 50,000",
        lambda content: (content / "a.png").write_bytes(huge_png(50_000, 50_000)),
        ("content/a.png:1:1: picture-large",),
    ),
]


@pytest.mark.parametrize("case", FILE_CASES, ids=lambda case: case.name)
def test_a_file_is_refused(case: FileCase, quick: SiteFolder) -> None:
    quick.write(BAI, article())
    if "PNG" in case.name:
        quick.write(BAI, article("![Ảnh](a.png)"))
    case.arrange(quick.root / "content")
    started = time.monotonic()
    assert tuple(unicodedata.normalize("NFC", each) for each in places(quick.problems())) == (
        case.problems
    )
    assert time.monotonic() - started < PATIENCE_SECONDS


def test_a_file_without_read_permission_is_refused(
    quick: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.write(BAI, article()).write(TIN, article(title="Tin"))

    # Whoever runs the tests may be allowed to read everything.
    def refuse_to_open(path: str, *rest: Any, **options: Any) -> Any:
        if path.endswith("tin.md"):
            raise PermissionError(13, "Permission denied")
        return open(path, *rest, **options)  # noqa: PTH123 (it stands in for it)

    monkeypatch.setattr(load, "open", refuse_to_open, raising=False)
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
        ('data-embed="https://www.youtube-nocookie.com/embed/abc">Video</a>',),
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

ACTIVE_TAGS = frozenset(
    "applet base button embed form context iframe input link math object script style svg"
    " template textarea video audio".split()
)
ACTIVE_ATTRIBUTES = frozenset(
    {"action", "data-embed", "formaction", "http-equiv", "ping", "srcdoc", "style"}
)
HARMLESS_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})


class _Actions(HTMLParser):
    """Collects whatever in a page does more than show."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTIVE_TAGS:
            self.found.append((tag,))
        for name, value in attrs:
            if name in ACTIVE_ATTRIBUTES or name.startswith("on"):
                self.found.append((tag, name, value or ""))
            # A browser passes over white space and controls in an address.
            address = "".join(each for each in value or "" if each > " ")
            if name in {"href", "src"} and urlsplit(address).scheme not in HARMLESS_SCHEMES:
                self.found.append((tag, name, address))


def find_actions(html: str) -> list[tuple[str, ...]]:
    parser = _Actions()
    parser.feed(html)
    parser.close()
    return parser.found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return one site with an article for each case that builds; the slug is the case's number."""
    root = tmp_path_factory.mktemp("built") / "site"
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    site = SiteFolder(root).write("config.yaml", CONFIG)
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
    for path, data in built.files().items():
        if path.endswith(".xml"):
            ET.fromstring(data)  # noqa: S314 (written by the build above)
        if path.endswith(".json"):
            json.loads(data)


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
    "half a merge conflict": "<<<<<<< a >>>>>>>\n" * 20_000,
    "backticks of every number": " ".join("`" * each for each in range(1, 60)),
    "unclosed emphasis": "**a *b " * 3000,
    "unclosed comments": "<!-- >" * 5000,
    "1,000 footnotes": "".join(f"a[^{each}]\n\n[^{each}]: b\n\n" for each in range(1000)),
    "100,000 empty lines": "a" + "\n" * 100_000,
    "a whole book": "Một đoạn văn có dấu, dài như trong báo, không có gì khác.\n\n" * 5000,
}


@pytest.mark.parametrize("name", LIMITED)
def test_is_refused_in_time(name: str, quick: SiteFolder) -> None:
    source, found = LIMITED[name]
    quick.write(BAI, source)
    started = time.monotonic()
    assert places(quick.problems()) == (f"{BAI}:{found}",)
    assert time.monotonic() - started < PATIENCE_SECONDS


@pytest.mark.parametrize("name", LONG)
def test_is_only_long_and_builds_in_time(name: str, quick: SiteFolder) -> None:
    quick.write(BAI, article(LONG[name]))
    started = time.monotonic()
    assert quick.problems() == []
    assert time.monotonic() - started < PATIENCE_SECONDS


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
