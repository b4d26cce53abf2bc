"""Boxes of documents: a link to a file that stands alone becomes a box with its first page.

A PDF that is named in a sentence has its box behind the text.
"""

import html
import re

from sitegen.markdown.html_writing import write_photo
from sitegen.model import Record
from sitegen.views import BodyView, Target

_ATTACHMENT = ' class="attachment"'
_PDF = ".pdf"
_LINK = re.compile(
    r'<a(?P<attributes>(?: [a-z-]+="[^"]*")* class="attachment"(?: [a-z-]+="[^"]*")*)>'
    r"(?P<name>.*?)</a>"
    r' <span class="attachment-size">\((?P<size>[^<>]*)\)</span>',
    re.DOTALL,
)
_ALONE = re.compile(
    rf"<(?P<block>p|li)>(?P<strong><strong>)?{_LINK.pattern}"
    r"(?(strong)</strong>)(?P<end></(?:p|li)>)",
    re.DOTALL,
)
_PLAIN_LINK = re.compile(
    r'<a(?: [a-z-]+="[^"]*")*? href="(?P<href>[^"]*\.pdf(?:[?#][^"]*)?)"[^>]*>(?P<name>.*?)</a>',
    re.DOTALL | re.IGNORECASE,
)
_HREF = re.compile(r' href="([^"]*)"')
_BEHIND = re.compile(r"[#?].*", re.DOTALL)


class NamedDocument(Record, frozen=True):
    """A document that a body links to, with the first words by which it does."""

    reference: str
    name: str


def box_documents(text: str, view: BodyView) -> str:
    """Return a body in which each document has its box."""
    if _ATTACHMENT not in text:
        return text
    targets = {each.url: each for each in view.targets if each.kind == "file"}
    boxed: set[str] = set()

    def box(found: re.Match[str]) -> str:
        target = _find_target(found["attributes"], targets)
        name = found["name"]
        # What stands there must be words: a picture is its own box.
        if target is None or "<img" in name or "</a>" in name:
            return found[0]
        boxed.add(target.url)
        if found["strong"]:
            name = f"<strong>{name}</strong>"
        inside = _write_box(found["attributes"], name, found["size"], target)
        return f'<{found["block"]} class="document">{inside}{found["end"]}'

    text = _ALONE.sub(box, text)
    rest: dict[str, str] = {}
    for found in _LINK.finditer(text):
        target = _find_target(found["attributes"], targets)
        if target and target.url.lower().endswith(_PDF) and target.url not in boxed:
            name = re.sub(r"<[^>]*>", "", found["name"])
            attributes = f' href="{html.escape(target.url)}"{_ATTACHMENT}'
            inside = _write_box(attributes, name, html.escape(target.size), target)
            rest.setdefault(target.url, f'<li class="document">{inside}</li>')
    if not rest:
        return text
    items = "\n".join(rest.values())
    return f'{text}\n<ul class="documents">\n{items}\n</ul>'


def _find_target(attributes: str, targets: dict[str, Target]) -> Target | None:
    found = _HREF.search(attributes)
    return targets.get(_BEHIND.sub("", html.unescape(found[1]))) if found else None


def _write_box(attributes: str, name: str, size: str, target: Target) -> str:
    kind = html.escape(target.size.partition(",")[0])
    page = f'<span class="document-kind" aria-hidden="true">{kind}</span> '
    if target.still:
        page = write_photo(target.still, {"alt": ""})
    return (
        f'<a{attributes}>{page}<span class="document-name">{name}</span>'
        f' <span class="attachment-size">{size}</span></a>'
    )


def list_named(converted: str) -> tuple[NamedDocument, ...]:
    """Return the PDFs that a body links to, converted as far as it does not depend on the site."""
    named: dict[str, str] = {}
    for found in _PLAIN_LINK.finditer(converted):
        name = html.unescape(re.sub(r"<[^>]*>", "", found["name"]))
        named.setdefault(html.unescape(found["href"]), " ".join(name.split()))
    return tuple(NamedDocument(*each) for each in named.items())
