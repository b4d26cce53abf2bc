"""What the generator itself is: its code, the libraries that make bytes, and Python."""

import functools
import sys
import unicodedata
from importlib import metadata
from pathlib import Path

from sitegen.parts import digest_bytes

# The libraries whose version can change a page, a picture or a font.
LIBRARIES = (
    *("fontpkg-be-vietnam-pro", "fonttools", "jinja2", "markdown", "markupsafe", "msgspec"),
    *("nh3", "pillow", "python-slugify", "pyyaml", "tzdata"),
)
# The same, where they are installed.
OPTIONAL = ("pagefind-bin",)


@functools.cache
def describe_engine() -> bytes:
    """Return the digest of all that turns content into pages besides the site's own files."""
    package = Path(__file__).parent
    sources = (path.read_bytes() for path in sorted(package.glob("*.py")))
    versions = (f"{name} {library_version(name)}" for name in (*LIBRARIES, *OPTIONAL))
    python = f"{sys.version} {unicodedata.unidata_version}"
    return digest_bytes(b"\0".join([*sources, *map(str.encode, versions), python.encode()]))


@functools.cache
def library_version(name: str) -> str:
    """Return the version of a library; it is empty where an optional one is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        if name not in OPTIONAL:
            raise
        return ""
