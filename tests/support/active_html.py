"""What in a page does more than show: scripts, handlers, frames, forms, addresses that run."""

import re
from html.parser import HTMLParser

ACTIVE_TAGS = frozenset(
    "applet base button embed form frame iframe input link math object script style svg"
    " template textarea video audio".split()
)
ACTIVE_ATTRIBUTES = frozenset(
    {"action", "data-embed", "formaction", "http-equiv", "ping", "srcdoc", "style"}
)
HARMLESS_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Of an address that begins so, a browser asks no further: also where the rest is no address.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)


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
            scheme = _SCHEME.match(address)
            if name in {"href", "src"} and scheme and scheme[0].lower() not in HARMLESS_SCHEMES:
                self.found.append((tag, name, address))


def find_actions(html: str) -> list[tuple[str, ...]]:
    parser = _Actions()
    parser.feed(html)
    parser.close()
    return parser.found
