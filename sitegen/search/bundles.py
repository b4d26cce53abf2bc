"""The search index in bundles, one for each period and one for all that is not news.

A bundle is a group: its files are known only when it is made, and it is made again only if one of
its own articles changed.
"""

import functools
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import msgspec

from sitegen.content.kinds import StandingText
from sitegen.foundation.addresses import SEARCH_INDEX, output_path
from sitegen.foundation.cache import remember
from sitegen.foundation.folders import list_folder
from sitegen.foundation.parts import digest_bytes, digest_record, seal
from sitegen.media.pictures import MediaFile
from sitegen.model import Record
from sitegen.pages.context import PlanContext
from sitegen.pages.planned import PlannedGroup
from sitegen.search.entries import (
    describe_articles,
    describe_names,
    describe_standing_texts,
    list_names,
)
from sitegen.search.index_files import ENTRY_POINT, IndexFile, Passage, make_index
from sitegen.search.periods import split_periods
from sitegen.theme.assets import Asset

# How the names of all bundles begin, as those of groups.
BUNDLE = "search "
_PAGES = "trang"
_STORE = "search"


class IndexContext(Record, frozen=True):
    """All that bundles are made of besides the plan.

    ``root`` is where the texts are, ``cache`` where bundles are kept between builds, ``generator``
    the fingerprint of the generator. ``files`` are the published media files: the text of a
    document is found.
    """

    root: Path
    cache: Path
    generator: bytes
    files: tuple[MediaFile, ...] = ()


class Bundle(Record, frozen=True):
    """A bundle of the index: the address of its folder, and its files."""

    url: str
    group: PlannedGroup


class _Contents(Record, frozen=True):
    """What a bundle holds; ``digest`` stands for all that its entries say."""

    name: str
    digest: bytes
    list_entries: Callable[[], Iterator[Passage]]


def plan_bundles(context: PlanContext, index: IndexContext) -> tuple[Bundle, ...]:
    """Return the bundles of the index: that of all that is not news, then the oldest first."""
    every = tuple(_list_contents(context, index))
    names = frozenset(each.name for each in every)
    bundles = []
    for each in every:
        url = f"{SEARCH_INDEX}{each.name}/"
        heading = seal((each.name, context.shared.base))
        digest = digest_bytes(heading.digest + each.digest)
        plan = functools.partial(_plan_files, index, url, each, names=names, digest=digest)
        group = PlannedGroup(
            f"{BUNDLE}{each.name}", digest, (output_path(url + ENTRY_POINT),), plan
        )
        bundles.append(Bundle(url, group))
    return tuple(bundles)


def list_periods(bundles: Iterable[PlannedGroup]) -> frozenset[str]:
    """Return the names of the groups of articles; a person without a page has no other trace."""
    return frozenset(each.name for each in bundles) - {f"{BUNDLE}{_PAGES}"}


def _list_contents(context: PlanContext, index: IndexContext) -> Iterator[_Contents]:
    root, shared, texts = index.root, context.shared, context.site.standing_texts
    named = list_names(context, index.files)
    digest = digest_record(named) + b"".join([_digest_text(each) for each in texts])

    def list_standing() -> Iterator[Passage]:
        found = describe_names(root, index.cache, named)
        return chain(describe_standing_texts(root, shared, texts), found)

    yield _Contents(_PAGES, digest, list_standing)
    for period in split_periods(context.site.articles):
        articles = period.articles
        categories = seal({each.category: shared.categories[each.category] for each in articles})
        digest = categories.digest + b"".join([article.digest for article in articles])
        list_entries = functools.partial(describe_articles, root, shared, articles)
        yield _Contents(period.name, digest, list_entries)


def _digest_text(text: StandingText) -> bytes:
    return digest_record((text.title, text.url, text.lead, text.photo, text.body))


def _plan_files(
    index: IndexContext, url: str, contents: _Contents, *, names: frozenset[str], digest: bytes
) -> Iterator[Asset]:
    """Yield the files of a bundle, which is made if the cache does not hold it as it is now.

    ``names`` are those of all bundles.
    """
    store = index.cache / _STORE
    folder = store / contents.name
    key = digest_bytes(index.generator + digest).hex()

    def compute() -> bytes:
        # Of each bundle one state is kept: the next article makes another one.
        for name in list_folder(store):
            if name == contents.name or name not in names:
                shutil.rmtree(store / name, ignore_errors=True)
        return msgspec.msgpack.encode(make_index(contents.list_entries()))

    kept = remember(folder, key, compute)
    for file in msgspec.msgpack.decode(kept, type=list[IndexFile]):
        yield Asset(output_path(url + file.path), file.data, digest_bytes(file.data))
