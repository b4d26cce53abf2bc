"""Sentences that commands print: they are translated where they are printed."""

from collections.abc import Mapping
from typing import Union

from sitegen.model import Record


class Sentence(Record, frozen=True):
    """A text to be translated, and the values that are put into it."""

    text: str
    values: Mapping[str, Union[str, "Sentence"]] = {}
