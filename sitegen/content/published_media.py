"""Which media files are published: never one that only hidden articles use."""

from collections.abc import Iterable

from sitegen.content.discovery import FoundFile
from sitegen.content.kinds import Document, find_photo, list_references
from sitegen.content.reading import Content
from sitegen.content.selection import Site
from sitegen.problems import Place, Problem, warning

_MEDIA = "content/media/"


def choose_media(site: Site, content: Content) -> tuple[FoundFile, ...]:
    """Return the files to publish, in the order of their paths.

    These are the files of ``content/media/`` except those that hidden articles alone use, and the
    files elsewhere below ``content/`` that a published article uses.
    """
    if not content.media:
        return ()
    documents = _list_documents(content)
    shown = _list_used(each for each in documents if each.path not in site.hidden)
    hidden = _list_used(each for each in documents if each.path in site.hidden)
    return tuple(
        file
        for path, file in sorted(content.media.items())
        if path in shown or (path.startswith(_MEDIA) and path not in hidden)
    )


def warn_unused(content: Content) -> list[Problem]:
    """Return a warning for each file that is no article, not used and not in content/media/."""
    elsewhere = [path for path in content.media if not path.startswith(_MEDIA)]
    used = _list_used(_list_documents(content)) if elsewhere else frozenset()
    return [
        warning("file-unused", Place(content.media[path].path))
        for path in elsewhere
        if path not in used
    ]


def _list_documents(content: Content) -> tuple[Document, ...]:
    return (*content.articles, *content.standing_texts, *content.flawed)


def _list_used(documents: Iterable[Document]) -> frozenset[str]:
    used = set()
    for document in documents:
        used.add(find_photo(document) or "")
        used.update(each.path for each in list_references(document))
    return frozenset(used)
