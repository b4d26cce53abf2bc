"""Videos on other hosts: which addresses may be played in a page, and from where."""

import html
import re
from urllib.parse import parse_qs, urlsplit

_YOUTUBE = frozenset({"www.youtube.com", "youtube.com", "m.youtube.com"})
_YOUTUBE_PLAYER = "www.youtube-nocookie.com"
_YOUTUBE_SHORT = "youtu.be"
_VIMEO = "vimeo.com"
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FRAME = re.compile(
    r"<iframe\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>\s*(?:</iframe\s*>)?", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([a-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def find_embed(address: str, hosts: tuple[str, ...]) -> str:
    """Return the address of the player for a video on one of ``hosts``, or nothing.

    YouTube is played from its host without cookies. Of a host that is not known here, the address
    itself is that of the player.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    player = host == _YOUTUBE_PLAYER and not _YOUTUBE.isdisjoint(hosts)
    segments = [segment for segment in parts.path.split("/") if segment]
    if parts.scheme != "https" or not segments or not (player or host in hosts):
        return ""
    if player or host in _YOUTUBE or host == _YOUTUBE_SHORT:
        watched = parse_qs(parts.query).get("v", [""])[0]
        video = watched if segments == ["watch"] else segments[-1]
        return f"https://{_YOUTUBE_PLAYER}/embed/{video}" if _VIDEO_ID.fullmatch(video) else ""
    if host == _VIMEO:
        video = segments[-1]
        return f"https://player.vimeo.com/video/{video}?dnt=1" if video.isdigit() else ""
    return address


def replace_frames(source: str, hosts: tuple[str, ...]) -> str:
    """Return Markdown in which each pasted frame is written as a video.

    A frame that does not show a video of an allowed host is removed.
    """

    def replace(found: re.Match[str]) -> str:
        attributes = read_attributes(found["attributes"])
        address = attributes.get("src", "")
        if not find_embed(address, hosts) or re.search(r"[\s()<>]", address):
            return ""
        title = re.sub(r"[\[\]\s]+", " ", attributes.get("title", "")).strip() or "Video"
        return f"\n\n![{title}]({address})\n\n"

    return _FRAME.sub(replace, source) if "<iframe" in source.lower() else source


def read_attributes(text: str) -> dict[str, str]:
    """Return the quoted attributes written in a tag, unescaped."""
    return {
        name.lower(): html.unescape(double or single)
        for name, double, single in _ATTRIBUTE.findall(text)
    }
