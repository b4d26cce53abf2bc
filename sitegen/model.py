"""The frozen records of the content and of the configuration: what editors wrote, typed.

Every stage hands the next one its own kind of record; nothing is filled in later. What the
templates are given are records of another kind (:mod:`sitegen.views`), so that a page can never
reach further than what it shows.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

CONFIG_FILE = "config.yaml"


class Record(msgspec.Struct, frozen=True, array_like=True):
    """What every record here is: immutable, compared by value.

    Written down, it is its fields in their order, without their names: these would be a fifth of
    all that is remembered.
    """


class Category(Record, frozen=True):
    """One heading of the newspaper.

    ``path`` is its address below the site and its identity: ``doan-the``, or ``parent/child``.
    """

    name: str
    slug: str
    path: str
    children: tuple["Category", ...] = ()


class NamedSlug(Record, frozen=True):
    """An author or tag to whom the configuration gives a spelling and a slug."""

    name: str
    slug: str


class MenuEntry(Record, frozen=True):
    """One entry of the menu, or one web link, as the configuration gives it."""

    title: str
    url: str


class Imprint(Record, frozen=True):
    """Who publishes the portal, as the law wants it at the foot of each page."""

    governing_body: str = ""
    publisher: str = ""
    license: str = ""
    responsible: str = ""
    address: str = ""
    telephone: str = ""
    mail: str = ""


class SearchEngine(Record, frozen=True):
    """The search engine that ``Web`` hands the reader's words to.

    ``query`` names the parameter of the words, ``site`` the one that keeps a search to one host.
    """

    name: str = "Google"
    url: str = "https://www.google.com/search"
    query: str = "q"
    site: str = "as_sitesearch"


class Lists(Record, frozen=True):
    """How long the lists are, and which of them the site has.

    ``feed_full`` tells whether feeds hold the whole text of their articles.
    """

    page_size: int = 20
    neighbours: int = 5
    related: int = 4
    front_featured: int = 4
    front_latest: int = 8
    front_block: int = 5
    feed: int = 20
    feed_full: bool = False
    authors: bool = True
    tags: bool = True
    months: bool = True


# The widest that a photo is published, in pixels.
WIDEST_PHOTO = 1600


class Pictures(Record, frozen=True):
    """Which renditions photos have, and whether articles have share cards.

    ``widths`` are those of the renditions, in pixels; ``quality`` is that of JPEG and WebP, of 100;
    ``avif`` and ``cards`` tell whether there are renditions in AVIF, and share cards.
    """

    widths: tuple[int, ...] = (240, 400, 720, 1200)
    quality: int = 75
    avif: bool = False
    cards: bool = False


class Config(Record, frozen=True):
    """``config.yaml``, checked and with its defaults in place."""

    title: str
    url: str
    base: str
    language: str
    timezone: ZoneInfo
    categories: tuple[Category, ...]
    description: str = ""
    welcome: str = ""
    permalink: str = "/{category}/{year}/{month}/{slug}/"
    menu: tuple[MenuEntry, ...] = ()
    links: tuple[MenuEntry, ...] = ()
    imprint: Imprint = Imprint()
    search: SearchEngine = SearchEngine()
    lists: Lists = Lists()
    pictures: Pictures = Pictures()
    video_hosts: tuple[str, ...] = ()
    authors: tuple[NamedSlug, ...] = ()
    tags: tuple[NamedSlug, ...] = ()
    visits: int | None = None

    def every_category(self) -> tuple[Category, ...]:
        """Return parents and children in the order of the configuration."""
        return tuple(
            category for parent in self.categories for category in (parent, *parent.children)
        )


class Photo(Record, frozen=True):
    """The photo of an article or page, as its front matter names it."""

    reference: str
    caption: str
    credit: str = ""
    alt: str = ""


class Translation(Record, frozen=True):
    """The same in another language, on a page elsewhere; ``title`` is in that language."""

    language: str
    title: str
    url: str


class Body(Record, frozen=True):
    """Where the Markdown of a document stands, and what can be known of it without rendering it.

    The text itself is not held: with fifty thousand articles it would not fit. ``start`` is the
    byte of the file, from 0, at which it begins, where the file is plain UTF-8; ``digest`` is that
    of the text in UTF-8; ``references`` are the relative links and pictures that it may name
    (:func:`sitegen.markdown.references.find_references`).
    """

    path: str
    start: int
    digest: bytes
    references: tuple[str, ...] = ()


class ArticleFile(Record, frozen=True):
    """One article: its front matter, typed, where its body is, and how many characters that has."""

    path: str
    title: str
    date: datetime
    category: str
    slug: str
    body: Body
    authors: tuple[str, ...] = ()
    source: str = ""
    lead: str = ""
    summary: str = ""
    photo: Photo | None = None
    tags: tuple[str, ...] = ()
    updated: datetime | None = None
    expires: datetime | None = None
    draft: bool = False
    featured: bool = False
    aliases: tuple[str, ...] = ()
    views: int | None = None
    translations: tuple[Translation, ...] = ()
    length: int = 0


class PageFile(Record, frozen=True):
    """One standing page (``content/pages/``)."""

    path: str
    title: str
    slug: str
    body: Body
    lead: str = ""
    photo: Photo | None = None
    updated: datetime | None = None
    draft: bool = False
    menu: bool = False
    aliases: tuple[str, ...] = ()
    translations: tuple[Translation, ...] = ()
