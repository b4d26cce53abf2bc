"""The record that all others are, and those of a text that every stage knows.

Every stage hands the next one its own kind of record; nothing is filled in later. What the
templates are given are records of another kind (:mod:`sitegen.views`), so that a page can never
reach further than what it shows.
"""

import msgspec

CONFIG_FILE = "config.yaml"


class Record(msgspec.Struct, frozen=True, array_like=True):
    """What every record here is: immutable, compared by value.

    Written down, it is its fields in their order, without their names: these would be a fifth of
    all that is remembered.
    """


class Photo(Record, frozen=True):
    """The photo of a text, as its front matter names it."""

    reference: str
    caption: str
    credit: str = ""
    alt: str = ""


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
