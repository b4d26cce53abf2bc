"""What the page of the desk may load, and where it may send texts: the hosts that config names."""

import base64
import hashlib
import json
from urllib.parse import urlsplit

from sitegen.content.settings import Config, Desk

# What the program's modules name otherwise than by files: relative to the page. A list of words is
# a module here, because a browser takes none as JSON.
IMPORTS = json.dumps(
    {
        "imports": {
            "js-yaml": "./js-yaml/dist/browser/js-yaml.esm.min.js",
            "exifr/dist/lite.esm.mjs": "./exifr/dist/lite.esm.js",
            "./cms/locales/vi.json": "./cms/locales/vi.js",
        }
    },
    separators=(",", ":"),
)
_OWN = "'self'"


def make_policy(config: Config) -> str:
    """Return the policy that the page of the desk states of itself.

    The styles are written by the program, the pictures of accounts come from anywhere, and a photo
    is decoded in a worker, by WebAssembly.
    """
    digest = base64.b64encode(hashlib.sha256(IMPORTS.encode()).digest()).decode()
    hosts = " ".join((_OWN, "blob:", "data:", *_list_hosts(config.desk)))
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'sha256-{digest}' 'wasm-unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' blob: data: https:",
            "media-src 'self' blob: data:",
            "font-src 'self'",
            f"connect-src {hosts}",
            "worker-src 'self' blob:",
            "frame-src 'self' blob:",
            "form-action 'none'",
            "base-uri 'none'",
        ]
    )


def _list_hosts(desk: Desk) -> tuple[str, ...]:
    """Return the servers that the desk speaks to.

    It would ask others whether the host is up: these learn nothing.
    """
    own = tuple(_find_origin(each) for each in (desk.url, desk.authenticator) if each)
    if not desk.host or desk.url:
        return own
    public = {
        "github": ("https://api.github.com", "https://raw.githubusercontent.com"),
        "gitlab": ("https://gitlab.com",),
        "forgejo": ("https://codeberg.org",),
        "gitea": ("https://gitea.com",),
    }
    return (*own, *public[desk.host])


def _find_origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
