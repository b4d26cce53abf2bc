"""Planned pages and groups: what each page will be made of, before it is rendered."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

from sitegen.foundation.addresses import output_path
from sitegen.media.pictures import MediaFile
from sitegen.media.renditions import Rendition
from sitegen.media.share_cards import ShareCard
from sitegen.model import Record
from sitegen.pages.context import Shared
from sitegen.theme.assets import Asset

# The owner of pages that belong to no article and no standing page.
SITE = "config.yaml"

# What the view of a page is composed of: a record, or records in their order (none: nothing).
Shown = Record | tuple[Record, ...]
_Own = TypeVar("_Own", bound=Shown)
_Around = TypeVar("_Around", bound=Shown)


class PlannedPage(Record, frozen=True, gc=False):
    """One page: its address, its template, and what its view is composed of.

    ``own`` is what the page shows of its own subject, ``around`` what it shows of others; both hold
    plain values and parts. ``compose`` makes the view of these two and of what all pages share. It
    is given nothing else and must not be a closure: so the page is unchanged while their digests
    are unchanged.

    ``owner`` is the file that the page is made from, relative to the root; ``path`` is the file
    that it is written to, relative to the output.
    """

    url: str
    path: str
    template: str
    owner: str
    compose: Callable[[Shared, Any, Any], Record]
    own: Shown
    around: Shown


# Every kind of file in the output.
PlannedFile = PlannedPage | MediaFile | Rendition | ShareCard | Asset


class PlannedGroup(Record, frozen=True, gc=False):
    """Files that are planned from the same articles; it is skipped while its digest is unchanged.

    ``digest`` covers everything that ``plan`` uses besides what all pages share: equal digests,
    equal files. If it is empty, the group is planned in every build and each file is compared.
    ``paths`` are the paths of the files, relative to the output; ``kind`` is the type of the files.
    """

    name: str
    digest: bytes
    paths: Collection[str]
    plan: Callable[[], Iterable[PlannedFile]]
    kind: type[PlannedFile] = PlannedPage


def make_group(name: str, files: Iterable[PlannedFile]) -> PlannedGroup:
    """Return a few files as a group without a digest: each build compares each of them."""
    every = tuple(files)
    return PlannedGroup(name, b"", tuple(file.path for file in every), lambda: every)


def plan_page(
    url: str,
    template: str,
    compose: Callable[[Shared, _Own, _Around], Record],
    own: _Own,
    around: _Around,
    owner: str = SITE,
) -> PlannedPage:
    """Return a page at the address ``url``; see :class:`PlannedPage`."""
    return PlannedPage(url, output_path(url), template, owner, compose, own, around)


def plan_view(url: str, template: str, view: Record, owner: str = SITE) -> PlannedPage:
    """Return a page whose view is already complete."""
    return plan_page(url, template, lambda _, own, __: own, view, (), owner)
