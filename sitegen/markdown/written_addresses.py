"""What an address means that people wrote: ``www.a.vn``, ``ten@a.vn``, ``https:/a.vn``.

An address with one meaning is completed; which forms have one is said in
:mod:`sitegen.markdown.meant_addresses`.
"""

import functools
from urllib.parse import urlsplit

WEB = ("https://", "http://")
# How addresses begin that are paths, or parts of this page.
_PATH_STARTS = frozenset("./#?")


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
    address = written
    if not written.startswith(WEB):
        # Nearly all addresses are paths or of the web.
        from sitegen.markdown.meant_addresses import find_meant

        address = find_meant(written)
    return _find_path(address, site) if address.startswith(list_own(site)) else address


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
