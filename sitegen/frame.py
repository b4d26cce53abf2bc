"""What pages share: the masthead, the menu and the foot, and articles as lists show them."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from sitegen.dates import describe_moment
from sitegen.gallery import media_url
from sitegen.media import MediaFacts
from sitegen.model import Category, Config, Page, Photo, Record
from sitegen.references import resolve_path
from sitegen.site import AUTHORS, MONTHS, TAGS, Entry, Group, Site
from sitegen.text import fold, format_number, normalise, shorten
from sitegen.views import (
    Card,
    Headline,
    ImprintView,
    Link,
    MenuItem,
    Picture,
    SearchBox,
    SiteView,
)

SEARCH = "/tim-kiem/"
HOME_TITLE = "Trang chủ"
DESCRIPTION_WORDS = 45


class Frame(Record, frozen=True):
    """The site with all that the views of its pages are composed from.

    ``links`` are the addresses of authors and tags by kind and folded name; ``cards`` and
    ``headlines`` the articles as lists and neighbours show them, by path.
    """

    site: Site
    view: SiteView
    facts: dict[str, MediaFacts]
    sections: dict[str, Group]
    links: dict[tuple[str, str], str]
    cards: dict[str, Card]
    headlines: dict[str, Headline]

    def href(self, url: str) -> str:
        """Return an address below the site as pages write it."""
        return self.site.config.base + url

    def canonical(self, url: str) -> str:
        """Return an address below the site with its host."""
        return self.site.config.url + url


def make_frame(
    site: Site, facts: dict[str, MediaFacts], assets: dict[str, str], *, noindex: bool
) -> Frame:
    """Return what the pages of ``site`` share. ``assets`` maps theme files to addresses."""
    base = site.config.base
    sections = {group.url.strip("/"): group for group in site.sections}
    links = {
        (group.kind, fold(group.title)): base + group.url for group in (*site.authors, *site.tags)
    }
    cards = {
        entry.article.path: _make_card(entry, sections[entry.article.category], base, facts)
        for entry in site.entries
    }
    headlines = {
        path: Headline(card.url, card.title, card.published) for path, card in cards.items()
    }
    view = _make_site_view(site, assets, noindex=noindex)
    return Frame(site, view, facts, sections, links, cards, headlines)


def make_picture(
    owner: str, photo: Photo | None, base: str, facts: dict[str, MediaFacts]
) -> Picture | None:
    """Return the photo of the document ``owner``, or nothing where it has none that exists."""
    path = resolve_path(owner, photo.reference) if photo else ""
    if photo is None or path not in facts:
        return None
    return Picture(
        url=base + media_url(path),
        width=facts[path].width,
        height=facts[path].height,
        alt=photo.alt or photo.caption,
        caption=photo.caption,
        credit=photo.credit,
    )


def page_url(page: Page) -> str:
    """Return the address of a standing page below the site."""
    return f"/{page.slug}/"


def _make_card(entry: Entry, section: Group, base: str, facts: dict[str, MediaFacts]) -> Card:
    article = entry.article
    return Card(
        url=base + entry.url,
        title=article.title,
        published=describe_moment(article.date),
        category=Link(section.title, base + section.url),
        lead=article.summary,
        picture=make_picture(article.path, article.photo, base, facts),
    )


def _make_site_view(site: Site, assets: dict[str, str], *, noindex: bool) -> SiteView:
    config = site.config
    base = config.base
    sections = tuple(_make_menu_item(category, base) for category in config.categories)
    pages = tuple(Link(page.title, base + page_url(page)) for page in site.pages)
    in_menu = tuple(MenuItem(page.title, base + page_url(page)) for page in site.pages if page.menu)
    configured = tuple(MenuItem(entry.title, _local(entry.url, base)) for entry in config.menu)
    return SiteView(
        title=config.title,
        url=f"{config.url}/",
        home=f"{base}/",
        language=config.language,
        description=config.description,
        welcome=config.welcome,
        menu=configured or (*sections, *in_menu),
        sections=sections,
        pages=pages,
        archives=tuple(_list_archives(config)),
        links=tuple(Link(entry.title, _local(entry.url, base)) for entry in config.links),
        imprint=_make_imprint(config),
        search=SearchBox(
            url=base + SEARCH,
            engine=config.search.name,
            engine_url=config.search.url,
            query=config.search.query,
            site_parameter=config.search.site,
            host=urlsplit(config.url).netloc + base,
        ),
        rss=f"{base}/rss.xml",
        feed=f"{base}/feed.json",
        visits="" if config.visits is None else format_number(config.visits),
        noindex=noindex,
        assets=assets,
    )


def _make_menu_item(category: Category, base: str) -> MenuItem:
    children = tuple(Link(child.name, f"{base}/{child.path}/") for child in category.children)
    return MenuItem(category.name, f"{base}/{category.path}/", children)


def _list_archives(config: Config) -> Iterable[Link]:
    if config.lists.months:
        yield Link("Lưu trữ theo tháng", config.base + MONTHS)
    if config.lists.tags:
        yield Link("Thẻ", config.base + TAGS)
    if config.lists.authors:
        yield Link("Tác giả", config.base + AUTHORS)


def _make_imprint(config: Config) -> ImprintView:
    imprint = config.imprint
    return ImprintView(
        governing_body=imprint.governing_body,
        publisher=imprint.publisher,
        license=imprint.license,
        responsible=imprint.responsible,
        address=imprint.address,
        telephone=imprint.telephone,
        telephone_url=f"tel:{re.sub(r'[^0-9+]', '', imprint.telephone)}",
        mail=imprint.mail,
    )


def _local(url: str, base: str) -> str:
    return base + url if url.startswith("/") else url


class Planned(Record, frozen=True):
    """One page to be rendered: its address below the site, its template and its view.

    ``owner`` is the file it is made from, relative to the root; ``path`` where it is written,
    relative to the output.
    """

    url: str
    path: str
    template: str
    view: Record
    owner: str


def plan_page(url: str, template: str, view: Record, owner: str) -> Planned:
    """Return a page to be rendered; an address that ends in ``/`` is a folder's ``index.html``."""
    return Planned(url, output_path(url), template, view, owner)


def output_path(url: str) -> str:
    """Return where an address below the site is written, relative to the output."""
    path = normalise(unquote(url)).removeprefix("/")
    return f"{path}index.html" if url.endswith("/") else path


def frame_document(
    frame: Frame,
    url: str,
    title: str,
    *,
    description: str = "",
    section: str = "",
    breadcrumbs: Iterable[Link] = (),
) -> dict[str, Any]:
    """Return the fields that every HTML page's view has (:class:`sitegen.views.Document`)."""
    return {
        "site": frame.view,
        "url": frame.href(url),
        "canonical": frame.canonical(url),
        "title": title,
        "description": shorten(description, DESCRIPTION_WORDS),
        "section": section,
        "breadcrumbs": (Link(HOME_TITLE, frame.view.home), *breadcrumbs),
    }
