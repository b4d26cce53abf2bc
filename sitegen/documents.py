"""The views of articles and standing pages, and where the links in their bodies lead."""

import functools
from collections.abc import Container, Iterable, Iterator

import msgspec

from sitegen.entries import (
    Entry,
    Standing,
    Story,
    Teaser,
    find_photo,
    list_references,
    name_photo,
    open_entry,
)
from sitegen.errors import Locate, Place, Problem, problem, warning
from sitegen.fields import find_nearest
from sitegen.frame import (
    NOWHERE,
    Frame,
    Row,
    Shared,
    compose_picture,
    frame_document,
    page_url,
)
from sitegen.media import is_picture
from sitegen.model import Body, Record
from sitegen.pages import Planned, Sheaf, output_path, plan_page, plan_view
from sitegen.parts import Part, digest_bytes, seal, unseal
from sitegen.references import canonical_reference, resolve_path
from sitegen.survey import Destination
from sitegen.text import normalise
from sitegen.views import ArticleView, BodyView, Headline, StandingView, Target

_HIDDEN = seal(Destination("hidden"))
_ASTRAY = (NOWHERE, _HIDDEN)


class Directory(Record, frozen=True):
    """Where the links of bodies lead: ``files`` and ``pages`` by path, and every address.

    ``lists`` are where the pages of lists are written.
    """

    files: dict[str, Part]
    pages: dict[str, str]
    addresses: frozenset[str]
    lists: Container[str]
    withheld: frozenset[str]

    def find(self, reference: str, path: str) -> Part:
        """Return the destination of a relative link, which names the file ``path``."""
        if found := self.files.get(path):
            return found
        if reference in self.addresses or output_path(reference) in self.lists:
            return _lead_to(reference)
        if path in self.pages:
            return _lead_to(self.pages[path])
        return _HIDDEN if path in self.withheld else NOWHERE


@functools.lru_cache(maxsize=100_000)
def _lead_to(url: str) -> Part:
    return seal(Destination("page", url))


class Linked(Record, frozen=True, gc=False):
    """An article with the destinations of its links; ``whole`` are the digests of all of it."""

    row: Row
    places: tuple[Part, ...]
    whole: bytes


def make_directory(frame: Frame, lists: Container[str]) -> Directory:
    """Return where all that is linked to leads; ``lists`` are paths in the output."""
    site = frame.site
    pages = {normalise(entry.path): entry.url for entry in site.entries}
    pages |= {normalise(page.path): page_url(page) for page in site.pages}
    return Directory(
        files=frame.destinations,
        pages=pages,
        addresses=frozenset(pages.values()),
        lists=lists,
        # What could not be read has its own problem: a link to it is not another one.
        withheld=frozenset(normalise(path) for path in site.hidden | site.broken),
    )


def link_rows(rows: Iterable[Row], directory: Directory) -> dict[str, Linked]:
    """Return articles with the destinations of their links, by the paths of their files."""
    linked = {}
    for row in rows:
        entry = row.entry
        places: tuple[Part, ...] = ()
        whole = entry.digests + row.picture.digest
        if entry.references:
            places = tuple([directory.find(*link) for link in entry.references])
            whole += b"".join([place.digest for place in places])
        linked[entry.path] = Linked(row, places, whole)
    return linked


def plan_articles(frame: Frame, linked: dict[str, Linked]) -> Iterator[Sheaf]:
    """Yield the articles of each category: neighbours show each other."""
    neighbours = frame.site.config.lists.neighbours
    for category, entries in frame.site.own_category.items():
        own = tuple([linked[entry.path] for entry in entries])
        yield Sheaf(
            f"articles {category}",
            digest_bytes(b"".join([each.whole for each in own])),
            tuple([output_path(entry.url) for entry in entries]),
            functools.partial(_plan_category, own, neighbours),
        )


def _plan_category(linked: tuple[Linked, ...], neighbours: int) -> Iterator[Planned]:
    opened = [open_entry(each.row.entry) for each in linked]
    headlines = tuple([parts.headline for parts in opened])
    for position, (each, parts) in enumerate(zip(linked, opened, strict=True)):
        entry = each.row.entry
        own = (parts.headline, parts.teaser, parts.story, parts.body, each.row.picture)
        newer = headlines[max(0, position - neighbours) : position][::-1]
        older = headlines[position + 1 : position + 1 + neighbours]
        yield plan_page(
            entry.url,
            "article.html",
            entry.path,
            _compose_article,
            (*own, *each.places),
            newer,
            older,
        )


