"""What is fuzzed: each target is given bytes that nobody wrote, and fails where a promise breaks.

``make test`` runs the targets with hypothesis, ``make fuzz`` with atheris (:mod:`support.fuzzing`).
Each has some bytes to begin with, which mean something.
"""

import contextlib
import functools
import html
import json
import re
import socket
import struct
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import msgspec

from sitegen.cli.preview import serve_folder
from sitegen.cli.preview_state import Preview
from sitegen.content.config import parse_config
from sitegen.content.decoding import decode
from sitegen.content.kinds import read_text
from sitegen.content.reference_paths import resolve_path
from sitegen.foundation.addresses import is_static, output_path, redirect_url
from sitegen.foundation.dates import DateFormError, DateImpossibleError, parse_date
from sitegen.incremental.cache_file import Segment
from sitegen.incremental.content_cache import LoadedCache, decode_segments
from sitegen.incremental.manifest import list_files, parse_key, parse_manifest
from sitegen.markdown.conversion import _clean, to_html, to_html_with_library
from sitegen.markdown.limits import MarkupError
from sitegen.markdown.lint import lint
from sitegen.markdown.references import canonical_reference, scan_references
from sitegen.media.animations import strip_metadata
from sitegen.media.formats import GIF, PNG, WEBP
from sitegen.media.inspection import describe_file
from sitegen.problems import ConfigError, Place, ProblemsFoundError
from sitegen.theme.rendering import Compiled, render
from sitegen.theme.templates import Templates, read_templates
from sitegen.views import BodyView, FeedItem, FeedView
from support.active_html import find_actions
from support.bad_inputs import SVG, article, picture
from support.html_tree import parse
from support.site_folder import CONFIG, REPOSITORY

Target = Callable[[bytes], None]
TARGETS: dict[str, Target] = {}
SEEDS: dict[str, tuple[bytes, ...]] = {}

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_SITE = parse_config(CONFIG.encode())
_ALIAS = article(aliases="[%s]").encode()
_VIEW = BodyView("content/bai.md", 0, b"", (), ("www.youtube.com",))
_PICTURES = (".jpg", ".png", ".gif", ".webp", ".avif", ".svg")
# What front matter refuses in a title (control-character, hidden-character) no template is given.
_REFUSED = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\ufffe\uffff]")


def _target(*seeds: str | bytes) -> Callable[[Target], Target]:
    def register(target: Target) -> Target:
        name = target.__name__.removeprefix("_fuzz_")
        TARGETS[name] = target
        SEEDS[name] = tuple(each if isinstance(each, bytes) else each.encode() for each in seeds)
        return target

    return register


def _read(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("utf-8", "replace"))


@_target(
    article("Một **hai** [ba](/ba/)", tags="[một, hai]", photo="a.jpg"),
    article(updated="2024-05-07"),
)
def _fuzz_front_matter(data: bytes) -> None:
    """Every text is read or refused, and each problem stands at a place of the file."""
    document, problems = read_text(data, "content/bai.md", _SITE)
    assert document or any(not each.warning for each in problems)
    lines = data.count(b"\n") + data.count(b"\r") + 2
    for each in problems:
        assert 1 <= each.place.line <= lines
        assert each.place.column >= 1


@_target(CONFIG)
def _fuzz_configuration(data: bytes) -> None:
    """Every configuration is read, or refused with its problems."""
    with contextlib.suppress(ConfigError):
        parse_config(data)


@_target("2024-05-06", "2024-05-06 7:08", "2024-05-06T07:08:09+07:00", "2024-05-06 07:08Z")
def _fuzz_dates(data: bytes) -> None:
    """What is read as a date means the same when it is written again."""
    try:
        moment = parse_date(data.decode("latin-1"), _ZONE)
    except (DateFormError, DateImpossibleError):
        return
    assert parse_date(moment.isoformat(" ", "seconds")[:19], _ZONE) == moment
    assert moment.astimezone(UTC) == moment


