"""The destinations of the links and photos of articles and standing pages, and their problems."""

from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import compress

from sitegen.content.articles import Article, Reference
from sitegen.content.kinds import Document, find_photo, list_references, name_photo
from sitegen.foundation.addresses import output_path
from sitegen.foundation.parts import Part, digest_bytes, seal
from sitegen.foundation.text import find_nearest, normalise
from sitegen.markdown.references import canonical_reference, resolve_path, write_reference
from sitegen.media.formats import find_format
from sitegen.media.inspection import Destination
from sitegen.model import Record
from sitegen.pages.context import NOWHERE, PlanContext
from sitegen.problems import Locate, Place, Problem, problem, warning

_HIDDEN = seal(Destination("hidden"))
# A link to one of these is dangling: it leads to nothing that is published.
_DANGLING = (NOWHERE, _HIDDEN)
# In seconds.
_YEAR = 366 * 24 * 3600

# The address of a page, or the destination of a file.
Target = str | Part


class LinkIndex(Record, frozen=True):
    """Everything that a body can link to.

    ``files`` are the destinations of files and ``pages`` the addresses of articles and standing
    pages, both by path in NFC; ``addresses`` are all of these addresses. ``lists`` are the paths of
    lists in the output. ``withheld`` are the paths of files that exist, but are not published or
    cannot be read. ``digest`` covers all fields.
    """

    digest: bytes
    files: dict[str, Part]
    pages: dict[str, str]
    addresses: frozenset[str]
    lists: Container[str]
    withheld: frozenset[str]

    def find(self, reference: Reference) -> Target:
        """Return the target of a relative link."""
        path, written = reference.path, reference.written
        if found := self.files.get(path):
            return found
        if written[:1] == "/":
            if written in self.addresses or output_path(written) in self.lists:
                return written
        elif page := self.pages.get(path):
            return page
        return _HIDDEN if path in self.withheld else NOWHERE


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
    named = (paths, urls, standing, standing.values(), lists, withheld, files)
    pages = dict(zip(paths, urls, strict=True)) | standing
    return LinkIndex(
        digest=digest_bytes(
            "\0".join(["\n".join(each) for each in named]).encode()
            + b"".join([place.digest for place in files.values()])
        ),
        files=files,
        pages=pages,
        addresses=frozenset(pages.values()),
        lists=frozenset(lists),
        withheld=frozenset(withheld),
    )


class _Targets(Record, frozen=True, gc=False):
    """The targets of the photo and the links of an article."""

    photo: Part
    links: tuple[Target, ...]


class Destinations(Record, frozen=True, gc=False):
    """The destinations of an article's photo and of its links, in the order of the links."""

    photo: Part
    links: tuple[Part, ...]


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
        start = 0
        while start < len(own_articles):
            year, end = _find_end_of_year(own_articles, start)
            articles = own_articles[start:end]
            digest = digest_bytes(b"".join([article.digest for article in articles]))
            key = digest_bytes(link_index.digest + digest)
            destinations, found = known.get(key), []
            if destinations is None:
                targets = [_find_targets(article, link_index) for article in articles]
                destinations = _digest_targets(targets)
                found = list(compress(articles, map(_has_dangling, articles, targets)))
            if found:
                dangling += found
            else:
                followed[key] = destinations
            years.append(ArticlesOfYear(category, year, start, end, digest, destinations))
            start = end
    return FollowedLinks(tuple(years), tuple(dangling), followed)


def _find_end_of_year(newest_first: Sequence[Article], start: int) -> tuple[int, int]:
    """Return the number of the year of the article at ``start``, and the end of its articles.

    Years are counted from 1970, each of 366 days. They only divide articles into groups: no page
    shows them.
    """
    year = newest_first[start].date // _YEAR
    return year, bisect_right(newest_first, -year * _YEAR, start, key=lambda each: -each.date)


def find_destinations(article: Article, link_index: LinkIndex) -> Destinations:
    """Return the destinations of the photo and the links of an article."""
    targets = _find_targets(article, link_index)
    return Destinations(targets.photo, tuple(map(seal_target, targets.links)))


def seal_target(target: Target) -> Part:
    """Return the destination of a link."""
    return seal(Destination("page", target)) if isinstance(target, str) else target


def _find_targets(article: Article, link_index: LinkIndex) -> _Targets:
    photo = link_index.files.get(article.photo or "", NOWHERE)
    return _Targets(photo, tuple([link_index.find(each) for each in list_references(article)]))


def _digest_targets(every: Sequence[_Targets]) -> bytes:
    digests: list[bytes] = []
    for targets in every:
        digests.append(targets.photo.digest)
        # An address holds no line feed, so a line feed marks its end.
        digests += [
            b"%s\n" % each.encode() if isinstance(each, str) else each.digest
            for each in targets.links
        ]
    return digest_bytes(b"".join(digests))


def _has_dangling(article: Article, targets: _Targets) -> bool:
    if targets.photo == NOWHERE and article.photo is not None:
        return True
    return any(each in _DANGLING for each in targets.links)


def check_links(
    context: PlanContext, links: FollowedLinks, link_index: LinkIndex, locate: Locate
) -> list[Problem]:
    """Return a problem for every dangling photo and link; ``locate`` returns its place."""
    return [
        found
        for document in (*links.dangling, *context.site.standing_texts, *context.site.flawed)
        for found in _check_document(context, document, link_index, locate)
    ]


def _check_document(
    context: PlanContext, document: Document, link_index: LinkIndex, locate: Locate
) -> Iterator[Problem]:
    broken = context.site.broken

    def refuse(written: str, *, picture: bool) -> Problem:
        place = locate(document.path, written)
        return _refuse(written, document.path, place, _list_files(context), picture=picture)

    photo = find_photo(document)
    if photo is not None and photo not in context.destinations and photo not in broken:
        yield refuse(name_photo(document), picture=True)
    for reference in list_references(document):
        target = link_index.find(reference)
        if reference.path in broken or target not in _DANGLING:
            continue
        if target == _HIDDEN:
            place = locate(document.path, reference.written)
            yield warning("link-hidden", place, value=reference.written)
        else:
            yield refuse(reference.written, picture=find_format(reference.written) is not None)


def _list_files(context: PlanContext) -> set[str]:
    articles = (normalise(article.path) for article in context.site.articles)
    others = (normalise(each.path) for each in context.site.standing_texts)
    return {*articles, *others, *context.destinations}


def _refuse(written: str, owner: str, place: Place, files: set[str], *, picture: bool) -> Problem:
    if not canonical_reference(written):
        return problem("picture-external", place, value=written)
    path = resolve_path(owner, written)
    if not path and (".." in written.split("/") or not written.startswith("/")):
        return problem("path-outside", place, value=written)
    code = "picture-missing" if picture else "link-missing"
    nearest = _find_nearest_file(path, files)
    meant = write_reference(owner, nearest) if nearest else ""
    return problem(code, place, value=written, nearest=meant)


def _find_nearest_file(path: str, files: set[str]) -> str:
    """Return the file whose name is most like the name of ``path``."""
    by_name = {each.rpartition("/")[2]: each for each in sorted(files)}
    return by_name.get(find_nearest(path.rpartition("/")[2], by_name), "")
