"""The language of a site, for who must say something before the configuration can be read."""

import re
from pathlib import Path

from sitegen.foundation.files import read_file

# The field as nearly every site writes it. To load what reads all of YAML takes longer than help.
_WRITTEN = re.compile(
    r"^site:[ ]*\r?\n(?:[ ]+.*\n)*?[ ]+language:[ ]*([A-Za-z-]+)[ ]*\r?$", re.MULTILINE
)
_FIELD, _USUAL = "language", "vi"


def peek_language(config: Path) -> str | None:
    """Return a site's language if it can be read in ``config.yaml``, whatever else is wrong there.

    The declarations of all settings are not loaded for it: help is to be there at once.
    """
    try:
        text = read_file(config).decode()
    except (OSError, UnicodeDecodeError):
        return None
    if _FIELD not in text:
        return _USUAL
    found = _WRITTEN.search(text) if text.count(_FIELD) == 1 else None
    return found[1] if found else _read_language(text)


def _read_language(text: str) -> str | None:
    from sitegen.content.fields import read_fields
    from sitegen.problems import Place, ProblemsFoundError

    try:
        place = Place("")
        site = read_fields(text, place, []).group("site")
        node = site.take(_FIELD)
        return (site.read_text(_FIELD, node) if node else None) or _USUAL
    except ProblemsFoundError:
        return None
