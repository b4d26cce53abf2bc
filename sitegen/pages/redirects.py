"""Redirects from old addresses: a page for each, where a file can stand there, and two lists."""

import functools
from collections.abc import Iterable, Iterator
from itertools import chain

from sitegen.content.articles import Article, open_article
from sitegen.content.kinds import Document
from sitegen.content.selection import Site
from sitegen.foundation.addresses import ALIASES, REDIRECTS, is_static, output_path, redirect_url
from sitegen.foundation.parts import digest_bytes, digest_record, unseal
from sitegen.pages.context import PlanContext, Shared
from sitegen.pages.planned import PlannedGroup, PlannedPage, plan_view
from sitegen.views import AliasesView, Headline, Link, RedirectView

REDIRECT = "redirect.html"


def plan_redirects(context: PlanContext) -> PlannedGroup:
    """Return a page for each old address at which a file can stand, and two lists of addresses.

    The not-found page reads the list of all other old addresses, a web server the list of all.
    """
    moved = list_moved(context.site)
    aliases = [each.aliases for each in moved]
    digests = [digest_record(aliases), *(_digest_subject(each) for each in moved)]
    return PlannedGroup(
        "aliases",
        digest_bytes(b"".join(digests)),
        (*_list_paths(moved), output_path(ALIASES), output_path(REDIRECTS)),
        functools.partial(_plan_redirects, context.shared, tuple(moved)),
    )


def list_redirects(site: Site) -> list[str]:
    """Return the paths of the pages of old addresses."""
    return _list_paths(list_moved(site))


def list_moved(site: Site) -> list[Document]:
    """Return the documents that have old addresses."""
    documents: Iterator[Document] = chain(site.articles, site.standing_texts)
    return [each for each in documents if each.aliases]


def _list_paths(moved: Iterable[Document]) -> list[str]:
    aliases = (alias for each in moved for alias in each.aliases)
    return [output_path(redirect_url(alias)) for alias in aliases if is_static(alias)]


def _digest_subject(document: Document) -> bytes:
    """Return the digest of the title and address of a document."""
    if isinstance(document, Article):
        return document.headline_digest
    return digest_record((document.title, document.url))


def _plan_redirects(shared: Shared, moved: tuple[Document, ...]) -> Iterator[PlannedPage]:
    others = []
    # nginx ignores the case of letters, and does not start if an address is named twice.
    redirects: dict[str, Link] = {}
    for each in moved:
        title, target = _find_title(each), shared.href(each.url)
        absolute = shared.view.origin + target
        view = RedirectView(title, target, absolute, shared.view.language)
        for alias in each.aliases:
            url = redirect_url(alias)
            redirects[shared.href(url).lower()] = Link(shared.href(url), target)
            if is_static(alias):
                yield plan_view(url, REDIRECT, view, each.path)
            else:
                others.append(Link(shared.href(alias), target))
    for path, links in ((ALIASES, others), (REDIRECTS, redirects.values())):
        every = tuple(sorted(links, key=lambda link: link.title))
        yield plan_view(path, path[1:], AliasesView(every))


def _find_title(document: Document) -> str:
    if isinstance(document, Article):
        return unseal(open_article(document).headline, Headline).title
    return document.title
