"""What all pages share: the masthead, the menu, the footer, and the fields that every page has."""

from collections.abc import Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from sitegen.content.selection import Site
from sitegen.content.settings import Config, Pictures
from sitegen.content.standing_pages import StandingPage
from sitegen.foundation import addresses
from sitegen.foundation.parts import Part, seal
from sitegen.foundation.text import format_number, shorten
from sitegen.foundation.words import speak, word
from sitegen.media.inspection import Destination, InspectedFile
from sitegen.media.share_cards import HEIGHT, WIDTH
from sitegen.model import Record
from sitegen.pages.films import join_companions
from sitegen.views import Link, MenuItem, Picture, SearchBox, SiteView

PEOPLE_TITLE, SITE_MAP_TITLE = word("Cơ cấu tổ chức"), word("Sơ đồ trang")
FEEDS_TITLE = word("Tin RSS")
NOWHERE = seal(Destination("missing"))
_HOME_TITLE = word("Trang chủ")
_DESCRIPTION_WORDS = 45
# How the Open Graph protocol names a language: with the country where most of its readers live.
_COUNTRIES = {"en": "US", "fr": "FR", "ja": "JP", "km": "KH", "ko": "KR", "lo": "LA", "vi": "VN"}


class Shared(Record, frozen=True, eq=False):
    """What every page may show: nothing in it belongs to a single article. It equals itself alone.

    ``base`` is the site's own path. ``categories`` are by their path; ``indexes``, the pages that
    link to all lists of a kind, are by this kind. ``galleries`` are the paths of categories.
    """

    view: SiteView
    base: str
    categories: dict[str, Link]
    indexes: dict[str, Link]
    video_hosts: tuple[str, ...]
    pictures: Pictures
    galleries: tuple[str, ...]

    def speak(self, text: str) -> str:
        """Return a text, which is Vietnamese where it is written, in the language of the site."""
        return speak(text, self.view.language)

    def href(self, url: str) -> str:
        """Return an address of the site as pages write it: with the site's own path."""
        return self.base + url

    def canonical(self, url: str) -> str:
        """Return an address of the site with its scheme and host."""
        return self.view.origin + self.base + url

    def find_top(self, category: str) -> Link:
        """Return the category above the one with this path, or that category itself."""
        return self.categories[category.partition("/")[0]]


class PlanContext(Record, frozen=True):
    """What pages are planned from; ``destinations`` are the published files, by path in NFC."""

    site: Site
    shared: Shared
    destinations: MutableMapping[str, Part]


def make_context(
    site: Site, inspected: dict[str, InspectedFile], assets: dict[str, str], *, noindex: bool
) -> PlanContext:
    """Return what the pages of ``site`` are planned from. ``assets`` maps theme files to addresses.

    ``noindex`` marks a preview, which search engines must not index.
    """
    config, base = site.config, site.config.base
    categories = {
        category.path: Link(category.name, base + addresses.category_url(category.path))
        for parent in config.categories
        for category in (parent, *parent.children)
    }
    indexes = _link_indexes(config)
    shared = Shared(
        view=_make_site_view(site, categories, indexes, assets, noindex=noindex),
        base=base,
        categories=categories,
        indexes=indexes,
        video_hosts=config.video_hosts,
        pictures=config.pictures,
        galleries=config.galleries,
    )
    destinations = {path: each.destination for path, each in inspected.items()}
    return PlanContext(site, shared, join_companions(destinations, {}))


def _link_indexes(config: Config) -> dict[str, Link]:
    lists, base, language = config.lists, config.base, config.language
    months = speak("Lưu trữ theo tháng", language)
    every = (
        ("month", lists.months, Link(months, base + addresses.MONTHS)),
        ("tag", lists.tags, Link(speak("Thẻ", language), base + addresses.TAGS)),
        ("author", lists.authors, Link(speak("Tác giả", language), base + addresses.AUTHORS)),
    )
    return {kind: link for kind, is_wanted, link in every if is_wanted}


def _make_site_view(
    site: Site,
    categories: dict[str, Link],
    indexes: dict[str, Link],
    assets: dict[str, str],
    *,
    noindex: bool,
) -> SiteView:
    config, base = site.config, site.config.base
    sections = tuple(
        MenuItem(
            category.name,
            categories[category.path].url,
            tuple(categories[child.path] for child in category.children),
        )
        for category in config.categories
    )
    pages = [each for each in site.standing_texts if isinstance(each, StandingPage)]
    in_menu = tuple(MenuItem(page.title, base + page.url) for page in pages if page.menu)
    links = [Link(page.title, base + page.url) for page in pages]
    if len(pages) < len(site.standing_texts):
        links.append(Link(speak(PEOPLE_TITLE, config.language), base + addresses.PEOPLE))
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
        archives=tuple(indexes.values()),
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
        feeds=base + addresses.FEEDS,
        manifest=base + addresses.WEB_MANIFEST,
        site_map=base + addresses.SITE_MAP,
        visits="" if config.visits is None else format_number(config.visits, config.language),
        stats=base + addresses.STATS if config.stats else "",
        offline=base + addresses.WORKER if config.offline else "",
        noindex=noindex,
        assets=assets,
        locale=_find_locale(config.language),
        translations=config.translations,
    )


def _find_locale(language: str) -> str:
    """Return a language as the Open Graph protocol names it, or nothing: ``vi_VN``."""
    code, _, rest = language.partition("-")
    country = rest if rest.isupper() else _COUNTRIES.get(code, "")
    return f"{code}_{country}" if country else ""


def _local(url: str, base: str) -> str:
    return base + url if url.startswith("/") else url


def describe_page(
    shared: Shared,
    url: str,
    title: str,
    *,
    description: str | None = None,
    section: str = "",
    breadcrumbs: Iterable[Link] = (),
    share: Picture | None = None,
) -> dict[str, Any]:
    """Return the fields that the view of every HTML page has (:class:`sitegen.views.PageView`).

    Without a ``description``, the titles of the page and of the site describe it. Without a picture
    to ``share``, other sites show the share card of the front page.
    """
    if description is None:
        description = f"{title} – {shared.view.title}"
    return {
        "site": shared.view,
        "url": shared.href(url),
        "canonical": shared.canonical(url),
        "title": title,
        "description": shorten(description, _DESCRIPTION_WORDS),
        "section": section,
        "breadcrumbs": (Link(shared.speak(_HOME_TITLE), shared.view.home), *breadcrumbs),
        "share": share or name_share_card(shared, addresses.FRONT, shared.view.title),
    }


def name_share_card(shared: Shared, url: str, title: str) -> Picture | None:
    """Return the share card of the page at ``url``, if the site has share cards."""
    if not shared.pictures.cards:
        return None
    return Picture(shared.canonical(addresses.share_card_url(url)), WIDTH, HEIGHT, title)
