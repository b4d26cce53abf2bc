"""Links that share a page: plain ones, so nothing is loaded from elsewhere before a press."""

import base64
from urllib.parse import quote

import msgspec

from sitegen.views import Link

_FACEBOOK = "https://www.facebook.com/sharer/sharer.php?u="
# Zalo's own button opens this address; the page's address follows as JSON in Base64.
_ZALO = "https://button-share.zalo.me/share_external?d="


def list_share_links(address: str, title: str) -> tuple[Link, ...]:
    """Return the links that share the page at an absolute ``address``: Zalo, Facebook, mail."""
    quoted = quote(address, safe="")
    packed = base64.b64encode(msgspec.json.encode({"url": address})).decode()
    return (
        Link("Zalo", _ZALO + quote(packed, safe="")),
        Link("Facebook", _FACEBOOK + quoted),
        Link("Thư điện tử", f"mailto:?subject={quote(title, safe='')}&body={quoted}"),
    )
