"""What is said of releases, for people."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from sitegen.cli.sentences import Sentence
from sitegen.problems import mark
from sitegen.releases.place import CURRENT, PREVIOUS
from sitegen.releases.publication import State

_OF = {
    CURRENT: mark("{name}: {moment}, {files} files, commit {commit} ← readers see this one"),
    PREVIOUS: mark("{name}: {moment}, {files} files, commit {commit} ← the one before"),
    "": mark("{name}: {moment}, {files} files, commit {commit}"),
}
_SHORT = 10


def describe_releases(state: State, zone: tzinfo) -> Iterator[Sentence]:
    """Yield a sentence for each release, newest first, and which of them readers see."""
    links = {state.previous: PREVIOUS, state.current: CURRENT}
    for each in reversed(state.releases):
        moment = datetime.fromisoformat(each.time).astimezone(zone)
        values = {
            "name": each.name,
            "moment": moment.replace(tzinfo=None).isoformat(" ", "seconds"),
            "files": str(each.files),
            "commit": each.commit[:_SHORT] or "–",
        }
        yield Sentence(_OF[links.get(each.name, "")], values)
