"""What a person has to look at: a text to be translated, and the values that are put into it."""

from sitegen.model import Record


class Note(Record, frozen=True):
    """One thing that is uncertain or could not be kept; ``text`` is to be translated.

    What is ``certain`` is told, and the text need not wait for anybody who decides it.
    """

    text: str
    values: dict[str, str] = {}
    certain: bool = False
