"""The views of articles and standing pages, and where the links in their bodies lead."""

import functools
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

import msgspec

from sitegen.content.articles import (
    Article,
    StandingPage,
    Story,
    Teaser,
    find_photo,
    list_references,
    name_photo,
    open_article,
)
from sitegen.content.fields import find_nearest
from sitegen.foundation.addresses import output_path, output_paths, standing_page_url
from sitegen.foundation.parts import DIGEST_SIZE, Part, digest_bytes, seal, unseal
from sitegen.foundation.text import normalise
from sitegen.markdown.references import canonical_reference, resolve_path, write_reference
from sitegen.media.formats import find_format
from sitegen.media.inspection import Destination
from sitegen.model import Body, Lists, Record
from sitegen.pages.context import (
    NOWHERE,
    PlanContext,
    Shared,
    compose_picture,
    compose_share,
    describe_page,
    make_picture,
)
from sitegen.pages.planned import PlannedGroup, PlannedPage, plan_page, plan_view
from sitegen.pages.related import RelatedIndex, digest_related, find_related, index_related
from sitegen.problems import Locate, Place, Problem, problem, warning
from sitegen.views import ArticleView, BodyView, Headline, StandingView, Target

_HIDDEN = seal(Destination("hidden"))
_ASTRAY = (NOWHERE, _HIDDEN)
# In seconds. The articles of a year are few enough that to look at each of them costs little.
_YEAR = 366 * 24 * 3600


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

    def find(self, reference: str, path: str) -> str | Part:
        """Return where a relative link leads, which names the file ``path``."""
        if found := self.files.get(path):
            return found
        if reference[:1] == "/":
            if reference in self.addresses or output_path(reference) in self.lists:
                return reference
        elif page := self.pages.get(path):
            return page
        return _HIDDEN if path in self.withheld else NOWHERE


class Year(Record, frozen=True):
    """The articles of a category in one year: those from ``start`` to before ``end``.

    ``own`` is the digest of all that their pages show of their own, ``places`` that of where their
    photos and links lead.
    """

    category: str
    number: int
    start: int
    end: int
    own: bytes
    places: bytes


class FollowedLinks(Record, frozen=True):
    """What the links and photos of articles come to.

    ``astray`` are the articles of which one leads nowhere. ``answers`` are the places of all other
    years, by the digest of what they depend on.
    """

    years: tuple[Year, ...]
    astray: tuple[Article, ...]
    answers: dict[bytes, bytes]


def make_link_index(context: PlanContext, lists: Sequence[str]) -> LinkIndex:
    """Return where all that is linked to leads; ``lists`` are paths in the output."""
    site = context.site
    paths = [article.path for article in site.articles]
    urls = [article.url for article in site.articles]
    text = "\n".join(paths)
    if not text.isascii():
        paths = [normalise(path) for path in paths]
    standing = {normalise(page.path): standing_page_url(page.slug) for page in site.standing_pages}
    # What could not be read has its own problem: a link to it is not another one.
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


def follow_links(
    context: PlanContext, link_index: LinkIndex, known: Mapping[bytes, bytes]
) -> FollowedLinks:
    """Return what all links and photos of articles come to.

    Those of a year are not followed where ``known`` has the answer of an earlier build: the same
    articles, and all that can be linked to as it was.
    """
    years: list[Year] = []
    astray: list[Article] = []
    answers: dict[bytes, bytes] = {}
    for category, own_articles in context.site.own_category.items():
        for number, start, end in _split_years(own_articles):
            articles = own_articles[start:end]
            own = digest_bytes(b"".join([article.digests for article in articles]))
            question = digest_bytes(link_index.digest + own)
            places = known.get(question)
            if places is None:
                places, more = _find_all_places(articles, link_index)
                astray += more
            else:
                more = ()
            if not more:
                answers[question] = places
            years.append(Year(category, number, start, end, own, places))
    return FollowedLinks(tuple(years), tuple(astray), answers)


def _split_years(articles: Sequence[Article]) -> Iterator[tuple[int, int, int]]:
    """Yield the number of each year, and where its articles begin and end. They are newest first.

    Years are counted in seconds, without a calendar: nothing shows where they begin.
    """
    start = 0
    while start < len(articles):
        number = articles[start].date // _YEAR
        end = bisect_right(articles, -number * _YEAR, start, key=lambda article: -article.date)
        yield number, start, end
        start = end


