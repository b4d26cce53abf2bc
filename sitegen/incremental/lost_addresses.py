"""Addresses that readers know and that no page has any more, each told once with what to write."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sitegen.content.articles import Article
from sitegen.content.discovery import CONTENT
from sitegen.content.kinds import Document
from sitegen.content.reading import Content
from sitegen.content.selection import ArticleList, Site
from sitegen.foundation.addresses import find_url, output_path
from sitegen.incremental.changes import Changes
from sitegen.incremental.manifest import mark_owner
from sitegen.model import CONFIG_FILE
from sitegen.problems import Locate, Place, Problem, warning


def find_lost_addresses(
    changes: Changes, site: Site, content: Content, locate: Locate
) -> Iterator[Problem]:
    """Yield a warning for each text, and each category, whose address readers will not find.

    A text that is hidden and keeps its address is none of these.
    """
    if not changes.owners:
        return
    lost: dict[str, list[str]] = defaultdict(list)
    for path, owner in sorted(changes.owners.items()):
        lost[owner].append(find_url(path))
    documents = (*content.articles, *content.standing_texts)
    owners = {mark_owner(each.path): each for each in documents}
    fresh = [each for each in documents if output_path(each.url) in changes.fresh]
    moved: dict[str, ArticleList] = {}
    for owner, urls in lost.items():
        found = owners.get(owner) or _find_renamed(urls, fresh)
        if found is None:
            yield warning("address-gone", Place(CONTENT), url=urls[0])
        elif found.url not in urls:
            left = []
            for url in urls:
                if category := _find_moved_category(site, found, url, changes.gone):
                    old = url.removesuffix(found.url.removeprefix(category.url))
                    moved.setdefault(old, category)
                else:
                    left.append(url)
            if left:
                place = locate(found.path, "")
                yield _warn(place, left, found.url, found.aliases)
    for old, category in moved.items():
        place = locate(CONFIG_FILE, f"name: {category.title}")
        aliases = category.category.aliases if category.category else ()
        yield _warn(place, [old], category.url, aliases)


def _find_renamed(urls: Iterable[str], fresh: Iterable[Document]) -> Document | None:
    """Return the only text at a new address whose last part is the same: its file was renamed."""
    slugs = {url.rstrip("/").rpartition("/")[2] for url in urls}
    found = [each for each in fresh if each.url.rstrip("/").rpartition("/")[2] in slugs]
    return found[0] if len(found) == 1 else None


def _find_moved_category(
    site: Site, found: Document, url: str, gone: frozenset[str]
) -> ArticleList | None:
    """Return the category that has moved with its articles, if ``url`` is lost because of that."""
    if not isinstance(found, Article):
        return None
    for each in site.categories:
        below = found.url.removeprefix(each.url)
        moves = below != found.url and url.endswith(f"/{below}")
        if moves and output_path(url.removesuffix(below)) in gone:
            return each
    return None


def _warn(place: Place, old: Iterable[str], now: str, aliases: Iterable[str]) -> Problem:
    from sitegen.content.recovery import write_list

    line = f"aliases: {write_list((*aliases, *old))}"
    return warning("address-changed", place, url=", ".join(old), other=now, line=line)
