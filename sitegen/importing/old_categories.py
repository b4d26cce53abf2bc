"""Which category of this site a text goes to, by the names that it had elsewhere."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from sitegen.content.article_file import find_categories
from sitegen.content.scalars import quote
from sitegen.content.settings import Category, Config
from sitegen.foundation.text import find_nearest, fold, slugify
from sitegen.importing.markdown_folders import read_named_values
from sitegen.importing.notes import Note
from sitegen.model import Record
from sitegen.problems import UsageError, mark


class Choice(Record, frozen=True):
    """The category of a text: its name, and which of the site's it is, if it is one.

    ``tags`` are the other names that the text had.
    """

    name: str
    category: Category | None
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def read_map(path: Path) -> dict[str, str]:
    """Return the new name for each old one, folded; an empty one is no category.

    Raises :class:`~sitegen.problems.UsageError` where the file is no list of names.
    """
    found = read_named_values(path)
    for name, value in found.items():
        if value is not None and not isinstance(value, str | int):
            raise UsageError("import-map", path=path.name, value=name)
    return {fold(name): str(value or "").strip() for name, value in found.items()}


def write_map(names: Iterable[str], config: Config) -> str:
    """Return a map to be looked at: each old name with the category that may be meant."""
    lines = []
    for name in names:
        meant = find_categories(name, config)
        nearest = meant[0].name if meant else suggest(name, config)
        lines.append(f"{quote(name)}: {quote(nearest or name)}")
    return "\n".join([*lines, ""])


def suggest(name: str, config: Config) -> str:
    """Return the name of the site's category that may be meant, or nothing."""
    by_slug = {slugify(each.name): each.name for each in config.every_category()}
    return by_slug.get(find_nearest(slugify(name), by_slug), "")


def choose_category(names: Iterable[str], mapping: Mapping[str, str], config: Config) -> Choice:
    """Return the category for the names that a text had.

    One that the site has is taken before others; of several, the first, with a note.
    """
    tags: list[str] = []
    meant: list[str] = []
    for name in names:
        new = mapping.get(fold(name), name)
        if new:
            meant.append(new)
        else:
            tags.append(name)
    known: dict[str, Category] = {}
    for name in meant:
        found = find_categories(name, config)
        if len(found) == 1:
            known.setdefault(found[0].path, found[0])
    # A category and the one below it are no contradiction.
    lowest = {
        path: each
        for path, each in known.items()
        if not any(other.startswith(f"{path}/") for other in known)
    }
    notes: list[Note] = []
    if not meant and not known:
        first = config.every_category()[0]
        text = mark("The category was not said: {category} is the first of config.yaml.")
        return Choice(first.name, first, tuple(tags), (Note(text, {"category": first.name}),))
    chosen = next(iter(lowest.values()), None)
    if len(lowest) > 1 and chosen:
        text = mark("It was in several categories ({names}): {category} was taken.")
        every = ", ".join(each.name for each in lowest.values())
        notes.append(Note(text, {"names": every, "category": chosen.name}))
    name = chosen.name if chosen else meant[0]
    others = [
        each for each in meant if fold(each) not in {fold(name), *map(_fold_name, known.values())}
    ]
    return Choice(name, chosen, (*tags, *others), tuple(notes))


def _fold_name(category: Category) -> str:
    return fold(category.name)
