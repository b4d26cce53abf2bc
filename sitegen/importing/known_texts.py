"""The texts that a site has already, by what a text of elsewhere is known by again."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from sitegen.foundation.files import read_file
from sitegen.foundation.text import fold, normalise
from sitegen.importing.old_texts import OldText, fold_path, read_path
from sitegen.model import Record

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_HEAD = re.compile(r"---[ \t]*\r?\n(?P<fields>.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^# import: (?P<key>[0-9a-f]{12})\b", re.MULTILINE)


class KnownTexts(Record, frozen=True):
    """The path of each text by its key, by its own old address, and by its title with its day.

    ``addresses`` are all that lead to a text; those of one may be named by another as well.
    """

    keys: dict[str, str] = {}
    own: dict[str, str] = {}
    addresses: dict[str, str] = {}
    titles: dict[tuple[str, str], str] = {}
    paths: frozenset[str] = frozenset()

    def find(self, text: OldText) -> str:
        """Return the path of a text, or nothing where it is new."""
        address = name_own_address(text)
        if found := self.keys.get(text.key) or self.own.get(address, ""):
            return found
        return self.titles.get(name_titled(text), "") if text.date and not address else ""


def name_own_address(text: OldText) -> str:
    """Return the address that a text had, in the form in which addresses are compared."""
    return fold_path(read_path(text.aliases[0], text.address) or "") if text.aliases else ""


def name_titled(text: OldText) -> tuple[str, str]:
    """Return the title and the moment of a text."""
    return fold(text.title), write_moment(text.date, has_time=text.has_time) if text.date else ""


def write_moment(moment: datetime, *, has_time: bool = True) -> str:
    """Return a moment as front matter has it."""
    midnight = not (moment.hour or moment.minute)
    return f"{moment:%Y-%m-%d %H:%M}" if has_time and not midnight else f"{moment:%Y-%m-%d}"


def write_key(text: OldText) -> str:
    """Return the line of front matter by which a text is known again."""
    return f"# import: {text.key} {' '.join(text.origin.split())}"


def read_known(root: Path) -> KnownTexts:
    """Return what lies below ``content/``, whatever is wrong with it."""
    keys: dict[str, str] = {}
    own: dict[str, str] = {}
    addresses: dict[str, str] = {}
    titles: dict[tuple[str, str], str] = {}
    paths = set()
    for file in sorted((root / "content").rglob("*.md")):
        path = normalise(file.relative_to(root).as_posix())
        paths.add(path)
        head = _HEAD.match(read_file(file).decode("utf-8", "replace").lstrip("\ufeff"))
        if head is None:
            continue
        if found := _KEY.search(head["fields"]):
            keys[found["key"]] = path
        fields = _read(head["fields"])
        aliases = [fold_path(each) for each in _list(fields.get("aliases"))]
        for each in aliases[:1]:
            own.setdefault(each, path)
        for each in aliases:
            addresses.setdefault(each, path)
        title, date = fields.get("title"), fields.get("date")
        if isinstance(title, str) and isinstance(date, str):
            titles.setdefault((fold(title), date[:16].replace("T", " ")), path)
    return KnownTexts(keys, own, addresses, titles, frozenset(paths))


def _read(fields: str) -> dict[str, Any]:
    try:
        found = yaml.load(fields, Loader=_Loader)  # noqa: S506 (makes texts alone)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def _list(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str) and each]
