"""Every address of the site, and the check that none has two owners."""

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from sitegen.documents import (
    check_documents,
    make_directory,
    plan_articles,
    plan_standing_pages,
)
from sitegen.errors import Locate, Place, Problem, mark, problem
from sitegen.feeds import (
    REDIRECT,
    every_document,
    plan_aliases,
    plan_feeds,
    plan_sitemaps,
    redirect_url,
)
from sitegen.frame import Frame, Planned, output_path
from sitegen.gallery import media_url
from sitegen.lists import plan_lists
from sitegen.model import MediaFile, Record
from sitegen.text import fold, normalise

CONTENT = "content/"
_MEDIA = "media/"


class Published(Record, frozen=True):
    """A media file to be published: where it is read (relative to the root) and written."""

    path: str
    source: str


class Claim(Record, frozen=True):
    """What wants a path below the output: a file, with its old address if that is what it wants."""

    path: str
    owner: str
    alias: str = ""


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
        *check_collisions(plan, _claim_aliases(frame), locate),
    ]


def check_collisions(
    plan: Plan, old_addresses: Iterable[Claim], locate: Locate
) -> Iterator[Problem]:
    """Yield a problem for each address that is claimed twice, naming both files.

    Addresses that differ by letter case alone are one: on many disks they are one file. So are a
    file and a folder of the same name.
    """
    claims = [Claim(page.path, page.owner) for page in plan.pages if page.template != REDIRECT]
    claims += [Claim(file.path, file.source) for file in plan.media]
    claims += old_addresses
    owners: dict[str, Claim] = {}
    for claim in claims:
        other = owners.setdefault(fold(claim.path), claim)
        if other is not claim:
            yield from _refuse_claim(claim, other, locate)
    for claim in claims:
        folder = fold(claim.path)
        while folder := folder.rpartition("/")[0]:
            if folder in owners:
                yield from _refuse_claim(claim, owners[folder], locate)


def _refuse_claim(claim: Claim, other: Claim, locate: Locate) -> Iterator[Problem]:
    # An editor can mend an article, and an old address more easily; the other is only named.
    if (other.alias and not claim.alias) or not claim.owner.startswith(CONTENT):
        claim, other = other, claim
    named = other.owner
    if not named.startswith(CONTENT):
        named = mark("the site itself (config.yaml)")
    if claim.alias and claim.owner == other.owner:
        # An article may name one old address in two spellings, but not its own.
        if not other.alias:
            place = locate(claim.owner, claim.alias)
            yield problem("alias-self", place, value=claim.alias)
    elif claim.alias:
        place = locate(claim.owner, claim.alias)
        yield problem("alias-taken", place, value=claim.alias, other=named)
    elif claim.path.startswith(_MEDIA):
        yield problem("file-name-same", Place(claim.owner), other=named)
    else:
        url = f"/{claim.path.removesuffix('index.html')}"
        yield problem("url-taken", locate(claim.owner, ""), url=url, other=named)


def _claim_aliases(frame: Frame) -> Iterator[Claim]:
    """Yield every old address, whether a file answers it or the web server."""
    for document, _ in every_document(frame):
        for alias in document.aliases:
            yield Claim(output_path(redirect_url(alias)), document.path, alias)


def _media_path(path: str) -> str:
    return unquote(media_url(path)).removeprefix("/")
