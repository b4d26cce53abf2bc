"""The views: each template is given one of these frozen records, and nothing else.

There is no site object, no clock, and no function that looks anything up. So a page's bytes are a
function of its view and its template, and a page whose view is unchanged is never outdated.

Every ``url`` begins with the site's own path (``/portal/gioi-thieu/``) and can stand in ``href``;
every ``canonical`` is absolute. docs/themes.md tells what each field is.
"""

from sitegen.model import Record


class Link(Record, frozen=True):
    """The title and the address of a page."""

    title: str
    url: str


class Translation(Record, frozen=True):
    """The same text in another language, on another site; ``title`` is in that language."""

    language: str
    title: str
    url: str


class MenuItem(Link, frozen=True):
    """An entry of the menu, with the entries below it."""

    children: tuple[Link, ...] = ()


class Moment(Record, frozen=True):
    """A point in time as pages print it, in the time zone of the site."""

    iso: str
    day: str
    time: str
    weekday: str


class PictureSource(Record, frozen=True):
    """The renditions of a photo in one format, for ``<source>``."""

    type: str
    srcset: str


class Picture(Record, frozen=True):
    """A photo with its size in CSS pixels, so that the layout does not shift when it loads.

    ``focus`` are the classes for the point that crops keep.
    """

    url: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    placeholder: str = ""
    srcset: str = ""
    sources: tuple[PictureSource, ...] = ()
    focus: str = ""


class Sound(Record, frozen=True):
    """A sound of an article: ``size`` is for people (``MP3, 2,3 MB``), ``length`` in bytes."""

    url: str
    type: str
    size: str
    length: int


class Target(Record, frozen=True):
    """The target of a relative link or picture of a body.

    ``kind`` is ``page``, ``picture``, ``file``, ``hidden`` (an article that is not published) or
    ``missing``. ``size`` is the text behind a link to a file: ``PDF, 120 KB``. Only a picture has a
    ``picture``; the body holds its alternative text. A film may have a ``still``, and the address
    of its ``captions``; the ``still`` of a document is its first page.
    """

    reference: str
    kind: str
    url: str = ""
    size: str = ""
    picture: Picture | None = None
    still: Picture | None = None
    captions: str = ""


class Video(Record, frozen=True):
    """A video of a body, as machines are told of it: all addresses are absolute.

    ``url`` is where it can be watched: the address of its page, or of its file of the media type
    ``type``. Only a video of another host has a player, ``embed``. ``still`` is a picture of it.
    """

    name: str
    url: str
    embed: str
    type: str
    still: str


class BodyView(Record, frozen=True):
    """A body before it is converted: its file, the digest of its text, the targets of its links.

    ``start`` is the offset of its first byte (:class:`sitegen.model.Body`). In feeds, ``page`` is
    the address of the article, which must stand in front of a link to ``#part``. With ``strict``
    it is plain Markdown (:mod:`sitegen.markdown.dialect`). What is below the address of the
    ``site`` is one of its paths; ``language`` is its own.
    """

    path: str
    start: int
    digest: bytes
    targets: tuple[Target, ...]
    video_hosts: tuple[str, ...]
    page: str = ""
    strict: bool = False
    site: str = ""
    language: str = ""


class Headline(Link, frozen=True):
    """An article as other articles link to it."""

    published: Moment


class Card(Headline, frozen=True):
    """An article as lists show it; only galleries and bands have the number of its ``photos``."""

    category: Link
    lead: str
    picture: Picture | None = None
    photos: int = 0


class QrCode(Record, frozen=True):
    """A QR code as a path for SVG, which is drawn with lines as wide as a module."""

    size: int
    path: str


class CountedLink(Link, frozen=True):
    """A link to a list, with the number of its articles."""

    count: int


class Imprint(Record, frozen=True):
    """Who publishes the portal; the law requires this at the foot of each page."""

    governing_body: str = ""
    publisher: str = ""
    license: str = ""
    responsible: str = ""
    address: str = ""
    telephone: str = ""
    mail: str = ""


class SearchBox(Record, frozen=True):
    """The two ways of searching, our own page and a search engine; both are asked by ``query``."""

    url: str
    engine: str
    engine_url: str
    query: str
    site_parameter: str
    host: str
    opensearch: str


