"""Which renditions a photo has, and where they are: its smaller copies, in better formats.

A rendition stands beside the photo and is named after it, ``le-hoi.jpg.720.webp``: its width, then
its format. The photo's own suffix stays in the name, so that ``a.jpg`` and ``a.png`` never meet.
None is larger than the photo.
"""

import re

from sitegen.model import Pictures, Record

# What a rendition's suffix means, for <source type="…">.
TYPES = {".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg"}
# A PNG has none of its own kind: made narrower, it is seldom smaller. An animation or a drawing has
# none at all.
_OWN = {".jpg": ".jpg", ".jpeg": ".jpg", ".webp": ".webp"}
_NAMED_LIKE = re.compile(r"\.\d+\.(?:avif|webp|jpg)(?![^/\n])", re.IGNORECASE)
_SOURCES = frozenset({*_OWN, ".png", ".avif"})


class Series(Record, frozen=True):
    """The renditions of one format: its suffix, and their widths from the narrowest up."""

    suffix: str
    widths: tuple[int, ...]


def may_have_renditions(path: str) -> bool:
    """Tell whether renditions can be made of pictures of this kind."""
    return find_suffix(path) in _SOURCES


def find_suffix(path: str) -> str:
    """Return the suffix of a photo's path or address, in small letters."""
    return path[path.rfind(".") :].lower()


def list_series(kind: str, width: int, pictures: Pictures) -> tuple[Series, ...]:
    """Return the renditions of a photo with the suffix ``kind``, published with ``width``.

    The best format comes first, the photo's own last, without what the photo itself is good for.
    The widest has the photo's width where that is less than the widest wanted. What is nearly as
    wide as the next is left out.
    """
    widest = min(width, *pictures.widths[-1:])
    narrower = tuple(each for each in pictures.widths if _is_narrower(each, widest))
    own = _OWN.get(kind, "")
    better = [suffix for suffix in _better(pictures) if suffix not in {own, kind}]
    series = [Series(suffix, (*narrower, widest)) for suffix in better]
    beside = (*narrower, widest) if _is_narrower(widest, width) else narrower
    if own and beside:
        series.append(Series(own, beside))
    return tuple(series)


def name_rendition(path: str, width: int, suffix: str) -> str:
    """Return the path or address of a rendition of the photo at ``path``."""
    return f"{path}.{width}{suffix}"


def holds_rendition(paths: str) -> bool:
    """Tell whether any file or folder of ``paths``, one a line, is named as renditions are."""
    return _NAMED_LIKE.search(paths) is not None


def is_own(kind: str, suffix: str) -> bool:
    """Tell whether a rendition's format is that of a photo with the suffix ``kind``."""
    return _OWN.get(kind) == suffix


def _is_narrower(width: int, other: int) -> bool:
    """Tell whether a rendition is so much narrower than another that both are worth having."""
    return width * 5 <= other * 4


def _better(pictures: Pictures) -> tuple[str, ...]:
    return (".avif", ".webp") if pictures.avif else (".webp",)
