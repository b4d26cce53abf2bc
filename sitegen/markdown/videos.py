"""Videos on other hosts: which addresses may be played in a page, and from where."""

import html
import re
from urllib.parse import parse_qs, quote, urlsplit

_YOUTUBE_SHORT = "youtu.be"
_YOUTUBE = frozenset({"www.youtube.com", "youtube.com", "m.youtube.com", _YOUTUBE_SHORT})
_YOUTUBE_PLAYER = "www.youtube-nocookie.com"
# What stands in front of the name of a video in its address.
_YOUTUBE_FOLDERS = frozenset({"embed", "shorts", "live", "v"})
_VIMEO = "vimeo.com"
_VIMEO_PLAYER = "player.vimeo.com"
_FACEBOOK = frozenset({"www.facebook.com", "facebook.com", "m.facebook.com", "fb.watch"})
_FACEBOOK_PLAYER = "https://www.facebook.com/plugins/video.php?show_text=false&href="
_TIKTOK = frozenset({"www.tiktok.com", "tiktok.com", "vt.tiktok.com"})
# A moment of a video: 90, 90s, 1m30s, 1h2m3s.
_MOMENT = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?")
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FRAME = re.compile(
    r"<iframe\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>\s*(?:</iframe\s*>)?", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([a-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def find_embed(address: str, hosts: tuple[str, ...]) -> str:
    """Return the address of the player for a video on one of ``hosts``, or nothing.

    All hosts of YouTube are one; it is played from its host without cookies. Of a host that is not
    known here, the address itself is that of the player.
    """
    host, segments, query = _split(address)
    family = next((each for each in (_YOUTUBE, _FACEBOOK) if host in each), frozenset({host}))
    player = host == _YOUTUBE_PLAYER and not _YOUTUBE.isdisjoint(hosts)
    if not segments or not (player or not family.isdisjoint(hosts)):
        return ""
    if player or family is _YOUTUBE:
        return _find_youtube(host, segments, query)
    if host == _VIMEO:
        video = segments[-1]
        return f"https://{_VIMEO_PLAYER}/video/{video}?dnt=1" if video.isdigit() else ""
    if family is _FACEBOOK:
        is_video = host == "fb.watch" or {"videos", "watch", "reel"} & {*segments}
        return f"{_FACEBOOK_PLAYER}{quote(address, safe='')}" if is_video else ""
    return address if address.startswith("https:") else ""


def list_players(hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the origins that play the videos of ``hosts`` (:func:`find_embed`), each once."""
    players = {
        **dict.fromkeys(_YOUTUBE, _YOUTUBE_PLAYER),
        **dict.fromkeys(_FACEBOOK, urlsplit(_FACEBOOK_PLAYER).netloc),
        _VIMEO: _VIMEO_PLAYER,
    }
    return tuple(dict.fromkeys(f"https://{players.get(host, host)}" for host in hosts))


def is_on_video_host(address: str) -> bool:
    """Tell whether an address is one of a host for videos, whether it may be played or not."""
    return _split(address)[0] in {*_YOUTUBE, _YOUTUBE_PLAYER, _VIMEO, *_FACEBOOK, *_TIKTOK}


def _split(address: str) -> tuple[str, list[str], dict[str, list[str]]]:
    """Return the host, the segments of the path and the query of a web address."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return "", [], {}
    if parts.scheme not in {"https", "http"}:
        return "", [], {}
    segments = [segment for segment in parts.path.split("/") if segment]
    return host, segments, parse_qs(parts.query)


def _find_youtube(host: str, segments: list[str], query: dict[str, list[str]]) -> str:
    """Return the address of the player for a video or a list of videos; a channel has none."""
    player = f"https://{_YOUTUBE_PLAYER}/embed/"
    video = ""
    if segments == ["watch"]:
        video = query.get("v", [""])[0]
    elif segments == ["playlist"]:
        videos = query.get("list", [""])[0]
        return f"{player}videoseries?list={videos}" if _VIDEO_ID.fullmatch(videos) else ""
    elif len(segments) == (1 if host == _YOUTUBE_SHORT else 2):
        video = segments[-1] if host == _YOUTUBE_SHORT or segments[0] in _YOUTUBE_FOLDERS else ""
    if not _VIDEO_ID.fullmatch(video):
        return ""
    start = _count_seconds((query.get("t") or query.get("start") or [""])[0])
    return f"{player}{video}?start={start}" if start else f"{player}{video}"


def _count_seconds(moment: str) -> int:
    found = _MOMENT.fullmatch(moment)
    if not found:
        return 0
    hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return (hours * 60 + minutes) * 60 + seconds


def replace_frames(source: str, hosts: tuple[str, ...]) -> str:
    """Return Markdown in which each pasted frame is written as the figure of a video.

    A frame that does not show a video of an allowed host is removed.
    """

    def replace(found: re.Match[str]) -> str:
        attributes = read_attributes(found["attributes"])
        address = attributes.get("src", "")
        if not find_embed(address, hosts) or re.search(r"[\s()<>]", address):
            return ""
        title = re.sub(r"[\[\]\s]+", " ", attributes.get("title", "")).strip() or "Video"
        # Within other HTML, Markdown would be text.
        written = f'src="{html.escape(address)}" alt="{html.escape(title)}"'
        return f"\n\n<figure><img {written}></figure>\n\n"

    return _FRAME.sub(replace, source) if "<iframe" in source.lower() else source


def read_attributes(text: str) -> dict[str, str]:
    """Return the quoted attributes written in a tag, unescaped."""
    return {
        name.lower(): html.unescape(double or single)
        for name, double, single in _ATTRIBUTE.findall(text)
    }