class SiteView(Record, frozen=True):
    """What every page shows: the masthead, the menu, the footer."""

    title: str
    url: str
    origin: str
    home: str
    language: str
    description: str
    welcome: str
    menu: tuple[MenuItem, ...]
    sections: tuple[MenuItem, ...]
    pages: tuple[Link, ...]
    archives: tuple[Link, ...]
    links: tuple[Link, ...]
    imprint: Imprint
    search: SearchBox
    rss: str
    feed: str
    feeds: str
    manifest: str
    site_map: str
    visits: str
    stats: str
    offline: str
    noindex: bool
    assets: dict[str, str]
    locale: str
    translations: tuple[Translation, ...] = ()


class PageView(Record, frozen=True):
    """The fields of every HTML page."""

    site: SiteView
    url: str
    canonical: str
    title: str
    description: str
    section: str
    breadcrumbs: tuple[Link, ...]
    share: Picture | None


class TextView(PageView, frozen=True):
    """A page with a text of its own; templates are given its ``body`` as HTML."""

    body: BodyView


class Story(Record, frozen=True):
    """What an article's own page shows besides its headline, its card and its body.

    A field with the name of a field of :class:`sitegen.content.article_file.ArticleFile` is filled
    from it without further code.
    """

    has_lead: bool
    dateline: str
    authors: tuple[Link, ...]
    source: str
    tags: tuple[Link, ...]
    updated: Moment | None
    views: str
    minutes: int
    translations: tuple[Translation, ...]


class ArticleView(TextView, frozen=True):
    """An article's page.

    ``onward`` is what to read next; none of it is among the other articles that the page shows.
    ``images`` are what search engines are told of: its photo in several shapes, or its share card.
    ``photos`` are all photos of a gallery's article, of which the text may be the only place.
    """

    category: Link
    published: Moment
    lead: str
    picture: Picture | None
    audio: Sound | None
    images: tuple[Picture, ...]
    photos: tuple[Picture, ...]
    story: Story
    onward: tuple[Card, ...]
    newer: tuple[Card, ...]
    older: tuple[Card, ...]
    related: tuple[Card, ...]


class StandingView(TextView, frozen=True):
    """A standing page."""

    updated: Moment | None
    lead: str
    picture: Picture | None
    translations: tuple[Translation, ...]


class PersonCard(Record, frozen=True):
    """A person as the list of people shows it."""

    name: str
    post: str
    anchor: str
    url: str
    telephone: str
    mail: str
    picture: Picture | None


class Unit(Record, frozen=True):
    """The people of one unit, in their order."""

    title: str
    people: tuple[PersonCard, ...]


class PeopleView(PageView, frozen=True):
    """The list of all people."""

    units: tuple[Unit, ...]


class PersonView(TextView, frozen=True):
    """The page of one person."""

    unit: str
    person: PersonCard


class Block(Link, frozen=True):
    """A category on the front page, with at least one of its newest articles.

    ``kind`` is ``large``, ``columns``, ``dated`` or ``photos``
    (:class:`sitegen.content.settings.FrontBlock`).
    """

    kind: str
    cards: tuple[Card, ...]
    children: tuple[Link, ...]


class FrontView(PageView, frozen=True):
    """The front page; only a site without articles has no ``lead``."""

    lead: Card | None
    featured: tuple[Card, ...]
    latest: tuple[Card, ...]
    blocks: tuple[Block, ...]


class ListDay(Record, frozen=True):
    """A day with its articles, newest first; ``anchor`` is the id of its place in the list."""

    title: str
    anchor: str
    cards: tuple[Card, ...]


class ListView(PageView, frozen=True):
    """A list of articles, newest first: a category, author, tag or month, or a page of its archive.

    Pages are counted from the oldest one, so that a new article does not change all of them. The
    ``cards`` of a month are also by ``days``; other lists have none.
    """

    kind: str
    number: int
    cards: tuple[Card, ...]
    days: tuple[ListDay, ...]
    children: tuple[Link, ...]
    newer_url: str
    older_url: str
    rss: str


class IndexLetter(Record, frozen=True):
    """The names that begin with a letter."""

    letter: str
    anchor: str
    entries: tuple[CountedLink, ...]


class IndexView(PageView, frozen=True):
    """All authors or tags (``kind``) with their counts, in Vietnamese alphabetical order."""

    kind: str
    letters: tuple[IndexLetter, ...]


