"""The fingerprint of the generator: of its code, its libraries and Python."""

import functools
import sys
import unicodedata
from importlib import util
from itertools import chain
from pathlib import Path

from sitegen.foundation.folders import list_folder
from sitegen.foundation.parts import digest_bytes

# The libraries whose version can change a page, a picture or a font.
LIBRARIES = (
    *("fontpkg-be-vietnam-pro", "fonttools", "jinja2", "markdown", "markupsafe", "msgspec"),
    *("nh3", "pillow", "python-slugify", "pyyaml", "tinycss2", "tzdata", "zxing-cpp"),
)
_INSTALLED = ".dist-info"
# Such libraries that need not be installed.
OPTIONAL = ("pypdfium2",)


@functools.cache
def fingerprint_generator() -> bytes:
    """Return the digest of the generator's code, of its libraries' versions, and of Python's."""
    package = Path(__file__).parent.parent
    # The catalogs of pages hold words that pages show.
    files = (*package.rglob("*.py"), *package.glob("locale/*/LC_MESSAGES/pages.mo"))
    sources = (path.read_bytes() for path in sorted(files))
    versions = (f"{name} {library_version(name)}" for name in LIBRARIES)
    python = f"{sys.version} {unicodedata.unidata_version}"
    return digest_bytes(b"\0".join([*sources, *map(str.encode, versions), python.encode()]))


def library_version(name: str) -> str:
    """Return the version of a library."""
    version = _list_versions().get(name)
    if version is not None:
        return version
    from importlib import metadata

    return metadata.version(name)


def find_installed(package: str, path: str) -> Path | None:
    """Return a file of an installed package, or nothing where there is none."""
    found = util.find_spec(package) if package else None
    folders = (found.submodule_search_locations or []) if found else []
    files = (Path(folder, path) for folder in folders)
    return next((file for file in files if file.is_file()), None)


@functools.cache
def _list_versions() -> dict[str, str]:
    """Return the version of each installed library.

    It is read from the folder ``name-version.dist-info`` (PyPA, "Recording installed projects").
    The standard library reads the files in these folders: this takes longer than the rest of a
    build in which nothing changed.
    """
    found: dict[str, str] = {}
    for each in chain.from_iterable(list_folder(folder or ".") for folder in sys.path):
        name, _, version = each.removesuffix(_INSTALLED).partition("-")
        if each.endswith(_INSTALLED):
            found.setdefault(name.lower().replace("_", "-"), version)
    return found
