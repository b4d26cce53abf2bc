"""The base of all records, and the records of a text that every stage uses.

Every stage returns records of its own types for the next stage; nothing is filled in later.
Templates are given other records (:mod:`sitegen.views`), so a page can use nothing but what it
shows.
"""

import msgspec

CONFIG_FILE = "config.yaml"


class Record(msgspec.Struct, frozen=True, array_like=True):
    """The base of all records: they are immutable and compared by value.

    In the cache a record is an array of its fields, because names would be a fifth of the cache.
    """


class Photo(Record, frozen=True):
    """The photo of a text, as its front matter names it.

    ``focus`` is the point that crops keep: per cents of its width from the left and of its height
    from the top, nothing where the front matter says nothing of it.
    """

    reference: str
    caption: str
    credit: str = ""
    alt: str = ""
    focus: tuple[int, int] | None = None


class Body(Record, frozen=True):
    """The place of the Markdown of a document in its file ``path``, its digest and its references.

    The text itself is not held: fifty thousand texts would not fit into memory. ``start`` is the
    offset of its first byte, if the file is plain UTF-8; ``digest`` is the digest of the text in
    UTF-8; ``references`` are the relative links and pictures that it may contain
    (:func:`sitegen.markdown.conversion.find_references`), ``anchors`` those that lead to a part of
    another page; ``strict`` tells whether it is plain Markdown (:mod:`sitegen.markdown.dialect`).
    """

    path: str
    start: int
    digest: bytes
    references: tuple[str, ...] = ()
    strict: bool = False
    anchors: tuple[str, ...] = ()
