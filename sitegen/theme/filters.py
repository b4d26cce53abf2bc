"""What the filters of templates make: a QR code, links that share a page, a table of contents."""

import base64
import functools
import html
import re
from typing import Any, cast
from urllib.parse import quote

import msgspec

from sitegen.views import Link, MenuItem, QrCode

# A module is one square of a QR code; the library writes each as a byte.
_DARK, _LIGHT, _END = "\0", "\xff", "\n"
# Neighbouring modules of one colour, or the end of a line with the light ones before it.
_RUN = re.compile(f"{_DARK}+|{_LIGHT}*{_END}|{_LIGHT}+")
_FACEBOOK = "https://www.facebook.com/sharer/sharer.php?u="
# Zalo's own button opens this address; the page's address follows as JSON in Base64.
_ZALO = "https://button-share.zalo.me/share_external?d="
# What a link for sending the page by mail is called, in a theme that has no word of its own.
_MAIL = "Thư điện tử"
# With fewer headings, a text has no table of contents.
_FEWEST_HEADINGS = 3
_HEADING = re.compile(
    r'<h(?P<level>[2-6])[^>]*? id="(?P<id>[^"]+)"[^>]*>(?P<text>.*?)</h[2-6]>', re.DOTALL
)
# The number of a footnote is no word of a heading.
_NO_WORDS = re.compile(r"<sup\b.*?</sup>|<[^>]+>", re.DOTALL)


def draw_code(text: str) -> QrCode | None:
    """Return the QR code of ``text`` as a path for SVG, or nothing where the text is too long.

    It has the level M (ISO/IEC 18004).
    """
    import zxingcpp

    try:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError:
        return None
    image = code.to_image(add_quiet_zones=False)
    modules = bytes(memoryview(cast("Any", image))).decode("latin-1")
    size = image.shape[0]
    starts = range(0, size * size, size)
    lines = _END.join([modules[start : start + size] for start in starts]).rstrip(_LIGHT)
    return QrCode(size, "M0 0" + "".join([_draw_run(run, size) for run in _RUN.findall(lines)]))


@functools.cache
def _draw_run(run: str, size: int) -> str:
    if run[-1] == _END:
        return f"m{len(run) - 1 - size} 1"
    return f"h{len(run)}" if run[0] == _DARK else f"m{len(run)} 0"


def list_share_links(address: str, title: str, mail: str = _MAIL) -> tuple[Link, ...]:
    """Return the links that share the page at an absolute ``address``: Zalo, Facebook, mail.

    The last one is called ``mail``. They are plain ones, so nothing is loaded from elsewhere before
    a press.
    """
    quoted, subject = quote(address, safe=""), quote(title, safe="")
    packed = base64.b64encode(msgspec.json.encode({"url": address})).decode()
    return (
        Link("Zalo", _ZALO + quote(packed, safe="")),
        Link("Facebook", _FACEBOOK + quoted),
        Link(mail, f"mailto:?subject={subject}&body={quoted}"),
    )


def list_contents(body: str) -> tuple[MenuItem, ...]:
    """Return the headings of a body as links to them, in two levels: none where they are few.

    A heading without an id is left out: nothing can lead to it.
    """
    if body.count("<h") < _FEWEST_HEADINGS:
        return ()
    found = [
        (int(heading["level"]), Link(title, f"#{heading['id']}"))
        for heading in _HEADING.finditer(body)
        if (title := " ".join(html.unescape(_NO_WORDS.sub("", heading["text"])).split()))
    ]
    if len(found) < _FEWEST_HEADINGS:
        return ()
    top, *lower = sorted({level for level, _ in found})
    entries: list[tuple[Link, list[Link]]] = []
    for level, link in found:
        if level == top or not entries:
            entries.append((link, []))
        elif level == lower[0]:
            entries[-1][1].append(link)
    return tuple(MenuItem(link.title, link.url, tuple(below)) for link, below in entries)
