"""The key of the whole site: a digest of every input of a build.

While it is unchanged, and no article was published or expired since the last build, the output is
up to date, and nothing must be read or planned.
"""

from sitegen.content.discovery import Discovery
from sitegen.content.settings import Config
from sitegen.foundation.parts import digest_bytes
from sitegen.incremental.config_cache import digest_config
from sitegen.incremental.manifest import Manifest, SiteNote, count_files
from sitegen.problems import Problem
from sitegen.theme.assets import Asset
from sitegen.theme.templates import Templates


def digest_inputs(
    generator: bytes,
    config: Config,
    found: Discovery,
    templates: Templates,
    assets: tuple[Asset, ...],
    *,
    drafts: bool,
    search: bool,
) -> bytes:
    """Return the digest of every input but the time.

    Of a file below ``content/`` it covers the stamp. If a file has no stamp, it must be read, and
    there is no digest (empty bytes).
    """
    if found.problems or not found.digest:
        return b""
    sources = [
        digest_bytes(name.encode()) + digest_bytes(source)
        for name, source in templates.sources.items()
    ]
    theme = [digest_bytes(each.path.encode()) + each.digest for each in assets]
    flags = b"%d%d" % (drafts, search)
    parts = (generator, digest_config(config), flags, found.digest)
    return digest_bytes(b"\0".join([*parts, *sources, b"assets", *theme]))


def note_site(
    manifest: Manifest, inputs: bytes, since: float, until: float, warnings: tuple[Problem, ...]
) -> Manifest:
    """Return the manifest with a note of the whole site; without ``inputs`` there is no note."""
    if not inputs:
        return Manifest(None, manifest.groups)
    groups = manifest.groups.values()
    folders = tuple(dict.fromkeys(folder for each in groups for folder in each.folders))
    files = sum(map(count_files, groups))
    return Manifest(SiteNote(inputs.hex(), since, until, files, folders, warnings), manifest.groups)


def find_unchanged(
    manifest: Manifest, present: frozenset[str], inputs: bytes, now: float
) -> SiteNote | None:
    """Return the note of the site if nothing changed since, or else ``None``.

    The first line of the manifest is enough. ``present`` are the names at the top of the output.
    """
    site = manifest.site
    if site is None or not inputs or site.inputs != inputs.hex():
        return None
    if not (site.since <= now < site.until and present.issuperset(site.folders)):
        return None
    return site
