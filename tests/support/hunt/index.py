"""What stands in for the indexer, which takes a tenth of a second: it says what it is told.

Its files are named and packed as the indexer's are. What the real one writes is another matter
(``tests/search/test_search_index.py``): here is asked only whether a bundle is made again when it
should be.
"""

import gzip
from collections.abc import Iterable
from pathlib import Path

import msgspec

from sitegen.foundation.parts import digest_bytes
from sitegen.search.pagefind import IndexFile, Passage


def find_indexer() -> Path:
    """Return a program that is never started."""
    return Path("indexer")


def make_index(_: Path, passages: Iterable[Passage]) -> list[IndexFile]:
    """Return the files of an index that holds everything as it stands."""
    told = [msgspec.json.encode(msgspec.structs.asdict(passage)) for passage in passages]
    fragments = [
        IndexFile(
            f"fragment/vi_{digest_bytes(text).hex()[:7]}.pf_fragment", gzip.compress(text, mtime=0)
        )
        for text in told
    ]
    scripts = [IndexFile("pagefind.js", b"1"), IndexFile("pagefind-ui.js", b"2")]
    return [IndexFile("pagefind-entry.json", b"\n".join(told)), *fragments, *scripts]
