"""Files that a hidden text mentions, in whatever way it writes their names.

What a published text names is known exactly, because a page shows it. Of a hidden text that is not
enough: a file that it alone mentions is not published, even where no page could show it so.
"""

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

# What may be the end of a file's name, and how much may stand before it (a name has 255 bytes).
_SUFFIX = re.compile(r"\.[0-9a-z]{2,5}(?![0-9a-z])")
_LONGEST = 300
# A backslash keeps a sign from being Markdown; elsewhere it divides folders, as Windows has it.
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_WORD_BEGINS = re.compile(r"(?<!\w)(?=\S)")


def find_mentions(source: bytes) -> tuple[str, ...]:
    """Return what stands in a text up to each end of what may be the name of a file."""
    text = html.unescape(source.decode("utf-8", "replace"))
    # Some programs encode what is encoded already.
    for _ in range(2):
        text = _ENCODED.sub(lambda found: unquote(found[0]), text)
    text = _simplify(_ESCAPE.sub("", text).replace("\\", "/"))
    return tuple(
        {text[max(0, each.end() - _LONGEST) : each.end()] for each in _SUFFIX.finditer(text)}
    )


def choose_mentioned(
    mentions: Mapping[bytes, Iterable[str]], paths: Iterable[str]
) -> dict[bytes, tuple[str, ...]]:
    """Return those of ``paths``, relative to the root, that each text mentions."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        by_name[_simplify(path).rpartition("/")[2]].append(path)
    suffixes = {name.rpartition(".")[2] for name in by_name}
    return {
        key: tuple(
            sorted(
                {
                    path
                    for mention in own
                    if mention.rpartition(".")[2] in suffixes
                    for path in _find_mentioned(mention, by_name)
                }
            )
        )
        for key, own in mentions.items()
    }


def _find_mentioned(mention: str, by_name: Mapping[str, list[str]]) -> Iterator[str]:
    for begin in _WORD_BEGINS.finditer(mention):
        named = by_name.get(mention[begin.start() :], ())
        yield from (path for path in named if _may_be(mention[: begin.start()], path))


def _may_be(before: str, path: str) -> bool:
    """Tell whether the folders that are written ``before`` a name may be those of ``path``."""
    if not before.endswith("/"):
        return True
    written = re.split(r"[\s\"'()<>=\[\]]", before)[-1].split("/")
    named = [each for each in written if each not in {"", ".", ".."}]
    folders = _simplify(path).split("/")[1:-1]
    shorter = min(len(named), len(folders))
    return named[len(named) - shorter :] == folders[len(folders) - shorter :]


def _simplify(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text.casefold()).split())
