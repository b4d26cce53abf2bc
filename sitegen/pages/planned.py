"""Pages before they are rendered: what each is made of, alone and in groups."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sitegen.foundation.addresses import output_path
from sitegen.media.pictures import MediaFile
from sitegen.media.renditions import Rendition
from sitegen.media.share_cards import ShareCard
from sitegen.model import Record
from sitegen.pages.context import Shared
from sitegen.theme.assets import Asset

# The owner of what no article and no standing page owns.
SITE = "config.yaml"

_Own = TypeVar("_Own", bound=Record)
_Around = TypeVar("_Around", bound=Record)


class Nothing(Record, frozen=True):
    """What a page has that shows nothing of its own, or nothing of others."""


class PlannedPage(Record, frozen=True, gc=False):
    """One page: its address below the site, its template, and what its view is composed of.

    ``own`` is a record of the page's own subject, ``around`` one of what it shows of others; both
    hold plain values and parts. ``compose`` is a function of a module. It is given these two and
    what all pages share, and nothing else: so the digests of their bytes say whether the page is
    still the same.

    ``owner`` is the file it is made from, relative to the root; ``path`` where it is written,
    relative to the output.
    """

    url: str
    path: str
    template: str
    owner: str
    compose: Callable[[Shared, Any, Any], Record]
    own: Record
    around: Record


# Everything that can be in the output.
PlannedFile = PlannedPage | MediaFile | Rendition | ShareCard | Asset


class PlannedGroup(Record, frozen=True, gc=False):
    """Files that are planned from the same articles: while these are unchanged, it is skipped.

    ``digest`` is that of everything that ``plan`` is given besides what all pages share: equal
    digests, equal files. Where it is empty, the files are few and each is compared. ``paths`` are
    where they are written, relative to the output; ``kind`` is the type of most of them.
    """

    name: str
    digest: bytes
    paths: tuple[str, ...]
    plan: Callable[[], Iterable[PlannedFile]]
    kind: type[PlannedFile] = PlannedPage


def make_group(name: str, files: Iterable[PlannedFile]) -> PlannedGroup:
    """Return a few files as a group of which each is looked at."""
    every = tuple(files)
    return PlannedGroup(name, b"", tuple(file.path for file in every), lambda: every)


def plan_page(
    url: str,
    template: str,
    owner: str,
    compose: Callable[[Shared, _Own, _Around], Record],
    own: _Own,
    around: _Around,
) -> PlannedPage:
    """Return a page to be rendered; an address that ends in ``/`` is a folder's ``index.html``."""
    return PlannedPage(url, output_path(url), template, owner, compose, own, around)


def plan_view(url: str, template: str, owner: str, view: Record) -> PlannedPage:
    """Return a page whose view is there already."""
    return plan_page(url, template, owner, _give_view, view, Nothing())


def _give_view(_: Shared, view: Record, __: Nothing) -> Record:
    return view