class CountedSection(CountedLink, frozen=True):
    """A category or a year, with the number of its articles, and the lists below it."""

    children: tuple[CountedLink, ...]


class ArchiveView(PageView, frozen=True):
    """All years, newest first, each with its twelve months."""

    years: tuple[CountedSection, ...]


class CalendarDay(Record, frozen=True):
    """A day of the month, or of the month before or after, with the number of its articles.

    ``url`` is their place in the list of the month; a day without articles has none.
    """

    number: int
    count: int
    url: str


class CalendarMonth(CountedLink, frozen=True):
    """A month in weeks from Monday to Sunday."""

    weeks: tuple[tuple[CalendarDay, ...], ...]


class YearView(PageView, frozen=True):
    """A year: the calendars of its months with articles."""

    count: int
    months: tuple[CalendarMonth, ...]
    newer_url: str
    older_url: str


class SiteMapView(PageView, frozen=True):
    """The site map; the standing pages and other links on it are in ``site``."""

    categories: tuple[CountedSection, ...]
    years: tuple[CountedLink, ...]


class Synonym(Record, frozen=True):
    """What is written instead of other words, and these."""

    name: str
    words: str


class SearchPageView(PageView, frozen=True):
    """The search page: without an index, it passes the words to the search engine."""

    bundles: tuple[str, ...]
    synonyms: tuple[Synonym, ...]
    years: tuple[str, ...]


class OpenSearchView(Record, frozen=True):
    """The description of the search page for browsers (OpenSearch)."""

    title: str
    description: str
    language: str
    template: str


class NotFoundView(PageView, frozen=True):
    """The page for an address that is not found."""

    aliases: str


class FeedLink(Link, frozen=True):
    """The site or a category with the addresses of its feeds."""

    rss: str
    feed: str


class FeedSection(FeedLink, frozen=True):
    """The same with the categories below it."""

    children: tuple[FeedLink, ...]


class FeedListView(PageView, frozen=True):
    """The list of all feeds: each has the newest articles, ``most`` at most, ``full`` or not."""

    feeds: tuple[FeedSection, ...]
    most: int
    full: bool


class OfflineView(PageView, frozen=True):
    """The page that a browser shows without a network; it has nothing but what all pages have."""


class WorkerView(Record, frozen=True):
    """The service worker: it shows what a browser keeps where there is no network.

    ``page`` is the page that it shows where it keeps nothing, ``version`` changes with that page.
    """

    site: SiteView
    page: str
    version: str


class FeedItem(Link, frozen=True):
    """An article in a feed; all addresses are absolute, also in its text.

    ``picture_type`` is the media type of its picture.
    """

    iso: str
    date: str
    updated: str
    category: str
    authors: tuple[str, ...]
    lead: str
    has_lead: bool
    picture: Picture | None
    picture_type: str
    audio: Sound | None
    body: BodyView | None


class FeedView(Record, frozen=True):
    """A feed of the site or of one category; all addresses are absolute.

    ``hub`` is the WebSub hub that tells subscribers of changes: nothing, where there is none.
    """

    title: str
    description: str
    language: str
    home: str
    url: str
    items: tuple[FeedItem, ...]
    hub: str = ""


class SitemapEntry(Record, frozen=True):
    """An address in a sitemap."""

    url: str
    modified: str


class SitemapView(Record, frozen=True):
    """A sitemap, or the index of all sitemaps."""

    entries: tuple[SitemapEntry, ...]


class NewsEntry(Link, frozen=True):
    """An article of the last two days."""

    iso: str


class NewsSitemapView(Record, frozen=True):
    """The sitemap of the newest articles, for search engines for news."""

    name: str
    language: str
    entries: tuple[NewsEntry, ...]


class ManifestView(Record, frozen=True):
    """The web manifest: browsers need it to install the portal on a phone.

    A screen has room for the ``short_name``.
    """

    site: SiteView
    short_name: str


class RobotsView(Record, frozen=True):
    """The file ``robots.txt`` for crawlers."""

    sitemap: str
    noindex: bool


class RedirectView(Link, frozen=True):
    """The redirect from an old address to this link."""

    canonical: str
    language: str


class AliasesView(Record, frozen=True):
    """Old addresses: the not-found page reads those without a file, a web server reads all."""

    entries: tuple[Link, ...]
