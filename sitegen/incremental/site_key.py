"""Whether anything changed at all: the key of the whole site.

It stands for every input of a build. While it is the same, and no article came out or expired
since, nothing need be read, arranged or planned to know that the output is as it should be.
"""

from collections.abc import Mapping

from sitegen.content.discovery import Discovery
from sitegen.foundation.parts import digest_bytes
from sitegen.incremental.keys import digest_config
from sitegen.incremental.manifest import Section
from sitegen.model import Config
from sitegen.theme.assets import Asset
from sitegen.theme.templates import Templates

# The section of the list that holds the key. It names no files, and is the first: so nothing else
# need be read of a list that may be long.
_NAME = "site"


def digest_inputs(
    engine: bytes,
    config: Config,
    found: Discovery,
    templates: Templates,
    assets: tuple[Asset, ...],
    *,
    drafts: bool,
    search: bool,
) -> bytes:
    """Return the digest of every input but the time, or nothing where a file must be read first.

    A file below ``content/`` stands there by its stamp: if one has none, there is no digest.
    """
    if found.problems or not found.digest:
        return b""
    sources = [
        digest_bytes(name.encode()) + digest_bytes(source)
        for name, source in templates.sources.items()
    ]
    theme = [digest_bytes(each.path.encode()) + each.digest for each in assets]
    flags = b"%d%d" % (drafts, search)
    parts = (engine, digest_config(config), flags, found.digest)
    return digest_bytes(b"\0".join([*parts, *sources, b"assets", *theme]))


def note_site_key(
    listing: Mapping[str, Section], inputs: bytes, since: float, until: float, total: int
) -> dict[str, Section]:
    """Return a list with a note: it holds for ``inputs`` from ``since`` until before ``until``.

    Both are seconds since 1970; ``total`` is the number of files. Without ``inputs`` there is none.
    """
    if not inputs:
        return dict(listing)
    key = f"{inputs.hex()} {since!r} {until!r} {total}"
    folders = dict.fromkeys(folder for each in listing.values() for folder in each.folders)
    return {_NAME: Section(key, tuple(folders), ""), **listing}


def find_unchanged(
    listing: Mapping[str, Section], present: frozenset[str], inputs: bytes, now: float
) -> int | None:
    """Return the number of files of the site if all is as the list says, or else nothing.

    The first line of the list is enough. ``present`` are the names at the top of the output.
    """
    section = listing.get(_NAME)
    if section is None or not inputs:
        return None
    try:
        digest, since, until, total = section.key.split(" ")
        holds = digest == inputs.hex() and float(since) <= now < float(until)
    except ValueError:
        return None
    return int(total) if holds and present.issuperset(section.folders) else None
