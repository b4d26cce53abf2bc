"""Hidden texts, and what must not be read of them anywhere: titles, leads, addresses, photos.

What is hidden is told here once more, from the fields alone: so a fault in the selection of what is
shown does not make the gate (:mod:`sitegen.output.gate`) blind to what follows from it.
"""

import html
import re
from collections.abc import Iterable

import markupsafe
import msgspec

from sitegen.content.articles import Article, Teaser, open_article
from sitegen.content.kinds import Document, find_audio, find_photo, list_references
from sitegen.content.reading import Content
from sitegen.foundation.line_breaks import bind_words
from sitegen.foundation.parts import unseal
from sitegen.model import Record
from sitegen.problems import mark
from sitegen.views import Headline

TITLE, LEAD, ADDRESS, PHOTO = (
    mark("the title"),
    mark("the lead"),
    mark("the address"),
    mark("a photo"),
)

# A title of one or two words says too little to be told from any other text.
_FEWEST_WORDS = 3
# A summary for search engines holds the first 45 words of a lead: these are in each form of it.
_MOST_WORDS = 30
_SPECIAL = re.compile(r"""[<>&'"\\\x00-\x1f\x7f]""")
# As filters of templates write JSON inside HTML.
_IN_SCRIPTS = str.maketrans({each: f"\\u{ord(each):04x}" for each in "<>&'"})


class Secret(Record, frozen=True, order=True):
    """What must not be published of the hidden text ``path``: ``what`` it is, and its words."""

    path: str
    what: str
    text: str


def list_hidden(content: Content, moment: float) -> list[Document]:
    """Return the texts that nobody may read at ``moment``, in seconds since 1970."""
    hidden: list[Document] = [
        each
        for each in content.articles
        if each.draft or each.date > moment or (each.expires is not None and each.expires <= moment)
    ]
    return [*hidden, *(each for each in content.standing_texts if each.draft)]


def list_secrets(document: Document, base: str) -> list[Secret]:
    """Return the title, the lead and the address of a text; ``base`` is the site's own path."""
    path = document.path
    if isinstance(document, Article):
        parts = open_article(document)
        title, lead = unseal(parts.headline, Headline).title, unseal(parts.teaser, Teaser).lead
    else:
        title, lead = document.title, document.lead
    words = ((TITLE, title), (LEAD, " ".join(lead.split()[:_MOST_WORDS])))
    telling = [Secret(path, *each) for each in words if len(each[1].split()) >= _FEWEST_WORDS]
    return [*telling, Secret(path, ADDRESS, base + document.url)]


def list_forms(secret: Secret) -> frozenset[bytes]:
    """Return a secret in every form in which a template or a program writes it.

    An address may stand inside another one, percent-encoded: that is all that can be in it.
    """
    text = secret.text
    if secret.what == ADDRESS:
        inside = text.replace("/", "%2F").replace(":", "%3A").replace("#", "%23")
        return frozenset({text.encode(), inside.encode()})
    # Pages hold the spaces of a headline in two forms.
    spaced = {text, bind_words(text)} if secret.what == TITLE else {text}
    forms = (
        spaced
        if not _SPECIAL.search(text)
        else {form for each in spaced for form in _list_written(each)}
    )
    return frozenset(form.encode() for form in forms)


def _list_written(text: str) -> set[str]:
    """Return a text with special characters as HTML and JSON write it."""
    encoded = msgspec.json.encode(text)[1:-1].decode()
    escaped = {str(markupsafe.escape(text)), html.escape(text, quote=False)}
    return {text, encoded, encoded.translate(_IN_SCRIPTS), *escaped}


def list_media(documents: Iterable[Document]) -> dict[str, str]:
    """Return the files that texts use, by path in NFC, each with the first text that uses it."""
    used: dict[str, str] = {}
    for each in documents:
        audio = find_audio(each)
        named = (*([audio] if audio else ()), *list_references(each))
        for path in (find_photo(each), *(reference.path for reference in named)):
            if path:
                used.setdefault(path, each.path)
    return used
