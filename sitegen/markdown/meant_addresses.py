"""What an address means that is neither a path nor one of the web: ``www.a.vn``, ``ten@a.vn``.

Few texts have such an address, so few builds need to load this.
"""

import re
from collections.abc import Callable

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


def find_meant(written: str) -> str:
    """Return the address that is meant, where there is one meaning; any other as it is written."""
    found = ((form.fullmatch(written), meaning) for form, meaning in _FORMS)
    return next((meaning(match) for match, meaning in found if match), written)


def suggest_address(written: str) -> str:
    """Return the web address that is probably meant by one that leads nowhere, or nothing."""
    if found := _MISSPELT_SCHEME.fullmatch(written):
        host, slash, path = found["rest"].partition("/")
        host = re.sub(r"\s", "", host)
        return f"https://{host}{slash}{'%20'.join(path.split())}" if "." in host else ""
    return f"https://{written}" if _DOMAIN.match(written) and " " not in written else ""
