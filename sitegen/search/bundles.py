"""The search page, and the index that it searches, in bundles by period.

A bundle is a group: its files are known only when it is made, and it is made again only if one of
its own articles changed. Old periods are large and rest, the newest are small: so a new article
costs the work of one month, and the reader's browser has few bundles to search through.
"""

import functools
import gzip
import itertools
import re
import shutil
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from sitegen.content.articles import Article, StandingPage, Story, Teaser, open_article
from sitegen.content.bodies import extract_text
from sitegen.foundation.addresses import OPENSEARCH, SEARCH, SEARCH_INDEX, standing_page_url
from sitegen.foundation.cache import remember
from sitegen.foundation.generator import library_version
from sitegen.foundation.parts import digest_bytes, seal, unseal
from sitegen.model import Body, Photo, Record
from sitegen.pages.context import PlanContext, Shared, describe_page
from sitegen.pages.lists import OWNER
from sitegen.pages.planned import PlannedGroup, PlannedPage, plan_view
from sitegen.search.pagefind import IndexFile, Passage, make_index
from sitegen.theme.assets import Asset
from sitegen.views import Headline, OpenSearchView, SearchPageView

# A bundle of so many articles takes a gigabyte to make; a period with more of them is divided.
MOST_ARTICLES = 2_000
_ENTRY = "pagefind-entry.json"
_FACETS = "facets.json"
_PAGES = "trang"
_STORE = "search"
# The lengths of periods, in months, and how each is called in an address.
_LENGTHS = {
    12: "{year}",
    6: "{year}-nua-{number}",
    3: "{year}-quy-{number}",
    1: "{year}-{number:02}",
}
# What the indexer writes besides: user interfaces, which nobody asks for.
_SCRIPTS = re.compile(r"pagefind\.js|pagefind-worker\.js|wasm\.[a-z-]+\.pagefind")
_DATA = re.compile(r"pagefind-entry\.json|pagefind\.[^/]+\.pf_meta|(?:index|fragment)/[^/]+")
_FRAGMENT = re.compile(r"fragment/(?P<id>[^/]+)\.pf_fragment")
# As OpenSearch 1.1 has it.
_LONGEST_NAME = 16


class Archive(Record, frozen=True):
    """What bundles are made from besides the plan: the texts, and what is known of last time."""

    root: Path
    cache: Path
    engine: bytes
    indexer: Path


class Facet(Record, frozen=True):
    """What a result is filtered and sorted by: its time as a number, its category, its authors.

    The number is ``202303060934``, and 0 for a standing page; ``category`` is its address below the
    site.
    """

    moment: int
    category: str
    authors: tuple[str, ...]


class _Find(Record, frozen=True):
    """A document as the index has it."""

    passage: Passage
    facet: Facet


def plan_bundles(context: PlanContext, archive: Archive) -> tuple[PlannedGroup, ...]:
    """Return the bundles of the index, the oldest first; the first one brings the scripts."""
    shared = context.shared
    groups: list[tuple[str, bytes, Callable[[], Iterator[_Find]]]] = []
    if pages := context.site.standing_pages:
        digests = b"".join([_digest_page(page) for page in pages])
        find = functools.partial(_find_pages, archive, shared, pages)
        groups.append((_PAGES, digests, find))
    for name, articles in split_periods(context.site.articles):
        categories = seal({each.category: shared.sections[each.category].link for each in articles})
        digests = categories.digest + b"".join([article.digests for article in articles])
        find = functools.partial(_find_articles, archive, shared, articles)
        groups.append((name, digests, find))
    names = frozenset(name for name, _, _ in groups)
    bundles = []
    for number, (name, digests, find_all) in enumerate(groups):
        heading = seal((name, number == 0, shared.base, shared.view.language))
        digest = digest_bytes(heading.digest + digests)
        path = f"{SEARCH_INDEX}{name}/"[1:]
        flags = {"scripts": number == 0}
        plan = functools.partial(_plan_bundle, archive, path, digest, find_all, names, **flags)
        bundles.append(PlannedGroup(f"search {name}", digest, (path + _ENTRY,), plan))
    return tuple(bundles)


def split_periods(articles: tuple[Article, ...]) -> tuple[tuple[str, tuple[Article, ...]], ...]:
    """Return articles by period, the oldest first, each with its part of an address.

    ``articles`` are newest first. A year is one period, but the one of the newest article, and one
    with more than :data:`MOST_ARTICLES`: it is divided into halves, a half in the same way into
    quarters and a quarter into months. This depends on nothing but the articles.
    """
    # By their own dates: in another zone than the site's, the order may be another one.
    by_month: dict[str, list[Article]] = defaultdict(list)
    for article in reversed(articles):
        by_month[article.month].append(article)
    months = sorted(by_month.items())
    return tuple(_divide(months, max(by_month, default=""), tuple(_LENGTHS)))


