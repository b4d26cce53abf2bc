"""The frozen views: all that a template ever sees.

Each template is given one record of this module, its fields as top-level names, and nothing else:
no site object, no clock, no function that looks anything up. So a page's bytes are a function of
its view and its template, and a page whose view did not change cannot be stale.

Every ``url`` is root-relative with the site's own path in front (``/portal/gioi-thieu/``) and can
be written into ``href`` as it stands; every ``canonical`` is absolute.
"""

from sitegen.model import Record


class Link(Record, frozen=True):
    """A title that leads somewhere."""

    title: str
    url: str


class Translation(Record, frozen=True):
    """The same page in another language, elsewhere; ``title`` is in that language."""

    language: str
    title: str
    url: str


class MenuItem(Record, frozen=True):
    """An entry of the menu with the entries below it."""

    title: str
    url: str
    children: tuple[Link, ...] = ()


class Moment(Record, frozen=True):
    """A point in time as pages print it, in the site's zone.

    ``iso`` is for ``datetime=`` (``2023-03-06T09:34:00+07:00``), ``day`` is ``06/03/2023``,
    ``time`` is ``9:34`` (empty where the editor gave a date alone), ``weekday`` is ``Thứ hai``.
    """

    iso: str
    day: str
    time: str
    weekday: str


class PictureSource(Record, frozen=True):
    """The renditions of a photo in one format, for ``<source>``."""

    type: str
    srcset: str


