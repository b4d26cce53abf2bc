"""What the generator itself is: its code, the libraries that make bytes, and Python."""

import functools
import os
import sys
import unicodedata
from pathlib import Path

from sitegen.foundation.parts import digest_bytes

# The libraries whose version can change a page, a picture or a font.
LIBRARIES = (
    *("fontpkg-be-vietnam-pro", "fonttools", "jinja2", "markdown", "markupsafe", "msgspec"),
    *("nh3", "pillow", "python-slugify", "pyyaml", "tinycss2", "tzdata", "zxing-cpp"),
)
_INSTALLED = ".dist-info"
# The same, where they are installed.
OPTIONAL = ("pagefind-bin",)


@functools.cache
def fingerprint_generator() -> bytes:
    """Return the digest of all that turns content into pages besides the site's own files."""
    package = Path(__file__).parent.parent
    sources = (path.read_bytes() for path in sorted(package.rglob("*.py")))
    versions = (f"{name} {library_version(name)}" for name in (*LIBRARIES, *OPTIONAL))
    python = f"{sys.version} {unicodedata.unidata_version}"
    return digest_bytes(b"\0".join([*sources, *map(str.encode, versions), python.encode()]))


def library_version(name: str) -> str:
    """Return the version of a library; it is empty where an optional one is not installed."""
    version = _list_versions().get(name, "" if name in OPTIONAL else None)
    if version is None:
        from importlib import metadata

        version = metadata.version(name)
    return version


@functools.cache
def _list_versions() -> dict[str, str]:
    """Return the versions of what is installed, by the names of the folders that say so.

    These are ``name-version.dist-info`` (PyPA, "Recording installed projects"). To read what is in
    them, as the standard library does, takes longer than all the rest of a build of nothing new.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 (text is all that is wanted)
        except OSError:
            continue
        for each in names:
            name, _, version = each.removesuffix(_INSTALLED).partition("-")
            if each.endswith(_INSTALLED):
                found.setdefault(name.lower().replace("_", "-"), version)
    return found
