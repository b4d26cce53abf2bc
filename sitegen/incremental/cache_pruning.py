"""What the cache keeps of pictures that no page shows any more, deleted when it is most of it.

How much of it there is decides, and no clock: so builds stay functions of their inputs, and a photo
that is away for a day is not encoded again.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from sitegen.foundation.cache import count_kept, keep_only
from sitegen.media.pictures import MEDIA, name_kept_picture
from sitegen.media.resizing import RENDITIONS, Rendition, name_kept_rendition
from sitegen.media.share_cards import CARDS, ShareCard, name_kept_card
from sitegen.pages.planned import PlannedFile, PlannedGroup, PlannedMedia

# A folder may keep so many times what the site has, and so many files more.
_TIMES = 2
_SPARE = 500


# The folder of each kind of picture, and under which key such a picture is kept there.
_STORES: tuple[tuple[str, type[PlannedFile], Callable[[Any], str]], ...] = (
    (RENDITIONS, Rendition, name_kept_rendition),
    (CARDS, ShareCard, name_kept_card),
    (MEDIA, PlannedMedia, lambda item: name_kept_picture(item.digest)),
)


def prune(cache: Path, groups: Sequence[PlannedGroup], made: Iterable[PlannedFile]) -> None:
    """Delete pictures, renditions and share cards that none of ``groups`` has, if too many.

    Nothing is looked at where no such picture was ``made``.
    """
    kinds = {type(item) for item in made}
    for folder, kind, name in _STORES:
        if kind not in kinds:
            continue
        own = [group for group in groups if group.name.partition(" ")[0] == folder]
        wanted = sum(len(group.paths) for group in own)
        if count_kept(cache / folder) > _TIMES * wanted + _SPARE:
            keep_only(cache / folder, {name(item) for group in own for item in group.plan()})