def _find_all_places(
    articles: Sequence[Article], link_index: LinkIndex
) -> tuple[bytes, tuple[Article, ...]]:
    """Return the digest of where photos and links lead, and the articles of which one is astray."""
    digests: list[bytes] = []
    astray = []
    for article in articles:
        places = _find_places(article, link_index)
        digests += map(_digest_place, places)
        if _HIDDEN in places or NOWHERE in places[article.photo is None :]:
            astray.append(article)
    return digest_bytes(b"".join(digests)), tuple(astray)


def list_places(article: Article, link_index: LinkIndex) -> tuple[Part, ...]:
    """Return the destination of the photo of an article, then those of its links."""
    return tuple([_seal_place(place) for place in _find_places(article, link_index)])


def _find_places(article: Article, link_index: LinkIndex) -> list[str | Part]:
    places: list[str | Part] = [link_index.files.get(article.photo or "", NOWHERE)]
    places += [link_index.find(*link) for link in list_references(article)]
    return places


def _digest_place(place: str | Part) -> bytes:
    # No address holds a line feed: it ends where the next digest or address begins.
    return b"%s\n" % place.encode() if isinstance(place, str) else place.digest


class Relations(Record, frozen=True):
    """Which articles belong to others.

    ``index`` knows of all (it is made when it is first asked for), ``digests`` are those of all
    that could belong to the articles of a year. ``answers`` is what there is to remember of it.
    """

    index: Callable[[], RelatedIndex]
    digests: dict[Year, bytes]
    answers: dict[bytes, bytes]


def relate(context: PlanContext, links: FollowedLinks, known: Mapping[bytes, bytes]) -> Relations:
    """Return which articles belong to others; ``known`` are the answers of earlier builds."""
    articles = context.site.articles
    index = functools.cache(lambda: index_related(articles))
    if not context.site.config.lists.related:
        return Relations(index, {}, {})
    # Of the headline, the teaser and the story, in which all stands that makes articles kin.
    size = 3 * DIGEST_SIZE
    question = digest_bytes(b"kin\n" + b"".join([article.digests[:size] for article in articles]))
    answer = known.get(question)
    if answer is None:
        found = digest_related(index())
        answer = b"".join(
            digest_bytes(
                b"".join([found[article.path] for article in _list_articles(context, year)])
            )
            for year in links.years
        )
    starts = range(0, len(answer), DIGEST_SIZE)
    parts = (answer[start : start + DIGEST_SIZE] for start in starts)
    return Relations(index, dict(zip(links.years, parts, strict=True)), {question: answer})


def _list_articles(context: PlanContext, year: Year) -> tuple[Article, ...]:
    return context.site.own_category[year.category][year.start : year.end]


def plan_articles(
    context: PlanContext, links: FollowedLinks, link_index: LinkIndex, relations: Relations
) -> Iterator[PlannedGroup]:
    """Yield the articles of each category and year: neighbours show each other, and their kin."""
    lists = context.site.config.lists
    for year in links.years:
        articles = context.site.own_category[year.category]
        first, last = max(0, year.start - lists.neighbours), year.end + lists.neighbours
        beside = (*articles[first : year.start], *articles[year.end : last])
        headlines = [article.digests[:DIGEST_SIZE] for article in beside]
        kin = relations.digests.get(year, b"")
        yield PlannedGroup(
            f"articles {year.category} {year.number}",
            digest_bytes(b"".join([year.own, year.places, kin, *headlines])),
            output_paths([article.url for article in articles[year.start : year.end]]),
            functools.partial(_plan_year, articles, year, lists, relations, link_index),
        )


def _plan_year(
    articles: tuple[Article, ...],
    year: Year,
    lists: Lists,
    relations: Relations,
    link_index: LinkIndex,
) -> Iterator[PlannedPage]:
    """Yield the articles of a year, each with its neighbours on either side."""
    count = lists.neighbours
    first = max(0, year.start - count)
    opened = [open_article(article) for article in articles[first : year.end + count]]
    headlines = tuple([parts.headline for parts in opened])
    for position in range(year.start - first, year.end - first):
        article, parts = articles[first + position], opened[position]
        nearest = slice(position + 1, position + 1 + count)
        beside = articles[first + position + 1 : first + position + 1 + count]
        related = (
            find_related(relations.index(), article, lists.related, beside) if lists.related else ()
        )
        yield plan_page(
            article.url,
            "article.html",
            article.path,
            _compose_article,
            (
                *(parts.headline, parts.teaser, parts.story, parts.body),
                *list_places(article, link_index),
            ),
            headlines[max(0, position - count) : position][::-1],
            headlines[nearest],
            tuple([open_article(each).headline for each in related]),
        )


def _seal_place(place: str | Part) -> Part:
    return seal(Destination("page", place)) if isinstance(place, str) else place


