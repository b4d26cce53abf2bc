"""What in a page does more than show: scripts, handlers, frames, forms, addresses that run."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

ACTIVE_TAGS = frozenset(
    "applet base button embed form frame iframe input link math object script style svg"
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
