"""Files and folders that people have of other systems, as collections of texts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.foundation.files import read_file
from sitegen.foundation.text import normalise
from sitegen.importing.extras import need
from sitegen.importing.hugo import is_hugo, read_content_folder, read_hugo
from sitegen.importing.jekyll import is_jekyll, read_jekyll
from sitegen.importing.markdown_folders import MARKDOWN, list_files
from sitegen.importing.old_pages import Surroundings, is_article, read_old_page
from sitegen.importing.old_texts import Collection, OldText
from sitegen.importing.web_feeds import read_feed
from sitegen.importing.wordpress import is_wordpress, read_wordpress
from sitegen.problems import UsageError, mark

_PAGES = (".txt", ".html", ".htm", ".xhtml", ".aspx", ".php", ".mht")
_XML = (".xml", ".rss", ".atom", ".wxr", ".rdf")
_FILES = re.compile(r"(?P<page>.+)(?:_files|\.files|_tập_tin)$")
_LEFT_OUT_PAGE = mark("pages on which no article was found")
_LEFT_OUT_UNREADABLE = mark("files that cannot be read")


def collect(paths: Iterable[Path], around: Surroundings, language: str) -> Iterator[Collection]:
    """Yield what files and folders hold.

    Raises :class:`~sitegen.problems.UsageError` for a file that cannot be read, and for a folder
    without any text.
    """
    need("bs4", "import")
    for path in paths:
        if not path.is_dir():
            yield _read_file(path, around)
        elif is_hugo(path):
            yield read_hugo(path, around.zone, language)
        elif is_jekyll(path):
            yield read_jekyll(path, around.zone)
        else:
            yield from _read_folder(path, around, language)


def _read_file(path: Path, around: Surroundings) -> Collection:
    suffix = path.suffix.lower()
    if suffix in _XML:
        source = read_file(path)
        if is_wordpress(source):
            return read_wordpress(source, path, around.zone)
        return read_feed(source, path, around.zone)
    if suffix in _PAGES:
        text = read_old_page(path, path.name, around)
        return Collection((text,), text.address, (path.parent,))
    if suffix in MARKDOWN:
        return read_content_folder(path.parent, around.zone, [path])
    raise UsageError("import-kind", path=path.name)


def _read_folder(folder: Path, around: Surroundings, language: str) -> Iterator[Collection]:
    """Yield what a folder holds that is no site of a generator: pages, feeds, Markdown."""
    found = 0
    texts: list[OldText] = []
    feeds: list[Collection] = []
    left_out: Counter[str] = Counter()
    for path in list_files(folder, (*_PAGES, *_XML)):
        name = normalise(path.relative_to(folder).as_posix())
        if any(_FILES.fullmatch(part) for part in path.relative_to(folder).parts[:-1]):
            continue
        found += 1
        try:
            if path.suffix.lower() in _XML:
                feeds.append(_read_file(path, around))
                continue
            text = read_old_page(path, name, around)
        except UsageError:
            left_out[f"{_LEFT_OUT_UNREADABLE}: {name}"] += 1
            continue
        if path.suffix.lower() != ".txt" and not is_article(text):
            left_out[f"{_LEFT_OUT_PAGE}: {name}"] += 1
            continue
        texts.append(text)
    if texts or left_out:
        base = next((each.address for each in texts if each.address), "")
        yield Collection(tuple(texts), base, (folder,), dict(left_out))
    # What a page holds whole, a feed holds in part.
    yield from feeds
    markdown = list(list_files(folder, MARKDOWN))
    if markdown:
        found += len(markdown)
        yield read_content_folder(folder, around.zone, markdown, language)
    if not found:
        raise UsageError("import-empty", path=folder.name)
