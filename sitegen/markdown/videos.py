"""Videos on other hosts: which addresses may be played in a page, and from where."""

import html
import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

_YOUTUBE_SHORT = "youtu.be"
_YOUTUBE = frozenset(
    {"www.youtube.com", "youtube.com", "m.youtube.com", "music.youtube.com", _YOUTUBE_SHORT}
)
_YOUTUBE_PLAYER = "www.youtube-nocookie.com"
# What stands in front of the name of a video in its address.
_YOUTUBE_FOLDERS = frozenset({"embed", "shorts", "live", "v", "e"})
_YOUTUBE_LISTS = "videoseries"
_VIMEO = frozenset({"vimeo.com", "www.vimeo.com"})
_VIMEO_PLAYER = "player.vimeo.com"
_FACEBOOK = frozenset({"www.facebook.com", "facebook.com", "m.facebook.com", "fb.watch"})
_FACEBOOK_PLAYER = "https://www.facebook.com/plugins/video.php?show_text=false&href="
_TIKTOK = frozenset({"www.tiktok.com", "tiktok.com", "vt.tiktok.com"})
# How people know these hosts.
_NAMES = {
    **dict.fromkeys((*_YOUTUBE, _YOUTUBE_PLAYER), "YouTube"),
    **dict.fromkeys((*_VIMEO, _VIMEO_PLAYER), "Vimeo"),
    **dict.fromkeys(_FACEBOOK, "Facebook"),
}
# A moment of a video: 90, 90s, 90.5, 1m30s, 1h2m3s, 1:30, 1:02:03.
_MOMENT = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})(?:[.,]\d*)?s?)?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,4}):(\d{2})(?:[.,]\d*)?")
_MOMENT_NAMES = ("t", "start", "time_continue")
_NOWHERE = urlsplit("")
# The number of a video, and the key of one that is not listed.
_VIMEO_NUMBER = re.compile(r"/(?P<video>[0-9]{1,20})/(?:(?P<key>[0-9a-f]{6,40})/)?")
# Below a channel or a group, which may have a number too.
_VIMEO_VIDEO = re.compile(rf"/videos?{_VIMEO_NUMBER.pattern}")
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
    parts = _split(address)
    host = parts.hostname or ""
    segments = [segment for segment in parts.path.split("/") if segment]
    families = (_YOUTUBE, _VIMEO, _FACEBOOK)
    family = next((each for each in families if host in each), frozenset({host}))
    family = {_YOUTUBE_PLAYER: _YOUTUBE, _VIMEO_PLAYER: _VIMEO}.get(host, family)
    if not segments or (family | {host}).isdisjoint(hosts):
        return ""
    if family is _YOUTUBE:
        return _find_youtube(parts, segments)
    if family is _VIMEO:
        return _find_vimeo(parts, segments)
    if family is _FACEBOOK:
        is_video = host == "fb.watch" or {"videos", "watch", "reel"} & {*segments}
        return f"{_FACEBOOK_PLAYER}{quote(address, safe='')}" if is_video else ""
    return address if address.startswith("https:") else ""


def list_players(hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the origins that play the videos of ``hosts`` (:func:`find_embed`), each once."""
    players = {
        **dict.fromkeys(_YOUTUBE, _YOUTUBE_PLAYER),
        **dict.fromkeys(_FACEBOOK, urlsplit(_FACEBOOK_PLAYER).netloc),
        **dict.fromkeys(_VIMEO, _VIMEO_PLAYER),
    }
    return tuple(dict.fromkeys(f"https://{players.get(host, host)}" for host in hosts))


def is_on_video_host(address: str) -> bool:
    """Tell whether an address is one of a host for videos, whether it may be played or not."""
    return _split(address).hostname in {*_NAMES, *_TIKTOK}


def name_host(address: str) -> str:
    """Return the name by which people know the host of a video."""
    host = _split(address).hostname or ""
    return _NAMES.get(host, host)


def find_still(embed: str) -> str:
    """Return the address of the picture that a host has of a video, where its address is known.

    It is for search engines alone: to show it, a page would tell the host of its readers.
    """
    found = re.match(rf"https://{re.escape(_YOUTUBE_PLAYER)}/embed/([\w-]+)(?=[?#]|$)", embed)
    if not found or found[1] == _YOUTUBE_LISTS:
        return ""
    return f"https://i.ytimg.com/vi/{found[1]}/hqdefault.jpg"


def find_start(address: str) -> int:
    """Return the second with which a video begins, as its address says it in any way."""
    parts = _split(address)
    return next((each for each in map(_count_seconds, _list_moments(parts)) if each), 0)


def _list_moments(parts: SplitResult) -> Iterator[str]:
    for written in (parts.query, parts.fragment):
        values = parse_qs(written)
        yield from (values[name][0] for name in _MOMENT_NAMES if name in values)


def _split(address: str) -> SplitResult:
    """Return the parts of a web address, or of none where it is no such address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return _NOWHERE
    return parts if parts.scheme in {"https", "http"} else _NOWHERE


def _find_vimeo(parts: SplitResult, segments: list[str]) -> str:
    """Return the address of the player for a video; one that is not listed has a second number."""
    path = f"/{'/'.join(segments)}/"
    found = _VIMEO_VIDEO.search(path) or _VIMEO_NUMBER.search(path)
    if not found:
        return ""
    key = parse_qs(parts.query).get("h", [found["key"] or ""])[0]
    unlisted = f"&h={key}" if re.fullmatch(r"[0-9a-f]{6,40}", key) else ""
    start = find_start(parts.geturl())
    moment = f"#t={start}s" if start else ""
    return f"https://{_VIMEO_PLAYER}/video/{found['video']}?dnt=1{unlisted}{moment}"


def _find_youtube(parts: SplitResult, segments: list[str]) -> str:
    """Return the address of the player for a video or a list of videos; a channel has none."""
    player = f"https://{_YOUTUBE_PLAYER}/embed/"
    video, host, query = "", parts.hostname, parse_qs(parts.query)
    if segments == ["watch"]:
        video = query.get("v", [""])[0]
    elif segments == ["playlist"]:
        videos = query.get("list", [""])[0]
        return f"{player}{_YOUTUBE_LISTS}?list={videos}" if _VIDEO_ID.fullmatch(videos) else ""
    elif len(segments) == (1 if host == _YOUTUBE_SHORT else 2):
        video = segments[-1] if host == _YOUTUBE_SHORT or segments[0] in _YOUTUBE_FOLDERS else ""
    if not _VIDEO_ID.fullmatch(video):
        return ""
    start = find_start(parts.geturl())
    return f"{player}{video}?start={start}" if start else f"{player}{video}"


def _count_seconds(moment: str) -> int:
    found = _CLOCK.fullmatch(moment) or _MOMENT.fullmatch(moment)
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
