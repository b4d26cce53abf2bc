"""A document as HTML: what every source is turned into before it is taken apart."""

from sitegen.importing.notes import Note
from sitegen.model import Record


class Picture(Record, frozen=True):
    """A picture of a document: its bytes, and what these are said to be (``image/png``)."""

    source: bytes
    media_type: str


class SourcePage(Record, frozen=True):
    """A document as HTML; ``pictures`` are its own, by the address that the HTML has for each."""

    html: str
    pictures: dict[str, Picture] = {}
    notes: tuple[Note, ...] = ()
