"""Every address of the site, and the check that none has two owners."""

from collections.abc import Iterable
from urllib.parse import unquote

from sitegen.documents import (
    Locate,
    check_documents,
    make_directory,
    plan_articles,
    plan_standing_pages,
)
from sitegen.errors import Problem, problem
from sitegen.feeds import plan_aliases, plan_feeds, plan_sitemaps
from sitegen.frame import Frame, Planned, page_url
from sitegen.gallery import media_url
from sitegen.lists import plan_lists
from sitegen.model import MediaFile, Record
from sitegen.text import fold, normalise


class Published(Record, frozen=True):
    """A media file to be published: where it is read (relative to the root) and written."""

    path: str
    source: str


class Plan(Record, frozen=True):
    """All that the output will hold, but for the theme's own files."""

    pages: tuple[Planned, ...]
    media: tuple[Published, ...]


def make_plan(
    frame: Frame, media: Iterable[MediaFile], locate: Locate
) -> tuple[Plan, list[Problem]]:
    """Return every page and file of the site with all problems of its addresses and links.

    ``locate`` returns where a value or a reference stands in a file.
    """
    pages = [*plan_lists(frame), *plan_feeds(frame), *plan_sitemaps(frame), *plan_aliases(frame)]
    directory = make_directory(frame, frozenset(page.url for page in pages))
    pages += plan_articles(frame, directory)
    pages += plan_standing_pages(frame, directory)
    published = tuple(Published(_media_path(normalise(file.path)), file.path) for file in media)
    plan = Plan(tuple(pages), published)
    return plan, [
        *check_documents(frame, directory, locate),
        *_check_aliases(frame, locate),
        *check_collisions(plan, locate),
    ]


def check_collisions(plan: Plan, locate: Locate) -> list[Problem]:
    """Return a problem for each address that two files claim, naming both.

    Addresses that differ by letter case alone are one: on many disks they are one file. So are a
    file and a folder of the same name.
    """
    owners: dict[str, str] = {}
    claims = [(page.path, page.owner) for page in plan.pages]
    claims += [(file.path, file.source) for file in plan.media]
    problems = []
    for path, owner in claims:
        other = owners.setdefault(fold(path), owner)
        if other is not owner:
            problems.append(_refuse_claim(path, owner, other, locate))
    for path, owner in claims:
        folder = fold(path)
        while folder := folder.rpartition("/")[0]:
            if folder in owners:
                problems.append(_refuse_claim(folder, owner, owners[folder], locate))
    return problems


def _refuse_claim(path: str, owner: str, other: str, locate: Locate) -> Problem:
    # An editor can mend an article; what the site itself claims is only named.
    if not owner.startswith("content/"):
        owner, other = other, owner
    url = f"/{path.removesuffix('index.html')}"
    return problem("url-taken", locate(owner, ""), url=url, other=other)


def _check_aliases(frame: Frame, locate: Locate) -> list[Problem]:
    """Return a problem for each old address that is the page's own, or that two pages claim."""
    claims: dict[str, str] = {}
    problems = []
    documents = [(entry.article, entry.url) for entry in frame.site.entries]
    documents += [(page, page_url(page)) for page in frame.site.pages]  # type: ignore[misc]
    for document, url in documents:
        for alias in document.aliases:
            place = locate(document.path, alias)
            if alias.rstrip("/") == url.rstrip("/"):
                problems.append(problem("alias-self", place, value=alias))
                continue
            other = claims.setdefault(fold(alias.rstrip("/")), document.path)
            if other != document.path and "?" in alias:
                problems.append(problem("url-taken", place, url=alias, other=other))
    return problems


def _media_path(path: str) -> str:
    return unquote(media_url(path)).removeprefix("/")
