"""Players: the HTML of videos and sounds in a body, and what machines are told of them.

A video of another host is a link with a still, its title and the name of the host. Nothing is
loaded from there until a reader asks for it (``templates/assets/js/video.js``).
"""

import html
import re
from typing import Final
from urllib.parse import urljoin, urlsplit

from sitegen.foundation.media_types import FILMS, SOUNDS, find_media_type
from sitegen.foundation.words import speak
from sitegen.markdown.html_writing import write_photo, write_tag
from sitegen.markdown.videos import find_start, find_still, name_host
from sitegen.views import Picture, Target, Video

# How wide the still of a film is shown: as the column is.
_STILL_WIDTH: Final = 720
# What a video is called that the editor gave no name.
_UNNAMED: Final = "Video"
_FILMS: Final = tuple(FILMS)
_SOUNDS: Final = tuple(SOUNDS)
_PLAYER = re.compile(
    r'<a class="video-play" href="(?P<page>[^"]*)" data-embed="(?P<embed>[^"]*)">'
    r"(?P<inside>.*?)</a>"
    r'|<video src="(?P<film>[^"]*)" aria-label="(?P<label>[^"]*)"(?: poster="(?P<poster>[^"]*)")?',
    re.DOTALL,
)
_NAME = re.compile(r'<span class="video-name">(.*?)</span>', re.DOTALL)
_IMAGE = re.compile(r'<img src="([^"]*)"')


def is_played(url: str) -> bool:
    """Tell whether a file is a film or a sound."""
    return url.lower().endswith((*_FILMS, *_SOUNDS))


def write_embed(address: str, embed: str, label: str, still: Picture | None, lang: str) -> str:
    """Return the link that becomes the player of a video of another host."""
    play = write_tag("a", {"class": "video-play", "href": address, "data-embed": embed})
    shown = write_photo(still, {"alt": ""}) if still else ""
    said = speak("Phát từ {host}", lang).format(host=html.escape(name_host(address)))
    host = f'<span class="video-host">{said}</span>'
    return (
        f'{play}{shown}<span class="video-name">{html.escape(label or _UNNAMED)}</span> {host}</a>'
    )


def write_player(target: Target, address: str, label: str, still: Picture | None, lang: str) -> str:
    """Return the player of a film or a sound of the site; ``address`` is as it is written."""
    start = find_start(urljoin("https://localhost", address))
    url = f"{target.url}#t={start}" if start else target.url
    if target.url.lower().endswith(_SOUNDS):
        sound = {"src": url, "aria-label": label or speak("Bản ghi âm", lang)}
        return f'{write_tag("audio", sound)[:-1]} controls preload="none"></audio>'
    film = {"src": url, "aria-label": label or _UNNAMED}
    if still := still or target.still:
        film["poster"] = _choose_rendition(still)
        if still.width:
            film |= {"width": str(still.width), "height": str(still.height)}
    track = ""
    if target.captions:
        label = speak("Phụ đề", lang)
        text = {"kind": "captions", "src": target.captions, "srclang": lang, "label": label}
        track = write_tag("track", text)
    return f'{write_tag("video", film)[:-1]} controls preload="none">{track}</video>'


def _choose_rendition(still: Picture) -> str:
    """Return the address of the narrowest rendition that fills the column, or else of the photo.

    The still of a film can have one address alone.
    """
    sets = [source.srcset for source in still.sources[-1:]] or [still.srcset]
    every = [each.rsplit(" ", 1) for each in sets[0].split(", ") if each]
    wide = [url for url, width in every if int(width.removesuffix("w")) >= _STILL_WIDTH]
    return wide[0] if wide else still.url


def list_videos(body: str, origin: str) -> tuple[Video, ...]:
    """Return the videos of a body for machines, with absolute addresses.

    >>> list_videos("<p>Chữ</p>", "https://example.org")
    ()
    """
    if 'class="video-play"' not in body and "<video " not in body:
        return ()
    return tuple(_read_player(found, origin) for found in _PLAYER.finditer(body))


def _read_player(found: re.Match[str], origin: str) -> Video:
    def read(text: str) -> str:
        plain = html.unescape(text)
        return "" if plain == _UNNAMED else plain

    def join(url: str) -> str:
        return urljoin(f"{origin}/", read(url)) if url else ""

    if found["film"]:
        url = join(found["film"])
        kind = find_media_type(urlsplit(url).path)
        return Video(read(found["label"]), url, "", kind, join(found["poster"] or ""))
    inside, embed = found["inside"], read(found["embed"])
    named, image = _NAME.search(inside), _IMAGE.search(inside)
    still = join(image[1]) if image else find_still(embed)
    return Video(read(named[1]) if named else "", read(found["page"]), embed, "", still)
