"""The views of articles and standing pages, and where the links in their bodies lead."""

from collections.abc import Iterator

from sitegen.dates import describe_moment
from sitegen.errors import Locate, Place, Problem, problem, warning
from sitegen.fields import find_nearest
from sitegen.frame import Frame, Planned, frame_document, make_picture, page_url, plan_page
from sitegen.gallery import media_url
from sitegen.media import is_picture
from sitegen.model import Article, Body, Page, Record
from sitegen.references import canonical_reference, resolve_path
from sitegen.site import Entry, find_neighbours
from sitegen.text import fold, format_number
from sitegen.views import ArticleView, BodyView, Link, Moment, StandingView, Target


class Directory(Record, frozen=True):
    """Where links may lead: ``pages`` maps files to addresses, ``addresses`` are those of lists."""

    pages: dict[str, str]
    addresses: frozenset[str]


def make_directory(frame: Frame, addresses: frozenset[str]) -> Directory:
    """Return the addresses of all published files, and ``addresses`` beside them."""
    pages = {entry.article.path: entry.url for entry in frame.site.entries}
    pages |= {page.path: page_url(page) for page in frame.site.pages}
    return Directory(pages, addresses | frozenset(pages.values()))


def plan_articles(frame: Frame, directory: Directory) -> Iterator[Planned]:
    """Yield the page of each article."""
    neighbours = frame.site.config.lists.neighbours
    for entries in frame.site.own_category.values():
        for position, entry in enumerate(entries):
            newer, older = find_neighbours(entries, position, neighbours)
            view = _view_article(frame, directory, entry, newer, older)
            yield plan_page(entry.url, "article.html", view, entry.article.path)


def plan_standing_pages(frame: Frame, directory: Directory) -> Iterator[Planned]:
    """Yield the standing pages."""
    config = frame.site.config
    for page in frame.site.pages:
        url = page_url(page)
        view = StandingView(
            **frame_document(
                frame, url, page.title, description=page.lead, section=frame.href(url)
            ),
            updated=describe_moment(page.updated) if page.updated else None,
            lead=page.lead,
            picture=make_picture(page.path, page.photo, config.base, frame.facts),
            body=_view_body(frame, directory, page.body),
        )
        yield plan_page(url, "page.html", view, page.path)


def _view_article(
    frame: Frame,
    directory: Directory,
    entry: Entry,
    newer: tuple[Entry, ...],
    older: tuple[Entry, ...],
) -> ArticleView:
    article = entry.article
    section = frame.sections[article.category]
    category = Link(section.title, frame.href(section.url))
    parents = (
        (Link(section.parent.name, frame.href(f"/{section.parent.path}/")),)
        if section.parent
        else ()
    )
    card = frame.cards[article.path]
    return ArticleView(
        **frame_document(
            frame,
            entry.url,
            article.title,
            description=article.summary,
            section=(parents or (category,))[0].url,
            breadcrumbs=(*parents, category),
        ),
        category=category,
        published=card.published,
        updated=_describe_update(article),
        lead=article.lead,
        picture=card.picture,
        body=_view_body(frame, directory, article.body),
        authors=_link_names(frame, "author", article.authors),
        source=article.source,
        tags=_link_names(frame, "tag", article.tags),
        views="" if article.views is None else format_number(article.views),
        newer=tuple(frame.headlines[each.article.path] for each in newer),
        older=tuple(frame.headlines[each.article.path] for each in older),
    )


def _describe_update(article: Article) -> Moment | None:
    return describe_moment(article.updated) if article.updated else None


def _link_names(frame: Frame, kind: str, names: tuple[str, ...]) -> tuple[Link, ...]:
    lists = frame.site.config.lists
    listed = lists.authors if kind == "author" else lists.tags
    return tuple(
        Link(name, frame.links.get((kind, fold(name)), "") if listed else "") for name in names
    )


def _view_body(frame: Frame, directory: Directory, body: Body) -> BodyView:
    targets = tuple(
        _find_target(frame, directory, body.path, reference) for reference in body.references
    )
    return BodyView(body.path, body.digest, targets, frame.site.config.video_hosts)


def _find_target(frame: Frame, directory: Directory, owner: str, reference: str) -> Target:
    path = resolve_path(owner, reference)
    if path in frame.facts:
        facts = frame.facts[path]
        return Target(
            reference,
            "picture" if is_picture(path) else "file",
            frame.href(media_url(path)),
            facts.width,
            facts.height,
            facts.size,
        )
    if reference in directory.addresses:
        return Target(reference, "page", frame.href(reference))
    if path in directory.pages:
        return Target(reference, "page", frame.href(directory.pages[path]))
    # What could not be read has its own problem: a link to it is not another one.
    withheld = path in frame.site.hidden or path in frame.site.broken
    return Target(reference, "hidden" if withheld else "missing")


def check_documents(frame: Frame, directory: Directory, locate: Locate) -> list[Problem]:
    """Return every photo and link that leads nowhere, each with its place.

    ``locate`` returns the place of a reference in a file.
    """
    documents: list[Article | Page] = [entry.article for entry in frame.site.entries]
    documents += [*frame.site.pages, *frame.site.flawed]
    files = {*directory.pages, *frame.facts}
    problems = []
    for document in documents:
        photo = document.photo
        path = resolve_path(document.path, photo.reference) if photo else ""
        if photo and path not in frame.facts and path not in frame.site.broken:
            place = locate(document.path, photo.reference)
            problems.append(_refuse(photo.reference, document.path, place, files, picture=True))
        for reference in document.body.references:
            target = _find_target(frame, directory, document.path, reference)
            broken = resolve_path(document.path, reference) in frame.site.broken
            if broken or target.kind in {"page", "picture", "file"}:
                continue
            place = locate(document.path, reference)
            if target.kind == "hidden":
                problems.append(warning("link-hidden", place, value=reference))
            else:
                picture = is_picture(reference)
                problems.append(_refuse(reference, document.path, place, files, picture=picture))
    return problems


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
