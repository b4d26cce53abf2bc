"""The destinations of the links and photos of articles and standing pages, and their problems."""

import functools
from bisect import bisect_right
from collections import ChainMap
from collections.abc import (
    Callable,
    Container,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from itertools import chain, compress, islice

from sitegen.content.articles import Article, Reference
from sitegen.content.kinds import Document, find_audio, find_photo, list_references, name_photo
from sitegen.content.reference_paths import resolve_path, write_reference
from sitegen.content.selection import Site, arrange_beside
from sitegen.foundation.addresses import (
    AUTHORS,
    FEEDS,
    FRONT,
    MONTHS,
    PEOPLE,
    SEARCH,
    SITE_MAP,
    TAGS,
    output_path,
)
from sitegen.foundation.likeness import NameIndex, find_like, index_names
from sitegen.foundation.parts import Part, digest_bytes, digest_pieces, seal
from sitegen.foundation.text import find_nearest, fold, normalise
from sitegen.media.formats import find_format
from sitegen.media.inspection import Destination
from sitegen.model import CONFIG_FILE, Record
from sitegen.pages.broken_texts import BrokenTexts
from sitegen.pages.context import NOWHERE, PlanContext
from sitegen.pages.list_addresses import list_added_paths
from sitegen.pages.nearest_files import FilesByName, find_nearest_file, index_files
from sitegen.pages.redirects import list_old_addresses, list_redirects
from sitegen.problems import Locate, LocateEvery, Place, Problem, problem, warning

_HIDDEN = seal(Destination("hidden"))
# A link to one of these is dangling: it leads to nothing that is published.
_DANGLING = (NOWHERE, _HIDDEN)
# In seconds. Years are counted from 1970 and only divide articles into groups: no page shows them.
_YEAR = 366 * 24 * 3600

# The address of a page, or the destination of a file.
LinkDestination = str | Part


class LinkIndex(Record, frozen=True, dict=True):
    """Everything that a body can link to.

    ``files`` are the destinations of files and ``pages`` the addresses of articles and standing
    pages, both by path in NFC. ``lists`` are the paths of lists in the output. ``withheld`` are the
    paths of files that exist, but are not published or cannot be read. ``digest`` covers all these
    fields.

    ``site`` is what is published. Texts that are hidden have an index of their own, ``beside`` this
    one: they can link to each other as well.
    """

    digest: bytes
    files: Mapping[str, Part]
    pages: MutableMapping[str, str]
    lists: Container[str]
    withheld: frozenset[str]
    site: Site
    beside: "LinkIndex | None" = None

    @functools.cached_property
    def addresses(self) -> frozenset[str]:
        """The addresses of all pages. Few texts link to one."""
        return frozenset(self.pages.values())

    @functools.cached_property
    def passing(self) -> frozenset[str]:
        """The paths of pages that there are at another time than now, whatever the time.

        So a link to one of them is never an error: what was right once, no clock makes wrong. They
        are needed only where an address leads to nothing that is published.
        """
        site = self.site
        hidden, _ = arrange_beside([site], (*site.scheduled, *site.drafted, *site.expired))
        urls = (each.url for each in (*hidden.articles, *hidden.standing_texts))
        lists = list_added_paths(hidden, [site])
        old = (*list_redirects(hidden), *list_old_addresses(hidden))
        return frozenset((*map(output_path, urls), *lists, *old))

    @functools.cached_property
    def by_slug(self) -> dict[str, str]:
        """The addresses of pages by their last parts."""
        return {fold(each.rstrip("/").rpartition("/")[2]): each for each in sorted(self.addresses)}

    @functools.cached_property
    def slugs(self) -> NameIndex:
        """An index of these last parts."""
        return index_names(self.by_slug)

    @functools.cached_property
    def by_name(self) -> dict[str, FilesByName]:
        """All files that can be linked to, by name. They are needed only where one is missing."""
        return index_files({*self.pages, *self.files})

    def find(self, reference: Reference) -> LinkDestination:
        """Return the destination of a relative link."""
        path, written = reference.path, reference.written
        if found := self.files.get(path):
            return found
        if written[:1] == "/":
            # Many leave out the last slash, and a web server adds it.
            for url in (written, f"{written}/"):
                if url in self.addresses or output_path(url) in self.lists:
                    return url
            if f"{written.rstrip('/')}/".startswith(self.site.config.elsewhere):
                return written
        elif page := self.pages.get(path):
            return page
        if self.beside:
            return self.beside.find(reference)
        passing = written[:1] == "/" and not self.passing.isdisjoint(
            (output_path(written), output_path(f"{written}/"))
        )
        return _HIDDEN if passing or path in self.withheld else NOWHERE

    def suggest(self, owner: str, written: str) -> str:
        """Return what is probably meant by a link in the file ``owner`` that leads nowhere."""
        from sitegen.markdown.meant_addresses import suggest_address

        if meant := suggest_address(written):
            return meant
        slashed = f"/{written.strip('/')}/"
        if slashed in self.addresses or output_path(slashed) in self.lists:
            return slashed
        plain = written.replace("\\", "/").rstrip("/")
        if nearest := self.find_file_like(resolve_path(owner, plain) or plain):
            return write_reference(owner, nearest)
        return self.by_slug.get(find_like(self.slugs, plain.rpartition("/")[2]), "")

    @functools.cached_property
    def find_file_like(self) -> Callable[[str], str]:
        """What returns the path of the file that is named most like another one, or nothing."""
        return functools.cache(functools.partial(find_nearest_file, self.by_name))


class ArticlesOfYear(Record, frozen=True):
    """The articles of a category in one year: in the category, from ``start`` to before ``end``.

    ``digest`` is the digest of these articles, ``destinations`` the digest of the destinations of
    their photos and links.
    """

    category: str
    year: int
    start: int
    end: int
    digest: bytes
    destinations: bytes


class FollowedLinks(Record, frozen=True):
    """All articles by year, with the digests of the destinations of their links and photos.

    ``dangling`` are the articles with a dangling link or photo. ``known`` is for the next build: it
    holds the digest of the destinations of each year without such articles, under the digest of
    the articles and of the link index.
    """

    years: tuple[ArticlesOfYear, ...]
    dangling: tuple[Article, ...]
    known: dict[bytes, bytes]


def make_link_index(context: PlanContext, lists: Sequence[str]) -> LinkIndex:
    """Return everything that can be linked to; ``lists`` are the paths of lists in the output."""
    site = context.site
    paths = [normalise(article.path) for article in site.articles]
    urls = [article.url for article in site.articles]
    standing = {normalise(each.path): each.url for each in site.standing_texts}
    # A file that cannot be read is a problem of its own: links to it are not reported.
    withheld = sorted(normalise(path) for path in site.hidden | site.broken)
    files = context.destinations
    elsewhere = site.config.elsewhere
    named = (paths, urls, standing, standing.values(), lists, withheld, files, elsewhere)
    texts = chain.from_iterable(map(_encode_lines, named))
    digests = [place.digest for place in files.values()]
    pages = dict(zip(chain(paths, standing), chain(urls, standing.values()), strict=True))
    return LinkIndex(
        digest=digest_pieces(chain(texts, digests)),
        files=files,
        pages=pages,
        lists=frozenset(lists),
        withheld=frozenset(withheld),
        site=site,
    )


def _encode_lines(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield texts as lines, many at once: all of them are as long as half of the plan."""
    every = iter(texts)
    while lines := list(islice(every, 1_000)):
        yield "\n".join([*lines, ""]).encode()
    yield b"\0"


def extend_link_index(
    link_index: LinkIndex, context: PlanContext, lists: Iterable[str]
) -> LinkIndex:
    """Return the index of hidden texts, beside that of what is published or is hidden as well.

    ``lists`` are the paths of the lists that these texts bring.
    """
    every = (*context.site.articles, *context.site.standing_texts)
    pages = {normalise(each.path): each.url for each in every}
    return LinkIndex(
        digest=b"",
        files=context.destinations,
        pages=ChainMap(pages, link_index.pages),
        lists=frozenset(lists),
        withheld=frozenset(),
        site=link_index.site,
        beside=link_index,
    )


class Destinations(Record, frozen=True, gc=False):
    """The destinations of a document's photo, sound and links, in the order of the links."""

    photo: Part
    audio: Part
    links: tuple[LinkDestination, ...]


def follow_links(
    context: PlanContext, link_index: LinkIndex, known: Mapping[bytes, bytes]
) -> FollowedLinks:
    """Follow all links and photos of articles.

    ``known`` comes from the last build. The links of a year are not followed again while its
    articles and the link index are unchanged.
    """
    years: list[ArticlesOfYear] = []
    dangling: list[Article] = []
    followed: dict[bytes, bytes] = {}
    for category, own_articles in context.site.own_category.items():
        end = 0
        # The newest article is the first, so it is the negative dates that ascend.
        while end < len(own_articles):
            start, year = end, own_articles[end].date // _YEAR
            end = bisect_right(own_articles, -year * _YEAR, start, key=lambda each: -each.date)
            articles = own_articles[start:end]
            digest = digest_bytes(b"".join([article.digest for article in articles]))
            key = digest_bytes(link_index.digest + digest)
            destinations, found = known.get(key), []
            if destinations is None:
                every = [find_destinations(article, link_index) for article in articles]
                destinations = _digest_destinations(every)
                found = list(compress(articles, map(_has_dangling, articles, every)))
            if found:
                dangling += found
            else:
                followed[key] = destinations
            years.append(ArticlesOfYear(category, year, start, end, digest, destinations))
    return FollowedLinks(tuple(years), tuple(dangling), followed)


def find_destinations(document: Document, link_index: LinkIndex) -> Destinations:
    """Return the destinations of the photo, the sound and the links of a document."""
    photo = link_index.files.get(find_photo(document) or "", NOWHERE)
    named = find_audio(document)
    audio = link_index.files.get(named.path, NOWHERE) if named else NOWHERE
    links = tuple([link_index.find(each) for each in list_references(document)])
    return Destinations(photo, audio, links)


def _digest_destinations(every: Iterable[Destinations]) -> bytes:
    found = chain.from_iterable((each.photo, each.audio, *each.links) for each in every)
    # An address holds no line feed, so a line feed marks its end.
    return digest_bytes(
        b"".join([b"%s\n" % to.encode() if isinstance(to, str) else to.digest for to in found])
    )


def _has_dangling(article: Article, destinations: Destinations) -> bool:
    photo_is_missing = destinations.photo == NOWHERE and article.photo is not None
    audio_is_missing = destinations.audio == NOWHERE and article.audio is not None
    dangles = photo_is_missing or audio_is_missing
    return dangles or any(each in _DANGLING for each in destinations.links)


def check_links(
    context: PlanContext,
    links: FollowedLinks,
    link_index: LinkIndex,
    locate: Locate,
    locate_every: LocateEvery,
    broken: BrokenTexts,
) -> Iterator[Problem]:
    """Yield a problem for every dangling photo, and for every place of a dangling link.

    ``locate`` returns the place of a photo, ``locate_every`` those of a link. What leads to
    something ``broken`` is none.
    """
    for document in (*links.dangling, *context.site.standing_texts, *context.site.flawed):
        owner, photo = document.path, find_photo(document)
        if photo is not None and photo not in link_index.files:
            written = name_photo(document)
            if broken.explain(Reference(written, photo)):
                continue
            yield _refuse(locate(owner, written), written, "picture-missing", link_index)
        audio = find_audio(document)
        if audio and audio.path not in link_index.files and not broken.explain(audio):
            place = locate(owner, audio.written)
            yield _refuse(place, audio.written, "link-missing", link_index)
        for reference in list_references(document):
            found, written = link_index.find(reference), reference.written
            if found not in _DANGLING or broken.explain(reference):
                continue
            for place in locate_every(owner, written):
                if found == _HIDDEN:
                    yield warning("link-hidden", place, value=written)
                else:
                    code = "picture-missing" if find_format(written) else "link-missing"
                    yield _refuse(place, written, code, link_index)


def check_menu(
    context: PlanContext, link_index: LinkIndex, locate: Locate, broken: BrokenTexts
) -> Iterator[Problem]:
    """Yield a problem for each entry of the menu and each web link that leads nowhere.

    What leads to something ``broken`` is none.
    """
    config = context.site.config
    for entry in (*config.menu, *config.links):
        address = entry.url.partition("#")[0].partition("?")[0]
        reference = Reference(address, resolve_path(CONFIG_FILE, address))
        if not address.startswith("/") or (found := link_index.find(reference)) not in _DANGLING:
            continue
        if broken.explain(reference):
            continue
        if found == NOWHERE:
            place = locate(CONFIG_FILE, entry.url)
            nearest = find_nearest(address, _list_for_menu(context))
            yield problem("link-missing", place, value=entry.url, nearest=nearest)
        else:
            yield warning("link-hidden", locate(CONFIG_FILE, entry.url), value=entry.url)


def _list_for_menu(context: PlanContext) -> Iterator[str]:
    """Yield the addresses that a menu may well lead to."""
    site = context.site
    yield from (each.url for each in site.standing_texts)
    yield from (each.url for each in site.categories)
    yield from (FRONT, AUTHORS, TAGS, MONTHS, SEARCH, SITE_MAP, FEEDS, PEOPLE)


def _refuse(place: Place, written: str, missing: str, link_index: LinkIndex) -> Problem:
    from sitegen.markdown.references import canonical_reference

    if not canonical_reference(written):
        return problem("picture-external", place, value=written)
    owner = place.path
    if written.startswith("\\") and not link_index.suggest(owner, written):
        # Of the two backslashes of a network of Windows, Markdown leaves one.
        name = written.rpartition("\\")[2]
        return problem("link-own-computer", place, value=f"\\{written}", name=name)
    path = resolve_path(owner, written)
    if not path and (".." in written.split("/") or not written.startswith("/")):
        return problem("path-outside", place, value=written)
    # What code of another generator meant, no name tells.
    coded = "{{" in written or "{%" in written
    nearest = "" if coded else link_index.suggest(owner, written)
    return problem(missing, place, value=written, nearest=nearest)