class Picture(Record, frozen=True):
    """A photo with its size in CSS pixels, so that the page never jumps.

    ``sources`` are its renditions in better formats, the best first, ``srcset`` those in its own.
    ``placeholder`` names the colour that stands in for it until it is there
    (:mod:`sitegen.media.placeholders`).
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


class Target(Record, frozen=True):
    """Where a relative link or picture of a body leads.

    ``kind`` is ``page``, ``picture``, ``file``, ``hidden`` (there is such an article, but it is not
    published) or ``missing``. ``size`` is for people: ``PDF, 120 KB``. Only a picture has a
    ``picture``; its text comes from the body.
    """

    reference: str
    kind: str
    url: str = ""
    size: str = ""
    picture: Picture | None = None


class BodyView(Record, frozen=True):
    """A body before it is converted: its file, its text's digest, and where its links lead.

    ``start`` is the byte of the file at which it begins, see :class:`sitegen.model.Body`. ``page``
    is the address of the document where its text is shown elsewhere and so must not say ``#part``.
    """

    path: str
    start: int
    digest: bytes
    targets: tuple[Target, ...]
    video_hosts: tuple[str, ...]
    page: str = ""


class Card(Record, frozen=True):
    """An article as lists show it."""

    url: str
    title: str
    published: Moment
    category: Link
    lead: str
    picture: Picture | None = None


class Headline(Record, frozen=True):
    """An article as its neighbours name it: a :class:`Link` with a time."""

    title: str
    url: str
    published: Moment


class QrCode(Record, frozen=True):
    """A QR code as a path for SVG: lines of the width of a module, through their middle.

    ``size`` is the number of modules of a side, without the margin of four that belongs around it.
    """

    size: int
    path: str


class CountedLink(Record, frozen=True):
    """A link with the number of articles behind it."""

    title: str
    url: str
    count: int


class Imprint(Record, frozen=True):
    """Who publishes the portal, as the law wants it at the foot of each page.

    An empty text means that the line is left out.
    """

    governing_body: str = ""
    publisher: str = ""
    license: str = ""
    responsible: str = ""
    address: str = ""
    telephone: str = ""
    mail: str = ""


class SearchBox(Record, frozen=True):
    """The two ways of searching: our own page, and a search engine.

    ``query`` is the name of the words' parameter, for both; ``site_parameter`` and ``host`` keep
    the engine to this site. ``opensearch`` describes our own page to browsers.
    """

    url: str
    engine: str
    engine_url: str
    query: str
    site_parameter: str
    host: str
    opensearch: str


class SiteView(Record, frozen=True):
    """What every page shows: the masthead, the menu, the foot.

    ``origin`` before a ``url`` makes it absolute. ``assets`` maps a theme file (``css/site.css``)
    to its address; ``visits`` is the number of visits as text, empty where none is known;
    ``sections`` are the categories; ``archives`` the lists of authors, tags and months that the
    site has; ``noindex`` marks a preview.
    """

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
    manifest: str
    site_map: str
    visits: str
    noindex: bool
    assets: dict[str, str]


class PageView(Record, frozen=True):
    """What the head and the context of every HTML page need.

    ``description`` is for machines that show a page's summary; ``section`` is the address of the
    menu entry that the page belongs to (empty: none); ``breadcrumbs`` lead from the front page to
    the page above this one.
    """

    site: SiteView
    url: str
    canonical: str
    title: str
    description: str
    section: str
    breadcrumbs: tuple[Link, ...]


class TextView(PageView, frozen=True):
    """A page with a text of its own: templates see ``body`` as HTML."""

    body: BodyView


class Story(Record, frozen=True):
    """What an article's own page shows besides its headline, its card and its body.

    A field that is named as one of its file (:class:`sitegen.content.article_file.ArticleFile`)
    needs no more than this line: it is what the file says. ``minutes`` is how long it takes to
    read; ``has_lead`` tells whether the article has a lead of its own.
    """

    has_lead: bool
    authors: tuple[Link, ...]
    source: str
    tags: tuple[Link, ...]
    updated: Moment | None
    views: str
    minutes: int
    translations: tuple[Translation, ...]


class ArticleView(TextView, frozen=True):
    """An article's page.

    ``newer`` and ``older`` are those of its category, ``related`` older ones that share its tags;
    all are nearest first. ``share`` is what other sites show where the article is shared; its
    address is absolute.
    """

    category: Link
    published: Moment
    lead: str
    picture: Picture | None
    share: Picture | None
    story: Story
    newer: tuple[Headline, ...]
    older: tuple[Headline, ...]
    related: tuple[Headline, ...]


class StandingView(TextView, frozen=True):
    """A standing page."""

    updated: Moment | None
    lead: str
    picture: Picture | None
    translations: tuple[Translation, ...]


class Block(Record, frozen=True):
    """A category on the front page, with its newest articles (never none)."""

    title: str
    url: str
    cards: tuple[Card, ...]
    children: tuple[Link, ...]


class FrontView(PageView, frozen=True):
    """The front page. ``lead`` is absent only in a site without articles."""

    lead: Card | None
    featured: tuple[Card, ...]
    latest: tuple[Card, ...]
    blocks: tuple[Block, ...]


class ListView(PageView, frozen=True):
    """A list of articles, newest first: a category, author, tag or month, or a page of its archive.

    ``kind`` names what the articles share (docs/themes.md). ``number`` is the page's number in the
    archive, counted from the oldest page up, and 0 on the first page of the list. ``newer_url`` and
    ``older_url`` are empty at the ends.
    """

    kind: str
    number: int
    cards: tuple[Card, ...]
    children: tuple[Link, ...]
    newer_url: str
    older_url: str
    rss: str


class IndexLetter(Record, frozen=True):
    """The names that begin with a letter; ``anchor`` is the id of their place in the page."""

    letter: str
    anchor: str
    entries: tuple[CountedLink, ...]


class IndexView(PageView, frozen=True):
    """All authors or tags (``kind``) with their counts, from A to Z as Vietnamese has it."""

    kind: str
    letters: tuple[IndexLetter, ...]


class CountedSection(Record, frozen=True):
    """A link with the number of articles behind it, and the links below it."""

    title: str
    url: str
    count: int
    children: tuple[CountedLink, ...]


class ArchiveView(PageView, frozen=True):
    """All years, newest first, each with its twelve months.

    A month without articles has the count 0 and no address.
    """

    years: tuple[CountedSection, ...]


class CalendarDay(Record, frozen=True):
    """A day with the number of its articles; ``number`` 0 is a place before or behind the month."""

    number: int
    count: int


class CalendarMonth(Record, frozen=True):
    """A month in weeks from Monday to Sunday."""

    title: str
    url: str
    count: int
    weeks: tuple[tuple[CalendarDay, ...], ...]


class YearView(PageView, frozen=True):
    """A year: the calendar of those of its months that have articles.

    ``newer_url`` and ``older_url`` lead to the next years with articles; they are empty at the
    ends.
    """

    count: int
    months: tuple[CalendarMonth, ...]
    newer_url: str
    older_url: str


class SiteMapView(PageView, frozen=True):
    """Everything the site has, on one page: the rest of it is in ``site``."""

    categories: tuple[CountedSection, ...]
    years: tuple[CountedLink, ...]


class SearchPageView(PageView, frozen=True):
    """The search page.

    ``bundles`` are the folders of the index, which the scripts in the first one search through: if
    there are none, the words are left to the search engine. ``script`` is the first of these
    scripts. ``years`` are those that have articles, the last one first.
    """

    script: str
    bundles: tuple[str, ...]
    years: tuple[str, ...]


class OpenSearchView(Record, frozen=True):
    """The search page as browsers know it, so that they can offer it.

    ``template`` is its address with ``{searchTerms}`` for the words.
    """

    title: str
    description: str
    language: str
    template: str


class NotFoundView(PageView, frozen=True):
    """What a reader sees where there is no page; ``aliases`` is the list of old addresses."""

    aliases: str


class FeedItem(Record, frozen=True):
    """An article in a feed; every address is absolute, those in its text too.

    ``date`` is as RFC 822 wants it. ``lead`` is the first paragraph where the article has no lead
    of its own (``has_lead``). There is a ``body`` in feeds of the whole text alone, which templates
    see as HTML.
    """

    url: str
    title: str
    iso: str
    date: str
    updated: str
    category: str
    authors: tuple[str, ...]
    lead: str
    has_lead: bool
    picture: Picture | None
    body: BodyView | None


class FeedView(Record, frozen=True):
    """A feed: of the site, or of one category. ``url`` is its own address, all are absolute."""

    title: str
    description: str
    language: str
    home: str
    url: str
    items: tuple[FeedItem, ...]


class SitemapEntry(Record, frozen=True):
    """One address for search engines; ``modified`` is an ISO time or empty."""

    url: str
    modified: str


class SitemapView(Record, frozen=True):
    """One sitemap, or the index of them."""

    entries: tuple[SitemapEntry, ...]


class NewsEntry(Record, frozen=True):
    """An article of the last two days; ``url`` is absolute, ``iso`` its date."""

    url: str
    title: str
    iso: str


class NewsSitemapView(Record, frozen=True):
    """The sitemap of the newest articles, as search engines for news want it.

    ``name`` is that of the portal, ``language`` has two or three letters.
    """

    name: str
    language: str
    entries: tuple[NewsEntry, ...]


class ManifestView(Record, frozen=True):
    """What a browser needs to put the portal on the screen of a phone."""

    site: SiteView


class RobotsView(Record, frozen=True):
    """What crawlers are told."""

    sitemap: str
    noindex: bool


class RedirectView(Record, frozen=True):
    """An old address: where it leads."""

    title: str
    url: str
    canonical: str
    language: str


class AliasesView(Record, frozen=True):
    """Old addresses: those that no file can answer for the not-found page, all for a server."""

    entries: tuple[Link, ...]