def _divide(
    months: list[tuple[str, list[Article]]], newest: str, lengths: tuple[int, ...]
) -> Iterator[tuple[str, tuple[Article, ...]]]:
    length, *shorter = lengths
    for (year, number), group in itertools.groupby(
        months, lambda month: (month[0][:4], (int(month[0][5:]) - 1) // length + 1)
    ):
        own = list(group)
        count = sum(len(articles) for _, articles in own)
        if shorter and (own[-1][0] == newest or count > MOST_ARTICLES):
            yield from _divide(own, newest, tuple(shorter))
        else:
            name = _LENGTHS[length].format(year=year, number=number)
            yield name, tuple(article for _, articles in own for article in articles)


def plan_search(context: PlanContext, bundles: tuple[PlannedGroup, ...]) -> Iterator[PlannedPage]:
    """Yield the search page and what browsers are told of it."""
    site, shared = context.site, context.shared
    folders = [shared.href(f"/{bundle.paths[0].removesuffix(_ENTRY)}") for bundle in bundles]
    # Browsers keep scripts: those of another version have another address.
    version = library_version("pagefind-bin")
    page = SearchPageView(
        **describe_page(shared, SEARCH, "Tìm kiếm", description="Tìm kiếm trên cổng thông tin"),
        script=f"{folders[0]}pagefind.js?{version}" if folders else "",
        bundles=tuple(folders),
        years=tuple(_list_years(site.articles)),
    )
    yield plan_view(SEARCH, "search.html", OWNER, page)
    search = shared.view.search
    description = OpenSearchView(
        title=_cut(site.config.title, _LONGEST_NAME),
        description=site.config.description or site.config.title,
        language=shared.view.language,
        template=f"{shared.canonical(SEARCH)}?{search.query}={{searchTerms}}",
    )
    yield plan_view(OPENSEARCH, "opensearch.xml", OWNER, description)


def _list_years(newest_first: Sequence[Article]) -> Iterator[str]:
    """Yield each year that has articles, without looking at all of them."""
    start = 0
    while start < len(newest_first):
        year = newest_first[start].month[:4]
        yield year
        start = bisect_right(newest_first, -int(year), start, key=_number_year)


def _number_year(article: Article) -> int:
    return -int(article.month[:4])


def _cut(text: str, length: int) -> str:
    """Return the first words of ``text`` that are no longer than ``length`` together."""
    cut = ""
    for word in text.split():
        if len(longer := f"{cut} {word}".strip()) > length:
            break
        cut = longer
    return cut or text[:length]


def _plan_bundle(
    archive: Archive,
    path: str,
    digest: bytes,
    find: Callable[[], Iterator[_Find]],
    names: Container[str],
    *,
    scripts: bool,
) -> Iterator[Asset]:
    """Yield the files of a bundle, which is made if it is not the one that was kept.

    ``names`` are those of all bundles.
    """
    store = archive.cache / _STORE
    folder = store / PurePosixPath(path).name
    key = digest_bytes(archive.engine + digest).hex()

    def compute() -> bytes:
        # Of each bundle one state is kept: the next article makes another one.
        for old in store.glob("*"):
            if old == folder or old.name not in names:
                shutil.rmtree(old, ignore_errors=True)
        return msgspec.msgpack.encode(_make_bundle(archive.indexer, find(), scripts=scripts))

    kept = remember(folder, key, compute)
    for file in msgspec.msgpack.decode(kept, type=list[IndexFile]):
        yield Asset(path + file.path, file.data, digest_bytes(file.data))


def _make_bundle(indexer: Path, finds: Iterator[_Find], *, scripts: bool) -> list[IndexFile]:
    facets: dict[str, Facet] = {}

    def tell() -> Iterator[Passage]:
        for find in finds:
            facets[find.passage.url] = find.facet
            yield find.passage

    made = make_index(indexer, tell())
    files = [file for file in made if _DATA.fullmatch(file.path)]
    files += [file for file in made if scripts and _SCRIPTS.fullmatch(file.path)]
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


def _find_articles(
    archive: Archive, shared: Shared, articles: tuple[Article, ...]
) -> Iterator[_Find]:
    for article in articles:
        parts = open_article(article)
        headline = unseal(parts.headline, Headline)
        teaser, story = unseal(parts.teaser, Teaser), unseal(parts.story, Story)
        section = shared.sections[teaser.category]
        names = (*(each.title for each in (*story.authors, *story.tags)), story.source)
        lead = teaser.lead if story.has_lead else ""
        text = extract_text(archive.root, unseal(parts.body, Body))
        meta = {
            "title": headline.title,
            "category": section.link.title,
            "day": headline.published.day,
            "iso": headline.published.iso,
        }
        yield _Find(
            Passage(
                url=headline.url,
                content=_join(
                    lead, text, *_list_captions(teaser.photo), " · ".join(filter(None, names))
                ),
                language=shared.view.language,
                meta=meta,
            ),
            Facet(
                moment=int(re.sub(r"\D", "", headline.published.iso[:16])),
                category=section.link.url,
                authors=tuple(author.title for author in story.authors),
            ),
        )


def _find_pages(
    archive: Archive, shared: Shared, pages: tuple[StandingPage, ...]
) -> Iterator[_Find]:
    for page in pages:
        text = extract_text(archive.root, page.body)
        yield _Find(
            Passage(
                url=shared.href(standing_page_url(page.slug)),
                content=_join(page.lead, text, *_list_captions(page.photo)),
                language=shared.view.language,
                meta={"title": page.title},
            ),
            Facet(0, "", ()),
        )


def _digest_page(page: StandingPage) -> bytes:
    return seal((page.title, page.slug, page.lead, page.photo, page.body)).digest


def _list_captions(photo: Photo | None) -> tuple[str, ...]:
    return (photo.caption, photo.credit) if photo else ()


def _join(*texts: str) -> str:
    return "\n".join(filter(None, texts))
