"""Which media files are published: never one that only hidden articles use."""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from sitegen.content.articles import Article
from sitegen.content.companions import add_companions
from sitegen.content.discovery import MARKDOWN, FoundFile
from sitegen.content.kinds import Document, find_audio, find_photo, list_references
from sitegen.content.mentions import choose_mentioned, find_mentions
from sitegen.content.reading import Content
from sitegen.content.selection import Site
from sitegen.foundation.files import read_file
from sitegen.foundation.parts import digest_bytes, digest_record
from sitegen.model import Record
from sitegen.problems import Place, Problem, warning

_MEDIA = "content/media/"


class MediaChoice(Record, frozen=True):
    """Which media files are withheld, and what of this the next build can use.

    ``mentions`` are those of each hidden text (:mod:`sitegen.content.mentions`), by its digest.
    ``withheld`` are the paths of the files of ``content/media/`` that each mentions; they are right
    for hidden texts and files with the digest ``digest``.
    """

    digest: bytes = b""
    mentions: dict[bytes, tuple[str, ...]] = {}
    withheld: dict[bytes, tuple[str, ...]] = {}


def choose_media(
    root: Path, site: Site, content: Content, known: MediaChoice
) -> tuple[tuple[FoundFile, ...], MediaChoice]:
    """Return the files to publish, in the order of their paths, and what to remember.

    These are the files of ``content/media/`` except those that hidden texts alone mention, and the
    files elsewhere below ``content/`` that a published text uses.
    """
    if not content.media:
        return (), MediaChoice()
    documents = _list_documents(content)
    known_paths = content.media.keys()
    shown = _list_used(each for each in documents if each.path not in site.hidden)
    used = {*add_companions(shown, known_paths)}
    hidden = [each for each in documents if each.path in site.hidden]
    choice = _withhold(root, hidden, content, known)
    mentioned = (*chain.from_iterable(choice.withheld.values()), *_list_used(hidden))
    withheld = {*add_companions(mentioned, known_paths)}
    return tuple(
        file
        for path, file in sorted(content.media.items())
        if path in used or (path.startswith(_MEDIA) and path not in withheld)
    ), choice


def choose_hidden_media(
    hidden: Sequence[Document], content: Content, choice: MediaChoice
) -> tuple[FoundFile, ...]:
    """Return the files that will be published with these ``hidden`` texts, or are already."""
    paths = {*_list_used(hidden)}
    for each in hidden if choice.withheld else ():
        paths.update(choice.withheld.get(_digest(each), ()))
    every = {*add_companions(paths, content.media.keys())}
    return tuple(content.media[path] for path in sorted(every & content.media.keys()))


def _withhold(
    root: Path, hidden: Sequence[Document], content: Content, known: MediaChoice
) -> MediaChoice:
    """Return the files of ``content/media/`` that any of the ``hidden`` texts mentions."""
    if not hidden:
        return MediaChoice()
    texts = {_digest(each): each.path for each in hidden}
    paths = [path for path in content.media if path.startswith(_MEDIA)]
    digest = digest_bytes(b"".join(texts) + "\0".join(paths).encode())
    if digest == known.digest:
        return known
    mentions: dict[bytes, tuple[str, ...]] = {}
    for key, path in texts.items():
        mentions[key] = known.mentions.get(key) or _read_mentions(root / path)
    return MediaChoice(digest, mentions, choose_mentioned(mentions, paths))


def _digest(document: Document) -> bytes:
    return document.digest if isinstance(document, Article) else digest_record(document)


def _read_mentions(file: Path) -> tuple[str, ...]:
    try:
        return find_mentions(read_file(file))
    except OSError:
        # Whoever reads it next reports it.
        return ()


def warn_unused(root: Path, content: Content) -> list[Problem]:
    """Return a warning for each file that is no article, not used and not in content/media/.

    What a broken text mentions may well be used once that is mended.
    """
    elsewhere = [path for path in content.media if not path.startswith(_MEDIA)]
    used = {
        *add_companions(
            _list_used(_list_documents(content)) if elsewhere else (), content.media.keys()
        )
    }
    unused = [path for path in elsewhere if path not in used]
    texts = [each for each in content.broken if each.endswith(MARKDOWN)] if unused else ()
    mentions = {path.encode(): _read_mentions(root / path) for path in texts}
    mentioned = {*chain.from_iterable(choose_mentioned(mentions, unused).values())}
    return [
        warning("file-unused", Place(content.media[path].path))
        for path in unused
        if path not in mentioned
    ]


def _list_documents(content: Content) -> tuple[Document, ...]:
    return (*content.articles, *content.standing_texts, *content.flawed)


def _list_used(documents: Iterable[Document]) -> frozenset[str]:
    used = set()
    for document in documents:
        used.add(find_photo(document) or "")
        if audio := find_audio(document):
            used.add(audio.path)
        used.update(each.path for each in list_references(document))
    return frozenset(used)
