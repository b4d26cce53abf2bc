"""Feeds, RSS and Atom, as texts: what they hold of each article."""

import calendar
import html
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sitegen.foundation.text import fold, normalise
from sitegen.importing.article_parts import join_captions
from sitegen.importing.extras import need
from sitegen.importing.html_blocks import read_html
from sitegen.importing.notes import Note
from sitegen.importing.old_texts import Collection, OldPhoto, OldText, make_key, read_path
from sitegen.problems import UsageError, mark

if TYPE_CHECKING:
    from feedparser import FeedParserDict

_CUT = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|(?:xem tiếp|đọc tiếp|read more)\W*)\s*$", re.IGNORECASE
)


def read_feed(source: bytes, path: Path, zone: ZoneInfo) -> Collection:
    """Return the entries of a feed.

    Raises :class:`~sitegen.problems.UsageError` where there are none.
    """
    need("feedparser", "import")
    import feedparser

    # What is unsafe never gets into a text, whoever wrote it; so nothing has to be left out here.
    parsed = feedparser.parse(source, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries:
        reason = str(parsed.get("bozo_exception", "")) or "0"
        raise UsageError("import-unreadable", path=path.name, reason=" ".join(reason.split()))
    base = str(parsed.feed.get("link") or "")
    texts = tuple(_make_text(each, path, base, zone) for each in parsed.entries)
    return Collection(texts, base, (path.parent,))


def _make_text(entry: "FeedParserDict", path: Path, base: str, zone: ZoneInfo) -> OldText:
    title = _plain(entry.get("title", ""))
    link = str(entry.get("link") or "")
    summary = str(entry.get("summary") or "")
    whole = next(
        (each.get("value", "") for each in entry.get("content", []) if each.get("value")), ""
    )
    notes = []
    if whole == summary:
        summary = ""
    if not whole:
        whole, summary = summary, ""
        if not whole or _CUT.search(_plain(whole)) or len(_plain(whole)) < 600:  # noqa: PLR2004 (characters)
            notes.append(Note(mark("The feed may hold only the beginning of the text.")))
    reading = read_html(whole)
    lead = _plain(summary)
    if lead and fold(lead[:80]) in fold(_plain(whole))[:400]:
        # The beginning of the text is no lead.
        lead = ""
    old = read_path(link, base)
    date = _read_date(entry, zone)
    if date is None:
        notes.append(Note(mark("The page has no day.")))
    return OldText(
        f"{path.name}, {title}",
        make_key(str(entry.get("id") or link or title)),
        title=title,
        lead=lead,
        date=date,
        categories=tuple(
            _plain(each.get("term") or "") for each in entry.get("tags", []) if each.get("term")
        ),
        authors=tuple(_list_authors(entry)),
        address=link or base,
        aliases=(old,) if old and old != "/" else (),
        photo=_find_photo(entry, whole),
        folder=path.parent,
        blocks=join_captions(reading.blocks),
        footnotes=reading.footnotes,
        notes=(*notes, *reading.notes),
    )


def _plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", normalise(text))).split())


def _read_date(entry: "FeedParserDict", zone: ZoneInfo) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        if found := entry.get(name):
            return datetime.fromtimestamp(calendar.timegm(found), UTC).astimezone(zone)
    written = str(entry.get("published") or entry.get("updated") or "")
    from sitegen.importing.other_front_matter import read_moment

    return read_moment(written, zone)[0]


def _list_authors(entry: "FeedParserDict") -> list[str]:
    names = [_plain(each.get("name", "")) for each in entry.get("authors", [])]
    names = names or [_plain(str(entry.get("author", "")))]
    # RSS wants an address, with the name behind it.
    named = [re.sub(r"^\S+@\S+\s*\((.+)\)$", r"\1", each) for each in names]
    return [each for each in dict.fromkeys(named) if each and "@" not in each]


def _find_photo(entry: "FeedParserDict", whole: str) -> OldPhoto | None:
    given = [
        *entry.get("media_content", []),
        *entry.get("enclosures", []),
        *entry.get("media_thumbnail", []),
    ]
    for each in given:
        address = str(each.get("url") or each.get("href") or "")
        kind = str(each.get("type") or each.get("medium") or "image")
        if address and kind.startswith("image") and address not in html.unescape(whole):
            return OldPhoto(address)
    return None
