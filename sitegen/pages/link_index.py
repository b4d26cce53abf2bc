"""Where the links and photos of articles and standing pages lead, and which lead nowhere."""

from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import compress

from sitegen.content.articles import Article, Reference
from sitegen.content.kinds import find_photo, list_references, name_photo
from sitegen.content.standing_pages import StandingPage
from sitegen.foundation.addresses import output_path, standing_page_url
from sitegen.foundation.parts import Part, digest_bytes, seal
from sitegen.foundation.text import find_nearest, normalise
from sitegen.markdown.references import canonical_reference, resolve_path, write_reference
from sitegen.media.formats import find_format
from sitegen.media.inspection import Destination
from sitegen.model import Record
from sitegen.pages.context import NOWHERE, PlanContext
from sitegen.problems import Locate, Place, Problem, problem, warning

_HIDDEN = seal(Destination("hidden"))
_ASTRAY = (NOWHERE, _HIDDEN)
# In seconds. The articles of a year are few enough that to look at each of them costs little.
_YEAR = 366 * 24 * 3600

# The address of a page, or the destination of anything else.
Target = str | Part


class LinkIndex(Record, frozen=True):
    """Where the links of bodies lead: ``files`` and ``pages`` by path, and every address.

    ``lists`` are where the pages of lists are written; ``digest`` stands for all of it.
    """

    digest: bytes
    files: dict[str, Part]
    pages: dict[str, str]
    addresses: frozenset[str]
    lists: Container[str]
    withheld: frozenset[str]

    def find(self, reference: Reference) -> Target:
        """Return where a relative link leads."""
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
    """The articles of a category in one year, newest first.

    They are those from ``start`` to before ``end`` in the category. ``digest`` is that of all that
    their pages show of their own, ``destinations`` that of where their photos and links lead.
    """

    category: str
    year: int
    start: int
    end: int
    digest: bytes
    destinations: bytes


class FollowedLinks(Record, frozen=True):
    """Where the links and photos of all articles lead.

    ``astray`` are the articles of which one leads nowhere. ``known`` are the digests of the
    destinations of all other years, by the digest of what these depend on: for the next build.
    """

    years: tuple[ArticlesOfYear, ...]
    astray: tuple[Article, ...]
    known: dict[bytes, bytes]


def make_link_index(context: PlanContext, lists: Sequence[str]) -> LinkIndex:
    """Return where everything is that can be linked to; ``lists`` are paths in the output."""
    site = context.site
    paths = [article.path for article in site.articles]
    urls = [article.url for article in site.articles]
    text = "\n".join(paths)
    if not text.isascii():
        paths = [normalise(path) for path in paths]
    standing = {normalise(page.path): standing_page_url(page.slug) for page in site.standing_pages}
    # A file that could not be read has its own problem: a link to it is not another one.
    withheld = sorted(normalise(path) for path in site.hidden | site.broken)
    files = context.destinations
    named = ([text], urls, standing, standing.values(), lists, withheld, files)
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
    """Where the photo and the links of an article lead."""

    photo: Part
    links: tuple[Target, ...]


class Destinations(Record, frozen=True, gc=False):
    """The destination of an article's photo, and those of its links, in their order."""

    photo: Part
    links: tuple[Part, ...]


def follow_links(
    context: PlanContext, link_index: LinkIndex, known: Mapping[bytes, bytes]
) -> FollowedLinks:
    """Return where all links and photos of articles lead.

    Those of a year are not followed where an earlier build did (``known``): with the same articles,
    and with everything that can be linked to as it was.
    """
    years: list[ArticlesOfYear] = []
    astray: list[Article] = []
    followed: dict[bytes, bytes] = {}
    for category, own_articles in context.site.own_category.items():
        start = 0
        while start < len(own_articles):
            year, end = _find_end_of_year(own_articles, start)
            articles = own_articles[start:end]
            digest = digest_bytes(b"".join([article.digest for article in articles]))
            question = digest_bytes(link_index.digest + digest)
            destinations, lost = known.get(question), []
            if destinations is None:
                targets = [_find_targets(article, link_index) for article in articles]
                destinations = _digest_targets(targets)
                lost = list(compress(articles, map(_is_astray, articles, targets)))
            if lost:
                astray += lost
            else:
                followed[question] = destinations
            years.append(ArticlesOfYear(category, year, start, end, digest, destinations))
            start = end
    return FollowedLinks(tuple(years), tuple(astray), followed)


def _find_end_of_year(newest_first: Sequence[Article], start: int) -> tuple[int, int]:
    """Return the number of the year of the article at ``start``, and where its articles end.

    Years are counted in seconds, without a calendar: nothing shows where they begin.
    """
    year = newest_first[start].date // _YEAR
    return year, bisect_right(newest_first, -year * _YEAR, start, key=lambda each: -each.date)


def find_destinations(article: Article, link_index: LinkIndex) -> Destinations:
    """Return where the photo and the links of an article lead."""
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
        # No address holds a line feed: it ends where the next digest or address begins.
        digests += [
            b"%s\n" % each.encode() if isinstance(each, str) else each.digest
            for each in targets.links
        ]
    return digest_bytes(b"".join(digests))


def _is_astray(article: Article, targets: _Targets) -> bool:
    """Tell whether the photo or a link of an article leads nowhere."""
    if targets.photo == NOWHERE and article.photo is not None:
        return True
    return any(each in _ASTRAY for each in targets.links)


def check_links(
    context: PlanContext, links: FollowedLinks, link_index: LinkIndex, locate: Locate
) -> list[Problem]:
    """Return every photo and link that leads nowhere, each with its place.

    ``locate`` returns the place of a reference in a file.
    """
    return [
        found
        for document in (*links.astray, *context.site.standing_pages, *context.site.flawed)
        for found in _check_document(context, document, link_index, locate)
    ]


def _check_document(
    context: PlanContext, document: Article | StandingPage, link_index: LinkIndex, locate: Locate
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
        if reference.path in broken or target not in _ASTRAY:
            continue
        if target == _HIDDEN:
            place = locate(document.path, reference.written)
            yield warning("link-hidden", place, value=reference.written)
        else:
            yield refuse(reference.written, picture=find_format(reference.written) is not None)


def _list_files(context: PlanContext) -> set[str]:
    articles = (normalise(article.path) for article in context.site.articles)
    pages = (normalise(page.path) for page in context.site.standing_pages)
    return {*articles, *pages, *context.destinations}


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
    """Return the file whose name is most like that of ``path``."""
    by_name = {each.rpartition("/")[2]: each for each in sorted(files)}
    return by_name.get(find_nearest(path.rpartition("/")[2], by_name), "")
