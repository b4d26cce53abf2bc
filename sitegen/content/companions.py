"""The companions of a film: captions and a still, which lie beside it and have its name."""

from collections.abc import Container, Iterable, Iterator

from sitegen.foundation.media_types import CAPTIONS, is_film

# What browsers show as a still, in the order in which they are looked for.
_STILLS = (".jpg", ".jpeg", ".png", ".webp", ".avif")


def list_captions(film: str) -> tuple[str, ...]:
    """Return where the captions of a film may lie."""
    return _list_beside(film, (CAPTIONS,))


def list_stills(film: str) -> tuple[str, ...]:
    """Return where a still of a film may lie."""
    return _list_beside(film, _STILLS)


def _list_beside(film: str, suffixes: Iterable[str]) -> tuple[str, ...]:
    stem = film[: film.rfind(".")]
    every = (each for suffix in suffixes for each in (suffix, suffix.upper()))
    return tuple(stem + suffix for suffix in every)


def add_companions(paths: Iterable[str], known: Container[str]) -> Iterator[str]:
    """Yield ``paths``, and for each film its companions, as far as they are ``known``."""
    for path in paths:
        yield path
        if is_film(path):
            captions = (each for each in list_captions(path) if each in known)
            stills = (each for each in list_stills(path) if each in known)
            yield from (*captions, *stills)
