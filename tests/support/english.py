"""Words that only English has: a message in Vietnamese holds none, but for what it quotes."""

import re

# None of them is a Vietnamese syllable, a field or a value of one.
_WORDS = (
    "the is are was not cannot could of and with must has been this that there such found file "
    "image error expected unexpected invalid unknown undefined missing failed truncated stream "
    "permission directory operation argument attribute object token unclosed format"
).split()
# Quotations, and paths.
_QUOTED = re.compile(r"`[^`]*`|“[^”]*”|\S*[/\\]\S*")
_ENGLISH = re.compile(rf"(?<![\w.-])(?:{'|'.join(_WORDS)})(?![\w-])", re.IGNORECASE)


def find_english(message: str) -> list[str]:
    """Return the English words of a message that are not quoted."""
    return _ENGLISH.findall(_QUOTED.sub("", message))