def _compose_article(
    shared: Shared, own: tuple[Part, ...], around: tuple[tuple[Part, ...], ...]
) -> ArticleView:
    headline = unseal(own[0], Headline)
    teaser = unseal(own[1], Teaser)
    story = unseal(own[2], Story)
    body = unseal(own[3], Body)
    section = shared.sections[teaser.category]
    newer, older = (tuple(_open_headline(bytes(part.data)) for part in group) for group in around)
    return ArticleView(
        **frame_document(
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
        picture=compose_picture(shared, teaser.photo, own[4]),
        body=_view_body(shared, body, own[5:]),
        authors=story.authors,
        source=story.source,
        tags=story.tags,
        views=story.views,
        newer=newer,
        older=older,
    )


@functools.lru_cache(maxsize=1000)
def _open_headline(data: bytes) -> Headline:
    # Each is opened for all the articles around it, one soon after the other.
    return msgspec.msgpack.decode(data, type=Headline)


def plan_standing_pages(frame: Frame, directory: Directory) -> Iterator[Planned]:
    """Yield the standing pages."""
    shared = frame.shared
    for page in frame.site.pages:
        url = page_url(page)
        places = tuple(directory.find(*link) for link in list_references(page))
        place = frame.destinations.get(find_photo(page) or "", NOWHERE)
        view = StandingView(
            **frame_document(
                shared, url, page.title, description=page.lead, section=shared.href(url)
            ),
            updated=page.updated,
            lead=page.lead,
            picture=compose_picture(shared, page.photo, place),
            body=_view_body(shared, page.body, places),
        )
        yield plan_view(url, "page.html", page.path, view)


def _view_body(shared: Shared, body: Body, places: tuple[Part, ...]) -> BodyView:
    """Return a body with the destinations of its references, in their order."""
    found = zip(body.references, places, strict=True)
    targets = tuple(_aim(shared, each, unseal(place, Destination)) for each, place in found)
    return BodyView(body.path, body.start, body.digest, targets, shared.video_hosts)


def _aim(shared: Shared, reference: str, place: Destination) -> Target:
    url = shared.href(place.url) if place.url else ""
    return Target(reference, place.kind, url, place.width, place.height, place.size)


def check_documents(
    frame: Frame, linked: dict[str, Linked], directory: Directory, locate: Locate
) -> list[Problem]:
    """Return every photo and link that leads nowhere, each with its place.

    ``locate`` returns the place of a reference in a file.
    """
    suspects: list[Entry | Standing] = [
        each.row.entry
        for each in linked.values()
        if (each.row.picture is NOWHERE and each.row.entry.photo is not None)
        or (each.places and any(place in _ASTRAY for place in each.places))
    ]
    return [
        found
        for document in (*suspects, *frame.site.pages, *frame.site.flawed)
        for found in _check_document(frame, document, directory, locate)
    ]


def _check_document(
    frame: Frame, document: Entry | Standing, directory: Directory, locate: Locate
) -> Iterator[Problem]:
    broken = frame.site.broken

    def refuse(reference: str, *, picture: bool) -> Problem:
        place = locate(document.path, reference)
        return _refuse(reference, document.path, place, _list_files(frame), picture=picture)

    photo = find_photo(document)
    if photo is not None and photo not in frame.destinations and photo not in broken:
        yield refuse(name_photo(document), picture=True)
    for reference, path in list_references(document):
        place = directory.find(reference, path)
        if path in broken or place not in _ASTRAY:
            continue
        if place == _HIDDEN:
            yield warning("link-hidden", locate(document.path, reference), value=reference)
        else:
            yield refuse(reference, picture=is_picture(reference))


def _list_files(frame: Frame) -> set[str]:
    articles = (normalise(entry.path) for entry in frame.site.entries)
    pages = (normalise(page.path) for page in frame.site.pages)
    return {*articles, *pages, *frame.destinations}


def _refuse(reference: str, owner: str, place: Place, files: set[str], *, picture: bool) -> Problem:
    if not canonical_reference(reference):
        return problem("picture-external", place, value=reference)
    path = resolve_path(owner, reference)
    if not path and (".." in reference.split("/") or not reference.startswith("/")):
        return problem("path-outside", place, value=reference)
    code = "picture-missing" if picture else "link-missing"
    return problem(code, place, value=reference, nearest=_nearest_file(path, files))


def _nearest_file(path: str, files: set[str]) -> str:
    """Return the file whose name is most like that of ``path``."""
    by_name = {each.rpartition("/")[2]: each for each in sorted(files)}
    return by_name.get(find_nearest(path.rpartition("/")[2], by_name), "")
