"""What the server of a preview puts above a page: what its text is, and what is wrong.

It is never in a file of the output. It stands in a shadow tree, so that no style sheet of the site
reaches it, and needs no script.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import quote

from sitegen.cli.messages import count_words, describe, translate
from sitegen.cli.preview_state import Excerpt, Failure, Preview
from sitegen.content.articles import Article
from sitegen.content.kinds import Document
from sitegen.foundation.addresses import FRONT
from sitegen.model import Record
from sitegen.problems import mark

VERSION_URL = "/.sitegen/version"
OVERLAY_FOLDER = Path(__file__).parent / "overlay"
# The files of the folder, by their addresses.
OVERLAY = {"/.sitegen/preview.css": "preview.css", "/.sitegen/preview.js": "preview.js"}

_STYLE, _SCRIPT = OVERLAY
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
# So many problems of other texts are shown on a page.
_MOST = 20


class _Band(Record, frozen=True):
    """What a text is that readers do not see: the name of its kind, a label, and words for both."""

    kind: str
    label: str
    words: str
    moment: int | None = None
    link: str = ""


def add_notes(page: bytes, preview: Preview, path: str, version: int, *, built: bool) -> bytes:
    """Return a page with what is to be said above it, and with the script that loads it again.

    ``path`` is its address on the server, ``version`` that of the preview when it was read;
    ``built`` tells whether any build has made it.
    """
    url = preview.strip(path)
    notes = "".join((*_write_bands(preview, url), _write_problems(preview, url, built=built)))
    added = (
        f'<sitegen-preview data-version="{version}" data-ask="{VERSION_URL}">'
        f'<template shadowrootmode="open"><link rel="stylesheet" href="{_STYLE}">{notes}</template>'
        f'</sitegen-preview><script type="module" src="{_SCRIPT}"></script>'
    ).encode()
    found = _BODY.search(page)
    end = found.end() if found else len(page)
    return page[:end] + added + page[end:]


def make_empty_page(preview: Preview) -> bytes:
    """Return the page that is shown where nothing was ever built."""
    title = escape(translate(mark("Preview"), preview.language))
    return (
        f'<!doctype html><html lang="{escape(preview.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{title}</title></head><body></body></html>"
    ).encode()


# What the text is ------------------------------------------------------------------------------


def _write_bands(preview: Preview, url: str) -> Iterable[str]:
    texts, read_now = preview.texts, preview.read_now
    if not texts or not read_now:
        return
    now = read_now()
    if document := texts.shown.get(url):
        for band in _find_bands(document, now):
            yield _write_band(band, now, preview)
    elif moved := preview.find_moved(url):
        words = mark("The text that was here has another address now:")
        link = quote(f"{preview.base or ''}{moved}")
        yield _write_band(_Band("moved", mark("MOVED"), words, link=link), now, preview)
    elif document := texts.hidden.get(url):
        words = mark("It has no page for now. To see it: sitegen serve --drafts")
        for band in _find_bands(document, now):
            yield _write_band(_Band(band.kind, band.label, words, band.moment), now, preview)


def _find_bands(document: Document, now: datetime) -> Iterable[_Band]:
    moment = now.timestamp()
    if document.draft:
        yield _Band("draft", mark("DRAFT"), mark("Readers do not see this text yet."))
    if not isinstance(document, Article):
        return
    if document.date > moment:
        words = mark("Readers will see this text from then on.")
        if document.draft:
            words = mark("If it is no draft by then, readers will see it.")
        yield _Band("scheduled", mark("SCHEDULED {moment}"), words, document.date)
    if document.expires is not None and document.expires <= moment:
        words = mark("Readers do not see this text any more.")
        yield _Band("expired", mark("EXPIRED {moment}"), words, document.expires)


def _write_band(band: _Band, now: datetime, preview: Preview) -> str:
    label = translate(band.label, preview.language)
    if band.moment is not None:
        label = label.format(moment=_write_moment(band.moment, now))
    words = escape(translate(band.words, preview.language))
    if band.link:
        words += f' <a href="{escape(band.link)}">{escape(band.link)}</a>'
    label = escape(label)
    return (
        f'<section class="band {band.kind}" aria-label="{label}">'
        f"<strong>{label}</strong><p>{words}</p></section>"
    )


def _write_moment(seconds: int, now: datetime) -> str:
    """Return a time as 07:00 24/11, with the year if it is another one."""
    moment = datetime.fromtimestamp(seconds, now.tzinfo)
    year = "" if moment.year == now.year else f"/{moment.year:04}"
    return f"{moment.hour:02}:{moment.minute:02} {moment.day:02}/{moment.month:02}{year}"


# What is wrong ---------------------------------------------------------------------------------


def _write_problems(preview: Preview, url: str, *, built: bool) -> str:
    document = preview.texts.shown.get(url) if preview.texts else None
    path = document.path if document else ""
    if preview.failure:
        return _write_failure(preview, preview.failure, path, built=built)
    every = preview.warnings
    own = [each for each in every if each.problem.place.path == path]
    told = every if url == FRONT else own
    if not told:
        return ""
    number = _count(preview, told)
    words = mark("In this text: {number}.") if own else mark("In the whole site: {number}.")
    summary = escape(translate(words, preview.language).format(number=number))
    listed = _write_groups(preview, told, path)
    return (
        f'<aside class="warnings" aria-label="{summary}"><details><summary>{summary}</summary>'
        f"{listed}</details></aside>"
    )


def _write_failure(preview: Preview, failure: Failure, path: str, *, built: bool) -> str:
    language = preview.language
    own = [each for each in failure.problems if each.problem.place.path == path]
    others = [each for each in failure.problems if each.problem.place.path != path]
    alone = "" if built else " alone"
    heading = mark("The last save is not shown, because something is wrong:")
    ending = mark("Below is the page of the last save without errors.")
    if not built:
        heading = mark("Nothing can be shown yet, because something is wrong:")
        ending = mark("When it is mended and saved, the page appears here by itself.")
    heading, ending = (escape(translate(each, language)) for each in (heading, ending))
    lines = "".join(f"<li>{escape(each)}</li>" for each in failure.lines)
    shown = f"<ul>{lines}</ul>" if lines else ""
    shown += _write_groups(preview, own, path)
    elsewhere = _write_groups(preview, others[:_MOST], path)
    left = len(others) - _MOST
    if left > 0:
        words = translate(mark("And {number} more; the terminal has all of them."), language)
        elsewhere += f"<p>{escape(words.format(number=left))}</p>"
    if own and elsewhere:
        words = translate(mark("In other texts: {number}."), language)
        summary = escape(words.format(number=_count(preview, others)))
        elsewhere = f"<details><summary>{summary}</summary>{elsewhere}</details>"
    return (
        f'<section class="errors{alone}" role="alert" tabindex="0"><h2>{heading}</h2>'
        f"{shown}{elsewhere}<p>{ending}</p></section>"
    )


def _count(preview: Preview, told: Sequence[Excerpt]) -> str:
    language = preview.language
    warnings = sum(each.problem.warning for each in told)
    words = []
    if errors := len(told) - warnings:
        words.append(count_words("{number} error", "{number} errors", errors, language))
    if warnings:
        words.append(count_words("{number} warning", "{number} warnings", warnings, language))
    return ", ".join(words)


def _write_groups(preview: Preview, told: Iterable[Excerpt], here: str) -> str:
    """Return problems below the name of each file, which leads to its page."""
    groups: dict[str, list[Excerpt]] = {}
    for each in told:
        groups.setdefault(each.problem.place.path, []).append(each)
    return "".join(
        f"<h3>{_name_file(preview, path, here)}</h3>"
        f"<ul>{''.join(_write_problem(each, preview.language) for each in group)}</ul>"
        for path, group in groups.items()
    )


def _name_file(preview: Preview, path: str, here: str) -> str:
    texts = preview.texts
    url = texts.urls.get(path) if texts and path != here else None
    if texts and url in texts.shown:
        href = quote(f"{preview.base or ''}{url}", safe="/#")
        return f'<a href="{escape(href)}">{escape(path)}</a>'
    return escape(path)


def _write_problem(excerpt: Excerpt, language: str) -> str:
    found, place = excerpt.problem, excerpt.problem.place
    word = translate(mark("warning:") if found.warning else mark("error:"), language)
    words = escape(describe(found.code, found.arguments, language))
    where = ""
    if (place.line, place.column) != (1, 1):
        where = translate(mark("line {line}"), language).format(line=place.line) + ", "
    line = f"<pre>{escape(excerpt.line)}</pre>" if excerpt.line else ""
    code = f"<code>{escape(found.code)}</code>"
    return f"<li>{escape(where)}<strong>{escape(word)}</strong> {words} {code}{line}</li>"
