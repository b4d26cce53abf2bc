"""Which renditions a photo has, and where they are: its smaller copies, in better formats.

A rendition stands beside the photo and is named after it, ``le-hoi.jpg.800.webp``: its width, then
its format. The photo's own suffix stays in the name, so that ``a.jpg`` and ``a.png`` never meet.
None is larger than the photo.
"""

from pathlib import PurePosixPath

from sitegen.model import Pictures, Record

WIDEST = 1600

# What a rendition's suffix means, for <source type="…">.
TYPES = {".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg"}
# A PNG has none of its own kind: made narrower, it is seldom smaller. An animation or a drawing has
# none at all.
_OWN = {".jpg": ".jpg", ".jpeg": ".jpg", ".webp": ".webp"}
_SOURCES = frozenset({*_OWN, ".png", ".avif"})


class Series(Record, frozen=True):
    """The renditions of one format: its suffix, and their widths from the narrowest up."""

    suffix: str
    widths: tuple[int, ...]


def may_have_renditions(path: str) -> bool:
    """Tell whether renditions can be made of pictures of this kind."""
    return _suffix(path) in _SOURCES


def list_series(path: str, width: int, pictures: Pictures) -> tuple[Series, ...]:
    """Return the renditions of the photo at ``path``, published with ``width``, best format first.

    The widest has the photo's width where that is less than the widest wanted. What is nearly as
    wide as the next is left out. Those of the photo's own format come last, without what the photo
    itself is good for.
    """
    widest = min(width, *pictures.widths[-1:])
    narrower = tuple(each for each in pictures.widths if _is_narrower(each, widest))
    own = _OWN.get(_suffix(path), "")
    better = [suffix for suffix in _better(pictures) if suffix not in {own, _suffix(path)}]
    series = [Series(suffix, (*narrower, widest)) for suffix in better]
    beside = (*narrower, widest) if _is_narrower(widest, width) else narrower
    if own and beside:
        series.append(Series(own, beside))
    return tuple(series)


def name_rendition(path: str, width: int, suffix: str) -> str:
    """Return the path or address of a rendition of the photo at ``path``."""
    return f"{path}.{width}{suffix}"


def is_own(path: str, suffix: str) -> bool:
    """Tell whether a rendition's format is that of the photo at ``path``."""
    return _OWN.get(_suffix(path)) == suffix


def _is_narrower(width: int, other: int) -> bool:
    """Tell whether a rendition is so much narrower than another that both are worth having."""
    return width * 5 <= other * 4


def _better(pictures: Pictures) -> tuple[str, ...]:
    return (".avif", ".webp") if pictures.avif else (".webp",)


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
