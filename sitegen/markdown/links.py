"""Where the links and pictures of a body lead, and the HTML that says so.

Both converters (:mod:`sitegen.markdown.prose` and :mod:`sitegen.markdown.conversion`) write their
links here, so a link is shown, checked and refused alike by either.
"""

import html
import re
from typing import Final
from urllib.parse import urljoin

from sitegen.markdown.references import canonical_reference
from sitegen.markdown.videos import find_embed, is_on_video_host
from sitegen.markdown.written_addresses import complete_address, list_own
from sitegen.model import Record
from sitegen.views import BodyView, Picture

_LINK_MISSING: Final = "link-missing"
# How wide the theme shows a picture of a body. Where it loads lazily, a browser may tell by itself
# ("auto": HTML, "sizes attributes"); the others are told the width of the column.
_SIZES: Final = "auto, (min-width: 45rem) 42rem, 92vw"
_ENLARGE: Final = "Xem ảnh lớn"
_PATH_END = re.compile(r"[?#]|$")
_VIDEO_SUFFIXES: Final = (".mp4", ".webm")
# In pixels. What is narrower and stands in the midst of a text is a sign, and no photo to look at.
_WIDEST_SIGN: Final = 240


class Refusal(Record, frozen=True):
    """A link or picture that cannot be shown: a problem's code and the reference."""

    code: str
    reference: str


class Html(Record, frozen=True):
    """A converted body, and the references in it that cannot be shown.

    ``sure`` tells whether all of it has one meaning, so that nothing need be looked at again.
    """

    text: str
    refused: tuple[Refusal, ...] = ()
    sure: bool = False


class Resolver:
    """Writes the links and pictures of one body, and remembers what it had to refuse."""

    def __init__(self, view: BodyView) -> None:
        self._targets = {target.reference: target for target in view.targets}
        self._hosts = view.video_hosts
        self._page = view.page
        self._site = view.site
        # How addresses of this site begin.
        self.own = list_own(view.site)
        self._refused: dict[Refusal, None] = {}

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """What was refused, each once: the pictures in order, then the links."""
        return tuple(sorted(self._refused, key=lambda each: each.code == _LINK_MISSING))

    def count_refused(self) -> int:
        """Return how much was refused so far, for :meth:`replace_refused`."""
        return len(self._refused)

    def replace_refused(self, count: int, refused: tuple[Refusal, ...]) -> None:
        """Forget all but the first ``count`` refusals, and remember ``refused`` instead."""
        while len(self._refused) > count:
            self._refused.popitem()
        self._refused.update(dict.fromkeys(refused))

    def write_picture(
        self, attributes: dict[str, str], *, alone: bool, linked: bool = False
    ) -> str:
        """Return the picture, film or video with the ``attributes`` of an image, or nothing.

        A video of another host is played only where it stands ``alone``. A photo leads to itself,
        as large as it is published, unless it is ``linked``: inside a link it would be a link in a
        link. Readers of feeds have their own way of showing photos.
        """
        address = complete_address(attributes.get("src", ""), self._site)
        rest = {name: value for name, value in attributes.items() if name != "src"}
        label = rest.get("alt") or rest.get("title") or "Video"
        if alone and (embed := find_embed(address, self._hosts)):
            play = {"class": "video-play", "href": address, "data-embed": embed}
            return f"{_write_tag('a', play)}{html.escape(label)}</a>"
        reference = canonical_reference(address)
        if not reference:
            # nh3 has removed an address that is not one of the web.
            code = "picture-external" if address else "picture-inline"
            self._refuse("video-unknown" if is_on_video_host(address) else code, address)
            return ""
        target = self._targets.get(reference)
        if target is None or target.kind == "missing":
            self._refuse("picture-missing", reference)
            return ""
        if target.url.endswith(_VIDEO_SUFFIXES):
            video = {"src": target.url, "aria-label": label}
            return f'{_write_tag("video", video)[:-1]} controls preload="none"></video>'
        if target.picture is None:
            self._refuse("picture-kind", reference)
            return ""
        is_sign = not alone and target.picture.width <= _WIDEST_SIGN
        shown = _write_photo(target.picture, rest)
        stays = linked or is_sign or self._page
        return shown if stays else _write_enlarge(target.picture, rest.get("alt", ""), shown)

    def write_link(self, attributes: dict[str, str], text: str) -> str:
        """Return a link with ``attributes`` around ``text``, or nothing where it stays as it is."""
        written = attributes.get("href", "")
        address = complete_address(written, self._site)
        reference = canonical_reference(address)
        if not reference:
            # A place that links lead to is none itself.
            if "href" not in attributes or (address == written.strip() and not self._page):
                return ""
            return self._write_from_elsewhere(attributes | {"href": address}, text)
        target = self._targets.get(reference)
        if target is None or target.kind == "missing":
            self._refuse(_LINK_MISSING, reference)
            return ""
        if target.kind == "hidden":
            return f"<span>{text}</span>"
        behind = _PATH_END.search(address)
        led = {**attributes, "href": target.url + address[behind.start() if behind else 0 :]}
        size = ""
        if target.picture and "<img " in text:
            # A small photo that leads to the large one.
            led["class"] = f"{led.get('class', '')} enlarge".strip()
        elif target.kind != "page":
            led["class"] = f"{led.get('class', '')} attachment".strip()
            size = f' <span class="attachment-size">({html.escape(target.size)})</span>'
        return f"{_write_tag('a', led)}{text}</a>{size}"

    def _write_from_elsewhere(self, attributes: dict[str, str], text: str) -> str:
        """Return a link that is none of this site's pages.

        On another page than its own, ``#part`` has the address of its own in front of it.
        """
        try:
            absolute = urljoin(self._page, attributes["href"])
        except ValueError:
            return ""
        return f"{_write_tag('a', attributes | {'href': absolute})}{text}</a>"

    def _refuse(self, code: str, reference: str) -> None:
        self._refused[Refusal(code, reference)] = None


def _write_photo(photo: Picture, attributes: dict[str, str]) -> str:
    """Return a picture of a body, lazy, with its renditions."""
    image = {"src": photo.url}
    sizes = {"sizes": _SIZES}
    if photo.srcset:
        image |= {"srcset": photo.srcset, **sizes}
    image |= {"alt": "", **attributes}
    if photo.placeholder:
        image["class"] = f"{image.get('class', '')} tone-{photo.placeholder}".strip()
    if photo.width:
        image |= {"width": str(photo.width), "height": str(photo.height)}
    written = _write_tag("img", image | {"loading": "lazy", "decoding": "async"})
    if not photo.sources:
        return written
    sources = (
        _write_tag("source", {"type": source.type, "srcset": source.srcset, **sizes})
        for source in photo.sources
    )
    return f"<picture>{''.join(sources)}{written}</picture>"


def _write_enlarge(photo: Picture, words: str, shown: str) -> str:
    """Return a photo that leads to itself; where it has no words, the link says what it does."""
    label = {} if words.strip() else {"aria-label": _ENLARGE}
    return f"{_write_tag('a', {'href': photo.url, 'class': 'enlarge'} | label)}{shown}</a>"


def _write_tag(name: str, attributes: dict[str, str]) -> str:
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"
