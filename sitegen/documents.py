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
    Index,
    Shared,
    compose_picture,
    compose_share,
    describe_renditions,
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


class Links(Record, frozen=True):
    """What the links and photos of articles come to.

    ``wholes`` are, by the path of each article, the digests of its parts and of the places that it
    names: all that its page shows of its own. ``astray`` are those of which one leads nowhere.
    """

    wholes: dict[str, bytes]
    astray: tuple[Entry, ...]


def make_directory(frame: Frame, index: Index, lists: Container[str]) -> Directory:
    """Return where all that is linked to leads; ``lists`` are paths in the output."""
    site = frame.site
    pages = index.pages | {normalise(page.path): page_url(page) for page in site.pages}
    return Directory(
        files=frame.destinations,
        pages=pages,
        addresses=frozenset(pages.values()),
        lists=lists,
        # What could not be read has its own problem: a link to it is not another one.
        withheld=frozenset(normalise(path) for path in site.hidden | site.broken),
    )


def follow_links(entries: Iterable[Entry], directory: Directory) -> Links:
    """Return what all links and photos of ``entries`` come to."""
    wholes: dict[str, bytes] = {}
    astray = []
    for entry in entries:
        whole = entry.digests
        if entry.photo is not None or entry.references:
            places = _find_places(entry, directory)
            whole += b"".join(map(_digest_place, places))
            if _HIDDEN in places or NOWHERE in places[entry.photo is None :]:
                astray.append(entry)
        wholes[entry.path] = whole
    return Links(wholes, tuple(astray))


def _find_places(entry: Entry, directory: Directory) -> list[str | Part]:
    """Return the place of the photo of an article, then those of its links."""
    places: list[str | Part] = [directory.files.get(entry.photo or "", NOWHERE)]
    places += [directory.find(*link) for link in entry.references]
    return places


def _digest_place(place: str | Part) -> bytes:
    # No address holds a line feed: it ends where the next digest or address begins.
    return b"%s\n" % place.encode() if isinstance(place, str) else place.digest


def plan_articles(frame: Frame, links: Links, directory: Directory) -> Iterator[Sheaf]:
    """Yield the articles of each category: neighbours show each other."""
    neighbours = frame.site.config.lists.neighbours
    for category, entries in frame.site.own_category.items():
        yield Sheaf(
            f"articles {category}",
            digest_bytes(b"".join([links.wholes[entry.path] for entry in entries])),
            tuple([output_path(entry.url) for entry in entries]),
            functools.partial(_plan_category, entries, neighbours, directory),
        )


def _plan_category(
    entries: tuple[Entry, ...], neighbours: int, directory: Directory
) -> Iterator[Planned]:
    opened = [open_entry(entry) for entry in entries]
    headlines = tuple([parts.headline for parts in opened])
    for position, (entry, parts) in enumerate(zip(entries, opened, strict=True)):
        places = map(_seal_place, _find_places(entry, directory))
        newer = headlines[max(0, position - neighbours) : position][::-1]
        older = headlines[position + 1 : position + 1 + neighbours]
        yield plan_page(
            entry.url,
            "article.html",
            entry.path,
            _compose_article,
            (parts.headline, parts.teaser, parts.story, parts.body, *places),
            newer,
            older,
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
    newer, older = (tuple(_open_headline(bytes(part.data)) for part in group) for group in around)
    picture = compose_picture(shared, teaser.photo, own[4])
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
        picture=picture,
        share=compose_share(shared, headline, picture),
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
        places = tuple(_seal_place(directory.find(*link)) for link in list_references(page))
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
    return Target(
        reference,
        place.kind,
        url,
        place.width,
        place.height,
        place.size,
        **describe_renditions(shared, place),
    )


def check_documents(
    frame: Frame, links: Links, directory: Directory, locate: Locate
) -> list[Problem]:
    """Return every photo and link that leads nowhere, each with its place.

    ``locate`` returns the place of a reference in a file.
    """
    return [
        found
        for document in (*links.astray, *frame.site.pages, *frame.site.flawed)
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
