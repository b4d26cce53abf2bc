"""A tag that gets another name, in every text and in the configuration."""

from pathlib import Path

from sitegen.content.articles import Article, list_names, name_slug
from sitegen.content.composition import compose
from sitegen.content.edits import write_items
from sitegen.content.nodes import Entry, Mapping, Node, Scalar, Sequence
from sitegen.content.recovery import write_item, write_list
from sitegen.content.settings import Config
from sitegen.foundation.addresses import TAGS
from sitegen.foundation.files import read_file
from sitegen.foundation.text import fold, normalise, slugify
from sitegen.model import CONFIG_FILE, Record
from sitegen.problems import Place, UsageError

_GROUP = "tags"


class TagRename(Record, frozen=True):
    """What a new name of a tag comes to: the new texts by path, the address, old and new.

    ``alias`` tells whether the old address leads to the new one from now on.
    """

    texts: dict[str, str]
    old_url: str
    url: str
    alias: bool


def plan_tag_rename(
    root: Path, config: Config, articles: tuple[Article, ...], old: str, new: str
) -> TagRename:
    """Return what has to change so that the tag ``old`` is called ``new``, which may exist already.

    Raises :class:`~sitegen.problems.UsageError` for a tag that no article has, and for a name
    without letters.
    """
    old, new = (" ".join(normalise(name).split()) for name in (old, new))
    texts: dict[str, str] = {}
    for article in articles:
        if any(fold(each) == fold(old) for each in list_names(article).tags):
            source = read_file(root / article.path).decode()
            tags = list_names(article).tags
            texts[article.path] = write_items(source, article.path, _GROUP, _rename(tags, old, new))
    if not texts:
        raise UsageError("tag-unknown", value=old)
    slug = name_slug(new, config.tags)
    if not slug:
        raise UsageError("title-letters", value=new)
    configured = {fold(each.name): each for each in config.tags}
    both = fold(old) != fold(new) and {fold(old), fold(new)} <= configured.keys()
    if both:
        raise UsageError("tag-configured", value=old, other=new)
    own = configured.get(fold(old))
    # An address that the configuration gives to the tag stays, whatever the tag is called.
    kept = own is not None and own.slug != slugify(fold(own.name))
    before = name_slug(old, config.tags)
    old_url, url = (f"{TAGS}{each}/" for each in (before, before if kept else slug))
    alias = old_url != url and config.lists.tags
    source = read_file(root / CONFIG_FILE).decode()
    changed = _rename_in_configuration(source, old, new) if own else source
    if alias:
        changed = _write_alias(changed, new, old_url)
    if changed != source:
        texts[CONFIG_FILE] = changed
    return TagRename(texts, old_url, url, alias)


def _rename(tags: tuple[str, ...], old: str, new: str) -> list[str]:
    """Return tags with the new name in the place of the old one, once."""
    others = [each for each in tags if fold(each) != fold(new) or fold(each) == fold(old)]
    return [new if fold(each) == fold(old) else each for each in others]


def _rename_in_configuration(source: str, old: str, new: str) -> str:
    """Return the configuration with another name of a tag that it has."""
    lines = source.split("\n")
    for entry in _list_entries(source):
        name = _find(entry, "name")
        if isinstance(name, Scalar) and fold(name.value) == fold(old):
            line = lines[name.line]
            lines[name.line] = line[: name.column] + write_item(new) + line[name.end_column :]
    return "\n".join(lines)


def _write_alias(source: str, name: str, url: str) -> str:
    """Return the configuration with an old address of the tag ``name``."""
    lines = source.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    entries = _list_entries(source)
    for entry in entries:
        own, aliases = _find(entry, "name"), _find(entry, "aliases")
        if not isinstance(own, Scalar) or fold(own.value) != fold(name):
            continue
        if isinstance(aliases, Sequence) and aliases.items:
            # Both `[a, b]` and a list with dashes take another item behind the last one.
            last = aliases.items[-1]
            line = lines[last.end_line]
            if line[: last.column].lstrip() == "- ":
                lines.insert(last.end_line + 1, f"{line[: last.column]}{write_item(url)}{end}")
            else:
                column = last.end_column
                lines[last.end_line] = f"{line[:column]}, {write_item(url)}{line[column:]}"
        elif (line := lines[own.line])[: own.column].count("{"):
            column = own.end_column
            lines[own.line] = f"{line[:column]}, aliases: {write_list([url])}{line[column:]}"
        else:
            indent = " " * _find_column(entry, "name")
            lines.insert(own.line + 1, f"{indent}aliases: {write_list([url])}{end}")
        return "\n".join(lines)
    written = [f"  - name: {write_item(name)}{end}", f"    aliases: {write_list([url])}{end}"]
    if entries:
        last_entry = entries[-1]
        below = last_entry.end_line + bool(last_entry.end_column)
        while not lines[below - 1].strip() or lines[below - 1].lstrip().startswith("#"):
            below -= 1
        indent = " " * (_find_column(last_entry, "name") - 2)
        lines[below:below] = [indent + each[2:] for each in written]
        return "\n".join(lines)
    gap = [] if source.endswith("\n") else [""]
    return "\n".join([*lines[: -1 if not gap else None], f"{_GROUP}:{end}", *written, ""])


def _list_entries(source: str) -> list[Mapping]:
    """Return the groups below ``tags`` of the configuration."""
    node = compose(source, source.split("\n"), Place(CONFIG_FILE))
    found = _find(node, _GROUP) if isinstance(node, Mapping) else None
    items = found.items if isinstance(found, Sequence) else ()
    return [each for each in items if isinstance(each, Mapping)]


def _find(mapping: Mapping, name: str) -> Node | None:
    return next((each.value for each in mapping.fields if _is_called(each, name)), None)


def _find_column(mapping: Mapping, name: str) -> int:
    return next(each.name.column for each in mapping.fields if _is_called(each, name))


def _is_called(entry: Entry, name: str) -> bool:
    return isinstance(entry.name, Scalar) and entry.name.value == name
