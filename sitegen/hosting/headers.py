"""What a web server sends with each file: how long it is kept, and what a page may do.

It is what ``deploy/nginx.conf`` sends. docs/deploy.md tells the reasons.
"""

from urllib.parse import urlsplit

from sitegen.content.settings import Config
from sitegen.desk.policy import make_policy
from sitegen.foundation import addresses
from sitegen.markdown.videos import list_players
from sitegen.model import Record

CACHE = "Cache-Control"
POLICY = "Content-Security-Policy"

# A name with a hash of the contents never gets other contents.
_FOREVER = (CACHE, "public, max-age=31536000, immutable")
_FRESH = (CACHE, "no-cache")
_HOUR = (CACHE, "public, max-age=3600, stale-while-revalidate=86400")
# A drawing may run nothing when it is opened by itself.
_POLICY_OF_MEDIA = (POLICY, "script-src 'none'; frame-ancestors 'none'")
# A script that runs by itself (a worker) is not limited by the policy of pages.
_POLICY_OF_ASSETS = (POLICY, "frame-ancestors 'none'")
_REFUSED = "camera display-capture geolocation microphone midi payment usb".split()
_SELF = "style-src img-src font-src media-src connect-src manifest-src worker-src".split()


class HeaderRule(Record, frozen=True):
    """The headers of all addresses that begin with ``folder``; a later rule replaces a header.

    ``suffixes`` limits it to files with these. A folder named ``:bundle`` may have any name.
    """

    folder: str
    headers: tuple[tuple[str, str], ...]
    suffixes: tuple[str, ...] = ()


def list_header_rules(config: Config) -> tuple[HeaderRule, ...]:
    """Return the headers of all files of a site. Pages are asked for each time, as hosts do."""
    base, search = config.base, f"{config.base}{addresses.SEARCH_INDEX}:bundle"
    pages = (
        (POLICY, _make_policy(config)),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", ", ".join(f"{name}=()" for name in _REFUSED)),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("X-Content-Type-Options", "nosniff"),
    )
    return (
        HeaderRule(f"{base}/", pages),
        # Whatever a host keeps otherwise: an old worker would show old pages.
        *([HeaderRule(base + addresses.WORKER, (_FRESH,))] if config.offline else []),
        *(
            [HeaderRule(base + addresses.DESK, make_desk_headers(config))]
            if config.desk.host
            else []
        ),
        HeaderRule(base + addresses.ASSETS, (_FOREVER, _POLICY_OF_ASSETS)),
        HeaderRule(base + addresses.MEDIA, (_HOUR, _POLICY_OF_MEDIA)),
        HeaderRule(f"{search}/index/", (_FOREVER,), ("bin",)),
        HeaderRule(f"{search}/fragment/", (_FOREVER,), ("bin",)),
    )


def make_desk_headers(config: Config) -> tuple[tuple[str, str], ...]:
    """Return what is sent with the desk: it loads other things than pages, and opens a window.

    Its own page states the same policy; only a header says which pages may show it in a frame.
    """
    return (
        (POLICY, f"{make_policy(config)}; frame-ancestors 'none'"),
        ("Cross-Origin-Opener-Policy", "same-origin-allow-popups"),
    )


def _make_policy(config: Config) -> str:
    players = " ".join(list_players(config.video_hosts))
    engine = urlsplit(config.search.url)
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            *(f"{kind} 'self'" for kind in _SELF),
            f"frame-src {players}",
            f"form-action 'self' {engine.scheme}://{engine.netloc}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )
