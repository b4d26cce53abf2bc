"""Players of videos and sound in HTML: what they play, as an address on a line of its own."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|watch\?v=|shorts/|live/)"
    r"|youtu\.be/)(?P<name>[\w-]{11})"
)
_VIMEO = re.compile(r"(?:https?:)?//player\.vimeo\.com/video/(?P<name>\d+)")
_PLAYERS = ("iframe", "embed", "object", "video", "audio")


def name_video(address: str) -> str:
    """Return the address of a video's own page for that of its player, or the address as it is.

    >>> name_video("//www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0")
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
    """
    if found := _YOUTUBE.match(address):
        return f"https://www.youtube.com/watch?v={found['name']}"
    if found := _VIMEO.match(address):
        return f"https://vimeo.com/{found['name']}"
    return f"https:{address}" if address.startswith("//") else address


def replace_players(soup: "BeautifulSoup") -> None:
    """Put a paragraph with what it plays in the place of each player."""
    for player in soup.find_all(_PLAYERS):
        if player.parent is None:
            continue
        address = _find_address(player)
        if not address:
            player.decompose()
            continue
        paragraph = soup.new_tag("p")
        link = soup.new_tag("a", href=name_video(address))
        link.string = name_video(address)
        paragraph.append(link)
        player.replace_with(paragraph)


def _find_address(player: "Tag") -> str:
    for element in (player, *player.find_all(["source", "embed", "param", "a"])):
        if element.name == "param" and str(element.get("name", "")).lower() not in {"movie", "src"}:
            continue
        for name in ("src", "data-src", "data", "href", "value"):
            value = str(element.get(name, "")).strip()
            if value and not value.startswith(("about:", "javascript:")):
                return value
    return ""
