"""What another system has of a text, before it becomes a file of this site."""

import hashlib
import posixpath
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from sitegen.foundation.text import normalise
from sitegen.importing.blocks import Block
from sitegen.importing.notes import Note
from sitegen.model import Record

_INDEX = re.compile(r"(?:^|/)(?:index|_index)\.(?:html?|md)$")
_PLAIN_DIGEST = 12


class OldPhoto(Record, frozen=True):
    """The photo of a text as its source names it."""

    address: str
    caption: str = ""
    credit: str = ""
    alt: str = ""


class OldText(Record, frozen=True):
    """A text of elsewhere. What is empty was not said there.

    ``origin`` is how messages name it, ``key`` what it is known by when it is read again.
    ``address`` is where it was, against which its links are read, ``folder`` the folder of its
    file. Its body is ``blocks`` or, where these are none, ``markdown``. ``is_page`` tells a
    standing page from an article, ``is_draft`` whether readers did not see it.
    """

    origin: str
    key: str
    title: str = ""
    lead: str = ""
    date: datetime | None = None
    has_time: bool = True
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    source: str = ""
    slug: str = ""
    address: str = ""
    aliases: tuple[str, ...] = ()
    photo: OldPhoto | None = None
    views: int | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    is_draft: bool = False
    is_featured: bool = False
    is_page: bool = False
    folder: Path | None = None
    path: str = ""
    blocks: tuple[Block, ...] = ()
    footnotes: tuple[Block, ...] = ()
    markdown: str = ""
    pictures: dict[str, bytes] = {}
    notes: tuple[Note, ...] = ()


class Collection(Record, frozen=True):
    """Everything that was found in one source.

    ``hosts`` are those of the old site, ``folders`` those in which what its addresses name lies
    beside it. ``files`` are files by the address that they had. ``left_out`` says of what was not
    taken, how often it was there.
    """

    texts: tuple[OldText, ...]
    base: str = ""
    folders: tuple[Path, ...] = ()
    left_out: dict[str, int] = {}
    fields: dict[str, int] = {}


def make_key(*parts: str | bytes) -> str:
    """Return what a text is known by: a short digest of what nobody changes in its source."""
    digest = hashlib.sha256()
    for each in parts:
        digest.update(each.encode() if isinstance(each, str) else each)
        digest.update(b"\0")
    return digest.hexdigest()[:_PLAIN_DIGEST]


def read_path(address: str, base: str = "") -> str:
    """Return an address of the old site as a path with its query, or nothing for another site.

    >>> read_path("https://cu.example.vn/tin/b%C3%A0i.aspx?id=3#x", "http://www.cu.example.vn/")
    '/tin/bài.aspx?id=3'
    """
    joined = urljoin(base, address.strip()) if base else address.strip()
    try:
        parts = urlsplit(joined)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme and parts.scheme not in {"http", "https"}:
        return ""
    if host and find_host(base) and bare_host(host) != find_host(base):
        return ""
    path = normalise(unquote(parts.path))
    if not path.startswith("/"):
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return path + query


def with_base(address: str, base: str) -> str:
    """Return an address below a site as a whole one, where the site says where it is."""
    return base.rstrip("/") + address if address.startswith("/") else address


def find_host(address: str) -> str:
    """Return the host of an address without ``www.``."""
    try:
        return bare_host(urlsplit(address).hostname or "")
    except ValueError:
        return ""


def bare_host(host: str) -> str:
    """Return a host without ``www.``."""
    return host.lower().removeprefix("www.")


def fold_path(path: str) -> str:
    """Return one form for all spellings of a path: with its last slash or without, as a file.

    >>> fold_path("/tin/Bai/index.html"), fold_path("/tin/Bai")
    ('/tin/bai', '/tin/bai')
    """
    bare, query, words = path.partition("?")
    bare = _INDEX.sub("/", bare)
    bare = posixpath.normpath(bare) if bare else ""
    return (bare.rstrip("/") or "/").casefold() + query + words
