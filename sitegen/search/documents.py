"""The documents of the search index: what each is called, and its text."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from sitegen.foundation.addresses import media_url
from sitegen.foundation.parts import unseal
from sitegen.foundation.text import normalise
from sitegen.media.documents import is_document, read_texts
from sitegen.media.inspection import Destination
from sitegen.media.pictures import MediaFile
from sitegen.model import Record
from sitegen.pages.context import PlanContext

_SEPARATORS = re.compile(r"[-_.\s]+")


class IndexedDocument(Record, frozen=True):
    """A published document: its file, its address, its name, and ``PDF, 12 trang, 340 KB``."""

    file: MediaFile
    url: str
    title: str
    size: str


def list_documents(context: PlanContext, files: Iterable[MediaFile]) -> tuple[IndexedDocument, ...]:
    """Return those of the published ``files`` that can be searched."""
    return tuple(
        IndexedDocument(
            file,
            context.shared.href(media_url(normalise(file.source))),
            place.title or _name_file(file.source),
            place.size,
        )
        for file in files
        if is_document(file.path)
        for place in [unseal(context.destinations[normalise(file.source)], Destination)]
    )


def _name_file(path: str) -> str:
    """Return the name of a file as a title."""
    return _SEPARATORS.sub(" ", PurePosixPath(normalise(path)).stem).strip()


def read_document_texts(
    root: Path, cache: Path, documents: Sequence[IndexedDocument]
) -> tuple[str, ...]:
    """Return the texts of documents; nothing of one that cannot be read."""
    return tuple(read_texts(root, cache, [each.file for each in documents]))
