"""What all pages share: the masthead, the menu, the footer, and the fields that every page has."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from sitegen.content.selection import Site
from sitegen.content.settings import Category, Config, Lists, Pictures
from sitegen.content.standing_pages import StandingPage
from sitegen.foundation import addresses
from sitegen.foundation.parts import Part, seal
from sitegen.foundation.text import format_number, shorten
from sitegen.media.inspection import Destination, InspectedFile
from sitegen.model import Record
from sitegen.views import Link, MenuItem, SearchBox, SiteView

HOME_TITLE = "Trang chủ"
PEOPLE_TITLE = "Cơ cấu tổ chức"
# The pages that link to all lists of a kind.
INDEX_TITLES = {"month": "Lưu trữ theo tháng", "tag": "Thẻ", "author": "Tác giả"}
INDEX_URLS = {"month": addresses.MONTHS, "tag": addresses.TAGS, "author": addresses.AUTHORS}
DESCRIPTION_WORDS = 45
NOWHERE = seal(Destination("missing"))


class CategoryLinks(Record, frozen=True):
    """A category as pages name it; ``top`` is the category above it, or itself."""

    link: Link
    top: Link


class Shared(Record, frozen=True):
    """What every page may show: nothing in it belongs to a single article.

    ``base`` is the site's own path, ``origin`` its scheme, host and path; ``categories`` are by
    their path.
    """

    view: SiteView
    base: str
    origin: str
    categories: dict[str, CategoryLinks]
    video_hosts: tuple[str, ...]
    pictures: Pictures

    def href(self, url: str) -> str:
        """Return an address of the site as pages write it: with the site's own path."""
        return self.base + url

    def canonical(self, url: str) -> str:
        """Return an address of the site with its scheme and host."""
        return self.origin + url


class PlanContext(Record, frozen=True):
    """What pages are planned from; ``destinations`` are the published files, by path in NFC."""

    site: Site
    shared: Shared
    destinations: dict[str, Part]


def make_context(
    site: Site, inspected: dict[str, InspectedFile], assets: dict[str, str], *, noindex: bool
) -> PlanContext:
    """Return what the pages of ``site`` are planned from. ``assets`` maps theme files to addresses.

    ``noindex`` marks a preview, which search engines must not index.
    """
    config = site.config
    shared = Shared(
        view=_make_site_view(site, assets, noindex=noindex),
        base=config.base,
        origin=config.url,
        categories=dict(_map_categories(config)),
        video_hosts=config.video_hosts,
        pictures=config.pictures,
    )
    return PlanContext(site, shared, {path: each.destination for path, each in inspected.items()})


def _map_categories(config: Config) -> Iterable[tuple[str, CategoryLinks]]:
    for parent in config.categories:
        top = _link_category(parent, config.base)
        yield parent.path, CategoryLinks(top, top)
        for child in parent.children:
            yield child.path, CategoryLinks(_link_category(child, config.base), top)


def _link_category(category: Category, base: str) -> Link:
    return Link(category.name, base + addresses.category_url(category.path))


def _make_site_view(site: Site, assets: dict[str, str], *, noindex: bool) -> SiteView:
    config = site.config
    base = config.base
    sections = tuple(
        MenuItem(
            category.name,
            base + addresses.category_url(category.path),
            tuple(_link_category(child, base) for child in category.children),
        )
        for category in config.categories
    )
    pages = [each for each in site.standing_texts if isinstance(each, StandingPage)]
    in_menu = tuple(MenuItem(page.title, base + page.url) for page in pages if page.menu)
    links = [Link(page.title, base + page.url) for page in pages]
    if len(pages) < len(site.standing_texts):
        links.append(Link(PEOPLE_TITLE, base + addresses.PEOPLE))
    configured = tuple(MenuItem(entry.title, _local(entry.url, base)) for entry in config.menu)
    return SiteView(
        title=config.title,
        url=f"{config.url}/",
        origin=config.url.removesuffix(base),
        home=f"{base}/",
        language=config.language,
        description=config.description,
        welcome=config.welcome,
        menu=configured or (*sections, *in_menu),
        sections=sections,
        pages=tuple(links),
        archives=tuple(
            Link(INDEX_TITLES[kind], base + INDEX_URLS[kind]) for kind in list_kinds(config.lists)
        ),
        links=tuple(Link(entry.title, _local(entry.url, base)) for entry in config.links),
        imprint=config.imprint,
        search=SearchBox(
            url=base + addresses.SEARCH,
            engine=config.search.name,
            engine_url=config.search.url,
            query=config.search.query,
            site_parameter=config.search.site,
            host=urlsplit(config.url).netloc + base,
            opensearch=base + addresses.OPENSEARCH,
        ),
        rss=f"{base}{addresses.FRONT}{addresses.RSS}",
        feed=f"{base}{addresses.FRONT}{addresses.JSON_FEED}",
        manifest=base + addresses.WEB_MANIFEST,
        site_map=base + addresses.SITE_MAP,
        visits="" if config.visits is None else format_number(config.visits),
        noindex=noindex,
        assets=assets,
    )


def list_kinds(lists: Lists) -> tuple[str, ...]:
    """Return the kinds of lists that the site has besides those of categories."""
    wanted = {"month": lists.months, "tag": lists.tags, "author": lists.authors}
    return tuple(kind for kind, is_wanted in wanted.items() if is_wanted)


def _local(url: str, base: str) -> str:
    return base + url if url.startswith("/") else url


def describe_page(
    shared: Shared,
    url: str,
    title: str,
    *,
    description: str = "",
    section: str = "",
    breadcrumbs: Iterable[Link] = (),
) -> dict[str, Any]:
    """Return the fields that the view of every HTML page has (:class:`sitegen.views.PageView`)."""
    return {
        "site": shared.view,
        "url": shared.href(url),
        "canonical": shared.canonical(url),
        "title": title,
        "description": shorten(description, DESCRIPTION_WORDS),
        "section": section,
        "breadcrumbs": (Link(HOME_TITLE, shared.view.home), *breadcrumbs),
    }
