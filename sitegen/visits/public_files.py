"""The files that the pages of readers ask for, below ``/_stats/``.

``site.json`` has the visits, ``top.json`` the articles with most views. The views of an article are
in the part of its address: ``views/ab.json``. The script of the theme finds the part in the same
way (``templates/assets/js/stats.js``). A part is there also where it holds nothing, so no page asks
in vain.
"""

from pathlib import Path
from zlib import crc32

import msgspec

from sitegen.foundation.files import read_file, replace_file
from sitegen.visits.sums import Figures

PUBLIC = "public"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PARTS = len(_LETTERS) ** 2


def find_part(url: str) -> str:
    """Return the two letters of the part that holds the views of an address."""
    return _name_part(crc32(url.encode()) % _PARTS)


def _name_part(number: int) -> str:
    first, second = divmod(number, len(_LETTERS))
    return _LETTERS[first] + _LETTERS[second]


def write_public_files(folder: Path, figures: Figures) -> None:
    """Write what pages ask for below ``folder``; a file that says the same stays as it is."""
    parts: dict[str, dict[str, int]] = {_name_part(number): {} for number in range(_PARTS)}
    for url in sorted(figures.views):
        parts[find_part(url)][url] = figures.views[url]
    files: dict[str, object] = {f"views/{name}.json": part for name, part in parts.items()}
    files |= {"top.json": figures.most_read, "site.json": figures.visits}
    (folder / PUBLIC / "views").mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        _write(folder / PUBLIC / name, msgspec.json.encode(content))


def _write(path: Path, data: bytes) -> None:
    if not path.exists() or read_file(path) != data:
        replace_file(path, data)
