"""The media types of sounds and films, by the suffixes of their files."""

SOUNDS = {".mp3": "audio/mpeg", ".m4a": "audio/mp4"}
CAPTIONS = ".vtt"
FILMS = {".mp4": "video/mp4", ".webm": "video/webm"}
_FILM_SUFFIXES = tuple(FILMS)


def is_film(path: str) -> bool:
    """Tell whether a path or address is that of a film."""
    # An archive has tens of thousands of photos, and few films.
    return path[-5:].lower().endswith(_FILM_SUFFIXES)


def find_media_type(path: str) -> str:
    """Return the media type of a sound or film; nothing of any other file."""
    suffix = path[path.rfind(".") :].lower()
    return SOUNDS.get(suffix) or FILMS.get(suffix, "")
