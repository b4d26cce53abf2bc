"""Redirects from old addresses: a page for each, where a file can stand there, and two lists."""

import functools
from collections.abc import Iterable, Iterator
from itertools import chain

from sitegen.content.articles import Article, open_article
from sitegen.content.kinds import Document
from sitegen.content.selection import ArticleList, Site
from sitegen.foundation.addresses import ALIASES, REDIRECTS, is_static, output_path, redirect_url
from sitegen.foundation.parts import digest_bytes, digest_record, unseal
from sitegen.foundation.text import fold
from sitegen.model import CONFIG_FILE, Record
from sitegen.pages.context import PlanContext, Shared
from sitegen.pages.planned import PlannedGroup, PlannedPage, plan_view
from sitegen.views import AliasesView, Headline, Link, RedirectView

REDIRECT = "redirect.html"


class Moved(Record, frozen=True, gc=False):
    """An old address of a ``subject``, and the file ``owner`` that says so.

    There it is ``written`` as it is, or else as the old address of the category that it is below.
    """

    alias: str
    written: str
    owner: str
    subject: Document | ArticleList


def plan_redirects(context: PlanContext) -> PlannedGroup:
    """Return a page for each old address at which a file can stand, and two lists of addresses.

    The not-found page reads the list of all other old addresses, a web server the list of all.
    """
    moved = list_moved(context.site)
    return PlannedGroup(
        "aliases",
        digest_moved(moved),
        (*_list_paths(moved), output_path(ALIASES), output_path(REDIRECTS)),
        functools.partial(_plan_redirects, context.shared, tuple(moved)),
    )


def digest_moved(moved: Iterable[Moved]) -> bytes:
    """Return the digest of old addresses, of what names them, and of where they lead."""
    every = tuple(moved)
    aliases = [(each.alias, each.owner) for each in every]
    digests = [digest_record(aliases), *(_digest_subject(each.subject) for each in every)]
    return digest_bytes(b"".join(digests))


def link_moved(shared: Shared, moved: Iterable[Moved]) -> tuple[Link, ...]:
    """Return each old address with the address that it leads to, sorted.

    nginx ignores the case of letters, and does not start if an address is named twice.
    """
    links: dict[str, Link] = {}
    for each in moved:
        old = shared.href(redirect_url(each.alias))
        links[old.lower()] = Link(old, shared.href(each.subject.url))
    return _sort(links.values())


def list_redirects(site: Site) -> list[str]:
    """Return the paths of the pages of old addresses."""
    return _list_paths(list_moved(site))


def list_old_addresses(site: Site) -> list[str]:
    """Return the paths of old addresses that have no page: a web server reads them from a list.

    A query is left out, as it is of every link that is followed.
    """
    aliases = [each.alias for each in list_moved(site) if not is_static(each.alias)]
    return [output_path(alias.partition("?")[0]) for alias in aliases]


def list_moved(site: Site) -> list[Moved]:
    """Return the old addresses of documents, of categories, of authors and of tags.

    What is below a category had an address below each old one of the category.
    """
    documents: Iterator[Document] = chain(site.articles, site.standing_texts)
    moved = [Moved(alias, alias, each.path, each) for each in documents for alias in each.aliases]
    for own in site.categories:
        for alias in own.category.aliases if own.category else ():
            moved += (Moved(new, alias, CONFIG_FILE, each) for new, each in _move(site, own, alias))
    for lists, configured in ((site.authors, site.config.authors), (site.tags, site.config.tags)):
        old = {fold(each.name): each.aliases for each in configured if each.aliases}
        for each in lists if old else ():
            aliases = old.get(fold(each.title), ())
            moved += (Moved(alias, alias, CONFIG_FILE, each) for alias in aliases)
    return moved


def _move(
    site: Site, category: ArticleList, alias: str
) -> Iterator[tuple[str, Document | ArticleList]]:
    """Yield what had an address because a category had the address ``alias``."""
    yield alias, category
    folder = redirect_url(alias)
    if folder.endswith("/"):
        below: Iterator[Document | ArticleList] = chain(site.categories, category.articles)
        for each in below:
            if each.url.startswith(category.url) and each.url != category.url:
                yield folder + each.url.removeprefix(category.url), each


def _list_paths(moved: Iterable[Moved]) -> list[str]:
    return [output_path(redirect_url(each.alias)) for each in moved if is_static(each.alias)]


def _digest_subject(subject: Document | ArticleList) -> bytes:
    """Return the digest of the title and address of a document or a list."""
    if isinstance(subject, Article):
        return subject.headline_digest
    return digest_record((subject.title, subject.url))


def _plan_redirects(shared: Shared, moved: tuple[Moved, ...]) -> Iterator[PlannedPage]:
    others = []
    for each in moved:
        title, target = _find_title(each.subject), shared.href(each.subject.url)
        view = RedirectView(title, target, shared.view.origin + target, shared.view.language)
        if is_static(each.alias):
            yield plan_view(redirect_url(each.alias), REDIRECT, view, each.owner)
        else:
            others.append(Link(shared.href(each.alias), target))
    for path, links in ((ALIASES, _sort(others)), (REDIRECTS, link_moved(shared, moved))):
        yield plan_view(path, path[1:], AliasesView(links))


def _sort(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: link.title))


def _find_title(subject: Document | ArticleList) -> str:
    if isinstance(subject, Article):
        return unseal(open_article(subject).headline, Headline).title
    return subject.title
