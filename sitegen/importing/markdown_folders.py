"""What folders of Hugo and of Jekyll have in common: their files, read and put into our words."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sitegen.content.decoding import is_lfs_pointer
from sitegen.foundation.files import read_file
from sitegen.foundation.text import normalise
from sitegen.importing.article_parts import join_captions
from sitegen.importing.html_blocks import read_html
from sitegen.importing.old_texts import OldText
from sitegen.importing.other_front_matter import FrontMatter, FrontMatterError, split_front_matter
from sitegen.importing.web_files import decode
from sitegen.problems import UsageError

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
HTML = (".html", ".htm")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MORE = re.compile(r"\n*^[ \t]*<!--\s*more\s*-->[ \t]*$\n*", re.IGNORECASE | re.MULTILINE)
_HEADING = re.compile(r"^(?P<hashes>#{1,6})(?=[ \t]+\S)", re.MULTILINE)


def read_settings(path: Path) -> dict[str, Any]:
    """Return what a configuration says, its names in lower case; nothing where it is not there."""
    if not path.is_file():
        return {}
    text = decode(read_file(path))
    try:
        if path.suffix == ".toml":
            found: Any = tomllib.loads(text)
        elif path.suffix == ".json":
            found = json.loads(text)
        else:
            found = yaml.load(text, Loader=_Loader)  # noqa: S506 (a safe loader)
    except (ValueError, yaml.YAMLError) as error:
        raise UsageError(
            "import-unreadable", path=path.name, reason=" ".join(str(error).split())
        ) from error
    return (
        {str(name).lower(): value for name, value in found.items()}
        if isinstance(found, dict)
        else {}
    )


def list_files(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Yield the files below a folder by their names: none that is hidden or leads out of it."""
    if not folder.is_dir():
        return
    inside = folder.resolve()
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or path.suffix.lower() not in suffixes or not path.is_file():
            continue
        if path.resolve().is_relative_to(inside):
            yield path


def read_source(path: Path) -> tuple[FrontMatter | None, bytes]:
    """Return the front matter and the body of a file, and its bytes.

    Raises :class:`~sitegen.problems.UsageError` where it cannot be read.
    """
    source = read_file(path)
    if is_lfs_pointer(source):
        raise UsageError("import-unreadable", path=path.name, reason="Git LFS")
    try:
        return split_front_matter(normalise(decode(source))), source
    except FrontMatterError as error:
        raise UsageError("import-unreadable", path=path.name, reason=str(error)) from error


def tidy_body(body: str) -> str:
    """Return Markdown without the end of what lists show, and its headings below a title."""
    body = _MORE.sub("\n\n", body).strip("\n")
    from sitegen.markdown.references import hide_code

    hidden = hide_code(body)
    if not any(len(each["hashes"]) == 1 for each in _HEADING.finditer(hidden)):
        return body
    made, done = [], 0
    for found in _HEADING.finditer(hidden):
        made += [body[done : found.start()], "#" * min(6, len(found["hashes"]) + 1)]
        done = found.end()
    return "".join((*made, body[done:]))


def with_html(text: OldText, body: str) -> OldText:
    """Return a text whose body is HTML."""
    import msgspec

    reading = read_html(body)
    return msgspec.structs.replace(
        text,
        blocks=join_captions(reading.blocks),
        footnotes=reading.footnotes,
        notes=(*text.notes, *reading.notes),
    )


def unname(stem: str) -> str:
    """Return a title for a file without one: the words of its name.

    >>> unname("ket-nap-dang_vien")
    'ket nap dang vien'
    """
    return " ".join(re.split(r"[-_\s]+", stem)).strip()


def read_named_values(path: Path) -> dict[str, Any]:
    """Return the values of a file by their names, as these are written."""
    text = normalise(decode(read_file(path)))
    try:
        # Names are texts, also those that YAML takes for numbers or for yes and no.
        found = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 (makes texts alone)
    except yaml.YAMLError as error:
        raise UsageError(
            "import-unreadable", path=path.name, reason=" ".join(str(error).split())
        ) from error
    if found is not None and not isinstance(found, dict):
        raise UsageError("import-map", path=path.name, value="")
    return {str(name): value for name, value in (found or {}).items()}
