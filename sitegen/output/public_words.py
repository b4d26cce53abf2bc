"""What is public anyway: the words of published texts, of the theme and of the generator itself."""

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

import sitegen
from sitegen.content.articles import Article, pack_parts
from sitegen.content.kinds import Document
from sitegen.content.secrets import ADDRESS, Secret
from sitegen.foundation.files import read_file
from sitegen.foundation.literals import make_finder
from sitegen.model import CONFIG_FILE
from sitegen.theme.templates import TEMPLATES

# The target of a link stands between words that readers see in a row.
_BETWEEN_WORDS = re.compile(r"(?:\]\([^)]*\)|[\W_])+")


# A page that holds the words of its own text is found among these.
_MOST_OWNERS = 3

# Tells whether what stands between two places of a source is an address and not part of one.
IsWhole = Callable[[bytes, int, int], bool]


def find_public(
    secrets: Mapping[Secret, Iterable[str]],
    root: Path,
    documents: Sequence[Document],
    names: Iterable[str],
    is_whole: IsWhole,
) -> set[Secret]:
    """Return those of ``secrets`` that published ``documents`` or the site itself say.

    Most are said in one of the files whose pages hold them, which are given with each secret. Then
    what is in memory of all documents is looked at, with ``names``, further words of the site; and
    all files at last.
    """
    paths = {each.path: None for each in documents}
    said: set[Secret] = set()
    for secret, owners in secrets.items():
        near = itertools.islice((each for each in owners if each in paths), _MOST_OWNERS)
        said |= _find_said({secret}, _read_files(root, near), is_whole, loosely=True)
    words = functools.partial(_list_records, documents, names)
    files = functools.partial(_read_sources, root, paths)
    for sources, loosely in ((words, False), (files, False), (files, True)):
        if wanted := secrets.keys() - said:
            said |= _find_said(wanted, sources(), is_whole, loosely=loosely)
    return said


def _find_said(
    secrets: set[Secret], sources: Iterable[bytes], is_whole: IsWhole, *, loosely: bool
) -> set[Secret]:
    """Return what sources say: letter by letter, or ``loosely``, the same words in a row."""
    by_text: dict[bytes, list[Secret]] = {}
    for secret in secrets:
        by_text.setdefault(secret.text.encode(), []).append(secret)
    texts = tuple(by_text)
    find = make_finder(lambda: texts)
    said: set[Secret] = set()
    for source in sources:
        if len(said) == len(secrets):
            break
        for number, end in find(source):
            for secret in by_text[texts[number]]:
                if secret.what != ADDRESS or is_whole(source, end - len(texts[number]), end):
                    said.add(secret)
        if loosely:
            others = (each for each in secrets - said if each.what != ADDRESS)
            said |= {each for each in others if says_words(source, each.text)}
    return said


def _list_records(documents: Iterable[Document], names: Iterable[str]) -> Iterator[bytes]:
    yield "\0".join(names).encode()
    for each in documents:
        # Addresses have no limits in these.
        if isinstance(each, Article):
            yield bytes(pack_parts(each)) + each.names
        else:
            yield msgspec.msgpack.encode(each)


def _read_sources(root: Path, paths: Iterable[str]) -> Iterator[bytes]:
    program = Path(sitegen.__file__).parent
    yield from _read_files(root, (CONFIG_FILE, *program.rglob("*.py")))
    yield from _read_files(root, (root / TEMPLATES).rglob("*"))
    yield from _read_files(root, paths)


def _read_files(root: Path, paths: Iterable[str | Path]) -> Iterator[bytes]:
    for path in paths:
        with suppress(OSError):
            yield read_file(root / path)


def says_words(source: bytes, text: str) -> bool:
    """Tell whether a text has these words in a row, whatever marks are between them."""
    words = _BETWEEN_WORDS.sub(" ", text).split()
    if not words or not all(word.encode() in source for word in words):
        return False
    said = _BETWEEN_WORDS.sub(" ", source.decode(errors="replace"))
    return f" {' '.join(words)} " in f" {said} "
