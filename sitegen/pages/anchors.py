"""Links to parts of other pages, such as ``b.md#muc-2``, of which some lead to no part.

The parts of a page are known only once its text is converted. So only those texts are converted
here that others link to in this way, and what was found is remembered by the digest of the text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sitegen.content.articles import Reference
from sitegen.content.kinds import Document, find_body, list_anchors
from sitegen.content.reference_paths import resolve_path
from sitegen.content.selection import Site
from sitegen.foundation.text import find_nearest
from sitegen.markdown.anchors import is_missing
from sitegen.model import Body, Record
from sitegen.pages.link_index import LinkIndex
from sitegen.problems import Locate, Problem, warning

# Returns the ids of the parts of a text, sorted, or ``None`` where it cannot be converted.
ReadIds = Callable[[Body], tuple[str, ...] | None]


class FollowedAnchors(Record, frozen=True):
    """What is wrong with links to parts of pages; ``known`` is for the next build."""

    problems: tuple[Problem, ...]
    known: dict[bytes, tuple[str, ...]]


def follow_anchors(
    sites: Sequence[Site],
    link_index: LinkIndex,
    locate: Locate,
    read_ids: ReadIds,
    known: Mapping[bytes, tuple[str, ...]],
) -> FollowedAnchors:
    """Follow the links to parts of pages in the texts of the last of ``sites``.

    They may lead to the texts of all ``sites``. ``known`` comes from the last build.
    """
    problems: list[Problem] = []
    used: dict[bytes, tuple[str, ...]] = {}
    own = sites[-1]
    owners = [article for article in own.articles if article.anchors]
    others = [each for each in (*own.standing_texts, *own.flawed) if list_anchors(each)]
    targets = _index(sites) if owners or others else {}
    for document in (*owners, *others):
        for written in list_anchors(document):
            reference, _, name = written.partition("#")
            path = resolve_path(document.path, reference)
            found = link_index.find(Reference(reference, path))
            target = targets.get(found) if isinstance(found, str) else None
            if target is None:
                continue
            body = find_body(target)
            key = body.digest + bytes([body.strict])
            ids = used.get(key, known.get(key))
            if ids is None:
                ids = read_ids(body)
            if ids is None:
                continue
            used[key] = ids
            if is_missing(name, ids):
                nearest = find_nearest(name, ids)
                meant = f"{reference}#{nearest}" if nearest else ""
                place = locate(document.path, written)
                problems.append(warning("anchor-missing", place, value=written, nearest=meant))
    return FollowedAnchors(tuple(problems), used)


def _index(sites: Sequence[Site]) -> dict[str, Document]:
    """Return the texts of ``sites`` by their addresses."""
    return {each.url: each for site in sites for each in _list_texts(site)}


def _list_texts(site: Site) -> Iterator[Document]:
    yield from site.articles
    yield from site.standing_texts
