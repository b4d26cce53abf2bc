"""Where the links and pictures of a body lead, and the HTML that says so.

Both converters (:mod:`sitegen.markdown.prose` and :mod:`sitegen.markdown.conversion`) write their
links here, so a link is shown, checked and refused alike by either.
"""

import html
import re
from typing import Final
from urllib.parse import urljoin

from sitegen.foundation.words import speak, word
from sitegen.markdown.html_writing import write_photo, write_tag
from sitegen.markdown.players import is_played, write_embed, write_player
from sitegen.markdown.references import canonical_reference
from sitegen.markdown.videos import find_embed, is_on_video_host
from sitegen.markdown.written_addresses import complete_address, list_own
from sitegen.model import Record
from sitegen.views import BodyView, Picture, Target

_LINK_MISSING: Final = "link-missing"
_ENLARGE: Final = word("Xem ảnh lớn")
_PATH_END = re.compile(r"[?#]|$")
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
        self._language = view.language
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
        self,
        attributes: dict[str, str],
        *,
        alone: bool,
        linked: bool = False,
        still: Picture | None = None,
    ) -> str:
        """Return the picture, film or video with the ``attributes`` of an image, or nothing.

        A video of another host is played only where it stands ``alone``; it shows a ``still``, as a
        film does. A photo leads to itself, as large as it is published, unless it is ``linked``:
        inside a link it would be a link in a link. Readers of feeds have their own way of showing
        photos.
        """
        address = complete_address(attributes.get("src", ""), self._site)
        rest = {name: value for name, value in attributes.items() if name != "src"}
        label = rest.get("alt") or rest.get("title") or ""
        if alone and (embed := find_embed(address, self._hosts)):
            return write_embed(address, embed, label, still, self._language)
        target = self._find_file(address)
        if target is None:
            return ""
        if is_played(target.url):
            return write_player(target, address, label, still, self._language)
        if target.picture is None:
            self._refuse("picture-kind", target.reference)
            return ""
        is_sign = not alone and target.picture.width <= _WIDEST_SIGN
        shown = write_photo(target.picture, rest)
        stays = linked or is_sign or self._page
        if stays:
            return shown
        return _write_enlarge(target.picture, rest.get("alt", ""), shown, self._language)

    def write_with_still(self, attributes: dict[str, str], image: dict[str, str]) -> str:
        """Return the video that a picture links to, with this picture as its still.

        There is nothing where the link leads to no video, or where there is no such picture.
        """
        address = complete_address(attributes.get("href", ""), self._site)
        target = self._targets.get(canonical_reference(address))
        is_film = target is not None and is_played(target.url)
        still = self._targets.get(canonical_reference(complete_address(image["src"], self._site)))
        picture = still.picture if still else None
        if not picture or not (is_film or find_embed(address, self._hosts)):
            return ""
        video = {"src": attributes["href"], "alt": image.get("alt") or attributes.get("title", "")}
        return self.write_picture(video, alone=True, still=picture)

    def _find_file(self, address: str) -> Target | None:
        """Return what a picture shows, or nothing, which is refused."""
        reference = canonical_reference(address)
        if not reference:
            # nh3 has removed an address that is not one of the web.
            code = "picture-external" if address else "picture-inline"
            self._refuse("video-unknown" if is_on_video_host(address) else code, address)
            return None
        target = self._targets.get(reference)
        if target is None or target.kind == "missing":
            self._refuse("picture-missing", reference)
            return None
        return target

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
        return f"{write_tag('a', led)}{text}</a>{size}"

    def _write_from_elsewhere(self, attributes: dict[str, str], text: str) -> str:
        """Return a link that is none of this site's pages.

        On another page than its own, ``#part`` has the address of its own in front of it.
        """
        try:
            absolute = urljoin(self._page, attributes["href"])
        except ValueError:
            return ""
        return f"{write_tag('a', attributes | {'href': absolute})}{text}</a>"

    def _refuse(self, code: str, reference: str) -> None:
        self._refused[Refusal(code, reference)] = None


def _write_enlarge(photo: Picture, words: str, shown: str, lang: str) -> str:
    """Return a photo that leads to itself; where it has no words, the link says what it does."""
    label = {} if words.strip() else {"aria-label": speak(_ENLARGE, lang)}
    return f"{write_tag('a', {'href': photo.url, 'class': 'enlarge'} | label)}{shown}</a>"