@_target("../tin/a%20b.md#c", "/media/a.jpg", "https://example.org/a?b", "/tin/1.aspx")
def _fuzz_paths(data: bytes) -> None:
    """No reference and no old address leads out of the content or of the output."""
    text = _read(data)
    path = resolve_path("content/tin/bai.md", canonical_reference(text))
    assert not path or (path.startswith("content/") and ".." not in path.split("/"))
    document, problems = read_text(_ALIAS % json.dumps(text).encode(), "content/bai.md", _SITE)
    for alias in document.aliases if document and not problems else ():
        url = redirect_url(alias)
        written = output_path(url)
        assert not is_static(alias) or (
            written
            and written[0] != "/"
            and not {".", ".."} & set(written.split("/"))
            and "\0" not in written
        )


@_target(
    "## Mục\n\nMột **hai** _ba_ [bốn](/bon/).\n\n- năm\n- sáu\n\n> bảy\n",
    "![Ảnh](/media/a.jpg)\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n",
    "a[^1]\n\n[^1]: b\n\n<div class='c'>d</div>\n\n```\ne\n```\n\n[f]: g\n",
)
def _fuzz_markdown(data: bytes) -> None:
    """Both converters make the same HTML: elements are closed, nothing acts, no word is lost."""
    try:
        source = decode(_read(data).encode(), Place("content/bai.md"))
        slow = to_html_with_library(source, _VIEW)
    except (MarkupError, ProblemsFoundError):
        return
    fast = to_html(source, _VIEW)
    assert (fast.text, fast.refused) == (slow.text, slow.refused)
    # Where a converter is sure, nothing is told: then no word may be lost, and nothing else odd.
    assert not fast.sure or lint(source, fast.text) == ()
    _assert_inert(fast.text)
    scanned = scan_references(source)
    refused = {each.reference for each in fast.refused if canonical_reference(each.reference)}
    assert not scanned.sure or refused <= scanned.positions.keys()


@_target("Một hai ba 2024 đồng chí")
def _fuzz_plain_words(data: bytes) -> None:
    """No word of a text without signs is lost."""
    words = re.findall(r"\w+", _read(data).replace("_", " "))
    shown = parse(to_html("Chữ " + " ".join(words), _VIEW).text).text
    assert shown.split() == ["Chữ", *words]


@_target('<p class="a">b <a href="/c">d</a></p>', "<svg><script>a</script></svg><b onclick=a>c")
def _fuzz_sanitiser(data: bytes) -> None:
    """Whatever goes in, nothing comes out that acts, and it stays the same."""
    cleaned = _clean(_read(data))
    _assert_inert(cleaned)
    assert _clean(cleaned) == cleaned


def _assert_inert(text: str) -> None:
    # A link to a video is a player of the page's own (templates/assets/js), which asks first.
    acts = [each for each in find_actions(text) if each[1:2] != ("data-embed",)]
    assert not acts, acts
    parse(f"<main>{text}</main>")


@_target("Nghị quyết & ]]> <b> </script>")
def _fuzz_feeds(data: bytes) -> None:
    """A feed is XML or JSON that says the very text, and a page's linked data end where they do."""
    text = _REFUSED.sub("", _read(data))
    told = " ".join(text.split())
    item = FeedItem(
        *(told, "https://example.org/"),
        iso="2024-05-06T07:08:00+07:00",
        date="Mon, 06 May 2024 07:08:00 +0700",
        updated="",
        category=told,
        authors=(told,),
        lead=told,
        has_lead=True,
        picture=None,
        picture_type="",
        audio=None,
        body=None,
    )
    feed = FeedView(
        told, told, "vi", "https://example.org/", "https://example.org/rss.xml", (item,)
    )
    written, problems = render(REPOSITORY, _theme(), "rss.xml", "/rss.xml", feed)
    assert not problems
    title = ET.fromstring(written).find("channel/item/title")  # noqa: S314 (it is our own)
    assert title is not None
    assert " ".join((title.text or "").split()) == told
    written, problems = render(REPOSITORY, _theme(), "feed.json", "/feed.json", feed)
    assert not problems
    assert json.loads(written)["items"][0]["title"] == told
    page = _page().get("page.html").render(title=told)
    found = re.fullmatch(
        r'<script type="application/ld\+json">(.*?)</script><b title="(.*?)">', page
    )
    assert found
    assert json.loads(found[1]) == told
    assert html.unescape(found[2]) == told


