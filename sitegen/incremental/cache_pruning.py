"""Deletes pictures from the cache that the site no longer has, when they are most of the cache.

Their number decides, not their age, because a build reads no clock. So a photo that is removed and
soon added again need not be encoded again.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from sitegen.foundation.cache import keep_only
from sitegen.foundation.folders import list_folder
from sitegen.media.pictures import PICTURE_CACHE, MediaFile, name_cached_picture
from sitegen.media.renditions import RENDITION_CACHE, Rendition, name_cached_rendition
from sitegen.media.share_cards import CARD_CACHE, ShareCard, name_cached_card
from sitegen.model import Record
from sitegen.pages.planned import PlannedFile, PlannedGroup

# A folder may hold _TIMES as many files as the site has, and _SPARE more.
_TIMES = 2
_SPARE = 500


class _Folder(Record, frozen=True):
    """A folder of the cache, the type of its files, and the function that names them."""

    name: str
    kind: type[PlannedFile]
    name_cached: Callable[[Any], str]


_FOLDERS = (
    _Folder(RENDITION_CACHE, Rendition, name_cached_rendition),
    _Folder(CARD_CACHE, ShareCard, name_cached_card),
    _Folder(PICTURE_CACHE, MediaFile, name_cached_picture),
)


def prune(cache: Path, groups: Sequence[PlannedGroup], made: Iterable[PlannedFile]) -> None:
    """Delete cached pictures, renditions and share cards that no group has, if they are many.

    Only folders for the types of the files that were ``made`` are counted: no other folder grew.
    """
    kinds = {type(file) for file in made}
    for folder in _FOLDERS:
        own = [group for group in groups if group.kind is folder.kind]
        wanted = sum(len(group.paths) for group in own)
        most = _TIMES * wanted + _SPARE
        if folder.kind in kinds and len(list_folder(cache / folder.name)) > most:
            names = {folder.name_cached(file) for group in own for file in group.plan()}
            keep_only(cache / folder.name, names)
