"""The language of a site, for who must say something before the configuration can be read."""

from pathlib import Path

from sitegen.content.decoding import decode
from sitegen.content.fields import read_fields
from sitegen.foundation.files import read_file
from sitegen.model import CONFIG_FILE
from sitegen.problems import Place, ProblemsFoundError

_FIELD, _USUAL = "language", "vi"


def peek_language(root: Path) -> str | None:
    """Return the site's language if it can be read, whatever else is wrong with the file.

    The declarations of all settings are not loaded for it: help is to be there at once.
    """
    try:
        place = Place(CONFIG_FILE)
        site = read_fields(decode(read_file(root / CONFIG_FILE), place), place, []).group("site")
        node = site.take(_FIELD)
        return (site.read_text(_FIELD, node) if node else None) or _USUAL
    except (OSError, ProblemsFoundError):
        return None