@functools.cache
def _theme() -> Compiled:
    return Compiled(read_templates(REPOSITORY / "templates"))


@functools.cache
def _page() -> Compiled:
    source = (
        b'<script type="application/ld+json">{{ title | tojson }}</script><b title="{{ title }}">'
    )
    return Compiled(Templates({"page.html": source}))


@_target(
    "\t*\ta 1.0 2.0 3 []\tb\n\tfront\tkey\tindex.html\nindex.html\tQUFB.QUFB.QUFB.QUFB.QUFB new\n"
)
def _fuzz_manifest(data: bytes) -> None:
    """A list names no file outside of the output, whatever is in it."""
    manifest = parse_manifest(data.decode("utf-8", "replace"))
    for group in manifest.groups.values():
        for path, note in list_files(group).items():
            assert path[0] != "/"
            assert ".." not in path.split("/")
            parse_key(note.key)


@_target(
    msgspec.msgpack.encode((b"", (), {}, ({}, {}, (b"", ()), (b"", ())))),
    msgspec.msgpack.encode((b"", [b"\x90"], {}, ({}, {}, (b"", ()), (b"", ())))),
)
def _fuzz_cache(data: bytes) -> None:
    """A segment of the cache is read or refused with a warning."""
    loaded, problems = decode_segments([Segment(data, lambda place: place)], b"")
    assert problems == [] or loaded == LoadedCache()


@_target(
    *(
        bytes([number]) + picture(name)
        for number, name in enumerate(("JPEG", "PNG", "GIF", "WEBP"))
    ),
    b"\5" + SVG.encode(),
)
def _fuzz_pictures(data: bytes) -> None:
    """Every file is a picture or is refused."""
    kind, source = _PICTURES[data[0] % len(_PICTURES) if data else 0], data[1:]
    with contextlib.suppress(ProblemsFoundError):
        describe_file(source, f"content/media/a{kind}")
    for image_format in (GIF, PNG, WEBP):
        with contextlib.suppress(ValueError, IndexError, struct.error):
            strip_metadata(source, image_format)


@_target(
    "GET / HTTP/1.1\r\nHost: localhost", "%2e%2e/passwd", "ra/passwd", ".sitegen/version?after=9"
)
def _fuzz_requests(data: bytes) -> None:
    """The preview answers any request or hangs up, shows no file of others, and goes on."""
    address = _preview()
    path = data.replace(b"\r", b"").replace(b"\n", b"").replace(b" ", b"")[:2000]
    asked = b"GET /%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % path
    assert _ask(address, asked).split(b" ")[1:2] not in ([b"500"], [])
    _ask(address, data[:4000] + b"\r\n\r\n")
    assert b"trang" in _ask(address, b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")


def _ask(address: tuple[str, int], asked: bytes) -> bytes:
    with socket.create_connection(address, timeout=5) as connection:
        connection.sendall(asked)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert b"root:" not in answer
    return answer


@functools.cache
def _preview() -> tuple[str, int]:
    """Serve a small site to the end of the process, and return its address."""
    folder = Path(tempfile.mkdtemp()) / "output"
    folder.mkdir()
    (folder / "index.html").write_text("<p>trang</p>", "utf-8")
    (folder / "404.html").write_text("<p>không có</p>", "utf-8")
    (folder.parent / "passwd").write_text("root:", "utf-8")
    (folder / "ra").symlink_to("/etc")
    url = next(_keep_serving(folder))
    host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
    return host, int(port)


_served: list[Iterator[str]] = []


def _keep_serving(folder: Path) -> Iterator[str]:
    preview = Preview()
    # Who asks with the version that there is waits for the next one.
    preview.version = 10**17

    def serve() -> Iterator[str]:
        with serve_folder(folder, 0, "", preview) as url:
            yield url

    _served.append(serve())
    return _served[-1]
