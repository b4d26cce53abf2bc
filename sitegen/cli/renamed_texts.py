"""Texts whose files have another name: they are known by their titles, or else by their bodies."""

from collections.abc import Mapping

from sitegen.content.articles import Article, open_article
from sitegen.content.kinds import Document, find_body
from sitegen.foundation.parts import unseal
from sitegen.views import Headline


def read_title(document: Document) -> str:
    """Return the title of a text."""
    if isinstance(document, Article):
        return unseal(open_article(document).headline, Headline).title
    return document.title


def find_renamed(document: Document, gone: Mapping[str, Document]) -> str | None:
    """Return the path of the one text of those that are ``gone`` that a new one can be."""
    same_kind = {path: each for path, each in gone.items() if type(each) is type(document)}
    title, body = read_title(document), find_body(document).digest
    titles = [path for path, each in same_kind.items() if read_title(each) == title]
    bodies = [path for path, each in same_kind.items() if find_body(each).digest == body]
    return next((found[0] for found in (titles, bodies) if len(found) == 1), None)
