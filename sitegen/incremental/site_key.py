"""The key of the whole site: a digest of every input of a build.

While it is unchanged, and no article was published or expired since the last build, the output is
up to date, and nothing must be read or planned.
"""

from sitegen.content.discovery import Discovery
from sitegen.content.settings import Config
from sitegen.foundation.parts import digest_record
from sitegen.incremental.config_cache import digest_config
from sitegen.incremental.manifest import GroupNote, Manifest, SiteNote, count_files
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
    theme = (templates, [(each.path, each.digest) for each in assets])
    return digest_record((generator, digest_config(config), found.digest, theme, drafts, search))


def note_site(
    groups: dict[str, GroupNote],
    inputs: bytes,
    since: float,
    until: float,
    warnings: tuple[Problem, ...],
    *,
    drafts: bool,
    provisional: bool = False,
) -> Manifest:
    """Return the manifest of these groups, with a note of the whole site.

    ``inputs`` is the digest that :func:`digest_inputs` returns; for ``drafts`` and ``provisional``
    see :class:`~sitegen.incremental.manifest.SiteNote`.
    """
    folders = tuple(dict.fromkeys(folder for each in groups.values() for folder in each.folders))
    files = sum(map(count_files, groups.values()))
    site = SiteNote(inputs.hex(), since, until, files, folders, warnings, drafts, provisional)
    return Manifest(site, groups)


def find_unchanged(
    manifest: Manifest, present: frozenset[str], inputs: bytes, now: float
) -> SiteNote | None:
    """Return the note of the site if nothing changed since, or else ``None``.

    The first line of the manifest is enough. ``present`` are the names at the top of the output.
    """
    site = manifest.site
    if site and inputs and site.inputs == inputs.hex() and site.since <= now < site.until:
        return site if present.issuperset(site.folders) else None
    return None