def _compose_article(
    shared: Shared, own: tuple[Part, ...], around: tuple[tuple[Part, ...], ...]
) -> ArticleView:
    headline = unseal(own[0], Headline)
    teaser = unseal(own[1], Teaser)
    story = unseal(own[2], Story)
    body = unseal(own[3], Body)
    section = shared.sections[teaser.category]
    picture = compose_picture(shared, teaser.photo, own[4])
    newer, older, related = (
        tuple(_open_headline(bytes(part.data)) for part in group) for group in around
    )
    return ArticleView(
        **describe_page(
            shared,
            headline.url.removeprefix(shared.base),
            headline.title,
            description=teaser.lead,
            section=section.top.url,
            breadcrumbs=dict.fromkeys((section.top, section.link)),
        ),
        category=section.link,
        published=headline.published,
        updated=story.updated,
        lead=teaser.lead if story.has_lead else "",
        picture=picture,
        share=compose_share(shared, headline, picture),
        body=view_body(shared, body, own[5:]),
        authors=story.authors,
        source=story.source,
        tags=story.tags,
        views=story.views,
        minutes=story.minutes,
        translations=story.translations,
        newer=newer,
        older=older,
        related=related,
    )


@functools.lru_cache(maxsize=1000)
def _open_headline(data: bytes) -> Headline:
    # Each is opened for all the articles around it, one soon after the other.
    return msgspec.msgpack.decode(data, type=Headline)


def plan_standing_pages(context: PlanContext, link_index: LinkIndex) -> Iterator[PlannedPage]:
    """Yield the standing pages."""
    shared = context.shared
    for page in context.site.standing_pages:
        url = standing_page_url(page.slug)
        places = tuple(_seal_place(link_index.find(*link)) for link in list_references(page))
        place = context.destinations.get(find_photo(page) or "", NOWHERE)
        view = StandingView(
            **describe_page(
                shared, url, page.title, description=page.lead, section=shared.href(url)
            ),
            updated=page.updated,
            lead=page.lead,
            picture=compose_picture(shared, page.photo, place),
            translations=page.translations,
            body=view_body(shared, page.body, places),
        )
        yield plan_view(url, "page.html", page.path, view)


def view_body(shared: Shared, body: Body, places: tuple[Part, ...], page: str = "") -> BodyView:
    """Return a body with the destinations of its references, in their order.

    ``page`` is the address of its document where the body is shown elsewhere.
    """
    found = zip(body.references, places, strict=True)
    targets = tuple(_aim(shared, each, unseal(place, Destination)) for each, place in found)
    return BodyView(body.path, body.start, body.digest, targets, shared.video_hosts, page)


def _aim(shared: Shared, reference: str, place: Destination) -> Target:
    url = shared.href(place.url) if place.url else ""
    picture = make_picture(shared, place) if place.kind == "picture" else None
    return Target(reference, place.kind, url, place.size, picture)


def check_documents(
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

    def refuse(reference: str, *, picture: bool) -> Problem:
        place = locate(document.path, reference)
        return _refuse(reference, document.path, place, _list_files(context), picture=picture)

    photo = find_photo(document)
    if photo is not None and photo not in context.destinations and photo not in broken:
        yield refuse(name_photo(document), picture=True)
    for reference, path in list_references(document):
        place = link_index.find(reference, path)
        if path in broken or place not in _ASTRAY:
            continue
        if place == _HIDDEN:
            yield warning("link-hidden", locate(document.path, reference), value=reference)
        else:
            yield refuse(reference, picture=find_format(reference) is not None)


def _list_files(context: PlanContext) -> set[str]:
    articles = (normalise(article.path) for article in context.site.articles)
    pages = (normalise(page.path) for page in context.site.standing_pages)
    return {*articles, *pages, *context.destinations}


def _refuse(reference: str, owner: str, place: Place, files: set[str], *, picture: bool) -> Problem:
    if not canonical_reference(reference):
        return problem("picture-external", place, value=reference)
    path = resolve_path(owner, reference)
    if not path and (".." in reference.split("/") or not reference.startswith("/")):
        return problem("path-outside", place, value=reference)
    code = "picture-missing" if picture else "link-missing"
    nearest = _nearest_file(path, files)
    meant = write_reference(owner, nearest) if nearest else ""
    return problem(code, place, value=reference, nearest=meant)


def _nearest_file(path: str, files: set[str]) -> str:
    """Return the file whose name is most like that of ``path``."""
    by_name = {each.rpartition("/")[2]: each for each in sorted(files)}
    return by_name.get(find_nearest(path.rpartition("/")[2], by_name), "")
