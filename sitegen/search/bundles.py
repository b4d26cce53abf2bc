"""The search index in bundles, one for each period and one for all that is not news.

A bundle is a group: its files are known only when it is made, and it is made again only if one of
its own articles changed.
"""

import functools
import gzip
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
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
from sitegen.search.documents import list_documents
from sitegen.search.entries import (
    Facets,
    IndexEntry,
    describe_articles,
    describe_documents,
    describe_standing_texts,
)
from sitegen.search.pagefind import IndexFile, Passage, make_index
from sitegen.search.periods import split_periods
from sitegen.theme.assets import Asset

# How the names of all bundles begin, as those of groups.
BUNDLE = "search "
_ENTRY_POINT = "pagefind-entry.json"
_FACETS = "facets.json"
_PAGES = "trang"
_STORE = "search"
# What the indexer writes besides: user interfaces, which nobody asks for.
_DATA = re.compile(r"pagefind-entry\.json|pagefind\.[^/]+\.pf_meta|(?:index|fragment)/[^/]+")
_SCRIPTS = re.compile(r"pagefind\.js|pagefind-worker\.js|wasm\.[a-z-]+\.pagefind")
_FRAGMENT = re.compile(r"fragment/(?P<id>[^/]+)\.pf_fragment")


class IndexContext(Record, frozen=True):
    """All that bundles are made of besides the plan.

    ``root`` is where the texts are, ``cache`` where bundles are kept between builds, ``generator``
    the fingerprint of the generator, ``indexer`` the program. ``files`` are the published media
    files: the text of a document is found.
    """

    root: Path
    cache: Path
    generator: bytes
    indexer: Path
    files: tuple[MediaFile, ...] = ()


class Bundle(Record, frozen=True):
    """A bundle of the index: the address of its folder, and its files."""

    url: str
    group: PlannedGroup


class _Contents(Record, frozen=True):
    """What a bundle holds; ``digest`` stands for all that its entries say."""

    name: str
    digest: bytes
    list_entries: Callable[[], Iterator[IndexEntry]]


def plan_bundles(context: PlanContext, index: IndexContext) -> tuple[Bundle, ...]:
    """Return the bundles of the index, the oldest first; the first one brings the scripts."""
    shared = context.shared
    every = tuple(_list_contents(context, index))
    names = frozenset(each.name for each in every)
    bundles = []
    for each in every:
        url, scripts = f"{SEARCH_INDEX}{each.name}/", each is every[0]
        heading = seal((each.name, scripts, shared.base, shared.view.language))
        digest = digest_bytes(heading.digest + each.digest)
        plan = functools.partial(
            _plan_files, index, url, each, names=names, digest=digest, scripts=scripts
        )
        path = output_path(url + _ENTRY_POINT)
        group = PlannedGroup(f"{BUNDLE}{each.name}", digest, (path,), plan)
        bundles.append(Bundle(url, group))
    return tuple(bundles)


def list_periods(bundles: Iterable[PlannedGroup]) -> frozenset[str]:
    """Return the names of the groups of articles; a person without a page has no other trace."""
    return frozenset(each.name for each in bundles) - {f"{BUNDLE}{_PAGES}"}


def _list_contents(context: PlanContext, index: IndexContext) -> Iterator[_Contents]:
    root, shared, texts = index.root, context.shared, context.site.standing_texts
    documents = list_documents(context, index.files)
    if texts or documents:
        digest = b"".join([_digest_text(each) for each in texts]) + digest_record(documents)

        def list_standing() -> Iterator[IndexEntry]:
            yield from describe_standing_texts(root, shared, texts)
            yield from describe_documents(root, index.cache, shared, documents)

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
    index: IndexContext,
    url: str,
    contents: _Contents,
    *,
    names: frozenset[str],
    digest: bytes,
    scripts: bool,
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
        entries = contents.list_entries()
        return msgspec.msgpack.encode(_make_bundle(index.indexer, entries, scripts=scripts))

    kept = remember(folder, key, compute)
    for file in msgspec.msgpack.decode(kept, type=list[IndexFile]):
        yield Asset(output_path(url + file.path), file.data, digest_bytes(file.data))


def _make_bundle(indexer: Path, entries: Iterable[IndexEntry], *, scripts: bool) -> list[IndexFile]:
    facets: dict[str, Facets] = {}

    def list_passages() -> Iterator[Passage]:
        for entry in entries:
            facets[entry.passage.url] = entry.facets
            yield entry.passage

    made = make_index(indexer, list_passages())
    wanted = (_DATA, _SCRIPTS) if scripts else (_DATA,)
    files = [file for file in made if any(each.fullmatch(file.path) for each in wanted)]
    by_id = {
        found["id"]: facets[_read_url(file)]
        for file in files
        if (found := _FRAGMENT.fullmatch(file.path))
    }
    return [*files, IndexFile(_FACETS, msgspec.json.encode(by_id))]


def _read_url(fragment: IndexFile) -> str:
    """Return the address of the document that a file of the index is about."""
    _, _, text = gzip.decompress(fragment.data).partition(b"{")
    url: str = msgspec.json.decode(b"{" + text)["url"]
    return url
