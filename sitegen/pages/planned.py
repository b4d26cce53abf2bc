"""Pages before they are rendered: what each is made of, alone and in groups."""

import functools
from collections.abc import Callable, Iterable

from sitegen.foundation.addresses import output_path
from sitegen.foundation.parts import Part, seal, unseal
from sitegen.media.pictures import MediaFile
from sitegen.media.renditions import Rendition
from sitegen.media.share_cards import ShareCard
from sitegen.model import Record
from sitegen.pages.context import Shared
from sitegen.theme.assets import Asset

# Makes a view of what pages share and of the parts of one page: its own, and those of what stands
# around it, in groups.
Compose = Callable[[Shared, tuple[Part, ...], tuple[tuple[Part, ...], ...]], Record]


class PlannedPage(Record, frozen=True, gc=False):
    """One page: its address below the site, its template, and what its view is composed of.

    ``own`` are the parts of the page's own subject, ``around`` those of others that it shows, in
    groups. ``compose`` is a function of a module and is given these and what all pages share: so
    nothing else can reach the page, and their digests say whether it is still the same.

    ``owner`` is the file it is made from, relative to the root; ``path`` where it is written,
    relative to the output.
    """

    url: str
    path: str
    template: str
    owner: str
    compose: Compose
    own: tuple[Part, ...]
    around: tuple[tuple[Part, ...], ...] = ()


# Everything that can be in the output.
PlannedFile = PlannedPage | MediaFile | Rendition | ShareCard | Asset


class PlannedGroup(Record, frozen=True, gc=False):
    """Files that are planned of the same articles; they are skipped while the digest is unchanged.

    ``digest`` is that of everything that ``plan`` is given besides what all pages share: equal
    digests, equal files. Where it is empty, the files are few and each is compared. ``paths`` are
    where they are written, relative to the output; ``kind`` is the type of most of them.
    """

    name: str
    digest: bytes
    paths: tuple[str, ...]
    plan: Callable[[], Iterable[PlannedFile]]
    kind: type[PlannedFile] = PlannedPage


def make_group(name: str, items: Iterable[PlannedFile]) -> PlannedGroup:
    """Return a few files as a group of which each is looked at."""
    every = tuple(items)
    return PlannedGroup(name, b"", tuple(item.path for item in every), lambda: every)


def plan_page(
    url: str,
    template: str,
    owner: str,
    compose: Compose,
    own: tuple[Part, ...],
    *around: tuple[Part, ...],
) -> PlannedPage:
    """Return a page to be rendered; an address that ends in ``/`` is a folder's ``index.html``."""
    return PlannedPage(url, output_path(url), template, owner, compose, own, around)


def plan_view(url: str, template: str, owner: str, view: Record) -> PlannedPage:
    """Return a page whose view is there already: one part."""
    return plan_page(
        url, template, owner, functools.partial(_unseal_view, type(view)), (seal(view),)
    )


def _unseal_view(
    kind: type[Record], _: Shared, own: tuple[Part, ...], __: tuple[tuple[Part, ...], ...]
) -> Record:
    return unseal(own[0], kind)
