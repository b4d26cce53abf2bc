"""The built output that is to be published: refused where it is not what readers should see."""

from pathlib import Path

from sitegen.content.samples import refuse_samples
from sitegen.incremental.manifest import FileNote, list_files, parse_manifest
from sitegen.model import Record
from sitegen.output.manifest_file import read_manifest
from sitegen.output.staging import is_left
from sitegen.problems import ProblemsFoundError, UsageError

# A warning of a build that a reader must not see.


class Source(Record, frozen=True):
    """What is noted of each file of an output, by its path; of a file without a key, an empty one.

    ``provisional`` tells whether its search index is still an earlier one.
    """

    notes: dict[str, FileNote]
    provisional: bool


def read_source(output: Path, now: float) -> Source:
    """Return what is noted of an output; ``now`` is in seconds since 1970.

    Called while the output is locked.

    Raises :class:`~sitegen.problems.UsageError` where the output is not whole, is out of date, or
    shows drafts, and :class:`~sitegen.problems.ProblemsFoundError` where it shows samples.
    """
    manifest = parse_manifest(read_manifest(output))
    site, path = manifest.site, str(output)
    if site is None or is_left(output):
        raise UsageError("release-unbuilt", path=path)
    if site.drafts:
        raise UsageError("release-drafts", path=path)
    if not site.since <= now < site.until:
        raise UsageError("release-outdated", path=path)
    if refused := [each for each in refuse_samples(site.warnings) if not each.warning]:
        raise ProblemsFoundError(refused)
    notes: dict[str, FileNote] = {}
    for group in manifest.groups.values():
        notes |= list_files(group)
    return Source(notes, site.provisional)
