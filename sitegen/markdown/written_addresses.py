"""What an address means that people wrote: ``www.a.vn``, ``ten@a.vn``, ``https:/a.vn``.

An address with one meaning is completed. Of any other that leads nowhere, what was probably meant
is suggested.
"""

import functools
import re
from collections.abc import Callable
from urllib.parse import urlsplit

WEB = ("https://", "http://")
# How addresses begin that are paths, or parts of this page.
_PATH_STARTS = frozenset("./#?")
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}(?=[/:?#]|$)"
_BLANK = re.compile(r"\s")
_NO_DIGIT = re.compile(r"[^+0-9]")


def _join_parts(written: str) -> str:
    """Return an address of mail or a number without spaces; those of a subject are kept."""
    address, mark, query = written.partition("?")
    return _BLANK.sub("", address) + mark + _BLANK.sub("%20", query.strip())


# Each form with one meaning, and what it means.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"www\.{_HOST}.*", re.IGNORECASE), lambda found: f"https://{found[0]}"),
    (
        re.compile(rf"(https?)(?:[:;][\\/]*|//)({_HOST}.*)", re.IGNORECASE),
        lambda found: f"{found[1].lower()}://{found[2]}",
    ),
    (re.compile(r"[\w.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}"), lambda found: f"mailto:{found[0]}"),
    (
        re.compile(r"(?:\+84|0)(?:[ .()-]*\d){8,10}"),
        lambda found: f"tel:{_NO_DIGIT.sub('', found[0])}",
    ),
    (
        re.compile(r"(mailto|tel):(\s*\S.*)", re.IGNORECASE),
        lambda found: f"{found[1].lower()}:{_join_parts(found[2])}",
    ),
)
_MISSPELT_SCHEME = re.compile(r"[htps]{2,8}(?:[:;][\\/]*|//)(?P<rest>\S.*)", re.IGNORECASE)
# The last part of a host's name. Editors write few others, and none is a kind of file.
_DOMAIN = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:vn|com|net|org|gov|edu|info|asia)(?=[/:?#]|$)", re.IGNORECASE
)


def complete_address(written: str, site: str = "") -> str:
    """Return the address that is meant, where there is one meaning; any other as it is written.

    Arguments:
        written: the address of a link or a picture.
        site: the address of this site, without ``/`` at the end. What is below it is a path.

    >>> complete_address("https://www.a.vn/lien-he/", "https://a.vn")
    '/lien-he/'
    """
    written = written.strip()
    if written[:1] in _PATH_STARTS:
        return written
    address = written if written.startswith(WEB) else _complete(written)
    return _find_path(address, site) if address.startswith(list_own(site)) else address


def _complete(written: str) -> str:
    found = ((form.fullmatch(written), meaning) for form, meaning in _FORMS)
    return next((meaning(match) for match, meaning in found if match), written)


def suggest_address(written: str) -> str:
    """Return the web address that is probably meant by one that leads nowhere, or nothing."""
    if found := _MISSPELT_SCHEME.fullmatch(written):
        host, slash, path = found["rest"].partition("/")
        host = re.sub(r"\s", "", host)
        return f"https://{host}{slash}{'%20'.join(path.split())}" if "." in host else ""
    return f"https://{written}" if _DOMAIN.match(written) and " " not in written else ""


@functools.lru_cache(maxsize=16)
def find_host(site: str) -> str:
    """Return the host of the ``site``, without ``www.``, or nothing where it has no address."""
    return urlsplit(site).netloc.removeprefix("www.")


@functools.lru_cache(maxsize=16)
def list_own(site: str) -> tuple[str, ...]:
    """Return how addresses of the ``site`` begin: with either scheme, with ``www.`` and without."""
    host = find_host(site)
    if not host:
        return ()
    hosts = (host, f"www.{host}")
    return tuple(f"{scheme}{each}{urlsplit(site).path}" for each in hosts for scheme in WEB)


def _find_path(address: str, site: str) -> str:
    """Return the path of an address of the ``site``; any other address as it is."""
    for own in list_own(site):
        if address.startswith(own):
            rest = address[len(own) :]
            if rest[:1] in {"", "?", "#"}:
                return f"/{rest}"
            # Without its host, an address with two slashes would be one of another host.
            return rest if rest[0] == "/" and rest[1:2] != "/" else address
    return address
