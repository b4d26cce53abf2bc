"""The hosts of web addresses: which text can be one."""

import re
from ipaddress import IPv4Address
from urllib.parse import urlsplit

_HOST = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*"
    r"(?P<last>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)"
)
# Who pastes one address into another one, or deletes too much, has these for a host.
_NO_HOSTS = frozenset({"http", "https", "www"})


def read_host(address: str) -> str:
    """Return the host of a web address in ASCII, with its port, or nothing if it cannot be one.

    What ends in a number must be an address of IPv4 (WHATWG URL, 3.5).
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
        found = _HOST.fullmatch(host)
        if not found or host in _NO_HOSTS or port == 0:
            return ""
        if found["last"].isdecimal():
            IPv4Address(host)
    except ValueError:
        return ""
    return f"{host}:{port}" if port else host
