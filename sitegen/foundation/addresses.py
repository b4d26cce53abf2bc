"""Every address of the site, and the file of the output that each is written to.

An address (``url``) begins with ``/`` and is relative to the site: pages write the site's own path
in front of it. An address that ends in ``/`` is a folder's ``index.html``.
"""

from urllib.parse import quote, unquote

from sitegen.foundation.text import normalise

FRONT = "/"
AUTHORS = "/tac-gia/"
TAGS = "/the/"
MONTHS = "/luu-tru/"
SEARCH = "/tim-kiem/"
SEARCH_INDEX = f"{SEARCH}chi-muc/"
SITE_MAP = "/so-do-trang/"
# The page that names all feeds.
FEEDS = "/rss/"
PEOPLE = "/co-cau-to-chuc/"
MEDIA = "/media/"
ASSETS = "/assets/"
# What readers did. A web server answers with files of its own, and no build writes there.
STATS = "/_stats/"
# The page that browsers show without a network, and the script that shows it: it is given what is
# below its own folder, so it stands at the top.
OFFLINE = "/ngoai-tuyen/"
WORKER = "/ngoai-tuyen.js"
# Where editors write in a browser (:mod:`sitegen.desk`), if the site has that.
DESK = "/admin/"
NOT_FOUND = "/404.html"
WEB_MANIFEST = "/manifest.json"
OPENSEARCH = "/opensearch.xml"
ALIASES = "/aliases.json"
REDIRECTS = "/aliases.txt"
ROBOTS = "/robots.txt"
SITEMAP_INDEX = "/sitemap.xml"
_SITEMAPS = "/sitemap/"
SITEMAP_OF_PAGES = f"{_SITEMAPS}trang.xml"
SITEMAP_OF_NEWS = f"{_SITEMAPS}tin-moi.xml"
RSS = "rss.xml"
JSON_FEED = "feed.json"
# The folder of the numbered pages of a list, below the list.
_ARCHIVE = "trang"
# How the names of the pictures begin that other sites show of a page.
SHARE_PICTURE = "chia-se"
_INDEX = "index.html"

# No category and no standing page can have one of these as its slug.
RESERVED_FOLDERS = frozenset(
    url.split("/")[1]
    for url in (
        *(AUTHORS, TAGS, MONTHS, SEARCH, SITE_MAP, FEEDS, PEOPLE, OFFLINE),
        *(MEDIA, ASSETS, _SITEMAPS),
    )
)
# Which files are below these changes with the time, so no page and no old address can be there.
CHANGING_FOLDERS = (_SITEMAPS, SEARCH_INDEX, STATS)
# No slug at all can be one of these.
RESERVED_SLUGS = frozenset({_ARCHIVE, _INDEX.removesuffix(".html")})

_CONTENT = "content/"
_CONTENT_MEDIA = f"{_CONTENT}media/"
# Browsers do not percent-encode these characters when they request an address.
_AS_ASKED = "/%?=&:;,+@!*()'$~"
_PAGE_SUFFIXES = (".html", ".htm")


def category_url(path: str) -> str:
    """Return the address of a category; ``path`` is ``slug`` or ``parent/child``."""
    return f"/{path}/"


def month_url(year: int, month: int) -> str:
    """Return the address of the articles of a month."""
    return f"{year_url(year)}{month:02}/"


def year_url(year: int) -> str:
    """Return the address of a year's calendar."""
    return f"{MONTHS}{year:04}/"


def archive_url(list_url: str, number: int) -> str:
    """Return the address of a numbered page of a list, or an empty text for number 0."""
    return f"{list_url}{_ARCHIVE}/{number}/" if number else ""


def standing_page_url(slug: str) -> str:
    """Return the address of a standing page."""
    return f"/{slug}/"


def person_url(slug: str) -> str:
    """Return the address of a person's own page."""
    return f"{PEOPLE}{slug}/"


def sitemap_of_articles_url(number: int) -> str:
    """Return the address of a sitemap of articles; the first number is 1."""
    return f"{_SITEMAPS}{number}.xml"


def sitemap_of_lists_url(number: int) -> str:
    """Return the address of a sitemap of the pages of lists; the first number is 1."""
    return f"{_SITEMAPS}danh-sach-{number}.xml"


def media_url(path: str) -> str:
    """Return the address of the media file at ``path`` (relative to the root, in NFC)."""
    return f"{MEDIA}{quote(path.removeprefix(_CONTENT_MEDIA).removeprefix(_CONTENT))}"


def indexnow_key_url(key: str) -> str:
    """Return the address at which search engines find the site's own IndexNow key."""
    return f"/{key}.txt"


def share_card_url(page_url: str) -> str:
    """Return the address of the share card of a page."""
    return f"{page_url}{SHARE_PICTURE}.jpg"


def share_photo_url(page_url: str, shape: str) -> str:
    """Return the address of the photo of a page in the shape ``16x9``, or another one."""
    return f"{page_url}{SHARE_PICTURE}-{shape}.jpg"


def is_static(alias: str) -> bool:
    """Tell whether an HTML file can stand at an old address, so that any web server serves it."""
    name = alias.rpartition("/")[2]
    return "?" not in alias and (name.endswith(_PAGE_SUFFIXES) or "." not in name)


def redirect_url(alias: str) -> str:
    """Return the address of the redirect for an old address: a file's, where that is possible."""
    url = quote(alias, safe=_AS_ASKED)
    is_whole = not is_static(alias) or url.endswith((*_PAGE_SUFFIXES, "/"))
    return url if is_whole else f"{url}/"


def output_path(url: str) -> str:
    """Return the path of the file for an address, relative to the output."""
    plain = "%" not in url and url.isascii()
    path = (url if plain else normalise(unquote(url))).removeprefix("/")
    return f"{path}{_INDEX}" if url.endswith("/") else path


def find_url(path: str) -> str:
    """Return the address of the file at ``path``, relative to the output."""
    return f"/{path.removesuffix(_INDEX)}"
