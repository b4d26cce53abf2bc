"""What a release says of itself, to whoever asks for it below ``/.well-known/``.

A complaint of a reader can so be matched to what was published. Its file also marks a folder as a
release of ours.
"""

import json
from datetime import datetime
from pathlib import Path

from sitegen.foundation.files import read_file
from sitegen.model import Record

# Its address, without the slash before it.
DESCRIPTION = ".well-known/sitegen-release.json"


class Release(Record, frozen=True):
    """A release: its name, when it was made, from which commit (or nothing), and what is in it.

    ``time`` is an ISO 8601 date with offset. ``files`` is the number of its files and ``digest``
    their digest (:func:`sitegen.releases.contents.digest_contents`), both without the description.
    A ``provisional`` one has the search index of the release before, and the next replaces it.
    """

    name: str
    time: str
    commit: str
    files: int
    digest: str
    provisional: bool = False


def format_description(release: Release) -> bytes:
    """Return the bytes of the description."""
    fields = {
        "id": release.name,
        "time": release.time,
        "commit": release.commit or None,
        "files": release.files,
        "sha256": release.digest,
    }
    if release.provisional:
        fields["provisional"] = True
    return json.dumps(fields, indent=2).encode() + b"\n"


def parse_description(data: bytes | str) -> Release | None:
    """Return what a description says: nothing, if it is none."""
    try:
        said = json.loads(data)
        return Release(
            name=said["id"],
            time=datetime.fromisoformat(said["time"]).isoformat(),
            commit=str(said["commit"] or ""),
            files=int(said["files"]),
            digest=str(said["sha256"]),
            provisional=said.get("provisional") is True,
        )
    except (ValueError, TypeError, KeyError):
        return None


def read_description(folder: Path) -> Release | None:
    """Return what the release in ``folder`` says of itself: nothing, if it is none of ours."""
    try:
        release = parse_description(read_file(folder / DESCRIPTION))
    except OSError:
        return None
    return release if release and release.name == folder.name else None
